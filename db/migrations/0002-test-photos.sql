-- A photo that was taken to see whether an app sends it, and what became of it: evidence, written once, at its end.
CREATE TABLE test_photo (
  id INTEGER PRIMARY KEY,
  phone TEXT NOT NULL REFERENCES phone (id),
  app TEXT NOT NULL,
  -- The network that was asked for: wifi or mobile; NULL: any.
  asked_on TEXT,
  started_at TEXT NOT NULL,
  -- When the new photo was first seen.
  photo_seen_at TEXT NOT NULL,
  ended_at TEXT NOT NULL,
  outcome TEXT NOT NULL,
  photo_bytes INTEGER,
  verdict_json TEXT NOT NULL CHECK (json_valid(verdict_json)),
  -- Why it did not run to its end; NULL where it did.
  broken_off_json TEXT CHECK (broken_off_json IS NULL OR json_valid(broken_off_json)),
  observations_json TEXT NOT NULL CHECK (json_valid(observations_json))
) STRICT;

CREATE INDEX test_photo_by_phone ON test_photo (phone, photo_seen_at);

CREATE TRIGGER test_photo_is_never_changed BEFORE UPDATE ON test_photo
BEGIN SELECT RAISE(ABORT, 'test photos are append-only'); END;

CREATE TRIGGER test_photo_is_never_deleted BEFORE DELETE ON test_photo
BEGIN SELECT RAISE(ABORT, 'test photos are append-only'); END;

CREATE TRIGGER test_photo_is_never_replaced BEFORE INSERT ON test_photo
WHEN EXISTS (SELECT 1 FROM test_photo WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'test photos are append-only'); END;

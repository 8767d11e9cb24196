-- Safe copies of photos, and those that a person decided to do without: what opens the steps that may cost photos.
CREATE TABLE safe_copy (
  id INTEGER PRIMARY KEY,
  phone TEXT NOT NULL REFERENCES phone (id),
  folder TEXT NOT NULL,
  started_at TEXT NOT NULL,
  ended_at TEXT NOT NULL,
  -- 1: everything of the camera that the phone showed is in the folder, and was verified.
  whole INTEGER NOT NULL CHECK (whole IN (0, 1)),
  files INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  -- What the phone said of its photos when it began; NULL where it did not tell.
  photo_count INTEGER,
  newest_photo TEXT
) STRICT;

CREATE INDEX safe_copy_by_phone ON safe_copy (phone, ended_at);

CREATE TABLE copy_declined (
  id INTEGER PRIMARY KEY,
  phone TEXT NOT NULL REFERENCES phone (id),
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  -- The words that were agreed to.
  sentence TEXT NOT NULL
) STRICT;

CREATE INDEX copy_declined_by_phone ON copy_declined (phone, at);

CREATE TRIGGER safe_copy_is_never_changed BEFORE UPDATE ON safe_copy
BEGIN SELECT RAISE(ABORT, 'safe copies are append-only'); END;

CREATE TRIGGER safe_copy_is_never_deleted BEFORE DELETE ON safe_copy
BEGIN SELECT RAISE(ABORT, 'safe copies are append-only'); END;

CREATE TRIGGER safe_copy_is_never_replaced BEFORE INSERT ON safe_copy
WHEN EXISTS (SELECT 1 FROM safe_copy WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'safe copies are append-only'); END;

CREATE TRIGGER copy_declined_is_never_changed BEFORE UPDATE ON copy_declined
BEGIN SELECT RAISE(ABORT, 'safe copies are append-only'); END;

CREATE TRIGGER copy_declined_is_never_deleted BEFORE DELETE ON copy_declined
BEGIN SELECT RAISE(ABORT, 'safe copies are append-only'); END;

CREATE TRIGGER copy_declined_is_never_replaced BEFORE INSERT ON copy_declined
WHEN EXISTS (SELECT 1 FROM copy_declined WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'safe copies are append-only'); END;

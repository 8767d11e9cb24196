-- A second way for photos, used as long as an app is being repaired.
CREATE TABLE alternative_path (
  id INTEGER PRIMARY KEY,
  phone TEXT NOT NULL REFERENCES phone (id),
  -- The app that is being repaired.
  app TEXT NOT NULL,
  who TEXT NOT NULL,
  chosen_at TEXT NOT NULL
) STRICT;

CREATE INDEX alternative_path_by_phone ON alternative_path (phone);

CREATE TABLE alternative_path_end (
  alternative_path INTEGER NOT NULL PRIMARY KEY REFERENCES alternative_path (id),
  at TEXT NOT NULL
) STRICT;

CREATE TRIGGER alternative_path_is_never_changed BEFORE UPDATE ON alternative_path
BEGIN SELECT RAISE(ABORT, 'alternative paths are append-only'); END;

CREATE TRIGGER alternative_path_is_never_deleted BEFORE DELETE ON alternative_path
BEGIN SELECT RAISE(ABORT, 'alternative paths are append-only'); END;

CREATE TRIGGER alternative_path_is_never_replaced BEFORE INSERT ON alternative_path
WHEN EXISTS (SELECT 1 FROM alternative_path WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'alternative paths are append-only'); END;

CREATE TRIGGER alternative_path_end_is_never_changed BEFORE UPDATE ON alternative_path_end
BEGIN SELECT RAISE(ABORT, 'alternative paths are append-only'); END;

CREATE TRIGGER alternative_path_end_is_never_deleted BEFORE DELETE ON alternative_path_end
BEGIN SELECT RAISE(ABORT, 'alternative paths are append-only'); END;

CREATE TRIGGER alternative_path_end_is_never_replaced BEFORE INSERT ON alternative_path_end
WHEN EXISTS (SELECT 1 FROM alternative_path_end WHERE alternative_path = NEW.alternative_path)
BEGIN SELECT RAISE(ABORT, 'alternative paths are append-only'); END;

-- What was erased for good, by its uid alone: nothing here says who or what it was. A backup or a case that still holds it brings none of it
-- back.
CREATE TABLE erased (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;

CREATE TRIGGER erased_is_never_changed BEFORE UPDATE ON erased
BEGIN SELECT RAISE(ABORT, 'what was erased stays erased'); END;

CREATE TRIGGER erased_is_never_deleted BEFORE DELETE ON erased
BEGIN SELECT RAISE(ABORT, 'what was erased stays erased'); END;

-- Files with copies that were made outside the data folder: whoever erases somebody is told of them.
CREATE TABLE copy_elsewhere (
  id INTEGER PRIMARY KEY,
  file TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('backup', 'case')),
  at TEXT NOT NULL,
  -- Uids of what is in it; NULL: all that was kept then.
  uids_json TEXT CHECK (uids_json IS NULL OR json_valid(uids_json))
) STRICT;

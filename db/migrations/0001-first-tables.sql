-- Times are UTC, ISO 8601. Columns named *_json hold JSON text, whose shapes are the zod schemas of snapshot.ts and action.ts.

-- Every phone that something was ever saved for, with its newest names.
CREATE TABLE phone (
  id TEXT NOT NULL PRIMARY KEY,
  platform TEXT NOT NULL,
  state TEXT NOT NULL,
  manufacturer TEXT,
  model TEXT,
  name TEXT,
  os_version TEXT,
  build TEXT,
  security_patch TEXT,
  seen_at TEXT NOT NULL
) STRICT;

CREATE TABLE ticket (
  id INTEGER PRIMARY KEY,
  customer TEXT NOT NULL,
  phone TEXT REFERENCES phone (id),
  technician TEXT NOT NULL,
  note TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

-- What lists show stands first; SQLite then never reads the long columns at the end to show a list.
CREATE TABLE snapshot (
  id INTEGER PRIMARY KEY,
  phone TEXT NOT NULL REFERENCES phone (id),
  ticket INTEGER REFERENCES ticket (id),
  label TEXT,
  taken_at TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  catalog TEXT NOT NULL,
  verdict TEXT NOT NULL,
  problems INTEGER NOT NULL,
  -- The phone as it was then: its names may have changed since.
  phone_json TEXT NOT NULL CHECK (json_valid(phone_json)),
  findings_json TEXT NOT NULL CHECK (json_valid(findings_json)),
  steps_json TEXT NOT NULL CHECK (json_valid(steps_json)),
  incomplete_json TEXT NOT NULL CHECK (json_valid(incomplete_json)),
  reading_json TEXT NOT NULL CHECK (json_valid(reading_json)),
  -- captureToJson, compressed with zstd.
  capture_zstd BLOB NOT NULL
) STRICT;

CREATE INDEX snapshot_by_time ON snapshot (taken_at);
CREATE INDEX snapshot_by_phone ON snapshot (phone, taken_at);
CREATE INDEX snapshot_by_ticket ON snapshot (ticket, taken_at);

-- A correction as it was planned. What became of it is in action_event.
CREATE TABLE action (
  id INTEGER PRIMARY KEY,
  phone TEXT NOT NULL REFERENCES phone (id),
  ticket INTEGER REFERENCES ticket (id),
  -- The snapshot that the decision rests on.
  snapshot INTEGER REFERENCES snapshot (id),
  cause TEXT NOT NULL,
  app TEXT,
  correction TEXT NOT NULL,
  commands_json TEXT NOT NULL CHECK (json_valid(commands_json)),
  inverse_json TEXT NOT NULL CHECK (json_valid(inverse_json)),
  before_json TEXT NOT NULL CHECK (json_valid(before_json)),
  who TEXT NOT NULL,
  planned_at TEXT NOT NULL
) STRICT;

CREATE INDEX action_by_phone ON action (phone);

CREATE TABLE action_event (
  id INTEGER PRIMARY KEY,
  action INTEGER NOT NULL REFERENCES action (id),
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  detail_json TEXT NOT NULL CHECK (json_valid(detail_json))
) STRICT;

CREATE INDEX action_event_by_action ON action_event (action);

-- Both tables are append-only. INSERT OR REPLACE removes rows without a DELETE trigger, hence the insert triggers.
CREATE TRIGGER action_is_never_changed BEFORE UPDATE ON action
BEGIN SELECT RAISE(ABORT, 'actions are append-only'); END;

CREATE TRIGGER action_is_never_deleted BEFORE DELETE ON action
BEGIN SELECT RAISE(ABORT, 'actions are append-only'); END;

CREATE TRIGGER action_is_never_replaced BEFORE INSERT ON action WHEN EXISTS (SELECT 1 FROM action WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'actions are append-only'); END;

CREATE TRIGGER action_event_is_never_changed BEFORE UPDATE ON action_event
BEGIN SELECT RAISE(ABORT, 'actions are append-only'); END;

CREATE TRIGGER action_event_is_never_deleted BEFORE DELETE ON action_event
BEGIN SELECT RAISE(ABORT, 'actions are append-only'); END;

CREATE TRIGGER action_event_is_never_replaced BEFORE INSERT ON action_event
WHEN EXISTS (SELECT 1 FROM action_event WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'actions are append-only'); END;

-- Rows that may leave this computer get an id that no other computer gives: a UUID of version 7, which sorts by the row's moment. The
-- short number beside it stays what people type. new_uid comes from the connection (db/new-uid.ts).

CREATE TABLE snapshot_new (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  phone TEXT NOT NULL REFERENCES phone (id),
  ticket INTEGER REFERENCES ticket (id),
  label TEXT,
  taken_at TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  catalog TEXT NOT NULL,
  verdict TEXT NOT NULL,
  problems INTEGER NOT NULL,
  phone_json TEXT NOT NULL CHECK (json_valid(phone_json)),
  findings_json TEXT NOT NULL CHECK (json_valid(findings_json)),
  steps_json TEXT NOT NULL CHECK (json_valid(steps_json)),
  incomplete_json TEXT NOT NULL CHECK (json_valid(incomplete_json)),
  reading_json TEXT NOT NULL CHECK (json_valid(reading_json)),
  capture_zstd BLOB NOT NULL,
  chosen_json TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(chosen_json)),
  uploads_json TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(uploads_json))
) STRICT;

INSERT INTO snapshot_new (id, uid, phone, ticket, label, taken_at, saved_at, catalog, verdict, problems, phone_json,
  findings_json, steps_json, incomplete_json, reading_json, capture_zstd, chosen_json, uploads_json)
SELECT id, new_uid(saved_at), phone, ticket, label, taken_at, saved_at, catalog, verdict, problems, phone_json,
  findings_json, steps_json, incomplete_json, reading_json, capture_zstd, chosen_json, uploads_json FROM snapshot ORDER BY id;

DROP TABLE snapshot;
ALTER TABLE snapshot_new RENAME TO snapshot;

CREATE INDEX snapshot_by_time ON snapshot (taken_at);
CREATE INDEX snapshot_by_phone ON snapshot (phone, taken_at);
CREATE INDEX snapshot_by_ticket ON snapshot (ticket, taken_at);

CREATE TABLE action_new (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  phone TEXT NOT NULL REFERENCES phone (id),
  ticket INTEGER REFERENCES ticket (id),
  snapshot INTEGER REFERENCES snapshot (id),
  cause TEXT NOT NULL,
  app TEXT,
  correction TEXT NOT NULL,
  commands_json TEXT NOT NULL CHECK (json_valid(commands_json)),
  inverse_json TEXT NOT NULL CHECK (json_valid(inverse_json)),
  before_json TEXT NOT NULL CHECK (json_valid(before_json)),
  who TEXT NOT NULL,
  planned_at TEXT NOT NULL,
  walkthrough INTEGER REFERENCES walkthrough (id),
  identity_json TEXT CHECK (identity_json IS NULL OR json_valid(identity_json))
) STRICT;

INSERT INTO action_new (id, uid, phone, ticket, snapshot, cause, app, correction, commands_json, inverse_json, before_json, who,
  planned_at, walkthrough, identity_json)
SELECT id, new_uid(planned_at), phone, ticket, snapshot, cause, app, correction, commands_json, inverse_json, before_json, who,
  planned_at, walkthrough, identity_json FROM action ORDER BY id;

DROP TABLE action;
ALTER TABLE action_new RENAME TO action;

CREATE INDEX action_by_phone ON action (phone);

CREATE TRIGGER action_is_never_changed BEFORE UPDATE ON action
BEGIN SELECT RAISE(ABORT, 'actions are append-only'); END;

CREATE TRIGGER action_is_never_deleted BEFORE DELETE ON action
BEGIN SELECT RAISE(ABORT, 'actions are append-only'); END;

CREATE TRIGGER action_is_never_replaced BEFORE INSERT ON action
WHEN EXISTS (SELECT 1 FROM action WHERE id = NEW.id OR uid = NEW.uid)
BEGIN SELECT RAISE(ABORT, 'actions are append-only'); END;

CREATE TABLE action_event_new (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  action INTEGER NOT NULL REFERENCES action (id),
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  detail_json TEXT NOT NULL CHECK (json_valid(detail_json))
) STRICT;

INSERT INTO action_event_new (id, uid, action, kind, at, detail_json)
SELECT id, new_uid(at), action, kind, at, detail_json FROM action_event ORDER BY id;

DROP TABLE action_event;
ALTER TABLE action_event_new RENAME TO action_event;

CREATE INDEX action_event_by_action ON action_event (action);

CREATE TRIGGER action_event_is_never_changed BEFORE UPDATE ON action_event
BEGIN SELECT RAISE(ABORT, 'actions are append-only'); END;

CREATE TRIGGER action_event_is_never_deleted BEFORE DELETE ON action_event
BEGIN SELECT RAISE(ABORT, 'actions are append-only'); END;

CREATE TRIGGER action_event_is_never_replaced BEFORE INSERT ON action_event
WHEN EXISTS (SELECT 1 FROM action_event WHERE id = NEW.id OR uid = NEW.uid)
BEGIN SELECT RAISE(ABORT, 'actions are append-only'); END;

CREATE TABLE test_photo_new (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  phone TEXT NOT NULL REFERENCES phone (id),
  app TEXT NOT NULL,
  asked_on TEXT,
  started_at TEXT NOT NULL,
  photo_seen_at TEXT NOT NULL,
  ended_at TEXT NOT NULL,
  outcome TEXT NOT NULL,
  photo_bytes INTEGER,
  verdict_json TEXT NOT NULL CHECK (json_valid(verdict_json)),
  broken_off_json TEXT CHECK (broken_off_json IS NULL OR json_valid(broken_off_json)),
  observations_json TEXT NOT NULL CHECK (json_valid(observations_json))
) STRICT;

INSERT INTO test_photo_new (id, uid, phone, app, asked_on, started_at, photo_seen_at, ended_at, outcome, photo_bytes, verdict_json,
  broken_off_json, observations_json)
SELECT id, new_uid(ended_at), phone, app, asked_on, started_at, photo_seen_at, ended_at, outcome, photo_bytes, verdict_json,
  broken_off_json, observations_json FROM test_photo ORDER BY id;

DROP TABLE test_photo;
ALTER TABLE test_photo_new RENAME TO test_photo;

CREATE INDEX test_photo_by_phone ON test_photo (phone, photo_seen_at);

CREATE TRIGGER test_photo_is_never_changed BEFORE UPDATE ON test_photo
BEGIN SELECT RAISE(ABORT, 'test photos are append-only'); END;

CREATE TRIGGER test_photo_is_never_deleted BEFORE DELETE ON test_photo
BEGIN SELECT RAISE(ABORT, 'test photos are append-only'); END;

CREATE TRIGGER test_photo_is_never_replaced BEFORE INSERT ON test_photo
WHEN EXISTS (SELECT 1 FROM test_photo WHERE id = NEW.id OR uid = NEW.uid)
BEGIN SELECT RAISE(ABORT, 'test photos are append-only'); END;

CREATE TABLE safe_copy_new (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  phone TEXT NOT NULL REFERENCES phone (id),
  folder TEXT NOT NULL,
  started_at TEXT NOT NULL,
  ended_at TEXT NOT NULL,
  whole INTEGER NOT NULL CHECK (whole IN (0, 1)),
  files INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  photo_count INTEGER,
  newest_photo TEXT
) STRICT;

INSERT INTO safe_copy_new (id, uid, phone, folder, started_at, ended_at, whole, files, bytes, photo_count, newest_photo)
SELECT id, new_uid(ended_at), phone, folder, started_at, ended_at, whole, files, bytes, photo_count, newest_photo FROM safe_copy ORDER BY id;

DROP TABLE safe_copy;
ALTER TABLE safe_copy_new RENAME TO safe_copy;

CREATE INDEX safe_copy_by_phone ON safe_copy (phone, ended_at);

CREATE TRIGGER safe_copy_is_never_changed BEFORE UPDATE ON safe_copy
BEGIN SELECT RAISE(ABORT, 'safe copies are append-only'); END;

CREATE TRIGGER safe_copy_is_never_deleted BEFORE DELETE ON safe_copy
BEGIN SELECT RAISE(ABORT, 'safe copies are append-only'); END;

CREATE TRIGGER safe_copy_is_never_replaced BEFORE INSERT ON safe_copy
WHEN EXISTS (SELECT 1 FROM safe_copy WHERE id = NEW.id OR uid = NEW.uid)
BEGIN SELECT RAISE(ABORT, 'safe copies are append-only'); END;

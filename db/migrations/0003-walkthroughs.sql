-- The corrections of one diagnosis as one sitting, which survives the program's end. What happened in it is in walkthrough_event,
-- and in the actions that belong to it.
CREATE TABLE walkthrough (
  id INTEGER PRIMARY KEY,
  phone TEXT NOT NULL REFERENCES phone (id),
  ticket INTEGER REFERENCES ticket (id),
  -- The snapshot whose diagnosis it works on.
  before_snapshot INTEGER NOT NULL REFERENCES snapshot (id),
  who TEXT NOT NULL,
  started_at TEXT NOT NULL
) STRICT;

CREATE INDEX walkthrough_by_phone ON walkthrough (phone);

CREATE TABLE walkthrough_event (
  id INTEGER PRIMARY KEY,
  walkthrough INTEGER NOT NULL REFERENCES walkthrough (id),
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  detail_json TEXT NOT NULL CHECK (json_valid(detail_json))
) STRICT;

CREATE INDEX walkthrough_event_by_walkthrough ON walkthrough_event (walkthrough);

CREATE TRIGGER walkthrough_is_never_changed BEFORE UPDATE ON walkthrough
BEGIN SELECT RAISE(ABORT, 'walk-throughs are append-only'); END;

CREATE TRIGGER walkthrough_is_never_deleted BEFORE DELETE ON walkthrough
BEGIN SELECT RAISE(ABORT, 'walk-throughs are append-only'); END;

CREATE TRIGGER walkthrough_is_never_replaced BEFORE INSERT ON walkthrough
WHEN EXISTS (SELECT 1 FROM walkthrough WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'walk-throughs are append-only'); END;

CREATE TRIGGER walkthrough_event_is_never_changed BEFORE UPDATE ON walkthrough_event
BEGIN SELECT RAISE(ABORT, 'walk-throughs are append-only'); END;

CREATE TRIGGER walkthrough_event_is_never_deleted BEFORE DELETE ON walkthrough_event
BEGIN SELECT RAISE(ABORT, 'walk-throughs are append-only'); END;

CREATE TRIGGER walkthrough_event_is_never_replaced BEFORE INSERT ON walkthrough_event
WHEN EXISTS (SELECT 1 FROM walkthrough_event WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'walk-throughs are append-only'); END;

-- The walk-through that an action was carried out in; NULL for one by itself.
ALTER TABLE action ADD COLUMN walkthrough INTEGER REFERENCES walkthrough (id);

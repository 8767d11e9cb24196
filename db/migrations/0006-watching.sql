-- An app that is watched over days, what was seen of it, and the end.
CREATE TABLE watch_plan (
  id INTEGER PRIMARY KEY,
  phone TEXT NOT NULL REFERENCES phone (id),
  app TEXT NOT NULL,
  days INTEGER NOT NULL CHECK (days BETWEEN 1 AND 60),
  -- So many good days in a row, and the matter counts as resolved.
  good_days INTEGER NOT NULL CHECK (good_days BETWEEN 1 AND 60),
  who TEXT NOT NULL,
  started_at TEXT NOT NULL
) STRICT;

CREATE INDEX watch_plan_by_phone ON watch_plan (phone);

CREATE TABLE watch_point (
  id INTEGER PRIMARY KEY,
  watch_plan INTEGER NOT NULL REFERENCES watch_plan (id),
  at TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('good', 'bad', 'unknown')),
  detail_json TEXT NOT NULL CHECK (json_valid(detail_json))
) STRICT;

CREATE INDEX watch_point_by_plan ON watch_point (watch_plan);

CREATE TABLE watch_end (
  watch_plan INTEGER NOT NULL PRIMARY KEY REFERENCES watch_plan (id),
  at TEXT NOT NULL
) STRICT;

CREATE TRIGGER watch_plan_is_never_changed BEFORE UPDATE ON watch_plan
BEGIN SELECT RAISE(ABORT, 'watching is append-only'); END;

CREATE TRIGGER watch_plan_is_never_deleted BEFORE DELETE ON watch_plan
BEGIN SELECT RAISE(ABORT, 'watching is append-only'); END;

CREATE TRIGGER watch_plan_is_never_replaced BEFORE INSERT ON watch_plan
WHEN EXISTS (SELECT 1 FROM watch_plan WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'watching is append-only'); END;

CREATE TRIGGER watch_point_is_never_changed BEFORE UPDATE ON watch_point
BEGIN SELECT RAISE(ABORT, 'watching is append-only'); END;

CREATE TRIGGER watch_point_is_never_deleted BEFORE DELETE ON watch_point
BEGIN SELECT RAISE(ABORT, 'watching is append-only'); END;

CREATE TRIGGER watch_point_is_never_replaced BEFORE INSERT ON watch_point
WHEN EXISTS (SELECT 1 FROM watch_point WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'watching is append-only'); END;

CREATE TRIGGER watch_end_is_never_changed BEFORE UPDATE ON watch_end
BEGIN SELECT RAISE(ABORT, 'watching is append-only'); END;

CREATE TRIGGER watch_end_is_never_deleted BEFORE DELETE ON watch_end
BEGIN SELECT RAISE(ABORT, 'watching is append-only'); END;

CREATE TRIGGER watch_end_is_never_replaced BEFORE INSERT ON watch_end
WHEN EXISTS (SELECT 1 FROM watch_end WHERE watch_plan = NEW.watch_plan)
BEGIN SELECT RAISE(ABORT, 'watching is append-only'); END;

-- The apps that a person chose to keep the photos of a phone; the newest row counts, and an empty list leaves it to what shows use.
CREATE TABLE chosen_apps (
  id INTEGER PRIMARY KEY,
  phone TEXT NOT NULL REFERENCES phone (id),
  apps_json TEXT NOT NULL CHECK (json_valid(apps_json)),
  who TEXT NOT NULL,
  chosen_at TEXT NOT NULL
) STRICT;

CREATE INDEX chosen_apps_by_phone ON chosen_apps (phone);

CREATE TRIGGER chosen_apps_is_never_changed BEFORE UPDATE ON chosen_apps
BEGIN SELECT RAISE(ABORT, 'chosen apps are append-only'); END;

CREATE TRIGGER chosen_apps_is_never_deleted BEFORE DELETE ON chosen_apps
BEGIN SELECT RAISE(ABORT, 'chosen apps are append-only'); END;

CREATE TRIGGER chosen_apps_is_never_replaced BEFORE INSERT ON chosen_apps
WHEN EXISTS (SELECT 1 FROM chosen_apps WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'chosen apps are append-only'); END;

-- What a diagnosis says of the chosen apps and of their uploads; older ones say nothing.
ALTER TABLE snapshot ADD COLUMN chosen_json TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(chosen_json));
ALTER TABLE snapshot ADD COLUMN uploads_json TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(uploads_json));

-- Who the phone was when an action was decided on: several phones may share one serial. NULL: not known, as for every action from
-- before this was kept.
ALTER TABLE action ADD COLUMN identity_json TEXT CHECK (identity_json IS NULL OR json_valid(identity_json));

-- What the phone calls itself on the cable. Where several phones share it, the ids of all but the first end in ~2, ~3, …
ALTER TABLE phone ADD COLUMN serial TEXT NOT NULL DEFAULT '';
UPDATE phone SET serial = id;

CREATE INDEX phone_by_serial ON phone (serial);

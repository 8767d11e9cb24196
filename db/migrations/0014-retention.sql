-- When what the phone answered was taken out of the capture of a snapshot, because it had become old; NULL: it is in it.
ALTER TABLE snapshot ADD COLUMN emptied_at TEXT;
ALTER TABLE snapshot_content DROP COLUMN emptied_at;

CREATE INDEX snapshot_with_answers ON snapshot (moment) WHERE emptied_at IS NULL;
-- What rests on a snapshot is looked for before it is removed.
CREATE INDEX action_by_snapshot ON action (snapshot);
CREATE INDEX walkthrough_by_snapshot ON walkthrough (before_snapshot);

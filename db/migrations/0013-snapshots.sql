-- What lists show of a snapshot stands in one table, what is shown of one in another, packed: JSON text compressed with zstd and the
-- dictionary of its kind and that number (db/packed.ts). packed, milliseconds_of and search_words come from the connection (db/migration-functions.ts).
CREATE TABLE snapshot_new (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  -- When it was taken, as a number that no other has: milliseconds since 1970, times 1000, and the how manieth of its millisecond it is.
  moment INTEGER NOT NULL UNIQUE,
  phone TEXT NOT NULL REFERENCES phone (id),
  ticket INTEGER REFERENCES ticket (id),
  -- By name: who has left the shop stays named. Empty: not known.
  technician TEXT NOT NULL,
  label TEXT,
  note TEXT NOT NULL,
  -- Of the label, the note and the ticket: 1 as it was saved, one more with each snapshot_event.
  version INTEGER NOT NULL CHECK (version > 0),
  taken_at TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  catalog TEXT NOT NULL,
  verdict TEXT NOT NULL,
  problems INTEGER NOT NULL,
  -- What is followed from visit to visit; NULL where the phone did not tell.
  battery_percent REAL,
  battery_cycles REAL,
  free_bytes REAL,
  waiting_photos REAL,
  -- The phone as it was then: its names may have changed since.
  phone_json TEXT NOT NULL CHECK (json_valid(phone_json)),
  -- Ids of the causes that were found: problem or possible.
  causes_json TEXT NOT NULL CHECK (json_valid(causes_json))
) STRICT;

CREATE TABLE snapshot_content (
  snapshot INTEGER NOT NULL PRIMARY KEY REFERENCES snapshot (id),
  dictionary INTEGER NOT NULL,
  -- findings, steps, chosen, uploads.
  diagnosis_zstd BLOB NOT NULL,
  -- reading, incomplete.
  reading_zstd BLOB NOT NULL,
  -- captureToJson.
  capture_zstd BLOB NOT NULL,
  -- The answers of the phone were taken out of the capture when they had become old; NULL: they are in it.
  emptied_at TEXT
) STRICT;

-- What people change about a snapshot later. The row above is what these add up to.
CREATE TABLE snapshot_event (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  snapshot INTEGER NOT NULL REFERENCES snapshot (id),
  version INTEGER NOT NULL CHECK (version > 1),
  who TEXT NOT NULL,
  at TEXT NOT NULL,
  detail_json TEXT NOT NULL CHECK (json_valid(detail_json)),
  UNIQUE (snapshot, version)
) STRICT;

-- By moment. detail and columnsize: only whether a word is there is asked for.
CREATE VIRTUAL TABLE snapshot_search USING fts5(
  words, tokenize = "ascii tokenchars '-~'", detail = none, columnsize = 0, prefix = '1 2 3 4 5 6'
);
-- What is removed leaves no bytes in the index.
INSERT INTO snapshot_search (snapshot_search, rank) VALUES ('secure-delete', 1);

INSERT INTO snapshot_new (id, uid, moment, phone, ticket, technician, label, note, version, taken_at, saved_at, catalog, verdict,
  problems, battery_percent, battery_cycles, free_bytes, waiting_photos, phone_json, causes_json)
SELECT id, uid, milliseconds_of(taken_at) * 1000 + row_number() OVER (PARTITION BY taken_at ORDER BY id) - 1,
  phone, ticket, '', label, '', 1, taken_at, saved_at, catalog, verdict, problems,
  json_extract(reading_json, '$.battery.capacityPercent.value'),
  json_extract(reading_json, '$.battery.cycles.value'),
  json_extract(reading_json, '$.storage.freeBytes.value'),
  json_extract(reading_json, '$.icloud.backlog.value'),
  phone_json,
  (SELECT json_group_array(DISTINCT json_extract(value, '$.cause')) FROM json_each(findings_json)
   WHERE json_extract(value, '$.status') IN ('problem', 'possible'))
FROM snapshot ORDER BY id;

INSERT INTO snapshot_content (snapshot, dictionary, diagnosis_zstd, reading_zstd, capture_zstd)
SELECT id, 1,
  packed('diagnosis', 1, json_object('findings', json(findings_json), 'steps', json(steps_json), 'chosen',
                                    json(chosen_json), 'uploads', json(uploads_json))),
  packed('reading', 1, json_object('reading', json(reading_json), 'incomplete', json(incomplete_json))),
  packed('capture', 1, capture_zstd)
FROM snapshot ORDER BY id;

DROP TABLE snapshot;
ALTER TABLE snapshot_new RENAME TO snapshot;

INSERT INTO snapshot_search (rowid, words)
SELECT moment, search_words(phone_json, causes_json, label, note, technician, ticket) FROM snapshot ORDER BY moment;

CREATE INDEX snapshot_by_phone ON snapshot (phone, moment);
CREATE INDEX snapshot_by_ticket ON snapshot (ticket, moment);

CREATE TRIGGER snapshot_event_is_never_changed BEFORE UPDATE ON snapshot_event
BEGIN SELECT RAISE(ABORT, 'snapshot events are append-only'); END;

CREATE TRIGGER snapshot_event_is_never_deleted BEFORE DELETE ON snapshot_event
BEGIN SELECT RAISE(ABORT, 'snapshot events are append-only'); END;

CREATE TRIGGER snapshot_event_is_never_replaced BEFORE INSERT ON snapshot_event
WHEN EXISTS (SELECT 1 FROM snapshot_event WHERE id = NEW.id OR uid = NEW.uid OR (snapshot = NEW.snapshot AND version = NEW.version))
BEGIN SELECT RAISE(ABORT, 'snapshot events are append-only'); END;

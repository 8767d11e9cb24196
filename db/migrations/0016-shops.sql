-- The chain that this station belongs to: one row, or none. What it has of others stands in elsewhere, and nowhere among its own rows.
CREATE TABLE shop_link (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  shop INTEGER NOT NULL,
  shop_name TEXT NOT NULL,
  station INTEGER NOT NULL,
  station_name TEXT NOT NULL,
  -- Whether the chain lets its shops look into each other's.
  looks INTEGER NOT NULL CHECK (looks IN (0, 1)),
  -- Which database it was (its cluster, its number, its timeline); another one has to be asked for everything again.
  marker TEXT NOT NULL,
  -- How far rows and erasures of others were read: {"epoch", "x", "seq"}.
  rows_json TEXT NOT NULL CHECK (json_valid(rows_json)),
  erased_json TEXT NOT NULL CHECK (json_valid(erased_json)),
  linked_at TEXT NOT NULL,
  -- When everything was sent and read for the last time; NULL: never yet.
  synced_at TEXT
) STRICT;

-- Rows that the server does not have for certain, in the order in which they came into being. Nothing of them stands here: what is erased
-- meanwhile is sent to nobody.
CREATE TABLE shop_outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  -- Why the server does not take it; NULL: it waits for its turn.
  trouble TEXT
) STRICT;
CREATE INDEX shop_outbox_refused ON shop_outbox (id) WHERE trouble IS NOT NULL;

-- Rows that were removed for good, here or by another station of the shop: a server that was restored from an old dump is told of all of
-- them again. Nothing else is known of them.
CREATE TABLE shop_erasure (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  -- Whether the server knows.
  told INTEGER NOT NULL CHECK (told IN (0, 1))
) STRICT;
CREATE INDEX shop_erasure_untold ON shop_erasure (id) WHERE told = 0;

-- Who is who in the chain.
CREATE TABLE shop_station (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  shop INTEGER NOT NULL,
  shop_name TEXT NOT NULL
) STRICT;

-- Rows of the shop's other stations, as those wrote them; other rows are named by uid.
CREATE TABLE elsewhere (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  shop INTEGER NOT NULL,
  station INTEGER NOT NULL,
  kind TEXT NOT NULL,
  -- The snapshot or the action of which it is an event.
  "of" TEXT,
  ticket TEXT,
  customer TEXT,
  phone TEXT,
  version INTEGER NOT NULL,
  at TEXT NOT NULL,
  body_json TEXT NOT NULL CHECK (json_valid(body_json)),
  words_json TEXT NOT NULL CHECK (json_valid(words_json)),
  dictionary INTEGER,
  diagnosis_zstd BLOB,
  reading_zstd BLOB,
  capture_zstd BLOB
) STRICT;
CREATE INDEX elsewhere_by_time ON elsewhere (kind, at);
CREATE INDEX elsewhere_by_phone ON elsewhere (phone, kind, at) WHERE phone IS NOT NULL;
CREATE INDEX elsewhere_by_ticket ON elsewhere (ticket, version) WHERE ticket IS NOT NULL;
CREATE INDEX elsewhere_by_customer ON elsewhere (customer, version) WHERE customer IS NOT NULL;
CREATE INDEX elsewhere_by_of ON elsewhere ("of", version) WHERE "of" IS NOT NULL;

-- What they are found by; row: the id there.
CREATE TABLE elsewhere_word (
  word TEXT NOT NULL,
  row INTEGER NOT NULL,
  PRIMARY KEY (word, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX elsewhere_word_by_row ON elsewhere_word (row);

CREATE TRIGGER elsewhere_is_never_changed BEFORE UPDATE ON elsewhere
BEGIN SELECT RAISE(ABORT, 'rows of other stations are only read'); END;

CREATE TRIGGER elsewhere_is_never_deleted BEFORE DELETE ON elsewhere
BEGIN SELECT RAISE(ABORT, 'rows of other stations are only read'); END;

CREATE TRIGGER elsewhere_is_never_replaced BEFORE INSERT ON elsewhere
WHEN EXISTS (SELECT 1 FROM elsewhere WHERE id = NEW.id OR uid = NEW.uid)
BEGIN SELECT RAISE(ABORT, 'rows of other stations are only read'); END;

-- Whatever comes into being while there is a chain is sent there, whoever writes it.
CREATE TRIGGER shop_outbox_customer_event AFTER INSERT ON customer_event WHEN EXISTS (SELECT 1 FROM shop_link)
BEGIN INSERT OR IGNORE INTO shop_outbox (kind, uid) VALUES ('customer_event', NEW.uid); END;
CREATE TRIGGER shop_outbox_ticket AFTER INSERT ON ticket WHEN EXISTS (SELECT 1 FROM shop_link)
BEGIN INSERT OR IGNORE INTO shop_outbox (kind, uid) VALUES ('ticket', NEW.uid); END;
CREATE TRIGGER shop_outbox_ticket_phone AFTER INSERT ON ticket_phone WHEN EXISTS (SELECT 1 FROM shop_link)
BEGIN INSERT OR IGNORE INTO shop_outbox (kind, uid) VALUES ('ticket_phone', NEW.uid); END;
CREATE TRIGGER shop_outbox_ticket_event AFTER INSERT ON ticket_event WHEN EXISTS (SELECT 1 FROM shop_link)
BEGIN INSERT OR IGNORE INTO shop_outbox (kind, uid) VALUES ('ticket_event', NEW.uid); END;
CREATE TRIGGER shop_outbox_snapshot AFTER INSERT ON snapshot WHEN EXISTS (SELECT 1 FROM shop_link)
BEGIN INSERT OR IGNORE INTO shop_outbox (kind, uid) VALUES ('snapshot', NEW.uid); END;
CREATE TRIGGER shop_outbox_snapshot_event AFTER INSERT ON snapshot_event WHEN EXISTS (SELECT 1 FROM shop_link)
BEGIN INSERT OR IGNORE INTO shop_outbox (kind, uid) VALUES ('snapshot_event', NEW.uid); END;
CREATE TRIGGER shop_outbox_action AFTER INSERT ON action WHEN EXISTS (SELECT 1 FROM shop_link)
BEGIN INSERT OR IGNORE INTO shop_outbox (kind, uid) VALUES ('action', NEW.uid); END;
CREATE TRIGGER shop_outbox_action_event AFTER INSERT ON action_event WHEN EXISTS (SELECT 1 FROM shop_link)
BEGIN INSERT OR IGNORE INTO shop_outbox (kind, uid) VALUES ('action_event', NEW.uid); END;
CREATE TRIGGER shop_outbox_test_photo AFTER INSERT ON test_photo WHEN EXISTS (SELECT 1 FROM shop_link)
BEGIN INSERT OR IGNORE INTO shop_outbox (kind, uid) VALUES ('test_photo', NEW.uid); END;

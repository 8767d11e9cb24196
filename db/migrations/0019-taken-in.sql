-- What came here in a case, by its uid alone: it is another station's, which sends it and has it erased by itself. It is told to no chain.
CREATE TABLE taken_in (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE
) STRICT;

CREATE TRIGGER taken_in_is_not_sent BEFORE INSERT ON shop_outbox
WHEN EXISTS (SELECT 1 FROM taken_in WHERE uid = NEW.uid)
BEGIN SELECT RAISE(IGNORE); END;

CREATE TABLE shop_erasure_new (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL,
  -- Whose it was, by the server's word. 0: this station's, or nobody knows any more.
  station INTEGER NOT NULL DEFAULT 0,
  -- Whether the server knows.
  told INTEGER NOT NULL CHECK (told IN (0, 1)),
  UNIQUE (uid, station)
) STRICT;
INSERT INTO shop_erasure_new (id, uid, told) SELECT id, uid, told FROM shop_erasure ORDER BY id;
DROP TABLE shop_erasure;
ALTER TABLE shop_erasure_new RENAME TO shop_erasure;
CREATE INDEX shop_erasure_untold ON shop_erasure (id) WHERE told = 0;

CREATE TRIGGER taken_in_is_not_had_erased BEFORE INSERT ON shop_erasure
WHEN NEW.told = 0 AND EXISTS (SELECT 1 FROM taken_in WHERE uid = NEW.uid)
BEGIN SELECT RAISE(IGNORE); END;

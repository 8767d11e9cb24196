-- What is to be told to the shop's ticket system. A row names what it tells about and holds nothing of it: what is erased meanwhile is told
-- to nobody. Its uid is that of the row it tells about, and what a receiver knows it by.
CREATE TABLE outbox (
  -- The order in which things happened; no number is given twice.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE,
  -- NULL: it is about no ticket. The messages of one ticket go in their order.
  ticket INTEGER REFERENCES ticket (id) ON DELETE CASCADE,
  about TEXT NOT NULL,
  detail_json TEXT NOT NULL CHECK (json_valid(detail_json)),
  created_at TEXT NOT NULL,
  -- Not before this moment.
  due_at TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  -- 1: it was sent and nobody knows whether it has arrived.
  begun INTEGER NOT NULL DEFAULT 0 CHECK (begun IN (0, 1)),
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'given-up', 'discarded')),
  -- Why it was not delivered the last time; NULL: nothing is known against it.
  trouble TEXT,
  ended_at TEXT
) STRICT;

CREATE INDEX outbox_waiting ON outbox (ticket, id) WHERE state = 'waiting';
CREATE INDEX outbox_by_ticket ON outbox (ticket);

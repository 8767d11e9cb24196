-- Places at the counter: a name, and the USB port where the system tells it.
CREATE TABLE slot (
  number INTEGER PRIMARY KEY CHECK (number > 0),
  name TEXT,
  port TEXT UNIQUE
) STRICT;

-- When a phone lay at the counter, and where. Only of phones that something else is kept of.
CREATE TABLE counter_visit (
  id INTEGER PRIMARY KEY,
  phone TEXT NOT NULL REFERENCES phone (id),
  slot INTEGER NOT NULL CHECK (slot > 0),
  arrived_at TEXT NOT NULL,
  left_at TEXT NOT NULL,
  UNIQUE (phone, arrived_at)
) STRICT;

CREATE INDEX counter_visit_by_end ON counter_visit (left_at);

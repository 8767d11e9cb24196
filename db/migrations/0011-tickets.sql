-- Tickets of a repair counter. What happens to one is in ticket_event, in the order of its versions; the row of the ticket is what they
-- add up to. Events name customers and phones by uid alone, so that whoever is erased or forgotten is in no event.
CREATE TABLE customer (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL CHECK (version > 0),
  name TEXT NOT NULL,
  -- A telephone number, an e-mail address, or whatever reaches them.
  contact TEXT NOT NULL,
  created_at TEXT NOT NULL,
  changed_at TEXT NOT NULL
) STRICT;

CREATE INDEX customer_by_name ON customer (name COLLATE NOCASE);

-- What a customer was called and where they were reached, from each version on.
CREATE TABLE customer_event (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  customer INTEGER NOT NULL REFERENCES customer (id),
  version INTEGER NOT NULL CHECK (version > 0),
  who TEXT NOT NULL,
  at TEXT NOT NULL,
  detail_json TEXT NOT NULL CHECK (json_valid(detail_json)),
  UNIQUE (customer, version)
) STRICT;

-- AUTOINCREMENT: the number of a ticket that was erased stands on a label; no other ticket ever gets it.
CREATE TABLE ticket_new (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL CHECK (version > 0),
  customer INTEGER REFERENCES customer (id),
  status TEXT NOT NULL,
  -- By name: who has left the shop stays named.
  technician TEXT NOT NULL,
  fault TEXT NOT NULL,
  fields_json TEXT NOT NULL CHECK (json_valid(fields_json)),
  consent_json TEXT CHECK (consent_json IS NULL OR json_valid(consent_json)),
  created_at TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  -- NULL: it is open.
  closed_at TEXT
) STRICT;

-- A phone that was handed in. Who it is on the cable is known once it was plugged in.
CREATE TABLE ticket_phone (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  ticket INTEGER NOT NULL REFERENCES ticket (id),
  phone TEXT REFERENCES phone (id),
  imei TEXT NOT NULL,
  description TEXT NOT NULL,
  created_at TEXT NOT NULL,
  -- It was put there by mistake, and is not of this ticket.
  removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
) STRICT;

CREATE INDEX ticket_phone_by_ticket ON ticket_phone (ticket);
CREATE INDEX ticket_phone_by_phone ON ticket_phone (phone);
CREATE INDEX ticket_phone_by_imei ON ticket_phone (imei) WHERE imei <> '';

CREATE TABLE ticket_event (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  ticket INTEGER NOT NULL REFERENCES ticket (id),
  -- From 1, without gaps.
  version INTEGER NOT NULL CHECK (version > 0),
  kind TEXT NOT NULL,
  who TEXT NOT NULL,
  at TEXT NOT NULL,
  detail_json TEXT NOT NULL CHECK (json_valid(detail_json)),
  UNIQUE (ticket, version)
) STRICT;

INSERT INTO customer (id, uid, version, name, contact, created_at, changed_at)
SELECT id, new_uid(created_at), 1, customer, '', created_at, created_at FROM ticket WHERE customer <> '' ORDER BY id;

INSERT INTO customer_event (uid, customer, version, who, at, detail_json)
SELECT new_uid(created_at), id, 1, '', created_at, json_object('name', name, 'contact', contact) FROM customer ORDER BY id;

INSERT INTO ticket_new (id, uid, version, customer, status, technician, fault, fields_json, consent_json, created_at, changed_at, closed_at)
SELECT id, new_uid(created_at), CASE WHEN phone IS NULL THEN 1 ELSE 2 END, CASE WHEN customer = '' THEN NULL ELSE id END, 'taken-in',
  technician, note, '[]', NULL, created_at, created_at, NULL
FROM ticket ORDER BY id;

INSERT INTO ticket_phone (uid, ticket, phone, imei, description, created_at)
SELECT new_uid(created_at), id, phone, '', '', created_at FROM ticket WHERE phone IS NOT NULL ORDER BY id;

INSERT INTO ticket_event (uid, ticket, version, kind, who, at, detail_json)
SELECT new_uid(created_at), id, 1, 'opened', technician, created_at,
  json_object('customer', (SELECT uid FROM customer WHERE customer.id = ticket.id), 'technician', technician, 'fault', note,
              'fields', json_array())
FROM ticket ORDER BY id;

INSERT INTO ticket_event (uid, ticket, version, kind, who, at, detail_json)
SELECT new_uid(created_at), ticket, 2, 'phone-added', '', created_at, json_object('phone', uid) FROM ticket_phone ORDER BY id;

DROP TABLE ticket;
ALTER TABLE ticket_new RENAME TO ticket;

CREATE INDEX ticket_by_customer ON ticket (customer);
CREATE INDEX ticket_open ON ticket (id) WHERE closed_at IS NULL;

ALTER TABLE test_photo ADD COLUMN ticket INTEGER REFERENCES ticket (id);
ALTER TABLE safe_copy ADD COLUMN ticket INTEGER REFERENCES ticket (id);
CREATE INDEX action_by_ticket ON action (ticket);
CREATE INDEX test_photo_by_ticket ON test_photo (ticket);

CREATE TRIGGER customer_event_is_never_changed BEFORE UPDATE ON customer_event
BEGIN SELECT RAISE(ABORT, 'customers are append-only'); END;

CREATE TRIGGER customer_event_is_never_deleted BEFORE DELETE ON customer_event
BEGIN SELECT RAISE(ABORT, 'customers are append-only'); END;

CREATE TRIGGER customer_event_is_never_replaced BEFORE INSERT ON customer_event
WHEN EXISTS (SELECT 1 FROM customer_event WHERE id = NEW.id OR uid = NEW.uid OR (customer = NEW.customer AND version = NEW.version))
BEGIN SELECT RAISE(ABORT, 'customers are append-only'); END;

CREATE TRIGGER ticket_event_is_never_changed BEFORE UPDATE ON ticket_event
BEGIN SELECT RAISE(ABORT, 'tickets are append-only'); END;

CREATE TRIGGER ticket_event_is_never_deleted BEFORE DELETE ON ticket_event
BEGIN SELECT RAISE(ABORT, 'tickets are append-only'); END;

CREATE TRIGGER ticket_event_is_never_replaced BEFORE INSERT ON ticket_event
WHEN EXISTS (SELECT 1 FROM ticket_event WHERE id = NEW.id OR uid = NEW.uid OR (ticket = NEW.ticket AND version = NEW.version))
BEGIN SELECT RAISE(ABORT, 'tickets are append-only'); END;

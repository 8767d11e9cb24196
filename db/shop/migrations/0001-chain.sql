-- One chain: its shops, their stations, and what those have sent. Rows are added and read, never changed; what goes, goes through
-- shop.erase. Serves PostgreSQL 13 and later (xid8); ids are made on the stations.

CREATE SCHEMA shop;

-- One row. `serves_from`: stations that know at least this migration may go on, though the schema is newer than they are.
CREATE TABLE shop.chain (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  -- Whether its shops may look into each other's.
  looks boolean NOT NULL DEFAULT false,
  serves_from integer NOT NULL
);
INSERT INTO shop.chain (serves_from) VALUES (1);

CREATE TABLE shop.place (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE
);

CREATE TABLE shop.station (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  shop integer NOT NULL REFERENCES shop.place (id),
  name text NOT NULL,
  -- Who logs in as this station.
  role text NOT NULL UNIQUE,
  UNIQUE (shop, name)
);

-- Transaction ids are counted by a cluster, and begin anew in another one that a dump is restored into. An epoch is the time within one
-- cluster, database and timeline, told by `marker`.
CREATE TABLE shop.epoch (
  number integer PRIMARY KEY,
  marker text NOT NULL UNIQUE,
  since timestamptz NOT NULL DEFAULT now()
);

CREATE SEQUENCE shop.entry_seq;

-- A row of a station's store.
CREATE TABLE shop.entry (
  shop integer NOT NULL REFERENCES shop.place (id),
  uid uuid NOT NULL,
  station integer NOT NULL REFERENCES shop.station (id),
  -- The order in which rows may be read without missing one: those of transactions that are over.
  epoch integer NOT NULL,
  x xid8 NOT NULL,
  seq bigint NOT NULL,
  -- Its table in the store.
  kind text NOT NULL,
  -- The snapshot or the action of which this is an event.
  of uuid,
  ticket uuid,
  customer uuid,
  -- Id of the phone.
  phone text COLLATE "C",
  version integer NOT NULL,
  -- The row's own moment, by the clock of its station.
  at text NOT NULL,
  -- The row, other rows named by uid: JSON as the station wrote it.
  body text NOT NULL,
  -- What is looked for to find it.
  words text[] NOT NULL,
  -- Of a snapshot: what it holds, packed by the station (db/packed.ts).
  dictionary integer,
  diagnosis bytea,
  reading bytea,
  capture bytea,
  PRIMARY KEY (shop, uid)
);
-- It is packed already.
ALTER TABLE shop.entry ALTER COLUMN diagnosis SET STORAGE EXTERNAL, ALTER COLUMN reading SET STORAGE EXTERNAL,
  ALTER COLUMN capture SET STORAGE EXTERNAL;

CREATE INDEX entry_in_order ON shop.entry (shop, epoch, x, seq);
CREATE INDEX entry_by_phone ON shop.entry (phone) WHERE phone IS NOT NULL;
CREATE INDEX entry_by_ticket ON shop.entry (ticket) WHERE ticket IS NOT NULL;
CREATE INDEX entry_by_customer ON shop.entry (customer) WHERE customer IS NOT NULL;
CREATE INDEX entry_by_of ON shop.entry (of) WHERE of IS NOT NULL;

-- Compared byte for byte: under row security an index is only asked through operators that tell nothing of other rows.
CREATE TABLE shop.found_by (
  word text COLLATE "C" NOT NULL,
  shop integer NOT NULL,
  uid uuid NOT NULL,
  PRIMARY KEY (word, shop, uid),
  FOREIGN KEY (shop, uid) REFERENCES shop.entry (shop, uid) ON DELETE CASCADE
);
CREATE INDEX found_by_entry ON shop.found_by (shop, uid);

-- What was erased: it never comes in again, and stations remove it.
CREATE TABLE shop.erased (
  shop integer NOT NULL,
  uid uuid NOT NULL,
  epoch integer NOT NULL,
  x xid8 NOT NULL,
  seq bigint NOT NULL,
  PRIMARY KEY (shop, uid)
);
CREATE INDEX erased_in_order ON shop.erased (shop, epoch, x, seq);

CREATE TABLE shop.erasure (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  role text NOT NULL,
  shop integer NOT NULL,
  asked integer NOT NULL,
  gone integer NOT NULL
);

-- Who asks: session_user, which SET ROLE does not change.
CREATE FUNCTION shop.own_shop() RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shop, pg_temp AS
  $$ SELECT shop FROM station WHERE role = session_user $$;

CREATE FUNCTION shop.may_look() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shop, pg_temp AS
  $$ SELECT looks AND shop.own_shop() IS NOT NULL FROM chain $$;

CREATE FUNCTION shop.marker() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT concat_ws('-', (pg_control_system()).system_identifier, (SELECT oid FROM pg_database WHERE datname = current_database()),
                      (pg_control_checkpoint()).timeline_id) $$;

-- What a station asks for first: who it is, and the epoch, which begins here where the database was restored.
CREATE FUNCTION shop.begin(OUT shop integer, OUT shop_name text, OUT station integer, OUT station_name text, OUT looks boolean,
                           OUT version integer, OUT serves_from integer, OUT epoch integer, OUT marker text)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = shop, pg_temp AS $$
BEGIN
  marker := shop.marker();
  SELECT e.number INTO epoch FROM shop.epoch AS e WHERE e.marker = begin.marker;
  IF epoch IS NULL THEN
    LOCK TABLE shop.epoch IN EXCLUSIVE MODE;
    INSERT INTO shop.epoch AS e (number, marker) SELECT coalesce(max(number), 0) + 1, begin.marker FROM shop.epoch
      ON CONFLICT DO NOTHING;
    SELECT e.number INTO epoch FROM shop.epoch AS e WHERE e.marker = begin.marker;
  END IF;
  SELECT s.id, s.name, p.id, p.name INTO station, station_name, shop, shop_name
    FROM shop.station AS s JOIN shop.place AS p ON p.id = s.shop WHERE s.role = session_user;
  SELECT c.looks, c.serves_from INTO looks, serves_from FROM shop.chain AS c;
  SELECT max(m.number) INTO version FROM shop.migration AS m;
END $$;

-- A shop's rows come in side by side; nothing comes in while something of it is erased, so that nothing slips through.
CREATE FUNCTION shop.come_in() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = shop, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(1885890931, shop.own_shop());
  RETURN NULL;
END $$;

CREATE FUNCTION shop.take_in() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = shop, pg_temp AS $$
BEGIN
  SELECT s.shop, s.id INTO STRICT NEW.shop, NEW.station FROM station AS s WHERE s.role = session_user;
  IF EXISTS (SELECT FROM erased AS e WHERE e.shop = NEW.shop AND e.uid IN (NEW.uid, NEW.of, NEW.ticket, NEW.customer)) THEN
    RETURN NULL;
  END IF;
  SELECT max(number) INTO NEW.epoch FROM epoch;
  NEW.x := pg_current_xact_id();
  NEW.seq := nextval('entry_seq');
  RETURN NEW;
END $$;

CREATE FUNCTION shop.index_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = shop, pg_temp AS $$
BEGIN
  INSERT INTO found_by (word, shop, uid) SELECT DISTINCT word, t.shop, t.uid FROM taken AS t, unnest(t.words) AS word;
  RETURN NULL;
END $$;

CREATE TRIGGER come_in BEFORE INSERT ON shop.entry FOR EACH STATEMENT EXECUTE FUNCTION shop.come_in();
CREATE TRIGGER take_in BEFORE INSERT ON shop.entry FOR EACH ROW EXECUTE FUNCTION shop.take_in();
CREATE TRIGGER index_words AFTER INSERT ON shop.entry REFERENCING NEW TABLE AS taken
  FOR EACH STATEMENT EXECUTE FUNCTION shop.index_words();

-- Removes rows of the caller's shop with everything that belongs to them, and has them never come in again.
CREATE FUNCTION shop.erase(uids uuid[]) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = shop, pg_temp AS $$
DECLARE
  own integer := shop.own_shop();
  doomed uuid[];
  gone integer;
BEGIN
  IF own IS NULL THEN
    RAISE EXCEPTION '% is no station', session_user USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM pg_advisory_xact_lock(1885890931, own);
  SELECT coalesce(array_agg(e.uid), '{}') INTO doomed FROM entry AS e
    WHERE e.shop = own AND (e.uid = ANY (uids) OR e.of = ANY (uids) OR e.ticket = ANY (uids) OR e.customer = ANY (uids)
      OR e.of IN (SELECT s.uid FROM entry AS s WHERE s.shop = own AND (s.ticket = ANY (uids) OR s.customer = ANY (uids))));
  INSERT INTO erased (shop, uid, epoch, x, seq)
    SELECT own, u, (SELECT max(number) FROM epoch), pg_current_xact_id(), nextval('entry_seq')
    FROM (SELECT unnest(uids) UNION SELECT unnest(doomed)) AS all_of_them (u) ON CONFLICT DO NOTHING;
  DELETE FROM entry AS e WHERE e.shop = own AND e.uid = ANY (doomed);
  GET DIAGNOSTICS gone = ROW_COUNT;
  INSERT INTO erasure (role, shop, asked, gone) VALUES (session_user, own, cardinality(uids), gone);
  RETURN gone;
END $$;

ALTER TABLE shop.entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE shop.found_by ENABLE ROW LEVEL SECURITY;
ALTER TABLE shop.erased ENABLE ROW LEVEL SECURITY;
ALTER TABLE shop.place ENABLE ROW LEVEL SECURITY;
ALTER TABLE shop.station ENABLE ROW LEVEL SECURITY;

CREATE POLICY own_or_looks ON shop.entry FOR SELECT TO phone_health_station
  USING (shop = (SELECT shop.own_shop()) OR (SELECT shop.may_look()));
CREATE POLICY own ON shop.entry FOR INSERT TO phone_health_station WITH CHECK (shop = (SELECT shop.own_shop()));
CREATE POLICY own_or_looks ON shop.found_by FOR SELECT TO phone_health_station
  USING (shop = (SELECT shop.own_shop()) OR (SELECT shop.may_look()));
CREATE POLICY own ON shop.erased FOR SELECT TO phone_health_station USING (shop = (SELECT shop.own_shop()));
CREATE POLICY own_or_looks ON shop.place FOR SELECT TO phone_health_station
  USING (id = (SELECT shop.own_shop()) OR (SELECT shop.may_look()));
CREATE POLICY own_or_looks ON shop.station FOR SELECT TO phone_health_station
  USING (shop = (SELECT shop.own_shop()) OR (SELECT shop.may_look()));
CREATE POLICY erases ON shop.entry TO phone_health_eraser USING (true);
CREATE POLICY erases ON shop.found_by TO phone_health_eraser USING (true);
CREATE POLICY erases ON shop.erased TO phone_health_eraser USING (true) WITH CHECK (true);

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA shop FROM PUBLIC;
GRANT USAGE ON SCHEMA shop TO phone_health_station, phone_health_eraser;
GRANT SELECT ON shop.entry, shop.found_by, shop.erased, shop.place TO phone_health_station;
GRANT SELECT (id, shop, name) ON shop.station TO phone_health_station;
GRANT INSERT (uid, kind, of, ticket, customer, phone, version, at, body, words, dictionary, diagnosis, reading, capture)
  ON shop.entry TO phone_health_station;
GRANT EXECUTE ON FUNCTION shop.own_shop(), shop.may_look() TO phone_health_station, phone_health_eraser;
GRANT EXECUTE ON FUNCTION shop.begin(), shop.erase(uuid[]) TO phone_health_station;
GRANT SELECT, DELETE ON shop.entry, shop.found_by TO phone_health_eraser;
GRANT SELECT ON shop.epoch TO phone_health_eraser;
GRANT SELECT, INSERT ON shop.erased TO phone_health_eraser;
GRANT INSERT ON shop.erasure TO phone_health_eraser;
GRANT USAGE ON SEQUENCE shop.entry_seq TO phone_health_eraser;
-- To give a function to a role one has to be in it, and it may make things where the function is.
GRANT CREATE ON SCHEMA shop TO phone_health_eraser;
ALTER FUNCTION shop.erase(uuid[]) OWNER TO phone_health_eraser;
REVOKE CREATE ON SCHEMA shop FROM phone_health_eraser;

-- Nothing that a station writes can stop another from reading, speak for another, or erase what is another's.

-- Which chain this is, wherever its database is restored to.
ALTER TABLE shop.chain ADD COLUMN uid uuid NOT NULL DEFAULT gen_random_uuid();

-- How often a station was here. A station that was here more often than the server knows has met an older state of it: what that lacks is
-- sent once more.
ALTER TABLE shop.station ADD COLUMN rounds bigint NOT NULL DEFAULT 0;

-- What every station can read. Rows of before are not asked: stations pass over what they do not understand.
ALTER TABLE shop.entry
  ADD CONSTRAINT kind_is_short CHECK (octet_length(kind) BETWEEN 1 AND 64) NOT VALID,
  ADD CONSTRAINT at_is_short CHECK (octet_length(at) <= 64) NOT VALID,
  ADD CONSTRAINT phone_is_short CHECK (octet_length(phone) <= 2000) NOT VALID,
  ADD CONSTRAINT version_counts CHECK (version >= 0) NOT VALID,
  ADD CONSTRAINT body_is_an_object CHECK (octet_length(body) <= 8388608 AND json_typeof(body::json) = 'object') NOT VALID,
  ADD CONSTRAINT words_are_a_list CHECK (
    cardinality(words) <= 64 AND coalesce(array_ndims(words), 1) = 1 AND array_position(words, NULL) IS NULL
    AND octet_length(array_to_string(words, '')) <= 65536) NOT VALID,
  ADD CONSTRAINT content_is_bounded CHECK (
    coalesce(octet_length(diagnosis), 0) + coalesce(octet_length(reading), 0) + coalesce(octet_length(capture), 0) <= 134217728) NOT VALID;

-- The planner's statistics hold the most frequent values themselves, also of rows that are gone: of what tells whose a row is there are none.
-- Setting the type throws away those of before.
ALTER TABLE shop.entry
  ALTER COLUMN phone TYPE text COLLATE "C", ALTER COLUMN body TYPE text, ALTER COLUMN words TYPE text[];
ALTER TABLE shop.found_by ALTER COLUMN word TYPE text COLLATE "C";
ALTER TABLE shop.entry
  ALTER COLUMN phone SET STATISTICS 0, ALTER COLUMN body SET STATISTICS 0, ALTER COLUMN words SET STATISTICS 0;
ALTER TABLE shop.found_by ALTER COLUMN word SET STATISTICS 0;

-- A row about a snapshot, a ticket or a customer of another station of the shop is not taken in, as one of somebody erased is not: a ticket
-- that came here in a case goes on at its own station.
CREATE OR REPLACE FUNCTION shop.take_in() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = shop, pg_temp AS $$
BEGIN
  SELECT s.shop, s.id INTO STRICT NEW.shop, NEW.station FROM station AS s WHERE s.role = session_user;
  IF EXISTS (SELECT FROM erased AS e WHERE e.shop = NEW.shop AND e.uid IN (NEW.uid, NEW.of, NEW.ticket, NEW.customer))
    OR EXISTS (SELECT FROM entry AS e WHERE e.shop = NEW.shop AND e.uid IN (NEW.of, NEW.ticket) AND e.station <> NEW.station)
    OR EXISTS (SELECT FROM entry AS e WHERE e.customer = NEW.customer AND e.shop = NEW.shop AND e.station <> NEW.station) THEN
    RETURN NULL;
  END IF;
  SELECT max(number) INTO NEW.epoch FROM epoch;
  NEW.x := pg_current_xact_id();
  NEW.seq := nextval('entry_seq');
  RETURN NEW;
END $$;

DROP FUNCTION shop.begin();
CREATE FUNCTION shop.begin(OUT shop integer, OUT shop_name text, OUT station integer, OUT station_name text, OUT looks boolean,
                           OUT version integer, OUT serves_from integer, OUT epoch integer, OUT marker text, OUT chain text,
                           OUT rounds text)
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
  SELECT s.id, s.name, s.rounds::text, p.id, p.name INTO station, station_name, rounds, shop, shop_name
    FROM shop.station AS s JOIN shop.place AS p ON p.id = s.shop WHERE s.role = session_user;
  SELECT c.looks, c.serves_from, c.uid::text INTO looks, serves_from, chain FROM shop.chain AS c;
  SELECT max(m.number) INTO version FROM shop.migration AS m;
END $$;

CREATE FUNCTION shop.count_round() RETURNS text LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = shop, pg_temp AS
  $$ UPDATE station SET rounds = rounds + 1 WHERE role = session_user RETURNING rounds::text $$;

-- Who asks, as own_shop.
CREATE FUNCTION shop.own_station() RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shop, pg_temp AS
  $$ SELECT id FROM station WHERE role = session_user $$;

-- Removes rows of the caller's station with everything that belongs to them, whoever wrote that, and has them never come in again. What
-- another station of the shop has written, or whose customer it is, stays. A branch for each index: of an OR none is asked.
CREATE OR REPLACE FUNCTION shop.erase(uids uuid[]) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = shop, pg_temp AS $$
DECLARE
  own integer := shop.own_shop();
  me integer := shop.own_station();
  mine uuid[];
  doomed uuid[];
  gone integer;
BEGIN
  IF own IS NULL THEN
    RAISE EXCEPTION '% is no station', session_user USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM pg_advisory_xact_lock(1885890931, own);
  SELECT coalesce(array_agg(u), '{}') INTO mine FROM (
    SELECT unnest(uids) AS u
    EXCEPT SELECT e.uid FROM entry AS e WHERE e.shop = own AND e.uid = ANY (uids) AND e.station <> me
    EXCEPT (SELECT e.customer FROM entry AS e WHERE e.customer = ANY (uids) AND e.shop = own AND e.station <> me
            EXCEPT SELECT e.customer FROM entry AS e WHERE e.customer = ANY (uids) AND e.shop = own AND e.station = me)
  ) AS named;
  SELECT coalesce(array_agg(d.uid), '{}') INTO doomed FROM (
    SELECT e.uid FROM entry AS e WHERE e.shop = own AND e.uid = ANY (mine)
    UNION SELECT e.uid FROM entry AS e WHERE e.of = ANY (mine) AND e.shop = own
    UNION SELECT e.uid FROM entry AS e WHERE e.ticket = ANY (mine) AND e.shop = own
    UNION SELECT e.uid FROM entry AS e WHERE e.customer = ANY (mine) AND e.shop = own
    UNION SELECT e.uid FROM entry AS s JOIN entry AS e ON e.of = s.uid AND e.shop = own
      WHERE s.ticket = ANY (mine) AND s.shop = own
    UNION SELECT e.uid FROM entry AS s JOIN entry AS e ON e.of = s.uid AND e.shop = own
      WHERE s.customer = ANY (mine) AND s.shop = own
  ) AS d;
  INSERT INTO erased (shop, uid, epoch, x, seq)
    SELECT own, u, (SELECT max(number) FROM epoch), pg_current_xact_id(), nextval('entry_seq')
    FROM (SELECT unnest(mine) UNION SELECT unnest(doomed)) AS all_of_them (u) ON CONFLICT DO NOTHING;
  DELETE FROM entry AS e WHERE e.shop = own AND e.uid = ANY (doomed);
  GET DIAGNOSTICS gone = ROW_COUNT;
  INSERT INTO erasure (role, shop, asked, gone) VALUES (session_user, own, cardinality(uids), gone);
  RETURN gone;
END $$;

GRANT EXECUTE ON FUNCTION shop.own_station() TO phone_health_eraser;
GRANT EXECUTE ON FUNCTION shop.begin(), shop.count_round() TO phone_health_station;

-- What one station erases is that station's: it takes nothing away from another that has the same rows, and holds nobody up.

-- Whose it was: the station that had sent it, or that has had it erased before anybody sent it. 0: erased before this was written down.
ALTER TABLE shop.erased ADD COLUMN station integer NOT NULL DEFAULT 0;
-- Whether the server had it, so that it is known whose it was: then it comes in from nobody any more. One that nobody had sent yet comes in
-- from whoever has it, but for the station that had it erased.
ALTER TABLE shop.erased ADD COLUMN met boolean NOT NULL DEFAULT true;
ALTER TABLE shop.erased DROP CONSTRAINT erased_pkey, ADD PRIMARY KEY (shop, uid, station);

-- What a station reads at most (largestRow in db/shop/pull.ts).
ALTER TABLE shop.entry
  DROP CONSTRAINT content_is_bounded,
  ADD CONSTRAINT content_is_bounded CHECK (
    octet_length(body) + coalesce(octet_length(diagnosis), 0) + coalesce(octet_length(reading), 0) + coalesce(octet_length(capture), 0)
      <= 100663296) NOT VALID;

-- Rows come in side by side, and nothing comes in while something is erased: as before, but by the row of the own shop, which no station can
-- lock by itself. An advisory lock is anybody's who knows its number.
CREATE OR REPLACE FUNCTION shop.come_in() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = shop, pg_temp AS $$
BEGIN
  PERFORM 1 FROM place AS p WHERE p.id = shop.own_shop() FOR KEY SHARE;
  RETURN NULL;
END $$;

CREATE FUNCTION shop.hold_shop() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = shop, pg_temp AS $$
BEGIN
  PERFORM 1 FROM place AS p WHERE p.id = shop.own_shop() FOR UPDATE;
END $$;

CREATE OR REPLACE FUNCTION shop.take_in() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = shop, pg_temp AS $$
BEGIN
  SELECT s.shop, s.id INTO STRICT NEW.shop, NEW.station FROM station AS s WHERE s.role = session_user;
  IF EXISTS (SELECT FROM erased AS e WHERE e.shop = NEW.shop AND e.uid IN (NEW.uid, NEW.of, NEW.ticket, NEW.customer)
               AND (e.met OR e.station = NEW.station))
    OR EXISTS (SELECT FROM entry AS e WHERE e.shop = NEW.shop AND e.uid IN (NEW.of, NEW.ticket) AND e.station <> NEW.station)
    OR EXISTS (SELECT FROM entry AS e WHERE e.customer = NEW.customer AND e.shop = NEW.shop AND e.station <> NEW.station) THEN
    RETURN NULL;
  END IF;
  SELECT max(number) INTO NEW.epoch FROM epoch;
  NEW.x := pg_current_xact_id();
  NEW.seq := nextval('entry_seq');
  RETURN NEW;
END $$;

-- As before, and what another station's rows belong to stays too where it is not here: whoever names it is believed to be its station.
CREATE OR REPLACE FUNCTION shop.erase(uids uuid[]) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = shop, pg_temp AS $$
DECLARE
  own integer := shop.own_shop();
  me integer := shop.own_station();
  mine uuid[];
  customers uuid[];
  doomed uuid[];
BEGIN
  IF own IS NULL THEN
    RAISE EXCEPTION '% is no station', session_user USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM shop.hold_shop();
  SELECT coalesce(array_agg(u), '{}') INTO mine FROM (
    SELECT unnest(uids) AS u
    EXCEPT SELECT e.uid FROM entry AS e WHERE e.shop = own AND e.uid = ANY (uids) AND e.station <> me
    EXCEPT (SELECT e.customer FROM entry AS e WHERE e.customer = ANY (uids) AND e.shop = own AND e.station <> me
            EXCEPT SELECT e.customer FROM entry AS e WHERE e.customer = ANY (uids) AND e.shop = own AND e.station = me)
    EXCEPT (SELECT e.of FROM entry AS e WHERE e.of = ANY (uids) AND e.shop = own AND e.station <> me
            EXCEPT SELECT e.uid FROM entry AS e WHERE e.shop = own AND e.uid = ANY (uids) AND e.station = me)
    EXCEPT (SELECT e.ticket FROM entry AS e WHERE e.ticket = ANY (uids) AND e.shop = own AND e.station <> me
            EXCEPT SELECT e.uid FROM entry AS e WHERE e.shop = own AND e.uid = ANY (uids) AND e.station = me)
  ) AS named;
  SELECT coalesce(array_agg(DISTINCT e.customer), '{}') INTO customers FROM entry AS e
    WHERE e.customer = ANY (mine) AND e.shop = own AND e.station = me;
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
  INSERT INTO erased AS before (shop, uid, station, met, epoch, x, seq)
    SELECT own, g.uid, g.station, g.met, (SELECT max(number) FROM epoch), pg_current_xact_id(), nextval('entry_seq')
    FROM (
      SELECT e.uid, e.station, true AS met FROM entry AS e WHERE e.shop = own AND e.uid = ANY (doomed)
      UNION ALL SELECT u, me, u = ANY (customers) FROM (SELECT unnest(mine) EXCEPT SELECT unnest(doomed)) AS other (u)
    ) AS g
    ON CONFLICT (shop, uid, station) DO UPDATE SET met = true WHERE EXCLUDED.met AND NOT before.met;
  DELETE FROM entry AS e WHERE e.shop = own AND e.uid = ANY (doomed);
  INSERT INTO erasure (role, shop, asked, gone) VALUES (session_user, own, cardinality(uids), cardinality(doomed));
  RETURN cardinality(doomed);
END $$;

GRANT UPDATE (met) ON shop.erased TO phone_health_eraser;
GRANT EXECUTE ON FUNCTION shop.hold_shop() TO phone_health_eraser;

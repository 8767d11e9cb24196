-- Which chain it is, whatever database it is in; NULL: connected before the server told.
ALTER TABLE shop_link ADD COLUMN chain TEXT;
-- How often this station was at the server, by the server's count: one that counts less is an older state of it.
ALTER TABLE shop_link ADD COLUMN rounds INTEGER NOT NULL DEFAULT 0;
-- Rows of other stations that nobody can read, and that were passed over.
ALTER TABLE shop_link ADD COLUMN unreadable INTEGER NOT NULL DEFAULT 0;

-- How often a row was sent alone in vain, because the time was over.
ALTER TABLE shop_outbox ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;

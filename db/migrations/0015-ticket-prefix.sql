-- What stood in front of the number of a ticket when it was given: it is on the label. NULL: nobody knows any more.
ALTER TABLE ticket ADD COLUMN prefix TEXT;

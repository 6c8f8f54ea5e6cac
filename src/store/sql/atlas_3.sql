-- Version 3: what a person keeps about tools.
CREATE TABLE remarks (
    tool        TEXT PRIMARY KEY, -- its id in the catalog
    note        TEXT NOT NULL,
    rating      INTEGER,          -- 1 to 5
    shortlisted INTEGER NOT NULL  -- 0 or 1
) STRICT;
PRAGMA user_version = 3;

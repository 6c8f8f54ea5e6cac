-- What was read of one run store. Everything here can be read again there, so nothing is migrated: another version of
-- this file is thrown away.
CREATE TABLE about (
    key TEXT PRIMARY KEY,
    value
);
CREATE TABLE runs (
    -- Whether deleted runs are among them.
    deleted INTEGER PRIMARY KEY,
    stamp INTEGER NOT NULL,
    content BLOB NOT NULL
);
CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    run TEXT NOT NULL,
    metric TEXT NOT NULL,
    -- In which state of the source it was read and how far, how many points there are and are left when thinned, what is
    -- odd; and a checksum.
    about BLOB NOT NULL,
    UNIQUE (run, metric)
);
CREATE TABLE block (
    -- The series' id times 2^25, and the number of the block; from 2^24 on come the blocks of the thinned series.
    id INTEGER PRIMARY KEY,
    first_step INTEGER NOT NULL,
    points BLOB NOT NULL
);

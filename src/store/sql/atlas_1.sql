-- Version 1 of the private database.
CREATE TABLE recents (
    address   TEXT PRIMARY KEY,
    title     TEXT NOT NULL,
    opened_at INTEGER NOT NULL -- microseconds since 1970
) STRICT;
CREATE TABLE journal (
    seq      INTEGER PRIMARY KEY AUTOINCREMENT,
    document TEXT NOT NULL, -- the drawing's address
    edit     TEXT NOT NULL  -- one edit as JSON
) STRICT;
CREATE INDEX journal_document ON journal (document, seq);
PRAGMA user_version = 1;

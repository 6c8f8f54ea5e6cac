-- Version 2: a journal knows the text that its edits apply to, and what it is called in lists.
CREATE TABLE drafts (
    document   TEXT PRIMARY KEY, -- as in the journal
    title      TEXT NOT NULL,
    base       TEXT,             -- the drawing's text before the first edit; NULL where version 1 kept none
    changed_at INTEGER NOT NULL  -- of the last edit, microseconds since 1970
) STRICT;
INSERT INTO drafts SELECT document, '', NULL, 0 FROM journal GROUP BY document;
PRAGMA user_version = 2;

//! The edit journal: what was changed and not saved, with the text that the changes apply to.

use rusqlite::{OptionalExtension as _, Transaction, TransactionBehavior, params};

use super::{AtlasDb, Error};

/// One edit on its way into the journal.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// Which document: its absolute path, `template:ID` or `untitled:N`.
    pub document: &'a str,
    /// What it is called now.
    pub title: &'a str,
    /// Its text before the first unsaved edit; kept with the first one, ignored afterwards.
    pub base: &'a str,
    /// The edit as JSON.
    pub edit: &'a str,
    /// When it was made, in microseconds since 1970.
    pub at: i64,
}

/// The unsaved edits of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journal {
    /// The text that the edits apply to; none where version 1 of the database kept none.
    pub base: Option<String>,
    /// The edits as JSON, oldest first.
    pub edits: Vec<String>,
}

/// A document with unsaved edits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRow {
    /// Which, as in [`Entry::document`].
    pub document: String,
    /// What it was called after the last edit; empty where version 1 of the database kept none.
    pub title: String,
    /// How the text begins that the edits apply to, enough to see what it is; none where version 1 kept none.
    pub base_begins: Option<String>,
    /// When it was last edited, in microseconds since 1970.
    pub changed_at: i64,
}

/// What the names of journals begin with that this version could not read whole.
const ASIDE: &str = "aside:";

impl AtlasDb {
    fn write(&self, work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<()>) -> Result<(), Error> {
        Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)
            .and_then(|transaction| {
                work(&transaction)?;
                transaction.commit()
            })
            .map_err(|source| self.wrap(source))
    }

    /// Commits one edit: when this returns, a crash cannot lose it. True when it is the document's first.
    pub fn journal_append(&self, entry: &Entry<'_>) -> Result<bool, Error> {
        let mut first = false;
        self.write(|transaction| {
            let named = params![entry.document, entry.title, entry.at];
            let sql = "UPDATE drafts SET title = ?2, changed_at = ?3 WHERE document = ?1";
            first = transaction.prepare_cached(sql)?.execute(named)? == 0;
            if first {
                let sql = "INSERT INTO drafts (document, title, base, changed_at) VALUES (?1, ?2, ?3, ?4)";
                transaction.execute(sql, params![entry.document, entry.title, entry.base, entry.at])?;
            }
            let sql = "INSERT INTO journal (document, edit) VALUES (?1, ?2)";
            transaction.prepare_cached(sql)?.execute([entry.document, entry.edit]).map(|_| ())
        })?;
        Ok(first)
    }

    /// The unsaved edits of a document; none when it has none.
    pub fn journal(&self, document: &str) -> Result<Option<Journal>, Error> {
        let read = || {
            let sql = "SELECT base FROM drafts WHERE document = ?1";
            let Some(base) = self.connection.query_row(sql, [document], |row| row.get(0)).optional()? else {
                return Ok(None);
            };
            let sql = "SELECT edit FROM journal WHERE document = ?1 ORDER BY seq";
            let mut statement = self.connection.prepare_cached(sql)?;
            let rows = statement.query_map([document], |row| row.get(0))?;
            Ok(Some(Journal { base, edits: rows.collect::<rusqlite::Result<_>>()? }))
        };
        read().map_err(|source| self.wrap(source))
    }

    /// All documents with unsaved edits, the last edited first.
    pub fn drafts(&self) -> Result<Vec<DraftRow>, Error> {
        let read = || {
            let sql = "SELECT document, title, substr(base, 1, 1000), changed_at FROM drafts
                       WHERE substr(document, 1, length(?1)) <> ?1 ORDER BY changed_at DESC, document";
            let mut statement = self.connection.prepare_cached(sql)?;
            let rows = statement.query_map([ASIDE], |row| {
                Ok(DraftRow {
                    document: row.get(0)?,
                    title: row.get(1)?,
                    base_begins: row.get(2)?,
                    changed_at: row.get(3)?,
                })
            })?;
            rows.collect::<rusqlite::Result<_>>()
        };
        read().map_err(|source| self.wrap(source))
    }

    /// Forgets the edits of a document: they are in its file now, or were taken back.
    pub fn journal_clear(&self, document: &str) -> Result<(), Error> {
        self.write(|transaction| {
            transaction.execute("DELETE FROM journal WHERE document = ?1", [document])?;
            transaction.execute("DELETE FROM drafts WHERE document = ?1", [document]).map(|_| ())
        })
    }

    /// Keeps only the first `keep` edits of a document in its journal. All of them stay in the database under a
    /// name that no document has, for a version that can read them.
    pub fn journal_set_aside(&self, document: &str, keep: usize) -> Result<(), Error> {
        self.write(|transaction| {
            let last = "SELECT max(seq) FROM journal WHERE document = ?1";
            let last: i64 = transaction.query_row(last, [document], |row| row.get(0))?;
            let aside = format!("{ASIDE}{last}:{document}");
            let sql = "INSERT INTO drafts SELECT ?2, title, base, changed_at FROM drafts WHERE document = ?1";
            transaction.execute(sql, [document, &aside])?;
            let sql = "INSERT INTO journal (document, edit)
                       SELECT ?2, edit FROM journal WHERE document = ?1 ORDER BY seq";
            transaction.execute(sql, [document, &aside])?;
            let sql = "DELETE FROM journal WHERE document = ?1 AND seq NOT IN
                       (SELECT seq FROM journal WHERE document = ?1 ORDER BY seq LIMIT ?2)";
            transaction.execute(sql, params![document, keep as i64]).map(|_| ())
        })
    }

    /// Makes the edits of one document those of another, which must have none.
    pub fn journal_move(&self, from: &str, to: &str) -> Result<(), Error> {
        self.write(|transaction| {
            transaction.execute("UPDATE drafts SET document = ?2 WHERE document = ?1", [from, to])?;
            let sql = "UPDATE journal SET document = ?2 WHERE document = ?1";
            transaction.execute(sql, [from, to]).map(|_| ())
        })
    }
}

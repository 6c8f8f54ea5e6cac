//! Notes, ratings and the shortlist in the private database.

use rusqlite::params;

use super::{AtlasDb, Error};
use crate::catalog::ToolId;
use crate::remarks::{Remark, RemarkEdit};

impl AtlasDb {
    /// All remarks; rows whose tool is no id are left where they are.
    pub fn remarks(&self) -> Result<Vec<(ToolId, Remark)>, Error> {
        let read = || {
            let sql = "SELECT tool, note, rating, shortlisted FROM remarks ORDER BY tool";
            let mut statement = self.connection.prepare_cached(sql)?;
            let rows = statement.query_map([], |row| {
                let remark = Remark { note: row.get(1)?, rating: row.get(2)?, shortlisted: row.get(3)? };
                Ok((row.get::<_, String>(0)?, remark))
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        let rows = read().map_err(|source| self.wrap(source))?;
        Ok(rows.into_iter().filter_map(|(tool, remark)| Some((ToolId::new(&tool).ok()?, remark))).collect())
    }

    /// Commits what is kept about these tools from now on: all of it or nothing.
    pub fn keep_remarks(&self, edits: &[RemarkEdit]) -> Result<(), Error> {
        let keep = || {
            let transaction = self.connection.unchecked_transaction()?;
            for edit in edits {
                self.keep_remark(edit)?;
            }
            transaction.commit()
        };
        keep().map_err(|source| self.wrap(source))
    }

    fn keep_remark(&self, edit: &RemarkEdit) -> rusqlite::Result<()> {
        let tool = edit.tool.as_str();
        let Remark { note, rating, shortlisted } = &edit.remark;
        let outcome = if edit.remark == Remark::default() {
            self.connection.execute("DELETE FROM remarks WHERE tool = ?1", [tool])
        } else {
            let sql = "INSERT INTO remarks VALUES (?1, ?2, ?3, ?4)
                       ON CONFLICT (tool) DO UPDATE SET note = ?2, rating = ?3, shortlisted = ?4";
            self.connection.execute(sql, params![tool, note, rating, shortlisted])
        };
        outcome.map(|_| ())
    }
}

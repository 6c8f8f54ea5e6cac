//! One table read to its end, in slices by rowid and around pages that are damaged.

use std::time::Duration;

use rusqlite::{OptionalExtension as _, Row};

use super::access::{Access, LONGEST, Pace, is_damaged, is_too_long};
use super::error::{Error, recover};
use crate::problem::Problem;

/// Rows asked for at once: about 10 ms of reading where they are short. See [`Pace`] for where they are not.
pub(super) const SLICE: i64 = 20_000;

/// After this many damaged stretches the rest of a table is given up: each takes up to 128 looks to get around.
const STRETCHES: usize = 16;

/// A reading of several tables, and how far it is.
pub(super) struct Reading<'a> {
    pub access: &'a mut Access,
    /// Tables that cannot be read by the numbers of their rows.
    pub unnumbered: &'a [&'static str],
    /// Tables that not every version has, and this store has.
    pub later: &'a [&'static str],
    /// How long a slice reads rows.
    pub rows_for: Duration,
    /// Asked before every slice, with the rows so far.
    pub keep_going: &'a dyn Fn(u64) -> bool,
    pub rows: u64,
    pub problems: Vec<Problem>,
}

/// The rows of one slice.
struct Slice<T> {
    found: Vec<T>,
    count: u64,
    /// The last rowid, where there was a row.
    end: Option<i64>,
    is_last: bool,
    /// What SQLite met after these rows.
    met: Option<Unread>,
}

/// Why a row cannot be read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unread {
    /// Its page is damaged, as those of its neighbours may be.
    Damaged,
    /// It is longer than any that is read.
    TooLong,
}

/// The first row of some.
enum First {
    /// Its number.
    Row(i64),
    None,
    Damaged,
}

/// What cannot be read of a table.
#[derive(Default)]
struct Damage {
    /// The first rowid that cannot be read and the first after it that can; none to the end of the table.
    stretches: Vec<(i64, Option<i64>)>,
    /// Rows that are too long, and the rowid of the first.
    long: Option<(u64, i64)>,
}

impl Damage {
    /// Which rows are too long, if any.
    fn too_long(&self, table: &str, store: &str) -> Option<Problem> {
        let (count, first) = self.long?;
        let which = if count == 1 {
            format!("The row with the rowid {first} of the table {table} is")
        } else {
            format!("{count} rows of the table {table}, the first with the rowid {first}, are")
        };
        let most = LONGEST / 1_000_000;
        Some(Problem::warning(
            format!("{which} longer than {most} MB and left out; all others are read"),
            store,
        ))
    }

    /// What was lost, and how more could be saved.
    fn problem(&self, table: &str, read: u64, store: &str) -> Problem {
        let named: Vec<String> = self
            .stretches
            .iter()
            .map(|stretch| match *stretch {
                (i64::MIN, None) => "from the first on".to_owned(),
                (i64::MIN, Some(to)) => format!("up to {}", to - 1),
                (from, None) => format!("from {from} on"),
                (from, Some(to)) if to - from == 1 => format!("{from}"),
                (from, Some(to)) => format!("{from} to {}", to - 1),
            })
            .collect();
        let message = format!(
            "The table {table} is damaged: {read} of its rows were read, those with the rowids {} cannot be. To \
             save what is left: {}",
            named.join(", "),
            recover(store)
        );
        Problem::error(message, store)
    }
}

/// An error for a table that cannot be read row by row.
pub(super) fn check(table: &str, unnumbered: &[&'static str], access: &Access) -> Result<(), Error> {
    match unnumbered.iter().find(|unnumbered| **unnumbered == table) {
        Some(table) => Err(Error::Unnumbered { table, path: access.name() }),
        None => Ok(()),
    }
}

impl Reading<'_> {
    /// Whether a table that not every version has is there and can be read row by row.
    pub fn has(&self, table: &str) -> bool {
        self.later.contains(&table)
    }

    /// Tells what is odd in the store.
    pub fn warn(&mut self, message: String) {
        self.problems.push(Problem::warning(message, self.access.name()));
    }

    /// Reads `table` to its end: `sql` takes the first rowid and a limit, and is `SELECT rowid, … FROM …`: the first
    /// column is the number by which the rows go on. `map` may see a
    /// row more than once, when the file changed during its slice or a page is damaged; `take` sees each once.
    ///
    /// A damaged page costs the rows on it, and a row that is too long itself, which is told among the problems. An
    /// error where `is_needed` and nothing at all can be read.
    pub fn pass<T>(
        &mut self,
        (table, is_needed): (&str, bool),
        sql: &str,
        mut map: impl FnMut(&Row<'_>) -> rusqlite::Result<Option<T>>,
        mut take: impl FnMut(T),
    ) -> Result<(), Error> {
        if let Err(error) = check(table, self.unnumbered, self.access) {
            if is_needed {
                return Err(error);
            }
            self.problems.push(Problem::error(error.to_string(), self.access.name()));
            return Ok(());
        }
        let before = self.rows;
        let mut damage = Damage::default();
        let mut next = Some(i64::MIN);
        while let Some(from) = next {
            let slice = match self.slice(sql, from, SLICE, &mut map) {
                // It is not there, or lacks a column: the others are no worse for it.
                Err(Error::Sql { reason, .. }) if !is_needed => {
                    let message = format!("The table {table} cannot be read ({reason}); everything else is");
                    self.problems.push(Problem::error(message, self.access.name()));
                    return Ok(());
                }
                slice => slice?,
            };
            slice.found.into_iter().for_each(&mut take);
            self.rows += slice.count;
            let after = slice.end.map_or(Some(from), |end| end.checked_add(1));
            next = match after {
                Some(from) if slice.met == Some(Unread::TooLong) => {
                    match self.first(sql, from)? {
                        First::Row(at) => {
                            let (count, first) = damage.long.unwrap_or((0, at));
                            damage.long = Some((count + 1, first));
                            at.checked_add(1)
                        }
                        // Somebody took it away meanwhile, or it is met again.
                        First::None => None,
                        First::Damaged => self.around(sql, from, &mut map, &mut damage)?,
                    }
                }
                Some(from) if slice.met == Some(Unread::Damaged) => {
                    self.around(sql, from, &mut map, &mut damage)?
                }
                after if !slice.is_last => after,
                _ => None,
            };
        }
        let read = self.rows - before;
        self.problems.extend(damage.too_long(table, &self.access.name()));
        if !damage.stretches.is_empty() {
            let name = self.access.name();
            if is_needed && read == 0 {
                return Err(Error::Damaged { path: name });
            }
            self.problems.push(damage.problem(table, read, &name));
        }
        Ok(())
    }

    /// Where the rows go on behind a damaged one, which is remembered.
    fn around<T>(
        &mut self,
        sql: &str,
        from: i64,
        map: &mut impl FnMut(&Row<'_>) -> rusqlite::Result<Option<T>>,
        damage: &mut Damage,
    ) -> Result<Option<i64>, Error> {
        let is_given_up = damage.stretches.len() >= STRETCHES;
        let to = if is_given_up { None } else { self.beyond(sql, from, map)? };
        damage.stretches.push((from, to));
        Ok(to)
    }

    /// The number of the first row that a statement gives, of which nothing else is read.
    fn first(&mut self, sql: &str, from: i64) -> Result<First, Error> {
        let number = sql.split_once(',').map_or(sql, |(number, _)| number);
        let rows = sql.find("FROM ").map_or("", |at| &sql[at..]);
        let sql = format!("{number} {rows}");
        self.access.slice(|connection| {
            let row = connection.prepare_cached(&sql)?.query_row((from, 1), |row| row.get(0)).optional();
            match row {
                Ok(row) => Ok(row.map_or(First::None, First::Row)),
                Err(error) if is_damaged(&error) => Ok(First::Damaged),
                Err(error) => Err(error),
            }
        })
    }

    /// The first rowid after a damaged one from which SQLite can read: strides that double until one is readable,
    /// then halves between that one and the last that is not.
    fn beyond<T>(
        &mut self,
        sql: &str,
        damaged: i64,
        map: &mut impl FnMut(&Row<'_>) -> rusqlite::Result<Option<T>>,
    ) -> Result<Option<i64>, Error> {
        // No tracker counts its rows from below zero.
        let (mut bad, mut stride, start) = (damaged, 1_i64, damaged.max(0));
        let mut good = loop {
            let Some(at) = start.checked_add(stride) else { return Ok(None) };
            if self.slice(sql, at, 1, map)?.met != Some(Unread::Damaged) {
                break at;
            }
            bad = at;
            let Some(longer) = stride.checked_mul(2) else { return Ok(None) };
            stride = longer;
        };
        while bad + 1 < good {
            let middle = i64::midpoint(bad, good);
            let met = self.slice(sql, middle, 1, map)?.met;
            if met == Some(Unread::Damaged) { bad = middle } else { good = middle }
        }
        Ok(Some(good))
    }

    fn slice<T>(
        &mut self,
        sql: &str,
        from: i64,
        limit: i64,
        map: &mut impl FnMut(&Row<'_>) -> rusqlite::Result<Option<T>>,
    ) -> Result<Slice<T>, Error> {
        if !(self.keep_going)(self.rows) {
            return Err(Error::Stopped(self.access.name()));
        }
        let time = self.rows_for;
        self.access.slice(|connection| {
            let mut pace = Pace::start(time);
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query((from, limit))?;
            let mut slice = Slice { found: Vec::new(), count: 0, end: None, is_last: false, met: None };
            while let Some(row) = readable(rows.next(), &mut slice.met)? {
                let id: i64 = row.get(0)?;
                // Rowids that do not rise would be read for ever.
                if id < from || slice.end.is_some_and(|end| id <= end) {
                    slice.met = Some(Unread::Damaged);
                    break;
                }
                slice.count += 1;
                slice.end = Some(id);
                slice.found.extend(map(row)?);
                if pace.is_over() {
                    return Ok(slice);
                }
            }
            slice.is_last = slice.met.is_none() && (slice.count as i64) < limit;
            Ok(slice)
        })
    }
}

/// A row that cannot be read ends the rows and is remembered; every other error stays one.
fn readable<T>(row: rusqlite::Result<Option<T>>, met: &mut Option<Unread>) -> rusqlite::Result<Option<T>> {
    *met = match &row {
        Err(error) if is_damaged(error) => Some(Unread::Damaged),
        Err(error) if is_too_long(error) => Some(Unread::TooLong),
        _ => return row,
    };
    Ok(None)
}

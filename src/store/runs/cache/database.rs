//! The file in which is kept what was read of one store: a SQLite database of the program's own.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _, params};
use serde::{Deserialize, Serialize};

use super::columns;
use crate::runs::{Curve, LeftOut, Series};
use crate::store::runs::{Cursor, SourceStamp};

/// Raised with every change of what the bytes mean.
const FORMAT: i64 = 3;
/// Numbers of blocks in a series' share of ids.
const SHARE: i64 = 1 << 25;
/// The first number of a block of the thinned series.
const THIN: i64 = 1 << 24;
/// Shorter series are read whole in no time.
const THINNED_FROM: usize = 2 * columns::POINTS;

/// A series that is to be kept.
pub(super) struct ToKeep {
    pub metric: String,
    pub series: Series,
    /// How far it was read.
    pub cursor: Cursor,
    /// What is kept of it already, and how many points of that stay as they are.
    pub behind: Option<(Entry, usize)>,
}

/// An open file.
pub(super) struct Database {
    connection: Connection,
    path: PathBuf,
    source: String,
    stamp: SourceStamp,
}

/// A series as it is kept.
pub(super) struct Entry {
    id: i64,
    about: About,
}

impl Entry {
    /// Whether it was all there is in this state of the source.
    pub fn is_of(&self, stamp: SourceStamp) -> bool {
        self.about.stamp == stamp.state
    }

    /// How far it was read.
    pub fn cursor(&self) -> Cursor {
        Cursor::new(self.about.cursor.clone())
    }

    /// How many points there are.
    pub fn points(&self) -> usize {
        self.about.points
    }
}

/// What is kept of a series beside its points.
#[derive(Clone, Serialize, Deserialize)]
struct About {
    /// The state of the source in which this was all of it.
    stamp: u64,
    /// The words of its cursor.
    cursor: Vec<u64>,
    points: usize,
    /// How many of them repeat a step.
    repeated: usize,
    /// How many points the thinned series has; none where it is not kept.
    thin: Option<usize>,
    /// The parts of [`LeftOut`].
    left_out: Option<(usize, Option<i64>)>,
    beyond: usize,
}

impl About {
    /// Bytes that end with a checksum over themselves and the names.
    fn write(&self, run: &str, metric: &str) -> Vec<u8> {
        // Numbers always have bytes.
        let mut bytes = postcard::to_stdvec(self).unwrap_or_default();
        let sum = Self::sum(&bytes, run, metric);
        bytes.extend(sum.to_le_bytes());
        bytes
    }

    fn read(bytes: &[u8], run: &str, metric: &str) -> Option<Self> {
        let (content, sum) = bytes.split_last_chunk::<4>()?;
        let is_whole = Self::sum(content, run, metric) == u32::from_le_bytes(*sum);
        postcard::from_bytes(content).ok().filter(|_| is_whole)
    }

    fn sum(bytes: &[u8], run: &str, metric: &str) -> u32 {
        [run.as_bytes(), &[0], metric.as_bytes()]
            .into_iter()
            .fold(crc32c::crc32c(bytes), crc32c::crc32c_append)
    }
}

impl Database {
    /// Opens or makes the file for a source. What another version of the program left there, what is of another source and
    /// what cannot be read is thrown away.
    pub fn open(path: &Path, source: &str, stamp: SourceStamp) -> rusqlite::Result<Self> {
        match Self::open_kept(path, source, stamp) {
            Ok(Some(database)) => Ok(database),
            Ok(None) => Self::make_anew(path, source, stamp),
            Err(error) if super::is_damaged(&error) => Self::make_anew(path, source, stamp),
            // Another process is at work on it.
            Err(error) => Err(error),
        }
    }

    /// Throws the file away, which turned out to be damaged, and makes another.
    pub fn renew(self) -> rusqlite::Result<Self> {
        let Self { connection, path, source, stamp } = self;
        drop(connection);
        Self::make_anew(&path, &source, stamp)
    }

    fn make_anew(path: &Path, source: &str, stamp: SourceStamp) -> rusqlite::Result<Self> {
        // Where it cannot be removed, making it again says why.
        drop(super::remove_all(path));
        Self::make(path, source, stamp)
    }

    /// None where the file is to be made anew.
    fn open_kept(path: &Path, source: &str, stamp: SourceStamp) -> rusqlite::Result<Option<Self>> {
        if !path.is_file() {
            return Ok(None);
        }
        let connection = Connection::open(path)?;
        connection.busy_timeout(Duration::from_secs(1))?;
        let format: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if format != FORMAT {
            return Ok(None);
        }
        let about = |key: &str| {
            connection.query_row("SELECT value FROM about WHERE key = ?1", [key], |row| {
                row.get::<_, rusqlite::types::Value>(0)
            })
        };
        let is_same = about("source")? == rusqlite::types::Value::Text(source.to_owned())
            && about("file")? == rusqlite::types::Value::Integer(stamp.file as i64);
        // So that the file is the last to be removed when there is too much.
        connection.execute("UPDATE about SET value = value + 1 WHERE key = 'opened'", [])?;
        Ok(is_same.then(|| Self { connection, path: path.to_path_buf(), source: source.to_owned(), stamp }))
    }

    fn make(path: &Path, source: &str, stamp: SourceStamp) -> rusqlite::Result<Self> {
        let mut connection = Connection::open(path)?;
        connection.busy_timeout(Duration::from_secs(1))?;
        connection.pragma_update(None, "journal_mode", "wal")?;
        connection.pragma_update(None, "synchronous", "normal")?;
        let all = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let format: i64 = all.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        // Another process may have been quicker.
        if format != FORMAT {
            all.execute_batch(include_str!("../../sql/cache.sql"))?;
            let insert = "INSERT INTO about (key, value) VALUES ('source', ?1), ('file', ?2), ('opened', 0)";
            all.execute(insert, params![source, stamp.file as i64])?;
            all.pragma_update(None, "user_version", FORMAT)?;
        }
        let own: String =
            all.query_row("SELECT value FROM about WHERE key = 'source'", [], |row| row.get(0))?;
        let file: i64 = all.query_row("SELECT value FROM about WHERE key = 'file'", [], |row| row.get(0))?;
        all.commit()?;
        // It could not be removed and is of another store.
        if own != source || file != stamp.file as i64 {
            return Err(rusqlite::Error::QueryReturnedNoRows);
        }
        Ok(Self { connection, path: path.to_path_buf(), source: source.to_owned(), stamp })
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The bytes of a table of runs, if they were read in this state of the source.
    pub fn runs(&self, deleted: bool, stamp: SourceStamp) -> rusqlite::Result<Option<Vec<u8>>> {
        let sql = "SELECT content FROM runs WHERE deleted = ?1 AND stamp = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        statement.query_row(params![deleted, stamp.state as i64], |row| row.get(0)).optional()
    }

    /// Keeps the bytes of a table of runs.
    pub fn keep_runs(&self, deleted: bool, stamp: SourceStamp, content: &[u8]) -> rusqlite::Result<()> {
        let sql = "INSERT OR REPLACE INTO runs (deleted, stamp, content) VALUES (?1, ?2, ?3)";
        self.connection.prepare_cached(sql)?.execute(params![deleted, stamp.state as i64, content]).map(drop)
    }

    /// One view of the file while it is held: what is kept of a series and its points belong together.
    pub fn view(&self) -> rusqlite::Result<rusqlite::Transaction<'_>> {
        self.connection.unchecked_transaction()
    }

    /// What is kept of a series; none also where that is not as it was written.
    pub fn entry(&self, run: &str, metric: &str) -> rusqlite::Result<Option<Entry>> {
        let sql = "SELECT id, about FROM series WHERE run = ?1 AND metric = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let of = |row: &rusqlite::Row<'_>| {
            let about = About::read(row.get_ref(1)?.as_blob()?, run, metric);
            about.map(|about| row.get(0).map(|id| Entry { id, about })).transpose()
        };
        Ok(statement.query_row((run, metric), of).optional()?.flatten())
    }

    /// The points of a series; none where some of them are not as they were written.
    pub fn points(&self, entry: &Entry) -> rusqlite::Result<Option<Series>> {
        let first = entry.id * SHARE;
        let series = self.blocks(entry, first..first + THIN, entry.about.points)?;
        Ok(series.filter(|series| series.len() == entry.about.points))
    }

    /// The same thinned; none also where that is not kept.
    pub fn thinned(&self, entry: &Entry) -> rusqlite::Result<Option<Curve>> {
        let Some(expected) = entry.about.thin else { return Ok(None) };
        let first = entry.id * SHARE + THIN;
        let series = self.blocks(entry, first..first + THIN, expected)?;
        let whole = series.filter(|series| series.len() == expected);
        Ok(whole.map(|series| Curve::of_thinned(series, entry.about.points, entry.about.repeated)))
    }

    /// The points of all blocks that hold steps from the one to the other, and of one block on each side; none where some
    /// are not as they were written.
    pub fn window(&self, entry: &Entry, (from, to): (i64, i64)) -> rusqlite::Result<Option<Series>> {
        let first = entry.id * SHARE;
        let share = (first, first + THIN);
        let sql = "SELECT coalesce(max(id), ?1) FROM block WHERE id >= ?1 AND id < ?2 AND first_step < ?3";
        let start: i64 =
            self.connection.prepare_cached(sql)?.query_row((share.0, share.1, from), |row| row.get(0))?;
        let sql = "SELECT coalesce(min(id), ?2) FROM block WHERE id >= ?1 AND id < ?2 AND first_step > ?3";
        let end: i64 =
            self.connection.prepare_cached(sql)?.query_row((share.0, share.1, to), |row| row.get(0))?;
        self.blocks(entry, start..(end + 1).min(share.1), entry.about.points)
    }

    fn blocks(&self, entry: &Entry, ids: Range<i64>, most: usize) -> rusqlite::Result<Option<Series>> {
        let sql = "SELECT id, points FROM block WHERE id >= ?1 AND id < ?2 ORDER BY id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query((ids.start, ids.end))?;
        let About { left_out, beyond, .. } = entry.about;
        let left_out = left_out.map(|(count, first_step)| LeftOut { count, first_step });
        let mut series = Series { left_out, beyond, ..Series::default() };
        while let Some(row) = rows.next()? {
            let (id, bytes) = (row.get(0)?, row.get_ref(1)?);
            let is_whole = bytes.as_blob().ok().and_then(|bytes| columns::decode(bytes, id, &mut series));
            if is_whole.is_none() || series.len() > most {
                return Ok(None);
            }
        }
        Ok(Some(series))
    }

    /// Says that a series is all there is in this state of the source, and how far it was read.
    pub fn confirm(
        &self,
        (run, metric): (&str, &str),
        entry: &Entry,
        stamp: SourceStamp,
        cursor: &Cursor,
    ) -> rusqlite::Result<()> {
        let about = About { stamp: stamp.state, cursor: cursor.words().into(), ..entry.about.clone() };
        // Unless another reader kept something else meanwhile.
        let sql = "UPDATE series SET about = ?2 WHERE id = ?1 AND about = ?3";
        let values = params![entry.id, about.write(run, metric), entry.about.write(run, metric)];
        self.connection.prepare_cached(sql)?.execute(values).map(drop)
    }

    /// Keeps series of a run in a state of its source.
    pub fn keep(&mut self, run: &str, stamp: SourceStamp, all: &[ToKeep]) -> rusqlite::Result<()> {
        let transaction =
            self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for ToKeep { metric, series, cursor, behind } in all {
            // Another reader may have kept something else meanwhile; then nothing of it can stay.
            let sql = "SELECT about FROM series WHERE run = ?1 AND metric = ?2";
            let now: Option<Vec<u8>> =
                transaction.prepare_cached(sql)?.query_row((run, metric), |row| row.get(0)).optional()?;
            let kept = match behind {
                Some((entry, points)) if now == Some(entry.about.write(run, metric)) => *points,
                _ => 0,
            };
            let thin = (series.len() >= THINNED_FROM).then(|| series.thinned());
            let about = About {
                stamp: stamp.state,
                cursor: cursor.words().into(),
                points: series.len(),
                repeated: series.repeated_steps(0),
                thin: thin.as_ref().map(Series::len),
                left_out: series.left_out.map(|odd| (odd.count, odd.first_step)),
                beyond: series.beyond,
            };
            let sql = "INSERT INTO series (run, metric, about) VALUES (?1, ?2, ?3)
                       ON CONFLICT (run, metric) DO UPDATE SET about = ?3 RETURNING id";
            let values = params![run, metric, about.write(run, metric)];
            let id: i64 = transaction.prepare_cached(sql)?.query_row(values, |row| row.get(0))?;
            let first = (kept / columns::POINTS) as i64;
            let sql = "DELETE FROM block WHERE id >= ?1 AND id < ?2";
            transaction.prepare_cached(sql)?.execute((id * SHARE + first, (id + 1) * SHARE))?;
            write(&transaction, series, id * SHARE, first as usize)?;
            if let Some(thin) = thin {
                write(&transaction, &thin, id * SHARE + THIN, 0)?;
            }
        }
        transaction.commit()
    }
}

/// Writes the blocks of a series from a number on.
fn write(connection: &Connection, series: &Series, id: i64, first: usize) -> rusqlite::Result<()> {
    let mut insert =
        connection.prepare_cached("INSERT INTO block (id, first_step, points) VALUES (?1, ?2, ?3)")?;
    for from in (first * columns::POINTS..series.len()).step_by(columns::POINTS) {
        let to = (from + columns::POINTS).min(series.len());
        let id = id + (from / columns::POINTS) as i64;
        insert.execute(params![id, series.steps[from], columns::encode(series, from, to, id)])?;
    }
    Ok(())
}

//! What was read of run stores, kept in files of the program's own: a second opening reads them and not the store.
//!
//! A table of runs is used only while the store has the very stamp that it had before it was read. Points are used then,
//! too; in any other state the store is asked what came to them since, as thoroughly as its reader can. Whatever does not
//! fit, by its checksum, its version or its source, is thrown away and read again.

mod columns;
mod database;
mod table;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use self::database::{Database, Entry, ToKeep};
use super::cursor::Fingerprint;
use super::sniff;
use super::{
    Change, Cursor, CurvesAndProblems, Error, Known, News, Reader, RunsAndProblems, SeriesAndProblems,
    SourceStamp, Tail, cut_out,
};
use crate::problem::{Problem, Severity};
use crate::runs::{Artifact, Content, Curve, Mapped, Series, SourceKind};

/// The folder of kept files, and how much it may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cache {
    folder: PathBuf,
    most_bytes: u64,
}

impl Cache {
    /// Of two gigabytes at most.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), most_bytes: 2_000_000_000 }
    }

    /// The same of another size.
    pub fn with_most_bytes(self, most_bytes: u64) -> Self {
        Self { most_bytes, ..self }
    }

    /// A reader that keeps what it reads of the store at `path`; the reader itself where its kind tells no states apart.
    pub fn around(&self, path: &Path, mut reader: Box<dyn Reader>) -> Box<dyn Reader> {
        let Some(stamp) = reader.stamp() else { return reader };
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        let source = path.display().to_string();
        let name = Fingerprint::new().add(path.as_os_str().as_encoded_bytes()).word();
        let file = self.folder.join(format!("{name:016x}.db"));
        let opened = fs::create_dir_all(&self.folder).map_err(|error| error.to_string()).and_then(|()| {
            self.trim(&file);
            Database::open(&file, &source, stamp).map_err(|error| error.to_string())
        });
        let (database, untold) = match opened {
            Ok(database) => (Some(database), None),
            Err(reason) => (None, Some(unkept(&reason, &file))),
        };
        Box::new(Cached { reader, database, untold, runs_kept_at: [None; 2], waiting: Vec::new() })
    }

    /// Removes the files that were not used for the longest time, as far as there is too much, but not this one.
    fn trim(&self, but: &Path) {
        let mut files: Vec<(SystemTime, u64, PathBuf)> = Vec::new();
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            if let Ok(data) = entry.metadata()
                && data.is_file()
            {
                let used = data.modified().unwrap_or(SystemTime::UNIX_EPOCH);
                files.push((used, data.len(), entry.path()));
            }
        }
        // A database, its log and its index go together, or none of them does.
        let mut sources: BTreeMap<PathBuf, (SystemTime, u64)> = BTreeMap::new();
        for (used, bytes, path) in files {
            let source = sources.entry(path.with_extension("db")).or_insert((used, 0));
            *source = (source.0.max(used), source.1 + bytes);
        }
        let mut bytes: u64 = sources.values().map(|(_, bytes)| bytes).sum();
        let mut oldest: Vec<_> = sources.into_iter().filter(|(path, _)| path != but).collect();
        oldest.sort_by_key(|(_, (used, _))| *used);
        for (path, (_, own)) in oldest {
            // What cannot be removed now is tried again with the next opening.
            if bytes > self.most_bytes && remove_all(&path).is_ok() {
                bytes -= own;
            }
        }
    }
}

/// Removes a database with what lies beside it, itself first: the others mean nothing without it.
fn remove_all(path: &Path) -> std::io::Result<()> {
    fs::remove_file(path)?;
    for suffix in ["-wal", "-shm"] {
        match fs::remove_file(sniff::beside(path, suffix)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Whether the file is no longer what SQLite made of it, so that another is better: whatever the disk, the system or another
/// process has no part in.
fn is_damaged(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{
        CannotOpen, DatabaseBusy, DatabaseLocked, DiskFull, OutOfMemory, PermissionDenied, ReadOnly,
        SystemIoFailure,
    };
    let code = error.sqlite_error_code();
    let is_outside = [
        CannotOpen,
        DatabaseBusy,
        DatabaseLocked,
        DiskFull,
        OutOfMemory,
        PermissionDenied,
        ReadOnly,
        SystemIoFailure,
    ];
    code.is_none_or(|code| !is_outside.contains(&code))
}

fn is_busy(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked};
    matches!(error.sqlite_error_code(), Some(DatabaseBusy | DatabaseLocked))
}

fn unkept(reason: &str, file: &Path) -> Problem {
    let message = format!(
        "What is read here cannot be kept for the next time, so everything is read again then ({reason})"
    );
    Problem { severity: Severity::Info, message, at: file.display().to_string() }
}

/// A reader and what it read before.
struct Cached {
    reader: Box<dyn Reader>,
    /// None once it has failed.
    database: Option<Database>,
    /// Why it failed, until that is told.
    untold: Option<Problem>,
    /// When the table of runs was kept last, without the deleted ones and with them.
    runs_kept_at: [Option<Instant>; 2],
    /// What was read and answered, and is kept when nobody waits for an answer.
    waiting: Vec<Waiting>,
}

/// Series of a run as they are to be kept.
struct Waiting {
    run: String,
    /// The state of the source before they were read.
    stamp: SourceStamp,
    series: Vec<ToKeep>,
}

impl Cached {
    /// Keeps series of a run once nobody waits: writing them takes longer than reading them. So many may wait that memory
    /// does not grow with the store.
    fn keep_later(&mut self, waiting: Waiting) {
        /// Points of 24 bytes, and what a series without any takes.
        const MOST_WAITING: usize = 2_000_000;
        const EACH: usize = 20;
        let size =
            |waiting: &Waiting| -> usize { waiting.series.iter().map(|kept| kept.series.len() + EACH).sum() };
        let before: usize = self.waiting.iter().map(size).sum();
        if before > 0 && before + size(&waiting) > MOST_WAITING {
            self.keep_now();
        }
        self.waiting.push(waiting);
    }

    /// Keeps what waits for it.
    fn keep_now(&mut self) {
        for Waiting { run, stamp, series } in std::mem::take(&mut self.waiting) {
            self.with(|database| database.keep(&run, stamp, &series));
        }
    }

    /// The same before something of a run is asked for that waits.
    fn keep_now_of(&mut self, run: &str) {
        if self.waiting.iter().any(|waiting| waiting.run == run) {
            self.keep_now();
        }
    }

    /// Does something with the kept file. One that is damaged is thrown away, and what fails in any other way is given up.
    fn with<T>(&mut self, work: impl FnOnce(&mut Database) -> rusqlite::Result<T>) -> Option<T> {
        let mut database = self.database.take()?;
        let path = database.path().to_path_buf();
        let (kept, value) = match work(&mut database) {
            Ok(value) => (Ok(database), Some(value)),
            Err(error) if is_damaged(&error) => (database.renew(), None),
            // Another reader keeps something: this once is done without it.
            Err(error) if is_busy(&error) => (Ok(database), None),
            Err(error) => (Err(error), None),
        };
        match kept {
            Ok(database) => self.database = Some(database),
            Err(error) => self.untold = Some(unkept(&error.to_string(), &path)),
        }
        value
    }

    fn kept(&mut self, run: &str, metric: &str) -> Option<(Entry, Series)> {
        self.with(|database| {
            let _view = database.view()?;
            let Some(entry) = database.entry(run, metric)? else { return Ok(None) };
            Ok(database.points(&entry)?.map(|series| (entry, series)))
        })?
    }

    /// What came to series of a run that are kept in another state of the source; those that are to be read anew are none.
    fn renewed(
        &mut self,
        run: &str,
        stale: Vec<(&str, Entry, Series)>,
        stamp: SourceStamp,
        keep_going: &dyn Fn() -> bool,
    ) -> Result<Vec<Option<(Series, Cursor)>>, Error> {
        let cursors: Vec<Cursor> = stale.iter().map(|(_, entry, _)| entry.cursor()).collect();
        let known = stale.iter().zip(&cursors).map(|((metric, ..), cursor)| Known { run, metric, cursor });
        let known: Vec<Known<'_>> = known.collect();
        let news = self.reader.changes(&known, true, keep_going)?;
        let (mut all, mut kept) = (Vec::with_capacity(stale.len()), Vec::new());
        for ((metric, entry, mut series), news) in stale.into_iter().zip(news) {
            let mut keep = |series: &Series, cursor: &Cursor, behind| {
                let (metric, series, cursor) = (metric.to_owned(), series.clone(), cursor.clone());
                kept.push(ToKeep { metric, series, cursor, behind });
            };
            let renewed = match news {
                Ok((Change::Nothing, cursor)) => {
                    self.with(|database| database.confirm((run, metric), &entry, stamp, &cursor));
                    Some((series, cursor))
                }
                Ok((Change::Added(tail), cursor)) => {
                    let before = series.len();
                    let stays = series.append(&tail).then_some((entry, before));
                    keep(&series, &cursor, stays);
                    Some((series, cursor))
                }
                Ok((Change::Whole(series), cursor)) => {
                    keep(&series, &cursor, None);
                    Some((series, cursor))
                }
                // Reading it anew says why it cannot be read.
                Err(_) => None,
            };
            all.push(renewed);
        }
        if !kept.is_empty() {
            self.keep_later(Waiting { run: run.to_owned(), stamp, series: kept });
        }
        Ok(all)
    }
}

impl Reader for Cached {
    fn probe(path: &Path, patience: super::Patience) -> Result<Option<Box<dyn Reader>>, Error> {
        super::open_with(path, patience).map(Some)
    }

    fn kind(&self) -> SourceKind {
        self.reader.kind()
    }

    fn is_live(&self) -> bool {
        self.reader.is_live()
    }

    fn count(&mut self) -> Result<usize, Error> {
        self.reader.count()
    }

    fn runs_while(&mut self, deleted: bool, keep_going: &dyn Fn(u64) -> bool) -> RunsAndProblems {
        /// A store that is being written has another table every second, which nobody opens again.
        const KEPT_EVERY: Duration = Duration::from_mins(1);
        // Before it is read: what is written meanwhile makes it another.
        let stamp = self.reader.stamp();
        if let Some(stamp) = stamp
            && let Some(Some(bytes)) = self.with(|database| database.runs(deleted, stamp))
            && let Some((set, mut problems)) = table::decode(&bytes)
        {
            problems.extend(self.untold.take());
            return Ok((set.with_mapping(self.reader.mapping().map(Arc::new)), problems));
        }
        let (set, mut problems) = self.reader.runs_while(deleted, keep_going)?;
        let is_due = self.runs_kept_at[usize::from(deleted)].is_none_or(|kept| kept.elapsed() >= KEPT_EVERY);
        // What is missing may be so for a while only, such as a row that waits for its end or a file that nobody may read.
        let is_whole = problems.iter().all(|problem| problem.severity == Severity::Info);
        if let Some(stamp) = stamp
            && is_due
            && is_whole
            && let Some(bytes) = table::encode(&set, &problems)
        {
            self.with(|database| database.keep_runs(deleted, stamp, &bytes));
            self.runs_kept_at[usize::from(deleted)] = Some(Instant::now());
        }
        problems.extend(self.untold.take());
        Ok((set, problems))
    }

    fn series_of(&mut self, run: &str, metrics: &[&str], keep_going: &dyn Fn() -> bool) -> SeriesAndProblems {
        let Some(stamp) = self.reader.stamp().filter(|_| self.database.is_some()) else {
            return self.reader.series_of(run, metrics, keep_going);
        };
        self.keep_now_of(run);
        let mut all: Vec<Option<(Series, Cursor)>> = vec![None; metrics.len()];
        let (mut stale, mut places) = (Vec::new(), Vec::new());
        for (at, metric) in metrics.iter().enumerate() {
            match self.kept(run, metric) {
                Some((entry, series)) if entry.is_of(stamp) => all[at] = Some((series, entry.cursor())),
                Some((entry, series)) => {
                    stale.push((*metric, entry, series));
                    places.push(at);
                }
                None => {}
            }
        }
        if !stale.is_empty() {
            for (at, renewed) in places.into_iter().zip(self.renewed(run, stale, stamp, keep_going)?) {
                all[at] = renewed;
            }
        }
        let missing: Vec<usize> = (0..metrics.len()).filter(|at| all[*at].is_none()).collect();
        let mut problems = Vec::new();
        if !missing.is_empty() {
            let names: Vec<&str> = missing.iter().map(|at| metrics[*at]).collect();
            let (read, odd) = self.reader.series_of(run, &names, keep_going)?;
            problems = odd;
            // What could not be read whole is not kept: its problems would be forgotten.
            if problems.is_empty() {
                let kept = |(name, (series, cursor)): (&&str, &(Series, Cursor))| ToKeep {
                    metric: (*name).to_owned(),
                    series: series.clone(),
                    cursor: cursor.clone(),
                    behind: None,
                };
                let series = names.iter().zip(&read).map(kept).collect();
                self.keep_later(Waiting { run: run.to_owned(), stamp, series });
            }
            for (at, read) in missing.into_iter().zip(read) {
                all[at] = Some(read);
            }
        }
        problems.extend(self.untold.take());
        Ok((all.into_iter().map(Option::unwrap_or_default).collect(), problems))
    }

    fn curves_of(
        &mut self,
        run: &str,
        metrics: &[&str],
        most: usize,
        keep_going: &dyn Fn() -> bool,
    ) -> CurvesAndProblems {
        self.keep_now_of(run);
        let stamp = self.reader.stamp();
        let mut all: Vec<Option<(Curve, Cursor)>> = metrics
            .iter()
            .map(|metric| {
                let kept = self.with(|database| {
                    let _view = database.view()?;
                    let entry = database.entry(run, metric)?;
                    let is_wanted = |entry: &Entry| {
                        entry.points() > most && stamp.is_some_and(|stamp| entry.is_of(stamp))
                    };
                    let Some(entry) = entry.filter(is_wanted) else { return Ok(None) };
                    Ok(database.thinned(&entry)?.map(|curve| (curve, entry.cursor())))
                });
                kept.flatten()
            })
            .collect();
        let missing: Vec<usize> = (0..metrics.len()).filter(|at| all[*at].is_none()).collect();
        let names: Vec<&str> = missing.iter().map(|at| metrics[*at]).collect();
        let (read, problems) =
            if names.is_empty() { Default::default() } else { self.series_of(run, &names, keep_going)? };
        for (at, (series, cursor)) in missing.into_iter().zip(read) {
            all[at] = Some((Curve::of_at_most(series, most), cursor));
        }
        let none = || (Curve::new(Series::default()), Cursor::default());
        Ok((all.into_iter().map(|curve| curve.unwrap_or_else(none)).collect(), problems))
    }

    fn window(
        &mut self,
        run: &str,
        metric: &str,
        (from, to): (i64, i64),
        keep_going: &dyn Fn() -> bool,
    ) -> Result<Series, Error> {
        self.keep_now_of(run);
        let stamp = self.reader.stamp();
        let kept = self.with(|database| {
            let _view = database.view()?;
            match database.entry(run, metric)? {
                Some(entry) if stamp.is_some_and(|stamp| entry.is_of(stamp)) => {
                    database.window(&entry, (from, to))
                }
                _ => Ok(None),
            }
        });
        if let Some(Some(series)) = kept {
            return Ok(series.between(from, to));
        }
        cut_out(self, run, metric, (from, to), keep_going)
    }

    fn changed(&mut self) -> bool {
        self.reader.changed()
    }

    fn stamp(&mut self) -> Option<SourceStamp> {
        self.reader.stamp()
    }

    fn rest(&mut self) {
        self.reader.rest();
    }

    fn settle(&mut self) {
        self.keep_now();
    }

    fn changes(
        &mut self,
        known: &[Known<'_>],
        thorough: bool,
        keep_going: &dyn Fn() -> bool,
    ) -> Result<Vec<News>, Error> {
        self.reader.changes(known, thorough, keep_going)
    }

    fn tail(&mut self, since: Option<&Cursor>) -> Result<Option<Tail>, Error> {
        self.reader.tail(since)
    }

    fn mapping(&self) -> Option<Mapped> {
        self.reader.mapping()
    }

    fn artifacts(&mut self, run: &str) -> Result<(Vec<Artifact>, Vec<Problem>), Error> {
        self.reader.artifacts(run)
    }

    fn content(&mut self, run: &str, artifact: &Artifact) -> Result<Content, Error> {
        self.reader.content(run, artifact)
    }
}

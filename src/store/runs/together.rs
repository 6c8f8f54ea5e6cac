//! Several stores of a folder as one: the ids of runs and experiments begin with the path of their store.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use super::cursor::Fingerprint;
use super::recognise::{Recognised, Search};
use super::{
    Cursor, Error, Known, News, Patience, Reader, RunsAndProblems, SeriesAndProblems, SourceStamp, Tables,
    sniff,
};
use crate::problem::{Problem, Severity};
use crate::runs::{Artifact, Content, Mapped, Mapping, RunSet, Series, SourceKind};
use crate::store::runs::Change;

/// More stores of one folder are not opened: each of them keeps a file open.
const MOST: usize = 200;

/// More tables beside the stores of a folder are counted, not named.
const NAMED: usize = 5;

/// One store of a source.
pub struct Part {
    /// What the ids of its runs begin with, where the source holds several stores: its path in the folder, and `/`.
    pub lead: String,
    /// Where it lies.
    pub path: PathBuf,
    /// The store.
    pub reader: Box<dyn Reader>,
    /// Whether its runs were read once.
    was_read: bool,
}

/// A folder of stores, for those that come later.
pub struct Folder {
    path: PathBuf,
    patience: Patience,
    /// Where stores are known already.
    known: BTreeSet<PathBuf>,
    /// All that lay in it at the last look.
    names: BTreeSet<OsString>,
    /// When something was put into it or taken away last, as it was looked at.
    changed: Option<SystemTime>,
    looked: Instant,
    /// Until when what came last may be being written.
    fresh_until: Option<Instant>,
}

/// Looks and openings are this far from each other at least.
const EVERY: Duration = Duration::from_secs(1);

/// So long a store that was put there may take to be whole.
const FRESH: Duration = Duration::from_secs(20);

impl Folder {
    /// None where the path is no folder, or is a store as a whole.
    pub fn of(path: &Path, parts: &[Part], patience: Patience) -> Option<Self> {
        let known: BTreeSet<PathBuf> = parts.iter().map(|part| part.path.clone()).collect();
        let is_folder = path.is_dir() && !known.contains(path);
        let path = path.to_path_buf();
        let (changed, names) = (changed_at(&path), names(&path));
        is_folder.then(|| Self {
            path,
            patience,
            known,
            names,
            changed,
            looked: Instant::now(),
            fresh_until: None,
        })
    }

    /// Whether something came into the folder that may be a store.
    pub fn has_news(&mut self) -> bool {
        if self.looked.elapsed() < EVERY {
            return false;
        }
        self.looked = Instant::now();
        let now = changed_at(&self.path);
        if now != self.changed {
            let names = names(&self.path);
            if !names.is_subset(&self.names) {
                self.fresh_until = Some(Instant::now() + FRESH);
            }
            (self.changed, self.names) = (now, names);
        }
        self.fresh_until.is_some_and(|until| Instant::now() < until)
    }

    /// Stores that were not there before.
    pub fn new_parts(&mut self) -> Vec<Part> {
        // What cannot be read now may be read at the next look.
        let Ok((parts, _)) = open_each(&self.path, self.patience) else { return Vec::new() };
        let mut found = Vec::new();
        for part in parts {
            // What became a store as a whole is another matter.
            if part.path != self.path && self.known.insert(part.path.clone()) {
                found.push(Part { lead: lead(&self.path, &part.path), ..part });
            }
        }
        found
    }
}

fn changed_at(folder: &Path) -> Option<SystemTime> {
    std::fs::metadata(folder).ok()?.modified().ok()
}

/// What lies in a folder, without what SQLite puts beside a database and takes away again.
fn names(folder: &Path) -> BTreeSet<OsString> {
    /// More are not told from each other.
    const MOST_NAMES: usize = 100_000;
    let is_lasting = |name: &OsString| {
        let name = name.to_string_lossy();
        !["-journal", "-wal", "-shm"].iter().any(|suffix| name.ends_with(suffix))
    };
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().take(MOST_NAMES);
    entries.map(|entry| entry.file_name()).filter(is_lasting).collect()
}

/// Each store at a path by itself, and what cannot be read. An error where there is none.
pub fn open_each(path: &Path, patience: Patience) -> Result<(Vec<Part>, Vec<Problem>), Error> {
    let (mut stores, mut problems, mut not_yet, mut failed) = (Vec::new(), Vec::new(), None, None);
    let mut left_out = 0;
    let search = Search::whole(patience);
    for recognised in search.at(path)? {
        let (place, error) = match recognised {
            Recognised::Readable(..) if stores.len() == MOST => {
                left_out += 1;
                continue;
            }
            Recognised::Readable(place, reader) => {
                stores.push((place, reader));
                continue;
            }
            Recognised::NotYet(place, kind) => {
                let error = Error::NotYet { kind, path: sniff::shown(&place) };
                (place, error)
            }
            Recognised::Unreadable(place, error) => (place, error),
        };
        if !is_no_store(&error) {
            problems.push(Problem::warning(error.to_string(), sniff::shown(&place)));
        }
        let first = if matches!(error, Error::NotYet { .. }) { &mut not_yet } else { &mut failed };
        first.get_or_insert(error);
    }
    // A table may be anything; what a tracker wrote is what somebody opens the folder for.
    if stores.iter().any(|(_, reader)| reader.mapping().is_none()) {
        let (trackers, tables): (Vec<_>, Vec<_>) =
            stores.into_iter().partition(|(_, reader)| reader.mapping().is_none());
        stores = trackers;
        problems.extend(tables_beside(path, &tables));
    }
    if stores.is_empty() {
        return Err(not_yet.or(failed).unwrap_or_else(|| search.nothing(path)));
    }
    problems.extend(search.left_out(path));
    problems.extend(too_many(left_out, path));
    let is_one = stores.len() == 1;
    let part = |(place, reader): (PathBuf, Box<dyn Reader>)| {
        let lead = if is_one { String::new() } else { lead(path, &place) };
        Part { lead, path: place, reader, was_read: false }
    };
    Ok((stores.into_iter().map(part).collect(), problems))
}

/// What to say of tables that lie in a folder beside what trackers wrote.
fn tables_beside(folder: &Path, tables: &[(PathBuf, Box<dyn Reader>)]) -> Option<Problem> {
    let name =
        |(place, _): &(PathBuf, Box<dyn Reader>)| sniff::shown(place.strip_prefix(folder).unwrap_or(place));
    let mut named = tables.iter().take(NAMED).map(name).collect::<Vec<_>>().join(", ");
    let more = tables.len().saturating_sub(NAMED);
    if more > 0 {
        named = format!("{named} and {more} more");
    }
    let message = match tables.len() {
        0 => return None,
        1 => format!("A table of values beside the stores is not read: {named}; open it by itself"),
        _ => format!("Tables of values beside the stores are not read: {named}; open them by themselves"),
    };
    Some(Problem { severity: Severity::Info, message, at: sniff::shown(folder) })
}

/// What to say of stores beyond [`MOST`].
fn too_many(count: usize, folder: &Path) -> Option<Problem> {
    let message = format!("{count} more stores of this folder are not read; open them by themselves");
    (count > 0).then(|| Problem::warning(message, sniff::shown(folder)))
}

/// Whether it is another program's file, of which nobody expects runs.
fn is_no_store(error: &Error) -> bool {
    matches!(
        error,
        Error::Foreign(_)
            | Error::Empty(_)
            | Error::Text(_)
            | Error::Encoding(_)
            | Error::NotDatabase(_)
            | Error::NoFile(_)
    )
}

fn lead(folder: &Path, place: &Path) -> String {
    let below = place.strip_prefix(folder).unwrap_or(place);
    if below.as_os_str().is_empty() { "./".to_owned() } else { format!("{}/", below.display()) }
}

/// Opens all stores at a path as one; where there is only one and it is all there can be, itself.
pub(super) fn open(path: &Path, patience: Patience) -> Result<Box<dyn Reader>, Error> {
    let (mut parts, problems) = open_each(path, patience)?;
    let folder = Folder::of(path, &parts, patience);
    if problems.is_empty()
        && folder.is_none()
        && parts.len() == 1
        && let Some(part) = parts.pop()
    {
        return Ok(part.reader);
    }
    Ok(Box::new(Together { parts, problems, folder, news: false }))
}

/// Opens every table of a folder that has the columns of a mapping; none where there is none.
pub(super) fn open_mapped(path: &Path, mapping: &Mapping) -> Result<Option<Box<dyn Reader>>, Error> {
    let entries = std::fs::read_dir(path).map_err(|error| sniff::unreadable(path, &error))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| sniff::is_ordinary(file));
    files.sort();
    let (mut parts, mut problems, mut left_out) = (Vec::new(), Vec::new(), 0);
    for file in files {
        match Tables::file(&file, mapping) {
            Ok(Some(_)) if parts.len() == MOST => left_out += 1,
            Ok(Some(reader)) => {
                let lead = lead(path, &file);
                parts.push(Part { lead, path: file, reader: Box::new(reader), was_read: false });
            }
            Ok(None) => {}
            Err(error) => problems.push(Problem::warning(error.to_string(), sniff::shown(&file))),
        }
    }
    problems.extend(too_many(left_out, path));
    Ok((!parts.is_empty())
        .then(|| Box::new(Together { parts, problems, folder: None, news: false }) as Box<dyn Reader>))
}

/// Several stores.
struct Together {
    parts: Vec<Part>,
    /// What of the folder cannot be read.
    problems: Vec<Problem>,
    /// Where further stores may come.
    folder: Option<Folder>,
    /// Whether something came there that was not opened yet.
    news: bool,
}

impl Together {
    /// Whether a store may have come into the folder; it is opened when the runs are read.
    fn has_news(&mut self) -> bool {
        let Some(folder) = &mut self.folder else { return false };
        self.news |= folder.has_news();
        self.news
    }

    /// The place of the store that a run is in, and the run's id there.
    fn part<'a>(&self, run: &'a str) -> Option<(usize, &'a str)> {
        let own = self
            .parts
            .iter()
            .enumerate()
            .filter_map(|(at, part)| run.strip_prefix(&part.lead).map(|id| (at, id)));
        own.min_by_key(|(_, id)| id.len())
    }
}

impl Reader for Together {
    fn probe(_: &Path, _: Patience) -> Result<Option<Box<dyn Reader>>, Error> {
        // It is no tracker's: a folder is looked through by `open`.
        Ok(None)
    }

    fn kind(&self) -> SourceKind {
        let mut kinds = self.parts.iter().map(|part| part.reader.kind());
        let first = kinds.next().unwrap_or(SourceKind::Several);
        if kinds.all(|kind| kind == first) { first } else { SourceKind::Several }
    }

    fn is_live(&self) -> bool {
        self.parts.iter().any(|part| part.reader.is_live())
    }

    fn count(&mut self) -> Result<usize, Error> {
        self.parts.iter_mut().map(|part| part.reader.count()).sum()
    }

    fn runs_while(&mut self, deleted: bool, keep_going: &dyn Fn(u64) -> bool) -> RunsAndProblems {
        if self.has_news()
            && let Some(folder) = &mut self.folder
        {
            self.news = false;
            self.parts.extend(folder.new_parts());
        }
        let (mut sets, mut problems, mut failed) = (Vec::new(), self.problems.clone(), None);
        for part in &mut self.parts {
            match part.reader.runs_while(deleted, keep_going) {
                Ok((set, odd)) => {
                    part.was_read = true;
                    sets.push((part.lead.as_str(), set));
                    problems.extend(odd);
                }
                Err(error @ Error::Stopped(_)) => return Err(error),
                // A writer in the way makes no runs vanish that were seen before.
                Err(error) if error.ends_by_itself() && part.was_read => return Err(error),
                Err(error) => {
                    problems.push(Problem::error(error.to_string(), sniff::shown(&part.path)));
                    failed.get_or_insert(error);
                }
            }
        }
        match failed {
            Some(error) if sets.is_empty() => Err(error),
            _ => Ok((RunSet::together(sets), problems)),
        }
    }

    fn series_of(&mut self, run: &str, metrics: &[&str], keep_going: &dyn Fn() -> bool) -> SeriesAndProblems {
        match self.part(run) {
            Some((at, id)) => self.parts[at].reader.series_of(id, metrics, keep_going),
            None => Ok((vec![(Series::default(), Cursor::default()); metrics.len()], Vec::new())),
        }
    }

    fn stamp(&mut self) -> Option<SourceStamp> {
        // What came into the folder meanwhile is read at the next look.
        if self.has_news() {
            return None;
        }
        let mut all = [Fingerprint::new(); 2];
        for part in &mut self.parts {
            let stamp = part.reader.stamp()?;
            let of = |print: Fingerprint, word: u64| print.add(part.lead.as_bytes()).add(&word.to_le_bytes());
            all = [of(all[0], stamp.file), of(all[1], stamp.state)];
        }
        let [file, state] = all.map(Fingerprint::word);
        Some(SourceStamp { file, state })
    }

    fn changed(&mut self) -> bool {
        // Each of them is asked: what it was like is remembered by its asking.
        let mut changed = self.has_news();
        for part in &mut self.parts {
            changed |= part.reader.changed();
        }
        changed
    }

    fn rest(&mut self) {
        self.parts.iter_mut().for_each(|part| part.reader.rest());
    }

    fn mapping(&self) -> Option<Mapped> {
        match &self.parts[..] {
            [only] => only.reader.mapping(),
            _ => None,
        }
    }

    fn changes(
        &mut self,
        known: &[Known<'_>],
        thorough: bool,
        keep_going: &dyn Fn() -> bool,
    ) -> Result<Vec<News>, Error> {
        let mut news: Vec<News> =
            known.iter().map(|known| Ok((Change::Nothing, known.cursor.clone()))).collect();
        let mut by_part: Vec<Vec<(usize, Known<'_>)>> = self.parts.iter().map(|_| Vec::new()).collect();
        for (at, known) in known.iter().enumerate() {
            if let Some((part, run)) = self.part(known.run) {
                by_part[part].push((at, Known { run, ..*known }));
            }
        }
        for (part, own) in self.parts.iter_mut().zip(by_part) {
            if own.is_empty() {
                continue;
            }
            let asked: Vec<Known<'_>> = own.iter().map(|(_, known)| *known).collect();
            match part.reader.changes(&asked, thorough, keep_going) {
                Ok(found) => own.iter().zip(found).for_each(|((at, _), found)| news[*at] = found),
                Err(error @ Error::Stopped(_)) => return Err(error),
                // All of it is looked at again soon: nobody has taken the others' news yet.
                Err(error) if error.ends_by_itself() => return Err(error),
                // The others are followed on.
                Err(error) => own.iter().for_each(|(at, _)| news[*at] = Err(error.clone())),
            }
        }
        Ok(news)
    }

    fn artifacts(&mut self, run: &str) -> Result<(Vec<Artifact>, Vec<Problem>), Error> {
        match self.part(run) {
            Some((at, id)) => self.parts[at].reader.artifacts(id),
            None => Ok((Vec::new(), Vec::new())),
        }
    }

    fn content(&mut self, run: &str, artifact: &Artifact) -> Result<Content, Error> {
        match self.part(run) {
            Some((at, id)) => self.parts[at].reader.content(id, artifact),
            None => Err(Error::NoContent { run: run.to_owned() }),
        }
    }
}

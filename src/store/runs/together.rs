//! Several stores of a folder as one: the ids of runs and experiments begin with the path of their store.

use std::path::{Path, PathBuf};

use super::cursor::Fingerprint;
use super::recognise::{Recognised, Search};
use super::{
    Cursor, Error, Known, News, Patience, Reader, RunsAndProblems, SeriesAndProblems, SourceStamp, sniff,
};
use crate::problem::{Problem, Severity};
use crate::runs::{Artifact, Content, RunSet, Series, SourceKind};
use crate::store::runs::Change;

/// More stores of one folder are not opened: each of them keeps a file open.
const MOST: usize = 200;

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
        let before = stores.len();
        stores.retain(|(_, reader)| reader.mapping().is_none());
        let tables = before - stores.len();
        if tables > 0 {
            let message = match tables {
                1 => "A table of values beside the stores is not read; open it by itself".to_owned(),
                _ => format!(
                    "{tables} tables of values beside the stores are not read; open them by themselves"
                ),
            };
            problems.push(Problem { severity: Severity::Info, message, at: sniff::shown(path) });
        }
    }
    if stores.is_empty() {
        return Err(not_yet.or(failed).unwrap_or_else(|| search.nothing(path)));
    }
    problems.extend(search.left_out(path));
    if left_out > 0 {
        let message = format!("{left_out} more stores of this folder are not read; open them by themselves");
        problems.push(Problem::warning(message, sniff::shown(path)));
    }
    let is_one = stores.len() == 1;
    let part = |(place, reader): (PathBuf, Box<dyn Reader>)| {
        let lead = if is_one { String::new() } else { lead(path, &place) };
        Part { lead, path: place, reader, was_read: false }
    };
    Ok((stores.into_iter().map(part).collect(), problems))
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

/// Opens all stores at a path as one; where there is only one, itself.
pub(super) fn open(path: &Path, patience: Patience) -> Result<Box<dyn Reader>, Error> {
    let (mut parts, problems) = open_each(path, patience)?;
    // What is only worth knowing is told of several stores alone.
    let is_whole = problems.iter().all(|problem| problem.severity == Severity::Info);
    if is_whole
        && parts.len() == 1
        && let Some(part) = parts.pop()
    {
        return Ok(part.reader);
    }
    Ok(Box::new(Together { parts, problems }))
}

/// Several stores.
struct Together {
    parts: Vec<Part>,
    /// What of the folder cannot be read.
    problems: Vec<Problem>,
}

impl Together {
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
        let mut changed = false;
        for part in &mut self.parts {
            changed |= part.reader.changed();
        }
        changed
    }

    fn rest(&mut self) {
        self.parts.iter_mut().for_each(|part| part.reader.rest());
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

//! A store that is followed as a whole: its runs as they come and change, and the points of all their metrics as they are
//! written.

mod points;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use self::points::Way;
use super::{Error, Look, Pulse, Reader};
use crate::problem::Problem;
use crate::runs::{Pattern, Phase, Run, RunSet, Series, SourceKind, Status};

/// Something that happened in a store.
#[derive(Clone, Copy, Debug)]
pub enum Event<'a> {
    /// A run is there, appeared, or has another name or state than before.
    Run(&'a RunSet, &'a Run),
    /// A run was deleted.
    Gone(&'a str),
    /// A run logged a metric for the first time.
    Metric(&'a str, &'a str),
    /// What was told of a metric of a run does not stand any more: all its points follow.
    Replaced(&'a str, &'a str),
    /// New points of a metric of a run.
    Points(&'a str, &'a str, &'a Series),
    /// Something is odd, or could not be read.
    Problem(&'a str),
}

/// Who is told of events; false when nothing more is to be told.
pub type Heard<'a> = dyn FnMut(Event<'_>) -> bool + 'a;

/// What is followed.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Ids of runs; all where there is none.
    pub runs: BTreeSet<String>,
    /// Patterns of metrics; all where there is none.
    pub metrics: Vec<Pattern>,
}

impl Wanted {
    fn has_run(&self, run: &str) -> bool {
        self.runs.is_empty() || self.runs.contains(run)
    }

    fn has_metric(&self, metric: &str) -> bool {
        self.metrics.is_empty() || self.metrics.iter().any(|pattern| pattern.fits(metric))
    }
}

/// From when on events are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// All that the store holds, then what comes.
    Start,
    /// The runs that are running, then what comes.
    Now,
}

/// What is known of a run.
#[derive(Debug)]
struct Followed {
    name: Arc<str>,
    status: Status,
    /// Its metrics, and whether points of them were told.
    metrics: BTreeMap<Arc<str>, bool>,
}

/// Runs come and end this often at most; one that has points already is looked for at once.
const TABLE_REST: Duration = Duration::from_millis(250);

/// A store that is followed.
pub struct Follow {
    reader: Box<dyn Reader>,
    pulse: Pulse,
    wanted: Wanted,
    runs: BTreeMap<Arc<str>, Followed>,
    /// Runs with points that are not in the table, since they or their experiments are deleted.
    hidden: BTreeSet<Arc<str>>,
    way: Way,
    table_took: Duration,
    /// Problems that were told.
    told: BTreeSet<String>,
}

impl Follow {
    /// Reads the runs and tells of those that are there, as `from` says.
    ///
    /// # Errors
    /// When the store cannot be read, or nothing more was to be told ([`Error::Stopped`]).
    pub fn begin(
        mut reader: Box<dyn Reader>,
        wanted: Wanted,
        from: From,
        heard: &mut Heard<'_>,
    ) -> Result<Self, Error> {
        // Before the runs: what comes meanwhile is found afterwards.
        let way = Way::begin(reader.as_mut(), from)?;
        let mut follow = Self {
            reader,
            pulse: Pulse::new(TABLE_REST),
            wanted,
            runs: BTreeMap::new(),
            hidden: BTreeSet::new(),
            way,
            table_took: Duration::ZERO,
            told: BTreeSet::new(),
        };
        follow.table(Some(from), heard)?;
        // Points were read later than the runs, or not yet.
        follow.pulse.ask(Look::Steps);
        Ok(follow)
    }

    /// Whether there is such a run.
    pub fn has_run(&self, run: &str) -> bool {
        self.runs.contains_key(run)
    }

    /// Whether a followed run is running.
    pub fn is_running(&self) -> bool {
        self.runs.values().any(|run| run.status == Status::Running)
    }

    /// Whether the store says of runs whether they are running, as far as that can be known.
    pub fn tells_states(&self) -> bool {
        let tells_always = matches!(
            self.reader.kind(),
            SourceKind::MlflowSqlite | SourceKind::MlflowFiles | SourceKind::Optuna
        );
        tells_always || self.runs.values().any(|run| run.status.phase() != Phase::Untold)
    }

    /// Whether anybody may write into the store.
    pub fn is_live(&self) -> bool {
        self.reader.is_live()
    }

    /// How long to wait before the next look.
    pub fn wait(&self) -> Duration {
        self.pulse.wait(self.is_running())
    }

    /// Tells what happened since the last look, as far as its time has come. That the store cannot be read is told as
    /// well, and it is looked at again.
    ///
    /// # Errors
    /// Only [`Error::Stopped`], when nothing more was to be told.
    pub fn look(&mut self, heard: &mut Heard<'_>) -> Result<(), Error> {
        if self.reader.changed() {
            self.pulse.changed();
        }
        for look in Look::ALL {
            if self.pulse.is_due(look) {
                self.look_for(look, heard)?;
            }
        }
        match self.pulse.end_round() {
            Some(failure) => hear(heard, Event::Problem(&failure)),
            None => Ok(()),
        }
    }

    /// Tells what is there and was not told yet, whether its time has come or not.
    ///
    /// # Errors
    /// Only [`Error::Stopped`], when nothing more was to be told.
    pub fn look_to_the_end(&mut self, heard: &mut Heard<'_>) -> Result<(), Error> {
        const TRIES: usize = 3;
        let mut failures = 0;
        loop {
            let looked = self.steps(false, heard).and_then(|()| self.table(None, heard));
            match looked {
                Err(Error::Stopped(_)) => return looked,
                Err(error) => {
                    failures += 1;
                    if failures == TRIES {
                        return hear(heard, Event::Problem(&error.to_string()));
                    }
                }
                Ok(()) if self.way.has_more() || self.way.holds() => {}
                Ok(()) => return Ok(()),
            }
        }
    }

    fn look_for(&mut self, look: Look, heard: &mut Heard<'_>) -> Result<(), Error> {
        let begun = Instant::now();
        let outcome = match look {
            Look::Steps => self.steps(false, heard),
            Look::Table => self.table(None, heard),
            Look::Count => self.steps(true, heard),
        };
        if let Err(Error::Stopped(_)) = outcome {
            return outcome;
        }
        if look == Look::Table && outcome.is_ok() {
            self.table_took = begun.elapsed();
        }
        self.pulse.done(look, begun, outcome);
        if self.way.has_more() {
            self.pulse.ask(Look::Steps);
        }
        if self.way.holds() {
            self.pulse.hurry(Look::Table, self.table_took);
        }
        Ok(())
    }

    /// Tells of a problem, once.
    fn problem(&mut self, heard: &mut Heard<'_>, sentence: String) -> Result<(), Error> {
        if self.told.contains(&sentence) {
            return Ok(());
        }
        hear(heard, Event::Problem(&sentence))?;
        self.told.insert(sentence);
        Ok(())
    }

    /// Reads the table of runs and tells how it differs from what is known; at the beginning, of what is there.
    fn table(&mut self, first: Option<From>, heard: &mut Heard<'_>) -> Result<(), Error> {
        let begun = Instant::now();
        let (set, problems) = self.reader.runs(false)?;
        self.table_took = begun.elapsed();
        for problem in &problems {
            self.problem(heard, sentence(problem))?;
        }
        let gone: Vec<Arc<str>> = self.runs.keys().filter(|id| set.run(id).is_none()).cloned().collect();
        for run in gone {
            hear(heard, Event::Gone(&run))?;
            self.runs.remove(&run);
            self.way.forget(&run);
        }
        // The oldest first, as they came.
        for row in set.order(&[]).into_iter().rev() {
            let run = &set.runs[row as usize];
            if self.wanted.has_run(&run.id) {
                self.take(&set, run, first, heard)?;
            }
        }
        self.after_table(&set, first == Some(From::Now), heard)
    }

    /// Takes in a run as the table has it.
    fn take(
        &mut self,
        set: &RunSet,
        run: &Run,
        first: Option<From>,
        heard: &mut Heard<'_>,
    ) -> Result<(), Error> {
        let is_known =
            self.runs.get(&run.id).is_some_and(|known| known.name == run.name && known.status == run.status);
        if is_known {
            return Ok(());
        }
        if first != Some(From::Now) || run.status == Status::Running {
            hear(heard, Event::Run(set, run))?;
        }
        let known = self.runs.entry(Arc::clone(&run.id)).or_insert_with(|| Followed {
            name: Arc::clone(&run.name),
            status: run.status.clone(),
            metrics: BTreeMap::new(),
        });
        (known.name, known.status) = (Arc::clone(&run.name), run.status.clone());
        Ok(())
    }
}

fn hear(heard: &mut Heard<'_>, event: Event<'_>) -> Result<(), Error> {
    if heard(event) { Ok(()) } else { Err(Error::Stopped(String::new())) }
}

fn sentence(problem: &Problem) -> String {
    if problem.message.ends_with(&problem.at) {
        problem.message.clone()
    } else {
        format!("{}: {}", problem.message, problem.at)
    }
}

#[cfg(test)]
mod tests;

//! How new points are found: by the order in which the store was written, where it tells that, else series by series.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::sync::Arc;

use super::{Event, Follow, From, Heard, hear};
use crate::runs::{RunSet, Series, Status};
use crate::store::runs::{Came, Change, Cursor, Error, Known, Reader};

/// A run's id and a metric's key.
type Pair = (Arc<str>, Arc<str>);

/// Points of runs that are not in the table yet are kept for this many at most before the table is read.
const MOST_HELD: usize = 100_000;

/// How far a store is known.
#[derive(Debug)]
pub(super) enum Way {
    /// By the order in which it was written.
    Tail {
        end: Cursor,
        /// Whether the last look left something behind.
        has_more: bool,
        /// Of runs that the table did not have when it was read.
        held: Vec<Came>,
        /// While it is read from its beginning: the series of which everything is told again.
        anew: Option<BTreeSet<Pair>>,
    },
    /// Series by series.
    Series(BTreeMap<Pair, Cursor>),
}

impl Way {
    /// Of a store of which nothing is known, or only what comes is wanted.
    pub fn begin(reader: &mut dyn Reader, from: From) -> Result<Self, Error> {
        let Some(now) = reader.tail(None)? else { return Ok(Self::Series(BTreeMap::new())) };
        let end = if from == From::Now { now.end } else { Cursor::default() };
        Ok(Self::Tail { end, has_more: false, held: Vec::new(), anew: None })
    }

    /// Whether points are there that were not read yet.
    pub fn has_more(&self) -> bool {
        matches!(self, Self::Tail { has_more: true, .. })
    }

    /// Whether points wait for the table.
    pub fn holds(&self) -> bool {
        matches!(self, Self::Tail { held, .. } if !held.is_empty())
    }

    /// A run is gone.
    pub fn forget(&mut self, run: &str) {
        match self {
            Self::Tail { held, .. } => held.retain(|came| *came.run != *run),
            Self::Series(known) => known.retain(|(own, _), _| **own != *run),
        }
    }
}

impl Follow {
    /// Tells the points that came.
    pub(super) fn steps(&mut self, thorough: bool, heard: &mut Heard<'_>) -> Result<(), Error> {
        match &self.way {
            // What a tracker that tells the order takes away are whole runs, which the table shows.
            Way::Tail { .. } if thorough => Ok(()),
            Way::Tail { .. } => self.tail(heard),
            Way::Series(_) => self.changes(thorough, heard),
        }
    }

    fn tail(&mut self, heard: &mut Heard<'_>) -> Result<(), Error> {
        /// So many slices in one look: whoever reads on gets something meanwhile.
        const SLICES: usize = 20;
        for _ in 0..SLICES {
            let Way::Tail { end, .. } = &self.way else { return Ok(()) };
            let Some(found) = self.reader.tail(Some(end))? else { return Ok(()) };
            if found.is_anew {
                self.begin_anew(heard)?;
            }
            for came in found.came {
                self.came(came, heard)?;
            }
            let Way::Tail { end, has_more, held, anew } = &mut self.way else { return Ok(()) };
            (*end, *has_more) = (found.end, found.has_more);
            if !found.has_more {
                *anew = None;
            }
            let waiting: usize = held.iter().map(|came| came.points.len()).sum();
            if !found.has_more || waiting > MOST_HELD {
                break;
            }
        }
        Ok(())
    }

    /// The store does not continue what was told. All that was told is told again, and what is being written.
    fn begin_anew(&mut self, heard: &mut Heard<'_>) -> Result<(), Error> {
        let mut pairs = BTreeSet::new();
        for (id, run) in &self.runs {
            let again = run.metrics.iter().filter(|(_, told)| **told || run.status == Status::Running);
            pairs.extend(again.map(|(metric, _)| (Arc::clone(id), Arc::clone(metric))));
        }
        for (run, metric) in &pairs {
            hear(heard, Event::Replaced(run, metric))?;
        }
        if let Way::Tail { held, anew, .. } = &mut self.way {
            held.clear();
            *anew = Some(pairs);
        }
        Ok(())
    }

    /// Points of one series, of whatever run.
    fn came(&mut self, came: Came, heard: &mut Heard<'_>) -> Result<(), Error> {
        if !self.wanted.has_run(&came.run)
            || !self.wanted.has_metric(&came.metric)
            || self.hidden.contains(&came.run)
        {
            return Ok(());
        }
        let Some(run) = self.runs.get(&came.run) else {
            if let Way::Tail { held, .. } = &mut self.way {
                held.push(came);
            }
            return Ok(());
        };
        let Way::Tail { anew, .. } = &self.way else { return Ok(()) };
        let is_old = anew.as_ref().is_some_and(|again| {
            let pair = (Arc::clone(&came.run), Arc::clone(&came.metric));
            run.metrics.contains_key(&came.metric) && !again.contains(&pair)
        });
        if is_old { Ok(()) } else { self.tell_points(&came.run, &came.metric, &came.points, heard) }
    }

    fn tell_points(
        &mut self,
        run: &Arc<str>,
        metric: &Arc<str>,
        points: &Series,
        heard: &mut Heard<'_>,
    ) -> Result<(), Error> {
        let Some(known) = self.runs.get_mut(run) else { return Ok(()) };
        if known.metrics.insert(Arc::clone(metric), true).is_none() {
            hear(heard, Event::Metric(run, metric))?;
        }
        if !points.is_empty() {
            hear(heard, Event::Points(run, metric, points))?;
        }
        for odd in points.oddities() {
            self.problem(heard, format!("{odd}: run {run}, metric {metric}"))?;
        }
        Ok(())
    }

    /// What the table brings to light: runs for which points waited, and series that nobody follows yet.
    pub(super) fn after_table(
        &mut self,
        set: &RunSet,
        is_silent: bool,
        heard: &mut Heard<'_>,
    ) -> Result<(), Error> {
        let mut unknown: BTreeMap<Arc<str>, Vec<Arc<str>>> = BTreeMap::new();
        // What was passed over while the table did not have a run is behind the end of what was read.
        let is_back = set.runs.iter().any(|run| self.hidden.contains(&run.id));
        if is_back && !is_silent {
            self.tail(heard)?;
        }
        for run in &set.runs {
            let was_hidden = self.hidden.remove(&run.id);
            let Some(known) = self.runs.get_mut(&run.id) else { continue };
            let keys = run.metrics.iter().map(|(key, _)| &set.metric_keys[*key as usize]);
            for metric in keys.filter(|metric| self.wanted.has_metric(metric)) {
                match &self.way {
                    Way::Series(series)
                        if !series.contains_key(&(Arc::clone(&run.id), Arc::clone(metric))) =>
                    {
                        unknown.entry(Arc::clone(&run.id)).or_default().push(Arc::clone(metric));
                    }
                    Way::Tail { .. } if was_hidden => {
                        unknown.entry(Arc::clone(&run.id)).or_default().push(Arc::clone(metric));
                    }
                    // Nothing is told of what stood there when the watch began.
                    Way::Tail { .. } if is_silent => {
                        known.metrics.insert(Arc::clone(metric), false);
                    }
                    _ => {}
                }
            }
        }
        for (run, metrics) in unknown {
            self.begin_series(&run, &metrics, is_silent, heard)?;
        }
        let Way::Tail { held, .. } = &mut self.way else { return Ok(()) };
        for came in mem::take(held) {
            if set.run(&came.run).is_some() {
                self.came(came, heard)?;
            } else {
                self.hidden.insert(came.run);
            }
        }
        Ok(())
    }

    /// Reads series of a run that are followed from now on.
    fn begin_series(
        &mut self,
        run: &Arc<str>,
        metrics: &[Arc<str>],
        is_silent: bool,
        heard: &mut Heard<'_>,
    ) -> Result<(), Error> {
        let names: Vec<&str> = metrics.iter().map(|metric| &**metric).collect();
        let (all, problems) = match self.reader.series_of(run, &names, &|| true) {
            // It is read again with the next table; the other runs are no worse for it.
            Err(error) if !error.ends_by_itself() => {
                return self.problem(heard, format!("{error}: run {run}"));
            }
            read => read?,
        };
        for problem in &problems {
            self.problem(heard, super::sentence(problem))?;
        }
        for (metric, (points, cursor)) in metrics.iter().zip(all) {
            if is_silent {
                if let Some(known) = self.runs.get_mut(run) {
                    known.metrics.insert(Arc::clone(metric), false);
                }
            } else {
                self.tell_points(run, metric, &points, heard)?;
            }
            if let Way::Series(known) = &mut self.way {
                known.insert((Arc::clone(run), Arc::clone(metric)), cursor);
            }
        }
        Ok(())
    }

    /// What came to each series that is known.
    fn changes(&mut self, thorough: bool, heard: &mut Heard<'_>) -> Result<(), Error> {
        let Way::Series(series) = &mut self.way else { return Ok(()) };
        if series.is_empty() {
            return Ok(());
        }
        let marks = mem::take(series);
        let known: Vec<Known<'_>> =
            marks.iter().map(|((run, metric), cursor)| Known { run, metric, cursor }).collect();
        let news = match self.reader.changes(&known, thorough, &|| true) {
            Ok(news) => news,
            Err(error) => {
                self.way = Way::Series(marks);
                return Err(error);
            }
        };
        let mut left = BTreeMap::new();
        for (((run, metric), _), news) in marks.into_iter().zip(news) {
            match news {
                Ok((change, cursor)) => {
                    match &change {
                        Change::Nothing => {}
                        Change::Added(points) => self.tell_points(&run, &metric, points, heard)?,
                        Change::Whole(points) => {
                            hear(heard, Event::Replaced(&run, &metric))?;
                            self.tell_points(&run, &metric, points, heard)?;
                        }
                    }
                    left.insert((run, metric), cursor);
                }
                // It is read again from its beginning where the table still has it.
                Err(error) => {
                    hear(heard, Event::Replaced(&run, &metric))?;
                    let sentence = format!("{error}: run {run}, metric {metric}");
                    self.problem(heard, sentence)?;
                }
            }
        }
        self.way = Way::Series(left);
        Ok(())
    }
}

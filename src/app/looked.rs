//! Makes what a window shows of a source: the table of its runs, and series ready for charts that do not draw them as they were
//! logged.

use std::sync::Arc;

use super::App;
use super::watch::{DEFECT, Way, tell};
use crate::action::{Action, LookWish, Owner, SeriesKey, SourceAction, SourceId, WindowId};
use crate::jobs::Job;
use crate::problem::Problem;
use crate::runs::filter::{Context, ReadAggregates};
use crate::runs::{Look, Looked, Run, RunSet, Series, Table, TableWish};
use crate::store::runs::Reader;

impl App {
    /// Makes the table of runs.
    pub(super) fn order_runs(
        &mut self,
        source: SourceId,
        wish: TableWish,
        (window, request, runs): (WindowId, u64, Arc<RunSet>),
    ) {
        let (now, way) = (self.now(), self.way_to(source));
        self.jobs.start_quiet("sorting runs", Some(Owner::Source(source)), move |job| {
            let mut reader = None;
            let read = Box::new(|_: u32, run: &Run, metrics: &[&str]| {
                let reader = opened(way.as_ref()?, &mut reader).ok()?;
                let read = reader.series_of(&run.id, metrics, &|| !job.is_cancelled());
                read.ok().map(|(all, _)| all.into_iter().map(|(series, _)| series).collect())
            });
            let read = ReadAggregates::new(&wish.filter, &runs, read);
            let table = Arc::new(Table::of(&runs, &wish, &Context { now, aggregates: &read }));
            drop(read);
            tell(job, source, SourceAction::Ordered { window, request, runs, table });
            if let Some(mut reader) = reader {
                reader.rest();
                reader.settle();
            }
        });
    }

    /// Smooths series and puts them over another axis, one after the other.
    pub(super) fn look_at(
        &mut self,
        source: SourceId,
        request: u64,
        (look, most): (Look, usize),
        wanted: Vec<LookWish>,
    ) {
        let way = self.way_to(source);
        self.jobs.start_quiet("smoothing", Some(Owner::Source(source)), move |job| {
            let _told = job.if_it_panics(|job| {
                job.send(Action::Notice(Problem::error(DEFECT, "smoothing")));
                job.send_last(Action::Source(source, SourceAction::LookedAll { request }));
            });
            let mut reader = None;
            for LookWish { key, of, curve, start, other } in wanted {
                if job.is_cancelled() {
                    break;
                }
                let other = other.as_ref().map(|other| other.series());
                let made = |series: &Series| Arc::new(Looked::of(series, &look, (start, other), most));
                let looked = if Looked::needs_all_points(&curve, &look) {
                    whole(job, way.as_ref(), &mut reader, &key).map(|series| made(&series))
                } else {
                    Some(made(curve.series()))
                };
                let look = look.clone();
                tell(job, source, SourceAction::Looked { request, key, look, of, looked });
            }
            if let Some(mut reader) = reader {
                reader.rest();
                reader.settle();
            }
            job.send_last(Action::Source(source, SourceAction::LookedAll { request }));
        });
    }
}

/// All points of a series; what stands against that is told.
fn whole(
    job: &Job<Action>,
    way: Option<&Way>,
    reader: &mut Option<Box<dyn Reader>>,
    key: &SeriesKey,
) -> Option<Series> {
    let told = |error: String| {
        let at = format!("run {}, metric {}", key.run, key.metric);
        job.send(Action::Notice(Problem::error(error, at)));
    };
    let reader = match opened(way?, reader) {
        Ok(reader) => reader,
        Err(sentence) => {
            told(sentence);
            return None;
        }
    };
    let read = reader.series_of(&key.run, &[&key.metric], &|| !job.is_cancelled());
    match read {
        Ok((mut all, _)) => all.pop().map(|(series, _)| series),
        Err(error) => {
            told(error.to_string());
            None
        }
    }
}

/// A reader, opened when it is first needed; or why it cannot be.
fn opened<'a>(way: &Way, reader: &'a mut Option<Box<dyn Reader>>) -> Result<&'a mut Box<dyn Reader>, String> {
    let own = match reader.take() {
        Some(own) => own,
        None => way.open().map_err(|failure| failure.sentence)?.0,
    };
    Ok(reader.insert(own))
}

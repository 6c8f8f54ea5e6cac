//! Optuna's SQLite store, of any version since 2.4: columns and indexes are looked for, versions are not compared but for
//! times, whose meaning nothing else tells.
//!
//! A study is an experiment and a trial a run, whose id is the number that the trial has in the whole store
//! (`trials.trial_id`), not the one in its study, which is in its name. Parameters are what Optuna's client prints of
//! them. The values of objectives are metrics of one point at step 0, named as the client's table of trials names them
//! (`value`; `values_0`, `values_1`), or as the study does; what was reported meanwhile is the metric
//! `intermediate_value`. Attributes of a trial are tags. Those of a study are left out, since an experiment has no tags,
//! and so are heartbeats.
//!
//! Optuna writes times without a zone: UTC since 5.0, and before that what the clock on the wall said, which is read as local
//! to this machine. Only the version that made the store tells which; where an older one made it and a newer one writes on,
//! later times are off by the zone. It keeps no time for intermediate values, so they carry the start of their trial;
//! objectives carry its end.

mod changes;
mod param;
mod rows;
mod series;
mod shape;
mod study;
mod table;

use std::path::Path;
use std::time::Duration;

use jiff::tz::TimeZone;

use self::shape::Shape;
use super::access::{Access, Identity, Patience, Stamp};
use super::pass::Reading;
use super::steady::{Steady, database};
use super::{Error, Known, News, Reader, RunsAndProblems, SeriesAndProblems, SourceStamp};
use crate::runs::SourceKind;

/// How long a slice reads rows: Optuna's clients wait five seconds for a lock and then give their study up.
const ROWS_FOR: Duration = Duration::from_millis(10);

/// The metric of what a trial reports before it ends.
const INTERMEDIATE: &str = "intermediate_value";

/// An open Optuna store.
pub(super) struct Optuna {
    access: Access,
    rows_for: Duration,
    shape: Shape,
    seen: Stamp,
}

impl Optuna {
    /// None where the database is no Optuna store.
    fn over(mut access: Access) -> Result<Option<Self>, Error> {
        let seen = access.stamp();
        let shape = Shape::of(&mut access)?;
        Ok(shape.map(|shape| Self { access, rows_for: ROWS_FOR, shape, seen }))
    }

    /// Where the clocks stood that its times were read from.
    fn zone(&self) -> TimeZone {
        if self.shape.is_utc { TimeZone::UTC } else { TimeZone::system() }
    }

    /// A reading of several tables.
    fn reading<'a>(&'a mut self, keep_going: &'a dyn Fn(u64) -> bool) -> Reading<'a> {
        Reading {
            access: &mut self.access,
            unnumbered: &self.shape.unnumbered,
            later: &[],
            rows_for: self.rows_for,
            keep_going,
            rows: 0,
            problems: Vec::new(),
        }
    }
}

impl Steady for Optuna {
    fn access(&mut self) -> &mut Access {
        &mut self.access
    }

    fn seen_in(&self) -> Option<Identity> {
        self.shape.identity()
    }

    fn look_again(&mut self) -> Result<(), Error> {
        self.shape = Shape::of(&mut self.access)?.ok_or_else(|| Error::Foreign(self.access.name()))?;
        Ok(())
    }
}

impl Reader for Optuna {
    fn probe(path: &Path, patience: Patience) -> Result<Option<Box<dyn Reader>>, Error> {
        let Some(access) = database(path, patience)? else { return Ok(None) };
        Ok(Self::over(access)?.map(|store| Box::new(store) as Box<dyn Reader>))
    }

    fn kind(&self) -> SourceKind {
        SourceKind::Optuna
    }

    fn is_live(&self) -> bool {
        self.access.is_file()
    }

    fn count(&mut self) -> Result<usize, Error> {
        self.access.begin();
        self.access.slice(|connection| {
            let sql = "SELECT count(*) FROM trials";
            connection.query_row(sql, [], |row| row.get::<_, i64>(0)).map(|count| count as usize)
        })
    }

    /// Optuna deletes for good, so there are no deleted runs.
    fn runs_while(&mut self, _deleted: bool, keep_going: &dyn Fn(u64) -> bool) -> RunsAndProblems {
        self.steadily(|store| table::read(store, keep_going))
    }

    fn series_of(&mut self, run: &str, metrics: &[&str], keep_going: &dyn Fn() -> bool) -> SeriesAndProblems {
        self.steadily(|store| series::read(store, run, metrics, keep_going))
    }

    fn changes(
        &mut self,
        known: &[Known<'_>],
        thorough: bool,
        keep_going: &dyn Fn() -> bool,
    ) -> Result<Vec<News>, Error> {
        self.steadily(|store| changes::since(store, known, thorough, keep_going))
    }

    fn rest(&mut self) {
        self.access.rest();
    }

    fn stamp(&mut self) -> Option<SourceStamp> {
        self.access.stamp().words()
    }

    fn changed(&mut self) -> bool {
        self.access.has_changed(&mut self.seen)
    }
}

//! Trackio's SQLite store, of any version: columns and indexes are looked for, versions are never compared.
//!
//! A project is an experiment, named by its file; its runs are those that logged something, as Trackio itself counts them.
//! The configuration is the parameters, nested keys joined by dots as its run comparison joins them; what Trackio adds to
//! it (`_Username`, `_Group`, `_Created`) is tags. Metrics of the machine have the prefix `system/`, and since Trackio
//! counts no steps for them, the rows of a run are their steps. Pictures, sounds, tables and histograms are artifacts.
//! Trackio keeps no state of a run and no end, so the state is told as unknown. Alerts, traces, versioned artifacts, and
//! the Parquet files that are made of a store are not read.

mod artifacts;
mod changes;
mod config;
mod json;
mod series;
mod shape;
mod table;
mod walk;

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::tz::TimeZone;

use self::shape::Shape;
use super::access::{Access, Identity, Patience, ROWS_FOR, Stamp};
use super::pass::Reading;
use super::steady::{Steady, database};
use super::{Error, Known, News, Reader, RunsAndProblems, SeriesAndProblems, SourceStamp};
use crate::problem::Problem;
use crate::runs::{Artifact, Content, SourceKind};

/// What metrics of the machine begin with.
const SYSTEM: &str = "system/";

/// An open Trackio store.
pub(super) struct Trackio {
    access: Access,
    path: PathBuf,
    rows_for: Duration,
    shape: Shape,
    seen: Stamp,
    /// What is local: versions that wrote times without a zone meant that.
    zone: TimeZone,
}

impl Trackio {
    /// None where the database is no Trackio store.
    fn over(mut access: Access, path: &Path) -> Result<Option<Self>, Error> {
        let seen = access.stamp();
        let shape = Shape::of(&mut access)?;
        let (path, zone) = (path.to_path_buf(), TimeZone::system());
        Ok(shape.map(|shape| Self { access, path, rows_for: ROWS_FOR, shape, seen, zone }))
    }

    /// The project: the name of the file without its ending.
    fn project(&self) -> String {
        self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
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

impl Steady for Trackio {
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

impl Reader for Trackio {
    fn probe(path: &Path, patience: Patience) -> Result<Option<Box<dyn Reader>>, Error> {
        let Some(access) = database(path, patience)? else { return Ok(None) };
        Ok(Self::over(access, path)?.map(|store| Box::new(store) as Box<dyn Reader>))
    }

    fn kind(&self) -> SourceKind {
        SourceKind::Trackio
    }

    fn is_live(&self) -> bool {
        self.access.is_file()
    }

    fn count(&mut self) -> Result<usize, Error> {
        // From run to run by the index, as far as there is one.
        let run = self.shape.logs.run;
        let sql = format!(
            "WITH RECURSIVE found (run) AS (SELECT min({run}) FROM metrics UNION ALL
             SELECT (SELECT min({run}) FROM metrics WHERE {run} > found.run) FROM found WHERE found.run NOT NULL)
             SELECT count(run) FROM found"
        );
        self.access.begin();
        self.access.slice(|connection| {
            connection.query_row(&sql, [], |row| row.get::<_, i64>(0)).map(|count| count as usize)
        })
    }

    /// Trackio deletes for good, so there are no deleted runs.
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

    fn artifacts(&mut self, run: &str) -> Result<(Vec<Artifact>, Vec<Problem>), Error> {
        self.steadily(|store| artifacts::list(store, run))
    }

    fn content(&mut self, run: &str, artifact: &Artifact) -> Result<Content, Error> {
        self.steadily(|store| artifacts::content(store, run, artifact))
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

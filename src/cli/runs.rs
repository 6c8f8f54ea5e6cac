//! `mlops-atlas runs`: sources, runs and series of local stores, a file for each subcommand.

mod artifacts;
mod compare;
mod importance;
mod list;
mod series;
mod sources;
mod told;
mod watch;

use std::io::{self, BufWriter, Write};
use std::path::Path;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

pub use self::artifacts::ArtifactsArgs;
pub use self::compare::{CompareArgs, CompareFormat};
pub use self::importance::ImportanceArgs;
pub use self::list::{ListArgs, ListFormat};
pub use self::series::{Format, SeriesArgs};
pub use self::sources::SourcesArgs;
use self::told::Told;
pub use self::watch::WatchArgs;
use super::one_line;
use crate::runs::{FilterError, Mapping};
use crate::store::atlas_db::Profile;
use crate::store::runs::{self, Error, Patience, Reader};
use crate::store::whole_file::is_within;

/// Why a `runs` command could not answer; the program then exits with 2.
#[derive(Debug, thiserror::Error)]
pub enum RunsError {
    /// A store could not be read.
    #[error(transparent)]
    Store(#[from] Error),
    /// There is no such column.
    #[error(
        "runs cannot be ordered by {0}; use start_time, end_time, duration, run_name, run_id, status, metrics.KEY, params.KEY or tags.KEY, with ASC or DESC"
    )]
    Order(String),
    /// The filter, or an order in MLflow's grammar, makes no sense or is refused there.
    #[error("{what}, character {character}: {why}")]
    Grammar {
        /// What was read.
        what: String,
        /// The letter at which it goes wrong, from 1.
        character: usize,
        /// What is wrong, and what to write.
        why: FilterError,
    },
    /// No run has such a metric, parameter or tag.
    #[error(
        "runs cannot be ordered by {0}, which no run of the store has; runs list SOURCE shows what there is"
    )]
    NoKey(String),
    /// No run has such a column.
    #[error("no run has the column {column}; the nearest: {near}")]
    NoColumn {
        /// What was asked for.
        column: String,
        /// What there is.
        near: String,
    },
    /// The answer would be written over what it is read from.
    #[error("this file is the store that is read, or lies in it; choose another place for the answer: {0}")]
    IntoSource(String),
    /// There is no such run.
    #[error("the store has no run with the id {run}: {store}")]
    NoRun {
        /// The id.
        run: String,
        /// The store.
        store: String,
    },
    /// One run has nothing beside it.
    #[error("two to twenty runs can be compared: name another one by --run")]
    TooFew,
    /// No run has such a metric.
    #[error("no run has the metric {metric}; the nearest: {near}")]
    NoMetric {
        /// What was asked for.
        metric: String,
        /// What there is.
        near: String,
    },
    /// Nothing can be told of which parameters matter.
    #[error("{0}")]
    NoImportance(String),
    /// The run left nothing of that name.
    #[error("the run {run} has no artifact {path}; {near}")]
    NoArtifact {
        /// The run's id.
        run: String,
        /// What was asked for.
        path: String,
        /// What there is.
        near: String,
    },
    /// Nothing tells when the watch is to end.
    #[error("no run here tells whether it is running, so --until-finished would end at once: {0}")]
    NoStates(String),
    /// The name of the file says another form.
    #[error("the name's ending says another form than --format {format}; change one of the two: {path}")]
    OtherEnding {
        /// What was asked for.
        format: String,
        /// The file.
        path: String,
    },
    /// The answer is no text, and would go to a screen.
    #[error("the answer is no text: name a file by --out, or send it to a program or a file")]
    NoText,
    /// The file could not be written.
    #[error("{path} could not be written: {source}")]
    Out {
        /// Why.
        source: io::Error,
        /// The file.
        path: String,
    },
    /// The answer could not be written.
    #[error("the answer could not be written: {0}")]
    Write(#[from] io::Error),
}

/// The arguments of `mlops-atlas runs`.
#[derive(Clone, Debug, Args)]
pub struct RunsArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: RunsCommand,
    /// How a table is read, such as `run=trial,step=epoch,metrics=loss|acc`; guessed without it.
    #[arg(long, global = true, value_name = "MAPPING")]
    pub map: Option<Mapping>,
    /// Read a copy of a store that cannot be read where it lies: one with the journal of a dead writer, with a log but no
    /// index of it, or on another machine's drive.
    #[arg(long, global = true)]
    pub copy: bool,
}

/// What `mlops-atlas runs` can do.
#[derive(Clone, Debug, Subcommand)]
pub enum RunsCommand {
    /// Tell which stores lie at these paths.
    Sources(SourcesArgs),
    /// List the runs of a store, newest first.
    List(ListArgs),
    /// Print the points of metrics.
    Series(SeriesArgs),
    /// Put runs side by side, what differs first.
    Compare(CompareArgs),
    /// Tell which parameters matter for a metric.
    Importance(ImportanceArgs),
    /// List what a run left besides numbers, or print what one of these holds.
    Artifacts(ArtifactsArgs),
    /// Tell what happens in stores, as it happens: new points, runs and their states, a JSON line each.
    Watch(WatchArgs),
}

/// Answers on `out`, and says on `err` what is missing from the answer; the number is the exit status.
pub fn run(args: &RunsArgs, out: &mut dyn Write, err: &mut dyn Write) -> Result<u8, RunsError> {
    let mut out = BufWriter::new(out);
    let map = args.map.as_ref();
    let how = How { map, copy: args.copy };
    let status = match &args.command {
        RunsCommand::Sources(args) => sources::print(args, map, &mut out, err)?,
        RunsCommand::List(args) => list::print(args, how, &mut out, err)?,
        RunsCommand::Series(args) => series::print(args, how, &mut out, err)?,
        RunsCommand::Compare(args) => compare::print(args, how, &mut out, err)?,
        RunsCommand::Importance(args) => importance::print(args, how, &mut out, err)?,
        RunsCommand::Artifacts(args) => artifacts::print(args, how, &mut out, err)?,
        RunsCommand::Watch(args) => watch::print(args, map, &mut out)?,
    };
    out.flush()?;
    Ok(status)
}

/// How stores are opened.
#[derive(Clone, Copy)]
struct How<'a> {
    /// How a table is read.
    map: Option<&'a Mapping>,
    /// Whether a copy is read of what cannot be read where it lies.
    copy: bool,
}

/// Whether a file stands for standard output, as many programs write it.
fn is_stdout(out: &Path) -> bool {
    out == Path::new("-")
}

/// An error where a file that is to be written is the source, or lies in it.
fn check_out(out: &Path, source: &Path) -> Result<(), RunsError> {
    if is_within(out, source) { Err(RunsError::IntoSource(out.display().to_string())) } else { Ok(()) }
}

fn open(source: &Path, how: How<'_>) -> Result<Box<dyn Reader>, Error> {
    let opened = match how.map {
        Some(_) if source == Path::new("demo:") => Err(Error::NoTable("demo:".to_owned())),
        None if source == Path::new("demo:") => runs::open_demo(),
        None => runs::open_with(source, Patience::Command),
        map => runs::tables::open(source, map, Patience::Command),
    };
    match (opened, Profile::platform().copies()) {
        // In a folder it is the only store.
        (Err(error), Some(folder)) if how.copy => match error.to_copy() {
            Some(store) => runs::open_with(&runs::copied(store, &folder, &|_, _| true)?, Patience::Command),
            None => Err(error),
        },
        (opened, _) => opened,
    }
}

/// A number, or the word for what JSON has no number for.
fn number(value: f64) -> Value {
    if value.is_finite() {
        json!(value)
    } else if value.is_nan() {
        json!("NaN")
    } else if value > 0.0 {
        json!("Infinity")
    } else {
        json!("-Infinity")
    }
}

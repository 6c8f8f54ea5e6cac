//! `mlops-atlas runs`: sources, runs and series of local stores.

mod series;

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Map, Value, json};

use super::{one_line, sentence, tell};
use crate::runs::{Mapping, OrderKey, Run, RunSet, csv_lines};
use crate::store::runs::{self, Error, Found, Patience, Reader};

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
    /// No run has such a metric, parameter or tag.
    #[error(
        "runs cannot be ordered by {0}, which no run of the store has; runs list SOURCE shows what there is"
    )]
    NoKey(String),
    /// There is no such run.
    #[error("the store has no run with the id {run}: {store}")]
    NoRun {
        /// The id.
        run: String,
        /// The store.
        store: String,
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
}

/// How series are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A line for each point, with a head.
    #[default]
    Csv,
    /// One JSON list.
    Json,
    /// A JSON value for each point.
    Jsonl,
}

/// How runs are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// A line for each run, to be looked at.
    #[default]
    Table,
    /// A line for each run with all metrics and parameters, after a head.
    Csv,
    /// One JSON list.
    Json,
}

const LIST_EXAMPLES: &str = "Examples:
  mlops-atlas runs list mlflow.db
  mlops-atlas runs list demo: --order-by 'metrics.val/accuracy DESC' --limit 5
  mlops-atlas runs list mlflow.db --format csv > runs.csv
  mlops-atlas runs list mlflow.db --json";

const SERIES_EXAMPLES: &str = "Examples:
  mlops-atlas runs series mlflow.db --run 1f0e… --metric loss
  mlops-atlas runs series mlflow.db --run 1f0e… --metric loss --points 500 --format jsonl";

/// What `mlops-atlas runs` can do.
#[derive(Clone, Debug, Subcommand)]
pub enum RunsCommand {
    /// Tell which stores lie at these paths.
    #[command(
        after_help = "Examples:\n  mlops-atlas runs sources mlflow.db\n  mlops-atlas runs sources . --json"
    )]
    Sources {
        /// Files or folders; a folder is looked through one level deep.
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Print one JSON value.
        #[arg(long)]
        json: bool,
    },
    /// List the runs of a store, newest first.
    #[command(after_help = LIST_EXAMPLES)]
    List {
        /// A file, a folder or `demo:`.
        source: PathBuf,
        /// A column, with ASC or DESC; several by commas or by repeating.
        #[arg(long, value_name = "COLUMN")]
        order_by: Vec<String>,
        /// At most this many.
        #[arg(long)]
        limit: Option<usize>,
        /// Deleted runs and experiments too.
        #[arg(long)]
        deleted: bool,
        /// How to print.
        #[arg(long, value_enum, default_value_t, conflicts_with = "json")]
        format: ListFormat,
        /// The same as --format json.
        #[arg(long)]
        json: bool,
    },
    /// Print the points of metrics.
    #[command(after_help = SERIES_EXAMPLES)]
    Series {
        /// A file, a folder or `demo:`.
        source: PathBuf,
        /// The run's id; may be repeated.
        #[arg(long, required = true)]
        run: Vec<String>,
        /// The metric's key; may be repeated.
        #[arg(long, required = true)]
        metric: Vec<String>,
        /// Only first, least, greatest and last point of each of this many buckets.
        #[arg(long)]
        points: Option<usize>,
        /// How to print.
        #[arg(long, value_enum, default_value_t)]
        format: Format,
        /// The same as --format json.
        #[arg(long)]
        json: bool,
    },
}

/// Answers on `out`, and says on `err` what is missing from the answer; the number is the exit status.
pub fn run(args: &RunsArgs, out: &mut dyn Write, err: &mut dyn Write) -> Result<u8, RunsError> {
    let mut out = BufWriter::new(out);
    let map = args.map.as_ref();
    let status = match &args.command {
        RunsCommand::Sources { paths, json } => sources((paths, map), *json, &mut out, err)?,
        RunsCommand::List { source, order_by, limit, deleted, format, json } => {
            let format = if *json { ListFormat::Json } else { *format };
            let mut reader = open(source, map)?;
            let (set, problems) = reader.runs(*deleted)?;
            let keys = order_keys(order_by)?;
            if let Some(unknown) = keys.iter().find(|key| !key.is_known_in(&set)) {
                return Err(RunsError::NoKey(unknown.name()));
            }
            let mut rows = set.order(&keys);
            rows.truncate(limit.unwrap_or(usize::MAX));
            list(&set, &rows, format, &mut out)?;
            let sentences: Vec<String> = problems.iter().map(sentence).collect();
            tell(&sentences, err)?
        }
        RunsCommand::Series { source, run, metric, points, format, json } => {
            let format = if *json { Format::Json } else { *format };
            series::print((source, map), [run, metric], *points, format, [&mut out, err])?
        }
    };
    out.flush()?;
    Ok(status)
}

fn open(source: &Path, map: Option<&Mapping>) -> Result<Box<dyn Reader>, Error> {
    match map {
        None if source == Path::new("demo:") => runs::open_demo(),
        None => runs::open_with(source, Patience::Command),
        Some(_) => runs::tables::open(source, map, Patience::Command),
    }
}

fn sources(
    (paths, map): (&[PathBuf], Option<&Mapping>),
    as_json: bool,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, RunsError> {
    let (mut all, mut sentences, mut failures) = (Vec::new(), Vec::new(), Vec::new());
    for path in paths {
        let found = match map {
            None => runs::sources(path),
            Some(_) => runs::tables::source(path, map).map(|found| (vec![found], Vec::new())),
        };
        match found {
            Ok((found, problems)) => {
                all.extend(found);
                // Their messages name the very file.
                sentences.extend(problems.into_iter().map(|problem| problem.message));
            }
            Err(error) => failures.push(error),
        }
    }
    if all.is_empty()
        && let Some(last) = failures.pop()
    {
        tell(&failures.iter().map(ToString::to_string).collect::<Vec<_>>(), err)?;
        return Err(last.into());
    }
    sentences.extend(failures.iter().map(ToString::to_string));
    if as_json {
        let one = |found: &Found| {
            let path = found.path.display().to_string();
            let mut one = json!({"path": path, "kind": found.kind.id(), "runs": found.runs});
            if let Some(mapping) = &found.mapping {
                one["mapping"] = json!(mapping.to_string());
            }
            one
        };
        let list: Vec<Value> = all.iter().map(one).collect();
        writeln!(out, "{}", json!(list))?;
    } else {
        for Found { path, kind, runs, mapping } in &all {
            let path = path.display().to_string();
            let read_as = mapping.as_ref().map_or_else(String::new, |mapping| format!("  read as {mapping}"));
            let (kind, path) = (kind.id(), one_line(&path));
            writeln!(out, "{kind:<14} {runs:>6} runs  {path}{}", one_line(&read_as))?;
        }
    }
    Ok(tell(&sentences, err)?)
}

/// `metrics.loss DESC, run_name` as keys.
fn order_keys(texts: &[String]) -> Result<Vec<OrderKey>, RunsError> {
    let one = |text: &str| {
        let text = text.trim();
        let (column, descending) = match text.rsplit_once(' ') {
            Some((column, word)) if word.eq_ignore_ascii_case("desc") => (column, true),
            Some((column, word)) if word.eq_ignore_ascii_case("asc") => (column, false),
            _ => (text, false),
        };
        OrderKey::parse(column.trim(), descending).ok_or_else(|| RunsError::Order(text.to_owned()))
    };
    texts.iter().flat_map(|text| columns(text)).map(one).collect()
}

/// Parts between commas; a comma inside backticks or quotes belongs to a key.
fn columns(text: &str) -> Vec<&str> {
    let mut quote = None;
    let parts = text.split(|letter: char| {
        match (quote, letter) {
            (None, '`' | '"') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            _ => return quote.is_none() && letter == ',',
        }
        false
    });
    parts.collect()
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

fn run_json(set: &RunSet, run: &Run) -> Value {
    let name = |names: &[std::sync::Arc<str>], key: u32| names[key as usize].to_string();
    let metrics: Map<String, Value> =
        run.metrics.iter().map(|(key, value)| (name(&set.metric_keys, *key), number(*value))).collect();
    let texts = |names: &[std::sync::Arc<str>], list: &[(u32, std::sync::Arc<str>)]| -> Map<String, Value> {
        list.iter().map(|(key, value)| (name(names, *key), json!(&**value))).collect()
    };
    json!({
        "id": &*run.id,
        "name": &*run.name,
        "experiment": run.experiment_name(set),
        "status": run.status.word(),
        "start_time": set.start_ms(run),
        "end_time": set.end_ms(run),
        "metrics": metrics,
        "params": texts(&set.param_keys, &run.params),
        "tags": texts(&set.tag_keys, &run.tags),
    })
}

fn list(set: &RunSet, rows: &[u32], format: ListFormat, out: &mut dyn Write) -> Result<(), RunsError> {
    let runs = rows.iter().map(|row| &set.runs[*row as usize]);
    match format {
        ListFormat::Table => table(set, runs, out)?,
        ListFormat::Csv => csv_lines(set, rows).try_for_each(|line| out.write_all(line.as_bytes()))?,
        ListFormat::Json => {
            let list: Vec<Value> = runs.map(|run| run_json(set, run)).collect();
            writeln!(out, "{}", json!(list))?;
        }
    }
    Ok(())
}

fn table<'a>(set: &RunSet, runs: impl Iterator<Item = &'a Run>, out: &mut dyn Write) -> io::Result<()> {
    for run in runs {
        let metrics: Vec<String> = run
            .metrics
            .iter()
            .take(3)
            .map(|(key, value)| format!("{}={value}", set.metric_keys[*key as usize]))
            .collect();
        let (status, name) = (run.status.word(), run.shown_name());
        let (status, name, metrics) = (one_line(status), one_line(name), metrics.join("  "));
        writeln!(out, "{}  {status:<9} {name:<32} {}", one_line(&run.id), one_line(&metrics))?;
    }
    Ok(())
}

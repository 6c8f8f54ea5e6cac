//! `mlops-atlas runs list`: the runs of stores as a table, CSV, JSON or JSON lines.

mod choose;
mod print;

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

pub(super) use self::choose::{Choice, Series};
use self::print::Printer;
use super::{How, RunsError, Told, open};
use crate::nearest::nearest;
use crate::runs::{FIELDS, Field, OrderKey, RunSet};
use crate::store::runs::Error;

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
    /// A JSON value for each run.
    Jsonl,
}

const EXAMPLES: &str = "Examples:
  mlops-atlas runs list mlflow.db
  mlops-atlas runs list demo: --order-by 'metrics.val/accuracy DESC' --limit 5
  mlops-atlas runs list mlflow.db --filter 'params.lr < 0.01 AND min(metrics.val/loss) < 0.3 AND start_time > -7d'
  mlops-atlas runs list mlflow.db --columns 'id,name,status,duration,metrics.val/*,params.lr'
  mlops-atlas runs list before.db after.db --format csv > runs.csv
  mlops-atlas runs list mlflow.db --columns 'id,tags.*' --format jsonl

Columns: id, name, experiment, status, start_time, end_time, duration, parent, artifact_uri, user_id, metrics.KEY, params.KEY, tags.KEY; a
key in backticks may hold commas, and a key such as val/* stands for all that fit. A folder with several stores is read as one:
the ids of its runs begin with the path of their store.";

/// The arguments of `mlops-atlas runs list`.
#[derive(Clone, Debug, Default, Args)]
#[command(after_help = EXAMPLES)]
pub struct ListArgs {
    /// Files, folders or `demo:`; with several, each run tells its source.
    #[arg(required = true, value_name = "SOURCE")]
    pub source: Vec<PathBuf>,
    /// What is printed of a run; several by commas or by repeating.
    #[arg(long, value_name = "COLUMN")]
    pub columns: Vec<String>,
    /// Only runs that fit, such as `metrics.loss < 0.1 AND params.model = 'resnet'`; bare words are looked for in names, ids,
    /// experiments, parameters and tags.
    #[arg(long, value_name = "FILTER")]
    pub filter: Option<String>,
    /// Take the filter and the orders as MLflow does, and refuse what it refuses.
    #[arg(long)]
    pub mlflow_grammar: bool,
    /// A column, with ASC or DESC; several by commas or by repeating.
    #[arg(long, value_name = "COLUMN")]
    pub order_by: Vec<String>,
    /// At most this many.
    #[arg(long)]
    pub limit: Option<usize>,
    /// Deleted runs and experiments too.
    #[arg(long)]
    pub deleted: bool,
    /// How to print.
    #[arg(long, value_enum, default_value_t, conflicts_with = "json")]
    pub format: ListFormat,
    /// The same as --format json.
    #[arg(long)]
    pub json: bool,
}

/// Prints the runs, and tells on `err` what is missing; gives the exit status.
pub(super) fn print(
    args: &ListArgs,
    how: How<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, RunsError> {
    let format = if args.json { ListFormat::Json } else { args.format };
    let keys = order_keys(&args.order_by, args.mlflow_grammar)?;
    let choice = args.filter.as_deref().map(|text| Choice::new(text, args.mlflow_grammar)).transpose()?;
    let (mut sets, mut sources, mut told, mut failed) = (Vec::new(), Vec::new(), Told::default(), None);
    let mut series = Series::default();
    for source in &args.source {
        let read = open(source, how).and_then(|mut reader| {
            let (set, problems) = reader.runs(args.deleted)?;
            let mapped = reader.mapping();
            Ok((set, problems, mapped, reader))
        });
        // The last one is said as the reason for the end.
        if let Some(error) = failed.take() {
            told.missing(Error::to_string(&error));
        }
        match read {
            Ok((set, problems, mapped, reader)) => {
                let shown = source.display().to_string();
                told.read_as(mapped, &shown);
                series.add(reader, set.runs.len());
                sources.extend(std::iter::repeat_n(shown, set.runs.len()));
                sets.push(set);
                for problem in &problems {
                    told.problem(problem);
                }
            }
            Err(error) => failed = Some(error),
        }
    }
    if let Some(error) = failed {
        if sets.is_empty() {
            told.tell(err)?;
            return Err(error.into());
        }
        told.missing(error.to_string());
    }
    let set = together(sets);
    // MLflow orders by what no run has as well.
    if let Some(unknown) = keys.iter().find(|key| !args.mlflow_grammar && !key.is_known_in(&set)) {
        return Err(RunsError::NoKey(unknown.name()));
    }
    let fields = fields(&args.columns, &set)?;
    let mut rows = set.order(&keys);
    if let Some(choice) = choice {
        choice.keep(&mut rows, &set, series, &mut told);
    }
    rows.truncate(args.limit.unwrap_or(usize::MAX));
    let sources = (args.source.len() > 1).then_some(sources);
    Printer { set: &set, rows: &rows, fields, sources }.print(format, out)?;
    Ok(told.tell(err)?)
}

/// Runs of several sources as one table.
fn together(mut sets: Vec<RunSet>) -> RunSet {
    if sets.len() == 1 {
        sets.pop().unwrap_or_default()
    } else {
        RunSet::together(sets.into_iter().map(|set| ("", set)).collect())
    }
}

/// `id,metrics.loss` as columns; none where nothing was chosen.
fn fields(texts: &[String], set: &RunSet) -> Result<Option<Vec<Field>>, RunsError> {
    if texts.is_empty() {
        return Ok(None);
    }
    let mut fields = Vec::new();
    for text in texts.iter().flat_map(|text| columns(text)).map(str::trim) {
        let found = Field::all(text, set).ok_or_else(|| unknown(text, set))?;
        for field in found {
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
    }
    Ok(Some(fields))
}

/// No run has such a column: the nearest that some run has.
fn unknown(text: &str, set: &RunSet) -> RunsError {
    let keys = |prefix: &'static str, names: &[std::sync::Arc<str>]| -> Vec<String> {
        names.iter().map(|name| format!("{prefix}.{name}")).collect()
    };
    let mut known: Vec<String> = FIELDS.map(ToOwned::to_owned).to_vec();
    known.extend(keys("metrics", &set.metric_keys));
    known.extend(keys("params", &set.param_keys));
    known.extend(keys("tags", &set.tag_keys));
    let near = nearest(text, known.iter().map(|word| (word.as_str(), word.as_str())));
    let near = if near.is_empty() { FIELDS[..7].join(", ") } else { near.join(", ") };
    RunsError::NoColumn { column: text.to_owned(), near }
}

/// `metrics.loss DESC, run_name` as keys.
fn order_keys(texts: &[String], is_mlflow: bool) -> Result<Vec<OrderKey>, RunsError> {
    if is_mlflow {
        let texts: Vec<&str> = texts.iter().flat_map(|text| columns(text)).map(str::trim).collect();
        return OrderKey::parse_mlflow(&texts)
            .map_err(|(at, why)| choose::refused(&format!("order-by {}", texts[at]), texts[at], why));
    }
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

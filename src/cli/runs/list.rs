//! `mlops-atlas runs list`: the runs of a store as a table, CSV or JSON.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};

use super::{RunsError, number, one_line, open, sentence, tell};
use crate::runs::{DatasetUse, Mapping, OrderKey, Run, RunSet, csv_lines};

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

/// The arguments of `mlops-atlas runs list`.
#[derive(Clone, Debug, Default, Args)]
#[command(after_help = LIST_EXAMPLES)]
pub struct ListArgs {
    /// A file, a folder or `demo:`.
    pub source: PathBuf,
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
    map: Option<&Mapping>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, RunsError> {
    let format = if args.json { ListFormat::Json } else { args.format };
    let mut reader = open(&args.source, map)?;
    let (set, problems) = reader.runs(args.deleted)?;
    let keys = order_keys(&args.order_by)?;
    if let Some(unknown) = keys.iter().find(|key| !key.is_known_in(&set)) {
        return Err(RunsError::NoKey(unknown.name()));
    }
    let mut rows = set.order(&keys);
    rows.truncate(args.limit.unwrap_or(usize::MAX));
    list(&set, &rows, format, out)?;
    let sentences: Vec<String> = problems.iter().map(sentence).collect();
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

fn run_json(set: &RunSet, run: &Run) -> Value {
    let name = |names: &[std::sync::Arc<str>], key: u32| names[key as usize].to_string();
    let metrics: Map<String, Value> =
        run.metrics.iter().map(|(key, value)| (name(&set.metric_keys, *key), number(*value))).collect();
    let texts = |names: &[std::sync::Arc<str>], list: &[(u32, std::sync::Arc<str>)]| -> Map<String, Value> {
        list.iter().map(|(key, value)| (name(names, *key), json!(&**value))).collect()
    };
    let mut about = json!({
        "id": &*run.id,
        "name": &*run.name,
        "experiment": run.experiment_name(set),
        "status": run.status.word(),
        "start_time": set.start_ms(run),
        "end_time": set.end_ms(run),
        "metrics": metrics,
        "params": texts(&set.param_keys, &run.params),
        "tags": texts(&set.tag_keys, &run.tags),
    });
    // Only where the store has them: most trackers know neither.
    if !run.datasets.is_empty() {
        let used = |used: &DatasetUse| json!({"name": &*used.name, "digest": &*used.digest, "context": &*used.context});
        about["datasets"] = run.datasets.iter().map(used).collect();
    }
    if let Some(uri) = &run.artifact_uri {
        about["artifact_uri"] = json!(&**uri);
    }
    about
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

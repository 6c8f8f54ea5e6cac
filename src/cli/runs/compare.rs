//! `mlops-atlas runs compare`: runs of a store side by side, what differs first.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::{How, RunsError, Told, number, open};
use crate::runs::compare::{Cell, Comparison};
use crate::runs::direction::Direction;

/// How a comparison is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum CompareFormat {
    /// A page for people.
    #[default]
    Markdown,
    /// A line for each key, after a head.
    Csv,
    /// One JSON value.
    Json,
}

const EXAMPLES: &str = "Examples:
  mlops-atlas runs compare mlflow.db --run 1f0e… --run 2a7c…
  mlops-atlas runs compare mlflow.db --run 1f0e… --run 2a7c… --base 2a7c… --format csv > comparison.csv
  mlops-atlas runs compare mlflow.db --run 1f0e… --run 2a7c… --lower perplexity --json";

/// The arguments of `mlops-atlas runs compare`.
#[derive(Clone, Debug, Default, Args)]
#[command(after_help = EXAMPLES)]
pub struct CompareArgs {
    /// A file, a folder or `demo:`.
    pub source: PathBuf,
    /// A run's id; two to twenty of them.
    #[arg(long, required = true, value_name = "ID")]
    pub run: Vec<String>,
    /// The run that metrics are held against; the first one without it.
    #[arg(long, value_name = "ID")]
    pub base: Option<String>,
    /// A metric of which more is better; may be repeated.
    #[arg(long, value_name = "KEY")]
    pub higher: Vec<String>,
    /// A metric of which less is better; may be repeated.
    #[arg(long, value_name = "KEY")]
    pub lower: Vec<String>,
    /// How to print.
    #[arg(long, value_enum, default_value_t, conflicts_with = "json")]
    pub format: CompareFormat,
    /// The same as --format json.
    #[arg(long)]
    pub json: bool,
}

/// Prints the comparison, and tells on `err` what is missing; gives the exit status.
pub(super) fn print(
    args: &CompareArgs,
    how: How<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, RunsError> {
    let mut told = Told::default();
    let (set, problems) = open(&args.source, how)?.runs(false)?;
    for problem in &problems {
        told.problem(problem);
    }
    let mut directions = BTreeMap::new();
    directions.extend(args.higher.iter().map(|key| (key.clone(), Direction::Higher)));
    directions.extend(args.lower.iter().map(|key| (key.clone(), Direction::Lower)));
    let found = Comparison::of(&set, &args.run, args.base.as_deref(), &directions);
    let missing = args.base.iter().filter(|base| set.run(base).is_none());
    if let Some(run) = found.unknown.iter().chain(missing).next() {
        let store = args.source.display().to_string();
        return Err(RunsError::NoRun { run: run.clone(), store });
    }
    if !found.is_enough() {
        return Err(RunsError::TooFew);
    }
    for run in &found.left_out {
        told.missing(format!("twenty runs are the most; {run} is left out"));
    }
    match if args.json { CompareFormat::Json } else { args.format } {
        CompareFormat::Markdown => out.write_all(found.markdown().as_bytes())?,
        CompareFormat::Csv => out.write_all(found.rows().csv().as_bytes())?,
        CompareFormat::Json => writeln!(out, "{}", as_json(&found))?,
    }
    Ok(told.tell(err)?)
}

fn as_json(found: &Comparison) -> Value {
    let cell = |cell: &Cell| match cell {
        Cell::Missing => Value::Null,
        Cell::Number(value) => number(*value),
        Cell::Moment(micros) | Cell::Span(micros) => json!(micros / 1_000),
        Cell::Text(text) => json!(&**text),
    };
    let rows = found.rows.iter().map(|row| {
        let mut all = json!({
            "section": row.section.id(),
            "key": &*row.key,
            "differs": row.differs(),
            "values": row.cells.iter().map(cell).collect::<Vec<_>>(),
        });
        if let Some(guess) = &row.guess {
            all["better"] = json!(match guess.direction {
                Direction::Higher => "higher",
                Direction::Lower => "lower",
                Direction::Unknown => "unknown",
            });
            let changes = row.changes.iter().map(|change| {
                change.as_ref().map(|change| {
                    let figure = |value: Option<f64>| value.map_or(Value::Null, number);
                    json!({
                        "absolute": figure(change.absolute),
                        "percent": figure(change.percent),
                        "verdict": change.turn.id(),
                    })
                })
            });
            all["changes"] = json!(changes.collect::<Vec<_>>());
        }
        all
    });
    json!({
        "runs": found.runs.iter().map(|run| json!({"id": &*run.id, "name": run.title})).collect::<Vec<_>>(),
        "baseline": found.runs.get(found.baseline).map(|run| &*run.id),
        "rows": rows.collect::<Vec<_>>(),
    })
}

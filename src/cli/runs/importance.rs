//! `mlops-atlas runs importance`: which parameters matter for a metric.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::list::{Choice, Series};
use super::{How, RunsError, Told, one_line, open};
use crate::nearest::nearest;
use crate::runs::importance::{CAVEAT, METHOD, importance};

const EXAMPLES: &str = "Examples:
  mlops-atlas runs importance optuna.db --metric value
  mlops-atlas runs importance mlflow.db --metric val/loss --filter \"status = 'FINISHED'\" --json";

/// The arguments of `mlops-atlas runs importance`.
#[derive(Clone, Debug, Default, Args)]
#[command(after_help = EXAMPLES)]
pub struct ImportanceArgs {
    /// A file, a folder or `demo:`.
    pub source: PathBuf,
    /// The metric, by its latest value.
    #[arg(long, value_name = "KEY")]
    pub metric: String,
    /// Only runs that fit, as `runs list --filter` has it.
    #[arg(long, value_name = "FILTER")]
    pub filter: Option<String>,
    /// Print one JSON value.
    #[arg(long)]
    pub json: bool,
}

/// Prints the parameters, the most important first, and tells on `err` how they were found; gives the exit status.
pub(super) fn print(
    args: &ImportanceArgs,
    how: How<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, RunsError> {
    let mut told = Told::default();
    let choice = args.filter.as_deref().map(|text| Choice::new(text, false)).transpose()?;
    let mut reader = open(&args.source, how)?;
    let (set, problems) = reader.runs(false)?;
    for problem in &problems {
        told.problem(problem);
    }
    let Some(metric) = set.metric_key(&args.metric) else {
        let near = nearest(&args.metric, set.metric_keys.iter().map(|key| (&**key, &**key)));
        return Err(RunsError::NoMetric { metric: args.metric.clone(), near: near.join(", ") });
    };
    let mut rows = set.order(&[]);
    if let Some(choice) = choice {
        let mut series = Series::default();
        series.add(reader, set.runs.len());
        choice.keep(&mut rows, &set, series, &mut told);
    }
    let found = importance(&set, &rows, metric).map_err(RunsError::NoImportance)?;
    if args.json {
        let shares = found.shares.iter().map(|one| json!({"param": &*one.name, "share": one.share}));
        let shares: Vec<_> = shares.collect();
        writeln!(
            out,
            "{}",
            json!({"method": METHOD, "caveat": CAVEAT, "runs": found.runs, "explained": found.explained, "shares": shares})
        )?;
        return Ok(told.tell(err)?);
    }
    for one in &found.shares {
        writeln!(out, "{:6.1} %  {}", one.share * 100.0, one_line(&one.name))?;
    }
    told.note(format!("{METHOD}. {CAVEAT}"));
    for (name, why) in &found.out {
        told.note(format!("{name} is left out: {}", why.sentence()));
    }
    Ok(told.tell(err)?)
}

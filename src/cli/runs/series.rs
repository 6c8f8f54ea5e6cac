//! `mlops-atlas runs series`: points of metrics as CSV, JSON, JSON lines or Parquet. One run's points are held at a time.

mod sink;

use std::ffi::OsStr;
use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use clap::builder::RangedU64ValueParser;
use clap::{Args, ValueEnum};

use self::sink::Sink;
use super::{How, RunsError, Told, check_out, is_stdout, open};
use crate::problem::Problem;
use crate::runs::{Pattern, Point, RunSet, m4};
use crate::store::runs::Reader;
use crate::store::whole_file::Streamed;

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
    /// A Parquet file: run, metric, step, timestamp (in microseconds), value.
    Parquet,
}

const EXAMPLES: &str = "Examples:
  mlops-atlas runs series mlflow.db --run 1f0e… --metric loss
  mlops-atlas runs series mlflow.db --run 1f0e… --metric 'val/*' --points 500 --format jsonl
  mlops-atlas runs series mlflow.db --all-runs --all-metrics --out points.parquet

Where there can be several series, each point tells its run and metric. Times are milliseconds since 1970, in Parquet
microseconds. A run's points are read together, and written before the next run is read.
Exits with 1 when something is missing from the answer, which is told on stderr.";

/// The arguments of `mlops-atlas runs series`.
#[derive(Clone, Debug, Default, Args)]
#[command(after_help = EXAMPLES)]
pub struct SeriesArgs {
    /// A file, a folder or `demo:`.
    pub source: PathBuf,
    /// The run's id; may be repeated.
    #[arg(long, required_unless_present = "all_runs", conflicts_with = "all_runs")]
    pub run: Vec<String>,
    /// All runs that are not deleted, oldest first.
    #[arg(long)]
    pub all_runs: bool,
    /// The metric's key, or a pattern such as `val/*`; may be repeated.
    #[arg(long, required_unless_present = "all_metrics", conflicts_with = "all_metrics")]
    pub metric: Vec<String>,
    /// All metrics of each run.
    #[arg(long)]
    pub all_metrics: bool,
    /// Only first, least, greatest and last point of each of this many buckets of a series.
    #[arg(long, value_parser = RangedU64ValueParser::<usize>::new().range(1..))]
    pub points: Option<usize>,
    /// How to print; without it as the name of --out ends, else as CSV.
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// The same as --format json.
    #[arg(long)]
    pub json: bool,
    /// A file to write, whole or not at all; its path is the answer then.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Prints the points of each metric of each run, and tells on `err` what is missing; gives the exit status.
pub(super) fn print(
    args: &SeriesArgs,
    how: How<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, RunsError> {
    let format = format(args)?;
    let Some(path) = args.out.as_ref().filter(|path| !is_stdout(path)) else {
        if format == Format::Parquet && io::stdout().is_terminal() {
            return Err(RunsError::NoText);
        }
        return Answer::new(args, how)?.write(format, out, err);
    };
    check_out(path, &args.source)?;
    let failed = |source| RunsError::Out { source, path: path.display().to_string() };
    let mut answer = Answer::new(args, how)?;
    let mut file = Streamed::begin(path).map_err(failed)?;
    let status = answer.write(format, &mut file, err)?;
    file.finish().map_err(failed)?;
    writeln!(out, "{}", path.display())?;
    Ok(status)
}

/// The form of the answer. An error where the name of its file says another.
fn format(args: &SeriesArgs) -> Result<Format, RunsError> {
    let wanted = if args.json { Some(Format::Json) } else { args.format };
    let ending = args.out.as_deref().and_then(Path::extension).and_then(OsStr::to_str);
    let named = ending.and_then(|ending| Format::from_str(ending, true).ok());
    match (wanted, named, &args.out) {
        (Some(wanted), Some(named), Some(out)) if wanted != named => {
            let format = wanted.to_possible_value().map(|value| value.get_name().to_owned());
            let path = out.display().to_string();
            Err(RunsError::OtherEnding { format: format.unwrap_or_default(), path })
        }
        _ => Ok(wanted.or(named).unwrap_or_default()),
    }
}

/// What was asked for, and of what store.
struct Answer<'a> {
    args: &'a SeriesArgs,
    reader: Box<dyn Reader>,
    patterns: Vec<Pattern>,
    /// The runs of the store, where they are needed to tell what is asked for.
    set: Option<RunSet>,
    told: Told,
}

impl<'a> Answer<'a> {
    fn new(args: &'a SeriesArgs, how: How<'_>) -> Result<Self, RunsError> {
        let mut reader = open(&args.source, how)?;
        let patterns: Vec<Pattern> = args.metric.iter().map(Pattern::new).collect();
        let is_exact = |pattern: &Pattern| !pattern.is_glob() && !pattern.text().contains('\\');
        // One id is checked by its answer; of several, none is answered when another is wrong.
        let needs_set =
            args.all_runs || args.run.len() > 1 || args.all_metrics || !patterns.iter().all(is_exact);
        let (mut set, mut told) = (None, Told::default());
        if needs_set {
            let (runs, problems) = reader.runs(!args.all_runs)?;
            for problem in &problems {
                told.problem(problem);
            }
            told.read_as(reader.mapping(), &args.source.display().to_string());
            set = Some(runs);
        }
        Ok(Self { args, reader, patterns, set, told })
    }

    /// Whether several series can be the answer.
    fn is_named(&self) -> bool {
        let SeriesArgs { run, metric, all_runs, all_metrics, .. } = self.args;
        *all_runs
            || *all_metrics
            || run.len() > 1
            || metric.len() > 1
            || self.patterns.iter().any(Pattern::is_glob)
    }

    fn write(&mut self, format: Format, out: &mut dyn Write, err: &mut dyn Write) -> Result<u8, RunsError> {
        let runs: Vec<String> = match &self.set {
            Some(set) if self.args.all_runs => {
                set.order(&[]).into_iter().rev().map(|row| set.runs[row as usize].id.to_string()).collect()
            }
            _ => self.args.run.clone(),
        };
        if let Some(set) = &self.set
            && let Some(unknown) = runs.iter().find(|run| set.run(run).is_none())
        {
            let store = self.args.source.display().to_string();
            return Err(RunsError::NoRun { run: unknown.clone(), store });
        }
        let is_named = self.is_named() || format == Format::Parquet;
        let (mut out, mut sink) = (Some(out), None);
        for run in &runs {
            let all = self.series(run)?;
            // Whoever reads on gets nothing but an answer: nothing stands before something was read.
            if let Some(out) = out.take() {
                sink = Some(Sink::begin(format, is_named, out)?);
            }
            for (metric, points) in all {
                sink.iter_mut().try_for_each(|sink| sink.add(run, &metric, &points))?;
            }
        }
        self.tell_of_absent_metrics();
        if let Some(out) = out.take() {
            sink = Some(Sink::begin(format, is_named, out)?);
        }
        sink.map_or(Ok(()), Sink::finish)?;
        // A metric that was never logged is an answer, but not the whole one that was asked for.
        Ok(self.told.tell(err)?)
    }

    /// The keys that are asked for of a run.
    fn metrics(&mut self, run: &str) -> Result<Vec<String>, RunsError> {
        let shown = self.args.source.display();
        let Some(set) = &self.set else { return Ok(self.args.metric.clone()) };
        let Some(own) = set.run(run) else {
            return Err(RunsError::NoRun { run: run.to_owned(), store: shown.to_string() });
        };
        let keys: Vec<&str> = own.metrics.iter().map(|(key, _)| &*set.metric_keys[*key as usize]).collect();
        if self.args.all_metrics {
            return Ok(keys.into_iter().map(ToOwned::to_owned).collect());
        }
        let (mut metrics, mut absent) = (Vec::<String>::new(), Vec::<String>::new());
        for pattern in &self.patterns {
            let before = metrics.len();
            let fitting = keys.iter().filter(|key| pattern.fits(key));
            for key in fitting {
                if !metrics.iter().any(|metric| metric == key) {
                    metrics.push((*key).to_owned());
                }
            }
            let is_asked_for_by_name = !self.args.all_runs && metrics.len() == before;
            if is_asked_for_by_name && !keys.iter().any(|key| pattern.fits(key)) {
                if pattern.is_glob() {
                    let text = pattern.text();
                    absent.push(format!("No metric of the run fits this: {shown}: run {run}, metric {text}"));
                } else {
                    metrics.push(pattern.text().to_owned());
                }
            }
        }
        for sentence in absent {
            self.told.missing(sentence);
        }
        Ok(metrics)
    }

    /// The points of a run's metrics.
    fn series(&mut self, run: &str) -> Result<Vec<(String, Vec<Point>)>, RunsError> {
        let shown = self.args.source.display();
        let metrics = self.metrics(run)?;
        if metrics.is_empty() {
            return Ok(Vec::new());
        }
        let names: Vec<&str> = metrics.iter().map(String::as_str).collect();
        let (all, problems) = self.reader.series_of(run, &names, &|| true)?;
        let is_known = self.set.is_some() || all.iter().all(|(series, _)| !series.is_empty());
        if !is_known && self.reader.runs(true)?.0.run(run).is_none() {
            return Err(RunsError::NoRun { run: run.to_owned(), store: shown.to_string() });
        }
        // A damaged table is told once, not for every run.
        for problem in &problems {
            self.told.problem(problem);
        }
        let mut chosen = Vec::new();
        for (metric, (series, _)) in metrics.into_iter().zip(all) {
            for odd in series.oddities() {
                let at = format!("{shown}: run {run}, metric {metric}");
                self.told.problem(&Problem::warning(odd, at));
            }
            if series.is_empty() && series.left_out.is_none() && problems.is_empty() {
                self.told.missing(format!(
                    "The run never logged this metric: {shown}: run {run}, metric {metric}"
                ));
            }
            let points = match self.args.points {
                Some(buckets) => m4(&series, buckets),
                None => series.points().collect(),
            };
            chosen.push((metric, points));
        }
        Ok(chosen)
    }

    /// Of all runs those are left out that never logged a metric; what none of them logged is told.
    fn tell_of_absent_metrics(&mut self) {
        let Some(set) = self.set.as_ref().filter(|_| self.args.all_runs) else { return };
        let is_logged = |pattern: &Pattern| {
            let fitting = |key: u32| pattern.fits(&set.metric_keys[key as usize]);
            set.runs.iter().any(|run| run.metrics.iter().any(|(key, _)| fitting(*key)))
        };
        for pattern in self.patterns.iter().filter(|pattern| !is_logged(pattern)) {
            let shown = self.args.source.display();
            self.told.missing(format!("No run ever logged this metric: {shown}: metric {}", pattern.text()));
        }
    }
}

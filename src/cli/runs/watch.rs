//! `mlops-atlas runs watch`: what happens in stores, a JSON line for each, as it happens.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;
use serde_json::{Map, Value, json};

use super::{RunsError, number};
use crate::problem::Problem;
use crate::runs::{Mapping, Pattern, Run, RunSet, Series};
use crate::store::runs::{self, Error, Event, Folder, Follow, From, Patience, Reader, Wanted, pause};

const EXAMPLES: &str = "Examples:
  mlops-atlas runs watch mlflow.db
  mlops-atlas runs watch mlflow.db --run 1f0e… --metric 'val/*' --until-finished
  mlops-atlas runs watch lightning_logs --all | jq -c 'select(.event == \"point\")'

Events:
  {\"event\":\"run\",\"run\",\"name\",\"experiment\",\"status\",\"start_time\",\"end_time\"}   appeared, or has another name or state
  {\"event\":\"gone\",\"run\"}                                           was deleted
  {\"event\":\"metric\",\"run\",\"metric\"}                                logged for the first time
  {\"event\":\"point\",\"run\",\"metric\",\"step\",\"timestamp\",\"value\"}      a new point; the time in milliseconds since 1970
  {\"event\":\"replaced\",\"run\",\"metric\"}                              forget its points: all follow again
  {\"event\":\"problem\",\"message\"}                                    something is odd or cannot be read";

/// The arguments of `mlops-atlas runs watch`.
#[derive(Clone, Debug, Default, Args)]
#[command(after_help = EXAMPLES)]
pub struct WatchArgs {
    /// Files, folders or `demo:`; with several, each line tells its `source`.
    #[arg(required = true, value_name = "SOURCE")]
    pub source: Vec<PathBuf>,
    /// Only this run; may be repeated.
    #[arg(long, value_name = "ID")]
    pub run: Vec<String>,
    /// Only this metric, or those that fit a pattern such as `val/*`; may be repeated.
    #[arg(long, value_name = "KEY")]
    pub metric: Vec<String>,
    /// End when no run is running any more; an error where the store tells no states of runs.
    #[arg(long)]
    pub until_finished: bool,
    /// Before it ends, wait so long for another run to begin: a study rests between two trials, a job before its first run.
    #[arg(long, value_name = "SECONDS", requires = "until_finished", default_value_t = 0)]
    pub settle: u32,
    /// Only what comes from now on, after the runs that are running; so it is without --all.
    #[arg(long, conflicts_with = "all")]
    pub from_now: bool,
    /// First all that is there.
    #[arg(long)]
    pub all: bool,
}

/// A store that is watched, and how its lines begin.
struct Watched {
    /// The source, where there are several.
    source: Option<String>,
    /// What the ids of its runs begin with, where it is one store of several in a folder.
    lead: String,
    follow: Follow,
}

/// Prints what happens until nothing more can, or nobody reads on; gives the exit status.
pub(super) fn print(args: &WatchArgs, map: Option<&Mapping>, out: &mut dyn Write) -> Result<u8, RunsError> {
    let from = if args.all { From::Start } else { From::Now };
    let metrics = args.metric.iter().map(Pattern::new).collect();
    let wanted = Wanted { runs: args.run.iter().cloned().collect(), metrics };
    let (mut watched, mut folders) = (Vec::new(), Vec::new());
    let mut printer = Printer { out, failed: None };
    for source in &args.source {
        let shown = source.display().to_string();
        let named = (args.source.len() > 1).then_some(shown);
        let Stores { parts, problems, folder } = stores(source, map)?;
        for problem in problems {
            printer.problem(named.as_deref(), &problem.message);
        }
        for (lead, reader) in parts {
            let begun = begin((named.clone(), lead), reader, &wanted, from, &mut printer)?;
            watched.extend(begun);
        }
        folders.extend(folder.map(|folder| (named, folder)));
    }
    for run in &args.run {
        let has = |one: &Watched| run.strip_prefix(&one.lead).is_some_and(|own| one.follow.has_run(own));
        if !watched.iter().any(has) {
            let stores: Vec<String> = args.source.iter().map(|source| source.display().to_string()).collect();
            return Err(RunsError::NoRun { run: run.clone(), store: stores.join(", ") });
        }
    }
    if args.until_finished && !watched.iter().any(|one| one.follow.tells_states()) {
        let sources: Vec<String> = args.source.iter().map(|source| source.display().to_string()).collect();
        return Err(RunsError::NoStates(sources.join(", ")));
    }
    let (settle, mut at_rest_since) = (Duration::from_secs(args.settle.into()), Instant::now());
    loop {
        for one in &mut watched {
            one.look(&mut printer, false)?;
        }
        for (named, folder) in &mut folders {
            let parts = if folder.has_news() { folder.new_parts() } else { Vec::new() };
            for part in parts {
                let begun =
                    begin((named.clone(), part.lead), part.reader, &wanted, From::Start, &mut printer)?;
                watched.extend(begun);
            }
        }
        let is_running = watched.iter().any(|one| one.follow.is_running());
        if is_running {
            at_rest_since = Instant::now();
        }
        let is_over = args.until_finished && !is_running && at_rest_since.elapsed() >= settle;
        if is_over || !watched.iter().any(|one| one.follow.is_live()) {
            for one in &mut watched {
                one.look(&mut printer, true)?;
            }
            return Ok(0);
        }
        let soonest = watched.iter().map(|one| one.follow.wait()).min();
        pause(soonest.unwrap_or_default());
    }
}

/// Begins to follow a store; none where it cannot have the runs that are wanted.
fn begin(
    (source, lead): (Option<String>, String),
    reader: Box<dyn Reader>,
    wanted: &Wanted,
    from: From,
    printer: &mut Printer<'_>,
) -> Result<Option<Watched>, RunsError> {
    let own = |run: &String| run.strip_prefix(&lead).map(ToOwned::to_owned);
    let runs: BTreeSet<String> = wanted.runs.iter().filter_map(own).collect();
    if runs.is_empty() && !wanted.runs.is_empty() {
        return Ok(None);
    }
    let wanted = Wanted { runs, metrics: wanted.metrics.clone() };
    let mut heard = |event: Event<'_>| printer.event((source.as_deref(), &lead), event);
    let follow = Follow::begin(reader, wanted, from, &mut heard);
    let follow = printer.or_why_stopped(follow)?;
    Ok(Some(Watched { source, lead, follow }))
}

impl Watched {
    /// One batch of lines.
    fn look(&mut self, printer: &mut Printer<'_>, to_the_end: bool) -> Result<(), RunsError> {
        let Self { source, lead, follow } = self;
        let mut heard = |event: Event<'_>| printer.event((source.as_deref(), lead), event);
        let looked = if to_the_end { follow.look_to_the_end(&mut heard) } else { follow.look(&mut heard) };
        printer.or_why_stopped(looked)?;
        Ok(printer.out.flush()?)
    }
}

/// The stores of a source, each with what the ids of its runs begin with.
struct Stores {
    parts: Vec<(String, Box<dyn Reader>)>,
    problems: Vec<Problem>,
    /// Where others may come.
    folder: Option<Folder>,
}

/// The stores of a source, each by itself; the next look comes soon, so that none is waited for long.
fn stores(source: &Path, map: Option<&Mapping>) -> Result<Stores, Error> {
    let one = |reader| Stores { parts: vec![(String::new(), reader)], problems: Vec::new(), folder: None };
    match map {
        Some(_) if source == Path::new("demo:") => Err(Error::NoTable("demo:".to_owned())),
        Some(_) => Ok(one(runs::tables::open(source, map, Patience::Window)?)),
        None if source == Path::new("demo:") => Ok(one(runs::open_demo()?)),
        None => {
            let (parts, problems) = runs::open_each(source, Patience::Window)?;
            let folder = Folder::of(source, &parts, Patience::Window);
            let parts = parts.into_iter().map(|part| (part.lead, part.reader)).collect();
            Ok(Stores { parts, problems, folder })
        }
    }
}

/// Writes the lines.
struct Printer<'a> {
    out: &'a mut dyn Write,
    /// Why nothing more can be written.
    failed: Option<io::Error>,
}

impl Printer<'_> {
    /// A line, unless writing has failed; whether to go on.
    fn line(
        &mut self,
        source: Option<&str>,
        event: &str,
        fill: impl FnOnce(&mut Map<String, Value>),
    ) -> bool {
        let mut line = Map::new();
        line.insert("event".to_owned(), json!(event));
        if let Some(source) = source {
            line.insert("source".to_owned(), json!(source));
        }
        fill(&mut line);
        if self.failed.is_none() {
            self.failed = writeln!(self.out, "{}", Value::Object(line)).err();
        }
        self.failed.is_none()
    }

    fn event(&mut self, (source, lead): (Option<&str>, &str), event: Event<'_>) -> bool {
        let of = |line: &mut Map<String, Value>, run: &str, metric: Option<&str>| {
            line.insert("run".to_owned(), json!(format!("{lead}{run}")));
            if let Some(metric) = metric {
                line.insert("metric".to_owned(), json!(metric));
            }
        };
        match event {
            Event::Run(set, run) => self.line(source, "run", |line| {
                of(line, &run.id, None);
                about(set, run, line);
            }),
            Event::Gone(run) => self.line(source, "gone", |line| of(line, run, None)),
            Event::Metric(run, metric) => self.line(source, "metric", |line| of(line, run, Some(metric))),
            Event::Replaced(run, metric) => self.line(source, "replaced", |line| of(line, run, Some(metric))),
            Event::Points(run, metric, points) => {
                self.points(source, |line| of(line, run, Some(metric)), points)
            }
            Event::Problem(message) => self.problem(source, message),
        }
    }

    fn problem(&mut self, source: Option<&str>, message: &str) -> bool {
        self.line(source, "problem", |line| {
            line.insert("message".to_owned(), json!(message));
        })
    }

    fn points(
        &mut self,
        source: Option<&str>,
        of: impl Fn(&mut Map<String, Value>),
        points: &Series,
    ) -> bool {
        points.points().all(|point| {
            self.line(source, "point", |line| {
                of(line);
                line.insert("step".to_owned(), json!(point.step));
                line.insert("timestamp".to_owned(), json!(point.time_ms()));
                line.insert("value".to_owned(), number(point.value));
            })
        })
    }

    /// What a look gave; where it was stopped, why.
    fn or_why_stopped<T>(&mut self, looked: Result<T, Error>) -> Result<T, RunsError> {
        match (looked, self.failed.take()) {
            (_, Some(error)) => Err(error.into()),
            (looked, None) => Ok(looked?),
        }
    }
}

fn about(set: &RunSet, run: &Run, line: &mut Map<String, Value>) {
    line.insert("name".to_owned(), json!(&*run.name));
    line.insert("experiment".to_owned(), json!(run.experiment_name(set)));
    line.insert("status".to_owned(), json!(run.status.word()));
    line.insert("start_time".to_owned(), json!(set.start_ms(run)));
    line.insert("end_time".to_owned(), json!(set.end_ms(run)));
}

//! `mlops-atlas runs watch`: what happens in stores, a JSON line for each, as it happens.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Map, Value, json};

use super::{RunsError, number};
use crate::problem::Problem;
use crate::runs::{Mapping, Pattern, Run, RunSet, Series};
use crate::store::runs::{self, Error, Event, Follow, From, Patience, Reader, Wanted, pause};

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
    /// End when no run is running any more.
    #[arg(long)]
    pub until_finished: bool,
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
    let metrics: Vec<Pattern> = args.metric.iter().map(Pattern::new).collect();
    let mut watched = Vec::new();
    let mut printer = Printer { out, failed: None };
    for source in &args.source {
        let shown = source.display().to_string();
        let named = (args.source.len() > 1).then_some(shown);
        let (stores, problems) = stores(source, map)?;
        for problem in problems {
            printer.line(named.as_deref(), "problem", |line| {
                line.insert("message".to_owned(), json!(problem.message));
            });
        }
        for (lead, reader) in stores {
            let own = |run: &String| run.strip_prefix(&lead).map(ToOwned::to_owned);
            let runs: BTreeSet<String> = args.run.iter().filter_map(own).collect();
            if runs.is_empty() && !args.run.is_empty() {
                continue;
            }
            let wanted = Wanted { runs, metrics: metrics.clone() };
            let mut heard = |event: Event<'_>| printer.event((named.as_deref(), &lead), event);
            let follow = Follow::begin(reader, wanted, from, &mut heard);
            let follow = printer.or_why_stopped(follow)?;
            watched.push(Watched { source: named.clone(), lead, follow });
        }
    }
    for run in &args.run {
        let has = |one: &Watched| run.strip_prefix(&one.lead).is_some_and(|own| one.follow.has_run(own));
        if !watched.iter().any(has) {
            let stores: Vec<String> = args.source.iter().map(|source| source.display().to_string()).collect();
            return Err(RunsError::NoRun { run: run.clone(), store: stores.join(", ") });
        }
    }
    loop {
        for one in &mut watched {
            one.look(&mut printer, false)?;
        }
        let is_over = args.until_finished && !watched.iter().any(|one| one.follow.is_running());
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

/// A store, with what the ids of its runs begin with.
type Store = (String, Box<dyn Reader>);

/// The stores of a source, each by itself; the next look comes soon, so that none is waited for long.
fn stores(source: &Path, map: Option<&Mapping>) -> Result<(Vec<Store>, Vec<Problem>), Error> {
    if map.is_some() {
        let reader = runs::tables::open(source, map, Patience::Window)?;
        return Ok((vec![(String::new(), reader)], Vec::new()));
    }
    if source == Path::new("demo:") {
        return Ok((vec![(String::new(), runs::open_demo()?)], Vec::new()));
    }
    let (parts, problems) = runs::open_each(source, Patience::Window)?;
    Ok((parts.into_iter().map(|part| (part.lead, part.reader)).collect(), problems))
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
            Event::Problem(message) => self.line(source, "problem", |line| {
                line.insert("message".to_owned(), json!(message));
            }),
        }
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

//! What watching costs the one who is watched: a second process commits as fast as it can, as a training job that logs
//! every step, while its store is in sight and while it is not, in turns; and how long it waits for locks.
//!
//! `-- big` does the same over a store of 2,000 runs and five million points too.

#![expect(clippy::unwrap_used, reason = "a bench that cannot start says so by failing")]
#![expect(clippy::disallowed_methods, reason = "a thread reads what the other process says")]

mod support;

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

use mlops_atlas::address::Location;
use rusqlite::Connection;
use support::window::{self, FRAME, Window};
use support::{figure, likely_median, row, store};

/// The run that is written, from the fixture.
const RUN: &str = "00000000000000000000000000000abc";
/// A busy machine gives single pairs any ratio, so that there must be many.
const PAIRS: usize = 100;
/// How long one measurement takes: the watch looks a few times meanwhile.
const TURN: Duration = Duration::from_millis(300);

/// Obeys `go` with a batch of commits and answers how many there were, with the microseconds that they took, and how often
/// and how long it waited for locks.
fn write(store: &Path, mode: &str) {
    let mut writer = Connection::open(store).unwrap();
    writer.execute_batch("PRAGMA foreign_keys = ON;").unwrap();
    writer.busy_handler(Some(wait)).unwrap();
    writer.pragma_update(None, "journal_mode", mode).unwrap();
    let begin = "INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status,
                 start_time, source_version, lifecycle_stage, artifact_uri, experiment_id)
                 SELECT ?1, 'watched', 'LOCAL', 'train.py', '', 'demo', 'RUNNING', 0, '', 'active', '', experiment_id
                 FROM runs WHERE lifecycle_stage = 'active' LIMIT 1";
    writer.execute(begin, [RUN]).unwrap();
    let mut output = std::io::stdout();
    writeln!(output, "ready").unwrap();
    let mut step = 0_u32;
    for line in std::io::stdin().lines() {
        assert_eq!(line.unwrap(), "go");
        let begun = Instant::now();
        let before = step;
        while begun.elapsed() < TURN {
            step += 1;
            log_metric(&mut writer, step);
        }
        let (commits, took) = (step - before, begun.elapsed().as_micros());
        let [waits, waited] = [&WAITS, &WAITED].map(|counter| counter.swap(0, Ordering::Relaxed));
        writeln!(output, "{commits} {took} {waits} {waited}").unwrap();
    }
}

/// How often, and for how many microseconds, the writer waited for a lock.
static WAITS: AtomicU64 = AtomicU64::new(0);
static WAITED: AtomicU64 = AtomicU64::new(0);

/// Waits as SQLite's own `busy_timeout` does (`sqliteDefaultBusyCallback`), and counts it.
fn wait(before: i32) -> bool {
    const MILLISECONDS: [u64; 12] = [1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100];
    let begun = Instant::now();
    let at = usize::try_from(before).map_or(0, |at| at.min(MILLISECONDS.len() - 1));
    // Nobody unparks it.
    std::thread::park_timeout(Duration::from_millis(MILLISECONDS[at]));
    WAITS.fetch_add(1, Ordering::Relaxed);
    WAITED.fetch_add(begun.elapsed().as_micros() as u64, Ordering::Relaxed);
    before < 200
}

/// What MLflow writes for one `log_metric`, in one transaction.
fn log_metric(writer: &mut Connection, step: u32) {
    let all = writer.transaction().unwrap();
    let insert = "INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan)
                  VALUES ('loss', 0.5, ?1, ?2, ?1, 0)";
    all.execute(insert, (step, RUN)).unwrap();
    let latest = "INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid)
                  VALUES ('loss', 0.5, ?1, ?1, 0, ?2)
                  ON CONFLICT (key, run_uuid) DO UPDATE SET value = 0.5, timestamp = ?1, step = ?1";
    all.execute(latest, (step, RUN)).unwrap();
    all.commit().unwrap();
}

/// What the writer tells of some commits.
#[derive(Clone, Copy, Debug, Default)]
struct Batch {
    commits: u64,
    took: Duration,
    /// How often it had to wait for a lock, and how long in all.
    waits: u64,
    waited: Duration,
}

/// The other process.
struct Writer {
    child: Child,
    input: ChildStdin,
    answers: Receiver<String>,
}

impl Batch {
    /// Commits a second.
    fn rate(&self) -> f64 {
        self.commits as f64 / self.took.as_secs_f64()
    }
}

impl Writer {
    fn start(store: &Path, mode: &str) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["write", &store.to_string_lossy(), mode])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (send, answers) = sync_channel(4);
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if send.send(line).is_err() {
                    break;
                }
            }
        });
        let writer = Self { child, input, answers };
        assert_eq!(writer.answers.recv().unwrap(), "ready");
        writer
    }

    /// One batch, while the window lives.
    fn batch(&mut self, window: &mut Window) -> Batch {
        writeln!(self.input, "go").unwrap();
        loop {
            window.live();
            let answer = match self.answers.recv_timeout(FRAME) {
                Ok(answer) => answer,
                Err(RecvTimeoutError::Timeout) => continue,
                Err(RecvTimeoutError::Disconnected) => panic!("the writer ended"),
            };
            let mut numbers = answer.split(' ').map(|word| word.parse().unwrap());
            let mut next = || numbers.next().unwrap();
            let (commits, took) = (next(), Duration::from_micros(next()));
            return Batch { commits, took, waits: next(), waited: Duration::from_micros(next()) };
        }
    }

    fn end(mut self) {
        drop(self.input);
        assert!(self.child.wait().unwrap().success());
    }
}

/// Goes somewhere, and lives there for a third of a second while the writer, who was not asked, says nothing.
fn go(window: &mut Window, location: Location, writer: &Writer) {
    window.go(location);
    for _ in 0..20 {
        window.live();
        assert_eq!(writer.answers.recv_timeout(FRAME), Err(RecvTimeoutError::Timeout));
    }
}

fn watched(what: &str, original: &Path, mode: &str) {
    // Beside the large store, which may be on another disk than the system's own folder.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let store = folder.path().join("mlflow.db");
    std::fs::copy(original, &store).unwrap();
    let mut writer = Writer::start(&store, mode);
    let mut window = Window::open();
    let in_sight = window::store(&store, vec![RUN.to_owned()], &["loss"]);
    writer.batch(&mut window);
    let mut pairs = Vec::new();
    let mut seen = 0;
    for pair in 0..PAIRS {
        let mut batches = [Batch::default(); 2];
        for turn in 0..2 {
            // Who begins changes from pair to pair.
            let is_watched = (pair + turn) % 2 == 1;
            let place = if is_watched { in_sight.clone() } else { Location::Home(None) };
            go(&mut window, place, &writer);
            batches[usize::from(is_watched)] = writer.batch(&mut window);
            if is_watched {
                let points = window.points();
                assert!(points > seen, "the watch sees what is written: {points} points after {seen}");
                seen = points;
            }
        }
        pairs.push(batches);
    }
    writer.end();
    let mut ratios: Vec<f64> = pairs.iter().map(|[alone, watched]| watched.rate() / alone.rate()).collect();
    let [low, median, high] = likely_median(&mut ratios);
    let what = format!("throughput of a watched writer, {what}, journal {mode}");
    row(&what, &format!("{median:.3} × ({low:.3} to {high:.3})"), "0.98 ×", median >= 0.98);
    for (who, at) in [("alone", 0), ("watched", 1)] {
        let all = pairs.iter().map(|batches| batches[at]);
        let (took, waited): (Duration, Duration) =
            (all.clone().map(|batch| batch.took).sum(), all.clone().map(|batch| batch.waited).sum());
        let share = 100.0 * waited.as_secs_f64() / took.as_secs_f64();
        let waits: u64 = all.clone().map(|batch| batch.waits).sum();
        let commits = all.map(|batch| batch.commits).sum::<u64>() as f64 / took.as_secs_f64();
        let seen = format!("{share:.2} %, {waits} times, {commits:.0} commits/s");
        figure(&format!("… waiting for a lock, {who}"), &seen);
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, word, store, mode] = arguments.as_slice()
        && word == "write"
    {
        return write(Path::new(store), mode);
    }
    for mode in ["delete", "wal"] {
        watched("28 runs", Path::new("tests/fixtures/mlflow/mlflow3.db"), mode);
    }
    if arguments.iter().any(|word| word == "big") {
        let store = store::big();
        for mode in ["delete", "wal"] {
            watched(&format!("{} runs", store::RUNS), &store, mode);
        }
    }
}

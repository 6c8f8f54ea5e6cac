//! What `runs watch` costs a real client: `MLflow` logs single metrics and batches of 1,000 while its store is watched by
//! the built program and while it is not, in turns, over a rollback journal and a write-ahead log, two minutes each;
//! and how long after its commit a step is told. Then an Optuna study runs beside the watch.
//!
//! `-- SECONDS` takes another time for each; `-- window` watches by the program's window instead of its command.

#![expect(clippy::unwrap_used, reason = "a bench that cannot start says so by failing")]
#![expect(clippy::disallowed_methods, reason = "a thread reads what the other process says")]

mod support;

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use rusqlite::Connection;
use serde_json::{Value, json};
use support::window::{self, Window};
use support::{figure, likely_median, not_run, row, shown};

/// How long each journal is measured.
const TIME: Duration = Duration::from_mins(2);
/// A kind of call, and how many of them take about a third of a second: a busy machine gives single turns any ratio, so
/// that there must be many.
const KINDS: [(&str, u32); 2] = [("single", 60), ("batch", 3)];
/// Every step is told within this time of its commit.
const TOLD_WITHIN: Duration = Duration::from_millis(200);
/// Nothing that is waited for takes longer.
const LONGEST: Duration = Duration::from_mins(1);
const TRIALS: u32 = 300;

/// A virtual environment that `.ci/install-peers` makes.
fn python(peer: &str) -> Result<PathBuf, String> {
    let root = std::env::var_os("MLOPS_ATLAS_PEERS").map_or_else(
        || Path::new(&std::env::var_os("HOME").unwrap_or_default()).join(".cache/mlops-atlas-peers"),
        PathBuf::from,
    );
    let python = root.join(peer).join("bin/python");
    let why = format!("{} is not there: .ci/install-peers makes it", python.display());
    python.is_file().then_some(python).ok_or(why)
}

/// A real client in a process of its own, which does what it is told and answers in lines of JSON.
struct Client {
    child: Child,
    input: Option<ChildStdin>,
    answers: Receiver<Value>,
}

impl Client {
    fn start(python: &Path, script: &str, arguments: &[&str]) -> Self {
        let mut child = Command::new(python)
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/support").join(script))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take(), child.stdout.take().unwrap());
        let (send, answers) = sync_channel(4);
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if send.send(serde_json::from_str(&line).unwrap()).is_err() {
                    break;
                }
            }
        });
        Self { child, input, answers }
    }

    fn answer(&self) -> Value {
        self.answers.recv_timeout(LONGEST).expect("the client answers")
    }

    fn asked(&mut self, demand: &str) -> Value {
        writeln!(self.input.as_mut().unwrap(), "{demand}").unwrap();
        self.answer()
    }

    fn end(mut self) {
        drop(self.input.take());
        assert!(self.child.wait().unwrap().success(), "the client ended well");
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // It has ended, unless the bench failed.
        drop(self.child.kill());
    }
}

/// When each step was seen first.
#[derive(Default)]
struct Seen {
    steps: Mutex<BTreeMap<i64, SystemTime>>,
    came: Condvar,
}

impl Seen {
    /// Waits for a step, so long at most: when it was seen.
    fn of(&self, step: i64, limit: Duration) -> Option<SystemTime> {
        let steps = self.steps.lock().unwrap();
        let waited = self.came.wait_timeout_while(steps, limit, |steps| !steps.contains_key(&step));
        waited.unwrap().0.get(&step).copied()
    }
}

/// The step of a line about a point of the run's `loss`. Looked for, not parsed: this bench shares the machine with the
/// writer.
fn step_of(line: &str, run: &str) -> Option<i64> {
    let is_own =
        line.contains(r#""event":"point""#) && line.contains(r#""metric":"loss""#) && line.contains(run);
    let (_, step) = line.split_once(r#""step":"#).filter(|_| is_own)?;
    step.split([',', '}']).next()?.parse().ok()
}

/// A process that watches a store and prints what comes. It is killed when this goes away.
struct Watcher {
    child: Child,
    seen: Arc<Seen>,
}

impl Watcher {
    fn start(store: &Path, run: &str, in_window: bool) -> Self {
        let mut command = if in_window {
            let mut command = Command::new(std::env::current_exe().unwrap());
            command.arg("watch").arg(store).arg(run);
            command
        } else {
            let mut command = Command::new(env!("CARGO_BIN_EXE_mlops-atlas"));
            command.args(["runs", "watch"]).arg(store);
            command
        };
        let home = store.parent().unwrap().join("profile");
        let mut child = command
            .env("MLOPS_ATLAS_HOME", home)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (output, run) = (child.stdout.take().unwrap(), run.to_owned());
        let seen = Arc::new(Seen::default());
        let told = Arc::clone(&seen);
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let now = SystemTime::now();
                if let Some(step) = step_of(&line, &run) {
                    told.steps.lock().unwrap().entry(step).or_insert(now);
                    told.came.notify_all();
                }
            }
        });
        Self { child, seen }
    }

    /// How long its threads were on a processor so far; zero where the system does not tell.
    fn on_cpu(&self) -> Duration {
        let folder = format!("/proc/{}/task", self.child.id());
        let threads = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let times = threads.filter_map(|thread| {
            let text = std::fs::read_to_string(thread.path().join("schedstat")).ok()?;
            text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
        });
        times.sum()
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// The last steps of the calls that an answer tells of, and when each call had returned.
fn steps(answer: &Value) -> Vec<(i64, SystemTime)> {
    let pair = |pair: &Value| {
        let nanoseconds = pair[1].as_u64().unwrap();
        (pair[0].as_i64().unwrap(), UNIX_EPOCH + Duration::from_nanos(nanoseconds))
    };
    answer["steps"].as_array().unwrap().iter().map(pair).collect()
}

fn errors(answer: &Value) -> Vec<String> {
    answer["errors"].as_array().unwrap().iter().map(Value::to_string).collect()
}

/// What some turns with and without a watch gave.
#[derive(Default)]
struct Turns {
    /// Throughput watched, as a part of that unwatched.
    ratios: Vec<f64>,
    /// From a call's return to its line.
    delays: Vec<Duration>,
    /// How long the watched turns took, and how long the watch was on a processor meanwhile.
    watched: Duration,
    on_cpu: Duration,
}

impl Turns {
    /// One turn of each, in an order that changes.
    fn add(
        &mut self,
        client: &mut Client,
        demand: &str,
        watch: impl Fn() -> Watcher,
        is_watched_first: bool,
    ) -> Vec<String> {
        let (mut took, mut failed) = ([0.0; 2], Vec::new());
        for is_watched in [is_watched_first, !is_watched_first] {
            let watcher = is_watched.then(&watch);
            // Both turns begin in the same way: by a step; the watch is at work when it tells one.
            for _ in 0..LONGEST.as_secs() {
                let first = client.asked("single 1");
                failed.extend(errors(&first));
                let Some(watcher) = &watcher else { break };
                let step = steps(&first).last().map(|(step, _)| *step);
                if step.and_then(|step| watcher.seen.of(step, Duration::from_secs(1))).is_some() {
                    break;
                }
            }
            let before = watcher.as_ref().map(Watcher::on_cpu);
            let answer = client.asked(demand);
            took[usize::from(is_watched)] = answer["us"].as_f64().unwrap();
            failed.extend(errors(&answer));
            if let Some(watcher) = watcher {
                for (step, returned) in steps(&answer) {
                    let seen = watcher.seen.of(step, LONGEST).expect("every step is told");
                    // Told between the commit and the client's return is at once.
                    self.delays.push(seen.duration_since(returned).unwrap_or_default());
                }
                self.watched += Duration::from_micros(answer["us"].as_u64().unwrap());
                self.on_cpu += watcher.on_cpu().saturating_sub(before.unwrap_or_default());
            }
        }
        self.ratios.push(took[0] / took[1]);
        failed
    }

    fn tell(mut self, kind: &str, mode: &str) {
        self.delays.sort_unstable();
        let [low, median, high] = likely_median(&mut self.ratios);
        let what = format!("MLflow's client, {kind} calls, journal {mode}, watched");
        let seen = format!("{median:.3} × ({low:.3} to {high:.3})");
        row(&what, &seen, "0.98 ×", median >= 0.98);
        figure("… pairs of turns", &self.ratios.len().to_string());
        let share = 100.0 * self.on_cpu.as_secs_f64() / self.watched.as_secs_f64();
        figure("… processor time of the watch", &format!("{share:.1} % of one"));
        let at = |percent: usize| self.delays[(percent * self.delays.len() / 100).min(self.delays.len() - 1)];
        let [half, most, longest] = [at(50), at(95), at(100)];
        let seen = format!("{}, {}, {}", shown(half), shown(most), shown(longest));
        row("… a step is told after (half, 95 %, all)", &seen, "200 ms", longest < TOLD_WITHIN);
    }
}

fn watched(python: &Path, mode: &str, time: Duration, in_window: bool) {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("mlflow.db");
    std::fs::write(&store, std::fs::read("tests/fixtures/mlflow/mlflow3.db").unwrap()).unwrap();
    Connection::open(&store).unwrap().pragma_update(None, "journal_mode", mode).unwrap();
    let mut client = Client::start(python, "log_metrics.py", &[&store.to_string_lossy()]);
    let run = client.answer()["run"].as_str().unwrap().to_owned();
    let (mut kinds, mut failed) = (BTreeMap::<&str, Turns>::new(), Vec::new());
    let begun = Instant::now();
    let mut turn = 0;
    while begun.elapsed() < time || kinds.len() < KINDS.len() {
        let (kind, calls) = KINDS[turn % KINDS.len()];
        let watch = || Watcher::start(&store, &run, in_window);
        let is_watched_first = turn / KINDS.len() % 2 == 1;
        let turns = kinds.entry(kind).or_default();
        failed.extend(turns.add(&mut client, &format!("{kind} {calls}"), watch, is_watched_first));
        turn += 1;
    }
    client.end();
    for (kind, turns) in kinds {
        turns.tell(kind, mode);
    }
    let seen = failed.first().map_or_else(|| "0".to_owned(), |first| format!("{}, as {first}", failed.len()));
    row(&format!("… errors of the client, journal {mode}"), &seen, "0", failed.is_empty());
}

/// An Optuna study beside the watch: every trial ends.
fn study(python: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("optuna.db");
    let arguments = [&*store.to_string_lossy(), &TRIALS.to_string()];
    let mut client = Client::start(python, "run_study.py", &arguments);
    client.answer();
    let mut watcher = Watcher::start(&store, "", false);
    let answer = client.asked("go");
    let is_watching = watcher.child.try_wait().unwrap().is_none();
    drop(watcher);
    client.end();
    if !is_watching {
        return not_run("an Optuna study that is watched", "runs watch ended before the study did");
    }
    let (states, failed) = (answer["states"].as_object().unwrap(), errors(&answer));
    let of = |state: &str| states.get(state).and_then(Value::as_u64).unwrap_or_default();
    let ended = of("COMPLETE") + of("PRUNED");
    let seen = failed.first().cloned().unwrap_or_else(|| format!("{ended} of {TRIALS} trials"));
    let all: u64 = states.values().filter_map(Value::as_u64).sum();
    let is_undisturbed = failed.is_empty() && ended == u64::from(TRIALS) && all == ended;
    row("an Optuna study that is watched ends", &seen, "all trials", is_undisturbed);
    let time = Duration::from_micros(answer["us"].as_u64().unwrap());
    figure("… after", &shown(time));
}

/// The child: the program's window over a store, which says what comes to `loss` as `runs watch` does.
fn in_window(store: &Path, run: &str) {
    let mut window = Window::open();
    window.go(window::store(store, vec![run.to_owned()], &["loss"]));
    let mut told = i64::MIN;
    loop {
        window.until_within(LONGEST, |window| !window.steps_after(told).is_empty());
        let mut output = std::io::stdout().lock();
        for step in window.steps_after(told) {
            let event = json!({"event": "point", "run": run, "metric": "loss", "step": step});
            // Nobody is left to be told when the output is closed.
            if writeln!(output, "{event}").is_err() {
                return;
            }
            told = told.max(step);
        }
    }
}

/// Whether the program has the command.
fn has_watch() -> bool {
    let help = Command::new(env!("CARGO_BIN_EXE_mlops-atlas")).args(["runs", "watch", "--help"]).output();
    help.is_ok_and(|output| output.status.success())
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [word, store, run] = words.as_slice()
        && word == "watch"
    {
        return in_window(Path::new(store), run);
    }
    let time = words.iter().find_map(|word| word.parse().ok()).map_or(TIME, Duration::from_secs);
    let is_window = words.iter().any(|word| word == "window");
    if !is_window && !has_watch() {
        return not_run("a real client that is watched", "the program has no command `runs watch`");
    }
    for mode in ["delete", "wal"] {
        match python("mlflow-3") {
            Ok(python) => watched(&python, mode, time, is_window),
            Err(why) => not_run(&format!("MLflow's client, journal {mode}, watched"), &why),
        }
    }
    match python("trackers") {
        _ if is_window => not_run("an Optuna study that is watched", "only by the command"),
        Ok(python) => study(&python),
        Err(why) => not_run("an Optuna study that is watched", &why),
    }
}

//! Reading `MLflow`'s SQLite: 2,000 runs and five million points, beside a bare loop over the same rows, Python's
//! `sqlite3` and `MLflow`'s own server; charts from a file that is not in memory, and how much memory all of it takes.
//!
//! `-- small` does the same over a few runs, to see that the bench works.

#![expect(clippy::unwrap_used, reason = "a bench that cannot start says so by failing")]

mod support;

use std::hint::black_box;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use mlops_atlas::address::Location;
use mlops_atlas::store::runs::cache::Cache;
use mlops_atlas::store::runs::{Change, Cursor, Known, open};
use rusqlite::{Connection, OpenFlags};
use support::store::{RUNS, big, gigabytes, length, let_go, run_id, small};
use support::window::{self, Window};
use support::{cpu_each, figure, in_turns, median, not_run, python, ratio, row, shown};

const ROUNDS: usize = 7;
/// The runs of one chart, from the first that has no long series.
const CHART: std::ops::Range<usize> = 11..111;

/// A store, and how much is in it.
struct Store {
    file: PathBuf,
    runs: usize,
    /// Points of `loss` of the longest run.
    long: usize,
    /// Points of `loss` of all runs.
    points: usize,
}

impl Store {
    fn of(is_small: bool) -> Self {
        let (file, runs, length): (_, _, fn(usize) -> usize) =
            if is_small { (small(), 200, |at| length(at) / 100 + 100) } else { (big(), RUNS, length) };
        Self { file, runs, long: length(0), points: (0..runs).map(length).sum() }
    }
}

/// The least that reads a series with rusqlite: one statement over one index, no slices, no care.
fn bare_series(file: &Path) -> usize {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let sql = "SELECT step, timestamp, value, is_nan FROM metrics INDEXED BY index_metrics_run_uuid_key_step
               WHERE run_uuid = ?1 AND key = ?2 ORDER BY step";
    let mut statement = connection.prepare(sql).unwrap();
    let read = |row: &rusqlite::Row<'_>| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, f64>(2)?, row.get::<_, bool>(3)?))
    };
    let rows: Vec<_> = statement.query_map((run_id(0), "loss"), read).unwrap().map(Result::unwrap).collect();
    black_box(&rows).len()
}

/// How long Python takes for the same, beside ours.
fn beside_python(ours: Duration, program: &str, arguments: &[&str]) {
    match python::time_of(ROUNDS, program, arguments) {
        Ok(python) => {
            let times = ratio(ours, python);
            let seen = format!("{times:.2} × {}", shown(python));
            row("… against Python's sqlite3", &seen, "1 ×", times <= 1.0);
        }
        Err(why) => not_run("… against Python's sqlite3", &why),
    }
}

fn series(store: &Store) {
    let (file, long) = (&store.file, run_id(0));
    let [ours, bare] = in_turns(
        ROUNDS,
        &mut [
            &mut || {
                let series = open(file).unwrap().series(&long, "loss").unwrap();
                assert_eq!(series.len(), store.long, "the bench reads everything");
            },
            &mut || assert_eq!(bare_series(file), store.long, "the bench reads everything"),
        ],
    );
    figure(&format!("{} points of one metric", store.long), &shown(ours));
    let times = ratio(ours, bare);
    row("… against a bare rusqlite loop", &format!("{times:.2} × {}", shown(bare)), "1.5 ×", times <= 1.5);
    beside_python(ours, python::SERIES, &[&file.to_string_lossy(), &long, &store.long.to_string()]);
}

fn listing(store: &Store) {
    let file = &store.file;
    let [ours] = in_turns(
        ROUNDS,
        &mut [&mut || {
            let (runs, _) = open(file).unwrap().runs(false).unwrap();
            assert_eq!(runs.runs.len(), store.runs, "the bench reads everything");
        }],
    );
    figure(&format!("{} runs of a store of {:.2} GB", store.runs, gigabytes(file)), &shown(ours));
    beside_python(ours, python::RUNS, &[&file.to_string_lossy(), &store.runs.to_string()]);
    match python::server(file, store.runs) {
        Ok(server) => {
            let times = ratio(server, ours);
            let seen = format!("{times:.0} × faster than {}", shown(server));
            row("… against MLflow's server", &seen, "50 ×", times >= 50.0);
        }
        Err(why) => not_run("… against MLflow's server", &why),
    }
}

/// What a new process of this bench answers.
fn child(what: &str, store: &Store) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([what, if store.runs == RUNS { "big" } else { "small" }]);
    let output = command.stderr(std::process::Stdio::inherit()).output().unwrap();
    assert!(output.status.success(), "{what} ended with {}", output.status);
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// The child: opens the store and reads a chart, and tells the microseconds since it began.
fn chart(store: &Store, begun: Instant) -> String {
    let mut reader = open(&store.file).unwrap();
    let points: usize = CHART
        .map(|at| reader.series(&run_id(at), "loss").unwrap().len())
        .inspect(|len| assert!(*len > 0))
        .sum();
    assert!(points >= CHART.len() * 100, "{points} points are not all");
    begun.elapsed().as_micros().to_string()
}

fn charts(store: &Store) {
    let took = |_: usize| Duration::from_micros(child("chart", store).parse().unwrap());
    let mut warm: Vec<Duration> = (0..ROUNDS).map(took).collect();
    figure("100 runs × 300 steps by a new process, file in memory", &shown(median(&mut warm)));
    let mut cold = Vec::new();
    for round in 0..ROUNDS {
        match let_go(&store.file) {
            Ok(()) => cold.push(took(round)),
            Err(why) => return not_run("… file not in memory", &why),
        }
    }
    let cold = median(&mut cold);
    row("… file not in memory", &shown(cold), "500 ms", cold < Duration::from_millis(500));
}

/// What was read once comes from the program's own file: the table, and the points.
fn second_opening(store: &Store) {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::at(folder.path());
    let opened = || cache.around(&store.file, open(&store.file).unwrap());
    let long = run_id(0);
    let mut reader = opened();
    let begun = Instant::now();
    assert_eq!(reader.runs(false).unwrap().0.runs.len(), store.runs);
    assert_eq!(reader.series(&long, "loss").unwrap().len(), store.long);
    figure("first opening: all runs, and the points of the longest series", &shown(begun.elapsed()));
    reader.settle();
    figure("… and kept", &shown(begun.elapsed()));
    drop(reader);
    let [table, points, drawn] = in_turns(
        ROUNDS,
        &mut [
            &mut || assert_eq!(opened().runs(false).unwrap().0.runs.len(), store.runs),
            &mut || assert_eq!(opened().series(&long, "loss").unwrap().len(), store.long),
            &mut || {
                let (curves, _) = opened().curves_of(&long, &["loss"], 50_000, &|| true).unwrap();
                assert_eq!(curves[0].0.points(), store.long);
            },
        ],
    );
    row("second opening: all runs", &shown(table), "50 ms", table < Duration::from_millis(50));
    figure("… all points of the longest series", &shown(points));
    figure("… the same, thinned to be drawn", &shown(drawn));
    let kept: u64 =
        std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len()).sum();
    let bytes = kept as f64 / store.long as f64;
    row("kept on disk, runs included, a point", &format!("{bytes:.1} bytes"), "36 bytes", bytes <= 36.0);
}

/// Memory of this process now, in bytes: a line of `/proc/self/status`.
fn memory(line: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let value = status.lines().find_map(|found| found.strip_prefix(line)?.strip_prefix(':'))?;
    value.trim().strip_suffix(" kB")?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

/// The child: the whole program at home, after listing, and with every run's `loss` drawn; tells the memory of each,
/// and the most there ever was.
fn grown(store: &Store) -> String {
    let resident = || memory("VmRSS").unwrap_or_default();
    let mut window = Window::open();
    window.go(Location::Home(None));
    // What is read while it opens is not the store's.
    window.until_within(Duration::from_secs(2), |_| false);
    let empty = resident();
    window.go(window::store(&store.file, Vec::new(), &["loss"]));
    assert!(window.until(|window| window.runs() == store.runs), "the runs are not listed");
    let listed = resident();
    let all = (0..store.runs).map(run_id).collect();
    window.go(window::store(&store.file, all, &["loss"]));
    let is_drawn = window.until_within(Duration::from_mins(10), |window| window.points() == store.points);
    let (drawn, points) = (resident(), window.points());
    assert!(is_drawn, "{points} of {} points are drawn", store.points);
    format!("{empty} {listed} {drawn} {points} {}", memory("VmHWM").unwrap_or_default())
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

fn memories(store: &Store) {
    if memory("VmRSS").is_none() {
        return not_run("memory", "only Linux tells it in /proc");
    }
    let answer = child("memory", store);
    let told: Vec<u64> = answer.split(' ').map(|word| word.parse().unwrap()).collect();
    let [empty, listed, drawn, points, most] = told.as_slice() else { unreachable!("{answer}") };
    figure("memory of the program before it opens a store", &megabytes(*empty));
    let more = listed.saturating_sub(*empty);
    row("… with all runs listed", &format!("+ {}", megabytes(more)), "+ 60 MB", more <= 60_000_000);
    // Four million points are held at most, the others are thinned; what the allocator keeps of reading them comes on top.
    const WINDOW: u64 = 4_000_000 * 40;
    let more = drawn.saturating_sub(*listed);
    let what = format!("… and {points} points of every run drawn, beside the listed runs");
    row(&what, &format!("+ {}", megabytes(more)), &format!("+ {}", megabytes(WINDOW)), more <= WINDOW);
    figure("… the most there ever was", &megabytes(*most));
    let program = env!("CARGO_BIN_EXE_mlops-atlas");
    let file = store.file.to_string_lossy();
    let peaks = python::peak_of(&[program, "--version"])
        .and_then(|idle| Ok((idle, python::peak_of(&[program, "runs", "list", &file, "--json"])?)));
    match peaks {
        Ok((idle, list)) => {
            let more = list.saturating_sub(idle);
            let seen = format!("{} + {}", megabytes(idle), megabytes(more));
            row("peak of `runs list --json` above `--version`", &seen, "+ 60 MB", more <= 60_000_000);
        }
        Err(why) => not_run("peak of `runs list --json` above `--version`", &why),
    }
}

/// What it costs to watch a store, in both ways in which SQLite keeps a file: a look that finds nothing, one that finds a
/// step of one of some series, and reading the table of runs again.
fn looks() {
    const LOOKS: u32 = 20_000;
    const STEPS: i64 = 300;
    for mode in ["delete", "wal"] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("mlflow.db");
        std::fs::write(&file, std::fs::read("tests/fixtures/mlflow/mlflow3.db").unwrap()).unwrap();
        let writer = Connection::open(&file).unwrap();
        writer.pragma_update(None, "journal_mode", mode).unwrap();
        writer.pragma_update(None, "synchronous", false).unwrap();
        // So that the log is there, as while a client is at work.
        writer.execute("UPDATE experiments SET name = name", []).unwrap();
        let mut reader = open(&file).unwrap();
        reader.changed();
        let time = cpu_each(ROUNDS, LOOKS, || assert!(!black_box(&mut reader).changed(), "nobody writes"));
        let what = format!("a look at a store that nobody writes, journal {mode}");
        row(&what, &shown(time), "20 µs", time < Duration::from_micros(20));

        let (set, _) = reader.runs(false).unwrap();
        let most = set.runs.iter().max_by_key(|run| run.metrics.len()).unwrap();
        let run = &most.id;
        let metrics: Vec<&str> =
            most.metrics.iter().map(|(key, _)| &*set.metric_keys[*key as usize]).collect();
        let (read, _) = reader.series_of(run, &metrics, &|| true).unwrap();
        let mut cursors: Vec<Cursor> = read.into_iter().map(|(_, cursor)| cursor).collect();
        let (mut found, mut tables) = (Vec::new(), Vec::new());
        for step in 0..STEPS {
            let insert = "INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan)
                          VALUES (?1, 0.5, ?2, ?3, ?2, 0)";
            writer.execute(insert, (metrics[0], 1_000_000 + step, &**run)).unwrap();
            let begun = Instant::now();
            assert!(reader.changed(), "a commit is seen");
            let known: Vec<Known<'_>> =
                metrics.iter().zip(&cursors).map(|(metric, cursor)| Known { run, metric, cursor }).collect();
            let news = reader.changes(&known, false, &|| true).unwrap();
            found.push(begun.elapsed());
            assert!(
                matches!(&news[0], Ok((Change::Added(points), _)) if points.len() == 1),
                "the step is found"
            );
            cursors = news.into_iter().map(|news| news.unwrap().1).collect();
            let begun = Instant::now();
            assert_eq!(reader.runs(false).unwrap().0.runs.len(), set.runs.len());
            tables.push(begun.elapsed());
        }
        figure(
            &format!("… that finds a step of one of {} series", metrics.len()),
            &shown(median(&mut found)),
        );
        figure(&format!("… its table of {} runs again", set.runs.len()), &shown(median(&mut tables)));
    }
}

fn main() {
    let begun = Instant::now();
    let words: Vec<String> = std::env::args().skip(1).collect();
    let store = || Store::of(words.iter().any(|word| word == "small"));
    let answer = match words.first().map(String::as_str) {
        Some("chart") => chart(&store(), begun),
        Some("memory") => grown(&store()),
        _ => {
            looks();
            let store = store();
            series(&store);
            listing(&store);
            charts(&store);
            second_opening(&store);
            return memories(&store);
        }
    };
    let mut output = std::io::stdout();
    writeln!(output, "{answer}").unwrap();
}

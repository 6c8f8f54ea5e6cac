//! Reading MLflow's SQLite beside a bare loop over the same rows, Python's `sqlite3`, and MLflow's own server.

#![expect(clippy::unwrap_used, reason = "a bench that cannot start says so by failing")]

mod support;

use std::hint::black_box;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use mlops_atlas::store::runs::open;
use rusqlite::{Connection, OpenFlags};
use support::store::{LONG_RUN, gigabytes, long_series, many_runs, python_seconds};
use support::{figure, in_turns, not_run, ratio, row, shown};

const ROUNDS: usize = 7;

/// Reads one metric as a person would in a script, and prints the seconds.
const PYTHON_SERIES: &str = "
import sqlite3, sys, time
begun = time.perf_counter()
connection = sqlite3.connect('file:' + sys.argv[1] + '?mode=ro', uri=True)
rows = connection.execute('SELECT step, timestamp, value, is_nan FROM metrics WHERE run_uuid = ? AND key = ? ORDER BY step', (sys.argv[2], 'loss')).fetchall()
assert len(rows) == 1000000
print(time.perf_counter() - begun)
";

/// Reads all runs with their latest metrics, parameters and tags into dictionaries, and prints the seconds.
const PYTHON_RUNS: &str = "
import sqlite3, sys, time
begun = time.perf_counter()
connection = sqlite3.connect('file:' + sys.argv[1] + '?mode=ro', uri=True)
runs = {r[0]: {'row': r, 'metrics': {}, 'params': {}, 'tags': {}} for r in connection.execute(\"SELECT run_uuid, name, status, start_time, end_time, experiment_id FROM runs WHERE lifecycle_stage = 'active'\")}
for run, key, value in connection.execute('SELECT run_uuid, key, value FROM latest_metrics'):
    runs[run]['metrics'][key] = value
for table in ('params', 'tags'):
    for run, key, value in connection.execute('SELECT run_uuid, key, value FROM ' + table):
        runs[run][table][key] = value
assert len(runs) == 2000
print(time.perf_counter() - begun)
";

/// Asks MLflow's server for all runs, page by page, and prints the seconds.
const PYTHON_SERVER: &str = "
import json, sys, time, urllib.request
begun = time.perf_counter()
runs, token = 0, None
while True:
    body = {'experiment_ids': ['0'], 'max_results': 1000}
    if token: body['page_token'] = token
    request = urllib.request.Request(sys.argv[1] + '/api/2.0/mlflow/runs/search', json.dumps(body).encode(), {'Content-Type': 'application/json'})
    answer = json.load(urllib.request.urlopen(request))
    runs += len(answer.get('runs', []))
    token = answer.get('next_page_token')
    if not token: break
assert runs == 2000, runs
print(time.perf_counter() - begun)
";

/// The least that reads a series with rusqlite: one statement over one index, no slices, no care.
fn bare_series(file: &Path) -> usize {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let sql = "SELECT step, timestamp, value, is_nan FROM metrics INDEXED BY index_metrics_run_uuid_key_step
               WHERE run_uuid = ?1 AND key = ?2 ORDER BY step";
    let mut statement = connection.prepare(sql).unwrap();
    let read = |row: &rusqlite::Row<'_>| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, f64>(2)?, row.get::<_, bool>(3)?))
    };
    let rows: Vec<_> = statement.query_map((LONG_RUN, "loss"), read).unwrap().map(Result::unwrap).collect();
    black_box(&rows).len()
}

/// The median of Python's own measurements.
fn python(program: &str, arguments: &[&str]) -> Result<Duration, String> {
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        times.push(Duration::from_secs_f64(python_seconds(program, "python3", arguments)?));
    }
    Ok(support::median(&mut times))
}

/// How long Python takes for the same, beside ours.
fn beside_python(ours: Duration, program: &str, arguments: &[&str]) {
    match python(program, arguments) {
        Ok(python) => {
            let times = ratio(ours, python);
            row(
                "… against Python's sqlite3",
                &format!("{times:.2} × {}", shown(python)),
                "1 ×",
                times <= 1.0,
            );
        }
        Err(why) => not_run("… against Python's sqlite3", &why),
    }
}

fn series() {
    let file = long_series();
    let [ours, bare] = in_turns(
        ROUNDS,
        &mut [
            &mut || {
                let series = open(&file).unwrap().series(LONG_RUN, "loss").unwrap();
                assert_eq!(series.len(), 1_000_000, "the bench reads everything");
            },
            &mut || assert_eq!(bare_series(&file), 1_000_000, "the bench reads everything"),
        ],
    );
    figure("1e6 points of one metric", &shown(ours));
    let times = ratio(ours, bare);
    row("… against a bare rusqlite loop", &format!("{times:.2} × {}", shown(bare)), "1.5 ×", times <= 1.5);
    beside_python(ours, PYTHON_SERIES, &[&file.to_string_lossy(), LONG_RUN]);
}

fn listing() {
    let file = many_runs();
    let [ours] = in_turns(
        ROUNDS,
        &mut [&mut || {
            let (runs, _) = open(&file).unwrap().runs(false).unwrap();
            assert_eq!(runs.runs.len(), 2_000, "the bench reads everything");
        }],
    );
    figure(&format!("2,000 runs of a store of {:.2} GB", gigabytes(&file)), &shown(ours));
    beside_python(ours, PYTHON_RUNS, &[&file.to_string_lossy()]);
    match server(&file) {
        Ok(server) => {
            let times = ratio(server, ours);
            let seen = format!("{times:.0} × faster than {}", shown(server));
            row("… against MLflow's server", &seen, "50 ×", times >= 50.0);
        }
        Err(why) => not_run("… against MLflow's server", &why),
    }
}

/// How long MLflow's server takes for the same runs: the middle of three, after one to warm up.
/// `MLOPS_ATLAS_MLFLOW` names its program (of `pip install mlflow==3.17.2`, which reads the store's schema).
fn server(file: &Path) -> Result<Duration, String> {
    let mlflow = std::env::var("MLOPS_ATLAS_MLFLOW")
        .map_err(|error| format!("MLOPS_ATLAS_MLFLOW is to name the mlflow program ({error})"))?;
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .map_err(|error| error.to_string())?
        .port()
        .to_string();
    let store = format!("sqlite:///{}", file.display());
    let mut server = Command::new(&mlflow)
        .args(["server", "--backend-store-uri", &store, "--port", &port, "--workers", "1"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{mlflow} could not be started ({error})"))?;
    // The server's own word that it is there. What it says to a dozen requests fits into the pipe.
    let mut lines = BufReader::new(server.stderr.take().unwrap()).lines().map_while(Result::ok);
    let up = lines.any(|line| line.contains("startup complete"));
    let answer = if up {
        let address = format!("http://127.0.0.1:{port}");
        (0..4)
            .map(|_| python_seconds(PYTHON_SERVER, "python3", &[&address]).map(Duration::from_secs_f64))
            .collect::<Result<Vec<_>, _>>()
            .map(|mut times| support::median(&mut times[1..]))
    } else {
        Err("the server ended before it answered".to_owned())
    };
    drop(server.kill());
    drop(server.wait());
    answer
}

fn main() {
    series();
    listing();
}

//! What others take for the same rows: short programs for Python's own `sqlite3`, and `MLflow`'s server.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::median;

/// Reads one metric as a person would in a script, and prints the seconds. Store, run and number of points.
pub const SERIES: &str = "
import sqlite3, sys, time
begun = time.perf_counter()
connection = sqlite3.connect('file:' + sys.argv[1] + '?mode=ro', uri=True)
rows = connection.execute('SELECT step, timestamp, value, is_nan FROM metrics WHERE run_uuid = ? AND key = ? ORDER BY step', (sys.argv[2], 'loss')).fetchall()
assert len(rows) == int(sys.argv[3]), len(rows)
print(time.perf_counter() - begun)
";

/// Reads all runs with their latest metrics, parameters and tags into dictionaries, and prints the seconds. Store and
/// number of runs.
pub const RUNS: &str = "
import sqlite3, sys, time
begun = time.perf_counter()
connection = sqlite3.connect('file:' + sys.argv[1] + '?mode=ro', uri=True)
runs = {r[0]: {'row': r, 'metrics': {}, 'params': {}, 'tags': {}} for r in connection.execute(\"SELECT run_uuid, name, status, start_time, end_time, experiment_id FROM runs WHERE lifecycle_stage = 'active'\")}
for run, key, value in connection.execute('SELECT run_uuid, key, value FROM latest_metrics'):
    runs[run]['metrics'][key] = value
for table in ('params', 'tags'):
    for run, key, value in connection.execute('SELECT run_uuid, key, value FROM ' + table):
        runs[run][table][key] = value
assert len(runs) == int(sys.argv[2]), len(runs)
print(time.perf_counter() - begun)
";

/// Asks `MLflow`'s server for all runs, page by page, and prints the seconds. Address and number of runs.
const SERVER: &str = "
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
assert runs == int(sys.argv[2]), runs
print(time.perf_counter() - begun)
";

/// Runs a program and prints the most memory that it had, in kB.
const PEAK: &str = "
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
";

/// What a short program in Python prints, as a number; the reason where there is no Python or it fails.
fn number(program: &str, arguments: &[&str]) -> Result<f64, String> {
    let output = Command::new("python3")
        .args(["-c", program])
        .args(arguments)
        .output()
        .map_err(|error| format!("python3 could not be started ({error})"))?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(text.lines().last().unwrap_or("Python failed").to_owned());
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.trim().parse().map_err(|error| format!("Python answered {text:?} ({error})"))
}

/// How long a program took by its own word: the median of some rounds.
pub fn time_of(rounds: usize, program: &str, arguments: &[&str]) -> Result<Duration, String> {
    let times = (0..rounds).map(|_| number(program, arguments).map(Duration::from_secs_f64));
    times.collect::<Result<Vec<_>, _>>().map(|mut times| median(&mut times))
}

/// The most memory that a command had, in bytes.
pub fn peak_of(command: &[&str]) -> Result<u64, String> {
    number(PEAK, command).map(|kilobytes| kilobytes as u64 * 1024)
}

/// How long `MLflow`'s server takes for all runs of a store: the middle of three, after one to warm up.
/// `MLOPS_ATLAS_MLFLOW` names its program (of `pip install mlflow==3.17.2`, which reads the store's schema).
pub fn server(file: &Path, runs: usize) -> Result<Duration, String> {
    let mlflow = std::env::var("MLOPS_ATLAS_MLFLOW")
        .map_err(|error| format!("MLOPS_ATLAS_MLFLOW is to name the mlflow program ({error})"))?;
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .map_err(|error| error.to_string())?
        .port()
        .to_string();
    let store = format!("sqlite:///{}", file.display());
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut command = Command::new(&mlflow);
    command
        .args(["server", "--backend-store-uri", &store, "--port", &port, "--workers", "1"])
        // What it puts beside itself goes away with the folder.
        .current_dir(folder.path())
        .env("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false")
        .env("MLFLOW_DISABLE_TELEMETRY", "true")
        .env("DO_NOT_TRACK", "true")
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    // Its worker is a process of its own, which goes on where only the first is killed.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut server = command.spawn().map_err(|error| format!("{mlflow} could not be started ({error})"))?;
    // The server's own word that it is there. What it says to a dozen requests fits into the pipe.
    let Some(said) = server.stderr.take() else { return Err("the server has no stderr".to_owned()) };
    let mut lines = BufReader::new(said).lines().map_while(Result::ok);
    let is_up = lines.any(|line| line.contains("startup complete"));
    let answer = if is_up {
        let address = format!("http://127.0.0.1:{port}");
        let arguments = [address.as_str(), &runs.to_string()];
        time_of(1, SERVER, &arguments).and_then(|_warm| time_of(3, SERVER, &arguments))
    } else {
        Err("the server ended before it answered".to_owned())
    };
    // Where there are no groups, there is no such program either.
    drop(Command::new("kill").args(["-KILL", "--", &format!("-{}", server.id())]).status());
    drop(server.kill());
    drop(server.wait());
    answer
}

//! Reading event files beside TensorBoard's own Rust data server at the same work: all points of eleven runs.

#![expect(clippy::unwrap_used, reason = "a bench that cannot start says so by failing")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use mlops_atlas::store::runs::open;
use support::logs::{runs, two_million_points};
use support::{figure, in_turns, median, not_run, ratio, row, shown};

const ROUNDS: usize = 7;

/// The server takes up to half a minute.
const SERVER_ROUNDS: usize = 3;

/// Opens the folder, lists its runs, reads every series.
fn everything(folder: &Path) -> usize {
    let mut store = open(folder).unwrap();
    let (set, problems) = store.runs(false).unwrap();
    assert!(problems.is_empty(), "the bench reads everything");
    let points = set.runs.iter().map(|run| store.series(&run.id, "loss").unwrap().len());
    points.sum()
}

/// The Python that has TensorBoard and its data server.
fn python() -> PathBuf {
    let home = || Path::new(&std::env::var_os("HOME").unwrap_or_default()).join(".cache/mlops-atlas-peers");
    let root = std::env::var_os("MLOPS_ATLAS_PEERS").map_or_else(home, PathBuf::from);
    root.join("trackers/bin/python")
}

/// How long the data server takes until it has all and until it has handed all out, keeping so many points of a series.
fn server(folder: &Path, samples: u32) -> Result<[Duration; 2], String> {
    let python = python();
    let steps = runs().map(|(run, count)| format!("{run}={}", count - 1));
    let arguments: Vec<String> =
        [folder.display().to_string(), samples.to_string()].into_iter().chain(steps).collect();
    let once = || -> Result<[Duration; 2], String> {
        let output = Command::new(&python)
            .args(["-c", include_str!("support/data_server.py")])
            .args(&arguments)
            .output()
            .map_err(|error| format!("{} could not be started ({error})", python.display()))?;
        if !output.status.success() {
            let text = String::from_utf8_lossy(&output.stderr).into_owned();
            return Err(text.lines().last().unwrap_or("Python failed").to_owned());
        }
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let mut seconds = text.split_whitespace().map(|word| word.parse().map(Duration::from_secs_f64));
        match (seconds.next(), seconds.next()) {
            (Some(Ok(loaded)), Some(Ok(whole))) => Ok([loaded, whole]),
            _ => Err(format!("Python answered {text:?}")),
        }
    };
    let times = (0..SERVER_ROUNDS).map(|_| once()).collect::<Result<Vec<_>, _>>()?;
    Ok([0, 1].map(|at| median(&mut times.iter().map(|times| times[at]).collect::<Vec<_>>())))
}

fn main() {
    let folder = two_million_points();
    let [ours] = in_turns(
        ROUNDS,
        &mut [&mut || assert_eq!(everything(&folder), 2_000_000, "the bench reads everything")],
    );
    figure("2e6 points of eleven runs, listed and read", &shown(ours));
    match server(&folder, 1_100_000) {
        Ok([loaded, whole]) => {
            let times = ratio(loaded, ours);
            let seen = format!("{times:.1} × faster than {}", shown(loaded));
            row("… against TensorBoard's data server, all points kept", &seen, "2 ×", times >= 2.0);
            figure("… which it hands out only after", &shown(whole));
        }
        Err(why) => not_run("… against TensorBoard's data server, all points kept", &why),
    }
    match server(&folder, 1_000) {
        Ok([loaded, _]) => {
            let times = ratio(loaded, ours);
            let seen = format!("{times:.1} × faster than {}", shown(loaded));
            row("… against the same with 1,000 points of each series", &seen, "1 ×", times >= 1.0);
        }
        Err(why) => not_run("… against the same with 1,000 points of each series", &why),
    }
}

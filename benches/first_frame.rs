//! From the start of the process to the end of its first interface pass, beside the least eframe window; then
//! what the program does and holds while nobody touches it. Needs Xvfb, and the example built in release.

#![expect(clippy::unwrap_used, reason = "a bench that cannot start says so by failing")]

mod support;

use std::io::{BufRead as _, BufReader, Lines};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use support::{median, not_run, ratio, row, shown};

const STARTS: usize = 11;
/// How long nobody touches the program.
const REST: Duration = Duration::from_secs(10);
/// By then a start has come to rest.
const SETTLED: Duration = Duration::from_secs(5);

/// An X server of the bench's own.
struct Display {
    server: Child,
    name: String,
}

impl Display {
    fn open() -> Result<Self, String> {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp"])
            // Else it starts anew whenever its last window closes, and refuses the next one meanwhile.
            .arg("-noreset")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("Xvfb could not be started ({error})"))?;
        let mut line = String::new();
        BufReader::new(server.stdout.take().unwrap())
            .read_line(&mut line)
            .map_err(|error| error.to_string())?;
        let name = format!(":{}", line.trim());
        if name == ":" {
            drop(server.wait());
            return Err("Xvfb ended before it had a display".to_owned());
        }
        Ok(Self { server, name })
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        drop(self.server.kill());
        drop(self.server.wait());
    }
}

/// A program in its window, and what it says.
struct Window {
    program: Child,
    lines: Lines<BufReader<ChildStderr>>,
}

impl Window {
    /// Starts it and waits until it has drawn once: the window, and how long that took.
    fn open(program: &Path, display: &Display, home: &Path, arguments: &[&str]) -> (Self, Duration) {
        let begun = Instant::now();
        let mut program = Command::new(program)
            .args(arguments)
            .current_dir(home)
            .env("DISPLAY", &display.name)
            .env_remove("WAYLAND_DISPLAY")
            .env("MLOPS_ATLAS_HOME", home)
            .env("MLOPS_ATLAS_LOG", "mlops_atlas=trace")
            .env("NO_COLOR", "1")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(program.stderr.take().unwrap()).lines();
        let drawn = lines.by_ref().map_while(Result::ok).any(|line| line.contains("first frame"));
        assert!(drawn, "the program ended before it drew anything");
        (Self { program, lines }, begun.elapsed())
    }

    /// Resident memory in MB, as Linux tells it.
    fn megabytes(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.program.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1024.0)
    }

    /// Ends it, and returns what it said since it had drawn once.
    fn close(mut self) -> Vec<String> {
        drop(self.program.kill());
        drop(self.program.wait());
        self.lines.map_while(Result::ok).collect()
    }
}

/// Passes that the log tells of after a moment; its lines begin with their time.
fn passes_since(lines: &[String], moment: Timestamp) -> usize {
    let time = |line: &str| line.split_whitespace().next().and_then(|word| word.parse::<Timestamp>().ok());
    let passes = lines.iter().filter(|line| line.contains("interface pass"));
    let times: Vec<Timestamp> = passes.map(|line| time(line).unwrap()).collect();
    assert!(!times.is_empty(), "the log tells of no pass at all");
    times.into_iter().filter(|time| *time > moment).count()
}

fn main() {
    let ours = PathBuf::from(env!("CARGO_BIN_EXE_mlops-atlas"));
    let empty = ours.parent().unwrap().join("examples/empty_window");
    let display = match Display::open() {
        Ok(display) if empty.exists() => display,
        Ok(_) => return not_run("first frame", "build the example: cargo build --release --examples"),
        Err(why) => return not_run("first frame", &why),
    };
    let home = tempfile::tempdir().unwrap();
    let address = ["atlas:landscape"];
    let start = |program: &Path, arguments: &[&str]| {
        let (window, time) = Window::open(program, &display, home.path(), arguments);
        window.close();
        time
    };
    // The first start of each reads the files from disk and is not counted.
    let (mut own, mut least): (Vec<_>, Vec<_>) =
        (0..=STARTS).map(|_| (start(&ours, &address), start(&empty, &[]))).skip(1).unzip();
    let (own, least) = (median(&mut own), median(&mut least));
    let times = ratio(own, least);
    let seen = format!("{times:.2} × {} ({})", shown(least), shown(own));
    row("first frame, with the tool table", &seen, "1.15 ×", times <= 1.15);

    at_rest(&ours, &empty, &display, home.path());
}

/// Lets time pass: rest is what is measured, so there is nothing to wait for.
fn rest(time: Duration) {
    let (_keep, never) = std::sync::mpsc::sync_channel::<()>(0);
    never.recv_timeout(time).unwrap_err();
}

/// What the program does and holds while nobody touches it.
fn at_rest(ours: &Path, empty: &Path, display: &Display, home: &Path) {
    let (window, _) = Window::open(ours, display, home, &["atlas:landscape"]);
    rest(SETTLED);
    let memory = window.megabytes();
    let settled = Timestamp::now();
    rest(REST);
    let more = passes_since(&window.close(), settled);
    row("passes in 10 s that nobody touches it", &more.to_string(), "0", more == 0);
    let (window, _) = Window::open(empty, display, home, &[]);
    rest(SETTLED);
    match (memory, window.megabytes()) {
        (Some(memory), Some(least)) => {
            let seen = format!("{memory:.0} MB, {least:.0} MB of them empty");
            row("memory at rest", &seen, "+ 100 MB", memory <= least + 100.0);
        }
        _ => not_run("memory at rest", "this system has no /proc"),
    }
    window.close();
}

//! Timing and printing shared by the benches: medians of works that take turns, each beside its budget.

#![allow(dead_code, clippy::allow_attributes, reason = "every bench is a crate of its own and uses a part")]

pub mod content;
pub mod dagre;
pub mod logs;
pub mod python;
pub mod stage;
pub mod store;
pub mod window;

use std::io::Write as _;
use std::time::{Duration, Instant};

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The middle of some measurements; zero of none.
pub fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// The median of some ratios between the bounds within which it lies in 95 of 100 cases: those of the ranks n/2 ± √n.
/// Zeros of none.
pub fn likely_median(ratios: &mut [f64]) -> [f64; 3] {
    ratios.sort_by(f64::total_cmp);
    let half = ratios.len() / 2;
    let spread = (ratios.len() as f64).sqrt().round() as usize;
    let last = ratios.len().saturating_sub(1);
    [half.saturating_sub(spread), half, (half + spread).min(last)]
        .map(|rank| ratios.get(rank).copied().unwrap_or_default())
}

/// How long this thread was on a processor so far. Other programs on the machine do not count; where the system
/// does not tell (only Linux does), the clock on the wall.
pub fn on_cpu(begun: Instant) -> Duration {
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|text| text.split(' ').next()?.parse().ok())
        .map_or_else(|| begun.elapsed(), Duration::from_nanos)
}

/// Processor time of one of `calls` calls: the median of `samples` samples. The system counts in ticks of some
/// milliseconds, so a sample is to take at least a hundred of them.
pub fn cpu_each(samples: usize, calls: u32, mut work: impl FnMut()) -> Duration {
    let begun = Instant::now();
    work();
    let mut times: Vec<Duration> = (0..samples)
        .map(|_| {
            let before = on_cpu(begun);
            for _ in 0..calls {
                work();
            }
            on_cpu(begun).saturating_sub(before) / calls
        })
        .collect();
    median(&mut times)
}

/// Wall times of works that take turns, `rounds` times each: the median of each.
pub fn in_turns<const N: usize>(rounds: usize, works: &mut [&mut dyn FnMut(); N]) -> [Duration; N] {
    let mut times: [Vec<Duration>; N] = std::array::from_fn(|_| Vec::new());
    for round in 0..rounds {
        for turn in 0..N {
            // Who begins changes, so that warming up helps nobody.
            let at = (turn + round) % N;
            let begun = Instant::now();
            works[at]();
            times[at].push(begun.elapsed());
        }
    }
    times.map(|mut times| median(&mut times))
}

/// One line of a bench: what, what was seen, and the budget of the design with whether it is kept.
pub fn row(what: &str, seen: &str, budget: &str, kept: bool) {
    let verdict = if kept { "kept" } else { "MISSED" };
    line(&format!("{what:<58} {seen:>26}   {budget:<14} {verdict}"));
}

/// A figure without a budget.
pub fn figure(what: &str, seen: &str) {
    line(&format!("{what:<58} {seen:>26}"));
}

/// A bench that could not run, and why.
pub fn not_run(what: &str, why: &str) {
    line(&format!("{what:<58} NOT RUN: {why}"));
}

fn line(text: &str) {
    // Nobody is left to be told when the output is closed.
    drop(writeln!(std::io::stdout(), "{text}"));
}

/// A duration in the unit that suits it.
pub fn shown(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds >= 1.0 {
        format!("{seconds:.2} s")
    } else if seconds >= 1e-3 {
        format!("{:.2} ms", seconds * 1e3)
    } else {
        format!("{:.1} µs", seconds * 1e6)
    }
}

/// How many times as long `a` took as `b`.
pub fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64()
}

//! When a watched store is looked at, and for what: often while something is written, hardly at all else, and never so
//! that a writer feels it. The window and `runs watch` follow a store by the same rules.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::Error;

/// Something to look for in a store whose files have changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// New points of series.
    Steps,
    /// The table of runs.
    Table,
    /// Whether points were taken away: they hardly ever are, and only counting all of them tells.
    Count,
}

impl Look {
    /// In the order in which they are looked for.
    pub const ALL: [Self; 3] = [Self::Steps, Self::Table, Self::Count];
}

/// What is due, and from when on.
#[derive(Clone, Copy, Debug)]
struct Due {
    is_due: bool,
    from: Instant,
}

/// What a watch has still to look for.
#[derive(Clone, Debug)]
pub struct Pulse {
    due: [Due; 3],
    /// How long something is not looked for again though that costs nothing.
    least_rest: [Duration; 3],
    /// When a file had changed last.
    changed_at: Option<Instant>,
    /// What the looks of this round failed by first.
    failure: Option<String>,
    /// Rounds that failed, one after the other.
    failures: u32,
}

impl Pulse {
    /// Of a store that was just read: nothing is due. The table is looked at again not before `table_rest`, for those
    /// who ask it for no values but for runs that come and end: each look keeps the writer out for a blink.
    pub fn new(table_rest: Duration) -> Self {
        /// Counting all points is worth it now and then.
        const COUNT_REST: Duration = Duration::from_secs(5);
        let now = Instant::now();
        let least_rest = [Duration::ZERO, table_rest, COUNT_REST];
        let from = [now, now, now + COUNT_REST];
        let due = from.map(|from| Due { is_due: false, from });
        Self { due, least_rest, changed_at: None, failure: None, failures: 0 }
    }

    /// How long to wait before the files are asked again whether they have changed. A new step is seen within a tenth
    /// of a second; what failed is looked at again soon as well: a store that is gone is told within a second.
    pub fn wait(&self, is_running: bool) -> Duration {
        /// Most trackers do not say that a run is running; who wrote a moment ago goes on writing.
        const LIVELY: Duration = Duration::from_secs(30);
        let is_lively = self.changed_at.is_some_and(|at| at.elapsed() < LIVELY);
        Duration::from_millis(if is_running || is_lively || self.failures > 0 { 50 } else { 2_000 })
    }

    /// Some file has changed: everything is due.
    pub fn changed(&mut self) {
        self.changed_at = Some(Instant::now());
        self.due.iter_mut().for_each(|due| due.is_due = true);
    }

    /// Something is to be looked for though no file has changed.
    pub fn ask(&mut self, look: Look) {
        self.due[look as usize].is_due = true;
    }

    /// Something is not to wait until its time has come: what was found cannot be told without it. It still leaves the
    /// writer as much time as it took.
    pub fn hurry(&mut self, look: Look, took: Duration) {
        let due = &mut self.due[look as usize];
        due.is_due = true;
        due.from = due.from.min(Instant::now() + took);
    }

    /// Whether something is to be looked for now.
    pub fn is_due(&self, look: Look) -> bool {
        let due = self.due[look as usize];
        due.is_due && Instant::now() >= due.from
    }

    /// Tells how a look went that began then. It rests in proportion to what it took, and what failed stays due.
    pub fn done(&mut self, look: Look, begun: Instant, outcome: Result<(), Error>) {
        let took = begun.elapsed();
        let rest = match look {
            // A step is to be seen soon, whatever a look costs.
            Look::Steps => (took * 20).min(Duration::from_millis(100)),
            Look::Table | Look::Count => took * 10,
        };
        let is_hasty = outcome.is_err() && look != Look::Count;
        let least = if is_hasty { Duration::ZERO } else { self.least_rest[look as usize] };
        self.due[look as usize] = Due { is_due: outcome.is_err(), from: Instant::now() + rest.max(least) };
        // A writer in the way is no failure: it is waited for at the next look.
        let failed =
            outcome.err().filter(|error| !error.ends_by_itself() && !matches!(error, Error::Replaced(_)));
        if self.failure.is_none() {
            self.failure = failed.map(|error| error.to_string());
        }
    }

    /// Ends a round of looks. What all of the last rounds failed by is given once, when it seems to stay.
    pub fn end_round(&mut self) -> Option<String> {
        /// The first failures may be the blink in which a writer opens or closes its log.
        const TOLD_AFTER: u32 = 3;
        let Some(failure) = self.failure.take() else {
            self.failures = 0;
            return None;
        };
        self.failures = self.failures.saturating_add(1);
        self.due[Look::Table as usize].is_due = true;
        (self.failures == TOLD_AFTER).then_some(failure)
    }
}

/// Waits without doing anything. Nothing rings when another process writes, so this ends by time.
pub fn pause(time: Duration) {
    static ALONE: Mutex<()> = Mutex::new(());
    let held = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    drop(Condvar::new().wait_timeout(held, time).unwrap_or_else(PoisonError::into_inner));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missing() -> Result<(), Error> {
        Err(Error::Missing("mlflow.db".to_owned()))
    }

    #[test]
    fn nothing_is_due_before_something_changes_and_what_failed_stays_due() {
        let mut pulse = Pulse::new(Duration::ZERO);
        assert_eq!(Look::ALL.map(|look| pulse.is_due(look)), [false; 3]);
        pulse.changed();
        assert_eq!(Look::ALL.map(|look| pulse.is_due(look)), [true, true, false]);
        let now = Instant::now();
        pulse.done(Look::Steps, now, missing());
        pulse.done(Look::Table, now, Ok(()));
        assert!(pulse.due[Look::Steps as usize].is_due && !pulse.due[Look::Table as usize].is_due);
        assert!(pulse.due[Look::Count as usize].is_due);
    }

    /// As if each look had taken so long.
    #[test]
    fn a_look_rests_in_proportion_to_what_it_took() {
        let mut pulse = Pulse::new(Duration::ZERO);
        let Some(second_ago) = Instant::now().checked_sub(Duration::from_secs(1)) else { return };
        let rest = |pulse: &Pulse, look: Look| pulse.due[look as usize].from - Instant::now();
        for (look, least, most) in
            [(Look::Steps, 90, 100), (Look::Table, 9_900, 11_000), (Look::Count, 9_900, 11_000)]
        {
            pulse.done(look, second_ago, Ok(()));
            let rest = rest(&pulse, look).as_millis();
            assert!((least..=most).contains(&rest), "{look:?} rests for {rest} ms");
        }
        pulse.hurry(Look::Table, Duration::from_secs(1));
        assert!(rest(&pulse, Look::Table).as_millis() <= 1_000);
    }

    #[test]
    fn a_failure_is_told_once_and_a_writer_in_the_way_is_none() {
        let mut pulse = Pulse::new(Duration::ZERO);
        let mut told = Vec::new();
        for outcome in [missing(), missing(), missing(), missing(), Ok(()), missing()] {
            pulse.done(Look::Steps, Instant::now(), outcome);
            told.push(pulse.end_round().is_some());
        }
        assert_eq!(told, [false, false, true, false, false, false]);
        assert_eq!(pulse.wait(false), Duration::from_millis(50));
        for _ in 0..5 {
            pulse.done(Look::Table, Instant::now(), Err(Error::Busy("mlflow.db".to_owned())));
            assert_eq!(pulse.end_round(), None);
        }
        assert_eq!(pulse.wait(false), Duration::from_secs(2));
    }
}

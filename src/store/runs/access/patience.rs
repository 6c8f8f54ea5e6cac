//! How long a look at a foreign store goes on, and how often it is repeated.

use std::sync::{Condvar, PoisonError};
use std::time::{Duration, Instant};

use super::super::error::Error;
use super::one_at_a_time;

/// How long a slice waits for a writer that is in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// Not at all: of many files, one is not worth a wait.
    Glance,
    /// About two seconds: the next look comes soon anyway.
    Window,
    /// About half a minute: there is no next look, and MLflow's own clients wait for 20 seconds.
    Command,
}

impl Patience {
    /// In all, for one slice.
    fn limit(self) -> Duration {
        match self {
            Self::Glance => Duration::ZERO,
            Self::Window => Duration::from_secs(2),
            Self::Command => Duration::from_secs(30),
        }
    }

    /// How long SQLite itself waits for a lock, each time it is asked. It holds off every other look of this process
    /// meanwhile, so it is short.
    pub fn of_one_look(self) -> Duration {
        self.limit().min(Duration::from_millis(250))
    }

    /// Looks until there is an answer or nothing more is to be hoped for.
    pub fn look<T>(self, attempt: impl FnMut() -> Result<T, Error>) -> Result<T, Error> {
        let begun = Instant::now();
        self.look_by(|| begun.elapsed(), pause, attempt)
    }

    fn look_by<T>(
        self,
        clock: impl Fn() -> Duration,
        mut pause: impl FnMut(),
        mut attempt: impl FnMut() -> Result<T, Error>,
    ) -> Result<T, Error> {
        /// A living writer shows for a blink what a dead one leaves for ever.
        const BLINKS: usize = 20;
        let mut blinks = 0;
        loop {
            match attempt() {
                Err(error) if error.ends_by_itself() && clock() < self.limit() => {}
                Err(error) if error.may_be_a_blink() && blinks < BLINKS => blinks += 1,
                outcome => return outcome,
            }
            pause();
        }
    }
}

/// Lets the other readers of this process look, and the writer write. Nothing rings when another process is done with
/// a file, so this ends by time.
fn pause() {
    const WAIT: Duration = Duration::from_millis(10);
    static TURN: Condvar = Condvar::new();
    drop(TURN.wait_timeout(one_at_a_time(), WAIT).unwrap_or_else(PoisonError::into_inner));
}

/// How long a slice goes on reading rows. Opening, locking and the last row come on top, so this stays well below
/// the 50 ms for which a slice may hold its lock.
pub(in crate::store) const ROWS_FOR: Duration = Duration::from_millis(20);

/// Ends a slice when its time is over: rows of text can be a thousand times as long as others.
pub(in crate::store) struct Pace {
    until: Instant,
    rows: u32,
}

impl Pace {
    /// Begins now.
    pub fn start(time: Duration) -> Self {
        Self { until: Instant::now() + time, rows: 0 }
    }

    /// Counts a row, and says whether it is to be the last. The first rows are always read, so that every slice
    /// comes further.
    pub fn is_over(&mut self) -> bool {
        /// Rows between two looks at the clock.
        const ROWS: u32 = 16;
        self.rows += 1;
        self.rows.is_multiple_of(ROWS) && Instant::now() >= self.until
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// The outcome, how often was looked, and when the last look was; each look takes a quarter of a second.
    fn looked(patience: Patience, answers: impl Fn(usize) -> Result<(), Error>) -> (bool, usize, u64) {
        let (looks, now) = (Cell::new(0), Cell::new(Duration::ZERO));
        let outcome = patience.look_by(
            || now.get(),
            || (),
            || {
                looks.set(looks.get() + 1);
                now.set(now.get() + Duration::from_millis(250));
                answers(looks.get())
            },
        );
        (outcome.is_ok(), looks.get(), now.get().as_secs())
    }

    #[test]
    fn a_locked_store_is_waited_for_as_long_as_there_is_patience() {
        let busy = |_| Err(Error::Busy("a.db".to_owned()));
        for (patience, seconds) in [(Patience::Glance, 0), (Patience::Window, 2), (Patience::Command, 30)] {
            let (is_ok, looks, waited) = looked(patience, busy);
            assert_eq!((is_ok, waited), (false, seconds), "{patience:?}");
            assert_eq!(looks, (seconds as usize * 4).max(1));
        }
        let freed = |look| if look < 80 { busy(look) } else { Ok(()) };
        assert_eq!(looked(Patience::Command, freed), (true, 80, 20));
    }

    #[test]
    fn what_may_be_a_blink_is_looked_at_again_and_what_stays_is_told_soon() {
        let blinks: [fn() -> Error; 3] = [
            || Error::HotJournal("a.db".to_owned()),
            || Error::LoneLog("a.db".to_owned()),
            || Error::Truncated { expected: 2, actual: 1, path: "a.db".to_owned() },
        ];
        for blink in blinks {
            for patience in [Patience::Glance, Patience::Window, Patience::Command] {
                let passing = |look| if look < 5 { Err(blink()) } else { Ok(()) };
                assert!(looked(patience, passing).0, "{}", blink());
                assert_eq!(looked(patience, |_| Err(blink())).1, 21);
            }
        }
        assert_eq!(looked(Patience::Command, |_| Err(Error::Missing("a.db".to_owned()))).1, 1);
    }
}

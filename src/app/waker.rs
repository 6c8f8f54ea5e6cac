//! The bell that jobs ring.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// What asks a window for another frame.
type Repaint = Box<dyn Fn() + Send>;

/// Wakes whoever waits for a job's answer: the window, or a caller without a window.
///
/// A window that was rung for and has not looked yet is not rung for again: a job that tells its progress often would
/// fight with the window for its lock.
#[derive(Clone, Default)]
pub(super) struct Waker(Arc<(Mutex<Option<Repaint>>, Condvar, Mutex<u64>)>, Arc<AtomicBool>);

impl Waker {
    pub(super) fn wake(&self) {
        let (repaint, bell, count) = &*self.0;
        *count.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        bell.notify_all();
        if self.1.swap(true, Ordering::AcqRel) {
            return;
        }
        if let Some(repaint) = &*repaint.lock().unwrap_or_else(PoisonError::into_inner) {
            repaint();
        }
    }

    /// The window looks now: what comes after this rings again.
    pub(super) fn heard(&self) {
        self.1.store(false, Ordering::Release);
    }

    /// Takes the window along that is rung for; the first one stays.
    pub(super) fn attach(&self, repaint: impl FnOnce() -> Repaint) {
        let mut own = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        if own.is_none() {
            *own = Some(repaint());
        }
    }

    /// How often it rang so far.
    pub(super) fn rings(&self) -> u64 {
        *self.0.2.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until it has rung more than `seen` times, at most `limit`.
    pub(super) fn wait_after(&self, seen: u64, limit: std::time::Duration) {
        let (_, bell, count) = &*self.0;
        let guard = count.lock().unwrap_or_else(PoisonError::into_inner);
        // A timeout is no failure: the caller looks again.
        drop(bell.wait_timeout_while(guard, limit, |count| *count <= seen));
    }
}

//! The bell that jobs ring.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use egui::Context;

/// Wakes whoever waits for a job's answer: the window's context, or a caller without a window.
#[derive(Clone, Default)]
pub(super) struct Waker(Arc<(Mutex<Option<Context>>, Condvar, Mutex<u64>)>);

impl Waker {
    pub(super) fn wake(&self) {
        let (context, bell, count) = &*self.0;
        *count.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        bell.notify_all();
        if let Some(context) = &*context.lock().unwrap_or_else(PoisonError::into_inner) {
            context.request_repaint();
        }
    }

    pub(super) fn attach(&self, context: &Context) {
        let mut own = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        if own.is_none() {
            *own = Some(context.clone());
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

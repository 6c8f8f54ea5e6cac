//! Several slices over one view of a store, where all that they read is little: every slice keeps a writer out for a blink
//! and, beside a log, opens the file anew.

use std::path::Path;
use std::sync::MutexGuard;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::super::error::Error;
use super::{Access, Connected, Place, identity, one_at_a_time};

/// A view that several slices share.
pub(super) struct Held {
    connected: Connected,
    until: Instant,
}

/// As long as it lives, nobody else in this process looks at foreign databases.
pub(in crate::store::runs) struct View {
    _alone: MutexGuard<'static, ()>,
}

impl Held {
    /// A slice over the view; none where it fails or comes too late. What failed is met again, and explained, by who
    /// reads slice by slice then.
    pub fn slice<T>(&self, read: &mut impl FnMut(&Connection) -> rusqlite::Result<T>) -> Option<T> {
        if Instant::now() >= self.until { None } else { read(&self.connected.connection).ok() }
    }
}

impl Access {
    /// Begins a view over which all slices are read until [`Access::leave`], which comes soon: together they are one
    /// slice, and when this time is over, each of them is refused. None where there is nothing to open.
    pub fn enter(&mut self, time: Duration) -> Result<Option<View>, Error> {
        match &self.place {
            Place::File(path) => {
                let path = path.clone();
                self.patience.look(|| self.try_enter(&path, time)).map(Some)
            }
            Place::Bytes => Ok(None),
        }
    }

    fn try_enter(&mut self, path: &Path, time: Duration) -> Result<View, Error> {
        let alone = one_at_a_time();
        let until = Instant::now() + time;
        let connected = self.connect(path)?;
        let begun = connected.connection.execute_batch("BEGIN");
        let outcome = begun.and_then(|()| identity(&connected.connection, connected.id)).map(Some);
        match outcome {
            Ok(Some(identity)) if self.seen.is_none_or(|seen| seen == identity) => {
                self.seen = Some(identity);
                self.held = Some(Held { connected, until });
                Ok(View { _alone: alone })
            }
            outcome => {
                // Explained without a lock: looking at the file drops those that SQLite holds.
                drop(connected);
                self.take(outcome.map(|_| None))
            }
        }
    }

    /// Ends a view. What was read over it; none where a slice failed or was refused, and all is to be read slice by slice.
    pub fn leave<T>(&mut self, view: View, read: Result<T, Error>) -> Option<T> {
        let Self { place: Place::File(path), held, .. } = self else { return None };
        let path = path.clone();
        let Held { connected, .. } = held.take()?;
        let ended = connected.connection.execute_batch("ROLLBACK");
        let is_same = self.disconnect(&path, connected);
        drop(view);
        read.ok().filter(|_| ended.is_ok() && is_same.is_ok())
    }
}

//! What the readers of SQLite stores share: several slices that are of one and the same store.

use std::path::Path;

use super::access::{Access, Identity, Patience};
use super::error::Error;

/// A store whose tables were looked at once.
pub(super) trait Steady: Sized {
    /// The database.
    fn access(&mut self) -> &mut Access;

    /// What the tables were looked at in.
    fn seen_in(&self) -> Option<Identity>;

    /// Looks at the tables again; an error where they are no longer this tracker's.
    fn look_again(&mut self) -> Result<(), Error>;

    /// Reads something in several slices of one and the same store. When it is replaced or renumbered meanwhile, what
    /// was read is worth nothing, and the reading begins again, a few times.
    fn steadily<T>(&mut self, mut read: impl FnMut(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        const AGAIN: usize = 4;
        // Mostly it is the store that was seen before, and no slice is spent on telling whether it is.
        let seen = self.seen_in();
        self.access().begin_at(seen);
        let mut outcome = read(self);
        for _ in 0..AGAIN {
            if !matches!(outcome, Err(Error::Replaced(_))) {
                break;
            }
            self.access().begin();
            self.access().slice(|_| Ok(()))?;
            if self.seen_in() != self.access().identity() {
                self.look_again()?;
            }
            outcome = read(self);
        }
        outcome
    }
}

/// The database at a path; none where there is something else.
pub(super) fn database(path: &Path, patience: Patience) -> Result<Option<Access>, Error> {
    match Access::file(path, patience) {
        Ok(access) => Ok(Some(access)),
        Err(Error::NoFile(_) | Error::Text(_) | Error::Encoding(_) | Error::NotDatabase(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

//! What tells one state of a file or folder from another without opening it.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// Length and time of the last change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stamp {
    /// In bytes.
    pub length: u64,
    /// In nanoseconds since 1970.
    pub time: i64,
}

impl Stamp {
    /// Of what was asked about already.
    pub fn of(data: &fs::Metadata) -> Self {
        let time = data.modified().map_or(0, |time| match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_nanos()).unwrap_or(i64::MAX),
            Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |nanos| -nanos),
        });
        Self { length: data.len(), time }
    }

    /// Of an ordinary file that is no link; none where there is none.
    pub fn of_file(path: &Path) -> Option<Self> {
        fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file).map(|data| Self::of(&data))
    }

    /// Of whatever lies there, or where a link leads.
    pub fn of_any(path: &Path) -> Option<Self> {
        fs::metadata(path).ok().map(|data| Self::of(&data))
    }

    /// Whether a later change will have another time: some file systems count whole seconds, or two.
    pub fn is_settled(self, now: SystemTime) -> bool {
        const TICK: Duration = Duration::from_secs(3);
        let now = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let time = Duration::from_nanos(u64::try_from(self.time).unwrap_or(0));
        now.checked_sub(time).is_some_and(|age| age > TICK)
    }
}

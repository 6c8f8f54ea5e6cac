//! Whether a file is still the one that was read, without reading it.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;

/// A number that changes with the length of a file and with the time at which it was written; one number for all files
/// that are not there. It means nothing beyond this process.
pub fn stamp(path: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    if let Ok(about) = fs::metadata(path) {
        about.len().hash(&mut hasher);
        about.modified().ok().hash(&mut hasher);
    }
    hasher.finish()
}

//! A series that is followed while somebody writes.

use mlops_atlas::runs::Series;
use mlops_atlas::store::runs::{Change, Cursor, Known, Reader};

/// All points of a metric, and how far they were read.
pub fn begin(reader: &mut dyn Reader, run: &str, metric: &str) -> (Series, Cursor) {
    reader.series_of(run, &[metric], &|| true).unwrap().0.pop().unwrap()
}

/// What came to a metric since.
pub fn came(reader: &mut dyn Reader, run: &str, metric: &str, cursor: &mut Cursor, thorough: bool) -> Change {
    let known = Known { run, metric, cursor };
    let (change, now) = reader.changes(&[known], thorough, &|| true).unwrap().pop().unwrap().unwrap();
    *cursor = now;
    change
}

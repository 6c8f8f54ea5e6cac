//! What could not be read of a run's files: counted, with the place of the first.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::SystemTime;

use super::file::{CONTINUED_WITHIN, EventFile};
use crate::problem::Problem;

/// Why something is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Oddity {
    /// A record whose data do not fit their checksum.
    Damaged,
    /// A record that is no event, though its checksum fits.
    Malformed,
    /// A record that is too long to be read.
    TooLong,
    /// A value of a tag beyond the most that are read.
    TooManyTags,
}

/// Counts, and the file and byte of the first of each kind.
#[derive(Debug, Default)]
pub(super) struct Oddities(BTreeMap<Oddity, (u64, (u32, u64))>);

impl Oddities {
    pub fn count(&mut self, oddity: Oddity, place: (u32, u64)) {
        self.0.entry(oddity).or_insert((0, place)).0 += 1;
    }

    /// A sentence for each.
    pub fn problems(&self, files: &[EventFile]) -> Vec<Problem> {
        let told = self.0.iter().filter_map(|(oddity, (count, (file, at)))| {
            let path = &files.get(*file as usize)?.path;
            Some(Problem::warning(oddity.sentence(*count, *at, path), path.display().to_string()))
        });
        told.chain(files.iter().filter_map(of_file)).collect()
    }
}

impl Oddity {
    fn sentence(self, count: u64, at: u64, path: &Path) -> String {
        let (one, many) = match self {
            Self::Damaged => (
                "record is damaged (its checksum does not fit)",
                "records are damaged (their checksums do not fit)",
            ),
            Self::Malformed => {
                ("record is no event, or not all of it", "records are no events, or not all of them")
            }
            Self::TooLong => ("record is longer than 64 MB", "records are longer than 64 MB"),
            Self::TooManyTags => {
                ("value has a tag beyond the first 100,000", "values have tags beyond the first 100,000")
            }
        };
        let path = path.display();
        if count == 1 {
            format!("1 {one} and is left out, at byte {at}: {path}")
        } else {
            format!("{count} {many} and are left out, the first at byte {at}: {path}")
        }
    }
}

/// What is wrong with a file as a whole.
fn of_file(file: &EventFile) -> Option<Problem> {
    let path = file.path.display();
    let message = if let Some(reason) = &file.unreadable {
        format!("The system does not let this be read ({reason}): {path}")
    } else if let Some(at) = file.lost {
        format!(
            "What follows byte {at} is left out: the length of the record there is damaged, so nobody knows where \
             the next begins: {path}"
        )
    } else {
        let (left, changed) = file.left?;
        let age = SystemTime::now().duration_since(changed).unwrap_or_default();
        if age < CONTINUED_WITHIN {
            return None;
        }
        format!(
            "The last record is cut short, so its {left} bytes from byte {} on are left out; its writer was \
             interrupted: {path}",
            file.reached.offset
        )
    };
    Some(Problem::warning(message, path.to_string()))
}

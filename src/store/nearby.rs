//! Looks for run stores beside the current folder and its parents; never a scan of the disk.

use std::path::{Path, PathBuf};

use super::runs::recognise::{Recognised, Search};
use crate::runs::SourceKind;

/// Something found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it is.
    pub path: PathBuf,
    /// What it is; none for a database that cannot be looked into now.
    pub kind: Option<SourceKind>,
}

const MOST_LEVELS: usize = 6;
const MOST_FOUND: usize = 50;

/// What lies in `folder`, then in its parents, in each what can be read first.
///
/// Told by content as everywhere else, but no file is waited for, and after some thousand no more are opened. Folders
/// that cannot be read are skipped.
pub fn nearby(folder: &Path) -> Vec<Found> {
    let search = Search::glance();
    let mut found = Vec::new();
    // The root of the system holds what is no file of anybody, and everything else that is mounted.
    for level in folder.ancestors().take(MOST_LEVELS).filter(|level| level.parent().is_some()) {
        let recognised = search.at(level).unwrap_or_default();
        let (readable, others): (Vec<_>, Vec<_>) =
            recognised.into_iter().partition(|found| matches!(found, Recognised::Readable(..)));
        found.extend(readable.into_iter().chain(others).filter_map(offered));
    }
    // A folder that is a store lies in its parent as well.
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|found| seen.insert(found.path.clone()));
    found.truncate(MOST_FOUND);
    found
}

/// What is worth an offer.
fn offered(recognised: Recognised) -> Option<Found> {
    match recognised {
        Recognised::Readable(path, store) => Some(Found { path, kind: Some(store.kind()) }),
        Recognised::NotYet(path, kind) => Some(Found { path, kind: Some(kind) }),
        Recognised::Unreadable(path, error) => {
            let is_busy = error.ends_by_itself() || error.asks_for_a_copy();
            is_busy.then_some(Found { path, kind: None })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stores_are_told_by_content_and_those_that_can_be_read_come_first() {
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path().join("project/src");
        std::fs::create_dir_all(&here).unwrap();
        let write = |name: &str, text: &[u8]| std::fs::write(folder.path().join(name), text).unwrap();
        let store = std::fs::read("tests/fixtures/mlflow/mlflow1.db").unwrap();
        write("project/zoo.store", &store);
        rusqlite::Connection::open(folder.path().join("project/a.db"))
            .unwrap()
            .execute_batch("CREATE TABLE run (a); CREATE TABLE experiment (a); CREATE TABLE run_tag (a); CREATE TABLE note (a)")
            .unwrap();
        rusqlite::Connection::open(folder.path().join("project/b.db"))
            .unwrap()
            .execute_batch("CREATE TABLE notes (a)")
            .unwrap();
        write("project/c.db", b"no database");
        write("project/d.csv", b"epoch,loss\n0,1.5\n");
        // Nobody keeps runs in most of the tables that lie about: these count no steps.
        write("project/e.csv", b"city,people\nParis,2100000\n");
        std::fs::create_dir(folder.path().join("project/mlruns")).unwrap();
        let found: Vec<(String, Option<SourceKind>)> = nearby(&here)
            .into_iter()
            .filter_map(|found| {
                let path = found.path.strip_prefix(folder.path()).ok()?;
                Some((path.display().to_string(), found.kind))
            })
            .collect();
        let expected = [
            ("project/d.csv", SourceKind::Csv),
            ("project/zoo.store", SourceKind::MlflowSqlite),
            ("project/a.db", SourceKind::Aim),
        ];
        assert_eq!(found, expected.map(|(path, kind)| (path.to_owned(), Some(kind))));
    }
}

//! What an open source is called: stores of the same file name are told apart by the folders that they lie in.

use std::path::Path;

use crate::address::Origin;
use crate::state::State;

impl State {
    /// The name of a source, with as many of its folders as tell it from every other open one.
    pub fn source_name(&self, origin: &Origin) -> String {
        let Origin::Path(path) = origin else { return origin.name() };
        let others: Vec<&Path> = self
            .sources
            .values()
            .filter_map(|source| match &source.origin {
                Origin::Path(other) if other != path => Some(other.as_path()),
                _ => None,
            })
            .filter(|other| other.file_name() == path.file_name())
            .collect();
        if others.is_empty() { origin.name() } else { end_of(path, &others) }
    }
}

/// The shortest end of a path, of whole names, that is the end of none of the others.
fn end_of(path: &Path, others: &[&Path]) -> String {
    let count = path.components().count();
    let end = |path: &Path, length: usize| -> std::path::PathBuf {
        let all: Vec<_> = path.components().collect();
        all[all.len().saturating_sub(length)..].iter().collect()
    };
    let is_own = |length: &usize| others.iter().all(|other| end(other, *length) != end(path, *length));
    let length = (1..count).find(is_own).unwrap_or(count);
    end(path, length).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_as_long_as_it_takes_to_be_nobody_elses() {
        for (path, others, expected) in [
            ("/data/a/mlflow.db", &["/data/b/mlflow.db"] as &[&str], "a/mlflow.db"),
            ("/data/a/x/mlflow.db", &["/data/b/x/mlflow.db"], "a/x/mlflow.db"),
            ("/data/a/mlflow.db", &["/data/b/mlflow.db", "/other/a/mlflow.db"], "data/a/mlflow.db"),
            ("/a/mlflow.db", &["/data/a/mlflow.db"], "/a/mlflow.db"),
            ("/data/a/mlflow.db", &["/a/mlflow.db"], "data/a/mlflow.db"),
            ("mlflow.db", &["/data/mlflow.db"], "mlflow.db"),
        ] {
            let others: Vec<&Path> = others.iter().map(Path::new).collect();
            assert_eq!(end_of(Path::new(path), &others), expected, "{path}");
        }
    }
}

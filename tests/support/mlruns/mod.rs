//! Copies of `mlruns` folders that tests write into.

pub mod answers;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use mlops_atlas::runs::{Run, RunSet};

/// A copy of a fixture.
pub struct Store {
    pub folder: tempfile::TempDir,
}

impl Store {
    /// Of `tests/fixtures/mlruns/NAME`.
    pub fn of(name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&Path::new("tests/fixtures/mlruns").join(name), &folder.path().join("mlruns"));
        Self { folder }
    }

    /// Where it lies.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("mlruns")
    }

    /// Makes the empty folders anew, without which a client takes a folder for no run, and turns the addresses to where
    /// the copy lies.
    #[cfg(feature = "peers")]
    pub fn complete(&self, name: &str) {
        for file in listing(&self.path()).into_keys().filter(|path| path.ends_with("meta.yaml")) {
            let text = std::fs::read_to_string(&file).unwrap();
            if text.contains("entry_point_name: ") {
                for part in ["metrics", "params", "artifacts"] {
                    std::fs::create_dir_all(file.with_file_name(part)).unwrap();
                }
            }
            let here = self.path();
            std::fs::write(file, text.replace(&format!("/data/runs/{name}"), here.to_str().unwrap()))
                .unwrap();
        }
    }

    /// The folder of a run.
    pub fn run(&self, id: &str) -> PathBuf {
        let experiments = std::fs::read_dir(self.path()).unwrap().map(|entry| entry.unwrap().path());
        experiments.map(|path| path.join(id)).find(|path| path.is_dir()).unwrap()
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Everything below a folder: folders, and files byte for byte.
pub fn listing(folder: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_folder = path.is_dir();
        if is_folder {
            all.extend(listing(&path));
        }
        let bytes = if is_folder { None } else { std::fs::read(&path).ok() };
        all.insert(path, bytes);
    }
    all
}

/// A run by its name.
pub fn named<'a>(set: &'a RunSet, name: &str) -> &'a Run {
    set.runs.iter().find(|run| &*run.name == name).unwrap()
}

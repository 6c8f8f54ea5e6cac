//! Copies of stores that are broken, and what the program answers about them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use mlops_atlas::cli::runs::{Format, ListArgs, RunsArgs, RunsCommand, SeriesArgs, run};
use mlops_atlas::runs::Mapping;
use serde_json::Value;

use crate::listing::listing;

/// What of a store is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The database, which is the store.
    Database,
    /// The table, which is the store.
    Table,
    /// The largest file of this name, whose lines or records are points.
    Points(&'static str),
    /// The largest file of this name, which says what the store is.
    Meta(&'static str),
}

/// A store by a real client: its name, what is copied, and what of it is broken.
pub type Store = (&'static str, &'static str, Part);

/// A copy of a store.
pub struct Place {
    pub folder: tempfile::TempDir,
    pub store: PathBuf,
    /// The file that is broken, and what it held.
    pub file: PathBuf,
    pub whole: Vec<u8>,
}

impl Place {
    pub fn of((_, fixture, part): Store) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let from = Path::new("tests/fixtures").join(fixture);
        let store = folder.path().join(from.file_name().unwrap());
        copy(&from, &store);
        let file = match part {
            Part::Database | Part::Table => store.clone(),
            Part::Points(name) | Part::Meta(name) => largest(&store, name),
        };
        let whole = fs::read(&file).unwrap();
        Self { folder, store, file, whole }
    }

    /// What is said once the file holds this, after a check of everything that every answer must keep to.
    pub fn answers(&self, bytes: &[u8], what: &str) -> Answers {
        fs::write(&self.file, bytes).unwrap();
        self.asked(None, what)
    }

    /// What list and all series say, of a table by this mapping.
    pub fn asked(&self, map: Option<&Mapping>, what: &str) -> Answers {
        let before = listing(self.folder.path());
        let list = ListArgs { source: vec![self.store.clone()], json: true, ..Default::default() };
        let series = SeriesArgs {
            source: self.store.clone(),
            all_runs: true,
            all_metrics: true,
            format: Some(Format::Json),
            ..Default::default()
        };
        let [list, series] = [RunsCommand::List(list), RunsCommand::Series(series)]
            .map(|command| self.answer(&RunsArgs { command, map: map.cloned(), copy: false }, what));
        assert!(listing(self.folder.path()) == before, "{what}: the store was touched");
        Answers { list, series }
    }

    fn answer(&self, args: &RunsArgs, what: &str) -> (u8, Value) {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        match run(args, &mut out, &mut err) {
            Ok(status) => {
                let value = serde_json::from_slice(&out);
                let value: Value = value.unwrap_or_else(|error| panic!("{what}: {error}"));
                // How a table was guessed, and which plugins nobody reads, is only worth knowing.
                let said = String::from_utf8_lossy(&err);
                let is_note = |line: &str| {
                    line.starts_with("mlops-atlas: Read as: ")
                        || line.contains("of plugins that are not read here")
                };
                let is_told = said.lines().any(|line| !is_note(line));
                assert!(status <= 1 && (status == 1) == is_told, "{what}: {status}, {said}");
                (status, value)
            }
            Err(error) => {
                let sentence = error.to_string();
                let name = self.store.file_name().unwrap().to_string_lossy();
                assert!(!sentence.contains('\n') && sentence.contains(&*name), "{what}: {sentence}");
                (2, Value::Null)
            }
        }
    }
}

/// What list and all series say: the exit status, and what is printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Answers {
    pub list: (u8, Value),
    pub series: (u8, Value),
}

/// The points of each metric of each run, as they are printed.
pub type Points = BTreeMap<(String, String), Vec<String>>;

impl Answers {
    /// How each ended.
    pub fn statuses(&self) -> [u8; 2] {
        [self.list.0, self.series.0]
    }

    /// The runs; none where they cannot be read.
    pub fn ids(&self) -> Option<BTreeSet<&str>> {
        Some(self.list.1.as_array()?.iter().map(|run| run["id"].as_str().unwrap()).collect())
    }

    /// The points; none where they cannot be read.
    pub fn points(&self) -> Option<Points> {
        let mut all = Points::new();
        for point in self.series.1.as_array()? {
            let [run, metric] = ["run", "metric"].map(|key| point[key].as_str().unwrap().to_owned());
            let text = format!("{} {} {}", point["step"], point["timestamp"], point["value"]);
            all.entry((run, metric)).or_default().push(text);
        }
        Some(all)
    }
}

/// Whether all points of one are among those of the other, or with `first` the first of them.
pub fn are_among(some: &Points, all: &Points, first: bool) -> bool {
    some.iter().all(|(series, some)| {
        let Some(all) = all.get(series) else { return false };
        if first {
            return all.starts_with(some);
        }
        let mut rest = all.iter();
        some.iter().all(|point| rest.any(|other| other == point))
    })
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::write(to, fs::read(from).unwrap()).unwrap();
    }
}

/// The largest file below a folder whose name holds a word.
fn largest(folder: &Path, word: &str) -> PathBuf {
    let files = listing(folder).into_iter();
    let named = files.filter(|(path, _)| path.file_name().unwrap().to_string_lossy().contains(word));
    named.max_by_key(|(_, bytes)| bytes.len()).unwrap().0
}

/// Numbers that look like chance and are the same each time (Vigna, "splitmix64").
pub struct Chance(pub u64);

impl Chance {
    /// A number below another.
    pub fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % most.max(1) as u64) as usize
    }
}

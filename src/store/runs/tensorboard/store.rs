//! A folder of event files with what was read of it. All readers of the process share it, so that the table and the curves
//! of a run cost one reading and are in memory once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::index::{Also, Index};
use super::survey::{Survey, event_files};
use crate::store::runs::Error;

/// Points that are kept of all runs together: 24 bytes each.
const MOST_POINTS: usize = 200_000_000;

static STORES: Mutex<Vec<(PathBuf, Weak<Mutex<Store>>)>> = Mutex::new(Vec::new());

/// See the head of this file.
#[derive(Debug)]
pub(super) struct Store {
    /// The folder, or a file alone.
    pub root: PathBuf,
    survey: Option<Survey>,
    runs: BTreeMap<String, Index>,
    most_points: usize,
}

/// What was read of a path, shared with whoever has it open; of a path that nobody has open, nothing yet.
pub(super) fn shared(path: &Path) -> Arc<Mutex<Store>> {
    let real = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let mut all = STORES.lock().unwrap_or_else(PoisonError::into_inner);
    all.retain(|(_, store)| store.strong_count() > 0);
    let known = all.iter().find(|(other, _)| *other == real).and_then(|(_, store)| store.upgrade());
    known.unwrap_or_else(|| {
        let store = Arc::new(Mutex::new(Store::new(path, MOST_POINTS)));
        all.push((real, Arc::downgrade(&store)));
        store
    })
}

impl Store {
    fn new(root: &Path, most_points: usize) -> Self {
        Self { root: root.to_path_buf(), survey: None, runs: BTreeMap::new(), most_points }
    }

    /// Forgets all that was read.
    pub fn forget(&mut self) {
        (self.survey, self.runs) = (None, BTreeMap::new());
    }

    /// What lies below the root, as it was seen last.
    pub fn survey(&mut self) -> &Survey {
        self.survey.get_or_insert_with(|| Survey::of(&self.root))
    }

    /// Looks again at what lies below the root. Runs whose folders are gone are forgotten.
    pub fn survey_again(&mut self) -> &Survey {
        let survey = Survey::of(&self.root);
        self.runs.retain(|run, _| survey.runs.contains_key(run));
        self.survey.insert(survey)
    }

    /// What was read of a run.
    pub fn index(&self, run: &str) -> Option<&Index> {
        self.runs.get(run)
    }

    /// What was read of all runs.
    pub fn indexes(&self) -> impl Iterator<Item = &Index> {
        self.runs.values()
    }

    /// Takes in which files a run has now, and begins again where what was read stands no more. None where there is no
    /// such run.
    pub fn look_at(&mut self, run: &str, thorough: bool) -> Option<&Index> {
        let known = self.survey().runs.get(run).cloned();
        let folder = known.or_else(|| self.survey_again().runs.get(run).cloned())?;
        let files = if folder.is_dir() { event_files(&folder) } else { vec![folder] };
        if !files.iter().any(|file| file.exists()) {
            self.runs.remove(run);
            return None;
        }
        let index = self.runs.entry(run.to_owned()).or_insert_with(|| Index::new(&files));
        if index.is_outdated(&files, thorough) {
            *index = Index::new(&files);
        }
        index.add(&files);
        Some(index)
    }

    /// The same, with what was there once read if nothing was yet: only that tells what the tags are.
    pub fn prepared(
        &mut self,
        run: &str,
        thorough: bool,
        keep_going: &dyn Fn() -> bool,
    ) -> Result<Option<&Index>, Error> {
        let Some(index) = self.look_at(run, thorough) else { return Ok(None) };
        let is_new = index.files.iter().all(|file| file.reached.offset == 0);
        if is_new {
            self.read(run, &mut (), &|_| keep_going())?;
        }
        Ok(self.runs.get(run))
    }

    /// Reads on in the files of a run that was looked at.
    pub fn read(
        &mut self,
        run: &str,
        also: &mut impl Also,
        keep_going: &dyn Fn(u64) -> bool,
    ) -> Result<Option<&Index>, Error> {
        let others = self.runs.iter().filter(|(name, _)| *name != run).map(|(_, index)| index.points);
        let room = self.most_points.saturating_sub(others.sum());
        let Some(index) = self.runs.get_mut(run) else { return Ok(None) };
        index.read(room, also, keep_going)?;
        Ok(Some(index))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runs::Series;
    use crate::store::runs::tensorboard::changes;
    use crate::store::runs::{Change, Known};

    fn read(store: &mut Store, run: &str) -> Vec<(Series, crate::store::runs::Cursor)> {
        changes::whole(store, run, &["loss/total", "acc", "none"], &|| true).unwrap()
    }

    #[test]
    fn series_are_the_same_where_points_are_not_kept() {
        let folder = Path::new("tests/fixtures/tensorboard/logs");
        let (mut all, mut none) = (Store::new(folder, MOST_POINTS), Store::new(folder, 700));
        for run in ["run_0/train", "run_1/train", "run_0/train/hp"] {
            assert_eq!(read(&mut none, run), read(&mut all, run));
        }
        let kept =
            |store: &Store| store.runs.values().map(|index| (index.keeps, index.points)).collect::<Vec<_>>();
        assert_eq!(kept(&all), [(true, 554), (true, 1), (true, 550)]);
        // Whose points have room is read once, the others when they are asked for.
        assert_eq!(kept(&none), [(true, 554), (true, 1), (false, 0)]);
        let latest = |store: &Store| store.runs["run_1/train"].tag("acc").and_then(|tag| tag.latest());
        assert_eq!(latest(&none), latest(&all));
        let (_, cursor) = read(&mut none, "run_1/train").remove(0);
        let known = [Known { run: "run_1/train", metric: "acc", cursor: &cursor }];
        let news = changes::since(&mut none, &known, true, &|| true).unwrap().remove(0).unwrap();
        assert_eq!(news, (Change::Nothing, cursor));
    }

    #[test]
    fn all_readers_of_a_folder_share_what_was_read_of_it() {
        let folder = Path::new("tests/fixtures/tensorboard/logs/run_2");
        let first = shared(folder);
        read(&mut first.lock().unwrap(), "train");
        let again = shared(&folder.join("../run_2"));
        assert_eq!(again.lock().unwrap().index("train").unwrap().points, 550);
        assert!(!Arc::ptr_eq(&first, &shared(&folder.join("train"))));
        drop((first, again));
        assert!(shared(folder).lock().unwrap().index("train").is_none());
    }
}

//! The runs table: every small file of every run, of which those that changed since the last look are read.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::datasets::Datasets;
use super::kept::Metas;
use super::layout::{KeyedFiles, Layout, keyed, runs};
use super::meta::{ExperimentMeta, RunMeta, Text, Unread};
use super::models::Models;
use super::name;
use super::odd::Odd;
use super::values::Files;
use super::watch::{Watch, print_of};
use crate::problem::Problem;
use crate::runs::{Beyond, Experiment, Keys, Model, Run, RunSet, Status};
use crate::store::runs::mlflow::{tell_by_tags, time_of};
use crate::store::runs::{Error, sniff};

/// What is known of all files.
#[derive(Default)]
pub(super) struct Table {
    experiments: Metas<ExperimentMeta>,
    runs: Metas<RunMeta>,
    /// With the round in which a run was seen last.
    files: HashMap<PathBuf, (Files, u64)>,
    datasets: Datasets,
    models: Models,
    round: u64,
}

/// An experiment that is listed.
struct Listed {
    place: PathBuf,
    own: Experiment,
}

/// What is put together while the table is read.
struct Reading<'a> {
    now: SystemTime,
    keep_going: &'a dyn Fn(u64) -> bool,
    deleted: bool,
    /// Files looked at.
    count: u64,
    keys: [Keys; 3],
    list: Vec<Run>,
    beyond: BTreeMap<Arc<str>, Beyond>,
    odd: Odd,
    watch: Watch,
}

impl Table {
    /// How many active runs of active experiments there are.
    pub fn count(&mut self, layout: &Layout) -> Result<usize, Error> {
        let (now, mut odd, mut watch) = (SystemTime::now(), Odd::default(), Watch::default());
        let mut count = 0;
        for Listed { place, own } in self.experiments(layout, false, now, &mut odd, &mut watch)? {
            for folder in runs(&place).unwrap_or_default() {
                let meta = self.runs.get(&folder.join("meta.yaml"), now).0;
                let is_own = |meta: &RunMeta| is_of(meta, &folder, &own.id) && !meta.is_deleted();
                count += usize::from(meta.is_ok_and(is_own));
            }
        }
        Ok(count)
    }

    /// See [`Reader::runs_while`](crate::store::runs::Reader::runs_while); also gives what is to be watched.
    pub fn read(
        &mut self,
        layout: &Layout,
        deleted: bool,
        keep_going: &dyn Fn(u64) -> bool,
    ) -> Result<(RunSet, Vec<Problem>, Watch), Error> {
        self.begin();
        let mut reading = Reading {
            now: SystemTime::now(),
            keep_going,
            deleted,
            count: 0,
            keys: Default::default(),
            list: Vec::new(),
            beyond: BTreeMap::new(),
            odd: Odd::default(),
            watch: Watch::of(layout),
        };
        let listed = self.experiments(layout, deleted, reading.now, &mut reading.odd, &mut reading.watch)?;
        let mut models = Vec::new();
        for (at, Listed { place, own }) in listed.iter().enumerate() {
            self.experiment((at as u32, place, &own.id), &mut reading)?;
            let (now, Reading { watch, odd, .. }) = (reading.now, &mut reading);
            models.extend(self.models.logged(place, now, watch, odd));
        }
        if !layout.is_experiment {
            let (now, Reading { watch, odd, .. }) = (reading.now, &mut reading);
            models.extend(self.models.registered(&layout.root, now, watch, odd));
        }
        self.end();
        // What is taken away as a whole in the midst of this looks like a store without runs.
        std::fs::metadata(&layout.root).map_err(|error| sniff::unreadable(&layout.root, &error))?;
        Ok(reading.finish(listed, models))
    }

    fn begin(&mut self) {
        self.round += 1;
        self.experiments.begin();
        self.runs.begin();
        self.datasets.inputs.begin();
        self.datasets.datasets.begin();
        self.models.versions.begin();
        self.models.logged.begin();
    }

    fn end(&mut self) {
        let round = self.round;
        self.files.retain(|_, (_, seen)| *seen == round);
        self.experiments.end();
        self.runs.end();
        self.datasets.inputs.end();
        self.datasets.datasets.end();
        self.models.versions.end();
        self.models.logged.end();
    }

    /// The experiments that can be read, by name.
    fn experiments(
        &mut self,
        layout: &Layout,
        deleted: bool,
        now: SystemTime,
        odd: &mut Odd,
        watch: &mut Watch,
    ) -> Result<Vec<Listed>, Error> {
        let mut listed = Vec::new();
        for place in layout.experiments(deleted)? {
            let file = place.join("meta.yaml");
            watch.folder(&place);
            let (meta, stamp) = self.experiments.get(&file, now);
            watch.file(&file, stamp);
            let meta = match meta {
                Ok(meta) => meta,
                Err(Unread::Absent) => {
                    odd.add("experiments have no meta.yaml and are left out with their runs", &place);
                    continue;
                }
                Err(_) => {
                    odd.add("experiments cannot be read and are left out with their runs", &file);
                    continue;
                }
            };
            let id = meta.experiment_id.clone().unwrap_or_default();
            // The clients leave it out as well: its runs would be written elsewhere.
            if !layout.is_experiment && !is_named(&place, &id) {
                odd.add("experiments have another id than their folder and are left out", &file);
                continue;
            }
            listed
                .push(Listed { own: Experiment { id, name: meta.name.clone().unwrap_or_default() }, place });
        }
        listed.sort_by(|a, b| a.own.name.cmp(&b.own.name).then_with(|| a.own.id.cmp(&b.own.id)));
        Ok(listed)
    }

    fn experiment(
        &mut self,
        (at, place, id): (u32, &Path, &str),
        reading: &mut Reading<'_>,
    ) -> Result<(), Error> {
        // It may be gone since it was listed.
        for folder in runs(place).unwrap_or_default() {
            if !(reading.keep_going)(reading.count) {
                return Err(Error::Stopped(name(&folder)));
            }
            let file = folder.join("meta.yaml");
            let (meta, stamp) = self.runs.get(&file, reading.now);
            let meta = match meta {
                Ok(meta) => meta,
                Err(why) => {
                    reading.watch.file(&file, stamp);
                    if *why != Unread::Absent {
                        reading.odd.add("runs have a meta.yaml that cannot be read and are left out", &file);
                    } else if folder.join("metrics").is_dir() {
                        // Of a run that is just begun this is written before the folders of values are made.
                        reading.odd.add("runs have no meta.yaml and are left out", &folder);
                    }
                    continue;
                }
            };
            if !is_of(meta, &folder, id) {
                reading.watch.file(&file, stamp);
                reading.odd.add(
                    "runs have another id than their folder or experiment, or none, and are left out",
                    &file,
                );
                continue;
            }
            if meta.is_deleted() && !reading.deleted {
                reading.watch.file(&file, stamp);
                continue;
            }
            let mut run = reading.begun(meta, &folder, at);
            let all = ["metrics", "params", "tags"].map(|part| keyed(&folder.join(part)));
            if run.status == Status::Running {
                reading.watch.running(&folder, print_of(stamp, &all));
            } else {
                reading.watch.file(&file, stamp);
            }
            reading.count(&all);
            let (now, count, keep_going) = (reading.now, reading.count, reading.keep_going);
            let (files, _) = self.files.remove(&folder).unwrap_or_default();
            let files = files.renewed(all, now, &|| keep_going(count))?;
            files.add_to(&mut run, &mut reading.keys, &mut reading.odd);
            self.files.insert(folder.clone(), (files, self.round));
            run.datasets = self.datasets.of([&folder, place], reading.now, &mut reading.odd);
            reading.list.push(run);
        }
        Ok(())
    }
}

impl Reading<'_> {
    /// A run with what its `meta.yaml` says.
    fn begun(&mut self, meta: &RunMeta, folder: &Path, experiment: u32) -> Run {
        let id = id_of(meta, folder);
        let mut time = |text: &Text| match text.as_deref().map(str::parse) {
            None => (None, None),
            Some(Ok(ms)) => time_of(ms),
            Some(Err(_)) => {
                self.odd.add("runs start or end at what is no time; it is left out", folder);
                (None, None)
            }
        };
        let ((start_time, start_beyond), (end_time, end_beyond)) =
            (time(&meta.start_time), time(&meta.end_time));
        let run = Run {
            name: meta.run_name.as_deref().unwrap_or_default().into(),
            experiment,
            status: Status::parse(meta.status()),
            start_time,
            end_time,
            artifact_uri: meta.artifact_uri.as_deref().map(Into::into),
            user: meta.user_id.as_deref().map(Into::into),
            ..Run::bare(id)
        };
        if (start_beyond, end_beyond) != (None, None) {
            self.beyond.insert(Arc::clone(&run.id), [start_beyond, end_beyond]);
        }
        run
    }

    /// Counts the files of a run, and tells what is none.
    fn count(&mut self, all: &[KeyedFiles; 3]) {
        for files in all {
            self.count += files.files.len() as u64;
            for path in &files.odd {
                self.odd.add("values are links or have names that are no text, and are left out", path);
            }
            if files.is_cut {
                let at = files.files.first().map(|file| file.path.clone()).unwrap_or_default();
                self.odd.add("runs have more values than are read", &at);
            }
        }
    }

    fn finish(mut self, listed: Vec<Listed>, models: Vec<Model>) -> (RunSet, Vec<Problem>, Watch) {
        tell_by_tags(&mut self.list, &self.keys[2]);
        let experiments = listed.into_iter().map(|listed| listed.own).collect();
        let set = RunSet::collected(experiments, self.keys, self.list);
        let problems = self.odd.problems().collect();
        (set.with_beyond(self.beyond).with_models(models), problems, self.watch)
    }
}

/// A run's id: of its file, or of its folder where that names none.
fn id_of<'a>(meta: &'a RunMeta, folder: &'a Path) -> &'a str {
    let own = meta.run_id.as_deref().or(meta.run_uuid.as_deref());
    own.or_else(|| folder.file_name()?.to_str()).unwrap_or_default()
}

/// Whether a run is the one that its folder is named after, and of that experiment. A copied folder would give one run
/// twice, and the clients leave runs of other experiments out.
fn is_of(meta: &RunMeta, folder: &Path, experiment: &str) -> bool {
    let has_id = meta.run_id.is_some() || meta.run_uuid.is_some();
    has_id
        && is_named(folder, id_of(meta, folder))
        && meta.experiment_id.as_deref().is_none_or(|id| id == experiment)
}

fn is_named(folder: &Path, id: &str) -> bool {
    folder.file_name().is_some_and(|name| name == id)
}

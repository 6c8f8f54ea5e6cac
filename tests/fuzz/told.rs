//! Everything that a reader tells of a store, once or as the store grows, in a form that two readers can be compared by.

use std::path::Path;

use mlops_atlas::problem::Problem;
use mlops_atlas::runs::{Artifact, Curve, Point, Run, RunSet, Series};
use mlops_atlas::store::runs::{Change, Cursor, Known, Reader};

/// What a reader tells of a store, or why it tells nothing.
pub type Answer = Result<Store, String>;

/// What a reader tells of a store: its runs, and a sentence for each thing that is odd, in order.
#[derive(Debug)]
pub struct Store {
    pub runs: Vec<Told>,
    pub problems: Vec<String>,
}

impl Store {
    /// The other tells the very same; values that are no numbers are the same as well.
    pub fn is_like(&self, other: &Self, what: &str) {
        assert_eq!(self.problems, other.problems, "{what}");
        let ids = |store: &Self| store.runs.iter().map(|told| told.run.clone()).collect::<Vec<_>>();
        assert_eq!(ids(self), ids(other), "{what}");
        for (own, other) in self.runs.iter().zip(&other.runs) {
            let of = |told: &Told| format!("{:?}", (&told.params, &told.tags, &told.series));
            assert_eq!(of(own), of(other), "{:?}, {what}", own.run);
            assert_eq!(own.artifacts, other.artifacts, "{:?}, {what}", own.run);
        }
    }
}

/// What is told of one run.
#[derive(Debug)]
pub struct Told {
    pub run: String,
    pub params: Vec<(String, String)>,
    pub tags: Vec<(String, String)>,
    /// By metric, and what was odd; or why none can be read.
    pub series: Result<AllSeries, String>,
    pub artifacts: Vec<String>,
}

type AllSeries = (Vec<(String, Series)>, Vec<String>);

impl Told {
    /// The steps and values of a metric.
    pub fn points(&self, metric: &str) -> Vec<(i64, f64)> {
        let named = self.all_series().iter().filter(|(name, _)| name == metric);
        named.flat_map(|(_, series)| series.points().map(|point| (point.step, point.value))).collect()
    }

    /// All series, which must be readable.
    pub fn all_series(&self) -> &[(String, Series)] {
        &self.series.as_ref().unwrap().0
    }
}

/// Sentences in order, each one line, without the name of the folder that the store lies in: two copies are compared.
fn sentences(problems: &[Problem], folder: &Path) -> Vec<String> {
    let sentence = |problem: &Problem| sentence(&format!("{}: {}", problem.message, problem.at), folder);
    let mut all: Vec<String> = problems.iter().map(sentence).collect();
    all.sort_unstable();
    all
}

fn sentence(text: &str, folder: &Path) -> String {
    assert!(!text.contains('\n'), "{text}");
    text.replace(&folder.display().to_string(), "")
}

/// Everything that a reader tells of a store in a folder. Whatever way a series is asked for gives the same of it.
pub fn everything(reader: &mut dyn Reader, folder: &Path) -> Answer {
    let (set, problems) = reader.runs(false).map_err(|error| sentence(&error.to_string(), folder))?;
    let names: Vec<&str> = set.metric_keys.iter().map(|key| &**key).collect();
    let runs = set.runs.iter().map(|run| of_run(reader, &set, &names, run, folder)).collect();
    Ok(Store { runs, problems: sentences(&problems, folder) })
}

fn of_run(reader: &mut dyn Reader, set: &RunSet, names: &[&str], run: &Run, folder: &Path) -> Told {
    let texts =
        |keys: &[std::sync::Arc<str>], values: &[(u32, std::sync::Arc<str>)]| -> Vec<(String, String)> {
            values.iter().map(|(key, text)| (keys[*key as usize].to_string(), text.to_string())).collect()
        };
    let series = match reader.series_of(&run.id, names, &|| true) {
        Ok((all, odd)) => {
            assert_eq!(all.len(), names.len());
            agree(reader, &run.id, names, &all);
            let all =
                names.iter().map(|name| (*name).to_owned()).zip(all.into_iter().map(|(series, _)| series));
            Ok((all.collect(), sentences(&odd, folder)))
        }
        Err(error) => Err(sentence(&error.to_string(), folder)),
    };
    let artifacts = match reader.artifacts(&run.id) {
        Ok((all, odd)) => {
            let told = all.iter().map(|artifact| of_artifact(reader, &run.id, artifact, folder));
            let told: Vec<String> = told.take(4).collect();
            told.into_iter().chain(sentences(&odd, folder)).collect()
        }
        Err(error) => vec![sentence(&error.to_string(), folder)],
    };
    Told {
        run: run.id.to_string(),
        params: texts(&set.param_keys, &run.params),
        tags: texts(&set.tag_keys, &run.tags),
        series,
        artifacts,
    }
}

fn of_artifact(reader: &mut dyn Reader, run: &str, artifact: &Artifact, folder: &Path) -> String {
    let held = reader.content(run, artifact).map_err(|error| sentence(&error.to_string(), folder));
    format!("{artifact:?}: {held:?}")
}

/// Curves and windows of series are those of the whole ones.
fn agree(reader: &mut dyn Reader, run: &str, names: &[&str], all: &[(Series, Cursor)]) {
    /// So few that nearly all series are thinned.
    const MOST: usize = 3;
    let (curves, _) = reader.curves_of(run, names, MOST, &|| true).unwrap();
    assert_eq!(curves.len(), all.len());
    for ((name, (series, cursor)), (curve, as_curve)) in names.iter().zip(all).zip(&curves) {
        let expected = Curve::of_at_most(series.clone(), MOST);
        let of = |curve: &Curve| format!("{:?}", (curve.series(), curve.points(), curve.repeated()));
        assert_eq!((of(curve), as_curve), (of(&expected), cursor), "the curve of {name:?} in {run:?}");
        let steps = &series.steps;
        let Some(last) = steps.last() else { continue };
        let (early, late) = (steps[steps.len() / 3], steps[steps.len() * 2 / 3]);
        for (from, to) in [(early, late), (*last, i64::MAX)] {
            let window = reader.window(run, name, (from, to), &|| true).unwrap();
            let expected = series.between(from, to);
            assert_eq!(format!("{window:?}"), format!("{expected:?}"), "{name:?} in {run:?}, {from} to {to}");
        }
    }
}

/// How a store is looked at after it has grown.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// See [`Reader::changes`].
    pub thorough: bool,
    /// Whether its runs are listed before it is asked what came.
    pub lists_first: bool,
}

/// Series that are followed while their store grows.
pub struct Followed(Vec<One>);

struct One {
    run: String,
    metric: String,
    series: Series,
    cursor: Cursor,
}

impl Followed {
    /// Every metric of the store in every run, whether it has points there or not, and these besides.
    pub fn begin(reader: &mut dyn Reader, besides: &[(&str, &str)]) -> Self {
        let mut all = Vec::new();
        let set = reader.runs(false).map(|(set, _)| set).unwrap_or_default();
        for run in &set.runs {
            let names: Vec<&str> = set.metric_keys.iter().map(|key| &**key).collect();
            all.extend(One::begin(reader, &run.id, &names));
        }
        for (run, metric) in besides {
            all.extend(One::begin(reader, run, &[metric]));
        }
        Self(all)
    }

    /// Takes in what came; a second look finds nothing more.
    pub fn look(&mut self, reader: &mut dyn Reader, look: Look) {
        if look.lists_first {
            reader.runs(false).ok();
        }
        self.take(reader, look.thorough);
        let before = format!("{:?}", self.points());
        self.take(reader, true);
        assert_eq!(before, format!("{:?}", self.points()), "a second look changes something");
    }

    fn take(&mut self, reader: &mut dyn Reader, thorough: bool) {
        let known: Vec<Known<'_>> = self.0.iter().map(One::known).collect();
        let news = reader.changes(&known, thorough, &|| true);
        // A table that is none any more; whoever lists it is told the same.
        let Ok(news) = news else {
            assert!(reader.runs(false).is_err(), "{:?}", news.err());
            return;
        };
        assert_eq!(news.len(), self.0.len());
        for (one, news) in self.0.iter_mut().zip(news) {
            let Ok((change, cursor)) = news else { continue };
            one.cursor = cursor;
            match change {
                Change::Nothing => {}
                Change::Added(series) => {
                    assert!(!series.is_empty() || series.left_out.is_some(), "nothing was added");
                    one.series.append(&series);
                }
                Change::Whole(series) => one.series = series,
            }
        }
    }

    fn points(&self) -> Vec<(&str, &str, Vec<Point>)> {
        self.0
            .iter()
            .map(|one| (one.run.as_str(), one.metric.as_str(), one.series.points().collect()))
            .collect()
    }

    /// What was known and what came is what a reader tells that reads it all now.
    pub fn is_all_of(&self, fresh: &mut dyn Reader, what: &str) {
        for one in &self.0 {
            let Ok((mut all, _)) = fresh.series_of(&one.run, &[&one.metric], &|| true) else { continue };
            let (whole, _) = all.pop().unwrap();
            let name = format!("{:?} in {:?}, {what}", one.metric, one.run);
            assert_eq!(format!("{:?}", one.series), format!("{whole:?}"), "{name}");
        }
    }
}

impl One {
    fn begin(reader: &mut dyn Reader, run: &str, metrics: &[&str]) -> Vec<Self> {
        let Ok((all, _)) = reader.series_of(run, metrics, &|| true) else { return Vec::new() };
        let one = |(metric, (series, cursor)): (&&str, _)| Self {
            run: run.to_owned(),
            metric: (*metric).to_owned(),
            series,
            cursor,
        };
        metrics.iter().zip(all).map(one).collect()
    }

    fn known(&self) -> Known<'_> {
        Known { run: &self.run, metric: &self.metric, cursor: &self.cursor }
    }
}

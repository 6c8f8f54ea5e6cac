//! The small files of a run: its metrics' latest points, its parameters and its tags.

use std::fs;
use std::io::Read as _;
use std::sync::Arc;
use std::time::SystemTime;

use super::kept::{Entry, renewed};
use super::layout::{Keyed, KeyedFiles};
use super::lines::{self, Reach};
use super::odd::Odd;
use super::points::Latest;
use crate::runs::{Keys, Run};
use crate::store::runs::Error;

/// A longer text is left out: MLflow's own have 8,000 letters at most.
const LONGEST_TEXT: u64 = 4_000_000;

/// A parameter or tag, or none where its file cannot be read.
type Value = Option<Arc<str>>;

/// A metric's file so far.
#[derive(Debug, Default)]
struct Metric {
    reach: Reach,
    latest: Latest,
    is_unreadable: bool,
}

/// What the files of a run gave.
#[derive(Debug, Default)]
pub(super) struct Files {
    metrics: Vec<Entry<Metric>>,
    texts: [Vec<Entry<Value>>; 2],
}

impl Files {
    /// What the metrics, parameters and tags give now: what changed is read.
    pub fn renewed(
        self,
        [metrics, params, tags]: [KeyedFiles; 3],
        now: SystemTime,
        keep_going: &dyn Fn() -> bool,
    ) -> Result<Self, Error> {
        let mut stopped = None;
        let metrics = renewed(self.metrics, metrics.files, now, |file, before| {
            match metric(file, &before.unwrap_or_default(), keep_going) {
                Err(error @ Error::Stopped(_)) => {
                    stopped = Some(error);
                    Metric::default()
                }
                Ok(metric) => metric,
                Err(_) => Metric { is_unreadable: true, ..Metric::default() },
            }
        });
        if let Some(error) = stopped {
            return Err(error);
        }
        let [old_params, old_tags] = self.texts;
        let texts = [(old_params, params), (old_tags, tags)]
            .map(|(old, files)| renewed(old, files.files, now, |file, _| text(file)));
        Ok(Self { metrics, texts })
    }

    /// Adds all values to a run, and tells what is none.
    pub fn add_to(&self, run: &mut Run, [metrics, params, tags]: &mut [Keys; 3], odd: &mut Odd) {
        let id = Arc::clone(&run.id);
        let place = |part: &str, key: &str| format!("run {id}: {part}/{key}");
        for Entry { key, value: metric, .. } in &self.metrics {
            match metric {
                Metric { latest: Latest { best: Some(best), .. }, .. } => {
                    run.metrics.push((metrics.place(key), best.value));
                }
                Metric { is_unreadable: true, .. } => {
                    odd.add_at("metrics cannot be read", 1, || place("metrics", key));
                }
                _ => odd.add_at("metrics have no value yet", 1, || place("metrics", key)),
            }
            if let Some((count, first)) = metric.latest.odd {
                let place = || format!("{}, byte {first}", place("metrics", key));
                odd.add_at("lines of metrics are no points and are left out", count, place);
            }
        }
        let [own_params, own_tags] = &self.texts;
        let parts =
            [("params", own_params, params, &mut run.params), ("tags", own_tags, tags, &mut run.tags)];
        for (part, entries, keys, own) in parts {
            for Entry { key, value, .. } in entries {
                if let Some(text) = value {
                    own.push((keys.place(key), Arc::clone(text)));
                } else {
                    let what = "parameters or tags cannot be read or are too long, and are left out";
                    odd.add_at(what, 1, || place(part, key));
                }
            }
        }
    }
}

/// A metric's latest point, of which `before` was known.
fn metric(file: &Keyed, before: &Metric, keep_going: &dyn Fn() -> bool) -> Result<Metric, Error> {
    let mut latest = before.latest;
    let reach =
        lines::read_on(&file.path, before.reach, false, keep_going, |line, at| latest.take(line, at))?;
    if let Some(reach) = reach {
        return Ok(Metric { reach, latest, is_unreadable: false });
    }
    let mut latest = Latest::default();
    let reach =
        lines::read_on(&file.path, Reach::default(), false, keep_going, |line, at| latest.take(line, at))?;
    Ok(Metric { reach: reach.unwrap_or_default(), latest, is_unreadable: false })
}

fn text(file: &Keyed) -> Value {
    let mut bytes = Vec::with_capacity(file.stamp.length.min(LONGEST_TEXT) as usize + 1);
    let opened = fs::File::open(&file.path).ok()?;
    opened.take(LONGEST_TEXT + 1).read_to_end(&mut bytes).ok()?;
    let is_held = bytes.len() as u64 <= LONGEST_TEXT;
    is_held.then(|| String::from_utf8_lossy(&bytes).into())
}

//! Points of metrics: all of them, and those that came since. A look reads what was appended and nothing else.

use super::lines::{self, Reach};
use super::points::Points;
use super::{MlflowFiles, metric_file, name};
use crate::problem::Problem;
use crate::runs::Series;
use crate::store::runs::{Change, Cursor, Error, Known, News, SeriesAndProblems};

/// See [`Reader::series_of`](crate::store::runs::Reader::series_of).
pub(super) fn series_of(
    store: &mut MlflowFiles,
    run: &str,
    metrics: &[&str],
    keep_going: &dyn Fn() -> bool,
) -> SeriesAndProblems {
    let (mut all, mut problems) = (Vec::with_capacity(metrics.len()), Vec::new());
    let folder = store.run(run);
    for metric in metrics {
        let file = folder.as_ref().and_then(|folder| metric_file(folder, metric));
        let Some(file) = file else {
            all.push((Series::default(), Cursor::default()));
            continue;
        };
        if !keep_going() {
            return Err(Error::Stopped(name(&file)));
        }
        let mut points = Points::default();
        match lines::read_on(&file, Reach::default(), false, keep_going, |line, _| points.take(line)) {
            Ok(reach) => {
                let reach = reach.unwrap_or_default();
                if reach.has_rest() {
                    let message = format!(
                        "The last line, from byte {} on, has no end yet and is left out until it has one",
                        reach.end
                    );
                    problems.push(Problem::warning(message, name(&file)));
                }
                all.push((points.into_series(), reach.cursor()));
            }
            // A folder is a part of other keys.
            Err(Error::Missing(_) | Error::NoFile(_)) => all.push((Series::default(), Cursor::default())),
            Err(error) => return Err(error),
        }
    }
    Ok((all, problems))
}

/// See [`Reader::changes`](crate::store::runs::Reader::changes).
pub(super) fn since(
    store: &mut MlflowFiles,
    known: &[Known<'_>],
    thorough: bool,
    keep_going: &dyn Fn() -> bool,
) -> Result<Vec<News>, Error> {
    let mut news = Vec::with_capacity(known.len());
    for known in known {
        match one(store, known, thorough, keep_going) {
            Err(error @ Error::Stopped(_)) => return Err(error),
            outcome => news.push(outcome),
        }
    }
    Ok(news)
}

fn one(
    store: &mut MlflowFiles,
    known: &Known<'_>,
    thorough: bool,
    keep_going: &dyn Fn() -> bool,
) -> Result<(Change, Cursor), Error> {
    let file = store.run(known.run).and_then(|folder| metric_file(&folder, known.metric));
    let begun = Reach::of(known.cursor);
    let gone = || match known.cursor.words() {
        [] => (Change::Nothing, Cursor::default()),
        _ => (Change::Whole(Series::default()), Cursor::default()),
    };
    let Some(file) = file else { return Ok(gone()) };
    let read = |from: Reach, thorough| {
        let mut points = Points::default();
        let reach = lines::read_on(&file, from, thorough, keep_going, |line, _| points.take(line));
        reach.map(|reach| (reach, points))
    };
    // A cursor that another reader made, or an older one of this, tells nothing.
    let is_known = begun.is_some() || known.cursor.words().is_empty();
    let from = begun.unwrap_or_default();
    let outcome = match read(from, thorough) {
        Ok((Some(reach), points)) if is_known => {
            let change =
                if points.is_empty() { Change::Nothing } else { Change::Added(points.into_series()) };
            Ok((change, reach.cursor()))
        }
        Ok(_) => read(Reach::default(), false)
            .map(|(reach, points)| (Change::Whole(points.into_series()), reach.unwrap_or_default().cursor())),
        Err(error) => Err(error),
    };
    match outcome {
        Err(Error::Missing(_) | Error::NoFile(_)) => Ok(gone()),
        outcome => outcome,
    }
}

//! What came to series since they were read. A cursor tells how far each file of its run was read, so a look reads what was
//! written since, once for all series of a run.

use std::collections::{BTreeMap, HashMap};

use super::file::Reached;
use super::index::{Also, Index};
use super::store::Store;
use super::tag::{Found, Points};
use crate::runs::Series;
use crate::store::runs::{Change, Cursor, Error, Known, News};

/// How far the files of a run were read, as a cursor.
pub(super) fn cursor_of(index: &Index) -> Cursor {
    let begun = index.files.iter().map(|file| file.reached).filter(|reached| reached.offset > 0);
    let words = begun.flat_map(|Reached { print, offset, mark }| [print, offset, u64::from(mark)]);
    Cursor::new(words.collect::<Vec<_>>())
}

/// How far a cursor says that files were read; none where another reader made it.
fn reached_of(cursor: &Cursor) -> Option<Vec<Reached>> {
    let (files, rest) = cursor.words().as_chunks::<3>();
    rest.is_empty().then_some(())?;
    let file = |[print, offset, mark]: &[u64; 3]| {
        Some(Reached { print: *print, offset: *offset, mark: u32::try_from(*mark).ok()? })
    };
    files.iter().map(file).collect()
}

/// Some series of a run, and what comes to them while its files are walked over.
struct Followed<'a> {
    by_tag: HashMap<&'a str, Vec<usize>>,
    /// For each series, from where on values of each file are wanted.
    from: Vec<BTreeMap<u64, u64>>,
    /// The least of these.
    least: BTreeMap<u64, u64>,
    points: Vec<Points>,
}

impl<'a> Followed<'a> {
    fn new<'b>(series: impl Iterator<Item = (&'a str, &'b [Reached])>) -> Self {
        let mut by_tag: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut from = Vec::new();
        for (tag, reached) in series {
            by_tag.entry(tag).or_default().push(from.len());
            from.push(
                reached.iter().map(|reached| (reached.print, reached.offset)).collect::<BTreeMap<_, _>>(),
            );
        }
        let prints = from.iter().flat_map(BTreeMap::keys).copied();
        let least =
            |print: u64| from.iter().map(|own| own.get(&print).copied().unwrap_or(0)).min().unwrap_or(0);
        let least = prints.map(|print| (print, least(print))).collect();
        Self { by_tag, points: vec![Points::default(); from.len()], from, least }
    }
}

impl Also for Followed<'_> {
    fn from(&self, print: u64) -> u64 {
        self.least.get(&print).copied().unwrap_or(0)
    }

    fn take(&mut self, file: u64, at: u64, tag: &str, found: Found) {
        for own in self.by_tag.get(tag).into_iter().flatten() {
            if at >= self.from[*own].get(&file).copied().unwrap_or(0) {
                self.points[*own].take(found);
            }
        }
    }
}

/// See [`Reader::series_of`](crate::store::runs::Reader::series_of).
pub(super) fn whole(
    store: &mut Store,
    run: &str,
    metrics: &[&str],
    keep_going: &dyn Fn() -> bool,
) -> Result<Vec<(Series, Cursor)>, Error> {
    if store.prepared(run, false, keep_going)?.is_none() {
        return Ok(metrics.iter().map(|_| (Series::default(), Cursor::default())).collect());
    }
    let Some(index) = store.read(run, &mut (), &|_| keep_going())? else { return Ok(Vec::new()) };
    if index.keeps {
        let cursor = cursor_of(index);
        let series = metrics
            .iter()
            .map(|metric| index.tag(metric).map_or_else(Series::default, |tag| tag.points().series()));
        return Ok(series.map(|series| (series, cursor.clone())).collect());
    }
    let mut followed = Followed::new(metrics.iter().map(|metric| (*metric, &[][..])));
    let cursor = store.read(run, &mut followed, &|_| keep_going())?.map(cursor_of).unwrap_or_default();
    Ok(followed.points.iter().map(|points| (points.series(), cursor.clone())).collect())
}

/// See [`Reader::changes`](crate::store::runs::Reader::changes).
pub(super) fn since(
    store: &mut Store,
    known: &[Known<'_>],
    thorough: bool,
    keep_going: &dyn Fn() -> bool,
) -> Result<Vec<News>, Error> {
    let mut by_run: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, known) in known.iter().enumerate() {
        by_run.entry(known.run).or_default().push(at);
    }
    let mut news: Vec<News> = known.iter().map(|known| Ok((Change::Nothing, known.cursor.clone()))).collect();
    for (run, members) in by_run {
        let Some(index) = store.prepared(run, thorough, keep_going)? else {
            for at in members.into_iter().filter(|at| !known[*at].cursor.words().is_empty()) {
                news[at] = Ok((Change::Whole(Series::default()), Cursor::default()));
            }
            continue;
        };
        let mut asked = BTreeMap::new();
        let mut stands = |reached: Reached| *asked.entry(reached).or_insert_with(|| is_in(reached, index));
        let (mut followed, mut again) = (Vec::new(), Vec::new());
        for at in members {
            let reached = reached_of(known[at].cursor);
            match reached.filter(|files| files.iter().all(|reached| stands(*reached))) {
                Some(reached) => followed.push((at, reached)),
                None => again.push(at),
            }
        }
        if !followed.is_empty() {
            let series = followed.iter().map(|(at, reached)| (known[*at].metric, reached.as_slice()));
            let mut gathered = Followed::new(series);
            let cursor =
                store.read(run, &mut gathered, &|_| keep_going())?.map(cursor_of).unwrap_or_default();
            for ((at, _), points) in followed.iter().zip(gathered.points) {
                let change = if points.is_empty() { Change::Nothing } else { Change::Added(points.series()) };
                news[*at] = Ok((change, cursor.clone()));
            }
        }
        let metrics: Vec<&str> = again.iter().map(|at| known[*at].metric).collect();
        if !metrics.is_empty() {
            for (at, (series, cursor)) in again.into_iter().zip(whole(store, run, &metrics, keep_going)?) {
                news[at] = Ok((Change::Whole(series), cursor));
            }
        }
    }
    Ok(news)
}

/// Whether the run has a file that begins so and still has the same record there.
fn is_in(reached: Reached, index: &Index) -> bool {
    let file = index.files.iter().find(|file| file.reached.print == reached.print);
    file.is_some_and(|file| file.reached == reached || reached.stands(&file.path))
}

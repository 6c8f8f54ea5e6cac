//! What happens to the answers of jobs: late ones are dropped, and what is drawn stays until its news are here.

use jiff::civil::date;

use super::*;
use crate::action::{Action, LookWish, SeriesAction, WindowAction};
use crate::catalog::Catalog;
use crate::practice::Practice;
use crate::runs::{Curve, Look, Looked, Point, Run, Series, Smoothing, Status, Table};
use crate::settings::Settings;
use crate::state::Content;

const METRIC: &str = "loss";

fn series(steps: impl IntoIterator<Item = i64>) -> Series {
    Series::from_points(steps.into_iter().map(|step| Point { step, time: 0, value: 0.5 }).collect())
}

fn curve(steps: impl IntoIterator<Item = i64>) -> Arc<Curve> {
    Arc::new(Curve::new(series(steps)))
}

fn runs(ids: &[&str]) -> Arc<RunSet> {
    let run = |id: &&str| Run { status: Status::Finished, metrics: vec![(0, 1.0)], ..Run::bare(*id) };
    let keys = [vec![METRIC.into()], Vec::new(), Vec::new()];
    Arc::new(RunSet::new(Vec::new(), keys, ids.iter().map(run).collect()))
}

/// An open demo store with runs `a` and `b`, and the requests that were made.
struct Desk {
    state: State,
    id: SourceId,
    asked: Vec<Effect>,
}

impl Desk {
    fn new() -> Self {
        let content =
            Content { catalog: Catalog::default(), practice: Practice::default(), templates: Vec::new() };
        let mut state = State::new(content, Settings::default(), date(2026, 11, 30));
        let asked = state.apply(Action::from(WindowAction::Go(Location::store(Origin::Demo))));
        let id = state.focused_source(WindowId::MAIN).unwrap().0;
        let mut desk = Self { state, id, asked };
        let asked = std::mem::take(&mut desk.asked);
        let request = asked.iter().find_map(|effect| match effect {
            Effect::LoadSource { request, .. } => Some(*request),
            _ => None,
        });
        let request = request.unwrap();
        desk.tell(SourceAction::Loaded { request, runs: runs(&["a", "b"]), problems: Vec::new() });
        desk
    }

    fn tell(&mut self, action: SourceAction) {
        self.asked.extend(self.state.apply(Action::Source(self.id, action)));
    }

    fn draw(&mut self, ticked: &[&str]) {
        let Location::Store(mut store) = Location::store(Origin::Demo) else { unreachable!() };
        store.ticked = ticked.iter().map(|run| (*run).to_owned()).collect();
        store.metrics = vec![METRIC.to_owned()];
        self.asked.extend(self.state.apply(WindowAction::Narrow(Location::Store(store)).into()));
    }

    /// The last request for series, with the runs it asks for.
    fn request(&mut self) -> Option<(u64, Vec<String>)> {
        let asked = std::mem::take(&mut self.asked);
        asked.into_iter().rev().find_map(|effect| match effect {
            Effect::LoadSeries { request, keys, .. } => {
                Some((request, keys.into_iter().map(|key| key.run).collect()))
            }
            _ => None,
        })
    }

    fn answer(&mut self, request: u64, run: &str, series: SeriesAction) {
        let key = SeriesKey { run: run.to_owned(), metric: METRIC.to_owned() };
        self.tell(SourceAction::Series { request, key, series });
    }

    fn drawn(&self, run: &str) -> Option<(&Drawn, usize)> {
        let key = SeriesKey { run: run.to_owned(), metric: METRIC.to_owned() };
        let drawn = self.state.sources[&self.id].series.get(&key)?;
        Some((drawn, drawn.curve.as_ref().map_or(0, |curve| curve.series().len())))
    }
}

#[test]
fn reading_again_keeps_what_is_drawn_and_drops_late_answers() {
    let mut desk = Desk::new();
    desk.draw(&["a"]);
    let (first, _) = desk.request().unwrap();
    desk.answer(first, "a", SeriesAction::Whole(curve(0..5)));
    desk.tell(SourceAction::Reload);
    let (second, asked) = desk.request().unwrap();
    assert_eq!(asked, ["a"]);
    let (drawn, points) = desk.drawn("a").unwrap();
    assert_eq!((points, &drawn.state), (5, &DrawnState::Loading));
    // Both of the reading before: its news, and its answer once more.
    desk.answer(first, "a", SeriesAction::Added(Arc::new(series(5..9))));
    desk.answer(first, "a", SeriesAction::Whole(curve(0..9)));
    assert_eq!(desk.drawn("a").unwrap().1, 5);
    desk.answer(second, "a", SeriesAction::Whole(curve(0..7)));
    desk.answer(second, "a", SeriesAction::Added(Arc::new(series([7]))));
    let (drawn, points) = desk.drawn("a").unwrap();
    assert_eq!((points, &drawn.state), (8, &DrawnState::Ready));
}

#[test]
fn only_what_failed_is_tried_again() {
    let mut desk = Desk::new();
    desk.draw(&["a", "b"]);
    let (first, _) = desk.request().unwrap();
    desk.answer(first, "a", SeriesAction::Whole(curve(0..5)));
    desk.answer(first, "b", SeriesAction::Failed("It is locked.".to_owned()));
    desk.tell(SourceAction::Retry);
    let (second, asked) = desk.request().unwrap();
    assert_eq!(asked, ["b"]);
    desk.tell(SourceAction::SeriesStopped { request: first, why: "stopped".to_owned() });
    assert_eq!(desk.drawn("b").unwrap().0.state, DrawnState::Loading);
    desk.tell(SourceAction::SeriesStopped { request: second, why: "stopped".to_owned() });
    assert!(matches!(desk.drawn("b").unwrap().0.state, DrawnState::Failed(_)));
    assert_eq!(desk.drawn("a").unwrap().0.state, DrawnState::Ready);
}

/// Sorting a point into a million others takes longer than a frame: a job does it, for this series alone and one at a
/// time; nothing is read again and nothing is lost.
#[test]
fn late_points_of_a_long_series_are_sorted_in_by_a_job() {
    let mut desk = Desk::new();
    desk.draw(&["a", "b"]);
    let (first, _) = desk.request().unwrap();
    for run in ["a", "b"] {
        desk.answer(first, run, SeriesAction::Whole(curve(0..50_000)));
    }
    let added = |step| SeriesAction::Added(Arc::new(series([step])));
    desk.answer(first, "a", added(50_000));
    assert_eq!((desk.asked.len(), desk.drawn("a").unwrap().1), (0, 50_001));
    desk.answer(first, "a", added(-1));
    desk.answer(first, "a", added(60_000));
    desk.answer(first, "b", added(50_000));
    assert_eq!(desk.drawn("b").unwrap().1, 50_001);
    for expected in [50_002, 50_003] {
        let asked = std::mem::take(&mut desk.asked);
        let [Effect::MergeSeries { request, turn, key, curve, points, .. }] = &asked[..] else {
            panic!("not one thing was asked for: {asked:?}");
        };
        let mut merged = Curve::clone(curve);
        for points in points {
            merged.append(points);
        }
        desk.answer(*request, &key.run, SeriesAction::Merged(*turn, Arc::new(merged)));
        assert_eq!(desk.drawn("a").unwrap().1, expected);
    }
    assert!(desk.asked.is_empty());
}

/// What nobody sees costs nothing, and what was seen of all sources shares one room.
#[test]
fn a_store_that_was_left_is_not_followed() {
    let mut desk = Desk::new();
    desk.draw(&["a"]);
    let (request, _) = desk.request().unwrap();
    desk.answer(request, "a", SeriesAction::Whole(curve(0..1_200_000)));
    desk.asked.extend(desk.state.apply(Action::from(WindowAction::Go(Location::Stores))));
    let asked = std::mem::take(&mut desk.asked);
    let told =
        |effect: &Effect| matches!(effect, Effect::Follow { keys, in_sight: false, .. } if keys.is_empty());
    assert!(asked.iter().any(told), "{asked:?}");
    assert!(desk.drawn("a").is_none());
    desk.asked.extend(desk.state.apply(Action::from(WindowAction::Back)));
    assert_eq!(desk.request().unwrap().1, ["a"]);
}

#[test]
fn a_reading_that_was_stopped_is_told_also_when_it_was_not_the_first() {
    let mut desk = Desk::new();
    desk.asked.clear();
    desk.tell(SourceAction::Reload);
    let request = desk.asked.iter().find_map(|effect| match effect {
        Effect::LoadSource { request, .. } => Some(*request),
        _ => None,
    });
    desk.tell(SourceAction::Stopped { request: request.unwrap() });
    let (_, source) = desk.state.focused_source(WindowId::MAIN).unwrap();
    assert!(matches!(source.state, SourceState::Failed(_)) && source.runs.is_some());
}

#[test]
fn what_is_not_drawn_any_more_is_kept_as_long_as_there_is_room() {
    let mut desk = Desk::new();
    for (run, points) in [("a", 700_000), ("b", 600_000)] {
        desk.draw(&[run]);
        let (request, _) = desk.request().unwrap();
        desk.answer(request, run, SeriesAction::Whole(curve(0..points)));
    }
    // One is drawn, the other kept.
    assert!(desk.drawn("a").is_some());
    desk.draw(&["a"]);
    assert_eq!(desk.request(), None);
    // Now neither is drawn; the one that was wanted last stays.
    desk.draw(&[]);
    assert!(desk.drawn("a").is_some() && desk.drawn("b").is_none());
    desk.draw(&["b"]);
    assert_eq!(desk.request().unwrap().1, ["b"]);
    // What nobody waits for any more is not kept either, and its answer is dropped.
    desk.draw(&["a"]);
    assert!(desk.drawn("b").is_none());
}

#[test]
fn the_rows_of_an_order_that_is_not_wanted_any_more_are_dropped() {
    let mut desk = Desk::new();
    let order = |desk: &mut Desk| {
        let asked = std::mem::take(&mut desk.asked);
        asked.into_iter().find_map(|effect| match effect {
            Effect::OrderRuns { request, runs, .. } => Some((request, runs)),
            _ => None,
        })
    };
    let (first, runs) = order(&mut desk).unwrap();
    let Location::Store(mut store) = Location::store(Origin::Demo) else { unreachable!() };
    store.order = vec![crate::address::SortKey { key: "run_name".to_owned(), descending: true }];
    desk.asked.extend(desk.state.apply(WindowAction::Narrow(Location::Store(store)).into()));
    let (second, _) = order(&mut desk).unwrap();
    let ordered = |request, rows: &[u32]| SourceAction::Ordered {
        window: WindowId::MAIN,
        request,
        runs: Arc::clone(&runs),
        table: Arc::new(Table { rows: rows.to_vec(), ..Table::default() }),
    };
    desk.tell(ordered(first, &[0, 1]));
    assert!(desk.state.window(WindowId::MAIN).runs.of(desk.id).is_none());
    desk.tell(ordered(second, &[1, 0]));
    assert_eq!(desk.state.window(WindowId::MAIN).runs.of(desk.id).unwrap().1.rows, [1, 0]);
}

/// Sorting takes a while, and what is read anew meanwhile is newer than what was sorted.
#[test]
fn a_series_that_was_read_anew_is_not_replaced_by_an_older_sorting() {
    let mut desk = Desk::new();
    desk.draw(&["a"]);
    let (request, _) = desk.request().unwrap();
    desk.answer(request, "a", SeriesAction::Whole(curve(0..50_000)));
    desk.answer(request, "a", SeriesAction::Added(Arc::new(series([-1]))));
    let asked = std::mem::take(&mut desk.asked);
    let [Effect::MergeSeries { turn, .. }] = &asked[..] else { panic!("{asked:?}") };
    desk.answer(request, "a", SeriesAction::Whole(curve(0..7)));
    desk.answer(request, "a", SeriesAction::Merged(*turn, curve(-1..50_000)));
    assert_eq!(desk.drawn("a").unwrap().1, 7);
}

/// The windows that were asked for since.
fn windows(desk: &mut Desk) -> Vec<(u64, (i64, i64))> {
    let asked = std::mem::take(&mut desk.asked).into_iter();
    let window = |effect| match effect {
        Effect::LoadWindow { request, steps, .. } => Some((request, steps)),
        _ => None,
    };
    asked.filter_map(window).collect()
}

/// From afar some of the points are drawn, from near all of those in sight, which are asked for once.
#[test]
fn all_points_of_a_thinned_series_come_when_somebody_looks_closer() {
    let mut desk = Desk::new();
    desk.draw(&["a"]);
    let (request, _) = desk.request().unwrap();
    let whole = series(0..100_000);
    let thin = Arc::new(Curve::of_at_most(whole.clone(), 1_000));
    desk.answer(request, "a", SeriesAction::Whole(thin));
    let key = || SeriesKey { run: "a".to_owned(), metric: METRIC.to_owned() };
    let closer = |desk: &mut Desk, steps| desk.tell(SourceAction::LookCloser { key: key(), steps });
    closer(&mut desk, (1_000, 1_100));
    let [(asked_by, steps)] = windows(&mut desk)[..] else { panic!("one window") };
    assert!(asked_by == request && steps.0 <= 1_000 && 1_100 <= steps.1, "{steps:?}");
    closer(&mut desk, (1_010, 1_120));
    assert_eq!(windows(&mut desk), [], "a little further is on its way");
    let points = Arc::new(Curve::new(whole.between(steps.0, steps.1)));
    desk.answer(request, "a", SeriesAction::Window(steps, Arc::clone(&points)));
    let window =
        |desk: &Desk, from, to| desk.drawn("a").unwrap().0.window(from, to).map(|curve| curve.points());
    assert_eq!(window(&desk, 1_000.0, 1_100.0), Some(points.points()));
    assert_eq!(window(&desk, 1_000.0, 9_000.0), None);
    // A window that cannot be read now may be asked for again.
    closer(&mut desk, (70_000, 70_100));
    let [(_, gone)] = windows(&mut desk)[..] else { panic!("one window") };
    desk.answer(request, "a", SeriesAction::NoWindow(gone));
    closer(&mut desk, (70_000, 70_100));
    assert_eq!(windows(&mut desk).len(), 1);
    // What came while one is on its way may not be in it.
    desk.answer(request, "a", SeriesAction::Added(Arc::new(series([70_050]))));
    closer(&mut desk, (70_000, 70_100));
    assert_eq!(windows(&mut desk).len(), 1);
    // What comes into the window stands in it, and a window of an earlier wish does not take its place.
    desk.answer(request, "a", SeriesAction::Added(Arc::new(series([1_050, 100_000]))));
    assert_eq!(window(&desk, 1_000.0, 1_100.0), Some(points.points() + 1));
    closer(&mut desk, (50_000, 50_100));
    let [(_, steps)] = windows(&mut desk)[..] else { panic!("one window") };
    desk.answer(request, "a", SeriesAction::Window((0, 7), Arc::clone(&points)));
    assert_eq!(window(&desk, 0.0, 7.0), None);
    desk.answer(request, "a", SeriesAction::Window(steps, points));
    assert!(window(&desk, 50_000.0, 50_100.0).is_some());
    // Read anew, it may be another series.
    desk.answer(request, "a", SeriesAction::Whole(curve(0..5)));
    assert_eq!(window(&desk, 50_000.0, 50_100.0), None);
    closer(&mut desk, (1, 2));
    assert_eq!(windows(&mut desk), [], "it is whole");
}

/// All series that are drawn share one room: with the second one the first is read again, thinned, and it is whole again
/// when it stands alone.
#[test]
fn more_series_have_fewer_points_each() {
    let mut desk = Desk::new();
    desk.draw(&["a"]);
    let most = |desk: &Desk| {
        desk.asked.iter().find_map(|effect| match effect {
            Effect::LoadSeries { most, keys, .. } => Some((*most, keys.len())),
            _ => None,
        })
    };
    let (alone, _) = most(&desk).unwrap();
    let (request, _) = desk.request().unwrap();
    // As long as one may be that is alone.
    desk.answer(request, "a", SeriesAction::Whole(Arc::new(Curve::new(series(0..alone as i64 / 100)))));
    desk.draw(&["a", "b"]);
    let (both, asked) = most(&desk).unwrap();
    assert_eq!((both, asked), (alone / 2, 1), "a short one stays");
    let (request, _) = desk.request().unwrap();
    let long = Curve::of_thinned(series(0..100), alone * 2, 0);
    desk.answer(request, "b", SeriesAction::Whole(Arc::new(long)));
    desk.draw(&["b"]);
    assert_eq!(desk.request(), None, "too long even alone");
    let of_both = Curve::of_thinned(series(0..100), alone / 3, 0);
    desk.answer(request, "b", SeriesAction::Whole(Arc::new(of_both)));
    desk.draw(&["a", "b"]);
    desk.asked.clear();
    desk.draw(&["b"]);
    assert_eq!(desk.request().unwrap().1, ["b"], "alone it may be whole");
}

/// Two stores of the same file name are open: who reads a title knows which it is.
#[test]
fn stores_of_the_same_file_name_are_told_apart() {
    let mut desk = Desk::new();
    let origin = |folder: &str| Origin::Path(format!("/data/{folder}/mlflow.db").into());
    desk.state.apply(Action::from(WindowAction::Go(Location::store(origin("a")))));
    assert_eq!(desk.state.source_name(&origin("a")), "mlflow.db");
    desk.state.apply(Action::from(WindowAction::Go(Location::store(origin("b")))));
    assert_eq!(
        [origin("a"), origin("b")].map(|origin| desk.state.source_name(&origin)),
        ["a/mlflow.db", "b/mlflow.db"]
    );
    assert_eq!(desk.state.source_name(&Origin::Demo), "Demo store");
}

/// A look is asked for once its series is here, one wish at a time, and again when more points came.
#[test]
fn a_smoothed_series_is_made_once_for_each_state_of_its_points() {
    let mut desk = Desk::new();
    let smoothed = |weight| Look { smoothing: Smoothing::Ema(weight), ..Look::default() };
    let wish = |desk: &mut Desk| {
        let asked = std::mem::take(&mut desk.asked);
        asked.into_iter().find_map(|effect| match effect {
            Effect::LookAt { request, look, wanted, .. } => Some((request, look, wanted)),
            _ => None,
        })
    };
    let draw = |desk: &mut Desk, look: Look| {
        let Location::Store(mut store) = Location::store(Origin::Demo) else { unreachable!() };
        (store.ticked, store.metrics) = (vec!["a".to_owned()], vec![METRIC.to_owned()]);
        store.charts.look = look;
        desk.asked.extend(desk.state.apply(WindowAction::Narrow(Location::Store(store)).into()));
    };
    let answer = |desk: &mut Desk, (request, look, wanted): (u64, Look, Vec<LookWish>)| {
        for LookWish { key, of, curve, .. } in wanted {
            let looked = Looked::of(curve.series(), &look, (None, None), 100);
            let (look, looked) = (look.clone(), Some(Arc::new(looked)));
            desk.tell(SourceAction::Looked { request, key, look, of, looked });
        }
        desk.tell(SourceAction::LookedAll { request });
    };
    let len = |desk: &Desk, look: &Look| {
        let (drawn, _) = desk.drawn("a").unwrap();
        drawn.looked(look).map(|looked| looked.line.trace.values.len())
    };
    draw(&mut desk, smoothed(0.5));
    let (request, _) = desk.request().unwrap();
    assert!(wish(&mut desk).is_none(), "nothing was read yet");
    desk.answer(request, "a", SeriesAction::Whole(curve(0..5)));
    let first = wish(&mut desk).unwrap();
    // While that is made, somebody turns the knob on, and more points come.
    draw(&mut desk, smoothed(0.9));
    desk.answer(request, "a", SeriesAction::Added(Arc::new(series(5..8))));
    assert!(wish(&mut desk).is_none(), "one wish at a time");
    answer(&mut desk, first);
    assert_eq!(len(&desk, &smoothed(0.9)), Some(5), "the last one stays until the new one is there");
    let second = wish(&mut desk).unwrap();
    assert_eq!(second.1, smoothed(0.9));
    answer(&mut desk, second);
    assert_eq!(len(&desk, &smoothed(0.9)), Some(8));
    assert!(wish(&mut desk).is_none(), "all is there");
    // What was asked before a reload is answered to nobody.
    desk.answer(request, "a", SeriesAction::Added(Arc::new(series(8..9))));
    let third = wish(&mut desk).unwrap();
    desk.tell(SourceAction::Reload);
    answer(&mut desk, third);
    assert_eq!(len(&desk, &smoothed(0.9)), Some(8));
}

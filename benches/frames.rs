//! Processor time of one frame (interface and tessellation) of every place at the sizes of the budgets, while
//! something moves: the wheel turns, the drawing is panned, the pointer crosses the chart.

#![expect(clippy::unwrap_used, reason = "a bench that cannot start says so by failing")]

mod support;

use std::sync::Arc;
use std::time::Duration;

use egui::{Event, Key, Modifiers, pos2, vec2};
use mlops_atlas::action::{
    Action, DocumentAction, DocumentId, Effect, LookWish, SeriesAction, SourceAction, SourceId, WindowAction,
    WindowId,
};
use mlops_atlas::address::{
    DrawingLocation, DrawingPanel, LandscapeLocation, Location, Origin, Place, PracticeSection, StoreLocation,
};
use mlops_atlas::architecture::Architecture;
use mlops_atlas::document::Content;
use mlops_atlas::runs::filter::Context;
use mlops_atlas::runs::{ColumnWish, Curve, Field, Looked, OrderKey, RunSet, Smoothing, Table, TableWish};
use mlops_atlas::store::architecture_files;
use support::stage::{Stage, hover, wheel};
use support::{content, cpu_each, ratio, row, shown};

const BUDGET: Duration = Duration::from_millis(4);
const SAMPLES: usize = 7;
/// Frames in a sample: enough for the ticks that the system counts in.
const FRAMES: u32 = 200;

fn measure(what: &str, stage: &mut Stage, mut events: impl FnMut(u32) -> Vec<Event>) -> Duration {
    stage.settle();
    let mut frame = 0;
    let mut vertices = 0;
    let time = cpu_each(SAMPLES, FRAMES, || {
        frame += 1;
        vertices = stage.frame(events(frame));
    });
    row(&format!("{what} ({vertices} vertices)"), &shown(time), "4 ms", time <= BUDGET);
    time
}

/// Down and up again, so that the wheel never comes to an end.
fn scroll(frame: u32) -> Vec<Event> {
    let down = (frame / 50).is_multiple_of(2);
    wheel(pos2(800.0, 600.0), vec2(0.0, if down { -60.0 } else { 60.0 }))
}

fn pan(frame: u32) -> Vec<Event> {
    let out = (frame / 40).is_multiple_of(2);
    wheel(pos2(700.0, 500.0), if out { vec2(-25.0, -9.0) } else { vec2(25.0, 9.0) })
}

fn go(stage: &mut Stage, location: Location) -> Vec<Effect> {
    stage.apply(WindowAction::Go(location))
}

/// Opens a run set as a store that was just read, and gives the charts what they ask for.
fn open_store(stage: &mut Stage, name: &str, runs: Arc<RunSet>, draw: Option<(usize, usize)>) {
    let origin = Origin::parse(name);
    let mut asked = go(stage, Location::store(origin.clone()));
    let Some((source, request)) = asked.iter().find_map(|effect| match effect {
        Effect::LoadSource { source, request, .. } => Some((*source, *request)),
        _ => None,
    }) else {
        return;
    };
    let ids: Vec<String> = runs.runs.iter().map(|run| run.id.to_string()).collect();
    let metric = runs.metric_keys[0].to_string();
    let loaded = SourceAction::Loaded { request, runs, problems: Vec::new() };
    asked = stage.apply(Action::Source(source, loaded));
    answer(stage, source, &asked, 0);
    let Some((lines, points)) = draw else { return };
    let mut store = StoreLocation {
        ticked: ids.into_iter().take(lines).collect(),
        metrics: vec![metric],
        ..StoreLocation::of(origin)
    };
    store.ticked.sort();
    asked = stage.apply(WindowAction::Narrow(Location::Store(Box::new(store))));
    answer(stage, source, &asked, points);
}

/// Does at once what a job would do.
fn answer(stage: &mut Stage, source: SourceId, asked: &[Effect], points: usize) {
    for effect in asked {
        match effect {
            Effect::LoadSeries { request, keys, .. } => {
                for (at, key) in keys.iter().enumerate() {
                    let curve = Arc::new(Curve::new(content::series(points, at as u64 + 1)));
                    let (request, key, series) = (*request, key.clone(), SeriesAction::Whole(curve));
                    stage.apply(Action::Source(source, SourceAction::Series { request, key, series }));
                }
            }
            Effect::OrderRuns { window, request, runs, wish, .. } => {
                let (table, runs) = (Arc::new(Table::of(runs, wish, &Context::at(0))), Arc::clone(runs));
                stage.apply(Action::Source(
                    source,
                    SourceAction::Ordered { window: *window, request: *request, runs, table },
                ));
            }
            Effect::LookAt { request, look, most, wanted, .. } => {
                for LookWish { key, of, curve, start, .. } in wanted {
                    let looked = Looked::of(curve.series(), look, (*start, None), *most);
                    let (request, look, of, looked) = (*request, look.clone(), *of, Some(Arc::new(looked)));
                    let key = key.clone();
                    stage.apply(Action::Source(
                        source,
                        SourceAction::Looked { request, key, look, of, looked },
                    ));
                }
                stage.apply(Action::Source(source, SourceAction::LookedAll { request: *request }));
            }
            _ => {}
        }
    }
}

fn places(stage: &mut Stage) {
    go(stage, Location::Home(None));
    measure("home", stage, hover);
    go(stage, Location::Landscape(LandscapeLocation::default()));
    measure("landscape, 1,200 tools, scrolling", stage, scroll);
    go(stage, Location::start_of(Place::Studio));
    measure("studio, start", stage, scroll);
    for (what, section) in [
        ("practice, lifecycle", PracticeSection::Lifecycle),
        ("practice, use cases", PracticeSection::UseCases),
        ("practice, numbers", PracticeSection::Numbers),
    ] {
        go(stage, Location::Practice { section, item: None, text: String::new() });
        measure(what, stage, scroll);
    }
    for (what, location) in [("present", Location::Present), ("settings", Location::Settings)] {
        go(stage, location);
        measure(what, stage, hover);
    }
}

/// Every view of the Landscape beside its table.
fn landscape(stage: &mut Stage) {
    for (what, address) in [
        ("landscape, board of 1,200 tools, scrolling", "atlas:landscape/board"),
        ("landscape, board by stage, scrolling", "atlas:landscape/board?by=stage"),
        ("landscape, lifecycle", "atlas:landscape/lifecycle"),
        ("landscape, portfolio", "atlas:landscape/portfolio"),
        ("landscape, five tools compared", "atlas:landscape/compare?tools=mlflow,aim,clearml,zenml,dvc"),
        ("landscape, category", "atlas:landscape/category?name=Model%20serving"),
        ("landscape, state of the catalog", "atlas:landscape/coverage"),
        ("tool page", "atlas:landscape/tool?id=mlflow"),
    ] {
        go(stage, address.parse().unwrap());
        measure(what, stage, scroll);
    }
    go(stage, "atlas:landscape/board".parse().unwrap());
    stage.frame(vec![Event::PointerMoved(pos2(700.0, 500.0))]);
    for _ in 0..40 {
        stage.frame(vec![Event::Zoom(0.9)]);
    }
    measure("landscape, the whole board in sight, panned", stage, pan);
    let zoom = |frame: u32| vec![Event::Zoom(if (frame / 10).is_multiple_of(2) { 1.1 } else { 0.9 })];
    measure("landscape, the whole board, zoomed in and out", stage, zoom);
}

/// Opens a drawing as a file of this name that was just read.
fn open_drawing(stage: &mut Stage, name: &str, drawing: Architecture) {
    let asked = go(stage, Location::drawing(Origin::parse(name)));
    let document: DocumentId = asked
        .iter()
        .find_map(|effect| match effect {
            Effect::LoadDocument { document, .. } => Some(*document),
            _ => None,
        })
        .unwrap();
    let opened = DocumentAction::Opened {
        content: Content::Drawing(Arc::new(drawing)),
        problems: Vec::new(),
        journal: Vec::new(),
        text: Arc::from(""),
        read_only: false,
    };
    for effect in stage.apply(Action::Document(document, opened)) {
        if let Effect::Arrange { document, revision, content } = effect {
            let arranged = DocumentAction::Arranged { revision, arranged: content.arrange() };
            stage.apply(Action::Document(document, arranged));
        }
    }
}

/// The sheet of formats with its preview, as many boxes as are drawn in full, and more.
fn export_sheet(stage: &mut Stage) {
    for boxes in [25, 250, 1_000] {
        open_drawing(stage, &format!("export-{boxes}.architecture.json"), content::drawing(boxes));
        stage.settle();
        let key = |pressed| Event::Key {
            key: Key::E,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::COMMAND,
        };
        stage.frame(vec![key(true), key(false)]);
        stage.settle();
        measure(&format!("studio, the sheet to export {boxes} boxes"), stage, |_| Vec::new());
        let escape = Event::Key {
            key: Key::Escape,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        stage.frame(vec![escape]);
        stage.settle();
    }
}

fn canvas(stage: &mut Stage) {
    open_drawing(stage, "big.architecture.json", content::drawing(1_000));
    measure("studio, 1,000 nodes, all in sight, panned", stage, pan);
    // From the fitted view to actual size, where cards have all their text.
    stage.frame(vec![Event::PointerMoved(pos2(700.0, 500.0))]);
    for _ in 0..40 {
        stage.frame(vec![Event::Zoom(1.1)]);
    }
    measure("studio, 1,000 nodes, close, panned", stage, pan);
    // What is asked of the drawing: the wheel turns over the panel beside it.
    let beside = |frame: u32| {
        let down = (frame / 50).is_multiple_of(2);
        wheel(pos2(1_450.0, 600.0), vec2(0.0, if down { -60.0 } else { 60.0 }))
    };
    for (what, panel) in [
        ("studio, findings of 1,000 nodes, scrolling", DrawingPanel::Findings),
        ("studio, change impact in 1,000 nodes, scrolling", DrawingPanel::Impact),
        ("studio, tools of 1,000 nodes, scrolling", DrawingPanel::Tools),
        ("studio, 1,000 nodes compared, scrolling", DrawingPanel::Compare),
    ] {
        let here = DrawingLocation::of(Origin::parse("big.architecture.json"));
        let against = (panel == DrawingPanel::Compare).then(|| Origin::Template("kreuzberger".to_owned()));
        let selected = vec!["n10".to_owned()];
        go(stage, Location::Drawing(DrawingLocation { selected, panel, against, ..here }));
        measure(what, stage, beside);
    }
}

/// A gallery as large as a folder of drawings may be.
fn gallery(_: &mut Stage) {
    let bundled = architecture_files::templates();
    let many = (0..1_000).map(|at| {
        let mut drawing = bundled[at % bundled.len()].clone();
        drawing.id = format!("{}-{at}", drawing.id);
        drawing
    });
    let mut stage = Stage::of(content::catalog(1_200), many);
    go(&mut stage, Location::start_of(Place::Studio));
    measure("studio, 1,000 drawings to start from, scrolling", &mut stage, scroll);
}

/// What the bundled templates have in common.
fn common_practice(stage: &mut Stage) {
    go(stage, "atlas:studio/consensus?kind=training".parse().unwrap());
    measure("studio, common practice of 15 drawings, scrolling", stage, scroll);
    measure("studio, common practice, pointer over it", stage, hover);
}

fn charts(stage: &mut Stage) {
    let runs = Arc::new(content::run_set(50));
    open_store(stage, "/charts-50.db", Arc::clone(&runs), Some((50, 1_000_000)));
    measure("chart, 50 × 1e6 points, pointer over it", stage, hover);
    let mut location = stage.state().location(WindowId::MAIN).clone();
    if let Location::Store(store) = &mut location {
        store.charts.look.smoothing = Smoothing::Ema(0.9);
        store.charts.log_y = true;
        let (source, _) = stage.state().source_of(&store.origin).unwrap();
        let asked = stage.apply(WindowAction::Narrow(location));
        answer(stage, source, &asked, 0);
    }
    measure("chart, 50 × 1e6 points, smoothed with the raw behind, log y", stage, hover);
    open_store(stage, "/charts-1e4.db", Arc::clone(&runs), Some((4, 10_000)));
    let small = measure("chart, 4 × 1e4 points", stage, hover);
    open_store(stage, "/charts-1e7.db", runs, Some((4, 10_000_000)));
    let large = measure("chart, 4 × 1e7 points", stage, hover);
    let growth = ratio(large, small);
    row("chart, growth from 1e4 to 1e7 points", &format!("{growth:.2} ×"), "1.2 ×", growth <= 1.2);
}

/// As many runs and columns as a person may ever have in one table, and what it takes to make it.
fn large_table(stage: &mut Stage) {
    let runs = Arc::new(content::run_set_of(100_000, 300, 200));
    let words = |word: &'static str, count: u32| (0..count).map(move |at| format!("{word}_{at:03}"));
    let chosen: Vec<String> = words("metrics.metric", 300).chain(words("params.param", 200)).collect();
    let sideways = |frame: u32| {
        let right = (frame / 50).is_multiple_of(2);
        wheel(pos2(500.0, 600.0), vec2(if right { -160.0 } else { 160.0 }, 0.0))
    };
    let filter = "metrics.metric_007 > 0.25 AND params.param_001 < 0.5 AND metrics.metric_011 < 0.9";
    let key = |word: &str, descending| OrderKey::parse(word, descending).unwrap();
    let order = vec![key("params.param_002", false), key("metrics.metric_003", true), key("name", false)];
    let made = |wish: &TableWish, what: &str, budget: Duration| {
        let time = cpu_each(3, 1, || drop(std::hint::black_box(Table::of(&runs, wish, &Context::at(0)))));
        row(what, &shown(time), &shown(budget), time <= budget);
    };
    let only_names = ColumnWish { only_chosen: true, ..ColumnWish::default() };
    let wish =
        TableWish { filter: filter.parse().unwrap(), order, columns: only_names, ..TableWish::default() };
    made(
        &wish,
        "runs, 100,000 filtered by three conditions and sorted by three columns",
        Duration::from_millis(50),
    );
    let fields = |words: &[String]| words.iter().filter_map(|word| Field::parse(word)).collect();
    let columns = ColumnWish { chosen: fields(&chosen), without_constant: true, ..ColumnWish::default() };
    let wish = TableWish { columns, ..TableWish::default() };
    made(&wish, "runs, the whole table of 100,000 × 500, in the background", Duration::from_secs(2));

    let origin = Origin::parse("/large-table.db");
    open_store(stage, "/large-table.db", Arc::clone(&runs), None);
    let mut store = StoreLocation::of(origin);
    store.columns.chosen = chosen;
    let (source, _) = stage.state().source_of(&store.origin).unwrap();
    let asked = stage.apply(WindowAction::Narrow(Location::Store(Box::new(store))));
    answer(stage, source, &asked, 0);
    measure("runs, 100,000 × 500 cells, scrolling", stage, scroll);
    measure("runs, 100,000 × 500 cells, sideways", stage, sideways);
}

fn table(stage: &mut Stage) {
    open_store(stage, "/table.db", Arc::new(content::run_set(10_000)), None);
    measure("runs, 10,000 × 53 cells, scrolling", stage, scroll);
}

fn main() {
    // `cargo bench --bench frames -- canvas` runs one part.
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let mut stage = Stage::new(content::catalog(1_200));
    let mut part = |name: &str, run: fn(&mut Stage)| {
        if wanted.is_empty() || wanted.iter().any(|word| word == name) {
            run(&mut stage);
        }
    };
    part("places", places);
    part("landscape", landscape);
    part("canvas", canvas);
    part("export", export_sheet);
    part("gallery", gallery);
    part("common_practice", common_practice);
    part("table", table);
    part("large_table", large_table);
    part("charts", charts);
}

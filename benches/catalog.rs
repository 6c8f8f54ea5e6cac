//! What a keystroke in the search costs over 10,000 tools (matching, ranking and every facet's counts), and a large
//! relations graph.

#![expect(clippy::unwrap_used, reason = "a bench that cannot start says so by failing")]

mod support;

use std::hint::black_box;
use std::time::{Duration, Instant};

use mlops_atlas::action::{WindowAction, WindowId};
use mlops_atlas::address::{LandscapeLocation, Location};
use mlops_atlas::catalog::query::tokens;
use mlops_atlas::store::catalog_files;
use support::stage::Stage;
use support::{content, figure, median, row, shown};

const BUDGET: Duration = Duration::from_millis(1);
const RELATIONS: Duration = Duration::from_millis(50);

/// From a text in the box, filters among its words, to the rows and all counts.
fn typed(stage: &mut Stage, text: &str) -> Duration {
    let begun = Instant::now();
    let facets = &stage.state().window(WindowId::MAIN).tools.facets;
    let query = tokens::parse(text, facets.vocabulary()).query;
    let action = WindowAction::Narrow(Location::Landscape(LandscapeLocation { query, ..Default::default() }));
    black_box(stage.apply(action));
    begun.elapsed()
}

/// Going to a relations graph as large as it gets: seven hubs, two steps, derived relations too.
fn relations() {
    let mut stage = Stage::new(catalog_files::bundled_catalog().0);
    let hubs =
        ["kubernetes", "apache-spark", "mlflow", "postgresql", "prometheus", "opentelemetry", "pytorch"];
    let hubs = hubs.map(|id| format!("tool={id}&")).concat();
    let hubs: Location = format!("atlas:landscape/graph?{hubs}depth=2&derived=yes").parse().unwrap();
    let mut times: Vec<Duration> = (0..21)
        .map(|_| {
            stage.apply(WindowAction::Go(Location::Coverage));
            let begun = Instant::now();
            black_box(stage.apply(WindowAction::Go(hubs.clone())));
            begun.elapsed()
        })
        .collect();
    let time = median(&mut times);
    row("a relations graph of 150 nodes, found and placed", &shown(time), "50 ms", time <= RELATIONS);
}

fn main() {
    let mut stage = Stage::new(content::catalog(10_000));
    stage.apply(WindowAction::Go(Location::Landscape(LandscapeLocation::default())));
    for phrase in [
        "feature store online serving",
        "mlflow",
        "drift detektion",
        "kubernetes",
        "stage:monitor licence:osi -k8s drift",
    ] {
        let mut worst = (Duration::ZERO, "");
        for end in phrase.char_indices().map(|(at, letter)| at + letter.len_utf8()) {
            let mut times: Vec<Duration> = (0..21)
                .map(|_| {
                    typed(&mut stage, "");
                    typed(&mut stage, &phrase[..end])
                })
                .collect();
            worst = worst.max((median(&mut times), &phrase[..end]));
        }
        let what = format!("search over 10,000 tools, worst keystroke of “{phrase}”");
        row(&what, &format!("{} (“{}”)", shown(worst.0), worst.1), "1 ms", worst.0 <= BUDGET);
    }
    relations();
    let mut times: Vec<Duration> = (0..11)
        .map(|_| {
            let begun = Instant::now();
            black_box(catalog_files::bundled_catalog());
            begun.elapsed()
        })
        .collect();
    let tools = catalog_files::bundled_catalog().0.tools().len();
    figure(&format!("the bundled catalog, {tools} files, read"), &shown(median(&mut times)));
}

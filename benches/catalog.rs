//! What a keystroke in the search costs over 10,000 tools: matching, ranking and every facet's counts.

#![expect(clippy::unwrap_used, reason = "a bench that cannot start says so by failing")]

mod support;

use std::hint::black_box;
use std::time::{Duration, Instant};

use mlops_atlas::action::WindowAction;
use mlops_atlas::address::{Location, TableLocation};
use mlops_atlas::store::catalog_files;
use support::stage::Stage;
use support::{content, figure, median, row, shown};

const BUDGET: Duration = Duration::from_millis(1);

fn typed(stage: &mut Stage, text: &str) -> Duration {
    let mut table = TableLocation::default();
    text.clone_into(&mut table.query.text);
    let action = WindowAction::Narrow(Location::Table(table));
    let begun = Instant::now();
    black_box(stage.apply(action));
    begun.elapsed()
}

fn main() {
    let mut stage = Stage::new(content::catalog(10_000));
    stage.apply(WindowAction::Go(Location::Table(TableLocation::default())));
    for phrase in ["feature store online serving", "mlflow", "drift detektion", "kubernetes"] {
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

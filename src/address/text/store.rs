//! The addresses of a run store: `atlas:runs/store?source=mlflow.db&filter=metrics.loss%20%3C%200.1&run=1f0e&metric=loss`.

use super::AddressError;
use super::pairs::{Pairs, Written, yes_or_no};
use crate::address::chart::{axis_word, read_axis, read_smoothing, smoothing_word};
use crate::address::{
    ChartLook, Origin, RunColumns, RunComparison, SPREADS, SortKey, StoreLocation, StoreView,
};
use crate::runs::Look;
use crate::runs::group::Spread;

/// The keys that it takes.
pub(super) const KEYS: [&str; 24] = [
    "source",
    "experiment",
    "filter",
    "asc",
    "desc",
    "column",
    "hide",
    "width",
    "only",
    "constant",
    "run",
    "metric",
    "x",
    "log",
    "smooth",
    "outliers",
    "group",
    "band",
    "alone",
    "base",
    "same",
    "higher",
    "lower",
    "selected",
];

/// The view that a path names.
pub(super) fn view_of(path: &str) -> Option<StoreView> {
    path.strip_prefix("runs/").and_then(StoreView::from_id)
}

pub(super) fn write(store: &StoreLocation, out: &mut Written) {
    out.0.push_str("runs/");
    out.0.push_str(store.view.id());
    out.add("source", &store.origin.to_string());
    out.add("experiment", store.experiment.as_deref().unwrap_or_default());
    out.add("filter", &store.filter);
    for sort in &store.order {
        out.add(if sort.descending { "desc" } else { "asc" }, &sort.key);
    }
    write_columns(&store.columns, out);
    out.add_list("run", &store.ticked);
    out.add_list("metric", &store.metrics);
    write_charts(&store.charts, out);
    out.add("base", store.compare.baseline.as_deref().unwrap_or_default());
    out.add("same", if store.compare.only_different { "no" } else { "" });
    out.add_list("higher", &store.compare.higher);
    out.add_list("lower", &store.compare.lower);
    out.add("selected", store.selected.as_deref().unwrap_or_default());
}

pub(super) fn read(view: StoreView, pairs: &Pairs<'_>) -> Result<StoreLocation, AddressError> {
    pairs.only(&KEYS)?;
    let owned = |key: &str| pairs.one(key).map(str::to_owned);
    Ok(StoreLocation {
        origin: Origin::parse(pairs.needed("source")?),
        view,
        experiment: owned("experiment"),
        filter: owned("filter").unwrap_or_default(),
        order: pairs
            .iter()
            .filter(|(key, _)| matches!(*key, "asc" | "desc"))
            .map(|(key, value)| SortKey { key: value.to_owned(), descending: key == "desc" })
            .collect(),
        columns: read_columns(pairs)?,
        ticked: pairs.all("run"),
        metrics: pairs.all("metric"),
        charts: read_charts(pairs)?,
        compare: RunComparison {
            baseline: owned("base"),
            only_different: pairs.as_a("same", yes_or_no)?.is_some_and(|same| !same),
            higher: pairs.all("higher"),
            lower: pairs.all("lower"),
        },
        selected: owned("selected"),
    })
}

fn write_columns(columns: &RunColumns, out: &mut Written) {
    out.add_list("column", &columns.chosen);
    out.add_list("hide", &columns.hidden);
    out.add_list("width", columns.widths.iter().map(|(word, width)| format!("{width}:{word}")));
    out.add("only", if columns.only_chosen { "chosen" } else { "" });
    out.add("constant", if columns.without_constant { "no" } else { "" });
}

fn read_columns(pairs: &Pairs<'_>) -> Result<RunColumns, AddressError> {
    let mut columns = RunColumns {
        chosen: pairs.all("column"),
        hidden: pairs.all("hide"),
        only_chosen: pairs.as_a("only", |word| (word == "chosen").then_some(true))?.unwrap_or_default(),
        without_constant: pairs.as_a("constant", yes_or_no)?.is_some_and(|constant| !constant),
        ..RunColumns::default()
    };
    for text in pairs.all("width") {
        let (width, word) = text.split_once(':').ok_or_else(|| pairs.bad("width", &text))?;
        let width = width.parse().ok().ok_or_else(|| pairs.bad("width", &text))?;
        columns.set_width(word, Some(width));
    }
    Ok(columns)
}

fn write_charts(charts: &ChartLook, out: &mut Written) {
    out.add("x", &axis_word(&charts.look.x));
    out.add("log", ["", "y", "x", "xy"][usize::from(charts.log_x) * 2 + usize::from(charts.log_y)]);
    out.add("smooth", &smoothing_word(charts.look.smoothing));
    out.add("outliers", if charts.without_outliers { "no" } else { "" });
    out.add_list("group", &charts.group);
    let band = SPREADS.iter().find(|(_, spread, _)| *spread == charts.spread);
    let band = band.filter(|_| charts.spread != Spread::default());
    out.add("band", band.map_or("", |(word, ..)| word));
    out.add("alone", charts.alone.as_deref().unwrap_or_default());
}

fn read_charts(pairs: &Pairs<'_>) -> Result<ChartLook, AddressError> {
    let axes = |word: &str| match word {
        "x" => Some((true, false)),
        "y" => Some((false, true)),
        "xy" => Some((true, true)),
        _ => None,
    };
    let spread = |word: &str| SPREADS.iter().find(|(known, ..)| *known == word).map(|(_, spread, _)| *spread);
    let (log_x, log_y) = pairs.as_a("log", axes)?.unwrap_or_default();
    Ok(ChartLook {
        look: Look {
            x: pairs.as_a("x", read_axis)?.unwrap_or_default(),
            smoothing: pairs.as_a("smooth", read_smoothing)?.unwrap_or_default(),
        },
        log_x,
        log_y,
        without_outliers: pairs.as_a("outliers", yes_or_no)?.is_some_and(|outliers| !outliers),
        group: pairs.all("group"),
        spread: pairs.as_a("band", spread)?.unwrap_or_default(),
        alone: pairs.one("alone").map(str::to_owned),
    })
}

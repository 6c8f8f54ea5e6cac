//! How all charts are drawn: axis, logarithms, smoothing, outliers, groups.

use egui::accesskit::Role;
use egui::{Slider, Ui, WidgetInfo};

use crate::address::{ChartLook, SPREADS, StoreLocation};
use crate::runs::{Field, RunSet, SEEDS, Smoothing, XAxis};
use crate::ui::icons;
use crate::ui::widgets::{choice, tab, tool_bar};

/// The kinds of smoothing, with what each begins with.
const KINDS: [(&str, Smoothing); 4] = [
    ("no smoothing", Smoothing::None),
    ("EMA", Smoothing::Ema(0.6)),
    ("Gaussian", Smoothing::Gaussian(4.0)),
    ("running mean", Smoothing::RunningMean(11)),
];

fn kind_of(smoothing: Smoothing) -> usize {
    match smoothing {
        Smoothing::None => 0,
        Smoothing::Ema(_) => 1,
        Smoothing::Gaussian(_) => 2,
        Smoothing::RunningMean(_) => 3,
    }
}

/// The row of what is chosen for all charts.
pub(super) fn look_ui(ui: &mut Ui, runs: &RunSet, store: &mut StoreLocation) {
    let metrics = store.metrics.clone();
    let charts = &mut store.charts;
    tool_bar(ui, |ui| {
        axis_ui(ui, &metrics, charts);
        smoothing_ui(ui, charts);
        if tab(ui, "", "Log y", charts.log_y).clicked() {
            charts.log_y = !charts.log_y;
        }
        if tab(ui, "", "Log x", charts.log_x).clicked() {
            charts.log_x = !charts.log_x;
        }
        if tab(ui, "", "Ignore outliers", charts.without_outliers).clicked() {
            charts.without_outliers = !charts.without_outliers;
        }
        group_ui(ui, runs, charts);
    });
}

fn axis_ui(ui: &mut Ui, metrics: &[String], charts: &mut ChartLook) {
    let mut axes = vec![XAxis::Step, XAxis::Relative, XAxis::Wall];
    axes.extend(metrics.iter().take(12).map(|metric| XAxis::Metric(metric.clone())));
    let word = |axis: &XAxis| match axis {
        XAxis::Step => "step".to_owned(),
        XAxis::Relative => "relative time".to_owned(),
        XAxis::Wall => "wall time".to_owned(),
        XAxis::Metric(key) => key.clone(),
    };
    let words: Vec<String> = axes.iter().map(word).collect();
    let offers: Vec<(&str, &str)> = words.iter().map(|word| (icons::CHART_LINE, word.as_str())).collect();
    if let Some(at) = choice(ui, "x axis", &format!("x: {}", word(&charts.look.x)), &offers) {
        charts.look.x = axes.swap_remove(at);
    }
}

fn smoothing_ui(ui: &mut Ui, charts: &mut ChartLook) {
    let smoothing = &mut charts.look.smoothing;
    let now = kind_of(*smoothing);
    let offers = KINDS.map(|(word, _)| (icons::WAVE_SINE, word));
    if let Some(at) = choice(ui, "Smoothing", KINDS[now].0, &offers).filter(|at| *at != now) {
        *smoothing = KINDS[at].1;
    }
    ui.spacing_mut().slider_width = 84.0;
    let told = "How much is smoothed";
    let response = match smoothing {
        Smoothing::None => return,
        Smoothing::Ema(weight) => ui.add(Slider::new(weight, 0.0..=0.999).fixed_decimals(3)),
        Smoothing::Gaussian(sigma) => {
            ui.add(Slider::new(sigma, 0.5..=200.0).logarithmic(true).fixed_decimals(1))
        }
        Smoothing::RunningMean(points) => ui.add(Slider::new(points, 2..=1_001).logarithmic(true)),
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Slider, true, told));
}

fn group_ui(ui: &mut Ui, runs: &RunSet, charts: &mut ChartLook) {
    let params = runs.columns.iter().filter(|column| !column.is_metric).map(|column| column.sort.clone());
    let mut words = vec![String::new(), SEEDS.to_owned(), "experiment".to_owned(), "status".to_owned()];
    words.extend(params.take(40));
    let title = |word: &str| match Field::parse(word) {
        None if word == SEEDS => "all but seeds".to_owned(),
        None => "each run".to_owned(),
        Some(Field::Param(key) | Field::Tag(key) | Field::Metric(key)) => key,
        Some(field) => field.word(),
    };
    let titles: Vec<String> = words.iter().map(|word| title(word)).collect();
    let offers: Vec<(&str, &str)> = titles.iter().map(|title| (icons::STACK, title.as_str())).collect();
    let shown = match charts.group.as_slice() {
        [] => "each run".to_owned(),
        by => format!("by {}", by.iter().map(|word| title(word)).collect::<Vec<_>>().join(", ")),
    };
    if let Some(at) = choice(ui, "Group", &shown, &offers) {
        charts.group = words.into_iter().skip(at).take(1).filter(|word| !word.is_empty()).collect();
    }
    if charts.group.is_empty() {
        return;
    }
    let now = SPREADS.iter().find(|(_, spread, _)| *spread == charts.spread);
    let offers = SPREADS.map(|(_, _, title)| (icons::STACK, title));
    if let Some(at) = choice(ui, "Band", now.map_or("", |(_, _, title)| title), &offers) {
        charts.spread = SPREADS[at].1;
    }
}

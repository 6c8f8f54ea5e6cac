//! Survey numbers as bars, each with its sample and its provenance; never as one trend.

use egui::{Align2, Rect, RichText, Sense, Ui, vec2};

use super::detail::{sources_ui, text_ui, title_ui};
use crate::address::{Location, PracticeSection};
use crate::catalog::Stage;
use crate::practice::Statistic;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, ListRow, paint_text, section_head, wrapped};
use crate::ui::{View, icons};

/// All numbers at a glance, with the warning that goes with them.
pub(super) fn overview_ui(ui: &mut Ui, view: &mut View<'_>) {
    let theme = Theme::of(ui);
    title_ui(
        ui,
        "What surveys said",
        "Populations, questions and sponsors differ: no two bars make a trend.",
    );
    let mut go = None;
    for number in &view.state.practice.statistics {
        let year = number.year.map_or_else(|| "undated".to_owned(), |year| year.to_string());
        let row = ListRow {
            icon: icons::CHART_BAR,
            icon_color: None,
            text: &number.title,
            caption: &year,
            selected: false,
        };
        ui.add_space(6.0);
        if row.show(ui).clicked() {
            go = Some(number.id.clone());
        }
        bars_ui(ui, number);
        let text = format!("{} · {}", sample_text(number), number.provenance.title());
        ui.label(RichText::new(text).font(theme.small()).color(theme.color.text_3));
        ui.add_space(6.0);
    }
    if let Some(id) = go {
        let section = PracticeSection::Numbers;
        view.go(Location::Practice { section, item: Some(id), text: String::new() });
    }
}

/// One number with everything known about it.
pub(super) fn statistic_ui(ui: &mut Ui, view: &mut View<'_>, number: &Statistic) {
    let theme = Theme::of(ui);
    title_ui(ui, &number.title, &number.source);
    bars_ui(ui, number);
    ui.add_space(8.0);
    wrapped(ui, &sample_text(number), &Ink::new(theme.body(), theme.color.text_2));
    ui.add_space(8.0);
    section_head(ui, "Provenance");
    text_ui(ui, number.provenance.title());
    if let Some(note) = &number.note {
        text_ui(ui, note);
    }
    sources_ui(ui, view, &number.sources);
}

fn sample_text(number: &Statistic) -> String {
    match (number.sample_size, &number.sample) {
        (Some(n), text) => format!("n = {n}. {}", text.as_deref().unwrap_or_default()).trim_end().to_owned(),
        (None, Some(text)) => text.clone(),
        (None, None) => "sample not given".to_owned(),
    }
}

/// Horizontal bars on one scale from 0 to 100 %.
fn bars_ui(ui: &mut Ui, number: &Statistic) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    if number.values.is_empty() {
        let text = "No figures: the source shows none that could be read.";
        wrapped(ui, text, &Ink::new(theme.body(), c.text_3));
        return;
    }
    let hue = theme.stage(Stage::Release);
    for value in &number.values {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
        let label = (rect.width() * 0.46).min(360.0);
        let ink = Ink::new(theme.body(), c.text_2);
        let at = rect.left_center();
        let (_, cut) = paint_text(ui.painter(), at, Align2::LEFT_CENTER, &value.label, &ink, label - 12.0);
        if cut {
            let id = ui.scope_id().with((&number.id, &value.label));
            ui.interact(rect, id, Sense::hover()).on_hover_text(&value.label);
        }
        let scale = Rect::from_min_max(rect.min + vec2(label, 6.0), rect.max - vec2(56.0, 6.0));
        ui.painter().rect_filled(scale, 2.0, c.raised);
        let share = (value.percent / 100.0).clamp(0.0, 1.0) as f32;
        let bar = Rect::from_min_size(scale.min, vec2(scale.width() * share, scale.height()));
        ui.painter().rect_filled(bar, 2.0, hue);
        let ink = Ink::new(theme.mono(), c.text);
        let text = format!("{} %", value.percent);
        paint_text(ui.painter(), rect.right_center(), Align2::RIGHT_CENTER, &text, &ink, 54.0);
    }
}

//! Survey numbers as bars, each with its sample and its provenance; never as one trend.

use egui::{Align2, Pos2, Rect, RichText, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::page::{self, columns_ui, item_of, sources_ui, title_ui};
use crate::address::PracticeSection;
use crate::practice::{Provenance, Statistic};
use crate::shown::grouped;
use crate::ui::View;
use crate::ui::theme::{Theme, mix};
use crate::ui::widgets::{Ink, ListRow, fact, paint_text, paragraph, section_head, wrapped};

/// All numbers at a glance, with the warning that goes with them.
pub(super) fn overview_ui(ui: &mut Ui, view: &mut View<'_>) {
    let is_wide = page::is_wide(ui);
    columns_ui(
        ui,
        view,
        |ui, view| {
            let subtitle = "Populations, questions and sponsors differ: no two bars make a trend.";
            title_ui(ui, "", "What surveys said", subtitle);
            if !is_wide {
                legend_ui(ui, &view.state.practice.statistics);
            }
            let mut go = None;
            for number in &view.state.practice.statistics {
                let row = ListRow {
                    icon: "",
                    icon_color: None,
                    text: &number.title,
                    caption: &year_text(number),
                    selected: false,
                };
                ui.add_space(8.0);
                if row.show(ui).clicked() {
                    go = Some(number.id.clone());
                }
                provenance_ui(ui, number.provenance, &format!("{} · {}", number.source, sample_text(number)));
                bars_ui(ui, number);
                ui.add_space(10.0);
            }
            if let Some(id) = go {
                view.go(item_of(PracticeSection::Numbers, &id));
            }
        },
        |ui, view| {
            if is_wide {
                legend_ui(ui, &view.state.practice.statistics);
            }
        },
    );
}

/// What the marks beside the numbers mean, and how many numbers have each.
fn legend_ui(ui: &mut Ui, numbers: &[Statistic]) {
    let theme = Theme::of(ui);
    section_head(ui, "How to read this");
    let marks = [Provenance::Primary, Provenance::Secondary, Provenance::Deck, Provenance::Unverified];
    for mark in marks {
        let count = numbers.iter().filter(|number| number.provenance == mark).count();
        provenance_ui(ui, mark, &format!("{}: {count}", mark.title()));
    }
    ui.add_space(6.0);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), Sense::hover());
    let bar = Rect::from_min_size(pos2(rect.left(), rect.center().y - 6.0), vec2(34.0, 12.0));
    bar_ui(ui, bar, true);
    let ink = Ink::new(theme.small(), theme.color.text_2);
    let at = pos2(bar.right() + 8.0, rect.center().y);
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, "a prediction, not a count", &ink, f32::INFINITY);
    ui.add_space(6.0);
    let note =
        "Every bar stands on its own scale from 0 to 100 %. n is the number of answers, where it is told.";
    wrapped(ui, note, &Ink::new(theme.small(), theme.color.text_3));
    ui.add_space(8.0);
}

/// One number with everything known about it.
pub(super) fn statistic_ui(ui: &mut Ui, view: &mut View<'_>, number: &Statistic) {
    let theme = Theme::of(ui);
    columns_ui(
        ui,
        view,
        |ui, _| {
            title_ui(ui, &format!("Number · {}", year_text(number)), &number.title, &number.source);
            bars_ui(ui, number);
            ui.add_space(10.0);
            provenance_ui(ui, number.provenance, number.provenance.title());
            if let Some(note) = &number.note {
                ui.add_space(4.0);
                let font = egui::FontId::proportional(theme.text.emphasis);
                wrapped(ui, note, &Ink::new(font, theme.color.text_2));
            }
            ui.add_space(10.0);
        },
        |ui, view| {
            section_head(ui, "Facts");
            fact(ui, "Year", &year_text(number));
            fact(ui, "Sample", &sample_text(number));
            ui.add_space(12.0);
            sources_ui(ui, view, &number.sources);
        },
    );
}

fn year_text(number: &Statistic) -> String {
    number.year.map_or_else(|| "undated".to_owned(), |year| year.to_string())
}

/// `n = 2,360`, who answered, or both; the number is not said twice.
fn sample_text(number: &Statistic) -> String {
    let count = number.sample_size.map(grouped);
    match (count, &number.sample) {
        (Some(n), Some(text)) if text.contains(&n) => text.clone(),
        (Some(n), Some(text)) => format!("n = {n} · {text}"),
        (Some(n), None) => format!("n = {n}"),
        (None, Some(text)) => text.clone(),
        (None, None) => "sample not told".to_owned(),
    }
}

/// The shape of a provenance before small words.
fn provenance_ui(ui: &mut Ui, provenance: Provenance, text: &str) {
    let theme = Theme::of(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let (slot, response) = ui.allocate_exact_size(vec2(10.0, 16.0), Sense::hover());
        provenance_mark(ui, slot.center(), provenance);
        response.on_hover_text(provenance.title());
        ui.add(egui::Label::new(RichText::new(text).font(theme.small()).color(theme.color.text_2)).wrap());
    });
}

/// Full: the original was read. Half: a report of it. Empty: the deck states it. A question mark: not verified.
fn provenance_mark(ui: &Ui, at: Pos2, provenance: Provenance) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let radius = 4.0;
    let painter = ui.painter();
    match provenance {
        Provenance::Primary => {
            painter.circle_filled(at, radius, c.ok);
        }
        Provenance::Secondary => {
            painter.circle_stroke(at, radius - 0.5, Stroke::new(1.2, c.info));
            let half = Rect::from_min_size(at - vec2(radius, radius), vec2(radius, 2.0 * radius));
            painter.with_clip_rect(half.intersect(ui.clip_rect())).circle_filled(at, radius, c.info);
        }
        Provenance::Deck => {
            painter.circle_stroke(at, radius - 0.5, Stroke::new(1.2, c.warn));
        }
        Provenance::Unverified => {
            let ink = Ink::new(theme.strong(theme.text.small), c.warn);
            paint_text(painter, at, Align2::CENTER_CENTER, "?", &ink, 12.0);
        }
    }
}

/// A counted figure is filled, a prediction is outlined.
fn bar_ui(ui: &Ui, bar: Rect, prediction: bool) {
    let theme = Theme::of(ui);
    let hue = theme.series(0);
    if prediction {
        let tint = mix(theme.color.surface, hue, 0.15);
        ui.painter().rect(bar, 2.0, tint, Stroke::new(1.0, hue), StrokeKind::Inside);
    } else {
        ui.painter().rect_filled(bar, 2.0, hue);
    }
}

/// Horizontal bars on one scale from 0 to 100 %; long labels wrap.
fn bars_ui(ui: &mut Ui, number: &Statistic) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    if number.values.is_empty() {
        let text = "No figures: the source gives none that could be read.";
        wrapped(ui, text, &Ink::new(theme.body(), c.text_3));
        return;
    }
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for value in &number.values {
            let room = ui.available_width();
            let label = (room * 0.46).min(360.0);
            let galley = paragraph(ui, &value.label, &Ink::new(theme.body(), c.text_2), label - 12.0);
            let (rect, response) =
                ui.allocate_exact_size(vec2(room, (galley.size().y + 8.0).max(26.0)), Sense::hover());
            let kind = if value.prediction { " (a prediction)" } else { "" };
            let name = format!("{}: {} %{kind}", value.label, value.percent);
            response.widget_info(move || {
                egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, name.clone())
            });
            ui.painter().galley(pos2(rect.left(), rect.center().y - galley.size().y / 2.0), galley, c.text_2);
            let scale = Rect::from_min_max(
                pos2(rect.left() + label, rect.center().y - 6.0),
                pos2(rect.right() - 60.0, rect.center().y + 6.0),
            );
            ui.painter().rect_filled(scale, 2.0, c.raised);
            let share = (value.percent / 100.0).clamp(0.0, 1.0) as f32;
            let bar = Rect::from_min_size(scale.min, vec2(scale.width() * share, scale.height()));
            bar_ui(ui, bar, value.prediction);
            let ink = Ink::new(theme.mono(), c.text);
            let text = format!("{} %", value.percent);
            paint_text(ui.painter(), rect.right_center(), Align2::RIGHT_CENTER, &text, &ink, 58.0);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_told_once() {
        let told = |size, text: Option<&str>| {
            let sample = text.map(str::to_owned);
            sample_text(&Statistic { sample_size: size, sample, ..Statistic::default() })
        };
        assert_eq!(told(Some(2360), None), "n = 2,360");
        assert_eq!(told(Some(3493), Some("3,493 answers")), "3,493 answers");
        assert_eq!(told(Some(151), Some("Users of Kubeflow")), "n = 151 · Users of Kubeflow");
        assert_eq!(told(None, Some("More than 30 answers")), "More than 30 answers");
        assert_eq!(told(None, None), "sample not told");
    }
}

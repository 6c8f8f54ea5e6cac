//! Who could fill a gap: tools without a foundation, each held against what the foundation asks for.

use egui::accesskit::Role;
use egui::{Align2, Rect, RichText, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::address::{LandscapeLocation, Location};
use crate::catalog::portfolio::{Candidate, Judgement};
use crate::catalog::{Candidates, Criterion, Status, Tool, Verdict};
use crate::ui::landscape::tool::sources_ui;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, Kind, button, icon_button, monogram, paint_text, section_head, wrapped};
use crate::ui::{View, icons};

/// Draws the list; the selected tool is unfolded.
pub(super) fn candidates_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    found: &Candidates,
    table: &mut LandscapeLocation,
) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    ui.horizontal(|ui| {
        let stage = found.gap.stage;
        let (dot, _) = ui.allocate_exact_size(vec2(10.0, 28.0), Sense::hover());
        ui.painter().circle_filled(dot.center(), 4.0, theme.stage(stage));
        let title = format!("{} at {}", stage.title(), found.gap.org);
        let title = RichText::new(title).font(theme.strong(theme.text.heading));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if icon_button(ui, icons::X, "Close the candidates", false).clicked() {
                table.gap = None;
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.add(egui::Label::new(title).truncate());
            });
        });
    });
    ScrollArea::vertical().auto_shrink(false).id_salt("candidates").show(ui, |ui| {
        ui.set_max_width(ui.available_width() - 6.0);
        wrapped(ui, &summary(found), &Ink::new(theme.body(), c.text_2));
        ui.add_space(8.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        for candidate in &found.tools {
            let Some(tool) = view.state.catalog.tools().get(candidate.row) else { continue };
            let is_open = table.selected.as_ref() == Some(&tool.id);
            if row_ui(ui, tool, candidate, is_open) {
                table.selected = if is_open { None } else { Some(tool.id.clone()) };
            }
            if is_open {
                unfolded_ui(ui, view, found, candidate, tool);
            }
        }
        asked_ui(ui, view, found);
    });
}

fn summary(found: &Candidates) -> String {
    let stage = found.gap.stage.title();
    let tools = match found.tools.len() {
        0 => return format!("No tool without a foundation stands at {stage} under this filter."),
        1 => "One tool without a foundation stands".to_owned(),
        some => format!("{some} tools without a foundation stand"),
    };
    let judged = if found.host.is_some() {
        "Only their entries are asked: what these do not tell is unknown (?). Those that lack least come first."
    } else {
        "The catalog does not know what this foundation asks for."
    };
    format!("{tools} at {stage}. {judged}")
}

/// Sign and colour of a verdict.
fn mark(theme: &Theme, verdict: Verdict) -> (&'static str, egui::Color32) {
    match verdict {
        Verdict::Met => ("+", theme.color.ok),
        Verdict::Missing => ("−", theme.color.error),
        Verdict::Unknown => ("?", theme.color.text_3),
    }
}

/// Name and counts of one tool; true when it was pressed.
fn row_ui(ui: &mut Ui, tool: &Tool, candidate: &Candidate, is_open: bool) -> bool {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 34.0), Sense::click());
    let counts = Verdict::ALL.iter().map(|verdict| format!("{} {}", candidate.count(*verdict), verdict.id()));
    // Activity is no criterion of every foundation, and always worth knowing.
    let state = match tool.status.status {
        Status::Idle => "no work seen for long",
        Status::Archived => "has ended",
        Status::Alive | Status::Unknown => "",
    };
    let mut told = format!("{}: {}", tool.name, counts.collect::<Vec<_>>().join(", "));
    if !state.is_empty() {
        told = format!("{told}, {state}");
    }
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_open, &told));
    if ui.is_rect_visible(rect) {
        if is_open || response.hovered() || response.has_focus() {
            let fill = if is_open { c.selected } else { c.raised };
            ui.painter().rect_filled(rect.expand2(vec2(6.0, 0.0)), 4.0, fill);
        }
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, c.line));
        let middle = rect.center().y;
        let tile = Rect::from_center_size(pos2(rect.left() + 11.0, middle), vec2(22.0, 22.0));
        monogram(ui, tile, &tool.name, tool.stages.first().copied());
        let mut right = rect.right() - 4.0;
        for verdict in Verdict::ALL.iter().rev() {
            let (sign, color) = mark(theme, *verdict);
            let count = candidate.count(*verdict);
            let ink = Ink::new(theme.mono(), if count == 0 { c.text_3 } else { color });
            let text = format!("{sign}{count}");
            paint_text(ui.painter(), pos2(right, middle), Align2::RIGHT_CENTER, &text, &ink, 40.0);
            right -= 34.0;
        }
        let at = pos2(rect.left() + 32.0, middle);
        let ink = Ink::new(theme.body(), c.text);
        let room = right - at.x + 8.0;
        let (drawn, _) = paint_text(ui.painter(), at, Align2::LEFT_CENTER, &tool.name, &ink, room);
        let at = pos2(drawn.right() + 8.0, middle);
        let ink = Ink::new(theme.small(), c.warn);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, state, &ink, right - at.x + 8.0);
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

fn unfolded_ui(ui: &mut Ui, view: &mut View<'_>, found: &Candidates, candidate: &Candidate, tool: &Tool) {
    let theme = Theme::of(ui);
    ui.add_space(6.0);
    if let Some(summary) = &tool.summary {
        wrapped(ui, summary, &Ink::new(theme.body(), theme.color.text_2));
        ui.add_space(6.0);
    }
    for (criterion, judgement) in found.criteria().iter().zip(&candidate.judgements) {
        judgement_ui(ui, view, criterion, judgement);
    }
    if button(ui, icons::ARROWS_OUT, "Open its page", Kind::Plain).clicked() {
        view.go(Location::Tool(tool.id.clone()));
    }
    ui.add_space(10.0);
}

/// The sign and its word, what is asked for, and why it came out so.
fn judgement_ui(ui: &mut Ui, view: &mut View<'_>, criterion: &Criterion, judgement: &Judgement) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let (sign, color) = mark(theme, judgement.verdict);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let (at, _) = ui.allocate_exact_size(vec2(18.0, 20.0), Sense::hover());
        let ink = Ink::new(theme.strong(15.0), color);
        paint_text(ui.painter(), at.left_center(), Align2::LEFT_CENTER, sign, &ink, 16.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.add_space(2.0);
            let text = format!("{}: {}", judgement.verdict.title(), criterion.text);
            wrapped(ui, &text, &Ink::new(theme.body(), c.text));
            wrapped(ui, &judgement.reason, &Ink::new(theme.small(), c.text_2));
            sources_ui(ui, &judgement.sources, view.actions);
        });
    });
    ui.add_space(6.0);
}

/// Who decides, and where the foundation says what it asks for.
fn asked_ui(ui: &mut Ui, view: &mut View<'_>, found: &Candidates) {
    let Some(host) = &found.host else { return };
    let theme = Theme::of(ui);
    ui.add_space(14.0);
    section_head(ui, &format!("What {} asks for", host.org));
    let level = format!("To enter as {}. {}", host.level.id(), host.decides);
    wrapped(ui, &level, &Ink::new(theme.body(), theme.color.text_2));
    ui.add_space(4.0);
    let mut sources: Vec<_> = host.criteria.iter().map(|criterion| criterion.source.clone()).collect();
    sources.dedup_by(|a, b| a.url == b.url);
    sources_ui(ui, &sources, view.actions);
    ui.add_space(4.0);
    let text = "A tool without a foundation in the catalog is hosted by none of the foundations whose files were \
                read, or was not looked up there.";
    wrapped(ui, text, &Ink::new(theme.small(), theme.color.text_3));
}

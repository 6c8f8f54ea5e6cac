//! Claims with their signs, their sources and their dates.

use egui::accesskit::Role;
use egui::{Align2, RichText, Sense, Ui, WidgetInfo, vec2};

use super::layer::claim_mark;
use crate::action::{Action, Actions, Ask};
use crate::catalog::{Claim, ClaimStatus, Evidence, Layer, Polarity, Tool, ToolId, is_stale};
use crate::state::State;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, hairline, paint_text, section_head, tell_target, wrapped};
use crate::ui::{View, icons};

/// What speaks for the tool.
pub(super) fn for_ui(ui: &mut Ui, view: &mut View<'_>, tool: &Tool) {
    list_ui(ui, view, tool, "Speaks for it", of(tool, &[Polarity::Pro]));
}

/// What speaks against it, and what is to be minded.
pub(super) fn against_ui(ui: &mut Ui, view: &mut View<'_>, tool: &Tool) {
    list_ui(ui, view, tool, "Speaks against it", of(tool, &[Polarity::Con, Polarity::Caveat]));
}

/// What is worth knowing and speaks neither for nor against it.
pub(super) fn facts_ui(ui: &mut Ui, view: &mut View<'_>, tool: &Tool) {
    if of(tool, &[Polarity::Fact]).next().is_some() {
        ui.add_space(12.0);
        list_ui(ui, view, tool, "Worth knowing", of(tool, &[Polarity::Fact]));
    }
}

/// That nothing is known for or against it.
pub(super) fn none_ui(ui: &mut Ui) {
    let theme = Theme::of(ui);
    section_head(ui, "Pros and cons");
    let text = "Nothing has been read and written down about this tool yet. Unknown is shown as unknown.";
    wrapped(ui, text, &Ink::new(theme.body(), theme.color.text_3));
}

fn of<'t>(tool: &'t Tool, wanted: &'static [Polarity]) -> impl Iterator<Item = &'t Claim> {
    tool.claims.iter().filter(|claim| wanted.contains(&claim.polarity))
}

fn list_ui<'c>(
    ui: &mut Ui,
    view: &mut View<'_>,
    tool: &Tool,
    title: &str,
    claims: impl Iterator<Item = &'c Claim>,
) {
    section_head(ui, title);
    let mut any = false;
    for claim in claims {
        if any {
            hairline(ui);
        }
        any = true;
        claim_ui(ui, view.state, (&tool.id, claim), view.actions);
    }
    if !any {
        let theme = Theme::of(ui);
        wrapped(ui, "Nothing written down yet.", &Ink::new(theme.body(), theme.color.text_3));
    }
}

/// One claim of a tool with its sign, its sources and their dates. A stale one is grey and says so, and so does one of
/// the workspace.
pub(in crate::ui::landscape) fn claim_ui(
    ui: &mut Ui,
    state: &State,
    (tool, claim): (&ToolId, &Claim),
    actions: &mut Actions,
) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let (sign, color) = match claim.polarity {
        Polarity::Pro => ("+", c.ok),
        Polarity::Con => ("−", c.error),
        Polarity::Caveat => ("!", c.warn),
        Polarity::Fact => ("·", c.text_3),
    };
    let stale = is_stale(claim, state.today);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let (at, mark) = ui.allocate_exact_size(vec2(18.0, 22.0), Sense::hover());
        let told = claim.polarity.title();
        mark.widget_info(move || WidgetInfo::labeled(Role::Label, true, told));
        let ink = Ink::new(theme.strong(15.0), color);
        paint_text(ui.painter(), at.left_center(), Align2::LEFT_CENTER, sign, &ink, 16.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.add_space(3.0);
            let ink = Ink::new(theme.body(), if stale { c.text_3 } else { c.text });
            wrapped(ui, &claim.text, &ink);
            sources_ui(ui, &claim.evidence, actions);
            let mut notes = Vec::new();
            if !claim.applies_to.as_deref().unwrap_or_default().is_empty() {
                notes.push(format!("applies to {}", claim.applies_to.as_deref().unwrap_or_default()));
            }
            if claim.status == ClaimStatus::Draft {
                notes.push("draft: the source was not read again yet".to_owned());
            }
            if stale {
                notes.push("stale: past its review date".to_owned());
            }
            let notes = RichText::new(notes.join(" · ")).font(theme.small()).color(c.text_3);
            if claim.layer > Layer::Bundled {
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing.x = 7.0;
                    ui.spacing_mut().interact_size.y = 0.0;
                    claim_mark(ui, state, tool, claim);
                    ui.label(notes);
                });
            } else if !notes.is_empty() {
                ui.label(notes);
            }
        });
    });
    ui.add_space(3.0);
}

/// The sources, one line for each page, however many of its passages count. What goes by the same name (a page and the
/// file that it is made of) shares a line.
pub(in crate::ui) fn sources_ui(ui: &mut Ui, evidence: &[Evidence], actions: &mut Actions) {
    for (at, one) in evidence.iter().enumerate() {
        let same = |other: &&Evidence| other.url == one.url || other.name() == one.name();
        if !evidence[..at].iter().any(|other| same(&other)) {
            source_ui(ui, &evidence[at..].iter().filter(same).collect::<Vec<_>>(), actions);
        }
    }
}

/// A page's title with the day it was read last; pressing opens it, the tooltip tells every address and passage.
pub(super) fn source_ui(ui: &mut Ui, sources: &[&Evidence], actions: &mut Actions) {
    let Some(newest) = sources.iter().max_by_key(|source| source.accessed) else { return };
    let theme = Theme::of(ui);
    let read = newest.accessed.map_or_else(|| "not re-read".to_owned(), |date| format!("read {date}"));
    let (name, read) = (format!("{} {}", icons::LINK_SIMPLE, newest.name()), format!(" · {read}"));
    let ink = Ink::new(theme.small(), theme.color.text_3);
    // Where both have no room the name is cut, not the day.
    let day = ui.painter().layout_no_wrap(read, ink.font.clone(), ink.color);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), day.size().y), Sense::click());
    let room = rect.width() - day.size().x;
    let (drawn, _) = paint_text(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, &name, &ink, room);
    ui.painter().galley(egui::pos2(drawn.right(), rect.top()), day, ink.color);
    if response.has_focus() {
        let stroke = egui::Stroke::new(2.0, theme.color.accent);
        ui.painter().rect_stroke(rect, 3.0, stroke, egui::StrokeKind::Inside);
    }
    let url = newest.url.clone();
    response.widget_info(move || WidgetInfo::labeled(Role::Link, true, format!("Open source {url}")));
    tell_target(&response, &newest.url);
    let response = response
        .on_hover_ui(|ui| {
            for (at, source) in sources.iter().enumerate() {
                if !sources[..at].iter().any(|other| other.url == source.url) {
                    ui.label(&source.url);
                }
                if let Some(passage) = &source.locator {
                    let passage = RichText::new(format!("“{passage}”"));
                    ui.label(passage.font(theme.small()).color(theme.color.text_2));
                }
            }
        })
        .on_hover_cursor(egui::CursorIcon::PointingHand);
    if response.clicked() {
        actions.push(Action::Ask(Ask::OpenUrl(newest.address())));
    }
}

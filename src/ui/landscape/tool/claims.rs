//! Claims with their signs, their sources and their dates.

use egui::accesskit::Role;
use egui::{Align2, RichText, Sense, Ui, WidgetInfo, vec2};

use crate::action::{Action, Actions, Ask};
use crate::catalog::{Claim, ClaimStatus, Evidence, Polarity, Tool, is_stale};
use crate::state::State;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, columns, hairline, paint_text, section_head, wrapped};
use crate::ui::{View, icons};

/// What speaks for the tool beside what speaks against it, then what is worth knowing.
pub(super) fn claims_ui(ui: &mut Ui, view: &mut View<'_>, tool: &Tool) {
    if tool.claims.is_empty() {
        let theme = Theme::of(ui);
        section_head(ui, "Pros and cons");
        let text = "Nothing has been read and written down about this tool yet. Unknown is shown as unknown.";
        wrapped(ui, text, &Ink::new(theme.body(), theme.color.text_3));
        return;
    }
    let of =
        |wanted: &'static [Polarity]| tool.claims.iter().filter(|claim| wanted.contains(&claim.polarity));
    let (pros, cons) = (of(&[Polarity::Pro]), of(&[Polarity::Con, Polarity::Caveat]));
    if ui.available_width() < TWO_LISTS {
        list_ui(ui, view, "Speaks for it", pros);
        ui.add_space(12.0);
        list_ui(ui, view, "Speaks against it", cons);
    } else {
        columns(ui, 28.0, |[left, right]| {
            list_ui(left, view, "Speaks for it", pros);
            list_ui(right, view, "Speaks against it", cons);
        });
    }
    if of(&[Polarity::Fact]).next().is_some() {
        ui.add_space(12.0);
        list_ui(ui, view, "Worth knowing", of(&[Polarity::Fact]));
    }
}

/// The least width of two lists of claims side by side.
const TWO_LISTS: f32 = 400.0;

fn list_ui<'c>(ui: &mut Ui, view: &mut View<'_>, title: &str, claims: impl Iterator<Item = &'c Claim>) {
    section_head(ui, title);
    let mut any = false;
    for claim in claims {
        if any {
            hairline(ui);
        }
        any = true;
        claim_ui(ui, view.state, claim, view.actions);
    }
    if !any {
        let theme = Theme::of(ui);
        wrapped(ui, "Nothing written down yet.", &Ink::new(theme.body(), theme.color.text_3));
    }
}

/// One claim with its sign, its sources and their dates. A stale one is grey and says so.
pub(in crate::ui::landscape) fn claim_ui(ui: &mut Ui, state: &State, claim: &Claim, actions: &mut Actions) {
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
            if !notes.is_empty() {
                ui.label(RichText::new(notes.join(" · ")).font(theme.small()).color(c.text_3));
            }
        });
    });
    ui.add_space(3.0);
}

/// The sources, one line for each page, however many of its passages count.
pub(in crate::ui::landscape) fn sources_ui(ui: &mut Ui, evidence: &[Evidence], actions: &mut Actions) {
    for (at, one) in evidence.iter().enumerate() {
        let same = |other: &&Evidence| other.url == one.url;
        if evidence[..at].iter().any(|other| same(&other)) {
            continue;
        }
        let passages = evidence[at..].iter().filter(same).filter_map(|other| other.locator.as_deref());
        source_ui(ui, one, &passages.collect::<Vec<_>>(), actions);
    }
}

/// A page's title with the date it was read; pressing opens it, the tooltip tells the address and the passages.
pub(super) fn source_ui(ui: &mut Ui, evidence: &Evidence, passages: &[&str], actions: &mut Actions) {
    let theme = Theme::of(ui);
    let name = evidence.name();
    let read = evidence.accessed.map_or_else(|| "not re-read".to_owned(), |date| format!("read {date}"));
    let (name, read) = (format!("{} {name}", icons::LINK_SIMPLE), format!(" · {read}"));
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
    let url = evidence.url.clone();
    response.widget_info(move || WidgetInfo::labeled(Role::Link, true, format!("Open source {url}")));
    let response = response
        .on_hover_ui(|ui| {
            ui.label(&evidence.url);
            for passage in passages {
                ui.label(RichText::new(format!("“{passage}”")).font(theme.small()).color(theme.color.text_2));
            }
        })
        .on_hover_cursor(egui::CursorIcon::PointingHand);
    if response.clicked() {
        actions.push(Action::Ask(Ask::OpenUrl(evidence.address())));
    }
}

//! One finding as a card: what is wrong where; unfolded, what to do about it, why it hurts, and living with it.

use egui::accesskit::Role;
use egui::{Frame, Key, Margin, RichText, Sense, Stroke, TextEdit, Ui, WidgetInfo, vec2};

use super::shown::Card;
use super::{Key as FindingKey, look_at, sign};
use crate::action::DocumentId;
use crate::architecture::lint::fixes;
use crate::architecture::{Edit, Finding};
use crate::shown::is_readable;
use crate::state::Drawing;
use crate::ui::studio::edit;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, Kind, button, paint_text, wrapped};
use crate::ui::{View, icons};

pub(super) fn card_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    id: DocumentId,
    drawing: Drawing<'_>,
    (finding, card, is_at): (&Finding, &Card, bool),
) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let edge = if is_at { Stroke::new(1.5, c.accent) } else { Stroke::new(1.0, c.line_strong) };
    let frame = Frame::new().stroke(edge).corner_radius(theme.size.radius).inner_margin(Margin::same(12));
    let mut act: Option<Act> = None;
    let inner = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 4.0;
        let (icon, color) = sign(theme, finding.severity);
        let (rect, head) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::click());
        head.widget_info(|| WidgetInfo::selected(Role::Button, true, is_at, &card.told));
        let at = rect.left_center();
        paint_text(
            ui.painter(),
            at,
            egui::Align2::LEFT_CENTER,
            icon,
            &Ink::new(theme.icon(17.0), color),
            20.0,
        );
        let ink = Ink::new(theme.strong(theme.text.body), c.text);
        let at = at + vec2(26.0, 0.0);
        paint_text(
            ui.painter(),
            at,
            egui::Align2::LEFT_CENTER,
            &finding.rule.name,
            &ink,
            rect.width() - 26.0,
        );
        if head.has_focus() {
            ui.painter().rect_stroke(rect, 3.0, (1.0, c.accent), egui::StrokeKind::Outside);
        }
        if head.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
            act = Some(Act::LookAt);
        }
        let message = wrapped(ui, &card.message, &Ink::new(theme.body(), c.text_2));
        if message.interact(Sense::CLICK).clicked() {
            act = Some(Act::LookAt);
        }
        ui.label(RichText::new(&card.source).font(theme.small()).color(c.text_3));
        if is_at {
            open_ui(ui, view, id, drawing, finding, &mut act);
        }
    });
    if is_at && std::mem::take(&mut view.memory.findings.scrolls) {
        ui.scroll_to_rect(inner.response.rect, None);
    }
    match act {
        Some(Act::Why) => view.memory.findings.why = !view.memory.findings.why,
        Some(Act::Reason) => view.memory.findings.reason = Some((id, FindingKey::of(finding), String::new())),
        Some(Act::Do(change)) => {
            view.memory.findings.reason = None;
            edit(view, id, *change);
        }
        Some(Act::LookAt) => look_at(view, finding),
        Some(Act::Rule) => view.memory.findings.rules.show(finding.rule),
        None => {}
    }
}

/// Nodes and flows of a drawing whose quick fixes are tried as soon as a card is open.
const TRIED_AT_ONCE: usize = 300;

enum Act {
    LookAt,
    Why,
    /// Asks for the reason to live with it.
    Reason,
    /// Shows what the drawing says of its rule.
    Rule,
    Do(Box<Edit>),
}

/// What is unfolded of the finding that is looked at: what to do, and why.
fn open_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    id: DocumentId,
    drawing: Drawing<'_>,
    finding: &Finding,
    act: &mut Option<Act>,
) {
    let theme = Theme::of(ui);
    let revision = drawing.revision();
    let memory = &mut view.memory.findings;
    let is_same =
        |(of, at, what, _): &(_, _, FindingKey, _)| (*of, *at) == (id, revision) && what.is(finding);
    let is_known = memory.fixes.as_ref().is_some_and(is_same);
    // Every fix is tried on a copy: in a large drawing that takes longer than a frame, so it is asked for.
    let is_large = drawing.architecture.nodes.len() + drawing.architecture.flows.len() > TRIED_AT_ONCE;
    let waits = !is_known && is_large && !drawing.is_fixed();
    if waits && !button(ui, icons::MAGIC_WAND, "Look for a quick fix", Kind::Plain).clicked() {
        memory.fixes = None;
    } else if !is_known {
        let found = if drawing.is_fixed() { Vec::new() } else { fixes(drawing.architecture, finding) };
        memory.fixes = Some((id, revision, FindingKey::of(finding), found));
    }
    // A reason that was begun for another finding is not for this one.
    memory.reason.take_if(|(of, what, _)| *of != id || !what.is(finding));
    let found = memory.fixes.as_ref().map(|(.., fixes)| fixes.as_slice()).unwrap_or_default();
    ui.add_space(4.0);
    for (at, fix) in found.iter().enumerate() {
        let kind = if at == 0 { Kind::Primary } else { Kind::Plain };
        if button(ui, icons::MAGIC_WAND, &fix.label, kind).clicked() {
            *act = Some(Act::Do(Box::new(fix.edit.clone())));
        }
    }
    if found.is_empty() {
        wrapped(ui, &format!("{}.", finding.rule.suggestion), &Ink::new(theme.medium(), theme.color.text));
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let text = if memory.why { "Hide why" } else { "Why?" };
        if button(ui, "", text, Kind::Quiet).clicked() {
            *act = Some(Act::Why);
        }
        let is_asked = memory.reason.is_some() || drawing.is_fixed();
        if !is_asked && button(ui, "", "Live with it…", Kind::Quiet).clicked() {
            *act = Some(Act::Reason);
        }
        if !drawing.is_fixed() && button(ui, "", "Its rule…", Kind::Quiet).clicked() {
            *act = Some(Act::Rule);
        }
    });
    if let Some((.., reason)) = &mut memory.reason {
        let field = ui.add(
            TextEdit::singleline(reason)
                .hint_text("Why it is all right here")
                .desired_width(f32::INFINITY)
                .margin(Margin::symmetric(8, 5)),
        );
        field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Why it is all right here"));
        let is_given = is_readable(reason);
        let is_entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let keeps =
            ui.add_enabled_ui(is_given, |ui| button(ui, icons::CHECK, "Keep the reason", Kind::Plain));
        if is_given && (is_entered || keeps.inner.clicked()) {
            *act = Some(Act::Do(Box::new(finding.suppress(drawing.architecture, reason))));
        }
    }
    if memory.why {
        wrapped(ui, &finding.rule.explanation, &Ink::new(theme.body(), theme.color.text_2));
        if !found.is_empty() {
            let text = format!("In general: {}.", finding.rule.suggestion);
            wrapped(ui, &text, &Ink::new(theme.body(), theme.color.text_2));
        }
    }
}

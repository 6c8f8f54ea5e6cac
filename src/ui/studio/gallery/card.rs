//! One drawing as a card: its picture, what it is for, how mature it is, what it rests on, and what can be done with it.

use egui::accesskit::Role;
use egui::{
    Align, Align2, CornerRadius, Layout, Rect, RectAlign, Sense, Stroke, StrokeKind, Tooltip, Ui, WidgetInfo,
    pos2, vec2,
};

use super::picture::picture_ui;
use crate::architecture::gallery::Exhibit;
use crate::catalog::LicenseClass;
use crate::state::Gallery;
use crate::ui::icons;
use crate::ui::theme::{Theme, mix};
use crate::ui::widgets::{Ink, inside, license_mark, paint_text, paragraph, small_button, wrapped};

/// What was pressed on a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Press {
    /// The card: the drawing is to be opened.
    Open,
    /// A document of one's own is to start from it.
    Start,
    /// It is to be held against the drawing that was open last.
    Compare,
}

/// Height of the picture.
const PICTURE: f32 = 116.0;
/// Height of the line with the actions.
const FOOT: f32 = 36.0;
/// Height of the whole card.
pub(super) const HEIGHT: f32 = 312.0;

/// What was done with a card.
pub(super) struct Done {
    /// What was pressed.
    pub press: Option<Press>,
    /// Whether it, or what can be pressed on it, has the keyboard.
    pub has_keyboard: bool,
}

/// Fills `ui` with the card of the drawing at `at`; `compares` where there is a drawing that it can be held against.
pub(super) fn card_ui(
    ui: &mut Ui,
    gallery: &Gallery,
    at: usize,
    (compares, gets_keyboard): (bool, bool),
) -> Done {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let (exhibit, title) = (&gallery.exhibits[at], gallery.title(at));
    let card = &exhibit.card;
    let rect = ui.max_rect();
    // The foot has buttons of its own.
    let face = Rect::from_min_max(rect.min, pos2(rect.right(), rect.bottom() - FOOT));
    let response = ui.interact(face, ui.scope_id().with("card"), Sense::click());
    let is_own = at < gallery.own;
    let told = format!("{} {title}", if is_own { "Drawing" } else { "Template" });
    response.widget_info(move || WidgetInfo::labeled(Role::Button, true, told.clone()));
    if gets_keyboard {
        response.request_focus();
    }
    let is_seen = ui.is_rect_visible(rect);
    if is_seen {
        let hot = response.hovered() || response.has_focus();
        let ground = if hot { c.raised } else { c.panel };
        ui.painter().rect_filled(rect, 8.0, ground);
        let picture = Rect::from_min_size(rect.min, vec2(rect.width(), PICTURE));
        let top = CornerRadius { nw: 8, ne: 8, sw: 0, se: 0 };
        ui.painter().rect_filled(picture, top, c.canvas);
        picture_ui(ui, &card.picture, picture.shrink(1.0), 11.0);
        let room = Rect::from_min_max(
            pos2(rect.left() + 14.0, picture.bottom() + 10.0),
            pos2(rect.right() - 14.0, rect.bottom() - FOOT - 4.0),
        );
        words_ui(ui, exhibit, title, room);
        let stroke =
            Stroke::new(if response.has_focus() { 2.0 } else { 1.0 }, if hot { c.accent } else { c.line });
        ui.painter().rect_stroke(rect, 8.0, stroke, StrokeKind::Inside);
    }
    let foot = Rect::from_min_max(pos2(rect.left(), face.bottom()), rect.max);
    if is_seen {
        ui.painter().hline(foot.x_range().shrink(1.0), foot.top(), (1.0, c.line));
    }
    let (by_foot, foot_has_keyboard) = foot_ui(ui, foot, title, compares);
    let has_keyboard = response.has_focus() || foot_has_keyboard;
    let mut tooltip = if response.has_focus() && is_seen {
        Tooltip::for_widget(&response)
    } else {
        Tooltip::for_enabled(&response)
    };
    // Beside the card: below it, it would hide what can be pressed there.
    tooltip.popup = tooltip.popup.width(360.0).align(RectAlign::RIGHT_START);
    tooltip.show(|ui| more_ui(ui, exhibit, title));
    let is_pressed = response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked();
    Done { press: if is_pressed { Some(Press::Open) } else { by_foot }, has_keyboard }
}

fn words_ui(ui: &Ui, exhibit: &Exhibit, title: &str, room: Rect) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let card = &exhibit.card;
    let mut top = room.top();
    let painter = ui.painter().with_clip_rect(room.expand(2.0).intersect(ui.clip_rect()));
    let mut job = egui::text::LayoutJob::simple(
        title.to_owned(),
        theme.strong(theme.text.emphasis),
        c.text,
        room.width(),
    );
    job.wrap.max_rows = 2;
    for section in &mut job.sections {
        section.format.line_height = Some(19.0);
    }
    let galley = painter.layout_job(job);
    let height = galley.size().y;
    painter.galley(pos2(room.left(), top), galley, c.text);
    top += height + 4.0;
    let ink = Ink::new(theme.small(), c.text_3);
    let line = |ui: &Ui, y: f32, text: &str| {
        paint_text(ui.painter(), pos2(room.left(), y + 8.0), Align2::LEFT_CENTER, text, &ink, room.width());
    };
    let domain = if card.domain.is_empty() { String::new() } else { format!("{} · ", card.domain) };
    line(ui, top, &format!("{domain}{} nodes · {} flows", card.nodes, card.flows));
    top += 20.0;
    let about = if card.purpose.is_empty() { &card.summary } else { &card.purpose };
    // The lines below stand at the foot of every card, so that they can be compared along a row.
    let below = room.bottom() - 22.0;
    let rows = ((below - top - 2.0) / 17.0).floor().max(1.0) as usize;
    let mut job = egui::text::LayoutJob::simple(about.clone(), theme.small(), c.text_2, room.width());
    job.wrap.max_rows = rows;
    for section in &mut job.sections {
        section.format.line_height = Some(17.0);
    }
    let galley = painter.layout_job(job);
    painter.galley(pos2(room.left(), top), galley, c.text_2);
    facts_ui(ui, exhibit, Rect::from_min_max(pos2(room.left(), below), pos2(room.right(), below + 18.0)));
}

/// One line: the level, the share that is reported, the tools by licence class.
fn facts_ui(ui: &Ui, exhibit: &Exhibit, line: Rect) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let (card, middle) = (&exhibit.card, line.center().y);
    let ink = Ink::new(theme.small(), c.text_2);
    let mut left = line.left();
    // As in the panel of a drawing: filled is what is reached.
    for level in 0..2 {
        let bar = Rect::from_min_size(pos2(left, middle - 3.0), vec2(14.0, 6.0));
        let fill = if level < card.level { c.accent } else { mix(c.panel, c.text_3, 0.3) };
        ui.painter().rect_filled(bar, 2.0, fill);
        left += 16.0;
    }
    let text = format!("level {}", card.level);
    let (drawn, _) =
        paint_text(ui.painter(), pos2(left + 4.0, middle), Align2::LEFT_CENTER, &text, &ink, 80.0);
    left = drawn.right() + 14.0;
    if let Some(share) = card.reported() {
        let text = format!("{:.0} % reported", share * 100.0);
        paint_text(ui.painter(), pos2(left, middle), Align2::LEFT_CENTER, &text, &ink, 110.0);
    }
    let mut right = line.right();
    let counts = LicenseClass::ALL.iter().zip(&exhibit.classes).rev();
    for (class, count) in counts.filter(|(_, count)| **count > 0) {
        let (drawn, _) = paint_text(
            ui.painter(),
            pos2(right, middle),
            Align2::RIGHT_CENTER,
            &count.to_string(),
            &ink,
            40.0,
        );
        license_mark(ui, pos2(drawn.left() - 9.0, middle), *class);
        right = drawn.left() - 22.0;
    }
}

/// What can be done without opening it: what was pressed, and whether something there has the keyboard.
fn foot_ui(ui: &mut Ui, foot: Rect, title: &str, compares: bool) -> (Option<Press>, bool) {
    let (mut pressed, mut has_keyboard) = (None, false);
    inside(ui, foot.shrink2(vec2(6.0, 0.0)), Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let told = format!("Start from it: {title}");
        let start = small_button(ui, icons::COPY, "Start from it", &told);
        has_keyboard |= start.has_focus();
        if start.clicked() {
            pressed = Some(Press::Start);
        }
        if compares {
            let told = format!("Compare with my drawing: {title}");
            let compare = small_button(ui, icons::SCALES, "Compare with my drawing", &told);
            has_keyboard |= compare.has_focus();
            if compare.clicked() {
                pressed = Some(Press::Compare);
            }
        }
    });
    (pressed, has_keyboard)
}

/// What is told of a drawing that is looked at: what it is, when to take it and when not.
fn more_ui(ui: &mut Ui, exhibit: &Exhibit, title: &str) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let card = &exhibit.card;
    ui.set_max_width(360.0);
    ui.spacing_mut().item_spacing.y = 4.0;
    wrapped(ui, title, &Ink::new(theme.strong(theme.text.emphasis), c.text));
    if !card.summary.is_empty() {
        wrapped(ui, &card.summary, &Ink::new(theme.body(), c.text));
    }
    for (title, sign, reasons, color) in
        [("Take it when", "+", &card.use_when, c.ok), ("Rather not when", "−", &card.avoid_when, c.error)]
    {
        if reasons.is_empty() {
            continue;
        }
        ui.add_space(4.0);
        wrapped(ui, title, &Ink::new(theme.strong(theme.text.small), c.text_2));
        for reason in reasons {
            let ink = Ink::new(theme.body(), c.text_2);
            let galley = paragraph(ui, reason, &ink, ui.available_width() - 18.0);
            let (rect, response) =
                ui.allocate_exact_size(vec2(ui.available_width(), galley.size().y), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, reason));
            let mark = Ink::new(theme.strong(theme.text.body), color);
            let at = rect.left_top() + vec2(4.0, 9.0);
            paint_text(ui.painter(), at, Align2::CENTER_CENTER, sign, &mark, 12.0);
            ui.painter().galley(rect.min + vec2(18.0, 0.0), galley, c.text_2);
        }
    }
    ui.add_space(4.0);
    for line in figures(exhibit) {
        wrapped(ui, &line, &Ink::new(theme.small(), c.text_3));
    }
}

/// The figures at the foot of the card in words.
fn figures(exhibit: &Exhibit) -> Vec<String> {
    let card = &exhibit.card;
    let mut lines = vec![if card.evidence.is_some() {
        let (level, drawn) = (card.level, card.drawn_level);
        format!("Google's maturity level {level} of 2 as its sources report it, {drawn} with what was added")
    } else {
        format!("Google's maturity level {} of 2, as drawn", card.level)
    }];
    if let Some(share) = card.reported() {
        lines.push(format!("{:.0} % of boxes and flows are reported by its sources", share * 100.0));
    }
    let classes = LicenseClass::ALL.iter().zip(&exhibit.classes).filter(|(_, count)| **count > 0);
    let mut tools: Vec<String> = classes.map(|(class, count)| format!("{count} {}", class.title())).collect();
    if exhibit.strangers > 0 {
        tools.push(format!("{} not in the catalog", exhibit.strangers));
    }
    if !tools.is_empty() {
        lines.push(format!("{} tools: {}", card.tools.len(), tools.join(", ")));
    }
    lines
}

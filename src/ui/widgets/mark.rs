//! Small marks that carry meaning: stage hue, monogram, licence class, key caps.

use egui::{Align2, Color32, Pos2, Rect, Response, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::text::{Ink, paint_text};
use crate::catalog::{LicenseClass, Stage};
use crate::ui::theme::{Theme, mix};

/// An 8-point dot in a stage's hue.
pub fn stage_dot(ui: &Ui, center: Pos2, stage: Stage) {
    ui.painter().circle_filled(center, 4.0, Theme::of(ui).stage(stage));
}

/// A vertical tick of 3 points in a stage's hue.
pub fn vertical_tick(ui: &Ui, left_center: Pos2, height: f32, color: Color32) {
    let rect = Rect::from_min_size(left_center - vec2(0.0, height / 2.0), vec2(3.0, height));
    ui.painter().rect_filled(rect, 1.5, color);
}

/// How large the letters of a monogram are, as a share of its width.
pub const MONOGRAM_LETTERS: f32 = 0.46;

/// Two letters on a tint of the stage's hue: tools have no logos here, those belong to their owners.
pub fn monogram(ui: &Ui, rect: Rect, name: &str, stage: Option<Stage>) {
    let theme = Theme::of(ui);
    monogram_tile(ui, rect, stage);
    let ink = Ink::new(theme.strong((rect.width() * MONOGRAM_LETTERS).round()), theme.color.text);
    let letters = monogram_letters(name);
    paint_text(ui.painter(), rect.center(), Align2::CENTER_CENTER, &letters, &ink, f32::INFINITY);
}

/// The tint of a monogram, without its letters.
pub fn monogram_tile(ui: &Ui, rect: Rect, stage: Option<Stage>) {
    let theme = Theme::of(ui);
    let hue = stage.map_or(theme.color.text_3, |stage| theme.stage(stage));
    ui.painter().rect_filled(rect, rect.width() / 5.0, mix(theme.color.surface, hue, 0.3));
}

/// The first letters of the first two words, else the first two letters of the only one.
pub fn monogram_letters(name: &str) -> String {
    let mut words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let first = words.next().unwrap_or("?");
    let mut out = String::new();
    match words.next() {
        Some(second) => out.extend(first.chars().take(1).chain(second.chars().take(1))),
        None => out.extend(first.chars().take(2)),
    }
    out.to_uppercase()
}

/// The licence class as a shape with its colour: ● OSI, ◐ open core, ○ source available, ? unknown.
pub fn license_mark(ui: &Ui, center: Pos2, class: LicenseClass) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let radius = 4.0;
    let painter = ui.painter();
    match class {
        LicenseClass::Osi => {
            painter.circle_filled(center, radius, c.ok);
        }
        LicenseClass::OpenCore => {
            painter.circle_stroke(center, radius - 0.5, Stroke::new(1.2, c.warn));
            let half = Rect::from_min_max(center - vec2(radius, radius), center + vec2(0.0, radius));
            painter.with_clip_rect(half.intersect(painter.clip_rect())).circle_filled(center, radius, c.warn);
        }
        LicenseClass::SourceAvailable => {
            painter.circle_stroke(center, radius - 0.5, Stroke::new(1.2, c.warn));
        }
        LicenseClass::Unknown => {
            let ink = Ink::new(theme.strong(theme.text.small), c.text_3);
            paint_text(painter, center, Align2::CENTER_CENTER, "?", &ink, 12.0);
        }
    }
}

/// Ten small bars in lifecycle order, lit where something belongs.
pub fn lifecycle_strip(ui: &Ui, rect: Rect, lit: &[Stage], gap: f32) {
    let theme = Theme::of(ui);
    let width = (rect.width() + gap) / Stage::ALL.len() as f32 - gap;
    for (index, stage) in Stage::ALL.iter().enumerate() {
        let left = rect.left() + index as f32 * (width + gap);
        let bar = Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height()));
        let color = if lit.contains(stage) { theme.stage(*stage) } else { theme.color.raised };
        ui.painter().rect_filled(bar, (rect.height() / 2.0).min(2.0), color);
    }
}

/// A key as it looks on a keyboard.
pub fn key_cap(ui: &mut Ui, keys: &str) -> Response {
    let theme = Theme::of(ui);
    let ink = Ink::new(egui::FontId::monospace(11.0), theme.color.text_3);
    let galley = ui.painter().layout_no_wrap(keys.to_owned(), ink.font, ink.color);
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(9.0, 3.0), Sense::hover());
    let stroke = Stroke::new(1.0, theme.color.line_strong);
    ui.painter().rect_stroke(rect, 4.0, stroke, StrokeKind::Inside);
    ui.painter().galley(rect.min + vec2(4.5, 1.5), galley, ink.color);
    response
}

#[cfg(test)]
mod tests {
    use super::monogram_letters;

    #[test]
    fn a_monogram_has_two_letters() {
        for (name, expected) in
            [("MLflow", "ML"), ("Great Expectations", "GE"), ("scikit-learn", "SL"), ("R", "R")]
        {
            assert_eq!(monogram_letters(name), expected);
        }
    }
}

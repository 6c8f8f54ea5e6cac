//! One tool on the board: monogram, name, what is not usual about its licence, maturity.

use egui::accesskit::Role;
use egui::{Align2, Color32, Id, Rect, Response, Sense, Ui, WidgetInfo, pos2, vec2};

use super::laid::{Laid, Part};
use crate::catalog::{LicenseClass, Polarity, Tool};
use crate::ui::theme::{Theme, mix};
use crate::ui::widgets::{
    Ink, MONOGRAM_LETTERS, license_mark, line, monogram_letters, monogram_tile, paint_text,
};

/// Up to this zoom the letters of a monogram could not be read.
const LETTERED: f32 = 0.58;

/// Up to this zoom a licence's mark would be larger than what it belongs to.
pub(super) const LICENSED: f32 = 0.55;

/// What a screen reader says.
fn told(tool: &Tool) -> String {
    let count = |of: &[Polarity]| tool.claims.iter().filter(|claim| of.contains(&claim.polarity)).count();
    let (pros, cons) = (count(&[Polarity::Pro]), count(&[Polarity::Con, Polarity::Caveat]));
    let claims = if pros + cons == 0 {
        "not judged yet".to_owned()
    } else {
        format!("{pros} pros, {cons} cons and caveats")
    };
    format!("{}, licence {}, {claims}", tool.name, tool.license.class.title().to_lowercase())
}

/// One to three, as the foundation says; none for what is archived or has none.
fn maturity(tool: &Tool) -> usize {
    let of = |word: &str| match word {
        "graduated" => 3,
        "incubating" => 2,
        "sandbox" => 1,
        _ => 0,
    };
    tool.foundations.iter().filter_map(|host| host.maturity.as_deref()).map(of).max().unwrap_or(0)
}

/// Draws a card; nothing where it is out of sight.
pub(super) fn card_ui(
    ui: &Ui,
    id: Id,
    rect: Rect,
    (row, tool, selected): (usize, &Tool, bool),
    (laid, zoom): (&mut Laid, f32),
) -> Option<Response> {
    if !ui.is_rect_visible(rect) {
        return None;
    }
    let theme = Theme::of(ui);
    let c = &theme.color;
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, told(tool)));
    let fill = if selected {
        c.selected
    } else if response.hovered() || response.has_focus() {
        mix(c.raised, c.text_3, 0.18)
    } else {
        c.raised
    };
    let radius = 5.0 * zoom;
    ui.painter().rect_filled(rect, radius, fill);
    if selected || response.has_focus() {
        ui.painter().rect_stroke(rect, radius, (1.0, c.accent), egui::StrokeKind::Inside);
    }
    let middle = rect.center().y;
    let tile = Rect::from_center_size(pos2(rect.left() + 15.0 * zoom, middle), vec2(18.0, 18.0) * zoom);
    let hue = tool.stages.first().copied();
    monogram_tile(ui, tile, hue);
    if zoom > LETTERED {
        let letters = laid.words((row, Part::Monogram), zoom, |level| {
            let ink = Ink::new(theme.strong(18.0 * level * MONOGRAM_LETTERS), Color32::PLACEHOLDER);
            line(ui.painter(), &monogram_letters(&tool.name), &ink, f32::INFINITY)
        });
        let at = Align2::CENTER_CENTER.anchor_size(tile.center(), letters.size()).min;
        ui.painter().galley(at, letters, c.text);
    }
    let mut right = rect.right() - 9.0 * zoom;
    if tool.license.class != LicenseClass::Osi && zoom > LICENSED {
        license_mark(ui, pos2(right, middle), tool.license.class);
        right -= 14.0 * zoom;
    }
    let dots = maturity(tool);
    for _ in 0..dots {
        ui.painter().circle_filled(pos2(right, middle), 2.2 * zoom, c.accent);
        right -= 6.5 * zoom;
    }
    // Judged tools stand out by their ink, not by more marks.
    let ink = if tool.claims.is_empty() { c.text_2 } else { c.text };
    let at = pos2(rect.left() + 30.0 * zoom, middle);
    let room = right - at.x - 2.0;
    let galley = laid.words((row, Part::Name), zoom, |level| {
        let ink = Ink::new(theme.sized(theme.text.body * level), Color32::PLACEHOLDER);
        line(ui.painter(), &tool.name, &ink, f32::INFINITY)
    });
    let cut = galley.size().x > room;
    if cut {
        let ink = Ink::new(theme.sized(theme.text.body * zoom), ink);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, &tool.name, &ink, room);
    } else {
        ui.painter().galley(Align2::LEFT_CENTER.anchor_size(at, galley.size()).min, galley, ink);
    }
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    Some(if cut { response.on_hover_text(&tool.name) } else { response })
}

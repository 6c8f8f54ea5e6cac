//! A node's card. Far away it is a block, nearer its title, nearest its tools as well; on a page all of it, however small.

use egui::accesskit::Role;
use egui::{
    Align2, Color32, CornerRadius, FontFamily, FontId, Painter, Rect, Response, Sense, Stroke, StrokeKind,
    Ui, WidgetInfo, pos2, vec2,
};

use super::canvas::Scene;
use super::lane_hue;
use crate::architecture::{Node, NodeId, kinds};
use crate::catalog::{Catalog, ToolId};
use crate::shown::clipped;
use crate::ui::icons;
use crate::ui::theme::{SEMIBOLD, Theme};
use crate::ui::widgets::{Ink, paint_text};

/// Below this zoom a card is a coloured block.
pub(super) const BLOCKS_BELOW: f32 = 0.25;
/// How much is left of a card that a change does not reach.
const DIMMED: f32 = 0.3;
/// Below this zoom a card has only a title.
const TITLES_BELOW: f32 = 0.55;

/// How much of a card is drawn, and at which zoom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Detail {
    /// A block.
    Blocks,
    /// Its title.
    Titles(f32),
    /// All of it.
    Cards(f32),
    /// All of it on a page: nothing is drawn larger than it is to be readable there.
    Print(f32),
}

impl Detail {
    /// What can be read at a zoom.
    pub fn at(zoom: f32) -> Self {
        if zoom < BLOCKS_BELOW {
            Self::Blocks
        } else if zoom < TITLES_BELOW {
            Self::Titles(zoom)
        } else {
            Self::Cards(zoom)
        }
    }
}

/// Sizes step by a quarter point, so that zooming lays text out again instead of blurring it, and the
/// galleys of before can be used again.
pub(super) fn crisp(size: f32, zoom: f32) -> f32 {
    ((size * zoom * 4.0).round() / 4.0).max(1.0)
}

/// The names of the node's tools; ids without an entry are shown as they are.
pub(super) fn tool_names(catalog: &Catalog, node: &Node) -> String {
    if node.tools.is_empty() {
        return "no tool yet".to_owned();
    }
    let name = |id: &String| {
        let tool = ToolId::new(id).ok().and_then(|id| catalog.get(&id));
        tool.map_or_else(|| id.clone(), |tool| tool.name.clone())
    };
    node.tools.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// The card of what a change does not reach.
pub(super) fn pale_border(painter: &Painter, theme: &Theme, rect: Rect, scale: f32) {
    let mut painter = painter.clone();
    painter.multiply_opacity(DIMMED);
    painter.rect_filled(rect, 3.0 * scale, theme.color.raised);
    painter.rect_stroke(rect, 3.0 * scale, Stroke::new(scale, theme.color.line_strong), StrokeKind::Inside);
}

/// The border of what was added to what sources report.
pub(super) fn dashed_border(painter: &Painter, theme: &Theme, rect: Rect, scale: f32) {
    dashed(painter, rect.shrink(0.5 * scale), Stroke::new(scale, theme.color.text_3), scale);
}

fn dashed(painter: &Painter, rect: Rect, stroke: Stroke, scale: f32) {
    let corners =
        [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
    painter.extend(egui::Shape::dashed_line(&corners, stroke, 4.0 * scale, 3.0 * scale));
}

/// A title in up to two lines, in the largest of some sizes that cuts nothing off; answers how many lines it has, and
/// whether even the last size is cut.
fn title_ui(
    painter: &Painter,
    room: Rect,
    title: &str,
    sizes: &[f32],
    zoom: f32,
    color: Color32,
) -> (usize, bool) {
    let mut fitting = None;
    for size in sizes {
        let font = FontId::new(crisp(*size, zoom), FontFamily::Name(SEMIBOLD.into()));
        let mut job = egui::text::LayoutJob::simple(title.to_owned(), font, color, room.width());
        job.wrap.max_rows = 2;
        let galley = painter.layout_job(job);
        // A word wider than the room is broken in its middle: the row ends with a letter.
        let ends_in_word = |row: &egui::epaint::text::PlacedRow| {
            row.glyphs.last().is_some_and(|glyph| glyph.chr.is_alphanumeric())
        };
        let is_broken = galley.rows.split_last().is_some_and(|(_, rows)| rows.iter().any(ends_in_word));
        let is_whole = !galley.elided && !is_broken;
        fitting = Some(galley);
        if is_whole {
            break;
        }
    }
    let Some(galley) = fitting else { return (0, false) };
    let told = (galley.rows.len(), galley.elided);
    painter.galley(pos2(room.left(), room.center().y - galley.size().y / 2.0), galley, color);
    told
}

/// A node on the canvas: its card, what it says to a screen reader, and what is pressed there.
pub(super) fn card_ui(ui: &Ui, scene: &Scene<'_>, id: &NodeId, node: &Node, rect: Rect) -> Response {
    let on = scene.is_selected(id);
    let response = ui.interact(
        rect.intersect(scene.view),
        ui.scope_id().with(("node", id.as_str())),
        Sense::click_and_drag(),
    );
    let title = &*clipped(node.title());
    response.widget_info(|| {
        let told = format!("{title}, {}{}", node.stage, scene.marks.told(id));
        WidgetInfo::selected(Role::Button, true, on, told)
    });
    let lit = Lit { selected: on, hovered: response.hovered(), focused: response.has_focus() };
    let shown = card(ui.painter(), scene, id, node, rect, lit);
    let catalog = scene.drawing.catalog;
    match shown {
        Shown::Block | Shown::Whole => response,
        Shown::Title | Shown::Cut => response.on_hover_ui(|ui| {
            ui.label(format!("{title}\n{}", tool_names(catalog, node)));
        }),
    }
}

/// How a card stands out.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lit {
    pub selected: bool,
    pub hovered: bool,
    pub focused: bool,
}

/// What of a node can be read on its card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// Nothing.
    Block,
    /// Its title alone.
    Title,
    /// Not the end of a text.
    Cut,
    /// Everything.
    Whole,
}

/// Draws a node's card into `rect`.
pub(super) fn card(
    painter: &Painter,
    scene: &Scene<'_>,
    id: &NodeId,
    node: &Node,
    rect: Rect,
    lit: Lit,
) -> Shown {
    let (theme, detail) = (scene.theme, scene.detail());
    let c = &theme.color;
    let on = lit.selected;
    // Laying out what a hostile file calls a name would take gigabytes.
    let title = clipped(node.title());
    let title = &*if is_plain(&title) { title } else { words(&title).into() };
    let hue = lane_hue(theme, &node.stage);
    let mut painter = painter.clone();
    if scene.marks.dims(id) {
        painter.multiply_opacity(DIMMED);
    }
    let is_unguarded = scene.marks.is_unguarded(id);
    let painter = &painter;
    let (zoom, thin) = match detail {
        Detail::Blocks => {
            painter.rect_filled(rect, 1.0, hue);
            if on || is_unguarded {
                let color = if on { c.accent } else { c.error };
                painter.rect_stroke(rect, 1.0, Stroke::new(1.5, color), StrokeKind::Outside);
            }
            return Shown::Block;
        }
        Detail::Titles(zoom) | Detail::Cards(zoom) => (zoom, 1.0),
        Detail::Print(zoom) => (zoom, zoom.min(1.0)),
    };
    let radius = if thin < 1.0 { 6.0 * zoom } else { (6.0 * zoom).clamp(2.0, 10.0) };
    let hot = lit.hovered || lit.focused;
    painter.rect_filled(rect, radius, if on || hot { c.selected } else { c.raised });
    match (on || lit.focused, node.is_added()) {
        (true, _) => {
            painter.rect_stroke(rect, radius, Stroke::new(2.0 * thin, c.accent), StrokeKind::Inside);
        }
        (false, _) if is_unguarded => {
            painter.rect_stroke(rect, radius, Stroke::new(2.0 * thin, c.error), StrokeKind::Inside);
        }
        (false, false) => {
            painter.rect_stroke(rect, radius, Stroke::new(thin, c.line_strong), StrokeKind::Inside);
        }
        (false, true) => dashed_border(painter, theme, rect, thin),
    }
    let round = radius.round() as u8;
    let tick = Rect::from_min_size(rect.min, vec2((4.0 * zoom).max(2.0 * thin), rect.height()));
    painter.rect_filled(tick, CornerRadius { nw: round, sw: round, ne: 0, se: 0 }, hue);
    if let Detail::Titles(zoom) = detail {
        let room = rect.shrink2(vec2(12.0 * zoom + 2.0, 0.0));
        title_ui(painter, room, title, &[21.0, 19.0, 17.0, 15.0], zoom, c.text);
        scene.marks.badge(painter, theme, id, rect, detail);
        return Shown::Title;
    }
    let cut = texts(painter, scene, node, (title, rect, zoom));
    scene.marks.badge(painter, theme, id, rect, detail);
    if cut { Shown::Cut } else { Shown::Whole }
}

/// Whether a text is on one line and has no letter of private use, which the font of icons would draw as one of the
/// program's own signs.
fn is_plain(text: &str) -> bool {
    !text.chars().any(|letter| matches!(letter, '\n' | '\r' | '\t') || is_private(letter))
}

fn is_private(letter: char) -> bool {
    matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

/// A text so made.
fn words(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.chars().map(|letter| if is_private(letter) { char::REPLACEMENT_CHARACTER } else { letter }).collect()
}

/// Icon, title and tools; answers whether one of the texts is cut.
fn texts(painter: &Painter, scene: &Scene<'_>, node: &Node, (title, rect, zoom): (&str, Rect, f32)) -> bool {
    let theme = scene.theme;
    let c = &theme.color;
    let pad = 14.0 * zoom;
    let line = rect.top() + 23.0 * zoom;
    let mut left = rect.left() + pad;
    let icon = icons::by_name(kinds::icon(&node.kind)).unwrap_or(icons::CIRCLE);
    let ink = Ink::new(theme.icon(crisp(15.0, zoom)), lane_hue(theme, &node.stage));
    paint_text(painter, pos2(left, line), Align2::LEFT_CENTER, icon, &ink, f32::INFINITY);
    left += 22.0 * zoom;
    let room = rect.right() - left - 8.0 * zoom;
    let font = FontId::new(crisp(13.0, zoom), FontFamily::Name(SEMIBOLD.into()));
    let is_long = painter.layout_no_wrap(title.to_owned(), font.clone(), c.text).size().x > room;
    let (lines, mut cut) = if is_long {
        let room = Rect::from_center_size(pos2(left + room / 2.0, line), vec2(room, 30.0 * zoom));
        title_ui(painter, room, title, &[12.0, 11.0], zoom, c.text)
    } else {
        let ink = Ink::new(font, c.text);
        (1, paint_text(painter, pos2(left, line), Align2::LEFT_CENTER, title, &ink, room).1)
    };
    let tools = tool_names(scene.drawing.catalog, node);
    let tools = if is_plain(&tools) { tools } else { words(&tools) };
    let ink = Ink::new(FontId::proportional(crisp(11.5, zoom)), c.text_2);
    let under = if lines > 1 { 50.0 } else { 44.0 };
    let at = pos2(rect.left() + pad, rect.top() + under * zoom);
    let room = rect.width() - pad - 8.0 * zoom;
    let is_long = || painter.layout_no_wrap(tools.clone(), ink.font.clone(), ink.color).size().x > room;
    cut |= if scene.is_printed && is_long() {
        // Below a title of two lines there is less height.
        let (size, top) = if lines > 1 { (9.0, 39.0) } else { (10.0, 35.0) };
        let at = pos2(at.x, rect.top() + top * zoom);
        two_lines(painter, at, &tools, (size * zoom, ink.color), room)
    } else {
        paint_text(painter, at, Align2::LEFT_CENTER, &tools, &ink, room).1
    };
    cut
}

/// A list on paper, which nobody can point at to see its end: small, in up to two lines below `at`; answers whether it is
/// cut.
fn two_lines(
    painter: &Painter,
    at: egui::Pos2,
    text: &str,
    (size, color): (f32, Color32),
    room: f32,
) -> bool {
    let mut job =
        egui::text::LayoutJob::simple(clipped(text).into_owned(), FontId::proportional(size), color, room);
    job.wrap.max_rows = 2;
    for section in &mut job.sections {
        section.format.line_height = Some(size * 1.16);
    }
    let galley = painter.layout_job(job);
    let elided = galley.elided;
    // A single line stands in the middle of the room of two.
    let top = if galley.rows.len() > 1 { at.y } else { at.y + size * 0.58 };
    painter.galley(pos2(at.x, top), galley, color);
    elided
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_on_one_line_and_draws_none_of_the_programs_signs() {
        for (name, is_as_it_is, shown) in [
            ("Feature store", true, "Feature store"),
            ("Feature\nstore\t 2", false, "Feature store 2"),
            ("\u{e000} x \u{10fffd}", false, "\u{fffd} x \u{fffd}"),
            ("\u{5b66}\u{7fd2} \u{1f680}", true, "\u{5b66}\u{7fd2} \u{1f680}"),
        ] {
            assert_eq!((is_plain(name), words(name).as_str()), (is_as_it_is, shown));
        }
    }
}

//! A node's card. Far away it is a block, nearer its title, nearest its tools as well.

use egui::accesskit::Role;
use egui::{
    Align2, CornerRadius, FontFamily, FontId, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    pos2, vec2,
};

use super::canvas::Scene;
use super::lane_hue;
use crate::architecture::{Node, NodeId, kinds};
use crate::state::State;
use crate::ui::icons;
use crate::ui::theme::{SEMIBOLD, Theme};
use crate::ui::widgets::{Ink, paint_text};

/// Below this zoom a card is a coloured block.
pub(super) const BLOCKS_BELOW: f32 = 0.25;
/// Below this zoom a card has only a title.
const TITLES_BELOW: f32 = 0.55;

/// Sizes step by a quarter point, so that zooming lays text out again instead of blurring it, and the
/// galleys of before can be used again.
pub(super) fn crisp(size: f32, zoom: f32) -> f32 {
    ((size * zoom * 4.0).round() / 4.0).max(1.0)
}

/// The names of the node's tools; ids without an entry are shown as they are.
pub(super) fn tool_names(state: &State, node: &Node) -> String {
    if node.tools.is_empty() {
        return "no tool yet".to_owned();
    }
    let name = |id: &String| {
        let tool = crate::catalog::ToolId::new(id).ok().and_then(|id| state.catalog.get(&id));
        tool.map_or_else(|| id.clone(), |tool| tool.name.clone())
    };
    node.tools.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// What a node is called where it has no label of its own: its kind.
pub(super) fn title_of(node: &Node) -> &str {
    if !node.label.is_empty() {
        return &node.label;
    }
    kinds::kind(&node.kind).map_or(node.kind.as_str(), |kind| kind.label.as_str())
}

/// The title alone, as large as two lines allow.
fn title_ui(painter: &egui::Painter, rect: Rect, title: &str, zoom: f32, color: egui::Color32) {
    let font = FontId::new(crisp(21.0, zoom), FontFamily::Name(SEMIBOLD.into()));
    let pad = 12.0 * zoom + 2.0;
    let mut job = egui::text::LayoutJob::simple(title.to_owned(), font, color, rect.width() - 2.0 * pad);
    job.wrap.max_rows = 2;
    let galley = painter.layout_job(job);
    let at = pos2(rect.left() + pad, rect.center().y - galley.size().y / 2.0);
    painter.galley(at, galley, color);
}

pub(super) fn card_ui(
    ui: &Ui,
    state: &State,
    scene: &Scene<'_>,
    id: &NodeId,
    node: &Node,
    rect: Rect,
) -> Response {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let zoom = scene.camera.zoom;
    let on = scene.is_selected(id);
    let mut response = ui.interact(
        rect.intersect(scene.view),
        ui.scope_id().with(("node", id.as_str())),
        Sense::click_and_drag(),
    );
    let title = title_of(node);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, on, format!("{title}, {}", node.stage)));
    let hue = lane_hue(theme, &node.stage);
    let painter = ui.painter();
    if zoom < BLOCKS_BELOW {
        painter.rect_filled(rect, 1.0, hue);
        if on {
            painter.rect_stroke(rect, 1.0, Stroke::new(1.5, c.accent), StrokeKind::Outside);
        }
        return response;
    }
    let radius = (6.0 * zoom).clamp(2.0, 10.0);
    let hot = response.hovered() || response.has_focus();
    painter.rect_filled(rect, radius, if on || hot { c.selected } else { c.raised });
    let stroke = match (on || response.has_focus(), node.basis.as_deref() == Some("added")) {
        (true, _) => Stroke::new(2.0, c.accent),
        (false, _) => Stroke::new(1.0, c.line_strong),
    };
    painter.rect_stroke(rect, radius, stroke, StrokeKind::Inside);
    let round = radius.round() as u8;
    let tick = Rect::from_min_size(rect.min, vec2((4.0 * zoom).max(2.0), rect.height()));
    painter.rect_filled(tick, CornerRadius { nw: round, sw: round, ne: 0, se: 0 }, hue);
    let titles_only = zoom < TITLES_BELOW;
    let pad = 14.0 * zoom;
    let line = rect.top() + 23.0 * zoom;
    if titles_only {
        title_ui(painter, rect, title, zoom, c.text);
        return response.on_hover_ui(|ui| {
            ui.label(format!("{title}\n{}", tool_names(state, node)));
        });
    }
    let mut left = rect.left() + pad;
    let icon = icons::by_name(kinds::icon(&node.kind)).unwrap_or(icons::CIRCLE);
    let ink = Ink::new(theme.icon(crisp(15.0, zoom)), hue);
    paint_text(painter, pos2(left, line), Align2::LEFT_CENTER, icon, &ink, f32::INFINITY);
    left += 22.0 * zoom;
    let room = rect.right() - left - 8.0 * zoom;
    let ink = Ink::new(FontId::new(crisp(13.0, zoom), FontFamily::Name(SEMIBOLD.into())), c.text);
    let mut cut = paint_text(painter, pos2(left, line), Align2::LEFT_CENTER, title, &ink, room).1;
    let tools = tool_names(state, node);
    let ink = Ink::new(FontId::proportional(crisp(11.5, zoom)), c.text_2);
    let at = pos2(rect.left() + pad, rect.top() + 44.0 * zoom);
    cut |= paint_text(painter, at, Align2::LEFT_CENTER, &tools, &ink, rect.width() - pad - 8.0 * zoom).1;
    if cut {
        response = response.on_hover_text(format!("{title}\n{tools}"));
    }
    response
}

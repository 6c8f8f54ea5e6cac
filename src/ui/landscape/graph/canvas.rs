//! The canvas of the graph: looks at what is in sight, and turns pointer and keys into selection and camera.

use egui::accesskit::Role;
use egui::{Frame, Id, Key, Margin, Rect, RichText, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::scene::{BLOCKS_BELOW, Scene, fit, rect_of};
use crate::address::{GraphItem, GraphLocation, Location};
use crate::catalog::neighbourhood::{Layout, Place, Subject};
use crate::command::Command;
use crate::state::Graph;
use crate::ui::landscape::grid;
use crate::ui::theme::Theme;
use crate::ui::view_state::Overlay;
use crate::ui::widgets::{Camera, icon_button, inside};
use crate::ui::{View, icons, shortcuts};

/// Where a window looks at its graph. Losing it loses no work.
#[derive(Clone, Debug, Default)]
pub struct GraphMemory {
    /// The camera, once somebody has moved it; until then all of the graph is in sight.
    camera: Option<Camera>,
    /// The bounds of the graph that the camera was moved over.
    over: Place,
}

/// The node that is in the inspector.
pub(super) fn node_of(view: &View<'_>, graph: &Graph, item: Option<&GraphItem>) -> Option<usize> {
    match item? {
        GraphItem::Tool(id) => graph.found.node_of(view.state.catalog.position(id)?),
        GraphItem::Standard(name) => graph.found.node_of_standard(name),
        GraphItem::LeftOut => None,
    }
}

/// What an address calls a node.
pub(super) fn item_of(view: &View<'_>, graph: &Graph, node: usize) -> Option<GraphItem> {
    let node = graph.found.nodes.get(node)?;
    match node.subject {
        Subject::Tool(row) => {
            view.state.catalog.tools().get(row).map(|tool| GraphItem::Tool(tool.id.clone()))
        }
        Subject::Standard => Some(GraphItem::Standard(node.name.clone())),
    }
}

/// Opens the page of a node's tool.
fn open(view: &mut View<'_>, graph: &Graph, node: usize) {
    if let Some(GraphItem::Tool(id)) = item_of(view, graph, node) {
        view.go(Location::Tool(id));
    }
}

pub(super) fn canvas_ui(ui: &mut Ui, view: &mut View<'_>, graph: &Graph, after: &mut GraphLocation) {
    let theme = Theme::of(ui);
    let rect = ui.available_rect_before_wrap();
    let ground = ui.allocate_rect(rect, Sense::click_and_drag());
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, 0.0, theme.color.canvas);
    let selected = node_of(view, graph, after.selected.as_ref());
    let layout = graph.layout(rect.width(), rect.height());
    let fitted = fit_beside_strip(layout, rect);
    let memory = &mut view.memory.graph;
    if memory.over != layout.bounds {
        *memory = GraphMemory { camera: None, over: layout.bounds };
    }
    let mut camera = memory.camera.unwrap_or(fitted);
    camera.follow(ui, rect, &ground);
    let mut scene = Scene { graph, layout, camera, view: rect, selected, hovered: None };
    zoom(view, &mut scene.camera, fitted, rect);
    let stepped = step(ui, view, &scene);
    if let Some(node) = stepped {
        after.selected = item_of(view, graph, node);
        bring(&mut scene, node);
        ui.memory_mut(|memory| memory.request_focus(id_of(ui, node)));
    }
    nodes_ui(ui, view, &mut scene, after);
    if !view.here().presenting.on {
        strip_ui(ui, view, rect, scene.camera.zoom);
    }
    if ground.clicked() {
        after.selected = None;
    }
    view.memory.graph.camera = (scene.camera != fitted).then_some(scene.camera);
}

/// All of the graph in sight, above the strip where a card would lie below it.
fn fit_beside_strip(layout: &Layout, canvas: Rect) -> Camera {
    let fitted = fit(layout, canvas);
    let strip = strip_rect(canvas);
    let is_covered = |place: &Place| fitted.rect_to_view(canvas, rect_of(place)).intersects(strip);
    if !layout.cards.iter().any(is_covered) {
        return fitted;
    }
    let above = Rect::from_min_max(canvas.min, pos2(canvas.right(), strip.top() + 12.0));
    let mut camera = fit(layout, above);
    camera.pan(above.center() - canvas.center());
    camera
}

fn strip_rect(canvas: Rect) -> Rect {
    let size = vec2(168.0, 40.0);
    Rect::from_min_size(pos2(canvas.right() - size.x - 8.0, canvas.bottom() - 52.0), size)
}

fn id_of(ui: &Ui, node: usize) -> Id {
    ui.scope_id().with(("related", node))
}

/// Carries out the commands of a canvas.
fn zoom(view: &mut View<'_>, camera: &mut Camera, fitted: Camera, rect: Rect) {
    let own = [Command::Fit, Command::ZoomIn, Command::ZoomOut, Command::ZoomReset];
    match view.take_asked(&own) {
        Some(Command::Fit) => *camera = fitted,
        Some(Command::ZoomIn) => camera.zoom_around(rect, rect.center(), 1.25),
        Some(Command::ZoomOut) => camera.zoom_around(rect, rect.center(), 0.8),
        Some(Command::ZoomReset) => camera.zoom_around(rect, rect.center(), 1.0 / camera.zoom),
        _ => {}
    }
}

/// Moves the picture so that a card is in sight.
fn bring(scene: &mut Scene<'_>, node: usize) {
    let card = scene.card(node).expand(24.0);
    let mut by = Vec2::ZERO;
    for axis in 0..2 {
        let (low, high) = (scene.view.min[axis] - card.min[axis], scene.view.max[axis] - card.max[axis]);
        by[axis] = if low > 0.0 { low } else { high.min(0.0) };
    }
    scene.camera.pan(by);
}

/// The node that an arrow key leads to: the nearest in its direction, what is aside counting double. What is more aside
/// than ahead comes last: up and down is along a column, even on an arc, and sideways is out of it.
fn step(ui: &Ui, view: &View<'_>, scene: &Scene<'_>) -> Option<usize> {
    let (down, right) = grid::keys(ui, view)?;
    let cards = &scene.layout.cards;
    let Some(from) = scene.selected else { return (!cards.is_empty()).then_some(0) };
    let here = cards.get(from)?.middle();
    let direction = vec2(right as f32, down as f32);
    let cost = |place: &Place| {
        let away = vec2(place.middle().x - here.x, place.middle().y - here.y);
        let along = away.dot(direction);
        let aside = (away - direction * along).length();
        let is_beside = aside > along;
        (along > 1.0).then_some((is_beside, along + 2.0 * aside))
    };
    let near = cards.iter().enumerate().filter_map(|(at, place)| Some((at, cost(place)?)));
    let nearer = |a: &(bool, f32), b: &(bool, f32)| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1));
    near.min_by(|a, b| nearer(&a.1, &b.1)).map(|(at, _)| at)
}

/// Draws lines and cards, and handles presses on cards.
fn nodes_ui(ui: &Ui, view: &mut View<'_>, scene: &mut Scene<'_>, after: &mut GraphLocation) {
    let graph = scene.graph;
    let painter = ui.painter_at(scene.view);
    let enter = ui.input(|input| input.key_pressed(Key::Enter)) && view.memory.overlay == Overlay::None;
    let mut responses = Vec::new();
    for (at, told) in graph.told.iter().enumerate() {
        let rect = scene.card(at);
        if !rect.intersects(scene.view) {
            continue;
        }
        let response = ui.interact(rect.intersect(scene.view), id_of(ui, at), Sense::click());
        let is_on = scene.selected == Some(at);
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_on, told));
        if response.hovered() {
            scene.hovered = Some(at);
        }
        responses.push((at, response));
    }
    scene.lines(ui, &painter);
    scene.headings(ui, &painter);
    let mut opened = None;
    for (at, response) in responses {
        let Some(node) = graph.found.nodes.get(at) else { continue };
        let is_cut = scene.card_ui(ui, &painter, at, node, response.has_focus());
        // Enter on a card opens it, a click and the space bar select it.
        if response.double_clicked() || (response.clicked() && enter) {
            opened = Some(at);
        } else if response.clicked() {
            after.selected = item_of(view, graph, at);
        }
        if is_cut && scene.camera.zoom >= BLOCKS_BELOW {
            response.on_hover_text(&node.name);
        }
    }
    if scene.camera.zoom < BLOCKS_BELOW {
        for at in [scene.hovered, scene.selected].into_iter().flatten() {
            scene.name(ui, &painter, at);
        }
    }
    let is_free = ui.ctx().memory(|memory| memory.focused().is_none());
    if let Some(node) = opened.or_else(|| scene.selected.filter(|_| enter && is_free)) {
        open(view, graph, node);
    }
}

/// Zoom and fit, at the foot of the canvas.
fn strip_ui(ui: &mut Ui, view: &mut View<'_>, canvas: Rect, zoom: f32) {
    let theme = Theme::of(ui);
    inside(ui, strip_rect(canvas), egui::Layout::left_to_right(egui::Align::Center), |ui| {
        Frame::new()
            .fill(theme.color.panel)
            .stroke(Stroke::new(1.0, theme.color.line_strong))
            .corner_radius(8)
            .inner_margin(Margin::symmetric(6, 4))
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.x = 2.0;
                let commands = [
                    (icons::CORNERS_OUT, Command::Fit),
                    (icons::MINUS, Command::ZoomOut),
                    (icons::PLUS, Command::ZoomIn),
                ];
                for (icon, command) in commands {
                    let keys = command.shortcuts().first().map(|keys| keys.text()).unwrap_or_default();
                    if icon_button(ui, icon, &format!("{}  {keys}", command.title()), false).clicked() {
                        shortcuts::execute(view, command);
                    }
                }
                ui.add_space(4.0);
                let percent = format!("{:.0} %", zoom * 100.0);
                ui.label(RichText::new(percent).font(theme.mono()).color(theme.color.text_2));
            });
    });
}

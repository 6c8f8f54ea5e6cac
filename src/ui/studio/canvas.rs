//! The canvas: draws what is in sight, and turns pointer and keys into selection, camera and edits.

use std::collections::BTreeSet;

use egui::{Key, PointerButton, Pos2, Rect, Sense, Stroke, StrokeKind, Ui, Vec2, vec2};

use super::badge::Marks;
use super::camera::{Camera, CanvasMemory, bounds_rect, pos, size_vec};
use super::card::Detail;
use super::motion::Motion;
use super::{card, edit, findings, flows, impact, labels, lanes, minimap, refuses, select, tools};
use crate::action::DocumentId;
use crate::address::Location;
use crate::architecture::{Architecture, Edit, NodeId, Placement, Point, Route};
use crate::catalog::Catalog;
use crate::command::Command;
use crate::state::{Compared, Drawing, Reference};
use crate::ui::theme::Theme;
use crate::ui::widgets::empty_state;
use crate::ui::{View, icons};

/// What is drawn.
#[derive(Clone, Copy)]
pub(super) struct Drawn<'a> {
    pub architecture: &'a Architecture,
    pub placement: &'a Placement,
    pub routes: &'a [Route],
    /// Where tools are looked up.
    pub catalog: &'a Catalog,
}

/// What the parts of the canvas draw with.
pub(super) struct Scene<'a> {
    pub theme: &'static Theme,
    pub drawing: Drawn<'a>,
    pub camera: Camera,
    /// The canvas in the window.
    pub view: Rect,
    /// Selected node ids, sorted.
    pub selected: &'a [NodeId],
    /// How far the selected nodes are dragged, in drawing units.
    pub drag: Option<Vec2>,
    /// What is marked on the cards.
    pub marks: Marks<'a>,
    /// The way of nodes that were placed anew.
    pub motion: Option<&'a Motion>,
    /// Whether it is for a page, on which everything is drawn, however small.
    pub is_printed: bool,
}

impl Scene<'_> {
    /// A node's rectangle in drawing units, where it is drawn now.
    pub fn node_rect(&self, id: &NodeId) -> Option<Rect> {
        let at = *self.drawing.placement.positions.get(id)?;
        let at = self.motion.map_or_else(|| pos(at), |motion| motion.at(id, at));
        let size = self.drawing.architecture.size_of(id);
        let moved = if self.is_selected(id) { self.drag.unwrap_or(Vec2::ZERO) } else { Vec2::ZERO };
        Some(Rect::from_min_size(at + moved, size_vec(size)))
    }

    /// Whether it is somewhere else than the flows were led to.
    pub fn is_moving(&self, id: &NodeId) -> bool {
        self.drag.is_some() && self.is_selected(id)
            || self.motion.is_some_and(|motion| motion.moves(id, &self.drawing.placement.positions))
    }

    pub fn is_selected(&self, id: &NodeId) -> bool {
        self.selected.binary_search(id).is_ok()
    }

    pub fn to_view(&self, at: Pos2) -> Pos2 {
        self.camera.to_view(self.view, at)
    }

    /// How much of a card is drawn.
    pub fn detail(&self) -> Detail {
        if self.is_printed { Detail::Print(self.camera.zoom) } else { Detail::at(self.camera.zoom) }
    }
}

/// The drawing's bounds with the lanes' titles.
fn bounds(drawing: Drawing<'_>) -> Rect {
    bounds_rect(drawing.placement.bounds)
}

pub(super) fn canvas_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    id: DocumentId,
    drawing: Drawing<'_>,
    selected: &[NodeId],
) {
    let theme = Theme::of(ui);
    let rect = ui.available_rect_before_wrap();
    let ground = ui.allocate_rect(rect, Sense::click_and_drag());
    ui.painter().rect_filled(rect, 0.0, theme.color.canvas);
    let mut memory = view.memory.canvases.remove(&id).unwrap_or_default();
    let mut camera = memory.camera.unwrap_or_else(|| Camera::fit(bounds(drawing), rect));
    camera.follow(ui, rect, &ground);
    commands(view, id, drawing, selected, &mut camera, &mut memory, rect);
    reveal(view, drawing, selected, &mut camera, rect);
    ui.set_clip_rect(rect.intersect(ui.clip_rect()));
    let motion = memory.moved(ui, drawing.placement);
    let marks = marks(view, drawing);
    let (drag, motion) = (memory.drag, motion.as_ref());
    let drawn = Drawn {
        architecture: drawing.architecture,
        placement: drawing.placement,
        routes: drawing.routes,
        catalog: &view.state.catalog,
    };
    let scene =
        Scene { theme, drawing: drawn, camera, view: rect, selected, drag, marks, motion, is_printed: false };
    lanes::lanes(ui.painter(), &scene, lanes::band(theme));
    let pointer = ui.input(|input| input.pointer.hover_pos()).filter(|_| ground.hovered());
    let named = flows::flows(ui.painter(), &scene, pointer);
    nodes(ui, view, id, (&scene, drawing.is_reported), &mut memory);
    labels::labels(ui.painter(), &scene, &named);
    rename(ui, view, id, &scene, &mut memory);
    lanes::heads(ui.painter(), &scene);
    if drawing.architecture.nodes.is_empty() {
        crate::ui::widgets::inside(ui, rect, egui::Layout::top_down(egui::Align::Min), |ui| {
            let text = "Choose a part in the list at the right to put it into its lane.";
            empty_state(ui, icons::TREE_STRUCTURE, "An empty drawing", text, None);
        });
    } else if !view.here().presenting.on {
        minimap::minimap_ui(ui, &scene, bounds(drawing), &mut camera);
    }
    if !view.here().presenting.on {
        tools::tools_ui(ui, view, drawing, rect, camera.zoom);
    }
    let foot = if view.here().presenting.on { 24.0 } else { 68.0 };
    impact::caption_ui(ui, view, drawing, rect, foot);
    band(ui, view, &scene, &mut memory, &ground);
    if ground.clicked() {
        memory.rename = None;
        select(view, []);
    }
    memory.camera = Some(camera);
    view.memory.canvases.insert(id, memory);
}

/// What the canvas marks on cards.
pub(super) fn marks<'a>(view: &View<'a>, drawing: Drawing<'a>) -> Marks<'a> {
    let here = view.here();
    match (here.what_if(), &here.compared) {
        (Some(asked), _) => Marks::Change(asked, ring(view)),
        (None, Some(Compared { with: Reference::Ready(held), .. })) => Marks::Differences(&held.marks),
        (None, _) => Marks::Findings(&drawing.judged.at_node),
    }
}

/// Up to which ring a change is shown, if not all of it.
fn ring(view: &View<'_>) -> Option<usize> {
    if let Location::Drawing(here) = view.location() { here.ring } else { None }
}

/// Carries out what the keyboard, the palette or the tool strip asked the canvas for.
fn commands(
    view: &mut View<'_>,
    id: DocumentId,
    drawing: Drawing<'_>,
    selected: &[NodeId],
    camera: &mut Camera,
    memory: &mut CanvasMemory,
    rect: Rect,
) {
    let own = [
        Command::SelectAll,
        Command::Delete,
        Command::Rename,
        Command::NextFinding,
        Command::PreviousFinding,
        Command::Tidy,
        Command::TidySelection,
        Command::Fit,
        Command::ZoomIn,
        Command::ZoomOut,
        Command::ZoomReset,
    ];
    match view.take_asked(&own) {
        Some(Command::SelectAll) => {
            let all: Vec<NodeId> = drawing.architecture.nodes.keys().cloned().collect();
            select(view, all);
        }
        Some(Command::Delete) if !selected.is_empty() && !refuses(view) => {
            let nodes = selected.iter().cloned().collect();
            edit(view, id, Edit::Remove { nodes, flows: BTreeSet::new() });
            select(view, []);
        }
        Some(Command::Rename) if !refuses(view) => memory.rename = first(drawing, selected),
        Some(Command::NextFinding) => findings::step(view, drawing, true),
        Some(Command::PreviousFinding) => findings::step(view, drawing, false),
        Some(Command::Tidy) => edit(view, id, Edit::tidy(drawing.architecture)),
        Some(Command::TidySelection) if !selected.is_empty() => {
            edit(view, id, Edit::tidy_some(&drawing.placement.positions, selected));
        }
        Some(Command::Fit) => *camera = Camera::fit(bounds(drawing), rect),
        Some(Command::ZoomIn) => camera.zoom_around(rect, rect.center(), 1.25),
        Some(Command::ZoomOut) => camera.zoom_around(rect, rect.center(), 0.8),
        Some(Command::ZoomReset) => camera.zoom_around(rect, rect.center(), 1.0 / camera.zoom),
        _ => {}
    }
}

/// Brings the selected nodes into sight where that was asked for: as little as needed, and never closer than they are.
fn reveal(view: &mut View<'_>, drawing: Drawing<'_>, selected: &[NodeId], camera: &mut Camera, rect: Rect) {
    if !view.memory.studio.reveal || selected.is_empty() {
        return;
    }
    view.memory.studio.reveal = false;
    let places = selected.iter().filter_map(|id| {
        let at = pos(*drawing.placement.positions.get(id)?);
        Some(Rect::from_min_size(at, size_vec(drawing.architecture.size_of(id))))
    });
    let Some(all) = places.reduce(Rect::union) else { return };
    let room = rect.shrink(48.0);
    if room.contains_rect(camera.rect_to_view(rect, all)) {
        return;
    }
    let fitting = Camera::fit(all, rect);
    *camera = Camera { center: fitting.center, zoom: camera.zoom.min(fitting.zoom) };
}

fn first(drawing: Drawing<'_>, selected: &[NodeId]) -> Option<(NodeId, String)> {
    let id = selected.first()?;
    let node = drawing.architecture.nodes.get(id)?;
    Some((id.clone(), node.label.clone()))
}

/// Draws the nodes in sight and handles presses and drags on them.
fn nodes(
    ui: &Ui,
    view: &mut View<'_>,
    id: DocumentId,
    (scene, is_reported): (&Scene<'_>, bool),
    memory: &mut CanvasMemory,
) {
    let drawing = scene.drawing;
    for (node_id, node) in &drawing.architecture.nodes {
        let Some(rect) = scene.node_rect(node_id) else { continue };
        let on_screen = scene.camera.rect_to_view(scene.view, rect);
        if !on_screen.intersects(scene.view) {
            continue;
        }
        let response = card::card_ui(ui, scene, node_id, node, on_screen);
        if response.double_clicked() && !refuses(view) {
            memory.rename = Some((node_id.clone(), node.label.clone()));
        } else if response.clicked() {
            let add = ui.input(|input| input.modifiers.shift || input.modifiers.command);
            press(view, scene, node_id, add);
        }
        if response.drag_started() && !scene.is_selected(node_id) {
            select(view, [node_id.clone()]);
        }
        if response.drag_started_by(PointerButton::Primary) {
            refuses(view);
        }
        if response.dragged_by(PointerButton::Primary) && !is_reported {
            let moved = response.total_drag_delta().unwrap_or_default() / scene.camera.zoom;
            memory.drag = Some(moved);
        }
        if response.drag_stopped() {
            drop_nodes(view, id, scene, memory);
        }
    }
}

fn press(view: &mut View<'_>, scene: &Scene<'_>, node: &NodeId, add: bool) {
    let mut selected: Vec<NodeId> = if add { scene.selected.to_vec() } else { Vec::new() };
    match selected.binary_search(node) {
        Ok(at) if add => {
            selected.remove(at);
        }
        Ok(_) => {}
        Err(at) => selected.insert(at, node.clone()),
    }
    select(view, selected);
}

/// One drag is one edit, made when the button is let go.
fn drop_nodes(view: &mut View<'_>, id: DocumentId, scene: &Scene<'_>, memory: &mut CanvasMemory) {
    let Some(moved) = memory.drag.take() else { return };
    memory.stay();
    let (dx, dy) = (moved.x.round() as i32, moved.y.round() as i32);
    if (dx, dy) == (0, 0) {
        return;
    }
    let placed = &scene.drawing.placement.positions;
    // A node without a position of its own would be laid out anew around the moved ones: all stay where they are
    // seen, so the first move of a drawing pins it as a whole.
    let floating = placed.iter().filter(|(node, _)| !scene.drawing.architecture.layout.contains_key(node));
    let moved = scene.selected.iter().filter_map(|node| {
        let at = placed.get(node)?;
        Some((node.clone(), Some(Point { x: at.x + dx, y: at.y + dy })))
    });
    let positions = floating.map(|(node, at)| (node.clone(), Some(*at))).chain(moved).collect();
    edit(view, id, Edit::Move { positions });
}

/// The half-typed name of a node, over its card. Enter keeps it, Escape does not.
fn rename(ui: &mut Ui, view: &mut View<'_>, id: DocumentId, scene: &Scene<'_>, memory: &mut CanvasMemory) {
    let Some((node, text)) = &mut memory.rename else { return };
    let Some(rect) = scene.node_rect(node) else { return };
    let rect = scene.camera.rect_to_view(scene.view, rect);
    let field = Rect::from_center_size(rect.center(), vec2(rect.width().max(190.0), 30.0));
    let response = ui.put(field, egui::TextEdit::singleline(text).margin(egui::Margin::symmetric(8, 6)));
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::TextInput, true, "Name of the node")
    });
    let (enter, escape) = ui.input(|input| (input.key_pressed(Key::Enter), input.key_pressed(Key::Escape)));
    if escape {
        memory.rename = None;
    } else if enter || response.lost_focus() {
        let change = Edit::Rename { node: node.clone(), label: text.trim().to_owned() };
        edit(view, id, change);
        memory.rename = None;
    } else {
        response.request_focus();
    }
}

/// Shift+drag on the ground selects what the rectangle touches.
fn band(ui: &Ui, view: &mut View<'_>, scene: &Scene<'_>, memory: &mut CanvasMemory, ground: &egui::Response) {
    let pointer = ui.input(|input| input.pointer.interact_pos());
    if ground.drag_started_by(PointerButton::Primary) && ui.input(|input| input.modifiers.shift) {
        memory.band = pointer.map(|at| scene.camera.to_drawing(scene.view, at));
    }
    let (Some(from), Some(to)) = (memory.band, pointer) else { return };
    let rect = Rect::from_two_pos(from, scene.camera.to_drawing(scene.view, to));
    let theme = Theme::of(ui);
    let shown = scene.camera.rect_to_view(scene.view, rect);
    ui.painter().rect_stroke(shown, 2.0, Stroke::new(1.0, theme.color.accent), StrokeKind::Inside);
    if ground.drag_stopped() {
        let is_touched = |id: &&NodeId| scene.node_rect(id).is_some_and(|at| at.intersects(rect));
        let touched: Vec<NodeId> =
            scene.drawing.architecture.nodes.keys().filter(is_touched).cloned().collect();
        select(view, touched);
        memory.band = None;
    }
}

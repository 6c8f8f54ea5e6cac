//! Lines and cards of a graph, painted without asking what is pressed: the canvas and the small picture share it.

use std::sync::Arc;

use egui::{
    Align2, CornerRadius, FontFamily, FontId, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Ui, pos2, vec2,
};

use super::marks;
use crate::catalog::neighbourhood::{Edge, Group, Layout, Node, Place, Point, Subject, Tie};
use crate::state::Graph;
use crate::ui::icons;
use crate::ui::theme::{MEDIUM, SEMIBOLD, Theme, mix};
use crate::ui::widgets::{Camera, Ink, paint_text};

/// Below this zoom a card is a coloured block without a name.
pub(super) const BLOCKS_BELOW: f32 = 0.36;

/// More lines than these among neighbours would hide the picture; they show where one end is chosen or pointed at.
const MOST_ACROSS: usize = 30;

/// What is drawn, and how it is looked at.
pub(super) struct Scene<'a> {
    pub graph: &'a Graph,
    pub layout: &'a Layout,
    pub camera: Camera,
    /// The canvas in the window.
    pub view: Rect,
    /// The node whose lines are lit.
    pub selected: Option<usize>,
    /// The node under the pointer.
    pub hovered: Option<usize>,
}

pub(super) fn rect_of(place: &Place) -> Rect {
    Rect::from_min_size(pos2(place.x, place.y), vec2(place.w, place.h))
}

/// All of a graph in sight; a small one is magnified a little, so that it does not stand lost in a large window.
pub(super) fn fit(layout: &Layout, view: Rect) -> Camera {
    const LARGEST: f32 = 1.2;
    let bounds = rect_of(&layout.bounds);
    let room = (view.size() - vec2(48.0, 48.0)).max(vec2(50.0, 50.0));
    let zoom = (room.x / bounds.width().max(1.0)).min(room.y / bounds.height().max(1.0));
    let far = Camera::fit(bounds, view).zoom;
    Camera { center: bounds.center(), zoom: zoom.clamp(far, LARGEST.max(far)) }
}

/// Sizes step by a quarter point, so that galleys of before can be used again.
fn crisp(size: f32, zoom: f32) -> f32 {
    ((size * zoom * 4.0).round() / 4.0).max(1.0)
}

impl Scene<'_> {
    /// A card in the window.
    pub fn card(&self, node: usize) -> Rect {
        let place = self.layout.cards.get(node).copied().unwrap_or_default();
        self.camera.rect_to_view(self.view, rect_of(&place))
    }

    fn to_view(&self, at: Point) -> Pos2 {
        self.camera.to_view(self.view, pos2(at.x, at.y))
    }

    fn is_lit(&self, edge: &Edge) -> bool {
        self.is_of(edge, self.selected) || self.is_of(edge, self.hovered)
    }

    /// Whether an edge ends at this node, or leads from the middle to the standard through which the node is here.
    fn is_of(&self, edge: &Edge, node: Option<usize>) -> bool {
        let nodes = &self.graph.found.nodes;
        let Some(at) = node else { return false };
        let parent = nodes.get(at).and_then(|node| node.parent);
        let through =
            parent.filter(|at| nodes.get(*at).is_some_and(|node| node.subject == Subject::Standard));
        edge.other(at).is_some() || through == Some(edge.to)
    }

    /// Whether a node stands back because another one is selected that it has nothing to do with.
    fn stands_back(&self, node: usize) -> bool {
        let joins = |edge: &Edge| edge.other(node).is_some() && self.is_of(edge, self.selected);
        self.selected.is_some_and(|selected| selected != node) && !self.graph.found.edges.iter().any(joins)
    }

    /// The lines in sight, those that are lit over the others.
    pub fn lines(&self, ui: &Ui, painter: &Painter) {
        let mut shapes = Vec::new();
        let layout = self.layout;
        let is_crowded = layout.outward.iter().filter(|outward| !**outward).count() > MOST_ACROSS;
        for lit in [false, true] {
            let lines = layout.lines.iter().zip(&layout.outward);
            for (edge, (line, outward)) in self.graph.found.edges.iter().zip(lines) {
                if self.is_lit(edge) == lit && (lit || *outward || !is_crowded) {
                    self.line(ui, edge, line, *outward, &mut shapes);
                }
            }
        }
        painter.extend(shapes);
    }

    fn line(&self, ui: &Ui, edge: &Edge, line: &[Point], outward: bool, shapes: &mut Vec<Shape>) {
        let theme = Theme::of(ui);
        let points: Vec<Pos2> = line.iter().map(|at| self.to_view(*at)).collect();
        if !Rect::from_points(&points).expand(2.0).intersects(self.view) {
            return;
        }
        let kind = marks::kind_of(edge);
        let hue = marks::color(theme, kind);
        let is_lit = self.is_lit(edge);
        let back = match (is_lit, outward, self.selected.is_some()) {
            (true, ..) => 0.0,
            (false, true, false) => 0.35,
            (false, true, true) => 0.75,
            // What joins two neighbours is there, but does not stand before what joins them with the middle.
            (false, false, false) => 0.78,
            (false, false, true) => 0.88,
        };
        let color = mix(hue, theme.color.canvas, back);
        let zoom = self.camera.zoom;
        let width = (if is_lit {
            2.0
        } else if outward {
            1.4
        } else {
            1.0
        } * zoom.clamp(0.5, 1.4))
        .max(0.7);
        shapes.extend(marks::line(&points, Stroke::new(width, color), kind, zoom));
        if zoom >= BLOCKS_BELOW && (outward || is_lit) {
            shapes.extend(self.arrow(edge, &points, color));
        }
    }

    /// The arrow of a relation that has a direction.
    fn arrow(&self, edge: &Edge, points: &[Pos2], color: egui::Color32) -> Option<Shape> {
        let Tie::Told(between) = &edge.tie else { return None };
        let first = between.first().filter(|between| marks::has_direction(between.kind))?;
        let end = self.graph.found.nodes.get(edge.to)?;
        if first.to_name == end.name {
            return marks::head(points, color, self.camera.zoom);
        }
        let back: Vec<Pos2> = points.iter().rev().copied().collect();
        marks::head(&back, color, self.camera.zoom)
    }

    /// The words above the groups.
    pub fn headings(&self, ui: &Ui, painter: &Painter) {
        let theme = Theme::of(ui);
        let zoom = self.camera.zoom;
        let centres = self.graph.found.centres();
        for heading in &self.layout.headings {
            let rect = self.camera.rect_to_view(self.view, rect_of(&heading.place));
            if !rect.intersects(self.view) || zoom < 0.3 {
                continue;
            }
            let (at, anchor) = if heading.is_left {
                (rect.right_center(), Align2::RIGHT_CENTER)
            } else {
                (rect.left_center(), Align2::LEFT_CENTER)
            };
            let size = crisp(theme.text.small, zoom).max(7.0);
            let ink = Ink::new(FontId::new(size, FontFamily::Name(SEMIBOLD.into())), theme.color.text_3);
            let text = format!("{} · {}", heading.group.title(centres), heading.count);
            paint_text(painter, at, anchor, &text, &ink, f32::INFINITY);
        }
    }

    /// A card; returns whether its name was cut.
    pub fn card_ui(&self, ui: &Ui, painter: &Painter, at: usize, node: &Node, is_focused: bool) -> bool {
        let theme = Theme::of(ui);
        let c = &theme.color;
        let zoom = self.camera.zoom;
        let rect = self.card(at);
        let is_selected = self.selected == Some(at);
        let is_standard = node.subject == Subject::Standard;
        let is_centre = node.group == Group::Centre;
        let hue = node.stage.map_or(c.text_3, |stage| theme.stage(stage));
        let back = self.stands_back(at);
        let radius = (if is_standard { 14.0 } else { 6.0 } * zoom).clamp(2.0, 16.0);
        if zoom < BLOCKS_BELOW {
            let fill = if is_standard { c.text_3 } else { hue };
            painter.rect_filled(rect, radius.min(4.0), if back { mix(fill, c.canvas, 0.6) } else { fill });
            if is_selected {
                painter.rect_stroke(rect, radius.min(4.0), Stroke::new(2.0, c.accent), StrokeKind::Outside);
            }
            return true;
        }
        let hot = is_selected || self.hovered == Some(at) || is_focused;
        let ground = if is_standard { c.canvas } else { c.raised };
        painter.rect_filled(rect, radius, if hot { c.selected } else { ground });
        match (hot && (is_selected || is_focused), is_centre, is_standard) {
            (true, ..) => {
                painter.rect_stroke(rect, radius, Stroke::new(2.0, c.accent), StrokeKind::Inside);
            }
            (_, true, _) => {
                painter.rect_stroke(rect, radius, Stroke::new(1.5, c.text_2), StrokeKind::Inside);
            }
            (_, _, true) => {
                painter.extend(dashed_pill(rect, Stroke::new(1.0, c.text_3), zoom));
            }
            _ => {
                painter.rect_stroke(rect, radius, Stroke::new(1.0, c.line_strong), StrokeKind::Inside);
            }
        }
        let mut left = rect.left() + 11.0 * zoom;
        if is_standard {
            let ink = Ink::new(theme.icon(crisp(14.0, zoom)), c.text_2);
            let icon = icons::PLUGS_CONNECTED;
            paint_text(painter, pos2(left, rect.center().y), Align2::LEFT_CENTER, icon, &ink, f32::INFINITY);
            left += 20.0 * zoom;
        } else {
            let round = radius.round() as u8;
            let tick = Rect::from_min_size(rect.min, vec2((4.0 * zoom).max(2.0), rect.height()));
            let hue = if back { mix(hue, c.canvas, 0.5) } else { hue };
            painter.rect_filled(tick, CornerRadius { nw: round, sw: round, ne: 0, se: 0 }, hue);
            left += 3.0 * zoom;
        }
        let (size, family) = if is_centre { (14.5, SEMIBOLD) } else { (12.5, MEDIUM) };
        let family = FontFamily::Name(family.into());
        let room = rect.right() - left - 6.0 * zoom;
        let natural = crisp(size, zoom);
        // From far away a name fills its card, as far as it fits, rather than become too small to be read.
        let readable = (rect.height() * 0.76).min(8.5);
        let size = if readable > natural {
            let font = FontId::new(readable, family.clone());
            let wide = painter.layout_no_wrap(node.name.clone(), font, c.text).size().x;
            ((readable * room / wide.max(1.0)) * 4.0).floor() / 4.0
        } else {
            natural
        }
        .clamp(natural, readable.max(natural));
        let ink = Ink::new(FontId::new(size, family), if back { c.text_3 } else { c.text });
        paint_text(painter, pos2(left, rect.center().y), Align2::LEFT_CENTER, &node.name, &ink, room).1
    }

    /// The name beside a card that is too small to hold it.
    pub fn name(&self, ui: &Ui, painter: &Painter, at: usize) {
        let Some(node) = self.graph.found.nodes.get(at) else { return };
        let theme = Theme::of(ui);
        let ink = Ink::new(theme.medium(), theme.color.text);
        let galley: Arc<egui::Galley> =
            painter.layout_no_wrap(node.name.clone(), ink.font.clone(), ink.color);
        let card = self.card(at);
        let top = card.center_bottom() + vec2(-galley.size().x / 2.0, 5.0);
        let ground = Rect::from_min_size(top, galley.size()).expand2(vec2(7.0, 3.0));
        painter.rect_filled(ground, 4.0, theme.color.panel);
        painter.rect_stroke(ground, 4.0, Stroke::new(1.0, theme.color.line_strong), StrokeKind::Inside);
        painter.galley(top, galley, ink.color);
    }
}

/// The outline of a standard: dashed, as its lines are.
fn dashed_pill(rect: Rect, stroke: Stroke, zoom: f32) -> Vec<Shape> {
    let radius = rect.height() / 2.0;
    let (left, right) = (rect.left() + radius, rect.right() - radius);
    let mut points = vec![pos2(left, rect.top()), pos2(right, rect.top())];
    let arc = |x: f32, from: f32, points: &mut Vec<Pos2>| {
        for step in 1..=8 {
            let angle = from + std::f32::consts::PI * step as f32 / 8.0;
            points.push(pos2(x + radius * angle.cos(), rect.center().y + radius * angle.sin()));
        }
    };
    arc(right, -std::f32::consts::FRAC_PI_2, &mut points);
    points.push(pos2(left, rect.bottom()));
    arc(left, std::f32::consts::FRAC_PI_2, &mut points);
    Shape::dashed_line(&points, stroke, 4.0 * zoom.clamp(0.5, 1.5), 3.0 * zoom.clamp(0.5, 1.5))
}

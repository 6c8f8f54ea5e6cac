//! A drawing alone on a page: title, lanes, flows and boxes, and the key to the lines. The same code as the canvas draws
//! them, at any size: as a file, and as the preview of it.

mod key;
mod notes;
pub mod print;

use std::borrow::Cow;
use std::sync::Arc;

use egui::{Align2, Color32, Painter, Pos2, Rect, Vec2, pos2, vec2};

use super::badge::Marks;
use super::camera::{Camera, bounds_rect, pos};
use super::canvas::{Drawn, Scene};
use super::lanes::HEAD;
use super::{card, flows, labels, lanes};
use crate::architecture::export::{Ground, Marked, PictureOptions, Taken};
use crate::shown::{clipped, counted, one_line};
use crate::ui::export::vectors::Link;
use crate::ui::theme::{Theme, mix};
use crate::ui::widgets::{Ink, paint_text};
use notes::Notes;

/// Names of boxes at full size.
const NAMES: f32 = 13.0;
/// Smaller letters on paper cannot be read by everybody.
pub const LEAST_LETTERS: f32 = 6.0;
/// Around everything.
const MARGIN: f32 = 28.0;
/// Title, what is told below it, and the gap to the drawing.
const TITLE: f32 = 62.0;
/// The key to the lines, and the gap above it.
const KEY: f32 = 40.0;
/// The least width, for a title.
const LEAST_WIDTH: f32 = 620.0;
/// The least height of the drawing.
const LEAST_HEIGHT: f32 = 120.0;
/// Above and below boxes.
const AROUND_BOXES: f32 = 26.0;
/// Around the lines of flows.
const AROUND_LINES: f32 = 12.0;

/// A drawing on a page. Lengths are in points at its full size.
#[derive(Clone, Debug)]
pub struct Sheet {
    taken: Arc<Taken>,
    options: PictureOptions,
    marked: Marked,
    /// What is drawn, in the drawing's units.
    bounds: Rect,
    /// What is cut on cards, in full.
    notes: Notes,
}

/// All that is drawn: the lanes from left to right, boxes and lines from top to bottom.
fn bounds_of(taken: &Taken) -> Rect {
    let placement = &taken.placement;
    let boxes = placement.positions.keys().filter_map(|id| placement.node(id)).map(bounds_rect);
    let boxes = boxes.fold(Rect::NOTHING, Rect::union).expand2(vec2(0.0, AROUND_BOXES));
    let lines = taken.routes.iter().flat_map(|route| &route.points).map(|at| pos(*at));
    let lines = lines.fold(Rect::NOTHING, |all, at| all.union(Rect::from_min_max(at, at)));
    let lines = lines.expand(AROUND_LINES);
    let lanes = bounds_rect(placement.bounds);
    let drawn = boxes.union(lines);
    if !drawn.is_finite() {
        return lanes;
    }
    Rect::from_x_y_ranges(lanes.union(drawn).x_range(), drawn.y_range())
}

impl Sheet {
    /// The page of a drawing.
    pub fn new(taken: Arc<Taken>, options: PictureOptions) -> Self {
        let marked = if options.marks { taken.marked() } else { Marked::default() };
        let mut bounds = bounds_of(&taken);
        let missing = (vec2(LEAST_WIDTH - 2.0 * MARGIN, LEAST_HEIGHT) - bounds.size()).max(Vec2::ZERO);
        bounds.max += missing;
        Self { taken, options, marked, bounds, notes: Notes::default() }
    }

    /// The same with notes of what is cut on its cards, as this painter lays texts out; it is higher then.
    #[must_use]
    pub fn noted(&self, painter: &Painter) -> Self {
        Self { notes: Notes::of(self, painter), ..self.clone() }
    }

    /// How it is drawn.
    pub fn options(&self) -> &PictureOptions {
        &self.options
    }

    /// The ground, and that of every other lane.
    pub fn grounds(&self) -> [Color32; 2] {
        let c = &self.theme().color;
        match self.options.ground {
            Ground::Light | Ground::Dark => [c.canvas, lanes::band(self.theme())],
            Ground::White => [c.surface, mix(c.canvas, c.surface, 0.45)],
        }
    }

    /// How high the names of boxes are on the page of a PDF, in points.
    pub fn letters_on_page(&self) -> f32 {
        let size = self.size();
        NAMES * self.options.page.fit([size.x, size.y]).factor
    }

    /// How many boxes are on it.
    pub fn boxes(&self) -> usize {
        self.taken.drawing.nodes.len()
    }

    /// Its theme.
    pub fn theme(&self) -> &'static Theme {
        Theme::of_mode(self.options.ground == Ground::Dark)
    }

    /// Width and height.
    pub fn size(&self) -> Vec2 {
        let (above, below) = if self.options.head { (TITLE, KEY) } else { (0.0, 0.0) };
        self.bounds.size() + vec2(2.0 * MARGIN, 2.0 * MARGIN + above + HEAD + below + self.notes.height)
    }

    /// The part of the page where lanes and boxes are, its left top corner being at `at`.
    fn body(&self, at: Pos2, zoom: f32) -> Rect {
        let above = if self.options.head { TITLE } else { 0.0 };
        let size = self.bounds.size() + vec2(0.0, HEAD);
        Rect::from_min_size(at + vec2(MARGIN, MARGIN + above) * zoom, size * zoom)
    }

    fn scene(&self, at: Pos2, zoom: f32, is_printed: bool) -> Scene<'_> {
        let taken = &*self.taken;
        Scene {
            theme: self.theme(),
            drawing: Drawn {
                architecture: &taken.drawing,
                placement: &taken.placement,
                routes: &taken.routes,
                catalog: &taken.catalog,
            },
            camera: Camera { center: self.bounds.center() - vec2(0.0, HEAD / 2.0), zoom },
            view: self.body(at, zoom),
            selected: &[],
            drag: None,
            marks: Marks::Taken(&self.marked),
            motion: None,
            is_printed,
        }
    }

    /// Draws it `zoom` times as large, its left top corner being at `at`. Without `is_printed` it is drawn as the canvas would
    /// from so far, which costs less.
    ///
    /// The ground is not drawn: see [`Sheet::theme`].
    pub fn paint(&self, painter: &Painter, at: Pos2, zoom: f32, is_printed: bool) {
        let scene = self.scene(at, zoom, is_printed);
        let body = painter.with_clip_rect(painter.clip_rect().intersect(scene.view));
        if !self.options.transparent {
            lanes::lanes(&body, &scene, self.grounds()[1]);
        }
        flows::flows(&body, &scene, None);
        for (id, node) in &scene.drawing.architecture.nodes {
            let Some(rect) = scene.node_rect(id) else { continue };
            let rect = scene.camera.rect_to_view(scene.view, rect);
            if rect.intersects(painter.clip_rect()) {
                card::card(painter, &scene, id, node, rect, card::Lit::default());
            }
        }
        if self.options.flows {
            labels::labels(&body, &scene, &flows::all_named(&scene));
        }
        lanes::heads(&body, &scene);
        if self.options.head {
            self.head(painter, at, zoom);
            let foot = at + vec2(MARGIN, self.size().y - MARGIN - self.notes.height) * zoom;
            key::key(painter, self.theme(), foot, zoom, &self.taken.drawing, &self.marked);
        }
        let size = self.size();
        let notes = at + vec2(MARGIN, size.y - MARGIN - self.notes.height) * zoom;
        self.notes.paint(painter, self.theme(), notes, size.x - 2.0 * MARGIN, zoom);
    }

    /// Title, counts and the day.
    fn head(&self, painter: &Painter, at: Pos2, zoom: f32) {
        let (c, theme) = (&self.theme().color, self.theme());
        let room = (self.size().x - 2.0 * MARGIN) * zoom;
        let drawing = &self.taken.drawing;
        let title = self.title();
        let title = clipped(&title);
        let ink = Ink::new(theme.strong(20.0 * zoom), c.text);
        let line = at + vec2(MARGIN, MARGIN + 12.0) * zoom;
        paint_text(painter, line, Align2::LEFT_CENTER, &title, &ink, room);
        let boxes = counted(drawing.nodes.len(), "box", "boxes");
        // Those that lack an end are not drawn.
        let has = |id| drawing.nodes.contains_key(id);
        let flows = drawing.flows.iter().filter(|flow| has(&flow.from) && has(&flow.to)).count();
        let flows = counted(flows, "flow", "flows");
        let part = if self.taken.is_reported { ", as its sources report it" } else { "" };
        let shows =
            if self.marked.told.is_empty() { String::new() } else { format!("{} · ", self.marked.told) };
        let told = format!("{shows}{boxes}, {flows}{part} · {}", self.taken.today);
        let ink = Ink::new(egui::FontId::proportional(12.0 * zoom), c.text_2);
        paint_text(painter, line + vec2(0.0, 25.0 * zoom), Align2::LEFT_CENTER, &told, &ink, room);
    }

    /// What it is called, on one line, never empty.
    fn title(&self) -> Cow<'_, str> {
        match self.taken.drawing.title.trim() {
            "" => "Architecture".into(),
            title => one_line(title),
        }
    }

    /// Where boxes lead to, with where they are on the page at full size.
    pub fn links(&self) -> Vec<(Rect, Link)> {
        let scene = self.scene(pos2(0.0, 0.0), 1.0, true);
        let links = self.taken.drawing.nodes.iter().filter_map(|(id, node)| {
            let rect = scene.camera.rect_to_view(scene.view, scene.node_rect(id)?);
            let name = one_line(node.title()).into_owned();
            Some((rect, Link { name, url: node.address()?.to_owned() }))
        });
        links.collect()
    }
}

//! What a canvas remembers: where it looks, and half-done gestures. Losing it loses no work.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

use super::motion::Way;
use crate::architecture::layout::Bounds;
use crate::architecture::{NodeId, Point, Size};
pub use crate::ui::widgets::Camera;

/// What one drawing's canvas remembers.
#[derive(Clone, Debug, Default)]
pub struct CanvasMemory {
    /// The camera, once the drawing was fitted into the view.
    pub camera: Option<Camera>,
    /// How far the selected nodes are dragged, in drawing units.
    pub drag: Option<Vec2>,
    /// The node being renamed and its half-typed name.
    pub rename: Option<(NodeId, String)>,
    /// The corner where a selection rectangle began, in drawing units.
    pub band: Option<Pos2>,
    /// Where the nodes were drawn last, and where they come from.
    pub(super) way: Way,
}

/// A model point as egui's.
pub fn pos(point: Point) -> Pos2 {
    pos2(point.x as f32, point.y as f32)
}

/// A model size as egui's.
pub fn size_vec(size: Size) -> Vec2 {
    vec2(size.w as f32, size.h as f32)
}

/// The model's bounds as egui's rectangle.
pub fn bounds_rect(bounds: Bounds) -> Rect {
    let at = pos2(bounds.x as f32, bounds.y as f32);
    Rect::from_min_size(at, vec2(bounds.w as f32, bounds.h as f32))
}

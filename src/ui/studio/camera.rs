//! Where the canvas looks: pan, zoom, and half-done gestures. Losing it loses no work.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

use crate::architecture::layout::Bounds;
use crate::architecture::{NodeId, Point, Size};

/// Zoom factors beyond which a drawing is dust or one letter.
const LEAST_ZOOM: f32 = 0.05;
const MOST_ZOOM: f32 = 6.0;

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
}

/// A similarity from drawing units to points of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// The drawing's point at the view's centre.
    pub center: Pos2,
    /// Points per drawing unit.
    pub zoom: f32,
}

impl Camera {
    /// Shows all of `bounds` in `view` with a margin, never magnified.
    pub fn fit(bounds: Rect, view: Rect) -> Self {
        let margin = vec2(36.0, 44.0);
        let room = (view.size() - 2.0 * margin).max(vec2(50.0, 50.0));
        let size = bounds.size().max(vec2(1.0, 1.0));
        let zoom = (room.x / size.x).min(room.y / size.y).clamp(LEAST_ZOOM, 1.0);
        Self { center: bounds.center(), zoom }
    }

    /// Drawing to window.
    pub fn to_view(self, view: Rect, at: Pos2) -> Pos2 {
        view.center() + (at - self.center) * self.zoom
    }

    /// Window to drawing.
    pub fn to_drawing(self, view: Rect, at: Pos2) -> Pos2 {
        self.center + (at - view.center()) / self.zoom
    }

    /// A drawing's rectangle in the window.
    pub fn rect_to_view(self, view: Rect, rect: Rect) -> Rect {
        Rect::from_min_max(self.to_view(view, rect.min), self.to_view(view, rect.max))
    }

    /// Zooms by `factor` around a point of the window, which stays where it is.
    pub fn zoom_around(&mut self, view: Rect, at: Pos2, factor: f32) {
        let fixed = self.to_drawing(view, at);
        self.zoom = (self.zoom * factor).clamp(LEAST_ZOOM, MOST_ZOOM);
        self.center = fixed - (at - view.center()) / self.zoom;
    }

    /// Moves what is seen by a distance in the window.
    pub fn pan(&mut self, by: Vec2) {
        self.center -= by / self.zoom;
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_point_under_the_pointer_stays_while_zooming() {
        let view = Rect::from_min_size(pos2(70.0, 40.0), vec2(1000.0, 600.0));
        let mut camera = Camera { center: pos2(500.0, 300.0), zoom: 0.7 };
        let at = pos2(211.0, 99.0);
        let before = camera.to_drawing(view, at);
        camera.zoom_around(view, at, 1.9);
        let after = camera.to_drawing(view, at);
        assert!((before - after).length() < 0.01, "{before:?} {after:?}");
        assert!((camera.to_view(view, after) - at).length() < 0.01);
    }

    #[test]
    fn fitting_shows_everything_and_magnifies_nothing() {
        let view = Rect::from_min_size(Pos2::ZERO, vec2(1000.0, 600.0));
        let bounds = Rect::from_min_size(pos2(-300.0, 50.0), vec2(3000.0, 900.0));
        let camera = Camera::fit(bounds, view);
        assert!(view.contains_rect(camera.rect_to_view(view, bounds)));
        let small = Rect::from_min_size(Pos2::ZERO, vec2(20.0, 20.0));
        assert_eq!(Camera::fit(small, view).zoom, 1.0);
    }
}

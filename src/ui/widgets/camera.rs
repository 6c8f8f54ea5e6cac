//! Where a canvas looks: pan and zoom.

use egui::{PointerButton, Pos2, Rect, Response, Ui, Vec2, vec2};

/// Zoom factors beyond which a drawing is dust or one letter.
const LEAST_ZOOM: f32 = 0.05;
const MOST_ZOOM: f32 = 6.0;

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

    /// Follows wheel, pinch and drags over `view`: the wheel pans, Ctrl+wheel and pinch zoom, dragging the `ground` pans
    /// unless Shift is held, with the middle button even then.
    pub fn follow(&mut self, ui: &Ui, view: Rect, ground: &Response) {
        if !(ui.rect_contains_pointer(view) || ground.dragged()) {
            return;
        }
        let (scroll, pinch, pointer) =
            ui.input(|input| (input.smooth_scroll_delta(), input.zoom_delta(), input.pointer.hover_pos()));
        if pinch != 1.0
            && let Some(at) = pointer
        {
            self.zoom_around(view, at, pinch);
        } else if scroll != Vec2::ZERO {
            self.pan(scroll);
        }
        let shift = ui.input(|input| input.modifiers.shift);
        if ground.dragged_by(PointerButton::Middle) || (ground.dragged_by(PointerButton::Primary) && !shift) {
            self.pan(ground.drag_delta());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

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

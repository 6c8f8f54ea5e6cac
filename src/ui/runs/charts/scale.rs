//! From values to where they are drawn: as they are, or by their decimal logarithm.

use egui_plot::PlotPoint;

use super::axis::FARTHEST;

/// How both axes measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Scale {
    /// Whether the axis from left to right is logarithmic.
    pub log_x: bool,
    /// Whether the axis of values is.
    pub log_y: bool,
}

fn forth(value: f64, log: bool) -> Option<f64> {
    if log { (value > 0.0).then(|| value.log10()) } else { Some(value.clamp(-FARTHEST, FARTHEST)) }
}

fn back(place: f64, log: bool) -> f64 {
    if log { 10_f64.powf(place) } else { place }
}

impl Scale {
    /// Where an x is drawn; nowhere what is not above 0 on a logarithmic axis.
    pub fn x(self, value: f64) -> Option<f64> {
        forth(value, self.log_x)
    }

    /// Where a value is drawn, as [`Self::x`].
    pub fn y(self, value: f64) -> Option<f64> {
        forth(value, self.log_y)
    }

    /// Where a point is drawn.
    pub fn point(self, (x, y): (f64, f64)) -> Option<PlotPoint> {
        Some(PlotPoint::new(self.x(x)?, self.y(y)?))
    }

    /// The x that is drawn at a place.
    pub fn x_at(self, place: f64) -> f64 {
        back(place, self.log_x)
    }

    /// The value that is drawn at a place.
    pub fn y_at(self, place: f64) -> f64 {
        back(place, self.log_y)
    }
}

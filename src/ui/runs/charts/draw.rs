//! Draws a line into its plot.

use egui::Color32;
use egui_plot::{FilledArea, Line, MarkerShape, PlotPoint, PlotPoints, PlotUi, Points};

use super::lines::DrawnLine;
use crate::ui::theme::mix;

/// The colours of a line.
pub(super) struct Paint {
    /// Its own.
    pub own: Color32,
    /// What it is drawn on.
    pub ground: Color32,
    /// Whether another line is looked at.
    pub is_dim: bool,
}

impl DrawnLine {
    /// What stands behind all lines: the raw values, and how far a group reaches.
    pub fn draw_behind<'a>(&'a self, plot_ui: &mut PlotUi<'a>, paint: &Paint, columns: usize) {
        for area in &self.areas {
            let fill = mix(paint.ground, paint.own, if paint.is_dim { 0.06 } else { 0.18 });
            let drawn = FilledArea::new(self.name.as_str(), &area.x, &area.low, &area.high);
            plot_ui.add(drawn.fill_color(fill).allow_hover(false));
        }
        if let Some(behind) = &self.behind {
            let pale = mix(paint.ground, paint.own, if paint.is_dim { 0.1 } else { 0.28 });
            for stretch in &behind.stretches {
                let points = PlotPoints::Borrowed(stretch);
                let drawn = Line::new(self.name.as_str(), points).color(pale).width(1.0);
                plot_ui.line(drawn.allow_band(stretch.len() >= columns).allow_hover(false));
            }
        }
    }

    /// Draws it in a plot whose points were selected for `columns` columns.
    pub fn draw<'a>(&'a self, plot_ui: &mut PlotUi<'a>, paint: &Paint, columns: usize) {
        let color = if paint.is_dim { mix(paint.ground, paint.own, 0.3) } else { paint.own };
        let bounds = plot_ui.plot_bounds();
        for stretch in &self.picked.stretches {
            let points = PlotPoints::Borrowed(stretch);
            let drawn = Line::new(self.name.as_str(), points).color(color).width(1.6);
            // Where points stand closer than pixels a band looks as the line would, for a tenth of the cost;
            // elsewhere it would fill what the line only encloses.
            plot_ui.line(drawn.allow_band(stretch.len() >= columns).allow_hover(false));
        }
        if !self.picked.singles.is_empty() {
            let points = PlotPoints::Borrowed(&self.picked.singles);
            let drawn = Points::new(self.name.as_str(), points).color(color).radius(2.5);
            plot_ui.points(drawn.allow_hover(false));
        }
        if let Some((shape, marks)) = &self.marks {
            let points = PlotPoints::Borrowed(marks);
            let drawn = Points::new(self.name.as_str(), points).shape(*shape).color(color).radius(4.0);
            plot_ui.points(drawn.allow_hover(false));
        }
        let inset = (bounds.max()[1] - bounds.min()[1]) * 0.03;
        for (up, shape, y) in [
            (true, MarkerShape::Up, bounds.max()[1] - inset),
            (false, MarkerShape::Down, bounds.min()[1] + inset),
        ] {
            let infinities = self.picked.infinities.iter().filter(|mark| mark.1 == up);
            let marks: Vec<PlotPoint> = infinities.map(|mark| PlotPoint::new(mark.0, y)).collect();
            if !marks.is_empty() {
                let name = format!("{} {}", self.name, if up { "∞" } else { "−∞" });
                let drawn = Points::new(name, PlotPoints::Owned(marks)).shape(shape).color(color).radius(4.0);
                plot_ui.points(drawn.allow_hover(false));
            }
        }
    }
}

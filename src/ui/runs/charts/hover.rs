//! What the pointer is near in a chart: of every line the point at that place, the nearest line first.

use egui::{Align2, Rect, Ui, pos2, vec2};
use egui_plot::{PlotPoint, PlotTransform};

use super::lines::Panel;
use super::scale::Scale;
use crate::runs::XAxis;
use crate::ui::runs::{duration_text, number_text, time_text};
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, paint_text};

/// So many lines are told; nobody reads more beside a pointer.
const MOST: usize = 8;

/// A point of a line near the pointer.
struct Near {
    line: usize,
    point: PlotPoint,
    /// How far it is from the pointer, in points of the screen.
    away: f32,
}

/// The points of all lines nearest to an x, by how far they are from the pointer.
fn near(panel: &Panel, transform: &PlotTransform, pointer: egui::Pos2) -> Vec<Near> {
    let x = transform.value_from_position(pointer).x;
    let mut found: Vec<Near> = panel
        .lines
        .iter()
        .enumerate()
        .filter_map(|(line, drawn)| {
            let nearest = |points: &[PlotPoint]| -> Option<PlotPoint> {
                let at = points.partition_point(|point| point.x < x);
                let beside = [at.checked_sub(1), Some(at)].into_iter().flatten();
                let points = beside.filter_map(|at| points.get(at).copied());
                points.min_by(|a, b| (a.x - x).abs().total_cmp(&(b.x - x).abs()))
            };
            let stretches = drawn.picked.stretches.iter().map(Vec::as_slice);
            let all = stretches.chain([drawn.picked.singles.as_slice()]).filter_map(nearest);
            let point = all.min_by(|a, b| (a.x - x).abs().total_cmp(&(b.x - x).abs()))?;
            let place = transform.position_from_point(&point);
            // A line that ends far from here is not what is looked at.
            ((place.x - pointer.x).abs() < 40.0).then(|| Near { line, point, away: place.distance(pointer) })
        })
        .collect();
    found.sort_by(|a, b| a.away.total_cmp(&b.away));
    found
}

/// What is at a place from left to right.
pub(super) fn x_text(axis: &XAxis, value: f64) -> String {
    match axis {
        XAxis::Step | XAxis::Metric(_) => number_text(value),
        XAxis::Relative => duration_text((value * 1e6) as i64),
        XAxis::Wall => time_text((value * 1e6) as i64),
    }
}

/// Tells the lines near the pointer in a box beside it, and marks their points. Returns the nearest line.
pub(super) fn hover_ui(
    ui: &Ui,
    panel: &Panel,
    (transform, pointer): (&PlotTransform, egui::Pos2),
    (scale, axis): (Scale, &XAxis),
) -> Option<usize> {
    let found = near(panel, transform, pointer);
    let nearest = found.first()?.line;
    let theme = Theme::of(ui);
    let c = &theme.color;
    let name = match axis {
        XAxis::Step => "step ".to_owned(),
        XAxis::Metric(key) => format!("{key} "),
        XAxis::Relative | XAxis::Wall => String::new(),
    };
    let head = format!("{name}{}", x_text(axis, scale.x_at(found[0].point.x)));
    let painter = ui.painter();
    for near in &found {
        let color = theme.series(panel.lines[near.line].color);
        let at = transform.position_from_point(&near.point);
        painter.circle(at, 3.5, color, (1.5, c.surface));
    }
    let rows: Vec<(usize, String)> =
        found.iter().take(MOST).map(|near| (near.line, number_text(scale.y_at(near.point.y)))).collect();
    let more = found.len().saturating_sub(MOST);
    let height = 26.0 + rows.len() as f32 * 18.0 + if more > 0 { 18.0 } else { 0.0 };
    let size = vec2(250.0, height);
    let frame = *transform.frame();
    let left =
        if pointer.x + 16.0 + size.x > frame.right() { pointer.x - 16.0 - size.x } else { pointer.x + 16.0 };
    let top = (pointer.y - size.y * 0.5).clamp(frame.top(), (frame.bottom() - size.y).max(frame.top()));
    let rect = Rect::from_min_size(pos2(left.max(ui.clip_rect().left()), top), size);
    // Above whatever is drawn later in this view.
    let painter =
        ui.ctx().layer_painter(egui::LayerId::new(egui::Order::Tooltip, ui.scope_id().with("near")));
    painter.rect(rect, theme.size.radius, c.panel, (1.0, c.line_strong), egui::StrokeKind::Inside);
    let small = Ink::new(theme.small(), c.text_2);
    paint_text(&painter, rect.min + vec2(10.0, 14.0), Align2::LEFT_CENTER, &head, &small, size.x - 20.0);
    let mut y = rect.top() + 33.0;
    for (at, (line, value)) in rows.iter().enumerate() {
        let drawn = &panel.lines[*line];
        painter.circle_filled(pos2(rect.left() + 14.0, y), 4.0, theme.series(drawn.color));
        let strong = if at == 0 { c.text } else { c.text_2 };
        let (value_at, _) = paint_text(
            &painter,
            pos2(rect.right() - 10.0, y),
            Align2::RIGHT_CENTER,
            value,
            &Ink::new(theme.mono(), strong),
            110.0,
        );
        let room = value_at.left() - rect.left() - 34.0;
        paint_text(
            &painter,
            pos2(rect.left() + 24.0, y),
            Align2::LEFT_CENTER,
            &drawn.name,
            &Ink::new(theme.body(), strong),
            room,
        );
        y += 18.0;
    }
    if more > 0 {
        let text = format!("and {more} more lines");
        paint_text(&painter, pos2(rect.left() + 24.0, y), Align2::LEFT_CENTER, &text, &small, size.x - 34.0);
    }
    Some(nearest)
}

/// What lies from left to right.
pub(super) fn axis_title(axis: &XAxis) -> String {
    match axis {
        XAxis::Step => "step".to_owned(),
        XAxis::Relative => "time since the start".to_owned(),
        XAxis::Wall => "time (UTC)".to_owned(),
        XAxis::Metric(key) => key.clone(),
    }
}

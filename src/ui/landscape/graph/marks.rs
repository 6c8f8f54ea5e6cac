//! How a type of relation looks: its colour, its line and its end.

use egui::{Color32, Pos2, Rect, Shape, Stroke, Ui, pos2};

use crate::catalog::RelationKind;
use crate::catalog::neighbourhood::{Edge, Tie};
use crate::ui::theme::Theme;

/// Lengths of dash and gap of a derived relation.
const DASH: (f32, f32) = (5.0, 4.0);

/// The colour of a type's lines; grey for derived ones.
pub(super) fn color(theme: &Theme, kind: Option<RelationKind>) -> Color32 {
    let at = kind.and_then(|kind| RelationKind::ALL.iter().position(|each| *each == kind));
    at.map_or(theme.color.text_3, |at| theme.series(at))
}

/// The type that an edge is drawn as: its first one; none for a derived edge.
pub(super) fn kind_of(edge: &Edge) -> Option<RelationKind> {
    match &edge.tie {
        Tie::Told(between) => between.first().map(|between| between.kind),
        Tie::Speaks(_) => None,
    }
}

/// Whether relations of this type have a direction.
pub(super) fn has_direction(kind: RelationKind) -> bool {
    !matches!(kind, RelationKind::IntegratesWith | RelationKind::AlternativeTo)
}

/// A line, dashed if it is derived; alternatives are dotted, for they work against each other, not with.
pub(super) fn line(points: &[Pos2], stroke: Stroke, kind: Option<RelationKind>, zoom: f32) -> Vec<Shape> {
    let zoom = zoom.clamp(0.4, 1.5);
    match kind {
        None => Shape::dashed_line(points, stroke, DASH.0 * zoom, DASH.1 * zoom),
        Some(RelationKind::AlternativeTo) => Shape::dashed_line(points, stroke, 1.6 * zoom, 3.4 * zoom),
        Some(_) => vec![Shape::line(points.to_vec(), stroke)],
    }
}

/// The head of an arrow whose tip is the last point.
pub(super) fn head(points: &[Pos2], color: Color32, zoom: f32) -> Option<Shape> {
    let [.., before, tip] = points else { return None };
    let along = (*tip - *before).normalized();
    let across = along.rot90();
    let length = 7.0 * zoom.clamp(0.5, 1.4);
    let base = *tip - along * length;
    let corners = vec![*tip, base + across * (length * 0.45), base - across * (length * 0.45)];
    Some(Shape::convex_polygon(corners, color, Stroke::NONE))
}

/// A short piece of a type's line, for the legend and for lists.
pub(super) fn sample(ui: &Ui, rect: Rect, kind: Option<RelationKind>, is_on: bool) {
    let theme = Theme::of(ui);
    let color = if is_on { color(theme, kind) } else { theme.color.line_strong };
    let points = [pos2(rect.left(), rect.center().y), pos2(rect.right(), rect.center().y)];
    let painter = ui.painter();
    painter.extend(line(&points, Stroke::new(2.0, color), kind, 1.0));
    if kind.is_some_and(has_direction) {
        painter.extend(head(&points, color, 1.0));
    }
}

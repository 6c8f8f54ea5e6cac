//! How often the straight lines between the centres of boxes cross: the measure of an arrangement that does not
//! depend on how flows are routed.

use std::ops::Range;

use super::super::model::Architecture;
use super::Placement;

/// Straight lines by their two ends, each coordinate in a list of its own so that one line is tested against many
/// at once.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    pub(super) x1: Vec<f64>,
    pub(super) y1: Vec<f64>,
    pub(super) x2: Vec<f64>,
    pub(super) y2: Vec<f64>,
}

impl Lines {
    pub(super) fn push(&mut self, from: (f64, f64), to: (f64, f64)) {
        self.x1.push(from.0);
        self.y1.push(from.1);
        self.x2.push(to.0);
        self.y2.push(to.1);
    }

    /// How many of the lines in `others` cross `line` in a point that is no end of either. Exact for whole
    /// coordinates of up to some ten million.
    #[expect(clippy::needless_bitwise_bool, reason = "without branches many lines are tested at once")]
    pub(super) fn count(&self, line: usize, others: Range<usize>) -> u32 {
        let [ax, ay, bx, by] = [&self.x1, &self.y1, &self.x2, &self.y2].map(|all| all[line]);
        let (dx, dy) = (bx - ax, by - ay);
        let slices = [&self.x1, &self.y1, &self.x2, &self.y2].map(|all| &all[others.clone()]);
        let [x1, y1, x2, y2] = slices;
        let mut count = 0;
        for (((cx, cy), ex), ey) in x1.iter().zip(y1).zip(x2).zip(y2) {
            // On which side of this line the other one's ends are, and the reverse.
            let c = dx * (cy - ay) - dy * (cx - ax);
            let e = dx * (ey - ay) - dy * (ex - ax);
            let (fx, fy) = (ex - cx, ey - cy);
            let a = fx * (ay - cy) - fy * (ax - cx);
            let b = fx * (by - cy) - fy * (bx - cx);
            count += u32::from((c * e < 0.0) & (a * b < 0.0));
        }
        count
    }
}

/// How many pairs of flows cross if each is a straight line between the centres of its two boxes. Lines that only
/// touch, or lie on each other, do not cross.
pub fn crossings(drawing: &Architecture, placement: &Placement) -> usize {
    let center = |id| {
        let at = placement.node(id)?;
        // Twice the centre is a whole number.
        Some((f64::from(at.x + at.right()), f64::from(at.y + at.bottom())))
    };
    let mut lines = Lines::default();
    for flow in &drawing.flows {
        if let (Some(from), Some(to)) = (center(&flow.from), center(&flow.to)) {
            lines.push(from, to);
        }
    }
    (0..lines.x1.len()).map(|line| lines.count(line, 0..line) as usize).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_cross_where_both_have_their_inside() {
        let cases = [
            ("a cross", [0, 0, 4, 4], [0, 4, 4, 0], 1),
            ("side by side", [0, 0, 4, 0], [0, 1, 4, 1], 0),
            ("one end in common", [0, 0, 4, 4], [0, 0, 4, 0], 0),
            ("one ends on the other", [0, 0, 4, 0], [2, 0, 2, 5], 0),
            ("on each other", [0, 0, 4, 0], [1, 0, 9, 0], 0),
            ("the lines would cross further on", [0, 0, 1, 1], [0, 4, 1, 3], 0),
        ];
        for (what, one, two, expected) in cases {
            let mut lines = Lines::default();
            for [x1, y1, x2, y2] in [one, two] {
                lines.push((f64::from(x1), f64::from(y1)), (f64::from(x2), f64::from(y2)));
            }
            assert_eq!(lines.count(1, 0..1), expected, "{what}");
            assert_eq!(lines.count(0, 1..2), expected, "{what}, the other way round");
            assert_eq!(lines.count(0, 0..1), 0, "no line crosses itself");
        }
    }
}

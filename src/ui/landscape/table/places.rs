//! Where the columns stand: their widths, and which of them stay in sight while the others scroll sideways.

use egui::{Rangef, Rect, Ui, pos2, vec2};

use crate::address::{LEAST_WIDTH, MOST_WIDTH, ShownColumn, ToolColumns};
use crate::catalog::Column;

/// Width of the check boxes.
pub(super) const TICK: f32 = 34.0;
/// Right of the last column.
pub(super) const MARGIN: f32 = 4.0;
/// Pinned columns may take this share of the width; those beyond it scroll.
const MOST_PINNED: f32 = 0.6;

/// A column's place, in points from the left of the table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    /// Which column.
    pub column: Column,
    /// Its left edge, with nothing scrolled.
    pub left: f32,
    /// Its width.
    pub width: f32,
    /// Whether it stays in sight.
    pub is_pinned: bool,
}

/// All places.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Places {
    /// In the order of the columns.
    pub all: Vec<Place>,
    /// The right edge of what stays in sight.
    pub pinned: f32,
    /// The width of all.
    pub total: f32,
}

/// The least width of a column, and its share of the width that is left.
fn measure(column: Column) -> (f32, f32) {
    match column {
        Column::Name => (160.0, 0.3),
        Column::Summary => (260.0, 0.8),
        Column::Category => (110.0, 0.3),
        Column::License => (104.0, 0.1),
        Column::Foundation => (90.0, 0.3),
        Column::LicenseClass => (142.0, 0.0),
        Column::Deploy | Column::Language => (124.0, 0.1),
        Column::Maturity => (96.0, 0.0),
        Column::Seen | Column::FirstRelease | Column::Stale => (104.0, 0.0),
        Column::Status => (176.0, 0.0),
        Column::Stage | Column::Reviewed | Column::Depth => (118.0, 0.0),
        Column::AirGap | Column::Kubernetes | Column::Gpu | Column::Relations => (90.0, 0.0),
        Column::Claims => (84.0, 0.0),
        Column::Rating | Column::Shortlisted => (100.0, 0.0),
        Column::Caveats => (86.0, 0.0),
        Column::Pros | Column::Cons => (70.0, 0.0),
    }
}

impl Place {
    /// Where its cell is on a line, while the columns are scrolled by `scroll`.
    pub(super) fn cell(&self, line: Rect, scroll: f32) -> Rect {
        let shift = if self.is_pinned { 0.0 } else { scroll };
        let left = line.left() + self.left - shift;
        Rect::from_min_size(pos2(left, line.top()), vec2(self.width, line.height()))
    }
}

impl Places {
    /// Places for a room of this width; `resizing` are widths that somebody is about to choose.
    pub(super) fn new(columns: &ToolColumns, room: f32, resizing: &[(Column, f32)]) -> Self {
        let chosen = |shown: &ShownColumn| {
            let resized = resizing.iter().find(|(column, _)| *column == shown.column);
            let within = |width: f32| width.clamp(f32::from(LEAST_WIDTH), f32::from(MOST_WIDTH));
            resized.map(|(_, width)| within(*width)).or_else(|| shown.width.map(f32::from))
        };
        let measured =
            |shown: &ShownColumn| chosen(shown).map_or_else(|| measure(shown.column), |width| (width, 0.0));
        let (mut least, mut shares) = (TICK + MARGIN, 0.0);
        for shown in columns.shown() {
            let (width, share) = measured(shown);
            least += width;
            shares += share;
        }
        let left = (room - least).max(0.0);
        let (mut at, mut pinned, mut stays) = (TICK, TICK, true);
        let places = columns.shown().iter().enumerate().map(|(index, shown)| {
            let (width, share) = measured(shown);
            let width = if shares > 0.0 { width + left * share / shares } else { width }.round();
            stays &= index < columns.pinned() && at + width <= room * MOST_PINNED;
            let place = Place { column: shown.column, left: at, width, is_pinned: stays };
            at += width;
            if stays {
                pinned = at;
            }
            place
        });
        let all = places.collect();
        Self { all, pinned, total: at + MARGIN }
    }

    /// What of a line belongs to the columns that scroll.
    pub(super) fn scrolled(&self, line: Rect) -> Rangef {
        Rangef::new(line.left() + self.pinned, line.right())
    }

    /// The column before which something is dropped at `x`, in points from the left of the view.
    pub(super) fn drop_at(&self, x: f32, scroll: f32) -> usize {
        let middle =
            |place: &Place| place.left + place.width / 2.0 - if place.is_pinned { 0.0 } else { scroll };
        self.all.iter().position(|place| x < middle(place)).unwrap_or(self.all.len())
    }
}

/// Draws into a part of the width only.
pub(super) fn within<R>(ui: &mut Ui, part: Rangef, draw: impl FnOnce(&mut Ui) -> R) -> R {
    let before = ui.clip_rect();
    let clip = Rect::from_x_y_ranges(part, before.y_range()).intersect(before);
    ui.set_clip_rect(clip);
    let drawn = draw(ui);
    ui.set_clip_rect(before);
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(text: &str) -> ToolColumns {
        text.parse().unwrap()
    }

    #[test]
    fn columns_share_what_is_left_and_scroll_where_nothing_is() {
        // 34 for the check boxes, 160 and 118 for the columns, 4 at the right; the name takes what is left.
        let wide = Places::new(&columns("name,stage"), 442.0, &[]);
        assert_eq!(
            wide.all.iter().map(|place| (place.left, place.width)).collect::<Vec<_>>(),
            [(34.0, 286.0), (320.0, 118.0)]
        );
        assert_eq!(wide.total, 442.0);
        let narrow = Places::new(&columns("name,stage"), 100.0, &[]);
        assert_eq!((narrow.all[0].width, narrow.total), (160.0, 316.0));
        let chosen = Places::new(&columns("name:200,stage:60"), 1000.0, &[(Column::Stage, 80.0)]);
        assert_eq!((chosen.all[0].width, chosen.all[1].width), (200.0, 80.0));
    }

    #[test]
    fn what_is_pinned_stays_unless_it_would_hide_the_rest() {
        let places = Places::new(&columns("name:200,stage:100,claims:100,category:300/2"), 600.0, &[]);
        assert_eq!(places.pinned, 334.0);
        let line = Rect::from_min_size(pos2(10.0, 0.0), vec2(600.0, 28.0));
        let lefts: Vec<f32> = places.all.iter().map(|place| place.cell(line, 50.0).left()).collect();
        assert_eq!(lefts, [44.0, 244.0, 294.0, 394.0]);
        assert_eq!(places.drop_at(100.0, 50.0), 0);
        assert_eq!(places.drop_at(340.0, 50.0), 3);
        assert_eq!(places.drop_at(900.0, 0.0), 4);
        let crowded = Places::new(&columns("name:200,stage:100,claims:100/2"), 400.0, &[]);
        assert_eq!(crowded.pinned, 234.0, "334 would be more than 60 % of 400");
    }
}

//! Where the blocks of the board lie: in columns of equal width, in their order, as low as can be.

use std::sync::Arc;

use egui::Galley;

/// Cards that a folded block shows.
pub const FOLDED: usize = 9;

/// Sizes at the present zoom, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measures {
    /// How much larger everything is.
    pub zoom: f32,
    /// Width of a column.
    pub column: f32,
    /// Between columns, and between blocks.
    pub gap: f32,
    /// From one card to the next.
    pub pitch: f32,
    /// Height of a card.
    pub card: f32,
}

impl Measures {
    /// For a zoom and the room there is; columns fill it.
    pub fn new(zoom: f32, room: f32) -> Self {
        const COLUMN: f32 = 176.0;
        const GAP: f32 = 16.0;
        let gap = GAP * zoom;
        let columns = ((room + gap) / (COLUMN * zoom + gap)).floor().max(1.0);
        let column = (room + gap) / columns - gap;
        Self { zoom, column, gap, pitch: 30.0 * zoom, card: 26.0 * zoom }
    }

    /// How many columns the room has.
    pub fn columns(&self, room: f32) -> usize {
        (((room + self.gap) / (self.column + self.gap)).round() as usize).max(1)
    }
}

/// A block before it has a place.
pub struct Block {
    /// Its title as it is drawn.
    pub title: Arc<Galley>,
    /// How many cards it shows, and how many it has.
    pub cards: (usize, usize),
    /// Whether a line below them folds and unfolds it.
    pub can_fold: bool,
}

impl Block {
    /// Its height with the gap below.
    pub fn height(&self, measures: &Measures) -> f32 {
        let lines = self.cards.0 + usize::from(self.can_fold);
        self.head(measures) + lines as f32 * measures.pitch + measures.gap
    }

    /// Height of its title.
    pub fn head(&self, measures: &Measures) -> f32 {
        self.title.size().y + 8.0 * measures.zoom
    }
}

/// The column and top of each block, and the height of all.
pub fn place(heights: &[f32], columns: usize) -> (Vec<(usize, f32)>, f32) {
    let total: f32 = heights.iter().sum();
    let tallest = heights.iter().copied().fold(0.0, f32::max);
    // The least height into which all fit, in order: found by halving, since what fits into less fits into more.
    let (mut low, mut high) = (tallest.max(total / columns as f32), total.max(tallest));
    for _ in 0..24 {
        let middle = f32::midpoint(low, high);
        if needed(heights, middle) <= columns { high = middle } else { low = middle }
    }
    let (mut column, mut top) = (0, 0.0);
    let mut places = Vec::with_capacity(heights.len());
    for height in heights {
        if top > 0.0 && top + height > high + 0.01 {
            (column, top) = (column + 1, 0.0);
        }
        places.push((column, top));
        top += height;
    }
    (places, high)
}

fn needed(heights: &[f32], limit: f32) -> usize {
    let (mut columns, mut top) = (1, 0.0);
    for height in heights {
        if top > 0.0 && top + height > limit + 0.01 {
            (columns, top) = (columns + 1, 0.0);
        }
        top += height;
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_keep_their_order_and_fill_the_columns_evenly() {
        // By hand: [4 1] [3 2] [5] is the best that three columns can do.
        let (places, height) = place(&[4.0, 1.0, 3.0, 2.0, 5.0], 3);
        assert_eq!(places, [(0, 0.0), (0, 4.0), (1, 0.0), (1, 3.0), (2, 0.0)]);
        assert!((height - 5.0).abs() < 0.01, "{height}");
        let (places, height) = place(&[2.0, 2.0], 1);
        assert_eq!(places, [(0, 0.0), (0, 2.0)]);
        assert!((height - 4.0).abs() < 0.01);
        assert_eq!(place(&[], 4).0, []);
    }

    #[test]
    fn columns_fill_the_room() {
        for (zoom, room) in [(1.0, 1000.0), (0.5, 1000.0), (1.5, 300.0), (1.0, 100.0)] {
            let measures = Measures::new(zoom, room);
            let columns = measures.columns(room) as f32;
            let filled = columns * measures.column + (columns - 1.0) * measures.gap;
            assert!((filled - room).abs() < 0.1, "{filled} of {room}");
        }
    }
}

//! The words on the cards, laid out once for each of a few sizes and kept: whoever zooms sees hundreds of names in a
//! new size with every frame, and to lay out all of them takes longer than a frame has.

use std::collections::HashMap;
use std::sync::Arc;

use egui::{Color32, FontId, Galley, Painter};

/// The zooms whose sizes words have; between two of them words are as large as at the smaller.
const LEVELS: [f32; 15] =
    [0.4, 0.45, 0.5, 0.55, 0.6, 0.675, 0.75, 0.825, 0.9, 1.0, 1.1, 1.2, 1.25, 1.375, 1.5];
/// So many words are laid out anew in a frame; the others have their turn in the next ones, and until then the size
/// that they had.
const TURN: usize = 48;
/// More are not kept: five sizes of a large catalog.
const MOST: usize = 12_000;

/// Which words of a card or block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Its name.
    Name,
    /// The letters of its monogram.
    Monogram,
    /// The title of a block, by its place.
    Title,
    /// How many cards a block has, by that number.
    Count,
    /// The line below a block that unfolds it, by how many are folded.
    More,
}

/// Words as they are laid out, for one context and one catalog.
#[derive(Default)]
pub struct Laid {
    kept: HashMap<(usize, Part, usize), Arc<Galley>>,
    /// Laid out by egui in every frame: another one than before tells that egui forgot its glyphs, and with them all
    /// that is kept here.
    witness: Option<Arc<Galley>>,
    /// Whose words they are: the revisions of the groups and of the catalog.
    of: (u64, u64),
    turn: usize,
    is_behind: bool,
}

impl Laid {
    /// Begins a frame of some groups and cards. True if what was laid out before is of no use any more.
    pub fn begin(&mut self, painter: &Painter, font: FontId, of: (u64, u64)) -> bool {
        let witness = painter.layout_no_wrap("Aa".to_owned(), font, Color32::PLACEHOLDER);
        let is_same =
            self.of == of && self.witness.as_ref().is_some_and(|before| Arc::ptr_eq(before, &witness));
        if !is_same || self.kept.len() > MOST {
            self.kept.clear();
        }
        (self.witness, self.of, self.turn, self.is_behind) = (Some(witness), of, 0, false);
        !is_same
    }

    /// Whether some words have not yet the size that they should have.
    pub fn is_behind(&self) -> bool {
        self.is_behind
    }

    /// The words of a card, by its row, or of a block at a zoom. `lay` lays them out for one, in [`Color32::PLACEHOLDER`].
    pub fn words(
        &mut self,
        (row, part): (usize, Part),
        zoom: f32,
        lay: impl FnOnce(f32) -> Arc<Galley>,
    ) -> Arc<Galley> {
        let level = level_of(zoom);
        if let Some(kept) = self.kept.get(&(row, part, level)) {
            return Arc::clone(kept);
        }
        // Where blocks lie depends on their titles.
        if self.turn >= TURN
            && part != Part::Title
            && let Some(other) = self.nearest(row, part, level)
        {
            self.is_behind = true;
            return other;
        }
        self.turn += 1;
        let galley = lay(LEVELS[level]);
        self.kept.insert((row, part, level), Arc::clone(&galley));
        galley
    }

    /// The same words in the next smaller size, else in the next larger one.
    fn nearest(&self, row: usize, part: Part, level: usize) -> Option<Arc<Galley>> {
        let levels = (0..level).rev().chain(level + 1..LEVELS.len());
        levels.into_iter().find_map(|level| self.kept.get(&(row, part, level))).map(Arc::clone)
    }
}

/// The largest level that is not larger than a zoom.
fn level_of(zoom: f32) -> usize {
    LEVELS.iter().rposition(|level| *level <= zoom + 0.001).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs frames of words and tells for each frame how many were laid out, and whether some are behind.
    fn frames(zooms: &[f32], cards: usize) -> Vec<(usize, bool)> {
        let context = egui::Context::default();
        let mut laid = Laid::default();
        let mut told = Vec::new();
        for zoom in zooms {
            let mut count = 0;
            let mut output = context.run_ui(egui::RawInput::default(), |ui| {
                count = 0;
                let painter = ui.painter();
                let font = |level: f32| FontId::proportional(13.0 * level);
                laid.begin(painter, font(1.0), (0, 0));
                for row in 0..cards {
                    let galley = laid.words((row, Part::Name), *zoom, |level| {
                        count += 1;
                        painter.layout_no_wrap(format!("Tool {row}"), font(level), Color32::PLACEHOLDER)
                    });
                    assert_eq!(galley.text(), format!("Tool {row}"));
                }
            });
            output.textures_delta.clear();
            told.push((count, laid.is_behind()));
        }
        told
    }

    #[test]
    fn nothing_is_blank_and_no_frame_lays_out_more_than_its_turn() {
        // The first frame lays out all: there is nothing else to show. Then 100 names at 0.5 take three turns.
        let told = frames(&[1.0, 1.0, 0.52, 0.5, 0.51, 0.5, 1.0], 100);
        let expected = [(100, false), (0, false), (48, true), (48, true), (4, false), (0, false), (0, false)];
        assert_eq!(told, expected);
    }

    #[test]
    fn other_groups_have_other_words_under_the_same_places() {
        let context = egui::Context::default();
        let mut laid = Laid::default();
        let mut seen = Vec::new();
        for (of, title) in [((1, 7), "Serving"), ((1, 7), "ignored"), ((2, 7), "Train"), ((2, 8), "Govern")] {
            let mut output = context.run_ui(egui::RawInput::default(), |ui| {
                let painter = ui.painter();
                laid.begin(painter, FontId::proportional(13.0), of);
                let galley = laid.words((0, Part::Title), 1.0, |level| {
                    let font = FontId::proportional(13.0 * level);
                    painter.layout_no_wrap(title.to_owned(), font, Color32::PLACEHOLDER)
                });
                seen.push(galley.text().to_owned());
            });
            output.textures_delta.clear();
        }
        seen.dedup();
        assert_eq!(seen, ["Serving", "Train", "Govern"]);
    }

    #[test]
    fn words_never_become_larger_than_the_zoom() {
        for step in 40..=150 {
            let zoom = step as f32 / 100.0;
            let level = LEVELS[level_of(zoom)];
            assert!(level <= zoom + 0.001 && level > zoom * 0.89, "{level} at {zoom}");
        }
        assert!((LEVELS[level_of(0.1)] - 0.4).abs() < 1e-6);
    }
}

//! Which columns a table of runs has, beside those that follow by themselves, and how wide they are.

use std::collections::BTreeMap;

use super::columns::{LEAST_WIDTH, MOST_WIDTH};
use crate::runs::{ColumnWish, Field};

/// The columns of a table of runs, by MLflow's words: `metrics.val/loss`, `params.lr`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunColumns {
    /// Chosen ones; they come first, in this order.
    pub chosen: Vec<String>,
    /// Those that were put away.
    pub hidden: Vec<String>,
    /// Whether only the chosen ones are there.
    pub only_chosen: bool,
    /// Whether what is the same in all rows is left out.
    pub without_constant: bool,
    /// Widths that somebody chose, in points, [`LEAST_WIDTH`] to [`MOST_WIDTH`].
    pub widths: BTreeMap<String, u16>,
}

impl RunColumns {
    /// The width that somebody chose for a column, in points.
    pub fn width(&self, word: &str) -> Option<u16> {
        self.widths.get(word).copied()
    }

    /// Gives a column a width in points, brought into its range; its own with `None`.
    pub fn set_width(&mut self, word: &str, width: Option<u16>) {
        match width {
            Some(width) => {
                self.widths.insert(word.to_owned(), width.clamp(LEAST_WIDTH, MOST_WIDTH));
            }
            None => {
                self.widths.remove(word);
            }
        }
    }

    /// Whether a column was chosen.
    pub fn has_chosen(&self, word: &str) -> bool {
        self.chosen.iter().any(|chosen| chosen == word)
    }

    /// Whether a column was put away.
    pub fn has_hidden(&self, word: &str) -> bool {
        self.hidden.iter().any(|hidden| hidden == word)
    }

    /// Puts a column behind the other chosen ones.
    pub fn choose(&mut self, word: &str) {
        self.hidden.retain(|hidden| hidden != word);
        if !self.has_chosen(word) {
            self.chosen.push(word.to_owned());
        }
    }

    /// Gives a column back to those that follow by themselves.
    pub fn release(&mut self, word: &str) {
        self.chosen.retain(|chosen| chosen != word);
        self.hidden.retain(|hidden| hidden != word);
    }

    /// Puts a column away.
    pub fn hide(&mut self, word: &str) {
        self.chosen.retain(|chosen| chosen != word);
        if !self.has_hidden(word) {
            self.hidden.push(word.to_owned());
        }
    }

    /// Moves a column by one place among the chosen ones; one that follows by itself is chosen by that.
    pub fn step(&mut self, word: &str, to_the_right: bool) {
        let Some(at) = self.chosen.iter().position(|chosen| chosen == word) else {
            self.choose(word);
            return;
        };
        let to = if to_the_right { at + 1 } else { at.saturating_sub(1) };
        if to < self.chosen.len() {
            self.chosen.swap(at, to);
        }
    }

    /// The same as the table is made of; words that name no column are left out.
    pub fn wish(&self) -> ColumnWish {
        let fields = |words: &[String]| words.iter().filter_map(|word| Field::parse(word)).collect();
        ColumnWish {
            chosen: fields(&self.chosen),
            hidden: fields(&self.hidden),
            only_chosen: self.only_chosen,
            without_constant: self.without_constant,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_chosen_moved_and_put_away() {
        let mut columns = RunColumns::default();
        for word in ["params.lr", "metrics.loss", "params.lr"] {
            columns.choose(word);
        }
        columns.step("metrics.loss", false);
        columns.step("metrics.loss", false);
        assert_eq!(columns.chosen, ["metrics.loss", "params.lr"]);
        columns.step("params.lr", true);
        columns.step("status", true);
        assert_eq!(columns.chosen, ["metrics.loss", "params.lr", "status"]);
        columns.hide("params.lr");
        assert_eq!((columns.chosen.len(), columns.has_hidden("params.lr")), (2, true));
        columns.choose("params.lr");
        assert_eq!((columns.chosen.len(), columns.has_hidden("params.lr")), (3, false));
        columns.release("params.lr");
        columns.set_width("status", Some(5));
        assert_eq!((columns.chosen.len(), columns.width("status")), (2, Some(LEAST_WIDTH)));
        columns.set_width("status", None);
        assert_eq!(columns.widths.len(), 0);
    }
}

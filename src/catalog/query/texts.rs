//! The texts of all tools in lower case, laid out so that a word is looked for in all of them at once: each word of a
//! search reads names and different words once, and only a phrase in quotes reads a whole description.

use std::collections::{BTreeMap, HashMap};

use memchr::memmem::Finder;

use super::bits::Bits;

/// One text for each row, all in one buffer.
#[derive(Clone, Debug, Default)]
pub(super) struct Column {
    text: String,
    /// Where each row's text ends.
    ends: Vec<usize>,
}

impl Column {
    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    /// Tells each row that holds the word, in order, and whether its text begins with it.
    pub fn each_with(&self, word: &Finder<'_>, mut found: impl FnMut(usize, bool)) {
        let (bytes, length) = (self.text.as_bytes(), word.needle().len());
        let (mut from, mut row) = (0, 0);
        while let Some(at) = word.find(&bytes[from..]).map(|at| from + at) {
            while self.ends[row] <= at {
                row += 1;
            }
            let (begin, end) = self.range(row);
            // A word may seem to go over from one row to the next.
            let is_inside = at + length <= end;
            if is_inside {
                found(row, at == begin);
            }
            from = if is_inside { end } else { at + 1 };
        }
    }

    /// Whether a row's text holds the word.
    pub fn has(&self, row: usize, word: &Finder<'_>) -> bool {
        let (begin, end) = self.range(row);
        word.find(&self.text.as_bytes()[begin..end]).is_some()
    }

    fn range(&self, row: usize) -> (usize, usize) {
        (row.checked_sub(1).map_or(0, |before| self.ends[before]), self.ends[row])
    }
}

/// Prose for each row: the different words of all rows, each with the rows in which it stands.
///
/// Ten thousand descriptions hold some ten thousand different words. To look through these takes a hundredth of what
/// it takes to look through the descriptions.
#[derive(Clone, Debug, Default)]
pub(super) struct Prose {
    texts: Column,
    /// The different words.
    words: Column,
    /// Beside the words: the rows of each, in order.
    rows: Vec<Vec<u32>>,
    /// The rows that hold a byte or two neighbouring ones: so short a word is in so many longer ones that gathering
    /// their rows would take longer than all the rest.
    short: BTreeMap<Vec<u8>, Bits>,
}

/// A word up to this many bytes is looked up instead of looked for.
const SHORT: usize = 2;

impl Prose {
    pub fn new(texts: &[String]) -> Self {
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        let mut prose = Self::default();
        for (row, text) in (0_u32..).zip(texts) {
            prose.texts.push(text);
            for word in text.split_whitespace() {
                let number = *numbers.entry(word).or_insert(prose.rows.len());
                if number == prose.rows.len() {
                    prose.words.push(word);
                    prose.rows.push(Vec::new());
                }
                if let Some(rows) = prose.rows.get_mut(number).filter(|rows| rows.last() != Some(&row)) {
                    rows.push(row);
                }
            }
        }
        let mut numbers: Vec<(&str, usize)> = numbers.into_iter().collect();
        numbers.sort_unstable();
        for (word, number) in numbers {
            let lengths = 1..=SHORT.min(word.len());
            for part in lengths.flat_map(|length| word.as_bytes().windows(length)) {
                if let Some(rows) = prose.short.get_mut(part) {
                    rows.add_all(&prose.rows[number]);
                } else {
                    let mut rows = Bits::none(texts.len());
                    rows.add_all(&prose.rows[number]);
                    prose.short.insert(part.to_vec(), rows);
                }
            }
        }
        prose
    }

    /// The rows that hold a word, or several with blanks between that stand so.
    pub fn rows_with(&self, word: &str) -> Bits {
        let mut pieces = word.split_whitespace().map(|piece| self.rows_with_piece(piece));
        let Some(mut rows) = pieces.next() else { return Bits::none(self.texts.ends.len()) };
        pieces.for_each(|piece| rows.and(&piece));
        if word.contains(char::is_whitespace) {
            let finder = Finder::new(word);
            let whole: Vec<usize> = rows.rows().filter(|row| self.texts.has(*row, &finder)).collect();
            rows = Bits::none(self.texts.ends.len());
            for row in whole {
                rows.add(row);
            }
        }
        rows
    }

    fn rows_with_piece(&self, piece: &str) -> Bits {
        let none = || Bits::none(self.texts.ends.len());
        if piece.len() <= SHORT {
            return self.short.get(piece.as_bytes()).cloned().unwrap_or_else(none);
        }
        let mut rows = none();
        self.words.each_with(&Finder::new(piece), |number, _| rows.add_all(&self.rows[number]));
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_its_own_row_only() {
        let mut column = Column::default();
        for text in ["abc", "", "cab", "bc a", "é"] {
            column.push(text);
        }
        let found = |word: &str| {
            let mut found = Vec::new();
            column.each_with(&Finder::new(word), |row, begins| found.push((row, begins)));
            found
        };
        assert_eq!(found("a"), [(0, true), (2, false), (3, false)]);
        assert_eq!(found("bc"), [(0, false), (3, true)], "“cab” and “bc a” do not make “bbc”");
        assert_eq!(found("cca"), [], "not over the end of a row");
        assert_eq!(found("ca"), [(2, true)], "what seems to go over hides nothing");
        assert_eq!(found("é"), [(4, true)]);
    }

    #[test]
    fn prose_finds_what_a_search_through_every_text_finds() {
        let texts =
            ["a feature store", "stores of features, old", "", "the  feature\tstore", "née eée", "st ore"];
        let prose = Prose::new(&texts.map(str::to_owned));
        let words = [
            "s",
            "st",
            "store",
            "stores",
            "tore",
            "feature",
            "feature store",
            "a f",
            " ",
            "e,",
            "é",
            "ée",
            "née e",
            "zz",
            "q",
            "ore",
            "  ",
            "t o",
        ];
        for word in words {
            // Blanks alone ask for nothing.
            let is_in = |text: &&str| !word.trim().is_empty() && text.contains(word);
            let expected: Vec<usize> = (0..texts.len()).filter(|row| is_in(&texts[*row])).collect();
            assert_eq!(prose.rows_with(word).rows().collect::<Vec<_>>(), expected, "{word:?}");
        }
    }
}

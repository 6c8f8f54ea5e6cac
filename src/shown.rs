//! Texts of unknown origin as they may be shown: what cannot be seen is made visible.

mod markdown;

use std::borrow::Cow;

pub use markdown::markdown;

/// Whether a letter moves the cursor, colours, retitles, ends the text or turns the direction.
fn is_odd(letter: char) -> bool {
    let turns = matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    letter.is_control() || turns
}

/// A text on one line: every odd letter as an escape, `\u{0}`.
pub fn one_line(text: &str) -> Cow<'_, str> {
    escaped(text, is_odd)
}

/// A text of several lines: they and tabs stay, other odd letters are escapes.
pub fn lines(text: &str) -> Cow<'_, str> {
    escaped(text, |letter| is_odd(letter) && !matches!(letter, '\n' | '\r' | '\t'))
}

fn escaped(text: &str, is_odd: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_odd) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        if is_odd(letter) { out.extend(letter.escape_default()) } else { out.push(letter) }
    }
    Cow::Owned(out)
}

/// More letters than a sentence needs to quote.
const QUOTED: usize = 400;

/// A sentence that quotes foreign text, cut where nobody reads on.
pub fn clipped(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(QUOTED) {
        None => Cow::Borrowed(text),
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
    }
}

/// Whether a text has a letter that can be seen.
pub fn is_readable(text: &str) -> bool {
    let is_seen = |letter: char| {
        let is_blank = matches!(
            letter,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
                | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{2800}'
                | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}'
        );
        !letter.is_whitespace() && !is_odd(letter) && !is_blank
    };
    text.chars().any(is_seen)
}

/// A whole number that is not negative with commas between thousands: `2,360`.
pub fn grouped(number: impl std::fmt::Display) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number with its noun: `1 box`, `2 boxes`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

/// Names after each other; of many the first `most`, with how many more there are.
pub fn listed(names: &[&str], most: usize) -> String {
    // One more name is as short as "and 1 more".
    match names.get(..most).filter(|_| names.len() > most + 1) {
        Some(first) => format!("{} and {} more", first.join(", "), names.len() - most),
        None => names.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_foreign_text_steers_what_shows_it() {
        for (text, shown) in [
            ("plain ünïcode 🙂 שלום", "plain ünïcode 🙂 שלום"),
            ("a\nb\tc", "a\\nb\\tc"),
            ("\u{1b}[31mred\u{7}", "\\u{1b}[31mred\\u{7}"),
            ("\u{202e}txt.exe", "\\u{202e}txt.exe"),
            ("nul\0", "nul\\u{0}"),
        ] {
            assert_eq!(one_line(text), shown);
        }
        assert_eq!(lines("a\n\tb\0\u{202e}"), "a\n\tb\\u{0}\\u{202e}");
    }

    #[test]
    fn a_quotation_ends() {
        assert_eq!(clipped("ünï"), "ünï");
        let long = "ü".repeat(1_000);
        let cut = clipped(&long);
        assert_eq!((cut.chars().count(), cut.ends_with('…')), (401, true));
    }

    #[test]
    fn blanks_of_every_kind_say_nothing() {
        for text in ["", " \n\t", "\u{200b}\u{2060}", "\u{3164}", "\u{202e}", "\u{fe0f}\u{a0}\u{2800}"] {
            assert!(!is_readable(text), "{text:?}");
        }
        for text in ["x", " ß", "שלום", "\u{200b}1"] {
            assert!(is_readable(text), "{text:?}");
        }
    }

    #[test]
    fn thousands_are_grouped() {
        let numbers =
            [(0, "0"), (999, "999"), (1_000, "1,000"), (20_000, "20,000"), (1_234_567, "1,234,567")];
        for (number, text) in numbers {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn numbers_have_nouns_and_long_lists_an_end() {
        assert_eq!([0, 1, 2].map(|count| counted(count, "box", "boxes")), ["0 boxes", "1 box", "2 boxes"]);
        assert_eq!(listed(&[], 2), "");
        assert_eq!(listed(&["a", "b", "c"], 2), "a, b, c");
        assert_eq!(listed(&["a", "b", "c", "d"], 2), "a, b and 2 more");
    }
}

//! Texts of unknown origin as they may be shown: what cannot be seen is made visible.

use std::borrow::Cow;

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
    fn thousands_are_grouped() {
        let numbers =
            [(0, "0"), (999, "999"), (1_000, "1,000"), (20_000, "20,000"), (1_234_567, "1,234,567")];
        for (number, text) in numbers {
            assert_eq!(grouped(number), text);
        }
    }
}

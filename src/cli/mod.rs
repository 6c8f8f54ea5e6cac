//! The command line: one file per noun's subcommands.

pub mod architecture;
pub mod pictures;
pub mod runs;
pub mod schema;
pub mod tools;

use std::borrow::Cow;
use std::io::{self, Write};

use crate::problem::Problem;

/// A problem on one line, its place last.
pub(crate) fn sentence(problem: &Problem) -> String {
    if problem.at.is_empty() {
        problem.message.clone()
    } else {
        format!("{}: {}", problem.message, problem.at)
    }
}

/// Says what is missing, a line each; an answer of which something is missing ends with 1.
pub(crate) fn tell(sentences: &[String], err: &mut dyn Write) -> io::Result<u8> {
    for sentence in sentences {
        writeln!(err, "mlops-atlas: {}", one_line(sentence))?;
    }
    Ok(u8::from(!sentences.is_empty()))
}

/// A text of unknown origin as one line of a terminal: what would move the cursor, colour, retitle or turn the
/// direction is shown as an escape.
pub fn one_line(text: &str) -> Cow<'_, str> {
    let turns = |letter| matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let odd = |letter: char| letter.is_control() || turns(letter);
    if !text.contains(odd) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if odd(letter) { out.extend(letter.escape_default()) } else { out.push(letter) }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn nothing_of_a_foreign_text_steers_the_terminal() {
        for (text, shown) in [
            ("plain ünïcode 🙂 שלום", "plain ünïcode 🙂 שלום"),
            ("a\nb\tc", "a\\nb\\tc"),
            ("\u{1b}[31mred\u{7}", "\\u{1b}[31mred\\u{7}"),
            ("\u{202e}txt.exe", "\\u{202e}txt.exe"),
            ("nul\0", "nul\\u{0}"),
        ] {
            assert_eq!(one_line(text), shown);
        }
    }
}

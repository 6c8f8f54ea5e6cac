//! Texts against patterns: SQL's LIKE, regular expressions, and a text within another whatever the case.

use memchr::memchr2;
use regex::{Regex, RegexBuilder};

/// A pattern in which `%` stands for any letters and `_` for one, as SQLite reads it.
#[derive(Debug)]
pub(super) struct Like {
    letters: Vec<char>,
    ignores_case: bool,
}

impl Like {
    /// With `ignores_case` A to Z are a to z; other letters are what they are, as in SQLite's `lower`.
    pub fn new(pattern: &str, ignores_case: bool) -> Self {
        Self { letters: pattern.chars().collect(), ignores_case }
    }

    /// Whether the whole text fits.
    pub fn fits(&self, text: &str) -> bool {
        let is_same =
            |own: char, other: char| own == other || (self.ignores_case && own.eq_ignore_ascii_case(&other));
        let mut rest = text.chars();
        let mut at = 0;
        // Behind the latest `%`: the place in the pattern, and the text from which it was tried last.
        let mut star: Option<(usize, std::str::Chars<'_>)> = None;
        loop {
            let before = rest.clone();
            let letter = rest.next();
            match (self.letters.get(at), letter) {
                (Some('%'), _) => {
                    at += 1;
                    star = Some((at, before.clone()));
                    rest = before;
                    if at == self.letters.len() {
                        return true;
                    }
                }
                (Some(own), Some(letter)) if *own == '_' || is_same(*own, letter) => at += 1,
                (None, None) => return true,
                (_, None) => return false,
                _ => match &mut star {
                    Some((place, from)) => {
                        from.next();
                        at = *place;
                        rest = from.clone();
                    }
                    None => return false,
                },
            }
        }
    }
}

/// A regular expression that cannot grow without bound.
pub(super) fn regex(pattern: &str) -> Result<Regex, String> {
    let built =
        RegexBuilder::new(pattern).size_limit(1 << 20).dfa_size_limit(1 << 20).nest_limit(100).build();
    built.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => "it is too large".to_owned(),
        // The last line says what is wrong, those before show where.
        other => {
            let text = other.to_string();
            text.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
        }
    })
}

/// A text that is looked for whatever the case.
#[derive(Debug)]
pub(super) struct Wanted {
    /// In lower case.
    text: String,
    /// Its first byte, small and capital, where all of it is ASCII.
    first: Option<[u8; 2]>,
}

impl Wanted {
    pub fn new(text: &str) -> Self {
        let text = text.to_lowercase();
        let first = text.bytes().next().filter(|_| text.is_ascii());
        Self { text, first: first.map(|first| [first, first.to_ascii_uppercase()]) }
    }

    pub fn is_in(&self, text: &str) -> bool {
        let Some([small, capital]) = self.first else {
            return !text.is_ascii() && text.to_lowercase().contains(&self.text);
        };
        let (wanted, mut rest) = (self.text.as_bytes(), text.as_bytes());
        while let Some(at) = memchr2(small, capital, rest) {
            match rest.get(at..at + wanted.len()) {
                Some(part) if part.eq_ignore_ascii_case(wanted) => return true,
                Some(_) => rest = &rest[at + 1..],
                None => return false,
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_fits_whole_texts_as_sqlite_has_it() {
        for (pattern, text, plain, ignoring) in [
            ("res%", "resnet18", true, true),
            ("RES%", "resnet18", false, true),
            ("vit_tiny", "vit-tiny", true, true),
            ("vit_tiny", "vit--tiny", false, false),
            ("%t-t%", "vit-tiny", true, true),
            ("%", "", true, true),
            ("_", "", false, false),
            ("", "", true, true),
            ("", "a", false, false),
            ("a%b%c", "aXbYbZc", true, true),
            ("a%b%c", "aXbYbZ", false, false),
            ("%%", "a", true, true),
            ("_", "é", true, true),
            // SQLite's lower() knows A to Z.
            ("É%", "é", false, false),
            ("100\\%", "100%", false, false),
        ] {
            assert_eq!(Like::new(pattern, false).fits(text), plain, "{pattern} on {text}");
            assert_eq!(
                Like::new(pattern, true).fits(text),
                ignoring,
                "{pattern} on {text} whatever the case"
            );
        }
    }

    #[test]
    fn many_signs_on_a_long_text_end() {
        let like = Like::new(&format!("{}b", "%a".repeat(200)), false);
        assert!(!like.fits(&"a".repeat(20_000)));
    }

    #[test]
    fn a_text_is_found_whatever_the_case() {
        for (wanted, text, found) in [
            ("net", "ResNet-50", true),
            ("NET", "resnet", true),
            ("nets", "resnet", false),
            ("ß", "STRAẞE", true),
            ("é", "É", true),
            ("🙂", "nan-inf 🙂", true),
            ("a", "", false),
            ("aab", "aaab", true),
        ] {
            assert_eq!(Wanted::new(wanted).is_in(text), found, "{wanted} in {text}");
        }
    }

    #[test]
    fn a_regular_expression_is_bounded() {
        assert!(regex("^trial-0[12]$").is_ok_and(|regex| regex.is_match("trial-02")));
        assert_eq!(regex("a{1000}{1000}{1000}").map(|_| ()), Err("it is too large".to_owned()));
        assert_eq!(regex("(").map(|_| ()), Err("unclosed group".to_owned()));
    }
}

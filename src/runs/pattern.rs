//! Names that are asked for by a pattern, as shells have it: `val/*`.

use crate::shown::one_line;

/// A name, or a pattern in which `*` stands for any letters and `?` for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    text: String,
    letters: Vec<char>,
}

impl Pattern {
    /// Of a text; every text is one.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { letters: text.chars().collect(), text }
    }

    /// The text it was made of.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it stands for many names.
    pub fn is_glob(&self) -> bool {
        self.letters.contains(&'*') || self.letters.contains(&'?')
    }

    /// Whether a name fits: it is the very text, or what is shown of it is (where it holds what nobody can type), or the
    /// pattern fits it as a whole.
    pub fn fits(&self, name: &str) -> bool {
        name == self.text
            || (self.is_glob() && self.fits_letters(&name.chars().collect::<Vec<_>>()))
            || (self.text.contains('\\') && one_line(name) == self.text)
    }

    /// Whenever the letters behind a `*` do not fit, that star takes one letter more. The star before it need not be
    /// tried again, so the time is at most the product of both lengths.
    fn fits_letters(&self, name: &[char]) -> bool {
        let (mut at, mut letter, mut star) = (0, 0, None);
        while letter < name.len() {
            match self.letters.get(at) {
                Some('*') => {
                    star = Some((at, letter));
                    at += 1;
                }
                Some(own) if *own == '?' || *own == name[letter] => (at, letter) = (at + 1, letter + 1),
                _ => match star {
                    Some((place, taken)) => {
                        star = Some((place, taken + 1));
                        (at, letter) = (place + 1, taken + 1);
                    }
                    None => return false,
                },
            }
        }
        self.letters[at..].iter().all(|letter| *letter == '*')
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn a_pattern_fits_whole_names() {
        for (pattern, name, fits) in [
            ("val/*", "val/loss", true),
            ("val/*", "val/", true),
            ("val/*", "eval/loss", false),
            ("*loss", "val/loss", true),
            ("*loss", "losses", false),
            ("*a*b*c", "xaaybbzc", true),
            ("*a*b*c", "xaaybbz", false),
            ("loss_?", "loss_é", true),
            ("loss_?", "loss_10", false),
            ("*", "", true),
            ("?", "", false),
            ("", "", true),
            ("loss", "loss", true),
            ("loss", "Loss", false),
            // A name that looks like a pattern is found by itself.
            ("f*[1]", "f*[1]", true),
            ("loss\\n", "loss\n", true),
        ] {
            assert_eq!(Pattern::new(pattern).fits(name), fits, "{pattern} on {name}");
        }
    }

    #[test]
    fn many_stars_on_a_long_name_end() {
        let pattern = Pattern::new(format!("{}b", "*a".repeat(200)));
        assert!(!pattern.fits(&"a".repeat(20_000)));
    }
}

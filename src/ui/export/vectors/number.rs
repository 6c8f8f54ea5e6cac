//! Numbers, colours and foreign text as SVG writes them.

use std::fmt::{Arguments, Display, Formatter, Result, Write as _};

use egui::Color32;

/// Appends what `format_args!` holds.
pub(super) fn append(text: &mut String, more: Arguments<'_>) {
    text.push_str(&more.to_string());
}

/// A length with at most two decimals: a hundredth of a point is less than any screen or printer shows.
#[derive(Clone, Copy)]
pub(super) struct Number(pub f32);

impl Display for Number {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        // What is no number becomes 0.
        let hundredths = (f64::from(self.0) * 100.0).round() as i64;
        let sign = if hundredths < 0 { "-" } else { "" };
        let (whole, rest) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
        if rest == 0 {
            write!(f, "{sign}{whole}")
        } else if rest.is_multiple_of(10) {
            write!(f, "{sign}{whole}.{}", rest / 10)
        } else {
            write!(f, "{sign}{whole}.{rest:02}")
        }
    }
}

/// A place, as path data holds it.
pub(super) struct Place(pub egui::Pos2);

impl Display for Place {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{} {}", Number(self.0.x), Number(self.0.y))
    }
}

/// The attributes that paint with a colour: `fill` or `stroke`, and its opacity where it has one.
pub(super) struct Ink(pub &'static str, pub Color32);

impl Display for Ink {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let Self(what, color) = self;
        let [r, g, b, alpha] = color.to_srgba_unmultiplied();
        match alpha {
            0 => write!(f, " {what}=\"none\""),
            255 => write!(f, " {what}=\"#{r:02x}{g:02x}{b:02x}\""),
            _ => write!(f, " {what}=\"#{r:02x}{g:02x}{b:02x}\" {what}-opacity=\"{:.3}\"", Alpha(alpha)),
        }
    }
}

/// An alpha of 0 to 255 as 0 to 1.
pub(super) struct Alpha(pub u8);

impl Display for Alpha {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        (f32::from(self.0) / 255.0).fmt(f)
    }
}

/// Text that may hold anything, for an element or an attribute; what XML cannot hold becomes U+FFFD.
pub(super) struct Escaped<'a>(pub &'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for letter in self.0.chars() {
            match letter {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                    f.write_char('\u{fffd}')?;
                }
                letter => f.write_char(letter)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_never_exponents() {
        for (number, text) in [
            (0.0, "0"),
            (-0.001, "0"),
            (1.0, "1"),
            (-12.5, "-12.5"),
            (0.05, "0.05"),
            (2.345678, "2.35"),
            (99.999, "100"),
            (1e7, "10000000"),
            (f32::NAN, "0"),
        ] {
            assert_eq!(Number(number).to_string(), text);
        }
    }

    #[test]
    fn colours_are_written_without_their_alpha_multiplied_in() {
        let half = Color32::from_rgba_unmultiplied(200, 100, 0, 128);
        // Colours are kept as bytes already multiplied: 200 · 128/255 is kept as 100, and 100 · 255/128 is 199.
        assert_eq!(Ink("fill", half).to_string(), " fill=\"#c76400\" fill-opacity=\"0.502\"");
        assert_eq!(Ink("stroke", Color32::WHITE).to_string(), " stroke=\"#ffffff\"");
        assert_eq!(Ink("fill", Color32::TRANSPARENT).to_string(), " fill=\"none\"");
    }

    #[test]
    fn no_text_breaks_the_document() {
        assert_eq!(
            Escaped("<a href=\"x\">&\u{1b}\u{ffff}é").to_string(),
            "&lt;a href=&quot;x&quot;&gt;&amp;\u{fffd}\u{fffd}é"
        );
    }
}

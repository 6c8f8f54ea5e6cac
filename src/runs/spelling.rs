//! Numbers in texts, told apart by what they are and not by how they are spelled.

use std::borrow::Cow;

/// A text in one spelling: of a number the one that all its spellings share, exactly as many digits as it has (`0.10`,
/// `1e-1` and `+.1` are `1e-1`); every other text as it is. Blanks around a number do not count.
pub fn canonical(text: &str) -> Cow<'_, str> {
    number(text).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// The one spelling of a number; none for a text that is none, or whose exponent no number has.
fn number(text: &str) -> Option<String> {
    let text = text.trim();
    let (is_negative, rest) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    if rest.eq_ignore_ascii_case("nan") {
        return Some("nan".to_owned());
    }
    let sign = if is_negative { "-" } else { "" };
    if rest.eq_ignore_ascii_case("inf") || rest.eq_ignore_ascii_case("infinity") {
        return Some(format!("{sign}inf"));
    }
    let (mantissa, exponent) = match rest.find(['e', 'E']) {
        Some(at) => (&rest[..at], rest[at + 1..].parse::<i64>().ok()?),
        None => (rest, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) || whole.len() + fraction.len() == 0 {
        return None;
    }
    let digits = format!("{whole}{fraction}");
    let digits = digits.trim_start_matches('0');
    let significant = digits.trim_end_matches('0');
    if significant.is_empty() {
        return Some("0".to_owned());
    }
    let trailing = (digits.len() - significant.len()) as i64;
    let exponent = exponent.checked_sub(fraction.len() as i64)?.checked_add(trailing)?;
    Some(format!("{sign}{significant}e{exponent}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_spelling_and_no_digit_is_lost() {
        for same in [
            &["0.1", "0.10", ".1", "1e-1", "+1E-01", "0.01e1", " 0.1 "][..],
            &["100", "1e2", "1E+2", "100.", "100.00", "0100"],
            &["0", "-0", "0.0", "0e9", "-0.000"],
            &["-inf", "-Infinity", "-INF"],
            &["nan", "NaN", "-nan"],
        ] {
            for text in same {
                assert_eq!(canonical(text), canonical(same[0]), "{text}");
            }
        }
        for (a, b) in [
            ("9007199254740993", "9007199254740992"),
            ("0.1", "0.1000000000000000055511151231257827"),
            ("0.1", "-0.1"),
            ("1e400", "inf"),
            ("adam", "Adam"),
            ("True", "1"),
            ("", "0"),
            ("1_000", "1000"),
            ("0x10", "16"),
        ] {
            assert_ne!(canonical(a), canonical(b), "{a} {b}");
        }
        for text in ["", ".", "-", "e5", "1e", "1e5.0", "1.2.3", "1e99999999999999999999", "½", "- 1"] {
            assert_eq!(canonical(text), text);
        }
    }
}

//! What a cell of a text table says: a number, a whole number, a moment, or nothing.

/// The numbers below this are years before 1974 when they are taken for seconds, so they are no moments of a run.
const LEAST_SECONDS: f64 = 1e8;

/// Whether a cell says that there is no value: it is empty, or what Keras, pandas and others write for that.
pub fn is_blank(text: &str) -> bool {
    matches!(text.trim(), "" | "NA" | "N/A" | "<NA>" | "null" | "NULL" | "None" | "none")
}

/// A number, `nan` and infinities in any spelling included. A decimal comma is none.
pub fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok()
}

/// A whole number, also when it is written as `10.0`.
pub fn whole(text: &str) -> Option<i64> {
    let text = text.trim();
    text.parse().ok().or_else(|| whole_of(text.parse().ok()?))
}

/// A number that is whole and so small that no digit of it is lost.
pub fn whole_of(value: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (value.fract() == 0.0 && value.abs() <= EXACT).then_some(value as i64)
}

/// A moment in microseconds since 1970: ISO 8601 (UTC where it names no zone), or a number, see [`moment_of`].
pub fn moment(text: &str) -> Option<i64> {
    let text = text.trim();
    if let Ok(whole) = text.parse::<i64>() {
        return moment_of_whole(whole);
    }
    if let Ok(number) = text.parse::<f64>() {
        return moment_of(number);
    }
    let stamp = text.parse::<jiff::Timestamp>().ok().or_else(|| {
        let local = text.parse::<jiff::civil::DateTime>().ok()?;
        local.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
    })?;
    Some(stamp.as_microsecond())
}

/// Seconds, milliseconds, microseconds or nanoseconds since 1970, by size: seconds up to the year 5138.
pub fn moment_of(number: f64) -> Option<i64> {
    let micros = match number.abs() {
        size if size < 1e11 => number * 1e6,
        size if size < 1e14 => number * 1e3,
        size if size < 1e17 => number,
        _ => number / 1e3,
    };
    (micros.abs() < i64::MAX as f64).then(|| micros.round() as i64)
}

/// The same of a whole number, of which no digit is lost.
pub fn moment_of_whole(number: i64) -> Option<i64> {
    match number.unsigned_abs() {
        0..100_000_000_000 => number.checked_mul(1_000_000),
        100_000_000_000..100_000_000_000_000 => number.checked_mul(1_000),
        100_000_000_000_000..100_000_000_000_000_000 => Some(number),
        _ => Some(number.div_euclid(1_000)),
    }
}

/// Whether a cell is a moment that a run may have had: a small number more likely counts the seconds of a run.
pub fn is_moment(text: &str) -> bool {
    match number(text) {
        Some(number) => number >= LEAST_SECONDS && number.is_finite(),
        None => moment(text).is_some(),
    }
}

/// Whether a cell would be a number if its comma were a point.
pub fn has_decimal_comma(text: &str) -> bool {
    text.matches(',').count() == 1 && number(text).is_none() && number(&text.replace(',', ".")).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_every_spelling_that_trackers_write() {
        let cases = [
            ("0.1", Some(0.1)),
            (" -1e-7 ", Some(-1e-7)),
            ("5", Some(5.0)),
            ("nan", Some(f64::NAN)),
            ("NaN", Some(f64::NAN)),
            ("inf", Some(f64::INFINITY)),
            ("Infinity", Some(f64::INFINITY)),
            ("-inf", Some(f64::NEG_INFINITY)),
            ("-Infinity", Some(f64::NEG_INFINITY)),
            ("0,5", None),
            ("True", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(number(text).map(f64::to_bits), expected.map(f64::to_bits), "{text}");
        }
        assert_eq!(
            (whole("10"), whole("10.0"), whole("0.5"), whole("1e3")),
            (Some(10), Some(10), None, Some(1000))
        );
        assert_eq!(whole("9223372036854775807"), Some(i64::MAX));
        assert!(has_decimal_comma("0,5") && !has_decimal_comma("0.5") && !has_decimal_comma("a,b"));
        assert!(["", " ", "NA", "null", "None"].iter().all(|text| is_blank(text)) && !is_blank("nan"));
    }

    /// The expected moments are those of `date -u -d '2023-11-14 22:13:20' +%s`.
    #[test]
    fn moments_are_read_as_text_and_in_every_unit() {
        let micros = 1_700_000_000_000_000;
        for text in [
            "2023-11-14T22:13:20Z",
            "2023-11-14 22:13:20",
            "2023-11-14T22:13:20.000000",
            "2023-11-14 23:13:20+01:00",
            "1700000000",
            "1700000000.0",
            "1.7e9",
            "1700000000000",
            "1700000000000000",
            "1700000000000000000",
        ] {
            assert_eq!(moment(text), Some(micros), "{text}");
        }
        assert_eq!(moment("1700000000.25"), Some(micros + 250_000));
        assert_eq!(moment("2023-11-14"), Some(1_699_920_000_000_000));
        for text in ["yesterday", "nan", "inf", ""] {
            assert_eq!(moment(text), None, "{text}");
        }
        assert!(!is_moment("12.5") && is_moment("1700000000") && is_moment("2023-11-14"));
    }
}

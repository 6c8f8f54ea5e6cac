//! Numbers, times and lengths of time as a filter writes them.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::clause::{Precision, Scalar};

/// Units of lengths of time, the longest first: what is written, what else is read, microseconds.
const UNITS: [(&str, &[&str], i64); 6] = [
    ("w", &["week", "weeks"], 604_800_000_000),
    ("d", &["day", "days"], 86_400_000_000),
    ("h", &["hour", "hours"], 3_600_000_000),
    ("m", &["min", "minute", "minutes"], 60_000_000),
    ("s", &["sec", "second", "seconds"], 1_000_000),
    ("ms", &[], 1_000),
];

/// A number, also `nan`, `inf` and `-inf`.
pub(super) fn number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_word = ["nan", "inf", "infinity"].iter().any(|word| digits.eq_ignore_ascii_case(word));
    let is_number = digits.starts_with(|first: char| first.is_ascii_digit() || first == '.');
    if is_word || is_number { text.parse().ok() } else { None }
}

/// A number as it is written, in every digit.
pub(super) fn number_text(value: f64) -> String {
    if value.is_nan() {
        "nan".to_owned()
    } else if value.is_infinite() {
        if value > 0.0 { "inf" } else { "-inf" }.to_owned()
    } else if value.fract() == 0.0 && value.abs() < 1e15 {
        format!("{value:.0}")
    } else {
        format!("{value:?}")
    }
}

/// A length of time such as `10m`, `1h30m` or `-7d`, in microseconds.
pub(super) fn span(text: &str) -> Option<i64> {
    let (is_negative, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let mut total = 0_f64;
    while !rest.is_empty() {
        let digits = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.')?;
        let amount: f64 = rest[..digits].parse().ok()?;
        let behind = &rest[digits..];
        let length =
            behind.find(|letter: char| letter.is_ascii_digit() || letter == '.').unwrap_or(behind.len());
        let word = &behind[..length];
        let (_, _, unit) =
            UNITS.iter().find(|(short, others, _)| *short == word || others.contains(&word))?;
        total += amount * *unit as f64;
        rest = &behind[length..];
    }
    // A hundred centuries; what is longer is no length of a run, and not every microsecond of it could be told.
    let is_sensible = text.len() > usize::from(is_negative) && total <= 3.2e17;
    let whole = total.round() as i64;
    is_sensible.then_some(if is_negative { -whole } else { whole })
}

/// A length of time as it is written.
pub(super) fn span_text(micros: i64) -> String {
    let mut text = if micros < 0 { "-".to_owned() } else { String::new() };
    let mut rest = micros.unsigned_abs();
    for (word, _, unit) in UNITS {
        let count = rest / unit as u64;
        rest %= unit as u64;
        if count > 0 {
            text.push_str(&count.to_string());
            text.push_str(word);
        }
    }
    if rest > 0 {
        return format!("{text}0.{rest:03}ms");
    }
    if text.is_empty() { "0s".to_owned() } else { text }
}

/// A time in UTC unless it says another zone: `2026-11`, `2026-11-01`, `2026-11-01T08:30`, `2026-11-01 08:30:00.5+02:00`.
pub(super) fn time(text: &str) -> Option<Scalar> {
    let utc = |time: DateTime| time.to_zoned(TimeZone::UTC).ok().map(|time| time.timestamp());
    // The program's own week numbers and the like are none of a filter's.
    if !text.starts_with(|first: char| first.is_ascii_digit()) || !text.contains('-') {
        return None;
    }
    let (time, precision) = if text.len() == 7 {
        (utc(format!("{text}-01").parse::<Date>().ok()?.at(0, 0, 0, 0))?, Precision::Month)
    } else if text.len() == 10 {
        (utc(text.parse::<Date>().ok()?.at(0, 0, 0, 0))?, Precision::Day)
    } else if let Ok(time) = text.parse::<jiff::Timestamp>() {
        (time, Precision::Instant)
    } else {
        (utc(text.parse::<DateTime>().ok()?)?, Precision::Instant)
    };
    Some(Scalar::Time(time.as_microsecond(), precision))
}

/// A time as it is written, without quotes.
pub(super) fn time_text(micros: i64, precision: Precision) -> String {
    let Ok(time) = jiff::Timestamp::from_microsecond(micros) else { return String::new() };
    let text = time.to_string();
    match precision {
        Precision::Month => text[..7].to_owned(),
        Precision::Day => text[..10].to_owned(),
        Precision::Instant => text,
    }
}

/// The microseconds at which a written time ends, behind its last one.
pub(super) fn time_end(micros: i64, precision: Precision) -> i64 {
    match precision {
        Precision::Instant => micros.saturating_add(1_000),
        Precision::Day => micros.saturating_add(86_400_000_000),
        Precision::Month => {
            let next = jiff::Timestamp::from_microsecond(micros).ok().and_then(|time| {
                let first = time.to_zoned(TimeZone::UTC).date();
                let next = first.checked_add(jiff::Span::new().months(1)).ok()?;
                next.to_zoned(TimeZone::UTC).ok().map(|time| time.timestamp().as_microsecond())
            });
            next.unwrap_or(i64::MAX)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_are_read_and_written() {
        for (text, micros, written) in [
            ("10m", Some(600_000_000), "10m"),
            ("1h30m", Some(5_400_000_000), "1h30m"),
            ("1.5h", Some(5_400_000_000), "1h30m"),
            ("-7d", Some(-604_800_000_000), "-1w"),
            ("90s", Some(90_000_000), "1m30s"),
            ("250ms", Some(250_000), "250ms"),
            ("0.5ms", Some(500), "0.500ms"),
            ("0s", Some(0), "0s"),
            ("2days", Some(172_800_000_000), "2d"),
            ("7", None, ""),
            ("-", None, ""),
            ("", None, ""),
            ("m", None, ""),
            ("1y", None, ""),
            ("99999999999999w", None, ""),
        ] {
            assert_eq!(span(text), micros, "{text}");
            if let Some(micros) = micros {
                assert_eq!(span_text(micros), written, "{text}");
                assert_eq!(span(written), Some(micros), "{text}");
            }
        }
    }

    #[test]
    fn times_are_utc_unless_they_say_otherwise() {
        for (text, expected) in [
            ("1970-01-02", Some((86_400_000_000, Precision::Day, 172_800_000_000))),
            ("1970-02", Some((2_678_400_000_000, Precision::Month, 5_097_600_000_000))),
            ("1970-01-01T00:00:01Z", Some((1_000_000, Precision::Instant, 1_001_000))),
            ("1970-01-01T01:00:01+01:00", Some((1_000_000, Precision::Instant, 1_001_000))),
            ("1970-01-01 00:01", Some((60_000_000, Precision::Instant, 60_001_000))),
            ("1970-13-01", None),
            ("tomorrow", None),
            ("1970", None),
        ] {
            let found = match time(text) {
                Some(Scalar::Time(micros, precision)) => {
                    let written = time_text(micros, precision);
                    assert_eq!(time(&written), Some(Scalar::Time(micros, precision)), "{text}");
                    Some((micros, precision, time_end(micros, precision)))
                }
                _ => None,
            };
            assert_eq!(found, expected, "{text}");
        }
    }
}

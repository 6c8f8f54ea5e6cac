//! Times as texts: with a zone, or local to the machine that wrote them, which keeps no word of where it was.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// Microseconds since 1970 of a time in ISO 8601; one without a zone is read as local time of this machine. None where it
/// is no time.
pub(super) fn parse(text: &str, zone: &TimeZone) -> Option<i64> {
    if let Ok(time) = text.parse::<jiff::Timestamp>() {
        return Some(time.as_microsecond());
    }
    // A time that the clocks skipped or repeated is the one that Python takes as well: later, or the first.
    let local: DateTime = text.parse().ok()?;
    Some(local.to_zoned(zone.clone()).ok()?.timestamp().as_microsecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers are those of Python's `datetime.fromisoformat(…).timestamp()`.
    #[test]
    fn a_time_without_a_zone_is_local_and_one_with_a_zone_is_not() {
        let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
        let known = [
            ("2026-11-23 03:14:15.056707", Some(1_795_400_055_056_707)),
            ("2026-07-01T12:00:00", Some(1_782_900_000_000_000)),
            // The clocks went from 2 to 3, and back from 3 to 2.
            ("2026-03-29 02:30:00", Some(1_774_747_800_000_000)),
            ("2026-10-25 02:30:00", Some(1_792_888_200_000_000)),
            ("2026-11-23T03:14:41.511224+00:00", Some(1_795_403_681_511_224)),
            ("2026-11-23T03:14:41Z", Some(1_795_403_681_000_000)),
            ("noon", None),
            ("", None),
        ];
        for (text, time) in known {
            assert_eq!(parse(text, &zone), time, "{text}");
        }
    }
}

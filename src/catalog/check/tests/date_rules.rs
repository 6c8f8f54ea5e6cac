//! Days: none lies ahead, none lasts too long. Today is 2026-12-01.

use super::*;

fn of(more: &[(&str, &str)]) -> Vec<&'static str> {
    let found = fires(&format!("{NAME}{}", claim("x", more))).into_iter().map(|(rule, _)| rule);
    found.filter(|rule| !matches!(*rule, "few-claims" | "no-alternative")).collect()
}

#[test]
fn a_review_is_fresh_for_as_long_as_its_topic_allows() {
    // From 2026-11-01: 181 days end on 2027-05-01, 366 on 2027-11-02, 731 on 2028-11-01 (2028 is a leap year).
    for (topic, last, too_late) in [
        ("security", "2027-05-01", "2027-05-02"),
        ("license", "2027-05-01", "2027-05-02"),
        ("community", "2027-05-01", "2027-05-02"),
        ("governance", "2027-05-01", "2027-05-02"),
        ("cost", "2027-05-01", "2027-05-02"),
        ("ops", "2027-11-02", "2027-11-03"),
        ("scale", "2027-11-02", "2027-11-03"),
        ("performance", "2027-11-02", "2027-11-03"),
        ("api", "2027-11-02", "2027-11-03"),
        ("feature", "2027-11-02", "2027-11-03"),
        ("integration", "2027-11-02", "2027-11-03"),
        ("design", "2028-11-01", "2028-11-02"),
    ] {
        assert_eq!(of(&[("topic", topic), ("stale_after", last)]), [] as [&str; 0], "{topic}");
        assert_eq!(of(&[("topic", topic), ("stale_after", too_late)]), ["stale-too-late"], "{topic}");
    }
}

#[test]
fn reviews_have_days_in_their_order() {
    let draft = ("status", "draft");
    let cases: [(Keys<'_>, &[&str]); 8] = [
        (&[("reviewed_on", "")], &["review-undated"]),
        (&[("stale_after", "")], &["review-undated"]),
        (&[draft, ("reviewed_on", ""), ("stale_after", "")], &[]),
        (&[("stale_after", "2026-11-01")], &["date-order", "stale-claim"]),
        (&[("reviewed_on", "2026-01-01"), ("stale_after", "2026-12-01")], &[]),
        (&[("reviewed_on", "2026-01-01"), ("stale_after", "2026-11-30")], &["stale-claim"]),
        (&[("reviewed_on", "2026-12-01")], &[]),
        (&[("reviewed_on", "2026-12-02")], &["future-date"]),
    ];
    for (more, expected) in cases {
        assert_eq!(of(more), expected, "{more:?}");
    }
}

#[test]
fn nothing_was_seen_before_its_time() {
    let status =
        |seen: &str, rest: &str| format!("{NAME}[status]\nstate = \"alive\"\nseen_on = \"{seen}\"\n{rest}");
    let looked = "[license]\nclass = \"unknown\"\nchecked_on = \"2026-11-01\"";
    let hosted = |days: &str| format!("{NAME}[[foundation]]\norg = \"F\"\n{days}");
    table(&[
        (status("2026-12-01", ""), &[]),
        (status("2026-12-02", ""), &[("future-date", Some(3))]),
        (status("2026-11-01", looked), &[]),
        (status("2026-11-02", looked), &[("seen-after-checked", Some(3))]),
        // A later look at a relation's source counts as a look.
        (
            status(
                "2026-11-02",
                &format!("{looked}\n{}", relation("part_of", "b", &EVIDENCE.replace("11-01", "11-02"))),
            ),
            &[],
        ),
        (format!("{NAME}first_release_year = 2026"), &[]),
        (format!("{NAME}first_release_year = 2027"), &[("future-date", Some(3))]),
        (hosted("accepted = \"2024-01-01\"\ngraduated = \"2026-01-01\""), &[]),
        (hosted("accepted = \"2024-01-01\"\ngraduated = \"2023-01-01\""), &[("date-order", Some(3))]),
        (hosted("seen_on = \"2026-12-02\""), &[("future-date", Some(3))]),
        (
            format!("{NAME}[license]\nclass = \"unknown\"\nchecked_on = \"2026-12-02\""),
            &[("future-date", Some(3))],
        ),
        (
            format!("{NAME}{}", relation("part_of", "b", &EVIDENCE.replace("11-01", "12-02"))),
            &[("future-date", Some(3))],
        ),
        (format!("{NAME}[status]\nstate = \"alive\"\nseen_on = \"2026-02-30\""), &[("bad-date", Some(5))]),
    ]);
}

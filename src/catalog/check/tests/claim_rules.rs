//! Claims: their ids, topics and words.

use super::*;

/// The rules that fire for one reviewed claim, without those about the entry as a whole.
fn of(more: &[(&str, &str)]) -> Vec<(&'static str, Option<usize>)> {
    let mut found = fires(&format!("{NAME}{}", claim("x", more)));
    found.retain(|(rule, _)| !matches!(*rule, "few-claims" | "no-alternative"));
    found
}

#[test]
fn a_claim_is_one_sentence_that_can_be_checked() {
    let exactly = |n: usize| format!("{}.", "é".repeat(n - 1));
    let cases: [(Keys<'_>, Fires); 14] = [
        (&[], &[]),
        (&[("text", &exactly(240))], &[]),
        (&[("text", &exactly(241))], &[("claim-too-long", Some(3))]),
        (&[("text", &exactly(20))], &[]),
        (&[("text", &exactly(19))], &[("claim-too-short", Some(3))]),
        (&[("text", "It keeps all runs in one file")], &[("claim-full-stop", Some(3))]),
        (&[("text", "It keeps all runs\nin one file.")], &[("claim-lines", Some(3))]),
        (&[("text", "It has a large community of users.")], &[("generic-phrase", Some(3))]),
        (&[("text", "One writer … at a time.")], &[("claim-copied", Some(3))]),
        (&[("topic", "scope")], &[("unknown-topic", Some(3))]),
        (&[("topic", "security"), ("stale_after", "2027-04-01")], &[]),
        (&[("id", "Con Writer")], &[("claim-id", Some(3))]),
        (&[("id", "con_writer")], &[("claim-id", Some(3))]),
        (&[("id", "con-writer")], &[]),
    ];
    for (more, expected) in cases {
        assert_eq!(of(more), expected, "{more:?}");
    }
}

#[test]
fn words_of_drafts_are_told_and_do_not_fail() {
    for (status, expected) in [("reviewed", Severity::Error), ("draft", Severity::Warning)] {
        for (key, value) in [("topic", "scope"), ("text", "It has a large community of users.")] {
            let text = format!("{NAME}{}", claim("x", &[(key, value), ("status", status)]));
            let found = findings(&text);
            let wrong = found.iter().find(|f| matches!(f.rule, "unknown-topic" | "generic-phrase"));
            assert_eq!(wrong.map(|f| f.severity), Some(expected), "{text}");
        }
    }
}

#[test]
fn no_claim_is_told_twice() {
    let base = format!("{NAME}{}", balanced());
    let added = |more: &[(&str, &str)]| {
        let mut found = fires(&format!("{base}{}", claim("last", more)));
        for (_, line) in &mut found {
            *line = None;
        }
        found
    };
    assert_eq!(added(&[("text", "Models are sent in chunks above 2 GB.")]), []);
    assert_eq!(
        added(&[("text", "A second scheduler needs PostgreSQL 14.")]),
        [("near-duplicate", None)],
        "four of five words are those of another claim"
    );
    assert_eq!(
        added(&[("text", "Models are sent in chunks above 2 GB."), ("id", "gamma")]),
        [("duplicate-claim", None)]
    );
}

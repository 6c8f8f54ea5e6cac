//! Filters of any text: read or told where they go wrong, written so that they are read back, and completed anywhere.

use std::fmt::Write as _;

use mlops_atlas::runs::filter::{Context, complete};
use mlops_atlas::runs::{Filter, Grammar, Keys, OrderKey, Run, RunSet};
use proptest::prelude::*;

use super::tried;

fn set() -> RunSet {
    let mut keys = [Keys::default(), Keys::default(), Keys::default()];
    let mut runs = Vec::new();
    for (at, value) in ["", "0.1", "é`\"'\\", "ResNet"].into_iter().enumerate() {
        runs.push(Run {
            name: value.into(),
            start_time: Some(at as i64 * 1_000_000),
            metrics: vec![(keys[0].place("loss"), [0.5, f64::NAN, f64::INFINITY, -0.0][at])],
            params: vec![(keys[1].place(["a b", "lr", "é", "x`y"][at]), value.into())],
            tags: vec![(keys[2].place("t"), value.into())],
            ..Run::bare(at.to_string())
        });
    }
    RunSet::collected(Vec::new(), keys, runs)
}

/// Whatever the text: nothing panics, places lie within it, and what is read is written so that it is read back.
fn holds(text: &str, set: &RunSet) {
    let [strict, wide] = [Grammar::Mlflow, Grammar::Extended].map(|grammar| Filter::parse(text, grammar));
    for error in [&strict, &wide].into_iter().filter_map(|read| read.as_ref().err()) {
        assert!(text.get(error.at.clone()).is_some(), "{text:?}: {error:?}");
        assert!(error.character(text) <= text.chars().count() + 1, "{text:?}: {error:?}");
    }
    if strict.is_ok() {
        assert_eq!(strict, wide, "{text:?}");
    }
    if let Ok(filter) = &wide {
        let written = filter.to_string();
        assert_eq!(written.parse::<Filter>().as_ref(), Ok(filter), "{text:?} is written as {written:?}");
        let rows = filter.rows(set, &Context::at(0));
        let server = filter.to_mlflow(0);
        let part = Filter::parse(&server.filter, Grammar::Mlflow)
            .unwrap_or_else(|error| panic!("{text:?}: {error}"));
        let taken = part.rows(set, &Context::at(0));
        assert!(rows.iter().all(|row| taken.contains(row)), "{text:?}: {} takes away rows", server.filter);
        assert!(server.has_rest || rows == taken, "{text:?}: {} is not all of it", server.filter);
        if let Some(clauses) = filter.clauses() {
            assert_eq!(Filter::from_clauses(clauses).as_ref(), Ok(filter), "{text:?}");
        }
    }
    if let Err((_, error)) = OrderKey::parse_mlflow(&[text]) {
        assert!(text.get(error.at.clone()).is_some(), "{text:?}: {error:?}");
    }
    for caret in [0, text.len() / 3, text.len() / 2, text.len(), text.len() + 9] {
        let offered = complete(text, caret, set);
        assert!(
            offered.len() <= 12 && offered.iter().all(|one| text.get(one.replace.clone()).is_some()),
            "{text:?} at {caret}"
        );
    }
}

#[test]
fn any_text_is_read_or_told() {
    let set = set();
    tried("texts", &".{0,40}", |text| holds(&text, &set));
    let letters = "[a-e'\"`\\\\<>=!~(),. é0-9ENOTINRLKBWA-]{0,30}";
    tried("texts of the grammar's letters", &letters, |text| holds(&text, &set));
}

#[test]
fn pieces_of_the_grammar_in_any_order_are_read_or_told() {
    let pieces = [
        "metrics.loss",
        "params.`a b`",
        "tags.t",
        "params.lr",
        "start_time",
        "duration",
        "run_name",
        "dataset.name",
        "min(metrics.loss)",
        "status",
        "=",
        "!=",
        "<",
        ">=",
        "==",
        "LIKE",
        "NOT",
        "ILIKE",
        "RLIKE",
        "IN",
        "(",
        ")",
        ",",
        "BETWEEN",
        "AND",
        "OR",
        "IS",
        "NULL",
        "'%a%'",
        "\"x\"",
        "0.1",
        "-7d",
        "10m",
        "'2026-11-01'",
        "nan",
        "inf",
        "word",
        "E'\\n'",
        "'",
        "`",
        "\\",
        "é",
        "-",
        "--",
        ";",
        "[",
        "1e400",
        "-0",
    ];
    let text = proptest::collection::vec((proptest::sample::select(pieces.to_vec()), any::<bool>()), 0..14);
    let set = set();
    tried("pieces", &text, |pieces| {
        let mut text = String::new();
        for (piece, has_space) in pieces {
            write!(text, "{piece}{}", if has_space { " " } else { "" }).unwrap();
        }
        holds(&text, &set);
    });
}

#[test]
fn what_is_repeated_ten_thousand_times_is_read_or_told() {
    let set = set();
    let pieces = [
        "(",
        "(a ",
        "NOT ",
        "'",
        "''",
        "\\'",
        "`",
        "``",
        "\"",
        "\"a\".",
        "a like ",
        "min(",
        "a OR ",
        "AND ",
        ".",
        "=",
        "é",
        "E'",
        ", ",
        "x IN ('a',",
    ];
    let text = (proptest::sample::select(pieces.to_vec()), 1..10_000_usize, "[a-c' )]{0,3}");
    tried("repeated pieces", &text, |(piece, count, end)| holds(&[piece.repeat(count), end].concat(), &set));
}

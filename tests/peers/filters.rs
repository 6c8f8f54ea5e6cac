//! Filters and orders of runs beside MLflow's own client over the same store: those that are stored, thousands that are put
//! together by chance, and what is sent to a server of MLflow.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use mlops_atlas::runs::filter::Context;
use mlops_atlas::runs::{Filter, Grammar, OrderKey, RunSet};
use mlops_atlas::store::runs::open;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

use crate::installed::installed;

fn fixture(name: &str) -> String {
    format!("{}/tests/fixtures/mlflow/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// What the client says of filters and orders.
fn ask(filters: &[String], orders: &[Vec<String>]) -> Value {
    let mut command = Command::new(installed("mlflow-3/bin/python"));
    command.args([fixture("filters.py"), fixture("mlflow3.db"), "--stdin".to_owned()]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let asked = json!({"filters": filters, "orders": orders}).to_string();
    child.stdin.take().unwrap().write_all(asked.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let answers: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answers["mlflow"], "3.17.2", "run .ci/install-peers");
    answers
}

fn set() -> RunSet {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mlflow.db");
    std::fs::copy(Path::new(&fixture("mlflow3.db")), &file).unwrap();
    open(&file).unwrap().runs(false).unwrap().0
}

fn told(answer: &Value) -> Option<Vec<&str>> {
    answer["runs"].as_array().map(|runs| runs.iter().map(|name| name.as_str().unwrap()).collect())
}

fn names<'a>(set: &'a RunSet, rows: &[u32]) -> Vec<&'a str> {
    rows.iter().map(|row| &*set.runs[*row as usize].name).collect()
}

fn found<'a>(set: &'a RunSet, filter: &Filter) -> Vec<&'a str> {
    let bound = filter.bind(set, &Context::at(0));
    let rows: Vec<u32> = set.order(&[]).into_iter().filter(|row| bound.matches(*row)).collect();
    names(set, &rows)
}

/// Where both disagree, a line each, and how many filters the client answered with some runs.
fn differences(set: &RunSet, answers: &Value) -> (Vec<String>, usize) {
    let (mut different, mut answered) = (Vec::new(), 0);
    for answer in answers["filters"].as_array().unwrap() {
        let text = answer["filter"].as_str().unwrap();
        let told = told(answer);
        answered += usize::from(told.as_ref().is_some_and(|told| !told.is_empty()));
        let ours = Filter::parse(text, Grammar::Mlflow);
        match (&ours, &told) {
            (Ok(filter), Some(told)) if found(set, filter) != *told => {
                different.push(format!("{text:?}: {:?}, MLflow {told:?}", found(set, filter)));
            }
            (Ok(_), None) => different.push(format!("{text:?} is read; MLflow: {}", answer["refused"])),
            // The client answers something else than what is asked: its parser makes one name of two conditions.
            (Err(_), Some(_)) if answer["misread"] == true => {}
            (Ok(_), _) if answer["misread"] == true => {
                different.push(format!("{text:?} is misread by MLflow"));
            }
            (Err(error), Some(_)) => different.push(format!("{text:?} is refused, not by MLflow: {error}")),
            _ => {}
        }
        let extended = Filter::parse(text, Grammar::Extended);
        if ours.is_ok() && extended != ours {
            different.push(format!("{text:?} is another filter in the extended grammar: {extended:?}"));
        }
    }
    (different, answered)
}

#[test]
fn the_stored_answers_are_the_clients_and_ours() {
    let stored: Value =
        serde_json::from_str(&std::fs::read_to_string(fixture("filters.json")).unwrap()).unwrap();
    let filters: Vec<String> = stored["filters"]
        .as_array()
        .unwrap()
        .iter()
        .map(|answer| answer["filter"].as_str().unwrap().to_owned())
        .collect();
    let orders: Vec<Vec<String>> = stored["orders"]
        .as_array()
        .unwrap()
        .iter()
        .map(|answer| serde_json::from_value(answer["order_by"].clone()).unwrap())
        .collect();
    let set = set();
    let answers = ask(&filters, &orders);
    for of in ["filters", "orders"] {
        let [stored, now] = [&stored, &answers].map(|all| all[of].as_array().unwrap());
        assert_eq!(stored.len(), now.len());
        for (stored, now) in stored.iter().zip(now) {
            assert_eq!(told(stored), told(now), "{stored}");
        }
    }
    assert_eq!(differences(&set, &answers).0, Vec::<String>::new());
    for answer in answers["orders"].as_array().unwrap() {
        let texts: Vec<String> = serde_json::from_value(answer["order_by"].clone()).unwrap();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let ours = OrderKey::parse_mlflow(&texts).ok().map(|keys| set.order(&keys));
        assert_eq!(ours.as_ref().map(|rows| names(&set, rows)), told(answer), "{texts:?}");
    }
}

/// A choice of texts.
fn one_of(texts: &[&str]) -> BoxedStrategy<String> {
    let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
    proptest::sample::select(texts).boxed()
}

fn name() -> BoxedStrategy<String> {
    let kinds = one_of(&[
        "metrics",
        "metric",
        "params",
        "param",
        "parameter",
        "tags",
        "tag",
        "attributes",
        "attr",
        "run",
        "dataset",
        "`metrics`",
        "Params",
        "foo",
    ]);
    let keys = one_of(&[
        "best_acc",
        "`best_acc`",
        "\"best_acc\"",
        "`train/loss`",
        "train/loss",
        "lr",
        "model",
        "`opt.weight decay`",
        "kind",
        "mlflow.runName",
        "status",
        "run_name",
        "start_time",
        "name",
        "context",
        "digest",
        "weird",
        "last_is_nan",
        "1a",
        "12",
        "1e5",
        "_x",
        "a.b.c",
        "`a`.b",
        "a.`b`",
        "in",
        "values",
        "select",
        "order",
        "ünder",
        "`a``b`",
        "\"a\"\"b\"",
        "`\"x\"`",
        "\"`x`\"",
        "",
        "a-b",
        "lora_r",
        "0x1f",
        "null",
        "is",
        "not",
    ]);
    let bare = one_of(&[
        "status",
        "run_name",
        "run_id",
        "user_id",
        "artifact_uri",
        "start_time",
        "end_time",
        "created",
        "Created",
        "`run name`",
        "\"start_time\"",
        "duration",
        "experiment",
        "name",
        "'status'",
        "`status`",
    ]);
    prop_oneof![3 => (kinds, keys).prop_map(|(kind, key)| format!("{kind}.{key}")), 1 => bare].boxed()
}

fn op() -> BoxedStrategy<String> {
    one_of(&[
        "=",
        "!=",
        "<",
        "<=",
        ">",
        ">=",
        "LIKE",
        "like",
        "ILIKE",
        "IN",
        "NOT IN",
        "not in",
        "IS NULL",
        "IS NOT NULL",
        "==",
        "<>",
        "RLIKE",
        "NOT LIKE",
        "BETWEEN",
        "=>",
        "is",
        "IS NOT  NULL",
        "is  not null",
    ])
}

fn value() -> BoxedStrategy<String> {
    one_of(&[
        "0.3",
        "-1",
        ".5",
        "5.",
        "1e-3",
        "1.5e3",
        "1e+3",
        "1.e3",
        ".5e3",
        "1_0",
        "0x1f",
        "nan",
        "inf",
        "+1",
        "1 2",
        "1664067852747",
        "99999999999999999999",
        "''",
        "'resnet18'",
        "\"vit-tiny\"",
        "'res%'",
        "'%'",
        "'_est%'",
        "'it''s'",
        "'a\\'b'",
        "\"a\\\"b\"",
        "'a\\'",
        "'a",
        "('x')",
        "('FINISHED', 'FAILED')",
        "('a' 'b')",
        "('a',)",
        "()",
        "(1)",
        "('it''s', \"b\")",
        "('a\\'b')",
        "resnet18",
        "`resnet18`",
        "'FINISHED'",
        "'analyst'",
        "'cifar-train'",
        "'0.001'",
        "'nan-inf 🙂'",
        "'a\nb'",
        "('a\nb')",
        "NULL",
        "",
    ])
}

/// What compares as it should, mostly of what some runs have.
fn sensible() -> BoxedStrategy<String> {
    let number = || one_of(&["0.3", "-1", ".5", "0", "5.", "1e-3", "0.91", "1e308", "2", "1.5e3"]);
    let order = || one_of(&["=", "!=", "<", "<=", ">", ">="]);
    let metric = one_of(&[
        "metrics.best_acc",
        "metric.`best_acc`",
        "metrics.`train/loss`",
        "metrics.\"train/loss\"",
        "metrics.weird",
        "metrics.last_is_nan",
        "metrics.nope",
    ]);
    let text = one_of(&[
        "params.lr",
        "param.model",
        "params.`opt.weight decay`",
        "params.lora_r",
        "params.empty",
        "tags.kind",
        "tag.gpu",
        "tags.mlflow.runName",
        "tags.`mlflow.user`",
        "params.nope",
        "status",
        "attributes.run_name",
        "user_id",
        "artifact_uri",
        "run_id",
        "dataset.name",
        "datasets.context",
        "dataset.digest",
    ]);
    let words = one_of(&[
        "''",
        "'%'",
        "'resnet18'",
        "\"vit-tiny\"",
        "'res%'",
        "'RES%'",
        "'%_-%'",
        "'0.001'",
        "'0.01'",
        "'8'",
        "'trial'",
        "'FINISHED'",
        "'F%'",
        "'trial-0_'",
        "'crashed'",
        "'analyst'",
        "'%cls%'",
        "'cifar-train'",
        "'cifar%'",
        "'training'",
        "'H100'",
        "'h100'",
        "'nan-inf 🙂'",
        "'%🙂'",
    ]);
    let lists = one_of(&["('cifar-train')", "('x', \"training\")", "('a' 'b',)"]);
    let listed = one_of(&["dataset.name", "dataset.context", "dataset.digest", "run_id", "attr.run_id"]);
    let time = one_of(&["start_time", "run.end_time", "created"]);
    let times = one_of(&["0", "1664067852747", "1e12", "1.5", "-1", "99999999999999"]);
    let there = one_of(&["params.lora_r", "tags.kind", "params.lr", "tags.gpu", "params.`nope`"]);
    let three = |(name, op, value): (String, String, String)| format!("{name} {op} {value}");
    prop_oneof![
        3 => (metric, order(), number()).prop_map(three),
        5 => (text, one_of(&["=", "!=", "LIKE", "ILIKE", "like"]), words).prop_map(three),
        1 => (listed, one_of(&["IN", "NOT IN", "not in"]), lists).prop_map(three),
        1 => (time, order(), times).prop_map(three),
        1 => (there, one_of(&["IS NULL", "IS NOT NULL", "is null"])).prop_map(|(name, op)| format!("{name} {op}")),
    ]
    .boxed()
}

fn filter() -> BoxedStrategy<String> {
    let space = || one_of(&[" ", " ", " ", " ", "", "  ", "\n", "\t"]);
    let clause = (name(), space(), op(), space(), value()).prop_map(|(name, a, op, b, value)| {
        // What asks whether something is there has nothing on its right, mostly.
        let is_null = op.to_lowercase().contains("null") && value != "'%'";
        if is_null { format!("{name}{a}{op}") } else { format!("{name}{a}{op}{b}{value}") }
    });
    let between = one_of(&[" AND ", " and ", " ", " AND AND ", "AND", " OR ", ", ", "\nAND\n", " NOT "]);
    let edge = || one_of(&["", "", "", "", "", "", "AND ", " ", "(", ";", "-- a", "word "]);
    let one = (edge(), clause.clone(), edge()).prop_map(|(a, clause, b)| format!("{a}{clause}{b}"));
    let two = (clause.clone(), between, clause).prop_map(|(a, between, b)| format!("{a}{between}{b}"));
    let chain = (proptest::collection::vec(sensible(), 1..4), one_of(&[" AND ", " and ", " ", "\nAND "]))
        .prop_map(|(clauses, between)| clauses.join(&between));
    prop_oneof![2 => one, 1 => two, 3 => chain].boxed()
}

/// Values of a strategy, always the same.
fn some<T: std::fmt::Debug>(strategy: &BoxedStrategy<T>, count: usize) -> Vec<T> {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    (0..count).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

#[test]
fn filters_put_together_by_chance_are_answered_or_refused_as_the_client_does() {
    let filters = some(&filter(), 6_000);
    let (different, answered) = differences(&set(), &ask(&filters, &[]));
    assert!(different.is_empty(), "{} differ:\n{}", different.len(), different.join("\n"));
    assert!(answered > 500, "only {answered} were answered with runs");
}

#[test]
fn the_part_for_a_server_is_taken_by_the_client_and_answered_as_we_do() {
    let extended = [
        "metrics.best_acc > 0.3 AND trial",
        "metrics.best_acc BETWEEN 0.3 AND 0.9 AND duration > 1s",
        "metrics.train/loss < 0.5 AND NOT params.model = 'x'",
        "status IN ('FAILED') AND name IS NOT NULL",
        "params.model NOT IN ('resnet18', 'other') AND params.lr < 0.01",
        "params.`opt.weight decay` = '0.01' OR status = 'FAILED'",
        "start_time > '2001-01-01' AND start_time < '2100-01' AND end_time >= '2001-01-01T10:00:00Z'",
        "start_time = '2026-11-23'",
        "start_time > -1d",
        "last(metrics.best_acc) >= 0.9 AND max(metrics.best_acc) > 0.1",
        "params.prompt LIKE '%xxx%' resnet",
        "tags.multiline = E'a\\nb' AND params.model == \"it's\"",
        "user = 'analyst' AND experiment = 'cls'",
        "params.in != 'x' AND tags.kind <> 'y'",
        "dataset.name IN ('cifar-train', 'zz') AND dataset.name IS NOT NULL",
        "metrics.weird < inf AND metrics.weird < 1e300",
        "(status = 'FINISHED')",
    ];
    let set = set();
    let parts: Vec<String> =
        extended.iter().map(|text| text.parse::<Filter>().unwrap().to_mlflow(0).filter).collect();
    let answers = ask(&parts, &[]);
    for ((text, part), answer) in extended.iter().zip(&parts).zip(answers["filters"].as_array().unwrap()) {
        let told =
            told(answer).unwrap_or_else(|| panic!("{text}: MLflow refuses {part}: {}", answer["refused"]));
        assert_eq!(found(&set, &part.parse().unwrap()), told, "{text}: {part}");
        let whole = found(&set, &text.parse().unwrap());
        assert!(whole.iter().all(|name| told.contains(name)), "{text}: {part} takes away runs that fit");
        let has_rest = text.parse::<Filter>().unwrap().to_mlflow(0).has_rest;
        assert!(has_rest || whole == told, "{text}: {part} is said to be all of it");
    }
}

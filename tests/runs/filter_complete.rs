//! What is offered at the caret of a filter: names, operators and values of the very runs, in the quotes that they need.

use mlops_atlas::runs::filter::{Suggestion, complete};
use mlops_atlas::runs::{DatasetUse, Filter, Keys, Run, RunSet, Status};

fn set() -> RunSet {
    let mut keys = [Keys::default(), Keys::default(), Keys::default()];
    let models = ["resnet18", "vit tiny", "vit tiny", "it's \"big\"", "vit tiny", "resnet18"];
    let mut runs: Vec<Run> = Vec::new();
    for (at, model) in models.into_iter().enumerate() {
        runs.push(Run {
            name: format!("run {at}").into(),
            status: if at == 0 { Status::Failed } else { Status::Finished },
            metrics: vec![(keys[0].place("train/loss"), at as f64 / 2.0), (keys[0].place("acc"), f64::NAN)],
            params: vec![(keys[1].place("model"), model.into()), (keys[1].place("lr"), "1e-3".into())],
            tags: vec![(keys[2].place("mlflow.user"), "a".into()), (keys[2].place("team"), "b".into())],
            datasets: vec![DatasetUse { name: "cifar".into(), digest: "".into(), context: "".into() }],
            ..Run::bare(format!("id{at}"))
        });
    }
    runs[5].metrics.pop();
    RunSet::collected(Vec::new(), keys, runs)
}

/// What is offered where `|` stands.
fn offered(marked: &str) -> Vec<Suggestion> {
    let caret = marked.find('|').unwrap();
    complete(&marked.replace('|', ""), caret, &set())
}

#[test]
fn what_is_offered_first() {
    for (marked, expected) in [
        ("stat|", &["status"] as &[&str]),
        ("metrics.|", &["metrics.`train/loss`", "metrics.acc"]),
        ("metrics.`tr|", &["metrics.`train/loss`"]),
        ("metric.lo|", &["metrics.`train/loss`"]),
        ("los|", &["metrics.`train/loss`"]),
        ("status = 'FAILED' AND mod|", &["params.model"]),
        ("tags.|", &["tags.mlflow.user", "tags.team"]),
        ("dataset|", &["dataset.name", "dataset.digest", "dataset.context"]),
        ("min(|", &["metrics.`train/loss`", "metrics.acc"]),
        ("min(metrics.acc|", &["metrics.acc"]),
        ("min(metrics.acc |", &[")"]),
        ("min(metrics.acc) |", &["<", ">"]),
        ("metrics.acc |", &["<", ">", "<=", ">=", "=", "!="]),
        ("params.model |", &["=", "!=", "LIKE"]),
        ("params.model li|", &["LIKE", "ILIKE", "RLIKE", "NOT LIKE"]),
        ("params.model NOT |", &["IN", "BETWEEN", "LIKE"]),
        ("params.model = |", &["'vit tiny'", "'resnet18'", "E'it\\'s \"big\"'"]),
        ("params.model = 'r|", &["'resnet18'"]),
        ("params.model = 'R|'", &["'resnet18'"]),
        ("params.model IN |", &["("]),
        ("params.model IN (|", &["'vit tiny'"]),
        ("params.model IN ('resnet18', |", &["'vit tiny'"]),
        ("params.model IN ('resnet18' |", &[",", ")"]),
        ("params.lr < |", &["0.001"]),
        ("params.lr = |", &["'1e-3'"]),
        ("metrics.train/loss < |", &["1.5", "0", "2.5"]),
        ("status = |", &["'FINISHED'", "'FAILED'"]),
        ("status = 'fa|", &["'FAILED'"]),
        ("start_time > |", &["-1h", "-1d", "-7d"]),
        ("start_time > -|", &["-1h", "-1d", "-7d"]),
        ("duration > |", &["1m", "10m"]),
        ("dataset.name = |", &["'cifar'"]),
        ("end_time IS |", &["NULL", "NOT NULL"]),
        ("metrics.acc BETWEEN 0 |", &["AND"]),
        ("status = 'FAILED' |", &["AND", "OR"]),
        ("status = 'FAILED' a|", &["AND"]),
        ("status = 'FAILED'|", &[]),
        ("params.nothing = |", &[]),
        ("xyz|", &[]),
    ] {
        let texts: Vec<String> = offered(marked).into_iter().map(|one| one.text).collect();
        let first = &texts[..expected.len().min(texts.len())];
        assert_eq!(first, expected, "{marked}: {texts:?}");
        assert_eq!(texts.is_empty(), expected.is_empty(), "{marked}: {texts:?}");
        assert!(texts.len() <= 12, "{marked}");
    }
    assert!(offered("|").iter().any(|one| one.text == "params.model" && one.detail == "6 runs"));
    assert!(!offered("|").iter().any(|one| one.text.contains("mlflow.user")));
}

#[test]
fn what_is_chosen_replaces_what_is_typed() {
    for (marked, becomes) in [
        ("metrics.lo|ss < 1", "metrics.`train/loss` < 1"),
        ("sta|", "status"),
        ("params.model = 'vi|' AND x", "params.model = 'vit tiny' AND x"),
        ("(sta| = 'FAILED')", "(status = 'FAILED')"),
        ("é stat|us = 'FAILED'", "é status = 'FAILED'"),
    ] {
        let text = marked.replace('|', "");
        let first = offered(marked).remove(0);
        let mut chosen = text.clone();
        chosen.replace_range(first.replace, &first.text);
        assert_eq!(chosen, becomes, "{marked}");
        assert!(chosen.parse::<Filter>().is_ok() || chosen == "status", "{chosen}");
    }
}

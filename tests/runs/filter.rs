//! Filters and orders in MLflow's grammar: each is answered as the real client answered it over the same store, or refused as
//! it refused it.

use mlops_atlas::runs::filter::Context;
use mlops_atlas::runs::{Filter, Grammar, OrderKey, RunSet};
use mlops_atlas::store::runs::open;
use serde_json::Value;

fn answers() -> Value {
    serde_json::from_str(&std::fs::read_to_string("tests/fixtures/mlflow/filters.json").unwrap()).unwrap()
}

fn set() -> RunSet {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mlflow.db");
    std::fs::copy("tests/fixtures/mlflow/mlflow3.db", &file).unwrap();
    let (set, problems) = open(&file).unwrap().runs(false).unwrap();
    assert!(problems.is_empty());
    set
}

fn list<'a>(answers: &'a Value, of: &str) -> &'a [Value] {
    answers[of].as_array().unwrap()
}

/// The names that the client told; none where it refused.
fn told(answer: &Value) -> Option<Vec<&str>> {
    answer["runs"].as_array().map(|runs| runs.iter().map(|name| name.as_str().unwrap()).collect())
}

fn names<'a>(set: &'a RunSet, rows: &[u32]) -> Vec<&'a str> {
    rows.iter().map(|row| &*set.runs[*row as usize].name).collect()
}

/// The runs that fit in the order that MLflow gives where none is asked for.
fn found<'a>(set: &'a RunSet, filter: &Filter) -> Vec<&'a str> {
    let bound = filter.bind(set, &Context::at(0));
    let rows: Vec<u32> = set.order(&[]).into_iter().filter(|row| bound.matches(*row)).collect();
    names(set, &rows)
}

#[test]
fn every_filter_is_answered_or_refused_as_mlflow_does() {
    let (answers, set) = (answers(), set());
    let (mut answered, mut refused) = (0, 0);
    for answer in list(&answers, "filters") {
        let text = answer["filter"].as_str().unwrap();
        match (Filter::parse(text, Grammar::Mlflow), told(answer)) {
            (Ok(filter), Some(told)) => {
                assert_eq!(found(&set, &filter), told, "{text}");
                let again = Filter::parse(&filter.to_string(), Grammar::Mlflow);
                assert_eq!(again.as_ref(), Ok(&filter), "{text} is written as {filter}");
                answered += 1;
            }
            (Err(error), None) => {
                let Some(pointed) = text.get(error.at.clone()) else {
                    panic!("{text}: {error:?} points at no part of it");
                };
                let is_end = error.at == (text.trim_end().len()..text.trim_end().len());
                assert!(!pointed.is_empty() || is_end, "{text}: {error:?}");
                assert!(!error.message.is_empty(), "{text}");
                refused += 1;
            }
            (Ok(filter), None) => panic!("MLflow refuses {text}: {}; we read {filter}", answer["refused"]),
            (Err(error), Some(told)) => panic!("MLflow answers {} runs to {text}; we: {error}", told.len()),
        }
    }
    assert!(answered > 120 && refused > 70, "{answered} answered, {refused} refused");
}

#[test]
fn what_mlflow_answers_is_answered_alike_in_the_extended_grammar() {
    let (answers, set) = (answers(), set());
    for answer in list(&answers, "filters") {
        let (text, Some(told)) = (answer["filter"].as_str().unwrap(), told(answer)) else { continue };
        let filter: Filter = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(found(&set, &filter), told, "{text}");
        assert!(filter.is_mlflow(), "{text}");
        let server = filter.to_mlflow(0);
        assert!(!server.has_rest, "{text}");
        assert_eq!(
            found(&set, &server.filter.parse().unwrap()),
            told,
            "{text} for a server: {}",
            server.filter
        );
    }
}

/// The client answers these, as if they asked for a parameter by the name of `model = 'x' params.lora_r`.
#[test]
fn what_mlflow_takes_for_something_else_is_refused_in_its_grammar() {
    for text in ["params.model = 'x' params.lora_r IS NULL", "params.model = 'x' run_id NOT IN ('a')"] {
        let error = Filter::parse(text, Grammar::Mlflow).unwrap_err();
        assert_eq!((error.at.start, error.hint.as_str()), (19, "write AND before this one"), "{text}");
        assert_eq!(text.parse::<Filter>().unwrap().clauses().unwrap().len(), 2, "{text}");
        assert!(Filter::parse(&text.replace("'x' ", "'x' AND "), Grammar::Mlflow).is_ok(), "{text}");
    }
}

/// What the client was seen to refuse or to take by chance.
#[test]
fn odd_words_are_read_as_mlflow_reads_them() {
    for (text, is_taken) in [
        ("params.1a != 'x'", true),
        ("parameter.1a != 'x'", false),
        ("parameters.1a != 'x'", false),
        ("parameter.a1 != 'x'", true),
        ("metrics.loss < 1.5e3AND params.a = 'x'", true),
        ("metrics.loss < 1.5AND params.a = 'x'", false),
        ("metrics.loss < 1e3metrics.acc > 1", true),
        ("run_id IN ('a') metrics.loss > 1", true),
        ("run_id IN ('a') params.x IS NULL", false),
    ] {
        assert_eq!(Filter::parse(text, Grammar::Mlflow).is_ok(), is_taken, "{text}");
    }
}

#[test]
fn every_order_is_answered_or_refused_as_mlflow_does() {
    let (answers, set) = (answers(), set());
    let mut refused = 0;
    for answer in list(&answers, "orders") {
        let texts: Vec<&str> =
            answer["order_by"].as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect();
        match (OrderKey::parse_mlflow(&texts), told(answer)) {
            (Ok(keys), Some(told)) => assert_eq!(names(&set, &set.order(&keys)), told, "{texts:?}"),
            (Err((at, error)), None) => {
                assert!(texts[at].get(error.at.clone()).is_some(), "{texts:?}: {error:?}");
                refused += 1;
            }
            (Ok(_), None) => panic!("MLflow refuses {texts:?}: {}", answer["refused"]),
            (Err((_, error)), Some(_)) => panic!("MLflow answers {texts:?}; we: {error}"),
        }
    }
    assert!(refused > 15, "{refused}");
}

#[test]
fn parameters_that_read_as_numbers_are_sorted_as_such_by_us_and_as_texts_by_mlflow() {
    let set = set();
    let order = |keys: &[OrderKey]| -> Vec<String> {
        let key = set.param_key("lora_r").unwrap();
        let param = |row: &u32| set.runs[*row as usize].param(key).map(ToString::to_string);
        set.order(keys).iter().filter_map(param).collect()
    };
    let ours = order(&[OrderKey::parse("params.lora_r", false).unwrap()]);
    assert_eq!(ours, ["1", "2", "4", "8", "16", "32", "64", "128"]);
    let theirs = order(&OrderKey::parse_mlflow(&["params.lora_r"]).unwrap());
    assert_eq!(theirs, ["1", "128", "16", "2", "32", "4", "64", "8"]);
}

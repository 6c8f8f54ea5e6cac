//! Files with something odd in them: what is told, and what is kept.

use mlops_atlas::architecture::{Architecture, Point, ReadError};
use mlops_atlas::problem::Severity;
use serde_json::json;

#[test]
fn what_is_odd_is_told_with_its_line_and_the_rest_is_kept() {
    let text = r#"{"format":"mlops-atlas/architecture@1","id":7,"title":"T",
"nodes":[
{"id":"a","kind":"training","stage":"train","label":"A","hint":{"x":[1]}},
{"id":"a","kind":"training","stage":"train"},
{"id":"b","kind":"teleport","stage":"attic","tools":["mlflow",3]},
{"kind":"training"},
5],
"edges":[
{"from":"a","to":"ghost","artifact":"model"},
{"from":"a","to":"b","artifact":"vibes","weight":2},
{"from":"a","to":"b","artifact":"vibes"}],
"layout":{"a":[1.6,2],
"b":"left"},"views":[{"name":"x"}]}"#;
    let (drawing, problems) = Architecture::from_json(text).unwrap();
    let told: Vec<_> =
        problems.iter().map(|p| (p.severity == Severity::Error, p.at.as_str(), p.message.as_str())).collect();
    for (lost, line, words) in [
        (true, "line 1", "`id` must be text"),
        (true, "line 4", "second node `a`"),
        (false, "line 5", "`teleport`"),
        (false, "line 5", "`attic`"),
        (true, "line 5", "`tools` must be text"),
        (true, "line 6", "without an `id`"),
        (true, "line 7", "must be an object"),
        (false, "line 9", "`ghost`"),
        (false, "line 10", "`vibes`"),
        (true, "line 11", "second edge a->b:vibes"),
        (true, "line 13", "`layout` of `b`"),
    ] {
        let found =
            told.iter().any(|(is_lost, at, text)| *is_lost == lost && *at == line && text.contains(words));
        assert!(found, "{words} at {line} is missing in {told:#?}");
    }
    assert_eq!(told.len(), 11);
    assert_eq!(drawing.nodes.len(), 2);
    assert_eq!(drawing.nodes[&"b".into()].tools, ["mlflow"]);
    assert_eq!(drawing.nodes[&"a".into()].extra.get("hint"), Some(&json!({"x":[1]})));
    assert_eq!(drawing.flows.len(), 2);
    assert_eq!(drawing.flows[0].extra.get("weight"), Some(&json!(2)));
    assert_eq!(drawing.layout[&"a".into()], Point::new(2, 2));
    assert_eq!(drawing.extra.get("views"), Some(&json!([{"name":"x"}])));
}

#[test]
fn nothing_is_passed_over_in_silence() {
    let head = "{\"format\":\"mlops-atlas/architecture@1\",\n";
    for (text, told) in [
        (
            "\"nodes\":[\n{\"id\":\"a\",\"label\":\"x\",\"label\":\"y\",\"kind\":\"training\",\"stage\":\"train\"}]}",
            vec!["E line 3: `label` stands in one entry of `nodes` twice; only the last one was kept"],
        ),
        (
            "\"nodes\":[],\n\"title\":\"a\",\n\"title\":\"b\"}",
            vec!["E line 4: `title` stands in this file twice; only the last one was kept"],
        ),
        ("\"edges\":[]}", vec!["W line 1: `nodes` is missing; the drawing is empty"]),
        ("\"nodes\":[],\n\"edges\":null}", vec!["E line 3: `edges` must be a list; null was left out"]),
        ("\"nodes\":[{\"id\":\"a\"}]}", vec!["W line 2: `a` has no kind", "W line 2: `a` has no stage"]),
        (
            "\"nodes\":[],\n\"layout\":{\"a\":[1000001,0]}}",
            vec![
                "E line 3: `layout` of `a` must be two numbers from -1000000 to 1000000; [1000001,0] was left out",
            ],
        ),
        (
            "\"nodes\":[],\n\"size\":{\"a\":[100,0]}}",
            vec!["E line 3: `size` of `a` must be two numbers from 1 to 10000; [100,0] was left out"],
        ),
        (
            "\"nodes\":[],\"suppressed\":[{\"rule\":\"DAT01\",\"reason\":\"\\u200b \\u3164\"}]}",
            vec!["W line 2: the suppression of DAT01 has no reason, so the finding is still told"],
        ),
    ] {
        let (_, problems) = Architecture::from_json(&format!("{head}{text}")).unwrap();
        let found: Vec<String> = problems
            .iter()
            .map(|p| {
                format!("{} {}: {}", if p.severity == Severity::Error { "E" } else { "W" }, p.at, p.message)
            })
            .collect();
        assert_eq!(found, told, "{text}");
    }
}

#[test]
fn a_flood_of_oddities_is_counted_and_what_is_lost_is_told_all_the_same() {
    let stranger =
        |at: usize| format!("{{\"id\":\"n{at}\",\"kind\":\"{}\",\"stage\":\"data\"}}", "k".repeat(5_000));
    let nodes: Vec<String> = (0..300).map(stranger).collect();
    let text =
        format!("{{\"format\":\"mlops-atlas/architecture@1\",\"nodes\":[{}],\"edges\":7}}", nodes.join(","));
    let (drawing, problems) = Architecture::from_json(&text).unwrap();
    assert_eq!(drawing.nodes.len(), 300);
    assert_eq!(problems.len(), 202, "two hundred, what was lost, and the rest in one sentence");
    assert!(problems.iter().all(|problem| problem.message.chars().count() <= 401));
    assert_eq!(problems[200].message, "`edges` must be a list; 7 was left out");
    assert_eq!(problems[201].message, "100 more things are odd in this file");
}

#[test]
fn what_is_no_drawing_is_refused_with_a_place() {
    let place = |text: &str| Architecture::from_json(text).unwrap_err().place();
    assert_eq!(Architecture::from_json(" \n").unwrap_err(), ReadError::Empty);
    assert_eq!(place("{\"format\":\n  oops}"), (2, 3));
    assert_eq!(Architecture::from_json("[1]").unwrap_err(), ReadError::Foreign);
    assert_eq!(Architecture::from_json("{\"a\":1}").unwrap_err(), ReadError::Foreign);
    assert_eq!(place("{\n\"format\":\"mlops-atlas/architecture@2\",\"nodes\":[]}"), (2, 1));
    let deep = format!("{{\"nodes\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(Architecture::from_json(&deep).unwrap_err().to_string().contains("deeper than 128 levels"));
}

//! What a drawing says of its own rules: findings that people live with, and rule sets.

use mlops_atlas::architecture::lint::{Finding, lint};
use mlops_atlas::architecture::{Architecture, Edit, Flow};
use mlops_atlas::problem::Severity;
use mlops_atlas::store::architecture_files::template;
use serde_json::{Value, json};

fn finding(drawing: &Architecture, rule: &str) -> Finding {
    lint(drawing).into_iter().find(|finding| finding.rule.id == rule).unwrap()
}

fn counted(drawing: &Architecture) -> (usize, usize) {
    let findings = lint(drawing);
    let open = findings.iter().filter(|finding| finding.is_open()).count();
    (open, findings.len() - open)
}

#[test]
fn a_finding_is_suppressed_for_a_reason_and_told_again_without_it() {
    let mut drawing = template("google-l1").unwrap();
    assert_eq!(counted(&drawing), (2, 0));
    let mut back = vec![drawing.apply(finding(&drawing, "DEP02").suppress(&drawing, " A pilot. "))];
    assert_eq!(finding(&drawing, "DEP02").suppressed.as_deref(), Some("A pilot."));
    assert_eq!(counted(&drawing), (1, 1));

    back.push(drawing.apply(finding(&drawing, "DEP02").suppress(&drawing, "Still a pilot.")));
    assert_eq!(finding(&drawing, "DEP02").suppressed.as_deref(), Some("Still a pilot."));
    assert_eq!(drawing.suppressed.len(), 1, "the second reason replaces the first one");
    let (read, problems) = Architecture::from_json(&drawing.to_json()).unwrap();
    assert_eq!((read, problems), (drawing.clone(), vec![]));

    back.push(drawing.apply(finding(&drawing, "DEP02").tell_again(&drawing)));
    assert_eq!((counted(&drawing), drawing.suppressed.len()), ((2, 0), 0));
    for edit in back.into_iter().rev() {
        drawing.apply(edit);
    }
    assert_eq!(drawing, template("google-l1").unwrap());
}

#[test]
fn a_suppression_is_of_one_place_only() {
    let mut drawing = template("airbnb").unwrap();
    let serving = finding(&drawing, "DEP01");
    let edit = serving.suppress(&drawing, "Only a dashboard reads it.");
    drawing.apply(edit);
    let mut second = drawing.nodes[&"rt".into()].clone();
    second.id = "rt2".into();
    drawing.apply(Edit::AddNode(second, None));
    let is_answer = |flow: &&Flow| flow.from == "rt".into() && flow.artifact == "predictions";
    let mut answers = drawing.flows.iter().find(is_answer).unwrap().clone();
    answers.from = "rt2".into();
    drawing.apply(Edit::AddFlow(answers));
    let found: Vec<_> = lint(&drawing).into_iter().filter(|finding| finding.rule.id == "DEP01").collect();
    let open: Vec<(String, bool)> =
        found.iter().map(|finding| (finding.place.at().join(" "), finding.is_open())).collect();
    assert_eq!(open, [("rt".to_owned(), false), ("rt2".to_owned(), true)]);
}

/// Reads a file that says `said` beside a repository without integration.
fn read(said: &Value) -> (Architecture, Vec<String>) {
    let mut file = json!({
        "format": "mlops-atlas/architecture@1",
        "nodes": [{"id": "repo", "kind": "code_repo", "stage": "platform", "tools": ["git"], "label": "Code"}],
    });
    file.as_object_mut().unwrap().extend(said.as_object().unwrap().clone());
    let (drawing, problems) = Architecture::from_json(&file.to_string()).unwrap();
    (drawing, problems.into_iter().map(|problem| problem.message).collect())
}

#[test]
fn what_suppresses_nothing_is_told_and_kept() {
    for (said, told, open) in [
        (json!({"suppressed": [{"rule": "DEP02", "at": ["repo"], "reason": "A pilot."}]}), "", false),
        (json!({"suppressed": [{"rule": "DEP02", "at": ["repo"], "reason": " "}]}), "has no reason", true),
        (json!({"suppressed": [{"rule": "DEP02", "at": ["repo"]}]}), "has no reason", true),
        (json!({"suppressed": [{"rule": "DEP02", "at": ["other"], "reason": "A pilot."}]}), "", true),
        (json!({"suppressed": [{"rule": "XYZ99", "at": [], "reason": "New."}]}), "does not know", true),
        (json!({"suppressed": ["DEP02"]}), "must be an object", true),
        (json!({"ruleset": ["tomorrow"]}), "rule set `tomorrow`, which this version does not know", true),
    ] {
        let (drawing, problems) = read(&said);
        assert_eq!(problems.len(), usize::from(!told.is_empty()), "{said}: {problems:?}");
        assert!(problems.iter().all(|problem| problem.contains(told)), "{said}: {problems:?}");
        assert_eq!(finding(&drawing, "DEP02").is_open(), open, "{said}");
        let again: Value = serde_json::from_str(&drawing.to_json()).unwrap();
        if said["suppressed"][0].is_object() || said["ruleset"].is_array() {
            let key = said.as_object().unwrap().keys().next().unwrap();
            assert_eq!(again[key].as_array().unwrap().len(), 1, "{said} is kept");
        }
    }
}

#[test]
fn what_the_rules_of_a_drawing_cannot_do_is_told_and_kept() {
    for (said, told, keeps) in [
        (json!({"DEP01": "off", "DAT06": "error"}), "", true),
        (json!({"DEP02": "off"}), "turn DEP02 off, which the maturity reads", true),
        (json!({"XYZ99": "off"}), "the rule `XYZ99`, which this version does not know", true),
        (json!({"DAT06": "fatal"}), "say `fatal` of DAT06", true),
        (json!({"DAT06": 3}), "must say off or a severity of DAT06; 3 was left out", false),
        (json!(["DAT06"]), "`rules` must be an object", false),
    ] {
        let (drawing, problems) = read(&json!({ "rules": said }));
        assert_eq!(problems.len(), usize::from(!told.is_empty()), "{said}: {problems:?}");
        assert!(problems.iter().all(|problem| problem.contains(told)), "{said}: {problems:?}");
        assert!(finding(&drawing, "DEP02").is_open(), "{said}");
        let again: Value = serde_json::from_str(&drawing.to_json()).unwrap();
        assert_eq!(again.get("rules"), keeps.then_some(&said));
    }
}

#[test]
fn a_rule_that_is_off_finds_nothing_and_is_back_after_an_undo() {
    let mut drawing = template("google-l1").unwrap();
    drawing.nodes.get_mut(&"serve".into()).unwrap().tools.clear();
    let before = lint(&drawing);
    assert_eq!(finding(&drawing, "STR06").severity, Severity::Info);
    let back = drawing.apply(Edit::SetRules([("STR06".to_owned(), "off".to_owned())].into()));
    let others: Vec<Finding> = before.iter().filter(|finding| finding.rule.id != "STR06").cloned().collect();
    assert_eq!(lint(&drawing), others);
    drawing.apply(back);
    assert_eq!(lint(&drawing), before);
}

#[test]
fn keys_of_a_suppression_that_are_not_known_survive() {
    let said = json!({"suppressed": [{"rule": "DEP02", "at": ["repo"], "reason": "A pilot.", "until": "2027-01-01"}]});
    let (drawing, problems) = read(&said);
    let again: Value = serde_json::from_str(&drawing.to_json()).unwrap();
    assert_eq!((&again["suppressed"], problems.len()), (&said["suppressed"], 0));
}

#[test]
fn rule_sets_say_what_matters() {
    let mut drawing = template("google-l1").unwrap();
    drawing.nodes.get_mut(&"serve".into()).unwrap().tools.clear();
    assert_eq!(finding(&drawing, "STR06").severity, Severity::Info);
    let back = drawing.apply(Edit::SetRuleset(vec!["sketch".to_owned()]));
    assert!(lint(&drawing).iter().all(|finding| finding.rule.id != "STR06"), "a sketch needs no tools");
    drawing.apply(back);

    // A training whose data nobody keeps versions of: a warning, and an error where somebody must answer for it.
    for node in drawing.nodes.values_mut() {
        node.props.remove("versioned");
        if node.kind == "feature_store" {
            "transformation".clone_into(&mut node.kind);
        }
    }
    assert_eq!(finding(&drawing, "DAT06").severity, Severity::Warning);
    drawing.apply(Edit::SetRuleset(vec!["regulated".to_owned()]));
    assert_eq!(finding(&drawing, "DAT06").severity, Severity::Error);
}

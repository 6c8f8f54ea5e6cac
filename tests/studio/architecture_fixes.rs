//! Quick fixes keep their promise: the finding is gone, no error is new, and one step takes all of it back.

use std::collections::{BTreeMap, BTreeSet};

use mlops_atlas::architecture::lint::{Finding, Place, fixes, lint, rules};
use mlops_atlas::architecture::{Architecture, Edit, Flow, Node};
use mlops_atlas::problem::Severity;

use crate::cases;

/// Rules that no drawing can answer: which tool, which redesign, which agreement between teams.
const WITHOUT_FIX: [&str; 5] = ["STR06", "DEB02", "DEB05", "DEB06", "DEB08"];

fn key(finding: &Finding) -> (String, Place) {
    (finding.rule.id.clone(), finding.place.clone())
}

fn errors(findings: &[Finding]) -> BTreeSet<(String, Place)> {
    findings.iter().filter(|finding| finding.severity == Severity::Error).map(key).collect()
}

/// Holds every fix of a finding to its promise and counts them.
fn hold(drawing: &Architecture, before: &[Finding], finding: &Finding, what: &str) -> usize {
    let offered = fixes(drawing, finding);
    let labels: BTreeSet<&str> = offered.iter().map(|fix| fix.label.as_str()).collect();
    assert_eq!(labels.len(), offered.len(), "two buttons say the same: {labels:?}, {what}");
    for fix in &offered {
        let what = format!("{} for {:?} after {what}", fix.label, key(finding));
        assert!(matches!(fix.edit, Edit::Batch(_)), "{what}");
        let mut changed = drawing.clone();
        let back = changed.apply(fix.edit.clone());
        let after = lint(&changed);
        assert!(!after.iter().any(|other| key(other) == key(finding)), "it is still there: {what}");
        let new: Vec<_> = errors(&after).difference(&errors(before)).cloned().collect();
        assert!(new.is_empty(), "new errors {new:?}: {what}");
        assert_eq!(changed.layout, drawing.layout, "nothing is placed by hand: {what}");
        changed.apply(back);
        assert_eq!(&changed, drawing, "one step takes it back: {what}");
    }
    offered.len()
}

#[test]
fn fixes_of_every_change_of_a_template_keep_their_promise() {
    let (stored, templates) = (cases::stored(), cases::templates());
    let before: BTreeMap<&String, BTreeSet<(String, Place)>> =
        templates.iter().map(|(id, drawing)| (id, lint(drawing).iter().map(key).collect())).collect();
    let mut told: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    let mut judge = |drawing: &Architecture, known: &BTreeSet<(String, Place)>, what: &str| {
        let findings = lint(drawing);
        for finding in findings.iter().filter(|finding| !known.contains(&key(finding))) {
            let [seen, fixed] = told.entry(&finding.rule.id).or_default();
            *seen += 1;
            *fixed += usize::from(hold(drawing, &findings, finding, what) > 0);
        }
    };
    for drawing in templates.values() {
        judge(drawing, &BTreeSet::new(), &drawing.id);
    }
    for case in stored["mutations"].as_array().unwrap() {
        let of = case["of"].as_str().unwrap().to_owned();
        judge(&cases::changed(&templates[&of], case), &before[&of], case["what"].as_str().unwrap());
    }
    let share: Vec<String> =
        told.iter().map(|(rule, [seen, fixed])| format!("{rule} {fixed}/{seen}")).collect();
    for rule in rules() {
        let [seen, fixed] = told.get(rule.id.as_str()).copied().unwrap_or_default();
        assert!(seen > 0, "{} never fires", rule.id);
        assert_eq!(fixed > 0, !WITHOUT_FIX.contains(&rule.id.as_str()), "{share:?}");
        // Mostly there is an answer, but none for a store whose training or serving is gone as a whole.
        let few = if rule.id == "FEA03" { 3 } else { 2 };
        assert!(fixed == 0 || fixed * few >= seen, "{} is fixed in {fixed} of {seen}: {share:?}", rule.id);
    }
}

/// The finding of a rule at a place, as the command line writes it.
fn finding(drawing: &Architecture, rule: &str, at: &str) -> Finding {
    let found = lint(drawing);
    let is_it = |finding: &&Finding| finding.rule.id == rule && finding.place.at().join(" ") == at;
    found.iter().find(is_it).unwrap_or_else(|| panic!("{rule} at {at} is not in {found:?}")).clone()
}

fn remove_flows(drawing: &mut Architecture, flows: &[&str]) {
    let keys =
        drawing.flows.iter().map(|flow| flow.key()).filter(|key| flows.contains(&key.to_string().as_str()));
    let edit = Edit::Remove { nodes: BTreeSet::new(), flows: keys.collect() };
    drawing.apply(edit);
}

fn flows(drawing: &Architecture) -> BTreeSet<String> {
    drawing.flows.iter().map(|flow| flow.key().to_string()).collect()
}

#[test]
fn what_is_there_already_comes_before_what_is_new() {
    let mut drawing = cases::templates().remove("oss-classic").unwrap();
    remove_flows(&mut drawing, &["tr->mlf:metrics", "tr->mlf:metadata"]);
    let offered = fixes(&drawing, &finding(&drawing, "TRN01", "tr"));
    assert_eq!(offered[0].label, "Connect “Training” to “Experiment tracking” with metrics");
    let connects = |label: &str| label.starts_with("Connect");
    let kinds: Vec<bool> = offered.iter().map(|fix| connects(&fix.label)).collect();
    assert!(kinds.is_sorted_by(|a, b| a >= b) && kinds.contains(&false), "{offered:?}");
}

#[test]
fn a_gate_is_put_on_the_path_it_guards() {
    // The warehouse feeds the transformation past the validation.
    let mut drawing = cases::templates().remove("oss-classic").unwrap();
    remove_flows(&mut drawing, &["wh->ge:raw_data", "ge->dbt:raw_data"]);
    let bypass = mlops_atlas::architecture::Flow {
        from: "wh".into(),
        to: "dbt".into(),
        artifact: "raw_data".to_owned(),
        ..Default::default()
    };
    drawing.apply(Edit::AddFlow(bypass));
    let offered = fixes(&drawing, &finding(&drawing, "DAT01", "db"));
    let before = flows(&drawing);
    drawing.apply(offered[0].edit.clone());
    let after = flows(&drawing);
    let gone: Vec<&String> = before.difference(&after).collect();
    let new: Vec<&String> = after.difference(&before).collect();
    assert_eq!(gone, ["wh->dbt:raw_data"], "{}", offered[0].label);
    assert_eq!(new, ["ge->dbt:raw_data", "wh->ge:raw_data"], "{}", offered[0].label);
}

#[test]
fn a_stale_finding_has_no_fix() {
    let mut drawing = cases::templates().remove("google-l1").unwrap();
    let stale = finding(&drawing, "DEP02", "repo");
    assert!(!fixes(&drawing, &stale).is_empty());
    drawing.apply(fixes(&drawing, &stale)[0].edit.clone());
    assert!(fixes(&drawing, &stale).is_empty());
}

fn node(id: &str, kind: &str, stage: &str, tools: &[&str]) -> Node {
    Node {
        id: id.into(),
        kind: kind.to_owned(),
        stage: stage.to_owned(),
        label: id.to_owned(),
        tools: tools.iter().map(|tool| (*tool).to_owned()).collect(),
        ..Node::default()
    }
}

fn drawing(nodes: Vec<Node>, flows: &[(&str, &str, &str)]) -> Architecture {
    let mut drawing = Architecture::default();
    for node in nodes {
        drawing.apply(Edit::AddNode(node, None));
    }
    for (from, to, artifact) in flows {
        let flow = Flow {
            from: (*from).into(),
            to: (*to).into(),
            artifact: (*artifact).to_owned(),
            ..Flow::default()
        };
        drawing.apply(Edit::AddFlow(flow));
    }
    drawing
}

#[test]
fn only_what_goes_back_against_the_order_is_taken_away() {
    // A training sends a model and features back to a store of features, and metadata, which may go back.
    let back = [("tr", "fs", "features"), ("tr", "fs", "metadata"), ("tr", "fs", "model")];
    let drawing = drawing(
        vec![node("tr", "training", "train", &[]), node("fs", "feature_store", "features", &[])],
        &back,
    );
    let finding = finding(&drawing, "STR03", "tr->fs");
    assert_eq!(finding.message, "“tr” sends features and model back to “fs”, against the order of the lanes");
    let offered = fixes(&drawing, &finding);
    let removes = offered.iter().find(|fix| fix.label.starts_with("Remove")).unwrap();
    assert_eq!(removes.label, "Remove features and model from “tr” to “fs”");
    let mut changed = drawing.clone();
    changed.apply(removes.edit.clone());
    assert_eq!(flows(&changed), ["tr->fs:metadata".to_owned()].into());
}

#[test]
fn what_is_merged_keeps_the_tools_of_all() {
    let drawing = drawing(
        vec![
            node("a", "feature_store", "features", &["feast", "valkey"]),
            node("b", "feature_store", "features", &["hopsworks", "feast"]),
            node("src", "source_batch", "sources", &["postgresql"]),
        ],
        &[("src", "a", "raw_data"), ("src", "b", "raw_data")],
    );
    let offered = fixes(&drawing, &finding(&drawing, "DEB09", "a b"));
    let merges = offered.iter().find(|fix| fix.label == "Merge the other one into “a”").unwrap();
    let mut changed = drawing.clone();
    let back = changed.apply(merges.edit.clone());
    assert!(!changed.nodes.contains_key(&"b".into()));
    assert_eq!(changed.nodes[&"a".into()].tools, ["feast", "valkey", "hopsworks"]);
    changed.apply(back);
    assert_eq!(changed, drawing);
}

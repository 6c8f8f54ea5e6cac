//! The rules, change impact and maturity say what the reference implementation in `tests/reference` says.
//!
//! Its answers are stored in `answers.json`; the peers' tests have Python write them anew.

use std::collections::{BTreeMap, BTreeSet};

use mlops_atlas::architecture::{Architecture, Impact, NodeId, impact, lint, maturity};
use serde_json::Value;

use crate::cases::{changed, stored, templates, texts};
use crate::graphs;

type Places = BTreeMap<String, BTreeSet<String>>;

fn places(drawing: &Architecture) -> Places {
    let mut found = Places::new();
    for finding in lint(drawing) {
        let is_new = found.entry(finding.rule.id.clone()).or_default().insert(finding.place.at().join(" "));
        assert!(is_new, "{finding:?} is there twice in {}", drawing.id);
    }
    found
}

fn stored_places(value: &Value) -> Places {
    let rules = value.as_object().unwrap().iter();
    rules.map(|(rule, places)| (rule.clone(), texts(places).into_iter().collect())).collect()
}

fn levels(drawing: &Architecture) -> [u64; 3] {
    let maturity = maturity(drawing, &lint(drawing));
    let is_highest = (maturity.google == 2, maturity.microsoft == 4);
    let nothing_missing = (maturity.google_missing.is_empty(), maturity.microsoft_missing.is_empty());
    assert_eq!(is_highest, nothing_missing, "only the highest level misses nothing: {maturity:?}");
    [maturity.google.into(), maturity.microsoft.into(), maturity.covered() as u64]
}

/// The answer in one text, as `answers.py` writes it.
fn impact_text(drawing: &Architecture, node: &str) -> String {
    let Impact {
        direct,
        full,
        cace,
        rings,
        retrain,
        revalidate,
        redeploy,
        consumers,
        unguarded_consumers,
        in_loop,
        via_feedback,
        notified,
        undeclared: _,
        changed,
    } = impact(drawing, &node.into()).unwrap();
    assert_eq!(changed, [node.into()], "the node itself is ring 0");
    let list = |ids: &[NodeId]| ids.iter().map(NodeId::as_str).collect::<Vec<_>>().join(",");
    let rings: Vec<String> = rings.iter().map(|(ring, ids)| format!("{ring}:{}", list(ids))).collect();
    format!(
        "direct={direct} full={full} cace={cace:.2} rings={} retrain={} revalidate={} redeploy={} consumers={} \
         unguarded_consumers={} in_loop={in_loop} via_feedback={} notified={}",
        rings.join(";"),
        list(&retrain),
        list(&revalidate),
        list(&redeploy),
        list(&consumers),
        list(&unguarded_consumers),
        list(&via_feedback),
        list(&notified),
    )
}

#[test]
fn templates_are_judged_as_by_the_reference() {
    let (stored, templates) = (stored(), templates());
    let cases = stored["templates"].as_array().unwrap();
    assert_eq!(cases.len(), 15);
    for case in cases {
        let id = case["id"].as_str().unwrap();
        let drawing = &templates[id];
        assert_eq!(places(drawing), stored_places(&case["findings"]), "the findings of {id}");
        assert_eq!(Value::from(levels(drawing).to_vec()), case["maturity"], "the maturity of {id}");
        let impacts = case["impact"].as_object().unwrap();
        assert_eq!(impacts.len(), drawing.nodes.len());
        for (node, expected) in impacts {
            assert_eq!(impact_text(drawing, node), expected.as_str().unwrap(), "a change of {node} in {id}");
        }
    }
}

#[test]
fn changed_templates_are_judged_as_by_the_reference() {
    let (stored, templates) = (stored(), templates());
    let before: BTreeMap<&String, Places> =
        templates.iter().map(|(id, drawing)| (id, places(drawing))).collect();
    let cases = stored["mutations"].as_array().unwrap();
    assert_eq!(cases.len(), 1_183);
    let (mut fired, mut undeclared) = (BTreeSet::new(), 0);
    for case in cases {
        let (of, what) = (case["of"].as_str().unwrap().to_owned(), &case["what"]);
        let drawing = changed(&templates[&of], case);
        let mut expected = before[&of].clone();
        for (rule, places) in stored_places(&case["changed"]) {
            expected.remove(&rule);
            if !places.is_empty() {
                fired.insert(rule.clone());
                expected.insert(rule, places);
            }
        }
        assert_eq!(places(&drawing), expected, "the findings after: {what}");
        assert_eq!(Value::from(levels(&drawing).to_vec()), case["maturity"], "the maturity after: {what}");
        let [start, text] = texts(&case["impact"]).try_into().unwrap();
        assert_eq!(impact_text(&drawing, &start), text, "a change of {start} after: {what}");
        undeclared += hold_undeclared(&drawing, &start, what);
    }
    assert!(fired.len() >= 47, "only {fired:?} are ever broken");
    assert!(undeclared > 0, "some change reaches serving whose consumers nobody declared");
}

/// An impact names the serving it reaches at which the rule on undeclared consumers fires; how many that are.
fn hold_undeclared(drawing: &Architecture, start: &str, what: &Value) -> usize {
    let impact = impact(drawing, &start.into()).unwrap();
    let is_touched = |id: &str| id == start || impact.rings.values().flatten().any(|other| other.0 == id);
    let found = lint(drawing);
    let places = found.iter().filter(|finding| finding.rule.id == "DEB04");
    let serving: BTreeSet<&str> =
        places.map(|finding| finding.place.nodes()[0].as_str()).filter(|id| is_touched(id)).collect();
    let told: Vec<&str> = impact.undeclared.iter().map(NodeId::as_str).collect();
    assert!(told.iter().eq(serving.iter()), "{told:?}, not {serving:?}, after {start} changes, after {what}");
    told.len()
}

#[test]
fn random_graphs_are_judged_as_by_the_reference() {
    let stored = stored();
    let cases = stored["random"].as_array().unwrap();
    assert_eq!(cases.len(), 1_000);
    let mut fired = BTreeSet::new();
    for (seed, case) in cases.iter().enumerate() {
        let drawing = graphs::graph(seed as u64);
        let look = format!("see: python3 tests/reference/answers.py --graph {seed}");
        let sizes = [seed, drawing.nodes.len(), drawing.flows.len()];
        assert_eq!(sizes.map(Value::from), case.as_array().unwrap()[..3], "{look}");
        assert_eq!(graphs::digest(&graphs::drawn(&drawing)), case[4], "the generators differ; {look}");

        let found = places(&drawing);
        let counts: BTreeMap<&str, u64> =
            found.iter().map(|(rule, places)| (rule.as_str(), places.len() as u64)).collect();
        assert_eq!(serde_json::to_value(&counts).unwrap(), case[3], "{look}");
        let mut lines: Vec<String> = found
            .iter()
            .flat_map(|(rule, places)| places.iter().map(move |place| format!("{rule} {place}")))
            .collect();
        lines.push(levels(&drawing).map(|level| level.to_string()).join(" "));
        let last = drawing.nodes.len() - 1;
        lines.extend([0, drawing.nodes.len() / 2, last].map(|at| impact_text(&drawing, &format!("n{at}"))));
        assert_eq!(graphs::digest(&lines.join("\n")), case[5], "{look}; here:\n{}", lines.join("\n"));
        fired.extend(found.into_keys());
    }
    assert_eq!(fired.len(), 48, "some rule never fires");
}

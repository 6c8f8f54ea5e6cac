//! Journeys by accessible label: what the rules find in a drawing, how it is mended, what a change does.

use egui_kittest::kittest::Queryable as _;
use mlops_atlas::action::WindowId;
use mlops_atlas::address::{DrawingPanel, Location, Origin};
use mlops_atlas::app::Start;
use mlops_atlas::architecture::fill::{Usage, candidates};
use mlops_atlas::architecture::lint::fixes;
use mlops_atlas::architecture::{Finding, NodeId};
use mlops_atlas::problem::Severity;
use mlops_atlas::store::atlas_db::Profile;

use crate::headless;
use crate::headless::drawings::{Atlas, drawing, settle};

fn start(template: &str) -> Atlas {
    let location = Location::drawing(Origin::Template(template.to_owned()));
    let mut harness =
        headless::open(Start { profile: Profile::empty(), locations: vec![location], ..Start::default() });
    settle(&mut harness);
    harness
}

/// The places at which a rule fires.
fn found(harness: &Atlas, rule: &str) -> usize {
    drawing(harness).judged.findings.iter().filter(|finding| finding.rule.id == rule).count()
}

fn press(harness: &mut Atlas, label: &str) {
    harness.get_by_label(label).click();
    harness.run_steps(4);
}

#[test]
fn what_a_deletion_breaks_is_found_shown_and_mended_in_one_step() {
    let mut harness = start("kreuzberger");
    assert_eq!(drawing(&harness).judged.counts()[0], 0, "no error");
    let gate =
        drawing(&harness).architecture.nodes.values().find(|node| node.kind == "data_validation").unwrap();
    let (gate, lane) = (gate.label.clone(), gate.stage.clone());
    press(&mut harness, &format!("{gate}, {lane}"));
    harness.key_press(egui::Key::Delete);
    harness.run_steps(4);
    // The gate has nothing to judge with any more; errors come first, and F8 leads to the first.
    assert!(found(&harness, "EVA04") > 0);
    let first = drawing(&harness).judged.findings.first().unwrap().clone();
    assert_eq!(first.severity, Severity::Error);
    harness.key_press(egui::Key::F8);
    harness.run_steps(4);
    let Location::Drawing(here) = harness.state().state().location(WindowId::MAIN).clone() else { panic!() };
    assert_eq!(here.panel, DrawingPanel::Findings);
    let mut about: Vec<String> = first.place.nodes().into_iter().map(ToString::to_string).collect();
    about.sort();
    assert_eq!(here.selected, about);
    // The first one that can be mended in a step.
    let mended = |finding: &&Finding| !fixes(drawing(&harness).architecture, finding).is_empty();
    let at = drawing(&harness).judged.findings.iter().position(|finding| mended(&finding)).unwrap();
    let first = drawing(&harness).judged.findings[at].clone();
    let fix = fixes(drawing(&harness).architecture, &first).into_iter().next().unwrap();
    for _ in 0..at {
        harness.key_press(egui::Key::F8);
        harness.run_steps(4);
    }
    let told = format!("Error: {}. {}", first.rule.name, first.message);
    harness.get_by_label(&told);
    let before = drawing(&harness).document.history.labels().count();
    press(&mut harness, &fix.label);
    settle(&mut harness);
    let is_same = |finding: &Finding| finding.rule.id == first.rule.id && finding.place == first.place;
    assert!(!drawing(&harness).judged.findings.iter().any(is_same), "it is gone");
    assert_eq!(drawing(&harness).document.history.labels().count(), before + 1, "one step");
    assert!(harness.query_by_label(&told).is_none());
}

#[test]
fn a_gate_let_through_in_thought_shows_whom_it_guards_and_the_report_says_so() {
    let mut harness = start("kreuzberger");
    press(&mut harness, "Feature engineering pipeline, features");
    press(&mut harness, "Impact");
    harness.get_by_label_contains("Business application, operate, changes after");
    let asked = harness.state().state().window(WindowId::MAIN).what_if().cloned().unwrap();
    assert_eq!(asked.impact.unguarded_consumers, []);
    press(&mut harness, "without Canary / A-B / router");
    let asked = harness.state().state().window(WindowId::MAIN).what_if().cloned().unwrap();
    assert_eq!(asked.without.unwrap().1.unguarded_consumers, [NodeId::from("app")]);
    harness.get_by_label_contains("Business application is reached without any gate");
    press(&mut harness, "Report");
    // Without a window there is no dialog: the file that would be proposed is told.
    let told: Vec<&str> =
        harness.state().state().notices.iter().map(|notice| notice.problem.at.as_str()).collect();
    assert_eq!(told, ["nine-component-reference-kreuzberger-et-impact-of-feature-engineering-pipeline.md"]);
    press(&mut harness, "Put Canary / A-B / router back");
    let asked = harness.state().state().window(WindowId::MAIN).what_if().cloned().unwrap();
    assert_eq!(asked.without, None);
}

#[test]
fn what_the_next_level_lacks_is_one_press_away() {
    // Google's level 1 has no continuous integration.
    let mut harness = start("google-l1");
    press(&mut harness, "Maturity");
    harness.get_by_label("Google: 1 of 2");
    let ci = |harness: &Atlas| {
        drawing(harness).architecture.nodes.values().filter(|node| node.kind == "ci").count()
    };
    assert_eq!(ci(&harness), 0);
    let add = mlops_atlas::architecture::kinds::kind("ci").unwrap().label.clone();
    harness.get_all_by_label(&format!("Add {add}")).next().unwrap().click();
    settle(&mut harness);
    assert_eq!(ci(&harness), 1);
    // It is connected to nothing, which a rule says; the way there is a press, too.
    assert!(found(&harness, "STR01") > 0);
    press(&mut harness, "Pipeline code without CI");
    let Location::Drawing(here) = harness.state().state().location(WindowId::MAIN) else { panic!() };
    assert_eq!(here.panel, DrawingPanel::Findings);
}

/// Brings something into sight and presses it.
fn reach(harness: &mut Atlas, label: &str) {
    harness.get_all_by_label(label).next().unwrap().scroll_to_me();
    harness.run_steps(4);
    harness.get_all_by_label(label).next().unwrap().click();
    settle(harness);
}

#[test]
fn an_answer_to_the_test_score_is_kept_and_taken_away_again() {
    let mut harness = start("oss-classic");
    press(&mut harness, "Maturity");
    let answers = |harness: &Atlas| drawing(harness).architecture.test_score.of.clone();
    assert!(answers(&harness).is_empty());
    reach(&mut harness, "1");
    // The first of 28 tests, run by a system.
    let kept = answers(&harness);
    let points: Vec<(&str, f64)> = kept.iter().map(|(id, answer)| (id.as_str(), answer.points())).collect();
    assert_eq!(points, [("data-1", 1.0)]);
    harness.get_by_label_contains("0 of 7, the lowest of four sections");
    reach(&mut harness, "1");
    assert!(answers(&harness).is_empty(), "pressed again it is no answer");
}

#[test]
fn what_is_allowed_is_asked_of_every_tool_and_what_nobody_knows_is_told() {
    let mut harness = start("kubeflow");
    harness.get_by_label("Anything: no limit is set.");
    reach(&mut harness, "Without Kubernetes");
    assert!(drawing(&harness).architecture.constraints.without_kubernetes);
    // Kubeflow Pipelines needs Kubernetes.
    harness.get_by_label_contains("facts the catalog does not know");
    reach(&mut harness, "Without Kubernetes, asked");
    assert!(drawing(&harness).architecture.constraints.is_empty());
}

#[test]
fn an_empty_box_is_filled_with_a_tool_that_fits() {
    let mut harness = start("airbnb");
    let empty = drawing(&harness).architecture.nodes.values().find(|node| node.kind == "evaluation").unwrap();
    assert!(empty.tools.is_empty());
    let (id, label) = (empty.id.clone(), format!("{}, {}", empty.label, empty.stage));
    press(&mut harness, &label);
    harness.get_by_label("Tools that fit");
    let templates: Vec<_> =
        harness.state().state().templates.iter().map(|template| template.architecture.clone()).collect();
    let usage = Usage::of(templates.iter().map(|drawing| &**drawing));
    let found =
        candidates(drawing(&harness).architecture, &id, &harness.state().state().catalog, &usage).unwrap();
    let (name, tool) = (found.tools[0].name.clone(), found.tools[0].tool.to_string());
    reach(&mut harness, &name);
    assert_eq!(drawing(&harness).architecture.nodes[&id].tools, [tool]);
}

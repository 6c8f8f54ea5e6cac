//! Journeys by accessible label: what drawings have in common, the template of it, and the rules of one drawing.

use std::fs;
use std::path::{Path, PathBuf};

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use mlops_atlas::action::{WindowAction, WindowId};
use mlops_atlas::address::{Location, Origin};
use mlops_atlas::app::Start;
use mlops_atlas::architecture::lint::{rule, rule_set};
use mlops_atlas::architecture::{Architecture, Flow, Node, kinds};
use mlops_atlas::state::CommonPractice;
use mlops_atlas::store::architecture_files;
use mlops_atlas::store::atlas_db::Profile;
use serde_json::Value;

use crate::headless;
use crate::headless::drawings::{Atlas, drawing as shown, settle};

/// A drawing of nodes as (id, kind, tools) and flows as (from, artifact, to).
fn drawing(title: &str, nodes: &[(&str, &str, &[&str])], flows: &[(&str, &str, &str)]) -> Architecture {
    let mut drawing = Architecture { title: title.to_owned(), ..Architecture::default() };
    for (id, kind, tools) in nodes {
        let node = Node {
            id: (*id).into(),
            kind: (*kind).to_owned(),
            stage: kinds::kind(kind).unwrap().stage.clone(),
            label: format!("{title} {id}"),
            tools: tools.iter().map(|tool| (*tool).to_owned()).collect(),
            ..Node::default()
        };
        drawing.nodes.insert(node.id.clone(), node);
    }
    for (from, artifact, to) in flows {
        let artifact = (*artifact).to_owned();
        drawing.flows.push(Flow { from: (*from).into(), artifact, to: (*to).into(), ..Flow::default() });
    }
    drawing.flows.sort_by_key(Flow::key);
    drawing
}

/// Three drawings: training in all, three more kinds and three flows in two of them, a notebook with its flow in one.
fn team() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("team");
    fs::create_dir(&root).unwrap();
    let a = drawing(
        "A",
        &[
            ("src", "source_batch", &["postgresql"]),
            ("nb", "experiment", &[]),
            ("tr", "training", &["xgboost", "pytorch"]),
            ("reg", "model_registry", &["mlflow"]),
        ],
        &[("src", "raw_data", "tr"), ("nb", "code", "tr"), ("tr", "model", "reg")],
    );
    let b = drawing(
        "B",
        &[("t", "training", &["xgboost"]), ("r", "model_registry", &["mlflow"]), ("m", "monitoring", &[])],
        &[("t", "model", "r"), ("m", "trigger", "t")],
    );
    let c = drawing(
        "C",
        &[("s", "source_batch", &[]), ("t", "training", &[]), ("m", "monitoring", &["evidently"])],
        &[("s", "raw_data", "t"), ("m", "trigger", "t")],
    );
    for (name, drawing) in [("a", a), ("b", b), ("c", c)] {
        architecture_files::save(&root.join(format!("{name}.architecture.json")), &drawing).unwrap();
    }
    (folder, root)
}

fn window(workspace: Option<&Path>, address: &str) -> Atlas {
    let mut harness = headless::open(Start {
        profile: Profile::empty(),
        workspace: workspace.map(Path::to_owned),
        locations: vec![address.parse().unwrap()],
        ..Start::default()
    });
    settle(&mut harness);
    harness
}

fn go(harness: &mut Atlas, location: Location) {
    harness.state_mut().push(WindowAction::Go(location));
    harness.run_steps(2);
    settle(harness);
}

/// Brings something into sight and presses it.
fn press(harness: &mut Atlas, label: &str) {
    harness.get_by_label(label).scroll_to_me();
    // Scrolling takes a while where there is far to go.
    harness.run_steps(30);
    harness.get_by_label(label).click();
    harness.run_steps(2);
    settle(harness);
}

fn practice(harness: &Atlas) -> &CommonPractice {
    harness.state().state().window(WindowId::MAIN).common_practice.as_ref().unwrap()
}

fn here(harness: &Atlas) -> &Location {
    harness.state().state().location(WindowId::MAIN)
}

#[test]
fn a_template_of_what_half_of_the_drawings_share_is_derived_as_counted_by_hand() {
    let (_folder, root) = team();
    let mut harness = window(Some(&root), "atlas:studio/consensus?of=workspace&percent=30");
    harness.get_by_label("Picture of 5 boxes and 4 flows");
    harness.get_by_label("At least 30 %: 1 of 3");
    harness.get_by_label("Least share of the drawings, in percent").focus();
    harness.run_steps(2);
    for _ in 0..4 {
        harness.key_press(Key::ArrowRight);
        harness.run_steps(2);
    }
    harness.get_by_label("At least 50 %: 2 of 3");
    harness.get_by_label("Picture of 4 boxes and 3 flows");
    press(&mut harness, "Derive a template");

    assert!(matches!(here(&harness), Location::Drawing(here) if matches!(here.origin, Origin::Untitled(_))));
    let derived = shown(&harness).architecture;
    let nodes: Vec<String> =
        derived.nodes.values().map(|node| format!("{} {}", node.kind, node.tools.join("+"))).collect();
    assert_eq!(nodes, ["model_registry mlflow", "monitoring ", "source_batch ", "training xgboost"]);
    let flows: Vec<String> = derived.flows.iter().map(|flow| flow.key().to_string()).collect();
    let expected =
        ["monitoring->training:trigger", "source_batch->training:raw_data", "training->model_registry:model"];
    assert_eq!(flows, expected);
    assert_eq!(derived.title, "What 3 designs agree on");
    assert_eq!(derived.extra["notes"], serde_json::json!(["Counted in: A; B; C."]));
    assert!(shown(&harness).document.is_dirty(), "it stands in no file yet");
}

#[test]
fn a_kind_tells_who_has_it_and_who_does_otherwise_and_leads_to_its_node() {
    let (_folder, root) = team();
    let mut harness = window(Some(&root), "atlas:studio/consensus?of=workspace");
    press(&mut harness, "Model registry, in 2 of 3");
    harness.get_by_label("Have it · 2");
    harness.get_by_label("Have it not · 1");
    harness.get_by_label("C");
    press(&mut harness, "B");
    let Location::Drawing(drawing) = here(&harness) else { panic!("{}", here(&harness)) };
    assert_eq!(drawing.selected, ["r"]);
    assert_eq!(drawing.origin, Origin::Path(root.join("b.architecture.json")));
}

#[test]
fn the_window_counts_what_the_command_line_counts() {
    let (folder, root) = team();
    let out = folder.path().join("derived.architecture.json");
    let words = ["architecture", "consensus", root.to_str().unwrap(), "--min", "0.65", "--json", "--out"];
    let mut command = assert_cmd::Command::cargo_bin("mlops-atlas").unwrap();
    let said = command.args(words).arg(&out).output().unwrap();
    let said: Value = serde_json::from_slice(&said.stdout).unwrap();

    let harness = window(Some(&root), "atlas:studio/consensus?of=workspace&percent=65&reported=no");
    let found = &practice(&harness).found;
    let titles = |places: &[usize]| -> Vec<&str> {
        places.iter().map(|at| found.drawings[*at].title.as_str()).collect()
    };
    let kinds: Vec<Value> = found
        .kinds
        .iter()
        .map(|kind| serde_json::json!([kind.what, titles(&kind.with), titles(&kind.without)]))
        .collect();
    // There drawings are called by their files.
    let called = |files: &Value| -> Vec<Value> {
        let all = said["drawings"].as_array().unwrap();
        let title = |file: &Value| all.iter().find(|one| one["file"] == *file).unwrap()["title"].clone();
        files.as_array().unwrap().iter().map(title).collect()
    };
    let told: Vec<Value> = said["kinds"]
        .as_array()
        .unwrap()
        .iter()
        .map(|kind| serde_json::json!([kind["kind"], called(&kind["with"]), called(&kind["without"])]))
        .collect();
    assert_eq!(kinds, told);
    assert_eq!(found.flows.len(), said["flows"].as_array().unwrap().len());
    assert_eq!(practice(&harness).derived, architecture_files::open(&out).unwrap().0);
}

#[test]
fn a_drawing_that_is_saved_is_counted_anew() {
    let (_folder, root) = team();
    let mut harness = window(Some(&root), "atlas:studio/consensus?of=workspace");
    harness.get_by_label("Notebook / experiment, in 1 of 3");
    let path = root.join("c.architecture.json");
    go(&mut harness, Location::drawing(Origin::Path(path.clone())));
    press(&mut harness, "Notebook / experiment");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    settle(&mut harness);
    assert_eq!(architecture_files::open(&path).unwrap().0.nodes.len(), 4);
    go(&mut harness, "atlas:studio/consensus?of=workspace".parse().unwrap());
    for _ in 0..5_000 {
        harness.run_steps(1);
        if harness.query_by_label("Notebook / experiment, in 2 of 3").is_some() {
            return;
        }
    }
    panic!("the change was never seen");
}

#[test]
fn where_there_is_nothing_to_count_the_view_says_what_to_do() {
    let mut harness = window(None, "atlas:studio/consensus?of=workspace");
    harness.get_by_label("No workspace is open");
    harness.get_by_label("Open a folder as workspace…");
    press(&mut harness, "Templates");
    assert_eq!(practice(&harness).members.len(), 15);
    press(&mut harness, "Gallery");
    assert!(matches!(here(&harness), Location::Drawings(_)));

    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("broken.architecture.json"), "no JSON").unwrap();
    let harness = window(Some(folder.path()), "atlas:studio/consensus?of=workspace");
    let name = folder.path().file_name().unwrap().to_string_lossy().into_owned();
    harness.get_by_label(&format!("{name} has no drawings that can be read"));

    let one = drawing("Alone", &[("t", "training", &[])], &[]);
    architecture_files::save(&folder.path().join("one.architecture.json"), &one).unwrap();
    let harness = window(Some(folder.path()), "atlas:studio/consensus?of=workspace");
    harness.get_by_label_contains("One drawing agrees with itself");
    harness.get_by_label("Training, in 1 of 1");
}

#[test]
fn the_table_is_taken_away_as_csv_and_flows_are_searched() {
    let mut harness = window(None, "atlas:studio/consensus?reported=no");
    let all = practice(&harness).flows.len();
    assert!(all > 12);
    harness.get_by_label(&format!("And {} more.", all - 12));
    harness.get_by_label("Search flows").focus();
    harness.run_steps(2);
    harness.get_by_label("Search flows").type_text("registry metadata");
    harness.run_steps(4);
    // By their words: everything that has both.
    let hits = practice(&harness).flows.iter().filter(|row| {
        let told = row.told.to_lowercase();
        told.contains("registry") && told.contains("metadata")
    });
    let hits: Vec<String> = hits.map(|row| row.told.clone()).collect();
    assert!(!hits.is_empty() && hits.len() < 12);
    for told in &hits {
        harness.get_by_label(told);
    }
    assert!(harness.query_by_label(&format!("And {} more.", all - 12)).is_none());
    harness.get_by_label("Export this table as CSV…").click();
    settle(&mut harness);
    let told: Vec<&str> =
        harness.state().state().notices.iter().map(|notice| notice.problem.at.as_str()).collect();
    assert_eq!(told, ["common-practice.csv"]);
}

#[test]
fn a_rule_that_is_turned_off_for_a_drawing_finds_nothing_until_it_is_undone() {
    let mut harness = window(None, "atlas:studio/drawing?file=template:google-l1&panel=findings");
    let is_free = |finding: &&mlops_atlas::architecture::Finding| finding.rule.can_be_off();
    let finding = shown(&harness).judged.findings.iter().find(is_free).unwrap().clone();
    let found = |harness: &Atlas| {
        shown(harness).judged.findings.iter().filter(|other| other.rule == finding.rule).count()
    };
    let before = found(&harness);
    let told = format!("{}. {}", finding.rule.name, finding.message);
    harness.get_by_label_contains(&told).click();
    settle(&mut harness);
    press(&mut harness, "Its rule…");
    press(&mut harness, "Off");
    assert_eq!(found(&harness), 0);
    let kept = &shown(&harness).architecture.rules;
    assert_eq!(kept.iter().collect::<Vec<_>>(), [(&finding.rule.id, &"off".to_owned())]);
    press(&mut harness, "Error");
    assert_eq!(shown(&harness).judged.counts()[0], before, "each of them is an error now");
    press(&mut harness, "As given");
    assert_eq!((found(&harness), shown(&harness).architecture.rules.len()), (before, 0));
    for expected in [before, 0, before] {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        settle(&mut harness);
        assert_eq!(found(&harness), expected);
    }
}

#[test]
fn what_a_rule_set_does_is_told_in_words_before_it_is_chosen() {
    let mut harness = window(None, "atlas:studio/drawing?file=template:google-l1&panel=findings");
    let (set, rule) = (rule_set("sketch").unwrap(), rule("STR06").unwrap());
    let count = |harness: &Atlas, label: &str| harness.query_all_by_label(label).count();
    press(&mut harness, "All rules, one by one");
    assert_eq!(count(&harness, &rule.name), 1, "in the list of all rules");
    assert_eq!(count(&harness, &set.summary), 0);
    // The chip that chooses it, and the row that tells what it does.
    assert_eq!(count(&harness, &set.title), 2);
    harness.get_all_by_label(&set.title).last().unwrap().click();
    settle(&mut harness);
    harness.get_by_label(&set.summary);
    assert_eq!(count(&harness, &rule.name), 2, "it turns it off");
    assert!(shown(&harness).architecture.ruleset.is_empty(), "it is not chosen by that");
    harness.get_all_by_label(&rule.name).next().unwrap().click();
    settle(&mut harness);
    harness.get_by_label(&rule.explanation);
    harness.get_by_label("As it is given it is a hint.");
}

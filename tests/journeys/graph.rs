//! Journeys through the relations graph by accessible label: from a tool's page to its neighbours, types on and off,
//! why somebody is there, and the same on the command line.

use egui::{Key, Rect, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node};
use mlops_atlas::action::WindowId;
use mlops_atlas::address::Location;
use mlops_atlas::app::{App, Start};
use mlops_atlas::catalog::neighbourhood::{Group, Subject};
use mlops_atlas::cli::tools::{self, RelationsArgs, ToolsCommand};
use mlops_atlas::state::{Graph, State};

use crate::headless;

fn start(address: &str) -> Harness<'static, App> {
    let mut harness = headless::open(Start { locations: vec![address.parse().unwrap()], ..Start::default() });
    harness.run_steps(4);
    harness
}

fn state<'h>(harness: &'h Harness<'_, App>) -> &'h State {
    harness.state().state()
}

fn address(harness: &Harness<'_, App>) -> String {
    state(harness).location(WindowId::MAIN).to_string()
}

fn graph<'h>(harness: &'h Harness<'_, App>) -> &'h Graph {
    state(harness).window(WindowId::MAIN).graph.as_ref().unwrap()
}

/// The names around the middle.
fn around(harness: &Harness<'_, App>) -> Vec<String> {
    let nodes = graph(harness).found.nodes.iter();
    nodes.filter(|node| node.group != Group::Centre).map(|node| node.name.clone()).collect()
}

fn label_of(node: &Node<'_>) -> String {
    let node = node.accesskit_node();
    node.label().unwrap_or_default()
}

/// Presses the first thing whose label begins so.
fn press(harness: &mut Harness<'_, App>, label: &str) {
    harness
        .query_all_by_label_contains(label)
        .find(|node| label_of(node).starts_with(label))
        .unwrap_or_else(|| panic!("nothing is called {label}"))
        .click();
    harness.run_steps(4);
}

fn key(harness: &mut Harness<'_, App>, key: Key) {
    harness.key_press(key);
    harness.run_steps(4);
}

#[test]
fn from_a_page_over_the_small_graph_to_a_neighbour_and_why_it_is_there() {
    let mut harness = start("atlas:landscape/tool?id=mlflow");
    harness.set_size(vec2(1600.0, 2200.0));
    harness.run_steps(4);
    assert_eq!(graph(&harness).found.nodes.len(), 13, "the tool and twelve");
    press(&mut harness, "Relations of MLflow as a graph, 12 of ");
    assert_eq!(address(&harness), "atlas:landscape/graph?tool=mlflow");
    let told = graph(&harness).told.iter().find(|told| told.starts_with("Ray: ")).unwrap().clone();
    assert!(
        told.contains("Ray integrates with MLflow") || told.contains("MLflow integrates with Ray"),
        "{told}"
    );
    assert!(told.contains(", reported by "), "{told}");
    press(&mut harness, "Ray: ");
    assert_eq!(address(&harness), "atlas:landscape/graph?tool=mlflow&selected=ray");
    harness.get_by_label("Why it is here");
    assert!(harness.query_all_by_label_contains("Open source https://").count() > 0, "with its source");
    press(&mut harness, "To the middle");
    assert_eq!(address(&harness), "atlas:landscape/graph?tool=ray");
    assert!(around(&harness).contains(&"MLflow".to_owned()));
}

#[test]
fn a_type_is_switched_off_and_on_and_its_count_stays() {
    let mut harness = start("atlas:landscape/graph?tool=mlflow");
    let (before, counts) = (around(&harness), graph(&harness).found.counts.clone());
    press(&mut harness, "alternative to, ");
    assert!(!address(&harness).contains("type=alternative_to"), "{}", address(&harness));
    assert!(address(&harness).contains("type=integrates_with"), "{}", address(&harness));
    assert!(before.contains(&"ClearML".to_owned()) && !around(&harness).contains(&"ClearML".to_owned()));
    assert_eq!(graph(&harness).found.counts, counts);
    press(&mut harness, "alternative to, ");
    assert_eq!((address(&harness).as_str(), around(&harness)), ("atlas:landscape/graph?tool=mlflow", before));
    press(&mut harness, "2 steps");
    assert_eq!(address(&harness), "atlas:landscape/graph?tool=mlflow&depth=2");
    assert!(graph(&harness).found.nodes.iter().any(|node| node.steps == 2));
    // Narrowing is no step of the history.
    harness = start("atlas:landscape/graph?tool=mlflow&type=none");
    press(&mut harness, "Show all types");
    assert_eq!(address(&harness), "atlas:landscape/graph?tool=mlflow");
}

#[test]
fn derived_relations_say_from_which_statements_they_follow() {
    let mut harness = start("atlas:landscape/graph?tool=marquez");
    assert!(graph(&harness).found.node_of_standard("OpenLineage").is_none());
    press(&mut harness, "derived: shares a standard, ");
    assert_eq!(address(&harness), "atlas:landscape/graph?tool=marquez&derived=yes");
    press(&mut harness, "OpenLineage, a standard: Marquez implements and reads OpenLineage, says its entry");
    assert_eq!(
        address(&harness),
        "atlas:landscape/graph?tool=marquez&derived=yes&selected=standard:OpenLineage"
    );
    harness.get_by_label("Who speaks it");
    press(&mut harness, "Select OpenMetadata");
    harness.get_by_label("OpenMetadata reads OpenLineage, says its entry");
    harness.get_by_label("Marquez implements and reads OpenLineage, says its entry");
    let derived = "Derived from these statements. No entry says that the two work together.";
    assert!(harness.query_all_by_label(derived).count() > 0);
}

#[test]
fn arrow_keys_walk_to_the_neighbour_in_their_direction_and_enter_opens_it() {
    let mut harness = start("atlas:landscape/graph?tool=mlflow");
    key(&mut harness, Key::ArrowRight);
    assert_eq!(address(&harness), "atlas:landscape/graph?tool=mlflow&selected=mlflow");
    key(&mut harness, Key::ArrowRight);
    let x = |harness: &Harness<'_, App>| {
        let Location::Graph(shown) = state(harness).location(WindowId::MAIN) else { panic!("left") };
        let id = shown.selected.as_ref().unwrap().to_string();
        let row = state(harness).catalog.tools().iter().position(|tool| tool.id.as_str() == id).unwrap();
        let node = graph(harness).found.node_of(row).unwrap();
        (graph(harness).layout(1100.0, 740.0).cards[node].middle().x, id)
    };
    let (right, id) = x(&harness);
    assert!(right > 0.0, "{id} is at the right of the middle");
    key(&mut harness, Key::ArrowLeft);
    assert_eq!(x(&harness).1, "mlflow");
    key(&mut harness, Key::ArrowLeft);
    let (left, id) = x(&harness);
    assert!(left < 0.0, "{id} is at the left of the middle");
    key(&mut harness, Key::Enter);
    assert_eq!(address(&harness), format!("atlas:landscape/tool?id={id}"));
}

#[test]
fn a_double_click_opens_and_commands_lead_here_and_recentre() {
    let mut harness = start("atlas:landscape/table?selected=kserve");
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::G);
    harness.run_steps(4);
    assert_eq!(address(&harness), "atlas:landscape/graph?tool=kserve");
    press(&mut harness, "Knative Serving: ");
    key(&mut harness, Key::C);
    assert_eq!(address(&harness), "atlas:landscape/graph?tool=knative-serving");
    harness = start("atlas:landscape/compare?tools=mlflow,aim");
    press(&mut harness, "Relations");
    assert_eq!(address(&harness), "atlas:landscape/graph?tool=mlflow&tool=aim");
    harness = start("atlas:landscape/board?selected=ray");
    press(&mut harness, "Relations");
    assert_eq!(address(&harness), "atlas:landscape/graph?tool=ray");
}

#[test]
fn zoom_and_fit_belong_to_the_graph() {
    let mut harness = start("atlas:landscape/graph?tool=mlflow");
    let card = |harness: &Harness<'_, App>| -> Rect {
        let all = harness.query_all_by_label_contains("MLflow");
        all.map(|node| (label_of(&node), node.rect())).find(|(label, _)| label == "MLflow").unwrap().1
    };
    let before = card(&harness);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Plus);
    harness.run_steps(4);
    assert!(card(&harness).width() > before.width() * 1.2);
    assert_eq!(state(&harness).settings.zoom_percent, 100, "the window keeps its size");
    harness.key_press_modifiers(egui::Modifiers::SHIFT, Key::Num1);
    harness.run_steps(4);
    assert_eq!(card(&harness), before);
}

#[test]
fn a_tool_alone_leads_to_its_category_and_an_unknown_one_to_all() {
    let mut harness = start("atlas:home");
    let catalog = state(&harness).catalog.clone();
    let is_alone = |tool: &&mlops_atlas::catalog::Tool| {
        tool.relations.is_empty() && catalog.pointing_at(&tool.id).next().is_none() && tool.category.is_some()
    };
    let tool = catalog.tools().iter().find(is_alone).unwrap();
    harness = start(&format!("atlas:landscape/graph?tool={}", tool.id));
    let category = tool.category.clone().unwrap();
    press(&mut harness, &format!("Show {category}"));
    assert_eq!(address(&harness), Location::Category(category).to_string());
    harness = start("atlas:landscape/graph?tool=no-such-tool");
    press(&mut harness, "Show all tools");
    assert_eq!(address(&harness), "atlas:landscape/table");
    harness = start("atlas:landscape/graph");
    press(&mut harness, "KServe");
    assert_eq!(address(&harness), "atlas:landscape/graph?tool=kserve");
}

#[test]
fn more_than_have_room_are_counted_and_listed() {
    let hubs =
        ["kubernetes", "apache-spark", "mlflow", "postgresql", "prometheus", "opentelemetry", "pytorch"];
    let hubs = hubs.map(|id| format!("tool={id}&")).concat();
    let mut harness = start(&format!("atlas:landscape/graph?{hubs}depth=2&derived=yes"));
    let found = &graph(&harness).found;
    let out = found.left_out.len();
    assert!(out > 0 && found.nodes.len() <= 150, "{out} beside {}", found.nodes.len());
    let first = state(&harness).catalog.tools()[found.left_out[0]].clone();
    press(&mut harness, &format!("and {out} more"));
    assert!(address(&harness).ends_with("&selected=left-out:"), "{}", address(&harness));
    press(&mut harness, &first.name);
    assert_eq!(address(&harness), Location::Tool(first.id).to_string());
}

#[test]
fn every_card_is_named_and_in_sight_whatever_the_window() {
    for size in [vec2(1600.0, 1000.0), vec2(1280.0, 720.0), vec2(853.0, 480.0), vec2(600.0, 420.0)] {
        let mut harness = start("atlas:landscape/graph?tool=mlflow&depth=2");
        harness.set_size(size);
        harness.run_steps(4);
        let told = graph(&harness).told.clone();
        let window = Rect::from_min_size(egui::Pos2::ZERO, size);
        for told in told {
            let cards = harness.query_all_by_label(&told);
            assert!(cards.map(|node| node.rect()).any(|rect| window.contains_rect(rect)), "{told} in {size}");
        }
    }
}

#[test]
fn addresses_are_read_back_and_wrong_ones_say_why() {
    for address in [
        "atlas:landscape/graph",
        "atlas:landscape/graph?tool=mlflow",
        "atlas:landscape/graph?tool=mlflow&tool=aim&depth=2&type=integrates_with&type=runs_on&derived=yes&selected=ray",
        "atlas:landscape/graph?tool=mlflow&type=none&selected=standard:Open%20Inference%20Protocol",
        "atlas:landscape/graph?tool=mlflow&selected=left-out:",
    ] {
        assert_eq!(address.parse::<Location>().unwrap().to_string(), address);
    }
    for (wrong, why) in [
        ("depth=3", "depth=3 is not understood"),
        ("type=likes", "type=likes is not understood"),
        ("tool=A%20B", "id=A B is not understood"),
        ("selected=standard:", "selected=standard: is not understood"),
        ("derived=maybe", "derived=maybe is not understood"),
        ("stage=serve", "this view takes no stage"),
    ] {
        let error = format!("atlas:landscape/graph?{wrong}").parse::<Location>().unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
    }
}

fn relations(args: RelationsArgs) -> (u8, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = tools::run(&ToolsCommand::Relations(args), &mut out, &mut err).unwrap();
    assert!(err.is_empty());
    (status, String::from_utf8(out).unwrap())
}

#[test]
fn the_command_line_says_the_same_as_the_window() {
    let args = |json| RelationsArgs {
        ids: vec!["mlflow".to_owned()],
        depth: 1,
        derived: true,
        json,
        ..Default::default()
    };
    let (status, text) = relations(args(true));
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!((status, &value["centres"]), (0, &serde_json::json!(["mlflow"])));
    let harness = start("atlas:landscape/graph?tool=mlflow&derived=yes");
    let found = &graph(&harness).found;
    let tools = found.nodes.iter().filter(|node| node.subject != Subject::Standard).count();
    assert_eq!(value["nodes"].as_array().unwrap().len(), tools);
    let kserve = value["relations"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["from"] == "mlflow" && one["to"] == "kserve" && one["type"] == "integrates_with");
    let kserve = kserve.unwrap();
    assert_eq!(kserve["via"]["interface"], "Open Inference Protocol");
    assert!(kserve["evidence"][0]["url"].as_str().unwrap().starts_with("https://"));
    for pair in value["derived"].as_array().unwrap() {
        let (tools, from) = (&pair["tools"], &pair["follows_from"]);
        assert!(tools[0] == "mlflow" && tools[1] != "mlflow", "{pair}");
        let is_told = |one: &serde_json::Value| one["from"] == tools[1] || one["to"] == tools[1];
        let of_mlflow = |one: &&serde_json::Value| one["from"] == "mlflow" || one["to"] == "mlflow";
        let mut told = value["relations"].as_array().unwrap().iter().filter(of_mlflow);
        assert!(!told.any(is_told), "{pair} has a source");
        for end in 0..2 {
            let statements = from[end].as_array().unwrap();
            assert!(!statements.is_empty(), "{pair}");
            assert!(statements.iter().all(|statement| statement["entry"] == tools[end]), "{pair}");
        }
    }
    let (_, text) = relations(args(false));
    let has = |line: &str| text.lines().any(|other| other.starts_with(line));
    assert!(has("MLflow integrates with KServe (MLflow model over Open Inference Protocol)"), "{text}");
    assert!(has("MLflow and Grafana share Prometheus"), "{text}");
    assert!(has("    Grafana reads and writes Prometheus, says its entry"), "{text}");
}

#[test]
fn the_relations_are_printed_as_csv() {
    let ids = vec!["mlflow".to_owned()];
    let (status, text) = relations(RelationsArgs { ids, depth: 1, csv: true, ..Default::default() });
    let head = "from,relation,to,artifact,interface,since,how,source,read";
    assert_eq!((status, text.lines().next()), (0, Some(head)));
    let kserve = "mlflow,integrates_with,kserve,MLflow model,Open Inference Protocol,";
    assert!(text.lines().any(|line| line.starts_with(kserve)), "{text}");
}

#[test]
fn types_and_tools_that_do_not_exist_are_told_with_what_does() {
    let run = |ids: &str, kind: &str| {
        let kinds = vec![kind.to_owned()];
        let args = RelationsArgs { ids: vec![ids.to_owned()], depth: 1, kinds, ..Default::default() };
        tools::run(&ToolsCommand::Relations(args), &mut Vec::new(), &mut Vec::new()).unwrap_err().to_string()
    };
    assert!(run("mlflow", "likes").contains("this is no type, use one of integrates_with, runs_on"));
    assert!(run("mlflwo", "runs_on").contains("did you mean mlflow"));
}

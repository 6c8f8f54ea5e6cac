//! Journeys by accessible label: which tools fill a drawing, tools and flows taken away and put back, limits set.

use egui_kittest::kittest::Queryable as _;
use mlops_atlas::action::{Action, DocumentAction, WindowAction, WindowId};
use mlops_atlas::address::{DrawingLocation, DrawingPanel, Location, Origin};
use mlops_atlas::app::Start;
use mlops_atlas::architecture::{Architecture, FlowKey, NodeId};
use mlops_atlas::store::architecture_files;
use mlops_atlas::store::atlas_db::Profile;

use crate::headless;
use crate::headless::drawings::{Atlas, drawing, settle};

fn start(origin: Origin, panel: DrawingPanel) -> Atlas {
    let Location::Drawing(mut here) = Location::drawing(origin) else { panic!("it is a drawing") };
    here.panel = panel;
    let locations = vec![Location::Drawing(here)];
    let mut harness = headless::open(Start { profile: Profile::empty(), locations, ..Start::default() });
    settle(&mut harness);
    harness
}

fn template(id: &str, panel: DrawingPanel) -> Atlas {
    start(Origin::Template(id.to_owned()), panel)
}

fn model(harness: &Atlas) -> &Architecture {
    drawing(harness).architecture
}

fn steps(harness: &Atlas) -> usize {
    drawing(harness).document.history.labels().count()
}

/// Brings something into sight and presses it.
fn press(harness: &mut Atlas, label: &str) {
    harness.get_all_by_label(label).next().unwrap_or_else(|| panic!("no {label}")).scroll_to_me();
    harness.run_steps(4);
    harness.get_all_by_label(label).next().unwrap().click();
    settle(harness);
}

fn has(harness: &Atlas, label: &str) -> bool {
    harness.query_all_by_label(label).count() > 0
}

/// Types into a field and takes the first offer.
fn type_into(harness: &mut Atlas, field: &str, text: &str) {
    harness.get_by_label(field).scroll_to_me();
    harness.run_steps(4);
    harness.get_by_label(field).focus();
    harness.run_steps(4);
    harness.get_by_label(field).type_text(text);
    harness.run_steps(4);
    harness.key_press(egui::Key::Enter);
    settle(harness);
}

fn undo(harness: &mut Atlas) {
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    settle(harness);
}

fn selected(harness: &Atlas) -> Vec<String> {
    let Location::Drawing(here) = harness.state().state().location(WindowId::MAIN) else { panic!() };
    here.selected.clone()
}

fn file(folder: &tempfile::TempDir, text: &str) -> Origin {
    let path = folder.path().join("ours.architecture.json");
    std::fs::write(&path, text).unwrap();
    Origin::Path(path)
}

#[test]
fn the_fewest_tools_are_put_in_by_one_press_and_taken_out_by_one_undo() {
    let mut harness = template("airbnb", DrawingPanel::Tools);
    let before = model(&harness).clone();
    let empty: Vec<NodeId> =
        before.nodes.values().filter(|node| node.tools.is_empty()).map(|node| node.id.clone()).collect();
    assert!(!empty.is_empty());
    press(&mut harness, "Put them in");
    let after = model(&harness).clone();
    let filled = empty.iter().filter(|id| !after.nodes[id].tools.is_empty()).count();
    assert!(filled > 0 && steps(&harness) == 1, "{filled} boxes by {} steps", steps(&harness));
    for (id, node) in &before.nodes {
        assert!(node.tools.is_empty() || after.nodes[id].tools == node.tools, "{id} was changed");
    }
    assert!(!has(&harness, "Put them in"), "nothing is left to put in");
    undo(&mut harness);
    assert_eq!(*model(&harness), before);
    // All boxes anew: fewer tools than the drawing names.
    press(&mut harness, "All boxes anew");
    press(&mut harness, "Put them in");
    let count = |drawing: &Architecture| {
        let tools: std::collections::BTreeSet<_> =
            drawing.nodes.values().flat_map(|node| &node.tools).collect();
        tools.len()
    };
    assert!(count(model(&harness)) < count(&before));
    undo(&mut harness);
    assert_eq!(*model(&harness), before);
}

#[test]
fn a_flow_of_which_nothing_is_recorded_leads_to_its_nodes() {
    // Both have entries, and neither tells of the other.
    let folder = tempfile::tempdir().unwrap();
    let text = r#"{"format":"mlops-atlas/architecture@1","id":"ours","title":"Ours","nodes":[
{"id":"a","kind":"source_batch","stage":"sources","tools":["orthanc"],"label":"Pictures","props":{}},
{"id":"b","kind":"data_store","stage":"data","tools":["ours-alone"],"label":"Lake","props":{}},
{"id":"c","kind":"training","stage":"train","tools":["xgboost"],"label":"Trees","props":{}}],
"edges":[{"from":"a","to":"c","artifact":"raw_data"},{"from":"b","to":"c","artifact":"labels"}],"layout":{}}"#;
    let mut harness = start(file(&folder, text), DrawingPanel::Tools);
    assert!(has(
        &harness,
        "The catalog tells of 0 of 2 flows. Of the others it has no record, which is not a no."
    ));
    assert!(has(&harness, "No record · 1") && has(&harness, "Not in the catalog · 1"));
    assert!(has(&harness, "Orthanc with XGBoost"));
    assert!(has(&harness, "ours-alone is not in the catalog."));
    press(&mut harness, "Pictures → Trees");
    assert_eq!(selected(&harness), ["a", "c"]);
    let Location::Drawing(here) = harness.state().state().location(WindowId::MAIN) else { panic!() };
    assert_eq!(here.panel, DrawingPanel::Tools, "the list stays");
}

#[test]
fn a_tool_goes_and_comes_back_by_its_name_and_a_stranger_is_counted() {
    let mut harness = template("oss-classic", DrawingPanel::Selection);
    let registry = model(&harness).nodes[&NodeId::from("reg")].clone();
    assert_eq!(registry.tools, ["mlflow"]);
    press(&mut harness, &format!("{}, {}", registry.label, registry.stage));
    press(&mut harness, "Remove MLflow");
    let tools = |harness: &Atlas| model(harness).nodes[&NodeId::from("reg")].tools.clone();
    assert_eq!((tools(&harness).len(), steps(&harness)), (0, 1));
    type_into(&mut harness, "Add a tool", "mlfl");
    assert_eq!((tools(&harness), steps(&harness)), (vec!["mlflow".to_owned()], 2));
    assert_eq!(model(&harness).nodes[&NodeId::from("reg")], registry);
    // What the catalog does not have is kept as it is typed.
    type_into(&mut harness, "Add a tool", "Our own registry");
    assert_eq!(tools(&harness), ["mlflow", "Our own registry"]);
    assert!(has(&harness, "Remove Our own registry"));
    harness.key_press(egui::Key::Escape);
    settle(&mut harness);
    let other = model(&harness).nodes.values().find(|node| node.id.as_str() == "cd").unwrap().clone();
    press(&mut harness, &format!("{}, {}", other.label, other.stage));
    type_into(&mut harness, "Add a tool", "Our own registry");
    let Location::Drawing(mut here) = harness.state().state().location(WindowId::MAIN).clone() else {
        panic!()
    };
    here.selected.clear();
    let go = mlops_atlas::action::WindowAction::Narrow(Location::Drawing(here));
    harness.state_mut().push(mlops_atlas::action::Action::Window(WindowId::MAIN, go));
    settle(&mut harness);
    assert!(has(&harness, "1 tool is not in the catalog"));
    press(&mut harness, "Our own registry");
    assert_eq!(selected(&harness), ["cd", "reg"]);
}

#[test]
fn a_flow_is_removed_and_added_again() {
    let mut harness = template("oss-classic", DrawingPanel::Selection);
    let before = model(&harness).clone();
    let flow = before.flows.iter().find(|flow| flow.from.as_str() == "reg").unwrap().clone();
    let (node, other) = (&before.nodes[&flow.from], &before.nodes[&flow.to]);
    press(&mut harness, &format!("{}, {}", node.label, node.stage));
    let artifact = flow.artifact.replace('_', " ");
    press(&mut harness, &format!("Remove the flow {artifact} to {}", other.title()));
    assert_eq!((model(&harness).flow(&flow.key()), steps(&harness)), (None, 1));
    press(&mut harness, "Add a flow that goes out");
    press(&mut harness, &artifact);
    press(&mut harness, &format!("To {}", other.title()));
    assert!(model(&harness).flow(&flow.key()).is_some() && steps(&harness) == 2);
    let key = |flow: &mlops_atlas::architecture::Flow| flow.key();
    let keys = |drawing: &Architecture| drawing.flows.iter().map(key).collect::<Vec<FlowKey>>();
    assert_eq!(keys(model(&harness)), keys(&before));
    assert!(has(&harness, "Add a flow that goes out"), "the form is closed");
    undo(&mut harness);
    undo(&mut harness);
    assert_eq!(*model(&harness), before);
}

#[test]
fn kind_lane_and_what_rules_read_are_changed_one_step_each() {
    let mut harness = template("oss-classic", DrawingPanel::Selection);
    let before = model(&harness).clone();
    let node = before.nodes.values().find(|node| node.kind == "orchestrator").unwrap().clone();
    let now = |harness: &Atlas| model(harness).nodes[&node.id].clone();
    press(&mut harness, &format!("{}, {}", node.label, node.stage));
    assert_eq!(node.props.get("schedule"), Some(&true.into()));
    press(&mut harness, "Runs on a schedule");
    assert!(!now(&harness).props.contains_key("schedule") && steps(&harness) == 1);
    press(&mut harness, "Kind: Orchestrator");
    press(&mut harness, "Training");
    assert_eq!(
        (now(&harness).kind.as_str(), now(&harness).stage.as_str(), steps(&harness)),
        ("training", "platform", 2)
    );
    press(&mut harness, "Lane: Platform");
    press(&mut harness, "Train");
    assert_eq!((now(&harness).stage.as_str(), steps(&harness)), ("train", 3));
    press(&mut harness, "Paradigm: Not said");
    press(&mut harness, "Language model");
    assert_eq!(now(&harness).props["paradigm"], "llm");
    for _ in 0..4 {
        undo(&mut harness);
    }
    assert_eq!(*model(&harness), before);
}

#[test]
fn every_limit_is_set_in_the_window() {
    let mut harness = template("oss-classic", DrawingPanel::Selection);
    type_into(&mut harness, "Allow a language", "pyth");
    type_into(&mut harness, "Allow a foundation", "LF AI");
    for label in ["OSI approved", "Air-gapped", "Without Kubernetes", "Limit their number", "One tool fewer"]
    {
        press(&mut harness, label);
    }
    let found = model(&harness).constraints.clone();
    let named: std::collections::BTreeSet<_> =
        model(&harness).nodes.values().flat_map(|node| &node.tools).collect();
    assert_eq!(found.languages, ["Python"]);
    assert!(found.foundations.len() == 1 && found.foundations[0].starts_with("LF AI"), "{found:?}");
    assert_eq!(found.licenses, ["osi"]);
    assert!(found.air_gapped && found.without_kubernetes);
    assert_eq!(found.most_tools, Some(named.len() as u32 - 1));
    let told = format!("The drawing names {} tools, and {} are allowed.", named.len(), named.len() - 1);
    assert!(
        mlops_atlas::architecture::constraints::check(model(&harness), &harness.state().state().catalog)
            .iter()
            .any(|breach| breach.message == told)
    );
    assert_eq!(steps(&harness), 7);
    press(&mut harness, "No limit on the number of tools");
    press(&mut harness, "Allow Python no more");
    let found = &model(&harness).constraints;
    assert!(found.languages.is_empty() && found.most_tools.is_none());
}

#[test]
fn a_limit_that_nobody_knows_is_told_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let text =
        "{\"format\":\"mlops-atlas/architecture@1\",\"nodes\":[],\n\"constraints\":{\n\"airgapped\":true}}";
    let harness = start(file(&folder, text), DrawingPanel::Selection);
    let told: Vec<_> = harness.state().state().notices.iter().map(|notice| &notice.problem).collect();
    let message = "`constraints` have `airgapped`, which this version does not know and does not check";
    assert!(
        told.iter()
            .any(|problem| problem.message == message && problem.at.ends_with("ours.architecture.json:3")),
        "{told:?}"
    );
    assert!(has(
        &harness,
        "The file has limits that this version does not know and does not check: airgapped."
    ));
    assert!(model(&harness).to_json().contains(r#""constraints":{"airgapped":true}"#));
}

/// A drawing that is open elsewhere may be looked at, and nothing in it offers a change.
#[test]
fn who_may_not_edit_is_offered_no_edit() {
    let folder = tempfile::tempdir().unwrap();
    let ours = architecture_files::template("airbnb").unwrap();
    let path = folder.path().join("ours.architecture.json");
    architecture_files::create(&path, &ours).unwrap();
    let home = tempfile::tempdir().unwrap();
    let open = |panel, selected: &str| {
        let Location::Drawing(mut here) = Location::drawing(Origin::Path(path.clone())) else { panic!() };
        here.panel = panel;
        here.selected.extend((!selected.is_empty()).then(|| selected.to_owned()));
        let (profile, locations) = (Profile::at(home.path()), vec![Location::Drawing(here)]);
        let mut harness = headless::open(Start { profile, locations, ..Start::default() });
        settle(&mut harness);
        harness
    };
    let first = open(DrawingPanel::Tools, "");
    assert!(!drawing(&first).document.read_only && has(&first, "Put them in"));
    let second = open(DrawingPanel::Tools, "");
    assert!(drawing(&second).document.read_only && !has(&second, "Put them in"));
    assert!(has(&second, "The fewest tools"));
    let (_, node) = ours.nodes.iter().find(|(_, node)| !node.tools.is_empty()).unwrap();
    let third = open(DrawingPanel::Selection, node.id.as_str());
    let edits = ["Add a tool", "Add a flow that goes out", "Rename", "Delete", "Own glue code"];
    assert_eq!(edits.map(|label| has(&third, label)), [false; 5]);
    assert_eq!(third.query_all_by_label_contains("Remove ").count(), 0);
    let fourth = open(DrawingPanel::Selection, "");
    let edits = ["Allow a language", "Air-gapped", "Limit their number", "Add a part"];
    assert_eq!(edits.map(|label| has(&fourth, label)), [false; 4]);
    let mut fifth = open(DrawingPanel::Selection, "");
    let several: Vec<_> = ours.nodes.keys().take(2).map(ToString::to_string).collect();
    let Location::Drawing(mut here) = fifth.state().state().location(WindowId::MAIN).clone() else {
        panic!()
    };
    here.selected = several;
    fifth.state_mut().push(WindowAction::Go(Location::Drawing(here)));
    settle(&mut fifth);
    assert!(has(&fifth, "2 nodes") && !has(&fifth, "Delete"));
    let answers = open(DrawingPanel::Maturity, "");
    assert!(has(&answers, "ML Test Score") && !has(&answers, "½"));
    assert_eq!(answers.query_all_by_label_contains(": not answered").count(), 28);
}

/// The part that the sources report is no document of its own: its rules are told, and not switched.
#[test]
fn what_the_sources_report_offers_no_rule_to_change() {
    let offers = |address: &str| {
        let locations = vec![address.parse().unwrap()];
        let mut harness = headless::open(Start { profile: Profile::empty(), locations, ..Start::default() });
        settle(&mut harness);
        let set = mlops_atlas::architecture::lint::rule_sets()[0].title.clone();
        let of_sets = has(&harness, &set);
        harness.get_by_label("All rules, one by one").scroll_to_me();
        harness.run_steps(4);
        harness.get_by_label("All rules, one by one").click();
        harness.run_steps(4);
        let rule = &mlops_atlas::architecture::lint::rules()[0];
        let label = harness.query_all_by_label_contains(&rule.name).last().unwrap();
        label.scroll_to_me();
        harness.run_steps(4);
        harness.query_all_by_label_contains(&rule.name).last().unwrap().click();
        harness.run_steps(4);
        assert_eq!(harness.query_all_by_label_contains("As it is given it is").count(), 1);
        [of_sets, has(&harness, "As given")]
    };
    let address = "atlas:studio/drawing?file=template:kreuzberger&panel=findings";
    assert_eq!(offers(address), [true, true]);
    assert_eq!(offers(&format!("{address}&reported=yes")), [false, false]);
}

#[test]
fn what_is_half_typed_is_of_its_drawing_and_offers_what_there_is_now() {
    let mut harness = template("edge", DrawingPanel::Selection);
    let label = "Allow a language";
    harness.get_by_label(label).scroll_to_me();
    harness.run_steps(4);
    harness.get_by_label(label).click();
    harness.run_steps(4);
    harness.get_by_label(label).type_text("Pyth");
    harness.run_steps(4);
    // The list of offers is called as its field is.
    let typed = |harness: &Atlas| harness.query_all_by_label(label).find_map(|node| node.value());
    assert_eq!(typed(&harness).as_deref(), Some("Pyth"));
    harness.state_mut().push(WindowAction::Go(Location::drawing(Origin::Template("recsys".to_owned()))));
    settle(&mut harness);
    assert_eq!(typed(&harness).unwrap_or_default(), "", "that is another drawing");

    let mut here = DrawingLocation::of(Origin::Template("edge".to_owned()));
    let id = architecture_files::template("edge").unwrap().nodes.keys().next().unwrap().clone();
    here.selected = vec![id.to_string()];
    harness.state_mut().push(WindowAction::Go(Location::Drawing(here)));
    settle(&mut harness);
    harness.get_by_label("Add a tool").scroll_to_me();
    harness.run_steps(4);
    harness.get_by_label("Add a tool").click();
    harness.run_steps(4);
    harness.get_by_label("Add a tool").type_text("OpenLineage");
    harness.run_steps(4);
    assert!(!has(&harness, "It is there already."));
    let tools = mlops_atlas::architecture::Edit::SetTools { node: id, tools: vec!["openlineage".to_owned()] };
    let (document, _) = harness.state().state().focused_drawing(WindowId::MAIN).unwrap();
    harness.state_mut().push(Action::Document(document, DocumentAction::Edit(tools.into())));
    settle(&mut harness);
    assert!(has(&harness, "It is there already."), "the box names it by now");
}

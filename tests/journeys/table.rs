//! Journeys through the tool table by accessible label: its columns, orders, groups, ticks, and the way to take it
//! away; every step by the pointer and by the keyboard alone, and each as an address.

use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use mlops_atlas::action::{Action, RemarkAction, WindowId};
use mlops_atlas::address::{Location, Place};
use mlops_atlas::app::{App, Start};
use mlops_atlas::state::landscape::Line;

use crate::headless;

const TABLE: &str = "atlas:landscape/table";

fn open(address: &str) -> Harness<'static, App> {
    let mut harness = headless::open(Start { locations: vec![address.parse().unwrap()], ..Start::default() });
    harness.run_steps(4);
    harness
}

fn here(harness: &Harness<'_, App>) -> String {
    harness.state().state().location(WindowId::MAIN).to_string()
}

fn press(harness: &mut Harness<'_, App>, label: &str) -> String {
    harness.get_by_label(label).click();
    harness.run_steps(4);
    here(harness)
}

fn key(harness: &mut Harness<'_, App>, modifiers: Modifiers, key: Key) -> String {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(4);
    here(harness)
}

fn plain(harness: &mut Harness<'_, App>, pressed: Key) -> String {
    key(harness, Modifiers::NONE, pressed)
}

/// The tools of the lines, from the top; groups by their titles in brackets.
fn lines(harness: &Harness<'_, App>) -> Vec<String> {
    let state = harness.state().state();
    let table = &state.window(WindowId::MAIN).tools.table;
    let text = |line: &Line| match line {
        Line::Group(group) => format!("[{}]", table.groups[*group].title),
        Line::Tool(row) => state.catalog.tools()[*row].id.to_string(),
    };
    table.lines.iter().map(text).collect()
}

#[test]
fn a_head_sorts_and_with_shift_sorts_by_one_more() {
    let mut harness = open(TABLE);
    assert_eq!(press(&mut harness, "Sort by Category"), "atlas:landscape/table?sort=category");
    harness.get_by_label("Sort by Claims").click_modifiers(Modifiers::SHIFT);
    harness.run_steps(4);
    assert_eq!(here(&harness), "atlas:landscape/table?sort=category&sort=-claims", "most claims first");
    let state = harness.state().state();
    let rows: Vec<(Option<String>, usize)> = state
        .window(WindowId::MAIN)
        .tools
        .rows
        .iter()
        .map(|row| &state.catalog.tools()[*row])
        .map(|tool| (tool.category.clone(), tool.claims.len()))
        .collect();
    let known: Vec<_> = rows.iter().filter(|(category, _)| category.is_some()).collect();
    assert!(known.is_sorted_by(|a, b| {
        let lower = |category: &Option<String>| category.as_deref().unwrap_or_default().to_lowercase();
        (lower(&a.0), std::cmp::Reverse(a.1)) <= (lower(&b.0), std::cmp::Reverse(b.1))
    }));
    assert!(rows.iter().skip(known.len()).all(|(category, _)| category.is_none()), "unknown is last");
    // The figures tell the order, in words as well; a third press takes a column out again.
    assert!(harness.query_by_label("Sort by Category, ascending, 1").is_some());
    harness.get_by_label("Sort by Claims, descending, 2").click_modifiers(Modifiers::SHIFT);
    harness.run_steps(4);
    harness.get_by_label("Sort by Claims, ascending, 2").click_modifiers(Modifiers::SHIFT);
    harness.run_steps(4);
    assert_eq!(here(&harness), "atlas:landscape/table?sort=category");
    press(&mut harness, "Sort by Category, ascending");
    assert_eq!(press(&mut harness, "Sort by Category, descending"), TABLE);
}

#[test]
fn addresses_of_before_still_order_as_they_did() {
    for (old, now) in [
        ("sort=claims&order=desc", "?sort=-claims"),
        ("sort=claims&order=asc", "?sort=claims"),
        ("sort=rank", ""),
        ("sort=rank&order=desc", "?sort=-name"),
        ("sort=stage,-claims", "?sort=stage&sort=-claims"),
        ("sort=stage&sort=stage", "?sort=stage"),
        ("columns=claims,name", "?columns=claims,name"),
        // Spelt out, the default ones stay, whatever was chosen last.
        (
            "columns=name,stage,category,licence,foundation,maturity,claims",
            "?columns=name,stage,category,licence,foundation,maturity,claims",
        ),
        ("group=stage&folded=Serve&folded=Train", "?group=stage&folded=Serve&folded=Train"),
        ("group=stage&fold=all&unfolded=Serve", "?group=stage&fold=all&unfolded=Serve"),
        ("ticked=mlflow,aim,aim", "?ticked=aim,mlflow"),
    ] {
        let location: Location = format!("{TABLE}?{old}").parse().unwrap();
        assert_eq!(location.to_string().strip_prefix(TABLE).unwrap(), now, "{old}");
        assert_eq!(location.to_string().parse(), Ok(location));
    }
    for wrong in ["sort=colour", "columns=name,colour", "group=size", "fold=some", "ticked=Not%20an%20id"] {
        assert!(format!("{TABLE}?{wrong}").parse::<Location>().is_err(), "{wrong}");
    }
}

#[test]
fn columns_are_chosen_from_a_list_by_the_keyboard_and_kept() {
    let mut harness = open(TABLE);
    press(&mut harness, "Search everything");
    harness.get_by_role(Role::TextInput).type_text("choose the columns");
    harness.run_steps(4);
    press(&mut harness, "Choose the columns of the table");
    harness.get_by_label("Find a column").type_text("release");
    harness.run_steps(4);
    assert!(harness.query_by_label("Maturity").is_none(), "only what was looked for");
    harness.get_by_role_and_label(Role::CheckBox, "First release").focus();
    harness.run_steps(2);
    let chosen =
        "atlas:landscape/table?columns=name,stage,category,licence,foundation,maturity,claims,first-release";
    assert_eq!(plain(&mut harness, Key::Space), chosen);
    plain(&mut harness, Key::Escape);
    assert!(harness.query_by_label("Sort by First release").is_some());
    // The same table after going elsewhere, without a word in the address that led there.
    harness.state_mut().push(mlops_atlas::action::WindowAction::Go(Location::start_of(Place::Studio)));
    harness.run_steps(4);
    assert_eq!(press(&mut harness, "Landscape"), chosen);
    press(&mut harness, "Columns");
    assert_eq!(press(&mut harness, "Default columns"), TABLE);
}

#[test]
fn the_menu_of_a_head_hides_pins_moves_and_groups() {
    let mut harness = open(TABLE);
    let menu = |harness: &mut Harness<'_, App>, head: &str, choice: &str| {
        harness.get_by_label(head).focus();
        harness.run_steps(2);
        key(harness, Modifiers::SHIFT, Key::F10);
        press(harness, choice)
    };
    let columns = "atlas:landscape/table?columns=";
    for (head, choice, expected) in [
        ("Sort by Stages", "Hide", "name,category,licence,foundation,maturity,claims"),
        ("Sort by Category", "Pin up to here", "name,category,licence,foundation,maturity,claims/2"),
        ("Sort by Category", "Unpin", "name,category,licence,foundation,maturity,claims"),
        ("Sort by Claims", "Move left", "name,category,licence,foundation,claims,maturity"),
        ("Sort by Category", "Move right", "name,licence,category,foundation,claims,maturity"),
    ] {
        assert_eq!(menu(&mut harness, head, choice), format!("{columns}{expected}"), "{choice}");
    }
    let wider = menu(&mut harness, "Sort by Claims", "Wider");
    let width: u16 = wider.split("claims:").nth(1).unwrap().split(',').next().unwrap().parse().unwrap();
    assert_eq!(width, 84 + 24);
    harness.get_by_label("Sort by Category").click_secondary();
    harness.run_steps(4);
    let grouped = press(&mut harness, "Group by this");
    assert!(grouped.ends_with("&group=category"), "{grouped}");
    assert!(lines(&harness)[0].starts_with('['));
}

#[test]
fn a_head_is_dragged_to_its_place_and_its_edge_to_its_width() {
    let mut harness = open(TABLE);
    let drag = |harness: &mut Harness<'_, App>, from: egui::Pos2, to: egui::Pos2| {
        harness.drag_at(from);
        harness.run_steps(2);
        harness.hover_at(from + (to - from) / 2.0);
        harness.run_steps(2);
        harness.hover_at(to);
        harness.run_steps(2);
        harness.drop_at(to);
        harness.run_steps(4);
    };
    let rect = |harness: &Harness<'_, App>, label: &str| harness.get_by_label(label).rect();
    let (from, to) = (rect(&harness, "Sort by Claims").center(), rect(&harness, "Sort by Category"));
    drag(&mut harness, from, to.left_center() + vec2(4.0, 0.0));
    let moved = "atlas:landscape/table?columns=name,stage,claims,category,licence,foundation,maturity";
    assert_eq!(here(&harness), moved);
    let edge = rect(&harness, "Width of Stages").center();
    let before = rect(&harness, "Sort by Stages").width();
    drag(&mut harness, edge, edge + vec2(60.0, 0.0));
    let after = rect(&harness, "Sort by Stages").width();
    assert_eq!(after - before, 60.0);
    let moved = rect(&harness, "Width of Stages").center();
    assert_eq!(moved, edge + vec2(60.0, 0.0), "the edge stays under the pointer");
    assert!(here(&harness).contains(&format!("stage:{after},")), "{}", here(&harness));
    drag(&mut harness, moved, moved - vec2(900.0, 0.0));
    assert!(here(&harness).contains("stage:40,"), "no narrower than 40: {}", here(&harness));
}

#[test]
fn groups_fold_by_click_and_by_the_arrow_keys_and_all_at_once() {
    let mut harness = open("atlas:landscape/table?licence=osi");
    press(&mut harness, "Group");
    assert_eq!(press(&mut harness, "Stage"), "atlas:landscape/table?licence=osi&group=stage");
    let all = lines(&harness);
    let second = all.iter().skip(1).position(|line| line.starts_with('[')).unwrap() + 1;
    assert!(all[0].starts_with("[Frame]") || all[0].starts_with("[Collect]"), "{}", all[0]);
    let title = all[0].trim_matches(['[', ']']).to_owned();
    // A sub-total is the sum of its lines.
    let state = harness.state().state();
    let group = &state.window(WindowId::MAIN).tools.table.groups[0];
    let tools: Vec<_> = all[1..second]
        .iter()
        .map(|id| state.catalog.tools().iter().find(|tool| tool.id.as_str() == id).unwrap())
        .collect();
    let pros =
        tools.iter().flat_map(|tool| &tool.claims).filter(|claim| claim.polarity.id() == "pro").count();
    assert_eq!((group.rows.len(), group.pros), (tools.len(), pros));
    // Down to the group, folded and unfolded; from its first tool back to it.
    plain(&mut harness, Key::Home);
    let folded = format!("atlas:landscape/table?licence=osi&group=stage&folded={title}");
    assert_eq!(plain(&mut harness, Key::ArrowLeft), folded);
    assert!(lines(&harness)[1].starts_with('['));
    assert_eq!(plain(&mut harness, Key::ArrowRight), "atlas:landscape/table?licence=osi&group=stage");
    plain(&mut harness, Key::ArrowRight);
    assert!(here(&harness).ends_with(&format!("&selected={}", all[1])), "{}", here(&harness));
    plain(&mut harness, Key::ArrowLeft);
    assert!(plain(&mut harness, Key::Enter).contains(&format!("&folded={title}")));
    press(&mut harness, "Group");
    assert!(press(&mut harness, "Fold all").contains("&group=stage&fold=all"));
    assert!(lines(&harness).iter().all(|line| line.starts_with('[')));
    let label = harness.query_all_by_label_contains("; folded").count();
    assert_eq!(label, lines(&harness).len(), "every group says that it is folded");
}

#[test]
fn the_keyboard_walks_pages_ticks_ranges_and_opens() {
    let mut harness = open(TABLE);
    let all = lines(&harness);
    for (pressed, expected) in [
        (Key::ArrowDown, &all[0]),
        (Key::ArrowDown, &all[1]),
        (Key::End, all.last().unwrap()),
        (Key::Home, &all[0]),
    ] {
        assert_eq!(plain(&mut harness, pressed), format!("{TABLE}?selected={expected}"), "{pressed:?}");
    }
    plain(&mut harness, Key::PageDown);
    let page = lines(&harness).iter().position(|id| here(&harness).ends_with(&format!("={id}"))).unwrap();
    assert!(page > 20, "a page of a window of 1000 points: {page}");
    plain(&mut harness, Key::PageUp);
    plain(&mut harness, Key::Space);
    assert_eq!(here(&harness), format!("{TABLE}?ticked={}&selected={}", all[0], all[0]));
    plain(&mut harness, Key::ArrowDown);
    plain(&mut harness, Key::ArrowDown);
    key(&mut harness, Modifiers::SHIFT, Key::Space);
    let mut three = all[..3].to_vec();
    three.sort_unstable();
    assert!(here(&harness).contains(&format!("ticked={}", three.join(","))), "{}", here(&harness));
    assert!(harness.query_by_label("3 selected").is_some());
    assert_eq!(plain(&mut harness, Key::Enter), format!("atlas:landscape/tool?id={}", all[2]));
}

#[test]
fn what_is_ticked_is_compared_listed_exported_and_cleared() {
    let mut harness = open("atlas:landscape/table?category=Feature%20store");
    let all = lines(&harness);
    assert!(all.len() >= 4, "the catalog has feature stores: {all:?}");
    press(&mut harness, "Tick Feast");
    assert!(harness.query_by_label("Tick one more to compare.").is_some());
    // From there to the last one: a range.
    let state = harness.state().state();
    let last = state.catalog.tools().iter().find(|tool| tool.id.as_str() == all[all.len() - 1]).unwrap();
    let label = format!("Tick {}", last.name);
    harness.get_by_label(&label).click_modifiers(Modifiers::SHIFT);
    harness.run_steps(4);
    let from = all.iter().position(|id| id == "feast").unwrap();
    let count = all.len() - from;
    assert!(harness.query_by_label(&format!("{count} selected")).is_some());
    key(&mut harness, Modifiers::COMMAND, Key::A);
    assert!(harness.query_by_label(&format!("{} selected", all.len())).is_some());
    press(&mut harness, "Export selected");
    let notices =
        |harness: &Harness<'_, App>| harness.state().state().notices.last().unwrap().problem.at.clone();
    assert_eq!(notices(&harness), "landscape-table-selected.csv");
    press(&mut harness, "Shortlist");
    let shortlist: Vec<String> =
        harness.state().state().remarks.shortlist().map(ToString::to_string).collect();
    let mut sorted = all.clone();
    sorted.sort_unstable();
    assert_eq!(shortlist, sorted);
    press(&mut harness, "Off the shortlist");
    assert_eq!(harness.state().state().remarks.shortlist().count(), 0);
    press(&mut harness, "Clear selection");
    assert_eq!(here(&harness), "atlas:landscape/table?category=Feature%20store");
    assert!(harness.query_by_label_contains(" selected").is_none());

    let mut harness = open("atlas:landscape/table?ticked=feast,mlflow");
    assert_eq!(press(&mut harness, "Compare selected"), "atlas:landscape/compare?tools=feast,mlflow");
    // The command compares the same, by the keyboard alone.
    let mut harness = open("atlas:landscape/table?ticked=feast,mlflow&selected=aim");
    press(&mut harness, "Search everything");
    harness.get_by_role(Role::TextInput).type_text("compare tools");
    harness.run_steps(4);
    assert_eq!(press(&mut harness, "Compare tools"), "atlas:landscape/compare?tools=feast,mlflow");
    let mut harness = open("atlas:landscape/table?ticked=aim,clearml,feast,kserve,mlflow,dvc");
    assert!(harness.query_by_label("Five are the most that can be compared.").is_some());
    let stays = press(&mut harness, "Compare selected");
    assert!(stays.starts_with(TABLE), "{stays}");
}

#[test]
fn pinned_columns_stay_while_the_rest_scrolls() {
    let columns = "name:200,summary:300,stage,category,licence,foundation,status,claims";
    let mut harness = open(&format!("{TABLE}?columns={columns}"));
    let left = |harness: &Harness<'_, App>, label: &str| harness.get_by_label(label).rect().left();
    let (name, category) = (left(&harness, "Sort by Tool"), left(&harness, "Sort by Category"));
    assert!(harness.query_by_label("Sort by Claims").is_none(), "out of sight");
    (0..20).for_each(|_| {
        plain(&mut harness, Key::ArrowRight);
    });
    assert_eq!(left(&harness, "Sort by Tool"), name);
    assert!(harness.query_by_label("Sort by Category").is_none_or(|head| head.rect().left() < category));
    assert!(harness.query_by_label("Sort by Claims").is_some(), "scrolled into sight");
}

#[test]
fn what_a_person_keeps_is_a_column_and_orders_but_leaves_with_no_file() {
    let mut harness = open(&format!("{TABLE}?columns=name,rating,shortlisted&sort=-rating"));
    let (feast, mlflow) = ("feast".to_owned(), "mlflow".to_owned());
    for (id, rating) in [(&feast, 3), (&mlflow, 5)] {
        let id = mlops_atlas::catalog::ToolId::new(id).unwrap();
        harness.state_mut().push(Action::Remark(RemarkAction::Rate(id, Some(rating))));
    }
    harness.run_steps(4);
    assert_eq!(lines(&harness)[..2], [mlflow, feast]);
    press(&mut harness, "Export this table as CSV…");
    let told: Vec<String> =
        harness.state().state().notices.iter().map(|notice| notice.problem.message.clone()).collect();
    assert!(told.iter().any(|message| message.contains("not in the file")), "{told:?}");
}

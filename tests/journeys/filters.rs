//! Journeys through the filters of the tool table, by accessible label: typed, completed, wrong, mended, pressed,
//! excluded, taken away; and from an address to the same rows.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use mlops_atlas::action::WindowId;
use mlops_atlas::address::{AddressError, Location};
use mlops_atlas::app::{App, Start};
use mlops_atlas::catalog::query::Facet;

use crate::headless;

fn open(address: &str) -> Harness<'static, App> {
    let location = address.parse().unwrap();
    let mut harness = headless::open(Start { locations: vec![location], ..Start::default() });
    harness.run_steps(4);
    harness
}

fn shown(harness: &Harness<'_, App>) -> (String, Vec<usize>) {
    let state = harness.state().state();
    let window = state.window(WindowId::MAIN);
    (window.location().to_string(), window.tools.rows.clone())
}

fn address(harness: &Harness<'_, App>) -> String {
    shown(harness).0
}

fn typed(harness: &mut Harness<'_, App>, text: &str) -> String {
    harness.get_by_label("Search tools").focus();
    harness.run_steps(2);
    harness.get_by_label("Search tools").type_text(text);
    harness.run_steps(4);
    address(harness)
}

fn key(harness: &mut Harness<'_, App>, key: Key) {
    harness.key_press(key);
    harness.run_steps(4);
}

fn press(harness: &mut Harness<'_, App>, label: &str) -> String {
    harness.get_by_label(label).click();
    harness.run_steps(4);
    address(harness)
}

const TABLE: &str = "atlas:landscape/table";

#[test]
fn filters_are_typed_and_taken_away_as_chips() {
    let mut harness = open(TABLE);
    let written = "atlas:landscape/table?text=drift&stage=monitor&licence=osi&-k8s=yes";
    assert_eq!(typed(&mut harness, "stage:monitor licence:osi drift -k8s"), written);
    let (_, rows) = shown(&harness);
    assert!(!rows.is_empty());
    // The box is left: only the words stay in it, the filters are chips.
    key(&mut harness, Key::Enter);
    assert_eq!(harness.get_by_label("Search tools").value().as_deref(), Some("drift"));
    assert_eq!(address(&harness), written);
    // The same rows from the address.
    assert_eq!(shown(&open(written)), (written.to_owned(), rows));
    let fewer = "atlas:landscape/table?text=drift&licence=osi&-k8s=yes";
    assert_eq!(press(&mut harness, "Remove filter stage: monitor"), fewer);
    let fewer = "atlas:landscape/table?text=drift&licence=osi";
    assert_eq!(press(&mut harness, "Remove filter not needs Kubernetes: yes"), fewer);
    assert_eq!(press(&mut harness, "Remove filter “drift”"), "atlas:landscape/table?licence=osi");
    assert_eq!(harness.get_by_label("Search tools").value().as_deref(), Some(""));
    assert_eq!(press(&mut harness, "clear all"), TABLE);
    assert!(harness.query_by_label("clear all").is_none());
}

#[test]
fn what_is_deleted_in_the_box_is_no_filter_any_more() {
    let mut harness = open("atlas:landscape/table?licence=osi");
    typed(&mut harness, "-k8s");
    assert_eq!(address(&harness), "atlas:landscape/table?licence=osi&-k8s=yes");
    (0..4).for_each(|_| key(&mut harness, Key::Backspace));
    assert_eq!(address(&harness), "atlas:landscape/table?licence=osi");
}

#[test]
fn a_filter_is_completed_by_the_keyboard() {
    for accept in [Key::Tab, Key::Enter] {
        let mut harness = open(TABLE);
        assert_eq!(typed(&mut harness, "stage:m"), TABLE, "half a word is no filter");
        assert!(harness.query_by_label_contains("knows frame").is_none(), "nor is it wrong yet");
        key(&mut harness, accept);
        assert_eq!(address(&harness), "atlas:landscape/table?stage=monitor");
        assert_eq!(harness.get_by_label("Search tools").value().as_deref(), Some("stage:monitor "));
        // With the keyboard still in the box, down to the second of several, and back out of the list.
        typed(&mut harness, "is:a");
        key(&mut harness, Key::ArrowDown);
        key(&mut harness, accept);
        let (second, _) = shown(&harness);
        assert!(second.contains("&status=") || second.contains("&airgap="), "{second}");
        typed(&mut harness, "lang:p");
        key(&mut harness, Key::Escape);
        assert!(harness.query_by_label_contains("language: knows").is_some(), "closed, it is told");
    }
}

fn box_text(harness: &Harness<'_, App>) -> String {
    harness.get_by_label("Search tools").value().unwrap_or_default()
}

#[test]
fn a_filter_is_typed_completed_wrong_told_and_corrected_by_the_keyboard_alone() {
    let mut harness = open(TABLE);
    // Ctrl+F puts the keyboard into the box; a first word offers keys, which are taken and offer their values.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.run_steps(4);
    assert!(harness.get_by_label("Search tools").is_focused());
    let write = |harness: &mut Harness<'_, App>, text: &str| {
        harness.event(egui::Event::Text(text.to_owned()));
        harness.run_steps(4);
    };
    write(&mut harness, "lic");
    assert!(harness.query_by_label("licence:").is_some());
    key(&mut harness, Key::Enter);
    assert_eq!(box_text(&harness), "licence:");
    key(&mut harness, Key::ArrowUp);
    key(&mut harness, Key::ArrowDown);
    key(&mut harness, Key::Tab);
    assert_eq!(box_text(&harness), "licence:osi ");
    assert_eq!(address(&harness), "atlas:landscape/table?licence=osi");
    // A wrong value: there is nothing to offer, and one line says what is wrong while the keyboard stays in the box.
    write(&mut harness, "stage:servre");
    assert!(harness.query_by_role(Role::ListBoxOption).is_none());
    let told = harness.get_by_label_contains("did you mean serve?").rect();
    assert!(told.height() < 40.0, "one line: {told:?}");
    assert!(harness.get_by_label("Search tools").is_focused());
    // The next stop of Tab is the button that mends it.
    key(&mut harness, Key::Tab);
    assert!(harness.get_by_label("Use stage:serve").is_focused());
    key(&mut harness, Key::Enter);
    assert_eq!(address(&harness), "atlas:landscape/table?stage=serve&licence=osi");
    assert!(harness.query_by_label_contains("did you mean").is_none());
    assert!(harness.get_by_label("Search tools").is_focused(), "one types on");
    // Half a word in the middle of the text is completed where it stands.
    write(&mut harness, " stage:mon drift");
    (0..6).for_each(|_| key(&mut harness, Key::ArrowLeft));
    key(&mut harness, Key::Tab);
    assert_eq!(box_text(&harness), "stage:serve stage:monitor drift", "a chip by now: licence");
    assert_eq!(address(&harness), "atlas:landscape/table?text=drift&stage=serve&stage=monitor&licence=osi");
}

#[test]
fn the_list_is_pressed_without_losing_the_keyboard_and_leaves_the_rows_in_sight() {
    let mut harness = open(TABLE);
    typed(&mut harness, "stage:");
    let rows = harness.get_all_by_role(Role::ListBoxOption).map(|row| row.rect()).collect::<Vec<_>>();
    assert_eq!(rows.len(), 8, "as many as are read at a glance");
    let first = harness.get_by_role_and_label(Role::Row, "1chipML").rect();
    assert!(rows.iter().all(|row| !row.intersects(first)), "{rows:?} {first:?}");
    // Down over the end is the first again, and Escape closes the list only.
    key(&mut harness, Key::ArrowUp);
    key(&mut harness, Key::ArrowDown);
    key(&mut harness, Key::Escape);
    assert!(harness.query_by_role(Role::ListBoxOption).is_none());
    assert!(harness.get_by_label("Search tools").is_focused());
    harness.get_by_label("Search tools").type_text("ser");
    harness.run_steps(4);
    assert_eq!(press(&mut harness, "stage:serve"), "atlas:landscape/table?stage=serve");
    assert!(harness.get_by_label("Search tools").is_focused());
    assert_eq!(box_text(&harness), "stage:serve ");
    // A press elsewhere leaves the box as ever.
    press(&mut harness, "OSI approved");
    assert!(!harness.get_by_label("Search tools").is_focused());
    assert_eq!(box_text(&harness), "");
}

#[test]
fn a_wrong_filter_is_told_and_mended() {
    let mut harness = open(TABLE);
    assert_eq!(typed(&mut harness, "drift stage:monitr"), "atlas:landscape/table?text=drift");
    let told = "stage: knows frame, collect, prepare, feature, train, evaluate, release, serve, monitor, govern, not \
                “monitr”; did you mean monitor?";
    assert!(harness.query_by_label(told).is_some());
    // It stays while others choose facets and the box is left.
    press(&mut harness, "OSI approved");
    assert!(harness.query_by_label(told).is_some());
    let mended = "atlas:landscape/table?text=drift&stage=monitor&licence=osi";
    assert_eq!(press(&mut harness, "Use stage:monitor"), mended);
    assert!(harness.query_by_label(told).is_none());
}

#[test]
fn a_facet_is_wanted_excluded_and_let_go() {
    let mut harness = open(TABLE);
    assert_eq!(press(&mut harness, "Monitor"), "atlas:landscape/table?stage=monitor");
    let (wanted, rows) = shown(&harness);
    assert_eq!(shown(&open(&wanted)).1, rows);
    harness.get_by_label("Monitor").click_modifiers(Modifiers::ALT);
    harness.run_steps(4);
    assert_eq!(address(&harness), "atlas:landscape/table?-stage=monitor");
    let excluded = shown(&harness).1;
    assert!(excluded.iter().all(|row| !rows.contains(row)) && !excluded.is_empty());
    assert_eq!(excluded.len() + rows.len(), harness.state().state().catalog.tools().len());
    assert_eq!(press(&mut harness, "Monitor, excluded"), TABLE);
    // By keyboard alone: the minus excludes what has the focus.
    harness.get_by_role_and_label(Role::CheckBox, "Serve").focus();
    harness.run_steps(2);
    key(&mut harness, Key::Minus);
    assert_eq!(address(&harness), "atlas:landscape/table?-stage=serve");
}

#[test]
fn groups_fold_and_long_ones_are_shown_whole_on_demand() {
    let mut harness = open("atlas:landscape/table?language=Kotlin");
    assert!(harness.query_by_label("Python").is_none(), "folded");
    press(&mut harness, "Filter by Stage");
    assert!(harness.query_by_label("Monitor").is_none());
    press(&mut harness, "Filter by Language, 1 chosen");
    assert!(harness.query_by_label("Python").is_some() && harness.query_by_label("Scala").is_some());
    assert!(harness.query_by_label("Kotlin").is_some(), "what is chosen is in sight");
    assert!(harness.query_by_label("Shell").is_none());
    let all = harness.state().state().window(WindowId::MAIN).tools.facets.of(Facet::Language).count();
    press(&mut harness, &format!("Language: {} more", all - 10));
    assert!(harness.query_by_label("Shell").is_some());
    // It is below what is in sight now: by the keyboard.
    harness.get_by_label("Language: fewer").focus();
    harness.run_steps(2);
    key(&mut harness, Key::Enter);
    assert!(harness.query_by_label("Shell").is_none());
}

#[test]
fn addresses_of_before_lead_where_they_led() {
    let old =
        "atlas:landscape?stage=monitor&stage=serve&license=osi&foundation=LF%20AI%20%26%20Data&text=drift";
    let location: Location = old.parse().unwrap();
    let now = "atlas:landscape/table?text=drift&stage=serve&stage=monitor&licence=osi&foundation=LF%20AI%20%26%20Data";
    assert_eq!(location.to_string(), now);
    assert_eq!(now.parse(), Ok(location));
    let literal = "atlas:landscape/table?text=stage:monitor";
    assert_eq!(literal.parse::<Location>().unwrap().to_string(), literal, "a text is words");
    assert_eq!(open(literal).get_by_label("Search tools").value().as_deref(), Some("\"stage:monitor\""));
    for (address, key) in [("stage=monitr", "stage"), ("-k8s=perhaps", "-k8s"), ("shortlist=no", "shortlist")]
    {
        let error = format!("{TABLE}?{address}").parse::<Location>().unwrap_err();
        assert!(matches!(&error, AddressError::Value { key: k, .. } if k == key), "{error}");
    }
    let error = format!("{TABLE}?colour=red").parse::<Location>().unwrap_err();
    assert!(matches!(error, AddressError::Key { .. }), "{error}");
}

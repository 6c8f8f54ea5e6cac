//! A committee member's whole way by the keyboard alone: facet, board, tool, comparison, decision record. Nothing is
//! pressed, and nothing is reached but by keys that are on the shortcut sheet, Tab, arrows, Space and Enter.

use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use mlops_atlas::action::WindowId;
use mlops_atlas::app::{App, Start};

use crate::headless;

fn here(harness: &Harness<'_, App>) -> String {
    harness.state().state().location(WindowId::MAIN).to_string()
}

fn key(harness: &mut Harness<'_, App>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(4);
}

fn text(harness: &mut Harness<'_, App>, text: &str) {
    harness.event(Event::Text(text.to_owned()));
    harness.run_steps(4);
}

/// The accessible name of what has the focus.
fn focused(harness: &Harness<'_, App>) -> String {
    let nodes = harness.root().children_recursive();
    let focused = nodes.filter(|node| node.accesskit_node().is_focused()).filter_map(|node| {
        let node = node.accesskit_node();
        node.label().or_else(|| node.value())
    });
    focused.last().unwrap_or_default()
}

/// Presses Tab until something whose name begins so has the focus.
fn tab_to(harness: &mut Harness<'_, App>, name: &str) {
    let mut met = Vec::new();
    for _ in 0..150 {
        if focused(harness).starts_with(name) {
            return;
        }
        key(harness, Modifiers::NONE, Key::Tab);
        met.push(focused(harness));
    }
    panic!("Tab never comes to {name}, only to {met:?}");
}

fn by_palette(harness: &mut Harness<'_, App>, words: &str) {
    key(harness, Modifiers::COMMAND, Key::K);
    text(harness, words);
    key(harness, Modifiers::NONE, Key::Enter);
}

#[test]
fn from_a_facet_over_the_board_to_a_decision_record() {
    let mut harness = headless::open(Start::default());
    harness.run_steps(4);
    key(&mut harness, Modifiers::COMMAND, Key::Num2);
    assert_eq!(here(&harness), "atlas:landscape/table");
    key(&mut harness, Modifiers::COMMAND, Key::F);
    text(&mut harness, "stage:monitor licence:osi ");
    assert_eq!(here(&harness), "atlas:landscape/table?stage=monitor&licence=osi");
    tab_to(&mut harness, "Board");
    key(&mut harness, Modifiers::NONE, Key::Space);
    assert_eq!(here(&harness), "atlas:landscape/board?stage=monitor&licence=osi");
    tab_to(&mut harness, "Evidently, licence");
    key(&mut harness, Modifiers::NONE, Key::Space);
    assert_eq!(here(&harness), "atlas:landscape/board?stage=monitor&licence=osi&selected=evidently");
    tab_to(&mut harness, "Open its page");
    key(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(here(&harness), "atlas:landscape/tool?id=evidently");
    tab_to(&mut harness, "Open source https://");
    let target = focused(&harness).replace("Open source", "Opens");
    assert!(harness.query_by_label(&target).is_some(), "{target} is told before it is opened");
    key(&mut harness, Modifiers::NONE, Key::Tab);
    assert_ne!(focused(&harness).replace("Open source", "Opens"), target);
    assert!(harness.query_by_label(&target).is_none(), "what has no focus any more is not told");
    by_palette(&mut harness, "home");
    assert_eq!(here(&harness), "atlas:home");
    key(&mut harness, Modifiers::ALT, Key::ArrowLeft);
    tab_to(&mut harness, "Compare");
    key(&mut harness, Modifiers::NONE, Key::Enter);
    let compared = here(&harness);
    assert!(compared.starts_with("atlas:landscape/compare?tools=evidently,"), "{compared}");
    by_palette(&mut harness, "decision record");
    let state = harness.state().state();
    assert_eq!(here(&harness), compared, "{}", focused(&harness));
    let told = &state.notices.last().unwrap().problem;
    assert!(told.at.starts_with("0001-evidently-"), "{told:?}");
    key(&mut harness, Modifiers::ALT, Key::ArrowLeft);
    key(&mut harness, Modifiers::ALT, Key::ArrowLeft);
    let back = "atlas:landscape/board?stage=monitor&licence=osi&selected=evidently";
    assert_eq!(here(&harness), back, "and back where it began");
}

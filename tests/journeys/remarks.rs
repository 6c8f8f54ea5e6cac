//! Notes, ratings and the shortlist: made by label, there after a restart, taken back by keys.

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use jiff::civil::date;
use mlops_atlas::action::{Action, WindowId};
use mlops_atlas::app::{App, Start};
use mlops_atlas::catalog::ToolId;
use mlops_atlas::catalog::query::{Judged, Value};
use mlops_atlas::remarks::Remark;
use mlops_atlas::store::atlas_db::Profile;

use crate::headless;

fn open(folder: &std::path::Path) -> Harness<'static, App> {
    let location = "atlas:landscape/tool?id=feast".parse().unwrap();
    let start = Start { profile: Profile::at(folder), locations: vec![location], ..Start::default() };
    let mut harness = headless::open(start);
    harness.run_steps(4);
    harness
}

fn at(folder: &std::path::Path, address: &str) -> Harness<'static, App> {
    let locations = vec![address.parse().unwrap()];
    // A day that is given stays until another is told; the clock would take it back.
    let start = Start {
        profile: Profile::at(folder),
        locations,
        today: Some(date(2026, 11, 30)),
        ..Start::default()
    };
    let mut harness = headless::open(start);
    harness.run_steps(4);
    harness
}

fn count(harness: &Harness<'_, App>, value: &Value) -> usize {
    harness.state().state().window(WindowId::MAIN).tools.facets.count(value)
}

#[test]
fn facets_count_what_was_kept_before_and_what_went_stale_overnight() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    harness.get_by_label("Shortlist").click();
    harness.run_steps(3);
    std::mem::forget(harness);
    for address in ["atlas:landscape/table", "atlas:landscape/board"] {
        let mut harness = at(folder.path(), address);
        assert_eq!(count(&harness, &Value::Shortlisted), 1, "{address}: at the start, without a filter");
        let stale = Value::Claims(Judged::Stale);
        let before = count(&harness, &stale);
        harness.state_mut().push(Action::Today(date(2100, 1, 1)));
        harness.run_steps(3);
        let after = count(&harness, &stale);
        assert!(after > before && after > 80, "{address}: all claims are past their day by then: {after}");
    }
}

fn kept(harness: &Harness<'_, App>) -> Option<Remark> {
    harness.state().state().remarks.of(&ToolId::new("feast").unwrap()).cloned()
}

#[test]
fn a_note_is_there_after_a_restart_and_can_be_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    harness.get_by_label("Shortlist").click();
    harness.run_steps(3);
    harness.get_by_label("Rate Feast 4 of 5").click_accesskit();
    harness.run_steps(3);
    let field = harness.get_by_label("My note on Feast");
    field.focus();
    harness.run_steps(2);
    for letters in ["Ask ", "the ", "team"] {
        harness.get_by_label("My note on Feast").type_text(letters);
        harness.run_steps(2);
    }
    let made = Remark { note: "Ask the team".to_owned(), rating: Some(4), shortlisted: true };
    assert_eq!(kept(&harness), Some(made.clone()));
    // No orderly end: each change was committed when it was made.
    std::mem::forget(harness);

    let mut harness = open(folder.path());
    assert_eq!(kept(&harness), Some(made));
    assert!(harness.query_by_label("On the shortlist").is_some());
    harness.get_by_label("Rate Feast 4 of 5").click_accesskit();
    harness.run_steps(3);
    assert_eq!(kept(&harness).unwrap().rating, None);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_steps(3);
    assert_eq!(kept(&harness).unwrap().rating, Some(4));
}

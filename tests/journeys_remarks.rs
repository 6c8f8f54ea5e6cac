//! Notes, ratings and the shortlist: made by label, there after a restart, taken back by keys.

#![expect(clippy::unwrap_used, reason = "a journey that cannot start has failed")]

mod headless;

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use mlops_atlas::app::{App, Start};
use mlops_atlas::catalog::ToolId;
use mlops_atlas::remarks::Remark;
use mlops_atlas::store::atlas_db::Profile;

fn open(folder: &std::path::Path) -> Harness<'static, App> {
    let location = "atlas:landscape/tool?id=feast".parse().unwrap();
    let start = Start { profile: Profile::at(folder), locations: vec![location], ..Start::default() };
    let mut harness = headless::open(start);
    harness.run_steps(4);
    harness
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

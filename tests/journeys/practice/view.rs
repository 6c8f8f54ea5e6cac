//! Practice as a person meets it: marks, links and sources, by accessible label, without a window.

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use mlops_atlas::action::WindowId;
use mlops_atlas::app::{App, Start};

use crate::headless;

fn at(address: &str) -> Harness<'static, App> {
    let mut harness = headless::open(Start { locations: vec![address.parse().unwrap()], ..Start::default() });
    harness.run_steps(4);
    harness
}

fn place(harness: &Harness<'_, App>) -> String {
    harness.state().state().location(WindowId::MAIN).to_string()
}

#[test]
fn the_data_centric_view_has_a_tab_an_address_and_tools_that_lead_on() {
    let mut harness = at("atlas:practice");
    harness.get_by_role_and_label(Role::Tab, "Data-centric").click();
    harness.run_steps(4);
    assert_eq!(place(&harness), "atlas:practice/data-centric");
    harness.get_by_label("Six techniques and the tools that do them").click();
    harness.run_steps(4);
    assert_eq!(place(&harness), "atlas:practice/data-centric?item=techniques");
    harness.get_by_label("lakeFS").click();
    harness.run_steps(4);
    assert_eq!(place(&harness), "atlas:landscape/tool?id=lakefs");
}

#[test]
fn an_issue_tells_what_is_reported_by_whom_and_what_is_suggested() {
    let mut harness = at("atlas:practice/issues?item=generative-ai");
    assert!(harness.query_by_label("Issue 15 of 15").is_some());
    assert_eq!(harness.query_all_by_label("reported").count(), 2);
    assert_eq!(harness.query_all_by_label("our suggestion").count(), 1);
    // Beside the line that it reports, and among the sources.
    let judged = "Open source https://insidegovuk.blog.gov.uk/2026/03/16/5-things-we-learned-testing-gov-uk-chat-an-ai-assistant-for-government";
    assert_eq!(harness.query_all_by_label(judged).count(), 2);
    assert!(harness.query_by_label("original · of 2026-03-16 · read 2026-11").is_some());
    harness.get_by_role_and_label(Role::Link, "Monitor").click();
    harness.run_steps(4);
    assert_eq!(place(&harness), "atlas:practice/lifecycle?item=monitor");
}

#[test]
fn a_case_tells_what_it_rests_on_and_a_debt_which_rules_will_look_for_it() {
    let harness = at("atlas:practice/usecases?item=travel-booking");
    assert!(harness.query_by_label("an abstract and a digest by others were read").is_some());
    let harness = at("atlas:practice/usecases?item=mobility-lyft");
    // KServe is our suggestion beside a split that is reported, with Flyte.
    assert_eq!(harness.query_all_by_label("reported").count(), 1);
    assert_eq!(harness.query_all_by_label("our suggestion:").count(), 1);
    assert_eq!(harness.query_all_by_label("KServe").count(), 1);
    let harness = at("atlas:practice/debt?item=correction-cascades");
    assert!(harness.query_by_label("Correction cascade").is_some());
    assert_eq!(harness.query_all_by_label_contains("Not run yet").count(), 1);
}

#[test]
fn a_page_of_suggestions_says_so_once() {
    let harness = at("atlas:practice/issues?item=fairness-robustness");
    assert!(harness.query_by_role_and_label(Role::Heading, "What helps · our suggestions").is_some());
    assert_eq!(harness.query_all_by_label("our suggestion").count(), 0);
    let harness = at("atlas:practice/issues?item=unclear-value");
    assert!(harness.query_by_role_and_label(Role::Heading, "What helps").is_some());
}

#[test]
fn a_prediction_is_told_as_one() {
    let harness = at("atlas:practice/numbers?item=gartner-genai-2024");
    let bar = "abandoned after the proof of concept (at least; prediction): 30 % (a prediction)";
    assert!(harness.query_by_label(bar).is_some());
}

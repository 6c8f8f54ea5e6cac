//! A journey by label: a template is opened, the tool of a box is taken out and another put in, and the report and a page are
//! saved. What the screen showed then is held against the files, which the caller reads.

use std::collections::BTreeSet;
use std::path::Path;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use mlops_atlas::address::{Location, Origin};
use mlops_atlas::app::Start;
use mlops_atlas::store::atlas_db::Profile;

use super::drawings::{Atlas, drawing, settle};
use super::taking::until_told;
use crate::headless;

/// What the screen showed.
pub struct Swapped {
    /// The names of the boxes.
    boxes: Vec<String>,
    /// The names of all tools in the boxes.
    tools: BTreeSet<String>,
    /// How many findings there are, by the tab that counts them.
    findings: usize,
}

fn press(harness: &mut Atlas, label: &str) {
    harness.get_by_label(label).click_accesskit();
    settle(harness);
}

/// What a button of a box is called: name, lane and marks.
fn box_label(harness: &Atlas, name: &str) -> String {
    let boxes = harness.query_all_by_role(Role::Button);
    let labels = boxes.filter_map(|node| node.accesskit_node().label());
    labels.into_iter().find(|label| label.starts_with(&format!("{name}, "))).unwrap()
}

fn save(harness: &mut Atlas, format: &str, choices: &[&str], file: &Path) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::E);
    harness.run_steps(4);
    for label in [&[format], choices].concat() {
        harness.get_by_label(label).click_accesskit();
        harness.run_steps(4);
    }
    harness.state_mut().answer_next_place(file.to_owned());
    press(harness, "Save as…");
    let message = until_told(harness, file);
    assert!(message.starts_with("The file is written"), "{message}");
}

/// Swaps Feast for Hopsworks in the nine components of Kreuzberger et al. and writes `report.md`, `page.pdf` and
/// `page.png` (two pixels a point) into a folder.
pub fn swap_and_save(folder: &Path) -> Swapped {
    let location = Location::drawing(Origin::Template("kreuzberger".to_owned()));
    let today = Some("2026-11-30".parse().unwrap());
    let mut harness = headless::open(Start {
        profile: Profile::empty(),
        today,
        locations: vec![location],
        ..Start::default()
    });
    settle(&mut harness);
    let label = box_label(&harness, "C4 feature store");
    press(&mut harness, &label);
    press(&mut harness, "Remove Feast");
    harness.get_by_label("Add a tool").focus();
    harness.run_steps(2);
    harness.get_by_label("Add a tool").type_text("hopsw");
    harness.run_steps(3);
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert!(harness.query_by_label("Remove Hopsworks").is_some());
    harness.key_press(Key::Escape);
    settle(&mut harness);
    let (boxes, tools, findings) = {
        let shown = drawing(&harness);
        let name = |id: &String| {
            let tool = mlops_atlas::catalog::ToolId::new(id).ok();
            let tool = tool.and_then(|id| harness.state().state().catalog.get(&id));
            tool.map_or_else(|| id.clone(), |tool| tool.name.clone())
        };
        let nodes = shown.architecture.nodes.values();
        let boxes: Vec<String> = nodes.clone().map(|node| node.title().to_owned()).collect();
        let tools: BTreeSet<String> = nodes.flat_map(|node| node.tools.iter().map(name)).collect();
        (boxes, tools, shown.judged.findings.len())
    };
    for name in &boxes {
        // Every box is on the screen under its name.
        box_label(&harness, name);
    }
    save(&mut harness, "Markdown report", &[], &folder.join("report.md"));
    save(&mut harness, "PDF page", &["As large as the drawing"], &folder.join("page.pdf"));
    save(&mut harness, "PNG", &["2×"], &folder.join("page.png"));
    Swapped { boxes, tools, findings }
}

impl Swapped {
    /// Checks that a text names every box and every tool, and not the one that went. `letters` brings what was shown into
    /// the form that the text has.
    pub fn check_page(&self, text: &str, letters: impl Fn(&str) -> String) {
        for name in self.boxes.iter().chain(&self.tools) {
            assert!(text.contains(&letters(name)), "{name} is not in {text}");
        }
        assert!(self.tools.contains("Hopsworks") && !self.tools.contains("Feast"));
        assert!(!text.contains("Feast"), "{text}");
    }

    /// The same of the report, which tells as many findings as the screen, and the licence of the new tool.
    pub fn check_report(&self, report: &str) {
        // Signs that mean something in Markdown have a backslash before them.
        self.check_page(&report.replace('\\', ""), str::to_owned);
        let told = ["Errors", "Warnings", "Hints"].map(|head| {
            let after = report.split(&format!("### {head} (")).nth(1);
            after.map_or(0, |after| after.split(')').next().unwrap().parse::<usize>().unwrap())
        });
        assert_eq!(told.iter().sum::<usize>(), self.findings);
        assert!(report.contains("Hopsworks](") && report.contains("AGPL-3.0"), "{report}");
        assert!(report.contains("](report-picture.svg)"));
    }
}

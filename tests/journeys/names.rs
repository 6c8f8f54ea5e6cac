//! What a screen reader hears of the Landscape: nothing is said by colour or shape alone.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use mlops_atlas::app::{App, Start};
use mlops_atlas::catalog::{LicenseClass, Polarity, Tool, ToolId};

use crate::headless;

fn open(address: &str) -> Harness<'static, App> {
    let mut harness = headless::open(Start { locations: vec![address.parse().unwrap()], ..Start::default() });
    harness.run_steps(4);
    harness
}

fn tool<'a>(harness: &'a Harness<'_, App>, id: &str) -> &'a Tool {
    harness.state().state().catalog.get(&ToolId::new(id).unwrap()).unwrap()
}

fn count(tool: &Tool, of: &[Polarity]) -> usize {
    tool.claims.iter().filter(|claim| of.contains(&claim.polarity)).count()
}

#[test]
fn a_card_of_the_board_tells_licence_class_and_claims() {
    // One of each class, as the catalog has them.
    let classes = [LicenseClass::Osi, LicenseClass::OpenCore, LicenseClass::SourceAvailable];
    for class in classes {
        let any = open("atlas:landscape/board");
        let state = any.state().state();
        let one = state.catalog.tools().iter().find(|tool| tool.license.class == class).unwrap();
        let harness = open(&format!("atlas:landscape/board?text={}", one.id));
        let (pros, cons) = (count(one, &[Polarity::Pro]), count(one, &[Polarity::Con, Polarity::Caveat]));
        let claims = match pros + cons {
            0 => "not judged yet".to_owned(),
            _ => format!("{pros} pros, {cons} cons and caveats"),
        };
        let told = format!("{}, licence {}, {claims}", one.name, class.title().to_lowercase());
        assert!(harness.query_all_by_label(&told).next().is_some(), "{told}");
    }
}

#[test]
fn every_claim_in_sight_tells_its_polarity() {
    let harness = open("atlas:landscape/tool?id=mlflow");
    let tool = tool(&harness, "mlflow");
    for polarity in [Polarity::Pro, Polarity::Con, Polarity::Caveat] {
        let all = count(tool, &[polarity]);
        let told = harness.query_all_by_label(polarity.title()).count();
        // What is scrolled out of sight is not there; what is there is told.
        assert!(all == 0 || (1..=all).contains(&told), "{}: {told} of {all}", polarity.title());
    }
    harness.get_by_label_contains("OSI approved");
}

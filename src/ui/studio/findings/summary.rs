//! The drawing in short: how mature it is, and which licences its tools have.

use std::collections::BTreeSet;

use egui::Ui;

use crate::action::DocumentId;
use crate::catalog::{Catalog, LicenseClass, Status, Tool, ToolId};
use crate::state::Drawing;
use crate::ui::View;
use crate::ui::studio::maturity::scales_ui;
use crate::ui::widgets::{fact, section_head};

pub(super) fn summary_ui(ui: &mut Ui, view: &mut View<'_>, id: DocumentId, drawing: Drawing<'_>) {
    ui.add_space(18.0);
    section_head(ui, if drawing.is_reported { "Maturity, as reported" } else { "Maturity, as drawn" });
    scales_ui(ui, view, drawing);
    let key = (id, drawing.revision(), view.state.catalog_revision);
    if view.memory.findings.bill.as_ref().is_none_or(|(of, _)| *of != key) {
        view.memory.findings.bill = Some((key, bill(&view.state.catalog, drawing)));
    }
    let Some((_, bill)) = &view.memory.findings.bill else { return };
    ui.add_space(10.0);
    section_head(ui, "Bill of materials");
    for (what, count) in bill {
        fact(ui, what, &count.to_string());
    }
}

/// How many tools the drawing names, by what one asks of them first.
fn bill(catalog: &Catalog, drawing: Drawing<'_>) -> Vec<(&'static str, usize)> {
    let named = drawing.architecture.nodes.values().flat_map(|node| &node.tools);
    let named: BTreeSet<&str> = named.map(String::as_str).collect();
    let known: Vec<&Tool> = named.iter().filter_map(|name| catalog.get(&ToolId::new(name).ok()?)).collect();
    let of_class = |class: LicenseClass| {
        (class.title(), known.iter().filter(|tool| tool.license.class == class).count())
    };
    let of_status =
        |status: Status| (status.title(), known.iter().filter(|tool| tool.status.status == status).count());
    let rest = [
        of_status(Status::Idle),
        of_status(Status::Archived),
        ("Not in the catalog", named.len() - known.len()),
    ];
    let classes = LicenseClass::ALL.iter().map(|class| of_class(*class));
    let lines = classes.chain(rest).filter(|(_, count)| *count > 0);
    std::iter::once(("Tools", named.len())).chain(lines).collect()
}

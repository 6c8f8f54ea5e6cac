//! What the rules and the constraints say of a drawing, as rows.

use super::Judged;
use crate::architecture::constraints::{Breach, Standing};
use crate::architecture::lint::Finding;
use crate::architecture::model::{Architecture, Node, NodeId};
use crate::problem::Severity;
use crate::rows::Rows;

impl Judged {
    /// A row for each finding, errors first; then for what people live with, with their reason; then for each constraint
    /// that is broken or of which nobody knows.
    ///
    /// Places are written as `architecture check` writes them, several in one cell with commas between; boxes are what
    /// stands on their cards.
    pub fn rows(&self, drawing: &Architecture, breaches: &[Breach]) -> Rows {
        let head = ["rule", "severity", "at", "boxes", "message", "suggestion", "lived with because"];
        let findings = self.findings.iter().chain(&self.lived_with).map(|found| finding(drawing, found));
        let breaches = breaches.iter().map(|found| breach(drawing, found));
        Rows { head: head.map(str::to_owned).to_vec(), rows: findings.chain(breaches).collect() }
    }
}

fn finding(drawing: &Architecture, found: &Finding) -> Vec<String> {
    vec![
        found.rule.id.clone(),
        word(found.severity).to_owned(),
        found.place.at().join(", "),
        titles(drawing, found.place.nodes()),
        found.message.clone(),
        found.rule.suggestion.clone(),
        found.suppressed.clone().unwrap_or_default(),
    ]
}

fn breach(drawing: &Architecture, found: &Breach) -> Vec<String> {
    let is = match found.is {
        Standing::Broken => "broken",
        Standing::Unknown => "unknown",
    };
    vec![
        found.constraint.id().to_owned(),
        is.to_owned(),
        found.node.as_ref().map(ToString::to_string).unwrap_or_default(),
        titles(drawing, &found.node),
        found.message.clone(),
        String::new(),
        String::new(),
    ]
}

const fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

/// What boxes are called, commas between.
pub(in crate::architecture) fn titles<'a>(
    drawing: &Architecture,
    nodes: impl IntoIterator<Item = &'a NodeId>,
) -> String {
    let title = |id: &'a NodeId| drawing.nodes.get(id).map_or(id.as_str(), Node::title).to_owned();
    nodes.into_iter().map(title).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::constraints::{self, Constraints};
    use crate::architecture::sketch::{catalog, sketch};

    #[test]
    fn findings_and_constraints_are_rows_with_places_and_boxes() {
        let mut drawing = sketch("a:training=feast+own b:serving_online; a->b:model");
        for (id, label) in [("a", "Train, nightly"), ("b", "Serve")] {
            if let Some(node) = drawing.nodes.get_mut(&NodeId::from(id)) {
                node.label = label.to_owned();
            }
        }
        drawing.constraints =
            Constraints { without_kubernetes: true, most_tools: Some(1), ..Constraints::default() };
        let known = catalog(&["id = \"feast\"\nname = \"Feast\"\nkubernetes = true\n"]);
        let judged = Judged::of(&drawing);
        let rows = judged.rows(&drawing, &constraints::check(&drawing, &known));
        assert_eq!(rows.rows.len(), judged.findings.len() + 3);
        assert!(rows.rows.iter().all(|row| row.len() == rows.head.len()));
        let csv = rows.csv();
        let constraints: Vec<&str> = csv.lines().rev().take(3).collect();
        let told: Vec<bool> = [
            ("most_tools,broken,,,", "The drawing names 2 tools, and 1 are allowed."),
            ("without_kubernetes,unknown,a,\"Train, nightly\",", "own"),
            ("without_kubernetes,broken,a,\"Train, nightly\",", "Feast"),
        ]
        .iter()
        .zip(&constraints)
        .map(|((start, word), line)| line.starts_with(start) && line.contains(word))
        .collect();
        assert_eq!(told, [true; 3], "{csv}");
        // Each finding stands at its place, in the words of its rule.
        for (row, found) in rows.rows.iter().zip(&judged.findings) {
            assert_eq!((&row[0], &row[4]), (&found.rule.id, &found.message));
            assert_eq!(row[2], found.place.at().join(", "));
            assert_eq!(row[1] == "error", found.severity == Severity::Error);
        }
    }
}

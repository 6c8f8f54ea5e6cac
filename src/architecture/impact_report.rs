//! What a change does, as a text to send around: Markdown, or rows for a spreadsheet.

mod swap;

use std::collections::HashMap;

use super::fill::Swap;
use super::impact::{Change, Impact};
use super::model::{Architecture, NodeId};
use crate::rows::Rows;

/// A change of a drawing.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The drawing.
    pub drawing: &'a Architecture,
    /// Whether that is only what its sources report.
    pub is_reported: bool,
    /// What changes.
    pub change: &'a Change,
    /// The same as [`Change::clause`] says it.
    pub clause: &'a str,
    /// What that does.
    pub impact: &'a Impact,
    /// What the catalog tells of the two tools, where one takes the place of another.
    pub swap: Option<&'a Swap>,
}

impl Report<'_> {
    fn name(&self, id: &NodeId) -> String {
        self.drawing.nodes.get(id).map_or_else(|| id.to_string(), |node| node.title().to_owned())
    }

    fn names(&self, ids: &[NodeId]) -> String {
        if ids.is_empty() {
            return "none".to_owned();
        }
        ids.iter().map(|id| escaped(&self.name(id))).collect::<Vec<_>>().join(", ")
    }

    /// A page: the share, who has to act, the rings, and what is known of the tools.
    pub fn markdown(&self) -> String {
        let impact = self.impact;
        let back = if impact.in_loop { "yes: the change comes back to where it began" } else { "no" };
        let told = [
            ("Retrain", self.names(&impact.retrain)),
            ("Revalidate", self.names(&impact.revalidate)),
            ("Redeploy", self.names(&impact.redeploy)),
            ("Consumers", self.names(&impact.consumers)),
            ("Consumers without a gate before them", self.names(&impact.unguarded_consumers)),
            ("In a loop", back.to_owned()),
            ("Reached by feedback only", self.names(&impact.via_feedback)),
            ("Told or started, unchanged", self.names(&impact.notified)),
            ("Unknown reach: who reads there is not drawn", self.names(&impact.undeclared)),
        ];
        let share = format!(
            "In “{}”{}, {:.0} % of the {} change in the end ({} of {}), {} of them before any feedback comes \
             back. An estimate from the drawing.",
            escaped(&self.drawing.title),
            if self.is_reported { ", as its sources report it" } else { "" },
            impact.cace * 100.0,
            if impact.changed.is_empty() { "boxes" } else { "other boxes" },
            impact.full,
            self.drawing.nodes.len() - impact.changed.len(),
            impact.direct,
        );
        let mut lines = vec![format!("# If {}", escaped(self.clause)), String::new(), share, String::new()];
        if !matches!(self.change, Change::Node(_)) && !impact.changed.is_empty() {
            lines.push(format!("- **Boxes that name it**: {}", self.names(&impact.changed)));
        }
        lines.extend(told.iter().map(|(what, text)| format!("- **{what}**: {text}")));
        lines.extend(["", "| Flows away | Boxes |", "|---|---|"].map(str::to_owned));
        lines.extend(impact.rings.iter().map(|(ring, nodes)| format!("| {ring} | {} |", self.names(nodes))));
        if let Some(found) = self.swap {
            lines.push(String::new());
            lines.extend(swap::lines(found, self.drawing));
        }
        lines.push(String::new());
        lines.join("\n")
    }

    /// A row for each node that changes or is told: how far it is, and what has to be done there.
    pub fn rows(&self) -> Rows {
        let impact = self.impact;
        // What is said first of a node stays.
        let mut todo: HashMap<&NodeId, &str> = HashMap::new();
        for (list, what) in [
            (&impact.retrain, "retrain"),
            (&impact.revalidate, "revalidate"),
            (&impact.redeploy, "redeploy"),
            (&impact.unguarded_consumers, "unguarded consumer"),
            (&impact.consumers, "consumer"),
        ] {
            for node in list {
                todo.entry(node).or_insert(what);
            }
        }
        let row = |node: &NodeId, flows: String, by: &str| {
            let kind = self.drawing.nodes.get(node).map(|node| node.kind.clone()).unwrap_or_default();
            let todo = todo.get(node).copied().unwrap_or_default().to_owned();
            vec![node.to_string(), self.name(node), kind, flows, by.to_owned(), todo]
        };
        // One changed node is in the name of the file; several are not.
        let begins = impact.changed.iter().filter(|_| !matches!(self.change, Change::Node(_)));
        let begins = begins.map(|node| row(node, "0".to_owned(), "changed"));
        let rings = impact.rings.iter().flat_map(|(ring, nodes)| nodes.iter().map(move |node| (node, *ring)));
        let direct = rings.map(|(node, ring)| row(node, ring.to_string(), "direct"));
        let feedback = impact.via_feedback.iter().map(|node| row(node, String::new(), "feedback"));
        let told = impact.notified.iter().map(|node| row(node, String::new(), "told"));
        Rows {
            head: ["node", "label", "kind", "flows", "reached", "to do"].map(str::to_owned).to_vec(),
            rows: begins.chain(direct).chain(feedback).chain(told).collect(),
        }
    }
}

/// A text in which Markdown sees no marks.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#') {
            out.push('\\');
        }
        out.push(if letter.is_control() { ' ' } else { letter });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::fill;
    use crate::architecture::sketch::{catalog, sketch};
    use crate::architecture::{impact, impact_of};

    fn chain() -> Architecture {
        let mut drawing = sketch(
            "a:transformation=old b:training=w c:serving_online d:consumer; \
             a->b:training_set b->c:model c->d:predictions",
        );
        drawing.title = "Two | three".to_owned();
        for (id, label) in [("a", "Prep*"), ("b", "Train"), ("c", "Serve"), ("d", "")] {
            if let Some(node) = drawing.nodes.get_mut(&NodeId::from(id)) {
                node.label = label.to_owned();
            }
        }
        drawing
    }

    fn assert_says(text: &str, lines: &[&str]) {
        for line in lines {
            assert!(text.contains(line), "{line} is missing in\n{text}");
        }
    }

    #[test]
    fn a_report_names_who_has_to_act() {
        let drawing = chain();
        let change = Change::Node("a".into());
        let impact = impact(&drawing, &"a".into()).unwrap();
        let clause = change.clause(&drawing, str::to_owned);
        let (change, impact, clause) = (&change, &impact, clause.as_str());
        let report = Report { drawing: &drawing, is_reported: false, change, clause, impact, swap: None };
        assert_says(
            &report.markdown(),
            &[
                "# If Prep\\* changes",
                "In “Two \\| three”, 100 % of the other boxes change in the end (3 of 3), 3 of them before",
                "- **Retrain**: Train",
                "- **Consumers without a gate before them**: Consumer application",
                "| 2 | Serve |",
            ],
        );
        let rows: Vec<String> = report.rows().rows.iter().map(|row| row.join("/")).collect();
        let expected = [
            "b/Train/training/1/direct/retrain",
            "c/Serve/serving_online/2/direct/redeploy",
            "d/Consumer application/consumer/3/direct/unguarded consumer",
        ];
        assert_eq!(rows, expected);
    }

    #[test]
    fn a_report_of_a_swap_tells_what_is_known_of_the_tools() {
        let drawing = chain();
        let known = catalog(&[
            "id = \"old\"\nname = \"Old\"\nkubernetes = false\n[[relation]]\ntype = \"integrates_with\"\n\
             target = \"w\"\n[[relation.evidence]]\nurl = \"https://example.org/old_w\"\n",
            "id = \"new\"\nname = \"New\"\nkubernetes = true\n",
            "id = \"w\"\nname = \"W\"\n",
        ]);
        let change = Change::Swap { from: "old".to_owned(), to: "new".to_owned() };
        let found = fill::swap(&drawing, "old", "new", &known).unwrap();
        let impact = impact_of(&drawing, &change).unwrap();
        let clause = change.clause(&drawing, |id| id.to_uppercase());
        let (change, impact, clause) = (&change, &impact, clause.as_str());
        let report =
            Report { drawing: &drawing, is_reported: true, change, clause, impact, swap: Some(&found) };
        assert_says(
            &report.markdown(),
            &[
                "# If OLD is replaced by NEW",
                "In “Two \\| three”, as its sources report it, 100 % of the other boxes",
                "- **Boxes that name it**: Prep\\*",
                "| Kubernetes | not needed | needed |",
                "| Air-gapped | unknown | unknown |",
                "- Prep\\* → Train: Old integrates with W (<https://example.org/old_w>)",
            ],
        );
        assert_eq!(report.rows().rows[0].join("/"), "a/Prep*/transformation/0/changed/");
    }
}

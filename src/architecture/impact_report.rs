//! What a change does, as a text to send around: Markdown, or rows for a spreadsheet.

use super::impact::Impact;
use super::model::{Architecture, NodeId};
use crate::rows::Rows;

/// A change of one node of a drawing.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The drawing.
    pub drawing: &'a Architecture,
    /// The node that changes.
    pub node: &'a NodeId,
    /// What that does.
    pub impact: &'a Impact,
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

    /// A page: the share, who has to act, the rings.
    pub fn markdown(&self) -> String {
        let impact = self.impact;
        let back = if impact.in_loop { "yes: the change comes back to it" } else { "no" };
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
            "In “{}”, {:.0} % of the other nodes change in the end ({} of {}), {} of them before feedback comes back. \
             An estimate from the drawing.",
            escaped(&self.drawing.title),
            impact.cace * 100.0,
            impact.full,
            self.drawing.nodes.len().saturating_sub(1),
            impact.direct,
        );
        let mut lines = vec![
            format!("# If {} changes", escaped(&self.name(self.node))),
            String::new(),
            share,
            String::new(),
        ];
        lines.extend(told.iter().map(|(what, text)| format!("- **{what}**: {text}")));
        lines.extend(["", "| Flows away | Nodes |", "|---|---|"].map(str::to_owned));
        lines.extend(impact.rings.iter().map(|(ring, nodes)| format!("| {ring} | {} |", self.names(nodes))));
        lines.push(String::new());
        lines.join("\n")
    }

    /// A row for each node that is reached: how far, and what has to be done there.
    pub fn rows(&self) -> Rows {
        let impact = self.impact;
        let rings = impact.rings.iter().flat_map(|(ring, nodes)| nodes.iter().map(move |node| (node, *ring)));
        let todo = |node: &NodeId| {
            let lists = [
                (&impact.retrain, "retrain"),
                (&impact.revalidate, "revalidate"),
                (&impact.redeploy, "redeploy"),
                (&impact.unguarded_consumers, "unguarded consumer"),
                (&impact.consumers, "consumer"),
            ];
            let found = lists.into_iter().find(|(list, _)| list.contains(node));
            found.map_or("", |(_, what)| what).to_owned()
        };
        let row = |node: &NodeId, flows: String, by: &str| {
            let kind = self.drawing.nodes.get(node).map(|node| node.kind.clone()).unwrap_or_default();
            vec![node.to_string(), self.name(node), kind, flows, by.to_owned(), todo(node)]
        };
        let direct = rings.map(|(node, ring)| row(node, ring.to_string(), "direct"));
        let feedback = impact.via_feedback.iter().map(|node| row(node, String::new(), "feedback"));
        let told = impact.notified.iter().map(|node| row(node, String::new(), "told"));
        Rows {
            stem: format!("impact-{}", self.node),
            head: ["node", "label", "kind", "flows", "reached", "to do"].map(str::to_owned).to_vec(),
            rows: direct.chain(feedback).chain(told).collect(),
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
    use crate::architecture::{Flow, Node, impact};

    #[test]
    fn a_report_names_who_has_to_act() {
        let mut drawing = Architecture { title: "Two | three".to_owned(), ..Architecture::default() };
        for (id, kind, label) in [
            ("a", "transformation", "Prep*"),
            ("b", "training", "Train"),
            ("c", "serving_online", "Serve"),
            ("d", "consumer", ""),
        ] {
            let (kind, label) = (kind.to_owned(), label.to_owned());
            drawing.nodes.insert(id.into(), Node { id: id.into(), kind, label, ..Node::default() });
        }
        for (from, to, artifact) in
            [("a", "b", "training_set"), ("b", "c", "model"), ("c", "d", "predictions")]
        {
            let artifact = artifact.to_owned();
            drawing.flows.push(Flow { from: from.into(), to: to.into(), artifact, ..Flow::default() });
        }
        let node = NodeId::from("a");
        let impact = impact(&drawing, &node).unwrap();
        let report = Report { drawing: &drawing, node: &node, impact: &impact };
        let text = report.markdown();
        for line in [
            "# If Prep\\* changes",
            "In “Two \\| three”, 100 % of the other nodes change in the end (3 of 3), 3 of them before",
            "- **Retrain**: Train",
            "- **Consumers without a gate before them**: Consumer application",
            "| 2 | Serve |",
        ] {
            assert!(text.contains(line), "{line} is missing in\n{text}");
        }
        let rows: Vec<String> = report.rows().rows.iter().map(|row| row.join("/")).collect();
        let expected = [
            "b/Train/training/1/direct/retrain",
            "c/Serve/serving_online/2/direct/redeploy",
            "d/Consumer application/consumer/3/direct/unguarded consumer",
        ];
        assert_eq!(rows, expected);
    }
}

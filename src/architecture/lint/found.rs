//! Collects what the check of one rule finds, and puts it into words.

use super::finding::{Finding, Place};
use super::rule::Rule;
use crate::architecture::graph::Graph;
use crate::architecture::model::NodeId;
use crate::problem::Severity;

/// More places of one rule than anybody reads; a drawing can be made so that pairs of its nodes fill the memory.
const MOST: usize = 10_000;

/// How many labels a sentence names before it counts the others.
const NAMED: usize = 4;

/// The findings of one rule.
pub(super) struct Found<'g, 'a> {
    graph: &'g Graph<'a>,
    rule: &'static Rule,
    severity: Severity,
    findings: Vec<Finding>,
}

impl<'g, 'a> Found<'g, 'a> {
    /// Nothing found yet; what will be, matters this much.
    pub fn new(graph: &'g Graph<'a>, rule: &'static Rule, severity: Severity) -> Self {
        Self { graph, rule, severity, findings: Vec::new() }
    }

    /// All findings, sorted by place, each place once.
    pub fn finish(mut self) -> Vec<Finding> {
        self.findings.sort_by(|a, b| a.place.cmp(&b.place));
        self.findings.dedup_by(|b, a| a.place == b.place);
        self.findings
    }

    /// Whether no more findings are taken.
    pub fn is_full(&self) -> bool {
        self.findings.len() >= MOST
    }

    /// About the whole drawing; `detail` is what the rule's message asks for.
    pub fn graph(&mut self, detail: &str) {
        self.push(Place::Graph, &[], detail);
    }

    /// About one node.
    pub fn node(&mut self, node: usize) {
        self.node_with(node, "");
    }

    /// About each node for which this holds.
    pub fn nodes_where(&mut self, nodes: impl Iterator<Item = usize>, mut holds: impl FnMut(usize) -> bool) {
        for node in nodes {
            if holds(node) {
                self.node(node);
            }
        }
    }

    /// About one node; `detail` is what the rule's message asks for.
    pub fn node_with(&mut self, node: usize, detail: &str) {
        self.push(Place::Node(self.id(node)), &[node], detail);
    }

    /// About all flows from one node to another.
    pub fn flow(&mut self, from: usize, to: usize, detail: &str) {
        let place = Place::Flow { from: self.id(from), to: self.id(to), artifact: None };
        self.push(place, &[from, to], detail);
    }

    /// About one flow.
    pub fn flow_of(&mut self, from: usize, to: usize, artifact: &str, detail: &str) {
        let place = Place::Flow { from: self.id(from), to: self.id(to), artifact: Some(artifact.to_owned()) };
        self.push(place, &[from, to], detail);
    }

    /// About several nodes, sorted, or a pair of which the first one acts on the second one.
    pub fn nodes(&mut self, nodes: &[usize], detail: &str) {
        self.push(Place::Nodes(nodes.iter().map(|node| self.id(*node)).collect()), nodes, detail);
    }

    /// What a node is called.
    pub fn label(&self, node: usize) -> &'a str {
        self.graph.nodes[node].title()
    }

    fn id(&self, node: usize) -> NodeId {
        self.graph.nodes[node].id.clone()
    }

    fn push(&mut self, place: Place, nodes: &[usize], detail: &str) {
        if self.is_full() {
            return;
        }
        let artifact = match &place {
            Place::Flow { artifact: Some(artifact), .. } => artifact.as_str(),
            _ => detail,
        };
        let end = |node: Option<&usize>| node.map_or("", |node| self.label(*node));
        let all = || {
            let labels: Vec<&str> = nodes.iter().take(NAMED).map(|node| self.label(*node)).collect();
            listed(&labels, nodes.len())
        };
        let message = filled(&self.rule.message, |name| match name {
            "it" | "from" => end(nodes.first()).to_owned(),
            "to" => end(nodes.last()).to_owned(),
            "all" => all(),
            "artifact" => artifact.to_owned(),
            _ => detail.to_owned(),
        });
        let (rule, severity) = (self.rule, self.severity);
        self.findings.push(Finding { rule, severity, place, suppressed: None, message });
    }
}

/// “A”, “B” and 3 more.
fn listed(labels: &[&str], count: usize) -> String {
    let quoted: Vec<String> = labels.iter().map(|label| format!("“{label}”")).collect();
    match (quoted.as_slice(), count - quoted.len()) {
        ([], _) => String::new(),
        ([one], 0) => one.clone(),
        ([rest @ .., last], 0) => format!("{} and {last}", rest.join(", ")),
        (all, more) => format!("{} and {more} more", all.join(", ")),
    }
}

/// A message with what stands in braces replaced; what labels hold is never read as a message.
fn filled(message: &str, value: impl Fn(&str) -> String) -> String {
    let mut text = String::with_capacity(message.len() + 32);
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        text.push_str(before);
        text.push_str(&value(name));
        rest = after;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_name_labels_and_count_the_others() {
        assert_eq!(listed(&["A"], 1), "“A”");
        assert_eq!(listed(&["A", "B", "C"], 3), "“A”, “B” and “C”");
        assert_eq!(listed(&["A", "B", "C", "D"], 9), "“A”, “B”, “C”, “D” and 5 more");
        assert_eq!(
            filled("“{it}” lacks {detail}", |name| format!("<{name}>{{it}}")),
            "“<it>{it}” lacks <detail>{it}"
        );
    }
}

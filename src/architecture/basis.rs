//! What of a drawing its source reports, and what was added so that the drawing is complete.

use super::model::{Architecture, Flow, Node};

/// The word in files for what was added.
const ADDED: &str = "added";
/// The word in files for what the source says.
const REPORTED: &str = "reported";

impl Node {
    /// Whether it was added so that the drawing is complete.
    pub fn is_added(&self) -> bool {
        self.basis.as_deref() == Some(ADDED)
    }

    /// Whether the drawing's source reports it; what a person put in since is not reported.
    pub fn is_reported(&self) -> bool {
        self.basis.as_deref() == Some(REPORTED)
    }
}

impl Flow {
    /// Whether it was added so that the drawing is complete.
    pub fn is_added(&self) -> bool {
        self.basis.as_deref() == Some(ADDED)
    }

    /// Whether the drawing's source reports it.
    pub fn is_reported(&self) -> bool {
        self.basis.as_deref() == Some(REPORTED)
    }
}

/// How many parts the source reports, and how many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Reported nodes.
    pub nodes: usize,
    /// Reported flows.
    pub flows: usize,
}

impl Architecture {
    /// How much of it its source reports; none where nobody said of any part on what it rests.
    pub fn evidence(&self) -> Option<Evidence> {
        let bases = || self.nodes.values().map(|node| &node.basis).chain(self.flows.iter().map(|f| &f.basis));
        bases().any(Option::is_some).then(|| Evidence {
            nodes: self.nodes.values().filter(|node| node.is_reported()).count(),
            flows: self.flows.iter().filter(|flow| flow.is_reported()).count(),
        })
    }

    /// What its source reports of it, without flows that would lose an end.
    pub fn as_reported(&self) -> Self {
        let mut left = self.clone();
        left.nodes.retain(|_, node| node.is_reported());
        left.flows.retain(Flow::is_reported);
        let nodes = &left.nodes;
        left.flows.retain(|flow| nodes.contains_key(&flow.from) && nodes.contains_key(&flow.to));
        left
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_goes_with_its_flows() {
        let basis = |word: &str| Some(word.to_owned());
        let mut drawing = Architecture::default();
        for (id, word) in [("a", "reported"), ("b", "added"), ("c", "reported")] {
            drawing.nodes.insert(id.into(), Node { id: id.into(), basis: basis(word), ..Node::default() });
        }
        for (from, to, word) in [("a", "b", "reported"), ("a", "c", "reported"), ("c", "a", "added")] {
            drawing.flows.push(Flow {
                from: from.into(),
                to: to.into(),
                basis: basis(word),
                ..Flow::default()
            });
        }
        let left = drawing.as_reported();
        assert_eq!(left.nodes.keys().map(ToString::to_string).collect::<Vec<_>>(), ["a", "c"]);
        assert_eq!(left.flows.iter().map(|f| f.key().to_string()).collect::<Vec<_>>(), ["a->c:"]);
        assert_eq!(drawing.evidence(), Some(Evidence { nodes: 2, flows: 2 }));
        assert_eq!(Architecture::default().evidence(), None);
    }
}

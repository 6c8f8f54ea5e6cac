//! What a rule found: where, and in which words.

use super::rule::Rule;
use crate::architecture::edit::Edit;
use crate::architecture::model::{Architecture, NodeId, Suppression};
use crate::problem::Severity;

/// Where a finding is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The drawing as a whole.
    Graph,
    /// One box.
    Node(NodeId),
    /// A connection; without an artifact, every flow from one box to the other.
    Flow {
        /// Where it starts.
        from: NodeId,
        /// Where it ends.
        to: NodeId,
        /// What flows, if only that is meant.
        artifact: Option<String>,
    },
    /// Several boxes together: a loop, a pair of models, all boxes of a kind. Sorted, but for a pair, in
    /// which the first one acts on the second one.
    Nodes(Vec<NodeId>),
}

impl Place {
    /// The place as the command line writes it: node ids, an edge as `from->to` or `from->to:artifact`,
    /// nothing for the whole drawing.
    pub fn at(&self) -> Vec<String> {
        match self {
            Self::Graph => Vec::new(),
            Self::Node(id) => vec![id.0.clone()],
            Self::Flow { from, to, artifact: None } => vec![format!("{from}->{to}")],
            Self::Flow { from, to, artifact: Some(artifact) } => vec![format!("{from}->{to}:{artifact}")],
            Self::Nodes(ids) => ids.iter().map(|id| id.0.clone()).collect(),
        }
    }

    /// The boxes it touches: both ends of a connection, none for the whole drawing.
    pub fn nodes(&self) -> Vec<&NodeId> {
        match self {
            Self::Graph => Vec::new(),
            Self::Node(id) => vec![id],
            Self::Flow { from, to, .. } => vec![from, to],
            Self::Nodes(ids) => ids.iter().collect(),
        }
    }
}

/// One place at which a rule fires. In one list each pair of rule and place stands once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which rule.
    pub rule: &'static Rule,
    /// How much it matters in this drawing.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// Why people have decided to live with it, when they have: it is then shown aside and counts for nothing.
    pub suppressed: Option<String>,
    /// One sentence without a full stop that names what it is about by the labels on the cards.
    pub message: String,
}

impl Finding {
    /// Whether it is to be acted on.
    pub fn is_open(&self) -> bool {
        self.suppressed.is_none()
    }

    /// The edit after which this finding is told no more, for a reason that must not be empty; another reason replaces
    /// the one before.
    pub fn suppress(&self, drawing: &Architecture, reason: &str) -> Edit {
        let mut all = self.others(drawing);
        all.push(Suppression {
            rule: self.rule.id.clone(),
            at: self.place.at(),
            reason: reason.trim().to_owned(),
            ..Suppression::default()
        });
        Edit::SetSuppressed(all)
    }

    /// The edit after which this finding is told again.
    pub fn tell_again(&self, drawing: &Architecture) -> Edit {
        Edit::SetSuppressed(self.others(drawing))
    }

    fn others(&self, drawing: &Architecture) -> Vec<Suppression> {
        drawing.suppressed.iter().filter(|other| !self.is_meant_by(other)).cloned().collect()
    }

    /// Whether a suppression is about this rule at this place.
    pub(super) fn is_meant_by(&self, suppression: &Suppression) -> bool {
        suppression.rule == self.rule.id && suppression.at == self.place.at()
    }
}

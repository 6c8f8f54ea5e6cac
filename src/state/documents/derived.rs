//! What is computed from a document's content once per change, and the typed look at it that views are given.

use std::sync::Arc;

use crate::architecture::{Architecture, Arrangement, Judged, Placement, Route};
use crate::document::{Arranged, Content, DocumentEdit};

use super::Document;

/// What views need beside the content.
#[derive(Debug)]
pub(super) enum Derived {
    /// Of an architecture.
    Drawing {
        /// Where everything is drawn.
        arrangement: Arrangement,
        /// What the rules say of it.
        judged: Arc<Judged>,
        /// Whether that is of an earlier state of a large drawing.
        is_unjudged: bool,
    },
}

impl Derived {
    /// Computes what can be had within a frame.
    pub(super) fn of(content: &Content) -> Self {
        let mut derived = match content {
            Content::Drawing(_) => Self::Drawing {
                arrangement: Arrangement::default(),
                judged: Arc::new(Judged::of(&Architecture::default())),
                is_unjudged: false,
            },
        };
        derived.renew(content);
        derived
    }

    /// The same, keeping what is still right.
    pub(super) fn renew(&mut self, content: &Content) {
        match (self, content) {
            (Self::Drawing { arrangement, judged, is_unjudged }, Content::Drawing(drawing)) => {
                arrangement.follow(drawing);
                judge(drawing, judged, is_unjudged);
            }
        }
    }

    /// Computes again what an edit made old; `content` is what the edit left.
    pub(super) fn follow(&mut self, content: &Content, edit: &DocumentEdit) {
        let (DocumentEdit::Drawing(edit), Content::Drawing(drawing)) = (edit, content);
        if edit.touches_geometry() && !Judged::outlives(edit) {
            return self.renew(content);
        }
        let Self::Drawing { arrangement, judged, is_unjudged } = self;
        if edit.touches_geometry() {
            arrangement.follow(drawing);
        }
        if !Judged::outlives(edit) {
            judge(drawing, judged, is_unjudged);
        }
    }

    /// Whether a job has to compute the rest.
    pub(super) fn is_rough(&self) -> bool {
        match self {
            Self::Drawing { arrangement, is_unjudged, .. } => arrangement.is_rough() || *is_unjudged,
        }
    }

    /// Takes what a job computed.
    pub(super) fn take(&mut self, arranged: Arranged) {
        match (self, arranged) {
            (Self::Drawing { arrangement, judged, is_unjudged }, Arranged::Drawing(whole, found)) => {
                *arrangement = Arc::unwrap_or_clone(whole);
                (*judged, *is_unjudged) = (found, false);
            }
        }
    }
}

/// Nodes and flows of a drawing that is held against the rules within a frame; a job does it for larger ones.
const JUDGED_AT_ONCE: usize = 1_000;

fn judge(drawing: &Architecture, judged: &mut Arc<Judged>, is_unjudged: &mut bool) {
    *is_unjudged = drawing.nodes.len() + drawing.flows.len() > JUDGED_AT_ONCE;
    if !*is_unjudged {
        *judged = Arc::new(Judged::of(drawing));
    }
}

/// An open drawing as views see it.
#[derive(Clone, Copy, Debug)]
pub struct Drawing<'a> {
    /// What it has in common with every document: origin, state, history.
    pub document: &'a Document,
    /// The model.
    pub architecture: &'a Architecture,
    /// Where everything is drawn; another one after every change of it.
    pub placement: &'a Arc<Placement>,
    /// How flows run between the nodes.
    pub routes: &'a [Route],
    /// What the rules say of it.
    pub judged: &'a Judged,
    /// Whether that is of an earlier state, and a job is holding it against the rules.
    pub is_unjudged: bool,
}

impl Document {
    /// It as a drawing, if it is one.
    pub fn drawing(&self) -> Option<Drawing<'_>> {
        match (&self.content, &self.derived) {
            (Content::Drawing(architecture), Derived::Drawing { arrangement, judged, is_unjudged }) => {
                Some(Drawing {
                    document: self,
                    architecture,
                    placement: arrangement.placement(),
                    routes: arrangement.routes(),
                    judged,
                    is_unjudged: *is_unjudged,
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::{DocumentId, Effect};
    use crate::address::{DocumentKind, Origin};
    use crate::architecture::{Edit, Node, NodeId};
    use crate::state::DocumentState;

    /// What is to be computed: the revision and the content.
    fn asked(effects: &mut Vec<Effect>) -> Vec<(u64, Content)> {
        let asked = effects.drain(..).filter_map(|effect| match effect {
            Effect::Arrange { revision, content, .. } => Some((revision, content)),
            _ => None,
        });
        asked.collect()
    }

    #[test]
    fn a_large_drawing_is_arranged_by_one_job_at_a_time_and_the_newest_state_wins() {
        let mut drawing = Architecture::default();
        for at in 0..1_001 {
            let node = Node { id: NodeId(format!("n{at}")), stage: "data".to_owned(), ..Node::default() };
            drawing.nodes.insert(node.id.clone(), node);
        }
        let (id, mut effects) = (DocumentId(1), Vec::new());
        let mut document = Document::new(DocumentKind::Drawing, Origin::Untitled(1), DocumentState::Loading);
        assert!(document.is_waiting(), "it is being read");
        document.fill(Content::Drawing(Arc::new(drawing)), Arc::from(""), Vec::new());
        document.arrange(id, &mut effects);
        let first = asked(&mut effects);
        assert_eq!(first.len(), 1);
        assert!(document.is_waiting(), "it is not drawn as it will be");
        let edit = Edit::SetStage { node: "n7".into(), stage: "train".to_owned() };
        document.edit(id, &edit.into(), &mut effects);
        assert_eq!(asked(&mut effects), [], "the job that runs is waited for");
        let (revision, content) = &first[0];
        document.take(id, *revision, content.arrange(), &mut effects);
        let second = asked(&mut effects);
        assert_eq!(second.len(), 1, "what it found is of a state that is no more");
        assert_eq!(document.drawing().unwrap().placement.positions.len(), 0);
        let (revision, content) = &second[0];
        document.take(id, *revision, content.arrange(), &mut effects);
        assert_eq!(asked(&mut effects), []);
        assert!(!document.is_waiting());
        assert_eq!(document.drawing().unwrap().placement.positions.len(), 1_001);
    }
}

//! What is computed from a document's content once per change, and the typed look at it that views are given.

use std::sync::{Arc, OnceLock};

use crate::architecture::{Architecture, Arrangement, Judged, Placement, Reported, Route};
use crate::document::{Arranged, Content, DocumentEdit};

use super::Document;

/// What views need beside the content.
#[derive(Debug)]
pub(super) enum Derived {
    /// Of an architecture.
    Drawing(Box<OfDrawing>),
}

/// What views need beside an architecture.
#[derive(Debug)]
pub(super) struct OfDrawing {
    /// Where everything is drawn.
    arrangement: Arrangement,
    /// What the rules say of it.
    judged: Arc<Judged>,
    /// What its sources report of it, where somebody said: found when a view asks first after a change.
    reported: OnceLock<Option<Reported>>,
    /// What the rules were found to say of that part, and whether they say it still.
    of_reported: Option<(Arc<Judged>, bool)>,
    /// Whether what the rules say is of an earlier state of a large drawing.
    is_unjudged: bool,
}

/// Nodes and flows of a drawing that is held against the rules within a frame; a job does it for larger ones.
const JUDGED_AT_ONCE: usize = 1_000;

impl OfDrawing {
    /// The part that the sources report. What the rules say of a large one is left to a job, too.
    fn reported(&self, drawing: &Architecture) -> Option<&Reported> {
        let find = || {
            let before = self.of_reported.as_ref().filter(|(_, is_right)| *is_right || self.is_unjudged);
            let known = before.map(|(judged, _)| Arc::clone(judged));
            let nothing = || self.is_unjudged.then(|| Arc::new(Judged::of(&Architecture::default())));
            Reported::of(drawing, &self.arrangement, known.or_else(nothing))
        };
        self.reported.get_or_init(find).as_ref()
    }

    /// Forgets that part before the drawing is held against the rules again; `outlives` says whether what they say of
    /// it stays right.
    fn forget_reported(&mut self, outlives: bool) {
        if let Some(part) = self.reported.take().flatten() {
            self.of_reported = Some((part.judged, !self.is_unjudged));
        }
        if let Some((_, is_right)) = &mut self.of_reported {
            *is_right &= outlives;
        }
    }

    /// Holds the drawing against the rules, unless that has to be left to a job.
    fn judge(&mut self, drawing: &Architecture) {
        self.is_unjudged = drawing.nodes.len() + drawing.flows.len() > JUDGED_AT_ONCE;
        if !self.is_unjudged {
            self.judged = Arc::new(Judged::of(drawing));
        }
    }
}

impl Derived {
    /// Computes what can be had within a frame.
    pub(super) fn of(content: &Content) -> Self {
        let mut derived = match content {
            Content::Drawing(_) => Self::Drawing(Box::new(OfDrawing {
                arrangement: Arrangement::default(),
                judged: Arc::new(Judged::of(&Architecture::default())),
                reported: OnceLock::new(),
                of_reported: None,
                is_unjudged: false,
            })),
        };
        derived.renew(content);
        derived
    }

    /// The same, keeping what is still right.
    pub(super) fn renew(&mut self, content: &Content) {
        match (self, content) {
            (Self::Drawing(derived), Content::Drawing(drawing)) => {
                derived.forget_reported(false);
                derived.arrangement.follow(drawing);
                derived.judge(drawing);
            }
        }
    }

    /// Computes again what an edit made old; `content` is what the edit left.
    pub(super) fn follow(&mut self, content: &Content, edit: &DocumentEdit) {
        let (DocumentEdit::Drawing(edit), Content::Drawing(drawing)) = (edit, content);
        let Self::Drawing(derived) = self;
        if edit.touches_geometry() {
            derived.arrangement.follow(drawing);
        }
        let outlives = Judged::outlives(edit);
        derived.forget_reported(outlives);
        if !outlives {
            derived.judge(drawing);
        }
    }

    /// Whether a job has to compute the rest.
    pub(super) fn is_rough(&self) -> bool {
        match self {
            Self::Drawing(derived) => derived.arrangement.is_rough() || derived.is_unjudged,
        }
    }

    /// Takes what a job computed.
    pub(super) fn take(&mut self, arranged: Arranged) {
        match (self, arranged) {
            (Self::Drawing(derived), Arranged::Drawing(whole, judged, reported)) => {
                derived.arrangement = Arc::unwrap_or_clone(whole);
                derived.reported = OnceLock::from(reported.map(Arc::unwrap_or_clone));
                (derived.judged, derived.is_unjudged) = (judged, false);
            }
        }
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
    /// Whether all of this is of what the sources report alone.
    pub is_reported: bool,
}

impl Drawing<'_> {
    /// Whether it cannot be changed here: another process has it, or it is not all of it.
    pub fn is_fixed(&self) -> bool {
        self.document.read_only || self.is_reported
    }

    /// What tells this state of it from all others of the same document.
    pub fn revision(&self) -> (u64, bool) {
        (self.document.revision, self.is_reported)
    }

    /// What tells this state of its boxes, flows and constraints from all others of the same document.
    pub fn meaning(&self) -> (u64, bool) {
        (self.document.meaning_revision, self.is_reported)
    }
}

impl Document {
    /// It as a drawing, if it is one.
    pub fn drawing(&self) -> Option<Drawing<'_>> {
        match (&self.content, &self.derived) {
            (Content::Drawing(architecture), Derived::Drawing(derived)) => Some(Drawing {
                document: self,
                architecture,
                placement: derived.arrangement.placement(),
                routes: derived.arrangement.routes(),
                judged: &derived.judged,
                is_unjudged: derived.is_unjudged,
                is_reported: false,
            }),
        }
    }

    /// What the sources of a drawing report of it, if somebody said what that is.
    pub fn reported_drawing(&self) -> Option<Drawing<'_>> {
        let Derived::Drawing(derived) = &self.derived;
        let whole = self.drawing()?;
        let part = derived.reported(whole.architecture)?;
        Some(Drawing {
            architecture: &part.architecture,
            placement: &part.placement,
            routes: &part.routes,
            judged: &part.judged,
            is_reported: true,
            ..whole
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::{DocumentId, Effect};
    use crate::address::{DocumentKind, Origin};
    use crate::architecture::{Constraints, Edit, Node, NodeId, NodeLinks, Point};
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

    #[test]
    fn only_what_changes_the_meaning_makes_answers_old() {
        let mut drawing = Architecture::default();
        drawing.nodes.insert("a".into(), Node { id: "a".into(), ..Node::default() });
        let (id, mut effects) = (DocumentId(1), Vec::new());
        let mut document = Document::new(DocumentKind::Drawing, Origin::Untitled(1), DocumentState::Loading);
        document.fill(Content::Drawing(Arc::new(drawing)), Arc::from(""), Vec::new());
        let mut meant = document.drawing().unwrap().meaning();
        let mut seen = document.revision;
        let mut is_other = |document: &Document| {
            assert!(document.revision > seen, "all of them are seen");
            seen = document.revision;
            std::mem::replace(&mut meant, document.drawing().unwrap().meaning()) != meant
        };
        let owned = NodeLinks { owners: vec!["A".to_owned()], ..NodeLinks::default() };
        let owned = Edit::SetLinks { node: "a".into(), links: owned };
        let limit = Constraints { air_gapped: true, ..Constraints::default() };
        let moved = Edit::Move { positions: [("a".into(), Some(Point::new(40, 40)))].into() };
        for (edit, is_meant) in [
            (moved.clone(), false),
            (owned.clone(), false),
            (Edit::SetTitle("Ours".to_owned()), false),
            (Edit::SetConstraints(limit), true),
            (Edit::Rename { node: "a".into(), label: "A".to_owned() }, true),
            (
                Edit::Batch(vec![
                    Edit::SetTitle(String::new()),
                    Edit::SetConstraints(Constraints::default()),
                ]),
                true,
            ),
            (Edit::SetTools { node: "a".into(), tools: vec!["feast".to_owned()] }, true),
        ] {
            document.edit(id, &edit.clone().into(), &mut effects);
            assert_eq!(is_other(&document), is_meant, "{edit:?}");
        }
        document.step(id, false, &mut effects);
        assert!(is_other(&document), "a tool is gone again");
        let unowned = Edit::SetLinks { node: "a".into(), links: NodeLinks::default() };
        document.edit(id, &unowned.into(), &mut effects);
        assert!(!is_other(&document));
        document.step(id, false, &mut effects);
        assert!(!is_other(&document), "somebody is in charge again, and no box is another");
        document.edit(id, &Edit::Move { positions: [("a".into(), None)].into() }.into(), &mut effects);
        assert!(!is_other(&document));
        document.step(id, false, &mut effects);
        assert!(!is_other(&document), "it is where it was, and no other box");
    }

    #[test]
    fn what_the_sources_report_is_found_when_it_is_asked_for() {
        let mut drawing = Architecture::default();
        for (id, basis) in [("a", "reported"), ("b", "added")] {
            let node = Node { id: id.into(), kind: "training".to_owned(), ..Node::default() };
            drawing.nodes.insert(id.into(), Node { basis: Some(basis.to_owned()), ..node });
        }
        let (id, mut effects) = (DocumentId(1), Vec::new());
        let mut document = Document::new(DocumentKind::Drawing, Origin::Untitled(1), DocumentState::Loading);
        document.fill(Content::Drawing(Arc::new(drawing)), Arc::from(""), Vec::new());
        let is_found = |document: &Document| {
            let Derived::Drawing(derived) = &document.derived;
            derived.reported.get().is_some()
        };
        assert!(!is_found(&document), "nobody asks");
        let judged = std::ptr::from_ref(document.reported_drawing().unwrap().judged);
        assert!(is_found(&document));
        document.edit(id, &Edit::SetTitle("Ours".to_owned()).into(), &mut effects);
        assert!(!is_found(&document));
        let part = document.reported_drawing().unwrap();
        let ids: Vec<&str> = part.architecture.nodes.keys().map(NodeId::as_str).collect();
        assert_eq!((part.architecture.title.as_str(), ids), ("Ours", vec!["a"]));
        assert!(std::ptr::eq(part.judged, judged), "no rule reads the title");
        let kind = Edit::SetKind { node: "a".into(), kind: "ci".to_owned() };
        document.edit(id, &kind.into(), &mut effects);
        // Moved before anybody asks: what the rules said before the other kind is not right for that.
        let moved = Edit::Move { positions: [("a".into(), Some(Point::new(40, 40)))].into() };
        document.edit(id, &moved.into(), &mut effects);
        let part = document.reported_drawing().unwrap();
        assert_eq!(*part.judged, Judged::of(part.architecture));
        assert_eq!(part.placement.positions[&NodeId::from("a")], Point::new(40, 40));
    }
}

//! How a window's drawing differs from the one that it is held against, and what it lacks: found when one of the two
//! changes or another is chosen, never in a frame.

mod rows;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Document, DocumentState, State};
use crate::action::{DocumentId, WindowId};
use crate::address::{Location, Origin};
use crate::architecture::diff::{Field, Parts};
use crate::architecture::gallery::tool;
use crate::architecture::pairing::called_alike;
use crate::architecture::{Architecture, Edit, Lack, Node, NodeId, complete, diff, kinds, lacks_with};
use crate::catalog::Catalog;
use crate::document::Content;

/// In what a box of the shown drawing differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The other drawing has no such box.
    OnlyHere,
    /// Something of it is another.
    Changed,
}

/// A box that both have: what was there, and what is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedBox {
    /// Which.
    pub id: NodeId,
    /// What it is called here.
    pub title: String,
    /// The name of what differs, how it is in the other drawing, how it is here.
    pub fields: Vec<(&'static str, String, String)>,
}

/// A part that one of the drawings lacks, as a row shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartRow {
    /// Its name: of a flow, those of its ends.
    pub title: String,
    /// What it is: its kind, or what flows.
    pub caption: String,
    /// The boxes it is, or lies between.
    pub nodes: Vec<NodeId>,
}

/// The parts that only one of the drawings has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartRows {
    /// Boxes.
    pub nodes: Vec<PartRow>,
    /// Flows.
    pub flows: Vec<PartRow>,
}

impl PartRows {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.nodes.len() + self.flows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The same with boxes by other names.
    fn called(mut self, names: &BTreeMap<NodeId, NodeId>) -> Self {
        for id in self.nodes.iter_mut().chain(&mut self.flows).flat_map(|row| &mut row.nodes) {
            if let Some(name) = names.get(id) {
                id.clone_from(name);
            }
        }
        self
    }

    fn of(parts: &Parts, drawing: &Architecture) -> Self {
        let name = |id: &NodeId| {
            drawing.nodes.get(id).map_or_else(|| id.to_string(), |node| node.title().to_owned())
        };
        let nodes = parts.nodes.iter().map(|id| {
            let kind = drawing.nodes.get(id).map(|node| kinds::label(&node.kind).to_owned());
            PartRow { title: name(id), caption: kind.unwrap_or_default(), nodes: vec![id.clone()] }
        });
        let flows = parts.flows.iter().map(|flow| PartRow {
            title: format!("{} → {}", name(&flow.from), name(&flow.to)),
            caption: flow.artifact.replace('_', " "),
            nodes: vec![flow.from.clone(), flow.to.clone()],
        });
        Self { nodes: nodes.collect(), flows: flows.collect() }
    }
}

/// The drawing against which another is held.
#[derive(Clone, Debug)]
pub enum Reference {
    /// It is being read.
    Loading,
    /// It could not be read, or is not open: one sentence.
    Failed(String),
    /// It is here.
    Ready(Held),
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Held {
    /// What the other drawing is called.
    pub title: String,
    /// What it has and this one lacks.
    pub lacks: Vec<Lack>,
    /// What only this one has.
    pub here: PartRows,
    /// What only the other one has.
    pub there: PartRows,
    /// What both have and is not the same.
    pub changed: Vec<ChangedBox>,
    /// How many boxes both have.
    pub shared: usize,
    /// In what the boxes of this one differ.
    pub marks: BTreeMap<NodeId, Difference>,
    other: Arc<Architecture>,
}

impl Held {
    fn of(mine: &Architecture, other: Arc<Architecture>, title: String, catalog: &Catalog) -> Self {
        let name = |id: &str| tool(catalog, id).map_or_else(|| id.to_owned(), |tool| tool.name.clone());
        // Drawings of different people have ids of their own.
        let alike = called_alike(mine, &other);
        let found = diff(&alike.drawing, mine);
        let changed = found.changed.iter().filter_map(|changed| {
            let (before, after) = (alike.drawing.nodes.get(&changed.id)?, mine.nodes.get(&changed.id)?);
            let told = |field: &Field| (field.title(), field.told(before, &name), field.told(after, &name));
            let fields = changed.fields.iter().map(told).collect();
            Some(ChangedBox { id: changed.id.clone(), title: Node::title(after).to_owned(), fields })
        });
        let only = found.added.nodes.iter().map(|id| (id.clone(), Difference::OnlyHere));
        let differs = found.changed.iter().map(|changed| (changed.id.clone(), Difference::Changed));
        Self {
            title,
            lacks: lacks_with(mine, &other, &name),
            here: PartRows::of(&found.added, mine),
            there: PartRows::of(&found.removed, &alike.drawing).called(&alike.own),
            changed: changed.collect(),
            shared: mine.nodes.keys().filter(|id| alike.drawing.nodes.contains_key(*id)).count(),
            marks: only.chain(differs).collect(),
            other,
        }
    }

    /// One edit of `mine`, the drawing that this was found of, after which it lacks nothing.
    pub fn complete(&self, mine: &Architecture) -> Edit {
        complete(mine, &self.other)
    }

    /// Whether nothing differs.
    pub fn is_same(&self) -> bool {
        self.here.is_empty() && self.there.is_empty() && self.changed.is_empty()
    }
}

/// What was compared.
#[derive(Clone, Debug)]
struct Of {
    document: DocumentId,
    revision: (u64, bool),
    against: Origin,
    other: Arc<Architecture>,
    title: String,
    catalog: Arc<Catalog>,
}

impl Of {
    fn is(&self, other: &Self) -> bool {
        (self.document, self.revision) == (other.document, other.revision)
            && (&self.against, &self.title) == (&other.against, &other.title)
            && Arc::ptr_eq(&self.other, &other.other)
            && Arc::ptr_eq(&self.catalog, &other.catalog)
    }
}

/// A comparison as long as it is shown.
#[derive(Clone, Debug)]
pub struct Compared {
    of: Option<Of>,
    /// What is known of the other drawing.
    pub with: Reference,
}

impl Compared {
    /// What a window compares now, taken from what it compared `before` where that is the same.
    pub(super) fn follow(before: Option<Self>, state: &State, window: WindowId) -> Option<Self> {
        let Location::Drawing(here) = state.location(window) else { return None };
        let (_, against) = state.location(window).compared()?;
        let (document, mine) = state.drawing_of(&here.origin, here.reported)?;
        if mine.document.state != DocumentState::Ready {
            return None;
        }
        let (other, title) = match state.reference(against) {
            Ok(found) => found,
            Err(absent) => return Some(Self { of: None, with: absent.into() }),
        };
        let (revision, catalog) = (mine.revision(), Arc::clone(&state.catalog));
        let of = Of { document, revision, against: against.clone(), other, title, catalog };
        let same = before.filter(|before| before.of.as_ref().is_some_and(|known| known.is(&of)));
        same.or_else(|| {
            let held = Held::of(mine.architecture, Arc::clone(&of.other), of.title.clone(), &of.catalog);
            Some(Self { of: Some(of), with: Reference::Ready(held) })
        })
    }
}

/// Why a drawing cannot be held against another now.
enum Absent {
    Loading,
    Failed(String),
}

impl From<Absent> for Reference {
    fn from(absent: Absent) -> Self {
        match absent {
            Absent::Loading => Self::Loading,
            Absent::Failed(sentence) => Self::Failed(sentence),
        }
    }
}

impl State {
    /// The drawing at `origin` and what it is called, for another to be held against it. A template is as it is bundled,
    /// though somebody may be changing it: that is what differs from it. Where a person has opened the drawing, it is as
    /// it stands there; else as its file holds it.
    fn reference(&self, origin: &Origin) -> Result<(Arc<Architecture>, String), Absent> {
        let titled = |drawing: Arc<Architecture>| {
            let title = if drawing.title.is_empty() { origin.name() } else { drawing.title.clone() };
            (drawing, title)
        };
        if let Origin::Template(id) = origin {
            let missing = || Absent::Failed(format!("There is no template called {id}."));
            return self.drawing_at(origin).map(titled).ok_or_else(missing);
        }
        match self.document_of(origin).map(|(_, document)| document) {
            Some(Document { state: DocumentState::Ready, content: Content::Drawing(drawing), .. }) => {
                return Ok(titled(Arc::clone(drawing)));
            }
            Some(Document { state: DocumentState::Loading, .. }) => return Err(Absent::Loading),
            _ => {}
        }
        if let Some(drawing) = self.drawing_at(origin) {
            return Ok(titled(drawing));
        }
        match origin {
            Origin::Path(path) => match self.references.get(path) {
                Some(Ok(drawing)) => Ok(titled(Arc::clone(drawing))),
                Some(Err(sentence)) => Err(Absent::Failed(sentence.clone())),
                None => Err(Absent::Loading),
            },
            Origin::Untitled(_) => {
                let sentence = "The other drawing was never saved and is not open. Home lists what is not saved under \
                                Continue: open it from there.";
                Err(Absent::Failed(sentence.to_owned()))
            }
            _ => Err(Absent::Failed("This address names no drawing.".to_owned())),
        }
    }

    /// Whether a drawing is known without its file being read for a comparison.
    pub(super) fn has_drawing(&self, origin: &Origin) -> bool {
        let is_open = |document: &Document| !matches!(document.state, DocumentState::Failed(_));
        self.document_of(origin).is_some_and(|(_, document)| is_open(document))
            || self.drawing_at(origin).is_some()
    }
}

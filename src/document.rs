//! What a document holds and how it changes, whatever its kind: all that its life cycle asks of a kind.
//!
//! Opening, undo, journal, saving and closing know a document only as [`Content`] and [`DocumentEdit`]; a
//! further kind is an arm in each `match` of this file, and its names in [`DocumentKind`].

mod arranged;

use std::sync::Arc;

use serde::Serialize;
use thiserror::Error;

use crate::address::DocumentKind;
use crate::architecture::{self, Architecture, Edit};
use crate::history::Editable;
use crate::problem::Problem;

pub use arranged::Arranged;

/// What a document holds. Copies are cheap and share until one of them changes: they are snapshots.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// An architecture.
    Drawing(Arc<Architecture>),
}

/// Why a text is no document of the kind that it should be.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadError {
    /// It is no architecture.
    #[error(transparent)]
    Drawing(#[from] architecture::ReadError),
}

impl ReadError {
    /// The line that it is about, from 1.
    pub fn line(&self) -> usize {
        match self {
            Self::Drawing(error) => error.place().0,
        }
    }
}

impl Content {
    /// What a new document holds.
    pub fn empty(kind: DocumentKind) -> Self {
        match kind {
            DocumentKind::Drawing => Self::Drawing(Arc::default()),
        }
    }

    /// Reads a text of this kind. Whatever is odd is told by a problem whose place is `line N`.
    ///
    /// # Errors
    /// When nothing of the text can be used.
    pub fn read(kind: DocumentKind, text: &str) -> Result<(Self, Vec<Problem>), ReadError> {
        match kind {
            DocumentKind::Drawing => {
                let (drawing, problems) = Architecture::from_json(text)?;
                Ok((Self::Drawing(Arc::new(drawing)), problems))
            }
        }
    }

    /// The text of its file; [`Content::read`] gives an equal content.
    pub fn to_text(&self) -> String {
        match self {
            Self::Drawing(drawing) => drawing.to_json(),
        }
    }

    /// Which kind it is.
    pub fn kind(&self) -> DocumentKind {
        match self {
            Self::Drawing(_) => DocumentKind::Drawing,
        }
    }

    /// Its title; empty when it has none.
    pub fn title(&self) -> &str {
        match self {
            Self::Drawing(drawing) => &drawing.title,
        }
    }

    /// The same as a document of its own, whose title says that it is a copy; `name` stands in for a title.
    #[must_use]
    pub fn copied(&self, name: &str) -> Self {
        let title = |title: &str| format!("{} (copy)", if title.is_empty() { name } else { title });
        match self {
            Self::Drawing(drawing) => {
                let mut copy = Architecture::clone(drawing);
                copy.title = title(&drawing.title);
                Self::Drawing(Arc::new(copy))
            }
        }
    }

    /// Whether applying `edit` would leave something else than there is.
    pub fn is_changed_by(&self, edit: &DocumentEdit) -> bool {
        match (self, edit) {
            (Self::Drawing(drawing), DocumentEdit::Drawing(edit)) => !edit.is_noop_on(drawing),
        }
    }

    /// The edit that goes back to what `text` holds; none when that cannot be read as its kind.
    pub fn edit_back_to(&self, text: &str) -> Option<DocumentEdit> {
        match self {
            Self::Drawing(drawing) => {
                let (before, _) = Architecture::from_json(text).ok()?;
                Some(Edit::between(drawing, &before).into())
            }
        }
    }
}

impl Editable for Content {
    type Edit = DocumentEdit;

    fn apply(&mut self, edit: DocumentEdit) -> DocumentEdit {
        match (self, edit) {
            (Self::Drawing(drawing), DocumentEdit::Drawing(edit)) => {
                Arc::make_mut(drawing).apply(*edit).into()
            }
        }
    }
}

/// One change of a document.
///
/// Its text form is that of the kind's own edit: whoever stores it knows the kind from the text it was made on.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum DocumentEdit {
    /// Of an architecture.
    Drawing(Box<Edit>),
}

impl DocumentEdit {
    /// Reads what was stored of a change of this kind.
    ///
    /// # Errors
    /// When this version knows no such change.
    pub fn from_json(kind: DocumentKind, text: &str) -> serde_json::Result<Self> {
        match kind {
            DocumentKind::Drawing => serde_json::from_str(text).map(Self::Drawing),
        }
    }

    /// Whether what is asked of the content has the same answer after it.
    pub fn keeps_meaning(&self) -> bool {
        match self {
            Self::Drawing(edit) => edit.keeps_meaning(),
        }
    }

    /// What the history calls it: "Move 3 nodes".
    pub fn label(&self) -> String {
        match self {
            Self::Drawing(edit) => edit.label(),
        }
    }
}

impl From<Edit> for DocumentEdit {
    fn from(edit: Edit) -> Self {
        Self::Drawing(Box::new(edit))
    }
}

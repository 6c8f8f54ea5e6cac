//! What is computed from a document's content once per change, and the typed look at it that views are given.

use crate::architecture::{Architecture, Placement, Route, place, route};
use crate::document::{Content, DocumentEdit};

use super::Document;

/// What views need beside the content.
#[derive(Debug)]
pub(super) enum Derived {
    /// Of an architecture.
    Drawing {
        /// Where everything is drawn.
        placement: Placement,
        /// How flows run between the nodes.
        routes: Vec<Route>,
    },
}

impl Derived {
    /// Computes all of it.
    pub(super) fn of(content: &Content) -> Self {
        match content {
            Content::Drawing(architecture) => {
                let placement = place(architecture);
                let routes = route(architecture, &placement);
                Self::Drawing { placement, routes }
            }
        }
    }

    /// Computes again what an edit made old; `content` is what the edit left.
    pub(super) fn follow(&mut self, content: &Content, edit: &DocumentEdit) {
        let is_old = match edit {
            DocumentEdit::Drawing(edit) => edit.touches_geometry(),
        };
        if is_old {
            *self = Self::of(content);
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
    /// Where everything is drawn.
    pub placement: &'a Placement,
    /// How flows run between the nodes.
    pub routes: &'a [Route],
}

impl Document {
    /// It as a drawing, if it is one.
    pub fn drawing(&self) -> Option<Drawing<'_>> {
        match (&self.content, &self.derived) {
            (Content::Drawing(architecture), Derived::Drawing { placement, routes }) => {
                Some(Drawing { document: self, architecture, placement, routes })
            }
        }
    }
}

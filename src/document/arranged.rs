//! What is computed from a document's content for its views and can take longer than a frame.

use std::sync::Arc;

use super::Content;
use crate::architecture::{Arrangement, Judged};

/// The answer of a job to [`Content::arrange`].
#[derive(Clone, Debug)]
pub enum Arranged {
    /// Of an architecture: where everything is drawn, and what the rules say of it.
    Drawing(Arc<Arrangement>, Arc<Judged>),
}

impl Content {
    /// Computes it, however long it takes.
    pub fn arrange(&self) -> Arranged {
        match self {
            Self::Drawing(drawing) => {
                Arranged::Drawing(Arc::new(Arrangement::of(drawing)), Arc::new(Judged::of(drawing)))
            }
        }
    }
}

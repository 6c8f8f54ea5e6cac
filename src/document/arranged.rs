//! What is computed from a document's content for its views and can take longer than a frame.

use std::sync::Arc;

use super::Content;
use crate::architecture::{Arrangement, Judged, Reported};

/// The answer of a job to [`Content::arrange`].
#[derive(Clone, Debug)]
pub enum Arranged {
    /// Of an architecture: where everything is drawn, what the rules say of it, and the same of what its sources report.
    Drawing(Arc<Arrangement>, Arc<Judged>, Option<Arc<Reported>>),
}

impl Content {
    /// Computes it, however long it takes.
    pub fn arrange(&self) -> Arranged {
        match self {
            Self::Drawing(drawing) => {
                let arrangement = Arrangement::of(drawing);
                let reported = Reported::of(drawing, &arrangement, None).map(Arc::new);
                Arranged::Drawing(Arc::new(arrangement), Arc::new(Judged::of(drawing)), reported)
            }
        }
    }
}

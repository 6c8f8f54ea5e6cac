//! The bundled templates as the list of starts shows them.

use crate::architecture::{Architecture, Placement};

/// A bundled template with its counts, for the list of starts.
#[derive(Clone, Debug)]
pub struct Template {
    /// Its id.
    pub id: String,
    /// The drawing.
    pub architecture: Architecture,
    /// Where the parts would be drawn.
    pub placement: Placement,
}

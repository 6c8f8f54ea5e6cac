//! The bundled templates as the list of starts shows them.

use std::sync::{Arc, OnceLock};

use crate::architecture::Architecture;
use crate::architecture::gallery::Card;

/// A bundled template.
#[derive(Clone, Debug)]
pub struct Template {
    /// Its id.
    pub id: String,
    /// The drawing.
    pub architecture: Arc<Architecture>,
    card: OnceLock<Arc<Card>>,
}

impl Template {
    /// A template with the id of the drawing.
    pub fn new(architecture: Architecture) -> Self {
        Self { id: architecture.id.clone(), architecture: Arc::new(architecture), card: OnceLock::new() }
    }

    /// What a gallery tells of it; found when somebody asks first, since the start of the program has no time for it.
    pub fn card(&self) -> &Arc<Card> {
        self.card.get_or_init(|| Arc::new(Card::of(&self.architecture)))
    }
}

//! What the start of the Studio shows: which drawings to choose from, or what they have in common.

/// The drawings to choose from, narrowed by what a person asks for; several values of one list mean "one of them" for
/// domains and levels, "all of them" for kinds and tools.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GalleryLocation {
    /// Words that title, summary, purpose or tools must hold.
    pub text: String,
    /// Domains, in the order in which they were chosen.
    pub domains: Vec<String>,
    /// Levels of Google's scale, 0 to 2, as estimated from the drawings.
    pub levels: Vec<u8>,
    /// Kinds of boxes that must be there.
    pub kinds: Vec<String>,
    /// Tools, by their ids or names, that must be there.
    pub tools: Vec<String>,
}

impl GalleryLocation {
    /// Whether everything is shown.
    pub fn is_everything(&self) -> bool {
        *self == Self::default()
    }
}

/// Whose drawings are laid over each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ConsensusOf {
    /// The bundled templates.
    #[default]
    Templates,
    /// The drawings of the open workspace.
    Workspace,
}

impl ConsensusOf {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Templates, Self::Workspace];

    /// The word in addresses.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Templates => "templates",
            Self::Workspace => "workspace",
        }
    }

    /// The one with this word.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|of| of.id() == id)
    }
}

/// What drawings have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsensusLocation {
    /// Whose.
    pub of: ConsensusOf,
    /// How many of a hundred drawings must have what is derived, 1 to 100.
    pub percent: u8,
    /// Whether only what the drawings' sources report counts.
    pub reported: bool,
    /// The kind of box whose drawings are listed.
    pub selected: Option<String>,
}

impl ConsensusLocation {
    /// The share that is asked for when nobody asks for another.
    pub const PERCENT: u8 = 50;
}

impl Default for ConsensusLocation {
    /// What the sources of the bundled templates report, half of them at least.
    fn default() -> Self {
        Self { of: ConsensusOf::default(), percent: Self::PERCENT, reported: true, selected: None }
    }
}

//! What a view of one drawing shows.

use super::Origin;

/// What stands beside a drawing, in the order of the tabs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DrawingPanel {
    /// What is selected, or the drawing as a whole.
    #[default]
    Selection,
    /// What the rules found.
    Findings,
    /// What changes with the selected node.
    Impact,
    /// How mature the drawing is.
    Maturity,
}

impl DrawingPanel {
    /// All of them, in the order of the tabs.
    pub const ALL: [Self; 4] = [Self::Selection, Self::Findings, Self::Impact, Self::Maturity];

    /// The word in addresses.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Selection => "selection",
            Self::Findings => "findings",
            Self::Impact => "impact",
            Self::Maturity => "maturity",
        }
    }

    /// The panel with this word.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|panel| panel.id() == id)
    }
}

/// One drawing, its selected nodes and what stands beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawingLocation {
    /// Which drawing.
    pub origin: Origin,
    /// Selected node ids, sorted.
    pub selected: Vec<String>,
    /// What stands beside it.
    pub panel: DrawingPanel,
    /// A gate that lets everything pass in thought, to see what it guards.
    pub without: Option<String>,
    /// Whether what its source does not report is left out.
    pub reported: bool,
}

impl DrawingLocation {
    /// A drawing as it is first opened.
    pub fn of(origin: Origin) -> Self {
        Self { origin, selected: Vec::new(), panel: DrawingPanel::default(), without: None, reported: false }
    }
}

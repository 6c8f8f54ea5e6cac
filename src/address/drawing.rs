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
    /// What changes with the selected node, an artifact or a tool.
    Impact,
    /// How mature the drawing is.
    Maturity,
    /// Which tools fill it, whether they fit together and what they need.
    Tools,
    /// What another drawing has and this one lacks, and how they differ.
    Compare,
}

impl DrawingPanel {
    /// All of them, in the order of the tabs.
    pub const ALL: [Self; 6] =
        [Self::Selection, Self::Findings, Self::Impact, Self::Maturity, Self::Tools, Self::Compare];

    /// The word in addresses.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Selection => "selection",
            Self::Findings => "findings",
            Self::Impact => "impact",
            Self::Maturity => "maturity",
            Self::Tools => "tools",
            Self::Compare => "compare",
        }
    }

    /// The panel with this word.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|panel| panel.id() == id)
    }
}

/// A tool that is replaced by another in thought, wherever a box names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToolSwap {
    /// The tool that goes, as boxes name it.
    pub from: String,
    /// What comes in its place; empty as long as nobody has chosen.
    pub to: String,
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
    /// An artifact that changes wherever it flows, instead of the selected node.
    pub artifact: Option<String>,
    /// A tool that is swapped, instead of the selected node and the artifact.
    pub swap: Option<ToolSwap>,
    /// A gate that lets everything pass in thought, to see what it guards.
    pub without: Option<String>,
    /// How many rings of a change are shown, all when absent; for presenting it step by step.
    pub ring: Option<usize>,
    /// What it is compared with.
    pub against: Option<Origin>,
    /// Whether what its source does not report is left out.
    pub reported: bool,
}

impl DrawingLocation {
    /// A drawing as it is first opened.
    pub fn of(origin: Origin) -> Self {
        Self {
            origin,
            selected: Vec::new(),
            panel: DrawingPanel::default(),
            artifact: None,
            swap: None,
            without: None,
            ring: None,
            against: None,
            reported: false,
        }
    }
}

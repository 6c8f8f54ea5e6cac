//! What a relations graph shows.

use std::fmt;

use crate::catalog::ToolId;
use crate::catalog::neighbourhood::Wish;

/// What of a relations graph is in the inspector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GraphItem {
    /// A tool.
    Tool(ToolId),
    /// A standard that tools share, by its name.
    Standard(String),
    /// The tools that have no room in the picture.
    LeftOut,
}

impl GraphItem {
    /// Reads `mlflow`, `standard:S3` or `left-out:`.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once(':') {
            Some(("standard", name)) if !name.is_empty() => Some(Self::Standard(name.to_owned())),
            Some(("left-out", "")) => Some(Self::LeftOut),
            Some(_) => None,
            None => ToolId::new(text).ok().map(Self::Tool),
        }
    }
}

impl fmt::Display for GraphItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tool(id) => f.write_str(id.as_str()),
            Self::Standard(name) => write!(f, "standard:{name}"),
            Self::LeftOut => f.write_str("left-out:"),
        }
    }
}

/// A relations graph: whose, how far, of which types, and what is selected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphLocation {
    /// What is asked for.
    pub wish: Wish,
    /// What is in the inspector.
    pub selected: Option<GraphItem>,
}

impl GraphLocation {
    /// Every relation of these tools, one step far.
    pub fn of(centres: Vec<ToolId>) -> Self {
        Self { wish: Wish::of(centres), selected: None }
    }
}

//! What a view over the filtered tools shows.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::columns::{Folds, ToolColumns};
use crate::catalog::query::{Query, Value};
use crate::catalog::{Counting, Gap, GroupBy, SortBy, Stage, ToolId};

/// The views over the filtered tools, in the order of their tabs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LandscapeView {
    /// Blocks of cards.
    Board,
    /// Rows and columns.
    #[default]
    Table,
    /// Stages against something else, in counts.
    Lifecycle,
    /// Foundations against stages.
    Portfolio,
}

impl LandscapeView {
    /// All views, in the order of their tabs.
    pub const ALL: [Self; 4] = [Self::Board, Self::Table, Self::Lifecycle, Self::Portfolio];

    /// The word in addresses.
    pub fn id(self) -> &'static str {
        match self {
            Self::Board => "board",
            Self::Table => "table",
            Self::Lifecycle => "lifecycle",
            Self::Portfolio => "portfolio",
        }
    }

    /// The word on the tab.
    pub fn title(self) -> &'static str {
        match self {
            Self::Board => "Board",
            Self::Table => "Table",
            Self::Lifecycle => "Lifecycle",
            Self::Portfolio => "Portfolio",
        }
    }
}

/// A view over the filtered tools: filter, order, grouping and selection.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LandscapeLocation {
    /// Which view.
    pub view: LandscapeView,
    /// What board and lifecycle are grouped by.
    pub by: GroupBy,
    /// In which of its stages a tool counts in lifecycle and portfolio.
    pub counting: Counting,
    /// The gap of the portfolio whose candidates are shown.
    pub gap: Option<Gap>,
    /// Search text and facets.
    pub query: Query,
    /// What the rows are sorted by, the first one first; without any by relevance when there is a search text, else by
    /// name.
    pub sort: Vec<SortBy>,
    /// The columns of the table; `None` for [`ToolColumns::default`].
    pub columns: Option<Arc<ToolColumns>>,
    /// What the table is grouped by.
    pub group: Option<GroupBy>,
    /// Which groups of the table are folded.
    pub folds: Folds,
    /// The tools that are ticked in the table. Many windows may hold many of them, and every frame looks at them.
    pub ticked: Arc<BTreeSet<ToolId>>,
    /// The tool in the inspector.
    pub selected: Option<ToolId>,
}

impl LandscapeLocation {
    /// The tools of one stage.
    pub fn at(stage: Stage) -> Self {
        Self { query: Query::wanting([Value::Stage(stage)]), ..Self::default() }
    }

    /// The columns that the table has.
    pub fn shown_columns(&self) -> ToolColumns {
        self.columns.as_deref().cloned().unwrap_or_default()
    }

    /// Changes the columns of the table; the default ones need no words.
    pub fn set_columns(&mut self, columns: ToolColumns) {
        self.columns = (columns != ToolColumns::default()).then(|| Arc::new(columns));
    }

    /// Ticks tools, or takes the ticks away.
    pub fn tick(&mut self, tools: impl IntoIterator<Item = ToolId>, on: bool) {
        let ticked = Arc::make_mut(&mut self.ticked);
        for tool in tools {
            if on {
                ticked.insert(tool);
            } else {
                ticked.remove(&tool);
            }
        }
    }

    /// Where a column stands in the order of sorting, from 0, and whether its largest come first.
    pub fn sorted_by(&self, column: crate::catalog::Column) -> Option<(usize, bool)> {
        let at = self.sort.iter().position(|by| by.column == column)?;
        Some((at, self.sort[at].descending))
    }
}

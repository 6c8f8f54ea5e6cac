//! What a view of one run store shows.

use std::collections::BTreeMap;

use super::{ChartLook, Origin, RunColumns};
use crate::runs::direction::Direction;

/// What a runs table is sorted by, in MLflow's own words: `start_time`, `metrics.val_loss`, `params.lr`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortKey {
    /// The column.
    pub key: String,
    /// Largest first.
    pub descending: bool,
}

/// How the runs of a store are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StoreView {
    /// The table, and charts of what is ticked beside it.
    #[default]
    Table,
    /// The charts alone.
    Charts,
    /// The ticked runs side by side.
    Compare,
    /// The selected run.
    Run,
}

impl StoreView {
    /// All of them, in the order of the tabs.
    pub const ALL: [Self; 4] = [Self::Table, Self::Charts, Self::Compare, Self::Run];

    /// The word in addresses, behind `runs/`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Table => "store",
            Self::Charts => "charts",
            Self::Compare => "compare",
            Self::Run => "run",
        }
    }

    /// The words on its tab.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Table => "Runs",
            Self::Charts => "Charts",
            Self::Compare => "Compare",
            Self::Run => "Run",
        }
    }

    /// The view with this word.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.id() == id)
    }
}

/// One open run store: which runs, in which order, which of them are drawn, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct StoreLocation {
    /// Which store.
    pub origin: Origin,
    /// How its runs are looked at.
    pub view: StoreView,
    /// Shown experiment, all when absent.
    pub experiment: Option<String>,
    /// Which runs are in the table, as it is typed; all when empty.
    pub filter: String,
    /// The rows' order, most significant first.
    pub order: Vec<SortKey>,
    /// Which columns the table has.
    pub columns: RunColumns,
    /// Ids of the runs drawn, in the order they were ticked (their colours follow it).
    pub ticked: Vec<String>,
    /// The metrics drawn, one panel each.
    pub metrics: Vec<String>,
    /// How the charts are drawn.
    pub charts: ChartLook,
    /// How the ticked runs are held against each other.
    pub compare: RunComparison,
    /// The run in the inspector.
    pub selected: Option<String>,
}

impl RunComparison {
    /// What somebody said of metrics, by their keys.
    pub fn directions(&self) -> BTreeMap<String, Direction> {
        let of = |keys: &[String], direction| -> Vec<(String, Direction)> {
            keys.iter().map(|key| (key.clone(), direction)).collect()
        };
        let mut all = BTreeMap::from_iter(of(&self.higher, Direction::Higher));
        all.extend(of(&self.lower, Direction::Lower));
        all
    }
}

/// How runs are held against each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunComparison {
    /// The run that metrics are held against; the first one when absent.
    pub baseline: Option<String>,
    /// Whether what is the same in all runs is left out.
    pub only_different: bool,
    /// Metrics of which somebody said that more is better.
    pub higher: Vec<String>,
    /// Metrics of which somebody said that less is better.
    pub lower: Vec<String>,
}

impl StoreLocation {
    /// A store as it is first opened.
    pub fn of(origin: Origin) -> Self {
        Self {
            origin,
            view: StoreView::default(),
            experiment: None,
            filter: String::new(),
            order: Vec::new(),
            columns: RunColumns::default(),
            ticked: Vec::new(),
            metrics: Vec::new(),
            charts: ChartLook::default(),
            compare: RunComparison::default(),
            selected: None,
        }
    }
}

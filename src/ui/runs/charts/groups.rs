//! Which ticked runs are drawn as one, and the colours of runs and groups.

use std::collections::BTreeMap;

use crate::address::StoreLocation;
use crate::runs::{Grouping, RunSet};

/// Ticked runs with the same values in the columns that were chosen.
#[derive(Clone, Debug)]
pub(in crate::ui::runs) struct DrawnGroup {
    /// What it is called.
    pub label: String,
    /// The ids of its runs.
    pub runs: Vec<String>,
}

/// The groups of the ticked runs; found when their basis changes.
#[derive(Clone, Debug, Default)]
pub struct Grouped {
    basis: (u64, Vec<String>, Vec<String>),
    groups: Vec<DrawnGroup>,
    place: BTreeMap<String, usize>,
}

impl Grouped {
    /// Groups the ticked runs anew where something about them has changed.
    pub fn refresh(&mut self, revision: u64, runs: &RunSet, store: &StoreLocation) {
        let by = &store.charts.group;
        if self.basis.0 == revision && self.basis.1 == store.ticked && self.basis.2 == *by {
            return;
        }
        self.basis = (revision, store.ticked.clone(), by.clone());
        (self.groups, self.place) = (Vec::new(), BTreeMap::new());
        let rows: Vec<u32> = store.ticked.iter().filter_map(|id| runs.row(id)).collect();
        for (label, rows) in Grouping::parse(by).groups(runs, &rows) {
            self.push(runs, label, &rows);
        }
    }

    fn push(&mut self, runs: &RunSet, label: String, rows: &[u32]) {
        let ids: Vec<String> = rows.iter().map(|row| runs.runs[*row as usize].id.to_string()).collect();
        let at = self.groups.len();
        self.place.extend(ids.iter().map(|id| (id.clone(), at)));
        self.groups.push(DrawnGroup { label, runs: ids });
    }

    /// The groups; none where each run is drawn for itself.
    pub(in crate::ui::runs) fn groups(&self) -> &[DrawnGroup] {
        &self.groups
    }

    /// The place among the colours of a ticked run.
    pub(in crate::ui::runs) fn color_of(&self, store: &StoreLocation, run: &str) -> Option<usize> {
        if self.groups.is_empty() {
            store.ticked.iter().position(|ticked| ticked == run)
        } else {
            self.place.get(run).copied()
        }
    }
}

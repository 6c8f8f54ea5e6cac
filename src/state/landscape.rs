//! The tool table as filtered and sorted now: computed when the filter changes, never in a frame.

use std::collections::BTreeMap;

use crate::address::{LandscapeView, TableLocation, ToolColumn};
use crate::catalog::Catalog;
use crate::catalog::{Column, Facets, Group, Index, Query, Stage, groups, sort};

/// What the whole program knows of the catalog as a table.
#[derive(Debug)]
pub struct Landscape {
    index: Index,
    stages: BTreeMap<Stage, usize>,
}

impl Landscape {
    /// Reads the catalog once.
    pub fn new(catalog: &Catalog) -> Self {
        Self { index: Index::new(catalog), stages: catalog.stage_counts() }
    }

    /// How many tools of the whole catalog belong to a stage.
    pub fn count_at(&self, stage: Stage) -> usize {
        self.stages.get(&stage).copied().unwrap_or(0)
    }

    /// Tool indices for a search elsewhere (the palette), best first.
    pub fn search(&self, text: &str) -> Vec<usize> {
        self.index.search(&Query { text: text.to_owned(), ..Query::default() })
    }
}

/// Rows and counts of a window's filter.
#[derive(Debug)]
pub struct ToolRows {
    shown: TableLocation,
    /// Indices into [`Catalog::tools`], in the order of the table.
    pub rows: Vec<usize>,
    /// Live counts of every facet value.
    pub facets: Facets,
    /// The rows in groups, where the view shows groups.
    pub groups: Vec<Group>,
    /// Grows with every change of the rows or the groups.
    pub revision: u64,
}

impl ToolRows {
    /// Everything, unfiltered.
    pub(super) fn all(landscape: &Landscape) -> Self {
        let shown = TableLocation::default();
        let (rows, facets) = landscape.index.search_with_facets(&shown.query);
        Self { shown, rows, facets, groups: Vec::new(), revision: 0 }
    }

    pub(super) fn update(&mut self, catalog: &Catalog, landscape: &Landscape, table: &TableLocation) {
        let same_order = self.shown.column == table.column && self.shown.descending == table.descending;
        if self.shown.query != table.query || !same_order {
            (self.rows, self.facets) = landscape.index.search_with_facets(&table.query);
            let column = match table.column {
                ToolColumn::Rank => None,
                ToolColumn::Name => Some(Column::Name),
                ToolColumn::Stage => Some(Column::Stage),
                ToolColumn::Category => Some(Column::Category),
                ToolColumn::License => Some(Column::License),
                ToolColumn::Foundation => Some(Column::Foundation),
                ToolColumn::Claims => Some(Column::Claims),
            };
            match column {
                Some(column) => sort(catalog, &mut self.rows, column, !table.descending),
                None if table.descending => self.rows.reverse(),
                None => {}
            }
        }
        let is_grouped = table.view == LandscapeView::Board;
        let had = self.shown.view == table.view && self.shown.by == table.by;
        if self.shown.query != table.query || !same_order || !had {
            self.groups = if is_grouped { groups(catalog, &self.rows, table.by) } else { Vec::new() };
            self.revision += 1;
        }
        self.shown = table.clone();
    }
}

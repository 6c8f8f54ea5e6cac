//! The tool table as filtered and sorted now: computed when the filter changes, never in a frame.

use std::collections::BTreeMap;

use crate::address::{LandscapeView, TableLocation, ToolColumn};
use crate::catalog::Catalog;
use crate::catalog::query::{Context, Marks};
use crate::catalog::{
    Candidates, Column, Facets, Group, GroupBy, Index, Matrix, Portfolio, Query, Stage, candidates, groups,
    sort,
};

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
        self.index.search(&Query::words(text), &Context::default())
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
    /// The rows against the stages, where the view shows that.
    pub matrix: Option<Matrix>,
    /// The foundations of the rows against the stages, where the view shows that.
    pub portfolio: Option<Portfolio>,
    /// Who could fill the gap that is shown.
    pub candidates: Option<Candidates>,
    /// Grows with every change of what is derived from the rows.
    pub revision: u64,
    /// The words that were searched for, for marking them.
    pub marks: Marks,
    /// The revision of the remarks that the rows were found with.
    remarks: u64,
}

impl ToolRows {
    /// Everything, unfiltered.
    pub(super) fn all(landscape: &Landscape, context: &Context<'_>) -> Self {
        let shown = TableLocation::default();
        let (rows, facets) = landscape.index.search_with_facets(&shown.query, context);
        Self {
            shown,
            rows,
            facets,
            marks: Marks::default(),
            remarks: 0,
            groups: Vec::new(),
            matrix: None,
            portfolio: None,
            candidates: None,
            revision: 0,
        }
    }

    pub(super) fn update(
        &mut self,
        catalog: &Catalog,
        landscape: &Landscape,
        table: &TableLocation,
        context: &Context<'_>,
        remarks: u64,
    ) {
        // The shortlist is a filter, and its count stands beside it.
        let same_order = self.shown.column == table.column
            && self.shown.descending == table.descending
            && std::mem::replace(&mut self.remarks, remarks) == remarks;
        if self.shown.query != table.query || !same_order {
            (self.rows, self.facets) = landscape.index.search_with_facets(&table.query, context);
            self.marks = Marks::new(&table.query.text);
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
        let had = self.shown.view == table.view
            && self.shown.by == table.by
            && self.shown.counting == table.counting;
        let same_rows = self.shown.query == table.query && same_order;
        if !same_rows || !had {
            self.derive(catalog, table);
        }
        if !same_rows || !had || self.shown.gap != table.gap {
            let gap = table.gap.as_ref().filter(|_| table.view == LandscapeView::Portfolio);
            self.candidates = gap.map(|gap| candidates(catalog, &self.rows, table.counting, gap));
        }
        self.shown = table.clone();
    }

    /// What the view shows of the rows, besides themselves.
    fn derive(&mut self, catalog: &Catalog, table: &TableLocation) {
        (self.groups, self.matrix, self.portfolio) = (Vec::new(), None, None);
        match table.view {
            LandscapeView::Table => {}
            LandscapeView::Board => self.groups = groups(catalog, &self.rows, table.by),
            LandscapeView::Lifecycle => {
                // Stages against stages would say nothing new.
                let by = if table.by == GroupBy::Stage { GroupBy::default() } else { table.by };
                self.matrix = Some(Matrix::of(catalog, &self.rows, by, table.counting));
            }
            LandscapeView::Portfolio => {
                self.portfolio = Some(Portfolio::of(catalog, &self.rows, table.counting));
            }
        }
        self.revision += 1;
    }
}

//! The tool table as filtered and sorted now: computed when the filter changes, never in a frame.

mod table;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::address::{LandscapeLocation, LandscapeView};
use crate::catalog::Catalog;
use crate::catalog::columns::Basis;
use crate::catalog::query::{Context, Marks};
use crate::catalog::{
    Candidates, Facets, Group, GroupBy, Index, Matrix, Portfolio, Query, Stage, candidates, groups, sort,
};

pub use table::{Line, Table, TableGroup};

/// What the whole program knows of the catalog as a table.
#[derive(Debug)]
pub struct Landscape {
    index: Arc<Index>,
    stages: BTreeMap<Stage, usize>,
}

impl Landscape {
    /// Reads the catalog once.
    pub fn new(catalog: &Catalog) -> Self {
        Self::over(catalog, Arc::new(Index::new(catalog)))
    }

    /// The same with an index of this catalog that was made before.
    pub(super) fn over(catalog: &Catalog, index: Arc<Index>) -> Self {
        Self { index, stages: catalog.stage_counts() }
    }

    pub(super) fn index(&self) -> Arc<Index> {
        Arc::clone(&self.index)
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
    shown: LandscapeLocation,
    /// Indices into [`Catalog::tools`], in the order of the table.
    pub rows: Vec<usize>,
    /// Live counts of every facet value.
    pub facets: Facets,
    /// The lines of the table, where the view shows that.
    pub table: Table,
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
    /// The day and the revision of the remarks that the rows were found with; none before they were found with any.
    made_on: Option<(Date, u64)>,
}

impl ToolRows {
    /// Everything, unfiltered.
    pub(super) fn all(landscape: &Landscape, context: &Context<'_>) -> Self {
        let shown = LandscapeLocation::default();
        let (rows, facets) = landscape.index.search_with_facets(&shown.query, context);
        Self {
            shown,
            rows,
            facets,
            marks: Marks::default(),
            made_on: None,
            table: Table::default(),
            groups: Vec::new(),
            matrix: None,
            portfolio: None,
            candidates: None,
            revision: 0,
        }
    }

    /// Everything of another catalog, unfiltered, until the next update.
    pub(super) fn restart(&mut self, landscape: &Landscape, context: &Context<'_>) {
        // Revisions of before must not come again: drawings are kept by them.
        let revision = self.revision + 1;
        *self = Self { revision, ..Self::all(landscape, context) };
    }

    pub(super) fn update(
        &mut self,
        landscape: &Landscape,
        table: &LandscapeLocation,
        (basis, context): (&Basis<'_>, &Context<'_>),
        remarks: u64,
    ) {
        let catalog = basis.catalog;
        // The shortlist is a filter, as is what is stale today, and their counts stand beside them.
        let made_on = Some((basis.today, remarks));
        let is_same_basis = std::mem::replace(&mut self.made_on, made_on) == made_on;
        let same_rows = self.shown.query == table.query && self.shown.sort == table.sort && is_same_basis;
        if !same_rows {
            (self.rows, self.facets) = landscape.index.search_with_facets(&table.query, context);
            self.marks = Marks::new(&table.query.text);
            sort(basis, &mut self.rows, &table.sort);
        }
        let had = self.shown.view == table.view
            && self.shown.by == table.by
            && self.shown.counting == table.counting;
        if table.view == LandscapeView::Table {
            self.make_table(basis, table, (same_rows, remarks));
        }
        if !same_rows || !had {
            self.derive(catalog, table);
        }
        if !same_rows || !had || self.shown.gap != table.gap {
            let gap = table.gap.as_ref().filter(|_| table.view == LandscapeView::Portfolio);
            self.candidates = gap.map(|gap| candidates(catalog, &self.rows, table.counting, gap));
        }
        self.shown = table.clone();
    }

    fn make_table(
        &mut self,
        basis: &Basis<'_>,
        table: &LandscapeLocation,
        (same_rows, remarks): (bool, u64),
    ) {
        let before = &self.shown;
        let same_lines = same_rows
            && before.view == table.view
            && before.group == table.group
            && before.columns == table.columns
            && self.table.is_of(basis.today);
        if !same_lines {
            self.table.update(basis, &self.rows, table, remarks);
        } else if before.folds != table.folds {
            self.table.fold(&self.rows, table);
        }
    }

    /// What the view shows of the rows, besides themselves.
    fn derive(&mut self, catalog: &Catalog, table: &LandscapeLocation) {
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

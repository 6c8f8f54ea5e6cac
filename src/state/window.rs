//! A window's part of the model: where it is and was, what is derived from that, and whether it presents.

use jiff::civil::Date;

use super::graph::Graph;
use super::landscape::ToolRows;
use super::navigation::Navigation;
use super::presenting::Presenting;
use super::sources::RunRows;
use super::what_if::WhatIf;
use crate::address::Location;
use crate::catalog::columns::Basis;
use crate::catalog::query::Context;
use crate::catalog::{Catalog, Comparison};
use crate::state::Landscape;

/// One window.
#[derive(Debug)]
pub struct Window {
    /// Where it is and was.
    pub navigation: Navigation,
    /// Whether and how it presents.
    pub presenting: Presenting,
    /// The rows of its tool table.
    pub tools: ToolRows,
    /// The rows of its runs table.
    pub runs: RunRows,
    /// What it compares, while it does.
    pub comparison: Option<Comparison>,
    /// The relations around what it shows, while it shows a graph of them.
    pub graph: Option<Graph>,
    /// What changes with the node that it asks about, while it does.
    pub what_if: Option<WhatIf>,
}

impl Window {
    pub(super) fn new(start: Location, landscape: &Landscape, context: &Context<'_>) -> Self {
        Self {
            navigation: Navigation::new(start),
            presenting: Presenting::default(),
            tools: ToolRows::all(landscape, context),
            runs: RunRows::default(),
            comparison: None,
            graph: None,
            what_if: None,
        }
    }

    /// What it shows.
    pub fn location(&self) -> &Location {
        self.navigation.current()
    }

    /// Brings the rows of the tool table in line with the location, if it shows one.
    pub(super) fn filter_tools(
        &mut self,
        landscape: &Landscape,
        made_of: (&Basis<'_>, &Context<'_>),
        remarks: u64,
    ) {
        if let Location::Landscape(table) = self.navigation.current() {
            self.tools.update(landscape, table, made_of, remarks);
        }
    }

    /// Brings the relations graph in line with the location.
    pub(super) fn relate_tools(&mut self, catalog: &Catalog) {
        Graph::follow(&mut self.graph, catalog, self.navigation.current());
    }

    /// Brings the comparison in line with the location.
    pub(super) fn compare_tools(&mut self, catalog: &Catalog, today: Date) {
        self.comparison = match self.navigation.current() {
            Location::Compare(ids) => Some(Comparison::of(catalog, ids, today)),
            _ => None,
        };
    }
}

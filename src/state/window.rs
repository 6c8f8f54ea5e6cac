//! A window's part of the model: where it is and was, what is derived from that, and whether it presents.

use jiff::civil::Date;

use super::asked::Asked;
use super::compared::Compared;
use super::consensus::CommonPractice;
use super::gallery::Shown;
use super::graph::Graph;
use super::landscape::ToolRows;
use super::navigation::Navigation;
use super::presenting::Presenting;
use super::sources::RunRows;
use super::what_if::{Question, WhatIf};
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
    /// What it asks about its drawing, with the answer if there is one.
    pub(super) asked: Option<Asked<Question, WhatIf>>,
    /// How its drawing differs from the one that it is held against, while it is.
    pub compared: Option<Compared>,
    /// The drawings that it offers, while it does.
    pub gallery: Option<Shown>,
    /// What drawings have in common, while it shows that.
    pub common_practice: Option<CommonPractice>,
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
            asked: None,
            compared: None,
            gallery: None,
            common_practice: None,
        }
    }

    /// What changes with the node, artifact or tool that it asks about, while it does and the drawing has that.
    pub fn what_if(&self) -> Option<&WhatIf> {
        self.asked.as_ref()?.answer.as_ref()
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

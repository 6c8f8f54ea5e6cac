//! The rows of what a window shows.

use crate::action::WindowId;
use crate::address::{DrawingPanel, LandscapeView, Location, PracticeSection, ToolColumns};
use crate::catalog::columns::Basis;
use crate::catalog::export::Table;
use crate::catalog::{Matrix, Portfolio, ToolId};
use crate::rows::Rows;
use crate::state::{DocumentState, State};

impl State {
    /// The table, list or chart that a window shows, a row for each line, each bar or each cell; none where it shows none,
    /// or none yet.
    pub(super) fn rows(&self, window: WindowId) -> Option<Rows> {
        let here = self.window(window);
        match here.location() {
            Location::Landscape(table) => match table.view {
                LandscapeView::Table => Some(self.tool_table(window, |_| true).rows()),
                LandscapeView::Board => {
                    let shown = ToolColumns::default();
                    let columns = shown.shown().iter().map(|shown| shown.column).collect();
                    Some(Table::of(self.basis(), columns, &here.tools.rows, Some(table.by)).rows())
                }
                LandscapeView::Lifecycle => here.tools.matrix.as_ref().map(Matrix::table),
                LandscapeView::Portfolio => here.tools.portfolio.as_ref().map(Portfolio::table),
            },
            Location::Graph(_) => Some(here.graph.as_ref()?.found.table(&self.catalog)),
            Location::Coverage => Some(self.coverage.table()),
            Location::Consensus(_) => Some(here.common_practice.as_ref()?.found.rows()),
            Location::Drawing(drawing) => self.panel_rows(window, drawing.panel),
            Location::Practice { section: PracticeSection::Numbers, item, .. } => {
                Some(self.practice.numbers(item.as_deref()))
            }
            _ => None,
        }
    }

    /// The tool table of a window, as it is seen, of these tools, without what a person keeps for themselves.
    pub fn tool_table(&self, window: WindowId, is_wanted: impl Fn(&ToolId) -> bool) -> Table<'_> {
        let tools = self.catalog.tools();
        let is_wanted = |row: usize| is_wanted(&tools[row].id);
        self.window(window).tools.table.export(self.basis(), Some(&is_wanted))
    }

    /// What cells of tools are made of, without what is kept of each.
    fn basis(&self) -> Basis<'_> {
        Basis { catalog: &self.catalog, coverage: &self.coverage, today: self.today, own: &[] }
    }

    fn panel_rows(&self, window: WindowId, panel: DrawingPanel) -> Option<Rows> {
        let (_, drawing) = self.focused_drawing(window)?;
        if drawing.document.state != DocumentState::Ready {
            return None;
        }
        match panel {
            DrawingPanel::Impact => self.impact_report(window, |report| report.rows()),
            _ => None,
        }
    }
}

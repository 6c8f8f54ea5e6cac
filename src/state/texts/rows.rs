//! The rows of what a window shows.

use crate::action::WindowId;
use crate::address::{DrawingPanel, LandscapeView, Location, PracticeSection, ToolColumns};
use crate::architecture::{Judged, constraints, fill};
use crate::catalog::columns::Basis;
use crate::catalog::export::{Table, tool};
use crate::catalog::{Column, Matrix, Portfolio, Stage, ToolId};
use crate::practice::Practice;
use crate::rows::Rows;
use crate::state::{DocumentState, Reference, State};

impl State {
    /// The table, list or chart that a window shows, a row for each line, each bar or each cell; none where it shows none,
    /// or none yet.
    pub(super) fn rows(&self, window: WindowId) -> Option<Rows> {
        let here = self.window(window);
        match here.location() {
            Location::Home(_) => Some(self.lifecycle_rows()),
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
            Location::Tool(id) => Some(tool::rows(&self.catalog, self.catalog.get(id)?, self.today)),
            Location::Category(name) => {
                let category = self.catalog.category(name)?;
                let tools = self.catalog.in_category(category);
                let mut rows: Vec<usize> = tools.filter_map(|tool| self.catalog.position(&tool.id)).collect();
                let depth = |row: &usize| self.coverage.depth_of(&self.catalog.tools()[*row].id);
                rows.sort_by_key(depth);
                Some(Table::of(self.basis(), CATEGORY_COLUMNS.to_vec(), &rows, None).rows())
            }
            Location::Drawings(_) => Some(here.gallery.as_ref()?.table(&self.catalog)),
            Location::Stores => Some(self.store_rows()).filter(|rows| !rows.rows.is_empty()),
            Location::Graph(_) => Some(here.graph.as_ref()?.found.table(&self.catalog)),
            Location::Coverage => Some(self.coverage.table()),
            Location::Consensus(_) => Some(here.common_practice.as_ref()?.found.rows()),
            Location::Drawing(drawing) => self.panel_rows(window, drawing.panel),
            Location::Practice { section: PracticeSection::Numbers, item, text }
                if text.trim().is_empty() =>
            {
                Some(self.practice.numbers(item.as_deref()))
            }
            Location::Practice { section, text, .. } => Some(practice_rows(&self.practice, *section, text)),
            Location::Compare(_)
            | Location::Store(_)
            | Location::Data
            | Location::Present
            | Location::Settings => None,
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

    /// A row for each stage of the lifecycle: how many tools belong to it, and what is done there.
    fn lifecycle_rows(&self) -> Rows {
        let row = |stage: &Stage| {
            let done = self.practice.stage(stage.id()).map_or("", |page| &page.definition);
            let count = self.landscape.count_at(*stage).to_string();
            [stage.id(), stage.title(), &count, done].map(str::to_owned).to_vec()
        };
        let head = ["stage", "title", "tools", "definition"].map(str::to_owned).to_vec();
        Rows { head, rows: Stage::ALL.iter().map(row).collect() }
    }

    /// A row for each store that is open, and for each that was found nearby.
    fn store_rows(&self) -> Rows {
        let row = |cells: [String; 4]| cells.to_vec();
        let open = self.sources.values().map(|source| {
            let runs = source.runs.as_ref().map(|runs| runs.runs.len().to_string()).unwrap_or_default();
            row(["open".to_owned(), source.origin.to_string(), String::new(), runs])
        });
        let nearby = self.nearby.iter().flatten().map(|found| {
            let path = found.path.display().to_string();
            row(["found nearby".to_owned(), path, found.looks_like.to_owned(), String::new()])
        });
        let head = ["where", "store", "looks like", "runs"];
        Rows { head: head.map(str::to_owned).to_vec(), rows: open.chain(nearby).collect() }
    }

    fn panel_rows(&self, window: WindowId, panel: DrawingPanel) -> Option<Rows> {
        let (_, drawing) = self.focused_drawing(window)?;
        if drawing.document.state != DocumentState::Ready {
            return None;
        }
        match panel {
            DrawingPanel::Selection => None,
            DrawingPanel::Findings => {
                let breaches = constraints::check(drawing.architecture, &self.catalog);
                // What the rules say is of an earlier state while a job looks at a large drawing.
                let again = drawing.is_unjudged.then(|| Judged::of(drawing.architecture));
                Some(again.as_ref().unwrap_or(drawing.judged).rows(drawing.architecture, &breaches))
            }
            DrawingPanel::Maturity => {
                let again = drawing.is_unjudged.then(|| Judged::of(drawing.architecture));
                Some(again.as_ref().unwrap_or(drawing.judged).maturity.rows(drawing.architecture))
            }
            DrawingPanel::Tools => Some(fill::rows(drawing.architecture, &self.catalog)),
            DrawingPanel::Impact => self.impact_report(window, |report| report.rows()),
            DrawingPanel::Compare => match &self.window(window).compared.as_ref()?.with {
                Reference::Ready(held) => Some(held.rows()),
                Reference::Loading | Reference::Failed(_) => None,
            },
        }
    }
}

/// What the page of a category tells of each tool, and what the table of all tools does.
const CATEGORY_COLUMNS: [Column; 10] = [
    Column::Name,
    Column::Summary,
    Column::Depth,
    Column::Category,
    Column::Stage,
    Column::License,
    Column::Foundation,
    Column::Maturity,
    Column::Status,
    Column::Claims,
];

/// The list of a section, or what was found in all of them.
fn practice_rows(practice: &Practice, section: PracticeSection, text: &str) -> Rows {
    if !text.trim().is_empty() {
        return practice.hits(text);
    }
    match section {
        PracticeSection::Lifecycle => practice.stage_rows(),
        PracticeSection::UseCases => practice.usecase_rows(),
        PracticeSection::Approaches => practice.approach_rows(),
        PracticeSection::Issues => practice.issue_rows(),
        PracticeSection::Debt => practice.debt_rows(),
        PracticeSection::DataCentric => practice.topic_rows(),
        PracticeSection::Numbers => practice.numbers(None),
        PracticeSection::Communities => practice.community_rows(),
        PracticeSection::Committee => practice.committee_rows(),
    }
}

//! What a view remembers and may lose: scroll, camera, hover, half-typed text. Kept per window.

use std::collections::BTreeMap;

use crate::action::DocumentId;
use crate::command::Command;
use crate::ui::studio::camera::CanvasMemory;

/// What floats over the view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overlay {
    /// Nothing.
    #[default]
    None,
    /// Nothing, and no notices either, as in an exported view: they would hide what it shows.
    Bare,
    /// The palette.
    Palette,
    /// The shortcut sheet.
    Shortcuts,
    /// The formats in which the view is exported.
    Export,
    /// How the table that is shown is read as runs.
    Mapping,
}

/// The palette's half-typed text and lit row.
#[derive(Clone, Debug, Default)]
pub struct PaletteMemory {
    /// What was typed.
    pub text: String,
    /// The lit row.
    pub lit: usize,
    /// What the hits below were found for.
    pub searched: Option<String>,
    /// The hits.
    pub hits: Vec<crate::ui::palette::Hit>,
}

/// A window's lost-without-harm memory.
#[derive(Clone, Debug)]
pub struct ViewState {
    /// What floats over the view.
    pub overlay: Overlay,
    /// The palette.
    pub palette: PaletteMemory,
    /// Whether the inspector is wanted.
    pub inspector: bool,
    /// Whether the facets are unfolded over the table of a narrow window.
    pub facets: bool,
    /// Whether the place's filter asked for the keyboard.
    pub focus_filter: bool,
    /// A command that the present view is to carry out in this frame.
    pub asked: Option<Command>,
    /// The search box of the landscape.
    pub search: crate::ui::landscape::SearchMemory,
    /// Which groups of facets are folded, and which are shown whole.
    pub facet_groups: crate::ui::landscape::FacetGroups,
    /// What is unfolded in the state of the catalog.
    pub coverage: crate::ui::landscape::CoverageMemory,
    /// Half-typed search of Practice.
    pub practice_search: String,
    /// The search of the metric list in Runs.
    pub metric_search: String,
    /// The half-typed searches and folds of the gallery.
    pub gallery: crate::ui::studio::GalleryMemory,
    /// Cameras, hovers and half-done drags of the drawings.
    pub canvases: BTreeMap<DocumentId, CanvasMemory>,
    /// What the canvas was asked to do.
    pub studio: crate::ui::studio::StudioMemory,
    /// Half-typed search and folds of common practice.
    pub consensus: crate::ui::studio::ConsensusMemory,
    /// The drawing that is to be exported, while the formats are shown.
    pub export: crate::ui::studio::ExportMemory,
    /// Which finding is looked at.
    pub findings: crate::ui::studio::FindingsMemory,
    /// Scrolling, keyboard and half-done drags of the tool table.
    pub table: crate::ui::landscape::TableMemory,
    /// The board's zoom and layout.
    pub board: crate::ui::landscape::BoardMemory,
    /// Half-typed search and folds of the comparison.
    pub compare: crate::ui::landscape::CompareMemory,
    /// Where one is in the lifecycle matrix.
    pub lifecycle: crate::ui::landscape::GridMemory,
    /// Where one is in the portfolio.
    pub portfolio: crate::ui::landscape::GridMemory,
    /// Where the relations graph is looked at.
    pub graph: crate::ui::landscape::GraphMemory,
    /// How a table is to be read, before that is applied.
    pub mapping: crate::ui::runs::MappingMemory,
    /// The list of the columns of runs.
    pub runs: crate::ui::runs::TableMemory,
    /// The runs that stand side by side.
    pub compared_runs: crate::ui::runs::CompareMemory,
    /// What was found for the page of a run.
    pub run_page: crate::ui::runs::PageMemory,
    /// What the charts selected to draw.
    pub charts: crate::ui::runs::ChartMemory,
}

impl Default for ViewState {
    fn default() -> Self {
        Self {
            overlay: Overlay::None,
            palette: PaletteMemory::default(),
            inspector: true,
            facets: false,
            focus_filter: false,
            asked: None,
            search: Default::default(),
            facet_groups: Default::default(),
            coverage: Default::default(),
            practice_search: String::new(),
            metric_search: String::new(),
            gallery: Default::default(),
            canvases: BTreeMap::new(),
            studio: Default::default(),
            consensus: Default::default(),
            export: Default::default(),
            findings: Default::default(),
            table: Default::default(),
            board: Default::default(),
            compare: Default::default(),
            lifecycle: Default::default(),
            portfolio: Default::default(),
            graph: Default::default(),
            mapping: Default::default(),
            runs: Default::default(),
            compared_runs: Default::default(),
            run_page: Default::default(),
            charts: Default::default(),
        }
    }
}

impl ViewState {
    /// The catalog is another one: what was found by its places in the old one is to be searched for again.
    pub fn forget_places(&mut self) {
        self.palette.searched = None;
        self.search.forget_offers();
        self.compare.forget_found();
        self.studio.forget_found();
    }
}

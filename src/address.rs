//! Where one is: a typed [`Location`] that alone owns what is shown, and its text form `atlas:place/view?…`.

mod chart;
mod columns;
mod drawing;
mod gallery;
mod graph;
mod kind;
mod landscape;
mod relative;
mod run_columns;
mod store;
mod text;
mod text_form;

use std::path::PathBuf;

use crate::catalog::{Stage, ToolId};

pub use chart::{ChartLook, SPREADS};
pub use columns::{Folds, LEAST_WIDTH, MOST_WIDTH, ShownColumn, ToolColumns};
pub use drawing::{DrawingLocation, DrawingPanel, ToolSwap};
pub use gallery::{ConsensusLocation, ConsensusOf, GalleryLocation};
pub use graph::{GraphItem, GraphLocation};
pub use kind::DocumentKind;
pub use landscape::{LandscapeLocation, LandscapeView};
pub use run_columns::RunColumns;
pub use store::{RunComparison, SortKey, StoreLocation, StoreView};
pub use text::AddressError;
pub use text_form::TextForm;

/// The seven places of the rail, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The lifecycle, recent things, four starts.
    Home,
    /// Tools: find, judge, compare.
    Landscape,
    /// Architecture drawings.
    Studio,
    /// Experiment runs.
    Runs,
    /// Statistics of tables.
    Data,
    /// Lifecycle, cases, approaches, numbers.
    Practice,
    /// Decks and full-screen presenting.
    Present,
}

impl Place {
    /// All places, in the order of the rail and of Ctrl+1…7.
    pub const ALL: [Self; 7] =
        [Self::Home, Self::Landscape, Self::Studio, Self::Runs, Self::Data, Self::Practice, Self::Present];

    /// The word in addresses.
    pub fn id(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Landscape => "landscape",
            Self::Studio => "studio",
            Self::Runs => "runs",
            Self::Data => "data",
            Self::Practice => "practice",
            Self::Present => "present",
        }
    }

    /// The word on the rail.
    pub fn title(self) -> &'static str {
        match self {
            Self::Home => "Home",
            Self::Landscape => "Landscape",
            Self::Studio => "Studio",
            Self::Runs => "Runs",
            Self::Data => "Data",
            Self::Practice => "Practice",
            Self::Present => "Present",
        }
    }
}

/// What a view shows comes from: never a runtime id, so that addresses live longer than a session.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// The bundled demo store.
    Demo,
    /// A bundled template.
    Template(String),
    /// A drawing that was never saved; lives for this session only.
    Untitled(u64),
    /// A file or folder on this machine.
    Path(PathBuf),
    /// A server.
    Url(String),
}

impl Origin {
    /// A short name for titles and crumbs: the file's name, the template's id, the server's address.
    pub fn name(&self) -> String {
        match self {
            Self::Demo => "Demo store".to_owned(),
            Self::Template(id) => id.clone(),
            Self::Untitled(number) => format!("Untitled {number}"),
            Self::Path(path) => path
                .file_name()
                .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned()),
            Self::Url(url) => url.clone(),
        }
    }
}

/// Sections of Practice, in the order of its tabs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PracticeSection {
    /// Ten stage pages.
    #[default]
    Lifecycle,
    /// Use cases by domain.
    UseCases,
    /// Industrial approaches.
    Approaches,
    /// Issues met in practice.
    Issues,
    /// Hidden technical debt.
    Debt,
    /// Improving the data instead of the model.
    DataCentric,
    /// Survey numbers with provenance.
    Numbers,
    /// Communities and lists.
    Communities,
    /// The committee and its neighbours.
    Committee,
}

impl PracticeSection {
    /// The words on its tab.
    pub fn title(self) -> &'static str {
        match self {
            Self::Lifecycle => "Lifecycle",
            Self::UseCases => "Use cases",
            Self::Approaches => "Approaches",
            Self::Issues => "Issues",
            Self::Debt => "Debt",
            Self::DataCentric => "Data-centric",
            Self::Numbers => "Numbers",
            Self::Communities => "Communities",
            Self::Committee => "Committee",
        }
    }
}

/// Everything that decides what is shown. Round-trips through its text form.
#[derive(Clone, Debug, PartialEq)]
pub enum Location {
    /// Home, with the stage that is opened inside the ring.
    Home(Option<Stage>),
    /// A view over the filtered tools.
    Landscape(LandscapeLocation),
    /// A tool's page.
    Tool(ToolId),
    /// A category's page, by its name, former name or id.
    Category(String),
    /// Tools side by side, in this order; two to five make sense.
    Compare(Vec<ToolId>),
    /// The relations around some tools.
    Graph(GraphLocation),
    /// How much of the catalog is known.
    Coverage,
    /// Templates and drawings to choose from.
    Drawings(GalleryLocation),
    /// What drawings have in common.
    Consensus(ConsensusLocation),
    /// One drawing.
    Drawing(DrawingLocation),
    /// Stores to choose from.
    Stores,
    /// One store.
    Store(Box<StoreLocation>),
    /// Data profiles.
    Data,
    /// A section of Practice with its search text and the item shown.
    Practice {
        /// The section.
        section: PracticeSection,
        /// Id of the item shown.
        item: Option<String>,
        /// Search text.
        text: String,
    },
    /// Decks.
    Present,
    /// The settings.
    Settings,
}

impl Location {
    /// What [`Self::Coverage`] is called.
    pub const COVERAGE: &'static str = "State of the catalog";
    /// What [`Self::Consensus`] is called.
    pub const COMMON_PRACTICE: &'static str = "Common practice";

    /// The place whose icon is lit on the rail; none for the settings.
    pub fn place(&self) -> Option<Place> {
        Some(match self {
            Self::Home(_) => Place::Home,
            Self::Landscape(_)
            | Self::Tool(_)
            | Self::Category(_)
            | Self::Compare(_)
            | Self::Graph(_)
            | Self::Coverage => Place::Landscape,
            Self::Drawings(_) | Self::Consensus(_) | Self::Drawing(_) => Place::Studio,
            Self::Stores | Self::Store(_) => Place::Runs,
            Self::Data => Place::Data,
            Self::Practice { .. } => Place::Practice,
            Self::Present => Place::Present,
            Self::Settings => return None,
        })
    }

    /// Where a place starts.
    pub fn start_of(place: Place) -> Self {
        match place {
            Place::Home => Self::Home(None),
            Place::Landscape => Self::Landscape(LandscapeLocation::default()),
            Place::Studio => Self::Drawings(GalleryLocation::default()),
            Place::Runs => Self::Stores,
            Place::Data => Self::Data,
            Place::Practice => {
                Self::Practice { section: PracticeSection::default(), item: None, text: String::new() }
            }
            Place::Present => Self::Present,
        }
    }

    /// Where a file leads: to a document where its name promises one, everything else is read as a run store.
    pub fn of_origin(origin: Origin) -> Self {
        let kind = match &origin {
            Origin::Path(path) => DocumentKind::of_file(path),
            Origin::Template(_) | Origin::Untitled(_) => Some(DocumentKind::default()),
            Origin::Demo | Origin::Url(_) => None,
        };
        match kind {
            Some(kind) => Self::of_document(kind, origin),
            None => Self::store(origin),
        }
    }

    /// Where a document is shown.
    pub fn of_document(kind: DocumentKind, origin: Origin) -> Self {
        match kind {
            DocumentKind::Drawing => Self::drawing(origin),
        }
    }

    /// Where a document that was saved to another place is shown, or held beside what is shown, from now on.
    pub fn rename_document(&mut self, from: &Origin, to: &Origin) {
        if let Self::Drawing(drawing) = self
            && drawing.origin == *from
        {
            drawing.origin.clone_from(to);
        }
        self.rename_reference(from, to);
    }

    /// The same only for what is held beside what is shown.
    pub fn rename_reference(&mut self, from: &Origin, to: &Origin) {
        if let Self::Drawing(drawing) = self
            && let Some(against) = drawing.against.as_mut().filter(|against| *against == from)
        {
            against.clone_from(to);
        }
    }

    /// The drawing that is shown and what it is held against, while the view shows how they differ.
    pub fn compared(&self) -> Option<(&Origin, &Origin)> {
        match self {
            Self::Drawing(drawing) if drawing.panel == DrawingPanel::Compare => {
                Some((&drawing.origin, drawing.against.as_ref()?))
            }
            _ => None,
        }
    }

    /// The document that is shown.
    pub fn document(&self) -> Option<(DocumentKind, &Origin)> {
        match self {
            Self::Drawing(drawing) => Some((DocumentKind::Drawing, &drawing.origin)),
            _ => None,
        }
    }

    /// The document or store that is shown.
    pub fn origin(&self) -> Option<&Origin> {
        match self {
            Self::Store(store) => Some(&store.origin),
            other => other.document().map(|(_, origin)| origin),
        }
    }

    /// A drawing as it is first opened.
    pub fn drawing(origin: Origin) -> Self {
        Self::Drawing(DrawingLocation::of(origin))
    }

    /// A store as it is first opened.
    pub fn store(origin: Origin) -> Self {
        Self::Store(Box::new(StoreLocation::of(origin)))
    }

    /// Whether going from `self` to `other` is a narrowing of the same view, which replaces the history
    /// entry instead of adding one.
    pub fn same_view(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Drawing(a), Self::Drawing(b)) => a.origin == b.origin,
            (Self::Store(a), Self::Store(b)) => a.origin == b.origin && a.view == b.view,
            (Self::Practice { section: a, .. }, Self::Practice { section: b, .. }) => a == b,
            (Self::Tool(a), Self::Tool(b)) => a == b,
            (Self::Category(a), Self::Category(b)) => a == b,
            (Self::Graph(a), Self::Graph(b)) => a.wish.centres == b.wish.centres,
            (Self::Landscape(a), Self::Landscape(b)) => a.view == b.view,
            (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
        }
    }
}

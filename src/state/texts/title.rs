//! What a view is called where it stands alone: as a file, or as the title of a document.

use crate::address::{
    ConsensusOf, DocumentKind, DrawingLocation, DrawingPanel, LandscapeLocation, LandscapeView, Location,
    Origin, Place, PracticeSection, StoreLocation, StoreView, TextForm,
};
use crate::architecture::NodeId;
use crate::catalog::{GroupBy, ToolId};
use crate::rows::stem_of;
use crate::state::State;

/// So many tools or metrics are named; more would make a title unreadable.
const NAMED: usize = 5;

/// What is shown, and what of it.
struct Title {
    /// The thing: a tool, a drawing, a view of the Landscape.
    main: String,
    /// The part or the question; empty where all of it is meant.
    aside: String,
}

impl Title {
    fn of(main: impl Into<String>) -> Self {
        Self { main: main.into(), aside: String::new() }
    }

    fn with(main: impl Into<String>, aside: impl Into<String>) -> Self {
        Self { main: main.into(), aside: aside.into() }
    }
}

impl State {
    /// What a location shows, in words that need no place around them: `Landscape board by stage`, `MLflow, Aim`,
    /// `RAG with operations: findings`. It may hold foreign text, and is empty only where that is.
    pub fn full_title(&self, location: &Location) -> String {
        let Title { main, aside } = self.title_in_parts(location);
        if aside.is_empty() { main } else { format!("{main}: {aside}") }
    }

    /// What a file of what a location shows is called, without an ending: `landscape-board-by-stage`, `mlflow-aim`. Never
    /// empty, at most [`LONGEST_STEM`](crate::rows::LONGEST_STEM) bytes.
    pub fn file_stem(&self, location: &Location) -> String {
        let Title { main, aside } = self.title_in_parts(location);
        stem_of(&main, &aside, location.place().map_or("settings", Place::id))
    }

    /// The same for one of its texts, since a view may have several tables.
    pub fn text_stem(&self, location: &Location, form: TextForm) -> String {
        match location {
            Location::Store(store) => {
                let aside = match form {
                    TextForm::Points => metrics(store),
                    _ if store.view == StoreView::Compare => "compared".to_owned(),
                    _ => "runs".to_owned(),
                };
                stem_of(&self.origin_title(&store.origin), &aside, "runs")
            }
            // The rows are those of the whole list, whatever is opened of it; each number has rows of its own.
            Location::Practice { section, item: Some(_), text } if *section != PracticeSection::Numbers => {
                let (section, text) = (*section, text.clone());
                self.file_stem(&Location::Practice { section, item: None, text })
            }
            Location::Home(_) => self.file_stem(&Location::Home(None)),
            _ => self.file_stem(location),
        }
    }

    fn title_in_parts(&self, location: &Location) -> Title {
        match location {
            Location::Home(stage) => Title::with("MLOps lifecycle", stage.map_or("", |stage| stage.title())),
            Location::Landscape(table) => Title::of(landscape_title(table)),
            Location::Tool(id) => Title::of(self.tool_name(id)),
            Location::Category(name) => {
                let known = self.catalog.category(name);
                Title::of(known.map_or(name, |category| &category.name))
            }
            Location::Compare(ids) if ids.is_empty() => Title::of("Comparison"),
            Location::Compare(ids) => Title::of(self.tool_names(ids)),
            Location::Graph(graph) => Title::with("Relations", self.tool_names(&graph.wish.centres)),
            Location::Coverage => Title::of(Location::COVERAGE),
            Location::Drawings(_) => Title::of("Drawings"),
            Location::Consensus(consensus) => {
                let whose = if consensus.of == ConsensusOf::Workspace { "workspace" } else { "" };
                Title::with(Location::COMMON_PRACTICE, whose)
            }
            Location::Drawing(drawing) => self.drawing_title(drawing),
            Location::Stores => Title::of("Run stores"),
            Location::Store(store) => {
                let drawn = metrics(store);
                let aside = if drawn.is_empty() { "runs".to_owned() } else { drawn };
                Title::with(self.origin_title(&store.origin), aside)
            }
            Location::Practice { section, item, text } => {
                match item.as_deref().and_then(|item| self.practice_title(*section, item)) {
                    Some(item) => Title::with(section.title(), item),
                    None if text.trim().is_empty() => Title::of(section.title()),
                    None => Title::with(Place::Practice.title(), text.trim()),
                }
            }
            Location::Data => Title::of(Place::Data.title()),
            Location::Present => Title::of(Place::Present.title()),
            Location::Settings => Title::of("Settings"),
        }
    }

    fn tool_name(&self, id: &ToolId) -> String {
        self.catalog.get(id).map_or_else(|| id.to_string(), |tool| tool.name.clone())
    }

    fn tool_names(&self, ids: &[ToolId]) -> String {
        let names: Vec<String> = ids.iter().take(NAMED).map(|id| self.tool_name(id)).collect();
        names.join(", ")
    }

    fn drawing_title(&self, here: &DrawingLocation) -> Title {
        let aside = match here.panel {
            DrawingPanel::Selection => String::new(),
            DrawingPanel::Findings => "findings".to_owned(),
            DrawingPanel::Maturity => "maturity".to_owned(),
            DrawingPanel::Tools => "tools".to_owned(),
            DrawingPanel::Impact => self.impact_title(here),
            DrawingPanel::Compare => match &here.against {
                Some(other) => format!("against {}", self.origin_title(other)),
                None => "compared".to_owned(),
            },
        };
        Title::with(self.origin_title(&here.origin), aside)
    }

    fn impact_title(&self, here: &DrawingLocation) -> String {
        let tool = |name: &str| ToolId::new(name).map_or_else(|_| name.to_owned(), |id| self.tool_name(&id));
        if let Some(swap) = &here.swap {
            return format!("impact of {} to {}", tool(&swap.from), tool(&swap.to));
        }
        let changed = here.artifact.as_ref().map(|artifact| artifact.replace('_', " "));
        let node = || {
            let id = here.selected.first()?;
            let drawing = self.document_of(&here.origin).and_then(|(_, document)| document.drawing());
            let node = drawing.and_then(|drawing| drawing.architecture.nodes.get(&NodeId::from(id.as_str())));
            Some(node.map_or_else(|| id.clone(), |node| node.title().to_owned()))
        };
        changed.or_else(node).map_or_else(|| "impact".to_owned(), |changed| format!("impact of {changed}"))
    }

    fn practice_title(&self, section: PracticeSection, item: &str) -> Option<&str> {
        let practice = &self.practice;
        Some(match section {
            PracticeSection::Lifecycle => &practice.stage(item)?.title,
            PracticeSection::UseCases => &practice.usecase(item)?.title,
            PracticeSection::Approaches => &practice.approach(item)?.organisation,
            PracticeSection::Issues => &practice.issue(item)?.title,
            PracticeSection::Debt => &practice.debt(item)?.title,
            PracticeSection::DataCentric => &practice.topic(item)?.title,
            PracticeSection::Numbers => &practice.statistic(item)?.title,
            PracticeSection::Communities => &practice.communities.iter().find(|one| one.id == item)?.name,
            PracticeSection::Committee => &practice.committee.iter().find(|fact| fact.id == item)?.title,
        })
    }

    /// What people call what lies somewhere: its title where it has one, else the name of its file without what tells
    /// the kind.
    fn origin_title(&self, origin: &Origin) -> String {
        let opened = self.document_of(origin).map(|(_, document)| document.content.title().to_owned());
        let known = || self.drawing_at(origin).map(|drawing| drawing.title.clone());
        let title = opened.filter(|title| !title.is_empty()).or_else(known).filter(|title| !title.is_empty());
        title.unwrap_or_else(|| bare_name(origin))
    }
}

fn bare_name(origin: &Origin) -> String {
    let name = origin.name();
    match origin {
        Origin::Path(path) => {
            let end = DocumentKind::of_file(path).map_or("", DocumentKind::ending);
            let cut = name.len().checked_sub(end.len()).filter(|_| !end.is_empty());
            let is_ending = |cut: &usize| name.get(*cut..).is_some_and(|last| last.eq_ignore_ascii_case(end));
            // What begins with its only dot is not called by nothing.
            let is_left = |cut: &usize| *cut > 0;
            let cut = cut.filter(is_ending).filter(is_left).or_else(|| name.rfind('.').filter(is_left));
            cut.map_or(&*name, |cut| &name[..cut]).to_owned()
        }
        Origin::Url(url) => url.split_once("://").map_or(&**url, |(_, rest)| rest).to_owned(),
        _ => name,
    }
}

fn landscape_title(table: &LandscapeLocation) -> String {
    let by = match table.view {
        LandscapeView::Table => table.group,
        // Stages against stages would say nothing.
        LandscapeView::Lifecycle if table.by == GroupBy::Stage => Some(GroupBy::default()),
        LandscapeView::Board | LandscapeView::Lifecycle => Some(table.by),
        LandscapeView::Portfolio => None,
    };
    let by = by.map_or_else(String::new, |by| format!(" by {}", by.title().to_lowercase()));
    format!("{} {}{by}", Place::Landscape.title(), table.view.title().to_lowercase())
}

/// The drawn metrics; empty where none is drawn.
fn metrics(store: &StoreLocation) -> String {
    if store.ticked.is_empty() {
        return String::new();
    }
    store.metrics.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ")
}

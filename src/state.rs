//! The whole model. [`State::apply`] is a router: each part applies its own actions and says what only the
//! shell can do.

mod asked;
pub mod compared;
pub mod consensus;
pub mod documents;
pub mod gallery;
pub mod graph;
pub mod landscape;
mod navigation;
pub mod presenting;
mod references;
mod remarks;
pub mod sources;
mod template;
mod texts;
mod what_if;
mod window;
mod windows;
pub mod workspace;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::action::{
    Action, DocumentId, Drafts, Effect, JobLine, Nearby, Recent, SourceId, WindowAction, WindowId,
};
use crate::address::{LandscapeView, Location, Origin, ToolColumns};
use crate::catalog::columns::{Basis, Own};
use crate::catalog::query::Context;
use crate::catalog::{Catalog, Coverage, Index, Tool};
use crate::practice::Practice;
use crate::problem::{Problem, Severity};
use crate::remarks::Remarks;
use crate::settings::Settings;
use references::References;
use windows::Windows;

pub use compared::{Compared, Difference, Held, Reference};
pub use consensus::CommonPractice;
pub use documents::derived::Drawing;
pub use documents::{Document, DocumentState};
pub use gallery::Gallery;
pub use graph::Graph;
pub use landscape::Landscape;
pub use sources::{Source, SourceState};
pub use template::Template;
pub use texts::Text;
pub use what_if::WhatIf;
pub use window::Window;
pub use workspace::Workspace;

/// A message that waits to be read.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Made when it was shown.
    pub id: u64,
    /// What it says.
    pub problem: Problem,
}

/// What the program knows and shows. Views read it; only [`State::apply`] changes it.
#[derive(Debug)]
pub struct State {
    /// Today, from the clock or from `--now`; claims age against it.
    pub today: Date,
    /// All tools, seen through the layers.
    pub catalog: Arc<Catalog>,
    /// Grows when another catalog takes the place of the present one; views compare it to know whether what they found
    /// in it is old.
    pub catalog_revision: u64,
    /// The catalog without a workspace, and what finds its tools.
    shipped: (Arc<Catalog>, Arc<Index>),
    /// The folder that is open as a workspace.
    pub workspace: Option<Workspace>,
    /// How much of the catalog is known, today.
    pub coverage: Arc<Coverage>,
    /// The tool table as filtered and sorted now.
    pub landscape: Landscape,
    /// Prose with sources.
    pub practice: Arc<Practice>,
    /// The bundled templates.
    pub templates: Arc<Vec<Template>>,
    /// Open documents.
    pub documents: BTreeMap<DocumentId, Document>,
    /// Open run sources.
    pub sources: BTreeMap<SourceId, Source>,
    /// What survives a restart.
    pub settings: Settings,
    /// Notes, ratings and the shortlist.
    pub remarks: Remarks,
    /// Opened before, newest first.
    pub recents: Vec<Recent>,
    /// What is not saved.
    pub drafts: Drafts,
    /// Found beside the current folder.
    pub nearby: Option<Vec<Nearby>>,
    /// Unread messages, oldest first.
    pub notices: Vec<Notice>,
    /// What the background is doing.
    pub jobs: Vec<JobLine>,
    /// Views prepared for presenting, at most nine.
    pub bookmarks: Vec<Location>,
    /// A workspace that is being read to take the place of the one that is open.
    next_workspace: Option<Workspace>,
    /// The drawings to choose from, once somebody has asked for them.
    gallery: Option<Arc<Gallery>>,
    /// Files that drawings are held against without being opened.
    references: References,
    windows: Windows,
    next_id: u64,
}

/// What the model starts from.
#[derive(Debug)]
pub struct Content {
    /// All tools.
    pub catalog: Catalog,
    /// Prose with sources.
    pub practice: Practice,
    /// The bundled templates.
    pub templates: Vec<Template>,
}

impl State {
    /// A model at Home.
    pub fn new(content: Content, settings: Settings, today: Date) -> Self {
        let catalog = Arc::new(content.catalog);
        let landscape = Landscape::new(&catalog);
        let main = Window::new(Location::Home(None), &landscape, &Context { today, shortlist: &[] });
        Self {
            today,
            coverage: Arc::new(Coverage::new(&catalog, None, today)),
            windows: Windows::new(main),
            shipped: (Arc::clone(&catalog), landscape.index()),
            landscape,
            catalog,
            catalog_revision: 0,
            workspace: None,
            next_workspace: None,
            gallery: None,
            references: References::default(),
            practice: Arc::new(content.practice),
            templates: Arc::new(content.templates),
            documents: BTreeMap::new(),
            sources: BTreeMap::new(),
            bookmarks: presenting::remembered(&settings),
            settings,
            remarks: Remarks::default(),
            recents: Vec::new(),
            drafts: Drafts::default(),
            nearby: None,
            notices: Vec::new(),
            jobs: Vec::new(),
            next_id: 1,
        }
    }

    /// A window. One that was closed meanwhile shows what the first one does; nothing is done in it any more.
    pub fn window(&self, id: WindowId) -> &Window {
        self.windows.get(id)
    }

    /// Whether there is such a window, or still is.
    pub fn has_window(&self, id: WindowId) -> bool {
        self.windows.has(id)
    }

    /// All windows, the first one first.
    pub fn windows(&self) -> impl Iterator<Item = (WindowId, &Window)> {
        self.windows.iter()
    }

    /// Whether some window shows a source.
    fn is_in_sight(&self, source: SourceId) -> bool {
        let Some(source) = self.sources.get(&source) else { return false };
        self.windows().any(|(_, window)| {
            matches!(window.location(), Location::Store(store) if store.origin == source.origin)
        })
    }

    /// What a window shows.
    pub fn location(&self, window: WindowId) -> &Location {
        self.window(window).location()
    }

    /// Applies one action and says what the shell has to do.
    pub fn apply(&mut self, action: Action) -> Vec<Effect> {
        let mut effects = Vec::new();
        match action {
            // What a closed window asked for is dropped.
            Action::Window(id, action) if self.windows.has(id) => self.apply_in(id, action, &mut effects),
            Action::Window(..) => {}
            Action::Document(id, action) => documents::apply(self, id, action, &mut effects),
            Action::Source(id, action) => sources::apply(self, id, action, &mut effects),
            Action::Workspace(action) => workspace::apply(self, action, &mut effects),
            Action::Settings(settings) => {
                self.settings = settings.clone();
                effects.push(Effect::SaveSettings(settings));
            }
            Action::Remark(action) => remarks::apply(self, action, &mut effects),
            Action::Remarks(kept) => {
                self.remarks = Remarks::new(kept);
                self.refilter(&mut effects);
            }
            Action::Notice(problem) => self.notice(problem),
            Action::Dismiss(id) => self.notices.retain(|notice| notice.id != id),
            Action::Nearby(nearby) => self.nearby = Some(nearby),
            Action::Recents(recents) => self.recents = recents,
            Action::Drafts(drafts) => self.drafts = drafts,
            Action::Ask(ask) => effects.push(Effect::Asked(ask)),
            Action::Today(today) => {
                self.today = today;
                self.coverage = Arc::new(Coverage::new(&self.catalog, None, today));
                self.refilter(&mut effects);
            }
            Action::Jobs(jobs) => self.jobs = jobs,
            Action::Reference(answer) => self.references.take(answer),
        }
        references::follow(self, &mut effects);
        self.ask_again();
        effects
    }

    fn apply_in(&mut self, id: WindowId, action: WindowAction, effects: &mut Vec<Effect>) {
        match action {
            WindowAction::Go(location) => self.go(id, location, effects),
            WindowAction::Narrow(location) => {
                let is_same = self.location(id).same_view(&location);
                let location = if is_same { location } else { self.as_last_chosen(location) };
                self.windows.get_mut(id).navigation.narrow(location);
                self.arrive(id, effects);
            }
            WindowAction::Back => {
                if self.windows.get_mut(id).navigation.back() {
                    self.arrive(id, effects);
                }
            }
            WindowAction::Forward => {
                if self.windows.get_mut(id).navigation.forward() {
                    self.arrive(id, effects);
                }
            }
            WindowAction::Open(paths) => effects.push(Effect::Open(id, paths)),
            WindowAction::New(kind) => effects.push(Effect::New(id, kind)),
            WindowAction::NewFrom(content) => effects.push(Effect::NewFrom(id, content)),
            WindowAction::Close => self.close(id, effects),
            WindowAction::OpenWindow(location) => {
                windows::open(self, location, effects);
            }
            WindowAction::CloseWindow => windows::close(self, id, effects),
            WindowAction::Present(action) => presenting::apply(self, id, action, effects),
        }
        // Whatever was left is not followed any more.
        sources::follow(self, effects);
    }

    /// The document that a window shows, if it shows one.
    pub fn focused_document(&self, window: WindowId) -> Option<(DocumentId, &Document)> {
        let (_, origin) = self.location(window).document()?;
        self.document_of(origin)
    }

    /// The drawing that a window shows, if it shows one: of what its sources report alone where the window asks for
    /// that and somebody said what it is.
    pub fn focused_drawing(&self, window: WindowId) -> Option<(DocumentId, Drawing<'_>)> {
        let Location::Drawing(here) = self.location(window) else { return None };
        self.drawing_of(&here.origin, here.reported)
    }

    /// The open drawing that came from `origin`, or what its sources report of it.
    fn drawing_of(&self, origin: &Origin, reported: bool) -> Option<(DocumentId, Drawing<'_>)> {
        let (id, document) = self.document_of(origin)?;
        let part = reported.then(|| document.reported_drawing()).flatten();
        Some((id, part.or_else(|| document.drawing())?))
    }

    /// The store that a window shows, if it shows one.
    pub fn focused_source(&self, window: WindowId) -> Option<(SourceId, &Source)> {
        let Location::Store(store) = self.location(window) else { return None };
        self.source_of(&store.origin)
    }

    /// The open document that came from `origin`.
    pub fn document_of(&self, origin: &Origin) -> Option<(DocumentId, &Document)> {
        let (id, document) = self.documents.iter().find(|(_, document)| document.origin == *origin)?;
        Some((*id, document))
    }

    /// The open store that lies at `origin`.
    pub fn source_of(&self, origin: &Origin) -> Option<(SourceId, &Source)> {
        let (id, source) = self.sources.iter().find(|(_, source)| source.origin == *origin)?;
        Some((*id, source))
    }

    fn go(&mut self, window: WindowId, location: Location, effects: &mut Vec<Effect>) {
        let location = self.as_last_chosen(location);
        self.windows.get_mut(window).navigation.go(location);
        self.arrive(window, effects);
    }

    /// A tool table that names no columns has those that were chosen last.
    fn as_last_chosen(&self, mut location: Location) -> Location {
        if let Location::Landscape(table) = &mut location
            && table.view == LandscapeView::Table
            && table.columns.is_none()
            && let Ok(columns) = self.settings.table_columns.parse::<ToolColumns>()
            && !self.settings.table_columns.is_empty()
        {
            table.set_columns(columns);
        }
        location
    }

    /// Filters again what the shortlist may have changed.
    fn refilter(&mut self, effects: &mut Vec<Effect>) {
        let shows =
            |window: &Window| matches!(window.location(), Location::Landscape(_) | Location::Compare(_));
        let windows: Vec<WindowId> =
            self.windows().filter(|(_, window)| shows(window)).map(|(id, _)| id).collect();
        for window in windows {
            self.arrive(window, effects);
        }
    }

    /// What is kept of each tool, beside [`Catalog::tools`].
    pub fn own(&self) -> Vec<Own> {
        let kept = |tool: &Tool| {
            let remark = self.remarks.of(&tool.id)?;
            Some(Own { rating: remark.rating, shortlisted: remark.shortlisted })
        };
        self.catalog.tools().iter().map(|tool| kept(tool).unwrap_or_default()).collect()
    }

    /// Brings what is derived from a window's location up to date and opens what it names.
    fn arrive(&mut self, window: WindowId, effects: &mut Vec<Effect>) {
        let here = self.windows.get_mut(window);
        here.compare_tools(&self.catalog, self.today);
        here.relate_tools(&self.catalog);
        match self.location(window).clone() {
            Location::Landscape(_) => {
                let own = self.own();
                let shortlist: Vec<usize> =
                    own.iter().enumerate().filter(|(_, own)| own.shortlisted).map(|(row, _)| row).collect();
                let context = Context { today: self.today, shortlist: &shortlist };
                let (catalog, coverage) = (Arc::clone(&self.catalog), Arc::clone(&self.coverage));
                let basis = Basis { catalog: &catalog, coverage: &coverage, today: self.today, own: &own };
                let here = self.windows.get_mut(window);
                here.filter_tools(&self.landscape, (&basis, &context), self.remarks.revision());
            }
            Location::Store(store) => sources::show(self, window, &store, effects),
            location => {
                if let Some((kind, origin)) = location.document() {
                    documents::open(self, kind, origin, effects);
                }
            }
        }
    }

    /// Closes what a window shows; where another shows it too, it only leaves.
    fn close(&mut self, window: WindowId, effects: &mut Vec<Effect>) {
        let location = self.location(window).clone();
        let Some(origin) = location.origin() else { return };
        let is_shown_elsewhere =
            self.windows().any(|(other, shown)| other != window && shown.location().origin() == Some(origin));
        if !is_shown_elsewhere {
            if matches!(location, Location::Store(_)) {
                sources::close(self, origin, effects);
            } else if !documents::close(self, origin, effects) {
                return;
            }
        }
        let start = location.place().map_or(Location::Home(None), Location::start_of);
        self.windows.get_mut(window).navigation.leave(start);
        self.arrive(window, effects);
    }

    /// Every window that shows the document at `origin` shows `instead` from now on.
    fn replace_shown(&mut self, origin: &Origin, instead: &Location, effects: &mut Vec<Effect>) {
        let shows = |window: &Window| match window.location() {
            Location::Store(store) => store.origin == *origin,
            location => location.document().is_some_and(|(_, shown)| shown == origin),
        };
        let windows: Vec<WindowId> =
            self.windows().filter(|(_, window)| shows(window)).map(|(id, _)| id).collect();
        for window in windows {
            self.windows.get_mut(window).navigation.leave(instead.clone());
            self.arrive(window, effects);
        }
    }

    fn notice(&mut self, problem: Problem) {
        /// More than this at once would hide the view; the least severe go first, of these the oldest.
        const MOST: usize = 4;
        // The same sentence again (a file that keeps failing) moves down instead of piling up.
        self.notices.retain(|notice| notice.problem != problem);
        if self.notices.len() >= MOST {
            let severity = |at: &usize| self.notices[*at].problem.severity;
            if let Some(least) = (0..self.notices.len()).min_by_key(severity) {
                self.notices.remove(least);
            }
        }
        let id = self.new_id();
        self.notices.push(Notice { id, problem });
    }

    fn notice_all(&mut self, problems: &[Problem], what: &str) {
        match problems {
            [] => {}
            [one] => self.notice(one.clone()),
            [first, rest @ ..] => self.notice(Problem {
                severity: problems.iter().map(|problem| problem.severity).max().unwrap_or(Severity::Info),
                message: format!(
                    "{what} has {} oddities: {} (and {} more)",
                    problems.len(),
                    first.message,
                    rest.len()
                ),
                at: first.at.clone(),
            }),
        }
    }

    fn new_id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }
}

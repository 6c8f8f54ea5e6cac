//! The whole model. [`State::apply`] is a router: each part applies its own actions and says what only the
//! shell can do.

pub mod documents;
pub mod landscape;
mod navigation;
pub mod presenting;
pub mod sources;
mod template;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::action::{Action, DocumentId, Drafts, Effect, JobLine, Nearby, Recent, SourceId};
use crate::address::{Location, Origin};
use crate::catalog::{Catalog, Coverage};
use crate::practice::Practice;
use crate::problem::{Problem, Severity};
use crate::settings::Settings;

pub use documents::derived::Drawing;
pub use documents::{Document, DocumentState};
pub use landscape::Landscape;
pub use navigation::Navigation;
pub use presenting::Presenting;
pub use sources::{RunRows, Source, SourceState};
pub use template::Template;

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
    /// All tools.
    pub catalog: Arc<Catalog>,
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
    /// The rows of the runs table.
    pub run_rows: RunRows,
    /// Where we are and were.
    pub navigation: Navigation,
    /// What survives a restart.
    pub settings: Settings,
    /// Opened before, newest first.
    pub recents: Vec<Recent>,
    /// What is not saved.
    pub drafts: Drafts,
    /// Found beside the current folder.
    pub nearby: Vec<Nearby>,
    /// Unread messages, oldest first.
    pub notices: Vec<Notice>,
    /// What the background is doing.
    pub jobs: Vec<JobLine>,
    /// The presentation, while there is one, and the bookmarks.
    pub presenting: Presenting,
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
        Self {
            today,
            coverage: Arc::new(Coverage::new(&catalog, None, today)),
            landscape: Landscape::new(&catalog),
            catalog,
            practice: Arc::new(content.practice),
            templates: Arc::new(content.templates),
            documents: BTreeMap::new(),
            sources: BTreeMap::new(),
            run_rows: RunRows::default(),
            navigation: Navigation::new(Location::Home(None)),
            presenting: Presenting::remembered(&settings),
            settings,
            recents: Vec::new(),
            drafts: Drafts::default(),
            nearby: Vec::new(),
            notices: Vec::new(),
            jobs: Vec::new(),
            next_id: 1,
        }
    }

    /// What is shown.
    pub fn location(&self) -> &Location {
        self.navigation.current()
    }

    /// Applies one action and says what the shell has to do.
    pub fn apply(&mut self, action: Action) -> Vec<Effect> {
        let mut effects = Vec::new();
        match action {
            Action::Go(location) => self.go(location, &mut effects),
            Action::Narrow(location) => {
                self.navigation.narrow(location);
                self.arrive(&mut effects);
            }
            Action::Back => {
                if self.navigation.back() {
                    self.arrive(&mut effects);
                }
            }
            Action::Forward => {
                if self.navigation.forward() {
                    self.arrive(&mut effects);
                }
            }
            Action::Open(paths) => {
                for path in paths {
                    self.go(Location::of_origin(Origin::Path(path)), &mut effects);
                }
            }
            Action::New(kind) => effects.push(Effect::New(kind)),
            Action::Document(id, action) => documents::apply(self, id, action, &mut effects),
            Action::Source(id, action) => sources::apply(self, id, action, &mut effects),
            Action::Close => self.close(&mut effects),
            Action::Settings(settings) => {
                self.settings = settings.clone();
                effects.push(Effect::SaveSettings(settings));
            }
            Action::Present(action) => presenting::apply(self, action, &mut effects),
            Action::Notice(problem) => self.notice(problem),
            Action::Dismiss(id) => self.notices.retain(|notice| notice.id != id),
            Action::Nearby(nearby) => self.nearby = nearby,
            Action::Recents(recents) => self.recents = recents,
            Action::Drafts(drafts) => self.drafts = drafts,
            Action::Ask(effect) => effects.push(effect),
            Action::Jobs(jobs) => self.jobs = jobs,
        }
        effects
    }

    /// The document that is shown, if one is.
    pub fn focused_document(&self) -> Option<(DocumentId, &Document)> {
        let (_, origin) = self.location().document()?;
        self.document_of(origin)
    }

    /// The drawing that is shown, if one is.
    pub fn focused_drawing(&self) -> Option<(DocumentId, Drawing<'_>)> {
        let (id, document) = self.focused_document()?;
        Some((id, document.drawing()?))
    }

    /// The store that is shown, if one is.
    pub fn focused_source(&self) -> Option<(SourceId, &Source)> {
        let Location::Store(store) = self.location() else { return None };
        self.sources
            .iter()
            .find(|(_, source)| source.origin == store.origin)
            .map(|(id, source)| (*id, source))
    }

    /// The open document that came from `origin`.
    pub fn document_of(&self, origin: &Origin) -> Option<(DocumentId, &Document)> {
        let (id, document) = self.documents.iter().find(|(_, document)| document.origin == *origin)?;
        Some((*id, document))
    }

    fn go(&mut self, location: Location, effects: &mut Vec<Effect>) {
        self.navigation.go(location);
        self.arrive(effects);
    }

    /// Brings what is derived from the location up to date and opens what it names.
    fn arrive(&mut self, effects: &mut Vec<Effect>) {
        match self.location().clone() {
            Location::Table(table) => self.landscape.update(&self.catalog, &table),
            Location::Store(store) => sources::show(self, &store, effects),
            location => {
                if let Some((kind, origin)) = location.document() {
                    documents::open(self, kind, origin, effects);
                }
            }
        }
    }

    fn close(&mut self, effects: &mut Vec<Effect>) {
        let location = match self.location().clone() {
            Location::Store(store) => {
                sources::close(self, &store.origin, effects);
                Location::Stores
            }
            location => {
                let Some((_, origin)) = location.document() else { return };
                if !documents::close(self, origin, effects) {
                    return;
                }
                location.place().map_or(Location::Home(None), Location::start_of)
            }
        };
        self.navigation.leave(location);
        self.arrive(effects);
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

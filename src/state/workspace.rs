//! The workspace: opened, read again when its files change, and laid over the shipped catalog.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::action::{Effect, WindowId, WorkspaceAction};
use crate::address::{AddressError, Location};
use crate::catalog::query::Context;
use crate::catalog::{Catalog, Coverage, Index, Layer, Tool};
use crate::problem::{Problem, Severity};
use crate::state::{Landscape, State, Window, references};
use crate::workspace::Contents;

/// The folder that is open as a workspace. What was read of it stays while it is read again.
#[derive(Debug)]
pub struct Workspace {
    /// Its absolute path.
    pub path: PathBuf,
    /// The name of the folder.
    pub name: String,
    /// What lies in it; nothing before it was read for the first time.
    pub contents: Arc<Contents>,
    /// Whether it is being read.
    pub is_reading: bool,
    /// Whether it was read at all.
    was_read: bool,
    request: u64,
}

impl Workspace {
    fn new(path: PathBuf, request: u64) -> Self {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        Self { path, name, contents: Arc::default(), is_reading: true, was_read: false, request }
    }

    /// What is in it, in figures: `3 entries · 2 drawings · 1 decision`; that it is empty; or that it is being read.
    pub fn summary(&self) -> String {
        let Contents { entries, documents, decisions, .. } = &*self.contents;
        if !self.was_read {
            return "reading…".to_owned();
        }
        let counts = [
            (entries.len(), "entry", "entries"),
            (documents.len(), "document", "documents"),
            (decisions.len(), "decision", "decisions"),
            (self.contents.wrong(), "problem", "problems"),
        ];
        let told: Vec<String> = counts
            .iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, one, more)| format!("{count} {}", if *count == 1 { one } else { more }))
            .collect();
        if told.is_empty() { "nothing in it yet".to_owned() } else { told.join(" · ") }
    }
}

impl State {
    /// The text of an address, short and the same on every machine where it leads into the workspace.
    pub fn address_of(&self, location: &Location) -> String {
        match &self.workspace {
            Some(workspace) => location.relative_to(&workspace.path).to_string(),
            None => location.to_string(),
        }
    }

    /// Where an address leads; paths in it that are not absolute lie in the workspace.
    ///
    /// # Errors
    /// When the text is no address.
    pub fn location_at(&self, address: &str) -> Result<Location, AddressError> {
        let location: Location = address.parse()?;
        Ok(match &self.workspace {
            Some(workspace) => location.resolved_in(&workspace.path),
            None => location,
        })
    }

    /// Whether anything that is shown of a tool comes from the workspace.
    pub fn is_of_workspace(&self, tool: &Tool) -> bool {
        self.workspace.is_some() && tool.is_in_layer(Layer::Workspace)
    }

    /// Shows another catalog everywhere. What is named by id lives on; what is found by place is found anew.
    fn replace_catalog(
        &mut self,
        (catalog, index): (Arc<Catalog>, Arc<Index>),
        coverage: Arc<Coverage>,
        effects: &mut Vec<Effect>,
    ) {
        self.landscape = Landscape::over(&catalog, index);
        self.gallery = None;
        (self.catalog, self.coverage) = (catalog, coverage);
        self.catalog_revision += 1;
        let nothing = Context { today: self.today, shortlist: &[] };
        for window in self.windows.iter_mut() {
            window.tools.restart(&self.landscape, &nothing);
            window.graph = None;
        }
        effects.push(Effect::CatalogReplaced);
        let shows = |window: &Window| {
            let location = window.location();
            let by_place = matches!(location, Location::Landscape(_) | Location::Compare(_));
            by_place || matches!(location, Location::Graph(_) | Location::Tool(_))
        };
        let windows: Vec<WindowId> =
            self.windows().filter(|(_, window)| shows(window)).map(|(id, _)| id).collect();
        for window in windows {
            self.arrive(window, effects);
        }
    }
}

pub(super) fn apply(state: &mut State, action: WorkspaceAction, effects: &mut Vec<Effect>) {
    let current = |state: &State, request| {
        state.workspace.as_ref().is_some_and(|workspace| workspace.request == request)
    };
    if let WorkspaceAction::Read { request, .. } = &action {
        take_up(state, *request);
    }
    match action {
        WorkspaceAction::Open(path) => open(state, path, effects),
        WorkspaceAction::Read { request, contents } if current(state, request) => {
            read(state, &contents, effects);
        }
        WorkspaceAction::Failed { request, error } if current(state, request) => fail(state, &error),
        WorkspaceAction::Failed { request, error } => fail_next(state, request, &error),
        WorkspaceAction::Reload => match &state.workspace {
            Some(_) => reload(state, true, effects),
            None => state.notice(told("No workspace is open: open a folder as one first.", "workspace")),
        },
        WorkspaceAction::Look => {
            references::look(state, effects);
            // A change that comes while it is read is seen at the next look.
            if let Some(workspace) = state.workspace.as_ref().filter(|workspace| !workspace.is_reading) {
                effects.push(Effect::LookAtWorkspace {
                    path: workspace.path.clone(),
                    fingerprint: workspace.contents.fingerprint,
                    request: workspace.request,
                });
            }
        }
        WorkspaceAction::Changed { request } if current(state, request) => reload(state, false, effects),
        WorkspaceAction::Close => close(state, effects),
        // Answers about a workspace that was closed or replaced, or asked for again.
        WorkspaceAction::Read { .. } | WorkspaceAction::Changed { .. } => {}
    }
}

fn open(state: &mut State, path: PathBuf, effects: &mut Vec<Effect>) {
    if state.workspace.as_ref().is_some_and(|workspace| workspace.path == path) {
        reload(state, true, effects);
        return;
    }
    let request = state.new_id();
    effects.push(Effect::ReadWorkspace { path: path.clone(), request, today: state.today, known: None });
    let next = Workspace::new(path, request);
    match &mut state.workspace {
        // The one that is open stays until the other was read: it may be none, or be stopped.
        Some(open) if open.was_read => {
            // One reading ends the other.
            open.is_reading = false;
            open.request = 0;
            state.next_workspace = Some(next);
        }
        _ => state.workspace = Some(next),
    }
}

/// Takes up what was being opened, if this answers it.
fn take_up(state: &mut State, request: u64) {
    if let Some(next) = state.next_workspace.take_if(|next| next.request == request) {
        state.workspace = Some(next);
    }
}

/// Reads it again: all of it when a person asks for that, else what has changed.
fn reload(state: &mut State, is_asked: bool, effects: &mut Vec<Effect>) {
    state.next_workspace = None;
    let (request, today) = (state.new_id(), state.today);
    if let Some(workspace) = &mut state.workspace {
        (workspace.request, workspace.is_reading) = (request, true);
        let known = (workspace.was_read && !is_asked).then(|| Arc::clone(&workspace.contents));
        effects.push(Effect::ReadWorkspace { path: workspace.path.clone(), request, today, known });
    }
}

fn read(state: &mut State, contents: &Arc<Contents>, effects: &mut Vec<Effect>) {
    let Some(workspace) = &mut state.workspace else { return };
    (workspace.is_reading, workspace.was_read) = (false, true);
    let before = std::mem::replace(&mut workspace.contents, Arc::clone(contents));
    let laid = (Arc::clone(&contents.catalog), Arc::clone(&contents.index));
    // What was told before is not told again each time that some file is saved.
    if contents.problems != before.problems
        && let Some(problem) = summed_up(&contents.problems)
    {
        state.notice(problem);
    }
    // The drawings may be others.
    state.gallery = None;
    if !Arc::ptr_eq(&laid.0, &state.catalog) {
        state.replace_catalog(laid, Arc::clone(&contents.coverage), effects);
    }
}

fn fail(state: &mut State, error: &str) {
    let Some(workspace) = &mut state.workspace else { return };
    workspace.is_reading = false;
    let at = workspace.path.display().to_string();
    let was_read = workspace.was_read;
    if !was_read {
        state.workspace = None;
    }
    let more = if was_read { " What was read of it before is still shown." } else { "" };
    state.notice(Problem::error(format!("{error}.{more}"), at));
}

/// Another workspace could not be opened: the one that is open stays.
fn fail_next(state: &mut State, request: u64, error: &str) {
    let Some(next) = state.next_workspace.take_if(|next| next.request == request) else { return };
    let open = state.workspace.as_ref().map(|open| format!(" {} stays open.", open.name));
    let message = format!("{error}.{}", open.unwrap_or_default());
    state.notice(Problem::error(message, next.path.display().to_string()));
}

fn close(state: &mut State, effects: &mut Vec<Effect>) {
    state.next_workspace = None;
    let Some(workspace) = state.workspace.take() else { return };
    effects.push(Effect::CloseWorkspace);
    if workspace.was_read {
        let shipped = state.shipped.clone();
        let coverage = Arc::new(Coverage::new(&shipped.0, None, state.today));
        state.replace_catalog(shipped, coverage, effects);
    }
}

/// The first problem, and how many more there are.
fn summed_up(problems: &[Problem]) -> Option<Problem> {
    let wrong = |problem: &&Problem| problem.severity > Severity::Info;
    let first = problems.iter().find(wrong)?;
    let more = problems.iter().filter(wrong).count() - 1;
    let message = match more {
        0 => first.message.clone(),
        more => format!("{} And {more} more: “State of the catalog” lists them.", sentence(&first.message)),
    };
    Some(Problem { message, ..first.clone() })
}

fn sentence(text: &str) -> String {
    if text.ends_with('.') { text.to_owned() } else { format!("{text}.") }
}

fn told(message: &str, at: &str) -> Problem {
    Problem { severity: Severity::Info, message: message.to_owned(), at: at.to_owned() }
}

/// A path as people read it beside the workspace: short where it lies in it.
pub fn shown_in(workspace: &Path, path: &Path) -> String {
    path.strip_prefix(workspace).unwrap_or(path).display().to_string()
}

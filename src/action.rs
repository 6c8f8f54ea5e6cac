//! Everything that can happen to the model ([`Action`]) and everything only the shell can do ([`Effect`]).

mod effect;
mod workspace;

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use crate::address::{DocumentKind, Location, Origin};
use crate::catalog::ToolId;
use crate::document::{Arranged, Content, DocumentEdit};
use crate::problem::Problem;
use crate::remarks::Remark;
use crate::runs::{Curve, Look, Looked, Mapping, RunSet, Series, Table};
use crate::settings::Settings;
use crate::shortlist::Shortlist;

pub use effect::{Ask, Dialog, Effect, Extent, LookWish};
pub use workspace::WorkspaceAction;

/// One of the program's windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WindowId(pub u64);

impl WindowId {
    /// The first one, which is always there.
    pub const MAIN: Self = Self(0);
}

/// An open document; made at open, never a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub u64);

/// An open run source; made at open, never a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u64);

/// What background work belongs to, and ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// An open document.
    Document(DocumentId),
    /// An open run source.
    Source(SourceId),
    /// The workspace.
    Workspace,
}

/// One metric of one run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SeriesKey {
    /// The run's id in its store.
    pub run: String,
    /// The metric's key.
    pub metric: String,
}

/// What a person, a job or the start can ask of the model.
#[derive(Clone, Debug)]
pub enum Action {
    /// Something in one window.
    Window(WindowId, WindowAction),
    /// Something about an open document.
    Document(DocumentId, DocumentAction),
    /// Something about an open run source.
    Source(SourceId, SourceAction),
    /// Something about the workspace.
    Workspace(WorkspaceAction),
    /// Something about what is kept on tools.
    Remark(RemarkAction),
    /// What was kept on tools in earlier sessions.
    Remarks(Vec<(ToolId, Remark)>),
    /// Replaces the settings.
    Settings(Settings),
    /// Tells the person something.
    Notice(Problem),
    /// Takes a notice away.
    Dismiss(u64),
    /// Things found beside the current folder.
    Nearby(Vec<Nearby>),
    /// Things opened before, newest first.
    Recents(Vec<Recent>),
    /// What is not saved.
    Drafts(Drafts),
    /// Asks the shell for something.
    Ask(Ask),
    /// Another day has begun.
    Today(Date),
    /// What the background is doing now.
    Jobs(Vec<JobLine>),
    /// A file that a document is held against was read.
    Reference(ReferenceFile),
}

/// A file that documents are held against, as it was read without being opened.
#[derive(Clone, Debug)]
pub struct ReferenceFile {
    /// Which.
    pub path: PathBuf,
    /// The request that this answers.
    pub request: u64,
    /// Another number as soon as the file is written.
    pub stamp: u64,
    /// What it holds, or why it cannot be read: one sentence.
    pub content: Result<Content, String>,
}

/// What can happen to a document.
#[derive(Clone, Debug)]
pub enum DocumentAction {
    /// The file was read.
    Opened {
        /// What it holds.
        content: Content,
        /// The text that it was read from; what the edits in the journal apply to.
        text: Arc<str>,
        /// What was odd in the file.
        problems: Vec<Problem>,
        /// Edits that were never saved, oldest first.
        journal: Vec<DocumentEdit>,
        /// Whether another process has it open, so that it cannot be changed here.
        read_only: bool,
    },
    /// What its journal holds was saved already.
    ForgetJournal,
    /// What its journal holds does not fit to it: it becomes a document of its own.
    KeepCopy,
    /// Another document is to be shown in its place: the same file under another path, a copy, or what the file
    /// turned out to be.
    OpenAs(DocumentKind, Origin),
    /// The file could not be read.
    Failed(String),
    /// One undoable change.
    Edit(DocumentEdit),
    /// Takes the last change back.
    Undo,
    /// Makes it again.
    Redo,
    /// Goes back to what was saved last, as one undoable change.
    Discard,
    /// Writes to its file; asks for one where it has none.
    Save,
    /// Asks for a file and writes.
    SaveAs,
    /// Writes to this file.
    SaveTo(PathBuf),
    /// Whether the journal holds all of its edits that are not saved.
    Journaled(bool),
    /// Nothing was written: the file holds something else than what was read from it or saved to it here.
    ChangedOnDisk(Arc<str>),
    /// What was computed from its content.
    Arranged {
        /// The revision of the document that it was computed from.
        revision: u64,
        /// It.
        arranged: Arranged,
    },
    /// It was written.
    Saved {
        /// Where to.
        path: PathBuf,
        /// What the file holds now.
        text: Arc<str>,
    },
}

/// What can happen to a run source.
#[derive(Clone, Debug)]
pub enum SourceAction {
    /// A person chose how its table is read, or to have that guessed: it is read again.
    Map(Option<Mapping>),
    /// Its runs were read, for the first time or again.
    Loaded {
        /// The request this answers.
        request: u64,
        /// The runs.
        runs: Arc<RunSet>,
        /// What was odd in the store.
        problems: Vec<Problem>,
    },
    /// It could not be read.
    Failed {
        /// The request this answers.
        request: u64,
        /// One sentence.
        error: String,
        /// Whether a copy of it could be read.
        asks_for_a_copy: bool,
    },
    /// Has a copy made that can be read where the store itself cannot.
    Copy,
    /// The copy is there.
    Copied(PathBuf),
    /// Rows of the runs table were sorted.
    Ordered {
        /// The window that shows them.
        window: WindowId,
        /// The request this answers.
        request: u64,
        /// What the rows are indices into.
        runs: Arc<RunSet>,
        /// The table.
        table: Arc<Table>,
    },
    /// A drawn series is here in a look that was asked for.
    Looked {
        /// The request this answers.
        request: u64,
        /// Which.
        key: SeriesKey,
        /// In which look.
        look: Look,
        /// Of which state of its points, as it was asked for.
        of: [u64; 2],
        /// None where it could not be made.
        looked: Option<Arc<Looked>>,
    },
    /// All series in a look were made, or will never be.
    LookedAll {
        /// The request this answers.
        request: u64,
    },
    /// Something about a series that was asked for.
    Series {
        /// The request this answers; news of a series carry the request that read it.
        request: u64,
        /// Which.
        key: SeriesKey,
        /// What.
        series: SeriesAction,
    },
    /// The person stopped the reading of its runs.
    Stopped {
        /// The request this answers.
        request: u64,
    },
    /// The reading of series was stopped before its end.
    SeriesStopped {
        /// The request that was not answered to its end.
        request: u64,
        /// A sentence for those that have no answer.
        why: String,
    },
    /// Reads the drawn series again that could not be read.
    Retry,
    /// Wants all points of a thinned series between two steps, these included: nobody can tell them apart from further away.
    LookCloser {
        /// Which.
        key: SeriesKey,
        /// The first and the last step.
        steps: (i64, i64),
    },
    /// Reads everything again.
    Reload,
}

/// What can happen to a series.
#[derive(Clone, Debug)]
pub enum SeriesAction {
    /// It was read, whole.
    Whole(Arc<Curve>),
    /// More points came.
    Added(Arc<Series>),
    /// Points were sorted in, in the turn with this number.
    Merged(u64, Arc<Curve>),
    /// All points from a step to another.
    Window((i64, i64), Arc<Curve>),
    /// The points from a step to another cannot be read now.
    NoWindow((i64, i64)),
    /// It could not be read: one sentence.
    Failed(String),
}

/// What can happen in a window.
#[derive(Clone, Debug)]
pub enum WindowAction {
    /// Goes somewhere else: one more step in the history.
    Go(Location),
    /// Changes the filter, order or selection of the present view: replaces the history entry.
    Narrow(Location),
    /// One step back in the history.
    Back,
    /// One step forward again.
    Forward,
    /// Opens files or folders by path: a workspace becomes the workspace, everything else is shown.
    Open(Vec<PathBuf>),
    /// Starts an empty document.
    New(DocumentKind),
    /// Starts a document that holds this and stands in no file: a template of one's own, or a copy.
    NewFrom(Content),
    /// Closes what the present view shows.
    Close,
    /// Opens one more window, at this location.
    OpenWindow(Location),
    /// Closes the window; the first one closes with the program only, and says so.
    CloseWindow,
    /// Starts or ends presenting, blanks, lights.
    Present(PresentAction),
}

impl From<WorkspaceAction> for Action {
    fn from(action: WorkspaceAction) -> Self {
        Self::Workspace(action)
    }
}

/// What is asked of the program without a window of its own happens in the first.
impl From<WindowAction> for Action {
    fn from(action: WindowAction) -> Self {
        Self::Window(WindowId::MAIN, action)
    }
}

/// What can happen to what a person keeps about tools.
#[derive(Clone, Debug)]
pub enum RemarkAction {
    /// Changes a note.
    Note(ToolId, String),
    /// Rates, or takes the rating away.
    Rate(ToolId, Option<u8>),
    /// Puts on the shortlist, or takes off.
    Shortlist(ToolId, bool),
    /// Puts several on the shortlist, or takes them off.
    ShortlistAll(Vec<ToolId>, bool),
    /// Takes the last change back.
    Undo,
    /// Makes it again.
    Redo,
    /// Asks where to write the shortlist.
    PickExport,
    /// Writes the shortlist to this file.
    Export(PathBuf),
    /// Takes a shortlist in from this file, and shows it in this window.
    Import(WindowId, PathBuf),
    /// A shortlist was read, and is taken in as one step.
    Imported {
        /// The window that shows what came of it.
        window: WindowId,
        /// The file.
        path: PathBuf,
        /// What it says.
        list: Arc<Shortlist>,
        /// What was odd in it.
        problems: Vec<Problem>,
    },
}

/// What can happen while presenting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PresentAction {
    /// Full screen, without chrome.
    Start,
    /// Presents the view in a window of its own, which this one leads; where it leads one already, shows the view
    /// there.
    Elsewhere,
    /// Back to the window; a window that was opened for presenting closes.
    End,
    /// Blanks or shows the screen.
    Blank,
    /// Lights the pointer's surroundings or stops.
    Spotlight,
    /// Keeps the present view under the next free number.
    Bookmark,
    /// Forgets a bookmark, 0-based.
    Forget(usize),
    /// Shows the next bookmark, or the one before.
    Step(bool),
    /// Goes to a bookmark, 0-based.
    Jump(usize),
}

/// A store or folder found nearby.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearby {
    /// Where it is.
    pub path: PathBuf,
    /// What it looks like: `MLflow database`, `MLflow files`, `TensorBoard logs`.
    pub looks_like: &'static str,
}

/// Something opened before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recent {
    /// Its address.
    pub address: String,
    /// Its title.
    pub title: String,
    /// When it was opened, in microseconds since 1970.
    pub opened_at: i64,
}

/// What is not saved, in open documents and in others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drafts {
    /// The documents, the last edited first.
    pub documents: Vec<Draft>,
    /// Whether they are still there at the next start.
    pub outlive_the_program: bool,
}

/// A document with changes that were not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What it is.
    pub kind: DocumentKind,
    /// Where it came from.
    pub origin: Origin,
    /// What it is called.
    pub title: String,
    /// When it was last edited, in microseconds since 1970.
    pub changed_at: i64,
}

/// A background job as the status bar shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobLine {
    /// Its number.
    pub id: u64,
    /// What it does.
    pub label: String,
    /// Steps done and steps in all; 0 of 0 when unknown.
    pub progress: (u64, u64),
}

/// The actions of one frame, in the order they were pushed.
#[derive(Debug, Default)]
pub struct Actions(Vec<Action>);

impl Actions {
    /// Adds one.
    pub fn push(&mut self, action: Action) {
        self.0.push(action);
    }

    /// Takes all, oldest first.
    pub fn take(&mut self) -> Vec<Action> {
        std::mem::take(&mut self.0)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

//! What only the shell can do ([`Effect`]), and what a view may ask of it ([`Ask`]).

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use super::{DocumentId, Recent, SeriesKey, SourceId, WindowId};
use crate::address::{DocumentKind, Origin};
use crate::architecture::export::{PictureForm, PictureOptions, Taken, Target};
use crate::document::Content;
use crate::remarks::RemarkEdit;
use crate::runs::{Curve, Look, Mapping, NamedCurve, RunSet, Series, Table, TableWish};
use crate::settings::Settings;
use crate::shortlist::Shortlist;
use crate::workspace::{Contents, Fingerprint};

/// A file dialog to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// Any file that can be opened.
    File,
    /// A folder.
    Folder,
    /// A folder that is opened as a workspace, whatever lies in it.
    Workspace,
    /// A shortlist that is imported.
    Shortlist,
}

/// What a view can ask of the shell itself.
#[derive(Clone, Debug)]
pub enum Ask {
    /// Shows a file dialog; its answer is [`WindowAction::Open`](super::WindowAction::Open) in this window,
    /// [`WorkspaceAction::Open`](super::WorkspaceAction::Open) or
    /// [`RemarkAction::Import`](super::RemarkAction::Import).
    Pick(WindowId, Dialog),
    /// Asks where to export what a window shows, proposing this form; its answer is [`Ask::Export`].
    PickExport(WindowId, Extent, PictureForm),
    /// Writes what a window shows as the kind of file that the name's ending says.
    Export(WindowId, PathBuf, Extent),
    /// Opens a web address in the browser.
    OpenUrl(String),
    /// Opens a text file with the program that the desktop has for it.
    OpenFile(PathBuf),
    /// Puts text on the clipboard.
    Copy(String),
    /// Asks for a place and writes a text there.
    SaveText {
        /// A proposed name without a number: `mlflow-aim.md`.
        name: String,
        /// The folder of the workspace where such files are numbered, `decisions`; none where they are not.
        numbered_in: Option<&'static str>,
        /// What to write.
        text: String,
    },
    /// Asks for a place and writes a table of runs there as CSV, which can be long.
    SaveRuns {
        /// A proposed name: `mlflow-runs.csv`.
        name: String,
        /// The runs.
        runs: Arc<RunSet>,
        /// Which of them are written, and in which order.
        table: Arc<Table>,
    },
    /// Asks for a place and writes a drawing there.
    SaveDrawing(Arc<Taken>, Target, PictureOptions),
    /// Puts a drawing on the clipboard: a PNG as pixels, everything else as text.
    CopyDrawing(Arc<Taken>, Target, PictureOptions),
    /// Puts a picture on the clipboard.
    CopyPixels {
        /// Width and height.
        size: [usize; 2],
        /// Red, green, blue and alpha of each pixel, multiplied by alpha, rows from top to bottom.
        rgba: Arc<[u8]>,
    },
    /// Asks for a place and writes the points of series there as CSV, which can be long.
    SavePoints {
        /// A proposed name: `mlflow-val-loss.csv`.
        name: String,
        /// The source that they are of: thinned ones are read again there.
        source: SourceId,
        /// The series, in their order.
        series: Vec<NamedCurve>,
    },
    /// Cancels a background job.
    CancelJob(u64),
    /// Ends the program.
    Quit,
}

/// How much of a view is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// What is in sight, as it is seen.
    Seen,
    /// All of it on one page, whose size follows the content.
    Whole,
}

/// A series that a chart wants in some look.
#[derive(Clone, Debug)]
pub struct LookWish {
    /// Which.
    pub key: SeriesKey,
    /// Which state of its points this is.
    pub of: [u64; 2],
    /// What was read of it.
    pub curve: Arc<Curve>,
    /// When its run started, in microseconds since 1970.
    pub start: Option<i64>,
    /// The metric that it is drawn over.
    pub other: Option<Arc<Curve>>,
}

/// What only the shell can do: files, network, clipboard, windows.
#[derive(Clone, Debug)]
pub enum Effect {
    /// What a view asked for.
    Asked(Ask),
    /// Asks where to save a document; its answer is [`DocumentAction::SaveTo`](super::DocumentAction::SaveTo).
    PickSave {
        /// The document.
        document: DocumentId,
        /// What it is.
        kind: DocumentKind,
        /// A proposed file name.
        name: String,
    },
    /// Tells which of these paths is a workspace, and opens them; their order stays.
    Open(WindowId, Vec<PathBuf>),
    /// Reads a workspace, in the place of whatever is being read of one.
    ReadWorkspace {
        /// Its folder.
        path: PathBuf,
        /// The number the answer carries.
        request: u64,
        /// The day on which its claims are judged.
        today: Date,
        /// What was read of it before; what has not changed since is taken from there.
        known: Option<Arc<Contents>>,
    },
    /// Tells when files of the workspace are others than those that were read; reads none of them.
    LookAtWorkspace {
        /// Its folder.
        path: PathBuf,
        /// What was read.
        fingerprint: Fingerprint,
        /// The number the answer carries.
        request: u64,
    },
    /// Ends whatever is done for the workspace.
    CloseWorkspace,
    /// What was found by its place in the catalog is to be forgotten.
    CatalogReplaced,
    /// Starts an empty document under a number that no other has.
    New(WindowId, DocumentKind),
    /// Starts a document with this content under a number that no other has, and keeps it as what is not saved.
    NewFrom(WindowId, Content),
    /// Reads a document with its unsaved edits.
    LoadDocument {
        /// The document.
        document: DocumentId,
        /// What it is to be shown as, unless its text says that it is something else.
        kind: DocumentKind,
        /// Where it is.
        origin: Origin,
    },
    /// Reads a file that documents are held against; nobody opens it, so it is not locked, and its journal is left alone.
    /// Its answer is [`Action::Reference`](super::Action::Reference), if there is any.
    ReadReference {
        /// Which.
        path: PathBuf,
        /// What it is, unless its text says that it is something else.
        kind: DocumentKind,
        /// The number the answer carries.
        request: u64,
        /// The stamp of what is known of it: as long as the file has this one, it is not read and nothing is answered.
        known: Option<u64>,
    },
    /// Computes from a document's content what takes longer than a frame; its answer is
    /// [`DocumentAction::Arranged`](super::DocumentAction::Arranged).
    Arrange {
        /// The document.
        document: DocumentId,
        /// The revision that the answer carries.
        revision: u64,
        /// What it holds.
        content: Content,
    },
    /// Writes a document.
    SaveDocument {
        /// The document.
        document: DocumentId,
        /// Where to.
        path: PathBuf,
        /// What.
        content: Content,
        /// The texts in its own file that may be replaced without asking.
        over: Vec<Arc<str>>,
    },
    /// Puts one edit into the journal, before anything else can happen.
    Journal {
        /// The document.
        document: DocumentId,
        /// What it is called after the edit.
        title: String,
        /// Its text before the first edit that was not saved.
        base: Arc<str>,
        /// The edit as JSON.
        edit: String,
    },
    /// Forgets the journal of a document: nothing in it is unsaved any more.
    ClearJournal(DocumentId),
    /// Makes the journal of a document a document of its own: it does not fit to the file any more.
    KeepCopy(DocumentId),
    /// Opens a source, reads its runs and keeps watching it.
    LoadSource {
        /// The source.
        source: SourceId,
        /// Where it is.
        origin: Origin,
        /// How a table is read; guessed where nobody chose.
        mapping: Option<Mapping>,
        /// The number its answers carry.
        request: u64,
    },
    /// Makes the table of runs that a window shows.
    OrderRuns {
        /// The window that shows them.
        window: WindowId,
        /// The source.
        source: SourceId,
        /// The number the answer carries.
        request: u64,
        /// The runs.
        runs: Arc<RunSet>,
        /// What the table is to show.
        wish: TableWish,
    },
    /// Makes a copy of a store that cannot be read where it lies.
    CopySource {
        /// The source.
        source: SourceId,
        /// Where the store lies.
        path: PathBuf,
    },
    /// Reads series of an open source.
    LoadSeries {
        /// The source.
        source: SourceId,
        /// The number the answers carry.
        request: u64,
        /// Which.
        keys: Vec<SeriesKey>,
        /// Longer ones are thinned.
        most: usize,
    },
    /// Makes drawn series ready for charts that do not draw them as they were logged.
    LookAt {
        /// The source.
        source: SourceId,
        /// The number the answers carry.
        request: u64,
        /// The look.
        look: Look,
        /// Longer ones are thinned.
        most: usize,
        /// Which.
        wanted: Vec<LookWish>,
    },
    /// Reads all points of a window of a thinned series.
    LoadWindow {
        /// The source.
        source: SourceId,
        /// The number the answer carries.
        request: u64,
        /// Which.
        key: SeriesKey,
        /// The first and the last step.
        steps: (i64, i64),
    },
    /// Tells of news of these series of a source, and of no others.
    Follow {
        /// The source.
        source: SourceId,
        /// What is drawn.
        keys: BTreeSet<SeriesKey>,
        /// What will have to be read anew when it is wanted again.
        forgotten: Vec<SeriesKey>,
        /// Whether some window shows the source; else nothing is looked for.
        in_sight: bool,
    },
    /// Sorts points into a series.
    MergeSeries {
        /// The source.
        source: SourceId,
        /// The number the answer carries.
        request: u64,
        /// The turn that the answer names.
        turn: u64,
        /// Which.
        key: SeriesKey,
        /// The series as it is drawn.
        curve: Arc<Curve>,
        /// What came, oldest first.
        points: Vec<Arc<Series>>,
    },
    /// Ends everything that runs for a source.
    CloseSource(SourceId),
    /// Ends everything that runs for a document, and gives it free.
    CloseDocument(DocumentId),
    /// Enters or leaves full screen.
    Fullscreen(WindowId, bool),
    /// Forgets what was remembered of a window that is no more.
    CloseWindow(WindowId),
    /// Keeps remarks on tools: all of them or none.
    KeepRemarks(Vec<RemarkEdit>),
    /// Asks where to write the shortlist, of which it says this; its answer is
    /// [`RemarkAction::Export`](super::RemarkAction::Export).
    PickShortlist(String),
    /// Writes a shortlist to a file.
    WriteShortlist {
        /// Where to.
        path: PathBuf,
        /// What.
        list: Shortlist,
    },
    /// Reads a shortlist; its answer is [`RemarkAction::Imported`](super::RemarkAction::Imported).
    ReadShortlist {
        /// The window that is to show what came of it.
        window: WindowId,
        /// The file.
        path: PathBuf,
    },
    /// Writes the settings.
    SaveSettings(Settings),
    /// Remembers a document or source as recent.
    Remember(Recent),
}

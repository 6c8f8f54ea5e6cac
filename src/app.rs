//! The shell: `logic` applies actions, `ui` draws, `effects` performs what only the shell can do.

mod copies;
mod documents;
mod drafts;
mod drawing_files;
mod drawings;
mod effects;
mod export;
mod export_window;
mod files;
mod loading;
mod looked;
mod pictures;
mod places;
mod recovery;
mod saving;
mod shortlists;
mod texts;
mod waker;
mod watch;
mod whole;
mod workspace;

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;

use egui::{ColorImage, Context, Ui, ViewportCommand, ViewportId};
use jiff::civil::Date;

use crate::action::{
    Action, Actions, DocumentId, Extent, JobLine, Nearby, Owner, Recent, RemarkAction, SourceId,
    WindowAction, WindowId, WorkspaceAction,
};
use crate::address::{Location, Origin};
use crate::jobs::{self, Ahead, Jobs};
use crate::problem::Problem;
use crate::state::{Content, State, Template};
use crate::store::atlas_db::{AtlasDb, Profile};
use crate::store::workspace::is_workspace;
use crate::store::{architecture_files, atlas_db, catalog_files, nearby, practice_files};
use crate::ui;
use crate::ui::export::twin::twin;
use crate::ui::windows::Windows;

use documents::{Held, Reserved};
use drafts::Unwritten;
pub use drawing_files::{DrawingFiles, NotDrawn, drawing_files};
pub use export::{ExportError, Form};
pub use pictures::{Look, Picture, PictureError, Tour, picture, render, tour};
use waker::Waker;
use watch::Watched;
pub use whole::WholeError;

/// How the program is started.
#[derive(Debug, Default)]
pub struct Start {
    /// Where private things are kept.
    pub profile: Profile,
    /// Today, instead of the clock's.
    pub today: Option<Date>,
    /// The folder beside which stores are looked for; none to look nowhere.
    pub nearby: Option<PathBuf>,
    /// The folder to open as a workspace; where none is given, `nearby` if it is one.
    pub workspace: Option<PathBuf>,
    /// Shortlists to import.
    pub shortlists: Vec<PathBuf>,
    /// What to show first.
    pub locations: Vec<Location>,
}

/// What only the window can do; [`App::logic`] hands it on.
enum Wish {
    /// Puts text on the clipboard.
    Copy(String),
    /// Puts a picture of this width and height on the clipboard, four bytes a pixel.
    CopyPixels([usize; 2], Arc<[u8]>),
    /// Enters or leaves full screen with the first window.
    Fullscreen(bool),
    /// Draws a window once more and writes it to a file.
    Export(WindowId, Form, PathBuf, Extent),
    /// Ends the program.
    Close,
    /// Does not close, though it was asked to.
    StayOpen,
}

/// The whole program behind its window.
pub struct App {
    state: State,
    windows: Windows,
    actions: Actions,
    jobs: Jobs<Action, Owner>,
    waker: Waker,
    profile: Profile,
    /// The folder that the program was started in, which may be a workspace.
    folder: Option<PathBuf>,
    db: AtlasDb,
    watched: BTreeMap<SourceId, Arc<Watched>>,
    /// Open documents by the name that the journal and other processes know them by.
    held: BTreeMap<DocumentId, Held>,
    /// Edits that the journal could not take yet, oldest first.
    unwritten: BTreeMap<DocumentId, VecDeque<Unwritten>>,
    /// The next new document, until it is opened.
    reserved: Option<Reserved>,
    /// The highest number given to a document without a name in this session.
    last_untitled: u64,
    /// How much had been edited when the person was warned of quitting.
    close_warned_at: Option<u64>,
    wishes: Vec<Wish>,
    /// Answers to the next questions for places, instead of dialogs.
    places: VecDeque<PathBuf>,
    /// Whether the window had the keyboard at the last look.
    was_focused: bool,
    /// Whether today is the clock's day, not one that was given.
    follows_clock: bool,
    /// Whether the platform's clipboard, browser and dialogs may be used.
    windowed: bool,
    /// How often the interface ran; the benches read it from the log.
    passes: u64,
}

impl App {
    /// Microseconds since 1970: this moment, or the end of the day that was given.
    fn now(&self) -> i64 {
        let now = jiff::Timestamp::now();
        if self.follows_clock {
            return now.as_microsecond();
        }
        let end = self.state.today.tomorrow().unwrap_or(self.state.today).to_zoned(jiff::tz::TimeZone::UTC);
        end.map_or(now, |end| end.timestamp()).as_microsecond()
    }

    /// Reads the bundled content and the private things, and goes to the first location.
    ///
    /// # Errors
    /// Only when SQLite cannot even make a database in memory.
    pub fn new(start: Start) -> Result<Self, atlas_db::Error> {
        let (catalog, mut problems) = catalog_files::bundled_catalog();
        let (practice, more) = practice_files::load_bundled();
        problems.extend(more);
        let templates = architecture_files::templates().into_iter().map(Template::new).collect();
        let (settings, more) = atlas_db::load_settings(&start.profile);
        problems.extend(more);
        let (db, more) = AtlasDb::open(&start.profile)?;
        problems.extend(more);
        let given = start.today.or_else(|| start.profile.is_empty().then(|| catalog.newest_date()).flatten());
        let today = given.unwrap_or_else(|| jiff::Zoned::now().date());
        let waker = Waker::default();
        let bell = waker.clone();
        let mut app = Self {
            state: State::new(Content { catalog, practice, templates }, settings, today),
            windows: Windows::default(),
            actions: Actions::default(),
            jobs: Jobs::new(256, Arc::new(move || bell.wake())),
            waker,
            profile: start.profile,
            folder: start.nearby.clone(),
            db,
            watched: BTreeMap::new(),
            held: BTreeMap::new(),
            unwritten: BTreeMap::new(),
            reserved: None,
            last_untitled: 0,
            close_warned_at: None,
            wishes: Vec::new(),
            places: VecDeque::new(),
            was_focused: true,
            follows_clock: given.is_none(),
            windowed: false,
            passes: 0,
        };
        for problem in problems {
            app.actions.push(Action::Notice(problem));
        }
        app.refresh_recents();
        match app.db.remarks() {
            Ok(kept) => app.actions.push(Action::Remarks(kept)),
            Err(error) => app.complain(error.to_string(), "notes and ratings"),
        }
        let opened: Vec<Origin> = start.locations.iter().filter_map(Location::origin).cloned().collect();
        app.tell_drafts(&opened);
        let started_in = || start.nearby.clone().filter(|folder| is_workspace(folder));
        if let Some(workspace) = start.workspace.or_else(started_in) {
            app.actions.push(WorkspaceAction::Open(workspace).into());
        }
        if let Some(folder) = start.nearby {
            app.look_nearby(folder);
        }
        for location in start.locations {
            app.actions.push(WindowAction::Go(location).into());
        }
        for path in start.shortlists {
            app.actions.push(Action::Remark(RemarkAction::Import(WindowId::MAIN, path)));
        }
        Ok(app)
    }

    /// The same in the background, to be waited for when it is needed.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn ahead(start: Start) -> std::io::Result<Ahead<Result<Self, atlas_db::Error>>> {
        jobs::ahead("reading content", move || Self::new(start))
    }

    /// The model.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Asks for something, as a view does.
    pub fn push(&mut self, action: impl Into<Action>) {
        self.actions.push(action.into());
    }

    /// Applies everything that was asked for or answered since the last call.
    pub fn logic(&mut self, ctx: &Context) {
        self.waker.attach(|| {
            let window = ctx.clone();
            // A further window may be closed meanwhile, and the bell with it.
            Box::new(move || window.request_repaint_of(ViewportId::ROOT))
        });
        if ctx.input(|input| input.viewport().close_requested()) {
            self.watch_close();
        }
        // Files are written in other programs; nothing is looked at while one of these windows is in front.
        let is_focused = ctx.input(|input| {
            input.focused || input.raw.viewports.values().any(|window| window.focused == Some(true))
        });
        let was_focused = std::mem::replace(&mut self.was_focused, is_focused);
        if is_focused && !was_focused {
            self.actions.push(WorkspaceAction::Look.into());
        }
        self.waker.heard();
        let mut waiting = self.actions.take();
        waiting.extend(self.jobs.poll());
        for failure in self.jobs.take_failures() {
            waiting.push(Action::Notice(Problem::error(failure, "background job")));
        }
        if self.follows_clock {
            let today = jiff::Zoned::now().date();
            if today != self.state.today {
                waiting.push(Action::Today(today));
            }
        }
        let mut changed = !waiting.is_empty();
        while !waiting.is_empty() {
            for action in waiting {
                for effect in self.state.apply(action) {
                    self.perform(effect);
                }
            }
            waiting = self.actions.take();
        }
        let jobs: Vec<JobLine> = self
            .jobs
            .running()
            .into_iter()
            .filter(|job| !job.quiet)
            .map(|job| JobLine { id: job.id.0, label: job.label, progress: (job.done, job.total) })
            .collect();
        if jobs != self.state.jobs {
            self.state.apply(Action::Jobs(jobs));
            changed = true;
        }
        for wish in std::mem::take(&mut self.wishes) {
            match wish {
                Wish::Copy(text) => ctx.copy_text(text),
                Wish::CopyPixels(size, rgba) => {
                    ctx.copy_image(ColorImage::from_rgba_premultiplied(size, &rgba));
                }
                Wish::Fullscreen(on) => ctx.send_viewport_cmd(ViewportCommand::Fullscreen(on)),
                Wish::Export(window, form, path, extent) => {
                    let view = twin(ctx, self.windows.size(window), form == Form::Png);
                    self.export(view, window, (form, path), extent);
                }
                Wish::Close => ctx.send_viewport_cmd(ViewportCommand::Close),
                Wish::StayOpen => ctx.send_viewport_cmd(ViewportCommand::CancelClose),
            }
        }
        ui::follow_settings(ctx, &self.state);
        if changed {
            if let Some(title) = self.windows.entitle(&self.state) {
                ctx.send_viewport_cmd(ViewportCommand::Title(title.to_owned()));
            }
            ctx.request_repaint();
        }
    }

    /// Draws the windows; `ui` is the first one's.
    pub fn ui(&mut self, ui: &mut Ui) {
        self.show(ui, || None);
    }

    fn show(&mut self, ui: &mut Ui, other_monitor: impl Fn() -> Option<usize>) {
        if self.passes == 0 {
            tracing::debug!("first frame begins");
        }
        self.windows.show(ui, &self.state, &mut self.actions, other_monitor);
        self.passes += 1;
        if self.passes == 1 {
            tracing::debug!("first frame");
        }
        tracing::trace!(pass = self.passes, "interface pass");
        if !self.actions.is_empty() {
            ui.ctx().request_repaint();
        }
    }

    fn refresh_recents(&mut self) {
        match self.db.recents(12) {
            Ok(recents) => {
                let recents = recents
                    .into_iter()
                    .map(|recent| Recent {
                        address: recent.address,
                        title: recent.title,
                        opened_at: recent.opened_at,
                    })
                    .collect();
                self.actions.push(Action::Recents(recents));
            }
            Err(error) => self.actions.push(Action::Notice(Problem::warning(error.to_string(), "recents"))),
        }
    }

    fn look_nearby(&mut self, folder: PathBuf) {
        self.jobs.start("looking for stores nearby", None, move |job| {
            let found = nearby::nearby(&folder)
                .into_iter()
                .map(|found| Nearby {
                    path: found.path,
                    looks_like: found.kind.map_or("SQLite database, in use", crate::runs::SourceKind::name),
                })
                .collect();
            job.send(Action::Nearby(found));
        });
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.windowed = true;
        self.logic(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        self.show(ui, || {
            let window = frame.winit_window()?;
            let here = window.current_monitor()?;
            window.available_monitors().position(|monitor| monitor != here)
        });
    }

    /// Scroll positions belong to one table of one day; only the window's own place is kept.
    fn persist_egui_memory(&self) -> bool {
        false
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}

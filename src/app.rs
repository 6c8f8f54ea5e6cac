//! The shell: `logic` applies actions, `ui` draws, `effects` performs what only the shell can do.

mod effects;
mod files;
mod pictures;
mod watch;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use egui::{Context, Ui};
use jiff::civil::Date;

use crate::action::{Action, Actions, JobLine, Nearby, Recent, SourceId};
use crate::address::Location;
use crate::jobs::Jobs;
use crate::problem::Problem;
use crate::state::{Content, State, Template};
use crate::store::atlas_db::{AtlasDb, Profile};
use crate::store::nearby::FoundKind;
use crate::store::{architecture_files, atlas_db, catalog_files, nearby, practice_files};
use crate::ui;
use crate::ui::view_state::{ViewState, WindowId};

pub use pictures::{Look, PictureError, Tour, picture, render, tour};
use watch::Watched;

/// How the program is started.
#[derive(Debug, Default)]
pub struct Start {
    /// Where private things are kept.
    pub profile: Profile,
    /// Today, instead of the clock's.
    pub today: Option<Date>,
    /// The folder beside which stores are looked for; none to look nowhere.
    pub nearby: Option<PathBuf>,
    /// What to show first.
    pub locations: Vec<Location>,
}

/// Wakes whoever waits for a job's answer: the window's context, or a caller without a window.
#[derive(Clone, Default)]
struct Waker(Arc<(Mutex<Option<Context>>, Condvar, Mutex<u64>)>);

impl Waker {
    fn wake(&self) {
        let (context, bell, count) = &*self.0;
        *count.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        bell.notify_all();
        if let Some(context) = &*context.lock().unwrap_or_else(PoisonError::into_inner) {
            context.request_repaint();
        }
    }

    fn attach(&self, context: &Context) {
        let mut own = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        if own.is_none() {
            *own = Some(context.clone());
        }
    }

    /// How often it rang so far.
    fn rings(&self) -> u64 {
        *self.0.2.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until it has rung more than `seen` times, at most `limit`.
    fn wait_after(&self, seen: u64, limit: std::time::Duration) {
        let (_, bell, count) = &*self.0;
        let guard = count.lock().unwrap_or_else(PoisonError::into_inner);
        // A timeout is no failure: the caller looks again.
        drop(bell.wait_timeout_while(guard, limit, |count| *count <= seen));
    }
}

/// The whole program behind its window.
pub struct App {
    state: State,
    memory: BTreeMap<WindowId, ViewState>,
    actions: Actions,
    jobs: Jobs<Action>,
    waker: Waker,
    profile: Profile,
    db: AtlasDb,
    watched: BTreeMap<SourceId, Arc<Watched>>,
    /// Whether the platform's clipboard, browser and dialogs may be used.
    windowed: bool,
    /// How often the interface ran; the benches read it from the log.
    passes: u64,
}

impl App {
    /// Reads the bundled content and the private things, and goes to the first location.
    ///
    /// # Errors
    /// Only when SQLite cannot even make a database in memory.
    pub fn new(start: Start) -> Result<Self, atlas_db::Error> {
        let (catalog, mut problems) = catalog_files::bundled_catalog();
        let (practice, more) = practice_files::load_bundled();
        problems.extend(more);
        let templates = architecture_files::templates()
            .into_iter()
            .map(|architecture| {
                let placement = crate::architecture::place(&architecture);
                Template { id: architecture.id.clone(), architecture, placement }
            })
            .collect();
        let (settings, more) = atlas_db::load_settings(&start.profile);
        problems.extend(more);
        let (db, more) = AtlasDb::open(&start.profile)?;
        problems.extend(more);
        let today = start
            .today
            .or_else(|| start.profile.is_empty().then(|| catalog.newest_date()).flatten())
            .unwrap_or_else(|| jiff::Zoned::now().date());
        let waker = Waker::default();
        let bell = waker.clone();
        let mut app = Self {
            state: State::new(Content { catalog, practice, templates }, settings, today),
            memory: BTreeMap::new(),
            actions: Actions::default(),
            jobs: Jobs::new(256, Arc::new(move || bell.wake())),
            waker,
            profile: start.profile,
            db,
            watched: BTreeMap::new(),
            windowed: false,
            passes: 0,
        };
        for problem in problems {
            app.actions.push(Action::Notice(problem));
        }
        app.refresh_recents();
        if let Some(folder) = start.nearby {
            app.look_nearby(folder);
        }
        for location in start.locations {
            app.actions.push(Action::Go(location));
        }
        Ok(app)
    }

    /// The model.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Asks for something, as a view does.
    pub fn push(&mut self, action: Action) {
        self.actions.push(action);
    }

    /// Applies everything that was asked for or answered since the last call.
    pub fn logic(&mut self, ctx: &Context) {
        self.waker.attach(ctx);
        let mut waiting = self.actions.take();
        waiting.extend(self.jobs.poll());
        for failure in self.jobs.take_failures() {
            waiting.push(Action::Notice(Problem::error(failure, "background job")));
        }
        let mut changed = !waiting.is_empty();
        while !waiting.is_empty() {
            for action in waiting {
                for effect in self.state.apply(action) {
                    self.perform(ctx, effect);
                }
            }
            waiting = self.actions.take();
        }
        let jobs: Vec<JobLine> = self
            .jobs
            .running()
            .into_iter()
            .filter(|job| !job.label.starts_with(watch::QUIET))
            .map(|job| JobLine { id: job.id.0, label: job.label, progress: (job.done, job.total) })
            .collect();
        if jobs != self.state.jobs {
            self.state.apply(Action::Jobs(jobs));
            changed = true;
        }
        ui::follow_settings(ctx, &self.state);
        if changed {
            ctx.request_repaint();
        }
    }

    /// Draws the main window.
    pub fn ui(&mut self, ui: &mut Ui) {
        if self.passes == 0 {
            tracing::debug!("first frame begins");
        }
        self.take_dropped(ui);
        let window = WindowId::MAIN;
        let memory = self.memory.entry(window).or_default();
        let mut view = ui::View { window, state: &self.state, memory, actions: &mut self.actions };
        ui::window_ui(ui, &mut view);
        self.passes += 1;
        if self.passes == 1 {
            tracing::debug!("first frame");
        }
        tracing::trace!(pass = self.passes, "interface pass");
        if !self.actions.is_empty() {
            ui.ctx().request_repaint();
        }
    }

    /// Files and folders dropped on the window are opened.
    fn take_dropped(&mut self, ui: &Ui) {
        let paths: Vec<PathBuf> =
            ui.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_path_buf()).collect());
        if !paths.is_empty() {
            self.actions.push(Action::Open(paths));
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
                    looks_like: match found.kind {
                        FoundKind::Database => "SQLite database",
                        FoundKind::MlrunsFolder => "MLflow files",
                        FoundKind::Logdir => "TensorBoard logs",
                    },
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

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.ui(ui);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}

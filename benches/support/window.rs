//! The whole program in a window that nobody sees, with its jobs, on the machine's clock.

use std::path::Path;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::{Duration, Instant};

use mlops_atlas::action::{WindowAction, WindowId};
use mlops_atlas::address::{Location, Origin, StoreLocation};
use mlops_atlas::app::{App, Start};
use mlops_atlas::ui::export::headless::Headless;
use mlops_atlas::ui::theme;

/// How long a window shows one picture at most.
pub const FRAME: Duration = Duration::from_millis(16);

/// The program, drawn when it wants to be.
pub struct Window {
    app: App,
    headless: Headless,
}

impl Window {
    /// Starts it with a profile in memory.
    pub fn open() -> Self {
        let app = App::new(Start::default()).unwrap();
        let headless = Headless::new([1600, 1000], 1.0, |ctx| theme::install(ctx, true));
        Self { app, headless }
    }

    /// What a window does in one frame.
    pub fn live(&mut self) {
        let Self { app, headless } = self;
        app.logic(&headless.context().clone());
        if headless.context().has_requested_repaint() {
            drop(headless.frame(Vec::new(), |ui| app.ui(ui)));
        }
    }

    /// Goes somewhere; what that asks for begins with the next frame.
    pub fn go(&mut self, location: Location) {
        self.app.push(WindowAction::Go(location));
    }

    /// Lives until something is so, a minute at most: whether it is.
    pub fn until(&mut self, is_so: impl Fn(&Self) -> bool) -> bool {
        self.until_within(Duration::from_mins(1), is_so)
    }

    /// Lives until something is so, or for some time: whether it is.
    pub fn until_within(&mut self, limit: Duration, is_so: impl Fn(&Self) -> bool) -> bool {
        let (_nobody, pace): (_, Receiver<()>) = sync_channel(1);
        let begun = Instant::now();
        while begun.elapsed() < limit {
            self.live();
            if is_so(self) {
                return true;
            }
            // Nobody says anything: it only passes the time.
            assert!(pace.recv_timeout(FRAME).is_err());
        }
        false
    }

    /// How many runs are listed.
    pub fn runs(&self) -> usize {
        let source = self.app.state().focused_source(WindowId::MAIN);
        source.and_then(|(_, source)| source.runs.as_ref()).map_or(0, |runs| runs.runs.len())
    }

    /// The steps of the drawn series that come after one.
    pub fn steps_after(&self, known: i64) -> Vec<i64> {
        let source = self.app.state().focused_source(WindowId::MAIN);
        let curves = source.iter().flat_map(|(_, source)| source.series.values());
        let steps = curves.filter_map(|drawn| drawn.curve.as_ref()).flat_map(|curve| {
            let steps = &curve.series().steps;
            steps[steps.partition_point(|step| *step <= known)..].to_vec()
        });
        steps.collect()
    }

    /// How many points are drawn.
    pub fn points(&self) -> usize {
        let source = self.app.state().focused_source(WindowId::MAIN);
        let curves = source.iter().flat_map(|(_, source)| source.series.values());
        curves.filter_map(|drawn| drawn.curve.as_ref()).map(|curve| curve.points()).sum()
    }
}

/// A store with some runs and metrics drawn.
pub fn store(file: &Path, ticked: Vec<String>, metrics: &[&str]) -> Location {
    Location::Store(Box::new(StoreLocation {
        ticked,
        metrics: metrics.iter().map(|metric| (*metric).to_owned()).collect(),
        ..StoreLocation::of(Origin::Path(file.to_path_buf()))
    }))
}

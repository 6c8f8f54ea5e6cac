//! The same interface without a window: `render` draws one address, `tour` every place in both themes.

mod missing;

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::export::{self, ExportError, Form};
use super::whole::WholeError;
use super::workspace::absolute;
use super::{App, Start};
use crate::action::{Action, WindowAction, WindowId};
use crate::address::{Location, Origin, StoreLocation};
use crate::problem::{Problem, Severity};
use crate::settings::{Settings, ThemeChoice};
use crate::state::sources::DrawnState;
use crate::state::{DocumentState, Reference, SourceState};
use crate::store::atlas_db::Profile;
use crate::store::runs::open_demo;
use crate::store::whole_file::write_whole;
use crate::store::workspace::is_workspace;
use crate::ui::export::headless::Headless;
use crate::ui::theme;

/// Why a picture could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The view never came to rest.
    #[error("the view was still loading after {0} seconds: {1}")]
    Waiting(u64, String),
    /// The private database could not even be made in memory.
    #[error(transparent)]
    Private(#[from] crate::store::atlas_db::Error),
    /// What was to be drawn could not be read.
    #[error("{0}")]
    Content(String),
    /// It is not drawn whole.
    #[error(transparent)]
    Whole(#[from] WholeError),
    /// It could not be written.
    #[error(transparent)]
    Export(#[from] ExportError),
}

/// How a picture is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Width and height in points.
    pub size: [u32; 2],
    /// Pixels per point.
    pub scale: f32,
    /// Dark or light grounds.
    pub dark: bool,
}

/// A view that came to rest, and what is to be said of it.
pub struct Picture {
    /// What a window would show.
    pub view: Headless,
    /// What could not be opened at all, in a sentence; the picture shows it as the window would.
    pub failure: Option<String>,
    /// What is missing from it.
    pub problems: Vec<Problem>,
}

/// Longer than any bundled content needs; a foreign store may be slow.
const PATIENCE: Duration = Duration::from_mins(1);

/// Draws one location, with further files opened before it. The first error found while loading is returned
/// beside the picture, which shows it as the window would.
pub fn picture(
    location: Location,
    open: &[PathBuf],
    look: Look,
    today: Option<jiff::civil::Date>,
) -> Result<Picture, PictureError> {
    Ok(drawn(location, open, look, today)?.1)
}

/// The same, with the program that drew it.
fn drawn(
    location: Location,
    open: &[PathBuf],
    look: Look,
    today: Option<jiff::civil::Date>,
) -> Result<(App, Picture), PictureError> {
    let start = Start { profile: Profile::empty(), today, ..Start::default() };
    let mut app = App::new(start)?;
    let theme = if look.dark { ThemeChoice::Dark } else { ThemeChoice::Light };
    app.push(Action::Settings(Settings { theme, ..Settings::default() }));
    app.open_paths(WindowId::MAIN, open.to_vec());
    let location = match open.iter().rfind(|path| is_workspace(path)) {
        Some(workspace) => location.resolved_in(&absolute(workspace.clone())),
        None => location,
    };
    app.push(WindowAction::Go(location));
    let picture = draw(&mut app, look)?;
    Ok((app, picture))
}

fn draw(app: &mut App, look: Look) -> Result<Picture, PictureError> {
    let mut headless = Headless::new(look.size, look.scale, |ctx| theme::install(ctx, true));
    let ctx = headless.context().clone();
    loop {
        let seen = app.waker.rings();
        app.logic(&ctx);
        // A job that has answered and not ended would be drawn by chance.
        if !app.is_loading() && app.state().jobs.is_empty() {
            break;
        }
        if app.waker.rings() == seen {
            app.waker.wait_after(seen, PATIENCE);
            if app.waker.rings() == seen {
                let what = app.state().location(WindowId::MAIN).to_string();
                return Err(PictureError::Waiting(PATIENCE.as_secs(), what));
            }
        }
    }
    // What was wrong is told by the caller; a notice over the picture would hide what it shows.
    let failure = app.failure();
    let told = app.state().notices.iter().filter(|notice| notice.problem.severity > Severity::Info);
    let problems: Vec<Problem> = told.map(|notice| notice.problem.clone()).collect();
    let problems: Vec<Problem> = problems.into_iter().chain(missing::missing(app.state())).collect();
    let notices: Vec<u64> = app.state().notices.iter().map(|notice| notice.id).collect();
    for id in notices {
        app.push(Action::Dismiss(id));
    }
    for _ in 0..4 {
        app.logic(&ctx);
        headless.settle(6, |ui| app.ui(ui));
    }
    Ok(Picture { view: headless, failure, problems })
}

impl App {
    /// Whether the present view still waits for a job.
    pub fn is_loading(&self) -> bool {
        if !self.actions.is_empty() {
            return true;
        }
        let documents = self.state.documents.values().any(|document| document.is_waiting());
        let sources = self.state.sources.values().any(|source| {
            source.state == SourceState::Loading
                || source.series.values().any(|drawn| drawn.state == DrawnState::Loading)
        });
        let workspace = self.state.workspace.as_ref().is_some_and(|workspace| workspace.is_reading);
        let windows = self.state.windows().any(|(_, window)| {
            window.runs.is_waiting()
                || window
                    .compared
                    .as_ref()
                    .is_some_and(|compared| matches!(compared.with, Reference::Loading))
        });
        workspace || documents || sources || windows
    }

    /// The first thing that could not be opened.
    fn failure(&self) -> Option<String> {
        let of_documents = self.state.documents.values().find_map(|document| match &document.state {
            DocumentState::Failed(sentence) => Some(sentence.clone()),
            _ => None,
        });
        let of_sources = || {
            self.state.sources.values().find_map(|source| match &source.state {
                SourceState::Failed(sentence) => Some(sentence.clone()),
                _ => None,
            })
        };
        let of_location = || match self.state.location(WindowId::MAIN) {
            Location::Tool(id) if self.state.catalog.get(id).is_none() => {
                Some(format!("The catalog has no tool with the id {id}."))
            }
            _ => None,
        };
        of_documents.or_else(of_sources).or_else(of_location)
    }
}

/// Draws one location into files; the first that cannot be written ends it.
///
/// Those of the same scale are drawn once: a vector drawing is made at one pixel a point, whatever the look says.
/// `whole` draws all of a board, as large as it is, and not what a window of this size shows.
pub fn render(
    location: &Location,
    open: &[PathBuf],
    look: Look,
    today: Option<jiff::civil::Date>,
    files: &[(Form, PathBuf)],
    whole: bool,
) -> Result<Vec<Problem>, PictureError> {
    let (pixels, vectors): (Vec<_>, Vec<_>) =
        files.iter().partition(|(form, _)| *form == Form::Png && look.scale != 1.0);
    let mut problems = Vec::new();
    for (files, look) in [(pixels, look), (vectors, Look { scale: 1.0, ..look })] {
        if files.is_empty() {
            continue;
        }
        let (app, picture) = drawn(location.clone(), open, look, today)?;
        let Picture { mut view, failure, problems: told } = picture;
        if let Some(sentence) = failure {
            return Err(PictureError::Content(sentence));
        }
        problems = told;
        let title = app.state.full_title(location);
        if whole {
            let in_pixels = files.iter().any(|(form, _)| *form == Form::Png);
            app.draw_whole(&mut view, WindowId::MAIN, in_pixels)?;
        }
        for (form, file) in files {
            problems.extend(export::write(&view, &title, *form, file, write_whole)?);
        }
    }
    Ok(problems)
}

/// What the tour stops at, beside the demo store: a file name and an address.
const STOPS: [(&str, &str); 29] = [
    ("home", "atlas:home?stage=serve"),
    ("landscape-board", "atlas:landscape/board"),
    ("landscape-table", "atlas:landscape/table?stage=train&stage=monitor&selected=mlflow"),
    ("landscape-lifecycle", "atlas:landscape/lifecycle"),
    ("landscape-portfolio", "atlas:landscape/portfolio"),
    ("landscape-tool", "atlas:landscape/tool?id=mlflow"),
    ("landscape-category", "atlas:landscape/category?name=Model%20serving"),
    ("landscape-compare", "atlas:landscape/compare?tools=mlflow,aim,clearml"),
    ("landscape-graph", "atlas:landscape/graph?tool=mlflow"),
    ("landscape-coverage", "atlas:landscape/coverage"),
    ("studio-start", "atlas:studio"),
    ("studio-consensus", "atlas:studio/consensus?kind=feature_store"),
    ("studio-drawing", "atlas:studio/drawing?file=template:oss-classic"),
    ("studio-selection", "atlas:studio/drawing?file=template:rag-ops&node=llm"),
    ("studio-findings", "atlas:studio/drawing?file=template:google-l1&panel=findings"),
    ("studio-impact", "atlas:studio/drawing?file=template:kreuzberger&node=ing&panel=impact&without=ab"),
    ("studio-maturity", "atlas:studio/drawing?file=template:google-l1&panel=maturity"),
    ("studio-tools", "atlas:studio/drawing?file=template:fraud-stream&panel=tools"),
    ("studio-compare", "atlas:studio/drawing?file=template:edge&panel=compare&against=template:kreuzberger"),
    ("runs-start", "atlas:runs"),
    ("runs-demo", "atlas:runs/store?source=demo:"),
    ("data", "atlas:data"),
    ("practice-lifecycle", "atlas:practice/lifecycle"),
    ("practice-usecases", "atlas:practice/usecases"),
    ("practice-issues", "atlas:practice/issues"),
    ("practice-data-centric", "atlas:practice/data-centric"),
    ("practice-numbers", "atlas:practice/numbers"),
    ("present", "atlas:present"),
    ("settings", "atlas:settings"),
];

/// The stops of the tour: a file name and what it shows.
#[derive(Debug)]
pub struct Tour(pub Vec<(&'static str, Location)>);

impl Tour {
    /// Every place, with the bundled content.
    pub fn new() -> Self {
        let stops = STOPS.iter().filter_map(|(name, address)| Some((*name, address.parse().ok()?)));
        let stops = stops.map(|(name, location)| match location {
            Location::Store(_) => (name, Location::Store(Box::new(demo()))),
            location => (name, location),
        });
        Self(stops.collect())
    }
}

#[cfg(test)]
#[test]
fn every_stop_of_the_tour_is_an_address() {
    assert_eq!(Tour::new().0.len(), STOPS.len());
}

impl Default for Tour {
    fn default() -> Self {
        Self::new()
    }
}

/// The demo store with some learning curves ticked.
fn demo() -> StoreLocation {
    const METRICS: [&str; 3] = ["train/loss", "val/loss", "val/accuracy"];
    const DRAWN: usize = 6;
    let mut store = StoreLocation::of(Origin::Demo);
    // A demo that cannot be read is told by its own test; the tour then shows the store as it is.
    let Ok((set, _)) = open_demo().and_then(|mut reader| reader.runs(false)) else { return store };
    let curves = |run: &str| set.has_metric(run, METRICS[0]) && set.has_metric(run, METRICS[2]);
    store.metrics =
        METRICS.iter().filter(|name| set.metric_key(name).is_some()).map(ToString::to_string).collect();
    let rows = set.order(&[]).into_iter().map(|row| &set.runs[row as usize]);
    store.ticked = rows.filter(|run| curves(&run.id)).take(DRAWN).map(|run| run.id.to_string()).collect();
    store
}

/// Draws every stop in both themes into `folder`; returns the files in order.
pub fn tour(folder: &Path, size: [u32; 2], scale: f32) -> Result<Vec<PathBuf>, PictureError> {
    let mut files = Vec::new();
    for (name, location) in Tour::new().0 {
        for (suffix, dark) in [("light", false), ("dark", true)] {
            let path = folder.join(format!("{name}-{suffix}.png"));
            let look = Look { size, scale, dark };
            let view = picture(location.clone(), &[], look, None)?.view;
            export::write(&view, name, Form::Png, &path, write_whole)?;
            files.push(path);
        }
    }
    Ok(files)
}

//! Everything that draws: the only place with egui. Views read the [`State`], keep what may be lost in their
//! [`ViewState`] and push [`Action`]s; they change nothing themselves.

pub mod data;
pub mod export;
mod exports;
pub mod home;
pub mod icons;
pub mod landscape;
pub mod palette;
pub mod practice;
pub mod present;
pub mod runs;
mod settings;
mod shell;
mod shortcuts;
pub mod studio;
mod texts;
pub mod theme;
pub mod view_state;
pub mod widgets;
pub mod windows;

use egui::{Context, Id, Ui, UiBuilder};

use crate::action::{Action, Actions, Ask, DocumentId, SourceId, WindowAction, WindowId};
use crate::address::Location;
use crate::command::Command;
use crate::state::{Document, Drawing, Source, State, Window};
use view_state::{Overlay, ViewState};

/// What every view gets.
pub struct View<'a> {
    /// The window it is drawn in.
    pub window: WindowId,
    /// The model.
    pub state: &'a State,
    /// The window's memory.
    pub memory: &'a mut ViewState,
    /// What is to happen.
    pub actions: &'a mut Actions,
}

impl<'a> View<'a> {
    /// The view's window in the model.
    pub fn here(&self) -> &'a Window {
        self.state.window(self.window)
    }

    /// What the window shows.
    pub fn location(&self) -> &'a Location {
        self.here().location()
    }

    /// The document that the window shows, if it shows one.
    pub fn focused_document(&self) -> Option<(DocumentId, &'a Document)> {
        self.state.focused_document(self.window)
    }

    /// The drawing that the window shows, if it shows one.
    pub fn focused_drawing(&self) -> Option<(DocumentId, Drawing<'a>)> {
        self.state.focused_drawing(self.window)
    }

    /// The store that the window shows, if it shows one.
    pub fn focused_source(&self) -> Option<(SourceId, &'a Source)> {
        self.state.focused_source(self.window)
    }

    /// Goes somewhere else.
    pub fn go(&mut self, location: Location) {
        self.act(WindowAction::Go(location));
    }

    /// Changes what the present view shows.
    pub fn narrow(&mut self, location: Location) {
        self.act(WindowAction::Narrow(location));
    }

    /// Asks the shell for something.
    pub fn ask(&mut self, ask: Ask) {
        self.actions.push(Action::Ask(ask));
    }

    /// Does something in the view's own window.
    pub fn act(&mut self, action: WindowAction) {
        self.actions.push(Action::Window(self.window, action));
    }

    /// Takes the command that the view was asked to carry out, if it is one of these.
    pub fn take_asked(&mut self, own: &[Command]) -> Option<Command> {
        self.memory.asked.take_if(|asked| own.contains(asked))
    }
}

/// Below this width the inspector lies over the content and facets fold.
pub const NARROW: f32 = 1340.0;

/// Draws one frame of a window. Everything in it has an id under the window's own, so that two windows share nothing,
/// and a twin in another context finds what was scrolled.
pub fn window_ui(ui: &mut Ui, view: &mut View<'_>) {
    let id = Id::unique("window").with(view.window.0);
    ui.scope_builder(UiBuilder::new().scope_id(id), |ui| {
        shortcuts::run(ui, view);
        if view.here().presenting.on {
            present::full_screen_ui(ui, view);
            return;
        }
        shell::shell_ui(ui, view, place_ui);
        match view.memory.overlay {
            Overlay::None | Overlay::Bare => {}
            Overlay::Palette => palette::palette_ui(ui, view),
            Overlay::Shortcuts => shortcuts::sheet_ui(ui, view),
            Overlay::Export if view.focused_drawing().is_some() => studio::export_ui(ui, view),
            Overlay::Export => exports::exports_ui(ui, view),
            Overlay::Mapping => runs::mapping_ui(ui, view),
        }
    });
}

/// Draws all of what the location names on one page, without the window around it, and tells how large that is.
/// None where a view is not drawn so; nothing is drawn then.
///
/// Views of rows could join in by being told no height; the board is the one that people print.
pub fn poster_ui(ui: &mut Ui, view: &View<'_>) -> Option<egui::Vec2> {
    match view.location() {
        Location::Landscape(table) => landscape::poster_ui(ui, view, table),
        _ => None,
    }
}

/// Draws what the location names. What is scrolled or half done there is not so in another view of its kind.
pub fn place_ui(ui: &mut Ui, view: &mut View<'_>) {
    let before = view.memory.asked;
    let id = id_of_view(view);
    ui.push_id(id, |ui| match view.location() {
        Location::Home(_) => home::home_ui(ui, view),
        Location::Landscape(_) => landscape::table_ui(ui, view),
        Location::Tool(_) => landscape::tool_ui(ui, view),
        Location::Category(_) => landscape::category_ui(ui, view),
        Location::Compare(_) => landscape::compare_ui(ui, view),
        Location::Graph(_) => landscape::graph_ui(ui, view),
        Location::Coverage => landscape::coverage_ui(ui, view),
        Location::Drawings(_) => studio::start_ui(ui, view),
        Location::Consensus(_) => studio::consensus_ui(ui, view),
        Location::Drawing(_) => studio::drawing_ui(ui, view),
        Location::Stores => runs::start_ui(ui, view),
        Location::Store(_) => runs::store_ui(ui, view),
        Location::Data => data::data_ui(ui, view),
        Location::Practice { .. } => practice::practice_ui(ui, view),
        Location::Present => present::present_ui(ui, view),
        Location::Settings => settings::settings_ui(ui, view),
    });
    // What no view took is not for the next one; what was asked for just now is for the next pass.
    if view.memory.asked == before {
        view.memory.asked = None;
    }
}

/// What tells a view from the others that its window shows. Views that share their bars (those of the Landscape, the
/// sections of Practice) are one here, so that a pressed tab keeps the keyboard; what differs below the bars they
/// tell apart themselves.
fn id_of_view(view: &View<'_>) -> Id {
    let kind = std::mem::discriminant(view.location());
    match view.location() {
        Location::Tool(id) => Id::unique((kind, id)),
        Location::Category(name) => Id::unique((kind, name)),
        // By what is open, not by its path: saving under another name is no other view.
        Location::Drawing(_) => Id::unique((kind, view.focused_document().map(|(id, _)| id))),
        Location::Store(_) => Id::unique((kind, view.focused_source().map(|(id, _)| id))),
        _ => Id::unique(kind),
    }
}

/// Brings theme and zoom of a context in line with the settings.
pub fn follow_settings(ctx: &Context, state: &State) {
    use crate::settings::ThemeChoice;
    theme::apply(
        ctx,
        match state.settings.theme {
            ThemeChoice::System => None,
            ThemeChoice::Light => Some(false),
            ThemeChoice::Dark => Some(true),
        },
    );
    // One zoom is shared by all windows: whoever sits in the last row decides.
    let large = state.settings.projector || state.windows().any(|(_, window)| window.presenting.on);
    let zoom = f32::from(state.settings.zoom_percent) / 100.0 * if large { PROJECTOR } else { 1.0 };
    if (ctx.zoom_factor() - zoom).abs() > 0.001 {
        ctx.set_zoom_factor(zoom);
    }
}

/// How much larger everything is in front of others.
const PROJECTOR: f32 = 1.35;

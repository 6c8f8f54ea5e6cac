//! All windows: the first, which the program runs in, and each further one in a viewport of its own. All are drawn
//! whenever one is, since all borrow the one model; fonts, theme and zoom are shared.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use egui::{Context, Event, IconData, Id, Ui, Vec2, ViewportBuilder, ViewportClass, ViewportId};

use crate::action::{Action, Actions, DocumentId, SourceId, WindowAction, WindowId};
use crate::state::State;
use crate::ui::view_state::ViewState;
use crate::ui::{View, shell, window_ui};

/// How every window begins.
pub fn begin_window() -> ViewportBuilder {
    ViewportBuilder::default()
        .with_title(PROGRAM)
        .with_app_id("mlops-atlas")
        .with_icon(Arc::clone(&ICON))
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([720.0, 480.0])
}

const PROGRAM: &str = "MLOps Atlas";

/// What the desktop shows for a window where it does not know the installed icon.
static ICON: LazyLock<Arc<IconData>> = LazyLock::new(|| {
    let png = include_bytes!("../../assets/icons/mlops-atlas-128.png");
    Arc::new(eframe::icon_data::from_png_bytes(png).unwrap_or_default())
});

/// How large a window was drawn last.
#[derive(Clone, Copy, Debug)]
pub struct WindowSize {
    /// Width and height in points of the screen, which do not depend on the zoom.
    pub size: Vec2,
    /// Pixels in a point of the screen.
    pub scale: f32,
}

/// What is kept of a window from frame to frame.
#[derive(Debug, Default)]
struct Shown {
    memory: ViewState,
    /// What its frame says.
    title: String,
    size: Option<WindowSize>,
    /// The screen that it was opened on, where it was opened to fill another one.
    monitor: Option<usize>,
}

/// The windows as they are shown.
#[derive(Debug)]
pub struct Windows {
    shown: BTreeMap<WindowId, Shown>,
    /// Whose the keys are where the windows lie inside one.
    keys: WindowId,
}

impl Default for Windows {
    fn default() -> Self {
        Self { shown: BTreeMap::new(), keys: WindowId::MAIN }
    }
}

impl Windows {
    /// What a window remembers.
    pub fn memory(&self, window: WindowId) -> Option<&ViewState> {
        Some(&self.shown.get(&window)?.memory)
    }

    /// How large a window was drawn last; none before it was.
    pub fn size(&self, window: WindowId) -> Option<WindowSize> {
        self.shown.get(&window)?.size
    }

    /// Forgets what was found by its place in another catalog.
    pub fn forget_places(&mut self) {
        self.shown.values_mut().for_each(|shown| shown.memory.forget_places());
    }

    /// Forgets what is remembered of a document that is closed.
    pub fn forget_document(&mut self, document: DocumentId) {
        for shown in self.shown.values_mut() {
            shown.memory.canvases.remove(&document);
        }
    }

    /// Forgets what is remembered of a source that is closed or read again.
    pub fn forget_source(&mut self, source: SourceId) {
        for shown in self.shown.values_mut() {
            shown.memory.charts.forget(source);
        }
    }

    /// Forgets a window that is closed.
    pub fn forget(&mut self, window: WindowId) {
        self.shown.remove(&window);
        if self.keys == window {
            self.keys = WindowId::MAIN;
        }
    }

    /// Brings what the frames say in line with what the windows show; tells the first one's if it is another now.
    pub fn entitle(&mut self, state: &State) -> Option<&str> {
        let mut is_other = false;
        for (window, shows) in state.windows() {
            let title = format!("{} – {PROGRAM}", shell::title_of(state, shows.location()));
            let shown = self.shown.entry(window).or_default();
            if shown.title != title {
                shown.title = title;
                is_other |= window == WindowId::MAIN;
            }
        }
        let main = self.shown.get(&WindowId::MAIN).filter(|_| is_other)?;
        Some(&main.title)
    }

    /// Draws all windows; `ui` is the first one's. `other_monitor` finds a screen that the first one is not on.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        state: &State,
        actions: &mut Actions,
        other_monitor: impl Fn() -> Option<usize>,
    ) {
        let ctx = ui.ctx().clone();
        let is_embedded = ctx.embed_viewports();
        self.keys = if is_embedded { self.who_types(&ctx, state) } else { WindowId::MAIN };
        for (window, shows) in state.windows() {
            let has_keys = !is_embedded || self.keys == window;
            let shown = self.shown.entry(window).or_default();
            if window == WindowId::MAIN {
                shown.draw(ui, (window, has_keys), state, actions);
                continue;
            }
            let presents = shows.presenting.on;
            if shown.size.is_none() && presents {
                shown.monitor = other_monitor();
            }
            let mut builder = begin_window().with_title(shown.title.as_str()).with_fullscreen(presents);
            builder.monitor = shown.monitor;
            ctx.show_viewport_immediate(viewport_of(window), builder, |ui, class| {
                // The input of an embedded window is the first one's.
                let is_own = class != ViewportClass::EmbeddedWindow;
                if is_own && ui.input(|input| input.viewport().close_requested()) {
                    actions.push(Action::Window(window, WindowAction::CloseWindow));
                }
                shown.draw(ui, (window, has_keys), state, actions);
            });
        }
    }

    /// Where the windows lie inside one: the window that was opened or pressed last has the keys.
    fn who_types(&self, ctx: &Context, state: &State) -> WindowId {
        let further = || state.windows().map(|(window, _)| window).filter(|window| *window != WindowId::MAIN);
        let is_new = |window: &WindowId| self.size(*window).is_none();
        if let Some(new) = further().find(is_new) {
            return new;
        }
        let pressed = ctx.input(|input| input.pointer.press_origin().filter(|_| input.pointer.any_pressed()));
        let Some(pressed) = pressed else { return self.keys };
        match ctx.layer_id_at(pressed) {
            // Nothing lies over the first one there.
            None => WindowId::MAIN,
            Some(layer) => {
                further().find(|window| layer.id == Id::unique(viewport_of(*window))).unwrap_or(self.keys)
            }
        }
    }
}

impl Shown {
    fn draw(
        &mut self,
        ui: &mut Ui,
        (window, has_keys): (WindowId, bool),
        state: &State,
        actions: &mut Actions,
    ) {
        let unheard = if has_keys { Vec::new() } else { take_keys(ui) };
        if has_keys {
            take_dropped(ui, window, actions);
        }
        window_ui(ui, &mut View { window, state, memory: &mut self.memory, actions });
        ui.input_mut(|input| input.events.extend(unheard));
        let zoom = ui.ctx().zoom_factor();
        let scale = ui.ctx().pixels_per_point() / zoom;
        self.size = Some(WindowSize { size: ui.max_rect().size() * zoom, scale });
    }
}

fn viewport_of(window: WindowId) -> ViewportId {
    ViewportId::from_hash_of(("window", window.0))
}

/// Takes what is typed away from a window that has not the keys.
fn take_keys(ui: &Ui) -> Vec<Event> {
    let is_typed = |event: &mut Event| {
        matches!(
            event,
            Event::Key { .. } | Event::Text(_) | Event::Copy | Event::Cut | Event::Paste(_) | Event::Ime(_)
        )
    };
    ui.input_mut(|input| input.events.extract_if(.., is_typed).collect())
}

/// Files and folders dropped on a window are opened there.
fn take_dropped(ui: &Ui, window: WindowId, actions: &mut Actions) {
    let dropped = ui.input(|input| {
        let paths = input.raw.dropped_files.iter().map(|file| file.path().to_path_buf());
        paths.collect::<Vec<_>>()
    });
    if !dropped.is_empty() {
        actions.push(Action::Window(window, WindowAction::Open(dropped)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_icon_can_be_read() {
        assert_eq!((ICON.width, ICON.height), (128, 128));
    }
}

//! The interface over a model of one's own, without a window: frames are run and tessellated as a window does, up
//! to where a graphics card would take over.

use std::hint::black_box;

use egui::{Context, Event, MouseWheelUnit, Pos2, RawInput, Rect, Vec2, pos2, vec2};
use mlops_atlas::action::{Action, Actions, Effect, WindowId};
use mlops_atlas::architecture::Architecture;
use mlops_atlas::catalog::Catalog;
use mlops_atlas::settings::Settings;
use mlops_atlas::state::{Content, State, Template};
use mlops_atlas::store::{architecture_files, practice_files};
use mlops_atlas::ui::view_state::ViewState;
use mlops_atlas::ui::{View, theme, window_ui};

/// The area of all frames, in points.
pub const SIZE: Vec2 = vec2(1600.0, 1000.0);

/// An interface and its model.
pub struct Stage {
    context: Context,
    state: State,
    memory: ViewState,
    actions: Actions,
    passes: u32,
}

impl Stage {
    /// The bundled content around a catalog.
    pub fn new(catalog: Catalog) -> Self {
        Self::of(catalog, architecture_files::templates())
    }

    /// The same with other templates.
    pub fn of(catalog: Catalog, templates: impl IntoIterator<Item = Architecture>) -> Self {
        let context = Context::default();
        theme::install(&context, true);
        theme::apply(&context, Some(false));
        let today = catalog.newest_date().unwrap();
        let templates = templates.into_iter().map(Template::new).collect();
        let content = Content { catalog, practice: practice_files::load_bundled().0, templates };
        Self {
            context,
            state: State::new(content, Settings::default(), today),
            memory: ViewState::default(),
            actions: Actions::default(),
            passes: 0,
        }
    }

    /// The model.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Applies an action and returns what the shell would have to do.
    pub fn apply(&mut self, action: impl Into<Action>) -> Vec<Effect> {
        self.state.apply(action.into())
    }

    /// One frame: the actions of the one before, the pass, its tessellation. Returns how many vertices it has.
    pub fn frame(&mut self, events: Vec<Event>) -> usize {
        for action in self.actions.take() {
            // What the shell would do about it takes no part in the frame.
            drop(self.state.apply(action));
        }
        self.passes += 1;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
            max_texture_side: Some(4096),
            time: Some(f64::from(self.passes) / 60.0),
            events,
            ..RawInput::default()
        };
        let output = self.context.run_ui(input, |ui| {
            let (state, memory, actions) = (&self.state, &mut self.memory, &mut self.actions);
            window_ui(ui, &mut View { window: WindowId::MAIN, state, memory, actions });
        });
        let primitives = self.context.tessellate(output.shapes, output.pixels_per_point);
        black_box(&primitives)
            .iter()
            .map(|clipped| match &clipped.primitive {
                egui::epaint::Primitive::Mesh(mesh) => mesh.vertices.len(),
                egui::epaint::Primitive::Callback(_) => 0,
            })
            .sum()
    }

    /// Frames without input until everything has settled.
    pub fn settle(&mut self) {
        for _ in 0..12 {
            self.frame(Vec::new());
        }
    }
}

/// Turning the wheel over a place, in points; the pointer comes along.
pub fn wheel(at: Pos2, delta: Vec2) -> Vec<Event> {
    vec![
        Event::PointerMoved(at),
        Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta,
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: egui::Modifiers::NONE,
        },
    ]
}

/// The pointer at a place that differs from frame to frame.
pub fn hover(frame: u32) -> Vec<Event> {
    let way = (frame % 120) as f32;
    vec![Event::PointerMoved(pos2(700.0 + way * 3.0, 260.0 + way * 2.0))]
}

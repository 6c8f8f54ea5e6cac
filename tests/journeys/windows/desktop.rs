//! A desktop without a screen: what egui asks of one that has windows.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use egui::{
    Context, Event, ImmediateViewport, Key, Modifiers, RawInput, Rect, ViewportBuilder, ViewportEvent,
    ViewportId, ViewportInfo, pos2, vec2,
};

/// What waits for the one further window, and the frames that were drawn in the last pass.
#[derive(Default)]
struct Inner {
    events: Vec<Event>,
    dropped: Vec<PathBuf>,
    closes: bool,
    pass: u64,
    frames: Vec<ViewportBuilder>,
}

pub struct Desktop {
    context: Context,
    inner: Rc<RefCell<Inner>>,
}

impl Desktop {
    /// Gives the further windows of a context frames of their own.
    pub fn open(context: &Context) -> Self {
        let inner = Rc::<RefCell<Inner>>::default();
        let own = Rc::clone(&inner);
        context.set_embed_viewports(false);
        Context::set_immediate_viewport_renderer(move |context, viewport| show(context, viewport, &own));
        Self { context: context.clone(), inner }
    }

    /// The windows of the last pass.
    pub fn frames(&self) -> Vec<ViewportBuilder> {
        let inner = self.inner.borrow();
        if inner.pass + 1 < self.context.cumulative_pass_nr_for(ViewportId::ROOT) {
            return Vec::new();
        }
        inner.frames.clone()
    }

    /// Types a key in the further window.
    pub fn press(&self, modifiers: Modifiers, key: Key) {
        let pressed = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
        self.inner.borrow_mut().events.extend([pressed(true), pressed(false)]);
    }

    /// Drops a file on the further window.
    pub fn drop_file(&self, path: &Path) {
        self.inner.borrow_mut().dropped.push(path.to_owned());
    }

    /// Presses the cross of the further window.
    pub fn close(&self) {
        self.inner.borrow_mut().closes = true;
    }
}

/// Draws a further window into nothing.
fn show(context: &Context, mut viewport: ImmediateViewport<'_>, inner: &RefCell<Inner>) {
    let pass = context.cumulative_pass_nr_for(ViewportId::ROOT);
    let mut input = RawInput {
        viewport_id: viewport.ids.this,
        screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(1200.0, 800.0))),
        focused: true,
        ..RawInput::default()
    };
    {
        let mut inner = inner.borrow_mut();
        if std::mem::replace(&mut inner.pass, pass) != pass {
            inner.frames.clear();
        }
        inner.frames.push(viewport.builder.clone());
        let mut info = ViewportInfo { parent: Some(viewport.ids.parent), ..ViewportInfo::default() };
        info.events.extend(std::mem::take(&mut inner.closes).then_some(ViewportEvent::Close));
        input.viewports.insert(viewport.ids.this, info);
        input.events.append(&mut inner.events);
        input.dropped_files.extend(inner.dropped.drain(..).map(dropped));
    }
    context.run_ui(input, |ui| (viewport.viewport_ui_cb)(ui)).drop_without_applying_deltas();
}

/// A dropped file whose bytes nobody asks for.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("nobody reads it here".to_owned())
    }
}

fn dropped(path: PathBuf) -> egui::DroppedFileHandle {
    std::sync::Arc::new(Dropped(path))
}

//! Runs the interface without a window: the same `ui` code in an egui context of its own.
//!
//! Time moves in fixed steps, nothing animates, and only the fonts that the setup brings are used, so one input
//! gives one picture, on every machine.

use std::io::Write;
use std::time::Duration;

use egui::epaint::ClippedShape;
use egui::style::ScrollAnimation;
use egui::{Color32, Context, Event, FullOutput, RawInput, Rect, Ui, ViewportId, pos2, vec2};
use png::EncodingError;

use super::image::{Image, png_header, unmultiply};
use super::pixels::Raster;
use super::vectors::{Drawing, Link, Missing, Painted, fonts_of};

/// What each pass adds to the clock, in seconds.
const STEP: f32 = 1.0 / 60.0;

/// Passes that a layout may need before it stands, even when nothing asks for another: a table learns its column
/// widths in one, a plot its bounds in the next.
const FEWEST_PASSES: usize = 3;

/// Widest and tallest the font texture may grow, in texels: enough for large text at three times its size.
const TEXTURE_SIDE: usize = 4096;

/// An interface without a window.
pub struct Headless {
    context: Context,
    size_points: [u32; 2],
    scale: f32,
    passes: u32,
    raster: Raster,
    shapes: Vec<ClippedShape>,
    /// Of the last pass: the scale times egui's zoom.
    pixels_per_point: f32,
    repaint_after: Duration,
}

impl Headless {
    /// An area of `size_points` (width, height in points) drawn at `scale` pixels per point (above 0).
    ///
    /// Where the interface zooms itself, the picture keeps its size in pixels and holds fewer points, as a window
    /// does.
    ///
    /// `setup` gives the context its fonts and style, and images their loaders. Bring fonts: there are no built-in
    /// ones, and text without any cannot be laid out.
    pub fn new(size_points: [u32; 2], scale: f32, setup: impl FnOnce(&Context)) -> Self {
        let context = Context::default();
        context.options_mut(|options| options.zoom_with_keyboard = false);
        setup(&context);
        Self {
            context,
            size_points,
            scale,
            passes: 0,
            raster: Raster::new(),
            shapes: Vec::new(),
            pixels_per_point: scale,
            repaint_after: Duration::ZERO,
        }
    }

    /// Makes the area of the next passes as large as this, in points of what is drawn.
    pub fn resize(&mut self, size_points: [u32; 2]) {
        let zoom = self.context.zoom_factor();
        self.size_points = size_points.map(|side| (side as f32 * zoom).ceil() as u32);
    }

    /// Width and height of the picture, in pixels.
    pub fn size_in_pixels(&self) -> [f32; 2] {
        self.size_points.map(|side| (side as f32 * self.scale).round())
    }

    /// The context, for what a caller wants to look up or copy into it between passes.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// Runs one pass with the given input and returns what it put out, its textures already taken over.
    ///
    /// The styles of both themes are stilled before: no animation, no blinking cursor.
    pub fn frame(&mut self, events: Vec<Event>, ui_fn: impl FnMut(&mut Ui)) -> FullOutput {
        self.context.all_styles_mut(|style| {
            style.animation_time = 0.0;
            style.scroll_animation = ScrollAnimation::none();
            style.visuals.text_cursor.blink = false;
        });
        let mut output = self.context.run_ui(self.input(events), ui_fn);
        self.passes += 1;
        self.raster.update(&mut output.textures_delta);
        self.shapes.clone_from(&output.shapes);
        self.pixels_per_point = output.pixels_per_point;
        self.repaint_after =
            output.viewport_output.get(&ViewportId::ROOT).map_or(Duration::MAX, |root| root.repaint_delay);
        output
    }

    /// Runs passes without input until none is asked for, at most `most`, and tells whether it came to rest.
    ///
    /// A pass asked for later than the next step (a clock that ticks each second) does not count as unrest.
    pub fn settle(&mut self, most: usize, mut ui_fn: impl FnMut(&mut Ui)) -> bool {
        for pass in 1..=most {
            // The shapes stay with `self`; the rest of the output is for callers of `frame`.
            drop(self.frame(Vec::new(), &mut ui_fn));
            if pass >= FEWEST_PASSES && self.is_at_rest() {
                return true;
            }
        }
        self.is_at_rest()
    }

    /// Whether the last pass asked for no other within a step.
    fn is_at_rest(&self) -> bool {
        self.repaint_after > Duration::from_secs_f32(STEP)
    }

    /// What the last pass drew, over the theme's panel colour; that colour alone before the first pass.
    pub fn picture(&self) -> Image {
        self.picture_over(self.context.global_style().visuals.panel_fill)
    }

    /// What the last pass drew, over a colour of your own.
    pub fn picture_over(&self, background: Color32) -> Image {
        let size = self.size_points.map(|side| (side as f32 * self.scale).round() as u32);
        let primitives = if self.shapes.is_empty() {
            Vec::new()
        } else {
            self.context.tessellate(self.shapes.clone(), self.pixels_per_point)
        };
        self.raster.paint(&primitives, self.pixels_per_point, size, background)
    }

    /// Writes what the last pass drew as a PNG over the theme's panel colour, as [`Headless::write_png`] does.
    pub fn write_png_over_panel(&self, out: impl Write) -> Result<(), EncodingError> {
        self.write_png(out, self.context.global_style().visuals.panel_fill)
    }

    /// Writes what the last pass drew as a PNG over a colour of your own, band by band: however large it is, only some
    /// megabytes of it are in memory.
    pub fn write_png(&self, out: impl Write, background: Color32) -> Result<(), EncodingError> {
        self.write_shapes(self.shapes.clone(), out, background)
    }

    /// The same where nothing else is made of the pass, which spares a copy of it.
    pub fn into_png(mut self, out: impl Write, background: Color32) -> Result<(), EncodingError> {
        let shapes = std::mem::take(&mut self.shapes);
        self.write_shapes(shapes, out, background)
    }

    fn write_shapes(
        &self,
        shapes: Vec<ClippedShape>,
        out: impl Write,
        background: Color32,
    ) -> Result<(), EncodingError> {
        let size = self.size_points.map(|side| ((side as f32 * self.scale).round() as u32).max(1));
        let primitives = self.context.tessellate(shapes, self.pixels_per_point);
        let mut writer = png_header(out, size[0], size[1])?;
        let mut rows = writer.stream_writer_with_size(1 << 20)?;
        self.raster.paint_bands(&primitives, self.pixels_per_point, size, background, |band| {
            if background.a() != 255 {
                unmultiply(band);
            }
            rows.write_all(band.as_flattened())
        })?;
        rows.finish()?;
        writer.finish()
    }

    /// What the last pass painted, before it becomes triangles; nothing before the first.
    pub fn shapes(&self) -> &[ClippedShape] {
        &self.shapes
    }

    /// What the last pass drew as vectors, over the theme's panel colour. As large as the picture at one pixel a
    /// point. Make it of passes at scale 1, where lines one point wide lie on whole points.
    ///
    /// # Panics
    /// Before the first pass, when there are no fonts yet.
    pub fn drawing(&self, title: &str, missing: Missing) -> Drawing {
        self.drawing_over(title, missing, self.context.global_style().visuals.panel_fill, &[])
    }

    /// The same over a colour of your own, or none, with places that lead to addresses of the web.
    ///
    /// # Panics
    /// Before the first pass, when there are no fonts yet.
    pub fn drawing_over(
        &self,
        title: &str,
        missing: Missing,
        background: Color32,
        links: &[(Rect, Link)],
    ) -> Drawing {
        let size = self.size_points.map(|side| side as f32);
        let painted = Painted {
            shapes: &self.shapes,
            fonts: &self.context.fonts(fonts_of),
            pixels_per_point: self.pixels_per_point,
            area: Rect::from_min_size(pos2(0.0, 0.0), vec2(size[0], size[1]) / self.context.zoom_factor()),
            size,
            background,
            title,
            links,
        };
        Drawing::new(&painted, missing)
    }

    /// The input of the next pass: a focused window of this size, at this pass's time.
    fn input(&self, events: Vec<Event>) -> RawInput {
        let area = vec2(self.size_points[0] as f32, self.size_points[1] as f32);
        let area = Rect::from_min_size(pos2(0.0, 0.0), area / self.context.zoom_factor());
        let mut input = RawInput {
            screen_rect: Some(area),
            max_texture_side: Some(TEXTURE_SIDE),
            time: Some(f64::from(self.passes) * f64::from(STEP)),
            predicted_dt: STEP,
            events,
            ..RawInput::default()
        };
        if let Some(root) = input.viewports.get_mut(&ViewportId::ROOT) {
            root.native_pixels_per_point = Some(self.scale);
            root.inner_rect = Some(area);
            root.focused = Some(true);
        }
        input
    }
}

//! A second context beside a window's, to draw what the window shows into a file.

use egui::Context;

use super::headless::Headless;
use super::vectors::fonts_of;
use crate::ui::theme;
use crate::ui::windows::WindowSize;

/// An interface without a screen that shows what the window shows.
///
/// It is as large (`size`; as the context's own window where that is not known) and has its fonts, theme and memory:
/// what is scrolled or unfolded there is so here. In pixels it is as sharp as the window; for vectors one pixel is one
/// point.
///
/// # Panics
/// Before the window's first pass, when it has no fonts yet.
pub fn twin(window: &Context, size: Option<WindowSize>, in_pixels: bool) -> Headless {
    let size = size.unwrap_or_else(|| {
        let zoom = window.zoom_factor();
        WindowSize { size: window.viewport_rect().size() * zoom, scale: window.pixels_per_point() / zoom }
    });
    let points = size.size.round();
    let scale = if in_pixels { size.scale } else { 1.0 };
    let memory = window.memory(Clone::clone);
    let (fonts, mode) = (window.fonts(fonts_of), window.theme());
    Headless::new([points.x as u32, points.y as u32], scale, |own| {
        own.memory_mut(|own| *own = memory);
        theme::install(own, true);
        // A request for fonts lives in the memory, so this comes after it.
        own.set_fonts(fonts);
        own.set_theme(mode);
    })
}

//! A second context beside a window's, to draw what the window shows into a file.

use egui::Context;

use super::headless::Headless;
use super::vectors::fonts_of;
use crate::ui::theme;

/// An interface without a screen that shows what the window shows.
///
/// It is as large and has its fonts, theme and memory: what is scrolled or unfolded there is so here. In pixels it is
/// as sharp as the window; for vectors one pixel is one point.
///
/// # Panics
/// Before the window's first pass, when it has no fonts yet.
pub fn twin(window: &Context, in_pixels: bool) -> Headless {
    let zoom = window.zoom_factor();
    let size = (window.viewport_rect().size() * zoom).round();
    let scale = if in_pixels { window.pixels_per_point() / zoom } else { 1.0 };
    let memory = window.memory(Clone::clone);
    let (fonts, mode) = (window.fonts(fonts_of), window.theme());
    Headless::new([size.x as u32, size.y as u32], scale, |own| {
        own.memory_mut(|own| *own = memory);
        theme::install(own, true);
        // A request for fonts lives in the memory, so this comes after it.
        own.set_fonts(fonts);
        own.set_theme(mode);
    })
}

//! A sheet as the bytes of a file, drawn without a window.

use std::sync::Arc;

use egui::{Color32, Context};
use egui_system_font_provider::SystemFontProvider;

use super::Sheet;
use crate::architecture::export::{Fitted, Ground, PictureForm, Words};
use crate::ui::export::headless::Headless;
use crate::ui::export::image::Image;
use crate::ui::export::vectors::{Missing, OnPage, VectorError};
use crate::ui::theme;

/// As many pixels as are held at once, four bytes each.
pub const MOST_PIXELS: f32 = 160e6;

/// Why a sheet could not be printed.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// The picture would not fit into memory.
    #[error(
        "the picture would be {0:.0} by {1:.0} pixels, and {pixels:.0} million are the most; choose a smaller scale, a \
         PDF or an SVG",
        pixels = MOST_PIXELS / 1e6
    )]
    TooManyPixels(f32, f32),
    /// PNG refused it.
    #[error("the picture could not be encoded: {0}")]
    Encoding(#[from] png::EncodingError),
    /// The vectors could not be converted.
    #[error(transparent)]
    Vectors(#[from] VectorError),
}

impl Sheet {
    /// The bytes of a file.
    ///
    /// Letters that the shipped fonts lack are drawn with fonts of the system, if it has them.
    pub fn print(&self, form: PictureForm) -> Result<Vec<u8>, PrintError> {
        match form {
            PictureForm::Png => Ok(self.image()?.to_png()?),
            PictureForm::Svg => {
                let drawing =
                    self.drawn(1.0).drawing_over(&self.title(), Missing::Keep, self.ground(), &self.links());
                Ok(match self.options.words {
                    Words::Outlines => drawing.outlined()?.into_bytes(),
                    Words::Text => drawing.svg().as_bytes().to_vec(),
                    Words::Fonts => drawing.with_fonts(&theme::shipped_fonts()).into_bytes(),
                })
            }
            PictureForm::Pdf => {
                let drawing = self.drawn(1.0).drawing_over(
                    &self.title(),
                    Missing::Replace,
                    self.ground(),
                    &self.links(),
                );
                let page = |size| {
                    let Fitted { page, at, factor } = self.options.page.fit(size);
                    OnPage { page, at, factor }
                };
                Ok(drawing.pdf_on(page)?)
            }
        }
    }

    /// The picture itself.
    pub fn image(&self) -> Result<Image, PrintError> {
        let scale = f32::from(self.options.scale);
        let pixels = self.size().ceil() * scale;
        if pixels.x * pixels.y > MOST_PIXELS {
            return Err(PrintError::TooManyPixels(pixels.x, pixels.y));
        }
        Ok(self.drawn(scale).picture_over(self.ground()))
    }

    /// What lies under everything.
    fn ground(&self) -> Color32 {
        if self.options.transparent { Color32::TRANSPARENT } else { self.theme().color.canvas }
    }

    fn drawn(&self, scale: f32) -> Headless {
        let size = self.size().ceil();
        let is_dark = self.options.ground == Ground::Dark;
        let setup = |ctx: &Context| {
            theme::install(ctx, true);
            theme::apply(ctx, Some(is_dark));
            ctx.add_font_provider(Arc::new(SystemFontProvider::new()));
        };
        let mut headless = Headless::new([size.x as u32, size.y as u32], scale, setup);
        // Only what is laid out knows what is cut, and fonts of the system are found when they are asked for.
        let mut noted = self.clone();
        headless.settle(4, |ui| noted = self.clone().noted(ui.painter()));
        let size = noted.size().ceil();
        headless.resize([size.x as u32, size.y as u32]);
        headless.settle(4, |ui| noted.paint(ui.painter(), ui.ctx().viewport_rect().min, 1.0, true));
        headless
    }
}

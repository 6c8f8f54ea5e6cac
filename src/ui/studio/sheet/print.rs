//! A sheet as the bytes of a file, drawn without a window.

use std::sync::Arc;

use egui::{Color32, Context, Vec2};
use egui_system_font_provider::SystemFontProvider;

use super::Sheet;
use crate::architecture::export::{Ground, PictureForm, Words};
use crate::ui::export::headless::Headless;
use crate::ui::export::image::Image;
use crate::ui::export::vectors::{Drawing, Missing, VectorError};
use crate::ui::theme;

/// As many pixels as a file may have, each way and in all: more is opened by hardly any program.
const MOST_SIDE: f32 = 65_000.0;
const MOST_PIXELS: f32 = 1_000e6;
/// As many as are held in memory at once, four bytes each, and handed to the clipboard.
const MOST_COPIED: f32 = 64e6;

/// A pass in which fonts of the system are found, and one in which they are used; nothing else needs another.
const PASSES: usize = 2;

/// Why a sheet could not be printed.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// Hardly any program would open the picture.
    #[error(
        "the picture would be {0:.0} by {1:.0} pixels, and {most:.0} million are the most; choose a smaller scale, a PDF or \
         an SVG",
        most = .2 / 1e6
    )]
    TooManyPixels(f32, f32, f32),
    /// PNG refused it.
    #[error("the picture could not be encoded: {0}")]
    Encoding(#[from] png::EncodingError),
    /// The vectors could not be converted.
    #[error(transparent)]
    Vectors(#[from] VectorError),
}

/// A printed sheet.
#[derive(Debug)]
pub struct Printed {
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// Letters that no font has, as far as that is known: boxes stand for them.
    pub unseen: Vec<String>,
}

impl Sheet {
    /// The bytes of a file.
    ///
    /// Letters that the shipped fonts lack are drawn with fonts of the system, if it has them.
    pub fn print(&self, form: PictureForm) -> Result<Printed, PrintError> {
        match form {
            PictureForm::Png => {
                let (sheet, view) = self.laid_out(f32::from(self.options.scale), MOST_PIXELS)?;
                let mut bytes = Vec::new();
                view.into_png(&mut bytes, sheet.ground())?;
                // Pixels do not tell which letters they are, so the vectors are asked, where there may be any.
                let unseen = if self.has_far_letters() {
                    self.drawing(Missing::Replace)?.unseen().map(str::to_owned).collect()
                } else {
                    Vec::new()
                };
                Ok(Printed { bytes, unseen })
            }
            PictureForm::Svg => {
                // Whoever opens a text with fonts of their own may have the letters; an outline cannot be mended.
                let missing = match self.options.words {
                    Words::Text => Missing::Keep,
                    Words::Outlines | Words::Fonts => Missing::Replace,
                };
                let drawing = self.drawing(missing)?;
                let text = match self.options.words {
                    Words::Outlines => drawing.outlined()?,
                    Words::Text => drawing.svg().to_owned(),
                    Words::Fonts => {
                        drawing.with_fonts(|name| theme::shipped_fonts().font_data.contains_key(name))
                    }
                };
                Ok(Printed {
                    bytes: text.into_bytes(),
                    unseen: drawing.unseen().map(str::to_owned).collect(),
                })
            }
            PictureForm::Pdf => {
                let drawing = self.drawing(Missing::Replace)?;
                let bytes = drawing.pdf_on(|size| self.options.page.fit(size))?;
                Ok(Printed { bytes, unseen: drawing.unseen().map(str::to_owned).collect() })
            }
        }
    }

    /// The picture itself, for the clipboard.
    pub fn image(&self) -> Result<Image, PrintError> {
        let (sheet, view) = self.laid_out(f32::from(self.options.scale), MOST_COPIED)?;
        Ok(view.picture_over(sheet.ground()))
    }

    fn drawing(&self, missing: Missing) -> Result<Drawing, PrintError> {
        let (sheet, view) = self.laid_out(1.0, f32::INFINITY)?;
        Ok(view.drawing_over(&sheet.title(), missing, sheet.ground(), &sheet.links()))
    }

    /// Whether a name has letters that the shipped fonts may lack: any beyond the Latin ones.
    fn has_far_letters(&self) -> bool {
        let drawing = &self.taken.drawing;
        let names = drawing.nodes.values().flat_map(|node| node.tools.iter().chain([&node.label]));
        names.chain([&drawing.title]).any(|name| name.chars().any(|letter| letter > '\u{24f}'))
    }

    /// What lies under everything.
    fn ground(&self) -> Color32 {
        if self.options.transparent { Color32::TRANSPARENT } else { self.grounds()[0] }
    }

    /// It with its notes, drawn at a scale; not where that would be more pixels than `most`.
    fn laid_out(&self, scale: f32, most: f32) -> Result<(Self, Headless), PrintError> {
        let is_dark = self.options.ground == Ground::Dark;
        let setup = |ctx: &Context| {
            theme::install(ctx, true);
            theme::apply(ctx, Some(is_dark));
            ctx.add_font_provider(Arc::new(SystemFontProvider::new()));
        };
        let points = |size: Vec2| [size.x.ceil() as u32, size.y.ceil() as u32];
        let mut headless = Headless::new(points(self.size()), scale, setup);
        // Only what is laid out knows what is cut, and fonts of the system are found when they are asked for.
        let mut noted = None;
        for _ in 0..PASSES {
            drop(headless.frame(Vec::new(), |ui| noted = Some(self.noted(ui.painter()))));
        }
        let noted = noted.unwrap_or_else(|| self.clone());
        let pixels = noted.size().ceil() * scale;
        if pixels.x * pixels.y > most || (most.is_finite() && pixels.max_elem() > MOST_SIDE) {
            return Err(PrintError::TooManyPixels(pixels.x, pixels.y, most));
        }
        headless.resize(points(noted.size()));
        for _ in 0..PASSES {
            let paint = |ui: &mut egui::Ui| {
                noted.paint(ui.painter(), ui.ctx().viewport_rect().min, 1.0, true);
            };
            drop(headless.frame(Vec::new(), paint));
        }
        Ok((noted, headless))
    }
}

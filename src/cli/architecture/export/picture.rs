//! The words of `architecture export` that say how a picture is made.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser as _, ValueParser};

use crate::architecture::export::{Ground, MOST_SCALE, Page, PictureForm, PictureOptions, Target, Words};

/// How a picture is made, as the command line says it.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Pictures (svg, png, pdf, and that of a report)")]
#[expect(clippy::struct_excessive_bools, reason = "each is a word of the command line")]
pub struct PictureArguments {
    /// Pixels per point of a PNG, 2 if left out
    #[arg(long, value_name = "1-4", value_parser = clap::value_parser!(u8).range(1..=i64::from(MOST_SCALE)))]
    pub scale: Option<u8>,
    /// Leave the ground of a PNG or an SVG out
    #[arg(long)]
    pub transparent: bool,
    /// The page of a PDF: as large as the drawing, or fitted to paper
    #[arg(long, value_name = "PAGE", default_value = "drawing", value_parser = pages())]
    pub page: Page,
    /// The words of an SVG: outlines, which look the same everywhere; text, whose fonts are looked for by name where it is
    /// opened; or text with its fonts in the file, for browsers
    #[arg(long, value_name = "WORDS", default_value = "outlines", value_parser = words())]
    pub words: Words,
    /// The ground and its theme
    #[arg(long, value_name = "GROUND", default_value = "light", value_parser = grounds())]
    pub theme: Ground,
    /// Leave title and key out
    #[arg(long)]
    pub bare: bool,
    /// Do not mark findings on boxes
    #[arg(long)]
    pub unmarked: bool,
    /// Name what flows, where there is room
    #[arg(long)]
    pub flows: bool,
}

fn pages() -> ValueParser {
    // Only names of pages get through the first parser.
    PossibleValuesParser::new(Page::ALL.map(Page::id)).map(|id| Page::from_id(&id).unwrap_or_default()).into()
}

fn grounds() -> ValueParser {
    PossibleValuesParser::new(Ground::ALL.map(Ground::id))
        .map(|id| Ground::from_id(&id).unwrap_or_default())
        .into()
}

fn words() -> ValueParser {
    PossibleValuesParser::new(Words::ALL.map(Words::id))
        .map(|id| Words::from_id(&id).unwrap_or_default())
        .into()
}

/// The formats with a picture.
pub(super) const PICTURES: &str = "svg, png, pdf and markdown with --out";

impl PictureArguments {
    /// A word that does nothing for a format, with the formats that it is for.
    pub fn idle(&self, format: Target, has_picture: bool) -> Option<(&'static str, &'static str)> {
        let form = if let Target::Picture(form) = format { Some(form) } else { None };
        let is = |forms: &[PictureForm]| form.is_some_and(|form| forms.contains(&form));
        [
            (self.page != Page::default() && !is(&[PictureForm::Pdf]), "--page", "pdf"),
            (self.scale.is_some() && !is(&[PictureForm::Png]), "--scale", "png"),
            (self.words != Words::default() && !is(&[PictureForm::Svg]), "--words", "svg"),
            (self.transparent && !is(&[PictureForm::Svg, PictureForm::Png]), "--transparent", "svg and png"),
            (self.theme != Ground::default() && !has_picture, "--theme", PICTURES),
            (self.bare && !has_picture, "--bare", PICTURES),
            (self.unmarked && !has_picture, "--unmarked", PICTURES),
            (self.flows && !has_picture, "--flows", PICTURES),
        ]
        .into_iter()
        .find_map(|(is_idle, word, formats)| is_idle.then_some((word, formats)))
    }

    /// The same for the model.
    pub fn options(&self) -> PictureOptions {
        PictureOptions {
            ground: self.theme,
            head: !self.bare,
            marks: !self.unmarked,
            flows: self.flows,
            page: self.page,
            scale: self.scale.unwrap_or_else(|| PictureOptions::default().scale),
            transparent: self.transparent,
            words: self.words,
        }
    }
}

//! A view as a vector drawing: SVG with real text, and PDF whose text can be selected.
//!
//! What the interface painted is taken as shapes, before they become triangles, so a drawing and the window come from
//! the same code. Words stay words; icons become outlines, since their characters mean something in their font only.
//! Three things have no exact vector form and are counted ([`Drawing::left_out`]): paint callbacks, pictures, and
//! meshes with free colours. The program draws none of them, and a house rule keeps it so.

mod book;
mod curves;
mod lines;
mod meshes;
mod number;
mod pdf;
mod pen;
mod pieces;
mod rects;
mod runs;
mod shapes;
mod texts;

use std::sync::Arc;

use egui::epaint::ClippedShape;
use egui::{Color32, FontDefinitions, Rect};
use usvg::fontdb::Database;
use usvg::{FontResolver, Options, Tree, WriteOptions};

use book::Book;
pub use book::fonts_of;
use pen::Pen;

/// Why a drawing could not be converted; both would be defects.
#[derive(Debug, thiserror::Error)]
pub enum VectorError {
    /// The drawing is no SVG that can be read.
    #[error("the drawing could not be read as SVG: {0}")]
    Svg(#[from] usvg::Error),
    /// It could not be made a PDF.
    #[error("the drawing could not be made a PDF: {0}")]
    Pdf(String),
}

/// What is written for characters that no font has, and for which egui draws boxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The characters themselves: who opens the drawing may have a font.
    Keep,
    /// U+FFFD: all of them are one glyph, whose text would be that of whichever came last.
    Replace,
}

/// What was painted, and how it is to be drawn.
#[derive(Debug)]
pub struct Painted<'a> {
    /// The shapes in their order.
    pub shapes: &'a [ClippedShape],
    /// The fonts that their texts were laid out with.
    pub fonts: &'a FontDefinitions,
    /// What they were laid out for.
    pub pixels_per_point: f32,
    /// What is shown of them, in points.
    pub area: Rect,
    /// Width and height that the drawing is to have.
    pub size: [f32; 2],
    /// The ground.
    pub background: Color32,
    /// Its title.
    pub title: &'a str,
}

/// A vector drawing.
#[derive(Debug)]
pub struct Drawing {
    svg: String,
    fonts: Arc<Database>,
    title: String,
    left_out: usize,
}

impl Drawing {
    /// Draws what was painted.
    pub fn new(painted: &Painted<'_>, missing: Missing) -> Self {
        let mut pen = Pen::new(painted.pixels_per_point, missing);
        let mut book = Book::new(painted.fonts);
        shapes::draw(&mut pen, &mut book, painted.shapes);
        let left_out = pen.left_out;
        let svg = pen.finish(painted.title, painted.size, painted.area, painted.background);
        Self { svg, fonts: book.into_fonts(), title: painted.title.to_owned(), left_out }
    }

    /// The document, with words as text. Where it is opened, its fonts are looked for by name.
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// How many shapes have no vector form and are not drawn.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// The drawing as `usvg` reads it, with exactly the fonts that the text was laid out with.
    pub fn tree(&self) -> Result<Tree, VectorError> {
        let options = Options {
            fontdb: Arc::clone(&self.fonts),
            font_resolver: FontResolver {
                // A missing glyph must not become one of another font in silence.
                select_fallback: Box::new(|_, _, _| None),
                ..FontResolver::default()
            },
            ..Options::default()
        };
        Ok(Tree::from_str(&self.svg, &options)?)
    }

    /// The document with words as outlines: it needs no font anywhere, and nobody can search it.
    pub fn outlined(&self) -> Result<String, VectorError> {
        let options =
            WriteOptions { preserve_text: false, coordinates_precision: 2, ..WriteOptions::default() };
        Ok(self.tree()?.to_string(&options))
    }

    /// A PDF of one page, one point of it being one of the drawing's size.
    pub fn pdf(&self) -> Result<Vec<u8>, VectorError> {
        pdf::pdf(&self.tree()?, &self.title)
    }
}

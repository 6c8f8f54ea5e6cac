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
use egui::{Color32, FontDefinitions, Pos2, Rect};
use usvg::fontdb::Database;
use usvg::{FontResolver, Options, Tree, WriteOptions};

use crate::architecture::export::Fitted;
use book::Book;
pub use book::fonts_of;
use number::Number;
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
    /// The boxes that egui draws, as outlines, since all of them would be one glyph, whose text were that of whichever came last; what they
    /// are is told beside the picture.
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
    /// The ground; none where it is transparent.
    pub background: Color32,
    /// Its title.
    pub title: &'a str,
    /// What leads to which address of the web, in points.
    pub links: &'a [(Rect, Link)],
}

/// What leads to an address of the web.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it is, in words.
    pub name: String,
    /// The address.
    pub url: String,
}

/// A vector drawing.
#[derive(Debug)]
pub struct Drawing {
    svg: String,
    fonts: Arc<Database>,
    title: String,
    background: Color32,
    links: Vec<(Rect, Link)>,
    unseen: Vec<Unseen>,
    faces: Vec<book::Used>,
    left_out: usize,
}

/// Letters that no font has: they are read all the same.
#[derive(Clone, Debug, PartialEq)]
struct Unseen {
    /// Left end and baseline, in points.
    at: Pos2,
    /// How wide and how high the letters are, in points.
    size: [f32; 2],
    /// They.
    text: String,
}

impl Drawing {
    /// Draws what was painted.
    pub fn new(painted: &Painted<'_>, missing: Missing) -> Self {
        let mut pen = Pen::new(painted.pixels_per_point, missing);
        let mut book = Book::new(painted.fonts);
        shapes::draw(&mut pen, &mut book, painted.shapes);
        let left_out = pen.left_out;
        let unseen = std::mem::take(&mut pen.unseen);
        let faces = book.used(&pen.faces);
        let svg = pen.finish(painted);
        Self {
            svg,
            fonts: book.into_fonts(),
            title: painted.title.to_owned(),
            background: painted.background,
            links: painted.links.to_vec(),
            unseen,
            faces,
            left_out,
        }
    }

    /// The document, with words as text. Where it is opened, its fonts are looked for by name.
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// The same with its fonts in it, for browsers: whole, some hundred kilobytes each. `may` says of the name of a font in
    /// the definitions whether it may be handed on.
    pub fn with_fonts(&self, may: impl Fn(&str) -> bool) -> String {
        let faces: String =
            self.faces.iter().filter(|face| may(&face.name)).map(book::Used::css_with_bytes).collect();
        let end = self.svg.find("<defs>").unwrap_or(0);
        format!("{}<style>\n{faces}</style>\n{}", &self.svg[..end], &self.svg[end..])
    }

    /// The letters that no font has, as they were written, in the order of their places.
    pub fn unseen(&self) -> impl Iterator<Item = &str> {
        self.unseen.iter().map(|unseen| unseen.text.as_str())
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
        let tree = self.tree()?;
        let outlined = tree.to_string(&options);
        // Outlines are all that is left of the document, so what else it says is said again: how it is scaled, what it is
        // called, where it leads.
        let (Some(root), Some(foot)) = (outlined.find("<svg "), outlined.rfind("</svg>")) else {
            return Ok(outlined);
        };
        let Some(head) = outlined[root..].find('>').map(|at| root + at) else { return Ok(outlined) };
        let (width, height) = (Number(tree.size().width()), Number(tree.size().height()));
        Ok(format!(
            "{} viewBox=\"0 0 {width} {height}\" style=\"{}\">{}{}{}{}",
            &outlined[..head],
            pen::FITS,
            pen::title(&self.title),
            &outlined[head + 1..foot],
            pen::links(&self.links),
            &outlined[foot..]
        ))
    }

    /// A PDF of one page, one point of it being one of the drawing's size.
    pub fn pdf(&self) -> Result<Vec<u8>, VectorError> {
        self.pdf_on(|[width, height]| Fitted { page: [width, height], at: [0.0, 0.0], factor: 1.0 })
    }

    /// The same on a page that is chosen by the drawing's width and height; its ground goes to the page's edges.
    pub fn pdf_on(&self, page: impl FnOnce([f32; 2]) -> Fitted) -> Result<Vec<u8>, VectorError> {
        let tree = self.tree()?;
        let on = page([tree.size().width(), tree.size().height()]);
        let leaf = pdf::Leaf {
            title: &self.title,
            on,
            ground: self.background,
            links: &self.links,
            unseen: &self.unseen,
        };
        pdf::pdf(&tree, &leaf)
    }
}

//! A PDF of one page from an SVG tree: text stays text, its fonts are embedded, nothing is fetched.

use std::collections::BTreeMap;

use egui::{Color32, Rect};
use pdf_writer::types::{ActionType, AnnotationType};
use pdf_writer::{Content, Finish as _, Name, Pdf, Rect as Area, Ref, Str, TextStr};
use svg2pdf::ConversionOptions;
use usvg::Tree;

use super::{OnPage, VectorError};

/// What a page is beside its drawing.
pub(super) struct Leaf<'a> {
    /// Its title.
    pub title: &'a str,
    /// Where the drawing lies on it.
    pub on: OnPage,
    /// What covers all of it; nothing where this is transparent.
    pub ground: Color32,
    /// What leads to which address, in the drawing's points.
    pub links: &'a [(Rect, String)],
}

/// The bytes of the document. The same tree gives the same page; the order of its fonts in the file may differ.
pub(super) fn pdf(tree: &Tree, leaf: &Leaf<'_>) -> Result<Vec<u8>, VectorError> {
    let (chunk, drawing) = svg2pdf::to_chunk(tree, ConversionOptions::default())
        .map_err(|error| VectorError::Pdf(error.to_string()))?;
    let mut next = Ref::new(1);
    let [catalog, pages, page, content, info] = [(); 5].map(|()| next.bump());
    let mut numbers = BTreeMap::new();
    let chunk = chunk.renumber(|old| *numbers.entry(old).or_insert_with(|| next.bump()));
    let drawing = numbers.get(&drawing).copied().ok_or_else(|| VectorError::Pdf("it is empty".to_owned()))?;
    let OnPage { page: [page_width, page_height], at: [left, top], factor } = leaf.on;
    let (width, height) = (tree.size().width() * factor, tree.size().height() * factor);
    let name = Name(b"View");

    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(pages).lang(TextStr("en"));
    pdf.pages(pages).kids([page]).count(1);
    let links: Vec<(Ref, &(Rect, String))> = leaf.links.iter().map(|link| (next.bump(), link)).collect();
    let mut writer = pdf.page(page);
    writer.media_box(Area::new(0.0, 0.0, page_width, page_height)).parent(pages).contents(content);
    writer.resources().x_objects().pair(name, drawing);
    if !links.is_empty() {
        writer.annotations(links.iter().map(|(number, _)| *number));
    }
    writer.finish();
    for (number, (rect, url)) in links {
        let (x, y) = (|x: f32| left + x * factor, |y: f32| page_height - top - y * factor);
        let mut link = pdf.annotation(number);
        link.subtype(AnnotationType::Link);
        link.rect(Area::new(x(rect.min.x), y(rect.max.y), x(rect.max.x), y(rect.min.y)));
        link.border(0.0, 0.0, 0.0, None);
        link.action().action_type(ActionType::Uri).uri(Str(url.as_bytes()));
    }
    let mut page_content = Content::new();
    if leaf.ground.a() > 0 {
        let [red, green, blue, _] = leaf.ground.to_normalized_gamma_f32();
        page_content.save_state().set_fill_rgb(red, green, blue);
        page_content.rect(0.0, 0.0, page_width, page_height).fill_nonzero().restore_state();
    }
    // The drawing is one point wide and high.
    page_content.transform([width, 0.0, 0.0, height, left, page_height - top - height]).x_object(name);
    pdf.stream(content, &page_content.finish());
    pdf.document_info(info).title(TextStr(leaf.title)).producer(TextStr("MLOps Atlas"));
    pdf.extend(&chunk);
    Ok(pdf.finish())
}

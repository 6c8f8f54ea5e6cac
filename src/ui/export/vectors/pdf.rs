//! A PDF of one page from an SVG tree: text stays text, its fonts are embedded, nothing is fetched.

use std::collections::BTreeMap;

use pdf_writer::{Content, Finish as _, Name, Pdf, Rect, Ref, TextStr};
use svg2pdf::ConversionOptions;
use usvg::Tree;

use super::VectorError;

/// The bytes of the document. The same tree gives the same page; the order of its fonts in the file may differ.
pub(super) fn pdf(tree: &Tree, title: &str) -> Result<Vec<u8>, VectorError> {
    let (chunk, drawing) = svg2pdf::to_chunk(tree, ConversionOptions::default())
        .map_err(|error| VectorError::Pdf(error.to_string()))?;
    let mut next = Ref::new(1);
    let [catalog, pages, page, content, info] = [(); 5].map(|()| next.bump());
    let mut numbers = BTreeMap::new();
    let chunk = chunk.renumber(|old| *numbers.entry(old).or_insert_with(|| next.bump()));
    let drawing = numbers.get(&drawing).copied().ok_or_else(|| VectorError::Pdf("it is empty".to_owned()))?;
    let (width, height) = (tree.size().width(), tree.size().height());
    let name = Name(b"View");

    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(pages).lang(TextStr("en"));
    pdf.pages(pages).kids([page]).count(1);
    let mut writer = pdf.page(page);
    writer.media_box(Rect::new(0.0, 0.0, width, height)).parent(pages).contents(content);
    writer.resources().x_objects().pair(name, drawing);
    writer.finish();
    // The drawing is one point wide and high.
    let mut page_content = Content::new();
    page_content.transform([width, 0.0, 0.0, height, 0.0, 0.0]).x_object(name);
    pdf.stream(content, &page_content.finish());
    pdf.document_info(info).title(TextStr(title)).producer(TextStr("MLOps Atlas"));
    pdf.extend(&chunk);
    Ok(pdf.finish())
}

//! A PDF of one page from an SVG tree: text stays text, its fonts are embedded, nothing is fetched.

use std::collections::BTreeMap;

use egui::{Color32, Rect};
use pdf_writer::types::{ActionType, AnnotationType};
use pdf_writer::{Content, Finish as _, Name, Pdf, Rect as Area, Ref, Str, TextStr};
use svg2pdf::ConversionOptions;
use usvg::Tree;

use super::number::append;
use super::{Link, Unseen, VectorError};
use crate::architecture::export::Fitted;

/// What a page is beside its drawing.
pub(super) struct Leaf<'a> {
    /// Its title.
    pub title: &'a str,
    /// Where the drawing lies on it.
    pub on: Fitted,
    /// What covers all of it; nothing where this is transparent.
    pub ground: Color32,
    /// What leads to which address, in the drawing's points.
    pub links: &'a [(Rect, Link)],
    /// What is read though no font draws it, in the drawing's points.
    pub unseen: &'a [Unseen],
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
    let Fitted { page: [page_width, page_height], at: [left, top], factor } = leaf.on;
    let (width, height) = (tree.size().width() * factor, tree.size().height() * factor);
    let name = Name(b"View");

    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(pages).lang(TextStr("en"));
    pdf.pages(pages).kids([page]).count(1);
    let letters = (!leaf.unseen.is_empty()).then(|| [next.bump(), next.bump()]);
    let links: Vec<(Ref, &(Rect, Link))> = leaf.links.iter().map(|link| (next.bump(), link)).collect();
    let mut writer = pdf.page(page);
    writer.media_box(Area::new(0.0, 0.0, page_width, page_height)).parent(pages).contents(content);
    let mut resources = writer.resources();
    resources.x_objects().pair(name, drawing);
    if let Some([font, _]) = letters {
        resources.fonts().pair(NO_LETTER, font);
    }
    resources.finish();
    if !links.is_empty() {
        writer.annotations(links.iter().map(|(number, _)| *number));
    }
    writer.finish();
    for (number, (rect, to)) in links {
        let (x, y) = (|x: f32| left + x * factor, |y: f32| page_height - top - y * factor);
        let mut link = pdf.annotation(number);
        link.subtype(AnnotationType::Link);
        link.rect(Area::new(x(rect.min.x), y(rect.max.y), x(rect.max.x), y(rect.min.y)));
        link.border(0.0, 0.0, 0.0, None);
        link.contents(TextStr(&to.name));
        link.action().action_type(ActionType::Uri).uri(Str(ascii(&to.url).as_bytes()));
    }
    let mut page_content = Content::new();
    if leaf.ground.a() > 0 {
        let [red, green, blue, _] = leaf.ground.to_normalized_gamma_f32();
        page_content.save_state().set_fill_rgb(red, green, blue);
        page_content.rect(0.0, 0.0, page_width, page_height).fill_nonzero().restore_state();
    }
    if let Some([font, glyph]) = letters {
        without_letters(&mut pdf, font, glyph);
        for unseen in leaf.unseen {
            let (x, y) = (left + unseen.at.x * factor, page_height - top - unseen.at.y * factor);
            tell(&mut page_content, unseen, [x, y], factor);
        }
    }
    // The drawing is one point wide and high.
    page_content.transform([width, 0.0, 0.0, height, left, page_height - top - height]).x_object(name);
    pdf.stream(content, &page_content.finish());
    pdf.document_info(info).title(TextStr(leaf.title)).producer(TextStr("MLOps Atlas"));
    pdf.extend(&chunk);
    Ok(pdf.finish())
}

/// A font of one letter that draws nothing.
const NO_LETTER: Name<'_> = Name(b"Nothing");

/// Writes that font: its one letter is as wide as it is high.
fn without_letters(pdf: &mut Pdf, font: Ref, glyph: Ref) {
    let mut writer = pdf.type3_font(font);
    writer.name(NO_LETTER).bbox(Area::new(0.0, 0.0, 1.0, 1.0)).matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
    writer.char_procs().pair(Name(b"nothing"), glyph);
    writer.encoding_custom().differences().consecutive(b'n', [Name(b"nothing")]);
    writer.first_char(b'n').last_char(b'n').widths([1.0]);
    writer.finish();
    let mut content = Content::new();
    content.start_shape_glyph(1.0, 0.0, 0.0, 1.0, 1.0);
    pdf.stream(glyph, &content.finish());
}

/// Lays that letter over a place and says what it stands for, as ISO 32000 has it for letters without a glyph (14.9.4).
fn tell(content: &mut Content, unseen: &Unseen, [x, y]: [f32; 2], factor: f32) {
    let [width, height] = unseen.size.map(|side| (side * factor).max(0.01));
    // Scaling of text outlives the text.
    content.save_state();
    let mut marked = content.begin_marked_content_with_properties(Name(b"Span"));
    marked.properties().actual_text(TextStr(&unseen.text));
    marked.finish();
    content.begin_text().set_font(NO_LETTER, height).set_horizontal_scaling(100.0 * width / height);
    content.set_text_matrix([1.0, 0.0, 0.0, 1.0, x, y]).show(Str(b"n")).end_text();
    content.end_marked_content().restore_state();
}

/// An address in the letters that PDF takes: all others as the bytes of UTF-8 in percent form (RFC 3986, 2.5).
fn ascii(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_graphic() {
            out.push(char::from(byte));
        } else {
            append(&mut out, format_args!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::ascii;

    #[test]
    fn an_address_is_ascii_whatever_its_letters() {
        assert_eq!(ascii("https://a.dev/x?y=%20&z"), "https://a.dev/x?y=%20&z");
        // ü is C3 BC in UTF-8.
        assert_eq!(ascii("https://a.dev/\u{fc}b er"), "https://a.dev/%C3%BCb%20er");
    }
}

//! Reads drawings back: their words through a parser of its own, their pixels through resvg.

use egui::Rect;
use egui::epaint::{ClippedShape, Shape};
use mlops_atlas::ui::export::image::Image;
use mlops_atlas::ui::export::vectors::Drawing;
use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::Event;

/// The content of every `text` element of a document that a second parser takes for whole.
pub fn texts(svg: &str) -> Vec<String> {
    let mut reader = Reader::from_str(svg);
    let (mut texts, mut depth, mut inside) = (Vec::new(), 0, false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                depth += 1;
                if start.name().as_ref() == b"text" {
                    inside = true;
                    texts.push(String::new());
                }
            }
            Event::End(_) => {
                depth -= 1;
                inside = false;
            }
            Event::Text(text) if inside => texts.last_mut().unwrap().push_str(&text.decode().unwrap()),
            Event::GeneralRef(entity) if inside => {
                let name = entity.decode().unwrap();
                texts.last_mut().unwrap().push_str(resolve_xml_entity(&name).unwrap());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "every element is closed");
    texts
}

/// Without spaces and icons, whose characters mean something in their font only.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && !is_icon(*letter)).collect()
}

pub fn is_icon(letter: char) -> bool {
    ('\u{e000}'..='\u{f8ff}').contains(&letter)
}

/// The words of rows that were painted: those wholly within their clip, and those at least partly.
pub fn shown(shapes: &[ClippedShape]) -> [Vec<String>; 2] {
    let mut shown = [Vec::new(), Vec::new()];
    for ClippedShape { clip_rect, shape, .. } in shapes {
        rows(shape, *clip_rect, &mut shown);
    }
    shown
}

fn rows(shape: &Shape, clip: Rect, shown: &mut [Vec<String>; 2]) {
    match shape {
        Shape::Vec(shapes) => {
            for shape in shapes {
                rows(shape, clip, shown);
            }
        }
        Shape::Text(text) => {
            for row in &text.galley.rows {
                let rect = row.rect().translate(text.pos.to_vec2());
                let words = squeezed(&row.row.text());
                if words.is_empty() {
                    continue;
                }
                if clip.contains_rect(text.visual_bounding_rect()) && clip.contains_rect(rect) {
                    shown[0].push(words.clone());
                }
                if clip.expand(2.0).intersects(rect) {
                    shown[1].push(words);
                }
            }
        }
        _ => {}
    }
}

/// The drawing as resvg paints it, one pixel a point.
pub fn painted(drawing: &Drawing) -> Image {
    let tree = drawing.tree().unwrap();
    let size = tree.size().to_int_size();
    let mut pixels = resvg::tiny_skia::Pixmap::new(size.width(), size.height()).unwrap();
    resvg::render(&tree, resvg::tiny_skia::Transform::identity(), &mut pixels.as_mut());
    Image { width: size.width(), height: size.height(), rgba: pixels.take() }
}

/// Each block of 8 by 8 pixels as one: every program fits letters to pixels in its own way, which moves ink within a
/// block;
/// a word or a line that is missing or elsewhere changes blocks.
pub fn blocks(picture: &Image) -> Image {
    const SIDE: u32 = 8;
    let [width, height] = [picture.width, picture.height].map(|side| side / SIDE);
    let mean = |x: u32, y: u32, channel: usize| {
        let pixels = (0..SIDE * SIDE).map(|at| (x * SIDE + at % SIDE, y * SIDE + at / SIDE));
        let sum: u32 = pixels.map(|(x, y)| u32::from(picture.pixel(x, y).unwrap()[channel])).sum();
        (sum / (SIDE * SIDE)) as u8
    };
    let blocks = (0..width * height).map(|at| (at % width, at / width));
    let rgba = blocks.flat_map(|(x, y)| [0, 1, 2, 3].map(|channel| mean(x, y, channel))).collect();
    Image { width, height, rgba }
}

//! The fonts of a drawing: which face draws a character, and what that face is called in CSS.
//!
//! The faces are those of the egui context that laid the text out, byte for byte, and of no other place; which one
//! draws a character is decided as egui decides it. Fonts without tweaks are expected, as the theme ships them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use base64::Engine as _;
use egui::epaint::text::FontsView;
use egui::{FontData, FontDefinitions, FontFamily, FontPriority, pos2};
use ttf_parser::OutlineBuilder;
use usvg::fontdb::{Database, ID, Source, Stretch, Style};

use super::number::{Place, append};

/// The fonts that a context has, those found on the system while it drew included, as definitions of their own.
pub fn fonts_of(view: &FontsView<'_>) -> FontDefinitions {
    let mut fonts = view.definitions().clone();
    for found in view.discovered_fonts() {
        for family in &found.families {
            let chain = fonts.families.entry(family.family.clone()).or_default();
            // Later in the chain, whatever its priority: that is where egui puts what it finds.
            debug_assert!(matches!(family.priority, FontPriority::Lowest | FontPriority::Highest));
            if !chain.contains(&found.name) {
                chain.push(found.name.clone());
            }
        }
        fonts.font_data.insert(found.name.clone(), Arc::new(found.data.clone()));
    }
    fonts
}

/// A face: its place in the book.
pub(super) type FaceNumber = usize;

/// A face that words were written with.
#[derive(Clone, Debug)]
pub(super) struct Used {
    /// As the definitions call it.
    pub name: String,
    family: String,
    weight: u16,
    style: &'static str,
    data: Arc<FontData>,
}

impl Used {
    /// It as CSS, with all its bytes.
    pub(super) fn css_with_bytes(&self) -> String {
        let Self { family, weight, style, data, .. } = self;
        let bytes = base64::prelude::BASE64_STANDARD.encode(data.bytes());
        format!(
            "@font-face{{font-family:'{}';font-weight:{weight};font-style:{style};\
             src:url(data:font/otf;base64,{bytes})}}\n",
            super::number::Escaped(family)
        )
    }
}

/// One face.
struct Face {
    used: Used,
    data: Arc<FontData>,
    /// The attributes that choose it, with a space before each.
    css: String,
}

/// The faces of one family in the order they are asked, and what they answered.
struct Chain {
    faces: Vec<FaceNumber>,
    known: BTreeMap<char, Option<FaceNumber>>,
}

/// All faces of a context.
pub(super) struct Book {
    faces: Vec<Face>,
    chains: BTreeMap<FontFamily, Chain>,
    fonts: Database,
}

impl Book {
    /// The book of these fonts; one that cannot be read is left out, as egui could not have drawn with it.
    pub(super) fn new(definitions: &FontDefinitions) -> Self {
        let mut book = Self { faces: Vec::new(), chains: BTreeMap::new(), fonts: Database::new() };
        let mut numbers = BTreeMap::new();
        for (name, data) in &definitions.font_data {
            let ids = book.fonts.load_font_source(Source::Binary(Arc::clone(&data.font)));
            let is_it = |id: &&ID| book.fonts.face(**id).is_some_and(|face| face.index == data.index);
            if let Some(css) = ids.iter().find(is_it).and_then(|id| css(&book.fonts, *id)) {
                numbers.insert(name, book.faces.len());
                let Some(used) = used(&book.fonts, &ids, name, data) else { continue };
                book.faces.push(Face { used, data: Arc::clone(data), css });
            }
        }
        for (family, names) in &definitions.families {
            let faces = names.iter().filter_map(|name| numbers.get(name).copied()).collect();
            book.chains.insert(family.clone(), Chain { faces, known: BTreeMap::new() });
        }
        book
    }

    /// Faces that words were written with.
    pub(super) fn used(&self, faces: &BTreeSet<FaceNumber>) -> Vec<Used> {
        let face = |number: &FaceNumber| self.faces.get(*number).map(|face| face.used.clone());
        faces.iter().filter_map(face).collect()
    }

    /// The fonts for whoever reads the drawing.
    pub(super) fn into_fonts(self) -> Arc<Database> {
        Arc::new(self.fonts)
    }

    /// The face that draws a character in a family; none if no font has it.
    pub(super) fn face_of(&mut self, family: &FontFamily, letter: char) -> Option<FaceNumber> {
        let chain = self.chains.get_mut(family)?;
        if let Some(known) = chain.known.get(&letter) {
            return *known;
        }
        let found = chain.faces.iter().copied().find(|number| has(&self.faces[*number].data, letter));
        chain.known.insert(letter, found);
        found
    }

    /// The face whose box egui draws for a character that no font has.
    pub(super) fn box_face(&self, family: &FontFamily) -> Option<FaceNumber> {
        self.chains.get(family)?.faces.first().copied()
    }

    /// The first face of a family that has words.
    pub(super) fn face_for_words(&self, family: &FontFamily) -> FaceNumber {
        let faces = self.chains.get(family).map_or(&[][..], |chain| &chain.faces);
        let has_words = |face: &&FaceNumber| has(&self.faces[**face].data, 'a');
        faces.iter().find(has_words).or_else(|| faces.first()).copied().unwrap_or_default()
    }

    /// The attributes that choose a face.
    pub(super) fn css(&self, face: FaceNumber) -> &str {
        self.faces.get(face).map_or("", |face| &face.css)
    }

    /// Path data of a character at a size in points, its origin at 0, 0; none if the face draws nothing.
    pub(super) fn outline(&self, face: FaceNumber, letter: char, size: f32) -> Option<String> {
        self.outline_of(face, size, |face| face.glyph_index(letter))
    }

    /// The same of the box that a face has for what it lacks.
    pub(super) fn box_outline(&self, face: FaceNumber, size: f32) -> Option<String> {
        self.outline_of(face, size, |_| Some(ttf_parser::GlyphId(0)))
    }

    fn outline_of(
        &self,
        face: FaceNumber,
        size: f32,
        glyph: impl Fn(&ttf_parser::Face<'_>) -> Option<ttf_parser::GlyphId>,
    ) -> Option<String> {
        let data = &self.faces.get(face)?.data;
        let parsed = ttf_parser::Face::parse(data.bytes(), data.index).ok()?;
        let scale = size / f32::from(parsed.units_per_em());
        let mut outline = Outline { data: String::new(), scale };
        parsed.outline_glyph(glyph(&parsed)?, &mut outline)?;
        Some(outline.data)
    }
}

/// Characters that egui draws nothing for, in the first face of a family.
pub(super) fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\r' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Spaces that egui gives widths of its own.
pub(super) fn has_own_width(letter: char) -> bool {
    matches!(letter, '\t' | '\u{2009}' | '\u{202f}')
}

/// Whether a face draws a character, as egui sees it.
fn has(data: &FontData, letter: char) -> bool {
    if is_invisible(letter) {
        return true;
    }
    let letter = if has_own_width(letter) { ' ' } else { letter };
    ttf_parser::Face::parse(data.bytes(), data.index).is_ok_and(|face| face.glyph_index(letter).is_some())
}

/// What a face is called as part of others.
fn used(fonts: &Database, ids: &[ID], name: &str, data: &Arc<FontData>) -> Option<Used> {
    let face = ids.iter().filter_map(|id| fonts.face(*id)).find(|face| face.index == data.index)?;
    let style = match face.style {
        Style::Normal => "normal",
        Style::Italic => "italic",
        Style::Oblique => "oblique",
    };
    Some(Used {
        name: name.to_owned(),
        family: face.families.first()?.0.clone(),
        weight: face.weight.0,
        style,
        data: Arc::clone(data),
    })
}

/// The attributes that choose a face among others, named as `fontdb` reads it and as CSS wants it.
fn css(fonts: &Database, id: ID) -> Option<String> {
    let face = fonts.face(id)?;
    let (family, _) = face.families.first()?;
    let family = super::number::Escaped(family);
    let generic = if face.monospaced { "monospace" } else { "sans-serif" };
    let mut css = format!(" font-family=\"'{family}', {generic}\"");
    if face.weight.0 != 400 {
        append(&mut css, format_args!(" font-weight=\"{}\"", face.weight.0));
    }
    match face.style {
        Style::Normal => {}
        Style::Italic => css.push_str(" font-style=\"italic\""),
        Style::Oblique => css.push_str(" font-style=\"oblique\""),
    }
    let stretch = match face.stretch {
        Stretch::UltraCondensed => "ultra-condensed",
        Stretch::ExtraCondensed => "extra-condensed",
        Stretch::Condensed => "condensed",
        Stretch::SemiCondensed => "semi-condensed",
        Stretch::Normal => return Some(css),
        Stretch::SemiExpanded => "semi-expanded",
        Stretch::Expanded => "expanded",
        Stretch::ExtraExpanded => "extra-expanded",
        Stretch::UltraExpanded => "ultra-expanded",
    };
    append(&mut css, format_args!(" font-stretch=\"{stretch}\""));
    Some(css)
}

/// Collects path data, upright as SVG has it.
struct Outline {
    data: String,
    scale: f32,
}

impl Outline {
    fn add(&mut self, command: char, places: &[(f32, f32)]) {
        self.data.push(command);
        for (index, (x, y)) in places.iter().enumerate() {
            let place = pos2(x * self.scale, -y * self.scale);
            self.data.push_str(if index == 0 { "" } else { " " });
            self.data.push_str(&Place(place).to_string());
        }
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.add('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.add('L', &[(x, y)]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.add('Q', &[(x1, y1), (x, y)]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.add('C', &[(x1, y1), (x2, y2), (x, y)]);
    }

    fn close(&mut self) {
        self.data.push('Z');
    }
}

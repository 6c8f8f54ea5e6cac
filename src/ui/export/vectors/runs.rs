//! A laid-out text as runs: stretches of one row, one format and one face that SVG can draw as one text.
//!
//! A run is not placed letter by letter: each place would start a new shaping run, so ligatures would go. It is
//! placed at its start, and its reader shapes it from the same font file. Glyphs do not tell where they come from, so
//! the text is walked beside them.

use std::collections::VecDeque;

use egui::epaint::text::{Glyph, TextFormat};
use egui::{Color32, Galley, Rangef};

use super::book::{Book, FaceNumber, has_own_width, is_invisible};
use super::pieces::{Piece, pieces};

/// A stretch of text.
#[derive(Debug)]
pub(super) struct Run {
    /// The row of the galley.
    pub row: usize,
    /// Left end and baseline in points, from the galley's origin.
    pub at: egui::Pos2,
    /// Where it ends, in points from the galley's origin.
    pub right: f32,
    /// Top and bottom of the line it stands in.
    pub line: Rangef,
    /// The section of the job.
    pub section: usize,
    /// The face that draws it.
    pub face: FaceNumber,
    /// Whether no font has its characters, so that egui drew boxes.
    pub is_missing: bool,
    /// The colour of its glyphs; none if none is drawn. A format may say another: what is disabled is faded later.
    pub color: Option<Color32>,
    /// Its characters, in the order they are read.
    pub text: String,
}

impl Run {
    /// Whether it is an icon: such characters mean something in their font only.
    pub(super) fn is_icon(&self) -> bool {
        self.text.chars().next().is_some_and(is_private)
    }
}

fn is_private(letter: char) -> bool {
    matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

/// How far a letter may reach over its advance.
const OVERHANG: f32 = 1.0;
/// How far a slanted one may, in its size.
const SLANT: f32 = 0.25;

/// The runs of a galley, `pixel` points being the width of a pixel when it was laid out.
///
/// With `seen`, left and right of what is in sight in points from the galley's origin, letters wholly outside of it
/// are left out: who reads the text of a picture reads what the picture shows. Pieces from right to left stay whole,
/// since their letters are joined.
pub(super) fn runs(galley: &Galley, book: &mut Book, pixel: f32, seen: Option<Rangef>) -> Vec<Run> {
    let job = &galley.job;
    let rows = galley.rows.iter().enumerate();
    let mut glyphs: VecDeque<(usize, Glyph)> =
        rows.flat_map(|(row, placed)| placed.row.glyphs.iter().map(move |glyph| (row, *glyph))).collect();
    let ellipsis = job.wrap.overflow_character.filter(|_| galley.elided);
    let ellipsis = ellipsis.and_then(|letter| glyphs.pop_back().map(|(row, glyph)| (letter, row, glyph)));
    let mut walk = Walk {
        galley,
        glyphs,
        pixel,
        seen,
        exact: f32::NAN,
        row: usize::MAX,
        is_open: false,
        out: Vec::new(),
    };
    let mut section = 0;
    for piece in pieces(job, book) {
        if walk.glyphs.is_empty() {
            break;
        }
        section = piece.section;
        walk.is_open = false;
        if piece.is_rtl {
            walk.leftwards(&piece, book);
        } else {
            walk.rightwards(&piece, book);
        }
    }
    if let Some((letter, row, mut glyph)) = ellipsis {
        let family = &job.sections[section].format.font_id.family;
        let face = book.face_of(family, letter);
        let (is_missing, face) = (face.is_none(), face.or_else(|| book.box_face(family)).unwrap_or_default());
        // Where it follows its word in the same face, both are one text: a word is found as it is seen.
        let spacing = job.sections[section].format.extra_letter_spacing;
        let follows = walk.exact + spacing;
        // Its place is cut to a pixel twice: with its letter's, and again from there.
        let goes_on = walk.is_open && row == walk.row && (follows - glyph.pos.x).abs() < 2.02 * pixel;
        let last = walk.out.last().filter(|_| goes_on);
        if last.is_some_and(|last| (last.section, last.face) == (section, face)) {
            glyph.pos.x = follows;
        } else {
            walk.exact = f32::NAN;
        }
        walk.add((row, glyph), Some(letter), Told { section, face, is_missing, spacing });
    }
    walk.out
}

/// What the text says about a glyph.
#[derive(Clone, Copy)]
struct Told {
    section: usize,
    face: FaceNumber,
    is_missing: bool,
    /// Letter spacing before it.
    spacing: f32,
}

struct Walk<'a> {
    galley: &'a Galley,
    /// Each with its row.
    glyphs: VecDeque<(usize, Glyph)>,
    pixel: f32,
    /// Left and right of what is in sight, from the galley's origin.
    seen: Option<Rangef>,
    /// Where the next glyph is to the fraction; places of glyphs are cut to whole pixels.
    exact: f32,
    row: usize,
    /// Whether the last run may go on.
    is_open: bool,
    out: Vec<Run>,
}

impl Walk<'_> {
    fn format(&self, section: usize) -> &TextFormat {
        &self.galley.job.sections[section].format
    }

    /// Takes one glyph for each character, and those that a cluster has more than characters.
    fn rightwards(&mut self, piece: &Piece, book: &mut Book) {
        use unicode_segmentation::UnicodeSegmentation as _;
        let galley = self.galley;
        let family = &self.format(piece.section).font_id.family.clone();
        let spacing = self.format(piece.section).extra_letter_spacing;
        let mut clusters = galley.job.text[piece.bytes.clone()].graphemes(true).peekable();
        while let Some(cluster) = clusters.next() {
            let first = cluster.chars().next().unwrap_or_default();
            let is_missing = book.face_of(family, first).is_none();
            let told = Told { section: piece.section, face: piece.face, is_missing, spacing };
            for letter in cluster.chars() {
                // Where a face has nothing to stand for one of these, it has no glyph at all.
                if is_invisible(letter) && self.glyphs.front().is_none_or(|(_, glyph)| glyph.chr != letter) {
                    continue;
                }
                let Some(glyph) = self.glyphs.pop_front() else { return };
                self.add(glyph, Some(letter), told);
            }
            // An é that the font draws as e and its accent has two glyphs, which both say é. They go with it.
            let next = clusters.peek().and_then(|next| next.chars().next());
            while next != Some(first) && self.glyphs.front().is_some_and(|(_, glyph)| glyph.chr == first) {
                let Some(glyph) = self.glyphs.pop_front() else { return };
                if self.is_open {
                    self.add(glyph, None, Told { spacing: 0.0, ..told });
                } else {
                    self.exact += glyph.1.advance_width;
                }
            }
        }
    }

    /// Takes the glyphs of a piece that runs from right to left. They come in the order they are seen; after them
    /// egui adds one without width for each further character.
    fn leftwards(&mut self, piece: &Piece, book: &mut Book) {
        let text = &self.galley.job.text[piece.bytes.clone()];
        let letters: Vec<char> = text.chars().collect();
        let family = &self.format(piece.section).font_id.family.clone();
        let is_missing = letters.first().is_some_and(|first| book.face_of(family, *first).is_none());
        let told = Told { section: piece.section, face: piece.face, is_missing, spacing: 0.0 };
        let (count, tail) = self.seen(&letters);
        let seen: Vec<(usize, Glyph)> = self.glyphs.drain(..count).collect();
        drop(self.glyphs.drain(..tail.unwrap_or_default()));
        let rows: Vec<_> = seen.chunk_by(|one, other| one.0 == other.0).collect();
        for part in &rows {
            // A row that holds only a part tells the first character of each cluster.
            let is_whole = rows.len() == 1 && tail.is_some();
            let text =
                if is_whole { text.to_owned() } else { part.iter().rev().map(|at| at.1.chr).collect() };
            self.is_open = false;
            for (index, glyph) in part.iter().enumerate() {
                self.add(*glyph, None, told);
                if index == 0
                    && let Some(run) = self.out.last_mut()
                {
                    run.text.clone_from(&text);
                }
            }
        }
        self.is_open = false;
    }

    /// How many glyphs of a piece from right to left are seen, and how many follow them without width; those repeat
    /// its characters from the second cluster on. Without the second number the piece was cut.
    fn seen(&self, letters: &[char]) -> (usize, Option<usize>) {
        let glyphs = &self.glyphs;
        for seen in 1..=glyphs.len() {
            let of_first =
                glyphs.range(..seen).rev().take_while(|at| Some(&at.1.chr) == letters.first()).count();
            let rest = letters.get(of_first..).unwrap_or_default();
            let tail = glyphs.range(seen..).take(rest.len());
            let fits = tail.len() == rest.len()
                && tail
                    .zip(rest)
                    .all(|((_, glyph), letter)| glyph.advance_width == 0.0 && glyph.chr == *letter);
            if of_first > 0 && fits {
                return (seen, Some(rest.len()));
            }
        }
        (letters.len().min(glyphs.len()), None)
    }

    /// Whether nothing of a glyph that comes next is seen, its row being at `left`.
    fn is_out_of_sight(&self, left: f32, glyph: &Glyph, section: usize) -> bool {
        let Some(seen) = self.seen else { return false };
        let format = self.format(section);
        let reach = if format.italics { OVERHANG + SLANT * format.font_id.size } else { OVERHANG };
        let left = left + self.exact;
        left + glyph.advance_width + reach < seen.min || left - reach > seen.max
    }

    /// Adds a glyph to the last run, or to a new one where it does not fit.
    fn add(&mut self, (row, glyph): (usize, Glyph), letter: Option<char>, told: Told) {
        let placed = &self.galley.rows[row];
        // A mark, or the rest of a ligature.
        let is_tail = glyph.advance_width == 0.0 && self.is_open;
        if row != self.row {
            (self.row, self.exact, self.is_open) = (row, glyph.pos.x, false);
        } else if self.exact.is_nan() {
            (self.exact, self.is_open) = (glyph.pos.x, false);
        } else if !is_tail {
            self.exact += told.spacing;
            if (self.exact - glyph.pos.x).abs() > 1.01 * self.pixel {
                (self.exact, self.is_open) = (glyph.pos.x, false);
            }
        }
        if letter.is_some() && self.is_out_of_sight(placed.pos.x, &glyph, told.section) {
            self.is_open = false;
            self.exact += glyph.advance_width;
            return;
        }
        let is_apart = letter.is_some_and(|letter| is_private(letter) || has_own_width(letter));
        let y = placed.pos.y + glyph.pos.y;
        let goes_on = self.is_open
            && !is_apart
            && self.out.last().is_some_and(|run| run.is_missing == told.is_missing && run.at.y == y);
        if !goes_on {
            let line = Rangef::new(y - glyph.font_ascent, y - glyph.font_ascent + glyph.line_height);
            let at = egui::pos2(placed.pos.x + self.exact, y);
            let Told { section, face, is_missing, .. } = told;
            self.out.push(Run {
                row,
                at,
                right: at.x,
                line,
                section,
                face,
                is_missing,
                color: None,
                text: String::new(),
            });
        }
        self.is_open = !is_apart;
        self.exact += glyph.advance_width;
        if let Some(run) = self.out.last_mut() {
            run.right = placed.pos.x + self.exact;
            if run.color.is_none() && !glyph.uv_rect.is_nothing() {
                let vertex = placed.row.visuals.mesh.vertices.get(glyph.first_vertex as usize);
                run.color = vertex.map(|vertex| vertex.color);
            }
            run.text.extend(letter.filter(|letter| !has_own_width(*letter)));
        }
    }
}

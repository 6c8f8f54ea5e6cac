//! Texts: their runs with the grounds under them and the lines through them.

use egui::emath::GuiRounding as _;
use egui::epaint::TextShape;
use egui::epaint::text::TextFormat;
use egui::{Color32, Pos2, Rangef, Rect, Stroke};

use super::book::{Book, is_invisible};
use super::number::{Escaped, Ink, Number, Place};
use super::pen::Pen;
use super::runs::{Run, runs};
use super::{Missing, Unseen, lines};

pub(super) fn draw(pen: &mut Pen, book: &mut Book, clip: Rect, shape: &TextShape) {
    if shape.galley.is_empty() || shape.opacity_factor <= 0.0 {
        return;
    }
    let origin = shape.pos.round_to_pixels(pen.pixels_per_point);
    let is_turned = shape.angle != 0.0;
    let in_sight = |run: &Run| {
        is_turned
            || shape.galley.rows[run.row].rect().translate(origin.to_vec2()).expand(2.0).intersects(clip)
    };
    let seen = (!is_turned).then(|| clip.translate(-origin.to_vec2()).x_range());
    let mut runs = runs(&shape.galley, book, pen.pixel(), seen);
    runs.retain(in_sight);
    if is_turned {
        let degrees = Number(shape.angle.to_degrees());
        pen.put(format_args!("<g transform=\"rotate({degrees} {})\">", Place(origin)));
    }
    let text = Text { shape, origin, runs: &runs };
    text.grounds(pen);
    for run in &runs {
        text.run(pen, book, run);
    }
    text.lines(pen, |format| format.underline, |line| line.max);
    text.lines(pen, |format| format.strikethrough, |line| line.center());
    text.whole_underline(pen);
    if is_turned {
        pen.put(format_args!("</g>"));
    }
}

struct Text<'a> {
    shape: &'a TextShape,
    origin: Pos2,
    runs: &'a [Run],
}

impl Text<'_> {
    fn format(&self, run: &Run) -> &TextFormat {
        &self.shape.galley.job.sections[run.section].format
    }

    /// A colour of the job as it is shown.
    fn shown(&self, color: Color32) -> Color32 {
        let color = if color == Color32::PLACEHOLDER { self.shape.fallback_color } else { color };
        if self.shape.opacity_factor < 1.0 { color.gamma_multiply(self.shape.opacity_factor) } else { color }
    }

    fn run(&self, pen: &mut Pen, book: &Book, run: &Run) {
        if run.text.chars().all(|letter| letter.is_whitespace() || is_invisible(letter)) {
            return;
        }
        let format = self.format(run);
        let color = self.shape.override_text_color.or(run.color).unwrap_or(format.color);
        let color = self.shown(color);
        let (at, size) = (self.origin + run.at.to_vec2(), format.font_id.size);
        if let Some(icon) = run.text.chars().next().filter(|_| run.is_icon() && !run.is_missing) {
            let data = || book.outline(run.face, icon, size);
            pen.outline((run.face, icon, size.to_bits()), at, color, data);
            return;
        }
        if run.is_missing && pen.missing == Missing::Replace {
            self.boxes(pen, book, run, color);
            return;
        }
        // The face with egui's boxes is one of icons, whose name would mislead whoever looks for another.
        let face = if run.is_missing { book.face_for_words(&format.font_id.family) } else { run.face };
        pen.faces.insert(face);
        let css = book.css(face);
        let spacing = format.extra_letter_spacing;
        let spacing =
            if spacing == 0.0 { String::new() } else { format!(" letter-spacing=\"{}\"", Number(spacing)) };
        let place = if format.italics {
            format!(" transform=\"matrix(1 0 -.25 1 {})\"", Place(at))
        } else {
            format!(" x=\"{}\" y=\"{}\"", Number(at.x), Number(at.y))
        };
        pen.put(format_args!(
            "<text{place}{css} font-size=\"{}\"{spacing}{}>{}</text>",
            Number(size),
            Ink("fill", color),
            Escaped(run.text.trim_end())
        ));
    }

    /// Boxes in the place of letters that no font has.
    fn boxes(&self, pen: &mut Pen, book: &Book, run: &Run, color: Color32) {
        let size = self.format(run).font_id.size;
        let at = self.origin + run.at.to_vec2();
        let width = run.right - run.at.x;
        let count = run.text.chars().count().max(1);
        for number in 0..count {
            let at = at + egui::vec2(width * number as f32 / count as f32, 0.0);
            let letter = char::REPLACEMENT_CHARACTER;
            pen.outline((run.face, letter, size.to_bits()), at, color, || book.box_outline(run.face, size));
        }
        pen.unseen.push(Unseen { at, size: [width, size], text: run.text.clone() });
    }

    /// The grounds, which egui lays under the glyphs of each row as rectangles of four corners.
    fn grounds(&self, pen: &mut Pen) {
        for placed in &self.shape.galley.rows {
            let visuals = &placed.row.visuals;
            let corners = visuals.mesh.vertices.get(..visuals.glyph_vertex_range.start).unwrap_or_default();
            for ground in corners.as_chunks::<4>().0 {
                let rect = Rect::from_points(&ground.map(|corner| corner.pos));
                let rect = rect.translate(self.origin.to_vec2() + placed.pos.to_vec2());
                let (x, y) = (Number(rect.min.x), Number(rect.min.y));
                let (width, height) = (Number(rect.width()), Number(rect.height()));
                let ink = Ink("fill", self.shown(ground[0].color));
                pen.put(format_args!(
                    "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{ink}/>"
                ));
            }
        }
    }

    /// A line for neighbouring runs of one stroke, so that no seam shows between them.
    fn lines(
        &self,
        pen: &mut Pen,
        stroke_of: impl Fn(&TextFormat) -> Stroke,
        height: impl Fn(&Rangef) -> f32,
    ) {
        let mut at = 0;
        while let Some(run) = self.runs.get(at) {
            let stroke = stroke_of(self.format(run));
            let same = |next: &Run| stroke_of(self.format(next)) == stroke && next.line == run.line;
            let count = self.stretch(at, same);
            let right = self.runs[at + count - 1].right;
            at += count;
            let stroke = Stroke::new(stroke.width, self.shown(stroke.color));
            let y = height(&run.line);
            let ends = [egui::pos2(run.at.x, y), egui::pos2(right, y)].map(|end| end + self.origin.to_vec2());
            lines::segment(pen, ends, stroke);
        }
    }

    /// How many runs from one on are of its row and like it.
    fn stretch(&self, from: usize, same: impl Fn(&Run) -> bool) -> usize {
        let row = self.runs[from].row;
        self.runs[from..].iter().take_while(|next| next.row == row && same(next)).count().max(1)
    }

    /// The line under each row that the shape itself asks for.
    fn whole_underline(&self, pen: &mut Pen) {
        for row in &self.shape.galley.rows {
            let bounds = row.row.visuals.mesh_bounds.translate(self.origin.to_vec2() + row.pos.to_vec2());
            if bounds.is_finite() {
                lines::segment(pen, [bounds.left_bottom(), bounds.right_bottom()], self.shape.underline);
            }
        }
    }
}

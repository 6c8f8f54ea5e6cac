//! Writes the elements of one SVG document: groups that clip, joined lines, and what is defined once.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Arguments;

use egui::emath::GuiRounding as _;
use egui::{Color32, Pos2, Rect, Stroke};

use super::book::FaceNumber;
use super::number::{Escaped, Ink, Number, Place, append};
use super::{Link, Missing, Painted, Unseen};

/// Stands in every document.
const MADE_BY: &str = "Made by MLOps Atlas";

/// An SVG document under way.
pub(super) struct Pen {
    body: String,
    defs: String,
    /// The clip of the group that is open.
    clip: Option<Rect>,
    clips: Vec<Rect>,
    /// Straight lines of one stroke, drawn one after another: grids and dashes become one element.
    lines: Option<(Stroke, String)>,
    /// Outlines that are defined, by what they are of, and their numbers.
    outlines: BTreeMap<(usize, char, u32), usize>,
    gradients: usize,
    /// Pixels per point, which lines are put on, so that they are sharp at that scale.
    pub pixels_per_point: f32,
    /// How many shapes had no vector form.
    pub left_out: usize,
    /// What is written for characters that no font has.
    pub missing: Missing,
    /// Such characters, where they are not written.
    pub unseen: Vec<Unseen>,
    /// The faces of the words.
    pub faces: BTreeSet<FaceNumber>,
}

impl Pen {
    /// An empty document for shapes that were made at this scale.
    pub(super) fn new(pixels_per_point: f32, missing: Missing) -> Self {
        Self {
            body: String::new(),
            defs: String::new(),
            clip: None,
            clips: Vec::new(),
            lines: None,
            outlines: BTreeMap::new(),
            gradients: 0,
            pixels_per_point,
            left_out: 0,
            missing,
            unseen: Vec::new(),
            faces: BTreeSet::new(),
        }
    }

    /// Width of a pixel in points.
    pub(super) fn pixel(&self) -> f32 {
        1.0 / self.pixels_per_point
    }

    /// Everything that follows is cut at this rectangle, or at none.
    pub(super) fn clip_to(&mut self, clip: Option<Rect>) {
        let clip = clip.map(|clip| clip.round_to_pixels(self.pixels_per_point));
        if clip == self.clip {
            return;
        }
        self.finish_lines();
        if self.clip.is_some() {
            self.body.push_str("</g>\n");
        }
        if let Some(clip) = clip {
            let number = self.number_of(clip);
            self.put(format_args!("<g clip-path=\"url(#c{number})\">"));
        }
        self.clip = clip;
    }

    fn number_of(&mut self, clip: Rect) -> usize {
        if let Some(known) = self.clips.iter().position(|known| *known == clip) {
            return known;
        }
        let number = self.clips.len();
        let (min, size) = (clip.min, clip.size());
        self.define(format_args!(
            "<clipPath id=\"c{number}\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/></clipPath>",
            Number(min.x),
            Number(min.y),
            Number(size.x),
            Number(size.y)
        ));
        self.clips.push(clip);
        number
    }

    /// Adds an element after all that was drawn before.
    pub(super) fn put(&mut self, element: Arguments<'_>) {
        self.finish_lines();
        self.body.push_str(&element.to_string());
        self.body.push('\n');
    }

    fn define(&mut self, element: Arguments<'_>) {
        self.defs.push_str(&element.to_string());
        self.defs.push('\n');
    }

    /// Adds a filled and stroked path with attributes of its own (each with a space before it).
    pub(super) fn path(&mut self, data: &str, fill: Color32, stroke: Stroke, more: &str) {
        if stroke.is_empty() {
            self.put(format_args!("<path d=\"{data}\"{}{more}/>", Ink("fill", fill)));
        } else {
            self.put(format_args!("<path d=\"{data}\"{}{}{more}/>", Ink("fill", fill), stroked(stroke)));
        }
    }

    /// Adds a straight line, in one element with those of the same stroke before it.
    pub(super) fn line(&mut self, [a, b]: [Pos2; 2], stroke: Stroke) {
        // Where lines cross, a translucent stroke is laid twice; in one element it would be once.
        let joins = stroke.color.is_opaque();
        if !joins || self.lines.as_ref().is_none_or(|(known, _)| *known != stroke) {
            self.finish_lines();
        }
        let (_, data) = self.lines.get_or_insert_with(|| (stroke, String::new()));
        append(data, format_args!("M{}L{}", Place(a), Place(b)));
    }

    fn finish_lines(&mut self) {
        if let Some((stroke, data)) = self.lines.take() {
            append(&mut self.body, format_args!("<path d=\"{data}\" fill=\"none\"{}/>\n", stroked(stroke)));
        }
    }

    /// Shows an outline at a place; `data` is asked for where it is not defined yet. `what` is the face, the
    /// character and the bits of the size.
    pub(super) fn outline(
        &mut self,
        what: (usize, char, u32),
        at: Pos2,
        fill: Color32,
        data: impl FnOnce() -> Option<String>,
    ) {
        let number = if let Some(known) = self.outlines.get(&what) {
            *known
        } else {
            let Some(data) = data() else { return };
            let number = self.outlines.len();
            self.define(format_args!("<path id=\"g{number}\" d=\"{data}\"/>"));
            self.outlines.insert(what, number);
            number
        };
        let (x, y) = (Number(at.x), Number(at.y));
        self.put(format_args!("<use xlink:href=\"#g{number}\" x=\"{x}\" y=\"{y}\"{}/>", Ink("fill", fill)));
    }

    /// Defines a gradient between two places and returns the number in its name.
    pub(super) fn gradient(&mut self, [from, to]: [(Pos2, Color32); 2]) -> usize {
        let number = self.gradients;
        self.gradients += 1;
        let stop = |offset: u8, color: Color32, other: Color32| {
            // Towards nothing the colour stays, since the fade is laid in with its alpha.
            let [r, g, b, _] = if color.a() == 0 { other } else { color }.to_srgba_unmultiplied();
            let opacity = super::number::Alpha(color.a());
            format!(
                "<stop offset=\"{offset}\" stop-color=\"#{r:02x}{g:02x}{b:02x}\" stop-opacity=\"{opacity:.3}\"/>"
            )
        };
        self.define(format_args!(
            "<linearGradient id=\"l{number}\" gradientUnits=\"userSpaceOnUse\" x1=\"{}\" y1=\"{}\" x2=\"{}\" \
             y2=\"{}\">{}{}</linearGradient>",
            Number(from.0.x),
            Number(from.0.y),
            Number(to.0.x),
            Number(to.0.y),
            stop(0, from.1, to.1),
            stop(1, to.1, from.1)
        ));
        number
    }

    /// The document: as large as it is shown, over its ground, with what leads elsewhere on top.
    pub(super) fn finish(mut self, painted: &Painted<'_>) -> String {
        self.clip_to(None);
        self.finish_lines();
        let (min, extent) = (painted.area.min, painted.area.size());
        let (x, y, width, height) = (Number(min.x), Number(min.y), Number(extent.x), Number(extent.y));
        let ground = if painted.background.a() == 0 {
            String::new()
        } else {
            let ink = Ink("fill", painted.background);
            format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{ink}/>\n")
        };
        // Mitres are cut at right angles, as egui's are.
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
             width=\"{}\" height=\"{}\" viewBox=\"{x} {y} {width} {height}\" xml:space=\"preserve\" \
             style=\"{FITS}\" text-rendering=\"geometricPrecision\" stroke-miterlimit=\"1.42\">{}\n<defs>\n{}</defs>\n{ground}{}{}</svg>\n",
            Number(painted.size[0]),
            Number(painted.size[1]),
            title(painted.title),
            self.defs,
            self.body,
            links(painted.links)
        )
    }
}

/// In a page that is narrower than the document, all of it is shown.
pub(super) const FITS: &str = "max-width:100%;height:auto";

/// The title of a document, and who made it.
pub(super) fn title(title: &str) -> String {
    format!("\n<title>{}</title>\n<!-- {MADE_BY} -->", Escaped(title))
}

/// Places without a look of their own that lead to addresses, called by what they are.
pub(super) fn links(links: &[(Rect, Link)]) -> String {
    let mut out = String::new();
    for (rect, Link { name, url }) in links {
        let (x, y, width, height) =
            (Number(rect.min.x), Number(rect.min.y), Number(rect.width()), Number(rect.height()));
        let (name, url) = (Escaped(name), Escaped(url));
        append(
            &mut out,
            format_args!(
                "<a xmlns:xlink=\"http://www.w3.org/1999/xlink\" href=\"{url}\" xlink:href=\"{url}\" target=\"_blank\">\
                 <title>{name}: {url}</title><rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" \
                 fill-opacity=\"0\"/></a>\n"
            ),
        );
    }
    out
}

/// The attributes of a stroke.
pub(super) fn stroked(stroke: Stroke) -> String {
    let ink = Ink("stroke", stroke.color);
    if stroke.width == 1.0 {
        return ink.to_string();
    }
    format!("{ink} stroke-width=\"{}\"", Number(stroke.width))
}

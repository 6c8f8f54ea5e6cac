//! What is cut on a card stands below the drawing in full: nobody can point at paper to see the end of a name.

use egui::text::LayoutJob;
use egui::{Align2, FontId, Painter, Pos2, TextFormat, vec2};

use super::{MARGIN, Sheet};
use crate::shown::one_line;
use crate::ui::studio::card::{self, Shown};
use crate::ui::theme::{SEMIBOLD, Theme};
use crate::ui::widgets::{Ink, paint_text};

/// More notes than these would hide the drawing.
const MOST: usize = 60;
/// Letters of a note.
const MOST_LETTERS: usize = 700;
/// The head, and the gaps above it and between notes.
const HEAD: f32 = 34.0;
const GAP: f32 = 5.0;

/// The notes of a sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Notes {
    /// Name and tools of each box, in full.
    all: Vec<(String, String)>,
    /// How many boxes have no note for want of room.
    rest: usize,
    /// How high they are at full size, in points.
    pub height: f32,
}

impl Notes {
    /// Those that a sheet needs, as this painter lays its texts out.
    pub fn of(sheet: &Sheet, painter: &Painter) -> Self {
        let mut unseen = painter.clone();
        unseen.set_invisible();
        let scene = sheet.scene(Pos2::ZERO, 1.0, true);
        let mut notes = Self::default();
        for (id, node) in &scene.drawing.architecture.nodes {
            let Some(rect) = scene.node_rect(id) else { continue };
            let rect = scene.camera.rect_to_view(scene.view, rect);
            if card::card(&unseen, &scene, id, node, rect, card::Lit::default()) != Shown::Cut {
                continue;
            }
            if notes.all.len() < MOST {
                let tools = card::tool_names(scene.drawing.catalog, node);
                notes.all.push((whole(node.title()), whole(&tools)));
            } else {
                notes.rest += 1;
            }
        }
        if !notes.all.is_empty() {
            let width = sheet.size().x - 2.0 * MARGIN;
            let heights = notes.jobs(sheet.theme(), width, 1.0);
            let heights = heights.into_iter().map(|job| painter.layout_job(job).size().y + GAP);
            notes.height = HEAD + heights.sum::<f32>();
        }
        notes
    }

    /// Each as it is laid out.
    fn jobs(&self, theme: &Theme, width: f32, zoom: f32) -> Vec<LayoutJob> {
        let strong = TextFormat::simple(
            FontId::new(11.0 * zoom, egui::FontFamily::Name(SEMIBOLD.into())),
            theme.color.text,
        );
        let plain = TextFormat::simple(FontId::proportional(11.0 * zoom), theme.color.text_2);
        let job = |(name, tools): &(String, String)| {
            let mut job = LayoutJob::default();
            job.wrap.max_width = width;
            job.append(name, 0.0, strong.clone());
            job.append(&format!("   {tools}"), 0.0, plain.clone());
            job
        };
        let mut jobs: Vec<LayoutJob> = self.all.iter().map(job).collect();
        if self.rest > 0 {
            jobs.push(LayoutJob::simple(
                format!("and {} more", self.rest),
                plain.font_id,
                plain.color,
                width,
            ));
        }
        jobs
    }

    /// Draws them downwards from `at`, `zoom` times as large.
    pub fn paint(&self, painter: &Painter, theme: &Theme, at: Pos2, width: f32, zoom: f32) {
        if self.all.is_empty() {
            return;
        }
        let ink = Ink::new(theme.strong(11.5 * zoom), theme.color.text_2);
        let head = at + vec2(0.0, HEAD / 2.0) * zoom;
        paint_text(painter, head, Align2::LEFT_CENTER, "In full", &ink, f32::INFINITY);
        let mut at = at + vec2(0.0, HEAD) * zoom;
        for job in self.jobs(theme, width * zoom, zoom) {
            let galley = painter.layout_job(job);
            let height = galley.size().y;
            painter.galley(at, galley, theme.color.text);
            at.y += height + GAP * zoom;
        }
    }
}

/// A text on one line, only its end being cut where it is longer than any name.
fn whole(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = one_line(&text);
    match text.char_indices().nth(MOST_LETTERS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.into_owned(),
    }
}

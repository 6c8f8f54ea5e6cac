//! What the canvas marks on cards: what the rules found there, or how far a change goes.

use std::collections::BTreeMap;

use egui::{Align2, Color32, FontId, Painter, Rect, Stroke, vec2};

use super::card::BLOCKS_BELOW;
use super::findings::sign;
use crate::architecture::NodeId;
use crate::problem::Severity;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, paint_text};

/// Which marks are drawn.
#[derive(Clone, Copy, Debug)]
pub(super) enum Marks<'a> {
    /// The worst of what was found at a node, and how much there is.
    Findings(&'a BTreeMap<NodeId, (Severity, usize)>),
    /// How far each changed node is; 0 is where the change begins.
    Rings(&'a BTreeMap<NodeId, usize>),
}

impl Marks<'_> {
    /// Whether a card steps back, because the change does not reach it.
    pub fn dims(&self, id: &NodeId) -> bool {
        matches!(self, Self::Rings(rings) if !rings.contains_key(id))
    }

    /// What a screen reader hears of a card beside its name.
    pub fn told(&self, id: &NodeId) -> String {
        match self {
            Self::Findings(found) => match found.get(id) {
                Some((Severity::Error, 1)) => ", 1 finding, an error".to_owned(),
                Some((_, 1)) => ", 1 finding".to_owned(),
                Some((Severity::Error, count)) => format!(", {count} findings, errors among them"),
                Some((_, count)) => format!(", {count} findings"),
                None => String::new(),
            },
            Self::Rings(rings) => match rings.get(id) {
                Some(0) => ", changes".to_owned(),
                Some(1) => ", changes after 1 flow".to_owned(),
                Some(ring) => format!(", changes after {ring} flows"),
                None => ", does not change".to_owned(),
            },
        }
    }

    /// Draws the badge of a card, if it has one.
    pub fn badge(&self, painter: &Painter, theme: &Theme, id: &NodeId, card: Rect, zoom: f32) {
        let c = &theme.color;
        let (text, fill) = match self {
            Self::Findings(found) => match found.get(id) {
                Some((severity, count)) => (count.to_string(), sign(theme, *severity).1),
                None => return,
            },
            Self::Rings(rings) => match rings.get(id) {
                Some(0) => ("Δ".to_owned(), c.accent),
                Some(ring) => (ring.to_string(), c.error),
                None => return,
            },
        };
        pin(painter, theme, card, &text, fill, zoom);
    }
}

fn pin(painter: &Painter, theme: &Theme, card: Rect, text: &str, fill: Color32, zoom: f32) {
    // As large as its figure needs, but where the cards themselves are dots.
    let radius = if zoom < BLOCKS_BELOW { 4.0 } else { (10.0 * zoom).clamp(8.0, 12.0) };
    let center = card.right_top() + vec2(-radius * 0.4, radius * 0.2);
    painter.circle(center, radius, fill, Stroke::new(1.5, theme.color.canvas));
    // Smaller words could not be read.
    if radius > 5.5 {
        let ink = Ink::new(FontId { size: (radius * 1.15).round(), ..theme.strong(1.0) }, theme.color.canvas);
        paint_text(painter, center, Align2::CENTER_CENTER, text, &ink, f32::INFINITY);
    }
}

//! What the canvas marks on cards: what the rules found there, how far a change goes, or what differs.

use std::collections::BTreeMap;

use egui::{Align2, Color32, FontId, Painter, Rect, Stroke, vec2};

use super::card::BLOCKS_BELOW;
use super::findings::sign;
use crate::architecture::{Change, Flow, NodeId};
use crate::problem::Severity;
use crate::state::{Difference, WhatIf};
use crate::ui::icons;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, paint_text};

/// Which marks are drawn.
#[derive(Clone, Copy, Debug)]
pub(super) enum Marks<'a> {
    /// The worst of what was found at a node, and how much there is.
    Findings(&'a BTreeMap<NodeId, (Severity, usize)>),
    /// In what nodes differ from those of another drawing.
    Differences(&'a BTreeMap<NodeId, Difference>),
    /// How far a change goes, up to some step; all of it when there is none.
    Change(&'a WhatIf, Option<usize>),
}

/// How a change arrives at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Arrives {
    /// It begins there.
    Here,
    /// After so many flows.
    After(usize),
    /// When feedback has closed the loops.
    ByFeedback,
}

fn arrives(asked: &WhatIf, step: Option<usize>, id: &NodeId) -> Option<Arrives> {
    let at = *asked.steps.of.get(id)?;
    let is_seen = step.is_none_or(|step| at <= step);
    is_seen.then_some(match at {
        0 => Arrives::Here,
        at if at == asked.steps.last => Arrives::ByFeedback,
        at => Arrives::After(at),
    })
}

impl Marks<'_> {
    /// Whether a card steps back, because the change does not reach it.
    pub fn dims(&self, id: &NodeId) -> bool {
        matches!(self, Self::Change(asked, step) if arrives(asked, *step, id).is_none())
    }

    /// Whether a flow is what changes.
    pub fn changes(&self, flow: &Flow) -> bool {
        matches!(self, Self::Change(asked, _)
            if matches!(asked.change(), Change::Artifact(word) if *word == flow.artifact))
    }

    /// Whether the change arrives at a consumer without any gate before it.
    pub fn is_unguarded(&self, id: &NodeId) -> bool {
        matches!(self, Self::Change(asked, step)
            if step.is_none_or(|step| step >= asked.steps.last)
                && asked.shown().unguarded_consumers.binary_search(id).is_ok())
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
            Self::Differences(found) => match found.get(id) {
                Some(Difference::OnlyHere) => ", only in this drawing".to_owned(),
                Some(Difference::Changed) => ", differs".to_owned(),
                None => String::new(),
            },
            Self::Change(asked, step) => {
                let told = match arrives(asked, *step, id) {
                    Some(Arrives::Here) => ", changes".to_owned(),
                    Some(Arrives::After(1)) => ", changes after 1 flow".to_owned(),
                    Some(Arrives::After(ring)) => format!(", changes after {ring} flows"),
                    Some(Arrives::ByFeedback) => ", changes when feedback comes back".to_owned(),
                    None if asked.steps.of.contains_key(id) => ", not reached yet".to_owned(),
                    None => ", does not change".to_owned(),
                };
                if self.is_unguarded(id) { format!("{told}, unguarded") } else { told }
            }
        }
    }

    /// Draws the badge of a card, if it has one.
    pub fn badge(&self, painter: &Painter, theme: &Theme, id: &NodeId, card: Rect, zoom: f32) {
        let c = &theme.color;
        match self {
            Self::Findings(found) => {
                if let Some((severity, count)) = found.get(id) {
                    let fill = sign(theme, *severity).1;
                    pin(painter, theme, card, (&count.to_string(), fill, false), zoom);
                }
            }
            Self::Change(asked, step) => match arrives(asked, *step, id) {
                Some(Arrives::Here) => pin(painter, theme, card, ("Δ", c.accent, false), zoom),
                Some(Arrives::After(ring)) => {
                    pin(painter, theme, card, (&ring.to_string(), c.error, false), zoom);
                }
                Some(Arrives::ByFeedback) => {
                    pin(painter, theme, card, (icons::ARROW_U_UP_LEFT, c.warn, true), zoom);
                }
                None => {}
            },
            Self::Differences(found) => match found.get(id) {
                Some(Difference::OnlyHere) => pin(painter, theme, card, ("+", c.ok, false), zoom),
                Some(Difference::Changed) => pin(painter, theme, card, ("≠", c.warn, false), zoom),
                None => {}
            },
        }
    }
}

fn pin(
    painter: &Painter,
    theme: &Theme,
    card: Rect,
    (text, fill, is_icon): (&str, Color32, bool),
    zoom: f32,
) {
    // As large as its figure needs, but where the cards themselves are dots.
    let radius = if zoom < BLOCKS_BELOW { 4.0 } else { (10.0 * zoom).clamp(8.0, 12.0) };
    let center = card.right_top() + vec2(-radius * 0.4, radius * 0.2);
    painter.circle(center, radius, fill, Stroke::new(1.5, theme.color.canvas));
    // Smaller words could not be read.
    if radius > 5.5 {
        let size = (radius * 1.15).round();
        let font = if is_icon { theme.icon(size) } else { FontId { size, ..theme.strong(1.0) } };
        let ink = Ink::new(font, theme.color.canvas);
        paint_text(painter, center, Align2::CENTER_CENTER, text, &ink, f32::INFINITY);
    }
}

//! What the canvas marks on cards: what the rules found there, how far a change goes, or what differs.

use std::collections::BTreeMap;

use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Stroke, vec2};

use super::card::Detail;
use super::findings::sign;
use crate::architecture::export::{Mark, Marked};
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
    /// What was marked when the drawing was taken.
    Taken(&'a Marked),
}

fn arrives(asked: &WhatIf, step: Option<usize>, id: &NodeId) -> Option<Mark> {
    let at = *asked.steps.of.get(id)?;
    let is_seen = step.is_none_or(|step| at <= step);
    is_seen.then_some(match at {
        0 => Mark::Changes,
        at if at == asked.steps.last => Mark::ChangesByFeedback,
        at => Mark::ChangesAfter(at),
    })
}

impl Marks<'_> {
    /// What a node's badge says.
    fn at(&self, id: &NodeId) -> Option<Mark> {
        match self {
            Self::Findings(found) => found.get(id).map(|(worst, count)| Mark::Found(*worst, *count)),
            Self::Differences(found) => found.get(id).map(|difference| match difference {
                Difference::OnlyHere => Mark::OnlyHere,
                Difference::Changed => Mark::Differs,
            }),
            Self::Change(asked, step) => arrives(asked, *step, id),
            Self::Taken(marked) => marked.at.get(id).copied(),
        }
    }

    /// Whether they tell of a change.
    pub fn is_change(&self) -> bool {
        match self {
            Self::Change(..) => true,
            Self::Taken(marked) => marked.is_change,
            Self::Findings(_) | Self::Differences(_) => false,
        }
    }

    /// Whether a card steps back, because the change does not reach it.
    pub fn dims(&self, id: &NodeId) -> bool {
        self.is_change() && self.at(id).is_none()
    }

    /// Whether a flow is what changes.
    pub fn changes(&self, flow: &Flow) -> bool {
        match self {
            Self::Change(asked, _) => {
                matches!(asked.change(), Change::Artifact(word) if *word == flow.artifact)
            }
            Self::Taken(marked) => marked.changes(flow),
            Self::Findings(_) | Self::Differences(_) => false,
        }
    }

    /// Whether the change arrives at a consumer without any gate before it.
    pub fn is_unguarded(&self, id: &NodeId) -> bool {
        match self {
            Self::Change(asked, step) => {
                step.is_none_or(|step| step >= asked.steps.last)
                    && asked.shown().unguarded_consumers.binary_search(id).is_ok()
            }
            Self::Taken(marked) => marked.unguarded.contains(id),
            Self::Findings(_) | Self::Differences(_) => false,
        }
    }

    /// The same, to be kept; none where it is what the rules found.
    pub fn taken(&self) -> Option<Marked> {
        match self {
            Self::Findings(_) => None,
            Self::Differences(found) => {
                let at = found.keys().filter_map(|id| Some((id.clone(), self.at(id)?))).collect();
                let told = "How it differs from the drawing that it is held against".to_owned();
                Some(Marked { at, told, ..Marked::default() })
            }
            Self::Change(asked, ring) => {
                Some(Marked::change(asked.change(), &asked.clause, asked.shown(), *ring))
            }
            Self::Taken(marked) => Some((*marked).clone()),
        }
    }

    /// What a screen reader hears of a card beside its name.
    pub fn told(&self, id: &NodeId) -> String {
        let told = match self.at(id) {
            Some(Mark::Found(Severity::Error, 1)) => ", 1 finding, an error".to_owned(),
            Some(Mark::Found(_, 1)) => ", 1 finding".to_owned(),
            Some(Mark::Found(Severity::Error, count)) => format!(", {count} findings, errors among them"),
            Some(Mark::Found(_, count)) => format!(", {count} findings"),
            Some(Mark::OnlyHere) => ", only in this drawing".to_owned(),
            Some(Mark::Differs) => ", differs".to_owned(),
            Some(Mark::Changes) => ", changes".to_owned(),
            Some(Mark::ChangesAfter(1)) => ", changes after 1 flow".to_owned(),
            Some(Mark::ChangesAfter(ring)) => format!(", changes after {ring} flows"),
            Some(Mark::ChangesByFeedback) => ", changes when feedback comes back".to_owned(),
            None => match self {
                Self::Change(asked, _) if asked.steps.of.contains_key(id) => ", not reached yet".to_owned(),
                Self::Change(..) => ", does not change".to_owned(),
                _ => String::new(),
            },
        };
        if self.is_unguarded(id) { format!("{told}, unguarded") } else { told }
    }

    /// Draws the badge of a card, if it has one.
    pub fn badge(&self, painter: &Painter, theme: &Theme, id: &NodeId, card: Rect, detail: Detail) {
        let c = &theme.color;
        let Some(mark) = self.at(id) else { return };
        // As large as its figure needs, but where the cards themselves are dots.
        let radius = match detail {
            Detail::Blocks => 4.0,
            Detail::Titles(zoom) | Detail::Cards(zoom) => (10.0 * zoom).clamp(8.0, 12.0),
            Detail::Print(zoom) => 10.0 * zoom,
        };
        let center = card.right_top() + vec2(-radius * 0.4, radius * 0.2);
        let is_printed = matches!(detail, Detail::Print(_));
        let pin = |text: &str, fill, is_icon| {
            pin_at(painter, theme, center, (text, fill, is_icon), (radius, is_printed));
        };
        match mark {
            Mark::Found(worst, count) => {
                pin(&count.to_string(), sign(theme, worst).1, false);
            }
            Mark::Changes => pin("Δ", c.accent, false),
            Mark::ChangesAfter(ring) => pin(&ring.to_string(), c.error, false),
            Mark::ChangesByFeedback => pin(icons::ARROW_U_UP_LEFT, c.warn, true),
            Mark::OnlyHere => pin("+", c.ok, false),
            Mark::Differs => pin("≠", c.warn, false),
        }
    }
}

/// Draws a badge.
pub(super) fn pin_at(
    painter: &Painter,
    theme: &Theme,
    center: Pos2,
    (text, fill, is_icon): (&str, Color32, bool),
    (radius, is_printed): (f32, bool),
) {
    painter.circle(center, radius, fill, Stroke::new(0.15 * radius.min(10.0), theme.color.canvas));
    // Smaller words could not be read, save on a page, which may be looked at from nearer.
    if radius > 5.5 || is_printed {
        let size = if radius > 5.5 { (radius * 1.15).round() } else { radius * 1.15 };
        let font = if is_icon { theme.icon(size) } else { FontId { size, ..theme.strong(1.0) } };
        let ink = Ink::new(font, theme.color.canvas);
        paint_text(painter, center, Align2::CENTER_CENTER, text, &ink, f32::INFINITY);
    }
}

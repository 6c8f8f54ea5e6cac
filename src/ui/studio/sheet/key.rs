//! The key below a drawing: what its lines, dashed borders and badges mean, as far as they occur in it.

use std::collections::BTreeSet;

use egui::{Align2, FontId, Painter, Pos2, Rect, vec2};

use crate::architecture::export::{Mark, Marked};
use crate::architecture::kinds::ArtifactClass;
use crate::architecture::{Architecture, Flow};
use crate::problem::Severity;
use crate::ui::icons;
use crate::ui::studio::badge::pin_at;
use crate::ui::studio::findings::sign;
use crate::ui::studio::{card, flows};
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, paint_text};

/// What a sign shows.
enum Sign {
    Line(ArtifactClass),
    Added,
    Pale,
    AddedFlow(ArtifactClass),
    Badge(&'static str, egui::Color32, bool),
}

/// Draws the key upwards from `foot`, its left lower corner.
pub(super) fn key(
    painter: &Painter,
    theme: &Theme,
    foot: Pos2,
    zoom: f32,
    drawing: &Architecture,
    marked: &Marked,
) {
    let ink = Ink::new(FontId::proportional(11.5 * zoom), theme.color.text_2);
    let mut at = foot - vec2(0.0, 8.0 * zoom);
    for (sign, words) in signs(theme, drawing, marked) {
        let width = match sign {
            Sign::Line(class) => {
                let ends = [at, at + vec2(30.0 * zoom, 0.0)];
                flows::sample(painter, theme, class, false, (ends, zoom));
                30.0
            }
            Sign::Added => {
                let rect = Rect::from_min_size(at - vec2(0.0, 7.0 * zoom), vec2(26.0, 14.0) * zoom);
                card::dashed_border(painter, theme, rect, zoom);
                26.0
            }
            Sign::Pale => {
                let rect = Rect::from_min_size(at - vec2(0.0, 7.0 * zoom), vec2(26.0, 14.0) * zoom);
                card::pale_border(painter, theme, rect, zoom);
                26.0
            }
            Sign::AddedFlow(class) => {
                let ends = [at, at + vec2(30.0 * zoom, 0.0)];
                flows::sample(painter, theme, class, true, (ends, zoom));
                30.0
            }
            Sign::Badge(text, fill, is_icon) => {
                pin_at(painter, theme, at + vec2(8.0 * zoom, 0.0), (text, fill, is_icon), (8.0 * zoom, true));
                16.0
            }
        };
        let text = at + vec2((width + 7.0) * zoom, 0.0);
        let (rect, _) = paint_text(painter, text, Align2::LEFT_CENTER, words, &ink, f32::INFINITY);
        at.x = rect.right() + 22.0 * zoom;
    }
}

/// The signs that occur, lines first.
fn signs(theme: &Theme, drawing: &Architecture, marked: &Marked) -> Vec<(Sign, &'static str)> {
    let classes: BTreeSet<ArtifactClass> = drawing.flows.iter().map(Flow::class).collect();
    let mut signs: Vec<(Sign, &'static str)> = [
        (ArtifactClass::Data, "Data"),
        (ArtifactClass::Model, "Models"),
        (ArtifactClass::Control, "Control"),
        (ArtifactClass::Observation, "Observation"),
    ]
    .into_iter()
    .filter(|(class, _)| classes.contains(class))
    .map(|(class, words)| (Sign::Line(class), words))
    .collect();
    if drawing.nodes.values().any(crate::architecture::Node::is_added) {
        signs.push((Sign::Added, "Box added, not reported by a source"));
    }
    // Pale whatever flows; the data's line shows it best.
    if let Some(flow) = drawing.flows.iter().filter(|flow| flow.is_added()).min_by_key(|flow| flow.class()) {
        signs.push((Sign::AddedFlow(flow.class()), "Flow added"));
    }
    let badges: BTreeSet<Badge> = marked.at.values().map(Badge::of).collect();
    if marked.is_change {
        signs.push((Sign::Pale, "Not reached"));
    }
    signs.extend(badges.into_iter().map(|badge| badge.told(theme)));
    signs
}

/// The kinds of badges, in the order of the key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Badge {
    Errors,
    Findings,
    Changes,
    ChangesAfter,
    ChangesByFeedback,
    OnlyHere,
    Differs,
}

impl Badge {
    fn of(mark: &Mark) -> Self {
        match mark {
            Mark::Found(Severity::Error, _) => Self::Errors,
            Mark::Found(..) => Self::Findings,
            Mark::Changes => Self::Changes,
            Mark::ChangesAfter(_) => Self::ChangesAfter,
            Mark::ChangesByFeedback => Self::ChangesByFeedback,
            Mark::OnlyHere => Self::OnlyHere,
            Mark::Differs => Self::Differs,
        }
    }

    fn told(self, theme: &Theme) -> (Sign, &'static str) {
        let c = &theme.color;
        let (text, color, is_icon, words) = match self {
            Self::Errors => ("n", sign(theme, Severity::Error).1, false, "n findings, errors among them"),
            Self::Findings => ("n", sign(theme, Severity::Warning).1, false, "n findings"),
            Self::Changes => ("Δ", c.accent, false, "Changes"),
            Self::ChangesAfter => ("n", c.error, false, "Changes after n flows"),
            Self::ChangesByFeedback => (icons::ARROW_U_UP_LEFT, c.warn, true, "Changes by feedback"),
            Self::OnlyHere => ("+", c.ok, false, "Only here"),
            Self::Differs => ("≠", c.warn, false, "Differs"),
        };
        (Sign::Badge(text, color, is_icon), words)
    }
}

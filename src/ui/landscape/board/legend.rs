//! What the marks on the cards mean: in one line on the bar, and at the foot of a printed board.

use egui::accesskit::Role;
use egui::{Align2, Pos2, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::card;
use crate::catalog::LicenseClass;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, license_mark, paint_text};

/// What no mark says.
pub(super) const UNMARKED: &str =
    "No mark: OSI approved. A name in full ink has pros and cons in the catalog, each with its source.";

/// A mark on a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// So many dots: how far a foundation has taken a project.
    Maturity(u8),
    /// A licence that is not the usual one.
    License(LicenseClass),
}

/// Those of a foundation, the highest first, then those of licences.
pub(super) const MARKS: [Mark; 6] = [
    Mark::Maturity(3),
    Mark::Maturity(2),
    Mark::Maturity(1),
    Mark::License(LicenseClass::OpenCore),
    Mark::License(LicenseClass::SourceAvailable),
    Mark::License(LicenseClass::Unknown),
];
/// So many of them are of a foundation.
const OF_MATURITY: usize = 3;
/// From one dot to the next.
const DOT: f32 = 6.5;

impl Mark {
    fn word(self) -> String {
        match self {
            Self::Maturity(3) => "graduated".to_owned(),
            Self::Maturity(2) => "incubating".to_owned(),
            Self::Maturity(_) => "sandbox".to_owned(),
            Self::License(LicenseClass::Unknown) => "licence not known".to_owned(),
            Self::License(class) => class.title().to_lowercase(),
        }
    }

    /// The mark in words, for those who do not see it.
    fn told(self) -> String {
        let shape = match self {
            Self::Maturity(3) => "three dots",
            Self::Maturity(2) => "two dots",
            Self::Maturity(_) => "one dot",
            Self::License(LicenseClass::Osi) => "a full circle",
            Self::License(LicenseClass::OpenCore) => "a half circle",
            Self::License(LicenseClass::SourceAvailable) => "an empty circle",
            Self::License(LicenseClass::Unknown) => "a question mark",
        };
        format!("{shape} {}", self.word())
    }

    /// From its left to its word.
    fn room(self) -> f32 {
        match self {
            Self::Maturity(dots) => f32::from(dots) * DOT + 4.0,
            Self::License(_) => 14.0,
        }
    }

    fn paint(self, ui: &Ui, left: Pos2) {
        match self {
            Self::Maturity(dots) => {
                for dot in 0..dots {
                    let at = left + vec2(3.0 + f32::from(dot) * DOT, 0.0);
                    ui.painter().circle_filled(at, 2.2, Theme::of(ui).color.accent);
                }
            }
            Self::License(class) => license_mark(ui, left + vec2(4.0, 0.0), class),
        }
    }
}

/// Draws marks with their words from the left, `apart` from each other.
pub(super) fn marks_ui(ui: &Ui, left: Pos2, marks: &[Mark], ink: &Ink, apart: f32) {
    let mut at = left;
    for mark in marks {
        mark.paint(ui, at);
        let word = at + vec2(mark.room(), 0.0);
        let (drawn, _) =
            paint_text(ui.painter(), word, Align2::LEFT_CENTER, &mark.word(), ink, f32::INFINITY);
        at = pos2(drawn.right() + apart, at.y);
    }
}

fn width_of(ui: &Ui, marks: &[Mark], ink: &Ink, apart: f32) -> f32 {
    let word = |mark: &Mark| {
        let galley = ui.painter().layout_no_wrap(mark.word(), ink.font.clone(), ink.color);
        mark.room() + galley.size().x + apart
    };
    marks.iter().map(word).sum::<f32>() - apart
}

/// Draws them quietly in the bar, as many as have room: the licence's marks stand in the filter as well, so that the
/// foundation's come first.
pub(super) fn legend_ui(ui: &mut Ui, zoom: f32) {
    const APART: f32 = 11.0;
    /// Between the legend and the zoom at its right; the buttons at its left have room of their own.
    const ASIDE: f32 = 12.0;
    let theme = Theme::of(ui);
    let ink = Ink::new(theme.small(), theme.color.text_3);
    let seen = if zoom > card::LICENSED { MARKS.as_slice() } else { &MARKS[..OF_MATURITY] };
    let room = ui.available_width() - ASIDE;
    let fits = |marks: &&[Mark]| width_of(ui, marks, &ink, APART) <= room;
    let Some(marks) = [seen, &MARKS[..OF_MATURITY]].into_iter().find(fits) else { return };
    let size = vec2(width_of(ui, marks, &ink, APART) + ASIDE, theme.size.control);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let told = marks.iter().map(|mark| mark.told()).collect::<Vec<_>>().join(", ");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("Marks: {told}")));
    let drawn = Rect::from_min_max(rect.min, pos2(rect.right() - ASIDE, rect.bottom()));
    marks_ui(ui, drawn.left_center(), marks, &ink, APART);
    response.on_hover_text(UNMARKED);
}

//! A drawing as a text for other programs and for documents.
//!
//! Each format has a file. What they share is in `parts`: lanes in stage order, boxes and flows, all under generated names,
//! since the names of a file may collide or mean something elsewhere. Every text is escaped as its format needs, and only
//! addresses of the web become links.

mod adr;
mod bill;
mod d2;
mod drawio;
mod format;
mod lines;
mod mark;
mod mermaid;
mod page;
mod parts;
mod picture;
mod picture_beside;
mod report;
mod structurizr;
mod taken;
mod target;
mod told;

use jiff::civil::Date;

use super::judged::Judged;
use super::layout::Placement;
use super::model::Architecture;
use super::route::Route;
use crate::catalog::Catalog;
use crate::shown::counted;
pub use format::Format;
pub use mark::{Mark, Marked};
use parts::{Parts, plain};
pub use picture::{Fitted, Ground, MOST_SCALE, Page, PictureForm, PictureOptions, Words};
pub use picture_beside::{is_own_picture, own_picture, picture_name};
pub use report::Beside;
pub use taken::Taken;
pub use target::Target;

/// A drawing, and what is known beside it.
#[derive(Clone, Copy, Debug)]
pub struct Export<'a> {
    /// The drawing.
    pub drawing: &'a Architecture,
    /// Where its boxes and lanes are.
    pub placement: &'a Placement,
    /// How its flows run, by their place in the drawing; those without a route are left to the other program.
    pub routes: &'a [Route],
    /// What the rules say of it.
    pub judged: &'a Judged,
    /// Where the names and licences of tools are looked up.
    pub catalog: &'a Catalog,
    /// Whether it is only what its sources report.
    pub is_reported: bool,
    /// The day that stands in a decision record.
    pub today: Date,
}

/// What an export gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// The document; it ends with a line feed. The same drawing on the same day always gives the same.
    pub text: String,
    /// How many boxes it holds.
    pub boxes: usize,
    /// How many flows it holds.
    pub flows: usize,
    /// How many flows are not in it since an end of each does not exist.
    pub left_out: usize,
    /// Why the program that it is for will not draw it, in a sentence without a full stop; none where it will.
    pub refused: Option<&'static str>,
}

impl Exported {
    fn of(parts: &Parts<'_>, text: String) -> Self {
        let (boxes, flows) = (parts.boxes().count(), parts.flows.len());
        Self { text, boxes, flows, left_out: parts.left_out, refused: None }
    }

    /// What a person is to be told of it, a sentence each without a full stop.
    pub fn warnings(&self) -> impl Iterator<Item = String> {
        self.left_out_sentence().into_iter().chain(self.refused.map(str::to_owned))
    }

    /// That flows were left out, in a sentence without a full stop; none where none was.
    pub fn left_out_sentence(&self) -> Option<String> {
        let flows = counted(self.left_out, "flow was", "flows were");
        (self.left_out > 0).then(|| format!("{flows} left out, since an end does not exist"))
    }
}

impl Export<'_> {
    /// Writes the drawing in a format.
    pub fn text(&self, format: Format) -> Exported {
        let parts = Parts::of(self);
        let text = match format {
            Format::Mermaid => mermaid::flowchart(self, &parts),
            Format::MermaidSwimlane => mermaid::swimlane(self, &parts),
            Format::D2 => d2::text(self, &parts),
            Format::Drawio => drawio::text(self, &parts),
            Format::Structurizr => structurizr::text(self, &parts),
            Format::Markdown => report::text_of(self, &parts, None),
            Format::Adr => adr::text_of(self, &parts),
            Format::Csv => bill::rows(&parts).csv(),
        };
        let refused = match format {
            Format::Mermaid | Format::MermaidSwimlane => mermaid::refusal(&parts, &text),
            _ => None,
        };
        Exported { refused, ..Exported::of(&parts, text) }
    }

    /// That flows are not drawn since an end of each does not exist, in a sentence without a full stop; none where none is.
    pub fn left_out(&self) -> Option<String> {
        Exported::of(&Parts::of(self), String::new()).left_out_sentence()
    }

    /// The report with a picture beside it.
    pub fn report_with(&self, picture: Beside<'_>) -> Exported {
        let parts = Parts::of(self);
        let text = report::text_of(self, &parts, Some(picture));
        Exported::of(&parts, text)
    }

    /// The title on one line, never empty.
    fn title(&self) -> String {
        parts::or_else(plain(&self.drawing.title), "Architecture")
    }
}

#[cfg(test)]
mod tests;

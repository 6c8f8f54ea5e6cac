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
use crate::rows::stem;
use crate::shown::counted;
pub use format::Format;
pub use mark::{Mark, Marked};
use parts::{Parts, plain};
pub use picture::{Fitted, Ground, MOST_SCALE, Page, PictureForm, PictureOptions, Words};
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
}

impl Exported {
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
        Exported { text, boxes: parts.boxes().count(), flows: parts.flows.len(), left_out: parts.left_out }
    }

    /// The report with a picture of this name beside it.
    pub fn report_with(&self, picture: &str) -> Exported {
        let parts = Parts::of(self);
        let text = report::text_of(self, &parts, Some(picture));
        Exported { text, boxes: parts.boxes().count(), flows: parts.flows.len(), left_out: parts.left_out }
    }

    /// The title on one line, never empty.
    fn title(&self) -> String {
        parts::or_else(plain(&self.drawing.title), "Architecture")
    }

    /// What a file of it is called, from its title: `rag-operations.mmd`.
    pub fn file_name(&self, format: Format) -> String {
        format!("{}.{}", stem(&self.drawing.title, "architecture"), format.ending())
    }
}

/// What the picture beside a report is called whose name, without its ending, is this.
pub fn picture_name(report: &str) -> String {
    format!("{report}-picture.svg")
}

#[cfg(test)]
mod tests;

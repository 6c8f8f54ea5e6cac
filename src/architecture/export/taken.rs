//! A drawing as it stands when somebody asks for it: all that any format needs, so that it can be written elsewhere and later.

use std::sync::Arc;

use jiff::civil::Date;

use super::Export;
use super::mark::Marked;
use super::target::Target;
use crate::architecture::judged::Judged;
use crate::architecture::layout::Placement;
use crate::architecture::model::Architecture;
use crate::architecture::route::Route;
use crate::catalog::Catalog;
use crate::rows::stem;

/// A drawing with what is known beside it, of one moment.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The drawing.
    pub drawing: Architecture,
    /// Where its boxes and lanes are.
    pub placement: Arc<Placement>,
    /// How its flows run.
    pub routes: Vec<Route>,
    /// What the rules say of it.
    pub judged: Judged,
    /// Whether that is of an earlier state, so that it is to be found anew: see [`Taken::settle`].
    pub is_unjudged: bool,
    /// Where the names and licences of tools are looked up.
    pub catalog: Arc<Catalog>,
    /// Whether it is only what its sources report.
    pub is_reported: bool,
    /// The day that stands in it.
    pub today: Date,
    /// What is marked on its boxes, instead of what the rules found there.
    pub marks: Option<Marked>,
}

impl Taken {
    /// Holds it against the rules, if that is still to be done.
    pub fn settle(&mut self) {
        if std::mem::take(&mut self.is_unjudged) {
            self.judged = Judged::of(&self.drawing);
        }
    }

    /// What is marked on its boxes.
    pub fn marked(&self) -> Marked {
        self.marks.clone().unwrap_or_else(|| Marked::findings(&self.judged.at_node))
    }

    /// It for the formats that are texts.
    pub fn export(&self) -> Export<'_> {
        Export {
            drawing: &self.drawing,
            placement: &self.placement,
            routes: &self.routes,
            judged: &self.judged,
            catalog: &self.catalog,
            is_reported: self.is_reported,
            today: self.today,
        }
    }

    /// What a file of it is called, from its title: `rag-operations.pdf`.
    pub fn file_name(&self, target: Target) -> String {
        format!("{}.{}", stem(&self.drawing.title, "architecture"), target.ending())
    }
}

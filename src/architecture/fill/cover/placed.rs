//! Which of the fewest tools goes into which box, and the edit that puts them in.

use super::{Cover, Models, fit, job};
use crate::architecture::edit::Edit;
use crate::architecture::fill::candidates::why;
use crate::architecture::model::{Architecture, NodeId};
use crate::catalog::{Catalog, ToolId};

/// A tool of a [`Cover`] in a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The box.
    pub node: NodeId,
    /// The tool.
    pub tool: ToolId,
    /// By what it does the job of the box, in a sentence.
    pub why: String,
}

impl Cover {
    /// One tool for each box that is filled, in the order of the drawing: of those that do its job the surest, then the
    /// first.
    pub fn placed(&self, drawing: &Architecture, catalog: &Catalog) -> Vec<Placed> {
        let models = Models::of(drawing);
        let place = |id: &NodeId| {
            let job = job(&drawing.nodes.get(id)?.kind, models)?;
            let able = self.tools.iter().filter(|chosen| chosen.nodes.contains(id)).filter_map(|chosen| {
                let tool = catalog.get(&chosen.tool)?;
                let (fit, category) = fit(job, tool, catalog)?;
                Some((fit, tool, category))
            });
            let (fit, tool, category) = able.min_by_key(|(fit, ..)| *fit)?;
            Some(Placed { node: id.clone(), tool: tool.id.clone(), why: why(tool, fit, category) })
        };
        drawing.nodes.keys().filter_map(place).collect()
    }
}

/// The one step that puts tools into boxes, in place of what those name; none where nothing would change.
pub fn put_in(drawing: &Architecture, placed: &[Placed]) -> Option<Edit> {
    let edits = placed
        .iter()
        .map(|placed| Edit::SetTools { node: placed.node.clone(), tools: vec![placed.tool.to_string()] });
    let edits: Vec<_> = edits.filter(|edit| !edit.is_noop_on(drawing)).collect();
    (!edits.is_empty()).then_some(Edit::Batch(edits))
}

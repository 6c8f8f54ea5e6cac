//! Whose change reaches farthest.

use std::cmp::Reverse;

use super::walk::Start;
use super::{Change, Impact, impact};
use crate::architecture::graph::{Graph, Kinds};
use crate::architecture::model::{Architecture, NodeId};

/// The nodes whose change reaches most others in the end, at most `most` of them, the farthest first and equals in the
/// order of their ids; those that reach nobody are not told.
pub fn riskiest(drawing: &Architecture, most: usize) -> Vec<(NodeId, Impact)> {
    let g = Graph::new(drawing);
    let reach = |id: &NodeId| {
        let start = Start::of(&g, &Change::Node(id.clone()))?;
        // The node itself is in its own rings.
        Some(start.rings(&g, Kinds::NONE, Kinds::NONE).iter().flatten().count() - 1)
    };
    let mut all: Vec<(usize, &NodeId)> = drawing
        .nodes
        .keys()
        .filter_map(|id| Some((reach(id)?, id)))
        .filter(|(reach, _)| *reach > 0)
        .collect();
    all.sort_by_key(|(reach, _)| Reverse(*reach));
    all.truncate(most);
    all.into_iter().filter_map(|(_, id)| Some((id.clone(), impact(drawing, id)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::sketch::sketch;

    #[test]
    fn the_farthest_reach_comes_first_and_none_is_not_told() {
        let drawing = sketch(
            "a:data_store b:transformation c:training d:serving_online x:data_store y:transformation; \
             a->b:raw_data b->c:training_set c->d:model x->y:raw_data",
        );
        let told = |most| -> Vec<String> {
            riskiest(&drawing, most).iter().map(|(id, impact)| format!("{id} {}", impact.full)).collect()
        };
        assert_eq!(told(9), ["a 3", "b 2", "c 1", "x 1"]);
        assert_eq!(told(2), ["a 3", "b 2"]);
    }
}

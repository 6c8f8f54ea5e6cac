//! The tools of a drawing that the catalog has no entry for.

use std::collections::BTreeMap;

use super::integrations::entry;
use crate::architecture::model::{Architecture, NodeId};
use crate::catalog::Catalog;

/// A tool without an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stranger {
    /// As the boxes name it.
    pub name: String,
    /// The boxes that name it, in the order of the drawing.
    pub nodes: Vec<NodeId>,
}

/// The tools without an entry, by name.
pub fn strangers(drawing: &Architecture, catalog: &Catalog) -> Vec<Stranger> {
    let mut found: BTreeMap<&String, Vec<NodeId>> = BTreeMap::new();
    for node in drawing.nodes.values() {
        for name in node.tools.iter().filter(|name| entry(catalog, name).is_none()) {
            let nodes = found.entry(name).or_default();
            if nodes.last() != Some(&node.id) {
                nodes.push(node.id.clone());
            }
        }
    }
    found.into_iter().map(|(name, nodes)| Stranger { name: name.clone(), nodes }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::sketch::{catalog, sketch};

    #[test]
    fn each_stranger_has_the_boxes_that_name_it() {
        let catalog = catalog(&["id = \"a\"\nname = \"A\"\n"]);
        let drawing = sketch("x:ci=a+Ours+Ours y:cd=Ours z:cd=by-hand");
        let found = strangers(&drawing, &catalog);
        let told: Vec<_> = found.iter().map(|s| (s.name.as_str(), s.nodes.len())).collect();
        assert_eq!(told, [("Ours", 2), ("by-hand", 1)]);
    }
}

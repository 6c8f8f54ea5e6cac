//! What changes with the node that a window asks about: found when it goes there or the drawing changes, never in a
//! frame.

use std::collections::BTreeMap;

use super::Document;
use crate::action::DocumentId;
use crate::address::{DrawingLocation, DrawingPanel, Location};
use crate::architecture::impact::GATE_KINDS;
use crate::architecture::{Architecture, Edit, Impact, NodeId, impact};

/// A change of one node.
#[derive(Clone, Debug, PartialEq)]
pub struct WhatIf {
    /// The node that changes.
    pub node: NodeId,
    /// What it does.
    pub impact: Impact,
    /// Gates that the change meets; what if there were none?
    pub gates: Vec<NodeId>,
    /// The gate that lets everything pass in thought, and what the change does then.
    pub without: Option<(NodeId, Impact)>,
    /// How far each node is, in flows; 0 is the changed one. Those that only feedback reaches are not in it.
    pub rings: BTreeMap<NodeId, usize>,
}

impl WhatIf {
    fn of(drawing: &Architecture, node: &NodeId, without: Option<&NodeId>) -> Option<Self> {
        let found = impact(drawing, node)?;
        let is_gate = |id: &&NodeId| {
            drawing.nodes.get(*id).is_some_and(|node| GATE_KINDS.contains(&node.kind.as_str()))
        };
        let gates = found.rings.values().flatten().filter(is_gate).cloned().collect();
        let removed = without.filter(|gate| **gate != *node && drawing.nodes.contains_key(*gate));
        let without = removed.and_then(|gate| {
            // What went through it goes through it still, and nothing looks at it there.
            let mut passed = drawing.clone();
            passed.apply(Edit::SetKind { node: gate.clone(), kind: String::new() });
            Some((gate.clone(), impact(&passed, node)?))
        });
        // What is seen is what the drawing would be.
        let shown = without.as_ref().map_or(&found, |(_, impact)| impact);
        let ring = |(ring, nodes): (&usize, &Vec<NodeId>)| {
            let ring = *ring;
            nodes.iter().map(move |node| (node.clone(), ring)).collect::<Vec<_>>()
        };
        let mut rings: BTreeMap<NodeId, usize> = shown.rings.iter().flat_map(ring).collect();
        rings.insert(node.clone(), 0);
        Some(Self { node: node.clone(), impact: found, gates, without, rings })
    }

    /// Brings what a window asks in line with its location and the open documents.
    pub(super) fn follow(
        asked: &mut Option<Self>,
        documents: &BTreeMap<DocumentId, Document>,
        location: &Location,
    ) {
        *asked = match location {
            Location::Drawing(DrawingLocation {
                origin,
                selected,
                panel: DrawingPanel::Impact,
                without,
                ..
            }) => {
                let document = documents.values().find(|document| document.origin == *origin);
                let drawing = document.and_then(Document::drawing).map(|drawing| drawing.architecture);
                let without = without.as_deref().map(NodeId::from);
                drawing.zip(selected.first()).and_then(|(drawing, node)| {
                    Self::of(drawing, &NodeId::from(node.as_str()), without.as_ref())
                })
            }
            _ => None,
        };
    }
}

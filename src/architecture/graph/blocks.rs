//! Sets of nodes that are walked with 64 at a time, each node one bit of a number.

use super::{Graph, Kinds};

/// The nodes of some kinds in blocks of 64. Working block by block keeps the memory of "which of these reach each
/// node" at one number a node, whatever the size of the drawing.
pub(in crate::architecture) struct Blocks {
    members: Vec<usize>,
    /// The place of each node in `members`.
    place: Vec<Option<usize>>,
}

/// Up to 64 nodes.
pub(in crate::architecture) struct Block<'b> {
    blocks: &'b Blocks,
    first: usize,
}

impl Blocks {
    /// The nodes of these kinds.
    pub fn of(graph: &Graph<'_>, kinds: Kinds) -> Self {
        let members: Vec<usize> = graph.of(kinds).collect();
        let mut place = vec![None; graph.len()];
        for (at, member) in members.iter().enumerate() {
            place[*member] = Some(at);
        }
        Self { members, place }
    }

    /// Block by block.
    pub fn iter(&self) -> impl Iterator<Item = Block<'_>> {
        (0..self.members.len()).step_by(64).map(|first| Block { blocks: self, first })
    }
}

impl Block<'_> {
    /// The bit of a node; 0 when it is not in this block.
    pub fn bit(&self, node: usize) -> u64 {
        match self.blocks.place[node] {
            Some(place) if place >= self.first && place < self.first + 64 => 1 << (place - self.first),
            _ => 0,
        }
    }

    /// The nodes of some bits.
    pub fn nodes_in(&self, bits: u64) -> impl Iterator<Item = usize> {
        let members = self.blocks.members.iter().skip(self.first).take(64).enumerate();
        members.filter(move |(at, _)| bits >> at & 1 == 1).map(|(_, node)| *node)
    }
}

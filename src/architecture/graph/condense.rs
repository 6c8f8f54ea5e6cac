//! Loops, and what follows along paths when loops are taken as one.

use super::{Artifacts, Direction, Graph, Hop, Kinds};

/// The nodes grouped by the loops of some artifacts: two nodes are in one group when each reaches the other.
///
/// Groups come in an order in which flows go only to earlier groups.
pub(in crate::architecture) struct Condensed<'g, 'a> {
    graph: &'g Graph<'a>,
    artifacts: Artifacts,
    /// Between which kinds flows are followed.
    within: Kinds,
    /// The members of all groups, one group after another.
    members: Vec<usize>,
    /// Where each group begins in `members`; one more at the end.
    starts: Vec<usize>,
    /// The group of each node.
    group: Vec<usize>,
}

const NEVER: usize = usize::MAX;

impl<'g, 'a> Condensed<'g, 'a> {
    /// Groups the nodes by the flows of these artifacts.
    pub fn new(graph: &'g Graph<'a>, artifacts: Artifacts) -> Self {
        Self::within(graph, artifacts, Kinds::ANY)
    }

    /// Groups the nodes by the flows of these artifacts from one of these kinds to another of them (Tarjan's way, with
    /// a stack of its own).
    pub fn within(graph: &'g Graph<'a>, artifacts: Artifacts, within: Kinds) -> Self {
        let count = graph.len();
        let (mut seen, mut low) = (vec![NEVER; count], vec![0; count]);
        let mut made = Self {
            graph,
            artifacts,
            within,
            members: Vec::new(),
            starts: vec![0],
            group: vec![NEVER; count],
        };
        let (mut next, mut open, mut path) = (0, Vec::new(), Vec::new());
        for root in 0..count {
            if seen[root] != NEVER {
                continue;
            }
            path.push((root, 0));
            while let Some((node, at)) = path.last_mut() {
                let node = *node;
                if seen[node] == NEVER {
                    (seen[node], low[node]) = (next, next);
                    next += 1;
                    open.push(node);
                }
                let hops = graph.hops(node, Direction::Down);
                if let Some(hop) = hops.get(*at) {
                    *at += 1;
                    let other = hop.node;
                    if !made.follows(node, hop) {
                        continue;
                    }
                    if seen[other] == NEVER {
                        path.push((other, 0));
                    } else if made.group[other] == NEVER {
                        low[node] = low[node].min(seen[other]);
                    }
                    continue;
                }
                path.pop();
                if let Some((parent, _)) = path.last() {
                    low[*parent] = low[*parent].min(low[node]);
                }
                if low[node] == seen[node] {
                    made.close(node, &mut open);
                }
            }
        }
        made
    }

    /// All that is open from `first` on becomes a group.
    fn close(&mut self, first: usize, open: &mut Vec<usize>) {
        let group = self.starts.len() - 1;
        while let Some(node) = open.pop() {
            self.group[node] = group;
            self.members.push(node);
            if node == first {
                break;
            }
        }
        self.starts.push(self.members.len());
    }

    /// The groups, each without order.
    pub fn groups(&self) -> impl DoubleEndedIterator<Item = &[usize]> {
        self.starts.windows(2).map(|ends| &self.members[ends[0]..ends[1]])
    }

    /// The groups that are loops: more than one node, or one that flows into itself. Members are sorted.
    pub fn loops(&self) -> Vec<Vec<usize>> {
        let mut loops: Vec<Vec<usize>> =
            self.groups().filter(|group| self.is_loop(group)).map(<[usize]>::to_vec).collect();
        for members in &mut loops {
            members.sort_unstable();
        }
        loops
    }

    /// Whether one of [`Self::groups`] is a loop.
    fn is_loop(&self, group: &[usize]) -> bool {
        match group {
            [one] => self.hops(*one, Direction::Down).any(|other| other == *one),
            more => !more.is_empty(),
        }
    }

    fn hops(&self, node: usize, direction: Direction) -> impl Iterator<Item = usize> {
        let hops = self.graph.hops(node, direction).iter();
        hops.filter(move |hop| self.follows(node, hop)).map(|hop| hop.node)
    }

    fn follows(&self, node: usize, hop: &Hop) -> bool {
        hop.artifact.meets(self.artifacts)
            && self.graph.is(node, self.within)
            && self.graph.is(hop.node, self.within)
    }

    /// How many nodes are on the longest path; a loop on it counts with all of its nodes.
    pub fn longest_chain(&self) -> usize {
        let mut chain = vec![0; self.group.len()];
        let mut longest = 0;
        for group in self.groups() {
            let after = group.iter().flat_map(|node| {
                let others = self.hops(*node, Direction::Down);
                others.filter(|other| self.group[*other] != self.group[*node])
            });
            let length = group.len() + after.map(|other| chain[other]).max().unwrap_or(0);
            for &node in group {
                chain[node] = length;
            }
            longest = longest.max(length);
        }
        longest
    }

    /// What comes to each node over at least one flow: the join of `own` of all nodes from which it is reached
    /// (`Down`), or that it reaches (`Up`). `none` is what joins with anything without changing it, and joining a
    /// value twice must be joining it once.
    pub fn gather<T: Copy>(
        &self,
        direction: Direction,
        none: T,
        own: impl Fn(usize) -> T,
        join: impl Fn(T, T) -> T,
    ) -> Vec<T> {
        let mut gathered = vec![none; self.group.len()];
        let back = match direction {
            Direction::Down => Direction::Up,
            Direction::Up => Direction::Down,
        };
        let mut visit = |group: &[usize]| {
            let mut all = none;
            for &node in group {
                for other in self.hops(node, back) {
                    if self.group[other] != self.group[node] {
                        all = join(all, join(gathered[other], own(other)));
                    }
                }
            }
            if self.is_loop(group) {
                all = group.iter().fold(all, |all, node| join(all, own(*node)));
            }
            for &node in group {
                gathered[node] = all;
            }
        };
        match direction {
            Direction::Up => self.groups().for_each(&mut visit),
            Direction::Down => self.groups().rev().for_each(&mut visit),
        }
        gathered
    }
}

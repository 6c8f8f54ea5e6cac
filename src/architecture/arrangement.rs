//! A drawing placed and routed, kept up to date with its edits: at once where that takes no longer than a frame, else
//! roughly until somebody has the time.

use std::sync::Arc;

use super::layout::{Placement, place, place_roughly};
use super::model::Architecture;
use super::route::{Route, Routes};

/// Nodes and flows of a drawing that is placed and routed within a frame.
const SMALL: usize = 1_000;
/// The same for a drawing all of whose positions are stored: only what an edit touches is routed again.
const PINNED: usize = 3_000;

/// Where everything of a drawing is drawn.
#[derive(Clone, Debug, Default)]
pub struct Arrangement {
    placement: Arc<Placement>,
    routes: Routes,
    is_rough: bool,
}

impl Arrangement {
    /// Places and routes everything, however long it takes; the same drawing always gives the same arrangement.
    pub fn of(drawing: &Architecture) -> Self {
        let placement = Arc::new(place(drawing));
        Self { routes: Routes::of(drawing, &placement), placement, is_rough: false }
    }

    /// Brings it up to date with another state of the drawing. In a large drawing what was there stays, what moved has
    /// plain elbows, and what is new waits: then it [is rough](Self::is_rough).
    pub fn follow(&mut self, drawing: &Architecture) {
        let is_pinned = drawing.nodes.keys().all(|id| drawing.layout.contains_key(id));
        let most = if is_pinned { PINNED } else { SMALL };
        self.is_rough = drawing.nodes.len() + drawing.flows.len() > most;
        if self.is_rough {
            self.placement = Arc::new(place_roughly(drawing, &self.placement));
            self.routes.sketch(drawing, &self.placement);
        } else {
            self.placement = Arc::new(place(drawing));
            self.routes.follow(drawing, &self.placement);
        }
    }

    /// Whether [`Arrangement::of`] would give a better one.
    pub fn is_rough(&self) -> bool {
        self.is_rough
    }

    /// Where the nodes and lanes are. Two arrangements share it only if it is the same.
    pub fn placement(&self) -> &Arc<Placement> {
        &self.placement
    }

    /// How flows run between the nodes, in their order.
    pub fn routes(&self) -> &[Route] {
        self.routes.lines()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::{Edit, Flow, Node, NodeId, Point};

    /// A chain of nodes in one lane.
    fn chain(nodes: usize) -> Architecture {
        let id = |at: usize| NodeId(format!("n{at:04}"));
        let mut drawing = Architecture::default();
        for at in 0..nodes {
            let node = Node { id: id(at), stage: "data".to_owned(), ..Node::default() };
            drawing.apply(Edit::AddNode(node, None));
        }
        for at in 1..nodes {
            let flow =
                Flow { from: id(at - 1), to: id(at), artifact: "events".to_owned(), ..Flow::default() };
            drawing.apply(Edit::AddFlow(flow));
        }
        drawing
    }

    fn same(one: &Arrangement, two: &Arrangement) -> bool {
        one.placement == two.placement && one.routes() == two.routes()
    }

    #[test]
    fn a_small_drawing_is_whole_after_every_edit() {
        let mut drawing = chain(9);
        let mut kept = Arrangement::default();
        kept.follow(&drawing);
        assert!(!kept.is_rough() && same(&kept, &Arrangement::of(&drawing)));
        let positions = [("n0003".into(), Some(Point::new(900, -40)))].into();
        drawing.apply(Edit::Move { positions });
        kept.follow(&drawing);
        assert!(!kept.is_rough() && same(&kept, &Arrangement::of(&drawing)));
    }

    #[test]
    fn a_large_one_keeps_what_did_not_move_until_it_is_arranged_anew() {
        let mut drawing = chain(600);
        let mut kept = Arrangement::default();
        kept.follow(&drawing);
        assert!(kept.is_rough() && kept.placement.positions.is_empty(), "nothing is known of it yet");
        kept = Arrangement::of(&drawing);
        let before = kept.clone();
        let moved: NodeId = "n0300".into();
        let at = Point::new(5_000, 5_000);
        drawing.apply(Edit::Move { positions: [(moved.clone(), Some(at))].into() });
        kept.follow(&drawing);
        assert!(kept.is_rough());
        assert_eq!(kept.placement.positions[&moved], at);
        for (old, new) in before.routes().iter().zip(kept.routes()) {
            let touches = drawing.flows[new.flow].touches(&moved);
            assert_eq!(old == new, !touches, "{}", drawing.flows[new.flow].key());
        }
        drawing.apply(Edit::Remove { nodes: [moved.clone()].into(), flows: [].into() });
        kept.follow(&drawing);
        assert_eq!((kept.placement.positions.len(), kept.routes().len()), (599, 597));
    }
}

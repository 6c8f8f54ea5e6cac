//! The relations around the tools that a window shows: found and placed when it goes there, never in a frame.

use crate::address::{GraphLocation, Location};
use crate::catalog::neighbourhood::{Layout, MOST, Neighbourhood, Room, Wish};
use crate::catalog::{Catalog, ToolId};

/// So many nodes has the small graph of a tool's page: the tool and twelve others.
pub const SMALL: usize = 13;

/// A neighbourhood in its place.
#[derive(Debug)]
pub struct Graph {
    wish: Wish,
    most: usize,
    /// Who and what.
    pub found: Neighbourhood,
    tall: Layout,
    wide: Layout,
    /// What each node says of itself to those who hear it: the sentences that lead to it.
    pub told: Vec<String>,
}

impl Graph {
    fn new(catalog: &Catalog, wish: &Wish, most: usize) -> Self {
        let found = Neighbourhood::of(catalog, wish, most);
        let (tall, wide) = (Layout::new(&found, Room::Tall), Layout::new(&found, Room::Wide));
        let told = (0..found.nodes.len()).map(|node| found.told(catalog, node)).collect();
        Self { wish: wish.clone(), most, found, tall, wide, told }
    }

    /// Where everybody stands, as is best in so much room.
    pub fn layout(&self, width: f32, height: f32) -> &Layout {
        let scale = |layout: &Layout| (width / layout.bounds.w).min(height / layout.bounds.h);
        if scale(&self.wide) > scale(&self.tall) * 1.02 { &self.wide } else { &self.tall }
    }

    /// Brings what a window has in line with its location; what is there already stays.
    pub(super) fn follow(graph: &mut Option<Self>, catalog: &Catalog, location: &Location) {
        let (wish, most) = match location {
            Location::Graph(GraphLocation { wish, .. }) => (wish.clone(), MOST),
            Location::Tool(id) => (Wish::of(vec![ToolId::clone(id)]), SMALL),
            _ => {
                *graph = None;
                return;
            }
        };
        if graph.as_ref().is_none_or(|known| known.wish != wish || known.most != most) {
            *graph = Some(Self::new(catalog, &wish, most));
        }
    }
}

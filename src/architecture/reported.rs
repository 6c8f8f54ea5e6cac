//! What the sources of a drawing report of it, as a drawing of its own that stands where the whole one stands.

use std::sync::Arc;

use super::arrangement::Arrangement;
use super::judged::Judged;
use super::layout::Placement;
use super::model::Architecture;
use super::route::Route;

/// The reported part of a drawing.
#[derive(Clone, Debug)]
pub struct Reported {
    /// It, without flows that would lose an end.
    pub architecture: Architecture,
    /// What the rules say of it alone.
    pub judged: Arc<Judged>,
    /// Where its nodes stand in the whole drawing, whose lanes and bounds are kept: what is left out leaves a gap.
    pub placement: Arc<Placement>,
    /// Its flows as they run in the whole drawing.
    pub routes: Vec<Route>,
}

impl Reported {
    /// The reported part of a drawing, as that is arranged; none where nobody said of any part on what it rests. It is
    /// held against the rules, unless what they say of it is `known`.
    pub fn of(drawing: &Architecture, arrangement: &Arrangement, known: Option<Arc<Judged>>) -> Option<Self> {
        drawing.evidence()?;
        let architecture = drawing.as_reported();
        let judged = known.unwrap_or_else(|| Arc::new(Judged::of(&architecture)));
        let mut placement = Placement::clone(arrangement.placement());
        placement.positions.retain(|id, _| architecture.nodes.contains_key(id));
        placement.sizes.retain(|id, _| architecture.nodes.contains_key(id));
        let routes = routes(drawing, &architecture, arrangement.routes());
        Some(Self { architecture, judged, placement: Arc::new(placement), routes })
    }
}

/// The routes of the flows that are left, by their new numbers. What is left is in the order of the whole.
fn routes(whole: &Architecture, left: &Architecture, routes: &[Route]) -> Vec<Route> {
    let mut next = left.flows.iter().enumerate().peekable();
    let numbers: Vec<Option<usize>> = whole
        .flows
        .iter()
        .map(|flow| next.next_if(|(_, kept)| *kept == flow).map(|(number, _)| number))
        .collect();
    let of_left = |route: &Route| {
        let flow = numbers.get(route.flow).copied().flatten()?;
        Some(Route { flow, points: route.points.clone() })
    };
    routes.iter().filter_map(of_left).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::sketch::sketch;

    /// A source, a transformation that was added, training and serving; three of four flows are reported.
    fn some() -> Architecture {
        let mut drawing = sketch(
            "a:source_batch b:transformation c:training d:serving_online; \
             a->b:raw_data a->c:raw_data b->c:training_set c->d:model",
        );
        for node in drawing.nodes.values_mut() {
            node.basis = Some(if node.id.0 == "b" { "added" } else { "reported" }.to_owned());
        }
        for flow in &mut drawing.flows {
            flow.basis = Some(if flow.to.0 == "b" { "added" } else { "reported" }.to_owned());
        }
        drawing
    }

    #[test]
    fn the_part_stands_where_the_whole_stands_and_is_judged_alone() {
        let drawing = some();
        let arrangement = Arrangement::of(&drawing);
        let part = Reported::of(&drawing, &arrangement, None).unwrap();
        // b and both of its flows are gone.
        let flows: Vec<String> = part.architecture.flows.iter().map(|flow| flow.key().to_string()).collect();
        assert_eq!(flows, ["a->c:raw_data", "c->d:model"]);
        assert_eq!(part.judged.findings, Judged::of(&part.architecture).findings);
        assert_ne!(part.judged.findings, Judged::of(&drawing).findings);
        for (id, at) in &part.placement.positions {
            assert_eq!(arrangement.placement().positions.get(id), Some(at));
        }
        assert_eq!((part.placement.positions.len(), part.routes.len()), (3, 2));
        for route in &part.routes {
            let flow = &part.architecture.flows[route.flow];
            let whole = drawing.flows.iter().position(|other| other == flow).unwrap();
            let line = arrangement.routes().iter().find(|route| route.flow == whole).unwrap();
            assert_eq!(line.points, route.points, "{}", flow.key());
        }
    }

    #[test]
    fn it_is_judged_only_where_nobody_knows() {
        let mut drawing = some();
        let arrangement = Arrangement::of(&drawing);
        let known = Reported::of(&drawing, &arrangement, None).unwrap().judged;
        drawing.title = "Ours".to_owned();
        let part = Reported::of(&drawing, &arrangement, Some(Arc::clone(&known))).unwrap();
        assert!(part.architecture.title == "Ours" && Arc::ptr_eq(&part.judged, &known));
        drawing.nodes.values_mut().for_each(|node| node.basis = None);
        drawing.flows.iter_mut().for_each(|flow| flow.basis = None);
        assert!(Reported::of(&drawing, &arrangement, None).is_none(), "nobody says on what it rests");
    }
}

//! How good the placement is: crossings beside a plain barycentre sweep, shape and balance.

use std::collections::BTreeMap;

use mlops_atlas::architecture::{Architecture, NodeId, Placement, Point, crossings, place};
use mlops_atlas::store::architecture_files::templates;

use super::random::random;

/// The textbook sweep: every lane is one column, ordered by the mean place of the neighbours in the lanes that were
/// ordered before, forth and back; the best of all sweeps.
fn barycentre(drawing: &Architecture, columns: &[Vec<NodeId>], x: &[i32]) -> usize {
    let column: BTreeMap<&NodeId, usize> =
        columns.iter().enumerate().flat_map(|(at, ids)| ids.iter().map(move |id| (id, at))).collect();
    let mut orders: Vec<Vec<&NodeId>> = columns.iter().map(|ids| ids.iter().collect()).collect();
    let mut rank: BTreeMap<&NodeId, usize> =
        orders.iter().flat_map(|ids| ids.iter().enumerate().map(|(rank, id)| (*id, rank))).collect();
    let mut neighbours: BTreeMap<&NodeId, Vec<&NodeId>> = BTreeMap::new();
    for flow in &drawing.flows {
        neighbours.entry(&flow.from).or_default().push(&flow.to);
        neighbours.entry(&flow.to).or_default().push(&flow.from);
    }
    let mut least = usize::MAX;
    for sweep in 0..10 {
        let forth = sweep % 2 == 0;
        for step in 0..orders.len() {
            let at = if forth { step } else { orders.len() - 1 - step };
            let mean = |id: &NodeId| {
                let others = neighbours.get(id).into_iter().flatten();
                let others: Vec<f64> = others
                    .filter(|other| if forth { column[*other] < at } else { column[*other] > at })
                    .map(|other| rank[*other] as f64)
                    .collect();
                if others.is_empty() {
                    rank[id] as f64
                } else {
                    others.iter().sum::<f64>() / others.len() as f64
                }
            };
            let keys: BTreeMap<&NodeId, f64> = orders[at].iter().map(|id| (*id, mean(id))).collect();
            orders[at].sort_by(|a, b| keys[a].total_cmp(&keys[b]));
            rank.extend(orders[at].iter().enumerate().map(|(rank, id)| (*id, rank)));
        }
        let mut placement = Placement::default();
        for (ids, x) in orders.iter().zip(x) {
            for (row, id) in ids.iter().enumerate() {
                placement.positions.insert((*id).clone(), Point::new(*x, row as i32 * 124));
                placement.sizes.insert((*id).clone(), drawing.size_of(id));
            }
        }
        least = least.min(crossings(drawing, &placement));
    }
    least
}

/// Every lane as one column, by id.
fn lanes(drawing: &Architecture, placement: &Placement) -> Vec<Vec<NodeId>> {
    let of = |stage: &str| {
        drawing.nodes.values().filter(|node| node.stage == stage).map(|node| node.id.clone()).collect()
    };
    placement.lanes.iter().map(|lane| of(&lane.stage)).collect()
}

/// The columns that our own placement has inside its lanes, by id.
fn columns(placement: &Placement) -> (Vec<Vec<NodeId>>, Vec<i32>) {
    let mut columns: BTreeMap<i32, Vec<NodeId>> = BTreeMap::new();
    for id in placement.positions.keys() {
        columns.entry(placement.node(id).unwrap().x).or_default().push(id.clone());
    }
    (columns.values().cloned().collect(), columns.keys().copied().collect())
}

#[test]
fn no_more_crossings_than_a_plain_barycentre_sweep() {
    let sizes = [(40, 60), (100, 150), (100, 300), (300, 450), (300, 900), (1_000, 1_500)];
    let random = sizes.iter().enumerate().map(|(seed, (nodes, flows))| random(*nodes, *flows, seed as u64));
    let mut worse = Vec::new();
    for drawing in templates().into_iter().chain(random) {
        let placement = place(&drawing);
        let ours = crossings(&drawing, &placement);
        let lanes = lanes(&drawing, &placement);
        let x: Vec<i32> = (0..lanes.len() as i32).map(|lane| lane * 286).collect();
        let plain = barycentre(&drawing, &lanes, &x);
        let (columns, x) = columns(&placement);
        let same_columns = barycentre(&drawing, &columns, &x);
        let line = format!("{}: ours {ours}, lanes {plain}, our columns {same_columns}", drawing.id);
        if ours > plain.min(same_columns) {
            worse.push(line);
        }
    }
    assert!(worse.is_empty(), "{}", worse.join("\n"));
}

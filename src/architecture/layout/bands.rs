//! Lane bands: disjoint strips around the nodes of each stage.

use std::collections::BTreeMap;

use super::super::kinds;
use super::super::model::Architecture;
use super::{COLUMN_GAP, EMPTY_LANE, LaneBand, Placement, grid};

/// No lane is narrower.
const LEAST: i32 = 40;

/// Bands from left to right; each begins where the one before ends, halfway between their nodes. Where
/// stored positions mix lanes, the bands stay disjoint and in order, and nodes stand outside theirs.
pub(super) fn bands(drawing: &Architecture, placement: &Placement) -> Vec<LaneBand> {
    let mut extents: BTreeMap<&str, (i32, i32)> = BTreeMap::new();
    for node in drawing.nodes.values() {
        if let Some(at) = placement.node(&node.id) {
            let extent = extents.entry(&node.stage).or_insert_with(|| (at.x, at.right()));
            *extent = (extent.0.min(at.x), extent.1.max(at.right()));
        }
    }
    let stages = grid::stages(drawing);
    let mut spans: Vec<(i32, i32)> = Vec::new();
    let first = stages.iter().find_map(|stage| extents.get(stage.as_str())).map_or(0, |extent| extent.0);
    let leading = stages.iter().take_while(|stage| !extents.contains_key(stage.as_str())).count() as i32;
    let mut x = if extents.is_empty() { 0 } else { first - leading * EMPTY_LANE };
    for stage in &stages {
        let span = extents.get(stage.as_str()).copied().unwrap_or((x, x + EMPTY_LANE - COLUMN_GAP));
        spans.push(span);
        x = span.1 + COLUMN_GAP;
    }
    let mut left = spans.first().map_or(0, |span| span.0 - COLUMN_GAP / 2);
    let mut bands = Vec::new();
    for (index, stage) in stages.iter().enumerate() {
        let Some(span) = spans.get(index) else { break };
        let right = match spans.get(index + 1) {
            Some(next) => i32::midpoint(span.1, next.0),
            None => span.1 + COLUMN_GAP / 2,
        };
        let right = right.max(left + LEAST);
        let lane = kinds::lane(stage);
        bands.push(LaneBand {
            stage: stage.clone(),
            title: lane.map_or(stage.as_str(), |lane| lane.title.as_str()).to_owned(),
            hue: lane.map(|lane| lane.lifecycle.clone()),
            x: left,
            width: right - left,
        });
        left = right;
    }
    bands
}

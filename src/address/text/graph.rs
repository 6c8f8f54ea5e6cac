//! The address of a relations graph: `atlas:landscape/graph?tool=mlflow&depth=2&type=runs_on&derived=yes`.

use std::collections::BTreeSet;

use super::pairs::{Pairs, Written};
use super::{AddressError, tool_id};
use crate::address::{GraphItem, GraphLocation};
use crate::catalog::neighbourhood::Wish;
use crate::catalog::{RelationKind, ToolId};

/// The keys that it takes.
pub(super) const KEYS: [&str; 5] = ["tool", "depth", "type", "derived", "selected"];

/// The type that stands for no type at all.
const NONE: &str = "none";

pub(super) fn write(graph: &GraphLocation, out: &mut Written) {
    out.0.push_str("landscape/graph");
    let wish = &graph.wish;
    out.add_list("tool", wish.centres.iter().map(ToolId::as_str));
    out.add("depth", if wish.depth > 1 { "2" } else { "" });
    match &wish.kinds {
        None => {}
        Some(kinds) if kinds.is_empty() => out.add("type", NONE),
        Some(kinds) => out.add_list("type", kinds.iter().map(|kind| kind.id())),
    }
    out.add("derived", if wish.derived { "yes" } else { "" });
    out.add("selected", &graph.selected.as_ref().map(ToString::to_string).unwrap_or_default());
}

pub(super) fn read(pairs: &Pairs<'_>) -> Result<GraphLocation, AddressError> {
    let mut centres: Vec<ToolId> = Vec::new();
    for value in pairs.all("tool") {
        let id = tool_id(&value, pairs)?;
        if !centres.contains(&id) {
            centres.push(id);
        }
    }
    let types = pairs.all("type");
    let one = |word: &String| RelationKind::from_id(word).ok_or_else(|| pairs.bad("type", word));
    let kinds = match types.as_slice() {
        [] => None,
        [none] if none == NONE => Some(BTreeSet::new()),
        words => Some(words.iter().map(one).collect::<Result<BTreeSet<_>, _>>()?),
    };
    let depth = |word: &str| [("1", 1), ("2", 2)].iter().find(|(w, _)| *w == word).map(|(_, depth)| *depth);
    let derived =
        |word: &str| [("yes", true), ("no", false)].iter().find(|(w, _)| *w == word).map(|(_, d)| *d);
    Ok(GraphLocation {
        wish: Wish {
            centres,
            depth: pairs.as_a("depth", depth)?.unwrap_or(1),
            kinds,
            derived: pairs.as_a("derived", derived)?.unwrap_or_default(),
        },
        selected: pairs.as_a("selected", GraphItem::parse)?,
    })
}

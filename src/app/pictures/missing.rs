//! What an address names and the view has not: the rest is drawn, and it is told.

use crate::action::WindowId;
use crate::address::{DrawingLocation, DrawingPanel, Location, Origin};
use crate::architecture::{Architecture, NodeId};
use crate::catalog::ToolId;
use crate::problem::Problem;
use crate::state::{Reference, State};

/// What the main window's location names and nothing has, in the order of the address.
pub(super) fn missing(state: &State) -> Vec<Problem> {
    let window = state.window(WindowId::MAIN);
    let unknown = window.comparison.iter().flat_map(|shown| &shown.unknown);
    let mut found: Vec<Problem> = unknown.map(|id| no_tool(id.to_string())).collect();
    match window.location() {
        Location::Drawing(here) => {
            if let Some((_, drawing)) = state.focused_drawing(WindowId::MAIN) {
                found.extend(of_drawing(state, here, drawing.architecture));
            }
            found.extend(of_reference(state, here));
        }
        Location::Consensus(asked) => {
            let practice = window.common_practice.as_ref();
            let kind = asked.selected.iter();
            let unknown = kind.filter(|kind| {
                practice.is_some_and(|practice| practice.found.kinds.iter().all(|other| other.what != **kind))
            });
            found.extend(
                unknown.map(|kind| Problem::error("no drawing has a box of this kind", kind.clone())),
            );
        }
        _ => {}
    }
    found
}

fn no_tool(id: String) -> Problem {
    Problem::error("the catalog has no tool with this id", id)
}

/// Nodes, an artifact and tools.
fn of_drawing(state: &State, here: &DrawingLocation, drawing: &Architecture) -> Vec<Problem> {
    let no_node = |id: &&String| !drawing.nodes.contains_key(&NodeId::from(id.as_str()));
    let node = |id: &String| Problem::error("the drawing has no node with this id", id.clone());
    let mut found: Vec<Problem> = here.selected.iter().filter(no_node).map(node).collect();
    let is_lost = |artifact: &&String| drawing.flows.iter().all(|flow| flow.artifact != **artifact);
    let artifact =
        |name: &String| Problem::error("no flow of the drawing carries this artifact", name.clone());
    found.extend(here.artifact.iter().filter(is_lost).map(artifact));
    if let Some(swap) = &here.swap {
        let is_named = |tool: &String| drawing.nodes.values().any(|node| node.tools.contains(tool));
        if !is_named(&swap.from) {
            found.push(Problem::error("no box of the drawing names this tool", swap.from.clone()));
        }
        let has_entry = |tool: &String| ToolId::new(tool).is_ok_and(|id| state.catalog.get(&id).is_some());
        if !swap.to.is_empty() && !has_entry(&swap.to) && !is_named(&swap.to) {
            found.push(no_tool(swap.to.clone()));
        }
    }
    found.extend(here.without.iter().filter(no_node).map(node));
    found
}

/// The drawing that it is held against. One in a file is a document, whose failure is told with all others.
fn of_reference(state: &State, here: &DrawingLocation) -> Option<Problem> {
    let against = here.against.as_ref()?;
    if let Origin::Template(id) = against {
        let is_known = state.templates.iter().any(|template| template.id == *id);
        return (!is_known).then(|| Problem::error("there is no template with this id", id.clone()));
    }
    let compared = &state.window(WindowId::MAIN).compared;
    match compared.as_ref().filter(|_| here.panel == DrawingPanel::Compare).map(|compared| &compared.with) {
        Some(Reference::Failed(sentence)) => {
            let sentence = sentence.trim_end_matches('.');
            Some(Problem::error(sentence, against.to_string()))
        }
        _ => None,
    }
}

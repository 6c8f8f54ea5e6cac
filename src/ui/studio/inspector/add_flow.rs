//! A flow in the making: first what flows, of what the node's kind sends or takes, then the node at the other end.

use std::collections::BTreeSet;

use egui::{Ui, vec2};

use crate::action::DocumentId;
use crate::architecture::{Architecture, Edit, Flow, FlowKey, Node, NodeId, kinds};
use crate::state::Drawing;
use crate::ui::studio::edit;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, Kind, ListRow, button, chip, wrapped};
use crate::ui::{View, icons};

/// Nodes that are offered before the rest is asked for.
const MOST: usize = 8;

/// The nodes that can send an artifact to the node, or take it, in a state of the drawing.
#[derive(Clone, Debug)]
struct Others {
    meaning: (u64, bool),
    artifact: String,
    nodes: Vec<NodeId>,
}

/// What is chosen so far.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// Whether it comes into the node.
    pub incoming: bool,
    /// What flows, once chosen.
    artifact: Option<String>,
    /// The nodes that can be at the other end.
    others: Option<Others>,
    /// Whether all nodes are offered.
    is_whole: bool,
}

impl Draft {
    pub(super) fn new(incoming: bool) -> Self {
        Self { incoming, artifact: None, others: None, is_whole: false }
    }
}

/// What a node may send, or take in: all artifacts where its kind is not known.
fn artifacts(node: &Node, incoming: bool) -> Vec<&'static str> {
    match kinds::kind(&node.kind) {
        None => kinds::artifacts().iter().map(|artifact| artifact.id.as_str()).collect(),
        Some(kind) if incoming => kind.accepts.iter().map(String::as_str).collect(),
        Some(kind) => kind.emits.iter().map(String::as_str).collect(),
    }
}

pub(super) fn can_add(node: &Node, incoming: bool) -> bool {
    !artifacts(node, incoming).is_empty()
}

fn flow(node: &Node, other: &Node, artifact: &str, incoming: bool) -> FlowKey {
    let (from, to) = if incoming { (other, node) } else { (node, other) };
    FlowKey { from: from.id.clone(), to: to.id.clone(), artifact: artifact.to_owned() }
}

/// The nodes that can be at the other end of a flow that is not there yet, those of its kind's own lane order first.
fn others(drawing: &Architecture, node: &Node, artifact: &str, incoming: bool) -> Vec<NodeId> {
    let of_node = |flow: &&Flow| {
        flow.artifact == artifact && *(if incoming { &flow.to } else { &flow.from }) == node.id
    };
    let ends = drawing.flows.iter().filter(of_node);
    let joined: BTreeSet<&NodeId> = ends.map(|flow| if incoming { &flow.from } else { &flow.to }).collect();
    let fits = |other: &&Node| {
        other.id != node.id && artifacts(other, !incoming).contains(&artifact) && !joined.contains(&other.id)
    };
    let lane = |other: &&Node| kinds::lanes().iter().position(|lane| lane.id == other.stage);
    let mut found: Vec<&Node> = drawing.nodes.values().filter(fits).collect();
    found.sort_by_key(lane);
    found.into_iter().map(|node| node.id.clone()).collect()
}

pub(super) fn draft_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    (id, drawing): (DocumentId, Drawing<'_>),
    node: &Node,
) {
    let theme = Theme::of(ui);
    let Some(mut draft) = view.memory.studio.inspector.flow.take() else { return };
    let incoming = draft.incoming;
    ui.add_space(4.0);
    let question = match (draft.artifact.is_some(), incoming) {
        (false, true) => "What comes in?",
        (false, false) => "What goes out?",
        (true, true) => "What comes in, and where from?",
        (true, false) => "What goes out, and where to?",
    };
    wrapped(ui, question, &Ink::new(theme.small(), theme.color.text_3));
    ui.add_space(2.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        for artifact in artifacts(node, incoming) {
            let is_on = draft.artifact.as_deref() == Some(artifact);
            let mark = is_on.then_some((icons::CHECK, theme.color.accent));
            if chip(ui, mark, &artifact.replace('_', " "), false).clicked() {
                draft.artifact = (!is_on).then(|| artifact.to_owned());
            }
        }
    });
    ui.add_space(4.0);
    let mut chosen = None;
    if let Some(artifact) = &draft.artifact {
        let meaning = drawing.meaning();
        draft.others.take_if(|known| (known.meaning, &known.artifact) != (meaning, artifact));
        let found = &*draft.others.get_or_insert_with(|| Others {
            nodes: others(drawing.architecture, node, artifact, incoming),
            artifact: artifact.clone(),
            meaning,
        });
        let found = &found.nodes;
        let ink = Ink::new(theme.body(), theme.color.text_3);
        if found.is_empty() {
            let text = if incoming { "No other node sends this." } else { "No other node takes this." };
            wrapped(ui, text, &ink);
        }
        let shown = if draft.is_whole { found.len() } else { MOST };
        let nodes = found.iter().filter_map(|id| drawing.architecture.nodes.get(id));
        for other in nodes.take(shown) {
            let icon = icons::by_name(kinds::icon(&other.kind)).unwrap_or(icons::CIRCLE);
            let text = format!("{} {}", if incoming { "From" } else { "To" }, other.title());
            let row = ListRow { icon, icon_color: None, text: &text, caption: "", selected: false };
            if row.show(ui).clicked() {
                chosen = Some(flow(node, other, artifact, incoming));
            }
        }
        if found.len() > shown {
            let text = format!("And {} more", found.len() - shown);
            draft.is_whole |= button(ui, "", &text, Kind::Quiet).clicked();
        }
    }
    let text = "No flow after all";
    let leave = ListRow { icon: icons::X, icon_color: None, text, caption: "", selected: false };
    let is_left = leave.show(ui).clicked();
    if let Some(FlowKey { from, to, artifact }) = chosen {
        edit(view, id, Edit::AddFlow(Flow { from, to, artifact, ..Flow::default() }));
    } else if !is_left {
        view.memory.studio.inspector.flow = Some(draft);
    }
}

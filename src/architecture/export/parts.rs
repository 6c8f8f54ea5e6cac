//! What of a drawing is exported: its lanes in stage order, boxes and flows under names of their own.

use std::collections::BTreeMap;

use super::Export;
use crate::architecture::NodeLinks;
use crate::architecture::fill::entry;
use crate::architecture::kinds::{self, ArtifactClass};
use crate::architecture::model::{Flow, Node, NodeId};
use crate::catalog::{LicenseClass, Tool, link};
use crate::shown::one_line;

/// The place of a box: its lane, and its place there.
pub(super) type At = (usize, usize);

/// A drawing under names that no file chose: `lane1`, `n1`.
pub(super) struct Parts<'a> {
    /// From left to right, empty ones too.
    pub lanes: Vec<Lane<'a>>,
    /// Those with two ends, in the drawing's order.
    pub flows: Vec<Line<'a>>,
    /// How many flows lack an end.
    pub left_out: usize,
}

/// A lane.
pub(super) struct Lane<'a> {
    /// `lane1`.
    pub id: String,
    /// The stage of its boxes, as the file has it.
    pub stage: &'a str,
    /// What is written above it, on one line.
    pub title: String,
    /// From top to bottom.
    pub boxes: Vec<Part<'a>>,
}

/// A box.
pub(super) struct Part<'a> {
    /// `n1`.
    pub id: String,
    /// What the drawing says of it.
    pub node: &'a Node,
    /// What it is called, on one line, never empty.
    pub title: String,
    /// What fills it.
    pub tools: Vec<Filled<'a>>,
}

/// A tool in a box.
pub(super) struct Filled<'a> {
    /// As the box names it.
    pub id: &'a str,
    /// As its makers write it, on one line; the id where the catalog has no entry.
    pub name: String,
    /// The entry, if there is one.
    pub tool: Option<&'a Tool>,
}

/// A flow with two ends.
pub(super) struct Line<'a> {
    /// Its place in the drawing, by which it is routed.
    pub index: usize,
    /// What the drawing says of it.
    pub flow: &'a Flow,
    /// The box that emits.
    pub from: At,
    /// The box that accepts.
    pub to: At,
}

impl<'a> Parts<'a> {
    /// Numbers what is exported.
    pub fn of(export: &Export<'a>) -> Self {
        let mut by_stage: BTreeMap<&'a str, Vec<&'a Node>> = BTreeMap::new();
        for node in export.drawing.nodes.values() {
            by_stage.entry(&node.stage).or_default().push(node);
        }
        let mut order: Vec<&'a str> = export.placement.lanes.iter().map(|lane| lane.stage.as_str()).collect();
        let rest: Vec<&'a str> = by_stage.keys().copied().filter(|stage| !order.contains(stage)).collect();
        order.extend(rest);
        let (mut lanes, mut places, mut number) = (Vec::new(), BTreeMap::new(), 0_usize);
        for stage in order {
            let mut nodes = by_stage.remove(stage).unwrap_or_default();
            let at = |node: &Node| export.placement.positions.get(&node.id).map(|at| (at.y, at.x));
            nodes.sort_by_key(|node| (at(node), &node.id));
            for (place, node) in nodes.iter().enumerate() {
                places.insert(&node.id, (lanes.len(), place));
            }
            let boxes = nodes.into_iter().map(|node| {
                number += 1;
                Part::of(export, node, number)
            });
            lanes.push(Lane {
                id: format!("lane{}", lanes.len() + 1),
                stage,
                title: or_else(plain(kinds::lane(stage).map_or(stage, |lane| &lane.title)), "No lane"),
                boxes: boxes.collect(),
            });
        }
        let place = |id: &NodeId| places.get(id).copied();
        let lines = export.drawing.flows.iter().enumerate().filter_map(|(index, flow)| {
            Some(Line { index, flow, from: place(&flow.from)?, to: place(&flow.to)? })
        });
        let flows: Vec<Line<'a>> = lines.collect();
        Self { lanes, left_out: export.drawing.flows.len() - flows.len(), flows }
    }

    /// The lanes with boxes.
    pub fn filled(&self) -> impl Iterator<Item = &Lane<'a>> {
        self.lanes.iter().filter(|lane| !lane.boxes.is_empty())
    }

    /// The box at a place.
    pub fn at(&self, (lane, place): At) -> &Part<'a> {
        &self.lanes[lane].boxes[place]
    }

    /// All boxes, lane after lane.
    pub fn boxes(&self) -> impl Iterator<Item = &Part<'a>> {
        self.lanes.iter().flat_map(|lane| &lane.boxes)
    }
}

impl<'a> Part<'a> {
    fn of(export: &Export<'a>, node: &'a Node, number: usize) -> Self {
        let tools = node.tools.iter().map(|id| Filled::of(export, id));
        Self {
            id: format!("n{number}"),
            node,
            title: or_else(plain(node.title()), "Unnamed box"),
            tools: tools.collect(),
        }
    }

    /// What kind of box it is, in words on one line.
    pub fn kind(&self) -> String {
        plain(kinds::label(&self.node.kind))
    }

    /// The names of its tools with commas between them; empty where it has none.
    pub fn tools(&self) -> String {
        self.tools.iter().map(|tool| tool.name.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// Where it leads: the first address that may be opened.
    pub fn link(&self) -> Option<&'a str> {
        self.node.address()
    }

    /// Who is in charge, with commas between them; empty where nobody is named.
    pub fn owners(&self) -> String {
        joined(&self.node.links.owners)
    }

    /// Who is in charge and all places, also those that are not opened: the names of four columns and plain texts on one
    /// line, empty where nothing is said.
    pub fn told_links(&self) -> [(&'static str, String); 4] {
        let NodeLinks { links, repository, runs, .. } = &*self.node.links;
        let text = |text: &Option<String>| one_line(text.as_deref().unwrap_or_default()).into_owned();
        [
            ("owners", self.owners()),
            ("repository", text(repository)),
            ("links", joined(links)),
            ("runs", text(runs)),
        ]
    }
}

impl<'a> Filled<'a> {
    fn of(export: &Export<'a>, id: &'a str) -> Self {
        let tool = entry(export.catalog, id);
        let name = or_else(plain(tool.map_or(id, |tool| &tool.name)), "Unnamed tool");
        Self { id, name, tool }
    }

    /// How open its licence is; unknown where the catalog has no entry.
    pub fn class(&self) -> LicenseClass {
        self.tool.map_or(LicenseClass::Unknown, Tool::license_class)
    }

    /// Its SPDX expression; empty where nobody read it.
    pub fn spdx(&self) -> &'a str {
        self.tool.and_then(|tool| tool.license.spdx.as_deref()).unwrap_or_default()
    }

    /// Its site, if that may be opened.
    pub fn homepage(&self) -> Option<&'a str> {
        self.tool.and_then(|tool| opened(tool.homepage.as_slice()))
    }
}

impl<'a> Line<'a> {
    /// What flows, in words on one line; empty where nobody said.
    pub fn artifact(&self) -> String {
        plain(&self.flow.artifact.replace('_', " "))
    }

    /// The class of what flows.
    pub fn class(&self) -> ArtifactClass {
        self.flow.class()
    }

    /// Whether it is drawn broken: what steers or is only seen. What was added is pale instead.
    pub fn is_dashed(&self) -> bool {
        matches!(self.class(), ArtifactClass::Control | ArtifactClass::Observation)
    }

    /// Where it is described: the first address that may be opened.
    pub fn link(&self) -> Option<&'a str> {
        opened(&self.flow.source)
    }
}

/// A text on one line: blanks of any kind become one, and what cannot be seen is an escape.
pub(super) fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    one_line(&words.join(" ")).into_owned()
}

/// Texts on one line with commas between them; those that are empty are left out.
fn joined(texts: &[String]) -> String {
    texts.iter().map(|text| plain(text)).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
}

/// A text, or another one where it is empty.
pub(super) fn or_else(text: String, other: &str) -> String {
    if text.is_empty() { other.to_owned() } else { text }
}

fn opened(urls: &[String]) -> Option<&str> {
    urls.iter().map(String::as_str).find(|url| link::judge(url).is_ok())
}

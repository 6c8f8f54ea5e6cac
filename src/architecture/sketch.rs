//! Drawings in one line and small catalogs, for tests: `wh:data_store reg:model_registry=mlflow+aim; wh->reg:model`.

use super::kinds;
use super::model::{Architecture, Flow, Node, NodeId};
use crate::catalog::{Catalog, Category, Layer, Stage, read};

/// Nodes as `id:kind` or `id:kind=tool+tool` (label and lane are those of the kind), then flows as `from->to:artifact`.
pub(super) fn sketch(text: &str) -> Architecture {
    let (nodes, flows) = text.split_once(';').unwrap_or((text, ""));
    let nodes = nodes.split_whitespace().map(|text| {
        let (id, rest) = text.split_once(':').unwrap_or((text, ""));
        let (kind, tools) = rest.split_once('=').unwrap_or((rest, ""));
        let known = kinds::kind(kind);
        let node = Node {
            id: id.into(),
            kind: kind.to_owned(),
            stage: known.map(|kind| kind.stage.clone()).unwrap_or_default(),
            label: known.map(|kind| kind.label.clone()).unwrap_or_default(),
            tools: tools.split('+').filter(|tool| !tool.is_empty()).map(str::to_owned).collect(),
            ..Node::default()
        };
        (NodeId::from(id), node)
    });
    let mut flows: Vec<_> = flows
        .split_whitespace()
        .filter_map(|text| {
            let (ends, artifact) = text.split_once(':')?;
            let (from, to) = ends.split_once("->")?;
            let artifact = artifact.to_owned();
            Some(Flow { from: from.into(), to: to.into(), artifact, ..Flow::default() })
        })
        .collect();
    flows.sort_by_key(Flow::key);
    Architecture { nodes: nodes.collect(), flows, ..Architecture::default() }
}

/// A catalog of these entries, each the text of a file, in the categories that they name.
pub(super) fn catalog(entries: &[&str]) -> Catalog {
    let entries: Vec<_> =
        entries.iter().map(|text| read::read_entry(text, "x.toml").unwrap().entry).collect();
    let mut names: Vec<_> = entries.iter().filter_map(|entry| entry.category.clone()).collect();
    names.sort_unstable();
    names.dedup();
    let category = |name: &String| Category {
        id: name.to_lowercase().replace(" & ", "-").replace(' ', "-"),
        name: name.clone(),
        stage: Stage::Train,
        definition: None,
        former: Vec::new(),
        choose: Vec::new(),
        line: 1,
    };
    Catalog::new(names.iter().map(category).collect(), &[(Layer::Bundled, entries)]).0
}

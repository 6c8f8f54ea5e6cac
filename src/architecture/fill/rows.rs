//! The tools of a drawing as rows: what each needs to run, and what is known of those at the two ends of each flow.

use std::collections::BTreeMap;

use super::{Pair, Record, entry, integrations};
use crate::architecture::judged::titles;
use crate::architecture::model::{Architecture, FlowKey, Node, NodeId};
use crate::catalog::compare::Fact;
use crate::catalog::escape::pages;
use crate::catalog::{Catalog, Evidence};
use crate::rows::Rows;

/// What is told of a tool beside its boxes.
const NEEDS: [Fact; 7] = [
    Fact::License,
    Fact::LicenseClass,
    Fact::Kubernetes,
    Fact::Gpu,
    Fact::AirGap,
    Fact::Languages,
    Fact::Deploy,
];

/// A row for each tool that a box names, by its id, and one for each box without a tool; then one for each pair of tools
/// that a flow joins, and one for each flow with an end that has none.
///
/// What the catalog does not tell of a tool is `unknown`; several sources stand in one cell, a blank between them.
pub fn rows(drawing: &Architecture, catalog: &Catalog) -> Rows {
    let first = ["part", "name", "tool", "boxes", "known", "told", "source"].map(str::to_owned);
    let head = first.into_iter().chain(NEEDS.iter().map(|fact| fact.title().to_lowercase()));
    let mut rows = tools(drawing, catalog);
    let found = integrations(drawing, catalog);
    for flow in &found.flows {
        let mut pairs: Vec<_> = flow.pairs.iter().map(|pair| of_pair(drawing, &flow.flow, pair)).collect();
        // A box may name a tool twice.
        pairs.dedup();
        rows.extend(pairs);
    }
    rows.extend(found.unfilled.iter().map(|flow| of_flow(drawing, flow, "", "no tool", "", &[])));
    Rows { head: head.collect(), rows }
}

fn tools(drawing: &Architecture, catalog: &Catalog) -> Vec<Vec<String>> {
    let mut boxes: BTreeMap<&str, Vec<&NodeId>> = BTreeMap::new();
    for (id, node) in &drawing.nodes {
        for tool in &node.tools {
            let named = boxes.entry(tool).or_default();
            if named.last() != Some(&id) {
                named.push(id);
            }
        }
    }
    let of_tool = |(id, nodes): (&str, Vec<&NodeId>)| {
        let tool = entry(catalog, id);
        let name = tool.map_or(id, |tool| &tool.name);
        let known = if tool.is_some() { "entry" } else { "no entry" };
        let mut row = vec!["tool".to_owned(), name.to_owned(), id.to_owned(), titles(drawing, nodes)];
        row.extend([known.to_owned(), String::new(), String::new()]);
        row.extend(
            NEEDS.iter().map(|fact| tool.map_or_else(|| "unknown".to_owned(), |tool| fact.of(tool).text())),
        );
        row
    };
    let mut rows: Vec<Vec<String>> = boxes.into_iter().map(of_tool).collect();
    let empty = drawing.nodes.values().filter(|node| node.tools.is_empty());
    rows.extend(empty.map(|node| padded(["box", node.title(), "", node.title(), "no tool", "", ""])));
    rows
}

fn of_pair(drawing: &Architecture, flow: &FlowKey, pair: &Pair) -> Vec<String> {
    let tools = format!("{}, {}", pair.from, pair.to);
    match &pair.record {
        Record::Same => of_flow(drawing, flow, &tools, "the same tool", "", &[]),
        Record::Told(relations) => {
            let told: Vec<String> = relations.iter().map(|relation| relation.sentence()).collect();
            let sources: Vec<Evidence> =
                relations.iter().flat_map(|relation| relation.sources.iter().cloned()).collect();
            of_flow(drawing, flow, &tools, "a relation", &told.join("; "), &sources)
        }
        Record::Standards(names) => {
            let told = format!("both speak {}", names.join(", "));
            of_flow(drawing, flow, &tools, "a standard in common", &told, &[])
        }
        Record::None => of_flow(drawing, flow, &tools, "no record", "", &[]),
        Record::NoEntry => of_flow(drawing, flow, &tools, "no entry", "", &[]),
    }
}

fn of_flow(
    drawing: &Architecture,
    flow: &FlowKey,
    tools: &str,
    known: &str,
    told: &str,
    sources: &[Evidence],
) -> Vec<String> {
    let title = |id: &NodeId| {
        drawing.nodes.get(id).map_or_else(|| id.to_string(), |node| Node::title(node).to_owned())
    };
    let name = format!("{} → {}: {}", title(&flow.from), title(&flow.to), flow.artifact.replace('_', " "));
    let urls: Vec<&str> = pages(sources).map(|source| source.url.as_str()).collect();
    let boxes = titles(drawing, [&flow.from, &flow.to]);
    padded(["flow", &name, tools, &boxes, known, told, &urls.join(" ")])
}

/// With no word on what is told of tools only.
fn padded(cells: [&str; 7]) -> Vec<String> {
    let mut row = cells.map(str::to_owned).to_vec();
    row.resize(cells.len() + NEEDS.len(), String::new());
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::sketch::{catalog, sketch};

    #[test]
    fn tools_boxes_and_flows_are_rows() {
        let drawing = sketch(
            "a:training=w+w b:serving_online=old c:consumer d:consumer=own; \
             a->b:model_package b->c:predictions b->d:predictions a->a:model",
        );
        let known = catalog(&[
            "id = \"old\"\nname = \"Old\"\nkubernetes = false\n[[relation]]\ntype = \"integrates_with\"\n\
             target = \"w\"\n[[relation.evidence]]\nurl = \"https://example.org/old_w\"\n",
            "id = \"w\"\nname = \"W\"\nlanguages = [\"Rust\", \"C\"]\n",
        ]);
        let rows = rows(&drawing, &known);
        assert!(rows.rows.iter().all(|row| row.len() == rows.head.len()));
        assert_eq!(
            rows.head.join(","),
            "part,name,tool,boxes,known,told,source,licence,licence class,kubernetes,gpu,air-gapped,languages,deploys as"
        );
        let told: Vec<String> = rows.rows.iter().map(|row| row[..7].join("|")).collect();
        let title = |id: &str| drawing.nodes[&NodeId::from(id)].title().to_owned();
        let (train, serve, user) = (title("a"), title("b"), title("c"));
        assert_eq!(
            told,
            [
                format!("tool|Old|old|{serve}|entry||"),
                format!("tool|own|own|{}|no entry||", title("d")),
                format!("tool|W|w|{train}|entry||"),
                format!("box|{user}||{user}|no tool||"),
                format!("flow|{train} → {train}: model|w, w|{train}, {train}|the same tool||"),
                format!(
                    "flow|{train} → {serve}: model package|w, old|{train}, {serve}|a relation|Old integrates with W|https://example.org/old_w"
                ),
                format!(
                    "flow|{serve} → {}: predictions|old, own|{serve}, {}|no entry||",
                    title("d"),
                    title("d")
                ),
                format!("flow|{serve} → {user}: predictions||{serve}, {user}|no tool||"),
            ]
        );
        assert_eq!(
            rows.rows[0][7..],
            ["unknown", "unknown", "not needed", "unknown", "unknown", "unknown", "unknown"]
        );
        assert_eq!(rows.rows[2][12], "Rust, C");
    }
}

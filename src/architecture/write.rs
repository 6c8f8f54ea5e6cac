//! Writes a drawing in its canonical text form: what diffs well and never changes on a second save.
//!
//! Keys in a fixed order, unknown keys after the known ones in the order of the file, nodes and flows
//! sorted by identity, one node, flow or position a line, UTF-8, LF, a newline at the end.

use serde_json::{Map, Value, json};

use super::model::{Architecture, Flow, Node, Suppression};

/// What the first key of a file must say.
pub(super) const FORMAT: &str = "mlops-atlas/architecture@1";

impl Architecture {
    /// The canonical text of an `*.architecture.json` file; [`Architecture::from_json`] reads it back to
    /// an equal drawing, and writing that one gives the same bytes.
    pub fn to_json(&self) -> String {
        let mut fields = vec![
            field("format", &json!(FORMAT)),
            field("id", &json!(self.id)),
            field("title", &json!(self.title)),
            field("summary", &json!(self.summary)),
            field("domain", &json!(self.domain)),
            field("source", &json!(self.source)),
        ];
        fields.extend(self.guide.as_ref().map(|guide| field("guide", &guide.write())));
        fields.extend([
            list("nodes", self.nodes.values().map(node)),
            list("edges", self.flows.iter().map(flow)),
            table("layout", self.layout.iter().map(|(id, at)| (id.as_str(), json!([at.x, at.y])))),
        ]);
        if !self.size.is_empty() {
            fields.push(table("size", self.size.iter().map(|(id, of)| (id.as_str(), json!([of.w, of.h])))));
        }
        if !self.suppressed.is_empty() {
            fields.push(list("suppressed", self.suppressed.iter().map(suppression)));
        }
        if !self.ruleset.is_empty() {
            fields.push(field("ruleset", &json!(self.ruleset)));
        }
        if !self.rules.is_empty() {
            fields.push(field("rules", &json!(self.rules)));
        }
        if !self.constraints.is_empty() {
            fields.push(field("constraints", &self.constraints.write()));
        }
        if !self.test_score.is_empty() {
            fields.push(field("test_score", &self.test_score.write()));
        }
        fields.extend(self.extra.iter().map(|(key, value)| field(key, value)));
        format!("{{\n{}\n}}\n", fields.join(",\n"))
    }
}

fn field(key: &str, value: &Value) -> String {
    format!("{}:{value}", json!(key))
}

fn list(key: &str, items: impl Iterator<Item = Value>) -> String {
    let lines: Vec<_> = items.map(|item| format!("\n{item}")).collect();
    if lines.is_empty() { field(key, &json!([])) } else { format!("\"{key}\":[{}\n]", lines.join(",")) }
}

fn table<'a>(key: &str, items: impl Iterator<Item = (&'a str, Value)>) -> String {
    let lines: Vec<_> = items.map(|(id, value)| format!("\n{}", field(id, &value))).collect();
    if lines.is_empty() { field(key, &json!({})) } else { format!("\"{key}\":{{{}\n}}", lines.join(",")) }
}

fn node(node: &Node) -> Value {
    let mut map = Map::new();
    map.insert("id".to_owned(), json!(node.id.0));
    map.insert("kind".to_owned(), json!(node.kind));
    map.insert("stage".to_owned(), json!(node.stage));
    map.insert("tools".to_owned(), json!(node.tools));
    map.insert("label".to_owned(), json!(node.label));
    map.insert("props".to_owned(), Value::Object(node.props.clone()));
    describe(&mut map, node.basis.as_deref(), &node.source);
    node.links.write(&mut map);
    finish(map, &node.extra)
}

fn flow(flow: &Flow) -> Value {
    let mut map = Map::new();
    map.insert("from".to_owned(), json!(flow.from.0));
    map.insert("to".to_owned(), json!(flow.to.0));
    map.insert("artifact".to_owned(), json!(flow.artifact));
    describe(&mut map, flow.basis.as_deref(), &flow.source);
    finish(map, &flow.extra)
}

fn suppression(suppression: &Suppression) -> Value {
    let mut map = Map::new();
    map.insert("rule".to_owned(), json!(suppression.rule));
    map.insert("at".to_owned(), json!(suppression.at));
    map.insert("reason".to_owned(), json!(suppression.reason));
    finish(map, &suppression.extra)
}

fn describe(map: &mut Map<String, Value>, basis: Option<&str>, source: &[String]) {
    if let Some(basis) = basis {
        map.insert("basis".to_owned(), json!(basis));
    }
    if !source.is_empty() {
        map.insert("source".to_owned(), json!(source));
    }
}

fn finish(mut map: Map<String, Value>, extra: &Map<String, Value>) -> Value {
    map.extend(extra.iter().map(|(key, value)| (key.clone(), value.clone())));
    Value::Object(map)
}

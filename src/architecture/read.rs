//! Reads a drawing from its text form: keeps what can be kept and says what cannot.

use serde_json::{Map, Value};
use thiserror::Error;

use super::constraints::Constraints;
use super::guide::Guide;
use super::kinds;
use super::lint;
use super::locate::Lines;
use super::model::{Architecture, Flow, Node, NodeId, Point, Size, Suppression};
use super::test_score::Answers;
use super::write::FORMAT;
use crate::problem::{Problem, Severity};

/// Why a text is no drawing at all. Lines and columns count from 1, columns in bytes.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadError {
    /// The text is empty or holds nothing but white space.
    #[error("the file is empty; an architecture begins with {{\"format\":\"{FORMAT}\"}}")]
    Empty,
    /// The text is no JSON, or nests deeper than 128 levels.
    #[error("this is not readable as JSON: {reason}, at line {line}, column {column}")]
    Syntax {
        /// What is wrong there.
        reason: String,
        /// Line from 1.
        line: usize,
        /// Column from 1.
        column: usize,
    },
    /// JSON, but neither `format` nor `nodes`.
    #[error("this is JSON but not an architecture: it has neither `format` nor `nodes`, at line 1, column 1")]
    Foreign,
    /// Another format, or a newer version of this one.
    #[error("the format is `{found}`, this version reads `{FORMAT}`, at line {line}, column 1")]
    Format {
        /// What the file says.
        found: String,
        /// Line from 1.
        line: usize,
    },
}

impl ReadError {
    /// Line and column, both from 1.
    pub fn place(&self) -> (usize, usize) {
        match self {
            Self::Empty | Self::Foreign => (1, 1),
            Self::Syntax { line, column, .. } => (*line, *column),
            Self::Format { line, .. } => (*line, 1),
        }
    }
}

impl Architecture {
    /// Reads the text of an `*.architecture.json` file.
    ///
    /// Whatever is odd is told by a problem whose place is `line N`; what could not be kept at all (no
    /// id, an id taken already, a value of the wrong type) has severity error.
    pub fn from_json(text: &str) -> Result<(Self, Vec<Problem>), ReadError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim().is_empty() {
            return Err(ReadError::Empty);
        }
        let value: Value = serde_json::from_str(text).map_err(|error| syntax(&error))?;
        let Value::Object(file) = value else { return Err(ReadError::Foreign) };
        let mut reader = Reader { lines: Lines::of(text), line: 1, problems: Vec::new() };
        match file.get("format") {
            Some(Value::String(found)) if found == FORMAT => {}
            Some(found) => {
                let found = found.as_str().map_or_else(|| found.to_string(), str::to_owned);
                return Err(ReadError::Format { found, line: reader.lines.key("format") });
            }
            None if file.contains_key("nodes") => {
                reader.warn(format!("`format` is missing; it is read as {FORMAT}"));
            }
            None => return Err(ReadError::Foreign),
        }
        let drawing = reader.drawing(file);
        Ok((drawing, reader.problems))
    }
}

fn syntax(error: &serde_json::Error) -> ReadError {
    let whole = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let reason = whole.strip_suffix(&place).unwrap_or(&whole);
    let reason =
        if reason == "recursion limit exceeded" { "it nests deeper than 128 levels" } else { reason };
    ReadError::Syntax { reason: reason.to_owned(), line: error.line().max(1), column: error.column().max(1) }
}

/// Reads values, and tells what is odd in them.
pub(super) struct Reader {
    lines: Lines,
    /// The line of what is being read.
    line: usize,
    problems: Vec<Problem>,
}

impl Reader {
    fn tell(&mut self, severity: Severity, message: String) {
        self.problems.push(Problem { severity, message, at: format!("line {}", self.line) });
    }

    /// Tells of something odd that was kept.
    pub(super) fn warn(&mut self, message: String) {
        self.tell(Severity::Warning, message);
    }

    /// Tells of something that was not kept.
    pub(super) fn lost(&mut self, message: String) {
        self.tell(Severity::Error, message);
    }

    fn drawing(&mut self, file: Map<String, Value>) -> Architecture {
        let mut drawing = Architecture::default();
        let mut edges = Value::Null;
        for (key, value) in file {
            self.line = self.lines.key(&key);
            match key.as_str() {
                "format" => {}
                "id" => drawing.id = self.text("id", value),
                "title" => drawing.title = self.text("title", value),
                "summary" => drawing.summary = self.text("summary", value),
                "domain" => drawing.domain = self.text("domain", value),
                "source" => drawing.source = self.texts("source", value),
                "nodes" => self.nodes(&mut drawing, value),
                "edges" => edges = value,
                "layout" => {
                    drawing.layout =
                        self.pairs("layout", value).map(|(id, x, y)| (id, Point { x, y })).collect();
                }
                "size" => {
                    drawing.size = self.pairs("size", value).map(|(id, w, h)| (id, Size { w, h })).collect();
                }
                "suppressed" => self.suppressed(&mut drawing, value),
                "ruleset" => self.ruleset(&mut drawing, value),
                "guide" => {
                    drawing.guide = self.object("guide", value).map(|map| Guide::read(self, map));
                }
                "constraints" => {
                    let map = self.object("constraints", value).unwrap_or_default();
                    drawing.constraints = Constraints::read(self, map);
                }
                "test_score" => {
                    let map = self.object("test_score", value).unwrap_or_default();
                    drawing.test_score = Answers::read(self, map);
                }
                _ => {
                    drawing.extra.insert(key, value);
                }
            }
        }
        self.flows(&mut drawing, edges);
        drawing
    }

    fn nodes(&mut self, drawing: &mut Architecture, value: Value) {
        for (index, item) in self.list("nodes", value).into_iter().enumerate() {
            self.line = self.lines.element("nodes", index);
            let Value::Object(map) = item else {
                self.lost("a node must be an object; this one was left out".to_owned());
                continue;
            };
            let node = self.node(map);
            if node.id.0.is_empty() {
                self.lost("a node without an `id` was left out".to_owned());
            } else if drawing.nodes.contains_key(&node.id) {
                self.lost(format!("a second node `{}` was left out; ids must differ", node.id));
            } else {
                self.known("kind", &node.kind, kinds::kind(&node.kind).is_some(), &node.id.0);
                self.known("stage", &node.stage, kinds::lane(&node.stage).is_some(), &node.id.0);
                drawing.nodes.insert(node.id.clone(), node);
            }
        }
    }

    fn node(&mut self, map: Map<String, Value>) -> Node {
        let mut node = Node::default();
        for (key, value) in map {
            match key.as_str() {
                "id" => node.id = NodeId(self.text("id", value)),
                "kind" => node.kind = self.text("kind", value),
                "stage" => node.stage = self.text("stage", value),
                "tools" => node.tools = self.texts("tools", value),
                "label" => node.label = self.text("label", value),
                "props" => match value {
                    Value::Object(props) => node.props = props,
                    _ => self.lost("`props` must be an object; it was left out".to_owned()),
                },
                "basis" => node.basis = Some(self.text("basis", value)),
                "source" => node.source = self.texts("source", value),
                _ => {
                    node.extra.insert(key, value);
                }
            }
        }
        node
    }

    fn flows(&mut self, drawing: &mut Architecture, edges: Value) {
        if edges.is_null() {
            return;
        }
        self.line = self.lines.key("edges");
        for (index, item) in self.list("edges", edges).into_iter().enumerate() {
            self.line = self.lines.element("edges", index);
            let Value::Object(map) = item else {
                self.lost("an edge must be an object; this one was left out".to_owned());
                continue;
            };
            let flow = self.flow(map);
            let key = flow.key();
            if key.from.0.is_empty() || key.to.0.is_empty() {
                self.lost("an edge without `from` or `to` was left out".to_owned());
                continue;
            }
            match drawing.flow_index(&key) {
                Ok(_) => self.lost(format!("a second edge {key} was left out")),
                Err(at) => {
                    for end in [&key.from, &key.to] {
                        if !drawing.nodes.contains_key(end) {
                            self.warn(format!(
                                "the edge {key} names `{end}`, which is no node; it is not drawn"
                            ));
                        }
                    }
                    let known = kinds::artifact(&key.artifact).is_some();
                    self.known("artifact", &key.artifact, known, &key.to_string());
                    drawing.flows.insert(at, flow);
                }
            }
        }
    }

    fn flow(&mut self, map: Map<String, Value>) -> Flow {
        let mut flow = Flow::default();
        for (key, value) in map {
            match key.as_str() {
                "from" => flow.from = NodeId(self.text("from", value)),
                "to" => flow.to = NodeId(self.text("to", value)),
                "artifact" => flow.artifact = self.text("artifact", value),
                "basis" => flow.basis = Some(self.text("basis", value)),
                "source" => flow.source = self.texts("source", value),
                _ => {
                    flow.extra.insert(key, value);
                }
            }
        }
        flow
    }

    fn suppressed(&mut self, drawing: &mut Architecture, value: Value) {
        for (index, item) in self.list("suppressed", value).into_iter().enumerate() {
            self.line = self.lines.element("suppressed", index);
            let Value::Object(map) = item else {
                self.lost("a suppression must be an object; this one was left out".to_owned());
                continue;
            };
            let mut suppression = Suppression::default();
            for (key, value) in map {
                match key.as_str() {
                    "rule" => suppression.rule = self.text("rule", value),
                    "at" => suppression.at = self.texts("at", value),
                    "reason" => suppression.reason = self.text("reason", value),
                    _ => {
                        suppression.extra.insert(key, value);
                    }
                }
            }
            let rule = &suppression.rule;
            if lint::rule(rule).is_none() {
                self.warn(format!("a suppression has the rule `{rule}`, which this version does not know"));
            } else if suppression.reason.trim().is_empty() {
                self.warn(format!("the suppression of {rule} has no reason, so the finding is still told"));
            }
            drawing.suppressed.push(suppression);
        }
    }

    fn ruleset(&mut self, drawing: &mut Architecture, value: Value) {
        drawing.ruleset = self.texts("ruleset", value);
        for name in &drawing.ruleset {
            if lint::rule_set(name).is_none() {
                self.warn(format!("the drawing has the rule set `{name}`, which this version does not know"));
            }
        }
    }

    fn known(&mut self, what: &str, value: &str, is_known: bool, of: &str) {
        if !is_known {
            self.warn(format!("`{of}` has the {what} `{value}`, which this version does not know"));
        }
    }

    /// A text; empty where there is none.
    pub(super) fn text(&mut self, key: &str, value: Value) -> String {
        if let Value::String(text) = value {
            return text;
        }
        self.skip(key, &value).unwrap_or_default()
    }

    fn skip(&mut self, key: &str, value: &Value) -> Option<String> {
        self.lost(format!("`{key}` must be text; {} was left out", short(value)));
        None
    }

    /// A list of texts, or a single one.
    pub(super) fn texts(&mut self, key: &str, value: Value) -> Vec<String> {
        match value {
            Value::String(one) => vec![one],
            other => {
                let items = self.list(key, other).into_iter();
                items
                    .filter_map(|item| {
                        if item.is_string() { Some(self.text(key, item)) } else { self.skip(key, &item) }
                    })
                    .collect()
            }
        }
    }

    /// Yes or no; no where there is neither.
    pub(super) fn answer(&mut self, key: &str, value: &Value) -> bool {
        if value.as_bool().is_none() {
            self.lost(format!("`{key}` must be true or false; {} was left out", short(value)));
        }
        value.as_bool().unwrap_or_default()
    }

    fn object(&mut self, key: &str, value: Value) -> Option<Map<String, Value>> {
        match value {
            Value::Object(map) => return Some(map),
            other => self.lost(format!("`{key}` must be an object; {} was left out", short(&other))),
        }
        None
    }

    fn list(&mut self, key: &str, value: Value) -> Vec<Value> {
        if let Value::Array(items) = value {
            return items;
        }
        self.lost(format!("`{key}` must be a list; {} was left out", short(&value)));
        Vec::new()
    }

    /// The entries of an object whose values are pairs of numbers, rounded to integers.
    fn pairs(&mut self, key: &str, value: Value) -> std::vec::IntoIter<(NodeId, i32, i32)> {
        let mut found = Vec::new();
        match value {
            Value::Object(map) => {
                for (index, (id, pair)) in map.into_iter().enumerate() {
                    self.line = self.lines.element(key, index);
                    if let Some((a, b)) = integers(&pair) {
                        found.push((NodeId(id), a, b));
                    } else {
                        let pair = short(&pair);
                        self.lost(format!("`{key}` of `{id}` must be two numbers; {pair} was left out"));
                    }
                }
            }
            other => self.lost(format!("`{key}` must be an object; {} was left out", short(&other))),
        }
        found.into_iter()
    }
}

fn integers(pair: &Value) -> Option<(i32, i32)> {
    let [a, b] = pair.as_array()?.as_slice() else { return None };
    let whole = |value: &Value| {
        let rounded = value.as_f64()?.round();
        (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&rounded).then_some(rounded as i32)
    };
    Some((whole(a)?, whole(b)?))
}

/// A value as it may stand in a sentence.
fn short(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= 40 {
        text
    } else {
        format!("{}…", text.chars().take(39).collect::<String>())
    }
}

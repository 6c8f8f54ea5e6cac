//! Reads a drawing from its text form: keeps what can be kept and says what cannot.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use serde_json::{Map, Value};
use thiserror::Error;

use super::constraints::Constraints;
use super::guide::Guide;
use super::json::{self, Repeated};
use super::kinds;
use super::lint;
use super::locate::Lines;
use super::model::{Architecture, Flow, Node, NodeId, Point, Size, Suppression};
use super::test_score::Answers;
use super::write::FORMAT;
use crate::problem::{Problem, Severity};
use crate::shown::{clipped, grouped, is_readable};

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
        let (value, repeated) = json::parse(text).map_err(|error| syntax(&error))?;
        let Value::Object(file) = value else { return Err(ReadError::Foreign) };
        let mut reader = Reader { lines: Lines::of(text), line: 1, problems: Vec::new(), untold: 0 };
        match file.get("format") {
            Some(Value::String(found)) if found == FORMAT => {}
            Some(found) => {
                let found = found.as_str().map_or_else(|| found.to_string(), str::to_owned);
                return Err(ReadError::Format {
                    found: clipped(&found).into_owned(),
                    line: reader.lines.key("format"),
                });
            }
            None if file.contains_key("nodes") => {
                reader.warn(format!("`format` is missing; it is read as {FORMAT}"));
            }
            None => return Err(ReadError::Foreign),
        }
        reader.repeated(&repeated);
        for line in json::long_numbers(text) {
            reader.line = line;
            reader.lost("a number has more digits than can be kept; it was rounded".to_owned());
        }
        let drawing = reader.drawing(file);
        Ok((drawing, reader.told()))
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
    /// How many more there were than are told one by one.
    untold: usize,
}

/// Corners farther away than these, in units of the drawing, are a mistake, and no canvas could show them.
const PLACES: RangeInclusive<i32> = -1_000_000..=1_000_000;
/// Widths and heights.
const SIZES: RangeInclusive<i32> = 1..=10_000;

/// More problems of one file than these nobody reads one by one.
const MOST: usize = 200;

impl Reader {
    /// Tells of something odd, cut where it is too long to be read.
    pub(super) fn tell(&mut self, severity: Severity, mut message: String) {
        // Of what cannot be kept nothing is passed over in silence: whoever saves has to know that there is some.
        let is_first_loss = severity == Severity::Error
            && self.problems.iter().all(|problem| problem.severity != Severity::Error);
        if self.problems.len() >= MOST && !is_first_loss {
            self.untold += 1;
            return;
        }
        if let Cow::Owned(cut) = clipped(&message) {
            message = cut;
        }
        self.problems.push(Problem { severity, message, at: format!("line {}", self.line) });
    }

    /// What was odd, in the order of the file.
    fn told(mut self) -> Vec<Problem> {
        if self.untold > 0 {
            let message = format!("{} more things are odd in this file", grouped(self.untold));
            let at = format!("line {}", self.line);
            self.problems.push(Problem { severity: Severity::Warning, message, at });
        }
        self.problems
    }

    /// Tells of keys that stand in one object twice.
    fn repeated(&mut self, repeated: &[Repeated]) {
        for Repeated { key, top, element } in repeated {
            let place = if let Some(top) = top {
                self.line = self.lines.element(top, *element);
                format!("in one entry of `{top}`")
            } else {
                self.line = self.lines.key(key);
                "in this file".to_owned()
            };
            self.lost(format!("`{key}` stands {place} twice; only the last one was kept"));
        }
    }

    /// What is told from now on is at this entry of the value of a top-level key.
    pub(super) fn stand_at(&mut self, key: &str, index: usize) {
        self.line = self.lines.element(key, index);
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
        let mut edges = None;
        let has_nodes = file.contains_key("nodes");
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
                "edges" => edges = Some(value),
                "layout" => {
                    drawing.layout =
                        self.pairs("layout", value, PLACES).map(|(id, x, y)| (id, Point { x, y })).collect();
                }
                "size" => {
                    let sizes = self.pairs("size", value, SIZES);
                    drawing.size = sizes.map(|(id, w, h)| (id, Size { w, h })).collect();
                }
                "suppressed" => self.suppressed(&mut drawing, value),
                "ruleset" => self.ruleset(&mut drawing, value),
                "rules" => self.rules(&mut drawing, value),
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
        self.line = 1;
        if !has_nodes {
            self.warn("`nodes` is missing; the drawing is empty".to_owned());
        }
        if let Some(edges) = edges {
            self.flows(&mut drawing, edges);
        }
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
                node.links.judge(self, &node.id.0);
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
                    if let Some(value) = node.links.read(self, &key, value) {
                        node.extra.insert(key, value);
                    }
                }
            }
        }
        node
    }

    fn flows(&mut self, drawing: &mut Architecture, edges: Value) {
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
            } else if !is_readable(&suppression.reason) {
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

    fn rules(&mut self, drawing: &mut Architecture, value: Value) {
        for (index, (id, value)) in self.object("rules", value).unwrap_or_default().into_iter().enumerate() {
            self.line = self.lines.element("rules", index);
            let Value::String(word) = value else {
                let value = short(&value);
                self.lost(format!("`rules` must say off or a severity of {id}; {value} was left out"));
                continue;
            };
            match (lint::rule(&id), lint::Choice::from_word(&word)) {
                (None, _) => {
                    self.warn(format!("`rules` name the rule `{id}`, which this version does not know"));
                }
                (Some(_), None) => self.warn(format!(
                    "`rules` say `{word}` of {id}, which this version does not know; it takes off, info, warning and error"
                )),
                (Some(rule), Some(lint::Choice::Off)) if !rule.can_be_off() => self.warn(format!(
                    "`rules` turn {id} off, which the maturity reads, so it is still told; make it info instead"
                )),
                (Some(_), Some(_)) => {}
            }
            drawing.rules.insert(id, word);
        }
    }

    fn known(&mut self, what: &str, value: &str, is_known: bool, of: &str) {
        if value.is_empty() {
            self.warn(format!("`{of}` has no {what}"));
        } else if !is_known {
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
    fn pairs(
        &mut self,
        key: &str,
        value: Value,
        allowed: RangeInclusive<i32>,
    ) -> std::vec::IntoIter<(NodeId, i32, i32)> {
        let mut found = Vec::new();
        match value {
            Value::Object(map) => {
                for (index, (id, pair)) in map.into_iter().enumerate() {
                    self.line = self.lines.element(key, index);
                    let both = integers(&pair).filter(|(a, b)| allowed.contains(a) && allowed.contains(b));
                    if let Some((a, b)) = both {
                        found.push((NodeId(id), a, b));
                    } else {
                        let (pair, from, to) = (short(&pair), allowed.start(), allowed.end());
                        self.lost(format!(
                            "`{key}` of `{id}` must be two numbers from {from} to {to}; {pair} was left out"
                        ));
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
pub(super) fn short(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= 40 {
        text
    } else {
        format!("{}…", text.chars().take(39).collect::<String>())
    }
}

//! What two drawings of the same system differ in: boxes by id, flows by what flows between which boxes.
//!
//! Where something stands, in which order it was written, and title, summary and sources are no difference. What decides how a
//! drawing is judged is one.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use super::kinds;
use super::model::{Architecture, Flow, FlowKey, Node, NodeId};

/// What changed from an old drawing to a new one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// What only the new one has.
    pub added: Parts,
    /// What only the old one has.
    pub removed: Parts,
    /// The boxes that both have and that differ, by id.
    pub changed: Vec<Changed>,
    /// The keys of what decides how the drawing is judged, and differs: rules, suppressions, constraints, answers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<&'static str>,
}

/// Parts of a drawing by their identities, each in the order of the drawing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Parts {
    /// Boxes.
    pub nodes: Vec<NodeId>,
    /// Flows; those that name a box which does not exist are among them.
    #[serde(rename = "edges")]
    pub flows: Vec<FlowKey>,
}

/// A box that is in both drawings and not the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// Which box.
    pub id: NodeId,
    /// In what it differs; never empty.
    pub fields: Vec<Field>,
}

/// What of a box is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// What it is.
    Kind,
    /// Its lane.
    Stage,
    /// Which tools fill it, in any order.
    Tools,
    /// What is written on it.
    Label,
    /// The facts that the rules read.
    Props,
}

impl Field {
    const ALL: [Self; 5] = [Self::Kind, Self::Stage, Self::Tools, Self::Label, Self::Props];

    /// Its key in the file.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Stage => "stage",
            Self::Tools => "tools",
            Self::Label => "label",
            Self::Props => "props",
        }
    }

    /// Its name in words.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Kind => "Kind",
            Self::Stage => "Lane",
            Self::Tools => "Tools",
            Self::Label => "Label",
            Self::Props => "Properties",
        }
    }

    /// What a box has there, in words: names of kinds and lanes, tools as `name` calls them in the order of their names,
    /// properties as `key: value`. "none" where it has nothing.
    pub fn told(self, node: &Node, name: &dyn Fn(&str) -> String) -> String {
        let text = match self {
            Self::Kind => kinds::label(&node.kind).to_owned(),
            Self::Stage => {
                kinds::lane(&node.stage).map_or_else(|| node.stage.clone(), |lane| lane.title.clone())
            }
            Self::Tools => {
                let mut tools: Vec<String> = node.tools.iter().map(|tool| name(tool)).collect();
                tools.sort_unstable();
                tools.join(", ")
            }
            Self::Label => node.label.clone(),
            Self::Props => {
                let told = |(key, value): (&String, &Value)| match value.as_str() {
                    Some(text) => format!("{key}: {text}"),
                    None => format!("{key}: {value}"),
                };
                let mut told: Vec<String> = node.props.iter().map(told).collect();
                // Their order in the file says nothing.
                told.sort_unstable();
                told.join(", ")
            }
        };
        if text.is_empty() { "none".to_owned() } else { text }
    }

    fn differs(self, old: &Node, new: &Node) -> bool {
        let tools = |node: &Node| {
            let mut tools = node.tools.clone();
            tools.sort_unstable();
            tools
        };
        match self {
            Self::Kind => old.kind != new.kind,
            Self::Stage => old.stage != new.stage,
            Self::Tools => tools(old) != tools(new),
            Self::Label => old.label != new.label,
            Self::Props => old.props != new.props,
        }
    }
}

impl Diff {
    /// Whether the two are the same in all that is compared.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What changed from `old` to `new`.
pub fn diff(old: &Architecture, new: &Architecture) -> Diff {
    let changed = old.nodes.values().filter_map(|before| {
        let after = new.nodes.get(&before.id)?;
        let fields: Vec<_> = Field::ALL.into_iter().filter(|field| field.differs(before, after)).collect();
        (!fields.is_empty()).then(|| Changed { id: before.id.clone(), fields })
    });
    let settings = [
        ("suppressed", old.suppressed != new.suppressed),
        ("ruleset", old.ruleset != new.ruleset),
        ("rules", old.rules != new.rules),
        ("constraints", old.constraints != new.constraints),
        ("test_score", old.test_score != new.test_score),
    ];
    Diff {
        added: only_in(new, old),
        removed: only_in(old, new),
        changed: changed.collect(),
        settings: settings.into_iter().filter(|(_, differs)| *differs).map(|(key, _)| key).collect(),
    }
}

/// What `one` has and `other` has not.
fn only_in(one: &Architecture, other: &Architecture) -> Parts {
    let known: BTreeSet<_> = other.flows.iter().map(identity).collect();
    Parts {
        nodes: one.nodes.keys().filter(|id| !other.nodes.contains_key(id)).cloned().collect(),
        flows: one.flows.iter().filter(|flow| !known.contains(&identity(flow))).map(Flow::key).collect(),
    }
}

fn identity(flow: &Flow) -> (&str, &str, &str) {
    (flow.from.as_str(), flow.to.as_str(), &flow.artifact)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::sketch::sketch;
    use crate::architecture::{Point, Size};
    use serde_json::json;

    #[test]
    fn what_decides_how_it_is_judged_is_a_difference() {
        let old = sketch("a:ci");
        let mut new = old.clone();
        new.rules.insert("STR06".to_owned(), "off".to_owned());
        new.constraints.air_gapped = true;
        let found = diff(&old, &new);
        assert_eq!((found.settings.as_slice(), found.is_empty()), (&["rules", "constraints"][..], false));
    }

    #[test]
    fn parts_are_told_by_their_identities() {
        let old = sketch("a:ci b:cd; a->b:model b->ghost:alert");
        let new = sketch("b:cd c:ci; b->c:model a->b:package");
        let found = serde_json::to_value(diff(&old, &new)).unwrap();
        assert_eq!(
            found,
            json!({
                "added": {
                    "nodes": ["c"],
                    "edges": [
                        {"from": "a", "to": "b", "artifact": "package"},
                        {"from": "b", "to": "c", "artifact": "model"},
                    ],
                },
                "removed": {
                    "nodes": ["a"],
                    "edges": [
                        {"from": "a", "to": "b", "artifact": "model"},
                        {"from": "b", "to": "ghost", "artifact": "alert"},
                    ],
                },
                "changed": [],
            })
        );
    }

    #[test]
    fn a_changed_box_names_each_field_once_and_in_order() {
        let node = |kind: &str, stage: &str, tools: [&str; 2], label: &str, props| Node {
            id: "a".into(),
            kind: kind.to_owned(),
            stage: stage.to_owned(),
            tools: tools.map(str::to_owned).to_vec(),
            label: label.to_owned(),
            props: serde_json::from_value(props).unwrap(),
            ..Node::default()
        };
        let base = || node("ci", "platform", ["x", "y"], "CI", json!({"p": 1, "q": [2]}));
        for (other, fields) in [
            (node("cd", "platform", ["x", "y"], "CI", json!({"p": 1, "q": [2]})), "kind"),
            (node("ci", "deliver", ["x", "y"], "CI", json!({"p": 1, "q": [2]})), "stage"),
            (node("ci", "platform", ["x", "z"], "CI", json!({"p": 1, "q": [2]})), "tools"),
            (node("ci", "platform", ["x", "y"], "ci", json!({"p": 1, "q": [2]})), "label"),
            (node("ci", "platform", ["x", "y"], "CI", json!({"p": 1, "q": [3]})), "props"),
            (node("ci", "platform", ["y", "x"], "CI", json!({"q": [2], "p": 1})), ""),
            (node("cd", "deliver", ["x", "x"], "", json!({})), "kind stage tools label props"),
        ] {
            let of = |node: Node| Architecture { nodes: [("a".into(), node)].into(), ..Default::default() };
            let found = diff(&of(base()), &of(other));
            let told: Vec<_> = found.changed.iter().flat_map(|c| &c.fields).map(|f| f.key()).collect();
            assert_eq!(told.join(" "), fields);
            assert_eq!(found.is_empty(), fields.is_empty());
        }
    }

    #[test]
    fn places_words_and_origins_are_no_difference() {
        let old = sketch("a:ci b:cd; a->b:model");
        let mut new = old.clone();
        new.title = "Ours".to_owned();
        new.layout.insert("a".into(), Point::new(9, 9));
        new.size.insert("b".into(), Size { w: 300, h: 90 });
        new.extra.insert("notes".to_owned(), json!(["x"]));
        for node in new.nodes.values_mut() {
            node.basis = Some("added".to_owned());
            node.links.owners = vec!["Platform team".to_owned()];
        }
        new.flows[0].source = vec!["https://example.org".to_owned()];
        assert!(diff(&old, &new).is_empty());
    }

    #[test]
    fn a_field_is_told_in_the_words_of_people() {
        let node = Node {
            kind: "feature_store".to_owned(),
            stage: "features".to_owned(),
            tools: vec!["valkey".to_owned(), "feast".to_owned()],
            props: serde_json::from_value(json!({"checks": ["schema"], "versioned": true, "by": "tag"}))
                .unwrap(),
            ..Node::default()
        };
        let told: Vec<String> =
            Field::ALL.into_iter().map(|field| field.told(&node, &str::to_uppercase)).collect();
        let props = "by: tag, checks: [\"schema\"], versioned: true";
        assert_eq!(told, ["Feature store", "Features", "FEAST, VALKEY", "none", props]);
        let unknown = Node { kind: "oracle".to_owned(), stage: "cellar".to_owned(), ..Node::default() };
        assert_eq!(
            (
                Field::Kind.told(&unknown, &str::to_owned).as_str(),
                Field::Stage.told(&unknown, &str::to_owned).as_str()
            ),
            ("oracle", "cellar")
        );
    }
}

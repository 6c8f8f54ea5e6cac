//! The properties of nodes that rules read, and of which kinds of node they read them.

use serde_json::{Map, Value};

/// A property that a rule reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Property {
    /// What [`Node::props`](super::Node::props) calls it.
    pub key: &'static str,
    /// It in words.
    pub title: &'static str,
    /// What it changes, in a sentence.
    pub explanation: &'static str,
    /// What it may be.
    pub shape: Shape,
    /// The kinds of node of which it is read.
    kinds: &'static [&'static str],
}

/// What a property may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Set or not.
    Flag,
    /// This word or nothing, which is told as set or not.
    Says(&'static str),
    /// One of these words, each with its name, or nothing.
    Word(&'static [(&'static str, &'static str)]),
    /// Any of these words, each with its name.
    Words(&'static [(&'static str, &'static str)]),
}

const SOURCES: &[&str] = &["source_batch", "source_stream", "source_documents", "source_device"];

/// All properties, in the order in which they are shown.
const ALL: &[Property] = &[
    Property {
        key: "external",
        title: "Comes from outside",
        explanation: "Data of others may change without notice.",
        shape: Shape::Flag,
        kinds: SOURCES,
    },
    Property {
        key: "pii",
        title: "Holds personal data",
        explanation: "Personal data has to pass a privacy control before training.",
        shape: Shape::Flag,
        kinds: SOURCES,
    },
    Property {
        key: "labelled",
        title: "Comes with labels",
        explanation: "Supervised training needs labels from somewhere.",
        shape: Shape::Flag,
        kinds: &[
            "source_batch",
            "source_stream",
            "source_documents",
            "source_device",
            "data_store",
            "ingestion",
        ],
    },
    Property {
        key: "versioned",
        title: "Keeps its versions",
        explanation: "What a model learned from can be had again.",
        shape: Shape::Flag,
        kinds: &[
            "source_batch",
            "source_stream",
            "source_documents",
            "source_device",
            "ingestion",
            "data_store",
            "data_validation",
            "privacy",
            "labeling",
            "transformation",
            "embedding",
        ],
    },
    Property {
        key: "paradigm",
        title: "Paradigm",
        explanation: "Supervised training needs labels; language models need other tools.",
        shape: Shape::Word(&[
            ("supervised", "Supervised"),
            ("unsupervised", "Unsupervised"),
            ("reinforcement", "Reinforcement"),
            ("llm", "Language model"),
        ]),
        kinds: &["training"],
    },
    Property {
        key: "status",
        title: "Experimental",
        explanation: "Models of an experiment need not lead anywhere.",
        shape: Shape::Says("experimental"),
        kinds: &["training"],
    },
    Property {
        key: "checks",
        title: "Checks",
        explanation: "What a model has to pass: parts of the data, the model before, and equal treatment.",
        shape: Shape::Words(&[("slices", "Slices"), ("baseline", "Baseline"), ("bias", "Bias")]),
        kinds: &["evaluation"],
    },
    Property {
        key: "holdout",
        title: "Keeps a holdout",
        explanation: "A part of the answers is kept apart, so that models do not learn from what they caused.",
        shape: Shape::Flag,
        kinds: &["traffic_control"],
    },
    Property {
        key: "schedule",
        title: "Runs on a schedule",
        explanation: "Training is started again and again.",
        shape: Shape::Flag,
        kinds: &["orchestrator"],
    },
    Property {
        key: "custom",
        title: "Own glue code",
        explanation: "Boxes without a tool, or of one's own code, are counted as glue.",
        shape: Shape::Flag,
        kinds: &[],
    },
];

/// The kinds whose glue is not counted.
const NO_GLUE: &[&str] = &["consumer", "governance"];

/// The properties that rules read of a kind of node, also of one that this version does not know.
pub fn properties(kind: &str) -> impl Iterator<Item = &'static Property> {
    ALL.iter().filter(move |property| match property.kinds {
        [] => !NO_GLUE.contains(&kind),
        kinds => kinds.contains(&kind),
    })
}

impl Property {
    /// Whether it is set, as rules see it.
    pub fn is_set(&self, props: &Map<String, Value>) -> bool {
        let value = props.get(self.key);
        match self.shape {
            Shape::Says(word) => value.and_then(Value::as_str) == Some(word),
            Shape::Flag | Shape::Word(_) | Shape::Words(_) => match value {
                None | Some(Value::Null) => false,
                Some(Value::Bool(value)) => *value,
                Some(Value::Number(number)) => number.as_f64() != Some(0.0),
                Some(Value::String(text)) => !text.is_empty(),
                Some(Value::Array(items)) => !items.is_empty(),
                Some(Value::Object(map)) => !map.is_empty(),
            },
        }
    }

    /// The properties with this flag or word set, or taken away.
    pub fn switched(&self, props: &Map<String, Value>, on: bool) -> Map<String, Value> {
        match (on, self.shape) {
            (false, _) => self.with(props, None),
            (true, Shape::Says(word)) => self.with(props, Some(word.into())),
            (true, _) => self.with(props, Some(true.into())),
        }
    }

    /// The properties with this value, or without any.
    pub fn with(&self, props: &Map<String, Value>, value: Option<Value>) -> Map<String, Value> {
        let mut props = props.clone();
        match value {
            Some(value) => {
                props.insert(self.key.to_owned(), value);
            }
            None => {
                // The order of the others is that of the file.
                props.shift_remove(self.key);
            }
        }
        props
    }

    /// The properties with a word added to those that this one lists, or taken from them; other words stay.
    pub fn with_word(&self, props: &Map<String, Value>, word: &str, on: bool) -> Map<String, Value> {
        let mut words = props.get(self.key).and_then(Value::as_array).cloned().unwrap_or_default();
        words.retain(|known| known != word);
        if on {
            words.push(word.into());
        }
        self.with(props, (!words.is_empty()).then_some(Value::Array(words)))
    }

    /// Whether it lists a word.
    pub fn lists(&self, props: &Map<String, Value>, word: &str) -> bool {
        let words = props.get(self.key).and_then(Value::as_array);
        words.is_some_and(|words| words.iter().any(|known| known == word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::lint::lint;
    use crate::architecture::model::Architecture;
    use crate::architecture::sketch::sketch;
    use std::collections::BTreeSet;

    /// What the rules say of a drawing in which one node has these properties.
    fn found(
        drawing: &Architecture,
        node: &str,
        props: Map<String, Value>,
    ) -> BTreeSet<(String, Vec<String>)> {
        let mut drawing = drawing.clone();
        drawing.nodes.get_mut(&node.into()).unwrap().props = props;
        lint(&drawing).iter().map(|finding| (finding.rule.id.clone(), finding.place.at())).collect()
    }

    /// Each property, set in the window, changes what a rule says of a drawing that is made for it.
    #[test]
    fn each_property_is_read_by_a_rule() {
        let plain = "n:source_batch t:training; n->t:raw_data";
        let served = "s:source_batch t:training n:traffic_control v:serving_online c:consumer f:feedback_collector; \
                      s->t:raw_data t->v:model v->n:predictions n->c:predictions c->f:feedback f->t:labels";
        let mut seen = BTreeSet::new();
        for (key, text, before) in [
            ("external", plain, None),
            ("pii", plain, None),
            ("labelled", "n:source_batch t:training; n->t:raw_data", Some("t")),
            ("versioned", plain, None),
            ("paradigm", "s:source_batch n:training; s->n:raw_data", None),
            ("status", "s:source_batch n:training; s->n:raw_data", None),
            ("checks", "t:training n:evaluation; t->n:model", None),
            ("schedule", "n:orchestrator t:training; n->t:pipeline", None),
            ("holdout", served, None),
            ("custom", "n:ci=x b:cd=y; n->b:package", None),
        ] {
            let mut drawing = sketch(text);
            if let Some(node) = before {
                let props = &mut drawing.nodes.get_mut(&node.into()).unwrap().props;
                props.insert("paradigm".to_owned(), "supervised".into());
            }
            let kind = &drawing.nodes[&"n".into()].kind;
            let property = properties(kind).find(|property| property.key == key).unwrap();
            let none = Map::new();
            let set = match property.shape {
                Shape::Flag | Shape::Says(_) => property.switched(&none, true),
                Shape::Word(words) => property.with(&none, Some(words[0].0.into())),
                Shape::Words(words) => {
                    words.iter().fold(none.clone(), |props, (word, _)| property.with_word(&props, word, true))
                }
            };
            assert!(property.is_set(&set) && !property.is_set(&none), "{key}");
            let is_same = found(&drawing, "n", set) == found(&drawing, "n", none);
            assert!(!is_same, "no rule reads {key}");
            seen.insert(key);
        }
        assert_eq!(seen.len(), ALL.len(), "each is tried");
    }

    #[test]
    fn words_come_and_go_and_what_is_not_known_stays() {
        let checks = properties("evaluation").next().unwrap();
        let props = Map::from_iter([("checks".to_owned(), serde_json::json!(["own", "bias"]))]);
        let more = checks.with_word(&props, "slices", true);
        assert_eq!(more["checks"], serde_json::json!(["own", "bias", "slices"]));
        assert!(checks.lists(&more, "slices") && !checks.lists(&more, "baseline"));
        let less = checks.with_word(&checks.with_word(&more, "slices", false), "bias", false);
        assert_eq!(less["checks"], serde_json::json!(["own"]));
        assert!(checks.with_word(&less, "own", false).is_empty(), "an empty list is none");
        assert!(properties("consumer").next().is_none());
    }
}

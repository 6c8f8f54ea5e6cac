//! The answer of `architecture impact` as JSON.

use serde_json::{Value, json};

use super::Answer;
use crate::architecture::Change;
use crate::architecture::fill::{Compared, Lost, Standing, Swap};
use crate::catalog::Evidence;
use crate::catalog::compare::Cell;

/// The counts and lists of the impact, what was asked, and what is known of two tools.
pub(super) fn answer(answer: &Answer<'_>) -> Value {
    let mut value = json!(answer.impact);
    let change = match answer.change {
        Change::Node(id) => json!({"node": id}),
        Change::Artifact(word) => json!({"artifact": word}),
        Change::Swap { from, to } => json!({"swap": {"from": from, "to": to}}),
    };
    if let Some(object) = value.as_object_mut() {
        object.insert("change".to_owned(), change);
        if let Some(found) = &answer.swap {
            object.insert("swap".to_owned(), swap(found));
        }
    }
    value
}

fn swap(found: &Swap) -> Value {
    json!({
        "strangers": found.strangers,
        "facts": found.facts.iter().map(fact).collect::<Vec<_>>(),
        "limits": found.limits.iter().map(|judged| json!({
            "constraint": judged.constraint, "is": judged.is, "message": judged.message,
        })).collect::<Vec<_>>(),
        "lost": found.lost.iter().map(lost).collect::<Vec<_>>(),
        "kept": found.kept,
        "gained": found.gained,
        "unknown": found.unknown,
    })
}

fn fact(each: &Compared) -> Value {
    // What nobody knows is null.
    let cell = |cell: &Cell| {
        let (value, seen) = (cell.is_known().then(|| cell.text()), cell.seen_on.map(|day| day.to_string()));
        json!({"value": value, "sources": sources(&cell.sources), "seen_on": seen})
    };
    let standing = match each.standing() {
        Standing::Same => "same",
        Standing::Differs => "differs",
        Standing::Unknown => "unknown",
    };
    json!({"fact": each.fact.title(), "standing": standing, "from": cell(&each.from), "to": cell(&each.to)})
}

fn lost(lost: &Lost) -> Value {
    let relation = |relation: &crate::catalog::compare::Between| json!({"told": relation.sentence(), "sources": sources(&relation.sources)});
    json!({
        "flow": lost.flow.to_string(),
        "other": lost.other,
        "relations": lost.relations.iter().map(relation).collect::<Vec<_>>(),
        "standards": lost.standards,
    })
}

fn sources(sources: &[Evidence]) -> Vec<&str> {
    sources.iter().map(|source| source.url.as_str()).collect()
}

//! `architecture consensus`.

use mlops_atlas::store::architecture_files::{open, templates};
use serde_json::json as value;

use super::{answer, json, word, write};

#[test]
fn a_folder_of_drawings_agrees_on_what_most_have() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a", &["t:training", "r:model_registry"], &["t->r:model"]);
    write(folder.path(), "b", &["x:training", "y:model_registry", "m:monitoring"], &["x->y:model"]);
    write(folder.path(), "c", &["t:training", "m:monitoring"], &[]);
    std::fs::write(folder.path().join("other.json"), "{").unwrap();
    let out = folder.path().join("common.architecture.json");
    let words = ["consensus", word(folder.path()), "--min", "0.6", "--out", word(&out), "--json"];
    let told = json(&words, 0);
    let drawings = ["a", "b", "c"]
        .map(|name| value!({"file": format!("{name}.architecture.json"), "title": name.to_uppercase()}));
    assert_eq!(told["drawings"], value!(drawings));
    assert_eq!(
        told["kinds"][1],
        value!({
            "kind": "model_registry",
            "share": 2.0 / 3.0,
            "with": ["a.architecture.json", "b.architecture.json"],
            "without": ["c.architecture.json"],
            "tools": [],
        })
    );
    assert_eq!(
        told["flows"],
        value!([{
            "from": "training",
            "artifact": "model",
            "to": "model_registry",
            "share": 2.0 / 3.0,
            "with": ["a.architecture.json", "b.architecture.json"],
            "without": ["c.architecture.json"],
        }])
    );
    assert_eq!(told["out"], value!(word(&out)));
    let (drawing, problems) = open(&out).unwrap();
    assert_eq!(problems, []);
    let kinds: Vec<_> = drawing.nodes.values().map(|node| node.kind.as_str()).collect();
    assert_eq!(kinds, ["model_registry", "monitoring", "training"]);
    let before = std::fs::read(&out).unwrap();
    assert!(answer(&words).2.contains("--force"));
    // The answer of last time is no voice of this time.
    assert_eq!(json(&[&words[..], &["--force"]].concat(), 0), told);
    assert_eq!(std::fs::read(&out).unwrap(), before);
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_counts() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a", &["t:training"], &[]);
    std::fs::write(folder.path().join("b.architecture.json"), "{oops").unwrap();
    std::fs::write(folder.path().join("c.architecture.json"), "").unwrap();
    let (status, out, err) = answer(&["consensus", word(folder.path())]);
    assert_eq!(
        (status, out.as_str()),
        (1, "1 drawing; all that is drawn counts; in at least 50 % of them:\n  1 of 1  training\n")
    );
    let told: Vec<_> = err.lines().collect();
    assert_eq!(told.len(), 2, "{err}");
    assert!(told[0].contains("b.architecture.json") && told[1].contains("c.architecture.json"), "{err}");
    std::fs::remove_file(folder.path().join("a.architecture.json")).unwrap();
    let (status, out, err) = answer(&["consensus", word(folder.path())]);
    assert_eq!((status, out.as_str(), err.lines().count()), (2, "", 3));
    for share in ["0", "1.5", "half", "NaN"] {
        assert_eq!(answer(&["consensus", word(folder.path()), "--min", share]).0, 2, "{share}");
    }
    assert_eq!(answer(&["consensus", "no-such-folder"]).0, 2);
}

/// Counted once by hand in the files: each of the templates trains, and each evaluates and serves somehow.
#[test]
fn the_templates_agree_that_there_is_training_and_evaluation() {
    let all = templates();
    let found = mlops_atlas::architecture::consensus(&all, Default::default());
    for kind in ["training", "evaluation", "monitoring", "orchestrator", "data_validation"] {
        let shared = found.kinds.iter().find(|shared| shared.what == kind).unwrap();
        let by_hand = all.iter().filter(|d| d.nodes.values().any(|node| node.kind == kind)).count();
        assert_eq!(shared.with.len(), by_hand, "{kind}");
        assert_eq!(shared.with.len() + shared.without.len(), 15, "{kind}");
    }
    let everybody = found.derive(1.0);
    assert!(everybody.nodes.contains_key(&"training".into()));
    assert!(everybody.flows.iter().all(|flow| everybody.has_ends(flow)));
    let everything = found.derive(0.01);
    let kinds: std::collections::BTreeSet<_> =
        all.iter().flat_map(|d| d.nodes.values()).map(|node| node.kind.as_str()).collect();
    assert_eq!(everything.nodes.len(), kinds.len());
}

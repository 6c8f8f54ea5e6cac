//! `architecture diff` and `architecture lacks`.

use mlops_atlas::architecture::lacks;
use mlops_atlas::store::architecture_files::templates;
use serde_json::json as value;

use super::{answer, json, word, write};

#[test]
fn two_files_differ_in_what_their_authors_changed() {
    let folder = tempfile::tempdir().unwrap();
    let old = write(folder.path(), "old", &["a:ci", "b:cd"], &["a->b:package"]);
    let new = write(folder.path(), "new", &["c:ci", "b:ci"], &["c->b:package"]);
    assert_eq!(
        json(&["diff", word(&old), word(&new), "--json"], 1),
        value!({
            "added": {"nodes": ["c"], "edges": [{"from": "c", "to": "b", "artifact": "package"}]},
            "removed": {"nodes": ["a"], "edges": [{"from": "a", "to": "b", "artifact": "package"}]},
            "changed": [{"id": "b", "fields": ["kind"]}],
        })
    );
    let (status, out, err) = answer(&["diff", word(&old), word(&new)]);
    let expected = "- a\n- a->b:package\n+ c\n+ c->b:package\n~ b: kind\n";
    assert_eq!((status, out.as_str(), err.as_str()), (1, expected, ""));
    assert_eq!(answer(&["diff", word(&old), word(&old)]), (0, String::new(), String::new()));
    let (status, out, err) = answer(&["diff", word(&old), word(&folder.path().join("none"))]);
    assert_eq!((status, out.as_str(), err.lines().count()), (2, "", 1));
    assert!(err.contains("none"), "{err}");
    assert!(answer(&["diff", "--help"]).1.contains("1 if they differ"));
}

#[test]
fn what_was_lost_in_reading_is_told_and_is_no_success() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), "a", &["a:ci", "a:cd"], &[]);
    let (status, out, err) = answer(&["diff", word(&path), word(&path), "--json"]);
    assert_eq!(status, 1);
    assert!(out.contains("\"changed\": []") && err.contains("second node `a`"), "{err}");
}

#[test]
fn a_reference_design_tells_what_is_missing_with_what_would_add_it() {
    let folder = tempfile::tempdir().unwrap();
    let mine = write(folder.path(), "mine", &["t:training"], &[]);
    let target =
        write(folder.path(), "target", &["x:training", "r:model_registry"], &["x->r:model", "r->x:model"]);
    // A registry gives models to training only if the vocabulary lets training take them, which it does.
    assert_eq!(
        json(&["lacks", word(&mine), word(&target), "--json"], 1),
        value!([{
            "kind": "model_registry",
            "message": "Model registry is missing; there it is “r”.",
            "nodes": ["r"],
            "edges": [
                {"from": "r", "to": "t", "artifact": "model"},
                {"from": "t", "to": "r", "artifact": "model"},
            ],
        }])
    );
    assert_eq!(answer(&["lacks", word(&target), word(&mine)]), (0, String::new(), String::new()));
    let (status, _, err) = answer(&["lacks", word(&mine), "template:nowhere"]);
    assert_eq!((status, err.lines().count()), (2, 1));
    assert!(err.contains("template"), "{err}");
}

/// Making what is asked first again and again ends with nothing missing, from any design to any other.
#[test]
fn every_template_can_be_completed_to_every_other() {
    let all = templates();
    for mine in &all {
        for target in &all {
            let mut mine = mine.clone();
            let mut steps = 0;
            while let Some(lack) = lacks(&mine, target).first() {
                assert!(!lack.edit.is_noop_on(&mine), "{} does nothing to {}", lack.message, mine.id);
                mine.apply(lack.edit.clone());
                steps += 1;
                assert!(steps <= target.nodes.len() + target.flows.len(), "{} to {}", mine.id, target.id);
            }
            assert!(mine.flows.iter().all(|flow| mine.has_ends(flow)));
        }
    }
}

//! What is missing for the next level, and where to go for it.

use mlops_atlas::architecture::maturity::Missing;
use mlops_atlas::architecture::{Architecture, Edit, Flow, Maturity, Node, kinds, lint, maturity};
use mlops_atlas::store::architecture_files::template;

fn judged(drawing: &Architecture) -> Maturity {
    maturity(drawing, &lint(drawing))
}

fn sentences(missing: &[Missing]) -> Vec<String> {
    missing.iter().map(Missing::sentence).collect()
}

fn add(drawing: &mut Architecture, kind: &str, flows: &[(&str, &str, &str)]) {
    let stage = kinds::kind(kind).unwrap().stage.clone();
    let node = Node { id: kind.into(), kind: kind.to_owned(), stage, ..Node::default() };
    drawing.apply(Edit::AddNode(node, None));
    for (from, to, artifact) in flows {
        let artifact = (*artifact).to_owned();
        let flow = Flow { from: (*from).into(), to: (*to).into(), artifact, ..Flow::default() };
        drawing.apply(Edit::AddFlow(flow));
    }
}

/// Google's second level is its first with an automated way for the pipeline itself.
#[test]
fn doing_what_is_missing_reaches_the_next_level() {
    let mut drawing = template("google-l1").unwrap();
    let before = judged(&drawing);
    assert_eq!((before.google, before.microsoft), (1, 2));
    assert_eq!(
        sentences(&before.google_missing),
        [
            "Add Continuous integration",
            "Let delivery or continuous integration bring pipelines to the orchestrator",
            "Pipeline code without CI: Build and test pipeline components on merge",
        ]
    );
    let where_to: Vec<Vec<&str>> =
        before.google_missing.iter().map(|one| one.nodes().iter().map(|id| id.as_str()).collect()).collect();
    assert_eq!(where_to, [vec![], vec![], vec!["repo"]]);
    assert_eq!(sentences(&before.microsoft_missing), ["Add Continuous delivery"]);

    add(&mut drawing, "ci", &[("repo", "ci", "code")]);
    let between = judged(&drawing);
    assert_eq!(between.google, 1);
    assert!(matches!(&between.google_missing[..], [Missing::Path(_, from)] if from[0].as_str() == "ci"));
    add(&mut drawing, "ci", &[("ci", "orch", "pipeline")]);
    add(&mut drawing, "cd", &[]);
    let after = judged(&drawing);
    assert_eq!((after.google, after.google_missing.len()), (2, 0));
    assert_eq!((after.microsoft, after.microsoft_missing.len()), (4, 0), "monitoring starts its training");
}

#[test]
fn every_component_names_what_covers_it() {
    let drawing = template("google-l1").unwrap();
    let judged = judged(&drawing);
    let nodes: Vec<(&str, Vec<&str>)> = judged
        .components
        .iter()
        .map(|component| (component.id, component.nodes.iter().map(|id| id.as_str()).collect()))
        .collect();
    assert_eq!(
        nodes,
        [
            ("C1", vec![]),
            ("C2", vec!["repo"]),
            ("C3", vec!["orch"]),
            ("C4", vec!["fs"]),
            ("C5", vec!["train"]),
            ("C6", vec!["reg"]),
            ("C7", vec!["meta", "track"]),
            ("C8", vec!["serve"]),
            ("C9", vec!["mon"]),
        ]
    );
    assert_eq!((judged.covered(), judged.components[0].kinds.as_slice()), (8, ["cd", "ci"].as_slice()));
}

#[test]
fn nothing_drawn_is_the_lowest_level_with_all_to_do() {
    let judged = judged(&Architecture::default());
    assert_eq!((judged.google, judged.microsoft, judged.covered()), (0, 0, 0));
    assert_eq!(
        sentences(&judged.microsoft_missing),
        ["Add Code & config repository", "Add Continuous integration"]
    );
    assert!(
        sentences(&judged.google_missing)
            .contains(&"Add Experiment tracking or Metadata / lineage".to_owned())
    );
}

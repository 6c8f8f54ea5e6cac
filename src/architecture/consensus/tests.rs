//! What drawings agree on, counted by hand.

use super::*;
use crate::architecture::sketch::sketch;

fn titled(title: &str, source: &[&str], text: &str) -> Architecture {
    let source = source.iter().map(|url| (*url).to_owned()).collect();
    Architecture { title: title.to_owned(), source, domain: "vision".to_owned(), ..sketch(text) }
}

fn three() -> Vec<Architecture> {
    vec![
        titled(
            "A",
            &["https://b.example", "https://a.example"],
            "t:training=xgboost r:model_registry=mlflow+aim; t->r:model",
        ),
        titled(
            "B",
            &["https://a.example"],
            "x:training=scikit-learn+xgboost y:training=xgboost z:model_registry=mlflow; x->z:model y->z:model z->ghost:model",
        ),
        titled("C", &[], "t:training=scikit-learn m:monitoring; m->t:trigger"),
    ]
}

fn kinds_of(found: &Consensus) -> Vec<String> {
    found.kinds.iter().map(|k| format!("{} {:?} {:?}", k.what, k.with, k.without)).collect()
}

#[test]
fn every_drawing_counts_once_for_what_it_has() {
    let found = consensus(&three(), Counted::All);
    assert_eq!(
        kinds_of(&found),
        ["training [0, 1, 2] []", "model_registry [0, 1] [2]", "monitoring [2] [0, 1]"]
    );
    let flows: Vec<_> = found
        .flows
        .iter()
        .map(|f| format!("{}->{}:{} {:?}", f.what.from, f.what.to, f.what.artifact, f.with))
        .collect();
    assert_eq!(flows, ["training->model_registry:model [0, 1]", "monitoring->training:trigger [2]"]);
    // Two boxes of one drawing name it once.
    let expected = [("scikit-learn".to_owned(), 2), ("xgboost".to_owned(), 2)];
    assert_eq!(found.tools["training"], expected);
    assert_eq!(found.tools["model_registry"], [("mlflow".to_owned(), 2), ("aim".to_owned(), 1)]);
}

#[test]
fn the_derived_drawing_has_what_the_share_has_and_no_loose_ends() {
    let found = consensus(&three(), Counted::All);
    for (min, nodes, flows) in [
        (
            0.0,
            "model_registry monitoring training",
            "monitoring->training:trigger training->model_registry:model",
        ),
        (0.34, "model_registry training", "training->model_registry:model"),
        (2.0 / 3.0, "model_registry training", "training->model_registry:model"),
        (0.67, "training", ""),
        (1.0, "training", ""),
    ] {
        let drawing = found.derive(min);
        assert_eq!(drawing.nodes.keys().map(NodeId::as_str).collect::<Vec<_>>().join(" "), nodes, "{min}");
        let told: Vec<_> = drawing.flows.iter().map(|flow| flow.key().to_string()).collect();
        assert_eq!(told.join(" "), flows, "{min}");
    }
    let drawing = found.derive(0.5);
    assert_eq!(drawing.title, "What 3 designs agree on");
    assert_eq!(drawing.summary, "The 2 nodes and 1 flow that at least 50 % of 3 designs have, by kind.");
    assert_eq!(drawing.source, ["https://a.example", "https://b.example"]);
    assert_eq!(drawing.domain, "vision");
    let node = &drawing.nodes[&"model_registry".into()];
    assert_eq!((node.label.as_str(), node.stage.as_str()), ("Model registry", "evaluate"));
    assert_eq!(node.tools, ["mlflow"]);
    let kept = consensus(&three(), Counted::Reported).derive(0.5);
    assert_eq!(kept.nodes[&"model_registry".into()].tools, ["mlflow"], "nobody said what rests on sources");
    let mut drawings = three();
    for node in drawings[0].nodes.values_mut() {
        node.basis = Some("reported".to_owned());
    }
    let reported = consensus(&drawings, Counted::Reported).derive(0.5);
    assert_eq!(reported.nodes.len(), 2);
    assert!(
        reported.nodes.values().all(|node| node.tools.is_empty()),
        "a reported box does not vouch for its tools"
    );
    let (read, problems) = Architecture::from_json(&drawing.to_json()).unwrap();
    assert_eq!((read, problems), (drawing, vec![]));
}

#[test]
fn what_was_added_counts_only_when_all_counts() {
    let mut drawings = three();
    let added = || Some("added".to_owned());
    for node in drawings[1].nodes.values_mut().filter(|node| node.kind == "model_registry") {
        node.basis = added();
    }
    drawings[2].flows[0].basis = added();
    let found = consensus(&drawings, Counted::Reported);
    assert_eq!(
        kinds_of(&found),
        ["training [0, 1, 2] []", "model_registry [0] [1, 2]", "monitoring [2] [0, 1]"]
    );
    assert_eq!(found.flows.iter().map(|f| f.with.len()).collect::<Vec<_>>(), [1]);
    assert!(found.derive(1.0).summary.ends_with("100 % of 3 designs report, by kind."));
    assert_eq!(kinds_of(&consensus(&drawings, Counted::All)), kinds_of(&consensus(&three(), Counted::All)));
}

#[test]
fn nothing_gives_nothing_and_an_unknown_kind_is_called_by_its_word() {
    let empty = consensus(&[], Counted::All).derive(0.5);
    assert!(empty.nodes.is_empty() && empty.flows.is_empty());
    let one = consensus(&[sketch("a:teleport b:")], Counted::All).derive(1.0);
    let nodes: Vec<_> = one.nodes.values().map(|n| (n.kind.as_str(), n.label.as_str())).collect();
    assert_eq!(nodes, [("teleport", "teleport")]);
}

#[test]
fn the_table_says_of_each_drawing_whether_it_has_it() {
    let rows = consensus(&three(), Counted::All).rows();
    let lines: Vec<String> =
        std::iter::once(&rows.head).chain(&rows.rows).map(|cells| cells.join("|")).collect();
    let expected = [
        "part|kind|artifact|to kind|lane|drawings|of|tools|A|B|C",
        "box|training|||train|3|3|scikit-learn (2), xgboost (2)|yes|yes|yes",
        "box|model_registry|||evaluate|2|3|mlflow (2), aim (1)|yes|yes|",
        "box|monitoring|||operate|1|3||||yes",
        "flow|training|model|model_registry||2|3||yes|yes|",
        "flow|monitoring|trigger|training||1|3||||yes",
    ];
    assert_eq!(lines, expected);
}

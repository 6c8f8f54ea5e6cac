//! Where boxes lead and who is in charge: the text form, what is odd in it, and the edit.

use mlops_atlas::architecture::{Architecture, Edit, NodeId, NodeLinks};
use mlops_atlas::problem::Severity;
use serde_json::json;

#[test]
fn links_are_written_after_what_a_box_rests_on_and_before_what_nobody_knows() {
    let text = "{\n\"format\":\"mlops-atlas/architecture@1\",\n\"id\":\"\",\n\"title\":\"\",\n\"summary\":\"\",\n\
        \"domain\":\"\",\n\"source\":[],\n\"nodes\":[\n{\"id\":\"a\",\"kind\":\"training\",\"stage\":\"train\",\
        \"tools\":[],\"label\":\"\",\"props\":{},\"basis\":\"added\",\"source\":[\"https://a.dev/s\"],\
        \"links\":[\"https://a.dev\"],\"owners\":[\"Platform team\"],\"repository\":\"https://a.dev/git\",\
        \"runs\":\"runs/our store.db\",\"hint\":1}\n],\n\"edges\":[],\n\"layout\":{}\n}\n";
    let (drawing, problems) = Architecture::from_json(text).unwrap();
    assert_eq!(problems, []);
    let links = NodeLinks {
        links: vec!["https://a.dev".to_owned()],
        owners: vec!["Platform team".to_owned()],
        repository: Some("https://a.dev/git".to_owned()),
        runs: Some("runs/our store.db".to_owned()),
    };
    assert_eq!(*drawing.nodes[&NodeId::from("a")].links, links);
    assert_eq!(drawing.to_json(), text);
}

#[test]
fn links_replace_what_could_not_be_read_and_that_comes_back() {
    let text = r#"{"format":"mlops-atlas/architecture@1","nodes":[
{"id":"a","kind":"training","stage":"train","owners":{"team":"A"},"hint":1,"runs":["x"]}]}"#;
    let (before, _) = Architecture::from_json(text).unwrap();
    let set = |links| Edit::SetLinks { node: "a".into(), links };
    let mut drawing = before.clone();
    let undo =
        drawing.apply(set(NodeLinks { owners: vec!["Platform team".to_owned()], ..NodeLinks::default() }));
    let node = &drawing.nodes[&NodeId::from("a")];
    let kept: Vec<&str> = node.extra.keys().map(String::as_str).collect();
    assert_eq!((node.links.owners.len(), kept), (1, vec!["hint", "runs"]), "runs are not replaced");
    assert_eq!(Architecture::from_json(&drawing.to_json()).unwrap().0, drawing);
    drawing.apply(undo);
    assert_eq!(drawing, before);
    let repository = Some("https://a.dev".to_owned());
    let edit = set(NodeLinks { repository, ..NodeLinks::default() });
    assert_eq!(edit.label(), "Set links of a");
    let undo = drawing.apply(edit);
    assert!(undo.keeps_meaning() && !undo.touches_geometry());
    drawing.apply(undo);
    assert_eq!(drawing, before);
}

#[test]
fn links_of_a_wrong_type_are_kept_and_told_and_those_that_are_not_opened_are_told_quietly() {
    let text = r#"{"format":"mlops-atlas/architecture@1","nodes":[
{"id":"a","kind":"training","stage":"train","links":["https://a.dev",7],"owners":"Platform team","repository":""},
{"id":"b","kind":"training","stage":"train","links":["ftp://a.dev","https://a.dev"],"repository":["x"],"runs":null}]}"#;
    let (drawing, problems) = Architecture::from_json(text).unwrap();
    let told: Vec<_> = problems.iter().map(|p| (p.severity, p.at.as_str(), p.message.as_str())).collect();
    let kept = "is kept in the file and not used";
    assert_eq!(
        told,
        [
            (
                Severity::Warning,
                "line 2",
                format!("`links` must be a list of texts; [\"https://a.dev\",7] {kept}").as_str()
            ),
            (Severity::Warning, "line 3", format!("`repository` must be text; [\"x\"] {kept}").as_str()),
            (Severity::Warning, "line 3", format!("`runs` must be text; null {kept}").as_str()),
            (
                Severity::Info,
                "line 3",
                "the link `ftp://a.dev` of `b` is not opened: only http and https addresses are opened"
            ),
        ]
    );
    let [a, b] = ["a", "b"].map(|id| &drawing.nodes[&id.into()]);
    assert_eq!(a.links.owners, ["Platform team"]);
    assert_eq!((a.links.links.len(), a.links.repository.as_ref()), (0, None));
    assert_eq!(a.extra.get("links"), Some(&json!(["https://a.dev", 7])));
    assert_eq!(b.extra.keys().collect::<Vec<_>>(), ["repository", "runs"]);
    assert_eq!(Architecture::from_json(&drawing.to_json()).unwrap().0, drawing);
    // An unreadable link of one kind does not keep the others from being used.
    assert_eq!(b.address(), Some("https://a.dev"));
}

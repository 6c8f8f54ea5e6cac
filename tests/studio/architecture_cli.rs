//! `architecture check` and `architecture impact` as other programs use them: shapes, places, exit codes.

use std::path::PathBuf;

use mlops_atlas::architecture::Architecture;
use serde_json::{Value, json};

struct Answer {
    status: i32,
    out: String,
    err: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }
}

fn ask(words: &[&str]) -> Answer {
    let output = assert_cmd::Command::cargo_bin("mlops-atlas").unwrap().args(words).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Answer { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

/// A drawing in a folder of its own.
fn written(drawing: &Value) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ours.architecture.json");
    std::fs::write(&path, drawing.to_string()).unwrap();
    (folder, path)
}

fn node(id: &str, kind: &str, stage: &str, label: &str) -> Value {
    json!({"id": id, "kind": kind, "stage": stage, "tools": ["x"], "label": label})
}

fn edge(from: &str, to: &str, artifact: &str) -> Value {
    json!({"from": from, "to": to, "artifact": artifact})
}

/// Two models behind one consumer, a circle of transformations, and no more.
fn troubled() -> Value {
    json!({
        "format": "mlops-atlas/architecture@1", "title": "Trouble", "domain": "finance",
        "nodes": [
            node("src", "source_batch", "sources", "Ledger"),
            node("t1", "transformation", "features", "Clean"),
            node("t2", "transformation", "features", "Join"),
            node("ta", "training", "train", "Score training"),
            node("tb", "training", "train", "Limit training"),
            node("sa", "serving_online", "deliver", "Score"),
            node("sb", "serving_online", "deliver", "Limit"),
            node("app", "consumer", "operate", "Branch"),
        ],
        "edges": [
            edge("src", "t1", "raw_data"), edge("t1", "t2", "features"), edge("t2", "t1", "features"),
            edge("t2", "ta", "training_set"), edge("t2", "tb", "training_set"),
            edge("ta", "sa", "model"), edge("tb", "sb", "model"),
            edge("sa", "app", "predictions"), edge("sb", "app", "predictions"),
            edge("app", "tb", "feedback"), edge("t1", "src", "features"),
            edge("nobody", "ta", "training_set"),
        ],
    })
}

#[test]
fn every_form_of_place_is_written_as_agreed() {
    let (_folder, path) = written(&troubled());
    let answer = ask(&["architecture", "check", path.to_str().unwrap(), "--json"]);
    assert_eq!(answer.status, 1, "there are errors");
    let value = answer.json();
    let findings = value["findings"].as_array().unwrap();
    let at = |rule: &str| -> Vec<Value> {
        findings.iter().filter(|f| f["rule"] == rule).map(|f| f["at"].clone()).collect()
    };
    assert_eq!(at("GOV01"), [json!([])], "the drawing as a whole");
    assert_eq!(at("DAT01"), [json!(["src"])], "a node");
    assert_eq!(at("STR02"), [json!(["app->tb:feedback"]), json!(["t1->src:features"])], "a flow");
    assert_eq!(at("STR03"), [json!(["t1->src"])], "a connection");
    assert_eq!(at("STR05"), [json!(["src", "t1", "t2"])], "a circle");
    assert_eq!(at("DEB02"), [json!(["sa", "tb"])], "a pair: what acts, and what is acted on");
    assert_eq!(at("DEB01"), [json!(["sb", "tb"])], "training and serving of a loop");
    for finding in findings {
        let keys: Vec<&String> = finding.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["rule", "severity", "at", "message", "suggestion"]);
    }
    let message = |rule: &str| findings.iter().find(|f| f["rule"] == rule).unwrap()["message"].clone();
    assert_eq!(message("DAT01"), "Data from “Ledger” reaches training without being validated");
    assert_eq!(
        message("STR02"),
        "feedback cannot flow from “Branch” to “Limit training”: Training does not accept it"
    );
    assert_eq!(message("DEB02"), "Consumers of “Score” influence what “Limit training” learns");
    assert_eq!(message("STR05"), "“Ledger”, “Clean” and “Join” feed each other in a circle");
    assert_eq!(message("GOV01"), "No approval is drawn, although the domain is finance");
    // C5 training and C8 serving of nine.
    assert_eq!(value["maturity"], json!({"google": 0, "microsoft": 0, "components": 2}));
    assert!(answer.err.contains("names `nobody`") && answer.err.lines().count() == 1, "{}", answer.err);
}

#[test]
fn a_flow_without_an_end_changes_no_answer() {
    let mut whole = troubled();
    whole["edges"].as_array_mut().unwrap().pop();
    let ((_one, with), (_two, without)) = (written(&troubled()), written(&whole));
    let check = |path: &PathBuf| ask(&["architecture", "check", path.to_str().unwrap(), "--json"]).out;
    assert_eq!(check(&with), check(&without));
}

#[test]
fn what_this_version_does_not_know_is_no_error_of_the_drawing() {
    let (_folder, path) = written(&json!({
        "format": "mlops-atlas/architecture@1",
        "nodes": [node("a", "oracle", "heaven", "A"), node("b", "training", "train", "B")],
        "edges": [edge("a", "b", "features"), edge("b", "a", "prophecy")],
    }));
    let answer = ask(&["architecture", "check", path.to_str().unwrap(), "--json"]);
    let value = answer.json();
    let rules: Vec<&Value> = value["findings"].as_array().unwrap().iter().map(|f| &f["rule"]).collect();
    assert!(!rules.contains(&&json!("STR02")) && !rules.contains(&&json!("STR03")), "{rules:?}");
    assert!(rules.contains(&&json!("TRN01")), "the training is judged: {rules:?}");
    assert_eq!(answer.err.lines().count(), 3, "kind, lane and artifact are told: {}", answer.err);
}

#[test]
fn a_drawing_without_errors_ends_with_0() {
    let answer = ask(&["architecture", "check", "template:google-l1", "--json"]);
    assert_eq!((answer.status, answer.err.as_str()), (0, ""));
    let value = answer.json();
    // What Google says of level 1: no integration of pipeline code, and nothing keeps a part of the answers out of the
    // next training. The reference implementation finds the same.
    let found: Vec<(&str, &Value)> = value["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| (f["rule"].as_str().unwrap(), &f["at"]))
        .collect();
    let expected = [("DEP02", &json!(["repo"])), ("DEB10", &json!(["serve", "train"]))];
    assert_eq!((found.as_slice(), &value["maturity"]["google"]), (expected.as_slice(), &json!(1)));
}

#[test]
fn people_get_severities_labels_places_and_what_to_do() {
    let (_folder, path) = written(&troubled());
    let answer = ask(&["architecture", "check", path.to_str().unwrap()]);
    assert_eq!(answer.status, 1);
    let at =
        |text: &str| answer.out.find(text).unwrap_or_else(|| panic!("{text} is not in:\n{}", answer.out));
    let order = [
        "Trouble: ",
        "\nErrors\n",
        "DAT01  Put a validation gate on that path\n",
        "Data from “Ledger” reaches training without being validated  [src]\n",
        "\nWarnings\n",
        "\nNotes\n",
        "Google level 0 of 2, Microsoft level 0 of 4, 2 of 9 components",
        "for Google 1: Add Orchestrator",
        "C1 is missing: CI/CD component",
    ];
    assert!(order.map(at).is_sorted(), "{}", answer.out);
}

/// The figures are those of the reference implementation for this template: direct 9, full 16 of 20 (80 %).
#[test]
fn a_change_is_followed_through_the_drawing() {
    let answer = ask(&["architecture", "impact", "template:oss-classic", "--node", "dbt", "--json"]);
    assert_eq!((answer.status, answer.err.as_str()), (0, ""));
    let value = answer.json();
    let keys: Vec<&String> = value.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "direct",
            "full",
            "cace",
            "rings",
            "retrain",
            "revalidate",
            "redeploy",
            "consumers",
            "unguarded_consumers",
            "in_loop",
            "via_feedback",
            "notified",
            "undeclared",
            "changed",
            "change"
        ]
    );
    assert_eq!((&value["changed"], &value["change"]), (&json!(["dbt"]), &json!({"node": "dbt"})));
    assert_eq!([&value["direct"], &value["full"], &value["cace"]], [&json!(9), &json!(16), &json!(0.8)]);
    assert_eq!((&value["unguarded_consumers"], &value["consumers"]), (&json!(["app"]), &json!(["app"])));
    assert_eq!(value["rings"]["1"].as_array().unwrap().len(), 1, "dbt feeds the feature store");

    let people = ask(&["architecture", "impact", "template:oss-classic", "--node", "dbt"]).out;
    assert!(
        people.contains("9 of 20 other boxes change before any feedback comes back, 16 (80 %) in the end"),
        "{people}"
    );
    assert!(people.contains("unguarded    Backend application"), "{people}");
}

#[test]
fn an_artifact_and_a_swap_are_asked_in_the_same_words() {
    let feature = ["architecture", "impact", "template:oss-classic", "--artifact", "features", "--json"];
    let value = ask(&feature).json();
    // Features flow from dbt to the feature store, from there to the notebook, and from serving to monitoring.
    assert_eq!(value["rings"]["1"], json!(["feast", "mon", "nb"]));
    assert_eq!((&value["changed"], &value["change"]), (&json!([]), &json!({"artifact": "features"})));
    assert!(value.get("swap").is_none());

    let swap = ["architecture", "impact", "template:oss-classic", "--swap", "feast=hopsworks"];
    let answer = ask(&[&swap[..], &["--json"]].concat());
    assert_eq!((answer.status, answer.err.as_str()), (0, ""));
    let value = answer.json();
    assert_eq!(value["changed"], json!(["feast"]));
    assert_eq!(value["change"], json!({"swap": {"from": "feast", "to": "hopsworks"}}));
    let of_node =
        ask(&["architecture", "impact", "template:oss-classic", "--node", "feast", "--json"]).json();
    for key in ["direct", "full", "rings", "consumers", "unguarded_consumers", "via_feedback", "notified"] {
        assert_eq!(value[key], of_node[key], "one box names it: {key}");
    }
    let known = &value["swap"];
    let told = |at: usize| {
        known["facts"][at]["from"]["value"].as_str().zip(known["facts"][at]["to"]["value"].as_str())
    };
    assert_eq!(told(0), Some(("Apache-2.0", "AGPL-3.0-or-later")));
    assert_eq!(told(3), Some(("not needed", "needed")), "Kubernetes");
    assert_eq!(
        (known["facts"][4]["from"]["value"].clone(), &known["facts"][4]["standing"]),
        (Value::Null, &json!("unknown"))
    );
    // Eight tools stand beside the store. Of dbt only Feast is told, of KServe only Hopsworks, of the others neither.
    let lost = known["lost"].as_array().unwrap();
    assert_eq!((lost.len(), &lost[0]["other"]), (1, &json!("dbt-core")));
    assert!(lost[0]["relations"][0]["sources"][0].as_str().unwrap().starts_with("https://"));
    assert_eq!([&known["kept"], &known["gained"], &known["unknown"]], [&json!(0), &json!(1), &json!(6)]);

    let people = ask(&swap).out;
    assert!(people.starts_with("If Feast is replaced by Hopsworks in: "), "{people}");
    assert!(people.contains("air-gapped     unknown -> works without a network"), "{people}");
    let people = ask(&feature[..5]).out;
    assert!(
        people.contains("9 of 21 boxes change before any feedback comes back, 17 (81 %) in the end"),
        "{people}"
    );
}

#[test]
fn exactly_one_thing_changes_and_it_has_to_be_there() {
    let ask = |words: &[&str]| ask(&[&["architecture", "impact", "template:oss-classic"], words].concat());
    for (words, told) in [
        (
            &["--artifact", "featuresx"][..],
            "no flow of the drawing carries featuresx; did you mean features?: template:oss-classic",
        ),
        (
            &["--swap", "feastt=hopsworks"],
            "no box of the drawing names feastt; did you mean feast?: template:oss-classic",
        ),
        (&["--swap", "feast"], "feast names no two tools; write it like feast=hopsworks"),
        (&["--swap", "feast=feast"], "write it like feast=hopsworks"),
        (&["--node", "dbt", "--artifact", "features"], "cannot be used with"),
    ] {
        let answer = ask(words);
        assert_eq!((answer.status, answer.out.as_str(), answer.err.lines().count()), (2, "", 1), "{words:?}");
        assert!(answer.err.contains(told), "{words:?}: {}", answer.err);
    }
    // A tool that nobody wrote an entry for can be asked about; what is not known is said.
    let answer = ask(&["--swap", "feast=hopswork"]);
    assert_eq!(answer.status, 1);
    assert!(answer.err.contains("did you mean hopsworks?: hopswork"), "{}", answer.err);
}

#[test]
fn a_node_that_is_not_there_is_one_line_with_its_neighbours() {
    for (node, hint) in [("dbtt", "did you mean dbt"), ("qqqqqqqqqqqq", "choose one of ")] {
        let answer = ask(&["architecture", "impact", "template:oss-classic", "--node", node]);
        assert_eq!((answer.status, answer.out.as_str(), answer.err.lines().count()), (2, "", 1));
        assert!(answer.err.contains(hint) && answer.err.contains(node), "{}", answer.err);
    }
}

#[test]
fn what_cannot_be_read_ends_with_2_and_what_was_lost_with_1() {
    let answer = ask(&["architecture", "check", "no/such.architecture.json"]);
    assert_eq!((answer.status, answer.out.as_str(), answer.err.lines().count()), (2, "", 1));
    assert!(answer.err.contains("no/such.architecture.json"), "{}", answer.err);
    let answer = ask(&["architecture", "check", "template:nothing"]);
    assert_eq!((answer.status, answer.err.lines().count()), (2, 1));

    let (_folder, path) = written(&json!({"format": "mlops-atlas/architecture@1", "nodes": [7]}));
    let answer = ask(&["architecture", "impact", path.to_str().unwrap(), "--node", "a"]);
    assert_eq!(answer.status, 2);
    assert!(answer.err.contains("no node a; it has none: "), "{}", answer.err);
    let answer = ask(&["architecture", "check", path.to_str().unwrap(), "--json"]);
    assert_eq!(answer.status, 1);
    assert!(answer.err.contains("this one was left out"), "{}", answer.err);
}

#[test]
fn what_people_live_with_is_told_aside_and_is_no_error() {
    let suppressed = json!([{"rule": "EVA04", "at": ["gate"], "reason": "Judged by hand."}]);
    let mut drawing = json!({
        "format": "mlops-atlas/architecture@1", "title": "Ours",
        "nodes": [
            node("src", "source_batch", "sources", "Ledger"), node("gate", "evaluation", "evaluate", "Gate"),
            node("t", "training", "train", "Scoring"), node("app", "consumer", "operate", "Branch"),
            node("repo", "code_repo", "platform", "Code"), node("s", "serving_batch", "deliver", "Scores"),
            node("dv", "data_validation", "data", "Checks"), node("mon", "monitoring", "operate", "Watch"),
        ],
        "edges": [
            edge("src", "dv", "raw_data"), edge("dv", "t", "training_set"), edge("repo", "t", "code"),
            edge("t", "gate", "model"), edge("gate", "s", "model"), edge("s", "app", "predictions"),
            edge("s", "mon", "telemetry"),
        ],
    });
    let (_one, told) = written(&drawing);
    drawing["suppressed"] = suppressed.clone();
    let (_two, silent) = written(&drawing);
    let (told, silent) = (told.to_str().unwrap(), silent.to_str().unwrap());

    let before = ask(&["architecture", "check", told, "--json"]);
    let errors = |value: &Value| -> Vec<Value> {
        let findings = value["findings"].as_array().unwrap().iter();
        findings.filter(|f| f["severity"] == "error").map(|f| f["rule"].clone()).collect()
    };
    assert_eq!((before.status, errors(&before.json())), (1, vec![json!("EVA04")]));
    assert!(before.json().get("suppressed").is_none());

    let after = ask(&["architecture", "check", silent, "--json"]);
    assert_eq!((after.status, errors(&after.json())), (0, vec![]));
    assert_eq!(after.json()["suppressed"], suppressed);
    let people = ask(&["architecture", "check", silent]);
    assert!(people.out.contains("Suppressed\n  EVA04") && people.out.contains("because: Judged by hand."));
}

/// Google's level 1, in which no rule finds an error, with two boxes that name tools.
fn two_tools() -> Architecture {
    let mut drawing = mlops_atlas::store::architecture_files::template("google-l1").unwrap();
    for node in drawing.nodes.values_mut() {
        node.tools = match node.kind.as_str() {
            "model_registry" => vec!["mlflow".to_owned()],
            "orchestrator" => vec!["argo-cd".to_owned(), "ours-alone".to_owned()],
            _ => Vec::new(),
        };
    }
    assert_eq!(drawing.nodes.values().filter(|node| !node.tools.is_empty()).count(), 2);
    drawing
}

/// The same with these constraints.
fn allowed(constraints: &Value) -> Value {
    let mut value: Value = serde_json::from_str(&two_tools().to_json()).unwrap();
    value["constraints"] = constraints.clone();
    value
}

#[test]
fn constraints_are_checked_with_the_rules_and_only_what_is_broken_is_an_error() {
    let check = |constraints: Value, words: &[&str]| {
        let (_folder, path) = written(&allowed(&constraints));
        let mut all = vec!["architecture", "check", path.to_str().unwrap()];
        all.extend(words);
        ask(&all)
    };
    let errors = |value: &Value| {
        value["findings"].as_array().unwrap().iter().filter(|f| f["severity"] == "error").count()
    };
    let none = check(json!({}), &["--json"]);
    assert_eq!((errors(&none.json()), none.status, &none.json()["constraints"]), (0, 0, &json!([])));

    // Argo CD needs Kubernetes, MLflow does not, and a tool without an entry is not known.
    let broken = check(json!({"without_kubernetes": true}), &["--json"]);
    assert_eq!((errors(&broken.json()), broken.status), (0, 1));
    let unknown = "The catalog has no entry for ours-alone.";
    assert_eq!(
        broken.json()["constraints"],
        json!([
            {"constraint": "without_kubernetes", "node": "orch", "tool": "argo-cd", "is": "broken",
             "message": "Argo CD needs Kubernetes."},
            {"constraint": "without_kubernetes", "node": "orch", "tool": "ours-alone", "is": "unknown",
             "message": unknown},
        ])
    );
    let plain = check(json!({"without_kubernetes": true}), &[]).out;
    assert!(plain.contains("1 broken constraint\n"), "{plain}");
    assert!(
        plain.contains("\nConstraints\n  broken  orch: Argo CD needs Kubernetes.\n  unknown  orch: "),
        "{plain}"
    );

    // Both are open source: only the stranger is not known, which is no error.
    let unknown_only = check(json!({"licenses": ["osi"]}), &["--json"]);
    let told: Vec<Value> =
        unknown_only.json()["constraints"].as_array().unwrap().iter().map(|c| c["is"].clone()).collect();
    assert_eq!((told, unknown_only.status), (vec![json!("unknown")], 0));
    let most = check(json!({"most_tools": 2}), &["--json"]);
    assert_eq!((&most.json()["constraints"][0]["node"], most.status), (&json!(null), 1));
    assert_eq!(check(json!({"most_tools": 3}), &["--json"]).status, 0);
}

#[test]
fn a_key_of_constraints_that_nobody_knows_is_told_with_its_line_and_kept() {
    let (first, rest) = (
        two_tools().to_json(),
        "\"constraints\":{\n\"licenses\":[\"osi\",\"free\"],\n\"airgapped\":true\n},\n",
    );
    let text = first.replacen("{\n", &format!("{{\n{rest}"), 1);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ours.architecture.json");
    std::fs::write(&path, text).unwrap();
    let answer = ask(&["architecture", "check", path.to_str().unwrap(), "--json"]);
    let told: Vec<&str> = answer.err.lines().collect();
    assert_eq!((answer.status, told.len()), (0, 2), "{}", answer.err);
    assert!(told[0].contains("the licence class `free`") && told[0].ends_with("json:3"), "{}", answer.err);
    assert!(told[1].contains("`airgapped`") && told[1].ends_with("json:4"), "{}", answer.err);
    let (drawing, _) = mlops_atlas::store::architecture_files::open(&path).unwrap();
    assert!(drawing.to_json().contains(r#""constraints":{"licenses":["osi","free"],"airgapped":true}"#));
}

#[test]
fn a_workspace_tells_what_the_shipped_catalog_does_not() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("catalog/tools")).unwrap();
    let entry = "id = \"ours-alone\"\nname = \"Ours\"\nsummary = \"Delivers.\"\nkubernetes = true\n";
    std::fs::write(folder.path().join("catalog/tools/ours-alone.toml"), entry).unwrap();
    let (_file, path) = written(&allowed(&json!({"without_kubernetes": true})));
    let workspace = folder.path().to_str().unwrap();
    let answer = ask(&["architecture", "check", path.to_str().unwrap(), "--json", "--workspace", workspace]);
    let told: Vec<Value> =
        answer.json()["constraints"].as_array().unwrap().iter().map(|c| c["message"].clone()).collect();
    assert_eq!(told, ["Argo CD needs Kubernetes.", "Ours needs Kubernetes."]);
    let answer = ask(&["architecture", "check", path.to_str().unwrap(), "--workspace", "no/such/folder"]);
    assert_eq!((answer.status, answer.err.lines().count()), (2, 1), "{}", answer.err);
}

#[test]
fn what_a_drawing_says_of_single_rules_is_kept_and_told() {
    let check = |rules: Value| {
        let mut drawing = troubled();
        drawing["rules"] = rules;
        let (_folder, path) = written(&drawing);
        let answer = ask(&["architecture", "check", path.to_str().unwrap(), "--json"]);
        let plain = ask(&["architecture", "check", path.to_str().unwrap()]);
        (answer.json(), answer.err, plain.out)
    };
    let severities = |value: &Value, rule: &str| -> Vec<Value> {
        let findings = value["findings"].as_array().unwrap().iter();
        findings.filter(|f| f["rule"] == rule).map(|f| f["severity"].clone()).collect()
    };
    let (before, _, _) = check(json!({}));
    assert_eq!(severities(&before, "STR03"), [json!("warning")]);
    assert!(before.get("off").is_none());
    let (after, err, plain) = check(json!({"STR03": "error", "STR02": "off", "DEB01": "info"}));
    assert_eq!(severities(&after, "STR03"), [json!("error")]);
    assert_eq!(severities(&after, "STR02"), [json!(null); 0]);
    assert_eq!(severities(&after, "DEB01"), [json!("info")]);
    assert_eq!(after["off"], json!(["STR02"]));
    assert!(plain.contains("off in this drawing: STR02"), "{plain}");
    assert_eq!(after["maturity"], before["maturity"]);
    assert_eq!(err.lines().count(), 1, "the flow without an end: {err}");
    // What the maturity reads is told all the same, and that it is.
    let (read, err, _) = check(json!({"TRN01": "off"}));
    assert_eq!(severities(&read, "TRN01"), severities(&before, "TRN01"));
    assert!(err.contains("turn TRN01 off, which the maturity reads"), "{err}");
}

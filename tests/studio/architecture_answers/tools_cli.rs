//! `architecture tools` and `architecture test-score`.

use mlops_atlas::architecture::{Constraints, Edit};
use mlops_atlas::store::architecture_files::{create, open, template};
use serde_json::json as value;

use super::{answer, json, word, write};

#[test]
fn one_box_is_answered_with_reasons_and_a_wrong_one_with_the_right_ones() {
    let told = json(&["tools", "template:oss-classic", "--node", "reg", "--json"], 0);
    assert_eq!(told.as_object().unwrap().keys().collect::<Vec<_>>(), ["candidates"]);
    let tools = told["candidates"][0]["tools"].as_array().unwrap();
    assert!(tools.iter().all(|tool| tool["tool"] != "mlflow"), "it is in the box already");
    assert!(tools.iter().any(|tool| tool["tool"] == "kubeflow-model-registry" && tool["fit"] == "main"));
    for (id, hint) in [
        ("fest", "did you mean feast"),
        ("model registry", "did you mean reg"),
        ("zzzzzz", "choose one of ab, air, air_i"),
    ] {
        let (status, out, err) = answer(&["tools", "template:oss-classic", "--node", id]);
        assert_eq!((status, out.as_str(), err.lines().count()), (2, "", 1));
        assert!(err.contains(hint), "{err}");
        assert!(err.contains(&format!("no node {id}; ")), "{err}");
        assert!(err.trim_end().ends_with(": template:oss-classic"), "{err}");
    }
}

#[test]
fn a_drawing_is_answered_as_a_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(
        folder.path(),
        "ours",
        &["wh:data_store", "v:data_validation", "o:orchestrator", "g:governance", "s:source_batch"],
        &["s->wh:raw_data", "wh->v:raw_data", "o->v:trigger"],
    );
    let told = json(&["tools", word(&path), "--json"], 0);
    let keys: Vec<_> = told.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["candidates", "cover", "integrations", "operations", "breaches"]);
    let nodes: Vec<_> = told["candidates"].as_array().unwrap().iter().map(|found| &found["node"]).collect();
    assert_eq!(nodes, ["g", "o", "v", "wh"], "a source is given");
    assert_eq!(told["cover"]["unfilled"], value!(["g"]));
    assert_eq!((&told["cover"]["exact"], &told["cover"]["now"]), (&value!(true), &value!(0)));
    assert_eq!(told["integrations"]["unfilled"].as_array().unwrap().len(), 3);
    assert_eq!(told["operations"]["tools"], value!([]));
    let (status, out, err) = answer(&["tools", word(&path)]);
    assert_eq!((status, err.as_str()), (0, ""));
    for words in ["Fewest tools: ", "nobody is known for: g", "Integrations: told for 0 of 0 flows"] {
        assert!(out.contains(words), "{words} is not in {out}");
    }
}

#[test]
fn a_broken_constraint_is_told_and_ends_with_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ours.architecture.json");
    let mut drawing = template("oss-classic").unwrap();
    drawing.apply(Edit::SetConstraints(Constraints { without_kubernetes: true, ..Constraints::default() }));
    create(&path, &drawing).unwrap();
    let told = json(&["tools", word(&path), "--json"], 1);
    let breaches = told["breaches"].as_array().unwrap();
    let argo = breaches.iter().find(|breach| breach["tool"] == "argo-cd").unwrap();
    assert_eq!((&argo["node"], &argo["is"]), (&value!("cd"), &value!("broken")));
    assert!(breaches.iter().any(|breach| breach["tool"] == "istio" && breach["is"] == "unknown"));
    assert!(breaches.iter().all(|breach| breach["tool"] != "mlflow"), "MLflow does not need it");
    let needs = told["operations"]["kubernetes"]["yes"].as_array().unwrap();
    assert!(needs.contains(&value!("argo-cd")) && !needs.contains(&value!("mlflow")));
    assert!(answer(&["tools", word(&path)]).1.contains("broken  cd: Argo CD needs Kubernetes."));
}

#[test]
fn constraints_can_be_asked_without_writing_them_into_the_file() {
    let words =
        ["tools", "template:google-l2", "--anew", "--without-kubernetes", "--license", "osi", "--json"];
    let told = json(&words, 1);
    let (catalog, _) = mlops_atlas::store::catalog_files::bundled_catalog();
    for chosen in told["cover"]["tools"].as_array().unwrap() {
        let id = mlops_atlas::catalog::ToolId::new(chosen["tool"].as_str().unwrap()).unwrap();
        let tool = catalog.get(&id).unwrap();
        assert_ne!(tool.kubernetes, Some(true), "{id}");
        let is_open = matches!(tool.license_class().id(), "osi" | "unknown");
        assert!(is_open, "{id}");
        let unknown = chosen["unknown"].as_array().unwrap();
        assert_eq!(
            tool.kubernetes.is_none(),
            unknown.iter().any(|u| u["constraint"] == "without_kubernetes")
        );
    }
    // Nobody has looked whether Git works without a network, and it is not passed over.
    let plain = answer(&["tools", "template:google-l2", "--anew", "--air-gapped"]).1;
    let told = "  Git (there already): Source repository\n    Whether Git works without a network is not in the catalog.\n";
    assert!(plain.contains(told), "{plain}");
    let (status, _, err) = answer(&["tools", "template:google-l2", "--license", "mit"]);
    assert_eq!((status, err.lines().count()), (2, 1));
    assert!(err.contains("use one of osi, open-core, source-available, unknown"), "{err}");
    let broken = json(&["tools", "template:edge", "--most-tools", "3", "--json"], 1);
    let breaches = broken["breaches"].as_array().unwrap();
    assert_eq!(breaches.len(), 1);
    assert_eq!((&breaches[0]["constraint"], &breaches[0]["node"]), (&value!("most_tools"), &value!(null)));
}

#[test]
fn a_workspace_lays_its_tools_over_the_catalog() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("catalog/tools")).unwrap();
    let entry =
        "id = \"ours\"\nname = \"Ours\"\nsummary = \"Keeps our features.\"\ncategory = \"Feature store\"\n";
    std::fs::write(folder.path().join("catalog/tools/ours.toml"), entry).unwrap();
    let path = write(folder.path(), "a", &["f:feature_store"], &[]);
    let has = |words: &[&str]| {
        let told = json(words, 0);
        told["candidates"][0]["tools"].as_array().unwrap().iter().any(|tool| tool["tool"] == "ours")
    };
    assert!(has(&["tools", word(&path), "--json", "--workspace", word(folder.path())]));
    assert!(!has(&["tools", word(&path), "--json"]));
}

#[test]
fn the_test_score_is_counted_from_answers_and_only_suggested_by_the_drawing() {
    let told = json(&["test-score", "template:google-l2", "--json"], 0);
    assert_eq!((&told["final"], told["lowest"].as_array().unwrap().len()), (&value!(0.0), 4));
    let tests: Vec<_> =
        told["sections"].as_array().unwrap().iter().flat_map(|s| s["tests"].as_array().unwrap()).collect();
    assert_eq!(tests.len(), 28);
    assert!(tests.iter().all(|test| test["answer"].is_null()));
    let validation = tests.iter().find(|test| test["id"] == "data-1").unwrap();
    assert!(!validation["suggested"]["at"].as_array().unwrap().is_empty());

    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("a.architecture.json");
    let given = ["data-1=1", "data-2=0.5", "model-1=1", "infra-1=1", "monitor-1=0.5", "monitor-2=0"];
    let mut words = vec!["test-score", "template:google-l2", "--json", "--out", word(&out)];
    words.extend(given.iter().flat_map(|given| ["--answer", *given]));
    let told = json(&words, 0);
    assert_eq!((&told["final"], &told["lowest"]), (&value!(0.5), &value!(["monitor"])));
    assert_eq!(told["sections"][0]["points"], value!(1.5));
    assert_eq!(told["sections"][3]["answered"], value!(2));
    let (drawing, problems) = open(&out).unwrap();
    assert_eq!((problems, drawing.test_score.of.len()), (vec![], 6));
    let plain = answer(&["test-score", word(&out)]).1;
    assert!(plain.starts_with("ML Test Score 0.5 of 7: "), "{plain}");
    for wrong in ["data-8=1", "data-1=2", "data-1", "data-1=x"] {
        let (status, out, err) = answer(&["test-score", word(&out), "--answer", wrong]);
        assert_eq!((status, out.as_str(), err.lines().count()), (2, "", 1), "{wrong}: {err}");
    }
}

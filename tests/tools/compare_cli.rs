//! `tools compare` and `tools export`: shapes, files, and wrong uses in one sentence.

use std::fs;
use std::path::Path;

use serde_json::Value;

/// The exit status, stdout and stderr of `mlops-atlas tools …`.
fn tools(words: &[&str]) -> (Option<i32>, String, String) {
    let mut program = assert_cmd::Command::cargo_bin("mlops-atlas").unwrap();
    let output = program.arg("tools").args(words).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// The answer of a use that is right.
fn answer(words: &[&str]) -> String {
    let (status, out, err) = tools(words);
    assert_eq!((status, err.as_str()), (Some(0), ""), "{words:?}");
    out
}

#[test]
fn a_comparison_is_printed_in_four_formats() {
    let page = answer(&["compare", "mlflow", "Aim"]);
    assert!(page.starts_with("# MLflow and Aim\n\n|  | MLflow | Aim |\n| --- | --- | --- |\n"), "{page}");
    let table = answer(&["compare", "mlflow", "aim", "--format", "csv"]);
    assert!(table.starts_with("row,tool,value,source,read\n"), "{table}");
    assert!(table.lines().any(|line| line.starts_with("Licence,aim,Apache-2.0,https://")), "{table}");
    let record = answer(&["compare", "mlflow", "aim", "--format", "madr", "--today", "2026-12-01"]);
    assert!(record.starts_with("---\nstatus: proposed\ndate: 2026-12-01\n---\n"), "{record}");
    let json: Value = serde_json::from_str(&answer(&["compare", "mlflow", "aim", "--json"])).unwrap();
    let keys: Vec<&String> = json.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["tools", "category", "rows", "claims", "between", "alternatives", "today"]);
    assert_eq!(
        json["tools"],
        serde_json::json!([{"id": "mlflow", "name": "MLflow"}, {"id": "aim", "name": "Aim"}])
    );
    let rows = json["rows"].as_array().unwrap();
    assert!(rows.iter().all(|row| row["cells"].as_array().unwrap().len() == 2));
    let equal: Vec<bool> = rows.iter().map(|row| row["equal"].as_bool().unwrap()).collect();
    assert!(
        equal.is_sorted() && equal.contains(&false) && equal.contains(&true),
        "differences first: {equal:?}"
    );
    let show: Value = serde_json::from_str(&answer(&["show", "mlflow", "--json"])).unwrap();
    let compared = json["claims"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|topic| topic["cells"][0]["claims"].as_array().unwrap());
    let mut compared: Vec<String> = compared.map(ToString::to_string).collect();
    let mut shown: Vec<String> = show["claims"].as_array().unwrap().iter().map(ToString::to_string).collect();
    compared.sort();
    shown.sort();
    assert_eq!(compared, shown, "the same claims in the same shape");
}

#[test]
fn a_file_is_written_whole_and_a_filled_in_record_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("decisions/0001-tracker.md");
    let path = file.to_str().unwrap();
    let words = ["compare", "mlflow", "aim", "--format", "madr", "--out", path];
    assert_eq!(answer(&words), format!("{path}\n"));
    assert!(fs::read_to_string(&file).unwrap().contains("## Decision Outcome"));
    fs::write(&file, "decided").unwrap();
    let (status, out, err) = tools(&words);
    assert_eq!((status, out.as_str(), err.lines().count()), (Some(2), "", 1), "{err}");
    assert!(err.contains("add --force") && err.trim_end().ends_with(path), "{err}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "decided");
    assert_eq!(
        answer(&[&words as &[&str], &["--force", "--json"]].concat()),
        format!("[\n  \"{path}\"\n]\n")
    );
    assert!(fs::read_to_string(&file).unwrap().contains("## Decision Outcome"));
    assert_eq!(fs::read_dir(file.parent().unwrap()).unwrap().count(), 1, "nothing is left behind");
    // Tables can be made again: they replace.
    let table = folder.path().join("t.csv");
    fs::write(&table, "old").unwrap();
    answer(&["compare", "mlflow", "aim", "--format", "csv", "--out", table.to_str().unwrap()]);
    assert!(fs::read_to_string(&table).unwrap().starts_with("row,tool"));
}

#[test]
fn a_wrong_use_is_one_sentence_that_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let taken = folder.path().display().to_string();
    for (words, part) in [
        (&["compare", "mlflow"] as &[&str], "two to five different tools can be compared, and this names 1"),
        (&["compare", "mlflow", "MLflow", "mlflow"], "this names 1"),
        (&["compare", "mlflow", "aim", "clearml", "feast", "kserve", "pandera"], "this names 6"),
        (&["compare", "mlflow", "mlfow"], "did you mean mlflow"),
        (&["compare", "mlflow", "qqqqqqqqqq"], "see `tools list`: qqqqqqqqqq"),
        (&["compare"], "required arguments were not provided"),
        (&["compare", "mlflow", "aim", "--format", "xml"], "possible values: md, csv, json, madr"),
        (&["compare", "mlflow", "aim", "--format", "md", "--json"], "--json prints JSON: leave it out"),
        (&["compare", "mlflow", "aim", "--out", &taken], "there is a folder of this name"),
        (&["export", "--stage", "deploy"], "use one of frame, collect"),
        (&["export", "--format", "md", "--json"], "--json prints JSON: leave it out"),
        (&["export", "--out", &taken], "there is a folder of this name"),
        (&["show", "mlfow"], "did you mean mlflow"),
    ] {
        let (status, out, err) = tools(words);
        assert_eq!((status, out.as_str(), err.lines().count()), (Some(2), "", 1), "{words:?}: {err}");
        assert!(err.contains(part), "{words:?}: {err}");
    }
}

#[test]
fn the_tools_that_match_are_exported_in_three_formats() {
    let table = answer(&["export", "--stage", "monitor"]);
    let list: Value = serde_json::from_str(&answer(&["list", "--stage", "monitor", "--json"])).unwrap();
    let ids: Vec<&str> = list.as_array().unwrap().iter().map(|tool| tool["id"].as_str().unwrap()).collect();
    let exported: Vec<&str> = table.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(exported, ids, "the same tools in the same order");
    for words in [&["--format", "json"] as &[&str], &["--json"]] {
        let json = answer(&[&["export", "--stage", "monitor"], words].concat());
        assert_eq!(serde_json::from_str::<Value>(&json).unwrap(), list);
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tools.md");
    let path = file.to_str().unwrap();
    assert_eq!(answer(&["export", "--text", "feast", "--format", "md", "--out", path]), format!("{path}\n"));
    assert!(fs::read_to_string(Path::new(path)).unwrap().contains("\n## Feast\n"));
}

#[test]
fn a_workspace_is_compared_and_what_is_wrong_in_it_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let tools_folder = folder.path().join("catalog/tools");
    fs::create_dir_all(&tools_folder).unwrap();
    fs::write(tools_folder.join("mine.toml"), "id = \"mine\"\nname = \"Mine | <b>\"\n").unwrap();
    fs::write(tools_folder.join("bad.toml"), "id = \n").unwrap();
    let workspace = folder.path().to_str().unwrap();
    let (status, out, err) = tools(&["compare", "mine", "aim", "--workspace", workspace]);
    assert_eq!((status, err.lines().count()), (Some(1), 1), "{err}");
    assert!(out.starts_with("# Mine \\| \\<b\\> and Aim\n"), "{out}");
}

//! `runs compare` and `runs importance` on the command line, over the demo store and one that is made here.

use serde_json::Value;

fn answer(words: &[&str]) -> (Option<i32>, String, String) {
    let output =
        assert_cmd::Command::cargo_bin("mlops-atlas").unwrap().arg("runs").args(words).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn json(words: &[&str]) -> Value {
    let (code, out, err) = answer(words);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    serde_json::from_str(&out).unwrap()
}

/// The ids of runs by their names.
fn id(name: &str) -> String {
    let listed = json(&["list", "demo:", "--json"]);
    let run = listed.as_array().unwrap().iter().find(|run| run["name"] == name).unwrap();
    run["id"].as_str().unwrap().to_owned()
}

/// Values and differences by hand from the values that `runs list` prints.
#[test]
fn runs_are_held_against_a_baseline() {
    let (first, second) = (id("logistic-C10"), id("logistic-C1"));
    let words = ["compare", "demo:", "--run", &first, "--run", &second, "--json"];
    let found = json(&words);
    assert_eq!(
        (&found["baseline"], found["runs"].as_array().unwrap().len()),
        (&Value::from(first.clone()), 2)
    );
    let row = |key: &str| {
        let rows = found["rows"].as_array().unwrap();
        rows.iter().find(|row| row["section"] == "metric" && row["key"] == key).unwrap().clone()
    };
    let loss = row("val/loss");
    let values: Vec<f64> = loss["values"].as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect();
    assert_eq!((&loss["better"], &loss["differs"]), (&Value::from("lower"), &Value::from(true)));
    let change = &loss["changes"][1];
    assert_eq!(change["absolute"].as_f64().unwrap(), values[1] - values[0]);
    let percent = (values[1] - values[0]) / values[0] * 100.0;
    assert!((change["percent"].as_f64().unwrap() - percent).abs() < 1e-9);
    assert_eq!(change["verdict"], if values[1] < values[0] { "better" } else { "worse" });

    let (code, page, _) = answer(&words[..words.len() - 1]);
    assert_eq!(code, Some(0));
    assert!(page.starts_with("# 2 runs side by side") && page.contains("| val/loss |"), "{page}");
    let (_, csv, _) = answer(&[&words[..words.len() - 1], &["--format", "csv"]].concat());
    assert!(csv.starts_with("section,key,differs,better,logistic-C10,logistic-C1"), "{csv}");
}

#[test]
fn what_cannot_be_compared_is_told() {
    let first = id("logistic-C10");
    for (words, told) in [
        (vec!["compare", "demo:", "--run", &first], "two to twenty runs can be compared"),
        (vec!["compare", "demo:", "--run", &first, "--run", "nope"], "no run with the id nope"),
        (vec!["importance", "demo:", "--metric", "val/los"], "the nearest: val/loss"),
        (vec!["importance", "demo:", "--metric", "val/loss", "--filter", "metrics."], "filter, character"),
    ] {
        let (code, out, err) = answer(&words);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{err}");
        assert!(err.contains(told) && err.lines().count() == 1, "{err}");
    }
}

/// Of forty runs the metric is what one parameter says; another one is noise, a third the same in all.
#[test]
fn the_parameter_that_decides_comes_first() {
    let folder = tempfile::tempdir().unwrap();
    let line = |run: u32| {
        let (lr, noise) = (run % 8, run * 7 % 5);
        format!("r{run},0,{},{lr},{noise},1\n", lr * lr)
    };
    let text = format!("run,step,score,lr,noise,same\n{}", (0..40).map(line).collect::<String>());
    let file = folder.path().join("sweep.csv");
    std::fs::write(&file, text).unwrap();
    let map = "run=run,step=step,metrics=score,params=lr|noise|same";
    let found = json(&["importance", file.to_str().unwrap(), "--metric", "score", "--map", map, "--json"]);
    assert_eq!((&found["runs"], &found["shares"][0]["param"]), (&Value::from(40), &Value::from("lr")));
    assert!(found["shares"][0]["share"].as_f64().unwrap() > 0.9, "{found}");
    assert!(!found["method"].as_str().unwrap().is_empty() && !found["caveat"].as_str().unwrap().is_empty());
}

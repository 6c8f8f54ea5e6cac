//! `tools export --columns`: the window's table on the command line.

use assert_cmd::Command;

fn export(arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::cargo_bin("mlops-atlas").unwrap();
    let output = command.args(["tools", "export", "--today", "2026-11-30"]).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn lines(arguments: &[&str]) -> Vec<Vec<String>> {
    let (status, out, err) = export(arguments);
    assert_eq!((status, err.as_str()), (Some(0), ""), "{arguments:?}");
    out.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn columns_and_orders_are_those_that_were_asked_for() {
    let table = lines(&["--columns", "name,first-release,pros", "--sort", "-first-release,name"]);
    assert_eq!(table[0], ["tool", "first release", "pros"]);
    let years: Vec<&str> = table[1..].iter().map(|line| line[1].as_str()).collect();
    let known: Vec<&&str> = years.iter().take_while(|year| **year != "unknown").collect();
    assert!(known.len() > 50 && known.is_sorted_by(|a, b| a >= b), "{known:?}");
    assert!(years[known.len()..].iter().all(|year| *year == "unknown"), "unknown is last");
    let turned = lines(&["--columns", "name,first-release", "--sort", "first-release"]);
    assert_eq!(turned.last().unwrap()[1], "unknown", "in both directions");
    // The filters of before apply, and the columns of before stay where none are named.
    let feast = lines(&["--text", "feast", "--columns", "name,licence"]);
    assert!(feast.contains(&vec!["Feast".to_owned(), "Apache-2.0".to_owned()]), "{feast:?}");
    assert!(lines(&["--text", "feast", "--sort", "-claims"])[0].starts_with(&["id".to_owned()]));
}

#[test]
fn groups_stand_in_a_column_of_their_own() {
    let arguments = ["--columns", "name", "--group", "licence", "--filter", "category:\"Feature store\""];
    let table = lines(&arguments);
    assert_eq!(table[0], ["group: licence", "tool"]);
    assert!(table.contains(&vec!["OSI approved".to_owned(), "Feast".to_owned()]), "{table:?}");
}

#[test]
fn json_has_numbers_and_nulls_and_markdown_a_table() {
    let (_, out, _) =
        export(&["--columns", "name,first-release,licence", "--format", "json", "--text", "feast"]);
    let tools: serde_json::Value = serde_json::from_str(&out).unwrap();
    let feast = tools.as_array().unwrap().iter().find(|tool| tool["name"] == "Feast").unwrap();
    assert_eq!(feast["licence"], "Apache-2.0");
    assert!(feast["first-release"].is_number() || feast["first-release"].is_null(), "{feast}");
    let (_, out, _) = export(&["--columns", "name,licence", "--format", "md", "--text", "feast"]);
    assert!(out.starts_with("| tool | licence |\n| --- | --- |\n"), "{out}");
}

#[test]
fn what_is_no_column_is_told_with_the_list() {
    for (arguments, told) in [
        (["--columns", "name,colour"], "this is no column, use one of name, summary, stage"),
        (["--columns", "rating"], "this is no column"),
        (["--sort", "-shortlisted"], "this is no column"),
        (["--sort", "size"], "this is no column"),
    ] {
        let (status, out, err) = export(&arguments);
        assert_eq!((status, out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(err.contains(told) && err.lines().count() == 1, "{err}");
    }
    let (status, _, err) = export(&["--columns", "name", "--group", "size"]);
    assert!(status == Some(2) && err.contains("this is no group, use one of category, stage"), "{err}");
}

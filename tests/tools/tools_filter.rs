//! `tools list --filter`: the search box on the command line.

use assert_cmd::Command;

fn list(arguments: &[&str]) -> Vec<serde_json::Value> {
    let mut command = Command::cargo_bin("mlops-atlas").unwrap();
    let output = command.args(["tools", "list", "--json"]).args(arguments).assert().success();
    serde_json::from_slice(&output.get_output().stdout).unwrap()
}

fn ids(arguments: &[&str]) -> Vec<String> {
    list(arguments).iter().map(|tool| tool["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_filter_asks_what_the_options_ask() {
    let by_options = ids(&["--stage", "monitor", "--license", "osi", "--text", "drift"]);
    assert!(!by_options.is_empty());
    assert_eq!(ids(&["--filter", "drift stage:monitor licence:osi"]), by_options);
    assert_eq!(ids(&["--filter", "stage:monitor drift", "--license", "osi"]), by_options);
    assert_eq!(ids(&["--filter", "drift", "--filter", "stage:monitor license:osi"]), by_options);
}

#[test]
fn what_is_excluded_and_what_is_wanted_are_together_all() {
    let all = ids(&[]).len();
    let without = ids(&["--filter", "-k8s"]);
    let with = ids(&["--filter", "needs:k8s"]);
    assert!(!with.is_empty() && with.iter().all(|id| !without.contains(id)));
    assert_eq!(with.len() + without.len(), all);
    let known = ids(&["--filter", "k8s:no"]).len() + ids(&["--filter", "k8s:unknown"]).len();
    assert_eq!(known, without.len(), "unknown is not no, and not yes");
    let stage_tools = list(&["--filter", "-stage:serve category:\"feature store\""]);
    assert!(stage_tools.iter().all(|tool| !tool["stages"].as_array().unwrap().contains(&"serve".into())));
}

#[test]
fn claims_grow_stale_with_the_day() {
    assert!(ids(&["--filter", "stale", "--today", "2000-01-01"]).is_empty());
    let one_day = ids(&["--filter", "stale", "--today", "2100-01-01"]);
    let claims = ids(&["--filter", "has:claims"]);
    assert!(!one_day.is_empty() && one_day.iter().all(|id| claims.contains(id)));
}

#[test]
fn a_wrong_filter_is_one_line_and_exit_2() {
    for (filter, told) in [
        (
            "drift stage:monitr",
            "--filter, character 7: stage: knows frame, collect, prepare, feature, train, evaluate, release, serve, \
             monitor, govern, not “monitr”; did you mean monitor?",
        ),
        ("colour:red", "--filter, character 1: colour: is no filter"),
        ("-foo", "--filter, character 1: -foo excludes nothing"),
    ] {
        let mut command = Command::cargo_bin("mlops-atlas").unwrap();
        let output = command.args(["tools", "list", "--filter", filter]).assert().code(2);
        let error = String::from_utf8(output.get_output().stderr.clone()).unwrap();
        assert_eq!(error.lines().count(), 1, "{error}");
        assert!(error.contains(told), "{error}");
        assert!(output.get_output().stdout.is_empty());
    }
}

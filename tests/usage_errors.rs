//! Wrong uses of the command line: one line on stderr, nothing on stdout, 2; help and version stay answers.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

fn answer(words: &[&str]) -> (Option<i32>, String, String) {
    let output = assert_cmd::Command::cargo_bin("mlops-atlas").unwrap().args(words).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// A wrong use ends with 2 and says so in one line.
fn refused(words: &[&str], expected: &str) {
    let (status, out, err) = answer(words);
    assert_eq!((status, out.as_str(), err.lines().count()), (Some(2), "", 1), "{words:?}: {err}");
    assert!(err.starts_with("mlops-atlas: ") && err.contains(expected), "{words:?}: {err}");
}

#[test]
fn a_wrong_use_of_runs_is_one_line_that_says_what_and_where() {
    for (words, expected) in [
        (
            &["runs", "list", "x.db", "--foo"] as &[&str],
            "unexpected argument '--foo'; see mlops-atlas runs list --help",
        ),
        (
            &["runs", "list", "x.db", "--jso"],
            "unexpected argument '--jso'; a similar argument exists: '--json'; see mlops-atlas runs list --help",
        ),
        (
            &["runs", "series", "x.db"],
            "the following required arguments were not provided: --run <RUN>, --metric <METRIC>; see mlops-atlas runs \
             series --help",
        ),
        (
            &["runs"],
            "one of sources, list, series, compare, importance, artifacts, watch is to follow mlops-atlas runs; see mlops-atlas runs --help",
        ),
        (
            &["runs", "list"],
            "the following required arguments were not provided: <SOURCE>...; see mlops-atlas runs list --help",
        ),
        (
            &["runs", "list", "x.db", "--format", "xlsx"],
            "invalid value 'xlsx' for '--format <FORMAT>' [possible values: table, csv, json, jsonl]; see mlops-atlas runs \
             list --help",
        ),
        (
            &["runs", "series", "x.db", "--run", "a", "--all-runs", "--metric", "b"],
            "the argument '--run <RUN>' cannot be used with '--all-runs'; see mlops-atlas runs series --help",
        ),
        (
            &["runs", "artifacts", "x.db"],
            "the following required arguments were not provided: --run <RUN>; see mlops-atlas runs artifacts --help",
        ),
        (
            &["runs", "artifacts", "x.db", "--run", "a", "--step", "3"],
            "the following required arguments were not provided: --path <PATH>; see mlops-atlas runs artifacts --help",
        ),
        (
            &["runs", "watch"],
            "the following required arguments were not provided: <SOURCE>...; see mlops-atlas runs watch --help",
        ),
        (
            &["runs", "watch", "x.db", "--all", "--from-now"],
            "the argument '--all' cannot be used with '--from-now'; see mlops-atlas runs watch --help",
        ),
        (
            &["runs", "list", "demo:", "--filter", "metrics.loss < 0.1 AND é foo.bar = 1"],
            "filter, character 26: `foo` is no kind of thing that a run has; use metrics.KEY",
        ),
        (
            &["runs", "list", "demo:", "--filter", "params.lr = 0.1", "--mlflow-grammar"],
            "filter, character 13: MLflow compares params.lr with texts only; it wants quotes: '0.1'",
        ),
        (
            &["runs", "list", "demo:", "--order-by", "run_name,metrics.loss down", "--mlflow-grammar"],
            "order-by metrics.loss down, character 14: down is no direction; write ASC or DESC",
        ),
    ] {
        refused(words, expected);
    }
}

#[test]
fn a_wrong_use_is_one_line_that_says_what_and_where() {
    for (words, expected) in [
        (
            &["render", "atlas:home", "--out", "a.png", "--theme", "pink"] as &[&str],
            "invalid value 'pink' for '--theme <THEME>' [possible values: light, dark]; see mlops-atlas render --help",
        ),
        (
            &["render", "atlas:home", "--out", "a.png", "--size", "9x9"],
            "invalid value '9x9' for '--size <SIZE>': 9x9 is no size; write it like 1600x1000, each side 200 to 8000; \
             see mlops-atlas render --help",
        ),
        (
            &["tools"],
            "one of list, show, compare, export, check, matrix, portfolio, relations, shortlist is to follow mlops-atlas \
             tools; see mlops-atlas tools --help",
        ),
        (
            &["tools", "lst"],
            "unrecognized subcommand 'lst'; a similar subcommand exists: 'list'; see mlops-atlas tools --help",
        ),
        (
            &["architecture"],
            "one of templates, new, check, impact, diff, lacks, consensus, tools, test-score, export is to follow mlops-atlas architecture; see mlops-atlas architecture \
             --help",
        ),
        (
            &["architecture", "impact", "a.architecture.json"],
            "the following required arguments were not provided: <--node <ID>|--artifact <ARTIFACT>|--swap <FROM=TO>>; see mlops-atlas architecture impact --help",
        ),
        (
            &["architecture", "diff", "a.json"],
            "the following required arguments were not provided: <NEW>; see mlops-atlas architecture diff --help",
        ),
        (
            &["architecture", "consensus", ".", "--min", "2"],
            "invalid value '2' for '--min <SHARE>': 2 is no share; write a number above 0 and at most 1, such as 0.5; see \
             mlops-atlas architecture consensus --help",
        ),
        (
            &["architecture", "test-score", "template:edge", "--answer", "data-1=2"],
            "invalid value 'data-1=2' for '--answer <TEST=POINTS>': a test is worth 0, 0.5 or 1; see",
        ),
        (
            &["architecture", "export", "template:edge", "--format", "visio"],
            "invalid value 'visio' for '--format <FORMAT>' [possible values: pdf, svg, png, mermaid, mermaid-swimlane, d2, drawio, structurizr, \
             markdown, adr, csv]; see mlops-atlas architecture export --help",
        ),
        (
            &["architecture", "export", "template:edge"],
            "the following required arguments were not provided: --format <FORMAT>; see mlops-atlas architecture export --help",
        ),
        (&["--now", "noon"], "invalid value 'noon' for '--now <DATE>'"),
        (&["schema", "a\u{1b}[31m\nb"], "invalid value 'a b' for '<NAME>'"),
    ] {
        refused(words, expected);
    }
}

/// A full disk is no success, whoever writes: also what would only be written as the program ends.
#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_could_not_be_written_is_told() {
    for words in [
        &["--help"] as &[&str],
        &["--version"],
        &["schema", "tool"],
        &["tools", "list"],
        &["tools", "list", "--json"],
        &["architecture", "templates"],
        &["architecture", "check", "template:edge"],
        &["architecture", "impact", "template:oss-classic", "--node", "dbt", "--json"],
        &["architecture", "lacks", "template:edge", "template:recsys", "--json"],
        &["architecture", "tools", "template:edge"],
        &["architecture", "test-score", "template:edge"],
        &["architecture", "export", "template:edge", "--format", "d2"],
        &["runs", "list", "demo:", "--limit", "1"],
        &["runs", "watch", "demo:", "--all"],
    ] {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_mlops-atlas"))
            .args(words)
            .stdout(full)
            .output()
            .unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), told.lines().count()), (Some(2), 1), "{words:?}: {told}");
        assert!(told.contains("could not be written") && told.contains("No space left"), "{words:?}: {told}");
    }
}

/// Whoever reads only the first line learns by the exit code what was found.
#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_changes_nothing_of_what_was_found() {
    let folder = tempfile::tempdir().unwrap();
    let ours = folder.path().join("ours.architecture.json");
    std::fs::write(&ours, r#"{"format":"mlops-atlas/architecture@1","nodes":[]}"#).unwrap();
    let ours = ours.to_str().unwrap();
    for (words, status) in [
        (&["architecture", "diff", "template:edge", "template:recsys"] as &[&str], 1),
        (&["architecture", "diff", "template:edge", "template:edge", "--json"], 0),
        (&["architecture", "lacks", ours, "template:edge"], 1),
        (&["architecture", "templates"], 0),
        (&["tools", "list", "--json"], 0),
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_mlops-atlas"))
            .args(words)
            .stdout(writer)
            .output()
            .unwrap();
        assert_eq!(
            (output.status.code(), output.stderr.as_slice()),
            (Some(status), &[] as &[u8]),
            "{words:?}"
        );
    }
}

#[test]
fn help_and_version_are_answers() {
    for words in [&["--help"] as &[&str], &["--version"], &["runs", "list", "--help"], &["help", "runs"]] {
        let (status, out, err) = answer(words);
        assert_eq!((status, err.as_str()), (Some(0), ""), "{words:?}");
        assert!(out.contains("mlops-atlas"), "{out}");
    }
    assert!(answer(&["runs", "list", "--help"]).1.contains("Examples:"));
}

//! Wrong uses of the command line: one line on stderr, nothing on stdout, 2; help and version stay answers.

#![expect(clippy::unwrap_used, reason = "a program that cannot be started has failed")]

fn answer(words: &[&str]) -> (Option<i32>, String, String) {
    let output = assert_cmd::Command::cargo_bin("mlops-atlas").unwrap().args(words).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_wrong_use_is_one_line_that_says_what_and_where() {
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
            &["render", "atlas:home", "--out", "a.png", "--theme", "pink"],
            "invalid value 'pink' for '--theme <THEME>' [possible values: light, dark]; see mlops-atlas render --help",
        ),
        (
            &["render", "atlas:home", "--out", "a.png", "--size", "9x9"],
            "invalid value '9x9' for '--size <SIZE>': 9x9 is no size; write it like 1600x1000, each side 200 to 8000; \
             see mlops-atlas render --help",
        ),
        (&["tools"], "one of list, show, check is to follow mlops-atlas tools; see mlops-atlas tools --help"),
        (
            &["tools", "lst"],
            "unrecognized subcommand 'lst'; a similar subcommand exists: 'list'; see mlops-atlas tools --help",
        ),
        (&["--now", "noon"], "invalid value 'noon' for '--now <DATE>'"),
        (&["schema", "a\u{1b}[31m\nb"], "invalid value 'a b' for '<NAME>'"),
    ] {
        let (status, out, err) = answer(words);
        assert_eq!((status, out.as_str(), err.lines().count()), (Some(2), "", 1), "{words:?}: {err}");
        assert!(err.starts_with("mlops-atlas: ") && err.contains(expected), "{words:?}: {err}");
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

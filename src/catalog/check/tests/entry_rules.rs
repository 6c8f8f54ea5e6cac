//! Names, summaries, places, licences, and whether an entry is one-sided.

use super::*;

#[test]
fn summaries_and_categories() {
    let summary = |text: &str| format!("{NAME}summary = \"{text}\"");
    table(&[
        (NAME.to_owned(), &[]),
        (String::new(), &[("missing-field", Some(1))]),
        (summary(&"x".repeat(140)), &[]),
        (summary(&"x".repeat(141)), &[("summary-too-long", Some(3))]),
        (summary(&"é".repeat(20)), &[]),
        (summary(&"é".repeat(19)), &[("summary-too-short", Some(3))]),
        (summary("A powerful store of features."), &[("generic-phrase", Some(3))]),
        (format!("{NAME}category = \"Store\""), &[]),
        (format!("{NAME}category = \"Depot\""), &[]),
        (format!("{NAME}category = \"store\""), &[("unknown-category", Some(3))]),
        (format!("{NAME}also_in = [\"Shop\"]"), &[("unknown-category", Some(3))]),
        (format!("{NAME}colour = \"red\""), &[("unknown-key", Some(3))]),
    ]);
    assert_eq!(severity(&summary("A powerful store of features.")), Severity::Warning);
    assert_eq!(severity(&summary("Too short.")), Severity::Error);
}

#[test]
fn a_file_is_called_like_its_tool() {
    let found = judged(&[("tools/b.toml", format!("id = \"a\"\n{NAME}"))]);
    assert_eq!(
        (found[0].rule, found[0].at.as_str(), found[0].line),
        ("id-file-name", "tools/b.toml", Some(1))
    );
    assert!(has_errors(&found));
}

#[test]
fn licences_fit_their_class() {
    let license = |class: &str, more: &str| {
        let read = "source = \"https://a.dev/LICENSE\"\nchecked_on = \"2026-11-01\"";
        format!("{NAME}[license]\nclass = \"{class}\"\n{more}\n{read}")
    };
    const WRONG: Fires = &[("license-class", Some(3))];
    table(&[
        (format!("{NAME}[license]\nclass = \"osi\"\nspdx = \"MIT\""), &[("license-unread", Some(3))]),
        (format!("{NAME}[license]\nclass = \"unknown\""), &[]),
        (license("osi", "spdx = \"MIT\""), &[]),
        (license("osi", ""), WRONG),
        (license("osi", "spdx = \"MIT OR BUSL-1.1\""), &[]),
        (license("osi", "spdx = \"MIT AND BUSL-1.1\""), WRONG),
        (license("osi", "spdx = \"BUSL-1.1\""), WRONG),
        // What cannot be parsed is left out, so that the class lacks its expression as well.
        (license("osi", "spdx = \"Apache 2.0\""), &[("license-class", Some(3)), ("bad-spdx", Some(5))]),
        (license("source-available", "spdx = \"BUSL-1.1\""), &[]),
        (license("source-available", "spdx = \"Apache-2.0\""), WRONG),
        (license("source-available", "spdx = \"SSPL-1.0 OR AGPL-3.0-only\""), WRONG),
        (license("open-core", "spdx = \"MIT\"\nnote = \"The folder ee is under other terms.\""), &[]),
        (license("open-core", "spdx = \"MIT\""), WRONG),
        (license("unknown", "spdx = \"MIT\"\nnote = \"Only the README names it.\""), &[]),
        (license("unknown", "spdx = \"MIT\""), WRONG),
    ]);
}

#[test]
fn who_praises_also_says_what_is_wrong() {
    let pro = |id: &str, text: &str, status: &str| {
        claim(id, &[("polarity", "pro"), ("text", text), ("status", status)])
    };
    let two = |status| {
        let first = pro("x", "Restarts resume from the last checkpoint.", status);
        format!("{first}{}", pro("y", "Roles can be granted for each project.", status))
    };
    table(&[
        (format!("{NAME}{}", balanced()), &[]),
        (format!("{NAME}{}", two("draft")), &[("one-sided", Some(3))]),
        (
            format!("{NAME}{}", two("reviewed")),
            &[("no-alternative", Some(1)), ("one-sided", Some(3)), ("few-claims", Some(3))],
        ),
        // One reviewed con is missing two pros and one con.
        (
            format!("{NAME}{}", claim("x", &[])),
            &[("no-alternative", Some(1)), ("few-claims", Some(3)), ("few-claims", Some(3))],
        ),
        // An alternative may be denied in the note.
        (format!("{NAME}note = \"No alternative is known.\"\n{}", without_alternative()), &[]),
        (
            format!("{NAME}note = \"An alternative is known.\"\n{}", without_alternative()),
            &[("no-alternative", Some(1))],
        ),
    ]);
}

fn without_alternative() -> String {
    balanced().replace("alternative_to", "integrates_with")
}

#[test]
fn two_files_of_one_folder_speak_of_two_tools() {
    let found = judged(&[
        ("tools/a.toml", format!("id = \"a\"\n{NAME}")),
        ("tools/b.toml", format!("# copied\nid = \"a\"\n{NAME}")),
    ]);
    let told: Vec<_> = found.iter().map(|f| (f.rule, f.at.as_str(), f.line)).collect();
    assert_eq!(told, [("duplicate-id", "tools/b.toml", Some(2)), ("id-file-name", "tools/b.toml", Some(2))]);
    assert!(found[0].message.starts_with("tools/a.toml has the id a as well"), "{}", found[0].message);
}

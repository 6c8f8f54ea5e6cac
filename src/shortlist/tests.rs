//! Round trips, bad texts, and whose word wins.

use proptest::prelude::*;

use super::text::{FORMAT, read, write};
use super::*;

fn id(text: &str) -> ToolId {
    ToolId::new(text).unwrap()
}

fn listed(rating: Option<u8>, note: &str) -> Listed {
    Listed { rating, note: Some(note.to_owned()).filter(|note| !note.is_empty()) }
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(
        title in prop::option::of("x\\PC*"),
        day in 0..20_000_i32,
        tools in prop::collection::btree_map(
            "[a-z0-9]{1,12}(-[a-z0-9]{1,6}){0,2}",
            // Quotes, backslashes and ends of lines are what an escape can get wrong.
            (prop::option::of(1..=5_u8), prop::option::of("[a\"'\\\\\n\r\t\u{1}\u{85}ü#\\[\\] ]{0,12}x\"{0,7}\n?\"{0,4}")),
            0..8,
        ),
    ) {
        let date = Date::constant(1990, 1, 1).checked_add(jiff::Span::new().days(day)).ok();
        let tools: BTreeMap<ToolId, Listed> =
            tools.iter().map(|(tool, (rating, note))| (id(tool), Listed { rating: *rating, note: note.clone() })).collect();
        let text = write(&Shortlist { title: title.clone(), date, tools: tools.clone(), ..Shortlist::default() });
        let (back, problems) = read(&text).unwrap();
        prop_assert_eq!(&problems, &[]);
        prop_assert_eq!((&back.title, back.date), (&title, date));
        prop_assert_eq!(&back.tools, &tools);
        prop_assert_eq!(write(&back), text);
    }

    #[test]
    fn no_text_breaks_it(text in "(format = \"mlops-atlas/shortlist@1\"\n)?([a-z]{0,6}|\\[\\[tool\\]\\]|[=\"'\n0-9\\[\\]{}]){0,30}") {
        let lines = text.lines().count().max(1);
        match read(&text) {
            Ok((_, problems)) => prop_assert!(problems.iter().all(|problem| problem.at.starts_with("line "))),
            Err(error) => prop_assert!((1..=lines + 1).contains(&error.line()), "{}", error.line()),
        }
    }
}

#[test]
fn the_text_is_the_one_of_the_documentation() {
    let list = Shortlist {
        title: Some("For the serving group".to_owned()),
        date: Some(Date::constant(2026, 11, 30)),
        tools: [
            (id("mlflow"), listed(None, "")),
            (id("kserve"), listed(Some(4), "Ask the \"platform\" team:\nwho runs it?")),
            (id("aim"), listed(Some(1), "a \"note\"")),
        ]
        .into(),
        ..Shortlist::default()
    };
    let expected = r#"format = "mlops-atlas/shortlist@1"
title = "For the serving group"
date = "2026-11-30"

[[tool]]
id = "aim"
rating = 1
note = "a \"note\""

[[tool]]
id = "kserve"
rating = 4
note = """
Ask the "platform" team:
who runs it?"""

[[tool]]
id = "mlflow"
"#;
    assert_eq!(write(&list), expected);
    let (back, _) = read(expected).unwrap();
    assert_eq!(back.line_of(&id("kserve")), Some(11));
    assert_eq!(list.summary(), "3 tools, with 2 ratings and 2 notes");
    assert_eq!(list.line_of(&id("aim")), None);
}

#[test]
fn what_is_no_shortlist_is_refused_with_its_line_and_what_to_do() {
    for (text, line, told) in [
        ("", 1, "add the line format = \"mlops-atlas/shortlist@1\""),
        ("[[tool]]\nid = \"feast\"\n", 1, "does not say that it is a shortlist"),
        ("\nformat = \"mlops-atlas/shortlist@2\"\n", 2, "a newer version"),
        ("title = \"T\"\nformat = 1\n", 2, "is it another file"),
        ("format = \"mlops-atlas/architecture@1\"\n", 1, "mlops-atlas/architecture@1"),
        ("format = \"mlops-atlas/shortlist@1\"\n[[tool]\nid = \"feast\"\n", 2, "not TOML"),
        ("format = \"mlops-atlas/shortlist@1\"\n[[tool]]\nid = \"feast\"\nnote = \"open\n", 4, "not TOML"),
        ("format = \"mlops-atlas/shortlist@1\"\n[[tool]]\nid = \"a\"\nid = \"b\"\n", 4, "not TOML"),
    ] {
        let error = read(text).map(|_| ()).unwrap_err();
        assert_eq!(error.line(), line, "{text:?}: {error}");
        assert!(error.to_string().contains(told), "{text:?}: {error}");
        assert!(error.to_string().starts_with("nothing was imported"), "{error}");
    }
}

#[test]
fn what_cannot_be_used_costs_itself_only() {
    const GOOD: &str = "[[tool]]\nid = \"feast\"\nrating = 2\n";
    for (more, line, told, feast) in [
        ("[[tool]]\nrating = 3\n", 5, "add its id", Some(2)),
        ("[[tool]]\nid = \"Feast Store\"\n", 6, "lower-case letters", Some(2)),
        ("[[tool]]\nid = 7\n", 6, "lower-case letters", Some(2)),
        ("[[tool]]\nid = \"feast\"\nrating = 5\n", 6, "only line 3 was read", Some(2)),
        ("[[tool]]\nid = \"aim\"\nrating = 6\n", 7, "from 1 to 5", Some(2)),
        ("[[tool]]\nid = \"aim\"\nrating = 0\n", 7, "from 1 to 5", Some(2)),
        ("[[tool]]\nid = \"aim\"\nrating = 4.5\n", 7, "from 1 to 5", Some(2)),
        ("[[tool]]\nid = \"aim\"\nrating = \"4\"\n", 7, "from 1 to 5", Some(2)),
        ("[[tool]]\nid = \"aim\"\nnote = \" \"\n", 7, "not empty", Some(2)),
        ("[[tool]]\nid = \"aim\"\nnotes = \"n\"\n", 7, "`notes` is no key of a tool", Some(2)),
        ("[owner]\nname = \"n\"\n", 5, "`owner` is no key of a shortlist", Some(2)),
    ] {
        let text = format!("format = \"{FORMAT}\"\n{GOOD}{more}");
        let (list, problems) = read(&text).unwrap();
        assert_eq!(problems.len(), 1, "{more:?}: {problems:?}");
        assert_eq!(problems[0].at, format!("line {line}"), "{more:?}: {problems:?}");
        assert!(problems[0].message.contains(told), "{more:?}: {problems:?}");
        assert_eq!(list.tools.get(&id("feast")).and_then(|feast| feast.rating), feast, "{more:?}");
        assert_eq!(list.tools.contains_key(&id("aim")), more.contains("aim"), "{more:?}");
    }
    for (head, told) in
        [("title = 3", "the title was left out"), ("date = \"2026-02-30\"", "a day that exists")]
    {
        let (list, problems) = read(&format!("format = \"{FORMAT}\"\n{head}\n{GOOD}")).unwrap();
        assert_eq!((list.title.as_deref(), list.date, list.tools.len()), (None, None, 1));
        assert!(problems[0].message.contains(told) && problems[0].at == "line 2", "{problems:?}");
    }
    let (list, problems) = read(&format!("format = \"{FORMAT}\"\ntool = \"feast\"\n")).unwrap();
    assert!(list.tools.is_empty() && problems[0].message.contains("[[tool]]"), "{problems:?}");
}

#[test]
fn ones_own_word_wins_and_is_told() {
    let own = |note: &str, rating, shortlisted| Remark { note: note.to_owned(), rating, shortlisted };
    let file = listed(Some(4), "theirs");
    for (before, file, after, differs) in [
        (Remark::default(), file.clone(), own("theirs", Some(4), true), None),
        (own("mine", Some(2), false), file.clone(), own("mine", Some(2), true), Some(Own::Both)),
        (own("mine", Some(4), true), file.clone(), own("mine", Some(4), true), Some(Own::Note)),
        (own("theirs", Some(1), false), file.clone(), own("theirs", Some(1), true), Some(Own::Rating)),
        (own(" \n", None, true), file.clone(), own("theirs", Some(4), true), None),
        (own("mine", Some(2), true), listed(None, ""), own("mine", Some(2), true), None),
        (own("", Some(2), false), listed(None, "theirs"), own("theirs", Some(2), true), None),
    ] {
        let feast = id("feast");
        let mut remarks = Remarks::new([(feast.clone(), before.clone())]);
        let tools = [(feast.clone(), file.clone()), (id("nowhere"), file.clone())].into();
        let list = Shortlist { tools, ..Shortlist::default() };
        let merged = merge(&remarks, &list, |tool| *tool == feast);
        assert_eq!(merged.unknown, [id("nowhere")]);
        assert_eq!(merged.own.first().map(|(_, own)| *own), differs, "{before:?}");
        assert_eq!((merged.added, merged.present), if before.shortlisted { (0, 1) } else { (1, 0) });
        remarks.change_all("Import", merged.edits);
        assert_eq!(remarks.of(&feast), Some(&after), "{before:?}");
        assert_eq!(remarks.of(&id("nowhere")), None);
        let again = merge(&remarks, &list, |tool| *tool == feast);
        assert!(again.edits.is_empty(), "a second time changes nothing: {again:?}");
    }
}

#[test]
fn an_import_is_one_step_and_only_the_shortlist_is_written() {
    let text =
        format!("format = \"{FORMAT}\"\n[[tool]]\nid = \"aim\"\n[[tool]]\nid = \"feast\"\nnote = \"n\"\n");
    let (list, _) = read(&text).unwrap();
    let mine = Remark { note: "private".to_owned(), ..Remark::default() };
    let mut remarks = Remarks::new([(id("mlflow"), mine)]);
    let merged = merge(&remarks, &list, |_| true);
    assert_eq!(remarks.change_all("Import", merged.edits).len(), 2);
    let out = Shortlist::of(&remarks, Date::constant(2026, 11, 30));
    assert_eq!(out.tools, [(id("aim"), listed(None, "")), (id("feast"), listed(None, "n"))].into());
    assert!(!write(&out).contains("private"));
    assert_eq!(remarks.step(false).len(), 2, "both are taken back by one step");
    assert_eq!(remarks.shortlist().count(), 0);
    assert_eq!(remarks.step(true).len(), 2);
    assert_eq!(remarks.shortlist().count(), 2);
    assert_eq!(remarks.step(false).len(), 2);
    assert_eq!(remarks.step(false).len(), 0, "there was no other step");
}

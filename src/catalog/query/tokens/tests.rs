//! Texts of the box over a small vocabulary, by hand and at random.

use proptest::prelude::*;

use super::*;
use crate::catalog::entry::{Entry, Foundation, ToolId};
use crate::catalog::words::{Layer, LicenseClass, Stage};
use crate::catalog::{Catalog, Category, Index};

fn vocabulary() -> std::sync::Arc<Vocabulary> {
    let mut feast = Entry::new(ToolId::new("feast").unwrap());
    feast.name = Some("Feast".to_owned());
    feast.category = Some("Feature store".to_owned());
    feast.languages = Some(["Python", "C", "C++", "C#"].map(str::to_owned).to_vec());
    feast.deploy = Some(vec!["k8s".to_owned(), "local server".to_owned()]);
    feast.foundations = Some(vec![Foundation {
        org: "LF AI & Data".to_owned(),
        maturity: Some("incubating".to_owned()),
        ..Default::default()
    }]);
    let mut other = Entry::new(ToolId::new("other").unwrap());
    other.name = Some("Other".to_owned());
    other.languages = Some(vec!["Python".to_owned()]);
    let category = Category {
        id: "feature-stores".to_owned(),
        name: "Feature store".to_owned(),
        stage: Stage::Feature,
        definition: None,
        former: vec!["Feature serving".to_owned()],
        choose: Vec::new(),
        line: 1,
    };
    let catalog = Catalog::new(vec![category], &[(Layer::Bundled, vec![feast, other])]).0;
    std::sync::Arc::clone(Index::new(&catalog).vocabulary())
}

fn text(make: fn(String) -> Value, text: &str) -> Value {
    make(text.to_owned())
}

#[test]
fn filters_and_words_are_told_apart() {
    let serve = Value::Stage(Stage::Serve);
    let store = text(Value::Category, "Feature store");
    let k8s = Value::Kubernetes(Known::Yes);
    let (cpp, deploy) = (text(Value::Language, "C++"), text(Value::Deploy, "k8s"));
    let osi = Value::License(LicenseClass::Osi);
    let org = text(Value::Foundation, "LF AI & Data");
    type Case<'a> = (&'a str, &'a str, Vec<(&'a Value, Wish)>);
    let cases: [Case<'_>; 20] = [
        ("", "", vec![]),
        ("  drift  data ", "drift data", vec![]),
        ("stage:serve drift", "drift", vec![(&serve, Wish::Wanted)]),
        ("STAGE:Serve", "", vec![(&serve, Wish::Wanted)]),
        ("-stage:serve", "", vec![(&serve, Wish::Excluded)]),
        ("license:osi", "", vec![(&osi, Wish::Wanted)]),
        ("licence:\"OSI approved\"", "", vec![(&osi, Wish::Wanted)]),
        ("category:\"Feature store\" x", "x", vec![(&store, Wish::Wanted)]),
        ("category:feature-store", "", vec![(&store, Wish::Wanted)]),
        ("category:\"feature serving\"", "", vec![(&store, Wish::Wanted)]),
        ("foundation:lf-ai-data", "", vec![(&org, Wish::Wanted)]),
        ("lang:c++", "", vec![(&cpp, Wish::Wanted)]),
        ("deploy:kubernetes", "", vec![(&deploy, Wish::Wanted)]),
        ("-k8s", "", vec![(&k8s, Wish::Excluded)]),
        ("k8s gpu", "k8s gpu", vec![]),
        ("needs:k8s", "", vec![(&k8s, Wish::Wanted)]),
        ("k8s:unknown", "", vec![(&Value::Kubernetes(Known::Unknown), Wish::Wanted)]),
        (
            "is:alive has:claims",
            "",
            vec![(&Value::Status(Status::Alive), Wish::Wanted), (&Value::Claims(Judged::Some), Wish::Wanted)],
        ),
        ("stale", "", vec![(&Value::Claims(Judged::Stale), Wish::Wanted)]),
        ("\"stale\" \"stage:serve\" \"a b\" - 3:4", "\"stale\" \"stage:serve\" \"a b\" - 3:4", vec![]),
    ];
    for (typed, words, chosen) in cases {
        let parsed = parse(typed, &vocabulary());
        assert_eq!(parsed.wrong, [], "{typed}");
        assert_eq!(parsed.query.text, words, "{typed}");
        let found: Vec<_> = parsed.query.chosen.iter().map(|(value, wish)| (value, *wish)).collect();
        assert_eq!(found, chosen, "{typed}");
    }
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_what_was_meant() {
    let cases = [
        (
            "x stage:monitr",
            2..14,
            "stage: knows frame, collect, prepare, feature, train, evaluate, release, serve, \
          monitor, govern, not “monitr”; did you mean monitor?",
            Some("stage:monitor"),
        ),
        ("-stage:mon", 0..10, "", Some("-stage:monitor")),
        (
            "stage:",
            0..6,
            "stage: knows frame, collect, prepare, feature, train, evaluate, release, serve, monitor, \
          govern",
            None,
        ),
        (
            "lang:pyton",
            0..10,
            "language: knows Python, C, C#, C++, not “pyton”; did you mean Python?",
            Some("language:Python"),
        ),
        ("category:store", 0..14, "", Some("category:\"Feature store\"")),
        (
            "stag:serve",
            0..10,
            "stag: is no filter, put a word with a colon in quotes; filters are stage, licence, \
          foundation, maturity, category, language, deploy, k8s, gpu, airgap, status, claims, shortlist, is, has, \
          needs; did you mean stage:?",
            Some("stage:serve"),
        ),
        (
            "is:aliv",
            0..7,
            "is: knows alive, idle, archived, air-gapped, shortlisted, not “aliv”; did you mean alive?",
            Some("is:alive"),
        ),
        ("http://x", 0..8, "", None),
        ("-kubernets", 0..10, "", None),
        (
            "-k8",
            0..3,
            "-k8 excludes nothing: a minus goes before a filter or is one of -stale, -shortlisted, -k8s, \
          -gpu, -airgap; did you mean -k8s?",
            Some("-k8s"),
        ),
    ];
    for (typed, at, message, instead) in cases {
        let parsed = parse(typed, &vocabulary());
        assert_eq!(parsed.wrong.len(), 1, "{typed}");
        let wrong = &parsed.wrong[0];
        assert_eq!((wrong.at.clone(), wrong.instead.as_deref()), (at, instead), "{typed}");
        assert!(message.is_empty() || wrong.message == message, "{typed}: {}", wrong.message);
        assert!(parsed.query.chosen.is_empty(), "{typed}");
    }
    let both = parse("stage:serve -stage:serve", &vocabulary());
    assert_eq!(both.wrong[0].at, 12..24);
    assert_eq!(both.query.wish(&Value::Stage(Stage::Serve)), Some(Wish::Excluded));
}

#[test]
fn what_is_wrong_fits_one_line_beside_what_was_meant() {
    for (typed, brief, instead) in [
        ("stage:monitr", "no such stage", Some("monitor")),
        ("-stage:monitr", "no such stage", Some("monitor")),
        ("lang:pyton", "no such language", Some("language:Python")),
        ("category:store", "no such category", Some("Feature store")),
        ("stag:serve", "no such filter", Some("stage:serve")),
        ("is:aliv", "no such word after is:", Some("alive")),
        ("-k8", "-k8 excludes nothing", Some("-k8s")),
        ("stage:", "stage: lacks a value", None),
        ("http://x", "no such filter", None),
        ("stage:serve -stage:serve", "-stage:serve is also asked otherwise", None),
    ] {
        let wrong = parse(typed, &vocabulary()).wrong.remove(0);
        assert_eq!((wrong.brief.as_str(), wrong.instead_in(typed)), (brief, instead), "{typed}");
    }
}

fn completed(typed: &str) -> Vec<String> {
    let count = |value: &Value| usize::from(value.word() == "C#");
    complete(typed, typed.len(), &vocabulary(), count).into_iter().map(|c| c.text).collect()
}

#[test]
fn what_exists_is_offered_best_first() {
    assert_eq!(completed("stage:m"), ["stage:monitor"]);
    assert_eq!(completed("drift -stage:m"), ["-stage:monitor"]);
    assert_eq!(completed("lang:c"), ["language:C", "language:C#", "language:C++"], "exact, then by count");
    assert_eq!(completed("category:sto"), ["category:\"Feature store\""], "a part of it");
    assert_eq!(completed("category:\"feature st"), ["category:\"Feature store\""]);
    assert_eq!(completed("is:a"), ["is:air-gapped", "is:alive", "is:archived"]);
    assert_eq!(completed("sta"), ["stage:", "status:", "stale"]);
    assert_eq!(completed("-k"), ["-k8s", "-k8s:"]);
    assert_eq!(completed("x -g"), ["-gpu", "-gpu:"]);
    for nothing in [
        "",
        "st",
        "drift",
        "stage:monitor",
        "stage:x",
        "stage:m ",
        "-k8s",
        "-gpu",
        "stale",
        "\"stage:m",
        "colour:r",
    ] {
        assert_eq!(completed(nothing), Vec::<String>::new(), "{nothing}");
    }
}

#[test]
fn the_piece_at_the_cursor_is_completed() {
    let found = complete("a stage:m b", 9, &vocabulary(), |_| 7);
    let expected = Candidate { text: "stage:monitor".to_owned(), start: 2, count: Some(7) };
    assert_eq!(found, [expected]);
    assert!(complete("ä", 1, &vocabulary(), |_| 0).is_empty(), "inside a letter");
}

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("stage:serve".to_owned()),
        Just("-lang:C++".to_owned()),
        Just("category:\"Feature store\"".to_owned()),
        Just("stale".to_owned()),
        Just("-k8s".to_owned()),
        "[a-z:\"\\- ]{0,8}",
        "\\PC{0,4}",
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.join(" "))
}

fn any_query() -> impl Strategy<Value = Query> {
    let values = vocabulary().values().to_vec();
    let wish = prop_oneof![Just(Wish::Wanted), Just(Wish::Excluded)];
    let chosen = prop::collection::btree_map(prop::sample::select(values), wish, 0..8);
    let words = prop::collection::vec("[a-z0-9:+\\-]{1,6}( [a-z]{1,3})?", 0..4);
    let quoted = |word: &String| word_form(word);
    (chosen, words).prop_map(move |(chosen, words)| Query {
        text: words.iter().map(quoted).collect::<Vec<_>>().join(" "),
        chosen,
    })
}

proptest! {
    #[test]
    fn a_text_becomes_a_query_whose_text_is_the_same_query(text in any_text()) {
        let vocabulary = vocabulary();
        let parsed = parse(&text, &vocabulary);
        let written = write(&parsed.query);
        let again = parse(&written, &vocabulary);
        prop_assert_eq!(&again.wrong, &[]);
        prop_assert_eq!(&again.query, &parsed.query);
        prop_assert_eq!(write(&again.query), written);
        for wrong in parsed.wrong {
            prop_assert!(text.get(wrong.at).is_some_and(|piece| !piece.is_empty()));
        }
    }

    #[test]
    fn every_query_is_read_back_from_its_text(query in any_query()) {
        let parsed = parse(&write(&query), &vocabulary());
        prop_assert_eq!(parsed.query, query);
        prop_assert_eq!(parsed.wrong, []);
    }

    #[test]
    fn no_text_and_no_cursor_is_too_odd_to_complete(text in any_text(), cursor in 0_usize..60) {
        for candidate in complete(&text, cursor, &vocabulary(), |_| 1) {
            prop_assert!(text.get(candidate.start..cursor).is_some());
        }
    }
}

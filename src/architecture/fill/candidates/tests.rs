//! Who is offered for a box, in which order and why.

use super::*;
use crate::architecture::sketch::{catalog, sketch};

/// Feature stores: `kind_categories.json` says that the category is for that kind.
fn stores() -> Catalog {
    let tool = |id: &str, rest: &str| {
        format!("id = \"{id}\"\nname = \"{}\"\ncategory = \"Feature store\"\n{rest}", id.to_uppercase())
    };
    let osi =
        "[license]\nspdx = \"MIT\"\nclass = \"osi\"\n[status]\nstate = \"alive\"\nseen_on = \"2026-11-01\"\n";
    let texts = [
        tool("plain", osi),
        tool("closed", "[license]\nclass = \"source-available\"\n[status]\nstate = \"alive\"\n"),
        tool("ended", "[license]\nclass = \"osi\"\n[status]\nstate = \"archived\"\n"),
        tool("idle", "[license]\nclass = \"osi\"\n[status]\nstate = \"idle\"\n"),
        tool(
            "joined",
            "[[relation]]\ntype = \"integrates_with\"\ntarget = \"spark\"\nvia = { artifact = \"tables\" }\n\
             [[relation.evidence]]\nurl = \"https://example.org/joined\"\n\
             [[relation]]\ntype = \"alternative_to\"\ntarget = \"plain\"\n",
        ),
        tool("far", &format!("{osi}[[relation]]\ntype = \"exports_to\"\ntarget = \"graf\"\n")),
        "id = \"spark\"\nname = \"Spark\"\ncategory = \"X\"\n".to_owned(),
        "id = \"graf\"\nname = \"Graf\"\ncategory = \"X\"\nalso_in = [\"Feature store\"]\n".to_owned(),
    ];
    catalog(&texts.iter().map(String::as_str).collect::<Vec<_>>())
}

fn ids(found: &Candidates) -> String {
    found.tools.iter().map(|candidate| candidate.tool.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn fit_comes_first_then_company_then_licence_and_status_and_what_has_ended_last() {
    let drawing = sketch("f:feature_store t:transformation=spark m:monitoring=graf; t->f:features");
    let found = candidates(&drawing, &"f".into(), &stores(), &Usage::default()).unwrap();
    assert_eq!(ids(&found), "joined far plain idle closed graf ended");
    let joined = &found.tools[0];
    assert_eq!((joined.fit, joined.neighbours), (Fit::Main, 1));
    let texts: Vec<_> = joined.reasons.iter().map(|reason| reason.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "Its category, Feature store, is for this.",
            "JOINED integrates with Spark, which is in \"Feature / transform pipeline\" (tables).",
            "Nobody has read its licence yet.",
            "Whether it is worked on is not in the catalog.",
        ]
    );
    assert_eq!(joined.reasons[1].sources[0].url, "https://example.org/joined");
    let graf = found.tools.iter().find(|candidate| candidate.tool.as_str() == "graf").unwrap();
    assert!(graf.reasons.iter().any(|r| r.text == "It is in the drawing already, in \"Monitoring\"."));
}

#[test]
fn what_breaks_a_constraint_is_kept_out_and_what_is_unknown_is_told() {
    let mut drawing = sketch("f:feature_store=plain");
    drawing.constraints.licenses = vec!["osi".to_owned()];
    let found = candidates(&drawing, &"f".into(), &stores(), &Usage::default()).unwrap();
    assert_eq!(ids(&found), "far idle joined graf ended");
    assert_eq!(found.excluded.iter().map(|e| e.tool.as_str()).collect::<Vec<_>>(), ["closed"]);
    assert!(found.excluded[0].broken[0].message.contains("source-available"));
    let joined = found.tools.iter().find(|candidate| candidate.tool.as_str() == "joined").unwrap();
    assert_eq!(joined.unknown.len(), 1);
}

#[test]
fn designs_break_ties_and_are_named() {
    let designs = ["One", "Two", "Three", "Four"]
        .map(|title| Architecture { title: title.to_owned(), ..sketch("f:feature_store=plain") });
    let drawing = sketch("f:feature_store");
    let without = candidates(&drawing, &"f".into(), &stores(), &Usage::default()).unwrap();
    assert!(ids(&without).starts_with("far plain"));
    let with = candidates(&drawing, &"f".into(), &stores(), &Usage::of(&designs)).unwrap();
    assert!(ids(&with).starts_with("plain far"));
    let text = &with.tools[0].reasons[1].text;
    assert_eq!(text, "4 reference designs put it here, such as One; Two; Three.");
}

#[test]
fn a_box_that_is_not_there_has_none_and_an_unknown_kind_no_candidates() {
    let drawing = sketch("a:teleport");
    assert_eq!(candidates(&drawing, &"b".into(), &stores(), &Usage::default()), None);
    let found = candidates(&drawing, &"a".into(), &stores(), &Usage::default()).unwrap();
    assert_eq!(ids(&found), "");
}

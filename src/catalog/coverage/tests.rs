//! A tool that lacks one thing at a time, and a small catalog counted by hand.

use super::*;
use crate::catalog::category::Category;
use crate::catalog::read::{categories, read_entry};
use crate::catalog::words::Layer;

const TODAY: Date = jiff::civil::date(2026, 12, 1);

const LICENSE: &str = "[license]\nspdx = \"MIT\"\nclass = \"osi\"\nsource = \"https://a.dev/LICENSE\"\nchecked_on = \"2026-11-01\"\n";
const STATUS: &str = "[status]\nstate = \"unknown\"\nseen_on = \"2024-10-01\"\n";
const OTHER: &str = "[[relation]]\ntype = \"alternative_to\"\ntarget = \"b\"\n";

fn store() -> Vec<Category> {
    categories("[[category]]\nid = \"s\"\nname = \"Store\"\nstage = \"feature\"\n", "c.toml").unwrap().0
}

fn claim(id: &str, polarity: &str, status: &str) -> String {
    format!(
        "[[claim]]\nid = \"{id}\"\npolarity = \"{polarity}\"\ntopic = \"ops\"\ntext = \"It is {id}.\"\nstale_after = \"2026-11-30\"\nstatus = \"{status}\"\n[[claim.evidence]]\nurl = \"https://a.dev\"\n"
    )
}

fn claims() -> String {
    [("one", "pro"), ("two", "pro"), ("three", "con"), ("four", "caveat")]
        .iter()
        .map(|(id, polarity)| claim(id, polarity, "reviewed"))
        .collect()
}

fn complete() -> String {
    format!(
        "id = \"a\"\nname = \"A\"\nsummary = \"Keeps features.\"\nkind = \"tool\"\ncategory = \"Store\"\nstages = [\"feature\", \"serve\"]\nhomepage = \"https://a.dev\"\ndocs = \"https://a.dev/docs\"\nlanguages = [\"Go\"]\ndeploy = [\"vm\"]\n{LICENSE}{STATUS}{OTHER}{}",
        claims()
    )
}

fn catalog(texts: &[String]) -> Catalog {
    let entries = texts.iter().map(|text| read_entry(text, "t.toml").unwrap().entry).collect();
    Catalog::new(store(), &[(Layer::Bundled, entries)]).0
}

fn judged(text: &str, other: &str) -> Completeness {
    let catalog = catalog(&[text.to_owned(), format!("id = \"b\"\nname = \"B\"\n{other}")]);
    completeness(&catalog.tools()[0], &catalog)
}

#[test]
fn a_complete_tool_lacks_nothing_that_blocks() {
    // Neither year, Kubernetes, GPU nor air gap is named, and what was seen leaves its state open.
    assert_eq!(judged(&complete(), ""), Completeness { depth: Depth::Complete, missing: Vec::new() });
}

#[test]
fn each_missing_field_is_named() {
    let drop = [
        ("summary = \"Keeps features.\"\n", "summary"),
        ("kind = \"tool\"\n", "kind"),
        ("category = \"Store\"\n", "category"),
        ("stages = [\"feature\", \"serve\"]\n", "stages"),
        ("homepage = \"https://a.dev\"\n", "homepage"),
        ("docs = \"https://a.dev/docs\"\n", "docs"),
        ("languages = [\"Go\"]\n", "languages"),
        ("deploy = [\"vm\"]\n", "deploy"),
        (LICENSE, "license"),
        ("checked_on = \"2026-11-01\"\n", "license"),
        ("spdx = \"MIT\"\n", "license"),
        (STATUS, "status"),
        ("seen_on = \"2024-10-01\"\n", "status"),
        (OTHER, "alternative"),
    ];
    for (text, field) in drop {
        assert!(complete().contains(text), "{text}");
        let found = judged(&complete().replace(text, ""), "");
        assert_eq!(found, Completeness { depth: Depth::Partial, missing: vec![field] }, "{text}");
    }
    for (id, polarity, field) in [("one", "pro", "pros"), ("four", "caveat", "cons")] {
        let text = complete().replace(&claim(id, polarity, "reviewed"), &claim(id, polarity, "draft"));
        assert_eq!(judged(&text, "").missing, [field], "a draft does not count");
    }
}

#[test]
fn an_alternative_may_be_told_from_the_other_side_or_denied() {
    let alone = complete().replace(OTHER, "");
    let back = "[[relation]]\ntype = \"alternative_to\"\ntarget = \"a\"\n";
    assert_eq!(judged(&alone, back).depth, Depth::Complete);
    assert_eq!(judged(&alone, &back.replace("alternative_to", "runs_on")).depth, Depth::Partial);
    for (note, depth) in [
        ("No other mesh is here, so no alternative is named.", Depth::Complete),
        ("An alternative is planned. No date is known.", Depth::Partial),
        ("There is nothing else.", Depth::Partial),
    ] {
        let text = alone.replace("[license]", &format!("note = \"{note}\"\n[license]"));
        assert_eq!(judged(&text, "").depth, depth, "{note}");
    }
}

#[test]
fn specifications_need_no_language_and_unjudged_tools_are_basic() {
    let spec = complete().replace("\"tool\"", "\"spec\"").replace("languages = [\"Go\"]\n", "");
    assert_eq!(judged(&spec.replace("deploy = [\"vm\"]\n", ""), "").depth, Depth::Complete);
    let drafts = complete().replace("\"reviewed\"", "\"draft\"");
    assert_eq!(judged(&drafts, "").depth, Depth::Basic, "nobody read a source");
}

#[test]
fn a_catalog_is_counted() {
    let partial = complete().replace("id = \"a\"", "id = \"p\"").replace("name = \"A\"", "name = \"P\"");
    let partial = partial
        .replace(LICENSE, "")
        .replace("type = \"alternative_to\"", "via = { artifact = \"rows\" }\ntype = \"runs_on\"");
    let basic = format!(
        "id = \"b\"\nname = \"B\"\nstages = [\"serve\"]\nalso_in = [\"Store\"]\n{}",
        claim("x", "con", "draft")
    );
    let catalog = catalog(&[complete(), basic, partial]);
    let all = Coverage::new(&catalog, None, TODAY);
    let split = |complete, partial, basic| Split { complete, partial, basic };
    assert_eq!(all.total, split(1, 1, 1));
    assert_eq!(all.by_category, [("Store".to_owned(), split(1, 1, 1))]);
    let stage = |wanted| all.by_stage.iter().find(|(stage, _)| *stage == wanted).unwrap().1;
    assert_eq!((stage(Stage::Feature), stage(Stage::Serve)), (split(1, 1, 0), split(1, 1, 1)));
    assert_eq!(stage(Stage::Train), Split::default());
    assert_eq!(all.lacking, [("alternative", 1), ("license", 1)]);
    assert_eq!((all.relations, all.relations_with_via), (2, 1));
    use Polarity::{Caveat, Con, Fact, Pro};
    assert_eq!(all.polarity, [(Pro, 4, 4), (Con, 2, 3), (Caveat, 2, 2), (Fact, 0, 0)]);
    assert_eq!(all.claims(), 9);
    let draft: Vec<_> = all.drafts.iter().map(|c| (c.tool.as_str(), c.claim.as_str())).collect();
    assert_eq!(draft, [("b", "x")]);
    assert_eq!(all.stale.len(), 9, "all were to be read again by 2026-11-30");
    let unknown = |field| all.unknown_by_field.iter().find(|u| u.field == field).map(|u| (u.complete, u.all));
    assert_eq!(unknown("license"), Some((0, 2)));
    assert_eq!(unknown("air_gap"), Some((1, 3)));
    assert_eq!(unknown("status"), Some((1, 3)), "that it was looked at does not make its state known");
    assert_eq!(all.depth_of(&ToolId::new("p").unwrap()), Some(Depth::Partial));

    let only = [ToolId::new("a").unwrap()].into();
    let one = Coverage::new(&catalog, Some(&only), jiff::civil::date(2026, 11, 30));
    assert_eq!((one.total, one.claims(), one.stale.len()), (split(1, 0, 0), 4, 0));
    assert_eq!(one.depth_of(&ToolId::new("p").unwrap()), None, "it was not counted");
    let told = one.findings();
    assert!(told.iter().all(|f| f.rule == "coverage" && f.severity == Severity::Info && f.at == "catalog"));
    assert_eq!(told[0].message, "1 tools: 1 complete, 0 partial, 0 basic");
}

#[test]
fn all_counts_become_rows_and_what_is_not_counted_is_empty() {
    let other = complete()
        .replace("id = \"a\"\nname = \"A\"\nsummary = \"Keeps features.\"\n", "id = \"b\"\nname = \"B\"\n")
        .replace("target = \"b\"", "target = \"a\"");
    let coverage = Coverage::new(&catalog(&[complete(), other]), None, TODAY);
    assert_eq!(
        coverage.table().csv(),
        "of,name,complete,partial,basic,all\n\
         tools,all,1,1,0,2\n\
         stage,frame,0,0,0,0\n\
         stage,collect,0,0,0,0\n\
         stage,prepare,0,0,0,0\n\
         stage,feature,1,1,0,2\n\
         stage,train,0,0,0,0\n\
         stage,evaluate,0,0,0,0\n\
         stage,release,0,0,0,0\n\
         stage,serve,1,1,0,2\n\
         stage,monitor,0,0,0,0\n\
         stage,govern,0,0,0,0\n\
         category,Store,1,1,0,2\n\
         unknown,status,1,,,2\n\
         unknown,first_release_year,1,,,2\n\
         unknown,kubernetes,1,,,2\n\
         unknown,air_gap,1,,,2\n\
         unknown,gpu,1,,,2\n\
         unknown,license,0,,,0\n\
         unknown,docs,0,,,0\n\
         unknown,languages,0,,,0\n\
         unknown,deploy,0,,,0\n\
         lacking,summary,,1,,\n\
         reviewed claims,pro,,,,4\n\
         reviewed claims,con,,,,2\n\
         reviewed claims,caveat,,,,2\n\
         reviewed claims,fact,,,,0\n\
         draft claims,all,,,,0\n\
         stale claims,all,,,,8\n\
         relations,all,,,,2\n\
         relations,with what passes,,,,0\n"
    );
}

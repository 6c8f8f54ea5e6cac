//! Categories and their guides.

use super::*;
use crate::catalog::coverage::Coverage;

const STORE: &str =
    "[[category]]\nid = \"store\"\nname = \"Store\"\nstage = \"feature\"\ndefinition = \"Keeps features.\"\n";

/// All that completeness asks for; the alternative is `other`.
fn complete(id: &str, other: &str) -> String {
    let head = "summary = \"Keeps features for models.\"\nkind = \"tool\"\ncategory = \"Store\"\nstages = [\"feature\"]\nhomepage = \"https://a.dev\"\ndocs = \"https://a.dev/docs\"\nlanguages = [\"Go\"]\ndeploy = [\"vm\"]\n[license]\nspdx = \"MIT\"\nclass = \"osi\"\nsource = \"https://a.dev/LICENSE\"\nchecked_on = \"2026-11-01\"\n[status]\nstate = \"alive\"\nseen_on = \"2026-10-01\"\n";
    let rest = balanced().replace("target = \"b\"", &format!("target = \"{other}\""));
    format!("id = \"{id}\"\nname = \"{id}\"\n{head}{rest}")
}

/// The rules that fire for `categories.toml` with four complete tools, a to d, and a bare one, e.
fn fires(text: &str) -> Vec<(&'static str, Option<usize>)> {
    let ids = ["a", "b", "c", "d"];
    let mut texts: Vec<String> =
        ids.iter().map(|id| complete(id, if *id == "a" { "b" } else { "a" })).collect();
    texts.push("id = \"e\"\nname = \"E\"\ncategory = \"Store\"\n".to_owned());
    texts.push("id = \"f\"\nname = \"F\"\n".to_owned());
    let entries = texts.iter().map(|text| read_entry(text, "t.toml").unwrap().entry).collect();
    let categories = categories(text, "categories.toml").unwrap().0;
    let (catalog, _) = Catalog::new(categories, &[(Layer::Bundled, entries)]);
    let coverage = Coverage::new(&catalog, None, TODAY);
    assert_eq!(coverage.total.complete, 4);
    let found = check_categories(&catalog, &coverage, "categories.toml");
    assert!(found.iter().all(|f| f.at == "categories.toml"));
    found.iter().map(|f| (f.rule, f.line)).collect()
}

fn guide(questions: usize, tools: &str) -> String {
    let one = format!(
        "[[category.choose]]\nquestion = \"Which?\"\nanswers = [{{ answer = \"This\", tools = [{tools}], because = \"It fits.\" }}]\n"
    );
    format!("{STORE}{}", one.repeat(questions))
}

#[test]
fn categories_are_told_and_told_apart() {
    let same = format!(
        "{}[[category]]\nid = \"shop\"\nname = \"Store\"\nstage = \"feature\"\ndefinition = \"Sells.\"\n",
        guide(5, "\"a\"")
    );
    let cases: Vec<(String, Fires)> = vec![
        (guide(5, "\"a\", \"b\""), &[]),
        (STORE.to_owned(), &[("no-guide", Some(1))]),
        (guide(4, "\"a\""), &[("guide-length", Some(1))]),
        (guide(8, "\"a\""), &[]),
        (guide(9, "\"a\""), &[("guide-length", Some(1))]),
        (
            guide(5, "\"a\"").replace("definition = \"Keeps features.\"\n", ""),
            &[("category-definition", Some(1))],
        ),
        (guide(5, "\"a\"").replace("features.", "features"), &[("category-definition", Some(1))]),
        (same, &[("duplicate-category", Some(21)), ("no-guide", Some(21))]),
    ];
    for (text, expected) in cases {
        assert_eq!(fires(&text), expected, "{text}");
    }
}

#[test]
fn answers_lead_to_complete_tools_of_the_category() {
    // Not in the catalog, not complete, not in the category, nowhere.
    for (tools, count) in
        [("\"a\"", 0), ("\"x\"", 1), ("\"e\"", 1), ("\"f\"", 1), ("", 1), ("\"x\", \"e\"", 2)]
    {
        let text = guide(5, "\"a\"").replacen("tools = [\"a\"]", &format!("tools = [{tools}]"), 1);
        assert_eq!(fires(&text), vec![("guide-answer", Some(6)); count], "{tools}");
    }
}

//! Queries over a small catalog: places of words, facets, counts.

use super::*;
use crate::catalog::entry::{Claim, Entry, Evidence, Foundation, License, ToolId};
use crate::catalog::words::{ClaimStatus, Layer, LicenseClass, Polarity, Stage};
use crate::catalog::{Catalog, LicenseClass as Class, Stage as S};

fn tool(id: &str, name: &str, stages: &[Stage], class: LicenseClass, org: Option<&str>) -> Entry {
    let mut entry = Entry::new(ToolId::new(id).unwrap());
    entry.name = Some(name.to_owned());
    entry.stages = Some(stages.to_vec());
    entry.license = Some(License { class, ..License::UNKNOWN });
    entry.foundations = org.map(|org| vec![Foundation { org: org.to_owned(), ..Default::default() }]);
    entry
}

fn catalog() -> Catalog {
    let mut feast = tool("feast", "Feast", &[S::Feature], Class::Osi, Some("LF AI & Data"));
    feast.summary = Some("Feature store for training and serving.".to_owned());
    feast.languages = Some(vec!["Python".to_owned(), "Go".to_owned()]);
    feast.kubernetes = Some(false);
    let mut butterfree = tool("butterfree", "Butterfree", &[S::Feature], Class::Osi, None);
    butterfree.aliases = Some(vec!["Feasting".to_owned()]);
    let mut mlflow = tool("mlflow", "MLflow", &[S::Train, S::Release], Class::Osi, None);
    mlflow.kubernetes = Some(true);
    mlflow.claims.push(Claim {
        id: "c".to_owned(),
        polarity: Polarity::Con,
        topic: "scale".to_owned(),
        text: "Not a feast for the eyes above 100 runs.".to_owned(),
        applies_to: None,
        evidence: vec![Evidence {
            url: "https://example.org".to_owned(),
            title: None,
            locator: None,
            accessed: None,
        }],
        author: None,
        reviewer: None,
        reviewed_on: None,
        stale_after: Some("2026-11-29".parse().unwrap()),
        status: ClaimStatus::Draft,
        layer: Layer::Bundled,
    });
    let breakfast = tool("the-feast", "Big Feast", &[S::Serve], Class::Unknown, Some("CNCF"));
    let fuzzy = tool("f-east", "FarEastern", &[S::Serve], Class::OpenCore, Some("CNCF"));
    Catalog::new(Vec::new(), &[(Layer::Bundled, vec![mlflow, butterfree, feast, breakfast, fuzzy])]).0
}

fn names(catalog: &Catalog, query: &Query) -> Vec<String> {
    let found = Index::new(catalog).search(query, &on("2026-11-30"));
    found.iter().map(|i| catalog.tools()[*i].name.clone()).collect()
}

fn text(text: &str) -> Query {
    Query::words(text)
}

fn on(today: &str) -> Context<'static> {
    Context { today: today.parse().unwrap(), shortlist: &[] }
}

fn org(name: &str) -> Value {
    Value::Foundation(name.to_owned())
}

fn counts(query: &Query) -> Facets {
    Index::new(&catalog()).facet_counts(query, &on("2026-11-30"))
}

fn excluding(values: impl IntoIterator<Item = Value>) -> Query {
    let chosen = values.into_iter().map(|value| (value, Wish::Excluded)).collect();
    Query { chosen, ..Query::default() }
}

#[test]
fn better_places_come_first() {
    let catalog = catalog();
    // Name prefix, name contains, alias, fuzzy name, claim text.
    assert_eq!(names(&catalog, &text("feast")), ["Feast", "Big Feast", "Butterfree", "FarEastern", "MLflow"]);
    assert_eq!(names(&catalog, &text("  FEAST ")), names(&catalog, &text("feast")), "case and blanks");
}

#[test]
fn every_word_must_occur_and_nothing_matches_nonsense() {
    let catalog = catalog();
    assert_eq!(names(&catalog, &text("store serving")), ["Feast"]);
    assert_eq!(names(&catalog, &text("big feast")), ["Big Feast"]);
    assert!(names(&catalog, &text("feast zzzz")).is_empty());
}

#[test]
fn without_a_text_the_order_is_that_of_names() {
    let catalog = catalog();
    assert_eq!(
        names(&catalog, &Query::default()),
        ["Big Feast", "Butterfree", "FarEastern", "Feast", "MLflow"]
    );
}

#[test]
fn a_facet_widens_within_and_narrows_between() {
    let catalog = catalog();
    let mut query = Query::wanting([S::Feature, S::Serve].map(Value::Stage));
    assert_eq!(names(&catalog, &query), ["Big Feast", "Butterfree", "FarEastern", "Feast"]);
    query.toggle(&Value::License(Class::Osi), Wish::Wanted);
    assert_eq!(names(&catalog, &query), ["Butterfree", "Feast"]);
    query.toggle(&org("LF AI & Data"), Wish::Wanted);
    assert_eq!(names(&catalog, &query), ["Feast"]);
    query.toggle(&org("LF AI & Data"), Wish::Wanted);
    query.toggle(&org("Nobody"), Wish::Wanted);
    assert!(names(&catalog, &query).is_empty());
}

#[test]
fn what_is_excluded_goes_and_what_is_unknown_is_not_no() {
    let catalog = catalog();
    assert_eq!(names(&catalog, &excluding([Value::License(Class::Osi)])), ["Big Feast", "FarEastern"]);
    assert_eq!(names(&catalog, &excluding([Value::Stage(S::Release)])).len(), 4, "MLflow trains as well");
    let k8s = |known| Query::wanting([Value::Kubernetes(known)]);
    assert_eq!(names(&catalog, &k8s(Known::Yes)), ["MLflow"]);
    assert_eq!(names(&catalog, &k8s(Known::No)), ["Feast"]);
    assert_eq!(names(&catalog, &k8s(Known::Unknown)), ["Big Feast", "Butterfree", "FarEastern"]);
    let not = names(&catalog, &excluding([Value::Kubernetes(Known::Yes)]));
    assert_eq!(not, ["Big Feast", "Butterfree", "FarEastern", "Feast"], "unknown stays");
    let mut both = k8s(Known::Unknown);
    both.chosen.insert(Value::License(Class::Unknown), Wish::Excluded);
    assert_eq!(names(&catalog, &both), ["Butterfree", "FarEastern"]);
    assert_eq!(names(&catalog, &excluding([org("Nobody")])).len(), 5);
}

#[test]
fn texts_of_the_catalog_are_values() {
    let catalog = catalog();
    let go = Query::wanting([Value::Language("Go".to_owned())]);
    assert_eq!(names(&catalog, &go), ["Feast"]);
    assert_eq!(names(&catalog, &Query::wanting([Value::Language(Value::UNKNOWN.to_owned())])).len(), 4);
    assert_eq!(names(&catalog, &Query::wanting([org(Value::NONE)])), ["Butterfree", "MLflow"]);
}

#[test]
fn staleness_and_the_shortlist_come_from_outside() {
    let catalog = catalog();
    let index = Index::new(&catalog);
    let stale = Query::wanting([Value::Claims(Judged::Stale)]);
    assert!(index.search(&stale, &on("2026-11-29")).is_empty(), "its last fresh day");
    let (rows, facets) = index.search_with_facets(&stale, &on("2026-11-30"));
    assert_eq!(rows, [4]);
    assert_eq!(facets.of(Facet::Claims).map(|(_, count)| count).collect::<Vec<_>>(), [1, 1, 4]);
    let context = Context { shortlist: &[3, 0], ..on("2026-11-30") };
    let (rows, facets) = index.search_with_facets(&Query::wanting([Value::Shortlisted]), &context);
    assert_eq!((rows, facets.count(&Value::Shortlisted)), (vec![0, 3], 2));
    assert_eq!(index.search(&excluding([Value::Shortlisted]), &context), [1, 2, 4]);
}

#[test]
fn counts_ignore_their_own_facet() {
    let query = Query::wanting([Value::Stage(S::Serve), Value::License(Class::Unknown)]);
    let facets = counts(&query);
    // Stages under licence = unknown: only Big Feast (serve).
    assert_eq!(facets.count(&Value::Stage(S::Serve)), 1);
    assert_eq!(facets.count(&Value::Stage(S::Feature)), 0);
    // Licences under stage = serve: Big Feast (unknown), FarEastern (open core).
    let classes = [Class::Osi, Class::OpenCore, Class::Unknown].map(|c| facets.count(&Value::License(c)));
    assert_eq!(classes, [0, 1, 1]);
    // Foundations under both.
    assert_eq!(["CNCF", "LF AI & Data"].map(|name| facets.count(&org(name))), [1, 0]);
    assert_eq!(facets.of(Facet::Stage).count(), Stage::ALL.len(), "every stage is there");
    // What is excluded is counted as if it were not.
    let facets = counts(&excluding([Value::Stage(S::Serve)]));
    assert_eq!(facets.count(&Value::Stage(S::Serve)), 2);
    assert_eq!(facets.count(&org("CNCF")), 0);
}

#[test]
fn choosing_a_value_leaves_the_other_values_of_its_facet_countable() {
    let of = |query: &Query| {
        let facets = counts(query);
        let stages = [S::Serve, S::Feature].map(|s| facets.count(&Value::Stage(s)));
        let classes = [Class::Unknown, Class::Osi].map(|c| facets.count(&Value::License(c)));
        let orgs = ["CNCF", "LF AI & Data", "none"].map(|name| facets.count(&org(name)));
        (stages, classes, orgs)
    };
    // Serve: Big Feast, FarEastern; feature: Feast, Butterfree; osi: Feast, Butterfree, MLflow.
    assert_eq!(of(&Query::default()), ([2, 2], [1, 3], [2, 1, 2]));
    assert_eq!(of(&Query::wanting([Value::Stage(S::Serve)])), ([2, 2], [1, 0], [2, 0, 0]));
    assert_eq!(of(&Query::wanting([Value::License(Class::Unknown)])), ([1, 0], [1, 3], [1, 0, 0]));
    assert_eq!(of(&Query::wanting([org("LF AI & Data")])), ([0, 1], [0, 1], [2, 1, 2]));
}

#[test]
fn counts_follow_the_text() {
    let facets = counts(&text("mlflow"));
    let stages = [S::Train, S::Release, S::Serve].map(|s| facets.count(&Value::Stage(s)));
    assert_eq!(stages, [1, 1, 0]);
}

#[test]
fn the_most_common_text_comes_first_and_none_last() {
    let facets = counts(&Query::default());
    let orgs: Vec<(&str, usize)> = facets.of(Facet::Foundation).map(|(v, count)| (v.word(), count)).collect();
    assert_eq!(orgs, [("CNCF", 2), ("LF AI & Data", 1), ("none", 2)]);
}

//! Search and facets over the whole catalog, fast enough for every keystroke.

mod index;

use std::collections::{BTreeMap, BTreeSet};

pub use index::Index;

use super::words::{LicenseClass, Stage};

/// What is asked for: within a facet any of the values, between the facets and the text all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Words that must all occur; empty matches all.
    pub text: String,
    /// Stages; empty is no restriction.
    pub stages: BTreeSet<Stage>,
    /// Licence classes; empty is no restriction.
    pub licenses: BTreeSet<LicenseClass>,
    /// Names of foundations; empty is no restriction.
    pub foundations: BTreeSet<String>,
}

/// How many tools each facet value would give, under the text and the *other* facets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// Per stage; every stage is there.
    pub stages: BTreeMap<Stage, usize>,
    /// Per licence class; every class is there.
    pub licenses: BTreeMap<LicenseClass, usize>,
    /// Per foundation; every foundation of the catalog is there.
    pub foundations: BTreeMap<String, usize>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::entry::{Claim, Entry, Evidence, Foundation, License, ToolId};
    use crate::catalog::words::{ClaimStatus, Layer, Polarity};
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
        let mut butterfree = tool("butterfree", "Butterfree", &[S::Feature], Class::Osi, None);
        butterfree.aliases = Some(vec!["Feasting".to_owned()]);
        let mut mlflow = tool("mlflow", "MLflow", &[S::Train, S::Release], Class::Osi, None);
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
            stale_after: None,
            status: ClaimStatus::Draft,
            layer: Layer::Bundled,
        });
        let breakfast = tool("the-feast", "Big Feast", &[S::Serve], Class::Unknown, Some("CNCF"));
        let fuzzy = tool("f-east", "FarEastern", &[S::Serve], Class::OpenCore, Some("CNCF"));
        Catalog::new(Vec::new(), &[(Layer::Bundled, vec![mlflow, butterfree, feast, breakfast, fuzzy])]).0
    }

    fn names(catalog: &Catalog, query: &Query) -> Vec<String> {
        let found = Index::new(catalog).search(query);
        found.iter().map(|i| catalog.tools()[*i].name.clone()).collect()
    }

    fn text(text: &str) -> Query {
        Query { text: text.to_owned(), ..Query::default() }
    }

    #[test]
    fn better_places_come_first() {
        let catalog = catalog();
        // Name prefix, name contains, alias, fuzzy name, claim text.
        assert_eq!(
            names(&catalog, &text("feast")),
            ["Feast", "Big Feast", "Butterfree", "FarEastern", "MLflow"]
        );
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
        let mut query = Query { stages: [S::Feature, S::Serve].into(), ..Query::default() };
        assert_eq!(names(&catalog, &query), ["Big Feast", "Butterfree", "FarEastern", "Feast"]);
        query.licenses = [Class::Osi].into();
        assert_eq!(names(&catalog, &query), ["Butterfree", "Feast"]);
        query.foundations = ["LF AI & Data".to_owned()].into();
        assert_eq!(names(&catalog, &query), ["Feast"]);
        query.foundations = ["Nobody".to_owned()].into();
        assert!(names(&catalog, &query).is_empty());
    }

    #[test]
    fn counts_ignore_their_own_facet() {
        let catalog = catalog();
        let query =
            Query { stages: [S::Serve].into(), licenses: [Class::Unknown].into(), ..Query::default() };
        let facets = Index::new(&catalog).facet_counts(&query);
        // Stages under licence = unknown: only Big Feast (serve).
        assert_eq!(facets.stages[&S::Serve], 1);
        assert_eq!(facets.stages[&S::Feature], 0);
        // Licences under stage = serve: Big Feast (unknown), FarEastern (open core).
        assert_eq!((facets.licenses[&Class::Unknown], facets.licenses[&Class::OpenCore]), (1, 1));
        assert_eq!(facets.licenses[&Class::Osi], 0);
        // Foundations under both.
        assert_eq!((facets.foundations["CNCF"], facets.foundations["LF AI & Data"]), (1, 0));
        assert_eq!(facets.stages.len(), Stage::ALL.len(), "every stage is there");
    }

    #[test]
    fn choosing_a_value_leaves_the_other_values_of_its_facet_countable() {
        let index = Index::new(&catalog());
        let none = index.facet_counts(&Query::default());
        // Serve: Big Feast, FarEastern; feature: Feast, Butterfree; osi: Feast, Butterfree, MLflow.
        let stage = index.facet_counts(&Query { stages: [S::Serve].into(), ..Query::default() });
        assert_eq!((stage.stages[&S::Serve], stage.stages[&S::Feature]), (2, 2));
        assert_eq!((stage.licenses[&Class::Osi], stage.foundations["LF AI & Data"]), (0, 0));
        let license = index.facet_counts(&Query { licenses: [Class::Unknown].into(), ..Query::default() });
        assert_eq!((license.licenses[&Class::Unknown], license.licenses[&Class::Osi]), (1, 3));
        assert_eq!((license.stages[&S::Feature], license.foundations["CNCF"]), (0, 1));
        let org = index
            .facet_counts(&Query { foundations: ["LF AI & Data".to_owned()].into(), ..Query::default() });
        assert_eq!(org.foundations, none.foundations, "CNCF 2, LF AI & Data 1, whichever is chosen");
        assert_eq!((org.foundations["CNCF"], org.foundations["LF AI & Data"]), (2, 1));
        assert_eq!((org.stages[&S::Serve], org.licenses[&Class::Osi]), (0, 1));
    }

    #[test]
    fn counts_follow_the_text() {
        let facets = Index::new(&catalog()).facet_counts(&text("mlflow"));
        assert_eq!(
            (facets.stages[&S::Train], facets.stages[&S::Release], facets.stages[&S::Serve]),
            (1, 1, 0)
        );
    }
}

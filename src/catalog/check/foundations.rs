//! Rules about `foundations.toml`: a claim that settles a criterion exists and was reviewed.

use super::Finding;
use crate::catalog::collection::Catalog;
use crate::catalog::words::ClaimStatus;
use crate::problem::Severity;

/// Judges what is said of foundations in `file` against the tools.
pub fn check_foundations(catalog: &Catalog, file: &str) -> Vec<Finding> {
    let readings = catalog.hosts().iter().flat_map(|host| &host.criteria).flat_map(|rule| &rule.readings);
    readings
        .filter_map(|reading| {
            let tool = catalog.get(&reading.tool);
            let claim = tool.and_then(|tool| tool.claims.iter().find(|claim| claim.id == reading.claim));
            let message = match claim {
                None => format!(
                    "no claim {} of {} is in the catalog: mend the reading",
                    reading.claim, reading.tool
                ),
                Some(claim) if claim.status != ClaimStatus::Reviewed => format!(
                    "the claim {} of {} is not reviewed, so it settles no criterion",
                    reading.claim, reading.tool
                ),
                Some(_) => return None,
            };
            let (at, line) = (file.to_owned(), Some(reading.line));
            Some(Finding { rule: "reading", severity: Severity::Error, at, line, message })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::read::{foundations, read_entry};
    use crate::catalog::words::Layer;

    #[test]
    fn a_reading_names_a_reviewed_claim() {
        let claim = |id: &str, status: &str| {
            format!(
                "[[claim]]\nid = \"{id}\"\npolarity = \"pro\"\ntopic = \"governance\"\ntext = \"T.\"\nstatus = \"{status}\"\n"
            )
        };
        let text =
            format!("id = \"a\"\nname = \"A\"\n{}{}", claim("good", "reviewed"), claim("new", "draft"));
        let entry = read_entry(&text, "a.toml").unwrap().entry;
        let (catalog, _) = Catalog::new(Vec::new(), &[(Layer::Bundled, vec![entry])]);
        let fires = |tool: &str, claim: &str| {
            let text = format!(
                "[[foundation]]\norg = \"F\"\nlevel = \"sandbox\"\ndecides = \"A vote.\"\n[[foundation.criterion]]\n\
                 id = \"c\"\ntext = \"T.\"\ntold_by = \"governance\"\nsource = {{ url = \"https://a.dev\" }}\n\
                 reading = [{{ tool = \"{tool}\", claim = \"{claim}\", verdict = \"met\" }}]\n"
            );
            let hosts = foundations(&text, "f.toml").unwrap().0;
            let found = check_foundations(&catalog.clone().with_hosts(hosts), "f.toml");
            found.into_iter().map(|f| (f.rule, f.line)).collect::<Vec<_>>()
        };
        assert_eq!(fires("a", "good"), []);
        for (tool, claim) in [("a", "new"), ("a", "gone"), ("b", "good")] {
            assert_eq!(fires(tool, claim), [("reading", Some(10))], "{tool} {claim}");
        }
    }
}

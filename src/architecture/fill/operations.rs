//! What the tools of a drawing need to run, from the catalog's facts alone; what it does not tell is counted as unknown.

use std::collections::{BTreeMap, BTreeSet};

use super::integrations::entry;
use crate::architecture::model::Architecture;
use crate::catalog::{Catalog, Evidence, RelationKind, Tool};

/// The bill of operations of a drawing; all lists hold the names of tools as its boxes give them, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Operations {
    /// All tools.
    pub tools: Vec<String>,
    /// Those without an entry; they are unknown in everything else.
    pub strangers: Vec<String>,
    /// Who needs Kubernetes.
    pub kubernetes: Need,
    /// Who needs a GPU.
    pub gpu: Need,
    /// Who needs a network.
    pub network: Need,
    /// Programming languages, with the tools in them.
    pub languages: BTreeMap<String, Vec<String>>,
    /// The tools whose languages are not known.
    pub languages_unknown: Vec<String>,
    /// Ways to run, such as `library` or `container`, with the tools that can be run so.
    pub deploy: BTreeMap<String, Vec<String>>,
    /// The tools of which no way to run is known.
    pub deploy_unknown: Vec<String>,
    /// What the tools are told to run on, by its name.
    pub services: Vec<Service>,
}

/// Who needs something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Need {
    /// Those that need it.
    pub yes: Vec<String>,
    /// Those that do not.
    pub no: Vec<String>,
    /// Those of which the catalog does not tell.
    pub unknown: Vec<String>,
}

/// Something that tools are told to run on. Whether they can do without is not told by that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Its id.
    pub tool: String,
    /// Its name; the id where it has no entry.
    pub name: String,
    /// Whether a box of the drawing names it.
    pub is_drawn: bool,
    /// Who is told to run on it, with the sources.
    pub by: Vec<(String, Vec<Evidence>)>,
}

/// The bill of operations of the drawing's tools.
pub fn operations(drawing: &Architecture, catalog: &Catalog) -> Operations {
    let names: BTreeSet<&String> = drawing.nodes.values().flat_map(|node| &node.tools).collect();
    let mut bill = Operations { tools: names.iter().copied().cloned().collect(), ..Operations::default() };
    let mut services: BTreeMap<String, Service> = BTreeMap::new();
    for name in &names {
        let Some(tool) = entry(catalog, name) else {
            bill.strangers.push((*name).clone());
            for need in [&mut bill.kubernetes, &mut bill.gpu, &mut bill.network] {
                need.unknown.push((*name).clone());
            }
            bill.languages_unknown.push((*name).clone());
            bill.deploy_unknown.push((*name).clone());
            continue;
        };
        bill.kubernetes.note(name, tool.kubernetes);
        bill.gpu.note(name, tool.gpu);
        bill.network.note(name, tool.air_gap.map(|works_without| !works_without));
        sort_in(&mut bill.languages, &mut bill.languages_unknown, &tool.languages, name);
        sort_in(&mut bill.deploy, &mut bill.deploy_unknown, &tool.deploy, name);
        note_services(&mut services, tool, catalog, &names);
    }
    bill.services = services.into_values().collect();
    bill.services.sort_by_cached_key(|service| (service.name.to_lowercase(), service.tool.clone()));
    bill
}

impl Need {
    fn note(&mut self, name: &str, needs: Option<bool>) {
        let list = match needs {
            Some(true) => &mut self.yes,
            Some(false) => &mut self.no,
            None => &mut self.unknown,
        };
        list.push(name.to_owned());
    }
}

fn sort_in(
    known: &mut BTreeMap<String, Vec<String>>,
    unknown: &mut Vec<String>,
    values: &[String],
    name: &str,
) {
    for value in values {
        known.entry(value.clone()).or_default().push(name.to_owned());
    }
    if values.is_empty() {
        unknown.push(name.to_owned());
    }
}

fn note_services(
    services: &mut BTreeMap<String, Service>,
    tool: &Tool,
    catalog: &Catalog,
    names: &BTreeSet<&String>,
) {
    for relation in tool.relations.iter().filter(|relation| relation.kind == RelationKind::RunsOn) {
        let target = relation.target.to_string();
        let service = services.entry(target.clone()).or_insert_with(|| Service {
            name: catalog.get(&relation.target).map_or_else(|| target.clone(), |tool| tool.name.clone()),
            is_drawn: names.contains(&target),
            tool: target,
            by: Vec::new(),
        });
        service.by.push((tool.id.to_string(), relation.evidence.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::sketch::{catalog, sketch};

    #[test]
    fn what_is_needed_not_needed_and_unknown_is_counted_apart() {
        let catalog = catalog(&[
            "id = \"a\"\nname = \"A\"\nkubernetes = true\ngpu = false\nair_gap = true\nlanguages = [\"Go\", \"Python\"]\n\
             deploy = [\"k8s\"]\n[[relation]]\ntype = \"runs_on\"\ntarget = \"pg\"\n[[relation.evidence]]\n\
             url = \"https://example.org/a\"\n[[relation]]\ntype = \"runs_on\"\ntarget = \"lost\"\n",
            "id = \"b\"\nname = \"B\"\nkubernetes = false\nair_gap = false\nlanguages = [\"Go\"]\n\
             [[relation]]\ntype = \"runs_on\"\ntarget = \"pg\"\n[[relation]]\ntype = \"exports_to\"\ntarget = \"a\"\n",
            "id = \"pg\"\nname = \"Postgres\"\n",
        ]);
        let bill = operations(&sketch("x:ci=b+a y:cd=a+none z:data_store=pg"), &catalog);
        let words = |list: &[String]| list.join(" ");
        let need =
            |need: &Need| format!("{} | {} | {}", words(&need.yes), words(&need.no), words(&need.unknown));
        assert_eq!(words(&bill.tools), "a b none pg");
        assert_eq!(words(&bill.strangers), "none");
        assert_eq!(need(&bill.kubernetes), "a | b | none pg");
        assert_eq!(need(&bill.gpu), " | a | b none pg");
        assert_eq!(need(&bill.network), "b | a | none pg");
        assert_eq!(words(&bill.languages["Go"]), "a b");
        assert_eq!(words(&bill.languages["Python"]), "a");
        assert_eq!(words(&bill.languages_unknown), "none pg");
        assert_eq!(words(&bill.deploy["k8s"]), "a");
        assert_eq!(words(&bill.deploy_unknown), "b none pg");
        let services: Vec<_> = bill
            .services
            .iter()
            .map(|s| {
                let by: Vec<_> = s.by.iter().map(|(by, _)| by.as_str()).collect();
                format!("{} {} {}", s.name, s.is_drawn, by.join("+"))
            })
            .collect();
        assert_eq!(services, ["lost false a", "Postgres true a+b"]);
        assert_eq!(bill.services[1].by[0].1[0].url, "https://example.org/a");
    }
}

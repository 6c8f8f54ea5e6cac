//! The shipped catalog and designs: the table of jobs against them, and what is found of each design.

use std::collections::BTreeSet;

use mlops_atlas::architecture::fill::{Fit, Scope, Usage, candidates, cover, fit, integrations, job, jobs};
use mlops_atlas::architecture::{Architecture, Edit, Node};
use mlops_atlas::catalog::{Catalog, ToolId};
use mlops_atlas::store::architecture_files::{template, templates};
use mlops_atlas::store::catalog_files::bundled_catalog;

fn catalog() -> Catalog {
    bundled_catalog().0
}

#[test]
fn the_table_of_jobs_names_categories_and_tools_that_there_are() {
    let catalog = catalog();
    let ids: BTreeSet<_> = catalog.categories().iter().map(|category| category.id.as_str()).collect();
    let mut used = BTreeSet::new();
    for job in jobs() {
        for id in job.fills.iter().chain(&job.holds) {
            assert!(ids.contains(id.as_str()), "{} names the category {id}, which there is not", job.kind);
            used.insert(id.as_str());
        }
        assert!(job.fills.iter().all(|id| !job.holds.contains(id)), "{} names a category twice", job.kind);
        for id in &job.tools {
            let tool = catalog.get(&ToolId::new(id).unwrap());
            let tool = tool.unwrap_or_else(|| panic!("{} names {id}, which there is not", job.kind));
            // Judged among the wider categories: what a category is for needs no judgement.
            let categories: Vec<_> = tool.category.iter().chain(&tool.also_in).collect();
            let is_in = |list: &[String]| {
                let of = categories.iter().filter_map(|name| catalog.category_of_name(name));
                of.into_iter().any(|category| list.contains(&category.id))
            };
            assert!(is_in(&job.holds), "{} judges {id}, which is in none of its wider categories", job.kind);
            let main = tool.category.iter().filter_map(|name| catalog.category_of_name(name));
            assert!(
                main.into_iter().all(|category| !job.fills.contains(&category.id)),
                "{} judges {id} without need",
                job.kind
            );
        }
        let able = catalog.tools().iter().filter_map(|tool| fit(job, tool, &catalog));
        assert!(able.count() > 0, "nobody could fill {}", job.kind);
    }
    // Everything that people look for in the catalog belongs into some box.
    assert_eq!(ids.difference(&used).collect::<Vec<_>>(), Vec::<&&str>::new());
}

/// What the designs put into a box alone in three of them at least, somebody thought able to fill it.
#[test]
fn what_designs_use_often_is_among_the_candidates() {
    let catalog = catalog();
    let mut alone = std::collections::BTreeMap::<(String, String), usize>::new();
    for node in templates().iter().flat_map(|drawing| drawing.nodes.values()) {
        if let [only] = node.tools.as_slice() {
            *alone.entry((node.kind.clone(), only.clone())).or_default() += 1;
        }
    }
    for ((kind, id), _) in alone.iter().filter(|(_, count)| **count >= 3) {
        let tool = catalog.get(&ToolId::new(id).unwrap()).unwrap();
        assert!(fit(job(kind).unwrap(), tool, &catalog).is_some(), "{id} is no candidate for {kind}");
    }
}

#[test]
fn an_empty_box_is_offered_what_is_known_and_works_with_its_neighbours() {
    let catalog = catalog();
    let mut drawing = template("oss-classic").unwrap();
    drawing.apply(Edit::SetTools { node: "feast".into(), tools: Vec::new() });
    let found = candidates(&drawing, &"feast".into(), &catalog, &Usage::of(&templates())).unwrap();
    let first = &found.tools[0];
    assert_eq!((first.name.as_str(), first.fit), ("Feast", Fit::Main));
    let told = first.reasons.iter().filter(|reason| !reason.sources.is_empty()).count();
    assert!(told >= 2, "relations and licence have sources: {:#?}", first.reasons);
    for candidate in &found.tools {
        for source in candidate.reasons.iter().flat_map(|reason| &reason.sources) {
            assert!(source.url.starts_with("https://"), "{}", source.url);
        }
    }
}

#[test]
fn every_design_is_covered_exactly_with_no_more_tools_than_it_names() {
    let (catalog, all) = (catalog(), templates());
    let usage = Usage::of(&all);
    for drawing in &all {
        let found = cover(drawing, &catalog, &usage, Scope::All);
        assert!(
            found.is_exact && found.total <= found.now,
            "{}: {} of {}",
            drawing.id,
            found.total,
            found.now
        );
        // Every box is filled, given, or told to be open; and each tool is needed.
        let done: BTreeSet<_> = found.tools.iter().flat_map(|chosen| &chosen.nodes).collect();
        for node in drawing.nodes.values() {
            let is_told = done.contains(&node.id) || found.unfilled.contains(&node.id);
            assert!(is_told != job(&node.kind).unwrap().given, "{} in {}", node.id, drawing.id);
        }
        for (at, chosen) in found.tools.iter().enumerate() {
            let rest = found.tools.iter().enumerate().filter(|(other, _)| *other != at);
            let by_rest: BTreeSet<_> = rest.flat_map(|(_, other)| &other.nodes).collect();
            assert!(chosen.nodes.iter().any(|node| !by_rest.contains(node)), "{} is idle", chosen.name);
        }
        assert_eq!(found, cover(drawing, &catalog, &usage, Scope::All));
    }
}

#[test]
fn a_drawing_of_every_kind_is_covered_exactly() {
    let mut drawing = Architecture::default();
    for kind in mlops_atlas::architecture::kinds::kinds() {
        let node = Node { id: kind.id.as_str().into(), kind: kind.id.clone(), ..Node::default() };
        drawing.apply(Edit::AddNode(node, None));
    }
    let found = cover(&drawing, &catalog(), &Usage::default(), Scope::Open);
    assert!(found.is_exact, "{} tools", found.total);
    // Approvals and model cards: the catalog has no tool that is for them.
    assert_eq!(found.unfilled, ["governance".into()]);
}

#[test]
fn known_integrations_have_sources_and_the_others_are_counted_as_unknown() {
    let found = integrations(&template("oss-classic").unwrap(), &catalog());
    let known = found.flows.iter().filter(|flow| flow.is_known()).count();
    assert!(known >= 3 && known < found.flows.len(), "{known} of {}", found.flows.len());
    assert_eq!(found.flows.len() + found.unfilled.len(), 38);
}

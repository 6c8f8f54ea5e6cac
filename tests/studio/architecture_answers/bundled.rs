//! The shipped catalog and designs: the table of jobs against them, and what is found of each design.

use std::collections::BTreeSet;

use mlops_atlas::architecture::fill::{
    Fit, Models, Scope, Usage, candidates, cover, fit, integrations, job, jobs, language_model_jobs,
};
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
    for job in jobs().iter().chain(language_model_jobs()) {
        for id in [&job.fills, &job.holds, &job.among].into_iter().flatten() {
            assert!(ids.contains(id.as_str()), "{} names the category {id}, which there is not", job.kind);
            used.insert(id.as_str());
        }
        let all = || [&job.fills, &job.holds, &job.among].into_iter().flatten();
        assert_eq!(
            all().collect::<BTreeSet<_>>().len(),
            all().count(),
            "{} names a category twice",
            job.kind
        );
        assert!(job.tools.iter().all(|id| !job.perhaps.contains(id)), "{} judges a tool twice", job.kind);
        for id in job.tools.iter().chain(&job.perhaps) {
            let tool = catalog.get(&ToolId::new(id).unwrap());
            let tool = tool.unwrap_or_else(|| panic!("{} names {id}, which there is not", job.kind));
            // Judged among the wider categories: what a category is for needs no judgement.
            let categories: Vec<_> = tool.category.iter().chain(&tool.also_in).collect();
            let mut of = categories.iter().filter_map(|name| catalog.category_of_name(name));
            assert!(
                of.any(|category| all().any(|id| *id == category.id)),
                "{} judges {id}, which is in none of its categories",
                job.kind
            );
            if job.perhaps.contains(id) {
                continue;
            }
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
        assert!(
            fit(job(kind, Models::Any).unwrap(), tool, &catalog).is_some(),
            "{id} is no candidate for {kind}"
        );
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

/// Where documents are embedded, boxes get tools of language models, and elsewhere they do not.
#[test]
fn language_models_get_their_own_tools_and_nobody_elses() {
    let (catalog, usage) = (catalog(), Usage::of(&templates()));
    let of = |design: &str, kind: &str| {
        let mut drawing = template(design).unwrap();
        let node = drawing.nodes.values().find(|node| node.kind == kind).unwrap().id.clone();
        drawing.apply(Edit::SetTools { node: node.clone(), tools: Vec::new() });
        let found = candidates(&drawing, &node, &catalog, &usage).unwrap();
        let ids: Vec<String> = found.tools.iter().map(|candidate| candidate.tool.to_string()).collect();
        (found.of_language_models, ids)
    };
    for (kind, fits, fits_not) in [
        ("evaluation", "ragas", "tensorflow-model-analysis"),
        ("serving_online", "vllm", "tensorflow-serving"),
        ("training", "peft", "xgboost"),
        ("monitoring", "langfuse", "alibi-detect"),
        ("guardrails", "nemo-guardrails", "drools"),
        ("traffic_control", "litellm", "eclipse-hawkbit"),
        ("embedding", "sentence-transformers", "merlin-models"),
    ] {
        let (of_language_models, ids) = of("rag-ops", kind);
        let has = |id: &str| ids.iter().any(|known| known == id);
        assert!(of_language_models && has(fits) && !has(fits_not), "{kind}: {ids:?}");
        // No list that a person has to read through.
        assert!(ids.len() <= 30, "{kind} has {} candidates", ids.len());
    }
    let (of_language_models, ids) = of("oss-classic", "evaluation");
    let has = |id: &str| ids.iter().any(|known| known == id);
    assert!(!of_language_models && has("tensorflow-model-analysis") && !has("ragas"), "{ids:?}");
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
            assert!(is_told != job(&node.kind, Models::Any).unwrap().given, "{} in {}", node.id, drawing.id);
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

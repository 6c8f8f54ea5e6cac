//! The fewest tools of small catalogs.

use super::*;
use crate::architecture::sketch::{catalog, sketch};

fn tool(id: &str, categories: &[&str], rest: &str) -> String {
    let also = categories[1..].iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    format!("id = \"{id}\"\nname = \"{id}\"\ncategory = \"{}\"\nalso_in = [{also}]\n{rest}", categories[0])
}

/// Both of three, each of the three, and one of them only with a licence that restricts.
fn some() -> Catalog {
    let osi = "kubernetes = true\n[license]\nclass = \"osi\"\n[status]\nstate = \"alive\"\n";
    let texts = [
        tool("both", &["Feature store", "Vector databases"], osi),
        tool("feat", &["Feature store"], "kubernetes = false\n[license]\nclass = \"osi\"\n"),
        tool("vec", &["Vector databases"], "kubernetes = false\n[license]\nclass = \"osi\"\n"),
        tool("vec2", &["Vector databases"], "[license]\nclass = \"source-available\"\n"),
        tool("label", &["Labeling & annotation"], osi),
        tool(
            "gone",
            &["Labeling & annotation", "Feature store", "Vector databases"],
            "[status]\nstate = \"archived\"\n",
        ),
    ];
    catalog(&texts.iter().map(String::as_str).collect::<Vec<_>>())
}

fn told(found: &Cover) -> String {
    let tools = found.tools.iter().map(|chosen| {
        let nodes = chosen.nodes.iter().map(NodeId::as_str).collect::<Vec<_>>().join("+");
        let others = chosen.others.iter().map(ToolId::as_str).collect::<Vec<_>>().join("+");
        let kept = if chosen.is_kept { " kept" } else { "" };
        format!("{}{kept} for {nodes} or {others}", chosen.tool)
    });
    tools.collect::<Vec<_>>().join(", ")
}

#[test]
fn one_tool_does_two_jobs_until_a_constraint_forbids_it() {
    let mut drawing = sketch("f:feature_store v:vector_index w:vector_index s:source_batch c:consumer");
    let catalog = some();
    let find = |drawing: &Architecture, scope| cover(drawing, &catalog, &Usage::default(), scope);
    let found = find(&drawing, Scope::Open);
    assert_eq!(told(&found), "both for f+v+w or ");
    assert_eq!((found.total, found.now, found.is_exact), (1, 0, true));
    drawing.constraints.without_kubernetes = true;
    let found = find(&drawing, Scope::Open);
    assert_eq!(told(&found), "feat for f or , vec for v+w or vec2");
    drawing.constraints.licenses = vec!["source-available".to_owned()];
    let found = find(&drawing, Scope::Open);
    assert_eq!(told(&found), "vec2 for v+w or ");
    assert_eq!(found.unfilled, ["f".into()]);
    assert_eq!(found.tools[0].unknown.len(), 1, "whether it needs Kubernetes is not known");
}

#[test]
fn what_the_drawing_has_costs_nothing_unless_all_is_asked_anew() {
    let drawing = sketch("f:feature_store=both v:vector_index l:labeling o:governance");
    let catalog = some();
    let found = cover(&drawing, &catalog, &Usage::default(), Scope::Open);
    assert_eq!(told(&found), "both kept for v or vec+vec2, label for l or ");
    assert_eq!((found.total, found.now), (2, 1));
    assert_eq!(found.unfilled, ["o".into()]);
    let drawing = sketch("f:feature_store=feat v:vector_index=vec l:labeling=elsewhere t:teleport");
    let found = cover(&drawing, &catalog, &Usage::default(), Scope::All);
    assert_eq!(told(&found), "both for f+v or , label for l or ");
    assert_eq!((found.total, found.now), (2, 3));
    assert_eq!(found.unfilled, ["t".into()]);
}

#[test]
fn each_box_gets_the_surest_of_the_chosen_and_all_are_put_in_by_one_step() {
    // Both do features: one by its own category, the other by a further one, and each is needed for something else.
    let texts = [
        tool("wide", &["Labeling & annotation", "Feature store"], ""),
        tool("feat", &["Feature store", "Vector databases"], ""),
        tool("ended", &["Vector databases"], "[status]\nstate = \"archived\"\n"),
    ];
    let catalog = catalog(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    let drawing = sketch("f:feature_store v:vector_index l:labeling g:governance c:consumer=mine");
    let found = cover(&drawing, &catalog, &Usage::default(), Scope::Open);
    let placed = found.placed(&drawing, &catalog);
    let told: Vec<_> =
        placed.iter().map(|placed| format!("{}: {}. {}", placed.node, placed.tool, placed.why)).collect();
    assert_eq!(
        told,
        [
            "f: feat. Its category, Feature store, is for this.",
            "l: wide. Its category, Labeling & annotation, is for this.",
            "v: feat. Vector databases, which is for this, is among its further categories.",
        ]
    );
    let mut filled = drawing.clone();
    let back = filled.apply(put_in(&drawing, &placed).unwrap());
    let tools = |id: &str| filled.nodes[&id.into()].tools.join(" ");
    assert_eq!(["c", "f", "g", "l", "v"].map(tools), ["mine", "feat", "", "wide", "feat"]);
    assert_eq!(put_in(&filled, &placed), None, "nothing would change");
    filled.apply(back);
    assert_eq!(filled, drawing);
}

//! Language models that answer from retrieved documents.

use super::{CONSUMER, Check, Found, Graph, Kinds, PREDICTIONS, artifacts, kinds};
use crate::architecture::graph::Artifacts;

/// The checks of this group.
pub(super) const CHECKS: &[(&str, Check)] =
    &[("LLM01", unguarded), ("LLM02", stale_index), ("LLM03", unevaluated_retrieval)];

const CONTEXT: Artifacts = artifacts(&["context"]);
const DOCUMENTS: Kinds = kinds(&["source_documents"]);
const INDEX: Kinds = kinds(&["vector_index"]);

fn unguarded(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    if !g.has(DOCUMENTS) {
        return;
    }
    let answers = g.leads_to(CONSUMER, PREDICTIONS, kinds(&["guardrails"]));
    let online = g.of(kinds(&["serving_online"]));
    found.nodes_where(online, |serving| answers[serving] && g.gets(serving, CONTEXT, Kinds::ANY));
}

fn stale_index(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    const BY: Artifacts = artifacts(&["trigger", "embeddings", "documents"]);
    let renewed = g.reach(&g.marked(kinds(&["orchestrator"])), BY);
    found.nodes_where(g.of(INDEX), |index| !renewed[index]);
}

fn unevaluated_retrieval(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    if g.has(DOCUMENTS) {
        found.nodes_where(g.of(INDEX), |index| !g.sends(index, CONTEXT, kinds(&["evaluation"])));
    }
}

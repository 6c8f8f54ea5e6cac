//! How models are made: on record, from versioned code, by a machine, and again when the world has changed.

use super::{Artifacts, Check, Found, Graph, Kinds, STARTS, TRAINING, artifacts, kinds};

/// The checks of this group.
pub(super) const CHECKS: &[(&str, Check)] = &[
    ("TRN01", untracked),
    ("TRN02", unversioned_code),
    ("TRN03", hand_started),
    ("TRN04", never_retrained),
    ("TRN05", configuration_debt),
];

const ORCHESTRATOR: Kinds = kinds(&["orchestrator"]);

fn untracked(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    const RECORD: Artifacts = artifacts(&["metrics", "metadata"]);
    const RECORDERS: Kinds = kinds(&["experiment_tracking", "metadata_store", "federated_coordinator"]);
    found.nodes_where(g.of(TRAINING), |training| !g.sends(training, RECORD, RECORDERS));
}

fn unversioned_code(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    const BY: Artifacts = artifacts(&["code", "config", "pipeline", "package", "trigger"]);
    let versioned = g.reach(&g.marked(kinds(&["code_repo"])), BY);
    found.nodes_where(g.of(TRAINING), |training| !versioned[training]);
}

fn hand_started(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    found.nodes_where(g.of(TRAINING), |training| !g.gets(training, STARTS, ORCHESTRATOR));
}

fn never_retrained(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    const ALARMS: Artifacts = STARTS.or(artifacts(&["alert"]));
    let alarmed = g.reach(&g.marked(kinds(&["monitoring", "alerting"])), ALARMS);
    let clocks: Vec<bool> =
        (0..g.len()).map(|node| g.is(node, ORCHESTRATOR) && g.set(node, "schedule")).collect();
    let scheduled = g.reach(&clocks, STARTS);
    found.nodes_where(g.of(TRAINING), |training| !alarmed[training] && !scheduled[training]);
}

fn configuration_debt(g: &Graph<'_>, found: &mut Found<'_, '_>) {
    const CONFIGURED: Artifacts = artifacts(&["config", "pipeline"]);
    let configurable = g.of(TRAINING.or(kinds(&["guardrails"])));
    found.nodes_where(configurable, |node| !g.gets(node, CONFIGURED, Kinds::ANY));
}

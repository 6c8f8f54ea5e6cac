//! The JSON shapes of `architecture tools`.

use serde_json::{Value, json};

use super::Answers;
use crate::architecture::constraints::ToolBreach;
use crate::architecture::fill::{
    Candidates, Cover, Fit, FlowIntegration, Gap, Integrations, Need, Operations, Record,
};
use crate::cli::tools::json::{between, evidence};

pub(super) fn answers(answers: &Answers) -> Value {
    json!({
        "candidates": answers.candidates.iter().map(candidates).collect::<Vec<_>>(),
        "cover": cover(&answers.cover, &answers.gaps),
        "integrations": integrations(&answers.integrations),
        "operations": operations(&answers.operations),
        "breaches": answers.breaches,
    })
}

pub(super) fn candidates(found: &Candidates) -> Value {
    let tools = found.tools.iter().map(|candidate| {
        let reasons = candidate.reasons.iter().map(|reason| {
            json!({
                "text": reason.text,
                "evidence": reason.sources.iter().map(evidence).collect::<Vec<_>>(),
            })
        });
        json!({
            "tool": candidate.tool,
            "name": candidate.name,
            "fit": match candidate.fit {
                Fit::Main => "main",
                Fit::Also => "also",
                Fit::Perhaps => "perhaps",
            },
            "neighbours": candidate.neighbours,
            "reasons": reasons.collect::<Vec<_>>(),
            "unknown": judged(&candidate.unknown),
        })
    });
    let excluded = found.excluded.iter().map(
        |excluded| json!({"tool": excluded.tool, "name": excluded.name, "broken": judged(&excluded.broken)}),
    );
    json!({
        "node": found.node,
        "tools": tools.collect::<Vec<_>>(),
        "excluded": excluded.collect::<Vec<_>>(),
    })
}

fn judged(all: &[ToolBreach]) -> Vec<Value> {
    all.iter().map(|one| json!({"constraint": one.constraint, "message": one.message})).collect()
}

fn cover(cover: &Cover, gaps: &[Gap]) -> Value {
    let gaps = gaps.iter().map(|gap| json!({"node": gap.node, "tools": gap.tools, "message": gap.message}));
    let tools = cover.tools.iter().map(|chosen| {
        json!({
            "tool": chosen.tool,
            "name": chosen.name,
            "kept": chosen.is_kept,
            "nodes": chosen.nodes,
            "others": chosen.others,
            "unknown": judged(&chosen.unknown),
        })
    });
    json!({
        "tools": tools.collect::<Vec<_>>(),
        "unfilled": cover.unfilled,
        "gaps": gaps.collect::<Vec<_>>(),
        "exact": cover.is_exact,
        "total": cover.total,
        "now": cover.now,
    })
}

fn integrations(found: &Integrations) -> Value {
    json!({
        "flows": found.flows.iter().map(flow).collect::<Vec<_>>(),
        "unfilled": found.unfilled,
    })
}

fn flow(flow: &FlowIntegration) -> Value {
    let pairs = flow.pairs.iter().map(|pair| {
        let (record, relations, standards) = match &pair.record {
            Record::Same => ("same", &[][..], &[][..]),
            Record::Told(relations) => ("told", relations.as_slice(), &[][..]),
            Record::Standards(names) => ("standards", &[][..], names.as_slice()),
            Record::None => ("none", &[][..], &[][..]),
            Record::NoEntry => ("no-entry", &[][..], &[][..]),
        };
        json!({
            "from": pair.from,
            "to": pair.to,
            "record": record,
            "relations": relations.iter().map(between).collect::<Vec<_>>(),
            "standards": standards,
        })
    });
    json!({
        "from": flow.flow.from,
        "to": flow.flow.to,
        "artifact": flow.flow.artifact,
        "known": flow.is_known(),
        "pairs": pairs.collect::<Vec<_>>(),
    })
}

fn operations(bill: &Operations) -> Value {
    let need = |need: &Need| json!({"yes": need.yes, "no": need.no, "unknown": need.unknown});
    let services = bill.services.iter().map(|service| {
        let by = service.by.iter().map(|(tool, sources)| {
            json!({"tool": tool, "evidence": sources.iter().map(evidence).collect::<Vec<_>>()})
        });
        json!({
            "tool": service.tool,
            "name": service.name,
            "drawn": service.is_drawn,
            "by": by.collect::<Vec<_>>(),
        })
    });
    json!({
        "tools": bill.tools,
        "without_entry": bill.strangers,
        "kubernetes": need(&bill.kubernetes),
        "gpu": need(&bill.gpu),
        "network": need(&bill.network),
        "languages": bill.languages,
        "languages_unknown": bill.languages_unknown,
        "deploy": bill.deploy,
        "deploy_unknown": bill.deploy_unknown,
        "services": services.collect::<Vec<_>>(),
    })
}

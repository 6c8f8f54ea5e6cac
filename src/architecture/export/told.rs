//! What the report and the decision record both tell: tools with licences, limits, findings, what operations need.

use std::collections::BTreeSet;

use super::Export;
use super::page::text;
use super::parts::{Filled, Part};
use crate::architecture::constraints::{Constraints, Standing};
use crate::architecture::fill::{Need, entry, operations};
use crate::architecture::lint::{Finding, lint};
use crate::architecture::maturity::maturity;
use crate::architecture::{Breach, constraints};
use crate::catalog::escape::markdown_link;
use crate::catalog::{Catalog, LicenseClass};
use crate::problem::Severity;
use crate::shown::counted;

/// The tools of a box, each with how open its licence is.
pub(super) fn tools(part: &Part<'_>) -> String {
    let told = part.tools.iter().map(tool).collect::<Vec<_>>();
    if told.is_empty() { "no tool yet".to_owned() } else { told.join(", ") }
}

fn tool(tool: &Filled<'_>) -> String {
    let name = tool.homepage().map_or_else(|| text(&tool.name), |url| markdown_link(&tool.name, url));
    let licence = match (tool.tool, tool.class()) {
        (None, _) => "not in the catalog".to_owned(),
        (_, LicenseClass::Unknown) => "licence unknown".to_owned(),
        (_, class) if tool.spdx().is_empty() => class.title().to_owned(),
        (_, class) => format!("{}, {}", text(tool.spdx()), class.title()),
    };
    format!("{name} ({licence})")
}

/// What an organisation allows, a sentence without a full stop each.
pub(super) fn limits(constraints: &Constraints) -> Vec<String> {
    let list = |words: &[String]| words.iter().map(|word| text(word)).collect::<Vec<_>>().join(", ");
    let class =
        |id: &String| LicenseClass::from_id(id).map_or_else(|| id.clone(), |class| class.title().to_owned());
    let classes: Vec<String> = constraints.licenses.iter().map(class).collect();
    let mut told = Vec::new();
    if !classes.is_empty() {
        told.push(format!("Licences are one of: {}", list(&classes)));
    }
    if constraints.air_gapped {
        told.push("Every tool works without a network".to_owned());
    }
    if constraints.without_kubernetes {
        told.push("No tool needs Kubernetes".to_owned());
    }
    if !constraints.languages.is_empty() {
        told.push(format!("Tools are written in, or are for, one of: {}", list(&constraints.languages)));
    }
    if !constraints.foundations.is_empty() {
        told.push(format!("Tools are hosted by one of: {}", list(&constraints.foundations)));
    }
    if let Some(most) = constraints.most_tools {
        told.push(format!("Different tools: at most {most}"));
    }
    let unknown = constraints.extra.keys();
    told.extend(unknown.map(|key| format!("Not known to this version, and not checked: {}", text(key))));
    told
}

/// What is broken of the limits, then what nobody knows of them, with the boxes.
pub(super) fn breaches(export: &Export<'_>) -> Vec<String> {
    let mut found = constraints::check(export.drawing, export.catalog);
    found.sort_by_key(|breach| breach.is);
    let at = |breach: &Breach| {
        let node = breach.node.as_ref().and_then(|id| export.drawing.nodes.get(id));
        node.map_or_else(String::new, |node| format!("{}: ", text(node.title())))
    };
    let told = found.iter().map(|breach| {
        let is = if breach.is == Standing::Broken { "Broken" } else { "Unknown" };
        format!("**{is}.** {}{}", at(breach), text(&breach.message))
    });
    let mut told: Vec<String> = told.collect();
    // What nobody knows of a tool is unknown for each limit, and told once.
    told.dedup();
    told
}

/// Findings of one severity, each with what to do.
pub(super) fn findings(export: &Export<'_>, severity: Severity) -> Vec<String> {
    let of = export.judged.findings.iter().filter(|finding| finding.severity == severity);
    of.map(finding).collect()
}

fn finding(finding: &Finding) -> String {
    let rule = finding.rule;
    let (name, id, message) = (text(&rule.name), text(&rule.id), text(&finding.message));
    format!("**{name}** ({id}): {message}. What to do: {}.", text(&rule.suggestion))
}

/// What people live with, and why.
pub(super) fn lived_with(export: &Export<'_>) -> Vec<String> {
    let told = export.judged.lived_with.iter().map(|finding| {
        let why = text(finding.suppressed.as_deref().unwrap_or_default());
        let name = text(&finding.rule.name);
        format!("**{name}** ({}): {}. Why: {why}", text(&finding.rule.id), text(&finding.message))
    });
    told.collect()
}

/// How mature the sources alone make the drawing, in a sentence; empty where nobody said what they report, or only that is
/// exported.
pub(super) fn reported_maturity(export: &Export<'_>) -> String {
    if export.is_reported || export.drawing.evidence().is_none() {
        return String::new();
    }
    let reported = export.drawing.as_reported();
    let part = maturity(&reported, &lint(&reported));
    format!(
        "What its sources report, alone: Google level {} of 2, Microsoft level {} of 4, {} of {} components.",
        part.google,
        part.microsoft,
        part.covered(),
        part.components.len()
    )
}

/// The tools whose licence is known and not one of open source, each once with its class; empty where there is none.
pub(super) fn not_open(export: &Export<'_>) -> String {
    let tools = export.drawing.nodes.values().flat_map(|node| &node.tools);
    let entries = tools.filter_map(|id| entry(export.catalog, id));
    let closed =
        entries.filter(|tool| !matches!(tool.license_class(), LicenseClass::Osi | LicenseClass::Unknown));
    let told = closed.map(|tool| format!("{} ({})", text(&tool.name), tool.license_class().title()));
    told.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(", ")
}

/// What the tools need to run, as far as the catalog tells, a clause each; nothing where there are none.
pub(super) fn operation(export: &Export<'_>) -> Vec<String> {
    let bill = operations(export.drawing, export.catalog);
    if bill.tools.is_empty() {
        return Vec::new();
    }
    let names = |ids: &[String]| ids.iter().map(|id| name(id, export.catalog)).collect::<Vec<_>>().join(", ");
    let need = |what: &str, need: &Need| {
        let unknown = if need.unknown.is_empty() {
            String::new()
        } else {
            format!(" (unknown for {})", counted(need.unknown.len(), "tool", "tools"))
        };
        match (need.yes.is_empty(), need.unknown.is_empty()) {
            (false, _) => format!("{what} is needed by {}{unknown}", names(&need.yes)),
            (true, false) => format!("no tool is known to need {what}{unknown}"),
            (true, true) => format!("no tool needs {what}"),
        }
    };
    let mut told = vec![
        need("Kubernetes", &bill.kubernetes),
        need("a GPU", &bill.gpu),
        need("a network", &bill.network),
    ];
    let languages =
        bill.languages.iter().map(|(language, tools)| format!("{} ({})", text(language), tools.len()));
    let languages: Vec<String> = languages.collect();
    if !languages.is_empty() {
        told.push(format!("tools are written in, or are for, {}", languages.join(", ")));
    }
    for service in &bill.services {
        let by: Vec<String> = service.by.iter().map(|(id, _)| id.clone()).collect();
        let drawn = if service.is_drawn { "" } else { ", which no box names" };
        told.push(format!("by the catalog these run on {}{drawn}: {}", text(&service.name), names(&by)));
    }
    if !bill.strangers.is_empty() {
        told.push(format!("nothing is known of what is not in the catalog: {}", names(&bill.strangers)));
    }
    told
}

fn name(id: &str, catalog: &Catalog) -> String {
    text(entry(catalog, id).map_or(id, |tool| &tool.name))
}

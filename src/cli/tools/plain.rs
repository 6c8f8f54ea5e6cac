//! What `tools list`, `show` and `check` print for people.

use std::io::{self, Write};

use super::json;
use crate::catalog::{Coverage, Finding, Layer, Tool};
use crate::problem::Severity;
use crate::shown::one_line;

/// One tool a line, in columns as wide as their longest value.
pub(super) fn table(tools: &[&Tool], out: &mut dyn Write) -> io::Result<()> {
    let head = ["ID", "NAME", "STAGES", "CATEGORY", "LICENCE", "FOUNDATION", "CLAIMS"].map(str::to_owned);
    let mut rows = vec![head];
    rows.extend(tools.iter().map(|tool| {
        [
            tool.id.to_string(),
            tool.name.clone(),
            stages(tool),
            tool.category.clone().unwrap_or_default(),
            license(tool),
            foundations(tool),
            tool.claims.len().to_string(),
        ]
    }));
    let mut widths = [0; 7];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    for row in &rows {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}"));
        writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    let noun = if tools.len() == 1 { "tool" } else { "tools" };
    writeln!(out, "\n{} {noun}", tools.len())
}

fn stages(tool: &Tool) -> String {
    tool.stages.iter().map(|s| s.id()).collect::<Vec<_>>().join(", ")
}

fn license(tool: &Tool) -> String {
    tool.license.spdx.clone().unwrap_or_else(|| tool.license.class.id().to_owned())
}

fn foundations(tool: &Tool) -> String {
    let one = |f: &crate::catalog::Foundation| match &f.maturity {
        Some(maturity) => format!("{} ({maturity})", f.org),
        None => f.org.clone(),
    };
    tool.foundations.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// All that is known of one tool.
pub(super) fn page(tool: &Tool, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{} ({})", tool.name, tool.id)?;
    if let Some(summary) = &tool.summary {
        writeln!(out, "{summary}")?;
    }
    writeln!(out)?;
    let license = match &tool.license.note {
        Some(note) => format!("{} ({note})", license(tool)),
        None => license(tool),
    };
    let status = match tool.status.seen_on {
        Some(day) => format!("{} (seen {day})", tool.status.status.id()),
        None => tool.status.status.id().to_owned(),
    };
    let repos: Vec<&str> = tool.repos.iter().map(|r| r.url.as_str()).collect();
    let lines = [
        ("Category", tool.category.clone().unwrap_or_default()),
        ("Stages", stages(tool)),
        ("Licence", license),
        ("Status", status),
        ("Foundation", foundations(tool)),
        ("Homepage", tool.homepage.clone().unwrap_or_default()),
        ("Docs", tool.docs.clone().unwrap_or_default()),
        ("Repository", repos.join(", ")),
        ("Languages", tool.languages.join(", ")),
        ("Also called", tool.aliases.join(", ")),
        ("Note", tool.note.clone().unwrap_or_default()),
    ];
    for (label, value) in lines.iter().filter(|(_, value)| !value.is_empty()) {
        writeln!(out, "{label:<12}{value}")?;
    }
    let overlaid: Vec<&str> = json::overlaid(tool).map(|(field, _)| field.key()).collect();
    if !overlaid.is_empty() {
        writeln!(out, "{:<12}{}", "Workspace", overlaid.join(", "))?;
    }
    for claim in &tool.claims {
        let layer = match claim.layer {
            Layer::Bundled => String::new(),
            layer => format!(", {}", layer.id()),
        };
        let (sign, topic, status) = (claim.polarity.title(), &claim.topic, claim.status.id());
        writeln!(out, "\n{sign} [{topic}, {status}{layer}] {}", claim.text)?;
        for evidence in &claim.evidence {
            let read =
                evidence.accessed.map_or_else(|| "not read again".to_owned(), |day| format!("read {day}"));
            writeln!(out, "    {} ({read})", evidence.url)?;
        }
    }
    for relation in &tool.relations {
        writeln!(out, "\n{} {}", relation.kind.title(), relation.target)?;
    }
    Ok(())
}

/// One finding a line, and how many there are of each sort.
pub(super) fn findings(findings: &[Finding], files: usize, out: &mut dyn Write) -> io::Result<()> {
    for finding in findings {
        let line = finding.line.map(|l| format!(":{l}")).unwrap_or_default();
        let severity = match finding.severity {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        // Names of files and what stands in them come from anywhere.
        let (at, message) = (one_line(&finding.at), one_line(&finding.message));
        writeln!(out, "{severity}: {at}{line}: {message} [{}]", finding.rule)?;
    }
    let count = |severity| findings.iter().filter(|f| f.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    writeln!(out, "{files} entries checked: {errors} errors, {warnings} warnings")
}

/// How much is known, as short tables with their counts below each other.
pub(super) fn coverage(coverage: &Coverage, out: &mut dyn Write) -> io::Result<()> {
    let total = coverage.total;
    writeln!(out, "{:<34} {:>8} {:>8} {:>8}", "COVERAGE", "complete", "partial", "basic")?;
    writeln!(
        out,
        "{:<34} {:>8} {:>8} {:>8}",
        format!("{} tools", total.all()),
        total.complete,
        total.partial,
        total.basic
    )?;
    let stages = coverage.by_stage.iter().map(|(stage, split)| (stage.id(), split));
    let categories = coverage.by_category.iter().map(|(name, split)| (name.as_str(), split));
    for (name, split) in stages.chain(categories.filter(|(_, split)| split.complete + split.partial > 0)) {
        writeln!(out, "  {name:<32} {:>8} {:>8} {:>8}", split.complete, split.partial, split.basic)?;
    }
    writeln!(out, "\n{:<34} {:>8} {:>8}", "UNKNOWN", "complete", "all")?;
    for unknown in &coverage.unknown_by_field {
        writeln!(out, "  {:<32} {:>8} {:>8}", unknown.field, unknown.complete, unknown.all)?;
    }
    if !coverage.lacking.is_empty() {
        writeln!(out, "\n{:<34} {:>8}", "PARTIAL TOOLS LACK", "tools")?;
        for (field, tools) in &coverage.lacking {
            writeln!(out, "  {field:<32} {tools:>8}")?;
        }
    }
    writeln!(out, "\n{:<34} {:>8} {:>8}", "CLAIMS", "reviewed", "all")?;
    for (polarity, read, all) in &coverage.polarity {
        writeln!(out, "  {:<32} {read:>8} {all:>8}", polarity.id())?;
    }
    writeln!(out, "  {:<32} {:>8} {:>8}", "drafts", "", coverage.drafts.len())?;
    writeln!(out, "  {:<32} {:>8} {:>8}", "stale", "", coverage.stale.len())?;
    writeln!(out, "\n{:<34} {:>8} {:>8}", "RELATIONS", "with via", "all")?;
    writeln!(out, "  {:<32} {:>8} {:>8}", "", coverage.relations_with_via, coverage.relations)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_in_foreign_files_steers_no_terminal() {
        let finding = Finding {
            rule: "not-toml",
            severity: Severity::Error,
            at: "tools/\u{1b}[31mred\n.toml".to_owned(),
            line: Some(3),
            message: "no key\u{7}".to_owned(),
        };
        let mut out = Vec::new();
        findings(&[finding], 1, &mut out).unwrap();
        let expected = "error: tools/\\u{1b}[31mred\\n.toml:3: no key\\u{7} [not-toml]\n\
                        1 entries checked: 1 errors, 0 warnings\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}

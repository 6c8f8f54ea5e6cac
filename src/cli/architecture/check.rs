//! `architecture check`: what is wrong in a drawing, and how mature it is.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::{ArchitectureCliError, catalog_of, constraints_lines};
use crate::architecture::constraints::{self, Standing};
use crate::architecture::lint::{self, lint};
use crate::architecture::{Architecture, Breach, Finding, Maturity, Rule, maturity};
use crate::cli::one_line;
use crate::problem::Severity;

pub(super) const EXAMPLES: &str = "Examples:
  mlops-atlas architecture check ours.architecture.json
  mlops-atlas architecture check template:rag-ops --json

Also holds the tools against what `constraints` of the file allow, from the facts of the catalog. Exits with 1 on an error of
a rule and on a broken constraint; a fact that the catalog does not know is told and is no error.";

/// The arguments of `architecture check`.
#[derive(Clone, Debug, Args)]
pub struct CheckArguments {
    /// The drawing: a file, or template:ID
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Print one JSON value: {findings:[{rule,severity,at,message,suggestion}],maturity:{google,microsoft,components},
    /// constraints:[{constraint,node,tool,is,message}]}
    #[arg(long)]
    pub json: bool,
    /// Lay this workspace's catalog/tools/*.toml over the shipped catalog
    #[arg(long, value_name = "DIR")]
    pub workspace: Option<PathBuf>,
}

#[derive(Serialize)]
struct Answer<'a> {
    findings: Vec<Told<'a>>,
    maturity: Levels,
    constraints: &'a [Breach],
    /// Only there when there are any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressed: Vec<Suppressed<'a>>,
    /// The rules that the drawing or its rule sets turn off; only there when there are any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    off: Vec<&'a str>,
}

#[derive(Serialize)]
struct Suppressed<'a> {
    rule: &'a str,
    at: Vec<String>,
    reason: &'a str,
}

#[derive(Serialize)]
struct Told<'a> {
    rule: &'a str,
    severity: Severity,
    at: Vec<String>,
    message: &'a str,
    suggestion: &'a str,
}

#[derive(Serialize)]
struct Levels {
    google: u8,
    microsoft: u8,
    components: usize,
}

/// Prints the answer; 1 when there is an error in the drawing or some of the file could not be read.
pub(super) fn run(
    arguments: &CheckArguments,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, ArchitectureCliError> {
    let (drawing, mut lost) = super::open(&arguments.file, err)?;
    let mut breaches = Vec::new();
    if !drawing.constraints.is_empty() || arguments.workspace.is_some() {
        let (catalog, status) = catalog_of(arguments.workspace.as_deref(), err)?;
        breaches = constraints::check(&drawing, &catalog);
        lost = lost.max(status);
    }
    let findings = lint(&drawing);
    let maturity = maturity(&drawing, &findings);
    let (findings, suppressed): (Vec<Finding>, Vec<Finding>) =
        findings.into_iter().partition(Finding::is_open);
    let is_off = |rule: &&Rule| lint::severity(rule, &drawing).is_none();
    let off: Vec<&str> = lint::rules().iter().filter(is_off).map(|rule| rule.id.as_str()).collect();
    if arguments.json {
        let answer = Answer {
            findings: findings
                .iter()
                .map(|finding| Told {
                    rule: &finding.rule.id,
                    severity: finding.severity,
                    at: finding.place.at(),
                    message: &finding.message,
                    suggestion: &finding.rule.suggestion,
                })
                .collect(),
            maturity: Levels {
                google: maturity.google,
                microsoft: maturity.microsoft,
                components: maturity.covered(),
            },
            constraints: &breaches,
            suppressed: suppressed
                .iter()
                .map(|finding| Suppressed {
                    rule: &finding.rule.id,
                    at: finding.place.at(),
                    reason: finding.suppressed.as_deref().unwrap_or_default(),
                })
                .collect(),
            off,
        };
        writeln!(out, "{}", serde_json::to_string(&answer)?)?;
    } else {
        report(&drawing, (&findings, &suppressed), &breaches, &maturity, out)?;
        if !off.is_empty() {
            writeln!(out, "  off in this drawing: {}", off.join(", "))?;
        }
    }
    let wrong = findings.iter().any(|finding| finding.severity == Severity::Error)
        || breaches.iter().any(|breach| breach.is == Standing::Broken);
    Ok(lost.max(u8::from(wrong)))
}

/// Severities from the worst, with what one and several of them are called.
const SEVERITIES: [(Severity, &str, &str); 3] = [
    (Severity::Error, "error", "errors"),
    (Severity::Warning, "warning", "warnings"),
    (Severity::Info, "note", "notes"),
];

fn report(
    drawing: &Architecture,
    (findings, suppressed): (&[Finding], &[Finding]),
    breaches: &[Breach],
    maturity: &Maturity,
    out: &mut dyn Write,
) -> Result<(), ArchitectureCliError> {
    let counts: Vec<String> = SEVERITIES
        .iter()
        .map(|(severity, one, many)| {
            let count = findings.iter().filter(|finding| finding.severity == *severity).count();
            format!("{count} {}", if count == 1 { one } else { many })
        })
        .collect();
    let broken = breaches.iter().filter(|breach| breach.is == Standing::Broken).count();
    let broken = match broken {
        0 => String::new(),
        1 => ", 1 broken constraint".to_owned(),
        many => format!(", {many} broken constraints"),
    };
    writeln!(out, "{}: {}{broken}", one_line(&drawing.title), counts.join(", "))?;
    for (severity, _, heading) in SEVERITIES {
        let mut last = None;
        for finding in findings.iter().filter(|finding| finding.severity == severity) {
            if last.is_none() {
                writeln!(out, "\n{}{}", heading[..1].to_uppercase(), &heading[1..])?;
            }
            if last != Some(finding.rule) {
                writeln!(out, "  {}  {}", finding.rule.id, finding.rule.suggestion)?;
            }
            last = Some(finding.rule);
            writeln!(out, "         {}{}", one_line(&finding.message), one_line(&place(finding)))?;
        }
    }
    if !breaches.is_empty() {
        writeln!(out)?;
        constraints_lines(breaches, out)?;
    }
    if !suppressed.is_empty() {
        writeln!(out, "\nSuppressed")?;
    }
    for finding in suppressed {
        let reason = one_line(finding.suppressed.as_deref().unwrap_or_default());
        writeln!(out, "  {}  {}{}", finding.rule.id, one_line(&finding.message), one_line(&place(finding)))?;
        writeln!(out, "         because: {reason}")?;
    }
    let Maturity { google, microsoft, google_missing, microsoft_missing, components } = maturity;
    writeln!(
        out,
        "\nEstimated from the drawing: Google level {google} of 2, Microsoft level {microsoft} of 4, {} of {} components",
        maturity.covered(),
        components.len()
    )?;
    if drawing.evidence().is_some() {
        let reported = drawing.as_reported();
        let part = crate::architecture::maturity::maturity(&reported, &lint(&reported));
        writeln!(
            out,
            "What its sources report, alone: Google level {} of 2, Microsoft level {} of 4, {} of {} components",
            part.google,
            part.microsoft,
            part.covered(),
            part.components.len()
        )?;
    }
    for (scale, level, missing) in
        [("Google", google, google_missing), ("Microsoft", microsoft, microsoft_missing)]
    {
        for condition in missing {
            writeln!(out, "  for {scale} {}: {}", level + 1, condition.sentence())?;
        }
    }
    for component in components.iter().filter(|component| component.nodes.is_empty()) {
        writeln!(out, "  {} is missing: {}", component.id, component.name)?;
    }
    Ok(())
}

/// The ids after a message, which names the labels.
fn place(finding: &Finding) -> String {
    let at = finding.place.at();
    if at.is_empty() { String::new() } else { format!("  [{}]", at.join(", ")) }
}

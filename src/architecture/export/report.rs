//! The report in Markdown: what the drawing is, what fills it, what the rules say, and what hurts most when it changes.

use super::page::{Page, address, text};
use super::parts::Parts;
use super::{Export, mermaid, told};
use crate::architecture::NodeLinks;
use crate::architecture::impact::riskiest;
use crate::architecture::maturity::Missing;
use crate::architecture::model::NodeId;
use crate::problem::Severity;
use crate::shown::counted;

/// The picture that lies beside a report.
#[derive(Clone, Copy, Debug)]
pub struct Beside<'a> {
    /// The name of its file.
    pub name: &'a str,
    /// What is marked on it, in words without a full stop; empty for findings.
    pub shows: &'a str,
}

/// Boxes whose change is told.
const RISKIEST: usize = 5;

/// Writes the page. The drawing on it is the picture of this name beside it; without one it is drawn by Mermaid.
pub(super) fn text_of(export: &Export<'_>, parts: &Parts<'_>, picture: Option<Beside<'_>>) -> String {
    let mut page = Page::default();
    page.heading(1, &text(&export.title()));
    page.paragraph(&text(&export.drawing.summary));
    about(&mut page, export, parts);
    page.heading(2, "Drawing");
    match picture {
        Some(Beside { name, shows }) => {
            page.picture(&export.title(), name);
            if !shows.is_empty() {
                page.paragraph(&format!("Marked on it: {}.", text(shows)));
            }
        }
        None => page.code("mermaid", &mermaid::flowchart(export, parts)),
    }
    boxes(&mut page, parts);
    links(&mut page, parts);
    flows(&mut page, parts);
    findings(&mut page, export);
    maturity(&mut page, export);
    limits(&mut page, export);
    impact(&mut page, export);
    page.heading(2, "Sources");
    let sources = &export.drawing.source;
    page.paragraph(if sources.is_empty() { "The drawing names no source." } else { "" });
    page.list('-', sources.iter().map(|url| address(url)));
    page.finish()
}

/// What it is for, how large it is, and on what it rests.
fn about(page: &mut Page, export: &Export<'_>, parts: &Parts<'_>) {
    let drawing = export.drawing;
    let boxes = counted(parts.boxes().count(), "box", "boxes");
    let flows = counted(parts.flows.len(), "flow", "flows");
    let lanes = counted(parts.filled().count(), "lane", "lanes");
    let mut size = format!("{boxes} and {flows} in {lanes}, as of {}.", export.today);
    if !drawing.domain.trim().is_empty() {
        size = format!("Domain: {}. {size}", text(&drawing.domain));
    }
    if parts.left_out > 0 {
        let flows = counted(parts.left_out, "flow is", "flows are");
        size = format!("{size} {flows} left out, since an end does not exist.");
    }
    page.paragraph(&size);
    if let Some(guide) = &drawing.guide {
        if !guide.purpose.trim().is_empty() {
            page.heading(2, "Purpose");
            page.paragraph(&text(&guide.purpose));
        }
        for (title, reasons) in [("Take it when", &guide.use_when), ("Rather not when", &guide.avoid_when)] {
            if !reasons.is_empty() {
                page.heading(2, title);
                page.list('-', reasons.iter().map(|reason| text(reason)));
            }
        }
    }
    page.heading(2, "Evidence");
    page.paragraph(&match drawing.evidence() {
        _ if export.is_reported => "Only what the sources report is on this page.".to_owned(),
        None => "Nobody said on what the parts of the drawing rest.".to_owned(),
        Some(evidence) => format!(
            "The sources report {} of {} boxes and {} of {} flows. What was added so that the drawing is complete is \
             marked as added.",
            evidence.nodes,
            drawing.nodes.len(),
            evidence.flows,
            drawing.flows.len()
        ),
    });
}

fn boxes(page: &mut Page, parts: &Parts<'_>) {
    page.heading(2, "Boxes and tools");
    if parts.boxes().next().is_none() {
        page.paragraph("The drawing has no boxes.");
    }
    for lane in parts.filled() {
        page.heading(3, &text(&lane.title));
        let rows = lane.boxes.iter().map(|part| {
            let added = if part.node.is_added() { " (added)" } else { "" };
            vec![format!("{}{added}", text(&part.title)), text(&part.kind()), told::tools(part)]
        });
        page.table(&["Box", "Kind", "Tools"], rows);
    }
}

/// Who is in charge of which box, and where it leads; nothing where no box says so.
fn links(page: &mut Page, parts: &Parts<'_>) {
    let told: Vec<_> = parts.boxes().filter(|part| !part.node.links.is_empty()).collect();
    if told.is_empty() {
        return;
    }
    page.heading(2, "Who and where");
    let addresses = |urls: &[String]| urls.iter().map(|url| address(url)).collect::<Vec<_>>().join(", ");
    let rows = told.into_iter().map(|part| {
        let NodeLinks { links, repository, runs, .. } = &*part.node.links;
        let runs = text(runs.as_deref().unwrap_or_default());
        let [repository, links] = [addresses(repository.as_slice()), addresses(links)];
        vec![text(&part.title), text(&part.owners()), repository, links, runs]
    });
    page.table(&["Box", "Owners", "Repository", "Links", "Runs"], rows);
}

fn flows(page: &mut Page, parts: &Parts<'_>) {
    page.heading(2, "Flows");
    if parts.flows.is_empty() {
        page.paragraph("The drawing has no flows.");
    }
    // From lane to lane, as the drawing is read.
    let mut lines: Vec<_> = parts.flows.iter().collect();
    lines.sort_by_key(|line| (line.from, line.to));
    let is_told = lines.iter().any(|line| line.flow.is_added());
    let rows = lines.into_iter().map(|line| {
        let [from, to] = [line.from, line.to].map(|at| text(&parts.at(at).title));
        let mut row = vec![from, to, text(&line.artifact())];
        if is_told {
            row.push(if line.flow.is_added() { "added" } else { "" }.to_owned());
        }
        row
    });
    let head = ["From", "To", "What flows", "Basis"];
    page.table(&head[..if is_told { 4 } else { 3 }], rows);
}

fn findings(page: &mut Page, export: &Export<'_>) {
    page.heading(2, "Findings");
    if export.judged.findings.is_empty() {
        page.paragraph("The rules find nothing that is wrong.");
    }
    for (severity, title) in
        [(Severity::Error, "Errors"), (Severity::Warning, "Warnings"), (Severity::Info, "Hints")]
    {
        let found = told::findings(export, severity);
        if !found.is_empty() {
            page.heading(3, &format!("{title} ({})", found.len()));
            page.list('-', found);
        }
    }
    let lived_with = told::lived_with(export);
    if !lived_with.is_empty() {
        page.heading(3, &format!("Lived with ({})", lived_with.len()));
        page.list('-', lived_with);
    }
}

fn maturity(page: &mut Page, export: &Export<'_>) {
    let maturity = &export.judged.maturity;
    page.heading(2, "Maturity");
    page.paragraph("An estimate from the drawing: nobody looked at the system.");
    for (scale, level, most, missing) in [
        ("Google", maturity.google, 2, &maturity.google_missing),
        ("Microsoft", maturity.microsoft, 4, &maturity.microsoft_missing),
    ] {
        let next = if missing.is_empty() { "the highest level." } else { "for the next level:" };
        page.paragraph(&format!("**{scale}: {level} of {most}**, {next}"));
        page.list('-', missing.iter().map(Missing::sentence).map(|sentence| text(&sentence)));
    }
    let all = maturity.components.len();
    let lacking = maturity.components.iter().filter(|component| component.nodes.is_empty());
    let lacking: Vec<String> =
        lacking.map(|component| format!("{} {}", component.id, component.name)).collect();
    let lacking =
        if lacking.is_empty() { String::new() } else { format!(" Missing: {}.", text(&lacking.join(", "))) };
    page.paragraph(&format!("**Components: {} of {all}.**{lacking}", maturity.covered()));
    page.paragraph(&told::reported_maturity(export));
}

fn limits(page: &mut Page, export: &Export<'_>) {
    page.heading(2, "Constraints");
    let limits = told::limits(&export.drawing.constraints);
    if limits.is_empty() {
        page.paragraph("No limit is set.");
        return;
    }
    page.list('-', limits);
    let breaches = told::breaches(export);
    page.paragraph(if breaches.is_empty() {
        "All of them are kept."
    } else {
        "What does not keep them for sure:"
    });
    page.list('-', breaches);
}

fn impact(page: &mut Page, export: &Export<'_>) {
    page.heading(2, "What changes with the riskiest boxes");
    let found = riskiest(export.drawing, RISKIEST);
    if found.is_empty() {
        page.paragraph("No change of a box reaches another one.");
        return;
    }
    page.paragraph("The boxes whose change reaches most others once feedback has closed the loops.");
    let title =
        |id: &NodeId| export.drawing.nodes.get(id).map_or_else(String::new, |node| text(node.title()));
    let names = |ids: &[NodeId]| {
        let names: Vec<String> = ids.iter().map(title).collect();
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    };
    let rows = found.iter().map(|(id, impact)| {
        let share = format!("{} ({:.0} %)", impact.full, impact.cace * 100.0);
        let unguarded = names(&impact.unguarded_consumers);
        vec![
            title(id),
            share,
            impact.direct.to_string(),
            names(&impact.retrain),
            names(&impact.redeploy),
            unguarded,
        ]
    });
    let head = [
        "Box",
        "Change in the end",
        "Before feedback",
        "Retrain",
        "Redeploy",
        "Consumers without a gate before them",
    ];
    page.table(&head, rows);
}

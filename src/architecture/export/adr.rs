//! A decision record in the shape of MADR 4: everything that is known is there, the reason for the decision is a person's.

use super::page::{Page, address, text};
use super::parts::Parts;
use super::{Export, told};
use crate::architecture::lint::{rule_set, rules, severity};
use crate::problem::Severity;
use crate::shown::counted;

/// Writes the record.
pub(super) fn text_of(export: &Export<'_>, parts: &Parts<'_>) -> String {
    let title = text(&export.title());
    let mut page = Page::default();
    page.raw(&format!("---\nstatus: proposed\ndate: {}\n---", export.today));
    page.heading(1, &title);
    context(&mut page, export, parts);
    page.heading(2, "Decision Drivers");
    let limits = told::limits(&export.drawing.constraints);
    page.list('*', if limits.is_empty() { vec!["The drawing sets no limits".to_owned()] } else { limits });
    page.heading(2, "Considered Options");
    page.list('*', [title.clone()]);
    page.paragraph("Which others were weighed is not in the drawing.");
    page.heading(2, "Decision Outcome");
    page.raw("<!-- To be filled in by whoever decides, then set the status to accepted. -->");
    page.paragraph(&format!("Chosen option: \"{title}\", because {{say why}}."));
    let boxes = parts.lanes.iter().flat_map(|lane| lane.boxes.iter().map(move |part| (lane, part)));
    let rows = boxes.map(|(lane, part)| {
        let added = if part.node.is_added() && !export.is_reported { " (added)" } else { "" };
        vec![
            text(&lane.title),
            format!("{}{added}", text(&part.title)),
            told::tools(part),
            text(&part.owners()),
        ]
    });
    page.table(&["Lane", "Box", "Tools", "Owners"], rows);
    consequences(&mut page, export);
    confirmation(&mut page, export);
    page.heading(2, "More Information");
    let sources = &export.drawing.source;
    page.paragraph(if sources.is_empty() {
        "The drawing names no source."
    } else {
        "Sources of the drawing:"
    });
    page.list('*', sources.iter().map(|url| address(url)));
    page.finish()
}

fn context(page: &mut Page, export: &Export<'_>, parts: &Parts<'_>) {
    page.heading(2, "Context and Problem Statement");
    page.raw("<!-- To be filled in: what is needed, and by whom. -->");
    let guide = export.drawing.guide.as_ref();
    page.paragraph(&text(&export.drawing.summary));
    page.paragraph(&text(guide.map_or("", |guide| &guide.purpose)));
    let boxes = counted(parts.boxes().count(), "box", "boxes");
    let flows = counted(parts.flows.len(), "flow", "flows");
    let part = if export.is_reported { ", only what its sources report" } else { "" };
    page.paragraph(&format!("The drawing has {boxes} and {flows}{part}."));
}

/// What operations need, and what the rules find.
fn consequences(page: &mut Page, export: &Export<'_>) {
    page.heading(3, "Consequences");
    let needs = told::operation(export).into_iter().map(|need| format!("Neutral, because {need}"));
    let errors =
        told::findings(export, Severity::Error).into_iter().map(|found| format!("Bad, because {found}"));
    let warnings =
        told::findings(export, Severity::Warning).into_iter().map(|found| format!("Bad, because {found}"));
    let lived_with = told::lived_with(export)
        .into_iter()
        .map(|found| format!("Neutral, because it is lived with: {found}"));
    let breaches =
        told::breaches(export).into_iter().map(|breach| format!("Bad, because of a limit: {breach}"));
    let mut all: Vec<String> =
        errors.chain(warnings).chain(breaches).chain(needs).chain(lived_with).collect();
    let closed = told::not_open(export);
    if !closed.is_empty() {
        all.push(format!("Neutral, because the licences of these are not those of open source: {closed}"));
    }
    if export.judged.counts()[..2] == [0, 0] {
        all.insert(0, "Good, because the rules find neither an error nor a warning".to_owned());
    }
    page.list('*', all);
}

/// The rules that will tell whether the decision is kept.
fn confirmation(page: &mut Page, export: &Export<'_>) {
    page.heading(3, "Confirmation");
    let asked = rules().iter().filter(|rule| severity(rule, export.drawing).is_some()).count();
    let sets = export.drawing.ruleset.iter();
    let sets: Vec<String> =
        sets.map(|id| text(rule_set(id).map_or(id.as_str(), |set| set.title.as_str()))).collect();
    let sets = if sets.is_empty() { String::new() } else { format!(" (rule sets: {})", sets.join(", ")) };
    let [errors, warnings, hints] = export.judged.counts();
    page.paragraph(&format!(
        "The drawing is held against {} of {} rules{sets} by `mlops-atlas architecture check`, which finds {}, {} and {} \
         now and exits with 1 on an error.",
        asked,
        rules().len(),
        counted(errors, "error", "errors"),
        counted(warnings, "warning", "warnings"),
        counted(hints, "hint", "hints"),
    ));
    let maturity = &export.judged.maturity;
    page.paragraph(&format!(
        "By the drawing its maturity is {} of 2 (Google) and {} of 4 (Microsoft).",
        maturity.google, maturity.microsoft
    ));
    page.paragraph(&told::reported_maturity(export));
}

//! What the catalog tells of two tools of which one takes the place of the other.

use egui::Ui;

use super::name_of;
use crate::architecture::constraints;
use crate::architecture::fill::{Compared, Lost, Standing, Swap};
use crate::shown::counted;
use crate::state::Drawing;
use crate::ui::View;
use crate::ui::studio::findings::sign;
use crate::ui::studio::inspector::source_ui;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, fact_with, section_head, wrapped};

pub(super) fn swap_ui(ui: &mut Ui, view: &mut View<'_>, drawing: Drawing<'_>, found: &Swap) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    ui.add_space(12.0);
    section_head(ui, "What is known of the two tools");
    let stranger = match found.strangers {
        [false, false] => None,
        [true, false] => Some("The tool that goes has no entry in the catalog, so nothing can be compared."),
        [false, true] => Some("The tool that comes has no entry in the catalog, so nothing can be compared."),
        [true, true] => Some("Neither has an entry in the catalog, so nothing can be compared."),
    };
    if let Some(text) = stranger {
        wrapped(ui, text, &Ink::new(theme.body(), c.text_2));
    }
    for each in &found.facts {
        fact_ui(ui, each);
    }
    let mut read: Vec<&str> = Vec::new();
    for source in found.facts.iter().flat_map(|each| each.from.sources.iter().chain(&each.to.sources)) {
        if !read.contains(&source.url.as_str()) {
            read.push(&source.url);
            source_ui(ui, view, &source.url);
        }
    }
    for judged in &found.limits {
        let is_broken = judged.is == constraints::Standing::Broken;
        let color = if is_broken { c.error } else { c.text_2 };
        wrapped(ui, &judged.message, &Ink::new(theme.body(), color));
    }
    ui.add_space(8.0);
    section_head(ui, "Works with its neighbours");
    for lost in &found.lost {
        lost_ui(ui, view, drawing, lost);
    }
    wrapped(ui, &neighbours(found), &Ink::new(theme.body(), c.text_2));
    let text = "No record is not a missing integration: nobody wrote one down.";
    wrapped(ui, text, &Ink::new(theme.small(), c.text_3));
}

/// The pairs of tools at the flows of the changed boxes, in a sentence.
fn neighbours(found: &Swap) -> String {
    let pairs = found.lost.len() + found.kept + found.gained + found.unknown;
    if pairs == 0 {
        return "No box next to these names a tool.".to_owned();
    }
    let parts = [
        (found.lost.len(), "told of the tool that goes only"),
        (found.kept, "told of both"),
        (found.gained, "told of the tool that comes only"),
        (found.unknown, "told of neither"),
    ];
    let parts: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let pairs = counted(pairs, "neighbouring tool", "neighbouring tools");
    format!("{pairs}: {}.", parts.join(", "))
}

/// One fact of both, loud where they differ.
fn fact_ui(ui: &mut Ui, each: &Compared) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let (text, ink) = match each.standing() {
        Standing::Same => (format!("both {}", each.to.text()), Ink::new(theme.body(), c.text_2)),
        Standing::Differs => {
            (format!("{} → {}", each.from.text(), each.to.text()), Ink::new(theme.medium(), c.text))
        }
        Standing::Unknown if !each.from.is_known() && !each.to.is_known() => {
            ("unknown of both".to_owned(), Ink::new(theme.body(), c.text_3))
        }
        Standing::Unknown => {
            (format!("{} → {}", each.from.text(), each.to.text()), Ink::new(theme.body(), c.text_2))
        }
    };
    fact_with(ui, each.fact.title(), |ui| {
        wrapped(ui, &text, &ink);
    });
}

/// A relation that is told of the tool that goes, and not of the one that comes.
fn lost_ui(ui: &mut Ui, view: &mut View<'_>, drawing: Drawing<'_>, lost: &Lost) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let (_, warn) = sign(theme, crate::problem::Severity::Warning);
    for relation in &lost.relations {
        wrapped(ui, &format!("{}.", relation.sentence()), &Ink::new(theme.medium(), warn));
        // Two passages of one page have the same address.
        let mut urls: Vec<&str> = relation.sources.iter().map(|source| source.url.as_str()).collect();
        urls.dedup();
        for url in urls {
            source_ui(ui, view, url);
        }
    }
    let (from, to) = (name_of(drawing, &lost.flow.from), name_of(drawing, &lost.flow.to));
    let perhaps = match lost.standards.as_slice() {
        [] => String::new(),
        names => format!(" Perhaps through {}, which both speak.", names.join(", ")),
    };
    let text = format!("{from} → {to}; nothing is recorded for the tool that comes.{perhaps}");
    wrapped(ui, &text, &Ink::new(theme.small(), c.text_2));
    ui.add_space(6.0);
}

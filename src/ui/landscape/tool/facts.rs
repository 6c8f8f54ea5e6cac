//! The facts of a tool and where it is used.

use egui::accesskit::Role;
use egui::{Label, RichText, Sense, Ui, WidgetInfo};

use super::claims::source_ui;
use crate::action::Ask;
use crate::address::Location;
use crate::catalog::{Evidence, Tool};
use crate::ui::landscape::inspector::foundation_text;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, Kind, button, fact, fact_with, license_mark, section_head, wrapped};
use crate::ui::{View, icons};

/// The category, or that none is known.
pub(in crate::ui::landscape) fn category_text(tool: &Tool) -> &str {
    tool.category.as_deref().unwrap_or("no category yet")
}

/// Licence as a sentence: the expression, or that it was not read.
pub(in crate::ui::landscape) fn license_text(tool: &Tool) -> String {
    let license = &tool.license;
    let mut text = match (&license.spdx, license.checked_on) {
        (Some(spdx), Some(date)) => format!("{spdx} · file read {date}"),
        (Some(spdx), None) => spdx.clone(),
        (None, _) => "unknown: its file was not read yet".to_owned(),
    };
    if let Some(note) = &license.note {
        text.push_str(". ");
        text.push_str(note);
    }
    text
}

pub(in crate::ui::landscape) fn status_text(tool: &Tool) -> String {
    match tool.status.seen_on {
        Some(date) => format!("{} · seen {date}", tool.status.status.id()),
        None => tool.status.status.id().to_owned(),
    }
}

/// What is known beside the claims; unknown is said.
pub(super) fn facts_ui(ui: &mut Ui, view: &mut View<'_>, tool: &Tool) {
    links_ui(ui, view, tool);
    ui.add_space(12.0);
    section_head(ui, "Facts");
    let known = |list: &[String]| if list.is_empty() { UNKNOWN.to_owned() } else { list.join(", ") };
    fact(ui, "Kind", tool.kind.map_or(UNKNOWN, |kind| kind.title()));
    categories_ui(ui, view, tool);
    license_ui(ui, view, tool);
    fact(ui, "Foundation", &foundation_text(tool));
    fact(ui, "Status", &status_text(tool));
    let year = tool.first_release_year.map_or_else(|| UNKNOWN.to_owned(), |year| year.to_string());
    fact(ui, "First release", &year);
    fact(ui, "Languages", &known(&tool.languages));
    fact(ui, "Deploys as", &known(&tool.deploy));
    fact(ui, "Kubernetes", answer_of(tool.kubernetes, "needed", "not needed"));
    fact(ui, "GPU", answer_of(tool.gpu, "needed", "not needed"));
    fact(ui, "Air-gapped", answer_of(tool.air_gap, "works without a network", "needs a network"));
    for (name, standards) in [
        ("Implements", &tool.interfaces.implements),
        ("Reads", &tool.interfaces.consumes),
        ("Writes", &tool.interfaces.produces),
    ] {
        if !standards.is_empty() {
            fact(ui, name, &standards.join(", "));
        }
    }
    if !tool.aliases.is_empty() {
        fact(ui, "Also called", &tool.aliases.join(", "));
    }
    if let Some(note) = &tool.note {
        fact(ui, "Note", note);
    }
}

const UNKNOWN: &str = "unknown";

fn answer_of(known: Option<bool>, yes: &'static str, no: &'static str) -> &'static str {
    known.map_or(UNKNOWN, |known| if known { yes } else { no })
}

/// The main category, then those it is in as well; each leads to its page.
fn categories_ui(ui: &mut Ui, view: &mut View<'_>, tool: &Tool) {
    let mut go = None;
    fact_with(ui, "Category", |ui| {
        let theme = Theme::of(ui);
        if tool.category.is_none() {
            wrapped(ui, category_text(tool), &Ink::new(theme.body(), theme.color.text));
        }
        ui.spacing_mut().item_spacing.y = 4.0;
        for name in tool.category.iter().chain(&tool.also_in) {
            let text = RichText::new(name).font(theme.body()).color(theme.color.text);
            let response = ui.add(Label::new(text).sense(Sense::click()));
            let said = format!("Open the category {name}");
            response.widget_info(move || WidgetInfo::labeled(Role::Link, true, said.clone()));
            if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
                go = Some(Location::Category(name.clone()));
            }
        }
    });
    if let Some(location) = go {
        view.go(location);
    }
}

/// Site, documentation and repositories.
fn links_ui(ui: &mut Ui, view: &mut View<'_>, tool: &Tool) {
    let repo = tool.repos.first().map(|repo| repo.url.as_str());
    let site = tool.homepage.as_deref();
    let links = [
        (icons::ARROW_SQUARE_OUT, "Site", site.or(repo)),
        (icons::BOOK_OPEN, "Docs", tool.docs.as_deref()),
        (icons::GIT_BRANCH, "Source", repo.filter(|_| site.is_some())),
    ];
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(6.0, 6.0);
        for (at, (icon, label, url)) in links.into_iter().enumerate() {
            let kind = if at == 0 { Kind::Primary } else { Kind::Plain };
            if let Some(url) = url
                && button(ui, icon, label, kind).on_hover_text(url).clicked()
            {
                view.ask(Ask::OpenUrl(url.to_owned()));
            }
        }
        super::remark::shortlist_ui(ui, view, tool);
    });
}

/// The licence with its class, the file that was read, and what else is known of it.
fn license_ui(ui: &mut Ui, view: &mut View<'_>, tool: &Tool) {
    let theme = Theme::of(ui);
    fact_with(ui, "Licence", |ui| {
        let class = tool.license.class.title();
        let name =
            tool.license.spdx.as_ref().map_or_else(|| class.to_owned(), |spdx| format!("{spdx} · {class}"));
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let (mark, _) = ui.allocate_exact_size(egui::vec2(10.0, 18.0), Sense::hover());
            license_mark(ui, mark.center(), tool.license.class);
            wrapped(ui, &name, &Ink::new(theme.body(), theme.color.text));
        });
        if let (Some(url), Some(accessed)) = (&tool.license.source, tool.license.checked_on) {
            let file = Evidence {
                url: url.clone(),
                title: Some("licence file".to_owned()),
                locator: None,
                accessed: Some(accessed),
            };
            source_ui(ui, &file, &[], view.actions);
        } else {
            wrapped(ui, "its file was not read yet", &Ink::new(theme.small(), theme.color.text_3));
        }
        if let Some(note) = &tool.license.note {
            wrapped(ui, note, &Ink::new(theme.small(), theme.color.text_2));
        }
    });
}

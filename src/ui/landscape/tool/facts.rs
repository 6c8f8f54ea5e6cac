//! The facts of a tool and where it is used.

use egui::accesskit::Role;
use egui::{Label, RichText, Sense, Ui, WidgetInfo};

use super::claims::source_ui;
use super::layer::{fact_marked, field_mark};
use crate::action::Ask;
use crate::address::Location;
use crate::catalog::{Evidence, Field, Tool};
use crate::ui::landscape::inspector::foundation_text;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, Kind, button, fact_with, license_mark, section_head, tell_target, wrapped};
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
    let state = view.state;
    let say = |ui: &mut Ui, field, name, value: &str| fact_marked(ui, state, tool, &[field], name, value);
    let year = tool.first_release_year.map(|year| year.to_string());
    let list = |list: &[String]| (!list.is_empty()).then(|| list.join(", "));
    let answer =
        |known: Option<bool>, yes: &str, no: &str| known.map(|known| if known { yes } else { no }.to_owned());
    let rows = [
        (Field::FirstReleaseYear, "First release", year),
        (Field::Languages, "Languages", list(&tool.languages)),
        (Field::Deploy, "Deploys as", list(&tool.deploy)),
        (Field::Kubernetes, "Kubernetes", answer(tool.kubernetes, "needed", "not needed")),
        (Field::Gpu, "GPU", answer(tool.gpu, "needed", "not needed")),
        (Field::AirGap, "Air-gapped", answer(tool.air_gap, "works without a network", "needs a network")),
    ];
    say(ui, Field::Kind, "Kind", tool.kind.map_or("unknown", |kind| kind.title()));
    categories_ui(ui, view, tool);
    license_ui(ui, view, tool);
    say(ui, Field::Foundations, "Foundation", &foundation_text(tool));
    say(ui, Field::Status, "Status", &status_text(tool));
    for (field, name, known) in &rows {
        if let Some(known) = known {
            say(ui, *field, name, known);
        }
    }
    for (name, standards) in [
        ("Implements", &tool.interfaces.implements),
        ("Reads", &tool.interfaces.consumes),
        ("Writes", &tool.interfaces.produces),
    ] {
        if !standards.is_empty() {
            say(ui, Field::Interfaces, name, &standards.join(", "));
        }
    }
    if !tool.aliases.is_empty() {
        say(ui, Field::Aliases, "Also called", &tool.aliases.join(", "));
    }
    if let Some(note) = &tool.note {
        say(ui, Field::Note, "Note", note);
    }
    // One row instead of a column of "unknown": what is known is found at once, what is not stays said.
    let unknown = rows.iter().filter(|(_, _, known)| known.is_none()).map(|(_, name, _)| name.to_lowercase());
    let unknown = unknown.map(|name| name.replace("gpu", "GPU").replace("kubernetes", "Kubernetes"));
    let unknown = unknown.collect::<Vec<_>>().join(", ");
    if !unknown.is_empty() {
        fact_with(ui, "Not known", |ui| {
            let theme = Theme::of(ui);
            wrapped(ui, &unknown, &Ink::new(theme.body(), theme.color.text_3));
        });
    }
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
        ui.add_space(2.0);
        for name in tool.category.iter().chain(&tool.also_in) {
            let text = RichText::new(name).font(theme.body()).color(theme.color.text);
            let response = ui.add(Label::new(text).sense(Sense::click()));
            let said = format!("Open the category {name}");
            response.widget_info(move || WidgetInfo::labeled(Role::Link, true, said.clone()));
            if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
                go = Some(Location::Category(name.clone()));
            }
        }
        field_mark(ui, view.state, tool, &[Field::Category, Field::AlsoIn], "Category");
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
            let Some(url) = url else { continue };
            let response = button(ui, icon, label, kind).on_hover_text(url);
            tell_target(&response, url);
            if response.clicked() {
                view.ask(Ask::OpenUrl(url.to_owned()));
            }
        }
        field_mark(ui, view.state, tool, &[Field::Homepage, Field::Docs, Field::Repos], "Links");
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
            source_ui(ui, &[&file], view.actions);
        } else {
            wrapped(ui, "its file was not read yet", &Ink::new(theme.small(), theme.color.text_3));
        }
        if let Some(note) = &tool.license.note {
            wrapped(ui, note, &Ink::new(theme.small(), theme.color.text_2));
        }
        field_mark(ui, view.state, tool, &[Field::License], "Licence");
    });
}

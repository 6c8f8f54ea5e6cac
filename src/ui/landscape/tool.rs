//! A tool's page: what speaks for and against it, each with its source; its facts; where it is used.

use egui::accesskit::Role;
use egui::{Align2, Margin, Rect, RichText, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::inspector::foundation_text;
use crate::action::{Action, Actions, Effect};
use crate::address::{Location, Origin, PracticeSection};
use crate::catalog::{Claim, Polarity, Stage, Tool, is_stale};
use crate::state::State;
use crate::ui::theme::Theme;
use crate::ui::widgets::{
    Ink, Kind, ListRow, button, chip, empty_state, fact, monogram, paint_text, section_head, wrapped,
};
use crate::ui::{View, icons};

/// Draws the page.
pub fn tool_ui(ui: &mut Ui, view: &mut View<'_>) {
    let Location::Tool(id) = view.state.location() else { return };
    let state = view.state;
    let Some(tool) = state.catalog.get(id) else {
        let text = format!("The catalog has no tool with the id {id}.");
        let action = Some((icons::SQUARES_FOUR, "Show all tools"));
        if empty_state(ui, icons::QUESTION, "No such tool", &text, action) {
            view.go(Location::start_of(crate::address::Place::Landscape));
        }
        return;
    };
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        egui::Frame::new().inner_margin(Margin::symmetric(36, 22)).show(ui, |ui| {
            let wide = ui.available_width() > 980.0;
            if wide {
                let facts = 330.0;
                let text = ui.available_width() - facts - 56.0;
                ui.horizontal_top(|ui| {
                    let left = ui.vertical(|ui| {
                        ui.set_width(text);
                        page_ui(ui, view, tool);
                    });
                    ui.add_space(28.0);
                    let line = Theme::of(ui).color.line;
                    let x = left.response.rect.right() + 28.0;
                    ui.painter().vline(x, left.response.rect.y_range(), (1.0, line));
                    ui.vertical(|ui| {
                        ui.set_width(facts);
                        facts_ui(ui, view, tool);
                    });
                });
            } else {
                page_ui(ui, view, tool);
                ui.add_space(18.0);
                facts_ui(ui, view, tool);
            }
        });
    });
}

fn page_ui(ui: &mut Ui, view: &mut View<'_>, tool: &Tool) {
    let theme = Theme::of(ui);
    ui.horizontal(|ui| {
        let (tile, _) = ui.allocate_exact_size(vec2(52.0, 52.0), Sense::hover());
        monogram(ui, tile, &tool.name, tool.stages.first().copied());
        ui.add_space(6.0);
        ui.vertical(|ui| {
            ui.label(RichText::new(&tool.name).font(theme.strong(theme.text.title)));
            let summary = tool.summary.as_deref().unwrap_or_else(|| category_text(tool));
            let ink = Ink::new(egui::FontId::proportional(theme.text.emphasis), theme.color.text_2);
            wrapped(ui, summary, &ink);
        });
    });
    ui.add_space(14.0);
    stages_ui(ui, tool);
    ui.add_space(18.0);
    if tool.claims.is_empty() {
        section_head(ui, "Pros and cons");
        let text = "Nothing has been read and written down about this tool yet. Unknown is shown as unknown.";
        wrapped(ui, text, &Ink::new(theme.body(), theme.color.text_3));
    } else {
        let pros = |claim: &&Claim| claim.polarity == Polarity::Pro;
        let cons = |claim: &&Claim| matches!(claim.polarity, Polarity::Con | Polarity::Caveat);
        let facts = |claim: &&Claim| claim.polarity == Polarity::Fact;
        ui.columns(2, |columns| {
            column_ui(&mut columns[0], view, "Speaks for it", tool.claims.iter().filter(pros));
            column_ui(&mut columns[1], view, "Speaks against it", tool.claims.iter().filter(cons));
        });
        if tool.claims.iter().any(|claim| facts(&claim)) {
            ui.add_space(12.0);
            column_ui(ui, view, "Worth knowing", tool.claims.iter().filter(facts));
        }
    }
    relations_ui(ui, view, tool);
}

fn stages_ui(ui: &mut Ui, tool: &Tool) {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    let gap = 8.0;
    let count = Stage::ALL.len() as f32;
    let width = (rect.width() - gap * (count - 1.0)) / count;
    for (index, stage) in Stage::ALL.iter().copied().enumerate() {
        let lit = tool.stages.contains(&stage);
        let left = rect.left() + index as f32 * (width + gap);
        let bar = Rect::from_min_size(pos2(left, rect.top()), vec2(width, 7.0));
        let color = if lit { theme.stage(stage) } else { theme.color.raised };
        ui.painter().rect_filled(bar, 3.0, color);
        let ink = Ink::new(theme.small(), if lit { theme.color.text } else { theme.color.text_3 });
        let at = pos2(left, rect.top() + 18.0);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, stage.title(), &ink, width);
    }
}

fn column_ui<'c>(ui: &mut Ui, view: &mut View<'_>, title: &str, claims: impl Iterator<Item = &'c Claim>) {
    section_head(ui, title);
    let mut any = false;
    for claim in claims {
        any = true;
        claim_ui(ui, view.state, claim, view.actions);
        let rect = ui.min_rect();
        let line = Theme::of(ui).color.line;
        ui.painter().hline(rect.x_range(), rect.bottom() + 2.0, (1.0, line));
        ui.add_space(6.0);
    }
    if !any {
        let theme = Theme::of(ui);
        wrapped(ui, "Nothing written down yet.", &Ink::new(theme.body(), theme.color.text_3));
    }
}

/// One claim with its sign, its sources and their dates. A stale one is grey and says so.
pub(super) fn claim_ui(ui: &mut Ui, state: &State, claim: &Claim, actions: &mut Actions) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let (sign, color) = match claim.polarity {
        Polarity::Pro => ("+", c.ok),
        Polarity::Con => ("−", c.error),
        Polarity::Caveat => ("!", c.warn),
        Polarity::Fact => ("·", c.text_3),
    };
    let stale = is_stale(claim, state.today);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let (at, _) = ui.allocate_exact_size(vec2(18.0, 22.0), Sense::hover());
        let ink = Ink::new(theme.strong(15.0), color);
        paint_text(ui.painter(), at.left_center(), Align2::LEFT_CENTER, sign, &ink, 16.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.add_space(3.0);
            let ink = Ink::new(theme.body(), if stale { c.text_3 } else { c.text });
            wrapped(ui, &claim.text, &ink);
            for evidence in &claim.evidence {
                source_ui(ui, evidence, actions);
            }
            let mut notes = Vec::new();
            if !claim.applies_to.as_deref().unwrap_or_default().is_empty() {
                notes.push(format!("applies to {}", claim.applies_to.as_deref().unwrap_or_default()));
            }
            if claim.status == crate::catalog::ClaimStatus::Draft {
                notes.push("draft: the source was not read again yet".to_owned());
            }
            if stale {
                notes.push("stale: past its review date".to_owned());
            }
            if !notes.is_empty() {
                ui.label(RichText::new(notes.join(" · ")).font(theme.small()).color(c.text_3));
            }
        });
    });
    ui.add_space(3.0);
}

/// The host of a source with the date it was read; pressing opens it, the tooltip tells the whole address.
fn source_ui(ui: &mut Ui, evidence: &crate::catalog::Evidence, actions: &mut Actions) {
    let theme = Theme::of(ui);
    let host = evidence.url.split('/').nth(2).unwrap_or(&evidence.url);
    let name = evidence.title.as_deref().filter(|title| !title.is_empty()).unwrap_or(host);
    let read = evidence.accessed.map_or_else(|| "not re-read".to_owned(), |date| format!("read {date}"));
    let text = format!("{} {name} · {read}", icons::LINK_SIMPLE);
    let link = egui::Label::new(RichText::new(text).font(theme.small()).color(theme.color.text_3))
        .truncate()
        .sense(Sense::click());
    let response = ui.add(link);
    let url = evidence.url.clone();
    response.widget_info(move || WidgetInfo::labeled(Role::Link, true, format!("Open source {url}")));
    let response = response.on_hover_text(&evidence.url).on_hover_cursor(egui::CursorIcon::PointingHand);
    if response.clicked() {
        actions.push(Action::Ask(Effect::OpenUrl(evidence.url.clone())));
    }
}

/// The category, or that none is known.
pub(super) fn category_text(tool: &Tool) -> &str {
    tool.category.as_deref().unwrap_or("no category yet")
}

/// Licence as a sentence: the expression, or that it was not read.
pub(super) fn license_text(tool: &Tool) -> String {
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

pub(super) fn status_text(tool: &Tool) -> String {
    match tool.status.seen_on {
        Some(date) => format!("{} · seen {date}", tool.status.status.id()),
        None => tool.status.status.id().to_owned(),
    }
}

fn facts_ui(ui: &mut Ui, view: &mut View<'_>, tool: &Tool) {
    let homepage = tool.homepage.clone().or_else(|| tool.repos.first().map(|repo| repo.url.clone()));
    if let Some(url) = homepage
        && button(ui, icons::ARROW_SQUARE_OUT, "Open its site", Kind::Primary).on_hover_text(&url).clicked()
    {
        view.ask(Effect::OpenUrl(url));
    }
    ui.add_space(12.0);
    section_head(ui, "Facts");
    let known = |list: &[String]| if list.is_empty() { "unknown".to_owned() } else { list.join(", ") };
    fact(ui, "Category", category_text(tool));
    fact(ui, "Licence", &license_text(tool));
    fact(ui, "Foundation", &foundation_text(tool));
    let year = tool.first_release_year.map_or_else(|| "unknown".to_owned(), |year| year.to_string());
    fact(ui, "First release", &year);
    fact(ui, "Languages", &known(&tool.languages));
    fact(ui, "Deploys as", &known(&tool.deploy));
    fact(ui, "Status", &status_text(tool));
    let repos: Vec<&str> = tool.repos.iter().map(|repo| repo.url.trim_start_matches("https://")).collect();
    if !repos.is_empty() {
        fact(ui, "Repository", &repos.join(", "));
    }
    if !tool.aliases.is_empty() {
        fact(ui, "Also called", &tool.aliases.join(", "));
    }
    ui.add_space(14.0);
    section_head(ui, "Used in");
    used_in_ui(ui, view, tool);
}

/// Templates and use cases that name the tool.
fn used_in_ui(ui: &mut Ui, view: &mut View<'_>, tool: &Tool) {
    let mut go = None;
    let mut any = false;
    for template in view.state.templates.iter() {
        let id = tool.id.as_str();
        let used = template.architecture.nodes.values().any(|node| node.tools.iter().any(|name| name == id));
        if used {
            any = true;
            let title = &template.architecture.title;
            let row = ListRow {
                icon: icons::TREE_STRUCTURE,
                icon_color: None,
                text: title,
                caption: "template",
                selected: false,
            };
            if row.show(ui).clicked() {
                let origin = Origin::Template(template.id.clone());
                go = Some(Location::Drawing { origin, selected: Vec::new() });
            }
        }
    }
    for case in view.state.practice.usecases_of_tool(tool.id.as_str()) {
        any = true;
        let row = ListRow {
            icon: icons::BOOK_OPEN,
            icon_color: None,
            text: &case.organisation,
            caption: &case.domain,
            selected: false,
        };
        if row.show(ui).clicked() {
            let (section, item) = (PracticeSection::UseCases, Some(case.id.clone()));
            go = Some(Location::Practice { section, item, text: String::new() });
        }
    }
    if !any {
        let theme = Theme::of(ui);
        let text = "No template and no use case names it.";
        wrapped(ui, text, &Ink::new(theme.body(), theme.color.text_3));
    }
    if let Some(location) = go {
        view.go(location);
    }
}

/// What it works with, and tools beside it in its category.
fn relations_ui(ui: &mut Ui, view: &mut View<'_>, tool: &Tool) {
    let theme = Theme::of(ui);
    let mut go = None;
    if !tool.relations.is_empty() {
        ui.add_space(14.0);
        section_head(ui, "Relations");
        for relation in &tool.relations {
            let target = view.state.catalog.get(&relation.target);
            let name = target.map_or(relation.target.as_str(), |tool| tool.name.as_str());
            ui.horizontal(|ui| {
                ui.label(RichText::new(relation.kind.title()).color(theme.color.text_3));
                if chip(ui, None, name, false).clicked() {
                    go = Some(Location::Tool(relation.target.clone()));
                }
            });
        }
    }
    ui.add_space(14.0);
    section_head(ui, "In the same category");
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        let same = |other: &&Tool| other.category == tool.category && other.id != tool.id;
        for other in view.state.catalog.tools().iter().filter(same).take(14) {
            let hue = other.stages.first().map_or(theme.color.text_3, |stage| theme.stage(*stage));
            if chip(ui, Some(("●", hue)), &other.name, false).clicked() {
                go = Some(Location::Tool(other.id.clone()));
            }
        }
    });
    if let Some(location) = go {
        view.go(location);
    }
}

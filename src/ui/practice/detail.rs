//! One item of Practice as a page: its text, its parts, its tools and its sources.

use egui::accesskit::Role;
use egui::{RichText, Sense, Ui, WidgetInfo, vec2};

use super::{numbers, parts};
use crate::action::{Action, Effect};
use crate::address::{Location, PracticeSection};
use crate::catalog::{Stage, ToolId};
use crate::practice::{Source, SourceKind};
use crate::state::State;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, ListRow, chip, empty_state, fact, section_head, wrapped};
use crate::ui::{View, icons};

/// The id of the item shown: the chosen one, else the first; the numbers begin with an overview.
pub(super) fn shown_item(state: &State, section: PracticeSection, item: Option<&str>) -> Option<String> {
    match item {
        Some(id) => Some(id.to_owned()),
        None if section == PracticeSection::Numbers => None,
        None => parts::entries(state, section).first().map(|entry| entry.id.clone()),
    }
}

pub(super) fn detail_ui(ui: &mut Ui, view: &mut View<'_>, section: PracticeSection, item: Option<&str>) {
    let state = view.state;
    let Some(id) = shown_item(state, section, item) else { return };
    let practice = &state.practice;
    let found = match section {
        PracticeSection::Lifecycle => practice.stage(&id).map(|page| stage_ui(ui, view, page)),
        PracticeSection::UseCases => practice.usecase(&id).map(|case| usecase_ui(ui, view, case)),
        PracticeSection::Approaches => practice.approach(&id).map(|approach| {
            title_ui(ui, &approach.organisation, &approach.name.clone().unwrap_or_default());
            if let Some(since) = &approach.since {
                fact(ui, "Since", since);
            }
            points_ui(ui, "What they do", &approach.points);
            tools_ui(ui, view, "Open parts", &approach.open_tools, &approach.other_tools);
            sources_ui(ui, view, &approach.sources);
        }),
        PracticeSection::Issues => practice.issue(&id).map(|issue| {
            title_ui(ui, &issue.title, "");
            strip_ui(ui, &issue.stages);
            text_ui(ui, &issue.text);
            points_ui(ui, "What helps", &issue.solutions);
            tools_ui(ui, view, "Tools", &issue.tools, &issue.other_tools);
            sources_ui(ui, view, &issue.sources);
        }),
        PracticeSection::Debt => practice.debts.iter().find(|debt| debt.id == id).map(|debt| {
            title_ui(ui, &debt.title, "Hidden technical debt");
            text_ui(ui, &debt.text);
            sources_ui(ui, view, &debt.sources);
        }),
        PracticeSection::Numbers => practice.statistic(&id).map(|number| {
            numbers::statistic_ui(ui, view, number);
        }),
        PracticeSection::Communities => {
            practice.communities.iter().find(|community| community.id == id).map(|community| {
                title_ui(ui, &community.name, "");
                text_ui(ui, &community.text);
                sources_ui(ui, view, &community.sources);
            })
        }
        PracticeSection::Committee => practice.committee.iter().find(|fact| fact.id == id).map(|fact| {
            title_ui(ui, &fact.title, "");
            text_ui(ui, &fact.text);
            sources_ui(ui, view, &fact.sources);
        }),
    };
    if found.is_none() {
        let text = format!("This section has nothing with the id {id}.");
        empty_state(ui, icons::QUESTION, "No such page", &text, None);
    }
}

pub(super) fn title_ui(ui: &mut Ui, title: &str, subtitle: &str) {
    let theme = Theme::of(ui);
    wrapped(ui, title, &Ink::new(theme.strong(theme.text.title), theme.color.text));
    if !subtitle.is_empty() {
        let font = egui::FontId::proportional(theme.text.emphasis);
        wrapped(ui, subtitle, &Ink::new(font, theme.color.text_2));
    }
    ui.add_space(8.0);
}

pub(super) fn text_ui(ui: &mut Ui, text: &str) {
    let theme = Theme::of(ui);
    let font = egui::FontId::proportional(theme.text.emphasis);
    wrapped(ui, text, &Ink::new(font, theme.color.text_2));
    ui.add_space(8.0);
}

fn points_ui(ui: &mut Ui, head: &str, points: &[String]) {
    if points.is_empty() {
        return;
    }
    let theme = Theme::of(ui);
    ui.add_space(6.0);
    section_head(ui, head);
    for point in points {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let (dot, _) = ui.allocate_exact_size(vec2(16.0, 18.0), Sense::hover());
            ui.painter().circle_filled(dot.left_center() + vec2(4.0, 0.0), 2.0, theme.color.text_3);
            ui.vertical(|ui| wrapped(ui, point, &Ink::new(theme.body(), theme.color.text)));
        });
        ui.add_space(2.0);
    }
}

/// Ten bars, lit where the item belongs, with the stages' names below.
fn strip_ui(ui: &mut Ui, stages: &[String]) {
    let lit: Vec<Stage> = stages.iter().filter_map(|id| Stage::from_id(id)).collect();
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width().min(420.0), 6.0), Sense::hover());
    crate::ui::widgets::lifecycle_strip(ui, rect, &lit, 3.0);
    let names: Vec<&str> = lit.iter().map(|stage| stage.title()).collect();
    ui.label(RichText::new(names.join(" · ")).font(theme.small()).color(theme.color.text_3));
    ui.add_space(6.0);
}

/// Tools as chips that lead to their pages; names without an entry stay plain.
fn tools_ui(ui: &mut Ui, view: &mut View<'_>, head: &str, ids: &[String], others: &[String]) {
    if ids.is_empty() && others.is_empty() {
        return;
    }
    let theme = Theme::of(ui);
    ui.add_space(6.0);
    section_head(ui, head);
    let mut go = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        for id in ids {
            match ToolId::new(id).ok().and_then(|id| view.state.catalog.get(&id)) {
                Some(tool) => {
                    let hue = tool.stages.first().map_or(theme.color.text_3, |stage| theme.stage(*stage));
                    if chip(ui, Some(("●", hue)), &tool.name, false).clicked() {
                        go = Some(Location::Tool(tool.id.clone()));
                    }
                }
                None => {
                    ui.label(RichText::new(id).color(theme.color.text_2));
                }
            }
        }
        for name in others {
            ui.label(RichText::new(name).color(theme.color.text_2)).on_hover_text("Not in the catalog");
        }
    });
    if let Some(location) = go {
        view.go(location);
    }
}

/// Every source with how it was read; pressing opens it.
pub(super) fn sources_ui(ui: &mut Ui, view: &mut View<'_>, sources: &[Source]) {
    if sources.is_empty() {
        return;
    }
    let theme = Theme::of(ui);
    ui.add_space(10.0);
    section_head(ui, "Sources");
    for source in sources {
        let kind = match source.kind {
            SourceKind::Primary => "primary",
            SourceKind::Secondary => "secondary summary",
            SourceKind::Unverified => "not verified",
        };
        let text = format!("{} {} · {kind}", icons::LINK_SIMPLE, source.title);
        let label = egui::Label::new(RichText::new(text).font(theme.small()).color(theme.color.text_2));
        let Some(url) = source.url.clone() else {
            ui.add(label.truncate());
            continue;
        };
        let response = ui.add(label.truncate().sense(Sense::click()));
        let name = format!("Open source {url}");
        response.widget_info(move || WidgetInfo::labeled(Role::Link, true, name.clone()));
        let response = response.on_hover_text(&url).on_hover_cursor(egui::CursorIcon::PointingHand);
        if response.clicked() {
            view.actions.push(Action::Ask(Effect::OpenUrl(url)));
        }
    }
}

fn stage_ui(ui: &mut Ui, view: &mut View<'_>, page: &crate::practice::StagePage) {
    let theme = Theme::of(ui);
    let stage = Stage::from_id(&page.id);
    ui.horizontal(|ui| {
        if let Some(stage) = stage {
            let (dot, _) = ui.allocate_exact_size(vec2(14.0, 30.0), Sense::hover());
            ui.painter().circle_filled(dot.center(), 6.0, theme.stage(stage));
        }
        ui.label(RichText::new(&page.title).font(theme.strong(theme.text.title)));
    });
    text_ui(ui, &page.definition);
    fact(ui, "Leaves behind", &page.artefacts.join(", "));
    fact(ui, "Roles", &page.roles.join(", "));
    let Some(stage) = stage else { return };
    ui.add_space(8.0);
    section_head(ui, "Tools");
    let mut go = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        for tool in crate::ui::landscape::prominent_at(&view.state.catalog, stage).take(12) {
            if chip(ui, Some(("●", theme.stage(stage))), &tool.name, false).clicked() {
                go = Some(Location::Tool(tool.id.clone()));
            }
        }
        let all = format!("all {} tools", view.state.landscape.count_at(stage));
        if chip(ui, None, &all, false).clicked() {
            let mut table = crate::address::TableLocation::default();
            table.query.stages.insert(stage);
            go = Some(Location::Table(table));
        }
    });
    links_ui(ui, view, stage, &mut go);
    if let Some(location) = go {
        view.go(location);
    }
    sources_ui(ui, view, &page.sources);
}

/// Issues and use cases met at a stage.
fn links_ui(ui: &mut Ui, view: &View<'_>, stage: Stage, go: &mut Option<Location>) {
    let to =
        |section, id: &str| Location::Practice { section, item: Some(id.to_owned()), text: String::new() };
    ui.add_space(10.0);
    section_head(ui, "Issues met here");
    let at = |stages: &[String]| stages.iter().any(|id| id == stage.id());
    for issue in view.state.practice.issues.iter().filter(|issue| at(&issue.stages)) {
        let row = ListRow {
            icon: icons::WARNING,
            icon_color: None,
            text: &issue.title,
            caption: "",
            selected: false,
        };
        if row.show(ui).clicked() {
            *go = Some(to(PracticeSection::Issues, &issue.id));
        }
    }
    ui.add_space(10.0);
    section_head(ui, "Use cases");
    for case in view.state.practice.usecases_at(stage.id()) {
        let row = ListRow {
            icon: icons::USERS,
            icon_color: None,
            text: &case.title,
            caption: &case.domain,
            selected: false,
        };
        if row.show(ui).clicked() {
            *go = Some(to(PracticeSection::UseCases, &case.id));
        }
    }
}

fn usecase_ui(ui: &mut Ui, view: &mut View<'_>, case: &crate::practice::UseCase) {
    title_ui(ui, &case.title, &case.organisation);
    strip_ui(ui, &case.stages);
    section_head(ui, "Problem");
    text_ui(ui, &case.problem);
    section_head(ui, "Approach");
    text_ui(ui, &case.approach);
    points_ui(ui, "Practices", &case.practices);
    points_ui(ui, "Gaps reported", &case.gaps_reported);
    tools_ui(ui, view, "Open-source tools", &case.tools, &case.other_tools);
    if !case.solutions.is_empty() {
        let theme = Theme::of(ui);
        ui.add_space(8.0);
        section_head(ui, "What could fill the gaps");
        for solution in &case.solutions {
            wrapped(ui, &solution.text, &Ink::new(theme.body(), theme.color.text));
            ui.label(RichText::new(&solution.basis).font(theme.small()).color(theme.color.text_3));
            ui.add_space(4.0);
        }
    }
    sources_ui(ui, view, &case.sources);
}

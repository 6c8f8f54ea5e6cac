//! One item of Practice as a page: its text, its parts, its tools and its sources.

use egui::{RichText, Sense, Ui, vec2};

use super::page::{
    advice_ui, columns_ui, item_of, points_ui, sources_ui, strip_ui, text_ui, title_ui, tools_ui,
};
use super::{numbers, overview, parts, topic};
use crate::address::{LandscapeLocation, Location, PracticeSection};
use crate::catalog::Stage;
use crate::practice::{Approach, Debt, Issue, StagePage, UseCase};
use crate::state::State;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, ListRow, chip, empty_state, fact, section_head, wrapped};
use crate::ui::{View, icons};

/// The id of the item shown: the chosen one, else the first; sections with an overview begin with that.
pub(super) fn shown_item(state: &State, section: PracticeSection, item: Option<&str>) -> Option<String> {
    match item {
        Some(id) => Some(id.to_owned()),
        None if has_overview(section) => None,
        None => parts::entries(state, section).first().map(|entry| entry.id.clone()),
    }
}

/// Whether a section begins with all of its items on one page.
fn has_overview(section: PracticeSection) -> bool {
    use PracticeSection::{Committee, Communities, Numbers};
    matches!(section, Numbers | Communities | Committee)
}

pub(super) fn detail_ui(ui: &mut Ui, view: &mut View<'_>, section: PracticeSection, item: Option<&str>) {
    let state = view.state;
    let practice = &state.practice;
    let id = shown_item(state, section, item).unwrap_or_default();
    let found = match section {
        PracticeSection::Lifecycle => practice.stage(&id).map(|page| stage_ui(ui, view, page)),
        PracticeSection::UseCases => practice.usecase(&id).map(|case| usecase_ui(ui, view, case)),
        PracticeSection::Approaches => practice.approach(&id).map(|approach| approach_ui(ui, view, approach)),
        PracticeSection::Issues => practice.issue(&id).map(|issue| issue_ui(ui, view, issue)),
        PracticeSection::Debt => practice.debt(&id).map(|debt| debt_ui(ui, view, debt)),
        PracticeSection::DataCentric => practice.topic(&id).map(|page| topic::topic_ui(ui, view, page)),
        PracticeSection::Numbers if item.is_none() => {
            numbers::overview_ui(ui, view);
            Some(())
        }
        PracticeSection::Numbers => {
            practice.statistic(&id).map(|number| numbers::statistic_ui(ui, view, number))
        }
        PracticeSection::Communities | PracticeSection::Committee => {
            overview::overview_ui(ui, view, section, item)
        }
    };
    if found.is_none() {
        let text = format!("This section has nothing with the id {id}.");
        empty_state(ui, icons::QUESTION, "No such page", &text, None);
    }
}

fn stage_ui(ui: &mut Ui, view: &mut View<'_>, page: &StagePage) {
    let theme = Theme::of(ui);
    let Some(stage) = Stage::from_id(&page.id) else { return };
    columns_ui(
        ui,
        view,
        |ui, view| {
            let number = Stage::ALL.iter().position(|own| *own == stage).unwrap_or_default() + 1;
            let kicker = format!("Stage {number} of {}", Stage::ALL.len());
            title_ui(ui, &kicker, &page.title, &page.definition);
            strip_ui(ui, view, std::slice::from_ref(&page.id));
            fact(ui, "Leaves behind", &page.artefacts.join(", "));
            fact(ui, "Roles", &page.roles.join(", "));
            ui.add_space(10.0);
            stage_tools_ui(ui, view, stage);
            links_ui(ui, view, stage);
        },
        |ui, view| {
            sources_ui(ui, view, &page.sources);
            let note = "The ten stages and their wording are ours; the sources are the models they were compared with.";
            wrapped(ui, note, &Ink::new(theme.small(), theme.color.text_3));
        },
    );
}

fn stage_tools_ui(ui: &mut Ui, view: &mut View<'_>, stage: Stage) {
    let theme = Theme::of(ui);
    section_head(ui, "Tools");
    let count = view.state.landscape.count_at(stage);
    if count == 0 {
        let text =
            "No tool of the catalog has its home at this stage: a gap of the landscape, not of this page.";
        wrapped(ui, text, &Ink::new(theme.body(), theme.color.text_3));
        ui.add_space(12.0);
        return;
    }
    let mut go = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        for tool in crate::ui::landscape::prominent_at(&view.state.catalog, stage).take(12) {
            if chip(ui, Some(("●", theme.stage(stage))), &tool.name, false).clicked() {
                go = Some(Location::Tool(tool.id.clone()));
            }
        }
        let all = format!("All {count} {}", icons::CARET_RIGHT);
        if chip(ui, None, &all, false).clicked() {
            go = Some(Location::Landscape(LandscapeLocation::at(stage)));
        }
    });
    ui.add_space(12.0);
    if let Some(location) = go {
        view.go(location);
    }
}

/// Issues, debts and use cases met at a stage.
fn links_ui(ui: &mut Ui, view: &mut View<'_>, stage: Stage) {
    let practice = &view.state.practice;
    let at = |stages: &[String]| stages.iter().any(|id| id == stage.id());
    let issues = practice.issues.iter().filter(|issue| at(&issue.stages));
    let issues = issues.map(|issue| (issue.id.as_str(), issue.title.as_str(), "")).collect();
    let debts = practice.debts.iter().filter(|debt| at(&debt.stages));
    let debts = debts.map(|debt| (debt.id.as_str(), debt.title.as_str(), "")).collect();
    let cases = practice.usecases_at(stage.id());
    let cases = cases.map(|case| (case.id.as_str(), case.title.as_str(), case.domain.as_str())).collect();
    rows_ui(ui, view, "Issues met here", (PracticeSection::Issues, icons::WARNING), issues);
    rows_ui(ui, view, "Debt that grows here", (PracticeSection::Debt, icons::CLOCK), debts);
    rows_ui(ui, view, "Use cases", (PracticeSection::UseCases, icons::USERS), cases);
}

/// Rows of id, title and caption that lead to the items of a section.
fn rows_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    head: &str,
    (section, icon): (PracticeSection, &str),
    rows: Vec<(&str, &str, &str)>,
) {
    if rows.is_empty() {
        return;
    }
    section_head(ui, head);
    let mut go = None;
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (id, text, caption) in rows {
            let row = ListRow { icon, icon_color: None, text, caption, selected: false };
            if row.show(ui).clicked() {
                go = Some(item_of(section, id));
            }
        }
    });
    ui.add_space(12.0);
    if let Some(location) = go {
        view.go(location);
    }
}

fn usecase_ui(ui: &mut Ui, view: &mut View<'_>, case: &UseCase) {
    columns_ui(
        ui,
        view,
        |ui, view| {
            title_ui(ui, "Use case", &case.title, &case.organisation);
            strip_ui(ui, view, &case.stages);
            section_head(ui, "Problem");
            text_ui(ui, &case.problem);
            section_head(ui, "Approach");
            text_ui(ui, &case.approach);
            ui.scope(|ui| {
                ui.spacing_mut().item_spacing.x = 28.0;
                ui.columns(2, |columns| {
                    points_ui(&mut columns[0], "Practices worth copying", &case.practices);
                    points_ui(&mut columns[1], "Gaps reported", &case.gaps_reported);
                });
            });
            advice_ui(ui, view, "What helped, what could help", &case.solutions, &case.sources);
        },
        |ui, view| {
            section_head(ui, "Facts");
            fact(ui, "Domain", &case.domain);
            fact(ui, "Year", &case.year.map_or_else(|| "not told".to_owned(), |year| year.to_string()));
            fact(ui, "Rests on", case.evidence.title());
            ui.add_space(12.0);
            tools_ui(ui, view, "Tools in use", &case.tools, &case.other_tools);
            sources_ui(ui, view, &case.sources);
        },
    );
}

fn approach_ui(ui: &mut Ui, view: &mut View<'_>, approach: &Approach) {
    columns_ui(
        ui,
        view,
        |ui, view| {
            let name = approach.name.as_deref().unwrap_or_default();
            title_ui(ui, "Industrial approach", &approach.organisation, name);
            points_ui(ui, "What is told", &approach.points);
            let told = |organisation: &str| organisation.starts_with(&approach.organisation);
            let cases = view.state.practice.usecases.iter().filter(|case| told(&case.organisation));
            let cases = cases.map(|case| (case.id.as_str(), case.title.as_str(), case.domain.as_str()));
            let cases = cases.collect();
            rows_ui(ui, view, "Use cases", (PracticeSection::UseCases, icons::USERS), cases);
        },
        |ui, view| {
            section_head(ui, "Facts");
            fact(ui, "Since", approach.since.as_deref().unwrap_or("not told"));
            ui.add_space(12.0);
            tools_ui(ui, view, "Open parts", &approach.open_tools, &approach.other_tools);
            sources_ui(ui, view, &approach.sources);
        },
    );
}

fn issue_ui(ui: &mut Ui, view: &mut View<'_>, issue: &Issue) {
    columns_ui(
        ui,
        view,
        |ui, view| {
            let kicker = format!("Issue {} of {}", issue.number, view.state.practice.issues.len());
            title_ui(ui, &kicker, &issue.title, "");
            strip_ui(ui, view, &issue.stages);
            text_ui(ui, &issue.text);
            advice_ui(ui, view, "What helps", &issue.help, &issue.sources);
        },
        |ui, view| {
            tools_ui(ui, view, "Tools to look at · our suggestion", &issue.tools, &issue.other_tools);
            sources_ui(ui, view, &issue.sources);
        },
    );
}

fn debt_ui(ui: &mut Ui, view: &mut View<'_>, debt: &Debt) {
    let theme = Theme::of(ui);
    columns_ui(
        ui,
        view,
        |ui, view| {
            title_ui(ui, "Hidden technical debt", &debt.title, "");
            strip_ui(ui, view, &debt.stages);
            text_ui(ui, &debt.text);
            section_head(ui, "Checked in Studio by");
            for id in &debt.rules {
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = 10.0;
                    let (rect, _) = ui.allocate_exact_size(vec2(46.0, 20.0), Sense::hover());
                    let ink = Ink::new(theme.mono(), theme.color.text_3);
                    let at = rect.left_center();
                    crate::ui::widgets::paint_text(
                        ui.painter(),
                        at,
                        egui::Align2::LEFT_CENTER,
                        id,
                        &ink,
                        46.0,
                    );
                    let title =
                        view.state.practice.rule(id).map_or("unknown rule", |rule| rule.title.as_str());
                    ui.label(RichText::new(title).font(theme.body()).color(theme.color.text));
                });
            }
            ui.add_space(4.0);
            let note = "Not run yet: the Studio's checks come with a later version.";
            wrapped(ui, note, &Ink::new(theme.small(), theme.color.text_3));
        },
        |ui, view| {
            sources_ui(ui, view, &debt.sources);
            let note = "The stages are our reading; the paper names none.";
            wrapped(ui, note, &Ink::new(theme.small(), theme.color.text_3));
        },
    );
}

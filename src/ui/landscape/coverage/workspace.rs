//! What the workspace adds to the catalog, and what is wrong with its files, each with its place.

use egui::accesskit::Role;
use egui::{Align, Label, Layout, RichText, Sense, Ui, WidgetInfo, vec2};

use crate::action::{Ask, WorkspaceAction};
use crate::address::Location;
use crate::problem::{Problem, Severity};
use crate::state::Workspace;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, Kind, ListRow, button, columns, hairline, section_head, wrapped};
use crate::ui::{View, icons};

/// More entries than anybody looks through here; the table has them all.
const MOST_ENTRIES: usize = 12;
/// As many as leave the rest of the page in reach.
const FIRST_PROBLEMS: usize = 8;
/// More problems than anybody mends from a page; the command line lists them all.
const MOST_PROBLEMS: usize = 100;

/// Draws the section, if a workspace is open.
pub(super) fn workspace_ui(ui: &mut Ui, view: &mut View<'_>, go: &mut Option<Location>) {
    let Some(workspace) = &view.state.workspace else { return };
    head_ui(ui, view, workspace);
    ui.spacing_mut().item_spacing.y = 0.0;
    if ui.available_width() > 760.0 {
        columns(ui, 44.0, |[left, right]| {
            problems_ui(left, view, workspace);
            entries_ui(right, view, workspace, go);
        });
    } else {
        problems_ui(ui, view, workspace);
        ui.add_space(14.0);
        entries_ui(ui, view, workspace, go);
    }
    ui.add_space(22.0);
}

fn head_ui(ui: &mut Ui, view: &mut View<'_>, workspace: &Workspace) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        ui.label(RichText::new(icons::FOLDER_OPEN).font(theme.icon(18.0)).color(c.text_2));
        let room = ui.available_width() - BUTTONS;
        let title =
            RichText::new(format!("Workspace {}", workspace.name)).font(theme.strong(theme.text.heading));
        ui.scope(|ui| {
            ui.set_max_width(room.max(120.0));
            ui.add(Label::new(title).truncate()).on_hover_text(workspace.path.display().to_string());
            let told = RichText::new(workspace.summary()).font(theme.body()).color(c.text_2);
            ui.add(Label::new(told).truncate());
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if button(ui, icons::X, "Close workspace", Kind::Plain).clicked() {
                view.actions.push(WorkspaceAction::Close.into());
            }
            if button(ui, icons::ARROWS_CLOCKWISE, "Read again", Kind::Plain).clicked() {
                view.actions.push(WorkspaceAction::Reload.into());
            }
        });
    });
    ui.add_space(8.0);
}

/// Room for the two buttons.
const BUTTONS: f32 = 300.0;

fn problems_ui(ui: &mut Ui, view: &mut View<'_>, workspace: &Workspace) {
    section_head(ui, "Problems in its files");
    let problems = &workspace.contents.problems;
    if problems.is_empty() {
        super::note_ui(
            ui,
            if workspace.is_reading { "Being read…" } else { "None: every file could be used." },
        );
        return;
    }
    ui.add_space(4.0);
    let most = if view.memory.coverage.all_problems { MOST_PROBLEMS } else { FIRST_PROBLEMS };
    for (at, problem) in problems.iter().take(most).enumerate() {
        if at > 0 {
            hairline(ui);
        }
        problem_ui(ui, view, problem);
    }
    if problems.len() > FIRST_PROBLEMS {
        ui.add_space(8.0);
        let text = if view.memory.coverage.all_problems {
            format!("Show the first {FIRST_PROBLEMS}")
        } else {
            format!("Show all {} problems", problems.len())
        };
        if button(ui, icons::LIST, &text, Kind::Plain).clicked() {
            view.memory.coverage.all_problems = !view.memory.coverage.all_problems;
        }
    }
    if !view.memory.coverage.all_problems {
        return;
    }
    if let Some(more @ 1..) = problems.len().checked_sub(MOST_PROBLEMS) {
        let text =
            format!("And {more} more: mlops-atlas tools check {} lists them all.", workspace.path.display());
        ui.add_space(6.0);
        super::note_ui(ui, &text);
    }
}

/// A sentence with its sign and its place, which can be copied.
fn problem_ui(ui: &mut Ui, view: &mut View<'_>, problem: &Problem) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let (icon, color, word) = match problem.severity {
        Severity::Error => (icons::WARNING_CIRCLE, c.error, "Error"),
        Severity::Warning => (icons::WARNING, c.warn, "Warning"),
        Severity::Info => (icons::INFO, c.info, "Note"),
    };
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let (at, mark) = ui.allocate_exact_size(vec2(24.0, 20.0), Sense::hover());
        mark.widget_info(move || WidgetInfo::labeled(Role::Label, true, word));
        let ink = Ink::new(theme.icon(15.0), color);
        let anchor = egui::Align2::LEFT_CENTER;
        crate::ui::widgets::paint_text(ui.painter(), at.left_center(), anchor, icon, &ink, 20.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            wrapped(ui, without_place(problem), &Ink::new(theme.body(), c.text));
            let place = RichText::new(&problem.at).font(theme.mono()).color(c.text_2);
            let response = ui.add(Label::new(place).truncate().sense(Sense::click()));
            let told = format!("Copy {}", problem.at);
            response.widget_info(move || WidgetInfo::labeled(Role::Button, true, told.clone()));
            let response = response.on_hover_text("Copy this place").on_hover_cursor(egui::CursorIcon::Copy);
            if response.clicked() {
                view.ask(Ask::Copy(problem.at.clone()));
            }
        });
    });
}

/// The sentence without its place, which stands below it.
fn without_place(problem: &Problem) -> &str {
    let message = problem.message.as_str();
    let before = message.strip_suffix(problem.at.as_str()).and_then(|text| text.strip_suffix(" at "));
    before.map_or(message, |text| text.trim_end_matches(','))
}

fn entries_ui(ui: &mut Ui, view: &View<'_>, workspace: &Workspace, go: &mut Option<Location>) {
    section_head(ui, "Its entries, laid over the catalog");
    let entries = &workspace.contents.entries;
    if entries.is_empty() {
        super::note_ui(
            ui,
            "None yet. An entry is a file catalog/tools/ID.toml: a tool of your own, or claims to add.",
        );
    }
    for (id, files) in entries.iter().take(MOST_ENTRIES) {
        let tool = view.state.catalog.get(id);
        let name = tool.map_or(id.as_str(), |tool| tool.name.as_str());
        let is_own = tool.is_some_and(|tool| tool.only_layer().is_some());
        let claims: usize = files.iter().map(|file| file.entry.claims.len()).sum();
        let caption = match (is_own, claims) {
            (true, _) => "own tool".to_owned(),
            (false, 0) => "changed values".to_owned(),
            (false, 1) => "1 claim".to_owned(),
            (false, claims) => format!("{claims} claims"),
        };
        let icon = icons::FILE;
        let row = ListRow { icon, icon_color: None, text: name, caption: &caption, selected: false };
        let file = workspace.contents.file_of(id).unwrap_or_default();
        if row.show(ui).on_hover_text(file).clicked() {
            *go = Some(Location::Tool(id.clone()));
        }
    }
    if let Some(more @ 1..) = entries.len().checked_sub(MOST_ENTRIES) {
        ui.add_space(4.0);
        super::note_ui(ui, &format!("And {more} more, in the table of all tools."));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_told_once() {
        for (message, told) in [
            ("this is no TOML: mend it at a.toml:2", "this is no TOML: mend it"),
            ("add `id`, at a.toml:2", "add `id`"),
            ("the file is too large", "the file is too large"),
            ("a.toml:2", "a.toml:2"),
        ] {
            assert_eq!(without_place(&Problem::error(message, "a.toml:2")), told);
        }
    }
}

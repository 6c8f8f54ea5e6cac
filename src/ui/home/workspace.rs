//! The open workspace on Home: what it adds, its documents and its decisions.

use egui::Ui;

use crate::action::{Ask, WorkspaceAction};
use crate::address::{Location, Origin};
use crate::state::Workspace;
use crate::ui::widgets::{ListRow, columns, section_head};
use crate::ui::{View, icons};

/// As many as the other lists of Home have.
const ROWS: usize = 4;

/// Draws the three lists, if a workspace is open.
pub(super) fn workspace_ui(ui: &mut Ui, view: &mut View<'_>) {
    let Some(workspace) = &view.state.workspace else { return };
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if ui.available_width() < super::THREE_LISTS {
            folder_ui(ui, view, workspace);
            ui.add_space(14.0);
            documents_ui(ui, view, workspace);
            ui.add_space(14.0);
            decisions_ui(ui, view, workspace);
        } else {
            columns(ui, 28.0, |[left, middle, right]| {
                folder_ui(left, view, workspace);
                documents_ui(middle, view, workspace);
                decisions_ui(right, view, workspace);
            });
        }
    });
    ui.add_space(18.0);
}

fn folder_ui(ui: &mut Ui, view: &mut View<'_>, workspace: &Workspace) {
    section_head(ui, &format!("Workspace {}", workspace.name));
    let contents = &workspace.contents;
    let wrong = contents.wrong();
    let entries = match contents.entries.len() {
        0 => "No entries of its own yet".to_owned(),
        1 => "1 entry of its own".to_owned(),
        count => format!("{count} entries of its own"),
    };
    let caption = match contents.entries.len() {
        _ if workspace.is_reading => "reading…",
        0 => "",
        _ => "laid over the catalog",
    };
    let row = ListRow { icon: icons::STACK, icon_color: None, text: &entries, caption, selected: false };
    let mut look = row.show(ui).on_hover_text(workspace.path.display().to_string()).clicked();
    if wrong > 0 {
        let text = if wrong == 1 { "1 problem".to_owned() } else { format!("{wrong} problems") };
        let color = crate::ui::theme::Theme::of(ui).color.warn;
        let row = ListRow {
            icon: icons::WARNING,
            icon_color: Some(color),
            text: &text,
            caption: "in its files",
            selected: false,
        };
        look |= row.show(ui).clicked();
    }
    if look {
        view.go(Location::Coverage);
    }
    for (icon, text, action) in [
        (icons::ARROWS_CLOCKWISE, "Read the workspace again", WorkspaceAction::Reload),
        (icons::X, "Close the workspace", WorkspaceAction::Close),
    ] {
        let row = ListRow { icon, icon_color: None, text, caption: "", selected: false };
        if row.show(ui).clicked() {
            view.actions.push(action.into());
        }
    }
}

fn documents_ui(ui: &mut Ui, view: &mut View<'_>, workspace: &Workspace) {
    let documents = &workspace.contents.documents;
    section_head(ui, &headed("Its documents", documents.len()));
    if documents.is_empty() {
        super::quiet(ui, "Drawings saved in its top folder show up here.");
    }
    for file in documents.iter().take(ROWS) {
        let (icon, caption) = (icons::TREE_STRUCTURE, file.kind.word());
        let row = ListRow { icon, icon_color: None, text: &file.title, caption, selected: false };
        if row.show(ui).on_hover_text(shown(workspace, &file.path)).clicked() {
            view.go(Location::of_document(file.kind, Origin::Path(file.path.clone())));
        }
    }
}

/// The last ones first: they have the highest numbers.
fn decisions_ui(ui: &mut Ui, view: &mut View<'_>, workspace: &Workspace) {
    let decisions = &workspace.contents.decisions;
    section_head(ui, &headed("Its decisions", decisions.len()));
    if decisions.is_empty() {
        super::quiet(ui, "Records in decisions/*.md show up here; a comparison can be saved as one.");
    }
    for file in decisions.iter().rev().take(ROWS) {
        let icon = icons::FILE;
        let row = ListRow { icon, icon_color: None, text: &file.title, caption: "", selected: false };
        if row.show(ui).on_hover_text(shown(workspace, &file.path)).clicked() {
            view.ask(Ask::OpenFile(file.path.clone()));
        }
    }
}

fn headed(title: &str, count: usize) -> String {
    if count > ROWS { format!("{title} · {ROWS} of {count}") } else { title.to_owned() }
}

fn shown(workspace: &Workspace, path: &std::path::Path) -> String {
    crate::state::workspace::shown_in(&workspace.path, path)
}

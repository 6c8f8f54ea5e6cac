//! The chosen kind: which drawings have it, which have it not, and which tools stand there.

use egui::Ui;

use crate::address::{ConsensusLocation, DrawingLocation, Location};
use crate::architecture::kinds;
use crate::catalog::ToolId;
use crate::state::CommonPractice;
use crate::state::consensus::tool_name;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, Kind, ListRow, button, section_head, wrapped};
use crate::ui::{View, icons};

/// More lines than these nobody reads one by one.
const MOST: usize = 40;

pub(super) fn chosen_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    practice: &CommonPractice,
    next: &mut ConsensusLocation,
) {
    let theme = Theme::of(ui);
    let Some(kind) = next.selected.clone() else { return };
    ui.add_space(20.0);
    let Some(shared) = practice.found.kinds.iter().find(|shared| shared.what == kind) else {
        section_head(ui, kinds::label(&kind));
        let text = "None of these drawings has such a box.";
        wrapped(ui, text, &Ink::new(theme.body(), theme.color.text_2));
        return;
    };
    let title = kinds::label(&kind);
    wrapped(ui, title, &Ink::new(theme.strong(theme.text.heading), theme.color.text));
    let mut go = None;
    drawings_ui(ui, practice, ("Have it", icons::CHECK), &shared.with, &mut go);
    drawings_ui(ui, practice, ("Have it not", icons::CIRCLE), &shared.without, &mut go);
    if let Some(drawing) = go
        && let Some(member) = practice.members.get(drawing)
    {
        let selected = practice.nodes_of(drawing, &kind);
        view.memory.studio.reveal = !selected.is_empty();
        view.go(Location::Drawing(DrawingLocation {
            selected,
            ..DrawingLocation::of(member.origin.clone())
        }));
    }
    tools_ui(ui, view, practice, &kind);
    ui.add_space(8.0);
    if button(ui, icons::X, "Choose no kind", Kind::Quiet).clicked() {
        next.selected = None;
    }
}

fn drawings_ui(
    ui: &mut Ui,
    practice: &CommonPractice,
    (head, icon): (&str, &str),
    drawings: &[usize],
    go: &mut Option<usize>,
) {
    if drawings.is_empty() {
        return;
    }
    ui.add_space(8.0);
    section_head(ui, &format!("{head} · {}", drawings.len()));
    for drawing in drawings.iter().take(MOST) {
        let title = practice.found.drawings.get(*drawing).map_or("", |voice| voice.title.as_str());
        let row = ListRow { icon, icon_color: None, text: title, caption: "", selected: false };
        if ui.push_id(drawing, |ui| row.show(ui).clicked()).inner {
            *go = Some(*drawing);
        }
    }
    more_ui(ui, drawings.len());
}

fn tools_ui(ui: &mut Ui, view: &mut View<'_>, practice: &CommonPractice, kind: &str) {
    let tools = practice.found.tools_of(kind);
    ui.add_space(8.0);
    section_head(ui, &format!("Tools named there · {}", tools.len()));
    if tools.is_empty() {
        let ink = Ink::new(Theme::of(ui).small(), Theme::of(ui).color.text_3);
        wrapped(ui, "None of them names a tool.", &ink);
    } else if practice.found.rests_on_sources() {
        let ink = Ink::new(Theme::of(ui).small(), Theme::of(ui).color.text_3);
        wrapped(ui, "Drawn in boxes that sources report; of the tools these may tell nothing.", &ink);
    }
    let catalog = &view.state.catalog;
    let mut go = None;
    for (tool, count) in tools.iter().take(MOST) {
        let caption = if *count == 1 { "1 drawing".to_owned() } else { format!("{count} drawings") };
        let row = ListRow {
            icon: "",
            icon_color: None,
            text: tool_name(catalog, tool),
            caption: &caption,
            selected: false,
        };
        if row.show(ui).clicked() {
            go = ToolId::new(tool).ok().filter(|id| catalog.get(id).is_some());
        }
    }
    more_ui(ui, tools.len());
    if let Some(id) = go {
        view.go(Location::Tool(id));
    }
}

fn more_ui(ui: &mut Ui, count: usize) {
    if count > MOST {
        let ink = Ink::new(Theme::of(ui).small(), Theme::of(ui).color.text_3);
        wrapped(ui, &format!("And {} more; the table as CSV has all.", count - MOST), &ink);
    }
}

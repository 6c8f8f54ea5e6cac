//! A drawing held against another: what it lacks, each with a press that adds it, and in what the two differ.

mod choose;
mod parts;

use egui::{Sense, Ui, vec2};

use super::{edit, panel, select};
use crate::action::DocumentId;
use crate::address::{DrawingLocation, DrawingPanel, Location, Origin};
use crate::architecture::{Edit, Lack, NodeId};
use crate::state::{Compared, Drawing, Held, Reference};
use crate::ui::theme::Theme;
use crate::ui::widgets::{
    Ink, Kind, button, empty_state, facet_more, inside, section_head, small_button, wrapped,
};
use crate::ui::{View, icons};
use parts::Section;

/// What the panel remembers of a window.
#[derive(Clone, Debug, Default)]
pub struct CompareMemory {
    choose: choose::ChooseMemory,
    /// Sections that are shown whole.
    whole: std::collections::BTreeSet<Section>,
}

/// As many rows of a section as one reads before asking for the others.
const MOST: usize = 12;

pub(super) fn compare_ui(ui: &mut Ui, view: &mut View<'_>, id: DocumentId, drawing: Drawing<'_>) {
    let Location::Drawing(DrawingLocation { against: Some(against), .. }) = view.location() else {
        choose::choose_ui(ui, view, id);
        return;
    };
    match &view.here().compared {
        Some(Compared { with: Reference::Ready(held), .. }) => {
            head_ui(ui, view, held, (&drawing.document.origin, against));
            if held.is_same() {
                same_ui(ui, held);
                return;
            }
            lacks_ui(ui, view, id, drawing, held);
            parts::parts_ui(ui, view, held, against);
        }
        Some(Compared { with: Reference::Failed(sentence), .. }) => {
            let action = Some((icons::SCALES, "Compare with another"));
            let title = "The other drawing cannot be shown";
            if empty_state(ui, icons::WARNING_CIRCLE, title, sentence, action) {
                panel::change(view, |here| here.against = None);
            }
        }
        Some(Compared { with: Reference::Loading, .. }) | None => {
            empty_state(ui, icons::CIRCLE_NOTCH, "Reading the other drawing", &against.name(), None);
        }
    }
}

/// With what it is compared, and the ways to something else.
fn head_ui(ui: &mut Ui, view: &mut View<'_>, held: &Held, (mine, against): (&Origin, &Origin)) {
    let theme = Theme::of(ui);
    section_head(ui, "Compared with");
    wrapped(ui, &held.title, &Ink::new(theme.strong(theme.text.heading), theme.color.text));
    let kind = match against {
        Origin::Template(_) => "template",
        Origin::Untitled(_) => "drawing that is not saved",
        _ => "drawing",
    };
    let boxes = match held.shared {
        0 => "no box in common".to_owned(),
        1 => "1 box in common".to_owned(),
        count => format!("{count} boxes in common"),
    };
    let quiet = Ink::new(theme.small(), theme.color.text_3);
    wrapped(ui, &format!("{kind} · {boxes}"), &quiet);
    if !held.marks.is_empty() {
        wrapped(ui, "On the canvas: + only here, ≠ differs", &quiet);
    }
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        if button(ui, "", "Choose another", Kind::Plain).clicked() {
            panel::change(view, |here| here.against = None);
        }
        let hint = "Opens the other drawing and holds it against this one";
        if button(ui, icons::SHUFFLE, "Other way round", Kind::Plain).on_hover_text(hint).clicked() {
            let (panel, against) = (DrawingPanel::Compare, Some(mine.clone()));
            let other = DrawingLocation::of(self::against(view).unwrap_or_else(|| mine.clone()));
            view.go(Location::Drawing(DrawingLocation { panel, against, ..other }));
        }
    });
}

/// What the location compares with.
fn against(view: &View<'_>) -> Option<Origin> {
    match view.location() {
        Location::Drawing(drawing) => drawing.against.clone(),
        _ => None,
    }
}

fn same_ui(ui: &mut Ui, held: &Held) {
    let (room, _) = ui.allocate_exact_size(vec2(ui.available_width(), 190.0), Sense::hover());
    inside(ui, room, egui::Layout::top_down(egui::Align::Min), |ui| {
        let text = format!("Boxes, flows, tools and properties are those of {}.", held.title);
        empty_state(ui, icons::CHECK, "No difference", &text, None);
    });
}

/// What the other one has and this one lacks, each with its edit.
fn lacks_ui(ui: &mut Ui, view: &mut View<'_>, id: DocumentId, drawing: Drawing<'_>, held: &Held) {
    let theme = Theme::of(ui);
    ui.add_space(12.0);
    let count = held.lacks.len();
    section_head(ui, &format!("Missing here · {count}"));
    if count == 0 {
        let text = "Every kind of box and of flow of the other drawing is here.";
        wrapped(ui, text, &Ink::new(theme.body(), theme.color.text_2));
        return;
    }
    let can_add = !drawing.is_fixed();
    if can_add && count > 1 {
        let hint = "All of it, connected and placed, as one step that can be taken back";
        if button(ui, icons::PLUS, "Add all", Kind::Primary).on_hover_text(hint).clicked() {
            edit(view, id, held.complete(drawing.architecture));
        }
        ui.add_space(4.0);
    }
    let whole = view.memory.studio.compare.whole.contains(&Section::Missing);
    let most = if whole || count <= MOST + 2 { count } else { MOST };
    for lack in &held.lacks[..most] {
        lack_ui(ui, view, id, lack, can_add);
    }
    if most < count && facet_more(ui, &format!("{} more", count - most), "More that is missing".to_owned()) {
        view.memory.studio.compare.whole.insert(Section::Missing);
    }
}

fn lack_ui(ui: &mut Ui, view: &mut View<'_>, id: DocumentId, lack: &Lack, can_add: bool) {
    let theme = Theme::of(ui);
    let shown = ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let button_width = if can_add { 62.0 } else { 0.0 };
        let width = (ui.available_width() - button_width - 8.0).max(60.0);
        ui.allocate_ui_with_layout(vec2(width, 0.0), egui::Layout::top_down(egui::Align::Min), |ui| {
            ui.set_width(width);
            ui.add_space(4.0);
            wrapped(ui, &lack.message, &Ink::new(theme.body(), theme.color.text));
            ui.add_space(4.0);
        });
        can_add && small_button(ui, icons::PLUS, "Add", &format!("Add: {}", lack.message)).clicked()
    });
    let line = shown.response.rect;
    ui.painter().hline(line.x_range(), line.bottom(), (1.0, theme.color.line));
    if shown.inner {
        edit(view, id, lack.edit.clone());
        view.memory.studio.reveal = true;
        select(view, added(&lack.edit));
    }
}

/// The boxes that an edit brings; of flows alone, those at their ends.
fn added(edit: &Edit) -> Vec<NodeId> {
    let Edit::Batch(edits) = edit else { return Vec::new() };
    let boxes = edits.iter().filter_map(|edit| match edit {
        Edit::AddNode(node, _) => Some(node.id.clone()),
        _ => None,
    });
    let boxes: Vec<NodeId> = boxes.collect();
    if !boxes.is_empty() {
        return boxes;
    }
    let ends = edits.iter().filter_map(|edit| match edit {
        Edit::AddFlow(flow) => Some([flow.from.clone(), flow.to.clone()]),
        _ => None,
    });
    ends.flatten().collect()
}

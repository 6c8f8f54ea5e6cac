//! A small search box that adds a tool to the comparison.

use egui::accesskit::Role;
use egui::{Key, Margin, Modifiers, PopupCloseBehavior, TextEdit, Ui, WidgetInfo};

use crate::catalog::ToolId;
use crate::catalog::compare::{Comparison, MOST};
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, ListRow, wrapped};
use crate::ui::{View, icons};

/// What the comparison remembers and may lose.
#[derive(Clone, Debug, Default)]
pub struct CompareMemory {
    /// Whether the rows that are equal are shown.
    pub unfolded: bool,
    /// Whether they are to be brought into sight.
    pub reveal: bool,
    /// What was typed to add a tool.
    search: String,
    /// What the tools below were found for.
    searched: String,
    /// Places in the catalog, best first.
    found: Vec<usize>,
    /// The lit one among those that can be added.
    lit: usize,
}

impl CompareMemory {
    /// Forgets what was found in another catalog.
    pub(in crate::ui) fn forget_found(&mut self) {
        self.searched.clear();
        self.found.clear();
    }
}

/// As many as are worth reading.
const SHOWN: usize = 8;

/// Draws the box, and what it finds below it while something is typed.
pub(super) fn add_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    comparison: &Comparison,
    width: f32,
    after: &mut Vec<ToolId>,
) {
    let theme = Theme::of(ui);
    let has_room = comparison.tools.len() < MOST;
    let hint = if has_room { "Add a tool…" } else { "Five are the most" };
    let hint = format!("{}  {hint}", icons::MAGNIFYING_GLASS);
    let edit = TextEdit::singleline(&mut view.memory.compare.search)
        .hint_text(hint)
        .desired_width(width)
        .margin(Margin::symmetric(8, 5))
        .font(theme.body());
    let field = ui.add_enabled(has_room, edit);
    field.widget_info(move || WidgetInfo::labeled(Role::SearchInput, has_room, "Add a tool"));
    if std::mem::take(&mut view.memory.focus_filter) {
        field.request_focus();
    }
    if !has_room || view.memory.compare.search.trim().is_empty() {
        return;
    }
    let hits = hits(view, comparison);
    let memory = &mut view.memory.compare;
    memory.lit = memory.lit.min(hits.len().saturating_sub(1));
    let mut chosen = None;
    if field.has_focus() || field.lost_focus() {
        ui.input_mut(|input| {
            if input.consume_key(Modifiers::NONE, Key::ArrowDown) {
                memory.lit = (memory.lit + 1).min(hits.len().saturating_sub(1));
            }
            if input.consume_key(Modifiers::NONE, Key::ArrowUp) {
                memory.lit = memory.lit.saturating_sub(1);
            }
            if input.key_pressed(Key::Enter) {
                chosen = hits.get(memory.lit).copied();
            }
        });
    }
    let lit = memory.lit;
    let mut open = true;
    egui::Popup::from_response(&field)
        .open_bool(&mut open)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .accessible_name("Tools to add")
        .show(|ui| {
            ui.set_width(320.0);
            ui.spacing_mut().item_spacing.y = 0.0;
            for (at, place) in hits.iter().enumerate() {
                let tool = &view.state.catalog.tools()[*place];
                let caption = tool.category.as_deref().unwrap_or("no category yet");
                let row =
                    ListRow { icon: "", icon_color: None, text: &tool.name, caption, selected: at == lit };
                if row.show(ui).clicked() {
                    chosen = Some(*place);
                }
            }
            if hits.is_empty() {
                let ink = Ink::new(theme.body(), theme.color.text_3);
                wrapped(ui, "Nothing else has this name. Try fewer letters.", &ink);
            }
        });
    if let Some(place) = chosen {
        after.push(view.state.catalog.tools()[place].id.clone());
        open = false;
    }
    // A click into the field itself is outside of the list, and no reason to forget what was typed.
    if !open && (chosen.is_some() || !field.contains_pointer()) {
        view.memory.compare.search.clear();
    }
}

/// The tools that fit and are not compared; searched for when the text has changed, not in every frame.
fn hits(view: &mut View<'_>, comparison: &Comparison) -> Vec<usize> {
    let memory = &mut view.memory.compare;
    let text = memory.search.trim();
    if memory.searched != text {
        memory.found = view.state.landscape.search(text);
        memory.searched = text.to_owned();
        memory.lit = 0;
    }
    let tools = view.state.catalog.tools();
    let is_new = |place: &&usize| !comparison.tools.iter().any(|tool| tool.id == tools[**place].id);
    memory.found.iter().filter(is_new).take(SHOWN).copied().collect()
}

//! How a table is read as runs: a quiet line that tells it, and a sheet to choose otherwise.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{
    Align, Align2, Frame, Layout, Margin, Modal, ScrollArea, Sense, StrokeKind, TextEdit, Ui, WidgetInfo,
    vec2,
};

use crate::action::{Action, SourceAction, SourceId};
use crate::runs::Mapped;
use crate::runs::mapping::{Draft, Use};
use crate::shown::one_line;
use crate::ui::theme::Theme;
use crate::ui::view_state::{Overlay, ViewState};
use crate::ui::widgets::{
    Ink, Kind, button, choice_ui, inside, paint_text, section_head, small_button, tab, wrapped,
};
use crate::ui::{View, icons};

/// What is chosen on the sheet and not applied yet.
#[derive(Clone, Debug, Default)]
pub struct MappingMemory {
    draft: Option<(SourceId, Arc<Mapped>, Draft)>,
    /// Whether parameters are listed, and not metrics.
    params: bool,
    search: String,
}

/// The line; whether it was asked to change.
pub(super) fn line_ui(ui: &mut Ui, mapped: &Mapped) -> bool {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, theme.color.line));
    let room = rect.shrink2(vec2(12.0, 1.0));
    let (pressed, left) = inside(ui, room, Layout::right_to_left(Align::Center), |ui| {
        let told = "Change how the table is read";
        let pressed = small_button(ui, icons::SLIDERS, "Change…", told).clicked();
        (pressed, ui.available_rect_before_wrap())
    });
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, mapped.shown.as_str()));
    let ink = Ink::new(theme.small(), theme.color.text_3);
    let width = left.width() - 10.0;
    let at = egui::pos2(room.left(), room.center().y);
    let (_, cut) = paint_text(ui.painter(), at, Align2::LEFT_CENTER, &mapped.shown, &ink, width);
    let why = &mapped.reasons;
    if cut || !why.is_empty() {
        response.on_hover_ui(|ui| {
            ui.set_max_width(420.0);
            ui.label(mapped.shown.as_str());
            for why in why {
                ui.label(one_line(why));
            }
        });
    }
    pressed
}

/// Shows the sheet with what holds now, whatever was chosen on it before.
pub(super) fn open_sheet(memory: &mut ViewState) {
    memory.mapping = MappingMemory::default();
    memory.overlay = Overlay::Mapping;
}

/// The sheet.
pub(in crate::ui) fn sheet_ui(ui: &Ui, view: &mut View<'_>) {
    let mut memory = std::mem::take(&mut view.memory.mapping);
    let shown = view.focused_source().and_then(|(id, source)| {
        let mapped = source.runs.as_ref()?.mapping.as_ref()?;
        Some((id, mapped))
    });
    let Some((id, mapped)) = shown else {
        view.memory.overlay = Overlay::None;
        return;
    };
    // The file may get further columns meanwhile; what was chosen stays.
    let is_same = |(of, _, _): &(SourceId, Arc<Mapped>, Draft)| *of == id;
    if !memory.draft.as_ref().is_some_and(is_same) {
        memory = MappingMemory {
            draft: Some((id, Arc::clone(mapped), Draft::of(mapped))),
            ..MappingMemory::default()
        };
    }
    let screen = ui.ctx().content_rect();
    let size = vec2((screen.width() - 80.0).min(760.0), (screen.height() - 100.0).min(480.0));
    let mut done = None;
    let frame = Frame::popup(ui.style()).inner_margin(20);
    let modal = Modal::new(ui.scope_id().with("mapping sheet")).frame(frame).show(ui.ctx(), |ui| {
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let MappingMemory { draft: Some((_, mapped, draft)), params, search } = &mut memory else { return };
        let (above, foot) = rect.split_top_bottom_at_y(rect.bottom() - 44.0);
        let (roles, list) = above.split_left_right_at_x(above.left() + 350.0);
        inside(ui, roles, Layout::top_down(Align::Min), |ui| roles_ui(ui, mapped, draft));
        let list = list.with_min_x(list.left() + 24.0);
        inside(ui, list, Layout::top_down(Align::Min), |ui| columns_ui(ui, draft, params, search));
        let foot = foot.with_min_y(foot.top() + 10.0);
        done = inside(ui, foot, Layout::right_to_left(Align::Center), |ui| foot_ui(ui, mapped, draft));
    });
    if done.is_some() || modal.should_close() {
        view.memory.overlay = Overlay::None;
        memory = MappingMemory::default();
    }
    view.memory.mapping = memory;
    match done {
        Some(Done::Apply(mapping)) => view.actions.push(Action::Source(id, mapping)),
        Some(Done::Cancel) | None => {}
    }
}

/// What was pressed.
enum Done {
    Apply(SourceAction),
    Cancel,
}

/// Letters of a list of columns that no person reads to its end.
const MOST_OFFERS: usize = 400;

/// The roles that one column has each.
fn roles_ui(ui: &mut Ui, mapped: &Mapped, draft: &mut Draft) {
    let theme = Theme::of(ui);
    wrapped(ui, "How this table is read", &Ink::new(theme.strong(theme.text.heading), theme.color.text));
    ui.add_space(4.0);
    let quiet = Ink::new(theme.small(), theme.color.text_3);
    let text = "Applies to this file, and is kept for the next time it is opened.";
    wrapped(ui, text, &quiet);
    ui.add_space(14.0);
    ui.spacing_mut().item_spacing.y = 7.0;
    role_ui(ui, draft, Use::Run, "Run", "The whole file is one run");
    role_ui(ui, draft, Use::Name, "Run's name", "The run itself");
    role_ui(ui, draft, Use::Step, "Step", "Number of the row");
    role_ui(ui, draft, Use::Time, "Time", "None");
    let forms = ["Each metric has a column", "One column of values"];
    let offers = forms.map(|form| (icons::TABLE, form));
    if let Some(chosen) = choice_ui(ui, "Values", forms[usize::from(draft.is_long)], &offers) {
        draft.is_long = chosen == 1;
    }
    if draft.is_long {
        role_ui(ui, draft, Use::MetricName, "Metric names", "Choose a column");
        role_ui(ui, draft, Use::Value, "Value", "Choose a column");
    }
    if !mapped.reasons.is_empty() {
        ui.add_space(8.0);
        section_head(ui, "Why it was guessed so");
        ui.spacing_mut().item_spacing.y = 3.0;
        let mut room = ScrollArea::vertical();
        room = room.max_height(ui.available_height()).id_salt("reasons");
        room.show(ui, |ui| {
            for reason in &mapped.reasons {
                wrapped(ui, reason, &quiet);
            }
        });
    }
}

fn role_ui(ui: &mut Ui, draft: &mut Draft, role: Use, name: &str, nothing: &str) {
    let present = draft.column(role);
    let shown =
        |name: &str| if name.is_empty() { "(no name)".to_owned() } else { one_line(name).into_owned() };
    let columns: Vec<String> = draft.columns().iter().take(MOST_OFFERS).map(|name| shown(name)).collect();
    let is_needed = matches!(role, Use::MetricName | Use::Value);
    let mut offers: Vec<(&str, &str)> = Vec::with_capacity(columns.len() + 1);
    if !is_needed {
        offers.push(("", nothing));
    }
    let before = offers.len();
    offers.extend(columns.iter().map(|name| (icons::TABLE, name.as_str())));
    let now = present.map_or_else(|| nothing.to_owned(), |at| shown(&draft.columns()[at]));
    if let Some(chosen) = choice_ui(ui, name, &now, &offers) {
        draft.choose(role, chosen.checked_sub(before));
    }
}

/// The columns that are metrics or parameters.
fn columns_ui(ui: &mut Ui, draft: &mut Draft, params: &mut bool, search: &mut String) {
    let theme = Theme::of(ui);
    if draft.is_long {
        *params = true;
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        if !draft.is_long && tab(ui, "", "Metrics", !*params).clicked() {
            *params = false;
        }
        if tab(ui, "", "Parameters", *params).clicked() {
            *params = true;
        }
    });
    ui.add_space(6.0);
    const FEW: usize = 12;
    if draft.columns().len() > FEW {
        let edit = TextEdit::singleline(search)
            .hint_text(format!("{}  Find a column…", icons::MAGNIFYING_GLASS))
            .desired_width(ui.available_width() - 16.0)
            .margin(Margin::symmetric(8, 5));
        ui.add(edit).widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, "Find a column"));
        ui.add_space(4.0);
    }
    let role = if *params { Use::Param } else { Use::Metric };
    let wanted = search.trim().to_lowercase();
    let is_offered = |at: &usize| {
        let is_free = matches!(draft.use_of(*at), Use::Nothing | Use::Metric | Use::Param);
        is_free && (wanted.is_empty() || draft.columns()[*at].to_lowercase().contains(&wanted))
    };
    let offered: Vec<usize> = (0..draft.columns().len()).filter(is_offered).collect();
    let height = theme.size.row_compact;
    let mut toggled = None;
    let room = ui.available_height() - if *params { 0.0 } else { height + 8.0 };
    ui.spacing_mut().item_spacing.y = 0.0;
    let list = ScrollArea::vertical().auto_shrink([false, false]).max_height(room).id_salt("columns");
    list.show_rows(ui, height, offered.len(), |ui, range| {
        for at in &offered[range] {
            let name = &draft.columns()[*at];
            let name = if name.is_empty() { "(no name)" } else { name.as_str() };
            if column_ui(ui, draft.use_of(*at), role, name) {
                toggled = Some(*at);
            }
        }
    });
    if let Some(at) = toggled {
        draft.toggle(at, role);
    }
    if !*params {
        ui.add_space(8.0);
        let text = "Columns of numbers that show up later";
        let own = if draft.others { Use::Metric } else { Use::Nothing };
        if column_ui(ui, own, Use::Metric, text) {
            draft.others = !draft.others;
        }
    }
}

/// A column with its check box; whether it was pressed.
fn column_ui(ui: &mut Ui, own: Use, role: Use, name: &str) -> bool {
    let theme = Theme::of(ui);
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), theme.size.row_compact), Sense::click());
    let c = &theme.color;
    let is_on = own == role;
    let square = egui::Rect::from_center_size(rect.left_center() + vec2(10.0, 0.0), vec2(14.0, 14.0));
    if is_on {
        ui.painter().rect_filled(square, 3.0, c.accent);
        let ink = Ink::new(theme.icon(11.0), c.on_accent);
        paint_text(ui.painter(), square.center(), Align2::CENTER_CENTER, icons::CHECK, &ink, 14.0);
    } else {
        let color = if response.hovered() { c.text_3 } else { c.line_strong };
        ui.painter().rect_stroke(square, 3.0, (1.0, color), StrokeKind::Inside);
    }
    let told = one_line(name).into_owned();
    response.widget_info(move || WidgetInfo::selected(Role::CheckBox, true, is_on, told.clone()));
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 4.0, (2.0, c.accent), StrokeKind::Inside);
    }
    let ink = Ink::new(theme.body(), c.text);
    let at = egui::pos2(square.right() + 8.0, rect.center().y);
    let other = match own {
        Use::Metric if !is_on => "a metric",
        Use::Param if !is_on => "a parameter",
        _ => "",
    };
    let room = rect.right() - at.x - if other.is_empty() { 8.0 } else { 90.0 };
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, name, &ink, room);
    let quiet = Ink::new(theme.small(), theme.color.text_3);
    let at = egui::pos2(rect.right() - 8.0, rect.center().y);
    paint_text(ui.painter(), at, Align2::RIGHT_CENTER, other, &quiet, 84.0);
    response.clicked()
}

/// What can be done, and why not.
fn foot_ui(ui: &mut Ui, mapped: &Mapped, draft: &Draft) -> Option<Done> {
    let theme = Theme::of(ui);
    let mapping = draft.mapping();
    let mut done = None;
    ui.add_enabled_ui(mapping.is_ok(), |ui| {
        let pressed = button(ui, icons::CHECK, "Apply", Kind::Primary).clicked();
        if let (true, Ok(mapping)) = (pressed, &mapping) {
            done = Some(Done::Apply(SourceAction::Map(Some(mapping.clone()))));
        }
    });
    if button(ui, "", "Cancel", Kind::Quiet).clicked() {
        done = Some(Done::Cancel);
    }
    if mapped.is_chosen && button(ui, icons::MAGIC_WAND, "Guess again", Kind::Plain).clicked() {
        done = Some(Done::Apply(SourceAction::Map(None)));
    }
    if mapping.is_err() {
        let why =
            if draft.is_long { "Choose both columns of the values" } else { "Choose at least one metric" };
        let rect = ui.available_rect_before_wrap();
        let ink = Ink::new(theme.small(), theme.color.warn);
        paint_text(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, why, &ink, rect.width() - 12.0);
        let response = ui.interact(rect, ui.scope_id().with("why"), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, why));
    }
    done
}

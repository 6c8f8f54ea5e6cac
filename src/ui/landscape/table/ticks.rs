//! The tools that are ticked: the bar that says how many there are, and what can be done with them together.

use egui::{Frame, Margin, Panel, RichText, Ui};

use crate::action::{Action, Ask, RemarkAction};
use crate::address::{LandscapeLocation, Location};
use crate::catalog::ToolId;
use crate::catalog::compare::{FEWEST, MOST};
use crate::ui::theme::Theme;
use crate::ui::widgets::{Kind, button, icon_button};
use crate::ui::{View, icons, texts};

/// With less room all buttons but *Compare* are icons.
const WIDE: f32 = 800.0;
/// With less room that is one as well.
const NARROW: f32 = 420.0;

/// Draws the bar at the foot of the table, while anything is ticked.
pub(super) fn bar_ui(ui: &mut Ui, view: &mut View<'_>, table: &mut LandscapeLocation) {
    if table.ticked.is_empty() {
        return;
    }
    let theme = Theme::of(ui);
    let count = table.ticked.len();
    let frame = Frame::new().fill(theme.color.panel).inner_margin(Margin::symmetric(12, 0));
    let panel = Panel::bottom("ticked").exact_size(44.0).resizable(false).show_separator_line(false);
    panel.frame(frame).show(ui, |ui| {
        let edge = ui.max_rect().expand2(egui::vec2(12.0, 0.0));
        ui.painter().hline(edge.x_range(), edge.top() + 0.5, (1.0, theme.color.line));
        ui.horizontal_centered(|ui| {
            let text = RichText::new(format!("{count} selected")).font(theme.strong(theme.text.body));
            ui.label(text.color(theme.color.text));
            ui.add_space(4.0);
            let refusal = refusal(count);
            let room = ui.available_width();
            let one = |ui: &mut Ui, least: f32, (icon, name): (&str, &str), kind: Kind| {
                if room > least { button(ui, icon, name, kind) } else { icon_button(ui, icon, name, false) }
            };
            ui.add_enabled_ui(refusal.is_none(), |ui| {
                let response = one(ui, NARROW, (icons::SCALES, "Compare selected"), Kind::Primary);
                if response.on_disabled_hover_text(refusal.unwrap_or_default()).clicked() {
                    view.go(Location::Compare(in_order(view, table)));
                }
            });
            let (on, word) =
                if all_listed(view, table) { (false, "Off the shortlist") } else { (true, "Shortlist") };
            if one(ui, WIDE, (icons::STAR, word), Kind::Plain).clicked() {
                let tools = table.ticked.iter().filter(|id| is_listed(view, id) != on).cloned().collect();
                view.actions.push(Action::Remark(RemarkAction::ShortlistAll(tools, on)));
            }
            if one(ui, WIDE, (icons::EXPORT, "Export selected"), Kind::Plain).clicked() {
                export(view, table);
            }
            if one(ui, WIDE, (icons::X, "Clear selection"), Kind::Quiet).clicked() {
                table.ticked = Default::default();
            }
            if let Some(refusal) = refusal {
                let text = RichText::new(refusal).color(theme.color.text_3);
                ui.add(egui::Label::new(text).truncate());
            }
        });
    });
}

/// Why so many cannot be compared.
fn refusal(count: usize) -> Option<&'static str> {
    match count {
        ..FEWEST => Some("Tick one more to compare."),
        FEWEST..=MOST => None,
        _ => Some("Five are the most that can be compared."),
    }
}

fn is_listed(view: &View<'_>, tool: &ToolId) -> bool {
    view.state.remarks.of(tool).is_some_and(|remark| remark.shortlisted)
}

fn all_listed(view: &View<'_>, table: &LandscapeLocation) -> bool {
    table.ticked.iter().all(|tool| is_listed(view, tool))
}

/// The ticked tools in the order of the table, those that the filter hides after them.
fn in_order(view: &View<'_>, table: &LandscapeLocation) -> Vec<ToolId> {
    let tools = view.state.catalog.tools();
    let rows = view.here().tools.rows.iter().map(|row| &tools[*row].id);
    let mut out: Vec<ToolId> = rows.filter(|id| table.ticked.contains(*id)).cloned().collect();
    let hidden: Vec<ToolId> = table.ticked.iter().filter(|id| !out.contains(id)).cloned().collect();
    out.extend(hidden);
    out
}

/// Whether every tool of the table is ticked.
pub(super) fn all_are_ticked(view: &View<'_>, table: &LandscapeLocation) -> bool {
    let rows = &view.here().tools.rows;
    // Most often there are fewer ticks than rows, and nobody has to look at each.
    let tools = view.state.catalog.tools();
    !rows.is_empty()
        && table.ticked.len() >= rows.len()
        && rows.iter().all(|row| table.ticked.contains(&tools[*row].id))
}

/// Ticks what is filtered, or takes the ticks away where all of it is ticked.
pub(super) fn tick_all(view: &View<'_>, table: &mut LandscapeLocation) {
    let on = !all_are_ticked(view, table);
    let tools = view.state.catalog.tools();
    table.tick(view.here().tools.rows.iter().map(|row| tools[*row].id.clone()), on);
}

/// Asks for a place for what is ticked, as CSV.
fn export(view: &mut View<'_>, table: &LandscapeLocation) {
    let text = view.state.tool_table(view.window, |tool| table.ticked.contains(tool)).csv();
    let name = format!("{}-selected.csv", view.state.file_stem(view.location()));
    texts::tell_private(view, &name);
    view.ask(Ask::SaveText { name, numbered_in: None, text });
}

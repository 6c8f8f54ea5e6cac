//! The mark beside what does not come from the shipped catalog: a word, and in its tooltip the file and line.

use egui::accesskit::Role;
use egui::{Align2, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::catalog::{Claim, Field, Layer, Tool, ToolId};
use crate::state::State;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, fact_with, paint_text, wrapped};

/// Height of a mark, that of a line of small text with its frame.
const HEIGHT: f32 = 17.0;
/// Between a value and its mark.
const GAP: f32 = 7.0;

/// Draws the mark, unless the layer is the lowest. `what` says what it is beside, as a screen reader tells it.
pub(in crate::ui::landscape) fn layer_mark(ui: &mut Ui, layer: Layer, what: &str, place: Option<String>) {
    if layer > Layer::Bundled {
        mark_ui(ui, layer, what, place);
    }
}

fn mark_ui(ui: &mut Ui, layer: Layer, what: &str, place: Option<String>) -> Response {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let ink = Ink::new(theme.small(), c.text_2);
    let (rect, response) = ui.allocate_exact_size(vec2(width(ui, layer), HEIGHT), Sense::hover());
    ui.painter().rect_stroke(rect, 4.0, Stroke::new(1.0, c.line_strong), StrokeKind::Inside);
    paint_text(ui.painter(), rect.center(), Align2::CENTER_CENTER, layer.id(), &ink, rect.width());
    let from = place.map_or_else(|| format!("from the {}", layer.id()), |place| format!("from {place}"));
    let told = format!("{what}: {from}");
    response.widget_info(move || WidgetInfo::labeled(Role::Label, true, told.clone()));
    response.on_hover_text(from)
}

fn width(ui: &Ui, layer: Layer) -> f32 {
    let theme = Theme::of(ui);
    ui.painter().layout_no_wrap(layer.id().to_owned(), theme.small(), theme.color.text_2).size().x + 12.0
}

/// The layer of a value, if it is to be told beside it. Where all of a tool comes from one layer, that is told once,
/// beside its name.
fn told_layer(tool: &Tool, fields: &[Field]) -> Option<(Layer, Field)> {
    if tool.only_layer().is_some() {
        return None;
    }
    let layers = fields.iter().filter_map(|field| Some((tool.layer_of(*field)?, *field)));
    layers.filter(|(layer, _)| *layer > Layer::Bundled).max()
}

fn place_of_field(state: &State, tool: &ToolId, field: Field) -> Option<String> {
    state.workspace.as_ref()?.contents.place_of_field(tool, field)
}

/// The mark of a value that one of these fields gave.
pub(super) fn field_mark(ui: &mut Ui, state: &State, tool: &Tool, fields: &[Field], what: &str) {
    if let Some((layer, field)) = told_layer(tool, fields) {
        mark_ui(ui, layer, what, place_of_field(state, &tool.id, field));
    }
}

/// The mark beside the name: of the whole tool where it comes from one layer, else of the name.
pub(super) fn name_mark(ui: &mut Ui, state: &State, tool: &Tool) {
    match tool.only_layer() {
        Some(layer) => {
            let file = state.workspace.as_ref().and_then(|workspace| workspace.contents.file_of(&tool.id));
            layer_mark(ui, layer, &tool.name, file.map(ToOwned::to_owned));
        }
        None => field_mark(ui, state, tool, &[Field::Name], "Name"),
    }
}

/// The mark of a claim.
pub(super) fn claim_mark(ui: &mut Ui, state: &State, tool: &ToolId, claim: &Claim) {
    let place = state.workspace.as_ref().and_then(|open| open.contents.place_of_claim(tool, claim));
    layer_mark(ui, claim.layer, claim.polarity.title(), place);
}

/// A line of facts, with the mark of its fields behind the value.
pub(super) fn fact_marked(
    ui: &mut Ui,
    state: &State,
    tool: &Tool,
    fields: &[Field],
    name: &str,
    value: &str,
) {
    let told = told_layer(tool, fields);
    fact_with(ui, name, |ui| {
        let theme = Theme::of(ui);
        let ink = Ink::new(theme.body(), theme.color.text);
        let Some((layer, field)) = told else {
            wrapped(ui, value, &ink);
            return;
        };
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            let room = ui.available_width() - width(ui, layer) - GAP;
            ui.vertical(|ui| {
                ui.set_max_width(room.max(60.0));
                wrapped(ui, value, &ink);
            });
            mark_ui(ui, layer, name, place_of_field(state, &tool.id, field));
        });
    });
}

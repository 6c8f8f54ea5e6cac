//! The graph with nothing in the middle: where one can begin.

use egui::{Margin, RichText, ScrollArea, Ui};

use crate::address::{GraphLocation, Location, Place};
use crate::catalog::ToolId;
use crate::catalog::neighbourhood::Subject;
use crate::state::Graph;
use crate::ui::landscape::tool::category_text;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, ListRow, empty_state, section_head, wrapped};
use crate::ui::{View, icons};

/// Tools that most readers know something of, and that many relations lead to.
const BEGIN: [&str; 8] =
    ["mlflow", "kserve", "feast", "apache-airflow", "kubeflow", "ray", "langfuse", "openlineage"];

/// Offers tools to begin with; says so where the address names a tool that the catalog does not have.
pub(super) fn start_ui(ui: &mut Ui, view: &mut View<'_>, graph: &Graph) {
    if let [unknown, ..] = graph.found.unknown.as_slice() {
        let text = format!("The catalog has no tool with the id {unknown}.");
        if empty_state(
            ui,
            icons::QUESTION,
            "No such tool",
            &text,
            Some((icons::SQUARES_FOUR, "Show all tools")),
        ) {
            view.go(Location::start_of(Place::Landscape));
        }
        return;
    }
    let theme = Theme::of(ui);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        egui::Frame::new().inner_margin(Margin::symmetric(36, 28)).show(ui, |ui| {
            ui.set_max_width(560.0);
            ui.label(RichText::new("Relations").font(theme.strong(theme.text.title)));
            let text = "Put a tool in the middle to see what it works with, what it runs on and what stands instead of \
                        it, each with its source. Any tool's page and a selected row of the table lead here too.";
            wrapped(ui, text, &Ink::new(theme.body(), theme.color.text_2));
            ui.add_space(18.0);
            section_head(ui, "Begin with");
            ui.spacing_mut().item_spacing.y = 0.0;
            let catalog = std::sync::Arc::clone(&view.state.catalog);
            let tools = BEGIN.iter().filter_map(|id| catalog.get(&ToolId::new(id).ok()?));
            for tool in tools {
                let hue = tool.stages.first().map(|stage| theme.stage(*stage));
                let caption = category_text(tool);
                let row = ListRow { icon: "●", icon_color: hue, text: &tool.name, caption, selected: false };
                if row.show(ui).clicked() {
                    view.go(Location::Graph(GraphLocation::of(vec![tool.id.clone()])));
                }
            }
        });
    });
}

/// Nothing stands around the middle: because all is switched off, or because nobody has written anything down. What
/// is in the same category is then the next best lead.
pub(super) fn alone_ui(ui: &mut Ui, view: &mut View<'_>, graph: &Graph, after: &mut GraphLocation) {
    if !graph.found.counts.told.is_empty() {
        let text = "The types of relations that there are stand above, all switched off.";
        let action = Some((icons::GRAPH, "Show all types"));
        if empty_state(ui, icons::GRAPH, "Every relation is switched off", text, action) {
            after.wish.kinds = None;
        }
        return;
    }
    let tools = graph.found.nodes.iter().filter_map(|node| match node.subject {
        Subject::Tool(row) => view.state.catalog.tools().get(row),
        Subject::Standard => None,
    });
    let category = tools.clone().find_map(|tool| tool.category.clone());
    let names: Vec<&str> = tools.map(|tool| tool.name.as_str()).collect();
    let title = format!("No relations of {} are written down", names.join(", "));
    let lead = match (&category, graph.found.counts.derived) {
        (_, derived @ 1..) => {
            format!("Above, {derived} tools that share a standard with it can be switched on. ")
        }
        (Some(_), _) => "Its category shows what else does this work. ".to_owned(),
        (None, _) => String::new(),
    };
    let text = format!(
        "{lead}No relation does not mean that there is none: nobody has read its sources for it yet."
    );
    let button = category.as_ref().map(|name| format!("Show {name}"));
    let action = button.as_deref().map(|label| (icons::SQUARES_FOUR, label));
    if empty_state(ui, icons::GRAPH, &title, &text, action)
        && let Some(name) = category
    {
        view.go(Location::Category(name));
    }
}

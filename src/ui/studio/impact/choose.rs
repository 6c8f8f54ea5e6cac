//! What changes: a node, an artifact or a tool, chosen from what the drawing has.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Align2, Key, Margin, Popup, PopupKind, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, vec2};

use super::{name_of, panel};
use crate::action::DocumentId;
use crate::address::{DrawingLocation, Location, ToolSwap};
use crate::architecture::NodeId;
use crate::architecture::impact::{Counted, artifacts_in, tools_in};
use crate::catalog::ToolId;
use crate::shown::counted;
use crate::state::{Drawing, State};
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, Kind, ListRow, button, chip, paint_text, section_head, tab, wrapped};
use crate::ui::{View, icons};

/// As many as one compares at a glance.
const MOST: usize = 5;

/// What the chooser remembers and may lose.
#[derive(Clone, Debug, Default)]
pub(in crate::ui::studio) struct ChooseMemory {
    /// What was typed to find a tool.
    search: String,
    /// What the tools below were found for.
    searched: String,
    /// Places in the catalog, best first.
    found: Vec<usize>,
    /// What there is to choose, and of which state of the drawing and of the catalog.
    offers: Option<(Of, Arc<Offers>)>,
}

/// A state of a document and of the catalog.
type Of = (DocumentId, (u64, bool), u64);

/// What a drawing has that can change.
#[derive(Clone, Debug, Default)]
struct Offers {
    nodes: Vec<Offer>,
    artifacts: Vec<Offer>,
    tools: Vec<Offer>,
}

/// One thing that can change.
#[derive(Clone, Debug)]
struct Offer {
    /// What it is called in the drawing.
    word: String,
    /// What people read.
    text: String,
    /// Where it is.
    caption: String,
}

impl Offers {
    fn of(state: &State, drawing: Drawing<'_>) -> Self {
        let node = |id: &NodeId| Offer {
            word: id.to_string(),
            text: name_of(drawing, id).to_owned(),
            caption: String::new(),
        };
        let artifact = |one: Counted| Offer {
            text: one.word.replace('_', " "),
            caption: counted(one.count, "flow", "flows"),
            word: one.word,
        };
        let tool = |one: Counted| Offer {
            text: tool_name(state, &one.word),
            caption: counted(one.count, "box", "boxes"),
            word: one.word,
        };
        let mut nodes: Vec<Offer> = drawing.architecture.nodes.keys().map(node).collect();
        nodes.sort_by(|a, b| a.text.cmp(&b.text));
        Self {
            nodes,
            artifacts: artifacts_in(drawing.architecture).into_iter().map(artifact).collect(),
            tools: tools_in(drawing.architecture).into_iter().map(tool).collect(),
        }
    }
}

impl ChooseMemory {
    /// Forgets what was found in another catalog.
    pub(in crate::ui::studio) fn forget_found(&mut self) {
        self.searched.clear();
        self.found.clear();
    }

    fn offers(&mut self, state: &State, id: DocumentId, drawing: Drawing<'_>) -> Arc<Offers> {
        let of = (id, drawing.revision(), state.catalog_revision);
        self.offers.take_if(|(known, _)| *known != of);
        let (_, offers) = self.offers.get_or_insert_with(|| (of, Arc::new(Offers::of(state, drawing))));
        Arc::clone(offers)
    }
}

/// The three tabs, and below them what is chosen of the one that is open.
pub(super) fn choose_ui(ui: &mut Ui, view: &mut View<'_>, id: DocumentId, drawing: Drawing<'_>) {
    let Location::Drawing(here) = view.location() else { return };
    let offers = view.memory.studio.choose.offers(view.state, id, drawing);
    let (is_swap, is_artifact) = (here.swap.is_some(), here.swap.is_none() && here.artifact.is_some());
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        if tab(ui, "", "A node", !is_swap && !is_artifact).clicked() {
            ask(view, |_| {});
        }
        // Something is chosen at once, so that one sees what is meant.
        let first = offers.artifacts.first().cloned();
        ui.add_enabled_ui(first.is_some(), |ui| {
            if tab(ui, "", "An artifact", is_artifact).clicked() && !is_artifact {
                ask(view, |here| here.artifact = first.map(|offer| offer.word));
            }
        });
        let first = offers.tools.first().cloned();
        ui.add_enabled_ui(first.is_some(), |ui| {
            if tab(ui, "", "A tool swap", is_swap).clicked() && !is_swap {
                ask(view, |here| {
                    here.swap = first.map(|offer| ToolSwap { from: offer.word, to: String::new() });
                });
            }
        });
    });
    ui.add_space(6.0);
    match (&here.swap, &here.artifact) {
        (Some(swap), _) => swap_ui(ui, view, (id, drawing), swap, &offers),
        (None, Some(word)) => {
            let shown = word.replace('_', " ");
            if let Some(word) = menu(ui, "Artifact", &shown, &offers.artifacts) {
                ask(view, |here| here.artifact = Some(word));
            }
        }
        (None, None) => {
            let chosen = here.selected.first().map(|node| NodeId::from(node.as_str()));
            let shown =
                chosen.map_or_else(|| "Choose a box".to_owned(), |node| name_of(drawing, &node).to_owned());
            if let Some(node) = menu(ui, "Node", &shown, &offers.nodes) {
                super::select(view, [NodeId(node)]);
            }
        }
    }
    ui.add_space(8.0);
}

/// Asks about something else, from the first ring on if it is stepped through.
fn ask(view: &mut View<'_>, choose: impl FnOnce(&mut DrawingLocation)) {
    panel::change(view, |here| {
        (here.artifact, here.swap, here.without) = (None, None, None);
        here.ring = here.ring.map(|_| 0);
        choose(here);
    });
}

/// A grey name, and beside its middle what is chosen.
fn chosen_ui(ui: &mut Ui, name: &str, field: impl FnOnce(&mut Ui)) {
    let theme = Theme::of(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let (rect, _) = ui.allocate_exact_size(vec2(104.0, theme.size.control), Sense::hover());
        let ink = Ink::new(theme.body(), theme.color.text_3);
        paint_text(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, name, &ink, 100.0);
        // A vertical layout lets a long name give way.
        ui.vertical(|ui| field(ui));
    });
}

/// A field that unfolds a list; gives the word that was chosen.
fn menu(ui: &mut Ui, label: &str, shown: &str, offers: &[Offer]) -> Option<String> {
    let mut chosen = None;
    chosen_ui(ui, label, |ui| {
        let field = button(ui, icons::CARET_DOWN, shown, Kind::Plain);
        let told = format!("{label}: {shown}");
        field.widget_info(move || WidgetInfo::labeled(Role::ComboBox, true, told.clone()));
        Popup::menu(&field).kind(PopupKind::Menu).accessible_name(label).show(|ui| {
            ui.set_width(280.0);
            ui.spacing_mut().item_spacing.y = 0.0;
            ScrollArea::vertical().max_height(336.0).show(ui, |ui| {
                for Offer { word, text, caption } in offers {
                    let row = ListRow { icon: "", icon_color: None, text, caption, selected: text == shown };
                    if row.show(ui).clicked() {
                        chosen = Some(word.clone());
                    }
                }
            });
        });
    });
    chosen
}

fn tool_name(state: &State, tool: &str) -> String {
    let entry = ToolId::new(tool).ok().and_then(|id| state.catalog.get(&id));
    entry.map_or_else(|| tool.to_owned(), |tool| tool.name.clone())
}

/// Which tool goes, and what comes in its place.
fn swap_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    (id, drawing): (DocumentId, Drawing<'_>),
    swap: &ToolSwap,
    offers: &Offers,
) {
    let state = view.state;
    let shown = tool_name(state, &swap.from);
    if let Some(from) = menu(ui, "Replace", &shown, &offers.tools) {
        ask(view, |here| here.swap = Some(ToolSwap { from, to: String::new() }));
    }
    if !swap.to.is_empty() {
        chosen_ui(ui, "by", |ui| {
            // A chip is lower than the row.
            ui.add_space(5.0);
            let name = tool_name(state, &swap.to);
            let response = chip(ui, None, &name, true);
            let told = format!("Choose another tool than {name}");
            response.widget_info(move || WidgetInfo::labeled(Role::Button, true, told.clone()));
            if response.clicked() {
                put(view, &swap.from, String::new());
            }
        });
        return;
    }
    ui.add_space(6.0);
    section_head(ui, "By which tool");
    if let Some(to) = replacement_ui(ui, view, (id, drawing), &swap.from) {
        view.memory.studio.choose.search.clear();
        put(view, &swap.from, to);
    }
}

fn put(view: &mut View<'_>, from: &str, to: String) {
    let from = from.to_owned();
    panel::change(view, |here| here.swap = Some(ToolSwap { from, to }));
}

/// A search over the whole catalog; while nothing is typed, the tools that fit the first box.
fn replacement_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    (id, drawing): (DocumentId, Drawing<'_>),
    from: &str,
) -> Option<String> {
    let theme = Theme::of(ui);
    let memory = &mut view.memory.studio.choose;
    let field = ui.add(
        TextEdit::singleline(&mut memory.search)
            .hint_text(format!("{}  Any tool…", icons::MAGNIFYING_GLASS))
            .desired_width(f32::INFINITY)
            .margin(Margin::symmetric(8, 5))
            .font(theme.body()),
    );
    field.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, "Find a tool to put in its place"));
    ui.add_space(4.0);
    let typed = memory.search.trim().to_owned();
    let catalog = &view.state.catalog;
    // The tool's id, its name, and what speaks for it.
    let rows: Vec<(String, String, String)> = if typed.is_empty() {
        let is_first = |node: &&crate::architecture::Node| node.tools.iter().any(|tool| tool == from);
        let node = drawing.architecture.nodes.values().find(is_first)?;
        let found = view.memory.studio.asked.candidates(view.state, id, drawing, &node.id)?;
        let caption = |neighbours: usize| match neighbours {
            0 => String::new(),
            1 => "works with 1 here".to_owned(),
            count => format!("works with {count} here"),
        };
        let tools = found.tools.iter().take(MOST);
        tools.map(|one| (one.tool.to_string(), one.name.clone(), caption(one.neighbours))).collect()
    } else {
        if memory.searched != typed {
            memory.found = view.state.landscape.search(&typed);
            memory.searched.clone_from(&typed);
        }
        let tools = memory.found.iter().filter_map(|place| catalog.tools().get(*place));
        let tools = tools.filter(|tool| tool.id.as_str() != from).take(MOST);
        let caption = |tool: &crate::catalog::Tool| tool.category.clone().unwrap_or_default();
        tools.map(|tool| (tool.id.to_string(), tool.name.clone(), caption(tool))).collect()
    };
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let mut chosen = rows.first().filter(|_| entered).map(|(tool, ..)| tool.clone());
    for (tool, name, caption) in &rows {
        let row = ListRow { icon: icons::PLUS, icon_color: None, text: name, caption, selected: false };
        if row.show(ui).clicked() {
            chosen = Some(tool.clone());
        }
    }
    if rows.is_empty() && !typed.is_empty() {
        let text = "No tool is found. Try fewer letters.";
        wrapped(ui, text, &Ink::new(theme.body(), theme.color.text_3));
    }
    chosen
}

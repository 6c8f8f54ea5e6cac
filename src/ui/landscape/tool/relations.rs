//! What a tool works with and what it stands instead of, each with its source; and its neighbours.

use egui::accesskit::Role;
use egui::{RichText, Sense, Ui, WidgetInfo, vec2};

use super::claims::sources_ui;
use super::layer::layer_mark;
use crate::catalog::{Catalog, Layer, Relation, RelationKind, Tool, ToolId};
use crate::ui::View;
use crate::ui::landscape::graph::small_ui;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, chip, hairline, section_head, wrapped};

/// More than these would be a wall of text; the others become chips.
const MOST_OF_OTHERS: usize = 5;

/// A relation as the page's tool sees it.
struct Seen<'c> {
    relation: &'c Relation,
    /// The tool at the other end.
    other: &'c ToolId,
    /// Whether the other one says so of this one.
    is_said_by_other: bool,
}

/// What a tool works with, and what it stands instead of. What others say of it counts as well.
pub(super) struct Relations<'c> {
    works: Vec<Seen<'c>>,
    instead: Vec<Seen<'c>>,
    /// Who had no room in the lists.
    left_over: Vec<&'c ToolId>,
    /// Where a name led that was pressed.
    pub(super) go: Option<ToolId>,
}

impl<'c> Relations<'c> {
    pub(super) fn of(catalog: &'c Catalog, tool: &'c Tool) -> Self {
        let own = tool.relations.iter().map(|relation| Seen {
            relation,
            other: &relation.target,
            is_said_by_other: false,
        });
        let said = catalog.pointing_at(&tool.id).filter(|(other, _)| !is_named(tool, &other.id));
        let others =
            said.map(|(other, relation)| Seen { relation, other: &other.id, is_said_by_other: true });
        let (instead, works) =
            own.chain(others).partition(|seen| seen.relation.kind == RelationKind::AlternativeTo);
        Self { works, instead, left_over: Vec::new(), go: None }
    }

    /// The nearest neighbours as a picture, then what it works with.
    pub(super) fn works_ui(&mut self, ui: &mut Ui, view: &mut View<'_>, tool: &Tool) {
        if self.works.is_empty() && self.instead.is_empty() {
            return;
        }
        ui.add_space(18.0);
        section_head(ui, "Works with");
        ui.add_space(4.0);
        small_ui(ui, view, tool);
        ui.add_space(8.0);
        self.left_over.extend(list_ui(ui, view, &tool.id, &self.works, &mut self.go));
    }

    /// What it stands instead of.
    pub(super) fn instead_ui(&mut self, ui: &mut Ui, view: &mut View<'_>, tool: &Tool) {
        if self.works.is_empty() && self.instead.is_empty() {
            return;
        }
        ui.add_space(18.0);
        section_head(ui, "Instead of it");
        self.left_over.extend(list_ui(ui, view, &tool.id, &self.instead, &mut self.go));
    }

    /// Who had no room, and the tools of its category that it has no relation with.
    pub(super) fn more_ui(&mut self, ui: &mut Ui, catalog: &'c Catalog, tool: &Tool) {
        let more = std::mem::take(&mut self.left_over).into_iter().filter_map(|id| catalog.get(id));
        chips_ui(ui, "Also named by", more, &mut self.go);
        let names_it = |id: &ToolId| catalog.pointing_at(&tool.id).any(|(other, _)| other.id == *id);
        let same = |other: &&Tool| {
            other.category == tool.category
                && other.id != tool.id
                && !is_named(tool, &other.id)
                && !names_it(&other.id)
        };
        let same = catalog.tools().iter().filter(same).take(14);
        chips_ui(ui, "In the same category", same, &mut self.go);
    }
}

fn is_named(tool: &Tool, id: &ToolId) -> bool {
    tool.relations.iter().any(|relation| relation.target == *id)
}

/// Draws the list and returns who is left over.
fn list_ui<'c>(
    ui: &mut Ui,
    view: &mut View<'_>,
    said_of: &ToolId,
    list: &[Seen<'c>],
    go: &mut Option<ToolId>,
) -> Vec<&'c ToolId> {
    let (mut left_over, mut others, mut any) = (Vec::new(), 0, false);
    for seen in list {
        others += usize::from(seen.is_said_by_other);
        if seen.is_said_by_other && others > MOST_OF_OTHERS {
            left_over.push(seen.other);
            continue;
        }
        if any {
            hairline(ui);
        }
        any = true;
        relation_ui(ui, view, said_of, seen, go);
    }
    if !any {
        let theme = Theme::of(ui);
        wrapped(ui, "Nothing written down yet.", &Ink::new(theme.body(), theme.color.text_3));
    }
    left_over
}

fn relation_ui(ui: &mut Ui, view: &mut View<'_>, said_of: &ToolId, seen: &Seen<'_>, go: &mut Option<ToolId>) {
    let relation = seen.relation;
    let theme = Theme::of(ui);
    let c = &theme.color;
    let target = view.state.catalog.get(seen.other);
    let name = target.map_or(seen.other.as_str(), |tool| tool.name.as_str());
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let label = egui::Label::new(RichText::new(name).font(theme.strong(theme.text.body)).color(c.text));
        let response = ui.add(label.sense(Sense::click()));
        let said = format!("Open {name}");
        response.widget_info(move || WidgetInfo::labeled(Role::Link, true, said.clone()));
        if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
            *go = Some(seen.other.clone());
        }
        if relation.layer > Layer::Bundled {
            let sayer = if seen.is_said_by_other { seen.other } else { said_of };
            let open = view.state.workspace.as_ref();
            let place = open.and_then(|open| open.contents.place_of_relation(sayer, relation));
            layer_mark(ui, relation.layer, &format!("Relation with {name}"), place);
        }
        let words = words_of(seen);
        if !words.is_empty() {
            let text = RichText::new(words).font(theme.small()).color(c.text_3);
            ui.add(egui::Label::new(text).truncate());
        }
    });
    if let Some(how) = &relation.how {
        wrapped(ui, how, &Ink::new(theme.body(), c.text_2));
    }
    sources_ui(ui, &relation.evidence, view.actions);
    ui.add_space(3.0);
}

/// How it stands to the other, what passes through what, and since when.
fn words_of(seen: &Seen<'_>) -> String {
    let relation = seen.relation;
    let mut words = Vec::new();
    match relation.kind {
        RelationKind::AlternativeTo => {}
        // The same from both ends.
        RelationKind::IntegratesWith => words.push(relation.kind.title().to_owned()),
        kind if seen.is_said_by_other => words.push(format!("{} it", kind.title())),
        kind => words.push(kind.title().to_owned()),
    }
    if let Some(via) = &relation.via {
        words.push(match (&via.artifact, &via.interface) {
            (Some(artifact), Some(interface)) => format!("{artifact} over {interface}"),
            (Some(one), None) | (None, Some(one)) => one.clone(),
            (None, None) => String::new(),
        });
    }
    if let Some(since) = &relation.since {
        words.push(format!("since {since}"));
    }
    words.retain(|word| !word.is_empty());
    words.join(" · ")
}

fn chips_ui<'t>(ui: &mut Ui, title: &str, tools: impl Iterator<Item = &'t Tool>, go: &mut Option<ToolId>) {
    let theme = Theme::of(ui);
    let mut tools = tools.peekable();
    if tools.peek().is_none() {
        return;
    }
    ui.add_space(14.0);
    section_head(ui, title);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        for other in tools {
            let hue = other.stages.first().map_or(theme.color.text_3, |stage| theme.stage(*stage));
            if chip(ui, Some(("●", hue)), &other.name, false).clicked() {
                *go = Some(other.id.clone());
            }
        }
    });
}

//! The board: a block of cards for each group, from the whole poster to single cards.

mod card;
mod laid;
mod layout;
mod legend;
mod poster;

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Align2, Color32, Key, Modifiers, Rect, RichText, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::address::{LandscapeLocation, Location};
use crate::catalog::{Group, GroupBy};
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, empty_state, icon_button, line, tab, tool_bar};
use crate::ui::{View, icons};
use laid::{Laid, Part};
use layout::{Block, FOLDED, Measures, place};
pub use poster::poster_ui;

/// The zooms that the buttons step through; Ctrl and the wheel go in between.
const STEPS: [f32; 8] = [0.4, 0.5, 0.6, 0.75, 0.9, 1.0, 1.25, 1.5];
/// Around the board.
const MARGIN: f32 = 16.0;

/// What the board remembers of a window.
pub struct BoardMemory {
    zoom: f32,
    /// Whether the zoom follows the window so that the whole poster is in sight.
    whole: bool,
    /// Titles of unfolded blocks.
    open: BTreeSet<String>,
    scene: Option<Scene>,
    laid: Laid,
}

impl Default for BoardMemory {
    fn default() -> Self {
        Self { zoom: 1.0, whole: false, open: BTreeSet::new(), scene: None, laid: Laid::default() }
    }
}

/// Without the layout: its texts belong to the fonts of one context.
impl Clone for BoardMemory {
    fn clone(&self) -> Self {
        Self { zoom: self.zoom, whole: self.whole, open: self.open.clone(), ..Self::default() }
    }
}

impl std::fmt::Debug for BoardMemory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BoardMemory")
            .field("zoom", &self.zoom)
            .field("open", &self.open)
            .finish_non_exhaustive()
    }
}

/// Everything in its place; made when something that it depends on changes.
struct Scene {
    basis: (u64, f32, f32, usize, bool),
    measures: Measures,
    blocks: Vec<Block>,
    places: Vec<(usize, f32)>,
    height: f32,
}

impl Scene {
    /// Without `open`, the titles of unfolded blocks, nothing folds at all.
    fn new(
        ui: &Ui,
        (groups, open): (&[Group], Option<&BTreeSet<String>>),
        measures: Measures,
        room: f32,
        laid: &mut Laid,
    ) -> Self {
        let theme = Theme::of(ui);
        let zoom = measures.zoom;
        let blocks: Vec<Block> = groups
            .iter()
            .enumerate()
            .map(|(at, group)| {
                let wrap = measures.column - 46.0 * zoom;
                // Its colour is given when it is painted: the theme may change meanwhile.
                let lay = |level: f32, wrap: f32| {
                    let font = theme.strong(theme.text.body * level);
                    ui.painter().layout(group.title.clone(), font, Color32::PLACEHOLDER, wrap)
                };
                let mut title = laid.words((at, Part::Title), zoom, |level| lay(level, f32::INFINITY));
                if title.size().x > wrap {
                    title = lay(zoom, wrap);
                }
                let all = group.rows.len();
                let can_fold = open.is_some() && all > FOLDED;
                let is_open = open.is_none_or(|open| open.contains(&group.title));
                let shown = if can_fold && !is_open { FOLDED } else { all };
                Block { title, cards: (shown, all), can_fold }
            })
            .collect();
        let heights: Vec<f32> = blocks.iter().map(|block| block.height(&measures)).collect();
        let (places, height) = place(&heights, measures.columns(room));
        Self { basis: (0, zoom, room, 0, false), measures, blocks, places, height }
    }

    fn left(&self, column: usize) -> f32 {
        column as f32 * (self.measures.column + self.measures.gap)
    }
}

pub(super) fn board_ui(ui: &mut Ui, view: &mut View<'_>, table: &mut LandscapeLocation) {
    bar(ui, view, table);
    let tools = &view.here().tools;
    if tools.groups.is_empty() {
        let text = "No tool has all of this. Take a filter away, or search for fewer words.";
        if empty_state(ui, icons::FUNNEL, "Nothing fits", text, Some((icons::X, "Clear the filter"))) {
            *table = super::cleared(table);
        }
        return;
    }
    zoom_by_wheel(ui, view);
    let room = (ui.available_width() - 2.0 * MARGIN - 10.0).max(120.0);
    let tall = ui.available_height();
    prepare(ui, view, room, tall);
    let moved = keys(ui, view, table);
    let Some(scene) = view.memory.board.scene.take() else { return };
    let mut laid = std::mem::take(&mut view.memory.board.laid);
    let mut toggled = None;
    let mut open = None;
    ScrollArea::vertical().auto_shrink(false).id_salt("board").show_viewport(ui, |ui, seen| {
        ui.set_height(scene.height + 2.0 * MARGIN);
        let origin = ui.min_rect().min + vec2(MARGIN, MARGIN);
        for (group, (block, (column, top))) in tools.groups.iter().zip(scene.blocks.iter().zip(&scene.places))
        {
            let height = block.height(&scene.measures);
            if top + height + MARGIN < seen.min.y || top + MARGIN > seen.max.y {
                continue;
            }
            let at = origin + vec2(scene.left(*column), *top);
            let rect = Rect::from_min_size(at, vec2(scene.measures.column, height));
            block_ui(
                ui,
                (view, &mut laid),
                table,
                (group, block),
                rect,
                &scene.measures,
                (&mut toggled, &mut open),
            );
        }
        if let Some(rect) = moved.then(|| selected_rect(view, table, &scene, origin)).flatten() {
            ui.scroll_to_rect(rect.expand(40.0), None);
        }
    });
    if laid.is_behind() {
        ui.ctx().request_repaint();
    }
    view.memory.board.scene = Some(scene);
    view.memory.board.laid = laid;
    if let Some(title) = toggled
        && !view.memory.board.open.remove(&title)
    {
        view.memory.board.open.insert(title);
    }
    if let Some(id) = open {
        view.go(Location::Tool(id));
    }
}

/// What the board is grouped by, and how large it is.
fn bar(ui: &mut Ui, view: &mut View<'_>, table: &mut LandscapeLocation) {
    let theme = Theme::of(ui);
    tool_bar(ui, |ui| {
        ui.label(RichText::new("By").font(theme.small()).color(theme.color.text_3));
        for by in GroupBy::ALL {
            if tab(ui, "", by.title(), table.by == by).clicked() {
                table.by = by;
            }
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.available_width() < 150.0 {
                return;
            }
            // What belongs together stands together, and leaves room for the legend.
            ui.spacing_mut().item_spacing.x = 2.0;
            let board = &mut view.memory.board;
            if icon_button(ui, icons::CORNERS_OUT, "Show the whole board", board.whole).clicked() {
                board.whole = !board.whole;
            }
            let step = |way: bool, zoom: f32| {
                let mut larger = STEPS.iter().copied().filter(|step| *step > zoom + 0.01);
                let mut smaller = STEPS.iter().copied().filter(|step| *step < zoom - 0.01);
                if way { larger.next() } else { smaller.next_back() }.unwrap_or(zoom)
            };
            for (icon, name, way) in
                [(icons::PLUS, "Larger cards", true), (icons::MINUS, "Smaller cards", false)]
            {
                if icon_button(ui, icon, name, false).clicked() {
                    (board.zoom, board.whole) = (step(way, board.zoom), false);
                }
            }
            let percent = format!("{:.0} %", board.zoom * 100.0);
            ui.label(RichText::new(percent).font(theme.mono()).color(theme.color.text_3));
            legend::legend_ui(ui, board.zoom);
        });
    });
}

fn zoom_by_wheel(ui: &Ui, view: &mut View<'_>) {
    let over = ui.input(|input| {
        input.pointer.hover_pos().is_some_and(|at| ui.available_rect_before_wrap().contains(at))
    });
    let delta = ui.input(|input| input.zoom_delta());
    if over && (delta - 1.0).abs() > 0.001 {
        let board = &mut view.memory.board;
        board.zoom = (board.zoom * delta).clamp(STEPS[0], STEPS[STEPS.len() - 1]);
        board.whole = false;
    }
}

/// Lays the board out again if anything it depends on has changed.
fn prepare(ui: &Ui, view: &mut View<'_>, room: f32, tall: f32) {
    let tools = &view.here().tools;
    let board = &mut view.memory.board;
    let of = (tools.revision, view.state.catalog_revision);
    if board.laid.begin(ui.painter(), Theme::of(ui).body(), of) {
        board.scene = None;
    }
    let basis = |zoom: f32, board: &BoardMemory| (tools.revision, zoom, room, board.open.len(), board.whole);
    if board.scene.as_ref().is_some_and(|scene| scene.basis == basis(board.zoom, board)) {
        return;
    }
    if board.whole {
        // The largest zoom at which all is in sight; smaller steps are rare, so trying a dozen is cheap enough.
        let mut fits = |zoom: f32| {
            let measures = Measures::new(zoom, room);
            let scene = Scene::new(ui, (&tools.groups, Some(&board.open)), measures, room, &mut board.laid);
            scene.height + 2.0 * MARGIN <= tall
        };
        let zooms = (8..=30).rev().map(|step| step as f32 * 0.05);
        board.zoom = zooms.into_iter().find(|zoom| fits(*zoom)).unwrap_or(STEPS[0]);
    }
    let measures = Measures::new(board.zoom, room);
    let mut scene = Scene::new(ui, (&tools.groups, Some(&board.open)), measures, room, &mut board.laid);
    scene.basis = basis(board.zoom, board);
    board.scene = Some(scene);
}

fn block_ui(
    ui: &Ui,
    (view, laid): (&View<'_>, &mut Laid),
    table: &mut LandscapeLocation,
    (group, block): (&Group, &Block),
    rect: Rect,
    measures: &Measures,
    (toggled, open): (&mut Option<String>, &mut Option<crate::catalog::ToolId>),
) {
    let theme = Theme::of(ui);
    let zoom = measures.zoom;
    let head = block.title.size().y;
    let hue = group.stage.map_or(theme.color.text_3, |stage| theme.stage(stage));
    let tick = Rect::from_min_size(rect.min + vec2(0.0, 1.0), vec2(3.0 * zoom, head - 2.0));
    ui.painter().rect_filled(tick, 1.0, hue);
    ui.painter().galley(rect.min + vec2(11.0 * zoom, 0.0), Arc::clone(&block.title), theme.color.text);
    let count = laid.words((group.rows.len(), Part::Count), zoom, |level| {
        let ink = Ink::new(theme.figures(theme.text.small * level), Color32::PLACEHOLDER);
        line(ui.painter(), &group.rows.len().to_string(), &ink, f32::INFINITY)
    });
    let at = pos2(rect.right() - 4.0, rect.top() + theme.text.body * zoom * 0.6);
    let at = Align2::RIGHT_CENTER.anchor_size(at, count.size()).min;
    ui.painter().galley(at, count, theme.color.text_3);
    let mut top = rect.top() + block.head(measures);
    let (shown, all) = block.cards;
    for row in group.rows.iter().take(shown) {
        let Some(tool) = view.state.catalog.tools().get(*row) else { continue };
        let card = Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), measures.card));
        let id = ui.scope_id().with((&group.title, *row));
        let selected = table.selected.as_ref() == Some(&tool.id);
        let response = card::card_ui(ui, id, card, (*row, tool, selected), (laid, zoom));
        if let Some(response) = response {
            if response.double_clicked() {
                *open = Some(tool.id.clone());
            } else if response.clicked() {
                table.selected = Some(tool.id.clone());
            }
        }
        top += measures.pitch;
    }
    if block.can_fold {
        let below = Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), measures.card));
        let folded = shown < all;
        let text = if folded { format!("and {} more", all - shown) } else { "show fewer".to_owned() };
        let response = ui.interact(below, ui.scope_id().with((&group.title, "more")), Sense::click());
        let name = format!("{}: {text}", group.title);
        response.widget_info(move || WidgetInfo::labeled(Role::Button, true, name.clone()));
        let ink = if response.hovered() { theme.color.accent } else { theme.color.text_3 };
        let words = laid.words((all - shown, Part::More), zoom, |level| {
            let ink = Ink::new(theme.sized(theme.text.small * level), Color32::PLACEHOLDER);
            line(ui.painter(), &text, &ink, f32::INFINITY)
        });
        let at = pos2(below.left() + 8.0 * zoom, below.center().y);
        ui.painter().galley(Align2::LEFT_CENTER.anchor_size(at, words.size()).min, words, ink);
        if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
            *toggled = Some(group.title.clone());
        }
    }
}

/// The block and card of the selection, the first where the tool stands in several.
fn selected_at(view: &View<'_>, table: &LandscapeLocation) -> Option<(usize, usize)> {
    let id = table.selected.as_ref()?;
    let tools = view.state.catalog.tools();
    view.here()
        .tools
        .groups
        .iter()
        .enumerate()
        .find_map(|(block, group)| Some((block, group.rows.iter().position(|row| tools[*row].id == *id)?)))
}

fn selected_rect(
    view: &View<'_>,
    table: &LandscapeLocation,
    scene: &Scene,
    origin: egui::Pos2,
) -> Option<Rect> {
    let (block, card) = selected_at(view, table)?;
    let (column, top) = scene.places[block];
    let top = top + scene.blocks[block].head(&scene.measures) + card as f32 * scene.measures.pitch;
    let size = vec2(scene.measures.column, scene.measures.card);
    Some(Rect::from_min_size(origin + vec2(scene.left(column), top), size))
}

/// The arrow keys walk from card to card, up and down through the blocks, left and right to the block beside; Enter
/// opens. True when the selection moved.
fn keys(ui: &Ui, view: &mut View<'_>, table: &mut LandscapeLocation) -> bool {
    if ui.ctx().text_edit_focused() || view.memory.overlay != Default::default() {
        return false;
    }
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let [up, down, left, right] =
        [Key::ArrowUp, Key::ArrowDown, Key::ArrowLeft, Key::ArrowRight].map(pressed);
    let groups = &view.here().tools.groups;
    let Some(scene) = &view.memory.board.scene else { return false };
    let at = selected_at(view, table);
    if !(up || down || left || right) {
        let enter = ui.input(|input| input.key_pressed(Key::Enter));
        let free = ui.ctx().memory(|memory| memory.focused().is_none());
        if let (true, true, Some(id)) = (enter, free, table.selected.clone()) {
            view.go(Location::Tool(id));
        }
        return false;
    }
    let shown = |block: usize| scene.blocks[block].cards.0.max(1);
    let next = match at {
        None => (0, 0),
        Some((block, card)) if down && card + 1 < shown(block) => (block, card + 1),
        Some((block, _)) if down => ((block + 1).min(groups.len() - 1), 0),
        Some((block, card)) if up && card > 0 => (block, (card - 1).min(shown(block) - 1)),
        Some((block, _)) if up => {
            let before = block.saturating_sub(1);
            (before, if block == 0 { 0 } else { shown(before) - 1 })
        }
        Some((block, card)) => {
            let (column, top) = scene.places[block];
            let wanted = if left { column.checked_sub(1) } else { Some(column + 1) };
            let nearest =
                (0..groups.len()).filter(|other| Some(scene.places[*other].0) == wanted).min_by(|a, b| {
                    let far = |other: &usize| (scene.places[*other].1 - top).abs();
                    far(a).total_cmp(&far(b))
                });
            nearest.map_or((block, card), |other| (other, card.min(shown(other) - 1)))
        }
    };
    let row = groups.get(next.0).and_then(|group| group.rows.get(next.1));
    table.selected = row.map(|row| view.state.catalog.tools()[*row].id.clone());
    true
}

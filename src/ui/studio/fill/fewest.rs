//! The fewest tools that fill the drawing: which goes where and why, who could stand in for it, and what stays open.

use egui::Ui;

use super::folded::{NAMES, rest_ui, shown};
use super::{name_of, reveal, title_of};
use crate::action::DocumentId;
use crate::architecture::fill::{Cover, Gap, Placed, Scope, Usage, Why, cover, gaps, put_in};
use crate::architecture::{Edit, NodeId};
use crate::catalog::Catalog;
use crate::shown::{counted, listed};
use crate::state::Drawing;
use crate::ui::studio::edit;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, Kind, Note, SIGN, button, section_head, tab, wrapped};
use crate::ui::{View, icons};

/// More rows than these are folded.
const MOST: usize = 8;

/// The fewest tools for a drawing, where they go, and what they leave open.
#[derive(Debug)]
pub(in crate::ui::studio) struct Fewest {
    cover: Cover,
    /// How many boxes are filled.
    filled: usize,
    rows: Vec<ToolRow>,
    gaps: Vec<Gap>,
    /// What puts all of them in; none where nothing would change.
    change: Option<Edit>,
}

/// A tool as a row shows it.
#[derive(Debug)]
struct ToolRow {
    name: String,
    is_kept: bool,
    /// The boxes that it goes into.
    nodes: Vec<NodeId>,
    /// Where it goes, by what, who could stand there instead, and what is not known of it.
    below: Vec<String>,
}

/// Which of [`ToolRow::below`] tells by what it does the job.
const REASON: usize = 1;

impl Fewest {
    /// Finds them.
    pub fn of(drawing: Drawing<'_>, catalog: &Catalog, usage: &Usage, scope: Scope) -> Self {
        let architecture = drawing.architecture;
        let cover = cover(architecture, catalog, usage, scope);
        let placed = cover.placed(architecture, catalog);
        let mut rows = Vec::new();
        for chosen in &cover.tools {
            let boxes: Vec<&Placed> = placed.iter().filter(|placed| placed.tool == chosen.tool).collect();
            if boxes.is_empty() {
                continue;
            }
            let titles: Vec<&str> = boxes.iter().map(|placed| title_of(drawing, &placed.node)).collect();
            let mut reasons: Vec<&str> = Vec::new();
            for placed in &boxes {
                if !reasons.contains(&placed.why.as_str()) {
                    reasons.push(&placed.why);
                }
            }
            let mut below = vec![format!("for {}", listed(&titles, NAMES)), reasons.join(" ")];
            let others: Vec<&str> =
                chosen.others.iter().map(|other| name_of(catalog, other.as_str())).collect();
            if !others.is_empty() {
                below.push(format!("Instead: {}", others.join(", ")));
            }
            below.extend(chosen.unknown.iter().map(|judged| format!("? {}", judged.message)));
            let nodes = boxes.iter().map(|placed| placed.node.clone()).collect();
            rows.push(ToolRow { name: chosen.name.clone(), is_kept: chosen.is_kept, nodes, below });
        }
        Self {
            gaps: gaps(architecture, &cover.unfilled, catalog),
            change: put_in(architecture, &placed),
            filled: placed.len(),
            rows,
            cover,
        }
    }
}

pub(super) fn fewest_ui(ui: &mut Ui, view: &mut View<'_>, id: DocumentId, drawing: Drawing<'_>) {
    let theme = Theme::of(ui);
    section_head(ui, "The fewest tools");
    let scope = view.memory.studio.fill.scope;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for (each, text) in [(Scope::Open, "Only empty boxes"), (Scope::All, "All boxes anew")] {
            if tab(ui, "", text, each == scope).clicked() {
                view.memory.studio.fill.scope = each;
            }
        }
    });
    ui.add_space(4.0);
    let found = view.memory.studio.asked.fewest(view.state, id, drawing, scope);
    wrapped(ui, &summary(&found, scope), &Ink::new(theme.body(), theme.color.text_2));
    let most = drawing.architecture.constraints.most_tools;
    if let Some(most) = most.filter(|most| found.cover.total as u64 > u64::from(*most)) {
        let text = format!("Only {} may be in the drawing.", counted(most as usize, "tool", "tools"));
        wrapped(ui, &text, &Ink::new(theme.medium(), theme.color.warn));
    }
    if let Some(change) = &found.change
        && !drawing.is_fixed()
    {
        ui.add_space(6.0);
        let what = match scope {
            Scope::Open => "The empty boxes get these tools. One undo takes them out again.",
            Scope::All => "These tools take the place of what the boxes name. One undo brings that back.",
        };
        if button(ui, icons::PLUS, "Put them in", Kind::Primary).on_hover_text(what).clicked() {
            edit(view, id, change.clone());
        }
    }
    ui.add_space(6.0);
    let key = "fewest";
    for row in found.rows.iter().take(shown(view, key, found.rows.len(), MOST)) {
        tool_ui(ui, view, row);
    }
    rest_ui(ui, view, key, found.rows.len(), MOST);
    gaps_ui(ui, view, drawing, &found.gaps);
}

fn summary(found: &Fewest, scope: Scope) -> String {
    let (cover, boxes) = (&found.cover, found.filled);
    let all = boxes + found.gaps.len();
    let new = cover.tools.iter().filter(|chosen| !chosen.is_kept).count();
    let mut text = match scope {
        _ if all == 0 && scope == Scope::Open => return "No box is empty.".to_owned(),
        _ if boxes == 0 => format!("No tool is known for {}.", counted(all, "box", "boxes")),
        Scope::Open if new == 0 => {
            format!("The tools that are here already fill {boxes} of {all} empty boxes.")
        }
        Scope::Open => format!(
            "{} more would fill {boxes} of {all} empty boxes: {} in all instead of {}.",
            counted(new, "tool", "tools"),
            cover.total,
            cover.now
        ),
        Scope::All => format!(
            "{} would fill {boxes} of {all} boxes. {} named now.",
            counted(cover.total, "tool", "tools"),
            if cover.now == 1 { "1 is".to_owned() } else { format!("{} are", cover.now) }
        ),
    };
    if !cover.is_exact {
        text.push_str(" Perhaps fewer do: the search was ended.");
    }
    text
}

/// A tool, the boxes that it goes into, why, and who else could stand there.
fn tool_ui(ui: &mut Ui, view: &mut View<'_>, row: &ToolRow) {
    let c = &Theme::of(ui).color;
    let color = |at: usize| if at == REASON { c.text_3 } else { c.text_2 };
    let below: Vec<_> = row.below.iter().enumerate().map(|(at, text)| (text.clone(), color(at))).collect();
    let note = Note {
        sign: (icons::PACKAGE, c.text_3),
        text: &row.name,
        caption: if row.is_kept { "here already" } else { "" },
        below: &below,
        goes_on: false,
    };
    if note.show(ui).on_hover_text("Show the boxes on the canvas").clicked() {
        reveal(view, row.nodes.iter().cloned());
    }
}

/// What belongs to a row and stands below it, in line with its words.
pub(super) fn below_ui(ui: &mut Ui, draw: impl FnOnce(&mut Ui)) {
    let row = ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space(SIGN);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            draw(ui);
            ui.add_space(5.0);
        });
    });
    let (rect, line) = (row.response.rect, Theme::of(ui).color.line);
    let across = rect.left()..=rect.left() + ui.available_width();
    ui.painter().hline(across, rect.bottom() - 0.5, (1.0, line));
}

/// The boxes that nobody fills, each with why.
fn gaps_ui(ui: &mut Ui, view: &mut View<'_>, drawing: Drawing<'_>, gaps: &[Gap]) {
    if gaps.is_empty() {
        return;
    }
    let theme = Theme::of(ui);
    ui.add_space(10.0);
    section_head(ui, "Nobody is known for");
    let key = "gaps";
    for gap in gaps.iter().take(shown(view, key, gaps.len(), MOST)) {
        let names: Vec<&str> =
            gap.tools.iter().take(3).map(|tool| name_of(&view.state.catalog, tool.as_str())).collect();
        let such = match gap.why {
            Why::OnlyPerhaps | Why::Ended => format!(" Such as {}.", names.join(", ")),
            Why::KeptOut | Why::UnknownKind | Why::Nobody => String::new(),
        };
        let note = Note {
            sign: (icons::QUESTION, theme.color.text_3),
            text: title_of(drawing, &gap.node),
            caption: "",
            below: &[(format!("{}{such}", gap.message), theme.color.text_2)],
            goes_on: false,
        };
        if note.show(ui).clicked() {
            reveal(view, [gap.node.clone()]);
        }
    }
    rest_ui(ui, view, key, gaps.len(), MOST);
}

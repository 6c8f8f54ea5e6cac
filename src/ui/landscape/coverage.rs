//! The state of the catalog: what has been judged by its sources, and what is still unknown.

mod workspace;

use std::collections::BTreeMap;

use egui::accesskit::Role;
use egui::{Align2, Margin, Rect, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::split::{SplitRow, lacking, split_head};
use crate::address::{LandscapeLocation, Location};
use crate::catalog::coverage::{ClaimAt, Coverage, Unknown};
use crate::catalog::{Depth, Polarity, ToolId};
use crate::shown::grouped;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, ListRow, columns, paint_text, section_head, wrapped};
use crate::ui::{View, icons};

/// What the page remembers and may lose.
#[derive(Clone, Debug, Default)]
pub struct CoverageMemory {
    /// Whether all problems of the workspace are shown, not only the first.
    pub(super) all_problems: bool,
}

/// The page's name in crumbs, palette and bookmarks.
pub const COVERAGE: &str = Location::COVERAGE;

/// Draws the page.
pub fn coverage_ui(ui: &mut Ui, view: &mut View<'_>) {
    let mut go = None;
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        egui::Frame::new().inner_margin(Margin::symmetric(36, 22)).show(ui, |ui| {
            ui.set_max_width(ui.available_width().min(1700.0));
            title_ui(ui, view);
            totals_ui(ui, &view.state.coverage);
            ui.add_space(22.0);
            workspace::workspace_ui(ui, view, &mut go);
            ui.spacing_mut().item_spacing.y = 0.0;
            if ui.available_width() > 1180.0 {
                columns(ui, 44.0, |[left, middle, right]| {
                    stages_ui(left, view, &mut go);
                    left.add_space(24.0);
                    unknown_ui(left, &view.state.coverage);
                    categories_ui(middle, view, &mut go);
                    open_ui(right, view, &mut go);
                });
            } else if ui.available_width() < 700.0 {
                stages_ui(ui, view, &mut go);
                ui.add_space(24.0);
                unknown_ui(ui, &view.state.coverage);
                ui.add_space(24.0);
                open_ui(ui, view, &mut go);
                ui.add_space(24.0);
                categories_ui(ui, view, &mut go);
            } else {
                columns(ui, 36.0, |[left, right]| {
                    stages_ui(left, view, &mut go);
                    left.add_space(24.0);
                    unknown_ui(left, &view.state.coverage);
                    left.add_space(24.0);
                    open_ui(left, view, &mut go);
                    categories_ui(right, view, &mut go);
                });
            }
        });
    });
    if let Some(location) = go {
        view.go(location);
    }
}

fn title_ui(ui: &mut Ui, view: &View<'_>) {
    let theme = Theme::of(ui);
    wrapped(ui, COVERAGE, &Ink::new(theme.strong(theme.text.title), theme.color.text));
    let text = format!(
        "What has been judged by its sources, and what is still open, on {}. Unknown is shown as unknown.",
        view.state.today
    );
    let font = egui::FontId::proportional(theme.text.emphasis);
    wrapped(ui, &text, &Ink::new(font, theme.color.text_2));
    ui.add_space(16.0);
}

/// The figures that one looks for first, side by side.
fn totals_ui(ui: &mut Ui, coverage: &Coverage) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let reviewed = |of: &[Polarity]| {
        coverage.polarity.iter().filter(|(p, _, _)| of.contains(p)).map(|(_, read, _)| read).sum::<usize>()
    };
    let figures = [
        (coverage.total.complete, "complete", format!("of {} tools", grouped(coverage.total.all()))),
        (coverage.total.partial, "partial", "something is missing".to_owned()),
        (reviewed(&[Polarity::Pro]), "pros", "read in their sources".to_owned()),
        (reviewed(&[Polarity::Con, Polarity::Caveat]), "cons", "caveats among them".to_owned()),
        (coverage.relations, "relations", format!("{} say what passes", coverage.relations_with_via)),
        (coverage.drafts.len(), "drafts", "sources not read again".to_owned()),
        (coverage.stale.len(), "stale claims", "past their review date".to_owned()),
    ];
    // All in one row, or as many as stay readable.
    let fitting = (ui.available_width() / 130.0).clamp(1.0, figures.len() as f32) as usize;
    ui.spacing_mut().item_spacing.y = 0.0;
    for (row, figures) in figures.chunks(fitting).enumerate() {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 68.0), Sense::hover());
        ui.painter().hline(rect.x_range(), rect.top(), (1.0, c.line));
        ui.painter().hline(rect.x_range(), rect.bottom(), (1.0, c.line));
        let width = rect.width() / fitting as f32;
        for (at, (number, name, caption)) in figures.iter().enumerate() {
            let left = rect.left() + width * at as f32 + if at == 0 { 0.0 } else { 16.0 };
            let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(width - 20.0, rect.height()));
            let number = grouped(*number);
            let told = format!("{number} {name}, {caption}");
            let response = ui.interact(cell, ui.scope_id().with(("figure", row, at)), Sense::hover());
            response.widget_info(move || WidgetInfo::labeled(Role::Label, true, told.clone()));
            if at > 0 {
                let x = rect.left() + width * at as f32;
                ui.painter().vline(x, rect.top() + 14.0..=rect.bottom() - 14.0, (1.0, c.line));
            }
            let ink = Ink::new(theme.strong(theme.text.title), c.text);
            let at = pos2(left, rect.top() + 25.0);
            let (drawn, _) = paint_text(ui.painter(), at, Align2::LEFT_CENTER, &number, &ink, width);
            let at = pos2(drawn.right() + 7.0, rect.top() + 26.0);
            let ink = Ink::new(theme.body(), c.text_2);
            paint_text(ui.painter(), at, Align2::LEFT_CENTER, name, &ink, cell.right() - at.x);
            let ink = Ink::new(theme.small(), c.text_3);
            paint_text(
                ui.painter(),
                pos2(left, rect.top() + 49.0),
                Align2::LEFT_CENTER,
                caption,
                &ink,
                cell.width(),
            );
        }
    }
}

fn stages_ui(ui: &mut Ui, view: &View<'_>, go: &mut Option<Location>) {
    split_head(ui, "Tools by stage");
    let stages = &view.state.coverage.by_stage;
    let most = stages.iter().map(|(_, split)| split.all()).max().unwrap_or_default();
    for (stage, split) in stages {
        let row = SplitRow { name: stage.title(), stage: *stage, split: *split, most, names: 100.0 };
        if row.show(ui).clicked() {
            *go = Some(Location::Landscape(LandscapeLocation::at(*stage)));
        }
    }
    let text = "A tool counts in each of its stages.";
    ui.add_space(4.0);
    note_ui(ui, text);
}

fn categories_ui(ui: &mut Ui, view: &View<'_>, go: &mut Option<Location>) {
    split_head(ui, "Tools by category");
    let state = view.state;
    let most = state.coverage.by_category.iter().map(|(_, split)| split.all()).max().unwrap_or_default();
    for (name, split) in &state.coverage.by_category {
        let Some(category) = state.catalog.category(name) else { continue };
        let names = (ui.available_width() * 0.51).min(232.0);
        let row = SplitRow { name, stage: category.stage, split: *split, most, names };
        if row.show(ui).clicked() {
            *go = Some(Location::Category(name.clone()));
        }
    }
}

/// The values that no source told, as shares of the complete tools.
fn unknown_ui(ui: &mut Ui, coverage: &Coverage) {
    section_head(ui, "Unknown among complete tools");
    let complete = coverage.total.complete;
    for unknown in coverage.unknown_by_field.iter().filter(|unknown| unknown.complete > 0) {
        unknown_row(ui, unknown, complete);
    }
    if coverage.unknown_by_field.iter().all(|unknown| unknown.complete == 0) {
        note_ui(ui, "Nothing: every value is known.");
    }
    ui.add_space(4.0);
    note_ui(
        ui,
        "No source tells these values, so they stay unknown and a tool can be complete without them.",
    );
}

fn unknown_row(ui: &mut Ui, unknown: &Unknown, complete: usize) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
    let name = match unknown.field {
        "air_gap" => "Air-gapped use",
        "first_release_year" => "First release",
        "kubernetes" => "Needs Kubernetes",
        "gpu" => "Needs a GPU",
        "status" => "Whether it goes on",
        "license" => "Licence",
        "docs" => "Documentation",
        "languages" => "Languages",
        "deploy" => "Ways to deploy",
        other => other,
    };
    let told = format!("{name}: unknown for {} of {complete} complete tools", unknown.complete);
    response.widget_info(move || WidgetInfo::labeled(Role::Label, true, told.clone()));
    let at = rect.left_center();
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, name, &Ink::new(theme.body(), c.text), 140.0);
    let left = rect.left() + 148.0;
    let bar = Rect::from_min_max(
        pos2(left, rect.center().y - 4.5),
        pos2(rect.right() - 84.0, rect.center().y + 4.5),
    );
    ui.painter().rect_filled(bar, 2.0, c.raised);
    let share = unknown.complete as f32 / complete.max(1) as f32;
    let filled = Rect::from_min_size(bar.min, vec2(bar.width() * share, bar.height()));
    ui.painter().rect_filled(filled, 2.0, c.text_3);
    let count = format!("{} of {complete}", unknown.complete);
    let ink = Ink::new(theme.mono(), c.text);
    paint_text(ui.painter(), rect.right_center(), Align2::RIGHT_CENTER, &count, &ink, 80.0);
}

/// What waits for somebody: partial tools, drafts and stale claims, each leading to its tool.
fn open_ui(ui: &mut Ui, view: &View<'_>, go: &mut Option<Location>) {
    let coverage = &view.state.coverage;
    section_head(ui, "Partial tools");
    let partial = view.state.catalog.tools().iter().filter_map(|tool| {
        let found = coverage.of(&tool.id).filter(|found| found.depth == Depth::Partial)?;
        Some((&tool.id, lacking(&found.missing)))
    });
    list_ui(ui, view, partial, icons::CIRCLE, "Every judged tool is complete.", go);
    ui.add_space(22.0);
    section_head(ui, "Draft claims");
    let counted = by_tool(&coverage.drafts);
    let drafts = counted.iter().map(|(tool, n)| (*tool, plural(*n, "draft")));
    list_ui(ui, view, drafts, icons::PENCIL_LINE, "The source of every claim has been read.", go);
    ui.add_space(22.0);
    section_head(ui, "Stale claims");
    let counted = by_tool(&coverage.stale);
    let stale = counted.iter().map(|(tool, n)| (*tool, plural(*n, "claim")));
    list_ui(ui, view, stale, icons::CLOCK, "No claim is past its review date.", go);
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// How many of these claims each tool has, in the order in which the tools come first.
fn by_tool(claims: &[ClaimAt]) -> Vec<(&ToolId, usize)> {
    let mut counts: BTreeMap<&ToolId, usize> = BTreeMap::new();
    for claim in claims {
        *counts.entry(&claim.tool).or_default() += 1;
    }
    counts.into_iter().collect()
}

fn list_ui<'a>(
    ui: &mut Ui,
    view: &View<'_>,
    tools: impl Iterator<Item = (&'a ToolId, String)>,
    icon: &str,
    none: &str,
    go: &mut Option<Location>,
) {
    let mut any = false;
    for (id, caption) in tools {
        any = true;
        let name = view.state.catalog.get(id).map_or(id.as_str(), |tool| &tool.name);
        let row = ListRow { icon, icon_color: None, text: name, caption: &caption, selected: false };
        if row.show(ui).clicked() {
            *go = Some(Location::Tool(id.clone()));
        }
    }
    if !any {
        ui.add_space(3.0);
        note_ui(ui, none);
    }
}

fn note_ui(ui: &mut Ui, text: &str) {
    let theme = Theme::of(ui);
    wrapped(ui, text, &Ink::new(theme.small(), theme.color.text_3));
}

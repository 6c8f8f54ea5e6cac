//! What the pages of Practice are made of: heads, two columns, stages, tools, advice with its basis, sources.

use egui::accesskit::Role;
use egui::{Align2, Color32, Rangef, Rect, RichText, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::action::{Action, Ask};
use crate::address::{Location, PracticeSection};
use crate::catalog::{Stage, ToolId};
use crate::practice::{Basis, Solution, Source};
use crate::ui::theme::Theme;
use crate::ui::widgets::{
    Ink, chip, lifecycle_strip, paint_text, paragraph, section_head, tell_target, wrapped,
};
use crate::ui::{View, icons};

/// From this width on the sources and facts stand beside the text, else below it.
const WIDE: f32 = 820.0;

/// The room of a link's icon before its words.
const LINK_INDENT: f32 = 15.0;

/// Whether there is room for two columns.
pub(super) fn is_wide(ui: &Ui) -> bool {
    ui.available_width() >= WIDE
}

/// A page in two columns with a line between: what is said, and beside it what it rests on.
pub(super) fn columns_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    main: impl FnOnce(&mut Ui, &mut View<'_>),
    side: impl FnOnce(&mut Ui, &mut View<'_>),
) {
    if let Some((x, rows)) = beside_ui(ui, view, main, side) {
        ui.painter().vline(x, rows, (1.0, Theme::of(ui).color.line));
    }
}

/// Two columns where there is room for them, and then the middle of the gap between them.
pub(super) fn beside_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    main: impl FnOnce(&mut Ui, &mut View<'_>),
    side: impl FnOnce(&mut Ui, &mut View<'_>),
) -> Option<(f32, Rangef)> {
    let width = ui.available_width();
    if !is_wide(ui) {
        main(ui, view);
        ui.add_space(14.0);
        side(ui, view);
        return None;
    }
    let (gap, beside) = (28.0, if width > 1000.0 { 300.0 } else { 244.0 });
    let text = (width - beside - 2.0 * gap).min(800.0);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let left = ui.vertical(|ui| {
            ui.set_width(text);
            main(ui, view);
        });
        ui.add_space(2.0 * gap);
        let right = ui.vertical(|ui| {
            ui.set_width(beside);
            side(ui, view);
        });
        let rect = left.response.rect.union(right.response.rect);
        Some((left.response.rect.left() + text + gap, rect.y_range()))
    })
    .inner
}

/// The head of a page: a small line that says what kind of page it is, the title, a subtitle; all but the title
/// may be empty.
pub(super) fn title_ui(ui: &mut Ui, kicker: &str, title: &str, subtitle: &str) {
    let theme = Theme::of(ui);
    if !kicker.is_empty() {
        wrapped(ui, kicker, &Ink::new(theme.small(), theme.color.text_3));
    }
    wrapped(ui, title, &Ink::new(theme.strong(theme.text.title), theme.color.text));
    if !subtitle.is_empty() {
        let font = egui::FontId::proportional(theme.text.emphasis);
        wrapped(ui, subtitle, &Ink::new(font, theme.color.text_2));
    }
    ui.add_space(8.0);
}

pub(super) fn text_ui(ui: &mut Ui, text: &str) {
    let theme = Theme::of(ui);
    let font = egui::FontId::proportional(theme.text.emphasis);
    wrapped(ui, text, &Ink::new(font, theme.color.text_2));
    ui.add_space(8.0);
}

pub(super) fn points_ui(ui: &mut Ui, head: &str, points: &[String]) {
    if points.is_empty() {
        return;
    }
    let theme = Theme::of(ui);
    section_head(ui, head);
    for point in points {
        bullet_ui(ui, |ui, at| {
            ui.painter().circle_filled(at, 2.0, theme.color.text_3);
        });
        ui.add_space(-ui.spacing().item_spacing.y);
        indented_ui(ui, |ui| {
            wrapped(ui, &capitalised(point), &Ink::new(theme.body(), theme.color.text));
        });
        ui.add_space(3.0);
    }
    ui.add_space(8.0);
}

/// Paints a mark at the place of a bullet, on the first line of what comes next.
fn bullet_ui(ui: &mut Ui, paint: impl FnOnce(&mut Ui, egui::Pos2)) {
    let at = ui.next_widget_position();
    let (slot, _) = ui.allocate_exact_size(vec2(0.0, 0.0), Sense::hover());
    paint(ui, pos2(slot.left() + 4.0, at.y + 9.0));
}

fn indented_ui(ui: &mut Ui, draw: impl FnOnce(&mut Ui)) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space(18.0);
        ui.vertical(draw);
    });
}

/// The text with a capital at its head.
pub(super) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Ten bars with the stages' names, lit where the page belongs; a lit one leads to its stage.
pub(super) fn strip_ui(ui: &mut Ui, view: &mut View<'_>, stages: &[String]) {
    let lit: Vec<Stage> = stages.iter().filter_map(|id| Stage::from_id(id)).collect();
    let theme = Theme::of(ui);
    let gap = 6.0;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::hover());
    let bars = Rect::from_min_size(rect.min, vec2(rect.width(), 6.0));
    lifecycle_strip(ui, bars, &lit, gap);
    let width = (rect.width() + gap) / Stage::ALL.len() as f32;
    for (index, stage) in Stage::ALL.iter().copied().enumerate() {
        let left = rect.left() + index as f32 * width;
        let own = Rect::from_min_size(pos2(left, rect.top()), vec2(width - gap, rect.height()));
        let is_lit = lit.contains(&stage);
        let mut color = if is_lit { theme.color.text } else { theme.color.text_3 };
        if is_lit {
            let response = ui.interact(own, ui.scope_id().with(("stage", stage.id())), Sense::click());
            response.widget_info(|| WidgetInfo::labeled(Role::Link, true, stage.title()));
            if response.hovered() || response.has_focus() {
                color = theme.color.accent;
            }
            if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
                view.go(item_of(PracticeSection::Lifecycle, stage.id()));
            }
        }
        let at = pos2(left, rect.top() + 17.0);
        paint_text(
            ui.painter(),
            at,
            Align2::LEFT_CENTER,
            stage.title(),
            &Ink::new(theme.small(), color),
            own.width(),
        );
    }
    ui.add_space(10.0);
}

/// Where an item of a section is.
pub(super) fn item_of(section: PracticeSection, id: &str) -> Location {
    Location::Practice { section, item: Some(id.to_owned()), text: String::new() }
}

/// Tools as chips that lead to their pages; names without an entry stay plain.
pub(super) fn tools_ui(ui: &mut Ui, view: &mut View<'_>, head: &str, ids: &[String], others: &[String]) {
    if ids.is_empty() && others.is_empty() {
        return;
    }
    section_head(ui, head);
    chips_ui(ui, view, |_, _| (), ids, others);
    ui.add_space(12.0);
}

/// A row of chips, which wraps, behind whatever `before` draws.
fn chips_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    before: impl FnOnce(&mut Ui, &mut View<'_>),
    ids: &[String],
    others: &[String],
) {
    let theme = Theme::of(ui);
    let mut go = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        before(ui, view);
        for id in ids {
            match ToolId::new(id).ok().and_then(|id| view.state.catalog.get(&id)) {
                Some(tool) => {
                    let hue = tool.stages.first().map_or(theme.color.text_3, |stage| theme.stage(*stage));
                    if chip(ui, Some(("●", hue)), &tool.name, false).clicked() {
                        go = Some(Location::Tool(tool.id.clone()));
                    }
                }
                None => {
                    ui.label(RichText::new(id).color(theme.color.text_2));
                }
            }
        }
        if !others.is_empty() {
            let names = format!("{} (not in the catalog)", others.join(", "));
            ui.label(RichText::new(names).font(theme.small()).color(theme.color.text_2));
        }
    });
    if let Some(location) = go {
        view.go(location);
    }
}

/// Lines of advice: a shape and a word tell whether a source reports each, its source, its tools.
pub(super) fn advice_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    head: &str,
    lines: &[Solution],
    sources: &[Source],
) {
    if lines.is_empty() {
        return;
    }
    let theme = Theme::of(ui);
    // Where every line is ours, the head says so once for all.
    let all_ours = lines.len() > 1 && lines.iter().all(|line| line.basis == Basis::Suggested);
    if all_ours {
        section_head(ui, &format!("{head} · our suggestions"));
    } else {
        section_head(ui, head);
    }
    for line in lines {
        bullet_ui(ui, |ui, at| basis_mark(ui, at, line.basis));
        ui.add_space(-ui.spacing().item_spacing.y);
        indented_ui(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            wrapped(ui, &line.text, &Ink::new(theme.body(), theme.color.text));
            let source = line.source.as_ref().and_then(|title| sources.iter().find(|s| s.title == *title));
            if all_ours && line.tools.is_empty() && line.other_tools.is_empty() {
                return;
            }
            ui.add_space(2.0);
            let basis = |ui: &mut Ui, view: &mut View<'_>| basis_ui(ui, view, line.basis, source);
            chips_ui(ui, view, basis, &line.tools, &line.other_tools);
            if !line.suggested_tools.is_empty() {
                ui.add_space(2.0);
                let word = |ui: &mut Ui, _: &mut View<'_>| {
                    let word = RichText::new(format!("{}:", Basis::Suggested.title()));
                    ui.label(word.font(theme.small()).color(theme.color.text_3));
                };
                chips_ui(ui, view, word, &line.suggested_tools, &[]);
            }
        });
        ui.add_space(8.0);
    }
    ui.add_space(4.0);
}

/// The word of a basis and, if one is named, the source.
fn basis_ui(ui: &mut Ui, view: &mut View<'_>, basis: Basis, source: Option<&Source>) {
    let theme = Theme::of(ui);
    let color = match basis {
        Basis::Reported => theme.color.ok,
        Basis::Need => theme.color.info,
        Basis::Suggested => theme.color.text_3,
    };
    ui.label(RichText::new(basis.title()).font(theme.small()).color(color));
    if let Some(source) = source {
        link_ui(ui, view, &source.title, source.url.as_deref());
        ui.add_space(4.0);
    }
}

/// Full: reported. Half: the need is reported. Empty: our suggestion.
pub(super) fn basis_mark(ui: &Ui, at: egui::Pos2, basis: Basis) {
    let c = &Theme::of(ui).color;
    let (color, radius) = match basis {
        Basis::Reported => (c.ok, 4.0),
        Basis::Need => (c.info, 4.0),
        Basis::Suggested => (c.text_3, 4.0),
    };
    ui.painter().circle_stroke(at, radius - 0.5, Stroke::new(1.2, color));
    let filled = match basis {
        Basis::Reported => 2.0 * radius,
        Basis::Need => radius,
        Basis::Suggested => return,
    };
    let part = Rect::from_min_size(at - vec2(radius, radius), vec2(filled, 2.0 * radius));
    ui.painter().with_clip_rect(part.intersect(ui.clip_rect())).circle_filled(at, radius, color);
}

/// Small text behind a link's icon, which opens an address; without icon and plain where there is none.
fn link_ui(ui: &mut Ui, view: &mut View<'_>, text: &str, url: Option<&str>) {
    let theme = Theme::of(ui);
    let indent = if url.is_some() { LINK_INDENT } else { 0.0 };
    let room = ui.available_width() - indent;
    let words = paragraph(ui, text, &Ink::new(theme.small(), Color32::PLACEHOLDER), room);
    let sense = if url.is_some() { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(words.size() + vec2(indent, 0.0), sense);
    let name = url.map_or_else(|| text.to_owned(), |url| format!("Open source {url}"));
    let role = if url.is_some() { Role::Link } else { Role::Label };
    response.widget_info(move || WidgetInfo::labeled(role, true, name.clone()));
    let hot = url.is_some() && (response.hovered() || response.has_focus());
    let color = if hot { theme.color.accent } else { theme.color.text_2 };
    ui.painter().galley(rect.min + vec2(indent, 0.0), words, color);
    let Some(url) = url else { return };
    tell_target(&response, url);
    let at = rect.min + vec2(0.0, 8.0);
    let ink = Ink::new(theme.icon(theme.text.small), color);
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, icons::LINK_SIMPLE, &ink, indent);
    if response.on_hover_text(url).on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
        view.actions.push(Action::Ask(Ask::OpenUrl(url.to_owned())));
    }
}

/// Every source, how it was read, when it appeared and when it was read; pressing opens it.
pub(super) fn sources_ui(ui: &mut Ui, view: &mut View<'_>, sources: &[Source]) {
    if sources.is_empty() {
        return;
    }
    section_head(ui, "Sources");
    for source in sources {
        source_ui(ui, view, source);
    }
    ui.add_space(8.0);
}

/// One source in two lines.
pub(super) fn source_ui(ui: &mut Ui, view: &mut View<'_>, source: &Source) {
    let theme = Theme::of(ui);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        link_ui(ui, view, &source.title, source.url.as_deref());
        let mut facts = vec![source.kind.title().to_owned()];
        facts.extend(source.published.as_ref().map(|date| format!("of {date}")));
        facts.extend(source.read.as_ref().map(|month| format!("read {month}")));
        let indent = if source.url.is_some() { LINK_INDENT } else { 0.0 };
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.add_space(indent);
            wrapped(ui, &facts.join(" · "), &Ink::new(theme.small(), theme.color.text_3));
        });
    });
    ui.add_space(6.0);
}

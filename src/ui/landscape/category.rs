//! A category's page: what belongs in it, how to choose among its tools, and the tools, complete ones first.

use egui::accesskit::Role;
use egui::{Align2, Margin, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::split::lacking;
use crate::address::{Location, Place};
use crate::catalog::{Answer, Category, Depth, Question, Tool, ToolId};
use crate::ui::theme::Theme;
use crate::ui::widgets::{
    Ink, ListRow, chip, empty_state, fact, hairline, license_mark, monogram, paint_text, section_head,
    wrapped,
};
use crate::ui::{View, icons};

/// Draws the page.
pub fn category_ui(ui: &mut Ui, view: &mut View<'_>) {
    let Location::Category(name) = view.location() else { return };
    let Some(category) = view.state.catalog.category(name) else {
        let text = format!("The catalog has no category called {name}.");
        let action = Some((icons::GAUGE, "Show all categories"));
        if empty_state(ui, icons::QUESTION, "No such category", &text, action) {
            view.go(Location::Coverage);
        }
        return;
    };
    let mut go = None;
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        egui::Frame::new().inner_margin(Margin::symmetric(36, 22)).show(ui, |ui| {
            let (facts, gutter) = (300.0, 28.0);
            if ui.available_width() > 980.0 {
                let text = ui.available_width() - facts - 2.0 * gutter;
                let least = ui.available_height();
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = 0.0;
                    let left = ui.vertical(|ui| {
                        ui.set_width(text);
                        page_ui(ui, view, category, &mut go);
                    });
                    ui.add_space(2.0 * gutter);
                    let right = ui.vertical(|ui| {
                        ui.set_width(facts);
                        facts_ui(ui, view, category, &mut go);
                    });
                    let (left, right) = (left.response.rect, right.response.rect);
                    let height = left.height().max(right.height()).max(least);
                    let line = Theme::of(ui).color.line;
                    ui.painter().vline(left.right() + gutter, left.top()..=left.top() + height, (1.0, line));
                });
            } else {
                page_ui(ui, view, category, &mut go);
                ui.add_space(18.0);
                facts_ui(ui, view, category, &mut go);
            }
        });
    });
    if let Some(location) = go {
        view.go(location);
    }
}

fn page_ui(ui: &mut Ui, view: &View<'_>, category: &Category, go: &mut Option<Location>) {
    let theme = Theme::of(ui);
    wrapped(ui, &category.name, &Ink::new(theme.strong(theme.text.title), theme.color.text));
    if let Some(definition) = &category.definition {
        let font = egui::FontId::proportional(theme.text.emphasis);
        wrapped(ui, definition, &Ink::new(font, theme.color.text_2));
    }
    ui.add_space(18.0);
    if !category.choose.is_empty() {
        section_head(ui, "How to choose");
        for (at, question) in category.choose.iter().enumerate() {
            if at > 0 {
                hairline(ui);
            }
            question_ui(ui, view, at + 1, question, go);
        }
        ui.add_space(20.0);
    }
    tools_ui(ui, view, category, go);
}

fn question_ui(ui: &mut Ui, view: &View<'_>, number: usize, question: &Question, go: &mut Option<Location>) {
    let theme = Theme::of(ui);
    ui.spacing_mut().item_spacing.y = 3.0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let (rect, _) = ui.allocate_exact_size(vec2(NUMBER, 20.0), Sense::hover());
        let ink = Ink::new(theme.mono(), theme.color.text_3);
        paint_text(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, &number.to_string(), &ink, NUMBER);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 5.0;
            wrapped(ui, &question.question, &Ink::new(theme.strong(theme.text.body), theme.color.text));
            for answer in &question.answers {
                answer_ui(ui, view, answer, go);
            }
        });
    });
}

/// Width of a question's number.
const NUMBER: f32 = 24.0;

/// The answer at the left; the tools that it leads to and why at the right.
fn answer_ui(ui: &mut Ui, view: &View<'_>, answer: &Answer, go: &mut Option<Location>) {
    let theme = Theme::of(ui);
    let names = (ui.available_width() * 0.26).clamp(150.0, 250.0);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 16.0;
        ui.vertical(|ui| {
            ui.set_width(names);
            ui.add_space(2.0);
            wrapped(ui, &answer.answer, &Ink::new(theme.medium(), theme.color.text));
        });
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 3.0;
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
                for id in &answer.tools {
                    let Some(tool) = view.state.catalog.get(id) else { continue };
                    let hue = tool.stages.first().map_or(theme.color.text_3, |stage| theme.stage(*stage));
                    if chip(ui, Some(("●", hue)), &tool.name, false).clicked() {
                        *go = Some(Location::Tool(id.clone()));
                    }
                }
            });
            wrapped(ui, &answer.because, &Ink::new(theme.body(), theme.color.text_2));
            ui.add_space(3.0);
        });
    });
}

fn tools_ui(ui: &mut Ui, view: &View<'_>, category: &Category, go: &mut Option<Location>) {
    ui.spacing_mut().item_spacing.y = 0.0;
    for (depth, title) in [
        (Depth::Complete, "Complete tools"),
        (Depth::Partial, "Partial tools"),
        (Depth::Basic, "Not judged yet"),
    ] {
        let tools = view.state.catalog.in_category(category);
        let mut tools = tools.filter(|t| view.state.coverage.depth_of(&t.id) == Some(depth)).peekable();
        if tools.peek().is_none() {
            continue;
        }
        section_head(ui, title);
        for tool in tools {
            if tool_row(ui, view, category, tool) {
                *go = Some(Location::Tool(tool.id.clone()));
            }
        }
        ui.add_space(18.0);
    }
}

/// Monogram, name and what it does; at the right the licence, or what is missing.
fn tool_row(ui: &mut Ui, view: &View<'_>, category: &Category, tool: &Tool) -> bool {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 46.0), Sense::click());
    let name = tool.name.clone();
    response.widget_info(move || WidgetInfo::labeled(Role::Button, true, name.clone()));
    if ui.is_rect_visible(rect) {
        if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(rect.expand2(vec2(8.0, 0.0)), 4.0, c.raised);
        }
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (1.0, c.line));
        let tile = egui::Rect::from_center_size(pos2(rect.left() + 15.0, rect.center().y), vec2(30.0, 30.0));
        monogram(ui, tile, &tool.name, tool.stages.first().copied());
        let right = license_ui(ui, tool, rect);
        let missing = view.state.coverage.of(&tool.id).map_or(&[][..], |found| &found.missing);
        let left = rect.left() + 42.0;
        let ink = Ink::new(theme.strong(theme.text.body), c.text);
        let at = pos2(left, rect.top() + 15.0);
        let (drawn, _) = paint_text(ui.painter(), at, Align2::LEFT_CENTER, &tool.name, &ink, right - left);
        let mut notes = Vec::new();
        if tool.category.as_deref() != Some(category.name.as_str()) {
            notes.push(format!("first of all {}", tool.category.as_deref().unwrap_or_default()));
        }
        if view.state.coverage.depth_of(&tool.id) == Some(Depth::Partial) {
            notes.push(lacking(missing));
        }
        let ink = Ink::new(theme.small(), c.text_3);
        let at = pos2(drawn.right() + 10.0, rect.top() + 15.5);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, &notes.join(" · "), &ink, right - at.x);
        let summary = tool.summary.as_deref().unwrap_or("Nothing written down yet.");
        let ink = Ink::new(theme.body(), c.text_2);
        let at = pos2(left, rect.top() + 32.0);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, summary, &ink, rect.right() - left);
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

/// The licence at the right of the first line; gives the room's end for what is left of it.
fn license_ui(ui: &Ui, tool: &Tool, rect: egui::Rect) -> f32 {
    let theme = Theme::of(ui);
    let text = tool.license.spdx.as_deref().unwrap_or_else(|| tool.license.class.title());
    let ink = Ink::new(theme.small(), theme.color.text_2);
    let at = pos2(rect.right(), rect.top() + 15.0);
    let (drawn, _) = paint_text(ui.painter(), at, Align2::RIGHT_CENTER, text, &ink, rect.width() * 0.35);
    let mark = pos2(drawn.left() - 10.0, drawn.center().y);
    license_mark(ui, mark, tool.license.class);
    mark.x - 14.0
}

/// Figures, former names and the neighbours of the same stage.
fn facts_ui(ui: &mut Ui, view: &View<'_>, category: &Category, go: &mut Option<Location>) {
    let theme = Theme::of(ui);
    let state = view.state;
    section_head(ui, "Facts");
    fact(ui, "Stage", category.stage.title());
    let split = state.coverage.by_category.iter().find(|(name, _)| *name == category.name);
    let split = split.map(|(_, split)| *split).unwrap_or_default();
    fact(ui, "Tools", &format!("{}, {} of them complete", split.all(), split.complete));
    if !category.former.is_empty() {
        fact(ui, "Holds also", &category.former.join(", "));
    }
    let leads = leads(category).len();
    if leads > 0 {
        fact(ui, "Questions", &format!("{}, which lead to {leads} tools", category.choose.len()));
    } else {
        let text = "No guide yet: it takes four complete tools that can be told apart.";
        ui.add_space(4.0);
        wrapped(ui, text, &Ink::new(theme.small(), theme.color.text_3));
    }
    ui.add_space(14.0);
    section_head(ui, "Same stage");
    ui.spacing_mut().item_spacing.y = 0.0;
    let neighbours = state.coverage.by_category.iter().filter_map(|(name, split)| {
        let other = state.catalog.category(name)?;
        (other.stage == category.stage && other.name != category.name).then_some((name, split))
    });
    for (name, split) in neighbours {
        let caption = format!("{} of {}", split.complete, split.all());
        let hue = theme.stage(category.stage);
        let row = ListRow {
            icon: icons::TAG,
            icon_color: Some(hue),
            text: name,
            caption: &caption,
            selected: false,
        };
        if row.show(ui).clicked() {
            *go = Some(Location::Category(name.clone()));
        }
    }
    ui.add_space(14.0);
    let row = ListRow {
        icon: icons::GAUGE,
        icon_color: None,
        text: super::COVERAGE,
        caption: "all categories",
        selected: false,
    };
    if row.show(ui).clicked() {
        *go = Some(Location::Coverage);
    }
    let row = ListRow {
        icon: icons::SQUARES_FOUR,
        icon_color: None,
        text: "All tools",
        caption: "Landscape",
        selected: false,
    };
    if row.show(ui).clicked() {
        *go = Some(Location::start_of(Place::Landscape));
    }
}

/// The tools that the guide leads to, each once.
fn leads(category: &Category) -> std::collections::BTreeSet<&ToolId> {
    category.choose.iter().flat_map(|q| &q.answers).flat_map(|a| &a.tools).collect()
}

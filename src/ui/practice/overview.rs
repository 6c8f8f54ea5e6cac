//! Communities and the committee: all entries of a section on one page, the chosen one scrolled to and marked.

use egui::{Align, Ui};

use super::page::{beside_ui, source_ui, text_ui, title_ui, tools_ui};
use crate::address::PracticeSection;
use crate::practice::Source;
use crate::ui::View;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, vertical_tick, wrapped};

/// One entry of the page.
struct Block<'a> {
    id: &'a str,
    title: &'a str,
    text: &'a str,
    tools: &'a [String],
    other_tools: &'a [String],
    sources: &'a [Source],
}

/// Draws the page; none if it has no entry with the chosen id.
pub(super) fn overview_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    section: PracticeSection,
    item: Option<&str>,
) -> Option<()> {
    let practice = &view.state.practice;
    let (title, subtitle, blocks): (_, _, Vec<Block<'_>>) = if section == PracticeSection::Communities {
        let blocks = practice.communities.iter().map(|own| Block {
            id: &own.id,
            title: &own.name,
            text: &own.text,
            tools: &[],
            other_tools: &[],
            sources: &own.sources,
        });
        ("Communities", "Where people who do this work meet and write.", blocks.collect())
    } else {
        let blocks = practice.committee.iter().map(|own| Block {
            id: &own.id,
            title: &own.title,
            text: &own.text,
            tools: &own.tools,
            other_tools: &own.other_tools,
            sources: &own.sources,
        });
        let subtitle = "LF AI & Data and its neighbours. Such facts age within weeks: mind the dates.";
        ("Committee", subtitle, blocks.collect())
    };
    if item.is_some_and(|id| blocks.iter().all(|block| block.id != id)) {
        return None;
    }
    title_ui(ui, "", title, subtitle);
    let memory = ui.scope_id().with(("scrolled to", title));
    let last = ui.data(|data| data.get_temp::<String>(memory)).unwrap_or_default();
    ui.add_space(6.0);
    for block in &blocks {
        let top = ui.cursor().top();
        block_ui(ui, view, block);
        let rect = egui::Rect::from_min_max(
            egui::pos2(ui.min_rect().left(), top),
            egui::pos2(ui.min_rect().right(), ui.min_rect().bottom()),
        );
        ui.painter().hline(rect.x_range(), rect.bottom() + 5.0, (1.0, Theme::of(ui).color.line));
        if item == Some(block.id) {
            let at = egui::pos2(rect.left() - 14.0, top + 11.0);
            vertical_tick(ui, at, 18.0, Theme::of(ui).color.accent);
            if last != block.id {
                ui.scroll_to_rect(rect.expand2(egui::vec2(0.0, 16.0)), Some(Align::TOP));
            }
        }
        ui.add_space(14.0);
    }
    ui.data_mut(|data| data.insert_temp(memory, item.unwrap_or_default().to_owned()));
    Some(())
}

fn block_ui(ui: &mut Ui, view: &mut View<'_>, block: &Block<'_>) {
    let theme = Theme::of(ui);
    let _ = beside_ui(
        ui,
        view,
        |ui, view| {
            wrapped(ui, block.title, &Ink::new(theme.strong(theme.text.emphasis), theme.color.text));
            text_ui(ui, block.text);
            tools_ui(ui, view, "Projects", block.tools, block.other_tools);
        },
        |ui, view| {
            for source in block.sources {
                source_ui(ui, view, source);
            }
        },
    );
}

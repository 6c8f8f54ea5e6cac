//! Practice: lifecycle, cases, approaches, issues, debt, data and numbers, each with its sources.

mod detail;
mod numbers;
mod overview;
mod page;
mod parts;
mod row;
mod topic;

use egui::{Frame, Margin, Panel, RichText, ScrollArea, TextEdit, Ui};

use crate::address::{Location, PracticeSection};
use crate::practice::HitKind;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Kind, button, empty_state, section_head, tab};
use crate::ui::{View, icons};
use row::Row;

/// The sections in the order of the tabs, with their icons.
const SECTIONS: [(PracticeSection, &str); 9] = [
    (PracticeSection::Lifecycle, icons::ARROWS_CLOCKWISE),
    (PracticeSection::UseCases, icons::USERS),
    (PracticeSection::Approaches, icons::BUILDINGS),
    (PracticeSection::Issues, icons::WARNING),
    (PracticeSection::Debt, icons::CLOCK),
    (PracticeSection::DataCentric, icons::DATABASE),
    (PracticeSection::Numbers, icons::CHART_BAR),
    (PracticeSection::Communities, icons::CHATS_CIRCLE),
    (PracticeSection::Committee, icons::USERS_THREE),
];

/// The tabs with their icons need this much room; with less they are words only.
const ROOM_FOR_ICONS: f32 = 1000.0;

/// Where a hit of the search is shown.
pub fn section_of(kind: HitKind) -> PracticeSection {
    match kind {
        HitKind::Stage => PracticeSection::Lifecycle,
        HitKind::UseCase => PracticeSection::UseCases,
        HitKind::Approach => PracticeSection::Approaches,
        HitKind::Issue => PracticeSection::Issues,
        HitKind::Debt => PracticeSection::Debt,
        HitKind::DataCentric => PracticeSection::DataCentric,
        HitKind::Statistic => PracticeSection::Numbers,
        HitKind::Community => PracticeSection::Communities,
        HitKind::Committee => PracticeSection::Committee,
    }
}

/// Draws the section that the location names.
pub fn practice_ui(ui: &mut Ui, view: &mut View<'_>) {
    let Location::Practice { section, item, text } = view.location() else { return };
    let (section, item, text) = (*section, item.clone(), text.clone());
    let theme = Theme::of(ui);
    tabs_ui(ui, view, section);
    let room = ui.available_width();
    // Where both have no room, the list, and after a choice the page with a way back.
    let is_single = room < ROOM_FOR_BOTH;
    if is_single && item.is_some() {
        Panel::top("practice back")
            .exact_size(36.0)
            .resizable(false)
            .show_separator_line(false)
            .frame(Frame::new().fill(theme.color.surface).inner_margin(Margin::symmetric(12, 4)))
            .show(ui, |ui| {
                if button(ui, icons::CARET_LEFT, section.title(), Kind::Quiet).clicked() {
                    view.narrow(Location::Practice { section, item: None, text: text.clone() });
                }
            });
        page_ui(ui, view, section, item.as_deref(), &text, 16);
        return;
    }
    Panel::left("practice list")
        .exact_size(if is_single { room } else { list_width(ui.max_rect().width()) })
        .resizable(false)
        .show_separator_line(false)
        .frame(Frame::new().fill(theme.color.surface).inner_margin(Margin {
            left: 14,
            right: 4,
            top: 10,
            bottom: 0,
        }))
        .show(ui, |ui| list_ui(ui, view, section, item.as_deref(), &text));
    if is_single {
        return;
    }
    let edge = ui.available_rect_before_wrap();
    ui.painter().vline(edge.left() - 0.5, edge.y_range(), (1.0, theme.color.line));
    page_ui(ui, view, section, item.as_deref(), &text, 32);
}

/// A list and a page side by side need this much room.
const ROOM_FOR_BOTH: f32 = 520.0;

fn page_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    section: PracticeSection,
    item: Option<&str>,
    text: &str,
    margin: i8,
) {
    // Room for the scroll bar is kept on every page, so that columns stay where they are from page to page.
    let width = ui.available_width() - 2.0 * f32::from(margin) - 10.0;
    let page = ("practice page", section.title(), item);
    ScrollArea::vertical().auto_shrink(false).id_salt(page).show(ui, |ui| {
        Frame::new().inner_margin(Margin::symmetric(margin, 22)).show(ui, |ui| {
            ui.set_max_width(width);
            if item.is_none() && !text.trim().is_empty() {
                let (title, text) = ("Searching all of Practice", "Choose a page from the list at the left.");
                empty_state(ui, icons::MAGNIFYING_GLASS, title, text, None);
                return;
            }
            detail::detail_ui(ui, view, section, item);
        });
    });
}

/// The list is narrow where the page would else have too little room for two columns.
fn list_width(room: f32) -> f32 {
    match room {
        ..1000.0 => 240.0,
        ..1350.0 => 290.0,
        _ => 330.0,
    }
}

fn tabs_ui(ui: &mut Ui, view: &mut View<'_>, section: PracticeSection) {
    let theme = Theme::of(ui);
    Panel::top("practice tabs")
        .min_size(40.0)
        .resizable(false)
        .show_separator_line(false)
        .frame(Frame::new().fill(theme.color.surface).inner_margin(Margin::symmetric(12, 6)))
        .show(ui, |ui| {
            // Two lines where one has no room for all.
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = egui::vec2(4.0, 2.0);
                let has_icons = ui.available_width() > ROOM_FOR_ICONS;
                for (own, icon) in SECTIONS {
                    let icon = if has_icons { icon } else { "" };
                    if tab(ui, icon, own.title(), own == section).clicked() {
                        view.go(Location::Practice { section: own, item: None, text: String::new() });
                    }
                }
            });
        });
    let edge = ui.available_rect_before_wrap();
    ui.painter().hline(edge.x_range(), edge.top() - 0.5, (1.0, theme.color.line));
}

fn list_ui(ui: &mut Ui, view: &mut View<'_>, section: PracticeSection, item: Option<&str>, text: &str) {
    let mut typed = text.to_owned();
    let hint = format!("{}  Search all of Practice", icons::MAGNIFYING_GLASS);
    let field = ui.add(
        TextEdit::singleline(&mut typed)
            .hint_text(hint)
            .desired_width(ui.available_width() - 8.0)
            .margin(Margin::symmetric(8, 5)),
    );
    field.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::SearchInput, true, "Search practice")
    });
    if std::mem::take(&mut view.memory.focus_filter) {
        field.request_focus();
    }
    if typed != text {
        view.narrow(Location::Practice { section, item: item.map(str::to_owned), text: typed });
    }
    ui.add_space(6.0);
    let mut chosen = None;
    ScrollArea::vertical().auto_shrink(false).id_salt(("practice list", section.title())).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.set_max_width(ui.available_width() - 14.0);
        if text.trim().is_empty() {
            chosen = section_list_ui(ui, view, section, item);
        } else {
            chosen = hits_ui(ui, view, text, item);
        }
    });
    if let Some((section, id)) = chosen {
        let location = Location::Practice { section, item: Some(id), text: text.to_owned() };
        view.narrow(location);
    }
}

fn hits_ui(
    ui: &mut Ui,
    view: &View<'_>,
    text: &str,
    item: Option<&str>,
) -> Option<(PracticeSection, String)> {
    let hits = view.state.practice.search(text);
    if hits.is_empty() {
        empty_state(ui, icons::MAGNIFYING_GLASS, "Nothing found", "Try fewer or shorter words.", None);
    }
    let mut chosen = None;
    for hit in hits {
        let section = section_of(hit.kind);
        let row = Row {
            text: &hit.title,
            caption: section.title(),
            hue: None,
            selected: item == Some(hit.id.as_str()),
        };
        if row.show(ui).clicked() {
            chosen = Some((section, hit.id.clone()));
        }
    }
    chosen
}

/// The items of one section: title, caption and, for use cases, their domain as a head.
fn section_list_ui(
    ui: &mut Ui,
    view: &View<'_>,
    section: PracticeSection,
    item: Option<&str>,
) -> Option<(PracticeSection, String)> {
    let theme = Theme::of(ui);
    let mut chosen = None;
    let mut head = String::new();
    let shown = detail::shown_item(view.state, section, item);
    for entry in parts::entries(view.state, section) {
        if entry.group != head {
            ui.add_space(6.0);
            section_head(ui, &entry.group);
            head.clone_from(&entry.group);
        }
        let row = Row {
            text: &entry.title,
            caption: &entry.caption,
            hue: entry.stage.map(|stage| theme.stage(stage)),
            selected: shown.as_deref() == Some(entry.id.as_str()),
        };
        if row.show(ui).clicked() {
            chosen = Some((section, entry.id.clone()));
        }
    }
    if head.is_empty() && parts::entries(view.state, section).is_empty() {
        ui.label(RichText::new("Nothing here yet.").color(theme.color.text_3));
    }
    chosen
}

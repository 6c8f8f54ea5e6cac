//! The top bar: history, crumbs, the wide search, and four quiet buttons.

use egui::accesskit::Role;
use egui::{Align, Align2, Layout, Rect, RichText, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::action::WindowAction;
use crate::address::{Location, PracticeSection};
use crate::command::Command;
use crate::shown::clipped;
use crate::state::State;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, Kind, button, chip, icon_button, key_cap, paint_text};
use crate::ui::{View, icons, shortcuts};

pub(super) fn top_bar_ui(ui: &mut Ui, view: &mut View<'_>) {
    let bar = ui.max_rect();
    // In a narrow window the search takes what the buttons beside it leave.
    let is_narrow = bar.width() < NARROW_BAR;
    let search = if is_narrow {
        let left = bar.left() + if bar.width() < 460.0 { 80.0 } else { 190.0 };
        Rect::from_center_size(bar.center(), vec2(1.0, 28.0)).with_min_x(left).with_max_x(bar.right() - 156.0)
    } else {
        Rect::from_center_size(bar.center(), vec2((bar.width() * 0.34).clamp(260.0, 440.0), 28.0))
    };
    let left = Rect::from_min_max(bar.min + vec2(10.0, 0.0), pos2(search.left() - 12.0, bar.bottom()));
    let right = Rect::from_min_max(pos2(search.right() + 12.0, bar.top()), bar.max - vec2(12.0, 0.0));
    crate::ui::widgets::inside(ui, left, Layout::left_to_right(Align::Center), |ui| {
        ui.shrink_clip_rect(left);
        history(ui, view);
        ui.add_space(4.0);
        crumbs(ui, view);
    });
    search_box(ui, search, view);
    crate::ui::widgets::inside(ui, right, Layout::right_to_left(Align::Center), |ui| {
        if is_narrow {
            ui.spacing_mut().item_spacing.x = 4.0;
        }
        let present = if is_narrow {
            icon_button(ui, icons::PRESENTATION_CHART, "Present", false)
        } else {
            button(ui, icons::PRESENTATION_CHART, "Present", Kind::Plain)
        };
        if present.on_hover_text("Show this view full screen  F5\nin a second window  Shift+F5").clicked() {
            shortcuts::execute(view, Command::Present);
        }
        let (icon, name) = if Theme::of(ui).dark {
            (icons::SUN, "Switch to light")
        } else {
            (icons::MOON, "Switch to dark")
        };
        if icon_button(ui, icon, name, false).clicked() {
            shortcuts::execute(view, Command::ToggleTheme);
        }
        if icon_button(ui, icons::LINK_SIMPLE, "Copy a link to this view", false).clicked() {
            shortcuts::execute(view, Command::CopyLink);
        }
        if icon_button(ui, icons::EXPORT, "Export  Ctrl+E", false).clicked() {
            shortcuts::execute(view, Command::Export);
        }
    });
}

/// Below this width the buttons beside the search are icons.
const NARROW_BAR: f32 = 740.0;

fn history(ui: &mut Ui, view: &mut View<'_>) {
    ui.spacing_mut().item_spacing.x = 4.0;
    let navigation = &view.here().navigation;
    let (back, forward) = (navigation.can_go_back(), navigation.can_go_forward());
    ui.add_enabled_ui(back, |ui| {
        if icon_button(ui, icons::CARET_LEFT, "Back  Alt+Left", false).clicked() {
            view.act(WindowAction::Back);
        }
    });
    ui.add_enabled_ui(forward, |ui| {
        if icon_button(ui, icons::CARET_RIGHT, "Forward  Alt+Right", false).clicked() {
            view.act(WindowAction::Forward);
        }
    });
}

/// What a location shows, as the frame of a window says it.
pub(in crate::ui) fn title_of(state: &State, location: &Location) -> String {
    trail(state, location).pop().map_or_else(String::new, |(text, _)| text)
}

/// The steps from the place to what is shown; all but the last can be pressed.
fn trail(state: &State, location: &Location) -> Vec<(String, Option<Location>)> {
    let mut trail = Vec::new();
    if let Some(place) = location.place() {
        trail.push((place.title().to_owned(), Some(Location::start_of(place))));
    }
    match location {
        Location::Tool(id) => {
            let name = state.catalog.get(id).map_or_else(|| id.to_string(), |tool| tool.name.clone());
            trail.push((name, None));
        }
        Location::Category(name) => {
            let name = state.catalog.category(name).map_or(name, |category| &category.name);
            trail.push((name.clone(), None));
        }
        Location::Compare(_) => trail.push(("Compare".to_owned(), None)),
        Location::Graph(_) => trail.push(("Relations".to_owned(), None)),
        Location::Coverage => trail.push((crate::ui::landscape::COVERAGE.to_owned(), None)),
        Location::Consensus(_) => trail.push((crate::ui::studio::COMMON_PRACTICE.to_owned(), None)),
        Location::Drawing(drawing) => {
            let open = state.document_of(&drawing.origin);
            let title = open.map_or_else(|| drawing.origin.name(), |(_, document)| document.title());
            trail.push((title, None));
        }
        Location::Store(store) => trail.push((state.source_name(&store.origin), None)),
        Location::Practice { section, .. } if *section != PracticeSection::Lifecycle => {
            trail.push((section.title().to_owned(), None));
        }
        Location::Settings => trail.push(("Settings".to_owned(), None)),
        _ => {}
    }
    trail
}

fn crumbs(ui: &mut Ui, view: &mut View<'_>) {
    let theme = Theme::of(ui);
    let trail = trail(view.state, view.location());
    let last = trail.len().saturating_sub(1);
    let standing = standing(view, ui.available_width());
    let standing_width = standing.map_or(0.0, |text| {
        8.0 + ui.painter().layout_no_wrap(text.to_owned(), theme.small(), theme.color.text_2).size().x + 32.0
    });
    for (index, (text, location)) in trail.into_iter().enumerate() {
        let text = clipped(&text).into_owned();
        if index > 0 {
            ui.label(RichText::new("/").color(theme.color.text_3));
        }
        let font = if index == last { theme.strong(theme.text.body) } else { theme.body() };
        let ink = Ink::new(font.clone(), if index == last { theme.color.text } else { theme.color.text_2 });
        let width = ui.painter().layout_no_wrap(text.clone(), font, ink.color).size().x;
        let room = (ui.available_width() - standing_width).max(20.0);
        let (rect, response) = ui.allocate_exact_size(vec2(width.min(room), 28.0), Sense::click());
        let (_, cut) = paint_text(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, &text, &ink, room);
        let name = text.clone();
        let role = if index == last { Role::Label } else { Role::Link };
        response.widget_info(move || WidgetInfo::labeled(role, true, format!("Breadcrumb {name}")));
        let response = if cut { response.on_hover_text(&text) } else { response };
        if index != last
            && let Some(location) = location
            && response.clicked()
        {
            view.go(location);
        }
    }
    match standing {
        Some(text @ (READ_ONLY | READ_ONLY_SHORT)) => {
            let mark = Some((icons::LOCK_SIMPLE, theme.color.warn));
            let hint = "Open in another MLOps Atlas: it cannot be changed here until it is closed there and opened here again. Press to save it \
                        under another name and change that one.";
            if chip(ui, mark, text, false).on_hover_text(hint).clicked() {
                shortcuts::execute(view, Command::SaveAs);
            }
        }
        Some(text) => {
            let is_journaled = view.focused_document().is_some_and(|(_, document)| document.is_journaled);
            let hint = if view.state.drafts.outlive_the_program && is_journaled {
                "Stands in no file yet, but is kept: after quitting it comes back at the next start."
            } else {
                "Stands in no file yet, and cannot be kept: it is lost when the program ends."
            };
            ui.label(RichText::new(text).font(theme.small()).color(theme.color.text_3)).on_hover_text(hint);
        }
        None => {}
    }
}

const READ_ONLY: &str = "Read-only: open in another MLOps Atlas";
/// Where the whole sentence would leave no room for the title; its tooltip says the rest.
const READ_ONLY_SHORT: &str = "Read-only";

/// What the shown document is at the moment, beside its title, in `room` points for both.
fn standing(view: &View<'_>, room: f32) -> Option<&'static str> {
    let (_, document) = view.focused_document()?;
    if document.read_only {
        return Some(if room < 400.0 { READ_ONLY_SHORT } else { READ_ONLY });
    }
    document.is_dirty().then_some("· not saved")
}

fn search_box(ui: &mut Ui, rect: Rect, view: &mut View<'_>) {
    let theme = Theme::of(ui);
    let response = ui.interact(rect, ui.scope_id().with("search"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Search everything"));
    let c = &theme.color;
    let fill = if response.hovered() { c.selected } else { c.raised };
    ui.painter().rect_filled(rect, theme.size.radius, fill);
    if response.has_focus() {
        let stroke = Stroke::new(2.0, c.accent);
        ui.painter().rect_stroke(rect, theme.size.radius, stroke, StrokeKind::Inside);
    }
    crate::ui::widgets::inside(
        ui,
        rect.shrink2(vec2(10.0, 0.0)),
        Layout::left_to_right(Align::Center),
        |ui| {
            ui.label(RichText::new(icons::MAGNIFYING_GLASS).font(theme.icon(14.0)).color(c.text_3));
            let has_keys = ui.available_width() > 180.0;
            let room = ui.available_width() - if has_keys { 60.0 } else { 0.0 };
            let (at, _) = ui.allocate_exact_size(vec2(room.max(20.0), 28.0), Sense::hover());
            let ink = Ink::new(theme.body(), c.text_3);
            let text = "Search tools, drawings, runs, use cases…";
            paint_text(ui.painter(), at.left_center(), Align2::LEFT_CENTER, text, &ink, at.width());
            if has_keys {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| key_cap(ui, "Ctrl K"));
            }
        },
    );
    if response.on_hover_cursor(egui::CursorIcon::Text).clicked() {
        shortcuts::execute(view, Command::Palette);
    }
}

//! Home: the lifecycle as a picture one can click, four starts, and what lies near.

mod ring;
mod workspace;

use egui::{Margin, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui, vec2};

use crate::address::{LandscapeLocation, Location, Origin, Place, PracticeSection};
use crate::command::Command;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, ListRow, columns, key_cap, paint_text, section_head, wrapped};
use crate::ui::{View, icons};

/// Draws Home.
pub fn home_ui(ui: &mut Ui, view: &mut View<'_>) {
    let theme = Theme::of(ui);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        egui::Frame::new().inner_margin(Margin::symmetric(36, 20)).show(ui, |ui| {
            ui.set_max_width(ui.available_width().min(1700.0));
            let title = RichText::new("The machine-learning lifecycle").font(theme.strong(theme.text.title));
            let hint = "Choose a stage. Everything else follows: its tools, cases and failures.";
            let hint = RichText::new(hint).color(theme.color.text_2);
            // Words of two sizes are not to wrap in one line.
            if ui.available_width() < 900.0 {
                ui.label(title);
                ui.label(hint);
            } else {
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = 14.0;
                    ui.label(title);
                    ui.label(hint);
                });
            }
            ring::ring_ui(ui, view);
            ui.add_space(14.0);
            starts_ui(ui, view);
            ui.add_space(18.0);
            workspace::workspace_ui(ui, view);
            lists_ui(ui, view);
        });
    });
}

/// The four starts, one for each person who comes.
fn starts_ui(ui: &mut Ui, view: &mut View<'_>) {
    let templates = view.state.templates.len();
    let stats = view.state.practice.usecases.len();
    let starts: [(&str, &str, String, Command); 4] = [
        (
            icons::SCALES,
            "Find and judge",
            "Tools with sourced pros and cons".to_owned(),
            Command::Go(Place::Landscape),
        ),
        (
            icons::TREE_STRUCTURE,
            "Draw an architecture",
            format!("Start from one of {templates} templates"),
            Command::Go(Place::Studio),
        ),
        (
            icons::CHART_LINE,
            "Look at my runs",
            "Open a store, or the bundled demo".to_owned(),
            Command::Go(Place::Runs),
        ),
        (
            icons::PRESENTATION_CHART,
            "Learn and show",
            format!("{stats} use cases; F5 shows any view large"),
            Command::Go(Place::Practice),
        ),
    ];
    let gap = 12.0;
    let columns = match ui.available_width() {
        ..480.0 => 1,
        ..900.0 => 2,
        _ => 4,
    };
    let width = (ui.available_width() - gap * (columns as f32 - 1.0)) / columns as f32;
    for row in starts.chunks(columns) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            for (icon, title, text, command) in row {
                if start_card(ui, width, icon, title, text, *command) {
                    crate::ui::shortcuts::execute(view, *command);
                }
            }
        });
        ui.add_space(4.0);
    }
}

/// The least width of a card with its keys.
const KEYS_FROM: f32 = 250.0;

fn start_card(ui: &mut Ui, width: f32, icon: &str, title: &str, text: &str, command: Command) -> bool {
    let theme = Theme::of(ui);
    let c = &theme.color;
    let (rect, response) = ui.allocate_exact_size(vec2(width, 66.0), Sense::click());
    let name = title.to_owned();
    response
        .widget_info(move || egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, name.clone()));
    let hot = response.hovered() || response.has_focus();
    ui.painter().rect_filled(rect, 8.0, if hot { c.raised } else { c.panel });
    let stroke = Stroke::new(1.0, if response.has_focus() { c.accent } else { c.line });
    ui.painter().rect_stroke(rect, 8.0, stroke, StrokeKind::Inside);
    crate::ui::widgets::inside(
        ui,
        rect.shrink2(vec2(16.0, 12.0)),
        egui::Layout::top_down(egui::Align::Min),
        |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.horizontal(|ui| {
                ui.label(RichText::new(icon).font(theme.icon(19.0)).color(c.accent));
                let title = RichText::new(title).font(theme.strong(theme.text.emphasis)).color(c.text);
                ui.add(egui::Label::new(title).truncate());
                // Keys only where they have room beside the words.
                if let Some(keys) = command.shortcuts().first().filter(|_| width >= KEYS_FROM) {
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                        key_cap(ui, &keys.text());
                    });
                }
            });
            let (line, _) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), Sense::hover());
            let ink = Ink::new(theme.body(), c.text_2);
            paint_text(ui.painter(), line.left_center(), egui::Align2::LEFT_CENTER, text, &ink, line.width());
        },
    );
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

/// Continue, found nearby, and what the catalog says of itself.
fn lists_ui(ui: &mut Ui, view: &mut View<'_>) {
    let mut go = None;
    ui.spacing_mut().item_spacing.y = 0.0;
    if ui.available_width() < THREE_LISTS {
        continue_ui(ui, view, &mut go);
        ui.add_space(14.0);
        nearby_ui(ui, view, &mut go);
        ui.add_space(14.0);
        catalog_rows(ui, view, &mut go);
    } else {
        columns(ui, 28.0, |[left, middle, right]| {
            continue_ui(left, view, &mut go);
            nearby_ui(middle, view, &mut go);
            catalog_rows(right, view, &mut go);
        });
    }
    if let Some(location) = go {
        view.go(location);
    }
}

/// The least width of three lists side by side.
const THREE_LISTS: f32 = 720.0;

/// Stores that lie where the program was started, and the demo; a workspace where none is open.
fn nearby_ui(ui: &mut Ui, view: &mut View<'_>, go: &mut Option<Location>) {
    section_head(ui, "Found nearby");
    for found in view.state.nearby.iter().flatten().take(4) {
        let name = found.path.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_else(|| found.path.display().to_string());
        let caption = found.looks_like;
        let row = ListRow { icon: icons::DATABASE, icon_color: None, text: &name, caption, selected: false };
        if row.show(ui).on_hover_text(found.path.display().to_string()).clicked() {
            *go = Some(Location::store(Origin::Path(found.path.clone())));
        }
    }
    let demo = ListRow {
        icon: icons::FLASK,
        icon_color: None,
        text: "Demo store",
        caption: "real scikit-learn runs",
        selected: false,
    };
    if demo.show(ui).clicked() {
        *go = Some(Location::store(Origin::Demo));
    }
    if view.state.workspace.is_none() {
        let row = ListRow {
            icon: icons::FOLDER_OPEN,
            icon_color: None,
            text: Command::OpenWorkspace.title(),
            caption: "own tools",
            selected: false,
        };
        if row.show(ui).clicked() {
            crate::ui::shortcuts::execute(view, Command::OpenWorkspace);
        }
    }
}

/// What is not saved, then what was opened before.
fn continue_ui(ui: &mut Ui, view: &View<'_>, go: &mut Option<Location>) {
    /// Together with what is not saved; nothing that is not saved is ever left out.
    const ROWS: usize = 4;
    section_head(ui, "Continue");
    let state = view.state;
    if state.recents.is_empty() && state.drafts.documents.is_empty() {
        quiet(ui, "What you open shows up here.");
    }
    let mut unsaved = Vec::new();
    for draft in &state.drafts.documents {
        let location = Location::of_document(draft.kind, draft.origin.clone());
        let address = location.to_string();
        let row = ListRow {
            icon: icons::PENCIL_LINE,
            icon_color: None,
            text: &draft.title,
            caption: "not saved",
            selected: false,
        };
        if row.show(ui).on_hover_text(&address).clicked() {
            *go = Some(location);
        }
        unsaved.push(address);
    }
    let recents = state.recents.iter().filter(|recent| !unsaved.contains(&recent.address));
    for recent in recents.take(ROWS.saturating_sub(unsaved.len())) {
        let place = recent.address.parse::<Location>().ok().and_then(|location| location.place());
        let icon = if place == Some(Place::Runs) { icons::DATABASE } else { icons::TREE_STRUCTURE };
        let row = ListRow { icon, icon_color: None, text: &recent.title, caption: "", selected: false };
        if row.show(ui).on_hover_text(&recent.address).clicked()
            && let Ok(location) = recent.address.parse()
        {
            *go = Some(location);
        }
    }
}

fn quiet(ui: &mut Ui, text: &str) {
    let theme = Theme::of(ui);
    ui.add_space(5.0);
    wrapped(ui, text, &Ink::new(theme.body(), theme.color.text_3));
}

fn catalog_rows(ui: &mut Ui, view: &View<'_>, go: &mut Option<Location>) {
    section_head(ui, "State of the catalog");
    let coverage = &view.state.coverage;
    let total = &coverage.total;
    let all = view.state.catalog.tools().len();
    let lines = [
        (icons::SCALES, format!("{} complete tools", total.complete), format!("of {all}")),
        (
            icons::PENCIL_LINE,
            format!("{} draft claims", coverage.drafts.len()),
            "waiting for a review".to_owned(),
        ),
        (icons::CLOCK, format!("{} stale claims", coverage.stale.len()), "past their review date".to_owned()),
    ];
    for (icon, text, caption) in &lines {
        let row = ListRow { icon, icon_color: None, text, caption, selected: false };
        if row.show(ui).clicked() {
            *go = Some(Location::Coverage);
        }
    }
}

/// A place that is not built yet: what it will do, and where to go until then.
pub(super) fn coming_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    icon: &str,
    title: &str,
    text: &str,
    parts: &[(&str, &str)],
    practice_search: &str,
) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    egui::Frame::new().inner_margin(Margin::symmetric(36, 28)).show(ui, |ui| {
        ui.set_max_width(ui.available_width().min(760.0));
        ui.horizontal(|ui| {
            ui.label(RichText::new(icon).font(theme.icon(26.0)).color(c.accent));
            ui.label(RichText::new(title).font(theme.strong(theme.text.title)));
        });
        ui.add_space(4.0);
        wrapped(ui, text, &Ink::new(theme.body(), c.text_2));
        ui.add_space(16.0);
        section_head(ui, "What will be here");
        for (name, what) in parts {
            ui.horizontal_top(|ui| {
                let (rect, _) = ui.allocate_exact_size(vec2(110.0, 22.0), Sense::hover());
                let ink = Ink::new(theme.strong(theme.text.body), c.text);
                paint_text(ui.painter(), rect.left_center(), egui::Align2::LEFT_CENTER, name, &ink, 108.0);
                ui.vertical(|ui| {
                    ui.add_space(3.0);
                    wrapped(ui, what, &Ink::new(theme.body(), c.text_2));
                });
            });
            ui.add_space(4.0);
        }
        ui.add_space(14.0);
        section_head(ui, "Until then");
        let row = ListRow {
            icon: icons::BOOK_OPEN,
            icon_color: None,
            text: "What practice says about it",
            caption: "Practice",
            selected: false,
        };
        if row.show(ui).clicked() {
            view.go(Location::Practice {
                section: PracticeSection::Issues,
                item: None,
                text: practice_search.to_owned(),
            });
        }
        let row = ListRow {
            icon: icons::SQUARES_FOUR,
            icon_color: None,
            text: "Tools for it",
            caption: "Landscape",
            selected: false,
        };
        if row.show(ui).clicked() {
            view.go(Location::Landscape(LandscapeLocation::at(crate::catalog::Stage::Prepare)));
        }
    });
}

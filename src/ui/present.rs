//! Presenting: a view full screen in projector type, with spotlight, blank and bookmarks; and its page.

use egui::{Align2, CentralPanel, Frame, Margin, RichText, ScrollArea, Shape, Stroke, Ui, vec2};

use crate::action::{PresentAction, WindowAction};
use crate::address::{LandscapeLocation, Location, Origin, PracticeSection};
use crate::catalog::Stage;
use crate::command::Command;
use crate::ui::theme::Theme;
use crate::ui::widgets::{
    Ink, Kind, ListRow, button, icon_button, key_cap, paint_text, section_head, wrapped,
};
use crate::ui::{View, icons, place_ui, shortcuts};

/// The present view over the whole window, without chrome.
pub(super) fn full_screen_ui(ui: &mut Ui, view: &mut View<'_>) {
    let theme = Theme::of(ui);
    let fill = if view.here().presenting.blank { Theme::blank() } else { theme.color.surface };
    CentralPanel::no_frame().frame(Frame::new().fill(fill)).show(ui, |ui| {
        if !view.here().presenting.blank {
            place_ui(ui, view);
        }
    });
    if view.here().presenting.spotlight && !view.here().presenting.blank {
        spotlight(ui);
    }
}

/// Dims everything but a circle around the pointer.
fn spotlight(ui: &Ui) {
    let Some(at) = ui.input(|input| input.pointer.latest_pos()) else { return };
    let screen = ui.max_rect();
    let layer = egui::LayerId::new(egui::Order::Foreground, ui.scope_id().with("spotlight"));
    let painter = ui.ctx().layer_painter(layer).with_clip_rect(screen);
    let radius = screen.height() * 0.16;
    // A circle's stroke lies outside of it; this one reaches beyond the farthest corner and leaves exactly the
    // circle uncovered.
    let width = screen.size().length() * 2.0;
    painter.add(Shape::circle_stroke(at, radius, Stroke::new(width, Theme::dim())));
}

/// The page of the place: bookmarks, what can be prepared, and the keys.
pub(super) fn present_ui(ui: &mut Ui, view: &mut View<'_>) {
    let theme = Theme::of(ui);
    let c = &theme.color;
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        Frame::new().inner_margin(Margin::symmetric(36, 22)).show(ui, |ui| {
            ui.set_max_width(ui.available_width().min(980.0));
            ui.label(RichText::new("Present what you see").font(theme.strong(theme.text.title)));
            let text = "Every view can fill the screen, alive: press F5. Bookmark the views you want to show \
                        with Ctrl+D, then step through them with the digits.";
            wrapped(ui, text, &Ink::new(theme.body(), c.text_2));
            ui.add_space(16.0);
            section_head(ui, "Bookmarks");
            bookmarks_ui(ui, view);
            ui.add_space(16.0);
            section_head(ui, "While presenting");
            for (keys, what) in [
                ("F5  Esc", "start and end"),
                ("Shift+F5", "present in a second window, which this one steps; again to show another view there"),
                ("1 … 9", "go to a bookmark"),
                ("PgDn  PgUp", "the next step of a change that is stepped through, then the next bookmark; and back"),
                ("Alt+Left", "back to the view before"),
                ("Alt+Right", "forward again"),
                ("L", "light the pointer's surroundings"),
                ("B", "blank the screen"),
            ] {
                ui.horizontal(|ui| {
                    let (cell, _) = ui.allocate_exact_size(vec2(110.0, 24.0), egui::Sense::hover());
                    crate::ui::widgets::inside(ui, cell, egui::Layout::left_to_right(egui::Align::Center), |ui| key_cap(ui, keys));
                    ui.add(egui::Label::new(RichText::new(what).color(c.text_2)).wrap());
                });
            }
            ui.add_space(16.0);
            section_head(ui, "What will be here");
            let text = "Decks: text files with slides whose tables, drawings and charts stay alive, a speaker \
                        view with notes and a clock, and a PDF of the same for the people who ask.";
            wrapped(ui, text, &Ink::new(theme.body(), c.text_2));
        });
    });
}

fn bookmarks_ui(ui: &mut Ui, view: &mut View<'_>) {
    let theme = Theme::of(ui);
    let mut actions = Vec::new();
    let bookmarks = view.state.bookmarks.clone();
    for (index, location) in bookmarks.iter().enumerate() {
        ui.horizontal(|ui| {
            key_cap(ui, &(index + 1).to_string());
            let (cell, _) =
                ui.allocate_exact_size(vec2(ui.available_width() - 90.0, 28.0), egui::Sense::hover());
            let ink = Ink::new(theme.body(), theme.color.text);
            let text = describe(view, location);
            paint_text(ui.painter(), cell.left_center(), Align2::LEFT_CENTER, &text, &ink, cell.width());
            if icon_button(ui, icons::ARROWS_OUT, "Go there", false).clicked() {
                actions.push(WindowAction::Go(location.clone()));
            }
            if icon_button(ui, icons::X, "Forget this bookmark", false).clicked() {
                actions.push(WindowAction::Present(PresentAction::Forget(index)));
            }
        });
    }
    for action in actions {
        view.act(action);
    }
    if bookmarks.is_empty() {
        let text = "None yet. Go to a view worth showing and press Ctrl+D; or begin with one of these:";
        wrapped(ui, text, &Ink::new(theme.body(), theme.color.text_3));
        suggestions_ui(ui, view);
    } else if button(ui, icons::PLAY, "Start with the first", Kind::Primary).clicked() {
        view.act(WindowAction::Present(PresentAction::Start));
        view.act(WindowAction::Present(PresentAction::Jump(0)));
    }
}

/// Views that tell something on their own.
fn suggestions_ui(ui: &mut Ui, view: &mut View<'_>) {
    let drawing = Location::drawing(Origin::Template("oss-classic".to_owned()));
    let numbers = Location::Practice { section: PracticeSection::Numbers, item: None, text: String::new() };
    let suggestions = [
        (icons::COMPASS, "The lifecycle, monitor opened", Location::Home(Some(Stage::Monitor))),
        (
            icons::SQUARES_FOUR,
            "Tools for monitoring",
            Location::Landscape(LandscapeLocation::at(Stage::Monitor)),
        ),
        (icons::TREE_STRUCTURE, "The open-source classic", drawing),
        (icons::CHART_BAR, "Survey numbers with their provenance", numbers),
    ];
    for (icon, text, location) in suggestions {
        let row = ListRow { icon, icon_color: None, text, caption: "", selected: false };
        if row.show(ui).clicked() {
            view.go(location);
        }
    }
    ui.add_space(8.0);
    if button(ui, icons::PRESENTATION_CHART, "Present this page", Kind::Plain).clicked() {
        shortcuts::execute(view, Command::Present);
    }
}

/// A bookmark in words.
fn describe(view: &View<'_>, location: &Location) -> String {
    match location {
        Location::Home(Some(stage)) => format!("The lifecycle at {}", stage.title()),
        Location::Home(None) => "The lifecycle".to_owned(),
        Location::Tool(id) => view.state.catalog.get(id).map_or_else(|| id.to_string(), |t| t.name.clone()),
        Location::Drawing(drawing) => {
            let open = view.state.document_of(&drawing.origin);
            open.map_or_else(|| drawing.origin.name(), |(_, document)| document.title())
        }
        Location::Category(name) => name.clone(),
        Location::Compare(ids) => {
            let name =
                |id| view.state.catalog.get(id).map_or_else(|| id.to_string(), |tool| tool.name.clone());
            format!("Comparison of {}", ids.iter().map(name).collect::<Vec<_>>().join(", "))
        }
        Location::Graph(graph) => {
            let name =
                |id| view.state.catalog.get(id).map_or_else(|| id.to_string(), |tool| tool.name.clone());
            let names: Vec<String> = graph.wish.centres.iter().map(name).collect();
            format!("Relations of {}", names.join(", "))
        }
        Location::Consensus(_) => crate::ui::studio::COMMON_PRACTICE.to_owned(),
        Location::Coverage => crate::ui::landscape::COVERAGE.to_owned(),
        Location::Store(store) => format!("Runs of {}", store.origin.name()),
        other => other.to_string(),
    }
}

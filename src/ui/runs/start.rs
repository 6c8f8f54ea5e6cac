//! Where Runs starts: what was found nearby, the demo, and how to open anything else.

use egui::{Margin, RichText, ScrollArea, Ui};

use crate::address::{Location, Origin};
use crate::command::Command;
use crate::shown::counted;
use crate::ui::theme::Theme;
use crate::ui::widgets::{Ink, Kind, ListRow, button, section_head, wrapped};
use crate::ui::{View, icons, shortcuts};

/// Draws the page.
pub fn start_ui(ui: &mut Ui, view: &mut View<'_>) {
    let theme = Theme::of(ui);
    let mut go = None;
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        egui::Frame::new().inner_margin(Margin::symmetric(36, 20)).show(ui, |ui| {
            ui.set_max_width(ui.available_width().min(860.0));
            ui.label(RichText::new("Look at runs").font(theme.strong(theme.text.title)));
            let text = "Opens what experiments left on this machine: MLflow's database or its mlruns folder, Optuna \
                        studies, Trackio projects, TensorBoard logs, tables in CSV or JSON lines. Everything is \
                        read-only and in short slices: a training job that writes there never notices. Drop a \
                        file or folder anywhere on this window, or choose one here.";
            wrapped(ui, text, &Ink::new(theme.body(), theme.color.text_2));
            ui.add_space(10.0);
            ui.horizontal(|ui| {
                if button(ui, icons::FOLDER_OPEN, "Open a store…", Kind::Primary).clicked() {
                    shortcuts::execute(view, Command::Open);
                }
                if button(ui, icons::FOLDER, "Open a folder…", Kind::Plain).clicked() {
                    shortcuts::execute(view, Command::OpenFolder);
                }
                if button(ui, icons::FLASK, "Open the demo store", Kind::Plain).clicked() {
                    shortcuts::execute(view, Command::OpenDemo);
                }
            });
            ui.add_space(16.0);
            let nearby = view.state.nearby.as_deref();
            // Where nobody has looked, nothing is said of it.
            if nearby.is_some() {
                section_head(ui, "Found nearby");
            }
            ui.spacing_mut().item_spacing.y = 0.0;
            if nearby.is_some_and(<[_]>::is_empty) {
                let text = "No store lies in the folder the program was started in, or in the folders above it.";
                wrapped(ui, text, &Ink::new(theme.body(), theme.color.text_3));
            }
            for found in nearby.unwrap_or_default() {
                let path = found.path.display().to_string();
                let row = ListRow {
                    icon: icons::DATABASE,
                    icon_color: None,
                    text: &path,
                    caption: found.looks_like,
                    selected: false,
                };
                if row.show(ui).clicked() {
                    go = Some(Location::store(Origin::Path(found.path.clone())));
                }
            }
            if nearby.is_some() {
                ui.add_space(16.0);
            }
            section_head(ui, "Open now");
            if view.state.sources.is_empty() {
                wrapped(ui, "Nothing is open.", &Ink::new(theme.body(), theme.color.text_3));
            }
            for source in view.state.sources.values() {
                let name = source.origin.to_string();
                let count = source.runs.as_ref().map_or_else(String::new, |runs| counted(runs.runs.len(), "run", "runs"));
                let row = ListRow {
                    icon: icons::CHART_LINE,
                    icon_color: None,
                    text: &name,
                    caption: &count,
                    selected: false,
                };
                if row.show(ui).clicked() {
                    go = Some(Location::store(source.origin.clone()));
                }
            }
        });
    });
    if let Some(location) = go {
        view.go(location);
    }
}

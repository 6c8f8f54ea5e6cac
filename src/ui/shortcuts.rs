//! Keys: runs the command whose shortcut was pressed, and draws the sheet that lists them all.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use egui::{Key, KeyboardShortcut, Modifiers, Ui};

use crate::action::{Action, Ask, Dialog, DocumentAction, PresentAction, RemarkAction, WindowAction};
use crate::address::{DocumentKind, Location, Origin};
use crate::command::{Command, Group, Shortcut};
use crate::settings::ThemeChoice;
use crate::ui::theme::Theme;
use crate::ui::view_state::Overlay;
use crate::ui::widgets::{Ink, key_cap, section_head};
use crate::ui::{View, landscape};

/// egui's form of a shortcut; none if egui has no such key (a test forbids it).
fn keyboard_shortcut(shortcut: &Shortcut) -> Option<KeyboardShortcut> {
    let mut modifiers = Modifiers::NONE;
    if shortcut.ctrl {
        modifiers = modifiers.plus(Modifiers::COMMAND);
    }
    if shortcut.shift {
        modifiers = modifiers.plus(Modifiers::SHIFT);
    }
    if shortcut.alt {
        modifiers = modifiers.plus(Modifiers::ALT);
    }
    let key = match shortcut.key {
        digit @ ("0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9") => Key::from_name(digit),
        name => key_called(name),
    }?;
    Some(KeyboardShortcut::new(modifiers, key))
}

/// The key with this name in egui's own code; looked up in every frame, so the names are made once.
fn key_called(name: &str) -> Option<Key> {
    static NAMES: OnceLock<BTreeMap<String, Key>> = OnceLock::new();
    NAMES.get_or_init(|| Key::ALL.iter().map(|key| (format!("{key:?}"), *key)).collect()).get(name).copied()
}

/// Runs what was typed. Plain letters belong to a text field while one has the keyboard.
pub(super) fn run(ui: &Ui, view: &mut View<'_>) {
    let typing = ui.ctx().egui_wants_keyboard_input() && ui.ctx().text_edit_focused();
    for command in Command::all() {
        if command.only_presenting() && !view.here().presenting.on {
            continue;
        }
        if !command.is_available(view.location()) {
            continue;
        }
        for shortcut in command.shortcuts() {
            let plain = !shortcut.ctrl && !shortcut.alt;
            let own_of_fields = shortcut.ctrl && matches!(shortcut.key, "A" | "Z" | "Y");
            if typing && ((plain && !shortcut.key.starts_with('F')) || own_of_fields) {
                continue;
            }
            // Enter and Delete belong to whatever control has the focus.
            if matches!(shortcut.key, "Enter") && ui.ctx().memory(|memory| memory.focused().is_some()) {
                continue;
            }
            let pressed = keyboard_shortcut(shortcut)
                .is_some_and(|keys| ui.input_mut(|input| input.consume_shortcut(&keys)));
            if pressed {
                execute(view, command);
            }
        }
    }
    if view.here().presenting.on {
        presenting_keys(ui, view);
    } else if view.memory.overlay != Overlay::None && ui.input(|input| input.key_pressed(Key::Escape)) {
        view.memory.overlay = Overlay::None;
    }
}

fn presenting_keys(ui: &Ui, view: &mut View<'_>) {
    const DIGITS: [Key; 9] =
        [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    for (index, key) in DIGITS.into_iter().enumerate() {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            view.act(WindowAction::Present(PresentAction::Jump(index)));
        }
    }
    // What the buttons of a clicker send.
    for (key, forward) in [(Key::PageDown, true), (Key::PageUp, false)] {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            view.act(WindowAction::Present(PresentAction::Step(forward)));
        }
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        view.act(WindowAction::Present(PresentAction::End));
    }
}

/// Carries a command out, however it was asked for.
pub fn execute(view: &mut View<'_>, command: Command) {
    let document = view.focused_document().map(|(id, _)| id);
    let mut settings = view.state.settings.clone();
    match command {
        Command::Palette => {
            view.memory.overlay = Overlay::Palette;
            view.memory.palette = Default::default();
        }
        Command::Shortcuts => view.memory.overlay = Overlay::Shortcuts,
        Command::Find => view.memory.focus_filter = true,
        Command::Back => view.act(WindowAction::Back),
        Command::Forward => view.act(WindowAction::Forward),
        Command::ToggleInspector => view.memory.inspector = !view.memory.inspector,
        Command::CopyLink => {
            let link = view.location().to_string();
            view.ask(Ask::Copy(link.clone()));
            view.actions.push(Action::Notice(crate::problem::Problem {
                severity: crate::problem::Severity::Info,
                message: "The link to this view is on the clipboard.".to_owned(),
                at: link,
            }));
        }
        Command::Export => view.ask(Ask::PickExport(view.window)),
        Command::Settings => view.go(Location::Settings),
        Command::Quit => view.ask(Ask::Quit),
        Command::Go(place) => view.go(Location::start_of(place)),
        Command::CompareTools => {
            let start = landscape::comparison_from(view);
            view.go(start);
        }
        Command::Open => view.ask(Ask::Pick(view.window, Dialog::File)),
        Command::OpenFolder => view.ask(Ask::Pick(view.window, Dialog::Folder)),
        Command::OpenDemo => view.go(Location::store(Origin::Demo)),
        Command::NewDrawing => view.act(WindowAction::New(DocumentKind::Drawing)),
        Command::Save | Command::SaveAs | Command::Discard | Command::Undo | Command::Redo => {
            let action = match command {
                Command::Save => DocumentAction::Save,
                Command::SaveAs => DocumentAction::SaveAs,
                Command::Discard => DocumentAction::Discard,
                Command::Undo => DocumentAction::Undo,
                _ => DocumentAction::Redo,
            };
            match (document, command) {
                (Some(id), _) => view.actions.push(Action::Document(id, action)),
                (None, Command::Undo) => view.actions.push(Action::Remark(RemarkAction::Undo)),
                (None, Command::Redo) => view.actions.push(Action::Remark(RemarkAction::Redo)),
                (None, _) => {}
            }
        }
        Command::CloseDocument => view.act(WindowAction::Close),
        Command::SelectAll
        | Command::Delete
        | Command::Rename
        | Command::Fit
        | Command::DecisionRecord
        | Command::ExportMarkdown
        | Command::ExportCsv => {
            view.memory.asked = Some(command);
        }
        Command::ZoomIn | Command::ZoomOut | Command::ZoomReset if view.focused_drawing().is_some() => {
            view.memory.asked = Some(command);
        }
        Command::ZoomIn | Command::ZoomOut | Command::ZoomReset => {
            let percent = settings.zoom_percent;
            settings.zoom_percent = match command {
                Command::ZoomIn => (percent + 10).min(300),
                Command::ZoomOut => percent.saturating_sub(10).max(80),
                _ => 100,
            };
            view.actions.push(Action::Settings(settings));
        }
        Command::Present => view.act(WindowAction::Present(if view.here().presenting.on {
            PresentAction::End
        } else {
            PresentAction::Start
        })),
        Command::Blank => view.act(WindowAction::Present(PresentAction::Blank)),
        Command::Spotlight => view.act(WindowAction::Present(PresentAction::Spotlight)),
        Command::Bookmark => view.act(WindowAction::Present(PresentAction::Bookmark)),
        Command::ToggleTheme => {
            settings.theme = match settings.theme {
                ThemeChoice::Light => ThemeChoice::Dark,
                ThemeChoice::Dark | ThemeChoice::System => ThemeChoice::Light,
            };
            view.actions.push(Action::Settings(settings));
        }
        Command::ThemeSystem => {
            settings.theme = ThemeChoice::System;
            view.actions.push(Action::Settings(settings));
        }
        Command::Projector => {
            settings.projector = !settings.projector;
            view.actions.push(Action::Settings(settings));
        }
    }
}

/// The sheet of all keys, grouped.
pub(super) fn sheet_ui(ui: &Ui, view: &mut View<'_>) {
    let theme = Theme::of(ui);
    let modal = egui::Modal::new(egui::Id::unique("shortcut sheet")).show(ui.ctx(), |ui| {
        ui.set_width(720.0_f32.min(ui.ctx().content_rect().width() - 48.0));
        ui.label(egui::RichText::new("Keyboard shortcuts").font(theme.strong(theme.text.heading)));
        ui.add_space(4.0);
        egui::ScrollArea::vertical().max_height(ui.ctx().content_rect().height() - 140.0).show(ui, |ui| {
            ui.columns(2, |columns| {
                for (index, group) in Group::ALL.into_iter().enumerate() {
                    let ui = &mut columns[index % 2];
                    section_head(ui, group.title());
                    for command in Command::all().filter(|command| command.group() == group) {
                        if let Some(keys) = command.shortcuts().first() {
                            line(ui, command.title(), &keys.text());
                        }
                    }
                    if group == Group::Present {
                        line(ui, "Go to a bookmark", "1 … 9");
                    }
                    ui.add_space(8.0);
                }
            });
        });
    });
    if modal.should_close() {
        view.memory.overlay = Overlay::None;
    }
}

fn line(ui: &mut Ui, title: &str, keys: &str) {
    let theme = Theme::of(ui);
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(egui::vec2(230.0, 24.0), egui::Sense::hover());
        let ink = Ink::new(theme.body(), theme.color.text_2);
        let anchor = egui::Align2::LEFT_CENTER;
        crate::ui::widgets::paint_text(ui.painter(), rect.left_center(), anchor, title, &ink, 228.0);
        key_cap(ui, keys);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn egui_knows_every_key() {
        for command in Command::all() {
            for shortcut in command.shortcuts() {
                assert!(keyboard_shortcut(shortcut).is_some(), "{command:?}: {shortcut:?}");
            }
        }
    }
}

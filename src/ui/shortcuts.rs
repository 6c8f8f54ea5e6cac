//! Keys: runs the command whose shortcut was pressed, and draws the sheet that lists them all.

use std::cmp::Reverse;
use std::sync::LazyLock;

use egui::{Key, KeyboardShortcut, Modifiers, Ui};

use crate::action::{
    Action, Ask, Dialog, DocumentAction, Extent, PresentAction, RemarkAction, WindowAction, WorkspaceAction,
};
use crate::address::{DocumentKind, Location, Origin};
use crate::architecture::export::{Format, PictureForm, Target};
use crate::command::{Command, Group, Shortcut};
use crate::settings::ThemeChoice;
use crate::state::DocumentState;
use crate::ui::theme::Theme;
use crate::ui::view_state::Overlay;
use crate::ui::widgets::{Ink, key_cap, section_head};
use crate::ui::{View, landscape, studio, texts};

/// egui's form of a shortcut; none if egui has no such key (a test forbids it).
fn keyboard_shortcut(shortcut: &Shortcut) -> Option<KeyboardShortcut> {
    let mut modifiers = Modifiers::NONE;
    for (on, modifier) in [
        (shortcut.ctrl, Modifiers::COMMAND),
        (shortcut.shift, Modifiers::SHIFT),
        (shortcut.alt, Modifiers::ALT),
    ] {
        if on {
            modifiers = modifiers.plus(modifier);
        }
    }
    let key = match shortcut.key {
        digit @ ("0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9") => Key::from_name(digit),
        name => Key::ALL.iter().copied().find(|key| format!("{key:?}") == name),
    }?;
    Some(KeyboardShortcut::new(modifiers, key))
}

/// All keys of all commands, those with more modifiers first: egui takes Ctrl+Shift+S for Ctrl+S as well.
static KEYS: LazyLock<Vec<(Command, &Shortcut, KeyboardShortcut)>> = LazyLock::new(|| {
    let of_command = |command: Command| command.shortcuts().iter().map(move |keys| (command, keys));
    let mut all: Vec<_> = Command::all()
        .flat_map(of_command)
        .filter_map(|(command, keys)| Some((command, keys, keyboard_shortcut(keys)?)))
        .collect();
    all.sort_by_key(|(_, keys, _)| Reverse(u8::from(keys.ctrl) + u8::from(keys.shift) + u8::from(keys.alt)));
    all
});

/// Runs what was typed. Plain letters belong to a text field while one has the keyboard.
pub(super) fn run(ui: &Ui, view: &mut View<'_>) {
    let typing = ui.ctx().egui_wants_keyboard_input() && ui.ctx().text_edit_focused();
    let leads = view.state.led_from(view.window).is_some();
    for (command, shortcut, keys) in KEYS.iter() {
        let blanks_led = *command == Command::Blank && leads;
        if command.only_presenting() && !view.here().presenting.on && !blanks_led {
            continue;
        }
        if !command.is_available(view.location()) {
            continue;
        }
        let plain = !shortcut.ctrl && !shortcut.alt;
        let own_of_fields = shortcut.ctrl && matches!(shortcut.key, "A" | "Z" | "Y");
        if typing && ((plain && !shortcut.key.starts_with('F')) || own_of_fields) {
            continue;
        }
        // Enter and Delete belong to whatever control has the focus.
        if matches!(shortcut.key, "Enter") && ui.ctx().memory(|memory| memory.focused().is_some()) {
            continue;
        }
        if ui.input_mut(|input| input.consume_shortcut(keys)) {
            execute(view, *command);
        }
    }
    if view.here().presenting.on {
        stepping_keys(ui, view);
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            view.act(WindowAction::Present(PresentAction::End));
        }
        return;
    }
    if leads && !typing {
        stepping_keys(ui, view);
    }
    if view.memory.overlay != Overlay::None && ui.input(|input| input.key_pressed(Key::Escape)) {
        view.memory.overlay = Overlay::None;
    }
}

/// What steps a presentation, in its own window and in the one that leads it.
fn stepping_keys(ui: &Ui, view: &mut View<'_>) {
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
}

/// Whether what is shown has a camera of its own.
fn is_on_canvas(view: &View<'_>) -> bool {
    view.focused_drawing().is_some() || matches!(view.location(), Location::Graph(_))
}

/// Carries a command out, however it was asked for.
pub fn execute(view: &mut View<'_>, command: Command) {
    let document = view.focused_document().map(|(id, _)| id);
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
            let link = view.state.address_of(view.location());
            view.ask(Ask::Copy(link.clone()));
            view.actions.push(Action::Notice(crate::problem::Problem {
                severity: crate::problem::Severity::Info,
                message: "The link to this view is on the clipboard.".to_owned(),
                at: link,
            }));
        }
        Command::Export => view.memory.overlay = Overlay::Export,
        Command::ExportWhole => view.ask(Ask::PickExport(view.window, Extent::Whole, PictureForm::Pdf)),
        Command::Settings => view.go(Location::Settings),
        Command::NewWindow => view.act(WindowAction::OpenWindow(view.location().clone())),
        Command::CloseWindow => view.act(WindowAction::CloseWindow),
        Command::Quit => view.ask(Ask::Quit),
        Command::Go(place) => view.go(Location::start_of(place)),
        Command::CompareTools => {
            let start = landscape::comparison_from(view);
            view.go(start);
        }
        Command::Relations => {
            let start = landscape::graph_from(view);
            view.go(start);
        }
        Command::Open => view.ask(Ask::Pick(view.window, Dialog::File)),
        Command::OpenFolder => view.ask(Ask::Pick(view.window, Dialog::Folder)),
        Command::OpenWorkspace => view.ask(Ask::Pick(view.window, Dialog::Workspace)),
        Command::CopyMermaid => studio::copy(view, Target::Text(Format::Mermaid)),
        Command::CopyPicture => studio::copy(view, Target::Picture(PictureForm::Png)),
        Command::CopySvg => studio::copy(view, Target::Picture(PictureForm::Svg)),
        Command::ExportShortlist => view.actions.push(Action::Remark(RemarkAction::PickExport)),
        Command::ImportShortlist => view.ask(Ask::Pick(view.window, Dialog::Shortlist)),
        Command::ReadWorkspace => view.actions.push(WorkspaceAction::Reload.into()),
        Command::CloseWorkspace => view.actions.push(WorkspaceAction::Close.into()),
        Command::OpenDemo => view.go(Location::store(Origin::Demo)),
        Command::NewDrawing => view.act(WindowAction::New(DocumentKind::Drawing)),
        Command::StartFrom => start_from(view),
        Command::Save | Command::SaveAs | Command::Discard | Command::Undo | Command::Redo => {
            let action = match command {
                Command::Save => DocumentAction::Save,
                Command::SaveAs => DocumentAction::SaveAs,
                Command::Discard => DocumentAction::Discard,
                Command::Undo => DocumentAction::Undo,
                _ => DocumentAction::Redo,
            };
            match (document, command) {
                (Some(_), Command::Undo | Command::Redo | Command::Discard) if studio::refuses(view) => {}
                (Some(id), _) => view.actions.push(Action::Document(id, action)),
                (None, Command::Undo) => view.actions.push(Action::Remark(RemarkAction::Undo)),
                (None, Command::Redo) => view.actions.push(Action::Remark(RemarkAction::Redo)),
                (None, _) => {}
            }
        }
        Command::CloseDocument => view.act(WindowAction::Close),
        Command::DecisionRecord | Command::ExportMarkdown | Command::ExportCsv | Command::ExportPoints => {
            texts::execute(view, command);
        }
        Command::SelectAll
        | Command::Delete
        | Command::Rename
        | Command::NextFinding
        | Command::PreviousFinding
        | Command::Tidy
        | Command::TidySelection
        | Command::Fit
        | Command::Recentre
        | Command::ChooseColumns
        | Command::FoldGroups => {
            view.memory.asked = Some(command);
        }
        Command::ZoomIn | Command::ZoomOut | Command::ZoomReset if is_on_canvas(view) => {
            view.memory.asked = Some(command);
        }
        Command::Present => {
            let presents = view.here().presenting.on || view.state.led_from(view.window).is_some();
            let action = if presents { PresentAction::End } else { PresentAction::Start };
            view.act(WindowAction::Present(action));
        }
        Command::PresentElsewhere => view.act(WindowAction::Present(PresentAction::Elsewhere)),
        Command::Blank => view.act(WindowAction::Present(PresentAction::Blank)),
        Command::Spotlight => view.act(WindowAction::Present(PresentAction::Spotlight)),
        Command::Bookmark => view.act(WindowAction::Present(PresentAction::Bookmark)),
        Command::ZoomIn
        | Command::ZoomOut
        | Command::ZoomReset
        | Command::ToggleTheme
        | Command::ThemeSystem
        | Command::Projector => change_look(view, command),
    }
}

/// Starts a document of one's own from the one that is shown.
fn start_from(view: &mut View<'_>) {
    if let Some((_, document)) = view.focused_document()
        && document.state == DocumentState::Ready
    {
        view.act(WindowAction::NewFrom(document.content.copied(&document.origin.name())));
    }
}

/// Carries a command out that changes how everything looks.
fn change_look(view: &mut View<'_>, command: Command) {
    let mut settings = view.state.settings.clone();
    let percent = settings.zoom_percent;
    match command {
        Command::ZoomIn => settings.zoom_percent = (percent + 10).min(300),
        Command::ZoomOut => settings.zoom_percent = percent.saturating_sub(10).max(80),
        Command::ZoomReset => settings.zoom_percent = 100,
        Command::ToggleTheme => {
            settings.theme = match settings.theme {
                ThemeChoice::Light => ThemeChoice::Dark,
                ThemeChoice::Dark | ThemeChoice::System => ThemeChoice::Light,
            };
        }
        Command::ThemeSystem => settings.theme = ThemeChoice::System,
        Command::Projector => settings.projector = !settings.projector,
        _ => return,
    }
    view.actions.push(Action::Settings(settings));
}

/// The sheet of all keys, grouped.
pub(super) fn sheet_ui(ui: &Ui, view: &mut View<'_>) {
    let theme = Theme::of(ui);
    let modal = egui::Modal::new(ui.scope_id().with("shortcut sheet")).show(ui.ctx(), |ui| {
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
                        line(ui, "Next step or bookmark, and back", "PgDn  PgUp");
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

    /// egui takes Ctrl+Shift+S for Ctrl+S too, so the longer one has to be looked for first.
    #[test]
    fn no_keys_hide_others_that_have_one_more() {
        let has = |all: Modifiers, some: Modifiers| all != some && all.matches_logically(some);
        for (at, (command, _, keys)) in KEYS.iter().enumerate() {
            for (other, _, longer) in &KEYS[at + 1..] {
                let is_hidden =
                    keys.logical_key == longer.logical_key && has(longer.modifiers, keys.modifiers);
                assert!(!is_hidden, "{command:?} is run for the keys of {other:?}");
            }
        }
        assert!(KEYS.iter().any(|(command, ..)| *command == Command::PresentElsewhere));
    }

    #[test]
    fn egui_knows_every_key() {
        for command in Command::all() {
            for shortcut in command.shortcuts() {
                assert!(keyboard_shortcut(shortcut).is_some(), "{command:?}: {shortcut:?}");
            }
        }
    }
}

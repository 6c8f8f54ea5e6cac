//! Taking away what a window shows as a text, however that was asked for.

use super::{View, runs};
use crate::action::{Action, Ask};
use crate::address::{LandscapeView, Location, StoreView, TextForm};
use crate::command::Command;
use crate::problem::{Problem, Severity};

/// Carries out a command that takes away what the window shows: asks for a place.
pub(super) fn execute(view: &mut View<'_>, command: Command) {
    if let Some(form) = command.text_form() {
        save(view, form);
    }
}

/// Asks for a place for one of the forms that fit what the window shows.
pub(super) fn save(view: &mut View<'_>, form: TextForm) {
    if matches!(view.location(), Location::Store(store) if store.view != StoreView::Compare) {
        runs::save(view, form);
        return;
    }
    let Some(text) = view.state.text(view.window, form) else {
        let at = view.state.full_title(view.location());
        tell(view, "Nothing was saved: what is shown here has no rows, or has not been read yet.", at);
        return;
    };
    tell_private(view, &text.name);
    view.ask(Ask::SaveText { name: text.name, numbered_in: text.numbered_in, text: text.text });
}

/// Puts what the window shows on the clipboard in one of the forms that fit it.
pub(super) fn copy(view: &mut View<'_>, form: TextForm) {
    let Some(text) = view.state.text(view.window, form) else {
        let at = view.state.full_title(view.location());
        tell(view, "Nothing was copied: what is shown here has no rows, or has not been read yet.", at);
        return;
    };
    tell_private(view, &text.name);
    tell(view, &format!("It is on the clipboard as {}.", form.title()), text.name);
    view.ask(Ask::Copy(text.text));
}

/// Tells that a table of tools leaves out what a person keeps for themselves, where it shows that.
pub(super) fn tell_private(view: &mut View<'_>, name: &str) {
    let is_table =
        matches!(view.location(), Location::Landscape(table) if table.view == LandscapeView::Table);
    let columns = view.here().tools.table.columns.shown();
    if is_table && columns.iter().any(|shown| shown.column.is_private()) {
        let sentence = "Your ratings and your shortlist are your own: they are not in the file.";
        tell(view, sentence, name.to_owned());
    }
}

fn tell(view: &mut View<'_>, sentence: &str, at: String) {
    view.actions.push(Action::Notice(Problem { severity: Severity::Info, message: sentence.to_owned(), at }));
}

//! The platform's file dialogs.

use std::path::PathBuf;

use crate::action::Dialog;

/// Asks for a file or folder to open; none when the person cancels or no dialog can be shown.
pub(super) fn pick(dialog: Dialog) -> Option<PathBuf> {
    match dialog {
        Dialog::File => rfd::FileDialog::new()
            .set_title("Open a drawing or a run store")
            .add_filter("Drawings and stores", &["json", "db", "sqlite", "sqlite3"])
            .add_filter("All files", &["*"])
            .pick_file(),
        Dialog::Folder => rfd::FileDialog::new().set_title("Open a folder").pick_folder(),
    }
}

/// Asks where to save a drawing.
pub(super) fn pick_save(name: &str) -> Option<PathBuf> {
    rfd::FileDialog::new()
        .set_title("Save the drawing")
        .set_file_name(name)
        .add_filter("Architecture", &["json"])
        .save_file()
}

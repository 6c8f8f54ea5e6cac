//! The platform's file dialogs.

use std::path::PathBuf;

use crate::action::Dialog;
use crate::address::DocumentKind;

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

/// Asks where to save a document.
pub(super) fn pick_save(kind: DocumentKind, name: &str) -> Option<PathBuf> {
    // A dialog's filter knows only what stands behind the last dot.
    let extension = kind.ending().rsplit('.').next().unwrap_or_default();
    rfd::FileDialog::new()
        .set_title(format!("Save the {}", kind.word()))
        .set_file_name(name)
        .add_filter(kind.file_kind(), &[extension])
        .save_file()
}

//! The platform's file dialogs.

use std::path::{Path, PathBuf};

use crate::action::Dialog;
use crate::address::DocumentKind;
use crate::architecture::export::PictureForm;

/// What is said when no place was chosen.
pub(super) const NO_PLACE: &str = "Nothing was saved: no place was chosen. If no dialog appeared, this desktop has \
                                   none; install xdg-desktop-portal or zenity.";

/// What is said when a file that a person asked for could not be written.
pub(super) fn unwritten(error: &std::io::Error) -> String {
    format!("The file could not be written ({error}). What was there is as it was; choose another place.")
}

/// The name that is proposed for a shortlist.
pub(super) const SHORTLIST_NAME: &str = "tools.shortlist.toml";

/// Asks for a file or folder to open; none when the person cancels or no dialog can be shown.
pub(super) fn pick(dialog: Dialog) -> Option<PathBuf> {
    match dialog {
        Dialog::File => rfd::FileDialog::new()
            .set_title("Open a drawing or a run store")
            .add_filter("Drawings and stores", &["json", "db", "sqlite", "sqlite3"])
            .add_filter("All files", &["*"])
            .pick_file(),
        Dialog::Shortlist => rfd::FileDialog::new()
            .set_title("Import a shortlist")
            .add_filter("Shortlists", &["toml"])
            .add_filter("All files", &["*"])
            .pick_file(),
        Dialog::Workspace => rfd::FileDialog::new().set_title("Open a folder as workspace").pick_folder(),
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

/// Asks where to write the shortlist; `summary` says what would be in the file.
pub(super) fn pick_shortlist(summary: &str) -> Option<PathBuf> {
    rfd::FileDialog::new()
        .set_title(format!("Export the shortlist: {summary}"))
        .set_file_name(SHORTLIST_NAME)
        .add_filter("Shortlist", &["toml"])
        .save_file()
}

/// Asks where to export a view; the chosen name's ending says what to write, `form` what is proposed.
pub(super) fn pick_export(name: &str, form: PictureForm) -> Option<PathBuf> {
    let mut forms = [
        (PictureForm::Pdf, "PDF: text can be selected, fonts are embedded", "pdf"),
        (PictureForm::Svg, "SVG: text, with the fonts of whoever opens it", "svg"),
        (PictureForm::Png, "PNG: pixels", "png"),
    ];
    forms.sort_by_key(|(other, ..)| *other != form);
    let dialog = rfd::FileDialog::new().set_title("Export this view").set_file_name(name);
    forms.iter().fold(dialog, |dialog, (_, says, ending)| dialog.add_filter(*says, &[*ending])).save_file()
}

/// Asks where to write a text.
pub(super) fn pick_text(proposed: &Path) -> Option<PathBuf> {
    let name = proposed.file_name().unwrap_or_default().to_string_lossy();
    let dialog = rfd::FileDialog::new().set_title("Save").set_file_name(name);
    let dialog = match proposed.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => dialog.set_directory(folder),
        None => dialog,
    };
    let kind = match proposed.extension().unwrap_or_default().to_string_lossy().as_ref() {
        "md" => ("Markdown", "md"),
        "csv" => ("CSV", "csv"),
        "mmd" => ("Mermaid", "mmd"),
        "d2" => ("D2", "d2"),
        "drawio" => ("draw.io", "drawio"),
        "dsl" => ("Structurizr DSL", "dsl"),
        "pdf" => ("PDF", "pdf"),
        "svg" => ("SVG", "svg"),
        "png" => ("PNG", "png"),
        _ => ("All files", "*"),
    };
    dialog.add_filter(kind.0, &[kind.1]).save_file()
}

//! Where an answer goes: to the screen, or whole into a file whose path is then the answer.

use std::io::Write;
use std::path::Path;

use super::{ToolsError, json};
use crate::store::whole_file::{write_new, write_whole};

/// A text, and where it was asked to go.
pub(super) struct Output<'a> {
    /// What to print or write.
    pub text: String,
    /// The file, if one was named.
    pub file: Option<&'a Path>,
    /// Whether the answer about a file is one JSON value.
    pub json: bool,
    /// Whether what is there already is left alone.
    pub keeps_old: bool,
}

impl Output<'_> {
    /// Prints the text, or writes it and prints the path.
    pub(super) fn put(&self, out: &mut dyn Write) -> Result<(), ToolsError> {
        let Some(file) = self.file else {
            out.write_all(self.text.as_bytes())?;
            return Ok(());
        };
        let written = if self.keeps_old {
            write_new(file, self.text.as_bytes())
        } else {
            write_whole(file, self.text.as_bytes())
        };
        written.map_err(|source| match source.kind() {
            std::io::ErrorKind::AlreadyExists => ToolsError::Exists(file.to_owned()),
            _ => ToolsError::Out { source, path: file.to_owned() },
        })?;
        let shown = file.display().to_string();
        if self.json { json::print(&[shown], out) } else { Ok(writeln!(out, "{shown}")?) }
    }
}

//! Architecture files for those who know that it is one, and the bundled templates.

use std::path::{Path, PathBuf};
use std::{fs, io};

use include_dir::{Dir, include_dir};

use super::document_files::{Error, name_file, read_text, save_text};
use crate::address::DocumentKind;
use crate::architecture::Architecture;
use crate::problem::Problem;

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data/architecture/templates");

/// The bundled templates, sorted by id.
pub fn templates() -> Vec<Architecture> {
    let mut found: Vec<_> = TEMPLATES
        .files()
        .filter_map(|file| Architecture::from_json(file.contents_utf8()?).ok())
        .map(|(drawing, _)| drawing)
        .collect();
    found.sort_by(|a, b| a.id.cmp(&b.id));
    found
}

/// The bundled template with this id.
pub fn template(id: &str) -> Option<Architecture> {
    Architecture::from_json(template_text(id)?).ok().map(|(drawing, _)| drawing)
}

/// The text of the bundled template with this id.
pub fn template_text(id: &str) -> Option<&'static str> {
    TEMPLATES.get_file(format!("{id}{}", DocumentKind::Drawing.ending()))?.contents_utf8()
}

/// Reads a drawing, at most 16 MiB of it; problems name the file and the line.
pub fn open(path: &Path) -> Result<(Architecture, Vec<Problem>), Error> {
    let (drawing, mut problems) = Architecture::from_json(&read_text(path)?)
        .map_err(|source| Error::Content { source: source.into(), path: path.to_owned() })?;
    name_file(&mut problems, path);
    Ok((drawing, problems))
}

/// The drawings that lie in a folder, not in those inside of it, sorted by name.
pub fn in_folder(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let read = || fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>();
    let mut paths = read().map_err(|source| Error::Read { source, path: folder.to_owned() })?;
    let ending = DocumentKind::Drawing.ending();
    paths.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(ending)));
    paths.sort();
    Ok(paths)
}

/// Writes a drawing: whole or not at all.
pub fn save(path: &Path, drawing: &Architecture) -> Result<(), Error> {
    save_text(path, &drawing.to_json())
}

/// Like [`save`], but only where nothing is yet.
pub fn create(path: &Path, drawing: &Architecture) -> Result<(), Error> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(Error::Exists { path: path.to_owned() });
    }
    save(path, drawing)
}

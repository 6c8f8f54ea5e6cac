//! Shortlists as files: reading one that somebody handed over, and writing one's own.

use std::path::{Path, PathBuf};

use thiserror::Error;

use super::document_files::{self, name_file, read_text, save_text};
use crate::problem::Problem;
use crate::shortlist::text::{self, ReadError};
use crate::shortlist::{ENDING, Shortlist};

/// Why a shortlist could not be read or written.
#[derive(Debug, Error)]
pub enum Error {
    /// The file could not be read or written.
    #[error(transparent)]
    File(#[from] document_files::Error),
    /// Nothing of its text can be used.
    #[error("{source}: {path}:{}", source.line())]
    Content {
        /// What is wrong with it.
        source: ReadError,
        /// Which file.
        path: PathBuf,
    },
}

/// Whether a file says by its name that it is a shortlist.
pub fn is_shortlist(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.len() > ENDING.len() && name.ends_with(ENDING) && !path.is_dir()
}

/// Reads a shortlist; what is odd in it is told with file and line.
pub fn open(path: &Path) -> Result<(Shortlist, Vec<Problem>), Error> {
    let text = read_text(path)?;
    let (list, mut problems) =
        text::read(&text).map_err(|source| Error::Content { source, path: path.to_owned() })?;
    name_file(&mut problems, path);
    Ok((list, problems))
}

/// Writes a shortlist: the whole file or nothing.
pub fn save(path: &Path, list: &Shortlist) -> Result<(), Error> {
    Ok(save_text(path, &text::write(list))?)
}

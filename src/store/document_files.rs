//! Document files of every kind: what kind a text is, reading it whole, and replacing it.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::architecture_files;
use super::whole_file::write_whole;
use crate::address::DocumentKind;
use crate::document::{Content, ReadError};
use crate::problem::Problem;

/// Larger files are not read.
const LARGEST: u64 = 16 * 1024 * 1024;

/// Why a document could not be read or written.
#[derive(Debug, Error)]
pub enum Error {
    /// The operating system refused.
    #[error("the file cannot be read ({source}): {path}")]
    Read {
        /// What it said.
        source: io::Error,
        /// Which file.
        path: PathBuf,
    },
    /// A folder where a file is needed.
    #[error("this is a folder, not a file: {path}")]
    Folder {
        /// Which folder.
        path: PathBuf,
    },
    /// A pipe, socket or device.
    #[error("this is not a regular file: {path}")]
    Special {
        /// Which one.
        path: PathBuf,
    },
    /// Larger than 16 MiB.
    #[error("the file is larger than 16 MiB, which no document is: {path}")]
    TooLarge {
        /// Which file.
        path: PathBuf,
    },
    /// No text.
    #[error("the file is not UTF-8 text, from its byte {byte} on: {path}:{line}")]
    Binary {
        /// How many bytes before it are text.
        byte: usize,
        /// The line of that byte, from 1.
        line: usize,
        /// Which file.
        path: PathBuf,
    },
    /// Text, but no document of the kind that it should be.
    #[error("{source}: {path}:{}", source.line())]
    Content {
        /// What is wrong with it.
        source: ReadError,
        /// Which file.
        path: PathBuf,
    },
    /// The file exists and was not to be replaced.
    #[error("the file exists already and was left as it is: {path}")]
    Exists {
        /// Which file.
        path: PathBuf,
    },
    /// The operating system refused; what was there before is still there.
    #[error("the file cannot be written ({source}): {path}")]
    Write {
        /// What it said.
        source: io::Error,
        /// Which file.
        path: PathBuf,
    },
}

/// The kind that a text, or the beginning of one, says it is: `format`, in JSON or in the head of a Markdown file.
/// None when it says nothing, or something that this version does not know.
pub fn kind_in(text: &str) -> Option<DocumentKind> {
    let format = text.match_indices("format").find_map(|(at, key)| {
        let rest = &text[at + key.len()..];
        let value = rest.strip_prefix('"').unwrap_or(rest).trim_start().strip_prefix(':')?.trim_start();
        let value = value.strip_prefix('"').unwrap_or(value);
        value.starts_with("mlops-atlas/").then_some(value)
    })?;
    DocumentKind::ALL
        .into_iter()
        .find(|kind| format.strip_prefix(kind.format()).is_some_and(|version| version.starts_with('@')))
}

/// The text of the bundled template of this kind with this id.
pub fn template_text(kind: DocumentKind, id: &str) -> Option<&'static str> {
    match kind {
        DocumentKind::Drawing => architecture_files::template_text(id),
    }
}

/// A document as it was read.
#[derive(Clone, Debug)]
pub struct Opened {
    /// What it holds.
    pub content: Content,
    /// The text that it was read from, by which a later change of the file is seen.
    pub text: String,
    /// What was odd in it; for a file it names the file and the line.
    pub problems: Vec<Problem>,
}

impl Opened {
    /// Reads a text as the kind that it says it is, else as `expected`.
    ///
    /// # Errors
    /// When nothing of the text can be used.
    pub fn from_text(text: String, expected: DocumentKind) -> Result<Self, ReadError> {
        let (content, problems) = Content::read(kind_in(&text).unwrap_or(expected), &text)?;
        Ok(Self { content, text, problems })
    }
}

/// Reads a document, at most 16 MiB of it, as the kind that its text says it is, else as `expected`.
pub fn open(path: &Path, expected: DocumentKind) -> Result<Opened, Error> {
    let mut opened = Opened::from_text(read_text(path)?, expected)
        .map_err(|source| Error::Content { source, path: path.to_owned() })?;
    name_file(&mut opened.problems, path);
    Ok(opened)
}

/// Puts the file before the line where something was odd.
pub(super) fn name_file(problems: &mut [Problem], path: &Path) {
    for problem in problems {
        let line = problem.at.strip_prefix("line ").unwrap_or_default();
        problem.at = format!("{}:{line}", path.display());
    }
}

/// What a file holds at this moment, for comparing only: bytes that are no text are replaced, and what lies
/// beyond 16 MiB is left out. None when there is no regular file.
pub fn present(path: &Path) -> Result<Option<String>, Error> {
    let read = || -> io::Result<_> {
        if !fs::metadata(path)?.is_file() {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        File::open(path)?.take(LARGEST).read_to_end(&mut bytes)?;
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    };
    match read() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        other => other.map_err(|source| Error::Read { source, path: path.to_owned() }),
    }
}

/// One name for all the ways to write a path: absolute, links followed as far as the path exists.
pub fn identity(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let of_folder = |path: &Path| Some(fs::canonicalize(path.parent()?).ok()?.join(path.file_name()?));
    fs::canonicalize(&absolute).ok().or_else(|| of_folder(&absolute)).unwrap_or(absolute)
}

pub(super) fn read_text(path: &Path) -> Result<String, Error> {
    let owned = || path.to_owned();
    let refused = |source| Error::Read { source, path: owned() };
    let meta = fs::metadata(path).map_err(refused)?;
    if meta.is_dir() {
        return Err(Error::Folder { path: owned() });
    }
    if !meta.is_file() {
        // Opening a pipe would wait for a writer that may never come.
        return Err(Error::Special { path: owned() });
    }
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes)).map_err(refused)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Error::TooLarge { path: owned() });
    }
    String::from_utf8(bytes).map_err(|error| {
        let byte = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes().iter().take(byte).filter(|b| **b == b'\n').count();
        Error::Binary { byte, line, path: owned() }
    })
}

/// Writes a text so that the path holds either the old or the new one at every moment.
///
/// The folder must be there: a document that was open may lie in one that was moved away, and making it again would
/// split the person's files in two.
pub fn save_text(path: &Path, text: &str) -> Result<(), Error> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let is_there = folder.map_or(Ok(true), Path::try_exists);
    let written = is_there.and_then(|is_there| {
        if is_there { write_whole(path, text.as_bytes()) } else { Err(io::ErrorKind::NotFound.into()) }
    });
    written.map_err(|source| Error::Write { source, path: path.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_says_what_it_is() {
        let drawing = Some(DocumentKind::Drawing);
        for (text, kind) in [
            ("{\"format\":\"mlops-atlas/architecture@1\",\n\"id\":", drawing),
            ("{\"nodes\":[], \"format\" :\n \"mlops-atlas/architecture@7\"}", drawing),
            ("{\"props\":{\"format\":\"parquet\"},\"format\":\"mlops-atlas/architecture@1\"}", drawing),
            ("---\nformat: mlops-atlas/architecture@1\n---\n", drawing),
            ("{\"format\":\"mlops-atlas/architectures@1\"}", None),
            ("{\"format\":\"mlops-atlas/architecture\"}", None),
            ("{\"format\":\"mlops-atlas/something@1\"}", None),
            ("the format mlops-atlas/architecture@1", None),
            ("{\"nodes\":[]}", None),
            ("format", None),
            ("", None),
        ] {
            assert_eq!(kind_in(text), kind, "{text}");
        }
    }
}

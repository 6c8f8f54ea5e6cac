//! Architecture files and the bundled templates.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use thiserror::Error;

use crate::architecture::{Architecture, ReadError};
use crate::problem::Problem;

/// Larger files are not read.
const LARGEST: u64 = 16 * 1024 * 1024;
const SUFFIX: &str = ".architecture.json";
static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data/architecture/templates");

/// Why a drawing could not be read or written.
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
    #[error("this is a folder, not an architecture file: {path}")]
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
    #[error("the file is larger than 16 MiB, which no architecture is: {path}")]
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
    /// Text, but no drawing.
    #[error("{source}: {path}:{}", source.place().0)]
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
    TEMPLATES.get_file(format!("{id}{SUFFIX}"))?.contents_utf8()
}

/// A drawing as it was read.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The drawing.
    pub drawing: Architecture,
    /// The text of the file.
    pub text: String,
    /// What was odd in it; names the file and the line.
    pub problems: Vec<Problem>,
}

/// Reads a drawing, at most 16 MiB of it; problems name the file and the line.
pub fn open(path: &Path) -> Result<(Architecture, Vec<Problem>), Error> {
    open_with_text(path).map(|opened| (opened.drawing, opened.problems))
}

/// Like [`open`], with the text, by which a later change of the file is seen.
pub fn open_with_text(path: &Path) -> Result<Opened, Error> {
    let text = read(path)?;
    let (drawing, mut problems) =
        Architecture::from_json(&text).map_err(|source| Error::Content { source, path: path.to_owned() })?;
    for problem in &mut problems {
        let line = problem.at.strip_prefix("line ").unwrap_or_default();
        problem.at = format!("{}:{line}", path.display());
    }
    Ok(Opened { drawing, text, problems })
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

fn read(path: &Path) -> Result<String, Error> {
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

/// Writes a drawing so that the path holds either the old or the new text at every moment.
///
/// A temporary file in the same folder is flushed to the disk, then renamed. A link is followed, permissions
/// are kept.
pub fn save(path: &Path, drawing: &Architecture) -> Result<(), Error> {
    save_text(path, &drawing.to_json())
}

/// Like [`save`], with the drawing's text.
pub fn save_text(path: &Path, text: &str) -> Result<(), Error> {
    let refused = |source| Error::Write { source, path: path.to_owned() };
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let (temporary, file) = temporary(&target).map_err(refused)?;
    let written = write(file, &temporary, &target, text);
    if written.is_err() {
        // The first error is the one to tell; the leftover is all that can be cared for here.
        drop(fs::remove_file(&temporary));
    }
    written.map_err(refused)
}

/// Like [`save`], but only where nothing is yet.
pub fn create(path: &Path, drawing: &Architecture) -> Result<(), Error> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(Error::Exists { path: path.to_owned() });
    }
    save(path, drawing)
}

/// A new file beside `target` whose name nobody else has.
fn temporary(target: &Path) -> io::Result<(PathBuf, File)> {
    let name = target.file_name().ok_or(io::ErrorKind::InvalidFilename)?.to_string_lossy();
    let mut attempt = 0_u32;
    loop {
        let path = target.with_file_name(format!(".{name}.{}-{attempt}.tmp", std::process::id()));
        match File::create_new(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && attempt < 100 => attempt += 1,
            other => return other.map(|file| (path, file)),
        }
    }
}

fn write(mut file: File, temporary: &Path, target: &Path, text: &str) -> io::Result<()> {
    if let Ok(meta) = fs::metadata(target) {
        file.set_permissions(meta.permissions())?;
    }
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    drop(file);
    fs::rename(temporary, target)?;
    sync_folder(target)
}

/// Makes the rename itself last; only Unix lets a folder be opened for that.
#[cfg(unix)]
fn sync_folder(target: &Path) -> io::Result<()> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or_else(|| Path::new(".")))?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_target: &Path) -> io::Result<()> {
    Ok(())
}

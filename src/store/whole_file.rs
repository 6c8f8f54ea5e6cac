//! Saves that leave the old file or the new one, never half of it.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// Writes a file beside its place, syncs it, and renames it over: a crash leaves the old or the new one.
///
/// A link is followed and permissions are kept. What is no ordinary file, or may not be written, is an error, though a
/// rename could replace it.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = followed(path);
    let old = fs::metadata(&target).ok();
    if let Some(old) = &old {
        refuse(old)?;
    }
    let folder =
        target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    if folder.exists() && !folder.is_dir() {
        return Err(io::Error::new(io::ErrorKind::NotADirectory, "it is to be in a folder that is a file"));
    }
    fs::create_dir_all(folder)?;
    let (temporary, file) = temporary(&target)?;
    let written = fill(file, old.as_ref(), bytes).and_then(|()| fs::rename(&temporary, &target));
    written.inspect_err(|_| {
        // The first error is the one to tell; a leftover that cannot be removed adds nothing to it.
        drop(fs::remove_file(&temporary));
    })?;
    sync_folder(folder)
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

fn fill(mut file: File, old: Option<&fs::Metadata>, bytes: &[u8]) -> io::Result<()> {
    if let Some(old) = old {
        file.set_permissions(old.permissions())?;
    }
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes the rename itself last; only Unix lets a folder be opened for that.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// The same at a place that a person chose: its folder must be there. A drive that was taken out does not come back as a
/// folder of its name.
pub fn write_chosen(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) if !folder.is_dir() => {
            Err(io::Error::new(io::ErrorKind::NotFound, "its folder is not there any more"))
        }
        _ => write_whole(path, bytes),
    }
}

/// Whether nothing is at a place, or a file that holds these words near its beginning.
pub fn is_free_or_holds(path: &Path, words: &str) -> bool {
    const BEGINNING: u64 = 4_096;
    let Ok(file) = File::open(path) else { return fs::symlink_metadata(path).is_err() };
    let mut beginning = Vec::new();
    let read = file.take(BEGINNING).read_to_end(&mut beginning);
    read.is_ok() && String::from_utf8_lossy(&beginning).contains(words)
}

/// Whether something is at a place, be it a link that leads nowhere.
pub fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// The same, but only where nothing is yet; else the error is of the kind [`io::ErrorKind::AlreadyExists`].
pub fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if is_there(path) {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    write_whole(path, bytes)
}

/// Where a link leads, also when nothing is there yet; any other path as it is.
fn followed(path: &Path) -> PathBuf {
    if let Ok(target) = fs::canonicalize(path) {
        return target;
    }
    match fs::read_link(path) {
        Ok(target) => path.parent().unwrap_or_else(|| Path::new("")).join(target),
        Err(_) => path.to_owned(),
    }
}

fn refuse(old: &fs::Metadata) -> io::Result<()> {
    let (kind, why) = if old.is_dir() {
        (io::ErrorKind::IsADirectory, "there is a folder of this name")
    } else if !old.is_file() {
        (io::ErrorKind::InvalidInput, "what is there is no ordinary file")
    } else if old.permissions().readonly() {
        (io::ErrorKind::PermissionDenied, "the file is read-only")
    } else {
        return Ok(());
    };
    Err(io::Error::new(kind, why))
}

//! Saves that leave the old file or the new one, never half of it.

mod streamed;

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

pub use streamed::Streamed;

/// Writes a file beside its place, syncs it, and renames it over: a crash leaves the old or the new one.
///
/// A link is followed and permissions are kept. What is no ordinary file, or may not be written, is an error, though a
/// rename could replace it.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    Staged::new(path, bytes)?.put()
}

/// A file that is written beside its place.
struct Staged {
    target: PathBuf,
    temporary: PathBuf,
}

impl Staged {
    fn new(path: &Path, bytes: &[u8]) -> io::Result<Self> {
        let (staged, file) = Self::begin(path)?;
        match fill(file, bytes) {
            Ok(()) => Ok(staged),
            Err(error) => {
                staged.drop_it();
                Err(error)
            }
        }
    }

    /// With nothing in it yet.
    fn begin(path: &Path) -> io::Result<(Self, File)> {
        let target = followed(path);
        let old = fs::metadata(&target).ok();
        if let Some(old) = &old {
            refuse(old)?;
        }
        let folder = folder_of(&target);
        if folder.exists() && !folder.is_dir() {
            return Err(io::Error::new(
                io::ErrorKind::NotADirectory,
                "it is to be in a folder that is a file",
            ));
        }
        fs::create_dir_all(folder)?;
        let (temporary, file) = temporary(&target)?;
        let staged = Self { target, temporary };
        match old.map_or(Ok(()), |old| file.set_permissions(old.permissions())) {
            Ok(()) => Ok((staged, file)),
            Err(error) => {
                staged.drop_it();
                Err(error)
            }
        }
    }

    /// Renames it to its place.
    fn put(self) -> io::Result<()> {
        let put = fs::rename(&self.temporary, &self.target);
        let folder = folder_of(&self.target).to_owned();
        put.inspect_err(|_| self.drop_it())?;
        sync_folder(&folder)
    }

    /// Puts it to its place if nothing is there.
    fn put_new(self) -> io::Result<()> {
        // A second name for the file, unlike a rename, is refused where the name is taken.
        match fs::hard_link(&self.temporary, &self.target) {
            Ok(()) => {
                let folder = folder_of(&self.target).to_owned();
                self.drop_it();
                sync_folder(&folder)
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists || is_there(&self.target) => {
                self.drop_it();
                Err(io::ErrorKind::AlreadyExists.into())
            }
            // Some file systems know no second names.
            Err(_) => self.put(),
        }
    }

    /// Gives it up. The first error is the one to tell; a leftover that cannot be removed adds nothing to it.
    fn drop_it(self) {
        drop(fs::remove_file(&self.temporary));
    }
}

fn folder_of(target: &Path) -> &Path {
    target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
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

fn fill(mut file: File, bytes: &[u8]) -> io::Result<()> {
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
    check_folder(path)?;
    write_whole(path, bytes)
}

/// Refuses a place whose folder is not there.
pub fn check_folder(path: &Path) -> io::Result<()> {
    if folder_of(path).is_dir() {
        return Ok(());
    }
    Err(io::Error::new(io::ErrorKind::NotFound, "its folder is not there any more"))
}

/// Several files, of which none is replaced before all are written beside their places: what cannot be written, or not at
/// that size, leaves all as they were. Tells the one that failed.
pub fn write_all_whole(files: &[(PathBuf, Vec<u8>)]) -> Result<(), (&Path, io::Error)> {
    write_all(files, false)
}

/// The same, but only where nothing is yet at the place of the last one; else its error is of the kind
/// [`io::ErrorKind::AlreadyExists`], also where another program was faster.
pub fn write_all_new(files: &[(PathBuf, Vec<u8>)]) -> Result<(), (&Path, io::Error)> {
    write_all(files, true)
}

fn write_all(files: &[(PathBuf, Vec<u8>)], is_new: bool) -> Result<(), (&Path, io::Error)> {
    let mut staged = Vec::new();
    let mut failed = None;
    for (path, bytes) in files {
        match Staged::new(path, bytes) {
            Ok(file) => staged.push((path, file)),
            Err(error) => {
                failed = Some((path.as_path(), error));
                break;
            }
        }
    }
    // The last one decides whether the others come.
    for (at, (path, file)) in staged.into_iter().enumerate().rev() {
        if failed.is_some() {
            file.drop_it();
            continue;
        }
        let put = if is_new && at + 1 == files.len() { file.put_new() } else { file.put() };
        if let Err(error) = put {
            failed = Some((path.as_path(), error));
        }
    }
    failed.map_or(Ok(()), Err)
}

/// Whether nothing is at a place, or an ordinary file that may be written and whose bytes pass.
pub fn is_free_or(path: &Path, pass: impl FnOnce(&[u8]) -> bool) -> bool {
    /// More than any file that the program makes for itself.
    const MOST: u64 = 256 << 20;
    match fs::symlink_metadata(path) {
        Err(error) => error.kind() == io::ErrorKind::NotFound,
        Ok(found) => {
            found.is_file()
                && !found.permissions().readonly()
                && found.len() <= MOST
                && fs::read(path).is_ok_and(|bytes| pass(&bytes))
        }
    }
}

/// Whether two paths lead to the same file, which is there.
pub fn is_same(one: &Path, other: &Path) -> bool {
    fs::canonicalize(one).is_ok_and(|one| fs::canonicalize(other).is_ok_and(|other| one == other))
}

/// Whether a file is this file or folder, would lie in it, or is one of those that SQLite keeps beside a database.
pub fn is_within(file: &Path, of: &Path) -> bool {
    let (Some(file), Some(of)) = (real_place(file), real_place(of)) else { return false };
    let is_beside = |suffix: &str| {
        let mut own = of.as_os_str().to_owned();
        own.push(suffix);
        file.as_os_str() == own
    };
    file == of
        || (of.is_dir() && file.starts_with(&of))
        || ["-wal", "-shm", "-journal"].into_iter().any(is_beside)
}

/// Where a path leads once the folders that it names are there: links followed as far as it exists.
fn real_place(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(followed(path)).ok()?;
    let (real, rest) = path.ancestors().find_map(|ancestor| {
        let real = fs::canonicalize(ancestor).ok()?;
        Some((real, path.strip_prefix(ancestor).ok()?))
    })?;
    let mut place = real;
    for part in rest.components() {
        match part {
            Component::ParentDir => drop(place.pop()),
            Component::CurDir => {}
            part => place.push(part),
        }
    }
    Some(place)
}

/// Whether a path is a link.
pub fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink())
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
    Staged::new(path, bytes)?.put_new()
}

/// Where a link leads, also when nothing is there yet; any other path as it is.
pub fn followed(path: &Path) -> PathBuf {
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

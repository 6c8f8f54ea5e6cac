//! Artifacts that lie as files in a folder of this machine: what a folder holds, and what a file of it holds. Nothing
//! outside the folder is ever looked into, wherever a link or a path in a store leads.

mod name;

use std::fs;
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};

use self::name::{kind_of, logged_at};
use super::access::one_at_a_time;
use super::{Error, sniff};
use crate::problem::Problem;
use crate::runs::{Artifact, ArtifactKind, Content};

/// Files that are told of; what is more is counted to the same number once more, and told.
const MOST_FILES: usize = 10_000;
/// Folders within each other.
const MOST_LEVELS: usize = 32;
/// A larger file is nothing to be looked at here.
const LARGEST: u64 = 16 << 20;

/// The folder of one run's artifacts.
#[derive(Debug)]
pub(super) struct Root {
    /// Without links.
    base: PathBuf,
}

/// What was found below a folder.
#[derive(Default)]
struct Walk {
    found: Vec<Artifact>,
    problems: Vec<Problem>,
    /// Links that lead elsewhere, and what is neither file nor folder; with the first of them.
    odd: Option<(usize, PathBuf)>,
    is_cut: bool,
}

impl Root {
    /// None where there is no such folder.
    pub fn at(path: &Path) -> Result<Option<Self>, Error> {
        match fs::canonicalize(path) {
            Ok(base) => Ok(base.is_dir().then_some(Self { base })),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(sniff::unreadable(path, &error)),
        }
    }

    /// The folder that an address names, below `base` where it is relative; none where that is no folder of this machine.
    pub fn named(address: &str, base: &Path) -> Result<Option<Self>, Error> {
        local(address, base).map_or(Ok(None), |path| Self::at(&path))
    }

    /// All files, by path and step, and what was left out.
    pub fn list(&self) -> (Vec<Artifact>, Vec<Problem>) {
        let mut walk = Walk::default();
        let mut next = vec![(self.base.clone(), String::new(), 0)];
        while let Some((folder, prefix, level)) = next.pop() {
            let entries = match fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) => {
                    let message = format!("The system does not let this folder be read ({error})");
                    walk.problems.push(Problem::warning(message, sniff::shown(&folder)));
                    continue;
                }
            };
            for entry in entries.flatten() {
                if walk.found.len() + next.len() >= MOST_FILES {
                    walk.is_cut = true;
                    break;
                }
                self.entry(&entry, (&prefix, level), &mut next, &mut walk);
            }
        }
        let at = sniff::shown(&self.base);
        if walk.is_cut {
            let message =
                format!("More lies here, or deeper, than the {MOST_FILES} artifacts that are shown");
            walk.problems.push(Problem::warning(message, at));
        }
        if let Some((count, first)) = walk.odd {
            let message = format!(
                "{count} entries are links that lead elsewhere, or no files, and are left out; the first of them here"
            );
            walk.problems.push(Problem::warning(message, sniff::shown(&first)));
        }
        walk.found.sort_by(|a, b| (&a.path, a.step).cmp(&(&b.path, b.step)));
        (walk.found, walk.problems)
    }

    fn entry(
        &self,
        entry: &fs::DirEntry,
        (prefix, level): (&str, usize),
        next: &mut Vec<(PathBuf, String, usize)>,
        walk: &mut Walk,
    ) {
        let (path, name) = (entry.path(), entry.file_name());
        // Of the entry itself: a link is looked into only where it leads to a file of the same folder.
        let data = entry.metadata().and_then(|data| {
            let is_own_link = data.is_symlink() && self.holds(&path);
            if is_own_link { fs::metadata(&path).map(|data| (data, true)) } else { Ok((data, false)) }
        });
        let (Some(name), Ok((data, is_link))) = (name.to_str(), data) else {
            walk.odd.get_or_insert((0, path)).0 += 1;
            return;
        };
        let path_in_run = format!("{prefix}{name}");
        if data.is_file() {
            let (step, time) = logged_at(name);
            walk.found.push(Artifact {
                kind: kind_of(name),
                path: path_in_run.into(),
                step,
                time: time.or_else(|| written(&data)),
                size: Some(data.len()),
                place: 0,
            });
        } else if data.is_dir() && !is_link {
            if level < MOST_LEVELS {
                next.push((path, format!("{path_in_run}/"), level + 1));
            } else {
                walk.is_cut = true;
            }
        } else {
            walk.odd.get_or_insert((0, path)).0 += 1;
        }
    }

    /// Whether a path, all its links followed, lies in the folder.
    fn holds(&self, path: &Path) -> bool {
        fs::canonicalize(path).is_ok_and(|path| path.starts_with(&self.base))
    }

    /// What one of a run's files holds.
    pub fn content(&self, run: &str, artifact: &Artifact) -> Result<Content, Error> {
        let none = || Error::NoContent { run: run.to_owned() };
        let path = self.base.join(below(&artifact.path).ok_or_else(none)?);
        let shown = sniff::shown(&path);
        let unreadable = |error: std::io::Error| sniff::unreadable(&path, &error);
        let data = fs::metadata(&path).map_err(unreadable)?;
        if !self.holds(&path) {
            return Err(none());
        }
        if !data.is_file() {
            return Err(Error::NoFile(shown));
        }
        let too_large = |bytes| Error::TooLarge { bytes, most: LARGEST, path: shown.clone() };
        if data.len() > LARGEST {
            return Err(too_large(data.len()));
        }
        // It may be a database that is read at the same time.
        let _alone = one_at_a_time();
        let mut bytes = Vec::with_capacity(data.len() as usize);
        // Files that say they are empty may never end.
        if data.len() > 0 {
            let opened = fs::File::open(&path).map_err(unreadable)?;
            opened.take(LARGEST + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        }
        if bytes.len() as u64 > LARGEST {
            return Err(too_large(bytes.len() as u64));
        }
        let is_text = matches!(artifact.kind, ArtifactKind::Text | ArtifactKind::Table);
        Ok(match String::from_utf8(bytes) {
            Ok(text) if is_text => Content::Text(text),
            Ok(text) => Content::Bytes(text.into_bytes()),
            Err(error) => Content::Bytes(error.into_bytes()),
        })
    }
}

/// What lies at an address, and a word where that is not on this machine. A folder that is not there holds nothing: the
/// clients make it with the first artifact.
pub(super) fn list(address: &str, base: Option<&Path>) -> Result<(Vec<Artifact>, Vec<Problem>), Error> {
    let Some(path) = base.and_then(|base| local(address, base)) else {
        let message = "The artifacts of this run do not lie in a folder of this machine, so none are shown";
        return Ok((Vec::new(), vec![Problem::warning(message, address)]));
    };
    Ok(Root::at(&path)?.map(|root| root.list()).unwrap_or_default())
}

fn written(data: &fs::Metadata) -> Option<i64> {
    let since = data.modified().ok()?.duration_since(std::time::SystemTime::UNIX_EPOCH).ok()?;
    i64::try_from(since.as_micros()).ok()
}

/// A path inside a folder, out of a text that a store holds; none where it would lead out of it.
pub(super) fn below(text: &str) -> Option<PathBuf> {
    let path = Path::new(text);
    let is_below = !text.is_empty()
        && !text.contains('\0')
        && path.components().all(|part| matches!(part, Component::Normal(_)));
    is_below.then(|| path.to_path_buf())
}

/// The folder of this machine that an artifact address names: `file:///…` or a path, which is below `base` where it is
/// relative. None for what lies on a server, which no foreign file may make this program ask.
fn local(address: &str, base: &Path) -> Option<PathBuf> {
    let is_share = |path: &str| path.starts_with("//") || path.starts_with("\\\\");
    let path = match address.split_once(':') {
        // One letter is a drive.
        Some((scheme, rest)) if scheme.len() > 1 && !scheme.contains(['/', '\\']) => {
            if !scheme.eq_ignore_ascii_case("file") {
                return None;
            }
            let rest = rest.strip_prefix("//localhost").or_else(|| rest.strip_prefix("//")).unwrap_or(rest);
            // A name of a host would stand before the path.
            if !rest.starts_with('/') {
                return None;
            }
            let path = decoded(rest);
            let is_drive = cfg!(windows) && path.as_bytes().get(2) == Some(&b':');
            if is_drive { path[1..].to_owned() } else { path }
        }
        _ => address.to_owned(),
    };
    let is_usable = !path.is_empty() && !path.contains('\0') && !is_share(&path);
    let place = is_usable.then(|| base.join(path))?;
    // What the system shows of itself as files is nobody's artifact, and some of it never ends.
    let real = place.canonicalize().unwrap_or_else(|_| place.clone());
    let is_systems = |path: &Path| ["/proc", "/sys", "/dev"].iter().any(|root| path.starts_with(root));
    (!is_systems(&place) && !is_systems(&real)).then_some(place)
}

/// A URI's `%20` and the like as the bytes that they stand for.
fn decoded(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::with_capacity(text.len()), text.as_bytes());
    while let Some((&first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| first == b'%').and_then(|two| std::str::from_utf8(two).ok());
        if let Some(byte) = code.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests;

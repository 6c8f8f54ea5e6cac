//! What kind of store lies at a path, told by content; nothing is opened for writing.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::Mlflow;
use super::access::one_at_a_time;
use super::error::Error;
use super::sniff;
use crate::runs::SourceKind;

/// A folder with more entries than this is not looked through to its end, nor those below it with fewer.
const MOST_ENTRIES: [usize; 3] = [2_000, 200, 50];

/// Enough for a head of many columns and a row of values.
const HEAD: u64 = 16_384;

/// What was found at a path.
pub(super) enum Recognised {
    /// A store that can be read.
    Readable(PathBuf, Box<Mlflow>),
    /// A store of a kind that cannot be read yet.
    NotYet(PathBuf, SourceKind),
    /// What has a store's name, and why it is none.
    Unreadable(Error),
}

/// Everything at a path: the file itself; or the folder itself, and what lies directly in it, by name.
pub(super) fn recognise(path: &Path) -> Result<Vec<Recognised>, Error> {
    let data = fs::metadata(path).map_err(|error| sniff::unreadable(path, &error))?;
    if !data.is_dir() {
        return Ok(vec![file(path)]);
    }
    fs::read_dir(path).map_err(|error| sniff::unreadable(path, &error))?;
    let mut found = Vec::new();
    let own = kind_of_folder(path, 0);
    found.extend(own.map(|kind| Recognised::NotYet(path.to_path_buf(), kind)));
    if own == Some(SourceKind::Aim) {
        return Ok(found);
    }
    for entry in entries(path, 0) {
        if entry.is_dir() {
            let below = if own.is_none() { kind_of_folder(&entry, 1) } else { None };
            found.extend(below.map(|kind| Recognised::NotYet(entry, kind)));
        } else if entry.is_file() {
            found.extend(file_in_folder(&entry));
        }
    }
    let is_log = |found: &Recognised| matches!(found, Recognised::NotYet(_, SourceKind::Tensorboard));
    if found.len() > 1 && found.iter().all(is_log) {
        // Runs with folders of their own for training and evaluation: all of them are one store.
        found = vec![Recognised::NotYet(path.to_path_buf(), SourceKind::Tensorboard)];
    }
    Ok(found)
}

/// A file that was named by a person: whatever it is, something is said of it.
fn file(path: &Path) -> Recognised {
    match Mlflow::open(path) {
        Ok(store) => Recognised::Readable(path.to_path_buf(), Box::new(store)),
        Err(Error::NotYet { kind, .. }) => Recognised::NotYet(path.to_path_buf(), kind),
        Err(error @ (Error::Text(_) | Error::NotDatabase(_))) => match kind_of_head(&head(path)) {
            Some((kind, _)) => Recognised::NotYet(path.to_path_buf(), kind),
            None => Recognised::Unreadable(error),
        },
        Err(error) => Recognised::Unreadable(error),
    }
}

/// A file that a folder holds: other programs' files are passed over, tables only taken for runs where they
/// count steps.
fn file_in_folder(path: &Path) -> Option<Recognised> {
    let head = head(path);
    let is_named = path.extension().is_some_and(|end| end == "db" || end == "sqlite" || end == "sqlite3");
    if is_named || head.starts_with(sniff::MAGIC) {
        return match file(path) {
            Recognised::Unreadable(_) if !is_named => None,
            recognised => Some(recognised),
        };
    }
    match kind_of_head(&head)? {
        // Its folder is the store.
        (SourceKind::Tensorboard, _) | (_, false) => None,
        (kind, true) => Some(Recognised::NotYet(path.to_path_buf(), kind)),
    }
}

/// Some entries of a folder, by name.
fn entries(folder: &Path, level: usize) -> Vec<PathBuf> {
    let most = MOST_ENTRIES[level.min(MOST_ENTRIES.len() - 1)];
    let read = fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<PathBuf> = read.take(most).filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths
}

/// The first bytes of a file; none where it cannot be read.
fn head(path: &Path) -> Vec<u8> {
    let _alone = one_at_a_time();
    let mut head = Vec::new();
    if !sniff::is_ordinary(path) {
        return head;
    }
    let read = fs::File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    read.map_or_else(|_| Vec::new(), |_| head)
}

fn kind_of_folder(folder: &Path, level: usize) -> Option<SourceKind> {
    let below = entries(folder, level);
    let is_aim = folder.join("run_metadata.sqlite").is_file()
        && ["meta", "seqs"].iter().any(|name| folder.join(name).is_dir());
    if is_aim {
        return Some(SourceKind::Aim);
    }
    // An experiment of MLflow's file store; a run's own file has no `artifact_location`.
    let is_experiment = |path: &PathBuf| {
        let about = head(&path.join("meta.yaml"));
        let has = |key: &str| String::from_utf8_lossy(&about).lines().any(|line| line.starts_with(key));
        has("experiment_id:") && has("artifact_location:")
    };
    if below.iter().any(is_experiment) {
        return Some(SourceKind::MlflowFiles);
    }
    let is_event_file = |path: &PathBuf| path.is_file() && is_event_record(&head(path));
    let holds_events = |path: &PathBuf| path.is_dir() && entries(path, level + 1).iter().any(is_event_file);
    let has_events = below.iter().any(is_event_file) || below.iter().any(holds_events);
    has_events.then_some(SourceKind::Tensorboard)
}

/// What no database begins like, and whether it counts steps.
fn kind_of_head(head: &[u8]) -> Option<(SourceKind, bool)> {
    if is_event_record(head) {
        return Some((SourceKind::Tensorboard, true));
    }
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        // The head may end in the midst of a letter.
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&head[..error.valid_up_to()]).ok()?
        }
        Err(_) => return None,
    };
    let text = text.trim_start_matches('\u{feff}');
    let keys = json_keys(text);
    let (kind, names) = match keys {
        Some(keys) => (SourceKind::Jsonl, keys),
        None => (SourceKind::Csv, csv_names(text)?),
    };
    const STEPS: [&str; 8] =
        ["step", "_step", "global_step", "trainer/global_step", "epoch", "iteration", "iter", "batch"];
    let counts = names.iter().any(|name| STEPS.contains(&name.trim().to_lowercase().as_str()));
    Some((kind, counts))
}

/// A record of an event file (`TFRecord`: length as 8 bytes, its checksum as 4, then the data) whose event names
/// the format's version, as the first one does.
fn is_event_record(head: &[u8]) -> bool {
    let Some((length, rest)) = head.split_first_chunk::<8>() else { return false };
    let length = u64::from_le_bytes(*length);
    // The first event holds a time and the version only.
    let data = rest.get(4..).unwrap_or_default();
    length < 256
        && data.len() as u64 >= length
        && data[..length as usize].windows(12).any(|part| part == b"brain.Event:")
}

/// The keys of the first line, where the first two lines are JSON objects.
fn json_keys(text: &str) -> Option<Vec<String>> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let mut object = || {
        // Python writes what JSON has no number for.
        let line =
            lines.next()?.replace("-Infinity", "null").replace("Infinity", "null").replace("NaN", "null");
        serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(&line).ok()
    };
    let first = object()?;
    object()?;
    Some(first.into_iter().map(|(key, _)| key).collect())
}

/// The names in the head of a table: several, none of them a number, and a row of as many fields below, one of
/// them a number.
fn csv_names(text: &str) -> Option<Vec<String>> {
    let mut lines = text.lines();
    let (head, row) = (lines.next()?, lines.next()?);
    [',', ';', '\t'].into_iter().find_map(|comma| {
        let (names, values) = (fields(head, comma), fields(row, comma));
        let is_number = |text: &String| text.trim().parse::<f64>().is_ok();
        // The first name may be empty: an index without one.
        let is_table = names.len() > 1
            && names.len() == values.len()
            && names.iter().skip(1).all(|name| !name.trim().is_empty())
            && !names.iter().any(is_number)
            && values.iter().any(is_number);
        is_table.then_some(names)
    })
}

/// The fields of a line; a comma inside quotes belongs to its field.
fn fields(line: &str, comma: char) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        if letter == '"' {
            quoted = !quoted;
        } else if letter == comma && !quoted {
            fields.push(String::new());
        } else if let Some(field) = fields.last_mut() {
            field.push(letter);
        }
    }
    fields
}

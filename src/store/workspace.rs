//! Reads a workspace: which folder is one, what lies in it, whether that has changed, and where in it new files belong.

mod drawn;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use super::catalog_files::{self, CatalogFilesError};
use super::stamp::stamp;
use crate::address::DocumentKind;
use crate::catalog::{Coverage, Index};
use crate::problem::Problem;
use crate::workspace::{Contents, DecisionFile, DocumentFile, Fingerprint};
use drawn::Drawn;

/// More than this in one folder is not looked through.
const MOST: usize = 10_000;
/// More documents or decisions than this are not listed.
const MOST_LISTED: usize = 1_000;
/// More bytes of drawings than these are not read: they would fill the memory.
const MOST_DRAWN: u64 = 64 * 1024 * 1024;
/// A heading that comes later than this in a decision is not looked for, in bytes.
const HEAD: u64 = 4_096;

/// Where own entries are.
const ENTRIES: &str = "catalog/tools";
/// Where decision records are.
const DECISIONS: &str = "decisions";

/// A folder that cannot be read as a workspace.
#[derive(Debug, thiserror::Error)]
#[error("the folder cannot be opened as a workspace ({source}): {}", .path.display())]
pub struct WorkspaceError {
    /// Why.
    source: io::Error,
    /// Which.
    path: PathBuf,
}

/// Whether a folder is meant as a workspace: it has `catalog/tools` or `decisions`, or a document in its top.
///
/// A person can open any other folder as one by saying so.
pub fn is_workspace(folder: &Path) -> bool {
    folder.is_dir()
        && (folder.join(ENTRIES).is_dir()
            || folder.join(DECISIONS).is_dir()
            || fs::read_dir(folder).is_ok_and(|items| {
                items
                    .take(MOST)
                    .flatten()
                    .any(|item| document_kind(&item.path()).is_some() && item.path().is_file())
            }))
}

/// The kind of document whose own ending a name has; a bare `.json` may be anything in a folder.
fn document_kind(path: &Path) -> Option<DocumentKind> {
    let name = path.file_name()?.to_string_lossy().to_lowercase();
    DocumentKind::ALL
        .into_iter()
        .find(|kind| name.ends_with(kind.ending()) && name.len() > kind.ending().len())
}

/// Reads everything, judging claims by this day. What cannot be used costs itself and becomes a problem.
///
/// What is `known` from an earlier reading of this folder is taken from there as far as its files are the same: the
/// catalog as a whole, with the entries judged on this day, and every drawing with its card.
///
/// # Errors
/// When there is no such folder, or it cannot be read.
pub fn read(folder: &Path, today: Date, known: Option<&Contents>) -> Result<Contents, WorkspaceError> {
    let wrap = |source| WorkspaceError { source, path: folder.to_owned() };
    fs::read_dir(folder).map_err(wrap)?;
    // Before anything is read: what is written meanwhile is seen the next time.
    let fingerprint = fingerprint(folder);
    let is_same =
        |known: &&Contents| known.fingerprint.entries == fingerprint.entries && known.judged.1 == today;
    let laid = known.filter(is_same).map_or_else(|| lay(folder, today), of_entries);
    let mut problems = laid.judged.0.clone();
    let mut documents: Vec<DocumentFile> = files_in(folder)
        .filter_map(|path| {
            let kind = document_kind(&path)?;
            let name = path.file_name()?.to_string_lossy().into_owned();
            let title = name.get(..name.len() - kind.ending().len()).unwrap_or(&name).to_owned();
            Some(DocumentFile { kind, title, path })
        })
        .collect();
    let mut decisions: Vec<PathBuf> =
        files_in(&folder.join(DECISIONS)).filter(|path| is_markdown(path)).collect();
    let (more_documents, more_decisions) =
        (documents.len().saturating_sub(MOST_LISTED), decisions.len().saturating_sub(MOST_LISTED));
    documents.truncate(MOST_LISTED);
    decisions.truncate(MOST_LISTED);
    let drawn = Drawn::of(&documents, known, MOST_DRAWN);
    for (left_out, what, done, at) in [
        (more_documents, "documents", "listed", "."),
        (more_decisions, "decisions", "listed", DECISIONS),
        (drawn.left_out, "drawings", "read", "."),
    ] {
        if left_out > 0 {
            let message = format!("the workspace has {left_out} more {what} than are {done}");
            problems.push(Problem::warning(message, at));
        }
    }
    problems.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
    let decisions = decisions.into_iter().map(decision).collect();
    let Drawn { drawings, stamps, cards, unread, .. } = drawn;
    Ok(Contents { problems, documents, drawings, cards, unread, decisions, stamps, fingerprint, ..laid })
}

/// Lays the entries of the folder over the shipped catalog, and judges them.
fn lay(folder: &Path, today: Date) -> Contents {
    let mut problems = Vec::new();
    let loaded = catalog_files::load_workspace(folder).unwrap_or_else(|error| {
        problems.push(Problem::error(without_path(&error), ENTRIES));
        catalog_files::Loaded::default()
    });
    // A folder that is a whole catalog is judged as one, as `tools check` does.
    let judged = match catalog_files::load_any(folder) {
        Ok(whole) if whole.is_whole && folder.join(ENTRIES).is_dir() => catalog_files::judge(whole, today),
        _ => catalog_files::judge(loaded.clone(), today),
    };
    problems.extend(judged.findings.into_iter().map(Problem::from));
    let mut entries: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for file in &loaded.files {
        entries.entry(file.entry.id.clone()).or_default().push(file.clone());
    }
    // What is wrong with single files was told by the judge.
    let (catalog, _) = catalog_files::catalog_of(catalog_files::load_bundled(), loaded);
    // Made here, so that no window waits for it.
    let (index, coverage) = (Arc::new(Index::new(&catalog)), Arc::new(Coverage::new(&catalog, None, today)));
    let (catalog, judged) = (Arc::new(catalog), (problems, today));
    Contents { catalog, index, coverage, entries, judged, ..Contents::default() }
}

/// What is known of the entries alone.
fn of_entries(known: &Contents) -> Contents {
    Contents {
        catalog: Arc::clone(&known.catalog),
        index: Arc::clone(&known.index),
        coverage: Arc::clone(&known.coverage),
        entries: known.entries.clone(),
        judged: known.judged.clone(),
        ..Contents::default()
    }
}

/// What is wrong with the folder of entries; its place is told beside it.
fn without_path(error: &CatalogFilesError) -> String {
    match error {
        CatalogFilesError::Folder { source, .. } => format!("the folder of entries cannot be read: {source}"),
        other => other.to_string(),
    }
}

/// Numbers that change with what [`read`] finds.
///
/// They are made of the names, lengths and times of all files that are looked into. None of them is read.
pub fn fingerprint(folder: &Path) -> Fingerprint {
    let hash = |paths: &mut dyn Iterator<Item = PathBuf>| {
        let mut hasher = DefaultHasher::new();
        for path in paths {
            (stamp(&path), path).hash(&mut hasher);
        }
        hasher.finish()
    };
    let documents = files_in(folder).filter(|path| document_kind(path).is_some());
    let decisions = paths_in(&folder.join(DECISIONS)).into_iter();
    let entries = paths_in(&folder.join(ENTRIES)).into_iter();
    let beside = ["categories.toml", "foundations.toml"].map(|name| folder.join("catalog").join(name));
    Fingerprint {
        entries: hash(&mut entries.chain(beside)),
        documents: hash(&mut documents.chain(decisions)),
    }
}

/// What lies directly in a folder, by name; nothing where it cannot be read.
fn paths_in(folder: &Path) -> Vec<PathBuf> {
    let items = fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<PathBuf> = items.take(MOST).flatten().map(|item| item.path()).collect();
    paths.sort();
    paths
}

/// The ordinary files among it.
fn files_in(folder: &Path) -> impl Iterator<Item = PathBuf> {
    paths_in(folder).into_iter().filter(|path| path.is_file())
}

fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md"))
}

fn decision(path: PathBuf) -> DecisionFile {
    let mut head = Vec::new();
    let read = fs::File::open(&path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    let text = read.map_or_else(|_| String::new(), |_| String::from_utf8_lossy(&head).into_owned());
    let heading = text.lines().find_map(|line| line.strip_prefix("# ")).map(str::trim);
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let number: String = name.chars().take_while(char::is_ascii_digit).collect();
    let title = match heading.filter(|heading| !heading.is_empty()) {
        Some(heading) if number.is_empty() || heading.starts_with(&number) => heading.to_owned(),
        Some(heading) => format!("{number} {heading}"),
        None => name.into_owned(),
    };
    DecisionFile { title, path }
}

/// The path of a new file that is numbered after those in `folder` of the workspace: `decisions/0007-mlflow-aim.md`.
/// Where there is no workspace it is the first, and in no folder.
pub fn numbered(workspace: Option<&Path>, folder: &str, name: &str) -> PathBuf {
    match workspace {
        Some(workspace) => {
            let folder = workspace.join(folder);
            let next = highest(&folder).saturating_add(1);
            folder.join(format!("{next:04}-{name}"))
        }
        None => PathBuf::from(format!("0001-{name}")),
    }
}

/// The highest number that a file's name begins with; 0 where there is none.
fn highest(folder: &Path) -> u32 {
    let number = |name: &str| name.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok();
    let names = paths_in(folder).into_iter().filter_map(|path| path.file_name().map(ToOwned::to_owned));
    names.filter_map(|name| number(&name.to_string_lossy())).max().unwrap_or(0)
}

//! Reads a workspace: which folder is one, what lies in it, whether that has changed, and where in it new files belong.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use super::catalog_files::{self, CatalogFilesError};
use crate::address::DocumentKind;
use crate::catalog::{Coverage, Index};
use crate::problem::Problem;
use crate::workspace::{Contents, DecisionFile, DocumentFile};

/// More than this in one folder is not looked through.
const MOST: usize = 10_000;
/// More documents or decisions than this are not listed.
const MOST_LISTED: usize = 1_000;
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
/// # Errors
/// When there is no such folder, or it cannot be read.
pub fn read(folder: &Path, today: Date) -> Result<Contents, WorkspaceError> {
    let wrap = |source| WorkspaceError { source, path: folder.to_owned() };
    fs::read_dir(folder).map_err(wrap)?;
    // Before anything is read: what is written meanwhile is seen the next time.
    let fingerprint = fingerprint(folder);
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
    for (left_out, what, at) in [
        (documents.len().saturating_sub(MOST_LISTED), "documents", "."),
        (decisions.len().saturating_sub(MOST_LISTED), "decisions", DECISIONS),
    ] {
        if left_out > 0 {
            let message = format!("the workspace has {left_out} more {what} than are listed");
            problems.push(Problem::warning(message, at));
        }
    }
    documents.truncate(MOST_LISTED);
    decisions.truncate(MOST_LISTED);
    problems.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
    let decisions = decisions.into_iter().map(decision).collect();
    // Made here, so that no window waits for it.
    let (index, coverage) = (Arc::new(Index::new(&catalog)), Arc::new(Coverage::new(&catalog, None, today)));
    Ok(Contents {
        catalog: Arc::new(catalog),
        index,
        coverage,
        entries,
        problems,
        documents,
        decisions,
        fingerprint,
    })
}

/// What is wrong with the folder of entries; its place is told beside it.
fn without_path(error: &CatalogFilesError) -> String {
    match error {
        CatalogFilesError::Folder { source, .. } => format!("the folder of entries cannot be read: {source}"),
        other => other.to_string(),
    }
}

/// A number that changes with what [`read`] finds.
///
/// It is made of the names of the documents, and of the names, lengths and times of all files that are looked into. None
/// of them is read, and saving a document that is there already changes nothing.
pub fn fingerprint(folder: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    files_in(folder).filter(|path| document_kind(path).is_some()).for_each(|path| path.hash(&mut hasher));
    let of_entries = paths_in(&folder.join(ENTRIES)).into_iter();
    let of_decisions = paths_in(&folder.join(DECISIONS)).into_iter();
    let beside = ["categories.toml", "foundations.toml"].map(|name| folder.join("catalog").join(name));
    for path in of_entries.chain(of_decisions).chain(beside) {
        path.hash(&mut hasher);
        if let Ok(about) = fs::metadata(&path) {
            about.len().hash(&mut hasher);
            about.modified().ok().hash(&mut hasher);
        }
    }
    hasher.finish()
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

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = jiff::civil::date(2026, 12, 1);

    #[test]
    fn a_decision_gets_the_next_number_of_its_workspace() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let named = || numbered(Some(root), "decisions", "a-b.md");
        assert_eq!(numbered(None, "decisions", "a-b.md"), Path::new("0001-a-b.md"));
        assert_eq!(named(), root.join("decisions/0001-a-b.md"));
        fs::create_dir(root.join("decisions")).unwrap();
        for name in ["0002-x.md", "0011-y.md", "README.md", "99999999999-too-long.md"] {
            fs::write(root.join("decisions").join(name), "").unwrap();
        }
        assert_eq!(named(), root.join("decisions/0012-a-b.md"));
    }

    #[test]
    fn a_folder_is_a_workspace_by_what_lies_in_it() {
        for (what, is_file, expected) in [
            ("catalog/tools", false, true),
            ("decisions", false, true),
            ("ours.architecture.json", true, true),
            ("OURS.Architecture.JSON", true, true),
            (".architecture.json", true, false),
            ("package.json", true, false),
            ("ours.architecture.json", false, false),
            ("catalog", false, false),
            ("decisions", true, false),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join(what);
            if is_file {
                fs::write(&path, "{}").unwrap();
            } else {
                fs::create_dir_all(&path).unwrap();
            }
            assert_eq!(is_workspace(folder.path()), expected, "{what}, file: {is_file}");
            assert!(!is_workspace(&folder.path().join("absent")));
        }
    }

    #[test]
    fn documents_and_decisions_are_listed_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("decisions/old.md")).unwrap();
        for (name, text) in [
            ("b.architecture.json", "{}"),
            ("a.architecture.json", "no JSON at all"),
            ("notes.json", "{}"),
            ("decisions/0002-serving.md", "---\nstatus: accepted\n---\n\n# Serve with KServe\n"),
            ("decisions/0001-tracker.md", "# 0001 Choose a tracker\n# Another\n"),
            ("decisions/0003-empty.md", ""),
            ("decisions/picture.png", ""),
        ] {
            fs::write(root.join(name), text).unwrap();
        }
        let contents = read(root, TODAY).unwrap();
        let titles: Vec<&str> = contents.documents.iter().map(|file| file.title.as_str()).collect();
        assert_eq!(titles, ["a", "b"]);
        let titles: Vec<&str> = contents.decisions.iter().map(|file| file.title.as_str()).collect();
        assert_eq!(titles, ["0001 Choose a tracker", "0002 Serve with KServe", "0003-empty"]);
        assert_eq!(contents.problems, []);
    }

    #[test]
    fn the_fingerprint_changes_with_every_file_that_counts_and_with_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("catalog/tools")).unwrap();
        fs::create_dir_all(root.join("decisions")).unwrap();
        let mut last = fingerprint(root);
        assert_eq!(fingerprint(root), last);
        for (name, by_name_only) in [
            ("catalog/tools/a.toml", false),
            ("decisions/1.md", false),
            ("x.architecture.json", true),
            ("catalog/categories.toml", false),
        ] {
            for (text, is_new) in [("one", true), ("three", false)] {
                fs::write(root.join(name), text).unwrap();
                let next = fingerprint(root);
                assert_eq!(next == last, by_name_only && !is_new, "{name} is written: {text}");
                last = next;
            }
        }
        fs::write(root.join("train.py"), "").unwrap();
        assert_eq!(fingerprint(root), last, "code is no part of it");
        fs::remove_file(root.join("decisions/1.md")).unwrap();
        assert_ne!(fingerprint(root), last);
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_nowhere_are_told_and_harm_nothing() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("catalog/tools")).unwrap();
        symlink("loop.toml", root.join("catalog/tools/loop.toml")).unwrap();
        symlink("nowhere", root.join("catalog/tools/gone.toml")).unwrap();
        symlink(".", root.join("catalog/tools/self")).unwrap();
        fs::write(root.join("catalog/tools/own.toml"), "id = \"own\"\nname = \"Own\"\n").unwrap();
        let contents = read(root, TODAY).unwrap();
        let places: Vec<&str> = contents.problems.iter().map(|problem| problem.at.as_str()).collect();
        assert_eq!(places, ["catalog/tools/gone.toml", "catalog/tools/loop.toml"]);
        assert_eq!(contents.entries.len(), 1);

        fs::remove_dir_all(root.join("catalog/tools")).unwrap();
        symlink("tools", root.join("catalog/tools")).unwrap();
        let contents = read(root, TODAY).unwrap();
        assert_eq!(contents.problems.len(), 1, "{:?}", contents.problems);
        assert_eq!(contents.problems[0].at, "catalog/tools");
    }

    #[test]
    fn a_folder_that_is_not_there_is_refused_by_name() {
        let error = read(Path::new("/nowhere/at all"), TODAY).unwrap_err().to_string();
        assert!(error.ends_with(": /nowhere/at all"), "{error}");
    }
}

//! Catalog entries as TOML files: bundled with the program and in a workspace.
//!
//! The bundled files are compiled in. A workspace's are read from `catalog/tools/*.toml`; nothing is written.

mod bounded;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use jiff::civil::Date;

use crate::catalog::read::{self, EntryFile};
use crate::catalog::{Catalog, Category, Coverage, Entry, Finding, Host, Layer, check};
use crate::problem::{Problem, Severity};
use bounded::{Refusal, read_bounded};

static BUNDLED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data/catalog");

/// The file beside the entries, or beside their folder, that makes a folder a whole catalog.
const CATEGORIES: &str = "categories.toml";
/// The file beside it with what foundations ask for; only a whole catalog has one.
const FOUNDATIONS: &str = "foundations.toml";
/// The most files that are read in one folder.
const MAX_FILES: usize = 10_000;

/// A folder that cannot be read at all. A single file that cannot be read is a [`Finding`] instead.
#[derive(Debug, thiserror::Error)]
pub enum CatalogFilesError {
    /// There is no such folder, or it may not be read.
    #[error("the folder cannot be read ({source}): {}", .path.display())]
    Folder {
        /// Why.
        source: io::Error,
        /// Which.
        path: PathBuf,
    },
    /// It has no catalog in it.
    #[error("no catalog/tools, tools or *.toml is in the folder: {}", .path.display())]
    NoCatalog {
        /// Which.
        path: PathBuf,
    },
    /// It has more files than a catalog can have.
    #[error("more than {MAX_FILES} entries are too many for one catalog: {}", .path.display())]
    TooMany {
        /// Which.
        path: PathBuf,
    },
}

/// What one layer's files say.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The categories, if there is a `categories.toml`.
    pub categories: Vec<Category>,
    /// What foundations ask for, if there is a `foundations.toml`.
    pub hosts: Vec<Host>,
    /// Whether there is a `categories.toml`: what is loaded then is a whole catalog, not a layer for another.
    pub is_whole: bool,
    /// The entries, in the order of their file names.
    pub files: Vec<EntryFile>,
    /// What made whole files unusable; what is wrong inside a usable file is with that file.
    pub findings: Vec<Finding>,
}

impl Loaded {
    /// The entries without their files.
    pub fn entries(&self) -> Vec<Entry> {
        self.files.iter().map(|f| f.entry.clone()).collect()
    }

    /// All that is wrong, for people.
    pub fn problems(&self) -> Vec<Problem> {
        let inside = self.files.iter().flat_map(|f| &f.findings);
        self.findings.iter().chain(inside).cloned().map(Problem::from).collect()
    }

    fn add(&mut self, text: &str, file: &str) {
        match read::read_entry(text, file) {
            Ok(entry) => self.files.push(entry),
            Err(error) => self.findings.push(error.finding()),
        }
    }

    fn add_categories(&mut self, text: &str, file: &str) {
        // A file that is no TOML still says that the folder is meant to be a whole catalog.
        self.is_whole = true;
        match read::categories(text, file) {
            Ok((categories, findings)) => {
                self.categories = categories;
                self.findings.extend(findings);
            }
            Err(error) => self.findings.push(error.finding()),
        }
    }

    fn add_foundations(&mut self, text: &str, file: &str) {
        match read::foundations(text, file) {
            Ok((hosts, findings)) => {
                self.hosts = hosts;
                self.findings.extend(findings);
            }
            Err(error) => self.findings.push(error.finding()),
        }
    }

    fn refuse(&mut self, file: String, refusal: Refusal) {
        let Refusal { rule, message, line } = refusal;
        self.findings.push(Finding { rule, severity: Severity::Error, at: file, line, message });
    }
}

/// The entries that are shipped with the program.
pub fn load_bundled() -> Loaded {
    let mut loaded = Loaded::default();
    if let Some(text) = BUNDLED.get_file(CATEGORIES).and_then(|f| f.contents_utf8()) {
        loaded.add_categories(text, CATEGORIES);
    }
    if let Some(text) = BUNDLED.get_file(FOUNDATIONS).and_then(|f| f.contents_utf8()) {
        loaded.add_foundations(text, FOUNDATIONS);
    }
    let mut files: Vec<_> = BUNDLED.get_dir("tools").into_iter().flat_map(|d| d.files()).collect();
    files.sort_by_key(|f| f.path());
    for file in files {
        let name = file.path().to_string_lossy();
        match file.contents_utf8() {
            Some(text) => loaded.add(text, &name),
            None => loaded.refuse(name.into_owned(), Refusal::no_text(file.contents())),
        }
    }
    loaded
}

/// The entries of a workspace, from its `catalog/tools/*.toml`; a workspace need not have any.
pub fn load_workspace(workspace: &Path) -> Result<Loaded, CatalogFilesError> {
    let folder = workspace.join("catalog").join("tools");
    // A link that leads nowhere is there, and is to be told.
    let is_absent = fs::symlink_metadata(&folder).is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
    if is_absent && workspace.is_dir() {
        return Ok(Loaded::default());
    }
    load_folder(&folder, "catalog/tools/")
}

/// The entries of a folder that is a workspace, a catalog (with `tools/` in it) or just full of entries.
///
/// With a `categories.toml` it is a whole catalog, without one a layer for another.
pub fn load_any(folder: &Path) -> Result<Loaded, CatalogFilesError> {
    for (outer, inner) in [("catalog/", "tools/"), ("", "tools/")] {
        let tools = folder.join(outer).join(inner);
        if tools.is_dir() {
            let mut loaded = load_folder(&tools, &format!("{outer}{inner}"))?;
            load_categories(&mut loaded, &folder.join(outer), outer);
            return Ok(loaded);
        }
    }
    let mut loaded = load_folder(folder, "")?;
    load_categories(&mut loaded, folder, "");
    if loaded.files.is_empty() && loaded.findings.is_empty() {
        return Err(CatalogFilesError::NoCatalog { path: folder.to_owned() });
    }
    Ok(loaded)
}

fn load_categories(loaded: &mut Loaded, folder: &Path, shown: &str) {
    let path = folder.join(CATEGORIES);
    if !path.exists() {
        return;
    }
    let name = format!("{shown}{CATEGORIES}");
    match read_bounded(&path) {
        Ok(text) => loaded.add_categories(&text, &name),
        Err(refusal) => {
            loaded.refuse(name, refusal);
            loaded.is_whole = true;
        }
    }
    let path = folder.join(FOUNDATIONS);
    if path.exists() {
        let name = format!("{shown}{FOUNDATIONS}");
        match read_bounded(&path) {
            Ok(text) => loaded.add_foundations(&text, &name),
            Err(refusal) => loaded.refuse(name, refusal),
        }
    }
}

fn load_folder(folder: &Path, shown: &str) -> Result<Loaded, CatalogFilesError> {
    let wrap = |source| CatalogFilesError::Folder { source, path: folder.to_owned() };
    let mut paths = Vec::new();
    for item in fs::read_dir(folder).map_err(wrap)? {
        let path = item.map_err(wrap)?.path();
        if path.extension().is_some_and(|e| e == "toml")
            && path.file_name().is_some_and(|name| name != CATEGORIES && name != FOUNDATIONS)
        {
            paths.push(path);
        }
        if paths.len() > MAX_FILES {
            return Err(CatalogFilesError::TooMany { path: folder.to_owned() });
        }
    }
    paths.sort();
    let mut loaded = Loaded::default();
    for path in paths {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let name = format!("{shown}{name}");
        match read_bounded(&path) {
            Ok(text) => loaded.add(&text, &name),
            Err(refusal) => loaded.refuse(name, refusal),
        }
    }
    Ok(loaded)
}

/// The catalog that is shipped with the program.
pub fn bundled_catalog() -> (Catalog, Vec<Problem>) {
    catalog_alone(load_bundled())
}

/// The shipped catalog with a workspace's entries laid over it.
pub fn catalog_with(workspace: &Path) -> Result<(Catalog, Vec<Problem>), CatalogFilesError> {
    Ok(catalog_of(load_bundled(), load_workspace(workspace)?))
}

/// The catalog that these files make on their own, and what is wrong with them.
pub fn catalog_alone(whole: Loaded) -> (Catalog, Vec<Problem>) {
    catalog_of(whole, Loaded::default())
}

/// The catalog that two layers make.
pub fn catalog_of(bundled: Loaded, workspace: Loaded) -> (Catalog, Vec<Problem>) {
    let mut problems = bundled.problems();
    problems.extend(workspace.problems());
    let entries = |loaded: Loaded| loaded.files.into_iter().map(|f| f.entry).collect();
    let (categories, hosts) = (bundled.categories.clone(), bundled.hosts.clone());
    let layers = [(Layer::Bundled, entries(bundled)), (Layer::Workspace, entries(workspace))];
    let (catalog, more) = Catalog::new(categories, &layers);
    problems.extend(more);
    (catalog.with_hosts(hosts), problems)
}

/// What is wrong with the files of a catalog or of a layer.
#[derive(Debug)]
pub struct Review {
    /// What `tools check` lists.
    pub findings: Vec<Finding>,
    /// How much is known of the tools that the files name.
    pub coverage: Coverage,
    /// How many entries could be read.
    pub entries: usize,
}

/// Judges files on a day: a whole catalog alone, a layer together with the shipped one below it.
pub fn judge(judged: Loaded, today: Date) -> Review {
    let (files, mut findings, is_whole) = (judged.files.clone(), judged.findings.clone(), judged.is_whole);
    let (catalog, _) = if is_whole { catalog_alone(judged) } else { catalog_of(load_bundled(), judged) };
    let ids = files.iter().map(|file| file.entry.id.clone()).collect();
    let coverage = Coverage::new(&catalog, Some(&ids), today);
    if is_whole {
        findings.extend(check::check_categories(&catalog, &coverage, CATEGORIES));
        findings.extend(check::check_foundations(&catalog, FOUNDATIONS));
    }
    findings.extend(check::check(&files, &catalog, today));
    Review { findings, coverage, entries: files.len() }
}

//! Tables in text files as run stores: CSV as Lightning, Keras and pandas write it, and JSON lines.
//!
//! A table has no words of its own for runs and steps: a [`Mapping`] says which column is what. It is guessed from the
//! head and the first rows, or chosen by a person. A file that grows is read on from its last whole row.

mod changes;
pub(super) mod csv;
mod file;
mod folder;
mod held;
pub(super) mod json;
mod odd;
mod sample;
mod settings;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use self::file::Table;
use self::odd::Odd;
use super::{Cursor, Error, Found, Known, News, Patience, Reader, RunsAndProblems, SeriesAndProblems, sniff};
use crate::problem::Problem;
use crate::runs::{Keys, Mapped, Mapping, RunSet, Series, SourceKind};
use crate::shown::counted;

pub(in crate::store::runs) use sample::Form;

/// Bytes of the longest row or line that is read.
const MOST_LINE: usize = 16 << 20;
/// Columns, or names of metrics, that are held.
const MOST_COLUMNS: usize = 20_000;

/// An open table, or a folder of them.
pub struct Tables {
    path: PathBuf,
    is_folder: bool,
    chosen: Option<Mapping>,
    open: Vec<Table>,
    folder: folder::Stamp,
    /// Files of the folder that are no tables yet, or count no steps.
    others: Vec<(PathBuf, file::Stamp)>,
    /// Tables of the folder that could not be opened, and that could not be read.
    problems: [Vec<Problem>; 2],
}

/// Opens a table, or a folder of them, by a mapping that somebody chose; without one by a guess. An error also where
/// there is no table, or it does not have the columns.
pub fn open(path: &Path, mapping: Option<&Mapping>, patience: Patience) -> Result<Box<dyn Reader>, Error> {
    match (Tables::at(path, mapping)?, mapping) {
        (Some(tables), _) => Ok(Box::new(tables)),
        (None, None) => super::open_with(path, patience),
        (None, Some(mapping)) => {
            let tables = if path.is_dir() { super::together::open_mapped(path, mapping)? } else { None };
            tables.ok_or_else(|| Error::NoTable(sniff::shown(path)))
        }
    }
}

/// What is found at a path that is read by a mapping.
pub fn source(path: &Path, mapping: Option<&Mapping>) -> Result<Found, Error> {
    let mut store = open(path, mapping, Patience::Command)?;
    let (kind, runs) = (store.kind(), store.count()?);
    Ok(Found { path: path.to_path_buf(), kind, runs, mapping: store.mapping().map(|mapped| mapped.mapping) })
}

impl Tables {
    /// A table by a mapping; none where the file is none.
    pub(in crate::store::runs) fn file(path: &Path, mapping: &Mapping) -> Result<Option<Self>, Error> {
        Self::at(path, Some(mapping))
    }

    fn at(path: &Path, chosen: Option<&Mapping>) -> Result<Option<Self>, Error> {
        let mut tables = Self {
            path: path.to_path_buf(),
            is_folder: path.is_dir(),
            chosen: chosen.cloned(),
            open: Vec::new(),
            folder: folder::Stamp::default(),
            others: Vec::new(),
            problems: Default::default(),
        };
        if tables.is_folder {
            tables.look()?;
        } else {
            let own = path
                .file_stem()
                .map_or_else(|| sniff::shown(path), |stem| stem.to_string_lossy().into_owned());
            tables.open.extend(Table::open(path, own.into(), false, chosen)?);
        }
        Ok((!tables.open.is_empty()).then_some(tables))
    }

    /// Looks for the tables of a folder: those that are known stay, others are opened.
    fn look(&mut self) -> Result<(), Error> {
        self.folder = folder::Stamp::of(&self.path)?;
        self.problems[0].clear();
        if self.folder.left_out > 0 {
            let message = format!(
                "{} more tables of this folder are not read; open them by themselves",
                self.folder.left_out
            );
            self.problems[0].push(Problem::warning(message, sniff::shown(&self.path)));
        }
        if let Some(first) = self.folder.beside.first() {
            let message = format!(
                "{} beside another in the same folder {} not read, as {}",
                counted(self.folder.beside.len(), "table", "tables"),
                if self.folder.beside.len() == 1 { "is" } else { "are" },
                sniff::shown(first)
            );
            self.problems[0].push(Problem::warning(message, sniff::shown(&self.path)));
        }
        self.others.clear();
        let mut known = std::mem::take(&mut self.open);
        for (own, path) in self.folder.tables() {
            if let Some(at) = known.iter().position(|table| table.path == path) {
                self.open.push(known.swap_remove(at));
                continue;
            }
            let stamp = file::stamp(&path);
            match Table::open(&path, Arc::from(own), true, self.chosen.as_ref()) {
                Ok(Some(table)) if self.chosen.is_some() || table.counts_steps() => self.open.push(table),
                Ok(_) => self.others.push((path, stamp)),
                Err(error) => {
                    self.problems[0].push(Problem::warning(error.to_string(), sniff::shown(&path)));
                    self.others.push((path, stamp));
                }
            }
        }
        match self.problems[0].first() {
            // A mapping that fits nowhere is the person's matter.
            Some(problem) if self.open.is_empty() && self.chosen.is_some() => {
                Err(Error::NoMapped(problem.message.clone()))
            }
            _ => Ok(()),
        }
    }

    /// Whether the folder has other tables than those that are open.
    fn is_folder_changed(&self) -> bool {
        let is_other = || folder::Stamp::of(&self.path).is_ok_and(|stamp| stamp != self.folder);
        self.is_folder && (is_other() || self.others.iter().any(|(path, stamp)| file::stamp(path) != *stamp))
    }

    /// Reads what came to any table.
    fn refresh(&mut self, thorough: bool, keep_going: &dyn Fn() -> bool) -> Result<(), Error> {
        if self.is_folder_changed() {
            self.look()?;
        }
        self.problems[1].clear();
        for table in &mut self.open {
            match table.refresh(thorough, keep_going) {
                Err(error) if self.is_folder && !matches!(error, Error::Stopped(_)) => {
                    self.problems[1].push(Problem::warning(error.to_string(), sniff::shown(&table.path)));
                }
                outcome => outcome?,
            }
        }
        Ok(())
    }

    fn table_of(&self, run: &str) -> Option<&Table> {
        self.open.iter().find(|table| table.content.has(run))
    }

    fn all_problems(&self) -> Vec<Problem> {
        let of = |table: &Table| {
            let mut odd = table.content.odd.clone();
            if table.mapped.is_chosen {
                let mut missing: Vec<&str> = table.content.missing().collect();
                missing.sort_unstable();
                for name in missing {
                    odd.add(Odd::Never(name.to_owned()), 1, "");
                }
            }
            odd.problems(&table.path)
        };
        self.problems.iter().flatten().cloned().chain(self.open.iter().flat_map(of)).collect()
    }
}

impl Reader for Tables {
    fn probe(path: &Path, _: Patience) -> Result<Option<Box<dyn Reader>>, Error> {
        match Self::at(path, None) {
            Ok(tables) => Ok(tables.map(|tables| Box::new(tables) as Box<dyn Reader>)),
            // What cannot be read may be somebody else's.
            Err(Error::Unreadable { .. } | Error::Missing(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn kind(&self) -> SourceKind {
        self.open.first().map_or(SourceKind::Csv, |table| table.form().kind())
    }

    fn is_live(&self) -> bool {
        true
    }

    fn count(&mut self) -> Result<usize, Error> {
        self.refresh(false, &|| true)?;
        Ok(self.open.iter().map(|table| table.content.count()).sum())
    }

    fn runs_while(&mut self, _: bool, keep_going: &dyn Fn(u64) -> bool) -> RunsAndProblems {
        self.refresh(false, &|| keep_going(0))?;
        let (mut keys, mut runs) = ([Keys::default(), Keys::default(), Keys::default()], Vec::new());
        for table in &self.open {
            table.content.runs(&mut keys, table.settings(), &mut runs);
        }
        let set = RunSet::collected(Vec::new(), keys, runs);
        Ok((set.with_mapping(self.mapping().map(Arc::new)), self.all_problems()))
    }

    fn series_of(&mut self, run: &str, metrics: &[&str], keep_going: &dyn Fn() -> bool) -> SeriesAndProblems {
        self.refresh(false, keep_going)?;
        let Some(table) = self.table_of(run) else {
            return Ok((vec![(Series::default(), Cursor::default()); metrics.len()], Vec::new()));
        };
        Ok((metrics.iter().map(|metric| changes::whole(table, run, metric)).collect(), Vec::new()))
    }

    fn changed(&mut self) -> bool {
        self.is_folder_changed() || self.open.iter().any(Table::is_changed)
    }

    fn rest(&mut self) {}

    fn changes(
        &mut self,
        known: &[Known<'_>],
        thorough: bool,
        keep_going: &dyn Fn() -> bool,
    ) -> Result<Vec<News>, Error> {
        self.refresh(thorough, keep_going)?;
        changes::since(self, known, thorough)
    }

    fn mapping(&self) -> Option<Mapped> {
        let mut mapped = self.open.first()?.mapped.clone();
        let mut known: std::collections::BTreeSet<String> = mapped.columns.iter().cloned().collect();
        for table in &self.open[1..] {
            for column in &table.mapped.columns {
                if known.insert(column.clone()) {
                    mapped.columns.push(column.clone());
                }
            }
        }
        let others = self.open.iter().filter(|table| table.mapped.mapping != mapped.mapping).count();
        if others > 0 {
            mapped.reasons.push(format!("{others} of the {} tables are read otherwise", self.open.len()));
        }
        Some(mapped)
    }
}

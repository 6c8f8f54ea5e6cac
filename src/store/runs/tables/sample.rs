//! The beginning of a table: what form it has, what its columns are called, and how they are read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read as _;
use std::path::Path;

use super::{MOST_COLUMNS, MOST_LINE, csv, json};
use crate::runs::{Mapped, Mapping, SourceKind};
use crate::store::runs::recognise::table_form;
use crate::store::runs::{Error, sniff};

/// So many bytes and rows tell what the columns mean.
const BYTES: u64 = 1 << 18;
const ROWS: usize = 100;

/// What form a table has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store::runs) enum Form {
    /// CSV with this comma.
    Csv(u8),
    /// A JSON object for each line.
    Jsonl,
}

impl Form {
    /// What it is called.
    pub fn kind(self) -> SourceKind {
        match self {
            Self::Csv(_) => SourceKind::Csv,
            Self::Jsonl => SourceKind::Jsonl,
        }
    }
}

/// The beginning of a table.
pub(super) struct Sample {
    pub bytes: Vec<u8>,
    pub form: Form,
    /// Where the rows begin.
    pub begin: usize,
    names: Vec<String>,
    rows: Vec<Vec<String>>,
    /// Whether a longer file would have a larger sample.
    pub is_open: bool,
}

impl Sample {
    /// None where the file is no table.
    pub fn of(path: &Path) -> Result<Option<Self>, Error> {
        let failed = |error: std::io::Error| sniff::unreadable(path, &error);
        let data = fs::metadata(path).map_err(failed)?;
        if !data.is_file() {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        let mut file = sniff::open_file(path)?;
        file.by_ref().take(BYTES).read_to_end(&mut bytes).map_err(failed)?;
        // A head and a row of thousands of columns.
        if bytes.len() as u64 == BYTES && memchr::memchr_iter(b'\n', &bytes).take(2).count() < 2 {
            file.take(2 * MOST_LINE as u64).read_to_end(&mut bytes).map_err(failed)?;
        }
        let Some(form) = table_form(&bytes) else { return Ok(None) };
        let mark = if bytes.starts_with("\u{feff}".as_bytes()) { 3 } else { 0 };
        let (begin, names, rows) = match form {
            Form::Csv(comma) => {
                let (mut rows, head) = csv::first_rows(&bytes[mark..], comma, ROWS + 1);
                let names = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
                rows.retain(|row| row.len() == names.len());
                (mark + head, unique(&names), rows)
            }
            Form::Jsonl => {
                let (names, rows) = lines(&bytes[mark..]);
                (mark, names, rows)
            }
        };
        let is_open = (bytes.len() as u64) < BYTES && rows.len() < ROWS;
        Ok(Some(Self { bytes, form, begin, names, rows, is_open }))
    }

    /// How it is read: as somebody chose, else by a guess.
    pub fn mapped(&self, path: &Path, chosen: Option<&Mapping>) -> Result<Mapped, Error> {
        let (may_grow, columns) = (self.form == Form::Jsonl, self.names.clone());
        if let Some(mapping) = chosen {
            mapping
                .check(&columns, may_grow)
                .map_err(|reason| Error::Mapping { reason, path: sniff::shown(path) })?;
            return Ok(Mapped::new(mapping.clone(), columns, Vec::new(), true));
        }
        let (mapping, reasons) = Mapping::guess(&columns, &self.rows, may_grow);
        Ok(Mapped::new(mapping, columns, reasons, false))
    }
}

/// Names without blanks around them, none of them twice: the second `loss` is `loss (2)`.
fn unique(names: &[String]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut found = Vec::with_capacity(names.len());
    for name in names.iter().map(|name| name.trim()) {
        let mut own = name.to_owned();
        while !seen.insert(own.clone()) {
            let count = counts.entry(name).or_insert(1);
            *count += 1;
            own = format!("{name} ({count})");
        }
        found.push(own);
    }
    found
}

/// The keys of the first lines in the order in which they came, and a row of texts for each line.
fn lines(bytes: &[u8]) -> (Vec<String>, Vec<Vec<String>>) {
    let text = String::from_utf8_lossy(bytes);
    let (mut names, mut places) = (Vec::new(), BTreeMap::new());
    let mut rows: Vec<Vec<(usize, String)>> = Vec::new();
    for line in text.split_inclusive('\n').filter(|line| !line.trim().is_empty()).take(ROWS) {
        let Some(object) = json::object(line.trim()) else { continue };
        let mut row = Vec::new();
        json::flatten(&object, &mut |key, cell| {
            let place = places.get(key).copied().unwrap_or_else(|| {
                names.push(key.to_owned());
                places.insert(key.to_owned(), names.len() - 1);
                names.len() - 1
            });
            row.push((place, cell.text().into_owned()));
        });
        rows.push(row);
        if names.len() >= MOST_COLUMNS {
            break;
        }
    }
    let whole = |row: Vec<(usize, String)>| {
        let mut whole = vec![String::new(); names.len()];
        for (place, text) in row {
            whole[place] = text;
        }
        whole
    };
    let rows = rows.into_iter().map(whole).collect();
    (names, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_without_blanks() {
        let names = ["", " loss", "loss", "loss (2)", "loss"].map(ToOwned::to_owned);
        assert_eq!(unique(&names), ["", "loss", "loss (2)", "loss (2) (2)", "loss (3)"]);
    }
}

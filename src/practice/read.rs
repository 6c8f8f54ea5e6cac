//! One TOML text into pages of [`Practice`]; what cannot be used is left out and told, the rest is kept.
//!
//! Every section has its own file with one kind of table: `stages.toml` holds `[[stage]]`, and so on. An unknown
//! key costs only itself. An entry that cannot be used costs only that entry. In a text that is not TOML as a
//! whole, the entries are read one by one, so that a missing quote costs no more than the entry it is in.

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Error, ValueDeserializer};

use super::Practice;
use crate::problem::Problem;

/// Replaces the section that the file's name stands for by the pages of the text.
///
/// Problems name the file and the line, `issues.toml:3`, and stand in the order of the lines.
pub fn read_into(practice: &mut Practice, name: &str, text: &str) -> Vec<Problem> {
    let mut file = File { name, text, problems: Vec::new() };
    match name {
        "stages.toml" => practice.stages = file.entries("stage"),
        "usecases.toml" => practice.usecases = file.entries("usecase"),
        "approaches.toml" => practice.approaches = file.entries("approach"),
        "issues.toml" => practice.issues = file.entries("issue"),
        "statistics.toml" => practice.statistics = file.entries("statistic"),
        "debt.toml" => practice.debts = file.entries("debt"),
        "rules.toml" => practice.rules = file.entries("rule"),
        "data-centric.toml" => practice.data_centric = file.entries("topic"),
        "communities.toml" => practice.communities = file.entries("community"),
        "committee.toml" => practice.committee = file.entries("fact"),
        _ => return vec![Problem::error("no section of Practice has a file of this name", name)],
    }
    file.problems.sort_by_key(|(line, _)| *line);
    file.problems.into_iter().map(|(_, problem)| problem).collect()
}

struct File<'a> {
    name: &'a str,
    text: &'a str,
    /// With their lines.
    problems: Vec<(usize, Problem)>,
}

impl File<'_> {
    fn entries<T: DeserializeOwned>(&mut self, key: &str) -> Vec<T> {
        let mut entries = Vec::new();
        if let Ok(table) = DeTable::parse(self.text) {
            self.table(key, table.get_ref(), 1, &mut entries);
            return entries;
        }
        for (index, piece) in pieces(self.text, key).iter().enumerate() {
            match DeTable::parse(piece) {
                Ok(table) => self.table(key, table.get_ref(), index.max(1), &mut entries),
                Err(error) if index == 0 => {
                    self.error("what stands before the first entry is left out", &error);
                }
                Err(error) => {
                    let entry = name_of(key, index, id_in(piece));
                    self.error(&format!("{entry} is left out until this is put right"), &error);
                }
            }
        }
        entries
    }

    /// The entries under `key`, the first of which is the `first` of the file, from 1.
    fn table<T: DeserializeOwned>(&mut self, key: &str, table: &DeTable<'_>, first: usize, out: &mut Vec<T>) {
        for (own, value) in table {
            match value.get_ref() {
                DeValue::Array(items) if own.get_ref() == key => {
                    out.extend(
                        items
                            .iter()
                            .enumerate()
                            .filter_map(|(index, item)| self.entry(key, first + index, item.clone())),
                    );
                }
                _ => {
                    let message = format!("{} is not read here, only [[{key}]] is", own.get_ref());
                    self.tell(own.span().start, |at| Problem::warning(message, at));
                }
            }
        }
    }

    /// One entry without the keys that it does not know; none if something else is wrong with it.
    fn entry<T: DeserializeOwned>(
        &mut self,
        key: &str,
        number: usize,
        mut item: Spanned<DeValue<'_>>,
    ) -> Option<T> {
        let id = match item.get_ref().get("id").map(Spanned::get_ref) {
            Some(DeValue::String(id)) => id.to_string(),
            _ => String::new(),
        };
        let entry = name_of(key, number, &id);
        loop {
            let error = match T::deserialize(ValueDeserializer::from(item.clone())) {
                Ok(read) => return Some(read),
                Err(error) => error,
            };
            let start = error.span().map_or(0, |span| span.start);
            // serde names no error kinds, and its first words are the only sign of this one.
            let unknown = error.message().starts_with("unknown field");
            let Some(dropped) = unknown.then(|| drop_key(item.get_mut(), start)).flatten() else {
                self.error(&format!("{entry} is left out until this is put right"), &error);
                return None;
            };
            let message = format!("{entry}: there is no key {dropped}, it is ignored");
            self.tell(start, |at| Problem::warning(message, at));
        }
    }

    fn error(&mut self, what: &str, error: &Error) {
        let message = error.message().lines().collect::<Vec<_>>().join("; ");
        let start = error.span().map_or(0, |span| span.start);
        self.tell(start, |at| Problem::error(format!("{what}: {message}"), at));
    }

    /// Keeps a problem with the line of a place in the text.
    fn tell(&mut self, offset: usize, problem: impl FnOnce(String) -> Problem) {
        let line = 1 + self.text.bytes().take(offset).filter(|byte| *byte == b'\n').count();
        self.problems.push((line, problem(format!("{}:{line}", self.name))));
    }
}

/// Removes the key that starts at `start`, wherever in the value it is, and gives its name.
fn drop_key(value: &mut DeValue<'_>, start: usize) -> Option<String> {
    match value {
        DeValue::Table(table) => {
            let key = table.iter().map(|(key, _)| key).find(|key| key.span().start == start).cloned();
            if let Some(key) = key {
                table.remove(key.get_ref().as_ref());
                return Some(key.get_ref().to_string());
            }
            table.iter_mut().find_map(|(_, value)| drop_key(value.get_mut(), start))
        }
        DeValue::Array(items) => items.iter_mut().find_map(|item| drop_key(item.get_mut(), start)),
        _ => None,
    }
}

/// The text cut before every `[[key]]`. Each piece begins with as many blank bytes and line ends as stand before
/// it in the text, so that places in a piece are places in the text.
fn pieces(text: &str, key: &str) -> Vec<String> {
    let head = format!("[[{key}]]");
    let mut pieces = vec![String::new()];
    let mut before = String::new();
    for line in text.split_inclusive('\n') {
        if line.trim_end() == head {
            pieces.push(before.clone());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push_str(line);
        }
        before.extend(line.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
    }
    pieces
}

/// The id of an entry that could not be parsed; empty if no line says it.
fn id_in(piece: &str) -> &str {
    let id = piece.lines().find_map(|line| line.trim().strip_prefix("id = \"")?.strip_suffix('"'));
    id.unwrap_or_default()
}

fn name_of(key: &str, number: usize, id: &str) -> String {
    if id.is_empty() { format!("{key} {number}, which has no id,") } else { format!("{key} {number} ({id})") }
}

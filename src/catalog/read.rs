//! One TOML text to one entry, with a line for everything that is wrong.
//!
//! Only a text without an id is refused. Everything else that cannot be used, such as a word that is not on its
//! list, is left out of the entry and becomes a [`Finding`].

mod categories;
mod foundations;
mod parts;
mod values;

use toml::Spanned;
use toml::de::DeValue;

use super::check::Finding;
use super::entry::{Entry, ToolId, ToolIdError};
use super::words::{Kind, Stage};
use crate::problem::Severity;
pub use categories::categories;
pub use foundations::foundations;
use values::Reader;

/// A text that is no catalog entry at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Not TOML.
    #[error("this is not TOML ({message}): mend it at {file}:{line}")]
    Syntax {
        /// What the parser says.
        message: String,
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
    },
    /// There is no `id`.
    #[error("an entry needs an id: add `id = \"…\"`, the name of the file, at {file}:1")]
    NoId {
        /// The file.
        file: String,
    },
    /// The `id` is not one.
    #[error("{source}, at {file}:{line}")]
    BadId {
        /// Why.
        source: ToolIdError,
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
    },
}

impl ReadError {
    /// The error as `tools check` lists it.
    pub fn finding(&self) -> Finding {
        let (rule, at, line) = match self {
            Self::Syntax { file, line, .. } => ("syntax", file, *line),
            Self::NoId { file } => ("missing-field", file, 1),
            Self::BadId { file, line, .. } => ("bad-id", file, *line),
        };
        Finding {
            rule,
            severity: Severity::Error,
            at: at.clone(),
            line: Some(line),
            message: self.to_string(),
        }
    }
}

/// A place in a file that a later rule may want to name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A key at the top, such as `name`, or a table there, such as `license`.
    Key(&'static str),
    /// The n-th claim that was kept, from 0.
    Claim(usize),
    /// The n-th relation that was kept, from 0.
    Relation(usize),
}

/// An entry with the file it came from.
#[derive(Clone, Debug)]
pub struct EntryFile {
    /// What the file says.
    pub entry: Entry,
    /// The file, for people: `tools/feast.toml`.
    pub file: String,
    /// What could not be used in it.
    pub findings: Vec<Finding>,
    places: Vec<(Place, usize)>,
}

impl EntryFile {
    /// The line of a place, from 1, if the file has that place.
    pub fn line(&self, place: Place) -> Option<usize> {
        self.places.iter().find(|(p, _)| *p == place).map(|(_, line)| *line)
    }
}

/// Reads one entry; `file` is only for messages.
pub fn read_entry(text: &str, file: &str) -> Result<EntryFile, ReadError> {
    let mut reader = Reader::new(text, file);
    let table = values::parse(text, &reader)?;
    let table = table.get_ref();
    let id = table.iter().find(|(key, _)| key.get_ref() == "id").map(|(_, value)| value);
    let Some(id_value) = id else { return Err(ReadError::NoId { file: file.to_owned() }) };
    let id_text = if let DeValue::String(text) = id_value.get_ref() { text.as_ref() } else { "" };
    let id = ToolId::new(id_text).map_err(|source| ReadError::BadId {
        source,
        file: file.to_owned(),
        line: reader.line(id_value.span().start),
    })?;
    let mut entry = Entry::new(id);
    let mut places = Vec::with_capacity(table.len() + 8);
    for (key, value) in table {
        let line = reader.line(key.span().start);
        if let Some(name) = top_key(key.get_ref()) {
            places.push((Place::Key(name), line));
            read_field(&mut reader, &mut entry, name, value, &mut places);
        } else {
            reader.unknown_key(key, "an entry");
        }
    }
    let mut findings = reader.findings;
    findings.sort_by_key(|f| f.line);
    Ok(EntryFile { entry, file: file.to_owned(), findings, places })
}

/// The keys of an entry, in the order in which they are written.
pub(super) const KEYS: &[&str] = &[
    "id",
    "name",
    "summary",
    "kind",
    "category",
    "also_in",
    "stages",
    "tags",
    "tier",
    "aliases",
    "homepage",
    "docs",
    "repo_aliases",
    "languages",
    "deploy",
    "first_release_year",
    "air_gap",
    "gpu",
    "kubernetes",
    "note",
    "license",
    "status",
    "landscape",
    "interfaces",
    "repo",
    "foundation",
    "relation",
    "claim",
];

fn top_key(key: &str) -> Option<&'static str> {
    KEYS.iter().find(|k| **k == key).copied()
}

fn read_field(
    r: &mut Reader<'_>,
    entry: &mut Entry,
    key: &'static str,
    value: &Spanned<DeValue<'_>>,
    places: &mut Vec<(Place, usize)>,
) {
    match key {
        "name" => entry.name = r.text(key, value),
        "summary" => entry.summary = r.text(key, value),
        "kind" => entry.kind = r.word(key, value, Kind::from_id, Kind::ALL.iter().map(|k| k.id())),
        "category" => entry.category = r.text(key, value),
        "also_in" => entry.also_in = r.texts(key, value),
        "stages" => {
            let before = r.findings.len();
            let stages = r.list(key, value, |r, v| {
                r.word("stage", v, Stage::from_id, Stage::ALL.iter().map(|s| s.id()))
            });
            // Where no word can be used, a slip would else take away the stages of the layer below.
            entry.stages = stages.filter(|stages| !stages.is_empty() || r.findings.len() == before);
        }
        "tags" => entry.tags = r.texts(key, value),
        "tier" => entry.tier = r.number(key, value, 1..=3).and_then(|n| u8::try_from(n).ok()),
        "aliases" => entry.aliases = r.texts(key, value),
        "homepage" => entry.homepage = r.link(key, value),
        "docs" => entry.docs = r.link(key, value),
        "repo_aliases" => entry.repo_aliases = r.texts(key, value),
        "languages" => entry.languages = r.texts(key, value),
        "deploy" => entry.deploy = r.texts(key, value),
        "first_release_year" => {
            entry.first_release_year = r.number(key, value, 1950..=2100).and_then(|n| i16::try_from(n).ok());
        }
        "air_gap" => entry.air_gap = r.flag(key, value),
        "gpu" => entry.gpu = r.flag(key, value),
        "kubernetes" => entry.kubernetes = r.flag(key, value),
        "note" => entry.note = r.text(key, value),
        "license" => entry.license = parts::license(r, value),
        "status" => entry.status = parts::status(r, value),
        "landscape" => entry.landscape = parts::landscape(r, value),
        "interfaces" => entry.interfaces = parts::interfaces(r, value),
        "repo" => entry.repos = r.list(key, value, parts::repo),
        "foundation" => entry.foundations = r.list(key, value, parts::foundation),
        "relation" => {
            for item in r.items(key, value) {
                if let Some(relation) = parts::relation(r, item) {
                    places.push((Place::Relation(entry.relations.len()), r.line(item.span().start)));
                    entry.relations.push(relation);
                }
            }
        }
        "claim" => {
            for item in r.items(key, value) {
                if let Some(claim) = parts::claim(r, item) {
                    places.push((Place::Claim(entry.claims.len()), r.line(item.span().start)));
                    entry.claims.push(claim);
                }
            }
        }
        // The id was read first.
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::words::{LicenseClass, Polarity};

    fn rules(text: &str) -> Vec<(&'static str, Option<usize>)> {
        read_entry(text, "t.toml").unwrap().findings.iter().map(|f| (f.rule, f.line)).collect()
    }

    #[test]
    fn what_is_no_entry_is_refused_with_file_and_line() {
        let cases = [
            ("id = \"a\"\nname = \"A\nx", "tools/a.toml:2"),
            ("name = \"A\"\n", "tools/a.toml:1"),
            ("name = \"A\"\nid = \"Not An Id\"\n", "tools/a.toml:2"),
            ("id = 3\n", "tools/a.toml:1"),
        ];
        for (text, place) in cases {
            let message = read_entry(text, "tools/a.toml").unwrap_err().to_string();
            assert!(message.ends_with(place), "{message:?} must end with {place}");
        }
    }

    #[test]
    fn deep_nesting_is_refused_before_it_exhausts_the_stack() {
        let text = format!("id = \"a\"\ntags = {}", "[".repeat(200_000));
        let error = read_entry(&text, "deep.toml").unwrap_err();
        assert!(matches!(error, ReadError::Syntax { line: 2, .. }), "{error}");
    }

    #[test]
    fn odd_values_become_findings_and_the_rest_is_kept() {
        let cases: [(&str, &str); 13] = [
            ("colour = \"red\"", "unknown-key"),
            ("name = 4", "wrong-type"),
            ("name = \"  \"", "wrong-type"),
            ("stages = [\"train\", \"deploy\"]", "unknown-stage"),
            ("kind = \"thing\"", "unknown-word"),
            ("tier = 9", "wrong-type"),
            ("gpu = \"no\"", "wrong-type"),
            ("homepage = \"javascript:alert(1)\"", "bad-link"),
            ("homepage = \"https:// x\"", "bad-link"),
            ("[license]\nclass = \"osi\"\nspdx = \"Apache 2.0\"", "bad-spdx"),
            ("[license]\nclass = \"osi\"\nchecked_on = \"2026-02-30\"", "bad-date"),
            ("[license]\nspdx = \"MIT\"", "missing-field"),
            ("[[repo]]\nprimary = true", "missing-field"),
        ];
        for (text, rule) in cases {
            let found = rules(&format!("id = \"a\"\n{text}\n"));
            assert_eq!(found.iter().map(|f| f.0).collect::<Vec<_>>(), [rule], "{text}");
        }
    }

    #[test]
    fn findings_name_the_line_of_the_value() {
        let text = "id = \"a\"\nname = \"A\"\n\n[[claim]]\nid = \"x\"\npolarity = \"good\"\ntopic = \"ops\"\ntext = \"T\"\n";
        // The claim starts in line 4 and lacks a status; its polarity in line 6 is no polarity.
        assert_eq!(rules(text), [("missing-field", Some(4)), ("unknown-word", Some(6))]);
    }

    #[test]
    fn dates_may_be_quoted_or_bare() {
        for date in ["2026-08-14", "\"2026-08-14\""] {
            let text = format!("id = \"a\"\n[status]\nstate = \"alive\"\nseen_on = {date}\n");
            let file = read_entry(&text, "a.toml").unwrap();
            assert_eq!(file.findings, []);
            assert_eq!(file.entry.status.unwrap().seen_on, Some(jiff::civil::date(2026, 8, 14)));
        }
    }

    #[test]
    fn a_whole_claim_is_read() {
        let text = "id = \"a\"\nname = \"A\"\n[license]\nclass = \"source-available\"\nspdx = \"BUSL-1.1\"\n\n[[claim]]\nid = \"c1\"\npolarity = \"con\"\ntopic = \"scale\"\ntext = \"Slow.\"\nstatus = \"draft\"\n[[claim.evidence]]\nurl = \"https://example.org/a\"\n";
        let file = read_entry(text, "a.toml").unwrap();
        assert_eq!(file.findings, []);
        let claim = &file.entry.claims[0];
        assert_eq!((claim.polarity, claim.text.as_str()), (Polarity::Con, "Slow."));
        assert_eq!(claim.evidence[0].url, "https://example.org/a");
        assert_eq!(claim.evidence[0].accessed, None);
        assert_eq!(file.entry.license.as_ref().map(|l| l.class), Some(LicenseClass::SourceAvailable));
        assert_eq!(file.line(Place::Claim(0)), Some(7));
    }
}

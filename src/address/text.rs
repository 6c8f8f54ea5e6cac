//! The text form of a [`Location`]: `atlas:place/view?key=value&…`, percent-encoded, round-trips.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use super::{
    LandscapeView, Location, Origin, PracticeSection, SortKey, StoreLocation, TableLocation, ToolColumn,
};
use crate::catalog::query::{NotAValue, Query};
use crate::catalog::{Counting, Gap, GroupBy, Stage, ToolId};

/// Why a text is no address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Something else than `atlas:`.
    #[error("an address starts with atlas:, this does not: {0}")]
    Scheme(String),
    /// A place or view that does not exist.
    #[error(
        "there is no place called {place} (home, landscape, studio, runs, data, practice, present): {address}"
    )]
    Place {
        /// What was read.
        place: String,
        /// The whole address.
        address: String,
    },
    /// A value that its key does not take.
    #[error("{key}={value} is not understood: {address}")]
    Value {
        /// The key.
        key: String,
        /// Its value.
        value: String,
        /// The whole address.
        address: String,
    },
    /// A key that a view with filters does not know.
    #[error("the table of tools has no filter {key}: {address}")]
    Key {
        /// The key.
        key: String,
        /// The whole address.
        address: String,
    },
    /// A view that needs a value which is absent.
    #[error("this address needs {key}=…: {address}")]
    Missing {
        /// The key.
        key: &'static str,
        /// The whole address.
        address: String,
    },
}

/// Keys of the tool table beside those of its query.
const TABLE_KEYS: [&str; 6] = ["sort", "order", "selected", "by", "count", "gap"];

const COLUMNS: [(&str, ToolColumn); 7] = [
    ("rank", ToolColumn::Rank),
    ("name", ToolColumn::Name),
    ("stage", ToolColumn::Stage),
    ("category", ToolColumn::Category),
    ("licence", ToolColumn::License),
    ("foundation", ToolColumn::Foundation),
    ("claims", ToolColumn::Claims),
];

/// The sections with their words in addresses, in the order of the tabs.
pub(super) const SECTIONS: [(&str, PracticeSection); 9] = [
    ("lifecycle", PracticeSection::Lifecycle),
    ("usecases", PracticeSection::UseCases),
    ("approaches", PracticeSection::Approaches),
    ("issues", PracticeSection::Issues),
    ("debt", PracticeSection::Debt),
    ("data-centric", PracticeSection::DataCentric),
    ("numbers", PracticeSection::Numbers),
    ("communities", PracticeSection::Communities),
    ("committee", PracticeSection::Committee),
];

fn word_of<T: PartialEq + Copy>(table: &[(&'static str, T)], value: T) -> &'static str {
    table.iter().find(|(_, entry)| *entry == value).map_or("", |(word, _)| word)
}

fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/:".contains(&byte) {
            out.push(byte as char);
        } else {
            out.push('%');
            for nibble in [byte >> 4, byte & 15] {
                out.push(char::from(b"0123456789ABCDEF"[usize::from(nibble)]));
            }
        }
    }
    out
}

fn decode(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digit = |b: Option<u8>| b.and_then(|b| char::from(b).to_digit(16));
            let (high, low) = (digit(bytes.next())?, digit(bytes.next())?);
            out.push((high * 16 + low) as u8);
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).ok()
}

/// Keys whose values are names inside a foreign store, which may hold any letter. No path and no id holds a NUL; the
/// systems below end their texts with it.
const FOREIGN: [&str; 5] = ["experiment", "asc", "desc", "run", "metric"];

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Demo => f.write_str("demo:"),
            Self::Template(id) => write!(f, "template:{id}"),
            Self::Untitled(number) => write!(f, "untitled:{number}"),
            Self::Path(path) => write!(f, "{}", path.display()),
            Self::Url(url) => f.write_str(url),
        }
    }
}

impl Origin {
    /// Reads `demo:`, `template:ID`, `untitled:N`, an `http(s)` address, else a path.
    pub fn parse(text: &str) -> Self {
        if text == "demo:" {
            return Self::Demo;
        }
        if let Some(id) = text.strip_prefix("template:") {
            return Self::Template(id.to_owned());
        }
        if let Some(Ok(number)) = text.strip_prefix("untitled:").map(str::parse) {
            return Self::Untitled(number);
        }
        if text.starts_with("http://") || text.starts_with("https://") {
            return Self::Url(text.to_owned());
        }
        Self::Path(PathBuf::from(text))
    }
}

/// Collects `key=value` pairs; empty values are left out.
struct Pairs(String);

impl Pairs {
    fn add(&mut self, key: &str, value: &str) {
        if !value.is_empty() {
            self.0.push(if self.0.contains('?') { '&' } else { '?' });
            self.0.push_str(key);
            self.0.push('=');
            self.0.push_str(&encode(value));
        }
    }

    fn add_list<T: AsRef<str>>(&mut self, key: &str, values: impl IntoIterator<Item = T>) {
        for value in values {
            self.add(key, value.as_ref());
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = Pairs(String::from("atlas:"));
        match self {
            Self::Home(stage) => {
                out.0.push_str("home");
                out.add("stage", stage.map_or("", Stage::id));
            }
            Self::Table(table) => {
                out.0.push_str("landscape/");
                out.0.push_str(table.view.id());
                if table.by != GroupBy::default() {
                    out.add("by", table.by.id());
                }
                if table.counting != Counting::default() {
                    out.add("count", table.counting.id());
                }
                if let Some(gap) = &table.gap {
                    out.add("gap", &format!("{}:{}", gap.stage.id(), gap.org));
                }
                for (key, value) in table.query.pairs() {
                    out.add(&key, value);
                }
                if table.column != ToolColumn::default() {
                    out.add("sort", word_of(&COLUMNS, table.column));
                }
                out.add("order", if table.descending { "desc" } else { "" });
                out.add("selected", table.selected.as_ref().map_or("", ToolId::as_str));
            }
            Self::Tool(id) => {
                out.0.push_str("landscape/tool");
                out.add("id", id.as_str());
            }
            Self::Category(name) => {
                out.0.push_str("landscape/category");
                out.add("name", name);
            }
            Self::Compare(tools) => {
                out.0.push_str("landscape/compare");
                // Ids need no encoding, so that the commas can stay.
                let ids: Vec<&str> = tools.iter().map(ToolId::as_str).collect();
                if !ids.is_empty() {
                    out.0.push_str("?tools=");
                    out.0.push_str(&ids.join(","));
                }
            }
            Self::Coverage => out.0.push_str("landscape/coverage"),
            Self::Drawings => out.0.push_str("studio"),
            Self::Drawing { origin, selected } => {
                out.0.push_str("studio/drawing");
                out.add("file", &origin.to_string());
                out.add_list("node", selected);
            }
            Self::Stores => out.0.push_str("runs"),
            Self::Store(store) => {
                out.0.push_str("runs/store");
                out.add("source", &store.origin.to_string());
                out.add("experiment", store.experiment.as_deref().unwrap_or_default());
                for sort in &store.order {
                    out.add(if sort.descending { "desc" } else { "asc" }, &sort.key);
                }
                out.add_list("run", &store.ticked);
                out.add_list("metric", &store.metrics);
                out.add("selected", store.selected.as_deref().unwrap_or_default());
            }
            Self::Data => out.0.push_str("data"),
            Self::Practice { section, item, text } => {
                out.0.push_str("practice/");
                out.0.push_str(word_of(&SECTIONS, *section));
                out.add("item", item.as_deref().unwrap_or_default());
                out.add("text", text);
            }
            Self::Present => out.0.push_str("present"),
            Self::Settings => out.0.push_str("settings"),
        }
        f.write_str(&out.0)
    }
}

impl FromStr for Location {
    type Err = AddressError;

    fn from_str(address: &str) -> Result<Self, AddressError> {
        let Some(rest) = address.trim().strip_prefix("atlas:") else {
            return Err(AddressError::Scheme(address.to_owned()));
        };
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let bad = |key: &str, value: &str| AddressError::Value {
            key: key.to_owned(),
            value: value.to_owned(),
            address: address.to_owned(),
        };
        let pairs = pairs_of(query, &bad)?;
        let one = |key: &str| {
            pairs.iter().find(|(k, _)| *k == key).map(|(_, v)| v.clone()).filter(|v| !v.is_empty())
        };
        let all =
            |key: &str| pairs.iter().filter(|(k, _)| *k == key).map(|(_, v)| v.clone()).collect::<Vec<_>>();
        let needed = |key: &'static str| {
            one(key).ok_or_else(|| AddressError::Missing { key, address: address.to_owned() })
        };
        let query = || {
            let mut query = Query::default();
            for (key, value) in &pairs {
                let taken = query.take_pair(key, value).map_err(|NotAValue| bad(key, value))?;
                if !taken && !TABLE_KEYS.contains(key) {
                    return Err(AddressError::Key { key: (*key).to_owned(), address: address.to_owned() });
                }
            }
            Ok(query)
        };
        let stage = |value: &str| Stage::from_id(value).ok_or_else(|| bad("stage", value));
        let path = path.trim_end_matches('/');
        Ok(match path {
            "home" => Self::Home(one("stage").map(|value| stage(&value)).transpose()?),
            "landscape"
            | "landscape/table"
            | "landscape/board"
            | "landscape/lifecycle"
            | "landscape/portfolio" => Self::Table(TableLocation {
                view: view_of(path),
                by: one("by").map(|value| by_of(&value, &bad)).transpose()?.unwrap_or_default(),
                counting: one("count").map(|value| count_of(&value, &bad)).transpose()?.unwrap_or_default(),
                gap: one("gap").map(|value| gap(&value, &bad)).transpose()?,
                query: query()?,
                column: one("sort")
                    .map(|value| {
                        let known = COLUMNS.iter().find(|(word, _)| *word == value);
                        known.map(|(_, column)| *column).ok_or_else(|| bad("sort", &value))
                    })
                    .transpose()?
                    .unwrap_or_default(),
                descending: one("order").as_deref() == Some("desc"),
                selected: one("selected").map(|value| tool_id(&value, &bad)).transpose()?,
            }),
            "landscape/tool" => Self::Tool(tool_id(&needed("id")?, &bad)?),
            "landscape/category" => Self::Category(needed("name")?),
            "landscape/compare" => {
                let ids = one("tools").unwrap_or_default();
                let ids = ids.split(',').map(str::trim).filter(|id| !id.is_empty());
                Self::Compare(ids.map(|id| tool_id(id, &bad)).collect::<Result<_, _>>()?)
            }
            "landscape/coverage" => Self::Coverage,
            "studio" => Self::Drawings,
            "studio/drawing" => {
                Self::Drawing { origin: Origin::parse(&needed("file")?), selected: all("node") }
            }
            "runs" => Self::Stores,
            "runs/store" => Self::Store(StoreLocation {
                origin: Origin::parse(&needed("source")?),
                experiment: one("experiment"),
                order: pairs
                    .iter()
                    .filter(|(key, _)| matches!(*key, "asc" | "desc"))
                    .map(|(key, value)| SortKey { key: value.clone(), descending: *key == "desc" })
                    .collect(),
                ticked: all("run"),
                metrics: all("metric"),
                selected: one("selected"),
            }),
            "data" => Self::Data,
            "present" => Self::Present,
            "settings" => Self::Settings,
            _ => {
                let section = match path.strip_prefix("practice") {
                    Some("") => Some(PracticeSection::default()),
                    Some(rest) => SECTIONS
                        .iter()
                        .find(|(word, _)| rest.strip_prefix('/') == Some(word))
                        .map(|(_, section)| *section),
                    None => None,
                };
                let Some(section) = section else {
                    return Err(AddressError::Place { place: path.to_owned(), address: address.to_owned() });
                };
                Self::Practice { section, item: one("item"), text: one("text").unwrap_or_default() }
            }
        })
    }
}

fn tool_id(value: &str, bad: &dyn Fn(&str, &str) -> AddressError) -> Result<ToolId, AddressError> {
    ToolId::new(value).ok().ok_or_else(|| bad("id", value))
}

/// The view that a path of the Landscape names; the table where it names none.
fn view_of(path: &str) -> LandscapeView {
    let named = |view: &LandscapeView| path.strip_prefix("landscape/") == Some(view.id());
    LandscapeView::ALL.into_iter().find(named).unwrap_or_default()
}

type Bad<'a> = &'a dyn Fn(&str, &str) -> AddressError;

fn pairs_of<'q>(query: &'q str, bad: Bad<'_>) -> Result<Vec<(&'q str, String)>, AddressError> {
    let mut pairs = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let text = decode(value).filter(|text| FOREIGN.contains(&key) || !text.contains('\0'));
        pairs.push((key, text.ok_or_else(|| bad(key, value))?));
    }
    Ok(pairs)
}

fn count_of(value: &str, bad: &dyn Fn(&str, &str) -> AddressError) -> Result<Counting, AddressError> {
    Counting::BOTH.into_iter().find(|count| count.id() == value).ok_or_else(|| bad("count", value))
}

fn by_of(value: &str, bad: &dyn Fn(&str, &str) -> AddressError) -> Result<GroupBy, AddressError> {
    GroupBy::ALL.into_iter().find(|by| by.id() == value).ok_or_else(|| bad("by", value))
}

/// `serve:CNCF`: a stage, then the name of a foundation.
fn gap(value: &str, bad: &dyn Fn(&str, &str) -> AddressError) -> Result<Gap, AddressError> {
    let parts = value.split_once(':').filter(|(_, org)| !org.is_empty());
    let gap = parts.and_then(|(stage, org)| Some(Gap { stage: Stage::from_id(stage)?, org: org.to_owned() }));
    gap.ok_or_else(|| bad("gap", value))
}

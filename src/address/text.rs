//! The text form of a [`Location`]: `atlas:place/view?key=value&…`, percent-encoded, round-trips.

mod graph;
mod landscape;
mod pairs;
mod store;
mod studio;

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use super::{Location, Origin, PracticeSection};
use crate::catalog::{Stage, ToolId};
use pairs::{Pairs, Written};

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
    /// A key that the view does not take.
    #[error("this view takes no {key}, but {known}: {address}")]
    Key {
        /// The key.
        key: String,
        /// Those that it takes.
        known: String,
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

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = Written(String::from("atlas:"));
        match self {
            Self::Home(stage) => {
                out.0.push_str("home");
                out.add("stage", stage.map_or("", Stage::id));
            }
            Self::Landscape(tools) => landscape::write(tools, &mut out),
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
                let ids: Vec<&str> = tools.iter().map(ToolId::as_str).collect();
                out.add_plain("tools", &ids.join(","));
            }
            Self::Graph(graph) => graph::write(graph, &mut out),
            Self::Coverage => out.0.push_str("landscape/coverage"),
            Self::Drawings(gallery) => studio::write_gallery(gallery, &mut out),
            Self::Consensus(consensus) => studio::write_consensus(consensus, &mut out),
            Self::Drawing(drawing) => studio::write_drawing(drawing, &mut out),
            Self::Stores => out.0.push_str("runs"),
            Self::Store(store) => store::write(store, &mut out),
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
        let pairs = Pairs::read(query, address)?;
        let owned = |key: &str| pairs.one(key).map(str::to_owned);
        let path = path.trim_end_matches('/');
        if let Some(view) = landscape::view_of(path) {
            return Ok(Self::Landscape(landscape::read(view, &pairs)?));
        }
        if let Some(view) = store::view_of(path) {
            return Ok(Self::Store(Box::new(store::read(view, &pairs)?)));
        }
        let (known, location): (&[&str], Self) = match path {
            "home" => (&["stage"], Self::Home(pairs.as_a("stage", Stage::from_id)?)),
            "landscape/tool" => (&["id"], Self::Tool(tool_id(pairs.needed("id")?, &pairs)?)),
            "landscape/category" => (&["name"], Self::Category(pairs.needed("name")?.to_owned())),
            "landscape/compare" => {
                let ids = pairs.one("tools").unwrap_or_default();
                let ids = ids.split(',').map(str::trim).filter(|id| !id.is_empty());
                let ids = ids.map(|id| tool_id(id, &pairs)).collect::<Result<_, _>>()?;
                (&["tools"], Self::Compare(ids))
            }
            "landscape/graph" => (&graph::KEYS, Self::Graph(graph::read(&pairs)?)),
            "landscape/coverage" => (&[], Self::Coverage),
            "studio" => (&studio::GALLERY_KEYS, Self::Drawings(studio::read_gallery(&pairs)?)),
            "studio/consensus" => (&studio::CONSENSUS_KEYS, Self::Consensus(studio::read_consensus(&pairs)?)),
            "studio/drawing" => (&studio::DRAWING_KEYS, Self::Drawing(studio::read_drawing(&pairs)?)),
            "runs" => (&[], Self::Stores),
            "data" => (&[], Self::Data),
            "present" => (&[], Self::Present),
            "settings" => (&[], Self::Settings),
            _ => {
                let Some(section) = section_of(path) else {
                    return Err(AddressError::Place { place: path.to_owned(), address: address.to_owned() });
                };
                let text = owned("text").unwrap_or_default();
                (&["item", "text"], Self::Practice { section, item: owned("item"), text })
            }
        };
        pairs.only(known)?;
        Ok(location)
    }
}

/// The section that a path of Practice names; the first where it names none.
fn section_of(path: &str) -> Option<PracticeSection> {
    let word = path.strip_prefix("practice")?;
    if word.is_empty() {
        return Some(PracticeSection::default());
    }
    let word = word.strip_prefix('/')?;
    SECTIONS.iter().find(|(known, _)| *known == word).map(|(_, section)| *section)
}

fn tool_id(value: &str, pairs: &Pairs<'_>) -> Result<ToolId, AddressError> {
    ToolId::new(value).ok().ok_or_else(|| pairs.bad("id", value))
}

#[cfg(test)]
mod tests;

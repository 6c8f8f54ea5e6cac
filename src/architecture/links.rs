//! Where a box leads: pages that tell of it, who is in charge, its repository, and where its runs are.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::model::Node;
use super::read::{Reader, short};
use crate::catalog::link;
use crate::problem::Severity;

/// What a box says of places and people outside of the drawing. No rule reads it, and it is no difference of two drawings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NodeLinks {
    /// Addresses of pages that tell of the box, the most important first. Only those of the web are opened.
    pub links: Vec<String>,
    /// Teams or people in charge.
    pub owners: Vec<String>,
    /// Where its code is: an address, of which only one of the web is opened.
    pub repository: Option<String>,
    /// The store of its runs: a path, which starts at the folder of the drawing's file unless it is absolute, or `demo:`.
    pub runs: Option<String>,
}

impl NodeLinks {
    /// Whether it says nothing at all.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The keys of the file that it has something for, in the order of the file.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'static str> + use<> {
        let Self { links, owners, repository, runs } = self;
        [
            (!links.is_empty()).then_some("links"),
            (!owners.is_empty()).then_some("owners"),
            repository.is_some().then_some("repository"),
            runs.is_some().then_some("runs"),
        ]
        .into_iter()
        .flatten()
    }

    /// Takes the value of one of its keys . What is none of them, or has a type that it does not take, is
    /// given back; the latter is told.
    pub(super) fn read(&mut self, reader: &mut Reader, key: &str, value: Value) -> Option<Value> {
        let wanted = match key {
            "links" | "owners" => "a list of texts",
            "repository" | "runs" => "text",
            _ => return Some(value),
        };
        let rest = match key {
            "links" => texts(value).map(|links| self.links = links),
            "owners" => texts(value).map(|owners| self.owners = owners),
            "repository" => text(value).map(|text| self.repository = text),
            _ => text(value).map(|text| self.runs = text),
        };
        let value = rest.err()?;
        reader.warn(format!("`{key}` must be {wanted}; {} is kept in the file and not used", short(&value)));
        Some(value)
    }

    /// Tells of links that are not opened.
    pub(super) fn judge(&self, reader: &mut Reader, of: &str) {
        for url in &self.links {
            if let Err(refusal) = link::judge(url) {
                let url = link::shown(url);
                reader.tell(Severity::Info, format!("the link `{url}` of `{of}` is not opened: {refusal}"));
            }
        }
    }

    /// Adds what it says to a node of the file.
    pub(super) fn write(&self, map: &mut Map<String, Value>) {
        for key in self.keys() {
            let value = match key {
                "links" => json!(self.links),
                "owners" => json!(self.owners),
                "repository" => json!(self.repository),
                _ => json!(self.runs),
            };
            map.insert(key.to_owned(), value);
        }
    }
}

impl Node {
    /// The addresses that may be opened, the box's own first: its links, its repository, then where it is described.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        let NodeLinks { links, repository, .. } = &*self.links;
        let all = links.iter().chain(repository).chain(&self.source);
        all.map(String::as_str).filter(|url| link::judge(url).is_ok())
    }
}

/// A list of texts, or a single one; else the value as it is.
fn texts(value: Value) -> Result<Vec<String>, Value> {
    match value {
        Value::String(one) => Ok(vec![one]),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            let text = |item| if let Value::String(text) = item { Some(text) } else { None };
            Ok(items.into_iter().filter_map(text).collect())
        }
        other => Err(other),
    }
}

/// A text, none where it is empty; else the value as it is.
fn text(value: Value) -> Result<Option<String>, Value> {
    match value {
        Value::String(text) => Ok(Some(text).filter(|text| !text.is_empty())),
        other => Err(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_links_to_the_first_of_its_addresses_that_may_be_opened() {
        let texts = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        for (links, repository, source, address) in [
            (
                &["https://a.dev/1", "https://a.dev/2"][..],
                "https://a.dev/git",
                "https://a.dev/s",
                "https://a.dev/1",
            ),
            (
                &["javascript:alert(1)", "http://a.dev/2"],
                "https://a.dev/git",
                "https://a.dev/s",
                "http://a.dev/2",
            ),
            (&["ftp://a.dev", "a.dev"], "https://a.dev/git", "https://a.dev/s", "https://a.dev/git"),
            (&[], "git@a.dev:git", "https://a.dev/s", "https://a.dev/s"),
            (&["file:///etc/passwd"], "https://a.dev@b.dev/", "https://git\u{200b}hub.com", ""),
        ] {
            let node = Node {
                links: Box::new(NodeLinks {
                    links: texts(links),
                    repository: Some(repository.to_owned()),
                    runs: Some("https://a.dev/runs".to_owned()),
                    ..NodeLinks::default()
                }),
                source: texts(&[source]),
                ..Node::default()
            };
            assert_eq!(node.address().unwrap_or_default(), address, "{links:?}");
        }
        assert_eq!(Node::default().address(), None);
    }
}

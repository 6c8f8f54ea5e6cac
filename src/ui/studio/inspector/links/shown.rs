//! What is shown of the links of a node, made once for each state of the drawing.

use crate::address::{Location, Origin};
use crate::architecture::{Node, NodeLinks};
use crate::catalog::link;
use crate::shown::one_line;
use crate::state::Drawing;

/// One entry of the links of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// A team or person in charge, by its place.
    Owner(usize),
    /// Where the code is.
    Repository,
    /// A page, by its place.
    Link(usize),
    /// The store of the runs.
    Runs,
}

impl Slot {
    /// What one of them is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Owner(_) => "Owner",
            Self::Repository => "Repository",
            Self::Link(_) => "Link",
            Self::Runs => "Run store",
        }
    }

    /// What the first of them has at its left.
    pub fn head(self) -> &'static str {
        match self {
            Self::Owner(0) => "Owners",
            Self::Link(0) => "Links",
            Self::Owner(_) | Self::Link(_) => "",
            Self::Repository => "Repository",
            Self::Runs => "Run store",
        }
    }

    /// Its text; none where there is no such entry.
    pub fn text(self, links: &NodeLinks) -> Option<&str> {
        match self {
            Self::Owner(at) => links.owners.get(at).map(String::as_str),
            Self::Repository => links.repository.as_deref(),
            Self::Link(at) => links.links.get(at).map(String::as_str),
            Self::Runs => links.runs.as_deref(),
        }
    }

    /// The links with another text there; without blanks around it, and nothing where it is empty.
    pub fn with(self, links: &NodeLinks, text: &str) -> NodeLinks {
        let mut next = links.clone();
        let text = Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned);
        match self {
            Self::Owner(at) => put(&mut next.owners, at, text),
            Self::Repository => next.repository = text,
            Self::Link(at) => put(&mut next.links, at, text),
            Self::Runs => next.runs = text,
        }
        next
    }
}

fn put(list: &mut Vec<String>, at: usize, text: Option<String>) {
    match (list.get_mut(at), text) {
        (Some(old), Some(text)) => *old = text,
        (Some(_), None) => {
            list.remove(at);
        }
        (None, Some(text)) => list.push(text),
        (None, None) => {}
    }
}

/// Where an entry leads.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Leads {
    /// Nowhere, and it is not meant to.
    Nowhere,
    /// To a page of the web.
    Web(String),
    /// To runs.
    Runs(Box<Location>),
    /// Nowhere, for this reason.
    Refused(String),
}

/// An entry as it is shown.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub slot: Slot,
    /// On one line, without what everybody knows of an address.
    pub text: String,
    pub leads: Leads,
}

/// All entries of a node in a state of its drawing.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    revision: (u64, bool),
    origin: Origin,
    pub rows: Vec<Row>,
}

impl Shown {
    pub fn of(drawing: Drawing<'_>, node: &Node) -> Self {
        let NodeLinks { links, owners, repository, runs } = &*node.links;
        let origin = &drawing.document.origin;
        let owner = |(at, owner): (usize, &String)| Row {
            slot: Slot::Owner(at),
            text: one_line(owner).into_owned(),
            leads: Leads::Nowhere,
        };
        let mut rows: Vec<Row> = owners.iter().enumerate().map(owner).collect();
        rows.extend(repository.iter().map(|url| page(Slot::Repository, url)));
        rows.extend(links.iter().enumerate().map(|(at, url)| page(Slot::Link(at), url)));
        rows.extend(runs.iter().map(|text| store(text, origin)));
        Self { revision: drawing.revision(), origin: origin.clone(), rows }
    }

    /// Whether it is of this state of the drawing.
    pub fn is_of(&self, drawing: Drawing<'_>) -> bool {
        self.revision == drawing.revision() && self.origin == drawing.document.origin
    }
}

fn page(slot: Slot, url: &str) -> Row {
    match link::judge(url) {
        Ok(()) => {
            let words = url.split("#:~:text=").next().unwrap_or(url);
            let words = words.trim_start_matches("https://").trim_end_matches('/');
            Row { slot, text: words.to_owned(), leads: Leads::Web(url.to_owned()) }
        }
        Err(refusal) => {
            Row { slot, text: link::shown(url), leads: Leads::Refused(format!("Not opened: {refusal}.")) }
        }
    }
}

fn store(text: &str, origin: &Origin) -> Row {
    let leads = match (Location::store_beside(text, origin), Origin::parse(text)) {
        (Some(location), _) => Leads::Runs(Box::new(location)),
        // A server has pages of its own.
        (None, Origin::Url(url)) => return page(Slot::Runs, &url),
        (None, Origin::Path(_)) => {
            Leads::Refused("Save the drawing to show the runs: the path starts at its folder.".to_owned())
        }
        (None, _) => Leads::Refused("Not opened: this is no store of runs.".to_owned()),
    };
    Row { slot: Slot::Runs, text: one_line(text).into_owned(), leads }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_replaced_added_and_taken_away() {
        let links = NodeLinks {
            owners: vec!["A".to_owned(), "B".to_owned()],
            runs: Some("demo:".to_owned()),
            ..NodeLinks::default()
        };
        for (slot, text, owners, runs) in [
            (Slot::Owner(1), " C ", "A C", "demo:"),
            (Slot::Owner(0), "  ", "B", "demo:"),
            (Slot::Owner(2), "C", "A B C", "demo:"),
            (Slot::Owner(2), "", "A B", "demo:"),
            (Slot::Runs, "", "A B", ""),
            (Slot::Runs, "mlruns", "A B", "mlruns"),
        ] {
            let next = slot.with(&links, text);
            assert_eq!(
                (next.owners.join(" ").as_str(), next.runs.unwrap_or_default().as_str()),
                (owners, runs),
                "{slot:?} {text:?}"
            );
        }
        assert_eq!(Slot::Link(0).with(&links, "https://a.dev").links, ["https://a.dev"]);
        assert_eq!(Slot::Repository.with(&links, "x").repository.as_deref(), Some("x"));
    }

    #[test]
    fn only_pages_of_the_web_and_stores_lead_somewhere() {
        let refused = |row: Row| matches!(row.leads, Leads::Refused(_));
        let row = page(Slot::Link(0), "https://a.dev/x/#:~:text=words");
        assert_eq!(
            (row.text.as_str(), row.leads),
            ("a.dev/x", Leads::Web("https://a.dev/x/#:~:text=words".to_owned()))
        );
        assert!(refused(page(Slot::Link(0), "javascript:alert(1)")));
        assert_eq!(page(Slot::Link(0), "https://a\u{202e}b").text, "https://a\\u{202e}b");
        let new = Origin::Untitled(1);
        assert_eq!(store("demo:", &new).leads, Leads::Runs(Box::new(Location::store(Origin::Demo))));
        assert_eq!(store("http://a.dev", &new).leads, Leads::Web("http://a.dev".to_owned()));
        for text in ["mlruns", "template:edge", ""] {
            assert!(refused(store(text, &new)), "{text}");
        }
    }
}

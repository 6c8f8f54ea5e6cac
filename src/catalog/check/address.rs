//! Rules about addresses: each leads to the source itself, for everybody, over a channel that nobody rewrites.

use super::Judge;
use crate::catalog::link::host;
use crate::catalog::read::Place;

/// Names that are kept for examples and local networks (RFC 2606, RFC 6761, RFC 6762).
const NOWHERE: &[&str] = &[
    "example.org",
    "example.com",
    "example.net",
    "example.edu",
    "example",
    "invalid",
    "test",
    "localhost",
    "local",
];

/// Search engines: their answers change from day to day.
const SEARCH: &[&str] = &[
    "google.com",
    "bing.com",
    "duckduckgo.com",
    "search.brave.com",
    "search.yahoo.com",
    "yandex.com",
    "yandex.ru",
    "baidu.com",
    "ecosia.org",
    "startpage.com",
    "kagi.com",
];

/// Shorteners: nobody sees where they lead, and they end.
const SHORT: &[&str] = &[
    "bit.ly",
    "t.co",
    "goo.gl",
    "tinyurl.com",
    "ow.ly",
    "is.gd",
    "buff.ly",
    "lnkd.in",
    "rebrand.ly",
    "cutt.ly",
    "t.ly",
    "shorturl.at",
    "aka.ms",
    "git.io",
];

impl Judge<'_> {
    pub(super) fn addresses(&mut self) {
        let entry = &self.file.entry;
        let mut all: Vec<(Place, &str)> = Vec::new();
        all.extend(entry.homepage.iter().map(|url| (Place::Key("homepage"), url.as_str())));
        all.extend(entry.docs.iter().map(|url| (Place::Key("docs"), url.as_str())));
        let license = entry.license.iter().filter_map(|l| l.source.as_deref());
        all.extend(license.map(|url| (Place::Key("license"), url)));
        all.extend(entry.landscape.iter().map(|l| (Place::Key("landscape"), l.file.as_str())));
        all.extend(entry.repos.iter().flatten().map(|r| (Place::Key("repo"), r.url.as_str())));
        let foundations = entry.foundations.iter().flatten().filter_map(|f| f.source.as_deref());
        all.extend(foundations.map(|url| (Place::Key("foundation"), url)));
        for (i, claim) in entry.claims.iter().enumerate() {
            all.extend(claim.evidence.iter().map(|e| (Place::Claim(i), e.url.as_str())));
        }
        for (i, relation) in entry.relations.iter().enumerate() {
            all.extend(relation.evidence.iter().map(|e| (Place::Relation(i), e.url.as_str())));
        }
        for (place, url) in all {
            self.address(place, url);
        }
    }

    fn address(&mut self, place: Place, url: &str) {
        let host = host(url);
        if is_one_of(&host, NOWHERE) || is_address_of_a_local_network(&host) {
            let message = format!("this address leads nowhere for other people: {url}");
            self.error("unreal-address", place, message);
        } else if SEARCH.contains(&host.strip_prefix("www.").unwrap_or(&host)) {
            let message = format!("this address is a search, name the page that it found: {url}");
            self.error("indirect-address", place, message);
        } else if is_one_of(&host, SHORT) {
            let message = format!("this address hides where it leads, name the page itself: {url}");
            self.error("indirect-address", place, message);
        } else if url.starts_with("http://")
            && !self.file.entry.note.as_ref().is_some_and(|note| note.contains("http:"))
        {
            let message = format!(
                "use https, or say in `note` why only an http: address works, this one is neither: {url}"
            );
            self.warning("plain-http", place, message);
        }
    }
}

/// Whether a host is one of these names or lies below one.
fn is_one_of(host: &str, names: &[&str]) -> bool {
    names
        .iter()
        .any(|name| host.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

/// Whether a host is an address of this machine or of a private network (RFC 1918, RFC 3927).
fn is_address_of_a_local_network(host: &str) -> bool {
    let parts: Result<Vec<u8>, _> = host.split('.').map(str::parse).collect();
    let Ok([first, second, _, _]) = parts.as_deref() else { return false };
    matches!((first, second), (0 | 10 | 127, _) | (172, 16..=31) | (192, 168) | (169, 254))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_told_apart() {
        assert!(is_one_of("a.example.org", NOWHERE) && !is_one_of("counterexample.org", NOWHERE));
        for (host, local) in
            [("10.1.2.3", true), ("172.31.0.1", true), ("172.32.0.1", false), ("8.8.8.8", false)]
        {
            assert_eq!(is_address_of_a_local_network(host), local, "{host}");
        }
        assert!(!is_one_of("developers.google.com", SHORT));
    }
}

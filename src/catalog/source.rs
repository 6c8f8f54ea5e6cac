//! What a source is called where it has no title, and how its address leads to the passage.

use std::borrow::Cow;

use super::entry::Evidence;

impl Evidence {
    /// Its title; else the name that people give such a page: `feast#1234` for an issue, `feast: registry.md` for a
    /// file, the site and its last part for any other.
    pub fn name(&self) -> Cow<'_, str> {
        match self.title.as_deref().filter(|title| !title.is_empty()) {
            Some(title) => Cow::Borrowed(title),
            None => Cow::Owned(name_of(&self.url)),
        }
    }

    /// The address, with the passage as a text fragment (WICG, "URL Fragment Text Directives") where it is a page of
    /// text without a fragment of its own.
    pub fn address(&self) -> String {
        let is_page = !self.url.contains('#') && !is_raw(&self.url);
        let passage = self.locator.as_deref().filter(|_| is_page).and_then(directive);
        passage.map_or_else(|| self.url.clone(), |passage| format!("{}#:~:text={passage}", self.url))
    }
}

/// Whether it is a file that a browser does not show as a page.
fn is_raw(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or(url).to_ascii_lowercase();
    [".pdf", ".txt", ".json", ".yaml", ".yml", ".toml", ".py", ".rs", ".go"]
        .iter()
        .any(|end| path.ends_with(end))
}

/// `first … last` as a directive: both ends, or the whole of a passage that has no gap.
fn directive(locator: &str) -> Option<String> {
    let mut parts = locator.split('…').map(str::trim).filter(|part| !part.is_empty());
    let first = parts.next()?;
    // A single word or a line number would be found anywhere.
    if first.split_whitespace().count() < 2 {
        return None;
    }
    Some(match parts.next_back() {
        Some(last) => format!("{},{}", encoded(first), encoded(last)),
        None => encoded(first),
    })
}

/// Everything but letters and digits escaped: commas and hyphens mean something in a directive.
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for nibble in [byte >> 4, byte & 15] {
                out.push(char::from(b"0123456789ABCDEF"[usize::from(nibble)]));
            }
        }
    }
    out
}

fn name_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split(['?', '#']).next().unwrap_or(rest).trim_end_matches('/');
    let mut parts = rest.split('/');
    let host = parts.next().unwrap_or(rest).trim_start_matches("www.");
    let parts: Vec<&str> = parts.collect();
    let name = match (host, parts.as_slice()) {
        ("github.com", [_, repo, "issues" | "pull", number]) => format!("{repo}#{number}"),
        ("github.com", [_, repo, "discussions", number]) => format!("{repo} discussion {number}"),
        ("github.com", [_, repo, "releases", "tag", tag]) => format!("{repo} release {tag}"),
        ("github.com", [_, repo, "blob" | "tree", _, path @ ..]) if !path.is_empty() => {
            format!("{repo}: {}", path[path.len().saturating_sub(2)..].join("/"))
        }
        ("github.com", [_, repo]) => format!("{repo} repository"),
        (_, [.., last]) => format!("{host}: {}", last.trim_end_matches(".html")),
        _ => host.to_owned(),
    };
    name.replace("%20", " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(url: &str, locator: Option<&str>) -> Evidence {
        Evidence { url: url.to_owned(), title: None, locator: locator.map(str::to_owned), accessed: None }
    }

    #[test]
    fn sources_are_called_as_people_call_them() {
        for (url, name) in [
            ("https://github.com/mlflow/mlflow/issues/21841", "mlflow#21841"),
            ("https://github.com/mlflow/mlflow/pull/3#issuecomment-1", "mlflow#3"),
            (
                "https://github.com/feast-dev/feast/blob/0a1b/docs/reference/registry.md#L3",
                "feast: reference/registry.md",
            ),
            ("https://github.com/feast-dev/feast/blob/0a1b/README.md", "feast: README.md"),
            ("https://github.com/o/r/releases/tag/v1.2", "r release v1.2"),
            ("https://github.com/o/r/", "r repository"),
            ("https://www.example.org/docs/how-to.html?x=1", "example.org: how-to"),
            ("https://example.org", "example.org"),
        ] {
            assert_eq!(evidence(url, None).name(), name);
        }
    }

    #[test]
    fn an_address_leads_to_the_passage_where_a_browser_can_follow() {
        let page = "https://example.org/docs";
        for (url, locator, address) in [
            (
                page,
                "one writer, only … at a time",
                "https://example.org/docs#:~:text=one%20writer%2C%20only,at%20a%20time",
            ),
            (page, "a single passage", "https://example.org/docs#:~:text=a%20single%20passage"),
            (page, "README", page),
            ("https://example.org/a#b", "two words", "https://example.org/a#b"),
            ("https://example.org/a.pdf", "two words", "https://example.org/a.pdf"),
        ] {
            assert_eq!(evidence(url, Some(locator)).address(), address);
        }
        assert_eq!(evidence(page, None).address(), page);
    }
}

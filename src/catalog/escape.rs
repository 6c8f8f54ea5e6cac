//! Texts of unknown origin inside Markdown: they say what they say and are never markup or links.

use jiff::civil::Date;

use super::entry::Evidence;
use super::link;

pub use crate::shown::markdown;

/// A link in Markdown, where the address may be opened; else its words and the address as plain text.
pub fn markdown_link(words: &str, url: &str) -> String {
    if link::judge(url).is_err() {
        return match words {
            "" => markdown(&link::shown(url)),
            words => format!("{} ({})", markdown(words), markdown(&link::shown(url))),
        };
    }
    let mut address = String::with_capacity(url.len());
    for letter in url.chars() {
        match letter {
            '<' | '>' | '(' | ')' | '|' | '`' | '\\' | '"' | '*' => {
                let code = format!("%{:02X}", u32::from(letter));
                address.push_str(&code);
            }
            '&' => address.push_str("&amp;"),
            letter => address.push(letter),
        }
    }
    let words = if words.is_empty() { link::host(url) } else { words.to_owned() };
    format!("[{}]({address})", markdown(&words))
}

/// Sources as links with the day each was read; pages that are named twice count once.
pub fn markdown_sources(sources: &[Evidence]) -> String {
    let links = pages(sources).map(|source| {
        let words = source.title.as_deref().unwrap_or_default();
        format!("{}, {}", markdown_link(words, &source.url), read(source.accessed))
    });
    links.collect::<Vec<_>>().join("; ")
}

/// Each page once, however many of its passages count.
pub fn pages(sources: &[Evidence]) -> impl Iterator<Item = &Evidence> {
    let is_new = |at: usize| !sources[..at].iter().any(|before| before.url == sources[at].url);
    sources.iter().enumerate().filter(move |(at, _)| is_new(*at)).map(|(_, source)| source)
}

/// When a source was read, in words.
pub fn read(day: Option<Date>) -> String {
    day.map_or_else(|| "not read again".to_owned(), |day| format!("read {day}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_may_be_opened_become_links() {
        for (words, url, expected) in [
            ("Docs", "https://a.dev/x", "[Docs](https://a.dev/x)"),
            ("", "https://a.dev/x", "[a.dev](https://a.dev/x)"),
            ("a]b", "https://a.dev/(x)|y?a=1&b=<2>", "[a\\]b](https://a.dev/%28x%29%7Cy?a=1&amp;b=%3C2%3E)"),
            ("Docs", "javascript:alert(1)", "Docs (javascript:alert(1))"),
            ("", "ftp://a.dev/x_y", "ftp\\://a.dev/x\\_y"),
            ("Docs", "https://good.dev@evil.example", "Docs (https\\://good.dev@evil.example)"),
        ] {
            assert_eq!(markdown_link(words, url), expected);
        }
    }
}

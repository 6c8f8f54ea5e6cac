//! Pages in Markdown, whose texts are never markup.

use super::lines::Lines;
use crate::catalog::escape::{markdown, markdown_link};
use crate::catalog::link;

/// A page that grows block by block. All texts it is given are Markdown already; those of others come through [`text`].
#[derive(Debug, Default)]
pub(super) struct Page(Lines);

impl Page {
    /// A heading, 1 being the page's own.
    pub fn heading(&mut self, level: usize, text: &str) {
        self.gap();
        self.0.add(format!("{} {text}", "#".repeat(level)));
    }

    /// A paragraph; none where there is nothing to say.
    pub fn paragraph(&mut self, text: &str) {
        if !text.is_empty() {
            self.gap();
            self.0.add(opening(text));
        }
    }

    /// A list; none where it is empty.
    pub fn list(&mut self, mark: char, items: impl IntoIterator<Item = String>) {
        for (at, item) in items.into_iter().enumerate() {
            if at == 0 {
                self.gap();
            }
            self.0.add(format!("{mark} {}", opening(&item)));
        }
    }

    /// A table with a head; none where it has no rows.
    pub fn table(&mut self, head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) {
        for (at, row) in rows.into_iter().enumerate() {
            if at == 0 {
                self.gap();
                self.0.add(format!("| {} |\n|{}", head.join(" | "), "---|".repeat(head.len())));
            }
            self.0.add(format!("| {} |", row.join(" | ")));
        }
    }

    /// Lines that end with a line feed as they are, for a program that knows `language`. They hold no three backticks in a row.
    pub fn code(&mut self, language: &str, lines: &str) {
        self.gap();
        self.0.add(format!("```{language}\n{lines}```"));
    }

    /// A picture that lies beside the page, with what it shows in words.
    pub fn picture(&mut self, shows: &str, name: &str) {
        self.paragraph(&format!("![{}]({})", text(shows), file_address(name)));
    }

    /// Lines as they are, without the last line feed.
    pub fn raw(&mut self, lines: &str) {
        self.gap();
        self.0.add(lines);
    }

    /// The page; it ends with a line feed.
    pub fn finish(self) -> String {
        self.0.finish()
    }

    fn gap(&mut self) {
        if !self.0.is_empty() {
            self.0.add("");
        }
    }
}

/// A text of others as Markdown on one line.
pub(super) fn text(text: &str) -> String {
    markdown(text)
}

/// A link to an address, its words being what a person reads of it; plain words where it may not be opened.
pub(super) fn address(url: &str) -> String {
    let words = url.split("#:~:text=").next().unwrap_or(url);
    let words = words.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
    if link::judge(url).is_ok() { markdown_link(words, url) } else { markdown_link("", url) }
}

/// The name of a file beside the page as an address: all but letters, digits and `-._~` in percent form (RFC 3986, 2.3).
fn file_address(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.extend(
                [byte >> 4, byte & 15].map(|digit| char::from(b"0123456789ABCDEF"[usize::from(digit)])),
            );
        }
    }
    out
}

/// A block that begins with this text and is no list, line or heading by its first letters.
fn opening(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    if text.starts_with(['-', '+', '=']) {
        format!("\\{text}")
    } else if digits > 0 && rest.starts_with(['.', ')']) {
        format!("{}\\{rest}", &text[..digits])
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_begins_a_block_of_its_own() {
        for (begins, written) in [
            ("- item", "\\- item"),
            ("+ item", "\\+ item"),
            ("---", "\\---"),
            ("===", "\\==="),
            ("1. item", "1\\. item"),
            ("12) item", "12\\) item"),
            ("# heading", "\\# heading"),
            ("> quote", "\\> quote"),
            ("```js", "\\`\\`\\`js"),
            ("    code", "code"),
            ("2.5 models", "2\\.5 models"),
            ("3 models - two", "3 models - two"),
        ] {
            assert_eq!(opening(&text(begins)), written, "{begins}");
        }
    }

    #[test]
    fn blocks_are_apart_and_empty_ones_are_none() {
        let mut page = Page::default();
        page.heading(1, "Title");
        page.paragraph("");
        page.list('*', ["- a".to_owned(), "b".to_owned()]);
        page.list('-', []);
        page.table(&["A", "B"], [vec!["1".to_owned(), "2".to_owned()]]);
        page.table(&["A"], []);
        page.code("mermaid", "x\n");
        let expected = "# Title\n\n* \\- a\n* b\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n```mermaid\nx\n```\n";
        assert_eq!(page.finish(), expected);
    }

    #[test]
    fn a_picture_is_found_whatever_its_file_is_called() {
        for (name, address) in [
            ("rag-picture.svg", "rag-picture.svg"),
            ("Report #2?.svg", "Report%20%232%3F.svg"),
            ("50%20<b>.svg", "50%2520%3Cb%3E.svg"),
            // é is C3 A9 in UTF-8.
            ("\u{e9}.svg", "%C3%A9.svg"),
        ] {
            assert_eq!(file_address(name), address);
        }
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        for (url, written) in [
            ("https://a.dev/x/#:~:text=two%20words", "[a.dev/x](https://a.dev/x/#:~:text=two%20words)"),
            ("http://b.dev", "[b.dev](http://b.dev)"),
            ("javascript:alert(1)", "javascript:alert(1)"),
            ("file:///etc/x", "file\\:///etc/x"),
        ] {
            assert_eq!(address(url), written);
        }
    }
}

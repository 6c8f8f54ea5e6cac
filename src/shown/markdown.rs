//! Texts of unknown origin inside Markdown: they say what they say and are never markup or links.

use super::one_line;

/// A text on one line of Markdown, in a table or not: no letter of it is markup.
pub fn markdown(text: &str) -> String {
    let text = text.split(['\n', '\r', '\t']).map(str::trim).filter(|part| !part.is_empty());
    let text = text.collect::<Vec<_>>().join(" ");
    let text = one_line(&text);
    let mut out = String::with_capacity(text.len() + 8);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let is_markup = match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '#' | '$' | '{' | '}' => true,
            // The beginning of an entity.
            '&' => letters.peek().is_some_and(|next| next.is_ascii_alphanumeric() || *next == '#'),
            // What GitHub makes a link by itself.
            ':' => letters.peek() == Some(&'/'),
            '.' => out.ends_with("www"),
            _ => false,
        };
        if is_markup {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_markup() {
        for (text, escaped) in [
            ("plain, 3.9 - über", "plain, 3.9 - über"),
            ("a|b", "a\\|b"),
            ("`rm` *x* _y_ ~z~", "\\`rm\\` \\*x\\* \\_y\\_ \\~z\\~"),
            ("<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>"),
            ("two\nlines\r\n\n# and more", "two lines \\# and more"),
            ("[x](javascript:1) ![y](z)", "\\[x\\](javascript:1) !\\[y\\](z)"),
            ("R&D & &lt; &#60;", "R\\&D & \\&lt; \\&\\#60;"),
            ("a\\|b", "a\\\\\\|b"),
            ("see ftp://a.dev or www.a.dev", "see ftp\\://a.dev or www\\.a.dev"),
            ("\u{202e}txt\u{7}", "\\\\u\\{202e\\}txt\\\\u\\{7\\}"),
        ] {
            assert_eq!(markdown(text), escaped, "{text:?}");
        }
    }
}

//! A filter's text as tokens. Quotes end where MLflow's do: a doubled quote and a quote behind a backslash belong to the text,
//! unless the text would have no end then.

use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A word, a number, or a name with all its parts, those in quotes too.
    Word,
    /// A text in single or double quotes.
    Quoted,
    /// A text with escapes: `E'…'`.
    Escaped,
    /// Signs of comparison.
    Sign,
    /// `(`
    Open,
    /// `)`
    Close,
    /// `,`
    Comma,
    /// A quote that nothing ends.
    Unclosed,
}

/// A token and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub at: Range<usize>,
}

/// Letters that separate tokens.
pub(super) fn is_space(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{1c}'..='\u{1f}')
}

fn is_sign(letter: char) -> bool {
    matches!(letter, '<' | '>' | '=' | '~' | '!')
}

fn is_of_word(letter: char) -> bool {
    !is_space(letter) && !is_sign(letter) && !matches!(letter, '(' | ')' | ',' | '\'' | '"' | '`')
}

/// Where a quoted text ends that begins at `from`, behind its closing quote.
fn quoted_end(text: &str, from: usize, quote: u8, knows_backslash: bool) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut at, mut latest) = (from + 1, None);
    while at < bytes.len() {
        let is_before_quote = bytes.get(at + 1) == Some(&quote);
        if bytes[at] == quote && !is_before_quote {
            return Some(at + 1);
        } else if bytes[at] == quote {
            latest = Some(at + 1);
            at += 2;
        } else if bytes[at] == b'\\' && knows_backslash && is_before_quote {
            latest = Some(at + 2);
            at += 2;
        } else {
            at += 1;
        }
    }
    latest
}

/// Where a text with escapes ends whose quote is at `from`.
fn escaped_end(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\'' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    None
}

/// The inner text of `E'…'`; none where a backslash stands before what it cannot.
pub(super) fn unescaped(inner: &str) -> Option<String> {
    let mut out = String::with_capacity(inner.len());
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        out.push(match letter {
            '\\' => match letters.next()? {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                same @ ('\\' | '\'') => same,
                _ => return None,
            },
            letter => letter,
        });
    }
    Some(out)
}

/// Whether a quoted part begins at `at`.
fn begins_quoted(text: &str, at: usize) -> bool {
    let rest = &text[at..];
    rest.starts_with(['`', '"']) || rest.starts_with("E'") || rest.starts_with("e'")
}

/// The end of a quoted part at `at`; none where nothing ends it.
fn part_end(text: &str, at: usize) -> Option<usize> {
    match text.as_bytes().get(at)? {
        b'`' => quoted_end(text, at, b'`', false),
        b'"' => quoted_end(text, at, b'"', true),
        _ => escaped_end(text, at + 1),
    }
}

/// A word or name that begins at `from`: parts between points, each bare or in quotes. None where a quote does not end.
fn word_end(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    let mut begins_part = true;
    loop {
        if begins_part && begins_quoted(text, at) {
            at = part_end(text, at)?;
            if text.as_bytes().get(at) != Some(&b'.') {
                return Some(at);
            }
        }
        let Some(letter) = text[at..].chars().next().filter(|letter| is_of_word(*letter)) else {
            return Some(at);
        };
        begins_part = letter == '.';
        at += letter.len_utf8();
    }
}

/// All tokens of a text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let next = at + letter.len_utf8();
        let one = |kind| (kind, Some(next));
        let (kind, end) = match letter {
            letter if is_space(letter) => {
                at = next;
                continue;
            }
            '(' => one(TokenKind::Open),
            ')' => one(TokenKind::Close),
            ',' => one(TokenKind::Comma),
            '\'' => (TokenKind::Quoted, quoted_end(text, at, b'\'', true)),
            '"' => match quoted_end(text, at, b'"', true) {
                Some(end) if text.as_bytes().get(end) == Some(&b'.') => (TokenKind::Word, word_end(text, at)),
                end => (TokenKind::Quoted, end),
            },
            'E' | 'e' if text.as_bytes().get(next) == Some(&b'\'') => {
                (TokenKind::Escaped, escaped_end(text, next))
            }
            letter if is_sign(letter) => {
                let rest = text[at..].find(|letter| !is_sign(letter));
                (TokenKind::Sign, Some(rest.map_or(text.len(), |length| at + length)))
            }
            _ => (TokenKind::Word, word_end(text, at)),
        };
        let (kind, end) = match end {
            Some(end) => (kind, end),
            None => (TokenKind::Unclosed, text.len()),
        };
        tokens.push(Token { kind, at: at..end });
        at = end;
    }
    tokens
}

//! Which web addresses may be opened: foreign files name them, and some look like others.

use std::collections::BTreeSet;

use unicode_script::{Script, UnicodeScript as _};

/// Why an address is not opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Something else than the web.
    #[error("only http and https addresses are opened")]
    Scheme,
    /// Blanks and control characters end or hide a part of it.
    #[error("it holds blanks, control characters or letters that cannot be seen")]
    Unseen,
    /// `https://known.org@other.org` leads to the other one.
    #[error("it names a user before the host, and leads to {host} instead of what it begins with")]
    User {
        /// Where it leads.
        host: String,
    },
    /// A host that has no such name, or none.
    #[error("its host is no name or number of a computer: \"{host}\"")]
    Host {
        /// What stands where the host should.
        host: String,
    },
    /// `раypal.com` with Cyrillic letters looks like another.
    #[error(
        "its host mixes letters of several scripts ({scripts}), so that it may look like another one; write it \
         with xn-- if it is right"
    )]
    Mixed {
        /// Their names.
        scripts: String,
    },
}

/// Scripts that are written together in one language: Japanese, Chinese, Korean, each with Latin letters.
const TOGETHER: [&[&str]; 3] =
    [&["Han", "Hiragana", "Katakana", "Latin"], &["Han", "Bopomofo", "Latin"], &["Han", "Hangul", "Latin"]];

/// Whether an address may be opened and be kept as a source, or why not.
pub fn judge(url: &str) -> Result<(), Refusal> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).ok_or(Refusal::Scheme)?;
    if url.contains(is_unseen) {
        return Err(Refusal::Unseen);
    }
    if authority(rest).contains('@') {
        return Err(Refusal::User { host: host(url) });
    }
    let host = host(url);
    // Of the sixth version of the Internet's protocol, in brackets.
    let is_number = |host: &str| {
        let inner = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
        let is_digit = |letter: char| letter.is_ascii_hexdigit() || matches!(letter, ':' | '.');
        inner.is_some_and(|inner| inner.contains(':') && inner.chars().all(is_digit))
    };
    let port = &authority(rest)[host_length(authority(rest))..];
    let is_port = port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    let is_label = |label: &str| {
        label.starts_with(char::is_alphanumeric)
            && label.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_'))
    };
    // A name may end with the dot of the root.
    let is_name = host.strip_suffix('.').unwrap_or(&host).split('.').all(is_label);
    if !(is_name || is_number(&host)) || !is_port {
        return Err(Refusal::Host { host: authority(rest).to_owned() });
    }
    let scripts = host.chars().map(|letter| letter.script()).filter(|script| is_of_one(*script));
    let scripts: BTreeSet<&str> = scripts.map(|script| script.full_name()).collect();
    if scripts.len() > 1 && !TOGETHER.iter().any(|known| scripts.iter().all(|one| known.contains(one))) {
        return Err(Refusal::Mixed { scripts: scripts.into_iter().collect::<Vec<_>>().join(", ") });
    }
    Ok(())
}

/// An address as it may be shown: what cannot be seen in it is an escape.
pub fn shown(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for letter in url.chars() {
        if is_unseen(letter) { out.extend(letter.escape_unicode()) } else { out.push(letter) }
    }
    out
}

/// Blanks, controls, and letters without a width or that turn the direction.
fn is_unseen(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a script is one of letters, and not of digits and marks that all scripts share.
fn is_of_one(script: Script) -> bool {
    !matches!(script, Script::Common | Script::Inherited)
}

/// What stands before the path. Browsers read a backslash as a slash, other programs do not.
fn authority(rest: &str) -> &str {
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// How many bytes of an authority without a user are the host.
fn host_length(authority: &str) -> usize {
    match authority.strip_prefix('[') {
        Some(_) => authority.find(']').map_or(authority.len(), |end| end + 1),
        None => authority.find(':').unwrap_or(authority.len()),
    }
}

/// The host of an address in lower case, without user and port.
pub fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = authority(rest).rsplit('@').next().unwrap_or_default();
    host[..host_length(host)].to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_looks_like_another_is_refused_and_says_why() {
        for good in [
            "https://github.com/a/b@v1?c=d@e#f:g@h",
            "http://docs.feast.dev.:8443/x",
            "https://[2001:db8::1]:443/x",
            "https://127.0.0.1/x",
            "https://xn--pypal-4ve.com/",
            "https://bücher.de/straße",
            "https://пример.рф/",
            "https://例え.jp/カタカナ",
            "https://a_b.example.net",
        ] {
            assert_eq!(judge(good), Ok(()), "{good}");
        }
        for (bad, part) in [
            ("javascript:alert(1)", "only http and https"),
            ("HTTPS://a.dev", "only http and https"),
            ("file:///etc/passwd", "only http and https"),
            ("https://github.com@evil.example/x", "leads to evil.example"),
            ("https://github.com:443@evil.example:1/x", "leads to evil.example"),
            ("https://@evil.example/x", "leads to evil.example"),
            ("https://github.com\\@evil.example/x", "leads to evil.example"),
            ("https://github.com\\.evil.example/x", "no name or number"),
            ("https://github.com%2f.evil.example/x", "no name or number"),
            ("https://github.com／.evil.example/x", "no name or number"),
            ("https:///x", "no name or number"),
            ("https://", "no name or number"),
            ("https://a..b/x", "no name or number"),
            ("https://a.dev:port/x", "no name or number"),
            ("https://a.dev:99999/x", "no name or number"),
            ("https://[::1/x", "no name or number"),
            ("https://[a.dev]/x", "no name or number"),
            ("https://git\0hub.com/x", "cannot be seen"),
            ("https://git\thub.com/x", "cannot be seen"),
            ("https://git\u{200b}hub.com/x", "cannot be seen"),
            ("https://github.com/\u{202e}gnp.exe", "cannot be seen"),
            ("https://github.com/a b", "cannot be seen"),
            ("https://p\u{430}ypal.com/x", "several scripts (Cyrillic, Latin)"),
            ("https://\u{430}\u{440}\u{440}\u{4cf}\u{435}.com/x", "several scripts (Cyrillic, Latin)"),
            ("https://g\u{3bf}\u{3bf}gle.com/x", "several scripts (Greek, Latin)"),
        ] {
            let said = judge(bad).map_err(|refusal| refusal.to_string());
            assert!(said.as_ref().is_err_and(|said| said.contains(part)), "{bad:?}: {said:?}, not {part}");
        }
    }

    #[test]
    fn what_is_hidden_in_an_address_is_shown() {
        assert_eq!(shown("https://git\u{200b}hub.com/\0é"), "https://git\\u{200b}hub.com/\\u{0}é");
    }

    #[test]
    fn hosts_are_read_without_their_surroundings() {
        for (url, expected) in [
            ("https://Docs.Feast.dev/a?b#c", "docs.feast.dev"),
            ("http://localhost:5000", "localhost"),
            ("https://user:pw@host.org:8443/x", "host.org"),
            ("https://[::1]:80/x", "[::1]"),
        ] {
            assert_eq!(host(url), expected);
        }
    }
}

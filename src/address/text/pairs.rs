//! The part of an address after its question mark: `key=value&…`, percent-encoded, a key may be there again.

use super::AddressError;

fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/:".contains(&byte) {
            out.push(byte as char);
        } else {
            out.push('%');
            for nibble in [byte >> 4, byte & 15] {
                out.push(char::from(b"0123456789ABCDEF"[usize::from(nibble)]));
            }
        }
    }
    out
}

fn decode(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digit = |b: Option<u8>| b.and_then(|b| char::from(b).to_digit(16));
            let (high, low) = (digit(bytes.next())?, digit(bytes.next())?);
            out.push((high * 16 + low) as u8);
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).ok()
}

/// What `yes` and `no` say.
pub(super) fn yes_or_no(word: &str) -> Option<bool> {
    [("yes", true), ("no", false)].iter().find(|(known, _)| *known == word).map(|(_, is)| *is)
}

/// Keys whose values are names inside a foreign store, which may hold any letter. No path and no id holds a NUL; the
/// systems below end their texts with it.
const FOREIGN: [&str; 16] = [
    "experiment",
    "filter",
    "asc",
    "desc",
    "column",
    "hide",
    "width",
    "run",
    "metric",
    "x",
    "group",
    "alone",
    "selected",
    "base",
    "higher",
    "lower",
];

/// Collects `key=value` pairs; empty values are left out.
pub(super) struct Written(pub(super) String);

impl Written {
    pub(super) fn add(&mut self, key: &str, value: &str) {
        self.add_plain(key, &encode(value));
    }

    /// Adds a value of which no letter needs encoding, so that its commas can stay.
    pub(super) fn add_plain(&mut self, key: &str, value: &str) {
        if !value.is_empty() {
            self.0.push(if self.0.contains('?') { '&' } else { '?' });
            self.0.push_str(key);
            self.0.push('=');
            self.0.push_str(value);
        }
    }

    pub(super) fn add_list<T: AsRef<str>>(&mut self, key: &str, values: impl IntoIterator<Item = T>) {
        for value in values {
            self.add(key, value.as_ref());
        }
    }
}

/// The pairs of an address, in their order.
pub(super) struct Pairs<'a> {
    pairs: Vec<(&'a str, String)>,
    address: &'a str,
}

impl<'a> Pairs<'a> {
    /// Reads what follows the question mark of `address`.
    pub(super) fn read(query: &'a str, address: &'a str) -> Result<Self, AddressError> {
        let mut read = Self { pairs: Vec::new(), address };
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let text = decode(value).filter(|text| FOREIGN.contains(&key) || !text.contains('\0'));
            let text = text.ok_or_else(|| read.bad(key, value))?;
            read.pairs.push((key, text));
        }
        Ok(read)
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'a str, &str)> {
        self.pairs.iter().map(|(key, value)| (*key, value.as_str()))
    }

    /// The first value of a key, unless it is empty.
    pub(super) fn one(&self, key: &str) -> Option<&str> {
        self.iter().find(|(k, _)| *k == key).map(|(_, value)| value).filter(|value| !value.is_empty())
    }

    /// All values of a key.
    pub(super) fn all(&self, key: &str) -> Vec<String> {
        self.iter().filter(|(k, _)| *k == key).map(|(_, value)| value.to_owned()).collect()
    }

    /// The value of a key that must be there.
    pub(super) fn needed(&self, key: &'static str) -> Result<&str, AddressError> {
        self.one(key).ok_or_else(|| AddressError::Missing { key, address: self.address.to_owned() })
    }

    /// The first value of a key as what `read` makes of it.
    pub(super) fn as_a<T>(
        &self,
        key: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, AddressError> {
        self.one(key).map(|value| read(value).ok_or_else(|| self.bad(key, value))).transpose()
    }

    /// That a value is not one of its key.
    pub(super) fn bad(&self, key: &str, value: &str) -> AddressError {
        AddressError::Value { key: key.to_owned(), value: value.to_owned(), address: self.address.to_owned() }
    }

    /// Refuses what a view does not take: a misspelt key would be lost without a word.
    pub(super) fn only(&self, known: &[&str]) -> Result<(), AddressError> {
        match self.iter().find(|(key, _)| !known.contains(key)) {
            Some((key, _)) => Err(self.unknown(key, known)),
            None => Ok(()),
        }
    }

    /// That a view does not take a key.
    pub(super) fn unknown(&self, key: &str, known: &[&str]) -> AddressError {
        let known = if known.is_empty() { "nothing at all".to_owned() } else { known.join(", ") };
        AddressError::Key { key: key.to_owned(), known, address: self.address.to_owned() }
    }
}

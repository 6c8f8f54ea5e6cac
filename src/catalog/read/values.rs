//! Single values of a TOML file: each reader gives the value, or a finding and nothing.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::ReadError;
use crate::catalog::check::Finding;
use crate::catalog::link;
use crate::problem::Severity;
use crate::shown::lines;

/// A value with its place in the text.
pub(super) type Value<'i> = Spanned<DeValue<'i>>;

/// Knows where lines begin and gathers the findings of one file.
pub(super) struct Reader<'a> {
    file: &'a str,
    /// The offset of each line's first byte.
    starts: Vec<usize>,
    pub(super) findings: Vec<Finding>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &str, file: &'a str) -> Self {
        let after_newline = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1);
        Self { file, starts: std::iter::once(0).chain(after_newline).collect(), findings: Vec::new() }
    }

    /// The line of an offset, from 1.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    fn find(&mut self, rule: &'static str, severity: Severity, offset: usize, message: String) {
        let (at, line) = (self.file.to_owned(), Some(self.line(offset)));
        self.findings.push(Finding { rule, severity, at, line, message });
    }

    pub(super) fn error(&mut self, rule: &'static str, value: &Value<'_>, message: String) {
        self.find(rule, Severity::Error, value.span().start, message);
    }

    pub(super) fn error_at(&mut self, rule: &'static str, line: usize, message: String) {
        let at = self.file.to_owned();
        self.findings.push(Finding { rule, severity: Severity::Error, at, line: Some(line), message });
    }

    pub(super) fn unknown_key(&mut self, key: &Spanned<DeString<'_>>, of: &str) {
        let message = format!("`{}` is no key of {of}: is it misspelt?", key.get_ref());
        self.find("unknown-key", Severity::Warning, key.span().start, message);
    }

    pub(super) fn missing(&mut self, key: &str, of: &str, value: &Value<'_>) {
        self.error("missing-field", value, format!("{of} needs `{key}`"));
    }

    fn wrong_type(&mut self, key: &str, value: &Value<'_>, wanted: &str) {
        self.error("wrong-type", value, format!("`{key}` must be {wanted}"));
    }

    fn string<'v>(&mut self, key: &str, value: &'v Value<'_>) -> Option<&'v str> {
        let text = if let DeValue::String(text) = value.get_ref() { text.trim() } else { "" };
        if text.is_empty() {
            self.wrong_type(key, value, "a text that is not empty");
            return None;
        }
        Some(text)
    }

    /// A text; letters that cannot be seen, and would steer what shows them, become escapes.
    pub(super) fn text(&mut self, key: &str, value: &Value<'_>) -> Option<String> {
        let text = self.string(key, value)?;
        let shown = lines(text);
        if matches!(shown, Cow::Owned(_)) {
            let message =
                format!("`{key}` holds letters that cannot be seen; they are shown as escapes: {shown}");
            self.find("unseen-letters", Severity::Warning, value.span().start, message);
        }
        Some(shown.into_owned())
    }

    pub(super) fn flag(&mut self, key: &str, value: &Value<'_>) -> Option<bool> {
        if let DeValue::Boolean(flag) = value.get_ref() {
            return Some(*flag);
        }
        self.wrong_type(key, value, "true or false (leave it out if unknown)");
        None
    }

    pub(super) fn number(&mut self, key: &str, value: &Value<'_>, range: RangeInclusive<i64>) -> Option<i64> {
        let number = match value.get_ref() {
            DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix()).ok(),
            _ => None,
        };
        let fits = number.filter(|n| range.contains(n));
        if fits.is_none() {
            self.wrong_type(key, value, &format!("a whole number from {} to {}", range.start(), range.end()));
        }
        fits
    }

    /// A day, bare or quoted.
    pub(super) fn date(&mut self, key: &str, value: &Value<'_>) -> Option<Date> {
        let date = match value.get_ref() {
            DeValue::String(text) => text.parse().ok(),
            DeValue::Datetime(time) => time.to_string().parse().ok(),
            _ => None,
        };
        if date.is_none() {
            self.error(
                "bad-date",
                value,
                format!("`{key}` must be a day that exists, such as \"2026-08-14\""),
            );
        }
        date
    }

    /// An address that may be opened, as [`link::judge`] has it.
    pub(super) fn link(&mut self, key: &str, value: &Value<'_>) -> Option<String> {
        let text = self.string(key, value)?;
        if let Err(refusal) = link::judge(text) {
            let shown = link::shown(text);
            self.error("bad-link", value, format!("`{key}` is no address to be opened, {refusal}: {shown}"));
            return None;
        }
        Some(text.to_owned())
    }

    /// A word from a closed list.
    pub(super) fn word<'w, T>(
        &mut self,
        key: &str,
        value: &Value<'_>,
        from_id: impl Fn(&str) -> Option<T>,
        list: impl Iterator<Item = &'w str>,
    ) -> Option<T> {
        let text = self.string(key, value)?;
        let word = from_id(text);
        if word.is_none() {
            let rule = if key == "stage" { "unknown-stage" } else { "unknown-word" };
            let list = list.collect::<Vec<_>>().join(", ");
            self.error(rule, value, format!("{text:?} is no {key}: use one of {list}"));
        }
        word
    }

    /// The items of a list; a finding and nothing if it is none.
    pub(super) fn items<'v, 'i>(&mut self, key: &str, value: &'v Value<'i>) -> Vec<&'v Value<'i>> {
        if let DeValue::Array(items) = value.get_ref() {
            return items.iter().collect();
        }
        self.wrong_type(key, value, "a list");
        Vec::new()
    }

    pub(super) fn list<T>(
        &mut self,
        key: &str,
        value: &Value<'_>,
        mut item: impl FnMut(&mut Self, &Value<'_>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(key, value, "a list");
            return None;
        };
        Some(items.iter().filter_map(|v| item(self, v)).collect())
    }

    pub(super) fn texts(&mut self, key: &str, value: &Value<'_>) -> Option<Vec<String>> {
        self.list(key, value, |r, v| r.text(key, v))
    }

    pub(super) fn table<'v, 'i>(&mut self, key: &str, value: &'v Value<'i>) -> Option<&'v DeTable<'i>> {
        if let DeValue::Table(table) = value.get_ref() {
            return Some(table);
        }
        self.wrong_type(key, value, "a table");
        None
    }
}

/// Parses TOML; of several errors the first in the text is the one to mend, the others may follow from it.
pub(super) fn parse<'i>(text: &'i str, reader: &Reader<'_>) -> Result<Spanned<DeTable<'i>>, ReadError> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let start = |error: &toml::de::Error| error.span().map_or(0, |span| span.start);
    match errors.iter().min_by_key(|error| start(error)) {
        None => Ok(table),
        Some(error) => Err(ReadError::Syntax {
            message: error.message().trim().replace('\n', ", "),
            file: reader.file.to_owned(),
            line: reader.line(start(error)),
        }),
    }
}

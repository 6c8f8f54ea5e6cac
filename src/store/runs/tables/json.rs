//! Lines of JSON as Python writes them: nested objects become keys with points between (`eval.loss`, as
//! `pandas.json_normalize` names them), and `NaN`, `Infinity` and `-Infinity` are numbers.

use std::borrow::Cow;

use serde_json::{Map, Value};

/// A value of a key.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell<'a> {
    /// A whole number.
    Whole(i64),
    /// Another number.
    Number(f64),
    /// A text; numbers may be written in it.
    Text(Cow<'a, str>),
}

impl Cell<'_> {
    /// As a person would write it.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Whole(whole) => Cow::Owned(whole.to_string()),
            Self::Number(number) => Cow::Owned(crate::rows::number(*number)),
            Self::Text(text) => Cow::Borrowed(text),
        }
    }
}

/// One line as keys and values. Keys without a value (`null`) are left out.
pub(in crate::store::runs) fn object(line: &str) -> Option<Map<String, Value>> {
    if let Ok(object) = serde_json::from_str(line) {
        return Some(object);
    }
    serde_json::from_str(&with_words_quoted(line)?).ok()
}

/// The numbers of Python that JSON does not have, and those that a double cannot hold and Python takes for infinite, in
/// quotes; none where there are none of them.
fn with_words_quoted(line: &str) -> Option<String> {
    let mut out = String::with_capacity(line.len() + 16);
    let (mut rest, mut is_other) = (line, false);
    while let Some(at) = rest.find(|letter: char| matches!(letter, '"' | 'N' | 'I' | '-' | '0'..='9')) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match ["NaN", "Infinity", "-Infinity"].into_iter().find(|word| rest.starts_with(word)) {
            Some(word) => word.len(),
            None if rest.starts_with('"') => {
                let length = string_length(rest)?;
                out.push_str(&rest[..length]);
                rest = &rest[length..];
                continue;
            }
            None => rest
                .find(|letter: char| !matches!(letter, '-' | '+' | '.' | 'e' | 'E' | '0'..='9'))
                .unwrap_or(rest.len())
                .max(1),
        };
        let word = &rest[..length];
        match word.parse::<f64>() {
            Ok(number) if !number.is_finite() => {
                out.extend(["\"", word, "\""]);
                is_other = true;
            }
            _ => out.push_str(word),
        }
        rest = &rest[length..];
    }
    out.push_str(rest);
    is_other.then_some(out)
}

/// How many bytes the string at the beginning of a text has, both quotes included.
fn string_length(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// What became of an object's keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct LeftOut {
    /// Lists, which are no values of a metric.
    pub lists: usize,
    /// Keys that are longer than any name.
    pub long: usize,
}

/// Hands over every key with its value; nested objects become keys with points. The depth is that which `serde_json` lets
/// through.
pub(super) fn flatten<'a>(object: &'a Map<String, Value>, each: &mut impl FnMut(&str, Cell<'a>)) -> LeftOut {
    let mut left_out = LeftOut::default();
    walk(object, &mut String::new(), each, &mut left_out);
    left_out
}

fn walk<'a>(
    object: &'a Map<String, Value>,
    path: &mut String,
    each: &mut impl FnMut(&str, Cell<'a>),
    left_out: &mut LeftOut,
) {
    /// Bytes of a name.
    const LONGEST: usize = 2_000;
    for (key, value) in object {
        let before = path.len();
        if before > 0 {
            path.push('.');
        }
        path.push_str(key);
        let cell = match value {
            Value::Null => None,
            _ if path.len() > LONGEST => {
                left_out.long += 1;
                None
            }
            Value::Object(inner) => {
                walk(inner, path, each, left_out);
                None
            }
            Value::Array(_) => {
                left_out.lists += 1;
                None
            }
            Value::Bool(is_true) => Some(Cell::Text(Cow::Borrowed(if *is_true { "true" } else { "false" }))),
            Value::String(text) => Some(Cell::Text(Cow::Borrowed(text))),
            Value::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(whole), _) => Some(Cell::Whole(whole)),
                (None, number) => number.map(Cell::Number),
            },
        };
        if let Some(cell) = cell {
            each(path, cell);
        }
        path.truncate(before);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(line: &str) -> (Vec<String>, LeftOut) {
        let object = object(line).unwrap();
        let mut found = Vec::new();
        let left_out = flatten(&object, &mut |key, cell| found.push(format!("{key}={}", cell.text())));
        (found, left_out)
    }

    #[test]
    fn keys_are_flat_and_python_numbers_are_numbers() {
        let (found, left_out) = flat(
            r#"{"step": 3, "eval": {"loss": NaN, "x": {"y": -Infinity}}, "a": [1], "b": null, "c": "NaN, \"-", "d": 1e-7}"#,
        );
        assert_eq!(found, ["step=3", "eval.loss=NaN", "eval.x.y=-Infinity", "c=NaN, \"-", "d=1e-7"]);
        assert_eq!(left_out, LeftOut { lists: 1, long: 0 });
        assert_eq!(
            flat(r#"{"a": true, "b": 18446744073709551615, "c": -0.0}"#).0,
            ["a=true", "b=1.8446744073709552e19", "c=-0.0"]
        );
        // Python reads a number that is too large as infinite.
        let (found, _) = flat(r#"{"a": 1e999, "b": -1e999, "c": 12, "d": "1e999, 3"}"#);
        assert_eq!(found, ["a=1e999", "b=-1e999", "c=12", "d=1e999, 3"]);
        assert!(crate::runs::cell::number("1e999").is_some_and(f64::is_infinite));
    }

    #[test]
    fn what_is_no_object_is_none_however_deep_or_long_it_is() {
        for line in ["", "[1]", "3", "{\"a\": NaN", "{\"a\": \"NaN", "{NaN: 1", "{\"a\": Nope}"] {
            assert_eq!(object(line), None, "{line}");
        }
        assert_eq!(object(&"{\"a\":".repeat(100_000)), None);
        let long = format!("{{\"{}\": 1, \"b\": 2}}", "k".repeat(5_000));
        let (found, left_out) = flat(&long);
        assert_eq!((found, left_out.long), (vec!["b=2".to_owned()], 1));
    }
}

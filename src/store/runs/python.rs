//! Values as Python writes them: that is what whoever filled a store typed, and what its own client prints.

use serde_json::Value;

/// What Python's `json` module reads and writes. Numbers are the texts that Python's `str` gives, so that integers of any
/// length are whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Python {
    None,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Self>),
    /// In the order of its keys, each of them once.
    Dict(Vec<(String, Self)>),
}

impl Python {
    /// Of JSON with the words `NaN` and `Infinity`, which Python writes where JSON has no number. None where it is no JSON,
    /// or deeper than 128 levels.
    pub fn parse(json: &[u8]) -> Option<Self> {
        serde_json::from_slice(&marked(json)).ok().and_then(Self::of)
    }

    fn of(value: Value) -> Option<Self> {
        Some(match value {
            Value::Null => Self::None,
            Value::Bool(is) => Self::Bool(is),
            Value::Number(_) => return None,
            Value::String(text) => match text.strip_prefix(NUMBER) {
                Some(token) => Self::Number(number(token)?),
                None => Self::Text(text.strip_prefix(TEXT)?.to_owned()),
            },
            Value::Array(items) => Self::List(items.into_iter().map(Self::of).collect::<Option<_>>()?),
            Value::Object(entries) => {
                // A number is no key.
                let entry = |(key, value): (String, Value)| {
                    Some((key.strip_prefix(TEXT)?.to_owned(), Self::of(value)?))
                };
                Self::Dict(entries.into_iter().map(entry).collect::<Option<_>>()?)
            }
        })
    }

    /// What Python's `str` gives; lists and dictionaries as their JSON.
    pub fn text(&self) -> String {
        match self {
            Self::None => "None".to_owned(),
            Self::Bool(is) => if *is { "True" } else { "False" }.to_owned(),
            Self::Number(text) | Self::Text(text) => text.clone(),
            Self::List(_) | Self::Dict(_) => self.json(),
        }
    }

    /// What stands in it, however deep: each key with what [`Python::text`] gives. `join` makes the key of an entry of the
    /// one that its dictionary has and its own.
    pub fn leaves(
        &self,
        key: String,
        join: &impl Fn(&str, &str) -> String,
        found: &mut Vec<(String, String)>,
    ) {
        match self {
            Self::Dict(entries) if !entries.is_empty() => {
                for (own, value) in entries {
                    value.leaves(join(&key, own), join, found);
                }
            }
            leaf => found.push((key, leaf.text())),
        }
    }

    /// What Python's `json.dumps(…, ensure_ascii=False)` gives.
    fn json(&self) -> String {
        let quoted = |text: &String| Value::from(text.as_str()).to_string();
        match self {
            Self::None => "null".to_owned(),
            Self::Bool(is) => is.to_string(),
            Self::Number(text) => match text.as_str() {
                "nan" => "NaN".to_owned(),
                "inf" => "Infinity".to_owned(),
                "-inf" => "-Infinity".to_owned(),
                finite => finite.to_owned(),
            },
            Self::Text(text) => quoted(text),
            Self::List(items) => format!("[{}]", items.iter().map(Self::json).collect::<Vec<_>>().join(", ")),
            Self::Dict(entries) => {
                let entry = |(key, value): &(String, Self)| format!("{}: {}", quoted(key), value.json());
                format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
            }
        }
    }
}

/// What a number's text is marked with while it is read as a string, and what every other string is.
const NUMBER: char = 'n';
const TEXT: char = 's';

/// The same JSON with every number as a string, marked: JSON's own reader takes no `NaN`, and shortens long integers.
fn marked(json: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(json.len() + json.len() / 4);
    let mut rest = json;
    while let Some((first, after)) = rest.split_first() {
        let length = match first {
            b'"' => {
                let mut is_escaped = false;
                let is_end = |byte: &u8| {
                    let ends = *byte == b'"' && !is_escaped;
                    is_escaped = *byte == b'\\' && !is_escaped;
                    ends
                };
                let inside = after.iter().position(is_end).map_or(after.len(), |end| end + 1);
                out.extend([b'"', TEXT as u8]);
                out.extend(&after[..inside]);
                inside + 1
            }
            b'-' | b'0'..=b'9' | b'N' | b'I' => {
                let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
                let length = rest.iter().position(|byte| !is_part(byte)).unwrap_or(rest.len());
                out.extend([b'"', NUMBER as u8]);
                out.extend(&rest[..length]);
                out.push(b'"');
                length
            }
            other => {
                out.push(*other);
                1
            }
        };
        rest = &rest[length..];
    }
    out
}

/// A number of JSON as Python prints it: an integer as it stands, everything else as a double.
fn number(token: &str) -> Option<String> {
    let digits = token.strip_prefix('-').unwrap_or(token);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(token.to_owned());
    }
    token.parse().ok().map(float)
}

/// A double as Python's `repr` writes it: the shortest digits that give it back, with an exponent of at least two digits
/// where that is below -4 or above 15, and never like an integer.
pub(super) fn float(value: f64) -> String {
    if value.is_nan() {
        return "nan".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "inf" } else { "-inf" }.to_owned();
    }
    let scientific = format!("{value:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if (-4..16).contains(&exponent) {
        return format!("{value:?}");
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.abs())
}

/// A double as Python's `str(int(…))` writes it; none where it is no finite number.
pub(super) fn integer(value: f64) -> Option<String> {
    // The sign of a zero is none of an integer's.
    value.is_finite().then(|| format!("{:.0}", value.trunc() + 0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts are those that Python 3.11 prints.
    #[test]
    fn doubles_are_written_as_python_writes_them() {
        let known = [
            (1e-5, "1e-05"),
            (0.0001, "0.0001"),
            (1.5e-5, "1.5e-05"),
            (0.3, "0.3"),
            (1e16, "1e+16"),
            (1e15, "1000000000000000.0"),
            (9_999_999_999_999_998.0, "9999999999999998.0"),
            (123_456_789_012_345_680.0, "1.2345678901234568e+17"),
            (5e-324, "5e-324"),
            (f64::MAX, "1.7976931348623157e+308"),
            (-2.5, "-2.5"),
            (100.0, "100.0"),
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (f64::NAN, "nan"),
            (f64::NEG_INFINITY, "-inf"),
        ];
        for (value, text) in known {
            assert_eq!(float(value), text);
        }
        let integers = [(7.0, "7"), (-3.0, "-3"), (-0.0, "0"), (1e23, "99999999999999991611392")];
        for (value, text) in integers {
            assert_eq!(integer(value).as_deref(), Some(text));
        }
        assert_eq!(integer(f64::INFINITY), None);
    }

    /// The texts are what Python 3.11 gives for `str(json.loads(…))`, or for `json.dumps` of a list or a dictionary.
    #[test]
    fn json_is_read_as_python_reads_it() {
        let known = [
            ("null", "None"),
            ("true", "True"),
            ("\"n1\"", "n1"),
            (r#""say \"hi\" \\""#, "say \"hi\" \\"),
            (r#""\u0000\u00fc""#, "\0ü"),
            ("1e-5", "1e-05"),
            ("-0.0", "-0.0"),
            ("1e400", "inf"),
            ("NaN", "nan"),
            ("1000000000000000000000000000000", "1000000000000000000000000000000"),
            (r#"[1,"a",NaN,-Infinity,{"b":null,"b":2.50}]"#, r#"[1, "a", NaN, -Infinity, {"b": 2.5}]"#),
        ];
        for (json, text) in known {
            assert_eq!(Python::parse(json.as_bytes()).map(|value| value.text()).as_deref(), Some(text));
        }
        for wrong in ["", "[1", "\"a", "-", "1-2", "nan", "{1: 2}", "\u{1}"] {
            assert_eq!(Python::parse(wrong.as_bytes()), None, "{wrong}");
        }
        assert_eq!(Python::parse("[".repeat(100_000).as_bytes()), None);
    }
}

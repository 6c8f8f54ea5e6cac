//! Reads a JSON text as a value and tells which keys stand in one object twice: all but the last value of such a key
//! are lost, which JSON allows and people do not mean.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::locate::end_of_string;

/// More than these nobody reads.
const MOST: usize = 1_000;

/// A key that an object holds more than once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Repeated {
    /// The key.
    pub key: String,
    /// The top-level key in whose value it stands; none when it is one itself.
    pub top: Option<String>,
    /// Which element of that value, from 0; for an object the entry with the repeated key.
    pub element: usize,
}

/// Reads a whole text, nested at most 128 levels deep.
pub(super) fn parse(text: &str) -> serde_json::Result<(Value, Vec<Repeated>)> {
    let mut walk = Walk { at: Vec::new(), found: Vec::new() };
    let mut text = serde_json::Deserializer::from_str(text);
    let value = walk.deserialize(&mut text)?;
    text.end()?;
    Ok((value, walk.found))
}

/// The lines, from 1, of numbers with more digits than are kept of a number.
pub(super) fn long_numbers(text: &str) -> Vec<usize> {
    let (mut found, mut line, mut at) = (Vec::new(), 1, 0);
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\n' => line += 1,
            b'"' => at = end_of_string(bytes, at),
            b'0'..=b'9' | b'-' => {
                let is_part = |byte: &u8| byte.is_ascii_digit() || b"+-.eE".contains(byte);
                let length = bytes.iter().skip(at).take_while(|byte| is_part(byte)).count();
                if text.get(at..at + length).is_some_and(is_long) && found.len() < MOST {
                    found.push(line);
                }
                at += length - 1;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Whether a number holds more than a double or a 64-bit integer keeps of it.
fn is_long(number: &str) -> bool {
    /// Digits that a double always keeps.
    const KEPT: usize = 15;
    if number.parse::<i64>().is_ok() || number.parse::<u64>().is_ok() {
        return false;
    }
    let (mantissa, _) = number.split_once(['e', 'E']).unwrap_or((number, ""));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_matches('0');
    if digits.len() <= KEPT {
        return false;
    }
    // What was printed of a double says exactly that one, however many digits it has.
    number.parse::<f64>().is_ok_and(|value| {
        let printed: String = format!("{value:e}").chars().take_while(|c| *c != 'e').collect();
        let printed: String = printed.chars().filter(char::is_ascii_digit).collect();
        printed.trim_matches('0') != digits
    })
}

/// Where the reading is, from the outside in.
enum Step {
    Key(String),
    Element(usize),
}

struct Walk {
    at: Vec<Step>,
    found: Vec<Repeated>,
}

impl Walk {
    fn note(&mut self, key: String, entry: usize) {
        if self.found.len() >= MOST {
            return;
        }
        let top = self.at.iter().find_map(|step| match step {
            Step::Key(key) => Some(key.clone()),
            Step::Element(_) => None,
        });
        let element = match self.at.get(1) {
            Some(Step::Element(index)) => *index,
            Some(Step::Key(_)) | None => entry,
        };
        self.found.push(Repeated { key, top, element });
    }
}

impl<'de> DeserializeSeed<'de> for &mut Walk {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Walk {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        loop {
            self.at.push(Step::Element(list.len()));
            let item = items.next_element_seed(&mut *self);
            self.at.pop();
            match item? {
                Some(item) => list.push(item),
                None => return Ok(Value::Array(list)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        let mut told: BTreeSet<String> = BTreeSet::new();
        let mut entry = 0;
        while let Some(key) = entries.next_key::<String>()? {
            self.at.push(Step::Key(key.clone()));
            let value = entries.next_value_seed(&mut *self);
            self.at.pop();
            // It moves to where it stands last, so that the order is that of the places in the text.
            if map.shift_remove(&key).is_some() && told.insert(key.clone()) {
                self.note(key.clone(), entry);
            }
            map.insert(key, value?);
            entry += 1;
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_stand_twice_are_told_with_their_place() {
        let text = r#"{"id":"a","nodes":[{"id":"x"},{"id":"y","label":"one","label":"two","props":{"p":1,"p":2}}],
            "layout":{"x":[1,2],"y":[3,4],"x":[5,6]},"id":"b"}"#;
        let (value, found) = parse(text).unwrap();
        let told: Vec<_> = found.iter().map(|it| (it.key.as_str(), it.top.as_deref(), it.element)).collect();
        assert_eq!(
            told,
            [("label", Some("nodes"), 1), ("p", Some("nodes"), 1), ("x", Some("layout"), 2), ("id", None, 3),]
        );
        assert_eq!(value["id"], "b");
        assert_eq!(value["layout"]["x"][0], 5);
        assert_eq!(value["nodes"][1]["label"], "two");
    }

    #[test]
    fn numbers_that_would_lose_digits_are_found() {
        let text = "{\"a\":18446744073709551617,\n\"b\":[0.1,1e300,-3,18446744073709551615,0.30000000000000004],\n\
                    \"c\":\"12345678901234567890123\",\"d\":0.1234567890123456789012}";
        assert_eq!(long_numbers(text), [1, 3]);
        assert_eq!(long_numbers("[9007199254740993.0]"), [1], "a double ends in 992");
    }

    #[test]
    fn everything_else_is_read_as_ever() {
        for text in [
            r#"{"a":[1,-2,3.5,1e300,true,null,"x\u00e9",{}],"b":{"c":18446744073709551615}}"#,
            "[[[]]]",
            "\"only a text\"",
        ] {
            let (value, found) = parse(text).unwrap();
            assert_eq!(value, serde_json::from_str::<Value>(text).unwrap());
            assert_eq!(found, []);
        }
        for text in ["", "{", "[1,]", "{} {}", "{\"a\":1e999}", &"[".repeat(200)] {
            let here = parse(text).unwrap_err().to_string();
            assert_eq!(here, serde_json::from_str::<Value>(text).unwrap_err().to_string());
        }
    }
}

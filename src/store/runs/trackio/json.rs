//! What one call logged: a JSON object, read once without keeping what nobody asked for.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// What was logged under a key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Logged {
    /// A number; JSON has no words for NaN and the infinities, so Trackio writes them as texts.
    Number(f64),
    /// Anything else: a text, a truth value, a list, one of Trackio's own objects.
    Other,
}

/// Tells what was logged under each key, in their order; an error where it is no JSON object.
pub(super) fn each(json: &[u8], take: impl FnMut(&str, Logged)) -> serde_json::Result<()> {
    let mut reader = serde_json::Deserializer::from_slice(json);
    (&mut reader).deserialize_map(Entries(take))?;
    reader.end()
}

struct Entries<F>(F);

impl<'de, F: FnMut(&str, Logged)> Visitor<'de> for Entries<F> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut entries: A) -> Result<(), A::Error> {
        while let Some((Text(key), value)) = entries.next_entry()? {
            // These two say when something was logged, and Trackio puts its own columns in their place.
            if key != "timestamp" && key != "step" {
                (self.0)(&key, value);
            }
        }
        Ok(())
    }
}

/// A text that is copied only where it holds escapes.
struct Text<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Own;
        impl<'de> Visitor<'de> for Own {
            type Value = Text<'de>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a text")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }
        from.deserialize_str(Own)
    }
}

impl<'de> Deserialize<'de> for Logged {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Value)
    }
}

struct Value;

impl<'de> Visitor<'de> for Value {
    type Value = Logged;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a value")
    }

    fn visit_f64<E>(self, value: f64) -> Result<Logged, E> {
        Ok(Logged::Number(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Logged, E> {
        Ok(Logged::Number(value as f64))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Logged, E> {
        Ok(Logged::Number(value as f64))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Logged, E> {
        Ok(Logged::Other)
    }

    fn visit_unit<E>(self) -> Result<Logged, E> {
        Ok(Logged::Other)
    }

    fn visit_str<E>(self, text: &str) -> Result<Logged, E> {
        Ok(match text {
            "NaN" => Logged::Number(f64::NAN),
            "Infinity" => Logged::Number(f64::INFINITY),
            "-Infinity" => Logged::Number(f64::NEG_INFINITY),
            _ => Logged::Other,
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Logged, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Logged::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Logged, A::Error> {
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Logged::Other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(json: &str) -> Option<Vec<(String, String)>> {
        let mut found = Vec::new();
        each(json.as_bytes(), |key, value| found.push((key.to_owned(), format!("{value:?}")))).ok()?;
        Some(found)
    }

    #[test]
    fn each_key_is_told_with_what_it_is() {
        let json = r#"{"a\"b":1e-05,"step":3,"i":12,"nan":"NaN","inf":"-Infinity","s":"x","t":true,"n":null,
            "img":{"_type":"trackio.image","file_path":"p"},"l":[1,{"a":[]}],"e":[],"timestamp":"now"}"#;
        let known = [
            ("a\"b", "Number(1e-5)"),
            ("i", "Number(12.0)"),
            ("nan", "Number(NaN)"),
            ("inf", "Number(-inf)"),
            ("s", "Other"),
            ("t", "Other"),
            ("n", "Other"),
            ("img", "Other"),
            ("l", "Other"),
            ("e", "Other"),
        ];
        let known = known.map(|(key, value)| (key.to_owned(), value.to_owned()));
        assert_eq!(all(json).as_deref(), Some(known.as_slice()));
        for wrong in ["", "[]", "{", "{\"a\":1} {}", "3", "{\"a\":NaN}"] {
            assert_eq!(all(wrong), None, "{wrong}");
        }
        assert_eq!(all(&format!("{{\"a\":{}", "[".repeat(100_000))), None);
    }
}

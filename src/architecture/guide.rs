//! What a drawing is good for and when not to take it: the key `guide` of a file.

use serde_json::{Map, Value, json};

use super::read::Reader;

/// Helps to choose among drawings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guide {
    /// What it is for, in a sentence or two.
    pub purpose: String,
    /// When to take it, a sentence each.
    pub use_when: Vec<String>,
    /// When not to, a sentence each.
    pub avoid_when: Vec<String>,
    /// Keys of the file that this version does not know.
    pub extra: Map<String, Value>,
}

impl Guide {
    pub(super) fn read(reader: &mut Reader, map: Map<String, Value>) -> Self {
        let mut guide = Self::default();
        for (key, value) in map {
            match key.as_str() {
                "purpose" => guide.purpose = reader.text("purpose", value),
                "use_when" => guide.use_when = reader.texts("use_when", value),
                "avoid_when" => guide.avoid_when = reader.texts("avoid_when", value),
                _ => {
                    guide.extra.insert(key, value);
                }
            }
        }
        guide
    }

    pub(super) fn write(&self) -> Value {
        let mut map = Map::new();
        map.insert("purpose".to_owned(), json!(self.purpose));
        map.insert("use_when".to_owned(), json!(self.use_when));
        map.insert("avoid_when".to_owned(), json!(self.avoid_when));
        map.extend(self.extra.iter().map(|(key, value)| (key.clone(), value.clone())));
        Value::Object(map)
    }
}

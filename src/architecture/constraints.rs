//! What an organisation allows in a drawing: the key `constraints` of a file, and the check of it.

mod check;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::read::Reader;
use crate::catalog::LicenseClass;

pub use check::{Breach, Constraint, Standing, ToolBreach, check};

/// What the tools of a drawing have to be; what is empty or absent does not constrain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Constraints {
    /// Licence classes that are allowed, in the catalog's words: `osi`, `open-core`, `source-available`.
    pub licenses: Vec<String>,
    /// Whether every tool has to work without a network.
    pub air_gapped: bool,
    /// Whether no tool may need Kubernetes.
    pub without_kubernetes: bool,
    /// A tool has to be written in, or be for, one of these programming languages; case does not matter.
    pub languages: Vec<String>,
    /// A tool has to be hosted by one of these foundations; case does not matter.
    pub foundations: Vec<String>,
    /// How many different tools there may be.
    pub most_tools: Option<u32>,
    /// Keys of the file that this version does not know.
    pub extra: Map<String, Value>,
}

impl Constraints {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn read(reader: &mut Reader, map: Map<String, Value>) -> Self {
        let mut read = Self::default();
        for (index, (key, value)) in map.into_iter().enumerate() {
            reader.stand_at("constraints", index);
            match key.as_str() {
                "licenses" => {
                    read.licenses = reader.texts("licenses", value);
                    for class in read.licenses.iter().filter(|class| LicenseClass::from_id(class).is_none()) {
                        reader.warn(format!(
                            "`constraints` allow the licence class `{class}`, which this version does not know"
                        ));
                    }
                }
                "air_gapped" => read.air_gapped = reader.answer("air_gapped", &value),
                "without_kubernetes" => read.without_kubernetes = reader.answer("without_kubernetes", &value),
                "languages" => read.languages = reader.texts("languages", value),
                "foundations" => read.foundations = reader.texts("foundations", value),
                "most_tools" => {
                    read.most_tools = value.as_u64().and_then(|number| u32::try_from(number).ok());
                    if read.most_tools.is_none() {
                        reader.lost(
                            "`most_tools` must be a whole number of 0 or more; it was left out".to_owned(),
                        );
                    }
                }
                _ => {
                    reader.warn(format!(
                        "`constraints` have `{key}`, which this version does not know and does not check"
                    ));
                    read.extra.insert(key, value);
                }
            }
        }
        read
    }

    pub(super) fn write(&self) -> Value {
        let mut map = Map::new();
        let lists = [
            ("licenses", &self.licenses),
            ("languages", &self.languages),
            ("foundations", &self.foundations),
        ];
        for (key, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            map.insert(key.to_owned(), json!(list));
        }
        let flags = [("air_gapped", self.air_gapped), ("without_kubernetes", self.without_kubernetes)];
        for (key, _) in flags.into_iter().filter(|(_, is_set)| *is_set) {
            map.insert(key.to_owned(), json!(true));
        }
        if let Some(most) = self.most_tools {
            map.insert("most_tools".to_owned(), json!(most));
        }
        map.extend(self.extra.iter().map(|(key, value)| (key.clone(), value.clone())));
        Value::Object(map)
    }
}

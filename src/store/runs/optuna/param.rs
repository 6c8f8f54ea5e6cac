//! Parameters: stored as a double, which only their distribution tells how to read.

use std::collections::HashMap;

use crate::store::runs::python::{Python, float, integer};

/// How a parameter's double is read.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Distribution {
    Float,
    Integer,
    /// The place of one of these.
    Choices(Vec<String>),
}

impl Distribution {
    /// Of its JSON, in any version's words: a class with its attributes, or a type with them beside it.
    fn parse(json: &[u8]) -> Option<Self> {
        let Python::Dict(entries) = Python::parse(json)? else { return None };
        let find = |entries: &[(String, Python)], wanted: &str| {
            entries.iter().find(|(key, _)| key == wanted).map(|(_, value)| value.clone())
        };
        let choices = |holder: &[(String, Python)]| match find(holder, "choices")? {
            Python::List(choices) => Some(Self::Choices(choices.iter().map(Python::text).collect())),
            _ => None,
        };
        if let Some(Python::Text(class)) = find(&entries, "name") {
            return match class.as_str() {
                "CategoricalDistribution" => match find(&entries, "attributes")? {
                    Python::Dict(attributes) => choices(&attributes),
                    _ => None,
                },
                "IntDistribution" | "IntUniformDistribution" | "IntLogUniformDistribution" => {
                    Some(Self::Integer)
                }
                "FloatDistribution"
                | "UniformDistribution"
                | "LogUniformDistribution"
                | "DiscreteUniformDistribution" => Some(Self::Float),
                _ => None,
            };
        }
        match find(&entries, "type")? {
            Python::Text(kind) if kind == "categorical" => choices(&entries),
            Python::Text(kind) if kind == "int" => Some(Self::Integer),
            Python::Text(kind) if kind == "float" => Some(Self::Float),
            _ => None,
        }
    }

    /// The value as Optuna's client prints it; none where there is no such choice.
    fn text(&self, value: f64) -> Option<String> {
        match self {
            Self::Float => Some(float(value)),
            Self::Integer => integer(value),
            // Python counts from the end where a place is negative, which no client writes.
            Self::Choices(choices) if value > -1.0 => choices.get(value as usize).cloned(),
            Self::Choices(_) => None,
        }
    }
}

/// Distributions by their JSON: all trials of a study have the same.
#[derive(Debug, Default)]
pub(super) struct Distributions {
    known: HashMap<Vec<u8>, Option<Distribution>>,
}

impl Distributions {
    /// What a parameter's double stands for; none where its distribution does not tell.
    pub fn text(&mut self, json: &[u8], value: f64) -> Option<String> {
        /// No study has so many; in a hostile store all could differ.
        const MOST: usize = 10_000;
        if let Some(known) = self.known.get(json) {
            return known.as_ref()?.text(value);
        }
        let distribution = Distribution::parse(json);
        let text = distribution.as_ref().and_then(|distribution| distribution.text(value));
        if self.known.len() < MOST {
            self.known.insert(json.to_vec(), distribution);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_to_write_a_distribution_are_read_and_no_other() {
        let mut known = Distributions::default();
        let mut text = |json: &str, value: f64| known.text(json.as_bytes(), value);
        let choices = r#"{"name": "CategoricalDistribution", "attributes": {"choices": ["a", null, 1e-05, [1, true]]}}"#;
        let texts: Vec<_> = (0..5).map(|at| text(choices, f64::from(at))).collect();
        assert_eq!(
            texts,
            [Some("a"), Some("None"), Some("1e-05"), Some("[1, true]"), None].map(|t| t.map(str::to_owned))
        );
        assert_eq!(text(choices, -1.0), None);
        assert_eq!(text(choices, f64::NAN), None);
        assert_eq!(text(r#"{"type": "categorical", "choices": [true]}"#, 0.0).as_deref(), Some("True"));
        assert_eq!(text(r#"{"type": "int", "low": 1, "high": 9}"#, 7.0).as_deref(), Some("7"));
        assert_eq!(text(r#"{"type": "float", "low": 1, "high": 9}"#, 7.0).as_deref(), Some("7.0"));
        for wrong in
            ["", "{}", "[]", r#"{"name": "NoDistribution"}"#, r#"{"name": "CategoricalDistribution"}"#]
        {
            assert_eq!(text(wrong, 0.0), None, "{wrong}");
        }
    }
}

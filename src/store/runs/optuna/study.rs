//! What the objectives of a study are called.

use std::collections::BTreeSet;

use super::INTERMEDIATE;
use crate::store::runs::python::Python;

/// The objectives of a study.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Objectives {
    /// How many the study says that it has.
    pub count: usize,
    /// The study's own names, of which one is each objective's.
    names: Option<Vec<String>>,
}

impl Objectives {
    /// Takes the study's attribute with their names. Names that do not tell them apart, or from what is reported
    /// meanwhile, are not used.
    pub fn named(self, json: &[u8]) -> Self {
        let text = |name| if let Python::Text(name) = name { Some(name) } else { None };
        let names: Option<Vec<String>> = match Python::parse(json) {
            Some(Python::List(names)) => names.into_iter().map(text).collect(),
            _ => None,
        };
        let is_clear = |names: &Vec<String>| {
            names.iter().collect::<BTreeSet<_>>().len() == names.len()
                && !names.iter().any(|name| name == INTERMEDIATE)
        };
        Self { names: names.filter(is_clear), ..self }
    }

    /// The name of one; none for what is no place of an objective.
    pub fn name(&self, objective: i64) -> Option<String> {
        let at = usize::try_from(objective).ok()?;
        match &self.names {
            Some(names) if names.len() == self.count => names.get(at).cloned(),
            _ if self.count <= 1 && at == 0 => Some("value".to_owned()),
            _ => Some(format!("values_{at}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objectives_have_the_studys_own_names_where_these_tell_them_apart() {
        let of = |count, names: &str| {
            let objectives = Objectives { count, names: None }.named(names.as_bytes());
            [0, 1, -1].map(|at| objectives.name(at))
        };
        let all = |first: &str, second: &str| [Some(first.to_owned()), Some(second.to_owned()), None];
        assert_eq!(of(2, r#"["loss", "acc"]"#), all("loss", "acc"));
        for unclear in
            [r#"["a", "a"]"#, r#"["a"]"#, r#"["intermediate_value", "b"]"#, "[1, 2]", "[", "null", "{}"]
        {
            assert_eq!(of(2, unclear), all("values_0", "values_1"), "{unclear}");
        }
        assert_eq!(of(1, "null"), all("value", "values_1"));
        assert_eq!(of(1, r#"["loss"]"#)[0].as_deref(), Some("loss"));
    }
}

//! The form of a query in addresses: `text=drift`, `stage=monitor`, and `-k8s=yes` for what is excluded.

use super::{Facet, Query, Value, Wish};

/// A value that its facet does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAValue;

impl Query {
    /// The key and value of each part, the text first, then facet by facet.
    pub fn pairs(&self) -> impl Iterator<Item = (String, &str)> {
        let text = (!self.text.is_empty()).then(|| (TEXT.to_owned(), self.text.as_str()));
        let chosen = self.chosen.iter().map(|(value, wish)| {
            let sign = if *wish == Wish::Excluded { "-" } else { "" };
            (format!("{sign}{}", value.facet().key()), value.word())
        });
        text.into_iter().chain(chosen)
    }

    /// Takes one pair of an address in; false if the key belongs to nobody here. The words of a text are taken as
    /// they stand: no word of it is a filter.
    pub fn take_pair(&mut self, key: &str, value: &str) -> Result<bool, NotAValue> {
        if key == TEXT {
            value.clone_into(&mut self.text);
            return Ok(true);
        }
        let (wish, key) = key.strip_prefix('-').map_or((Wish::Wanted, key), |key| (Wish::Excluded, key));
        let Some(facet) = Facet::from_key(key) else { return Ok(false) };
        // An empty value of a text facet always was no restriction.
        if value.is_empty() && facet.is_open() {
            return Ok(true);
        }
        self.chosen.insert(Value::from_word(facet, value).ok_or(NotAValue)?, wish);
        Ok(true)
    }
}

const TEXT: &str = "text";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::query::Known;
    use crate::catalog::{LicenseClass, Stage};

    fn read(pairs: &[(&str, &str)]) -> Result<Query, NotAValue> {
        let mut query = Query::default();
        for (key, value) in pairs {
            assert!(query.take_pair(key, value)?, "{key}");
        }
        Ok(query)
    }

    #[test]
    fn pairs_are_read_back_in_one_order() {
        let query = read(&[
            ("-k8s", "yes"),
            ("language", "C++"),
            ("foundation", "LF AI & Data"),
            ("-licence", "unknown"),
            ("stage", "serve"),
            ("stage", "monitor"),
            ("text", "drift stage:x"),
        ])
        .unwrap();
        let pairs: Vec<(String, &str)> = query.pairs().collect();
        let written: Vec<(&str, &str)> = pairs.iter().map(|(key, value)| (key.as_str(), *value)).collect();
        assert_eq!(
            written,
            [
                ("text", "drift stage:x"),
                ("stage", "serve"),
                ("stage", "monitor"),
                ("-licence", "unknown"),
                ("foundation", "LF AI & Data"),
                ("language", "C++"),
                ("-k8s", "yes"),
            ]
        );
        assert_eq!(read(&written), Ok(query));
    }

    #[test]
    fn both_spellings_of_a_licence_are_read_and_strangers_are_told() {
        let query = read(&[("license", "osi"), ("kubernetes", "unknown"), ("foundation", "")]).unwrap();
        assert_eq!(
            query,
            Query::wanting([Value::License(LicenseClass::Osi), Value::Kubernetes(Known::Unknown)])
        );
        assert_eq!(read(&[("stage", "monitr")]), Err(NotAValue));
        assert_eq!(read(&[("stage", "")]), Err(NotAValue));
        assert_eq!(Query::default().take_pair("colour", "red"), Ok(false));
        assert_eq!(read(&[("stage", "train")]), Ok(Query::wanting([Value::Stage(Stage::Train)])));
    }
}

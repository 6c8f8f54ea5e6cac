//! The kinds of documents: what files of each are called and how their texts say what they are.

use std::path::Path;

/// A kind of document. What says nothing of its kind is a drawing: these came first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DocumentKind {
    /// An architecture.
    #[default]
    Drawing,
}

impl DocumentKind {
    /// All kinds.
    pub const ALL: [Self; 1] = [Self::Drawing];

    /// What a person calls one: `drawing`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Drawing => "drawing",
        }
    }

    /// What the kind of file is called in a dialog.
    pub fn file_kind(self) -> &'static str {
        match self {
            Self::Drawing => "Architecture",
        }
    }

    /// How the names of its files end, in lower case and with the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Drawing => ".architecture.json",
        }
    }

    /// What its texts say under `format`, without the version behind the `@`.
    pub fn format(self) -> &'static str {
        match self {
            Self::Drawing => "mlops-atlas/architecture",
        }
    }

    /// The kind that a file's name promises; none when it looks like no document at all.
    pub fn of_file(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_string_lossy().to_lowercase();
        let by_ending = Self::ALL.into_iter().find(|kind| name.ends_with(kind.ending()));
        // Whoever calls a drawing just `ours.json` shall not be told that it is no run store.
        let is_json = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("json"));
        by_ending.or_else(|| is_json.then(Self::default))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_what_to_expect_of_a_file() {
        for (name, kind) in [
            ("a/ours.architecture.json", Some(DocumentKind::Drawing)),
            ("OURS.ARCHITECTURE.JSON", Some(DocumentKind::Drawing)),
            ("ours.json", Some(DocumentKind::Drawing)),
            ("mlflow.db", None),
            ("architecture.json/mlruns", None),
            ("/", None),
        ] {
            assert_eq!(DocumentKind::of_file(Path::new(name)), kind, "{name}");
        }
    }
}

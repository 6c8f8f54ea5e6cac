//! Addresses within a folder: paths are written relative to it, so that they lead there on every machine.
//!
//! Inside the program paths stay absolute; this is for where a text is made or read.

use std::path::{Component, Path, PathBuf};

use super::{Location, Origin};

impl Location {
    /// The same place with its path written from `folder` on, if it lies in there.
    #[must_use]
    pub fn relative_to(&self, folder: &Path) -> Self {
        let mut location = self.clone();
        for path in location.paths_mut() {
            if let Some(short) = short(path, folder) {
                *path = short;
            }
        }
        location
    }

    /// The same place with a path that is not absolute taken to start at `folder`.
    #[must_use]
    pub fn resolved_in(mut self, folder: &Path) -> Self {
        for path in self.paths_mut().filter(|path| path.is_relative()) {
            // A leading `.` is only there so that the text is a path.
            let parts = path.components().filter(|part| *part != Component::CurDir);
            *path = parts.fold(folder.to_owned(), |whole, part| whole.join(part));
        }
        self
    }

    /// The store of runs that a text in the file of `document` names: `demo:`, or a path, which starts at the folder of that
    /// file unless it is absolute. None where the text names something else, and where the document has no file yet.
    pub fn store_beside(text: &str, document: &Origin) -> Option<Self> {
        match Origin::parse(text) {
            Origin::Demo => Some(Self::store(Origin::Demo)),
            Origin::Path(path) if path.is_absolute() => Some(Self::store(Origin::Path(path))),
            path @ Origin::Path(_) if !text.trim().is_empty() => match document {
                Origin::Path(file) => {
                    let mut store = Self::store(path).resolved_in(file.parent()?);
                    store.paths_mut().for_each(|path| *path = without_detours(path));
                    Some(store)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// The paths that it names.
    fn paths_mut(&mut self) -> impl Iterator<Item = &mut PathBuf> {
        let origins = match self {
            Self::Drawing(drawing) => [Some(&mut drawing.origin), drawing.against.as_mut()],
            Self::Store(store) => [Some(&mut store.origin), None],
            _ => [None, None],
        };
        origins.into_iter().flatten().filter_map(|origin| match origin {
            Origin::Path(path) => Some(path),
            _ => None,
        })
    }
}

/// The path without `..`, as it is written: a store has one name, however many boxes lead there.
fn without_detours(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        let goes_up = part == Component::ParentDir
            && matches!(out.components().next_back(), Some(Component::Normal(_)));
        if goes_up {
            out.pop();
        } else {
            out.push(part);
        }
    }
    out
}

/// What is left of `path` behind `folder`, in a form that is read as a path; none where it lies elsewhere.
fn short(path: &Path, folder: &Path) -> Option<PathBuf> {
    let mut parts = Vec::new();
    for part in path.strip_prefix(folder).ok()?.components() {
        let Component::Normal(name) = part else { return None };
        // What is no text would not be the same when it is read.
        parts.push(name.to_str()?);
    }
    // The same on every system.
    let text = if parts.is_empty() { ".".to_owned() } else { parts.join("/") };
    let is_path = matches!(Origin::parse(&text), Origin::Path(_));
    Some(PathBuf::from(if is_path { text } else { format!("./{text}") }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::address::DocumentKind;

    const FOLDER: &str = "/srv/ada/team folder";

    fn everywhere(path: &Path) -> impl Iterator<Item = Location> {
        let of_kinds = DocumentKind::ALL.map(|kind| Location::of_document(kind, Origin::Path(path.into())));
        of_kinds.into_iter().chain([Location::store(Origin::Path(path.into()))])
    }

    fn there_and_back(location: &Location) -> (String, Location) {
        let text = location.relative_to(Path::new(FOLDER)).to_string();
        let read: Location = text.parse().unwrap();
        (text, read.resolved_in(Path::new(FOLDER)))
    }

    #[test]
    fn what_lies_inside_is_written_short_and_what_does_not_whole() {
        for (path, written) in [
            ("/srv/ada/team folder/drawings/a.architecture.json", "drawings/a.architecture.json"),
            ("/srv/ada/team folder/a b/50%&c=d#e?.json", "a%20b/50%25%26c%3Dd%23e%3F.json"),
            ("/srv/ada/team folder", "."),
            ("/srv/ada/team folder/demo:", "./demo:"),
            ("/srv/ada/team folder/template:x/y", "./template:x/y"),
            ("/srv/ada/team folder/https:/a", "https:/a"),
            ("/srv/ada/team folder/untitled:3", "./untitled:3"),
            ("/srv/ada/team folders/a", "/srv/ada/team%20folders/a"),
            ("/srv/ada/team folder/../secret", "/srv/ada/team%20folder/../secret"),
            ("/srv/mlflow.db", "/srv/mlflow.db"),
        ] {
            for location in everywhere(Path::new(path)) {
                let (text, back) = there_and_back(&location);
                let key = if matches!(location, Location::Store(_)) { "source" } else { "file" };
                assert!(text.ends_with(&format!("?{key}={written}")), "{path}: {text}");
                assert_eq!(back, location, "{text}");
            }
        }
    }

    #[test]
    fn what_a_drawing_is_held_against_is_written_short_as_well() {
        let text = "atlas:studio/drawing?file=a.json&panel=compare&against=b/c.json";
        let location = text.parse::<Location>().unwrap().resolved_in(Path::new(FOLDER));
        let Location::Drawing(drawing) = &location else { panic!("{location}") };
        assert_eq!(drawing.against, Some(Origin::Path(Path::new(FOLDER).join("b/c.json"))));
        assert_eq!(location.relative_to(Path::new(FOLDER)).to_string(), text);
    }

    #[test]
    fn what_names_no_path_stays_as_it_is() {
        let drawing = |origin| Location::of_document(DocumentKind::default(), origin);
        for location in [
            Location::Home(None),
            Location::store(Origin::Demo),
            drawing(Origin::Template("rag-ops".to_owned())),
            Location::store(Origin::Url("https://mlflow.example.org".to_owned())),
        ] {
            assert_eq!(location.relative_to(Path::new(FOLDER)), location);
            assert_eq!(location.clone().resolved_in(Path::new(FOLDER)), location);
        }
    }

    #[test]
    fn a_store_is_named_from_the_file_of_a_drawing_on() {
        let file = Origin::Path(Path::new(FOLDER).join("drawings/a.architecture.json"));
        let new = Origin::Untitled(1);
        let path = |text: &str| Some(Location::store(Origin::Path(PathBuf::from(text))));
        let demo = || Some(Location::store(Origin::Demo));
        for (text, beside_file, beside_none) in [
            ("runs/our store.db", path("/srv/ada/team folder/drawings/runs/our store.db"), None),
            ("./mlruns", path("/srv/ada/team folder/drawings/mlruns"), None),
            ("../mlruns", path("/srv/ada/team folder/mlruns"), None),
            ("/srv/mlflow.db", path("/srv/mlflow.db"), path("/srv/mlflow.db")),
            ("demo:", demo(), demo()),
            ("template:edge", None, None),
            ("untitled:1", None, None),
            ("https://mlflow.example.org", None, None),
            (" ", None, None),
        ] {
            assert_eq!(Location::store_beside(text, &file), beside_file, "{text}");
            assert_eq!(Location::store_beside(text, &new), beside_none, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_name_leads_back_to_its_file(
            names in prop::collection::vec(r"[^/\x00]{1,12}|\.|\.\.|[ %#?&=+:.]{1,4}|demo:|untitled:1", 0..4),
            is_inside in any::<bool>(),
        ) {
            let mut path = PathBuf::from(if is_inside { FOLDER } else { "/srv" });
            path.extend(&names);
            for location in everywhere(&path) {
                let (text, back) = there_and_back(&location);
                prop_assert_eq!(back, location, "{}", text);
            }
        }
    }
}

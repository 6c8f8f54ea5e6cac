//! Trackio stores: what is listed, drawn and shown is what Trackio's own client answered, and nothing beside a store is
//! touched.

use std::path::{Path, PathBuf};

use mlops_atlas::runs::{Artifact, ArtifactKind, Bin, Content, SourceKind};
use mlops_atlas::store::runs::{Error, Reader, open};
use rusqlite::Connection;
use serde_json::Value;

use crate::listing::listing;
use crate::trackers;

fn fixture(name: &str) -> PathBuf {
    Path::new("tests/fixtures/trackio").join(name)
}

fn answer(project: &str) -> Value {
    let answer: Value = serde_json::from_slice(&std::fs::read(fixture(project)).unwrap()).unwrap();
    assert_eq!(answer["trackio"], "0.43.0");
    answer
}

/// The figures are counted in the tables by SQL: an answer that holds nothing would agree with a program that says nothing.
#[test]
fn runs_and_series_are_what_the_client_says() {
    trackers::compare_stored(&fixture("demo-project.db"), &answer("demo-project.json"), [5, 23, 613]);
    trackers::compare_stored(&fixture("edges.db"), &answer("edges.json"), [2, 9, 29]);
}

/// A folder with a project, as Trackio keeps it.
fn copied(project: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join(format!("{project}.db"));
    std::fs::copy(fixture(&format!("{project}.db")), &store).unwrap();
    let media = Path::new("media").join(project);
    for file in listing(&fixture(media.to_str().unwrap())).keys() {
        let copy = folder.path().join(file.strip_prefix("tests/fixtures/trackio").unwrap());
        std::fs::create_dir_all(copy.parent().unwrap()).unwrap();
        std::fs::copy(file, copy).unwrap();
    }
    (folder, store)
}

/// The run of a project that has the most metrics.
fn largest_run(reader: &mut dyn Reader) -> String {
    let (set, problems) = reader.runs(false).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    set.runs.iter().max_by_key(|run| run.metrics.len()).unwrap().id.to_string()
}

fn find<'a>(artifacts: &'a [Artifact], path: &str) -> &'a Artifact {
    artifacts.iter().find(|artifact| &*artifact.path == path).unwrap_or_else(|| panic!("no artifact {path}"))
}

#[test]
fn pictures_tables_histograms_and_texts_are_artifacts() {
    let (folder, store) = copied("edges");
    let before = listing(folder.path());
    let mut reader = open(&store).unwrap();
    assert_eq!((reader.kind(), reader.is_live(), reader.count().unwrap()), (SourceKind::Trackio, true, 2));
    let run = largest_run(reader.as_mut());
    let (artifacts, problems) = reader.artifacts(&run).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    let told: Vec<_> = artifacts.iter().map(|own| (&*own.path, own.kind, own.step)).collect();
    let expected = [
        ("flag", ArtifactKind::Text, Some(0)),
        ("histogram", ArtifactKind::Histogram, Some(12)),
        ("note", ArtifactKind::Text, Some(0)),
        ("picture", ArtifactKind::Image, Some(11)),
        ("report", ArtifactKind::Text, Some(12)),
        ("table", ArtifactKind::Table, Some(11)),
    ];
    assert_eq!(told, expected);
    let mut content = |path: &str| reader.content(&run, find(&artifacts, path)).unwrap();
    assert_eq!(content("note"), Content::Text("a text".to_owned()));
    assert_eq!(content("flag"), Content::Text("True".to_owned()));
    assert_eq!(content("report"), Content::Text("# Title".to_owned()));
    assert_eq!(content("table"), Content::Text("a,\"b,c\"\n1,\"x\n\"\nNone,1e-05\n".to_owned()));
    let bin = |from, to, count| Bin { from, to, count };
    let bins = vec![bin(0.0, 0.5, 1.0), bin(0.5, 1.0, 0.0), bin(1.0, 2.0, 3.0)];
    assert_eq!(content("histogram"), Content::Histogram(bins));
    let picture = before.iter().find(|(path, _)| path.extension().is_some_and(|end| end == "png")).unwrap().1;
    assert_eq!(content("picture"), Content::Bytes(picture.clone()));
    assert_eq!(find(&artifacts, "picture").size, Some(picture.len() as u64));
    drop(reader);
    assert!(listing(folder.path()) == before);
}

/// A store may name any file; only those of its own folder are read.
#[cfg(unix)]
#[test]
fn no_file_outside_the_media_folder_is_read() {
    let (folder, store) = copied("edges");
    let mut reader = open(&store).unwrap();
    let run = largest_run(reader.as_mut());
    std::fs::write(folder.path().join("secret"), "secret").unwrap();
    std::os::unix::fs::symlink("../secret", folder.path().join("media/link")).unwrap();
    let writer = Connection::open(&store).unwrap();
    let outside =
        [folder.path().join("secret").display().to_string(), "../secret".to_owned(), "link".to_owned()];
    for file in outside.iter().map(String::as_str).chain(["edges", "absent", "", "a\0b"]) {
        let json = serde_json::json!({"bad": {"_type": "trackio.image", "file_path": file}}).to_string();
        writer.execute("UPDATE metrics SET metrics = ?1 WHERE id = 1", [json]).unwrap();
        let (artifacts, _) = reader.artifacts(&run).unwrap();
        let bad = find(&artifacts, "bad");
        assert_eq!(bad.size, None, "{file}");
        let error = reader.content(&run, bad).unwrap_err();
        assert!(matches!(error, Error::NoContent { .. }), "{file}: {error}");
    }
}

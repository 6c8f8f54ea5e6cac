//! Files on the disk and the command line.

use std::fs;
use std::path::Path;

use mlops_atlas::architecture::{Architecture, Edit};
use mlops_atlas::cli::architecture::{ArchitectureCommand, NewArguments, run};
use mlops_atlas::store::architecture_files::{create, open, save, template, templates};
use serde_json::Value;

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_saved_drawing_opens_equal_and_nothing_else_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ours.architecture.json");
    let mut drawing = template("oss-classic").unwrap();
    save(&path, &drawing).unwrap();
    drawing.apply(Edit::SetTitle("Ours".to_owned()));
    save(&path, &drawing).unwrap();
    assert_eq!(open(&path).unwrap(), (drawing.clone(), vec![]));
    assert!(create(&path, &Architecture::default()).unwrap_err().to_string().contains("exists already"));
    assert_eq!(open(&path).unwrap().0, drawing);
    assert_eq!(names(folder.path()), ["ours.architecture.json"]);
}

#[test]
fn a_save_that_fails_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let drawing = Architecture::default();
    let missing = folder.path().join("no/such/folder.architecture.json");
    let told = save(&missing, &drawing).unwrap_err().to_string();
    assert!(told.ends_with(&missing.display().to_string()), "{told}");
    assert!(names(folder.path()).is_empty(), "no folder is made");
    let taken = folder.path().join("taken");
    fs::create_dir(&taken).unwrap();
    assert!(save(&taken, &drawing).unwrap_err().to_string().contains("cannot be written"));
    assert_eq!(names(folder.path()), ["taken"]);
    assert!(names(&taken).is_empty());
}

#[cfg(unix)]
#[test]
fn saving_through_a_link_keeps_the_link_and_the_permissions() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let (real, link) = (folder.path().join("real.json"), folder.path().join("link.json"));
    save(&real, &Architecture::default()).unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("real.json", &link).unwrap();
    save(&link, &template("edge").unwrap()).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(open(&real).unwrap().0.id, "edge");
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn what_cannot_be_opened_is_told_in_one_sentence_with_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    for (path, words, end) in [
        (folder.path().to_owned(), "folder", ""),
        (folder.path().join("missing"), "cannot be read", "missing"),
        (file("empty", b""), "empty", "empty:1"),
        (file("binary", b"{\n\"id\":\"\xff\xfe\"}"), "not UTF-8", "binary:2"),
        (
            file("cut", b"{\"format\":\"mlops-atlas/architecture@1\",\n\"nodes\":["),
            "not readable as JSON",
            "cut:2",
        ),
        (file("text", b"hello"), "not readable as JSON", "text:1"),
        (file("newer", b"{\"format\":\"mlops-atlas/architecture@2\"}"), "this version reads", "newer:1"),
    ] {
        let before = fs::metadata(&path).ok().and_then(|meta| meta.modified().ok());
        let told = open(&path).unwrap_err().to_string();
        assert!(told.contains(words) && told.ends_with(end), "{told}");
        assert!(!told.contains('\n'), "{told}");
        assert_eq!(fs::metadata(&path).ok().and_then(|meta| meta.modified().ok()), before);
    }
    let huge = file("huge", b"{");
    fs::OpenOptions::new().write(true).open(&huge).unwrap().set_len(17 * 1024 * 1024).unwrap();
    assert!(open(&huge).unwrap_err().to_string().contains("larger than 16 MiB"));
    let odd =
        file("odd", b"{\"format\":\"mlops-atlas/architecture@1\",\n\"nodes\":[\n{\"kind\":\"training\"}]}");
    let (_, problems) = open(&odd).unwrap();
    assert_eq!(problems.len(), 1);
    assert!(problems[0].at.ends_with("odd:3"), "{}", problems[0].at);
}

fn answer(command: &ArchitectureCommand) -> Result<String, String> {
    let mut out = Vec::new();
    let code = run(command, &mut out, &mut Vec::new()).map_err(|error| error.to_string())?;
    assert_eq!(code, 0);
    Ok(String::from_utf8(out).unwrap())
}

#[test]
fn templates_are_listed_with_their_counts() {
    let text = answer(&ArchitectureCommand::Templates { json: true }).unwrap();
    let listed: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(listed.len(), 15);
    let keys: Vec<_> = listed[0].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["id", "title", "domain", "summary", "nodes", "edges"]);
    let classic = listed.iter().find(|entry| entry["id"] == "oss-classic").unwrap();
    assert_eq!((classic["nodes"].as_u64(), classic["edges"].as_u64()), (Some(21), Some(38)));
    let plain = answer(&ArchitectureCommand::Templates { json: false }).unwrap();
    assert_eq!(plain.lines().count(), templates().len());
    assert!(plain.lines().any(|line| line.starts_with("rag-ops ") && line.contains("22 nodes   40 edges")));
}

#[test]
fn a_new_drawing_is_its_template_and_replaces_nothing_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("x.architecture.json");
    let new = |id: &str, force: bool| {
        let arguments = NewArguments { template: id.to_owned(), out: out.clone(), force, json: true };
        answer(&ArchitectureCommand::New(arguments))
    };
    let told: Vec<String> = serde_json::from_str(&new("edge", false).unwrap()).unwrap();
    assert_eq!(told, [out.display().to_string()]);
    assert_eq!(open(&out).unwrap().0, template("edge").unwrap());
    assert!(new("recsys", false).unwrap_err().contains("--force"));
    assert_eq!(open(&out).unwrap().0.id, "edge");
    new("recsys", true).unwrap();
    assert_eq!(open(&out).unwrap().0.id, "recsys");
    assert!(new("google", false).unwrap_err().contains("google-l1, google-l2"));
    assert!(new("kubeflw", false).unwrap_err().contains("kubeflow"));
    assert!(new("zzzzzzzzzzzzzzzz", false).unwrap_err().contains("kreuzberger"));
    assert!(new("../edge", false).unwrap_err().contains("no template"));
}

//! The stored answers about the rules, change impact and maturity are what the reference implementation says today.

use std::path::Path;

#[test]
fn the_stored_answers_are_those_of_the_reference() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference");
    let written = tempfile::tempdir().unwrap();
    let file = written.path().join("answers.json");
    let output = std::process::Command::new("python3")
        .arg("-B")
        .arg(folder.join("answers.py"))
        .arg(&file)
        .output()
        .expect("python3 must be installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let same = std::fs::read(file).unwrap() == std::fs::read(folder.join("answers.json")).unwrap();
    assert!(same, "tests/reference/answers.json is old: run answers.py and look at what has changed");
}

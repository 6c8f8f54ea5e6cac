//! `tools shortlist`: out of one profile and into another.

use std::path::Path;

use mlops_atlas::catalog::ToolId;
use mlops_atlas::remarks::{Remark, RemarkEdit};
use mlops_atlas::store::atlas_db::{AtlasDb, Profile};
use serde_json::{Value, json};

fn answer(home: &Path, words: &[&str]) -> (Option<i32>, String, String) {
    let mut command = assert_cmd::Command::cargo_bin("mlops-atlas").unwrap();
    command.env("MLOPS_ATLAS_HOME", home).args(["tools", "shortlist"]).args(words);
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn keep(home: &Path, tool: &str, note: &str, rating: Option<u8>, shortlisted: bool) {
    let (db, problems) = AtlasDb::open(&Profile::at(home)).unwrap();
    assert_eq!(problems, []);
    let remark = Remark { note: note.to_owned(), rating, shortlisted };
    db.keep_remarks(&[RemarkEdit { tool: ToolId::new(tool).unwrap(), remark }]).unwrap();
}

#[test]
fn a_shortlist_goes_out_and_comes_in_again() {
    let folder = tempfile::tempdir().unwrap();
    let (mine, theirs) = (folder.path().join("mine"), folder.path().join("theirs"));
    let file = folder.path().join("a.shortlist.toml");
    let name = file.to_str().unwrap();
    keep(&mine, "mlflow", "", None, true);
    keep(&mine, "aim", "Small\nand quick", Some(4), true);
    keep(&mine, "feast", "private", Some(2), false);
    let (status, out, err) =
        answer(&mine, &["export", "--today", "2026-11-30", "--title", "Trackers", "--out", name]);
    assert_eq!((status, out.trim_end()), (Some(0), name), "{err}");
    assert_eq!(err, "mlops-atlas: the shortlist is written: 2 tools, with 1 rating and 1 note\n");
    let expected = "format = \"mlops-atlas/shortlist@1\"\ntitle = \"Trackers\"\ndate = \"2026-11-30\"\n\n[[tool]]\nid = \
                    \"aim\"\nrating = 4\nnote = \"\"\"\nSmall\nand quick\"\"\"\n\n[[tool]]\nid = \"mlflow\"\n";
    assert_eq!(std::fs::read_to_string(&file).unwrap(), expected);
    let (_, out, _) = answer(&mine, &["export", "--without-notes", "--today", "2026-11-30"]);
    assert!(!out.contains("note") && out.contains("rating = 4"), "{out}");

    keep(&theirs, "aim", "", Some(1), false);
    let (status, out, err) = answer(&theirs, &["import", name, "--json"]);
    assert_eq!(status, Some(1), "one word of one's own was kept: {err}");
    let own = format!("mlops-atlas: your own rating of aim was kept, the file says another: {name}:6\n");
    assert_eq!(err, own);
    let listed = json!([
        {"id": "aim", "rating": 1, "note": "Small\nand quick"},
        {"id": "mlflow", "rating": null, "note": null},
    ]);
    assert_eq!(serde_json::from_str::<Value>(&out).unwrap(), listed);
    let (status, out, _) = answer(&theirs, &["export", "--json"]);
    assert_eq!((status, serde_json::from_str::<Value>(&out).unwrap()), (Some(0), listed));
}

#[test]
fn what_is_unknown_is_kept_out_unless_its_workspace_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let tools = folder.path().join("team/catalog/tools");
    std::fs::create_dir_all(&tools).unwrap();
    std::fs::write(
        tools.join("ours.toml"),
        "id = \"ours\"\nname = \"Ours\"\nsummary = \"A tool of our own.\"\n",
    )
    .unwrap();
    let file = folder.path().join("a.toml");
    std::fs::write(
        &file,
        "format = \"mlops-atlas/shortlist@1\"\n[[tool]]\nid = \"ours\"\n[[tool]]\nid = \"feast\"\n",
    )
    .unwrap();
    let (name, home) = (file.to_str().unwrap(), folder.path().join("home"));
    let (status, out, err) = answer(&home, &["import", name]);
    assert_eq!((status, out.as_str()), (Some(1), "1 tool came onto the shortlist, 0 were on it\n"));
    assert!(err.contains("ours is no tool of the catalog") && err.ends_with(&format!("{name}:3\n")), "{err}");
    let team = folder.path().join("team");
    let (status, out, err) = answer(&home, &["import", name, "--workspace", team.to_str().unwrap()]);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    assert_eq!(out, "1 tool came onto the shortlist, 1 were on it\n");
}

#[test]
fn what_cannot_be_read_or_kept_is_one_line_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    keep(&home, "feast", "mine", None, true);
    let bad = folder.path().join("bad.shortlist.toml");
    std::fs::write(&bad, "format = \"mlops-atlas/shortlist@1\"\n\n[[tool]]\nid = aim\n").unwrap();
    let gone = folder.path().join("gone.shortlist.toml");
    let used = folder.path().join("used");
    std::fs::write(&used, "a file where a folder is needed").unwrap();
    for (home, words, place) in [
        (&home, ["import", bad.to_str().unwrap()].as_slice(), format!("{}:4", bad.display())),
        (&home, &["import", gone.to_str().unwrap()], gone.display().to_string()),
        (&used, &["export"], used.join("atlas.db").display().to_string()),
    ] {
        let (status, out, err) = answer(home, words);
        assert_eq!((status, out.as_str(), err.lines().count()), (Some(2), "", 1), "{words:?}: {err}");
        assert!(err.trim_end().ends_with(&place), "{words:?}: {err}");
    }
    let (_, out, _) = answer(&home, &["export", "--json"]);
    assert_eq!(
        serde_json::from_str::<Value>(&out).unwrap(),
        json!([{"id": "feast", "rating": null, "note": "mine"}])
    );
}

//! A workspace's entries on the command line: what cannot be used is told with its place, everything else is answered.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::Path;

use mlops_atlas::cli::tools::{CheckArgs, ListArgs, ShowArgs, ToolsCommand, ToolsError, run};
use mlops_atlas::store::catalog_files::{bundled_catalog, catalog_with};
use serde_json::Value;

/// A workspace with one good entry and several that are broken in ways of their own.
fn workspace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let tools = folder.path().join("catalog/tools");
    fs::create_dir_all(&tools).unwrap();
    for (name, text) in [
        ("good.toml", "id = \"good\"\nname = \"Good\"\nsummary = \"A tool of our own.\"\n"),
        ("nameless.toml", "id = \"nameless\"\n"),
        ("syntax.toml", "id = \"syntax\"\nname = \n"),
        ("idless.toml", "name = \"Idless\"\n"),
        ("odd.toml", "id = \"odd\"\nname = \"Odd\"\nhomepage = \"javascript:1\"\n"),
        // Laid over a shipped entry: only the value that cannot be used is lost.
        ("feast.toml", "id = \"feast\"\nstages = [\"cook\"]\n"),
    ] {
        fs::write(tools.join(name), text).unwrap();
    }
    fs::write(tools.join("binary.toml"), [0xff, 0xfe, 0x00]).unwrap();
    fs::create_dir(tools.join("folder.toml")).unwrap();
    folder
}

/// The exit status, the answer and the lines on stderr.
fn answer(command: &ToolsCommand) -> (u8, Value, Vec<String>) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = run(command, &mut out, &mut err).unwrap();
    let lines = String::from_utf8(err).unwrap().lines().map(ToOwned::to_owned).collect();
    (status, serde_json::from_slice(&out).unwrap(), lines)
}

fn list(folder: &Path) -> ToolsCommand {
    ToolsCommand::List(ListArgs { json: true, workspace: Some(folder.to_owned()), ..ListArgs::default() })
}

#[test]
fn one_bad_entry_costs_only_itself() {
    let folder = workspace();
    let shipped = bundled_catalog().0.tools().len();
    let (status, tools, lines) = answer(&list(folder.path()));
    assert_eq!((status, tools.as_array().unwrap().len()), (1, shipped + 2), "{lines:#?}");
    for place in [
        "catalog/tools/binary.toml",
        "catalog/tools/folder.toml",
        "catalog/tools/idless.toml:1",
        "catalog/tools/syntax.toml:2",
        "catalog/tools/feast.toml:2",
        "catalog/tools/odd.toml:3",
        "catalog/tools/nameless.toml:1",
    ] {
        let told: Vec<_> = lines.iter().filter(|line| line.ends_with(place)).collect();
        assert_eq!(told.len(), 1, "{place} in {lines:#?}");
        assert_eq!(told[0].matches("catalog/tools/").count(), 1, "{}", told[0]);
    }
    assert_eq!(lines.len(), 7, "{lines:#?}");
    let (catalog, problems) = catalog_with(folder.path()).unwrap();
    assert_eq!((catalog.tools().len(), problems.len()), (shipped + 2, 7), "the same for a window");
}

#[test]
fn one_tool_is_shown_beside_the_bad_ones() {
    let folder = workspace();
    let show = |id: &str| {
        ToolsCommand::Show(ShowArgs {
            id: id.to_owned(),
            json: true,
            workspace: Some(folder.path().to_owned()),
        })
    };
    let (status, tool, lines) = answer(&show("good"));
    assert_eq!((status, &tool["name"], lines.len()), (1, &"Good".into(), 7));
    let (_, feast, _) = answer(&show("feast"));
    assert_eq!(feast["stages"], serde_json::json!(["feature", "serve"]), "what the layer below says");
    // The one that cannot be used is not there, and why is told before that.
    let mut err = Vec::new();
    let error = run(&show("nameless"), &mut Vec::new(), &mut err).unwrap_err();
    assert!(matches!(error, ToolsError::NoTool(_)), "{error}");
    assert!(String::from_utf8(err).unwrap().contains("nameless.toml:1"));
}

#[test]
fn a_check_tells_of_all_files_at_once() {
    let folder = workspace();
    let check = CheckArgs { dir: Some(folder.path().to_owned()), json: true, ..CheckArgs::default() };
    let (status, findings, lines) = answer(&ToolsCommand::Check(check));
    assert_eq!((status, lines.len()), (1, 0));
    for file in ["binary", "folder", "idless", "syntax", "feast", "odd", "nameless"] {
        let at = format!("catalog/tools/{file}.toml");
        let told = findings.as_array().unwrap().iter().any(|f| f["at"] == at && f["severity"] == "error");
        assert!(told, "{at}");
    }
}

//! A workspace's entries on the command line: what cannot be used is told with its place, everything else is answered.

use std::fs;
use std::path::Path;

use mlops_atlas::cli::tools::{CheckArgs, ListArgs, ShowArgs, ToolsCommand, ToolsError, run};
use mlops_atlas::store::catalog_files::{bundled_catalog, catalog_with};
use mlops_atlas::store::workspace;
use serde_json::Value;

/// A workspace with one good entry and several that are broken in ways of their own.
fn broken() -> tempfile::TempDir {
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
    let folder = broken();
    let shipped = bundled_catalog().0.tools().len();
    let (status, tools, lines) = answer(&list(folder.path()));
    assert_eq!((status, tools.as_array().unwrap().len()), (1, shipped + 2), "{lines:#?}");
    for place in [
        "catalog/tools/binary.toml:1",
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
    let folder = broken();
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
    let folder = broken();
    let check = CheckArgs { dir: Some(folder.path().to_owned()), json: true, ..CheckArgs::default() };
    let (status, findings, lines) = answer(&ToolsCommand::Check(check));
    assert_eq!((status, lines.len()), (1, 0));
    for file in ["binary", "folder", "idless", "syntax", "feast", "odd", "nameless"] {
        let at = format!("catalog/tools/{file}.toml");
        let told = findings.as_array().unwrap().iter().any(|f| f["at"] == at && f["severity"] == "error");
        assert!(told, "{at}");
    }
}

/// Everything that can be wrong with a file of a workspace, by name and text, with the rule and the line that tell it.
const WRONG: &[(&str, &str, &str, Option<u64>)] = &[
    ("syntax.toml", "id = \"syntax\"\nname = \n", "syntax", Some(2)),
    ("twice.toml", "id = \"own\"\nname = \"Twice\"\n", "duplicate-id", Some(1)),
    (
        "older.toml",
        "id = \"older\"\nname = \"Older\"\n\n[[relation]]\ntype = \"supersedes\"\ntarget = \"newer\"\n",
        "supersedes-cycle",
        Some(4),
    ),
    (
        "newer.toml",
        "id = \"newer\"\nname = \"Newer\"\n[[relation]]\ntype = \"supersedes\"\ntarget = \"older\"\n",
        "supersedes-cycle",
        Some(3),
    ),
    (
        "lonely.toml",
        "id = \"lonely\"\nname = \"Lonely\"\n[[relation]]\ntype = \"part_of\"\ntarget = \"nowhere\"\n",
        "relation-target",
        Some(3),
    ),
    (
        "bare.toml",
        "id = \"bare\"\nname = \"Bare\"\n\n\n[[claim]]\nid = \"fast\"\npolarity = \"pro\"\ntopic = \"ops\"\n\
         text = \"It starts within a second on a laptop.\"\nstatus = \"draft\"\n",
        "claim-without-evidence",
        Some(5),
    ),
];

#[test]
fn everything_wrong_is_told_with_its_line_by_the_check_and_by_the_window_alike() {
    let folder = tempfile::tempdir().unwrap();
    let tools = folder.path().join("catalog/tools");
    fs::create_dir_all(tools.join("folder.toml")).unwrap();
    fs::write(tools.join("own.toml"), "id = \"own\"\nname = \"Own\"\n").unwrap();
    fs::write(tools.join("text.toml"), b"id = \"text\"\nname = \"Gr\xfcn\"\n").unwrap();
    fs::write(tools.join("huge.toml"), format!("id = \"huge\"\n#{}", "x".repeat(1024 * 1024))).unwrap();
    for (name, text, ..) in WRONG {
        fs::write(tools.join(name), text).unwrap();
    }
    let today = "2026-12-01".parse().ok();
    let check =
        CheckArgs { workspace: Some(folder.path().to_owned()), json: true, today, ..CheckArgs::default() };
    let (status, findings, _) = answer(&ToolsCommand::Check(check));
    assert_eq!(status, 1);
    let findings = findings.as_array().unwrap();
    let others = [
        ("text.toml", "", "not-text", Some(2)),
        ("huge.toml", "", "unreadable", None),
        ("folder.toml", "", "unreadable", None),
    ];
    for (name, _, rule, line) in WRONG.iter().chain(&others) {
        let is_it = |finding: &&Value| {
            finding["rule"] == *rule
                && finding["at"] == format!("catalog/tools/{name}")
                && finding["line"].as_u64() == *line
        };
        assert_eq!(findings.iter().filter(is_it).count(), 1, "{name}, {rule}: {findings:#?}");
    }

    let contents = workspace::read(folder.path(), today.unwrap(), None).unwrap();
    let by_check = findings.iter().filter(|finding| finding["rule"] != "coverage").map(|finding| {
        let (at, message) = (finding["at"].as_str().unwrap(), finding["message"].as_str().unwrap());
        let line = finding["line"].as_u64().map_or_else(String::new, |line| format!(":{line}"));
        format!("{at}{line}: {message}")
    });
    let by_window = contents.problems.iter().map(|problem| format!("{}: {}", problem.at, problem.message));
    let (mut by_check, mut by_window) = (by_check.collect::<Vec<_>>(), by_window.collect::<Vec<_>>());
    by_check.sort();
    by_window.sort();
    assert_eq!(by_window, by_check);
    let own: Vec<&str> = contents.entries.keys().map(|id| id.as_str()).collect();
    assert_eq!(own, ["bare", "lonely", "newer", "older", "own"], "the rest can be used");
}

#[test]
fn a_proposed_claim_is_a_draft_until_somebody_has_reviewed_it() {
    let folder = tempfile::tempdir().unwrap();
    let tools = folder.path().join("catalog/tools");
    fs::create_dir_all(&tools).unwrap();
    let claim = |id: &str, more: &str| {
        format!(
            "[[claim]]\nid = \"{id}\"\npolarity = \"con\"\ntopic = \"ops\"\ntext = \"It was down for a day in May.\"\n\
             {more}\n"
        )
    };
    let claims = [
        claim("said", "status = \"reviewed\""),
        claim("read", "status = \"reviewed\"\nreviewed_on = \"2026-11-01\""),
        claim("open", "status = \"disputed\""),
    ];
    fs::write(tools.join("feast.toml"), format!("id = \"feast\"\n{}", claims.concat())).unwrap();
    let show = ShowArgs { id: "feast".to_owned(), json: true, workspace: Some(folder.path().to_owned()) };
    let (_, feast, _) = answer(&ToolsCommand::Show(show));
    let own: Vec<(&str, &str)> = feast["claims"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|claim| claim["layer"] == "workspace")
        .map(|claim| (claim["status"].as_str().unwrap(), claim["layer"].as_str().unwrap()))
        .collect();
    assert_eq!(own, ["draft", "reviewed", "disputed"].map(|status| (status, "workspace")));
    assert_eq!(feast.get("layers"), None, "no value of its own");
}

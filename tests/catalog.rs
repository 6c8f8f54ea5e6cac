//! The catalog as a whole: the shipped data, its schema, the layers and the command line over them.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use mlops_atlas::catalog::{
    Catalog, Column, Field, Index, Layer, LicenseClass, Polarity, Query, Stage, ToolId, check, sort,
};
use mlops_atlas::cli::tools::{CheckArgs, ListArgs, ShowArgs, ToolsCommand, ToolsError, run};
use mlops_atlas::problem::Severity;
use mlops_atlas::store::catalog_files::{bundled_catalog, catalog_of, catalog_with, load_any, load_bundled};
use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn bundled() -> Catalog {
    let (catalog, problems) = bundled_catalog();
    assert_eq!(problems, [], "the shipped catalog has no problems");
    catalog
}

fn id(text: &str) -> ToolId {
    ToolId::new(text).unwrap()
}

fn json(command: &ToolsCommand) -> (u8, Value) {
    let mut out = Vec::new();
    let status = run(command, &mut out).unwrap();
    (status, serde_json::from_slice(&out).unwrap())
}

#[test]
fn the_shipped_catalog_has_all_rows_and_only_unknown_licences() {
    let catalog = bundled();
    let tools = catalog.tools();
    // 354 rows of the research notes and 56 tools that only the templates name.
    assert_eq!(tools.len(), 354 + 56);
    assert_eq!(tools.iter().filter(|t| t.tier.is_some()).count(), 354);
    assert!(tools.iter().all(|t| t.license_class() == LicenseClass::Unknown && t.license.spdx.is_none()));
    assert_eq!(tools.iter().filter(|t| !t.claims.is_empty()).count(), 52);
    // The landscape file lists 64 hosted projects: 13 graduated, 24 incubating, 22 sandbox, 5 archived.
    let mut maturity = BTreeMap::new();
    for f in tools.iter().flat_map(|t| &t.foundations).filter(|f| f.org == "LF AI & Data") {
        *maturity.entry(f.maturity.clone().unwrap()).or_insert(0) += 1;
    }
    let counts: Vec<(&str, i32)> = maturity.iter().map(|(m, n)| (m.as_str(), *n)).collect();
    assert_eq!(counts, [("archived", 5), ("graduated", 13), ("incubating", 24), ("sandbox", 22)]);
    assert_eq!(catalog.newest_date(), Some(jiff::civil::date(2026, 8, 14)), "the newest landscape file");
}

#[test]
fn the_stage_counts_are_those_of_the_category_table() {
    let catalog = bundled();
    let rows = catalog.tools().iter().filter(|t| t.tier.is_some());
    let mut counts: BTreeMap<Stage, usize> = BTreeMap::new();
    for tool in rows {
        let category = catalog.category(tool.category.as_deref().unwrap()).unwrap();
        assert_eq!(tool.stages, [category.stage], "{}", tool.id);
        *counts.entry(category.stage).or_default() += 1;
    }
    // Counted by hand from the 39 categories of the notes: 20 ML frameworks, 18 agent frameworks, 16 HPO,
    // 14 distributed, 11 tracking, 11 notebooks, 10 scheduling, 10 platforms, 8 fine-tuning, 1 template = 119.
    assert_eq!(counts[&Stage::Train], 119);
    // 9 labelling, 3 synthetic data, 10 table formats.
    assert_eq!(counts[&Stage::Collect], 22);
    assert_eq!(counts.get(&Stage::Frame), None, "no tool of the notes helps to frame a problem");
    assert_eq!(counts.values().sum::<usize>(), 354);
}

#[test]
fn names_in_any_case_and_other_names_find_the_tool() {
    let catalog = bundled();
    for (name, wanted) in [
        ("Feast", "feast"),
        ("tensorflow data validation", "tensorflow-data-validation"),
        ("Weights & Biases", "weights-and-biases"),
        ("AIF360", "ai-fairness-360"),
        ("pgvector", "pgvector"),
        ("Eclipse Mosquitto", "eclipse-mosquitto"),
        ("modAL", "modal-python"),
    ] {
        assert_eq!(catalog.find_by_name(name).map(|t| t.id.as_str()), Some(wanted), "{name}");
    }
    assert!(catalog.find_by_name("No Such Tool").is_none());
}

#[test]
fn every_draft_claim_has_a_source_that_nobody_read_again() {
    let catalog = bundled();
    for claim in catalog.tools().iter().flat_map(|t| &t.claims) {
        assert!(!claim.evidence.is_empty(), "{}", claim.text);
        assert!(claim.evidence.iter().all(|e| e.accessed.is_none() && e.url.starts_with("https://")));
        assert_eq!(claim.reviewed_on, None);
    }
    let mlflow = catalog.get(&id("mlflow")).unwrap();
    let sides: Vec<Polarity> = mlflow.claims.iter().map(|c| c.polarity).collect();
    use Polarity::{Caveat, Con, Pro};
    assert_eq!(sides, [Pro, Pro, Con, Con, Caveat], "one fact is one claim");
}

#[test]
fn a_workspace_is_looked_at_first_and_every_value_knows_its_layer() {
    let folder = tempfile::tempdir().unwrap();
    let tools = folder.path().join("catalog/tools");
    fs::create_dir_all(&tools).unwrap();
    fs::copy(root().join("tests/fixtures/catalog/tools/feast.toml"), tools.join("feast.toml")).unwrap();
    let (catalog, problems) = catalog_with(folder.path()).unwrap();
    assert_eq!(problems, []);
    let below = bundled();
    let (feast, before) = (catalog.get(&id("feast")).unwrap(), below.get(&id("feast")).unwrap());

    assert_eq!(feast.note.as_deref(), Some("Our team's own note."));
    assert_eq!(feast.layer_of(Field::Note), Some(Layer::Workspace));
    assert_eq!(feast.license.spdx.as_deref(), Some("Apache-2.0"));
    assert_eq!(feast.license.note, None, "a licence is one value: it is replaced as a whole");
    assert_eq!((&feast.name, &feast.summary), (&before.name, &before.summary));
    assert_eq!(feast.layer_of(Field::Name), Some(Layer::Bundled));
    assert_eq!(feast.layer_of(Field::Docs), None, "no layer names it");

    assert_eq!(feast.claims.len(), before.claims.len() + 1, "one replaces, one is added");
    let lineage = feast.claims.iter().find(|c| c.id == "con-lineage").unwrap();
    assert_eq!(
        (lineage.layer, lineage.text.as_str()),
        (Layer::Workspace, "Replaces the shipped claim of the same id.")
    );
    let other = feast.claims.iter().find(|c| c.id == "con-scope").unwrap();
    assert_eq!(other.layer, Layer::Bundled);
}

#[test]
fn the_shipped_catalog_passes_its_own_check_and_says_what_is_not_known() {
    let loaded = load_bundled();
    let catalog = bundled();
    let findings = check::check(&loaded.files, &catalog, jiff::civil::date(2026, 12, 1));
    let found: Vec<_> = findings.iter().map(|f| (f.rule, f.severity, f.message.as_str())).collect();
    let claims = catalog.tools().iter().map(|t| t.claims.len()).sum::<usize>();
    assert_eq!(
        found,
        [
            (
                "draft-claims",
                Severity::Info,
                &*format!("{claims} of {claims} claims are drafts: nobody read their sources again")
            ),
            ("unknown-licences", Severity::Info, "the licence of 410 of 410 tools is unknown"),
        ]
    );
    // Half a year later all of them are past their day.
    let later = check::check(&loaded.files, &catalog, jiff::civil::date(2027, 6, 1));
    assert_eq!(later.iter().filter(|f| f.rule == "stale-claim").count(), claims);
    assert!(!check::has_errors(&later), "stale is a warning");
}

#[test]
fn every_shipped_file_is_valid_against_the_schema_and_a_broken_one_is_not() {
    let schema = fs::read_to_string(root().join("data/schema/tool.schema.json")).unwrap();
    let schema = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let mut files = 0;
    for item in fs::read_dir(root().join("data/catalog/tools")).unwrap() {
        let path = item.unwrap().path();
        let value: Value = toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let errors: Vec<String> = schema.iter_errors(&value).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", path.display());
        files += 1;
    }
    assert_eq!(files, 410);
    for broken in [
        "name = \"No id\"",
        "id = \"Not An Id\"",
        "id = \"a\"\ncolour = \"red\"",
        "id = \"a\"\nstages = [\"deploy\"]",
        "id = \"a\"\nhomepage = \"ftp://example.org\"",
        "id = \"a\"\n[license]\nspdx = \"MIT\"",
        "id = \"a\"\n[[claim]]\nid = \"x\"\npolarity = \"pro\"\ntopic = \"ops\"\ntext = \"T\"\nstatus = \"draft\"",
    ] {
        let value: Value = toml::from_str(broken).unwrap();
        assert!(!schema.is_valid(&value), "must not be valid: {broken}");
    }
}

#[test]
fn list_and_show_have_the_promised_shape() {
    let list = ListArgs { json: true, stage: vec!["feature".to_owned()], ..ListArgs::default() };
    let (status, value) = json(&ToolsCommand::List(ListArgs { text: "feast".to_owned(), ..list }));
    assert_eq!((status, value[0]["id"].as_str()), (0, Some("feast")));
    let show = ShowArgs { id: "Feast".to_owned(), json: true, workspace: None };
    let (_, feast) = json(&ToolsCommand::Show(show));
    assert_eq!(feast, value[0], "`show` is one item of `list`");
    let keys: Vec<&String> = feast.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "id",
            "name",
            "summary",
            "homepage",
            "repos",
            "license",
            "category",
            "stages",
            "foundations",
            "claims",
            "relations"
        ]
    );
    assert_eq!(feast["repos"], serde_json::json!([{"url": "https://github.com/feast-dev/feast"}]));
    assert_eq!(feast["license"], serde_json::json!({"spdx": null, "class": "unknown"}));
    assert_eq!(feast["foundations"], serde_json::json!([{"org": "LF AI & Data", "maturity": "incubating"}]));
    let keys: Vec<&String> = feast["claims"][0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["polarity", "topic", "text", "evidence", "reviewed_on", "stale_after", "status"]);
    let keys: Vec<&String> = feast["claims"][0]["evidence"][0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["url", "title", "locator", "accessed"]);
}

#[test]
fn plain_answers_can_be_read() {
    let mut out = Vec::new();
    let args = ListArgs { foundation: vec!["pytorch foundation".to_owned()], ..ListArgs::default() };
    assert_eq!(run(&ToolsCommand::List(args), &mut out).unwrap(), 0);
    let text = String::from_utf8(out).unwrap();
    assert!(text.contains("vllm") && text.trim_end().ends_with("5 tools"), "{text}");
}

#[test]
fn wrong_words_are_answered_with_the_right_ones() {
    let args = ListArgs { stage: vec!["deploy".to_owned()], ..ListArgs::default() };
    let error = run(&ToolsCommand::List(args), &mut Vec::new()).unwrap_err();
    let message = error.to_string();
    assert!(message.contains("frame, collect") && message.ends_with(": deploy"), "{message}");
    let show = ShowArgs { id: "nope".to_owned(), json: false, workspace: None };
    assert!(matches!(run(&ToolsCommand::Show(show), &mut Vec::new()), Err(ToolsError::NoTool(_))));
    let args = CheckArgs { dir: Some("no/such/folder".into()), ..CheckArgs::default() };
    let error = run(&ToolsCommand::Check(args), &mut Vec::new()).unwrap_err();
    assert!(error.to_string().ends_with("no/such/folder"), "{error}");
}

#[test]
fn broken_files_are_found_with_file_and_line_and_left_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let tools = folder.path().join("catalog/tools");
    fs::create_dir_all(&tools).unwrap();
    let files = [
        ("nameless.toml", "id = \"nameless\"\n"),
        ("syntax.toml", "id = \"syntax\"\nname = \n"),
        ("other.toml", "id = \"another\"\nname = \"Another\"\nhomepage = \"javascript:1\"\n"),
    ];
    for (name, text) in files {
        fs::write(tools.join(name), text).unwrap();
    }
    fs::write(tools.join("binary.toml"), [0xff, 0xfe, 0x00]).unwrap();
    let check = CheckArgs { dir: Some(folder.path().to_owned()), json: true, today: None };
    let (status, findings) = json(&ToolsCommand::Check(check));
    assert_eq!(status, 1);
    let found: Vec<(String, Option<u64>, String)> = findings
        .as_array()
        .unwrap()
        .iter()
        .filter(|f| f["severity"] == "error")
        .map(|f| {
            (f["at"].as_str().unwrap().to_owned(), f["line"].as_u64(), f["rule"].as_str().unwrap().to_owned())
        })
        .collect();
    let expected = [
        ("catalog/tools/binary.toml", None, "unreadable"),
        ("catalog/tools/syntax.toml", Some(2), "syntax"),
        ("catalog/tools/nameless.toml", Some(1), "missing-field"),
        ("catalog/tools/other.toml", Some(1), "id-file-name"),
        ("catalog/tools/other.toml", Some(3), "bad-link"),
    ];
    assert_eq!(found, expected.map(|(at, line, rule)| (at.to_owned(), line, rule.to_owned())));
    let list = ListArgs { workspace: Some(folder.path().to_owned()), ..ListArgs::default() };
    let error = run(&ToolsCommand::List(list), &mut Vec::new()).unwrap_err().to_string();
    assert!(error.contains("catalog/tools/binary.toml"), "{error}");
    for (name, text) in files {
        assert_eq!(fs::read_to_string(tools.join(name)).unwrap(), text);
    }
    assert_eq!(fs::read_dir(&tools).unwrap().count(), 4, "nothing is created");
}

#[test]
fn a_workspace_tool_without_a_name_is_an_error_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let tools = folder.path().join("catalog/tools");
    fs::create_dir_all(&tools).unwrap();
    fs::write(tools.join("mine.toml"), "id = \"mine\"\n").unwrap();
    let list = ListArgs { workspace: Some(folder.path().to_owned()), ..ListArgs::default() };
    let error = run(&ToolsCommand::List(list), &mut Vec::new()).unwrap_err().to_string();
    assert!(error.contains("name") && error.ends_with("catalog/tools/mine.toml:1"), "{error}");
    let (catalog, problems) = catalog_with(folder.path()).unwrap();
    assert_eq!((catalog.tools().len(), problems.len()), (410, 1), "the rest is there");
}

#[test]
fn files_that_are_too_large_or_no_files_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("large.toml"), format!("id = \"large\"\n#{}", "x".repeat(1024 * 1024)))
        .unwrap();
    fs::create_dir(folder.path().join("folder.toml")).unwrap();
    let loaded = load_any(folder.path()).unwrap();
    let found: Vec<(&str, &str)> = loaded.findings.iter().map(|f| (f.at.as_str(), f.rule)).collect();
    assert_eq!(found, [("folder.toml", "unreadable"), ("large.toml", "unreadable")]);
    assert!(loaded.files.is_empty());
}

#[test]
fn a_catalog_on_disk_is_checked_like_the_shipped_one() {
    let loaded = load_any(&root().join("data/catalog")).unwrap();
    assert_eq!(loaded.files.len(), 410);
    let (catalog, problems) = catalog_of(load_bundled(), loaded);
    assert_eq!((catalog.tools().len(), problems.len()), (410, 0));
}

#[test]
fn the_index_misses_nothing_that_a_plain_scan_finds() {
    let catalog = bundled();
    let index = Index::new(&catalog);
    let all_of = |i: usize| {
        let t = &catalog.tools()[i];
        let lists = t.aliases.iter().chain(&t.repo_aliases).chain(&t.summary).chain(&t.category);
        let texts = lists.chain(t.claims.iter().map(|c| &c.text)).chain([&t.name]).map(String::as_str);
        texts.chain([t.id.as_str()]).collect::<Vec<_>>().join("\n").to_lowercase()
    };
    let texts: Vec<String> = (0..catalog.tools().len()).map(all_of).collect();
    // Words of every length, whole and cut in the middle, and one that is nowhere.
    let mut words: Vec<&str> = texts.iter().flat_map(|t| t.split_whitespace()).step_by(37).collect();
    words.extend(["e", "a-", "ubernete", "&", "xqzw"]);
    for word in words {
        let found = index.search(&Query { text: word.to_owned(), ..Query::default() });
        for (i, text) in texts.iter().enumerate().filter(|(_, text)| text.contains(word)) {
            assert!(found.contains(&i), "{word:?} is in {text:?}");
        }
    }
}

#[test]
fn search_and_sort_work_on_the_shipped_catalog() {
    let catalog = bundled();
    let index = Index::new(&catalog);
    let query = Query { text: "drift".to_owned(), ..Query::default() };
    let (mut rows, facets) = index.search_with_facets(&query);
    let names: Vec<&str> = rows.iter().map(|i| catalog.tools()[*i].name.as_str()).collect();
    assert_eq!(names[0], "TorchDrift", "a name comes before a text");
    assert!(names.contains(&"Evidently"), "its claims speak of drift");
    assert!(facets.stages[&Stage::Monitor] >= 4 && facets.stages[&Stage::Collect] == 0);
    sort(&catalog, &mut rows, Column::Claims, false);
    let counts: Vec<usize> = rows.iter().map(|i| catalog.tools()[*i].claims.len()).collect();
    assert!(counts.is_sorted_by(|a, b| a >= b) && counts[0] > 0);
    sort(&catalog, &mut rows, Column::Name, true);
    assert!(rows.is_sorted());
}

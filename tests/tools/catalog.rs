//! The catalog as a whole: the shipped data, its schema, the layers and the command line over them.

mod schemas;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jiff::civil::Date;
use mlops_atlas::catalog::columns::Basis;
use mlops_atlas::catalog::coverage::completeness;
use mlops_atlas::catalog::query::{self, Context};
use mlops_atlas::catalog::{
    Catalog, ClaimStatus, Column, Coverage, Field, Index, Layer, LicenseClass, Polarity, Query, SortBy,
    Stage, ToolId, check, sort,
};
use mlops_atlas::cli::tools::{self, CheckArgs, ListArgs, ShowArgs, ToolsCommand, ToolsError};
use mlops_atlas::problem::Severity;
use mlops_atlas::store::catalog_files::{
    bundled_catalog, catalog_alone, catalog_with, load_any, load_bundled,
};
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

/// The exit status of a command that has nothing to say beside its answer.
fn run(command: &ToolsCommand, out: &mut Vec<u8>) -> Result<u8, ToolsError> {
    let mut err = Vec::new();
    let status = tools::run(command, out, &mut err);
    assert!(err.is_empty(), "{}", String::from_utf8_lossy(&err));
    status
}

fn json(command: &ToolsCommand) -> (u8, Value) {
    let mut out = Vec::new();
    let status = run(command, &mut out).unwrap();
    (status, serde_json::from_slice(&out).unwrap())
}

#[test]
fn the_shipped_catalog_has_all_rows_and_all_projects_that_lf_ai_and_data_hosts() {
    let catalog = bundled();
    let tools = catalog.tools();
    // 354 rows of the research notes and 56 tools that only the templates name; more may be added.
    assert!(tools.len() >= 354 + 56, "{}", tools.len());
    assert!(tools.iter().filter(|t| t.tier.is_some()).count() >= 354);
    // The landscape file lists 64 hosted projects: 13 graduated, 24 incubating, 22 sandbox, 5 archived. Since then
    // Amundsen, incubating there, was archived on 2026-09-01 (its issue 2350).
    let mut maturity = BTreeMap::new();
    let mut newer = Vec::new();
    for tool in tools {
        for f in tool.foundations.iter().filter(|f| f.org == "LF AI & Data") {
            *maturity.entry(f.maturity.clone().unwrap()).or_insert(0) += 1;
            if !f.source.as_ref().unwrap().contains("lfai/lfai-landscape") {
                newer.push(tool.id.as_str());
            }
        }
    }
    let counts: Vec<(&str, i32)> = maturity.iter().map(|(m, n)| (m.as_str(), *n)).collect();
    assert_eq!(counts, [("archived", 5 + 1), ("graduated", 13), ("incubating", 24 - 1), ("sandbox", 22)]);
    assert_eq!(newer, ["amundsen"], "whoever corrects another one says here why");
    assert!(catalog.newest_date() >= Some(jiff::civil::date(2026, 11, 24)), "the day of the first reviews");
}

#[test]
fn what_counts_as_read_says_where_and_when() {
    let catalog = bundled();
    for tool in catalog.tools() {
        let read = tool.claims.iter().filter(|c| c.status != ClaimStatus::Draft).flat_map(|c| &c.evidence);
        let related = tool.relations.iter().flat_map(|r| &r.evidence);
        for source in read.chain(related) {
            assert!(source.locator.is_some() && source.accessed.is_some(), "{}: {}", tool.id, source.url);
        }
        let license = &tool.license;
        if license.class != LicenseClass::Unknown {
            assert!(license.source.is_some() && license.checked_on.is_some(), "{}", tool.id);
        }
    }
}

#[test]
fn the_catalog_holds_what_has_been_judged_so_far() {
    let catalog = bundled();
    let coverage = Coverage::new(&catalog, None, jiff::civil::date(2026, 12, 1));
    // 90 were complete when this was written: a smaller number means that content got lost.
    assert!(coverage.total.complete >= 90, "{:?}", coverage.total);
    let reviewed = |wanted| coverage.polarity.iter().find(|(p, _, _)| *p == wanted).unwrap().1;
    assert!(reviewed(Polarity::Pro) >= 2 * coverage.total.complete, "{}", coverage.total.complete);
    assert!(reviewed(Polarity::Con) + reviewed(Polarity::Caveat) >= 2 * coverage.total.complete);
    assert!(coverage.relations >= 200 && coverage.relations_with_via >= 60, "{}", coverage.relations);
    // Every stage but the first has five complete tools or more: none yet helps to frame a problem.
    for (stage, split) in &coverage.by_stage {
        assert!(*stage == Stage::Frame || split.complete >= 5, "{stage:?} {split:?}");
    }
}

#[test]
fn categories_are_few_and_tell_how_to_choose() {
    let catalog = bundled();
    let categories = catalog.categories();
    assert!((30..=40).contains(&categories.len()), "{}", categories.len());
    assert!(categories.iter().all(|c| c.definition.as_ref().is_some_and(|d| d.ends_with('.'))));
    // Files of tools still name what was merged.
    let numpy = catalog.get(&id("numpy")).unwrap();
    assert_eq!(numpy.category.as_deref(), Some("Data preparation"));
    assert_eq!(catalog.category("Scientific computing").map(|c| c.id.as_str()), Some("data-preparation"));
    let guides: Vec<_> = categories.iter().filter(|c| !c.choose.is_empty()).collect();
    assert!(guides.len() >= 16, "{}", guides.len());
    for category in guides {
        assert!((5..=8).contains(&category.choose.len()), "{}", category.name);
        for answer in category.choose.iter().flat_map(|q| &q.answers) {
            assert!(!answer.tools.is_empty(), "{}: {}", category.name, answer.answer);
            for tool in &answer.tools {
                let tool = catalog.get(tool).unwrap();
                assert!(tool.is_in(&category.name), "{} is not in {}", tool.id, category.name);
                let found = completeness(tool, &catalog);
                assert_eq!(found.missing, [] as [&str; 0], "{} in {}", tool.id, category.name);
            }
        }
    }
}

#[test]
fn every_row_of_the_notes_has_a_category_and_a_stage() {
    let catalog = bundled();
    for tool in catalog.tools().iter().filter(|t| t.tier.is_some()) {
        assert!(catalog.category(tool.category.as_deref().unwrap()).is_some(), "{}", tool.id);
        assert!(!tool.stages.is_empty(), "{}", tool.id);
    }
    let counts = catalog.stage_counts();
    assert_eq!(counts.len(), Stage::ALL.len());
    // Of the notes 119 tools belong to train and 22 to collect; judging may add stages to them, not take all away.
    assert!(counts[&Stage::Train] >= 110 && counts[&Stage::Collect] >= 22, "{counts:?}");
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
fn every_claim_has_a_source_and_a_draft_has_no_review() {
    let catalog = bundled();
    for claim in catalog.tools().iter().flat_map(|t| &t.claims) {
        assert!(!claim.evidence.is_empty(), "{}", claim.text);
        assert!(claim.evidence.iter().all(|e| e.url.starts_with("https://")), "{}", claim.text);
        assert_eq!(claim.reviewed_on.is_some(), claim.status == ClaimStatus::Reviewed, "{}", claim.text);
    }
    let mlflow = catalog.get(&id("mlflow")).unwrap();
    let sides: Vec<Polarity> = mlflow.claims.iter().map(|c| c.polarity).collect();
    assert!(sides.is_sorted() && sides.contains(&Polarity::Pro) && sides.contains(&Polarity::Con));
}

#[test]
fn a_workspace_is_looked_at_first_and_every_value_knows_its_layer() {
    let folder = tempfile::tempdir().unwrap();
    let tools = folder.path().join("catalog/tools");
    fs::create_dir_all(&tools).unwrap();
    let below = bundled();
    let before = below.get(&id("feast")).unwrap();
    let (replaced, kept) = (&before.claims[0], &before.claims[1]);
    let text = fs::read_to_string(root().join("tests/fixtures/catalog/tools/feast.toml")).unwrap();
    fs::write(tools.join("feast.toml"), text.replace("con-lineage", &replaced.id)).unwrap();
    let (catalog, problems) = catalog_with(folder.path()).unwrap();
    assert_eq!(problems, []);
    let feast = catalog.get(&id("feast")).unwrap();

    assert_eq!(feast.note.as_deref(), Some("Our team's own note."));
    assert_eq!(feast.layer_of(Field::Note), Some(Layer::Workspace));
    assert_eq!(feast.license.checked_on, Some(jiff::civil::date(2026, 11, 20)));
    assert_eq!(feast.license.note, None, "a licence is one value: it is replaced as a whole");
    assert_eq!((&feast.name, &feast.summary), (&before.name, &before.summary));
    assert_eq!(feast.layer_of(Field::Name), Some(Layer::Bundled));
    let unnamed = Field::ALL.iter().filter(|f| before.layer_of(**f).is_none());
    for field in unnamed.filter(|f| !matches!(f, Field::Note | Field::License)) {
        assert_eq!(feast.layer_of(*field), None, "no layer names {}", field.key());
    }

    assert_eq!(feast.claims.len(), before.claims.len() + 1, "one replaces, one is added");
    let found = |id: &str| feast.claims.iter().find(|c| c.id == id).unwrap();
    let mine = found(&replaced.id);
    assert_eq!(
        (mine.layer, mine.text.as_str()),
        (Layer::Workspace, "Replaces the shipped claim of the same id.")
    );
    assert_eq!((found(&kept.id).layer, &found(&kept.id).text), (Layer::Bundled, &kept.text));
}

#[test]
fn the_shipped_catalog_passes_its_own_check_and_says_what_is_not_known() {
    let loaded = load_bundled();
    let catalog = bundled();
    let today = jiff::civil::date(2026, 12, 1);
    let mut findings = check::check(&loaded.files, &catalog, today);
    let coverage = Coverage::new(&catalog, None, today);
    findings.extend(check::check_categories(&catalog, &coverage, "categories.toml"));
    let errors: Vec<_> = findings.iter().filter(|f| f.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    // Half a year later the first reviews are past their day, three years later all of them are.
    let stale =
        |day| check::check(&loaded.files, &catalog, day).iter().filter(|f| f.rule == "stale-claim").count();
    assert!(stale(jiff::civil::date(2027, 6, 1)) > 0);
    let later = check::check(&loaded.files, &catalog, jiff::civil::date(2029, 12, 1));
    let claims = catalog.tools().iter().flat_map(|t| &t.claims).filter(|c| c.stale_after.is_some()).count();
    assert_eq!(later.iter().filter(|f| f.rule == "stale-claim").count(), claims);
    assert!(!check::has_errors(&later), "stale is a warning");
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
            "relations",
            "docs",
            "kind",
            "languages",
            "deploy",
            "status",
            "seen_on"
        ],
        "the promised ones first"
    );
    assert_eq!((&feast["kind"], &feast["status"]), (&serde_json::json!("tool"), &serde_json::json!("alive")));
    assert_eq!(feast["repos"], serde_json::json!([{"url": "https://github.com/feast-dev/feast"}]));
    assert_eq!(feast["license"], serde_json::json!({"spdx": "Apache-2.0", "class": "osi"}));
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
    let check = CheckArgs { dir: Some(folder.path().to_owned()), json: true, ..CheckArgs::default() };
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
        ("catalog/tools/binary.toml", Some(1), "not-text"),
        ("catalog/tools/syntax.toml", Some(2), "syntax"),
        ("catalog/tools/nameless.toml", Some(1), "missing-field"),
        ("catalog/tools/other.toml", Some(1), "id-file-name"),
        ("catalog/tools/other.toml", Some(3), "bad-link"),
    ];
    assert_eq!(found, expected.map(|(at, line, rule)| (at.to_owned(), line, rule.to_owned())));
    for (name, text) in files {
        assert_eq!(fs::read_to_string(tools.join(name)).unwrap(), text);
    }
    assert_eq!(fs::read_dir(&tools).unwrap().count(), 4, "nothing is created");
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
    assert!(loaded.is_whole);
    let shipped = bundled();
    assert_eq!(loaded.files.len(), shipped.tools().len());
    let (catalog, problems) = catalog_alone(loaded);
    assert_eq!((catalog.tools().len(), problems.len()), (shipped.tools().len(), 0));
    assert_eq!(catalog.categories(), shipped.categories());
}

#[test]
fn a_folder_with_categories_is_judged_alone_and_one_without_is_a_layer() {
    let folder = tempfile::tempdir().unwrap();
    let tools = folder.path().join("tools");
    fs::create_dir(&tools).unwrap();
    // Feast and its category are known to the shipped catalog only.
    let mine = "id = \"mine\"\nname = \"Mine\"\ncategory = \"Feature store\"\n[[relation]]\ntype = \"part_of\"\ntarget = \"feast\"\n[[relation.evidence]]\nurl = \"https://mine.dev\"\nlocator = \"a … b\"\naccessed = \"2026-11-01\"\n";
    fs::write(tools.join("mine.toml"), mine).unwrap();
    let check = || {
        let (dir, today) = (Some(folder.path().to_owned()), Some(jiff::civil::date(2026, 12, 1)));
        let (status, found) =
            json(&ToolsCommand::Check(CheckArgs { dir, json: true, today, ..CheckArgs::default() }));
        let found = found.as_array().unwrap().iter().filter(|f| f["rule"] != "coverage");
        let rules: Vec<(String, String)> = found
            .map(|f| (f["at"].as_str().unwrap().to_owned(), f["rule"].as_str().unwrap().to_owned()))
            .collect();
        (status, rules)
    };
    assert_eq!(check(), (0, Vec::new()));
    let rule = |at: &str, rule: &str| (at.to_owned(), rule.to_owned());
    let alone = [rule("tools/mine.toml", "unknown-category"), rule("tools/mine.toml", "relation-target")];
    fs::write(folder.path().join("categories.toml"), "").unwrap();
    assert_eq!(check(), (1, alone.to_vec()));
    fs::write(folder.path().join("categories.toml"), "[[category]\n").unwrap();
    let broken = [vec![rule("categories.toml", "syntax")], alone.to_vec()].concat();
    assert_eq!(check(), (1, broken), "a broken file still makes it a whole catalog");
}

#[test]
fn the_report_says_how_much_is_known() {
    let today = jiff::civil::date(2026, 12, 1);
    let args = CheckArgs { coverage: true, today: Some(today), ..CheckArgs::default() };
    let mut out = Vec::new();
    assert_eq!(run(&ToolsCommand::Check(args.clone()), &mut out).unwrap(), 0);
    let text = String::from_utf8(out).unwrap();
    let total = Coverage::new(&bundled(), None, today).total;
    let row = text.lines().find(|line| line.contains(" tools ")).unwrap();
    let numbers: Vec<usize> = row.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    assert_eq!(numbers, [total.all(), total.complete, total.partial, total.basic]);
    assert!(!text.contains("warning:"), "only the report");
    let (status, found) = json(&ToolsCommand::Check(CheckArgs { json: true, ..args }));
    let found = found.as_array().unwrap();
    assert_eq!(status, 0);
    assert!(found.iter().all(|f| f["rule"] == "coverage" && f["severity"] == "info" && f["at"] == "catalog"));
    let all = format!("{} tools: {} complete", total.all(), total.complete);
    assert!(found[0]["message"].as_str().unwrap().starts_with(&all), "{}", found[0]);
    let keys: Vec<&String> = found[0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["rule", "severity", "at", "line", "message"]);
    let mut out = Vec::new();
    let csv = CheckArgs { coverage: true, csv: true, today: Some(today), ..CheckArgs::default() };
    assert_eq!(run(&ToolsCommand::Check(csv), &mut out).unwrap(), 0);
    let text = String::from_utf8(out).unwrap();
    let split = [total.complete, total.partial, total.basic, total.all()].map(|n| n.to_string()).join(",");
    assert!(text.starts_with(&format!("of,name,complete,partial,basic,all\ntools,all,{split}\n")), "{text}");
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
        let found = index.search(&Query::words(word), &Context::default());
        for (i, text) in texts.iter().enumerate().filter(|(_, text)| text.contains(word)) {
            assert!(found.contains(&i), "{word:?} is in {text:?}");
        }
    }
}

#[test]
fn search_and_sort_work_on_the_shipped_catalog() {
    let catalog = bundled();
    let index = Index::new(&catalog);
    let (mut rows, facets) = index.search_with_facets(&Query::words("drift"), &Context::default());
    let names: Vec<&str> = rows.iter().map(|i| catalog.tools()[*i].name.as_str()).collect();
    assert_eq!(names[0], "TorchDrift", "a name comes before a text");
    assert!(names.contains(&"Evidently"), "its claims speak of drift");
    assert!(
        facets.count(&query::Value::Stage(Stage::Monitor)) >= 4
            && facets.count(&query::Value::Stage(Stage::Collect)) == 0
    );
    let coverage = Coverage::new(&catalog, None, Date::default());
    let basis = Basis { catalog: &catalog, coverage: &coverage, today: Date::default(), own: &[] };
    let by = |column, descending| [SortBy { column, descending }];
    sort(&basis, &mut rows, &by(Column::Claims, true));
    let counts: Vec<usize> = rows.iter().map(|i| catalog.tools()[*i].claims.len()).collect();
    assert!(counts.is_sorted_by(|a, b| a >= b) && counts[0] > 0);
    sort(&basis, &mut rows, &by(Column::Name, false));
    assert!(rows.is_sorted());
}

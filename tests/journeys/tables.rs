//! Journeys by accessible label: whatever a view shows as rows is taken away by one command, under a name from its title.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use mlops_atlas::action::{Action, WindowAction, WindowId};
use mlops_atlas::address::TextForm;
use mlops_atlas::app::{App, Start};
use mlops_atlas::command::Command;
use mlops_atlas::state::State;
use mlops_atlas::store::atlas_db::Profile;

use crate::headless;
use crate::headless::taking::until_told;

type Atlas = Harness<'static, App>;

fn start() -> Atlas {
    let today = Some("2026-11-30".parse().unwrap());
    headless::open(Start { profile: Profile::empty(), today, ..Start::default() })
}

fn go(harness: &mut Atlas, address: &str) {
    let location = address.parse().unwrap();
    harness.state_mut().push(Action::Window(WindowId::MAIN, WindowAction::Go(location)));
    settle(harness);
}

/// Frames until nothing is read any more.
fn settle(harness: &mut Atlas) {
    for _ in 0..10_000 {
        harness.run_steps(4);
        if !harness.state().is_loading() {
            return;
        }
    }
    panic!("still loading");
}

fn state(harness: &Atlas) -> &State {
    harness.state().state()
}

/// Asks for a command by the palette, if that offers it.
fn ask(harness: &mut Atlas, command: Command) -> bool {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.run_steps(3);
    harness.get_by_role_and_label(Role::TextInput, "Search everything").type_text(command.title());
    harness.run_steps(3);
    let is_offered = match harness.query_by_role_and_label(Role::ListBoxOption, command.title()) {
        Some(hit) => {
            hit.click_accesskit();
            true
        }
        None => false,
    };
    if !is_offered {
        harness.key_press(Key::Escape);
    }
    harness.run_steps(4);
    is_offered
}

/// Views of every kind with what a file of each is called, and how its rows begin: the head, then a piece of a row.
const VIEWS: [(&str, &str, &str, &str); 32] = [
    ("home?stage=train", "mlops-lifecycle", "stage,title,tools,definition\nframe,Frame,", "\ngovern,Govern,"),
    (
        "landscape/board",
        "landscape-board-by-category",
        "group: category,tool,stages,category,licence",
        "\nExperiment tracking,Aim,",
    ),
    ("landscape/board?by=stage", "landscape-board-by-stage", "group: stage,tool,", "\nTrain,Aim,"),
    (
        "landscape/table?category=Feature%20store",
        "landscape-table",
        "tool,stages,category,licence",
        "\nFeast,",
    ),
    (
        "landscape/table?group=foundation",
        "landscape-table-by-foundation",
        "group: foundation,tool,",
        "Feast,",
    ),
    (
        "landscape/lifecycle?by=foundation",
        "landscape-lifecycle-by-foundation",
        "foundation,frame,collect,",
        "\nAll tools,",
    ),
    ("landscape/portfolio", "landscape-portfolio", "foundation,frame,", "\nNo foundation,"),
    ("landscape/tool?id=mlflow", "mlflow", "part,about,text,note,status,", "\nproperty,Licence,Apache-2.0,"),
    ("landscape/category?name=Feature%20store", "feature-store", "tool,summary,completeness,", "\nFeast,"),
    (
        "landscape/compare?tools=mlflow,aim,clearml",
        "mlflow-aim-clearml",
        "row,tool,value,source,read",
        "\nLicence,mlflow,Apache-2.0,",
    ),
    ("landscape/graph?tool=feast", "relations-feast", "from,relation,to,artifact,", "\nfeast,"),
    ("landscape/coverage", "state-of-the-catalog", "of,name,complete,partial,basic,all", "\ntools,all,"),
    (
        "studio",
        "drawings",
        "title,drawing,from,domain,level,",
        "\nRetrieval-augmented generation with operations loop,rag-ops,template,",
    ),
    ("studio?tool=feast", "drawings", "title,drawing,from,domain,level,", ",template,"),
    ("studio/consensus", "common-practice", "part,kind,artifact,to kind,lane,", "\nbox,training,"),
    (
        "studio/drawing?file=template:rag-ops&panel=findings",
        "retrieval-augmented-generation-with-operations-loop-findings",
        "rule,severity,at,boxes,message,suggestion,lived with because",
        "\nDEB10,info,\"ft, llm\",\"Optional fine-tuning, RAG chain and LLM serving\",",
    ),
    (
        "studio/drawing?file=template:rag-ops&panel=maturity",
        "retrieval-augmented-generation-with-operations-loop-maturity",
        "part,name,state,to do,boxes",
        "\nscale,Google,level ",
    ),
    (
        "studio/drawing?file=template:rag-ops&panel=tools",
        "retrieval-augmented-generation-with-operations-loop-tools",
        "part,name,tool,boxes,known,told,source,",
        "\nflow,",
    ),
    (
        "studio/drawing?file=template:rag-ops&panel=impact&artifact=embeddings",
        "retrieval-augmented-generation-with-operations-loop-impact-of-embeddings",
        "node,label,kind,flows,reached,to do",
        ",1,direct,",
    ),
    (
        "studio/drawing?file=template:rag-ops&panel=compare&against=template:kreuzberger",
        "retrieval-augmented-generation-with-operations-against-nine-component-reference",
        "difference,part,name,field,there,here",
        "\nonly here,box,",
    ),
    ("practice/lifecycle", "lifecycle", "stage,title,definition,", "\ntrain,Train,"),
    (
        "practice/usecases",
        "use-cases",
        "domain,organisation,title,year,",
        "\nB2B sales,LinkedIn,Account Prioritizer with explanations,2023,",
    ),
    (
        "practice/approaches",
        "approaches",
        "organisation,platform,since,told,tools,source,address",
        "\nUber,Michelangelo,",
    ),
    ("practice/issues", "issues", "number,title,stages,text,what helps,", "\n1,"),
    (
        "practice/debt?item=entanglement",
        "debt",
        "title,stages,text,rules,",
        "\nEntanglement,\"feature, train\",",
    ),
    (
        "practice/data-centric",
        "data-centric",
        "title,stages,text,steps,",
        "\nDrift tests Evidently picks by default,",
    ),
    ("practice/numbers", "numbers", "number,year,figure,percent,", "2020,a quarter to half,36,no,"),
    ("practice/communities", "communities", "name,text,source,address", "https://"),
    ("practice/committee", "committee", "title,text,tools,source,address", "\nStanding bodies,"),
    (
        "practice/issues?text=drift",
        "practice-drift",
        "section,title,id",
        ",Drift tests Evidently picks by default,evidently-defaults\n",
    ),
    ("runs/store?source=demo:", "demo-store-runs", "", ""),
    ("runs", "run-stores", "where,store,looks like,runs", "\nopen,demo:,,"),
];

#[test]
fn every_view_with_rows_leaves_in_the_forms_that_it_offers() {
    let mut harness = start();
    for (view, stem, head, piece) in VIEWS {
        let address = format!("atlas:{view}");
        go(&mut harness, &address);
        let location = state(&harness).location(WindowId::MAIN).clone();
        let forms = location.text_forms();
        assert!(!forms.is_empty(), "{address}");
        for form in forms {
            let command = Command::all().find(|command| command.text_form() == Some(*form)).unwrap();
            let before = state(&harness).notices.last().map(|notice| notice.id);
            assert!(ask(&mut harness, command), "{address} does not offer {}", command.title());
            // Without a window there is no dialog: the file that would be proposed is told.
            let told = state(&harness).notices.last().unwrap();
            assert_ne!(Some(told.id), before, "{address}, {form:?}: nothing was told");
            assert!(
                told.problem.message.contains("no window to ask"),
                "{address}, {form:?}: {}",
                told.problem.message
            );
            let number = if *form == TextForm::Record { "0001-" } else { "" };
            assert_eq!(told.problem.at, format!("{number}{stem}.{}", form.ending()), "{address}, {form:?}");
        }
        if head.is_empty() {
            continue;
        }
        let csv = state(&harness).text(WindowId::MAIN, TextForm::Csv).unwrap().text;
        assert!(csv.starts_with(head), "{address}: {}", csv.lines().next().unwrap());
        assert!(csv.contains(piece), "{address}: {piece:?} is missing in\n{csv}");
        let markdown = state(&harness).text(WindowId::MAIN, TextForm::Markdown).unwrap().text;
        assert!(markdown.contains("| --- |") || markdown.contains("|---|"), "{address}:\n{markdown}");
    }
}

#[test]
fn a_file_is_called_by_titles_and_never_by_an_address() {
    let harness = start();
    for (view, stem) in [
        ("home", "mlops-lifecycle"),
        ("home?stage=train", "mlops-lifecycle-train"),
        ("landscape/lifecycle?by=stage", "landscape-lifecycle-by-category"),
        ("landscape/tool?id=nobody", "nobody"),
        ("landscape/category?name=%3F%3F", "landscape"),
        ("landscape/compare", "comparison"),
        ("landscape/graph", "relations"),
        ("studio/consensus?of=workspace", "common-practice-workspace"),
        ("studio/drawing?file=template:nosuch", "nosuch"),
        ("studio/drawing?file=untitled:3&panel=findings", "untitled-3-findings"),
        ("studio/drawing?file=/srv/%C3%9Cber%20uns.architecture.json", "über-uns"),
        ("studio/drawing?file=/srv/OURS.ARCHITECTURE.JSON&panel=compare", "ours-compared"),
        (
            "studio/drawing?file=/srv/ours.json&panel=impact&swap-from=feast&swap-to=hopsworks",
            "ours-impact-of-feast-to-hopsworks",
        ),
        ("studio/drawing?file=/srv/.architecture.json", "architecture"),
        ("runs/store?source=/srv/team/mlruns.v2.db", "mlruns-v2-runs"),
        ("runs/store?source=/srv/mlruns", "mlruns-runs"),
        ("runs/store?source=https://mlflow.example.org/a?b=c", "mlflow-example-org-a-b-c-runs"),
        ("runs/store?source=demo:&run=a&metric=val_loss&metric=acc", "demo-store-val-loss-acc"),
        ("practice/issues?item=nosuch", "issues"),
        ("practice/debt?item=entanglement", "debt-entanglement"),
        ("practice?text=%E7%89%B9%E5%BE%B4%E9%87%8F", "practice-特徴量"),
        ("data", "data"),
        ("present", "present"),
        ("settings", "settings"),
    ] {
        let location = format!("atlas:{view}").parse().unwrap();
        assert_eq!(state(&harness).file_stem(&location), stem, "{view}");
    }
}

#[test]
fn where_there_are_no_rows_nothing_is_offered() {
    let mut harness = start();
    for view in [
        "settings",
        "present",
        "data",
        "landscape/graph",
        "landscape/compare?tools=aim",
        "studio/drawing?file=template:rag-ops",
        "studio/drawing?file=template:rag-ops&panel=impact",
        "studio/drawing?file=template:rag-ops&panel=compare",
    ] {
        go(&mut harness, &format!("atlas:{view}"));
        for command in Command::all().filter(|command| command.text_form().is_some()) {
            assert!(!ask(&mut harness, command), "{view} offers {}", command.title());
        }
    }
}

#[test]
fn what_cannot_be_found_gives_no_file_but_a_reason() {
    let mut harness = start();
    for view in
        ["landscape/tool?id=nobody", "landscape/category?name=Nothing", "landscape/compare?tools=aim,nobody"]
    {
        go(&mut harness, &format!("atlas:{view}"));
        assert!(ask(&mut harness, Command::ExportCsv), "{view}");
        let told = &state(&harness).notices.last().unwrap().problem;
        assert!(told.message.starts_with("Nothing was saved: "), "{view}: {}", told.message);
        assert!(!told.at.starts_with("atlas:"), "{view}: {}", told.at);
    }
}

#[test]
fn the_findings_are_those_that_the_command_line_tells() {
    let mut harness = start();
    for template in ["google-l1", "rag-ops", "kreuzberger"] {
        go(&mut harness, &format!("atlas:studio/drawing?file=template:{template}&panel=findings"));
        let csv = state(&harness).text(WindowId::MAIN, TextForm::Csv).unwrap().text;
        let words = ["architecture", "check", &format!("template:{template}"), "--json"];
        let output = assert_cmd::Command::cargo_bin("mlops-atlas").unwrap().args(words).output().unwrap();
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        let mut told: Vec<[String; 5]> = answer["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| {
                let at: Vec<String> = one["at"].as_array().unwrap().iter().map(text).collect();
                [
                    text(&one["rule"]),
                    text(&one["severity"]),
                    at.join(", "),
                    text(&one["message"]),
                    text(&one["suggestion"]),
                ]
            })
            .collect();
        let mut shown: Vec<[String; 5]> = cells(&csv)
            .into_iter()
            .skip(1)
            .filter(|row| row[6].is_empty())
            .map(|row| [0, 1, 2, 4, 5].map(|at| row[at].clone()))
            .collect();
        assert!(!told.is_empty(), "{template}");
        told.sort();
        shown.sort();
        assert_eq!(shown, told, "{template}");
    }
}

/// The cells of a CSV, read as RFC 4180 has it.
fn cells(csv: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut is_quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = csv.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if is_quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            letter => cell.push(letter),
        }
    }
    rows
}

#[test]
fn the_drawn_points_leave_beside_the_table_of_runs() {
    let mut harness = start();
    go(&mut harness, "atlas:runs/store?source=demo:");
    assert!(!ask(&mut harness, Command::ExportPoints), "nothing is drawn");
    let (_, source) = state(&harness).focused_source(WindowId::MAIN).unwrap();
    let runs = source.runs.as_ref().unwrap();
    let (run, metric) = runs
        .runs
        .iter()
        .find_map(|run| {
            Some((run.id.to_string(), runs.metric_keys[run.metrics.first()?.0 as usize].to_string()))
        })
        .unwrap();
    go(&mut harness, &format!("atlas:runs/store?source=demo:&run={run}&metric={metric}"));
    for (command, end) in [(Command::ExportCsv, "runs"), (Command::ExportPoints, metric.as_str())] {
        assert!(ask(&mut harness, command));
        let told = &state(&harness).notices.last().unwrap().problem;
        assert!(told.message.contains("no window to ask"), "{}", told.message);
        assert_eq!(told.at, format!("demo-store-{}.csv", end.replace('_', "-")));
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("points.csv");
    harness.state_mut().answer_next_place(file.clone());
    assert!(ask(&mut harness, Command::ExportPoints));
    assert_eq!(until_told(&mut harness, &file), "The file is written.");
    let written = cells(&std::fs::read_to_string(&file).unwrap());
    assert_eq!(written[0], ["run_id", "run_name", "metric", "step", "time", "value"]);
    let (_, source) = state(&harness).focused_source(WindowId::MAIN).unwrap();
    let drawn = source.series.values().next().unwrap().curve.clone().unwrap();
    let points: Vec<(i64, f64)> = drawn.series().points().map(|point| (point.step, point.value)).collect();
    assert!(!points.is_empty());
    let read = |row: &Vec<String>| (row[3].parse().unwrap(), row[5].parse().unwrap());
    assert_eq!(written[1..].iter().map(read).collect::<Vec<(i64, f64)>>(), points);
    assert!(written[1..].iter().all(|row| row[0] == run && row[2] == metric));
}

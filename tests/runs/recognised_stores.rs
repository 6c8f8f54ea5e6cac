//! Stores are recognised by what they hold, whatever their name, and are left as they were; those that cannot be
//! read yet are named.
//!
//! The tables are those that Optuna 5.0, Trackio 0.43 and Aim 3.29 create, the event file's record and the
//! `meta.yaml` are as TensorBoard 2.21 and MLflow 3.17 write them.

use std::path::Path;

use mlops_atlas::cli::runs::{RunsArgs, RunsCommand, SourcesArgs, run};
use mlops_atlas::store::runs::{Error, Patience, open, open_each, tables};
use rusqlite::Connection;

use crate::listing::listing;

const OPTUNA: &str = "
    CREATE TABLE studies (study_id INTEGER NOT NULL, study_name VARCHAR(512) NOT NULL, PRIMARY KEY (study_id));
    CREATE TABLE version_info (version_info_id INTEGER NOT NULL, schema_version INTEGER,
        library_version VARCHAR(256), PRIMARY KEY (version_info_id), CHECK (version_info_id=1));
    CREATE TABLE trials (trial_id INTEGER NOT NULL, number INTEGER, study_id INTEGER, state VARCHAR(8) NOT NULL,
        datetime_start DATETIME, datetime_complete DATETIME, PRIMARY KEY (trial_id),
        FOREIGN KEY(study_id) REFERENCES studies (study_id));";

const TRACKIO: &str = "
    CREATE TABLE metrics (id INTEGER PRIMARY KEY AUTOINCREMENT, run_id TEXT NOT NULL, timestamp TEXT NOT NULL,
        run_name TEXT NOT NULL, step INTEGER NOT NULL, metrics TEXT NOT NULL, log_id TEXT, space_id TEXT);
    CREATE TABLE configs (id INTEGER PRIMARY KEY AUTOINCREMENT, run_id TEXT NOT NULL, run_name TEXT NOT NULL,
        config TEXT NOT NULL, created_at TEXT NOT NULL, UNIQUE(run_id));
    PRAGMA journal_mode = wal;";

const AIM: &str = "
    CREATE TABLE experiment (id INTEGER NOT NULL, uuid TEXT, name TEXT NOT NULL, PRIMARY KEY (id));
    CREATE TABLE tag (id INTEGER NOT NULL, uuid TEXT, name TEXT NOT NULL, PRIMARY KEY (id));
    CREATE TABLE run (id INTEGER NOT NULL, hash TEXT NOT NULL, name TEXT, PRIMARY KEY (id));
    CREATE TABLE run_tag (run_id INTEGER NOT NULL, tag_id INTEGER NOT NULL, PRIMARY KEY (run_id, tag_id));
    CREATE TABLE note (id INTEGER NOT NULL, content TEXT NOT NULL, run_id INTEGER, PRIMARY KEY (id));";

/// The first record of an event file, and the beginning of the second.
const EVENTS: &[u8] =
    b"\x18\0\0\0\0\0\0\0\xa3\x7f\x4b\x22\x09\xe2\x6d\xd2\xf4\xeb\xc0\xda\x41\x1a\x0dbrain.Event:2\
    \xdb\xe6\x8f\x0e\x1e\0\0\0\0\0\0\0";

const META: &str =
    "artifact_location: mlflow-artifacts:/0\nexperiment_id: '0'\nlifecycle_stage: active\nname: Default\n";
const RUN_META: &str =
    "artifact_uri: mlflow-artifacts:/0/1\nexperiment_id: '0'\nlifecycle_stage: active\nrun_id: a\n";

fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

fn database(path: &Path, tables: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    Connection::open(path).unwrap().execute_batch(tables).unwrap();
}

/// Exit status, `(path below the folder, kind, runs)` from stdout, and the lines of stderr.
fn sources(folder: &Path, path: &Path) -> (u8, Vec<(String, String, u64)>, Vec<String>) {
    let command = RunsCommand::Sources(SourcesArgs { paths: vec![path.to_path_buf()], json: true });
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = run(&RunsArgs { command, map: None, copy: false }, &mut out, &mut err).unwrap();
    let list: serde_json::Value = serde_json::from_slice(&out).unwrap();
    let items = list.as_array().unwrap().iter().map(|item| {
        let path = Path::new(item["path"].as_str().unwrap()).strip_prefix(folder).unwrap();
        let kind = item["kind"].as_str().unwrap().to_owned();
        let is_table = kind == "csv" || kind == "jsonl";
        let keys: &[&str] =
            if is_table { &["path", "kind", "runs", "mapping"] } else { &["path", "kind", "runs"] };
        assert_eq!(item.as_object().unwrap().keys().collect::<Vec<_>>(), keys);
        (path.display().to_string(), kind, item["runs"].as_u64().unwrap())
    });
    let lines = String::from_utf8(err).unwrap().lines().map(ToOwned::to_owned).collect();
    (status, items.collect(), lines)
}

/// A folder with one store of each kind, under names that say nothing.
fn zoo() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::copy("tests/fixtures/mlflow/mlflow1.db", path("a.db")).unwrap();
    database(&path("b.db"), OPTUNA);
    database(&path("c.store"), TRACKIO);
    database(&path("d/run_metadata.sqlite"), AIM);
    write(&path("d/meta/chunks/x"), "x");
    write(&path("e/0/meta.yaml"), META);
    write(&path("e/0/a/meta.yaml"), RUN_META);
    write(&path("f/first/events.out"), EVENTS);
    write(&path("g.log"), "epoch,step,\"train, loss\"\n0,10,0.5\n0,20,0.25\n");
    write(&path("h.log"), "{\"step\": 1, \"loss\": NaN}\n{\"step\": 2, \"loss\": 0.5}\n");
    // What is none of these.
    write(&path("i.csv"), "city,people\nParis,2100000\n");
    write(&path("j.txt"), "Dear diary,\ntoday I trained.\n");
    write(&path("k.json"), "{\"step\": 1}\n");
    // Tables that have hardly begun: only who names them knows that they are.
    write(&path("o.jsonl"), "{\"step\": 0, \"loss\": 0.5}\n");
    write(&path("p.csv"), "epoch,loss\n");
    write(&path("l/0/meta.yaml"), RUN_META);
    write(&path("m/events.out.tfevents.1.host"), "no events");
    database(&path("n.store"), "CREATE TABLE notes (text)");
    folder
}

#[test]
fn every_kind_is_recognised_in_a_folder_and_nothing_else() {
    let folder = zoo();
    let before = listing(folder.path());
    let (status, found, lines) = sources(folder.path(), folder.path());
    let expected = [
        ("a.db", "mlflow-sqlite", 8),
        ("b.db", "optuna", 0),
        ("c.store", "trackio", 0),
        ("d", "aim", 0),
        ("e", "mlflow-files", 1),
        ("f", "tensorboard", 1),
        ("g.log", "csv", 1),
        ("h.log", "jsonl", 1),
    ];
    let expected: Vec<_> =
        expected.iter().map(|(path, kind, runs)| ((*path).to_owned(), (*kind).to_owned(), *runs)).collect();
    assert_eq!((status, &found), (1, &expected));
    let not_yet: Vec<_> = expected.iter().filter(|(_, kind, _)| kind == "aim").collect();
    assert_eq!((lines.len(), not_yet.len()), (1, 1), "{lines:?}");
    for ((path, kind, _), line) in not_yet.into_iter().zip(&lines) {
        assert!(
            line.contains(&format!("recognised as {kind}, which this version cannot read yet")),
            "{line}"
        );
        assert!(line.ends_with(path), "{line}");
    }
    assert_eq!(listing(folder.path()), before);
}

#[test]
fn a_store_named_by_itself_is_recognised_and_the_window_says_the_same() {
    let folder = zoo();
    let named = [("d", "d", "aim"), ("d/run_metadata.sqlite", "d/run_metadata.sqlite", "aim")];
    let before = listing(folder.path());
    for (given, path, kind) in named {
        let given = folder.path().join(given);
        let (status, found, lines) = sources(folder.path(), &given);
        assert_eq!((status, found), (1, vec![(path.to_owned(), kind.to_owned(), 0)]));
        let error = open(&given).err().unwrap();
        assert!(matches!(error, Error::NotYet { .. }), "{error}");
        assert_eq!(lines, [format!("mlops-atlas: {error}")]);
    }
    for given in ["f", "f/first", "f/first/events.out"] {
        let (status, found, lines) = sources(folder.path(), &folder.path().join(given));
        assert_eq!((status, found), (0, vec![(given.to_owned(), "tensorboard".to_owned(), 1)]), "{lines:?}");
    }
    // A table is worth a word when a person names it, also where it counts no steps.
    let tables = [
        ("g.log", "csv", 1),
        ("h.log", "jsonl", 1),
        ("i.csv", "csv", 1),
        ("o.jsonl", "jsonl", 1),
        ("p.csv", "csv", 0),
    ];
    for (given, kind, runs) in tables {
        let path = folder.path().join(given);
        let (status, found, lines) = sources(folder.path(), &path);
        assert_eq!((status, found, lines), (0, vec![(given.to_owned(), kind.to_owned(), runs)], Vec::new()));
        assert_eq!(open(&path).unwrap().kind().id(), kind);
    }
    for given in ["j.txt", "k.json", "l", "m", "n.store"] {
        let error = open(&folder.path().join(given)).err().unwrap();
        assert!(!matches!(error, Error::NotYet { .. }), "{given}: {error}");
    }
    assert_eq!(listing(folder.path()), before);
}

#[test]
fn a_folder_opens_all_stores_that_can_be_read_whatever_lies_beside_them() {
    let folder = zoo();
    // Of the database, of the folder of files and of the logs; tables count only where nothing else lies.
    let whole = 8 + 1 + 1;
    assert_eq!(open(folder.path()).unwrap().runs(false).unwrap().0.runs.len(), whole);
    std::fs::copy("tests/fixtures/mlflow/mlflow3.db", folder.path().join("mlflow.db")).unwrap();
    assert_eq!(open(folder.path()).unwrap().runs(false).unwrap().0.runs.len(), whole + 28);
}

/// A tracker's store is opened before a table that lies beside it, and a table before nothing.
#[test]
fn a_table_comes_after_every_store() {
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("a.csv"), "step,loss\n0,0.5\n");
    assert_eq!(open(folder.path()).unwrap().kind().id(), "csv");
    std::fs::copy("tests/fixtures/mlflow/mlflow1.db", folder.path().join("b.db")).unwrap();
    assert_eq!(open(folder.path()).unwrap().kind().id(), "mlflow-sqlite");
}

/// What is left out beside stores is named.
#[test]
fn tables_beside_stores_are_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy("tests/fixtures/mlflow/mlflow1.db", folder.path().join("z.db")).unwrap();
    let mut named = Vec::new();
    for count in 1..=7 {
        write(&folder.path().join(format!("t{count}.csv")), "step,loss\n0,0.5\n");
        let (parts, problems) = open_each(folder.path(), Patience::Window).unwrap();
        assert_eq!(parts.len(), 1, "the tables are left out");
        named.push(problems.into_iter().map(|problem| problem.message).collect::<Vec<_>>().join("; "));
    }
    assert_eq!(named[0], "A table of values beside the stores is not read: t1.csv; open it by itself");
    let all =
        "Tables of values beside the stores are not read: t1.csv, t2.csv, t3.csv, t4.csv, t5.csv and 2 more";
    assert_eq!(named[6], format!("{all}; open them by themselves"));
}

#[test]
fn tables_in_folders_below_one_folder_are_one_store() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in
        [("one", "step,loss\n0,0.5\n"), ("two", "step,loss\n0,0.25\n1,0.5\n"), ("three", "a,b\nc,d\n")]
    {
        write(&folder.path().join("logs").join(name).join("metrics.csv"), text);
    }
    let (status, found, lines) = sources(folder.path(), folder.path());
    assert_eq!((status, found, lines), (0, vec![("logs".to_owned(), "csv".to_owned(), 2)], Vec::new()));
    let (_, found, _) = sources(folder.path(), &folder.path().join("logs/two"));
    assert_eq!(found, [("logs/two/metrics.csv".to_owned(), "csv".to_owned(), 1)]);
}

#[test]
fn folders_of_events_below_one_folder_are_one_store() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["one/train", "one/test", "two/train"] {
        write(&folder.path().join("logs").join(name).join("events.out.tfevents.1.host"), EVENTS);
    }
    let logs = folder.path().join("logs");
    let (_, found, _) = sources(folder.path(), &logs);
    assert_eq!(found, [("logs".to_owned(), "tensorboard".to_owned(), 3)]);
    let (_, found, _) = sources(folder.path(), &logs.join("one"));
    assert_eq!(found, [("logs/one".to_owned(), "tensorboard".to_owned(), 2)]);
    // However deep they lie, and though there is one only: a run is named by its path below what was named.
    write(&folder.path().join("a/b/c/d/e/events.out.tfevents.1.host"), EVENTS);
    let deep = folder.path().join("a");
    let (_, found, _) = sources(folder.path(), &deep);
    assert_eq!(found, [("a".to_owned(), "tensorboard".to_owned(), 1)]);
    assert_eq!(&*open(&deep).unwrap().runs(false).unwrap().0.runs[0].id, "b/c/d/e");
}

/// More entries than are looked at: the first by name are, and how many are not is told.
#[test]
fn a_folder_of_thousands_tells_what_was_not_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    for at in 0..2_003 {
        write(&folder.path().join(format!("{at:05}.txt")), "x");
    }
    let error = open(folder.path()).err().unwrap();
    assert!(error.to_string().starts_with("None of the first 2000 entries of this folder"), "{error}");
    std::fs::copy("tests/fixtures/mlflow/mlflow1.db", folder.path().join("00000.db")).unwrap();
    let (set, problems) = open(folder.path()).unwrap().runs(false).unwrap();
    assert_eq!(set.runs.len(), 8);
    assert_eq!(problems.len(), 1);
    let told = &problems[0].message;
    assert_eq!(
        told,
        "4 more entries of this folder were not looked at; open stores among them by themselves"
    );
}

/// Charts with hundreds of runs are exported as hundreds of columns: the first rows are longer than a page.
#[test]
fn a_table_of_thousands_of_columns_is_recognised_among_others() {
    let folder = tempfile::tempdir().unwrap();
    let names: Vec<String> =
        (0..5_000).map(|at| format!("run-{at} - a rather long name of a metric")).collect();
    let row = vec!["0.5"; names.len()].join(",");
    write(&folder.path().join("wide.csv"), format!("step,{}\n0,{row}\n1,{row}\n", names.join(",")));
    let line = |step: usize| {
        let entries: Vec<String> = names.iter().map(|name| format!("\"{name}\": {step}")).collect();
        format!("{{\"step\": {step}, {}}}\n", entries.join(", "))
    };
    write(&folder.path().join("wide.jsonl"), [line(0), line(1)].concat());
    let (status, found, lines) = sources(folder.path(), folder.path());
    assert_eq!(
        found,
        [("wide.csv".to_owned(), "csv".to_owned(), 1), ("wide.jsonl".to_owned(), "jsonl".to_owned(), 1)]
    );
    assert_eq!((status, lines), (0, Vec::new()));
    for name in ["wide.csv", "wide.jsonl"] {
        let set = open(&folder.path().join(name)).unwrap().runs(false).unwrap().0;
        assert_eq!(set.metric_keys.len(), 5_000, "{name}");
    }
}

/// Lines as Optuna 5.0's `JournalStorage` writes them.
#[test]
fn a_journal_of_optuna_is_no_table() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("journal.log");
    write(
        &file,
        "{\"op_code\":0,\"worker_id\":\"a-1\",\"study_name\":\"s\",\"directions\":[1]}\n\
         {\"op_code\":4,\"worker_id\":\"a-1\",\"study_id\":0,\"datetime_start\":\"2026-11-24T10:00:00\"}\n",
    );
    for path in [&file, folder.path()] {
        let error = open(path).err().unwrap();
        assert!(error.to_string().starts_with("This was recognised as optuna-journal"), "{error}");
    }
}

/// A mapping reads the tables that lie in a folder, as the guess does, and says which do not fit.
#[test]
fn a_mapping_reads_every_table_of_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("a.csv"), "t,x\n3,0.5\n4,0.25\n");
    write(&folder.path().join("b.csv"), "t,x\n1,1.5\n");
    write(&folder.path().join("c.csv"), "t,y\n1,1.5\n");
    let mapping = "step=t,metrics=x".parse().unwrap();
    let mut reader = tables::open(folder.path(), Some(&mapping), Patience::Command).unwrap();
    let (set, problems) = reader.runs(false).unwrap();
    let mut ids: Vec<&str> = set.runs.iter().map(|run| &*run.id).collect();
    ids.sort_unstable();
    assert_eq!((ids, problems.len()), (vec!["a.csv/a", "b.csv/b"], 1));
    assert_eq!(reader.series("a.csv/a", "x").unwrap().steps, [3, 4]);
}

/// Many keep a folder for each tracker: where none is a store, the folders in it are looked through.
#[test]
fn stores_in_the_folders_of_a_folder_are_found() {
    let folder = tempfile::tempdir().unwrap();
    for (name, fixture) in [("one/mlflow.db", "mlflow/mlflow1.db"), ("two/study.db", "optuna/optuna5.db")] {
        write(&folder.path().join(name), std::fs::read(Path::new("tests/fixtures").join(fixture)).unwrap());
    }
    write(&folder.path().join("three/logs/a/events.out.tfevents.1.host"), EVENTS);
    write(&folder.path().join("three/notes.txt"), "nothing");
    let (status, found, lines) = sources(folder.path(), folder.path());
    let kinds: Vec<(&str, &str)> =
        found.iter().map(|(path, kind, _)| (path.as_str(), kind.as_str())).collect();
    assert_eq!(
        (status, kinds),
        (
            0,
            vec![
                ("one/mlflow.db", "mlflow-sqlite"),
                ("three/logs", "tensorboard"),
                ("two/study.db", "optuna")
            ]
        )
    );
    assert_eq!(lines, [] as [String; 0]);
    let set = open(folder.path()).unwrap().runs(false).unwrap().0;
    assert!(set.runs.iter().any(|run| run.id.starts_with("one/mlflow.db/")));
    // Also where logs lie beside them, one folder deep or no deeper.
    std::fs::rename(folder.path().join("three/logs/a"), folder.path().join("three/a")).unwrap();
    let (_, found, _) = sources(folder.path(), folder.path());
    let places: Vec<&str> = found.iter().map(|(path, _, _)| path.as_str()).collect();
    assert_eq!(places, ["three", "one/mlflow.db", "two/study.db"]);
    write(&folder.path().join("four/events.out.tfevents.1.host"), EVENTS);
    let (_, found, _) = sources(folder.path(), folder.path());
    let kinds: Vec<&str> = found.iter().map(|(_, kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["tensorboard", "mlflow-sqlite", "optuna"]);
}

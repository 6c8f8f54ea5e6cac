//! MLflow stores with damaged pages: what can be read is shown, what cannot is told.

#![expect(clippy::unwrap_used, reason = "a test that cannot make its file has failed")]

use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use mlops_atlas::cli::runs::{RunsArgs, RunsCommand, run};
use mlops_atlas::problem::Severity;
use mlops_atlas::runs::RunSet;
use mlops_atlas::store::runs::{Error, open};
use rusqlite::Connection;

/// A copy of a fixture in which one run has 3,000 more tags and parameters and 3,000 latest metrics.
fn store() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("it's mlflow.db");
    std::fs::copy("tests/fixtures/mlflow/mlflow3.db", &file).unwrap();
    let mut writer = Connection::open(&file).unwrap();
    let all = writer.transaction().unwrap();
    for (table, columns, values) in [
        ("tags", "key, value", "'k' || n, 'v'"),
        ("params", "key, value", "'k' || n, 'v'"),
        ("latest_metrics", "key, value, timestamp, step, is_nan", "'k' || n, n, 0, 0, 0"),
    ] {
        let insert = format!(
            "INSERT INTO {table} ({columns}, run_uuid)
             WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number LIMIT 3000)
             SELECT {values}, (SELECT run_uuid FROM runs LIMIT 1) FROM number"
        );
        all.execute(&insert, []).unwrap();
    }
    all.commit().unwrap();
    drop(writer);
    (folder, file)
}

/// The pages of a table that hold rows, in the order of their rowids, with the number of their rows.
fn leaves(file: &Path, table: &str) -> Vec<(u32, u32)> {
    let reader = Connection::open(file).unwrap();
    let sql = "SELECT pageno, ncell FROM dbstat WHERE name = ?1 AND pagetype = 'leaf' ORDER BY path";
    let mut statement = reader.prepare(sql).unwrap();
    let pages = statement.query_map([table], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    pages.map(Result::unwrap).collect()
}

/// Overwrites pages as a dying disk does: no page of a tree begins with this byte.
fn damage(file: &Path, pages: &[u32]) {
    let size: u32 =
        Connection::open(file).unwrap().query_row("PRAGMA page_size", [], |row| row.get(0)).unwrap();
    let mut handle = std::fs::File::options().write(true).open(file).unwrap();
    for page in pages {
        handle.seek(SeekFrom::Start(u64::from((page - 1) * size))).unwrap();
        handle.write_all(&vec![0xAA; size as usize]).unwrap();
    }
}

/// How many metrics, parameters and tags all runs have.
fn counts(set: &RunSet) -> [usize; 3] {
    let sum = |count: fn(&mlops_atlas::runs::Run) -> usize| set.runs.iter().map(count).sum();
    [sum(|run| run.metrics.len()), sum(|run| run.params.len()), sum(|run| run.tags.len())]
}

#[test]
fn a_damaged_page_costs_only_its_own_rows() {
    for (place, table) in ["latest_metrics", "params", "tags"].into_iter().enumerate() {
        for choice in ["first", "middle", "last", "two"] {
            let (_folder, file) = store();
            let (whole, problems) = open(&file).unwrap().runs(true).unwrap();
            assert_eq!(problems, []);
            let leaves = leaves(&file, table);
            assert!(leaves.len() > 9, "{table} has {} pages", leaves.len());
            let chosen = match choice {
                "first" => vec![leaves[0]],
                "middle" => vec![leaves[4]],
                "last" => vec![leaves[leaves.len() - 1]],
                _ => vec![leaves[2], leaves[6]],
            };
            damage(&file, &chosen.iter().map(|(page, _)| *page).collect::<Vec<_>>());
            let (set, problems) = open(&file).unwrap().runs(true).unwrap();
            assert_eq!((set.runs.len(), &set.experiments), (whole.runs.len(), &whole.experiments));
            let mut expected = counts(&whole);
            expected[place] -= chosen.iter().map(|(_, rows)| *rows as usize).sum::<usize>();
            assert_eq!(counts(&set), expected, "{table}, {choice}");
            assert_eq!(problems.len(), 1, "{problems:?}");
            let (message, read) =
                (&problems[0].message, format!("{} of its rows were read", expected[place]));
            assert_eq!(problems[0].severity, Severity::Error);
            assert!(message.contains(&format!("The table {table} is damaged")), "{message}");
            assert!(message.contains(&read), "{message}, not {read}");
            assert!(message.contains("it'\\''s mlflow.db' .recover"), "{message}");
        }
    }
}

#[test]
fn a_table_that_cannot_be_read_at_all_is_told_with_the_rest_shown() {
    let (_folder, file) = store();
    let whole = open(&file).unwrap().runs(true).unwrap().0;
    let root = |table: &str| {
        let sql = "SELECT rootpage FROM sqlite_schema WHERE name = ?1";
        Connection::open(&file).unwrap().query_row(sql, [table], |row| row.get::<_, u32>(0)).unwrap()
    };
    let (tags, runs) = (root("tags"), root("runs"));
    damage(&file, &[tags]);
    let (set, problems) = open(&file).unwrap().runs(true).unwrap();
    let [metrics, params, _] = counts(&whole);
    assert_eq!((set.runs.len(), counts(&set)), (whole.runs.len(), [metrics, params, 0]));
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].message.contains("tags is damaged: 0 of its rows were read"), "{problems:?}");
    // On the command line: what there is on stdout, what is missing on stderr, and 1.
    let source = file.display().to_string();
    let list = RunsCommand::List { source, order_by: Vec::new(), limit: None, deleted: true, json: true };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    assert_eq!(run(&RunsArgs { command: list }, &mut out, &mut err).unwrap(), 1);
    let listed: serde_json::Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(listed.as_array().unwrap().len(), whole.runs.len());
    let told = String::from_utf8(err).unwrap();
    assert!(told.lines().count() == 1 && told.contains(".recover"), "{told}");
    // Without the runs there is nothing to show.
    damage(&file, &[runs]);
    let error = open(&file).unwrap().runs(true).unwrap_err();
    assert!(matches!(error, Error::Damaged { .. }), "{error}");
    assert!(error.to_string().contains(".recover"), "{error}");
}

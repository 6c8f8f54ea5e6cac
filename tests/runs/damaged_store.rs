//! MLflow stores with damaged pages: what can be read is shown, what cannot is told.

use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use mlops_atlas::cli::runs::{Format, ListArgs, RunsArgs, RunsCommand, SeriesArgs, run};
use mlops_atlas::problem::Severity;
use mlops_atlas::runs::RunSet;
use mlops_atlas::store::runs::{Change, Error, Known, open};
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
    let source = file.clone();
    let list =
        RunsCommand::List(ListArgs { source: vec![source], deleted: true, json: true, ..Default::default() });
    let (mut out, mut err) = (Vec::new(), Vec::new());
    assert_eq!(run(&RunsArgs { command: list, map: None, copy: false }, &mut out, &mut err).unwrap(), 1);
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

const RUN: &str = "00000000000000000000000000000001";

/// A store with 6,000 points of one run and as many rows of another metric in between.
fn store_of_points(number: u8) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mlflow.db");
    std::fs::copy(format!("tests/fixtures/mlflow/mlflow{number}.db"), &file).unwrap();
    let writer = Connection::open(&file).unwrap();
    let begin = "INSERT INTO runs (run_uuid, status, lifecycle_stage, experiment_id)
                 SELECT ?1, 'RUNNING', 'active', experiment_id FROM experiments LIMIT 1";
    writer.execute(begin, [RUN]).unwrap();
    let insert = "INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan)
                  WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number LIMIT 12000)
                  SELECT iif(n % 2, 'other', 'loss'), n, n, ?1, n / 2, 0 FROM number";
    assert_eq!(writer.execute(insert, [RUN]).unwrap(), 12_000);
    (folder, file)
}

/// The exit status, how many points stand on stdout, and the lines of stderr.
fn points(file: &Path) -> (u8, usize, Vec<String>) {
    let command = RunsCommand::Series(SeriesArgs {
        source: file.to_path_buf(),
        run: vec![RUN.to_owned()],
        metric: vec!["loss".to_owned()],
        format: Some(Format::Jsonl),
        ..Default::default()
    });
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = run(&RunsArgs { command, map: None, copy: false }, &mut out, &mut err).unwrap();
    let lines = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().lines().map(ToOwned::to_owned).collect();
    let out: Vec<String> = lines(out);
    (status, out.len(), lines(err))
}

#[test]
fn a_series_is_read_around_damaged_pages() {
    for number in [1, 3] {
        for choice in ["middle", "last", "root"] {
            let (_folder, file) = store_of_points(number);
            let leaves = leaves(&file, "metrics");
            let sql = "SELECT rootpage FROM sqlite_schema WHERE name = 'metrics'";
            let root = Connection::open(&file).unwrap().query_row(sql, [], |row| row.get(0)).unwrap();
            let (page, lost) = match choice {
                "middle" => leaves[leaves.len() / 2],
                "last" => leaves[leaves.len() - 1],
                _ => (root, 12_000),
            };
            damage(&file, &[page]);
            let (status, found, lines) = points(&file);
            assert_eq!((status, lines.len()), (1, 1), "{choice}: {lines:?}");
            assert!(lines[0].contains("The table metrics is damaged"), "{choice}: {lines:?}");
            assert!(lines[0].contains(".recover"), "{lines:?}");
            // Every second row of a page is of the metric.
            let least = 6_000 - lost.div_ceil(2) as usize;
            assert!((least..=least + 1).contains(&found), "store {number}, {choice}: {found} of {least}");
        }
    }
}

/// The index only leads to the rows.
#[test]
fn a_damaged_index_costs_no_point() {
    let index = "index_metrics_run_uuid_key_step";
    for is_swapped in [false, true] {
        let (_folder, file) = store_of_points(3);
        let pages: Vec<u32> = leaves(&file, index).into_iter().map(|(page, _)| page).collect();
        // Those of the first metric of the first run come first.
        let (other, page_of_metric) = (pages[10], pages[20]);
        if is_swapped {
            // A page of the same tree where another should be: SQLite reads it without a word.
            let size = 4096;
            let mut bytes = std::fs::read(&file).unwrap();
            let page = |number: u32| (number as usize - 1) * size..number as usize * size;
            bytes.copy_within(page(other), page(page_of_metric).start);
            std::fs::write(&file, bytes).unwrap();
        } else {
            damage(&file, &[page_of_metric]);
        }
        let (status, found, lines) = points(&file);
        assert_eq!((status, found), (1, 6_000), "{is_swapped}: {lines:?}");
        assert!(lines.len() == 1 && lines[0].contains("REINDEX"), "{lines:?}");
    }
}

/// One table that cannot be read is no reason to show all series as they were.
#[test]
fn series_of_a_damaged_store_are_still_followed() {
    let (_folder, file) = store_of_points(3);
    let mut reader = open(&file).unwrap();
    let cursor = reader.series_of(RUN, &["loss"], &|| true).unwrap().0.pop().unwrap().1;
    let last = *leaves(&file, "metrics").last().unwrap();
    // What SQLite still holds in memory is as good as before.
    reader.rest();
    damage(&file, &[last.0]);
    let mut news = |cursor, thorough| {
        let known = Known { run: RUN, metric: "loss", cursor };
        reader.changes(&[known], thorough, &|| true).unwrap().pop().unwrap().unwrap()
    };
    let (Change::Whole(series), after) = news(&cursor, false) else { panic!("nothing was told") };
    assert!(series.len() > 5_900 && series.len() < 6_000, "{}", series.len());
    // Reading around damage takes long, so it is done again only when all is counted.
    assert_eq!(news(&after, false).0, Change::Nothing);
    assert!(matches!(news(&after, true).0, Change::Whole(_)));
}

//! Databases without some of their tables or columns.

use rusqlite::Connection;

use super::STORES;
use super::place::Place;

/// Tables of each store in which neither runs nor points stand: without one of them these are all told.
const BESIDE: [&[&str]; 4] = [
    &["tags", "params", "experiment_tags", "registered_models", "model_versions"],
    &["tags", "params", "inputs", "datasets", "logged_models", "model_versions", "trace_info", "spans"],
    &["trial_user_attributes", "trial_system_attributes", "study_user_attributes", "trial_params"],
    &["configs", "alerts", "artifacts", "pending_uploads"],
];

/// What older versions of a client did not have: a store without it is one of theirs, and nothing is missing.
const OLD: [(&str, Option<&str>); 3] =
    [("metrics", Some("run_id")), ("system_metrics", None), ("system_metrics", Some("run_id"))];

/// Tables and columns that are gone, one at a time, and versions of a schema that nobody has written yet.
#[test]
fn a_schema_without_some_of_its_parts_is_read_as_far_as_it_goes() {
    for (store, beside) in STORES[..4].iter().zip(BESIDE) {
        let parts: Vec<(String, Option<String>)> = {
            let place = Place::of(*store);
            let connection = Connection::open(&place.store).unwrap();
            let tables: Vec<String> = connection
                .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
                .unwrap()
                .query_map([], |row| row.get(0))
                .unwrap()
                .map(Result::unwrap)
                .collect();
            // Nothing is read of a table without rows, whatever its columns are.
            let has_rows = |table: &&String| -> bool {
                let sql = format!("SELECT EXISTS (SELECT 1 FROM \"{table}\")");
                connection.query_row(&sql, [], |row| row.get(0)).unwrap()
            };
            let column = |table: &String| -> Vec<String> {
                let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1)").unwrap();
                statement.query_map([table], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
            };
            let columns = tables
                .iter()
                .filter(has_rows)
                .flat_map(|table| column(table).into_iter().map(|column| (table.clone(), Some(column))));
            tables.iter().map(|table| (table.clone(), None)).chain(columns).collect()
        };
        let whole = Place::of(*store).asked(None, store.0);
        let (mut tried, mut harmless, mut silent) = (0, 0, Vec::new());
        for (table, column) in parts {
            let place = Place::of(*store);
            let writer = Connection::open(&place.store).unwrap();
            let statement = match &column {
                None => format!("PRAGMA foreign_keys = OFF; DROP TABLE \"{table}\""),
                // Under another name it is gone as well, and SQLite lets every column be renamed.
                Some(column) => format!("ALTER TABLE \"{table}\" RENAME COLUMN \"{column}\" TO \"gone\""),
            };
            if writer.execute_batch(&statement).is_err() {
                continue;
            }
            drop(writer);
            tried += 1;
            let what = format!("{} without {table} {column:?}", store.0);
            let left = place.asked(None, &what);
            if column.is_none() && beside.contains(&table.as_str()) {
                harmless += 1;
                assert_eq!((left.ids(), left.points()), (whole.ids(), whole.points()), "{what}");
            }
            let is_silent = (left.list.0 == 0 && left.ids() != whole.ids())
                || (left.series.0 == 0 && left.points() != whole.points());
            if is_silent && !OLD.contains(&(table.as_str(), column.as_deref())) {
                silent.push(what);
            }
        }
        assert_eq!(silent, [] as [String; 0]);
        assert_eq!(harmless, beside.len(), "{}: a table is not there at all", store.0);
        assert!(tried > 15, "{}: {tried}", store.0);
        let place = Place::of(*store);
        let writer = Connection::open(&place.store).unwrap();
        if writer.execute("UPDATE alembic_version SET version_num = 'ffffffffffff'", []).is_ok() {
            drop(writer);
            assert_eq!(
                place.asked(None, "a foreign version"),
                whole,
                "{}: versions are not compared",
                store.0
            );
        }
    }
}

//! The demo store is what its README says: real runs, complete, and without a trace of the
//! machine that made it.

use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};

/// Byte patterns of places on a disk, as they would stand in an artifact location or a tag.
const PLACES: [&str; 14] = [
    "/home/",
    "/root",
    "/tmp",
    "/work",
    "/Users/",
    "/mnt/",
    "/opt/",
    "/usr/",
    "/var/",
    "/private/",
    "C:\\",
    "file:/",
    "\\Users",
    "mlruns",
];

fn store() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/demo/mlflow.db")
}

fn open() -> Connection {
    Connection::open_with_flags(store(), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

fn count(sql: &str) -> i64 {
    open().query_row(sql, [], |row| row.get(0)).unwrap()
}

fn texts(sql: &str) -> Vec<String> {
    let store = open();
    let mut statement = store.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

/// The patterns of `PLACES` found anywhere in the bytes, whatever their case.
fn places(bytes: &[u8]) -> Vec<&'static str> {
    let holds =
        |place: &str| bytes.windows(place.len()).any(|part| part.eq_ignore_ascii_case(place.as_bytes()));
    PLACES.into_iter().filter(|place| holds(place)).collect()
}

#[test]
fn the_search_for_places_finds_them() {
    let bytes = ["\0\x01file:/", "home", "ann", "mlruns", "0\0"].join("/");
    assert_eq!(places(bytes.as_bytes()), ["/home/", "file:/", "mlruns"]);
    assert_eq!(places(b"\0c:\\users\\ann"), ["C:\\", "\\Users"]);
    assert_eq!(places(b"mlflow-artifacts:/demo/0"), [""; 0]);
}

#[test]
fn no_place_of_a_machine_is_in_the_bytes() {
    let bytes = std::fs::read(store()).unwrap();
    assert_eq!(places(&bytes), [""; 0]);
}

#[test]
fn locations_users_and_sources_are_neutral_words() {
    let locations = "SELECT artifact_uri FROM runs UNION SELECT artifact_location FROM experiments";
    for location in texts(locations) {
        assert!(location.starts_with("mlflow-artifacts:/demo/"), "{location}");
    }
    let users = "SELECT user_id FROM runs UNION SELECT value FROM tags WHERE key = 'mlflow.user'";
    assert_eq!(texts(users), ["demo"]);
    let sources = "SELECT DISTINCT value FROM tags WHERE key = 'mlflow.source.name'";
    assert_eq!(texts(sources), ["make_demo.py"]);
    assert_eq!(count("SELECT count(*) FROM tags WHERE key LIKE 'mlflow.source.git%'"), 0);
}

#[test]
fn it_is_one_small_sound_file_of_the_newest_schema() {
    let bytes = std::fs::read(store()).unwrap();
    assert!(bytes.len() <= 3_000_000, "{} bytes", bytes.len());
    // Bytes 18 and 19 of a SQLite file are 1 for a rollback journal, 2 for a write-ahead log.
    assert_eq!(bytes[18..20], [1, 1]);
    assert_eq!(count("SELECT freelist_count FROM pragma_freelist_count"), 0);
    assert_eq!(texts("PRAGMA integrity_check"), ["ok"]);
    assert_eq!(texts("SELECT version_num FROM alembic_version"), ["dc11669786a5"]);
}

#[test]
fn it_holds_what_its_readme_says() {
    let by_experiment = "SELECT e.name || ' ' || count(*) FROM runs JOIN experiments e \
                         USING (experiment_id) GROUP BY e.name ORDER BY e.name";
    assert_eq!(texts(by_experiment), ["breast-cancer 26", "digits 41", "digits-autoencoder 8"]);
    let by_status = "SELECT status || ' ' || count(*) FROM runs GROUP BY status ORDER BY status";
    assert_eq!(texts(by_status), ["FAILED 2", "FINISHED 72", "KILLED 1"]);
    assert_eq!(count("SELECT count(*) FROM metrics"), 10_037);
    let long = "SELECT count(*) FROM (SELECT 1 FROM metrics GROUP BY run_uuid, key HAVING count(*) >= 2000)";
    assert_eq!(count(long), 2);
}

#[test]
fn children_have_parents_and_parents_have_notes() {
    let children = "SELECT count(*) FROM tags c JOIN runs p ON p.run_uuid = c.value \
                    WHERE c.key = 'mlflow.parentRunId'";
    assert_eq!(count(children), 39);
    let notes = "SELECT value FROM tags WHERE key = 'mlflow.note.content' AND run_uuid IN \
                 (SELECT value FROM tags WHERE key = 'mlflow.parentRunId')";
    let notes = texts(notes);
    assert_eq!(notes.len(), 4);
    assert!(notes.iter().all(|note| note.contains("\n|---|---|---|")), "{notes:?}");
    assert_eq!(count("SELECT count(*) FROM experiment_tags WHERE key = 'mlflow.note.content'"), 3);
}

/// A parent's best value is the best of its children's: the notes and summaries were computed.
#[test]
fn a_parents_summary_is_its_childrens_best() {
    let wrong = "SELECT count(*) FROM latest_metrics best WHERE key = 'best_val_accuracy' AND value != \
        (SELECT max(m.value) FROM latest_metrics m JOIN tags t ON t.run_uuid = m.run_uuid \
         WHERE t.key = 'mlflow.parentRunId' AND t.value = best.run_uuid AND m.key = 'val/accuracy')";
    assert_eq!(count("SELECT count(*) FROM latest_metrics WHERE key = 'best_val_accuracy'"), 4);
    assert_eq!(count(wrong), 0);
}

#[test]
fn failed_runs_really_overflowed() {
    let overflowed = "SELECT r.name FROM runs r WHERE r.status = 'FAILED' AND \
        (SELECT max(m.value) FROM metrics m WHERE m.run_uuid = r.run_uuid) > 1.7e308 AND EXISTS \
        (SELECT 1 FROM tags t WHERE t.run_uuid = r.run_uuid AND t.key = 'error.message') ORDER BY 1";
    assert_eq!(texts(overflowed), ["autoencoder-8-sgd-relu-lr1.8", "learning-rate-range-test"]);
    // The one NaN is the loss with which scikit-learn gave up.
    let last = "SELECT key FROM latest_metrics WHERE is_nan = 1";
    assert_eq!(texts(last), ["train/loss"]);
}

//! What was read of a store is read again from the program's own files, and never when the store has changed since.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use mlops_atlas::problem::Problem;
use mlops_atlas::runs::SourceKind;
use mlops_atlas::store::runs::cache::Cache;
use mlops_atlas::store::runs::{
    Error, Known, News, Patience, Reader, RunsAndProblems, SeriesAndProblems, SourceStamp, open,
};
use rusqlite::Connection;

/// A reader that counts how often its store is really read.
struct Counting {
    reader: Box<dyn Reader>,
    reads: Arc<AtomicUsize>,
}

impl Reader for Counting {
    fn probe(path: &Path, patience: Patience) -> Result<Option<Box<dyn Reader>>, Error> {
        mlops_atlas::store::runs::open_with(path, patience).map(Some)
    }
    fn kind(&self) -> SourceKind {
        self.reader.kind()
    }
    fn is_live(&self) -> bool {
        self.reader.is_live()
    }
    fn count(&mut self) -> Result<usize, Error> {
        self.reader.count()
    }
    fn runs_while(&mut self, deleted: bool, keep_going: &dyn Fn(u64) -> bool) -> RunsAndProblems {
        self.reads.fetch_add(1, Ordering::Relaxed);
        self.reader.runs_while(deleted, keep_going)
    }
    fn series_of(&mut self, run: &str, metrics: &[&str], keep_going: &dyn Fn() -> bool) -> SeriesAndProblems {
        self.reads.fetch_add(1, Ordering::Relaxed);
        self.reader.series_of(run, metrics, keep_going)
    }
    fn changed(&mut self) -> bool {
        self.reader.changed()
    }
    fn stamp(&mut self) -> Option<SourceStamp> {
        self.reader.stamp()
    }
    fn rest(&mut self) {
        self.reader.rest();
    }
    fn changes(
        &mut self,
        known: &[Known<'_>],
        thorough: bool,
        keep_going: &dyn Fn() -> bool,
    ) -> Result<Vec<News>, Error> {
        self.reads.fetch_add(1, Ordering::Relaxed);
        self.reader.changes(known, thorough, keep_going)
    }
}

struct Place {
    folder: tempfile::TempDir,
    store: PathBuf,
}

impl Place {
    fn of(fixture: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("mlflow.db");
        fs::write(&store, fs::read(format!("tests/fixtures/mlflow/{fixture}.db")).unwrap()).unwrap();
        Self { folder, store }
    }

    fn cache(&self) -> Cache {
        Cache::at(self.folder.path().join("cache"))
    }

    /// As if the last write were a while ago: what was written just now is never taken for settled.
    fn settle(&self) {
        let file = fs::File::options().append(true).open(&self.store).unwrap();
        let written = file.metadata().unwrap().modified().unwrap();
        if written.elapsed().is_ok_and(|age| age.as_secs() < 10) {
            file.set_modified(written - std::time::Duration::from_mins(1)).unwrap();
        }
    }

    /// Everything that is told of the store, in words, and how often it was really read for it.
    fn read(&self) -> (String, usize) {
        self.settle();
        let reads = Arc::new(AtomicUsize::new(0));
        let counting = Counting { reader: open(&self.store).unwrap(), reads: Arc::clone(&reads) };
        let mut reader = self.cache().around(&self.store, Box::new(counting));
        (all_of(reader.as_mut()), reads.load(Ordering::Relaxed))
    }

    /// The same, of the store alone.
    fn plain(&self) -> String {
        all_of(open(&self.store).unwrap().as_mut())
    }

    fn cache_file(&self) -> PathBuf {
        let files =
            fs::read_dir(self.folder.path().join("cache")).unwrap().map(|entry| entry.unwrap().path());
        files.into_iter().find(|path| path.extension().is_some_and(|end| end == "db")).unwrap()
    }
}

fn all_of(reader: &mut dyn Reader) -> String {
    let (set, problems) = reader.runs(false).unwrap();
    let mut parts = vec![format!("{problems:?} {:?} {:?} {:?}", set.experiments, set.tag_keys, set.models)];
    for run in &set.runs {
        parts.push(format!("{run:?} {:?} {:?}", set.start_ms(run), set.end_ms(run)));
        let metrics: Vec<&str> =
            run.metrics.iter().map(|(key, _)| &*set.metric_keys[*key as usize]).collect();
        let (all, problems) = reader.series_of(&run.id, &metrics, &|| true).unwrap();
        parts.push(format!("{metrics:?} {all:?} {problems:?}"));
    }
    // What no answer waits for is kept now.
    reader.settle();
    parts.join("\n")
}

#[test]
fn a_second_opening_reads_nothing_of_the_store_and_says_the_same() {
    for fixture in ["mlflow1", "mlflow2", "mlflow3"] {
        let place = Place::of(fixture);
        let plain = place.plain();
        let (first, reads) = place.read();
        assert!(first == plain && reads > 0, "{fixture}");
        assert_eq!(place.read(), (plain, 0), "{fixture}");
        let names: Vec<_> =
            fs::read_dir(place.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names.len(), 2, "nothing is made beside the store: {names:?}");
    }
}

/// Points that came, also late and repeated ones, points that were taken away, a run that vanished.
#[test]
fn whatever_happened_to_the_store_since_is_seen() {
    let place = Place::of("mlflow3");
    place.read();
    let writer = Connection::open(&place.store).unwrap();
    let busy: String = writer
        .query_row("SELECT run_uuid FROM metrics GROUP BY 1 ORDER BY count(*) DESC LIMIT 1", [], |row| {
            row.get(0)
        })
        .unwrap();
    let key: String = writer
        .query_row(
            "SELECT key FROM metrics WHERE run_uuid = ?1 GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
            [&busy],
            |row| row.get(0),
        )
        .unwrap();
    let insert =
        "INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES (?1, ?2, ?3, ?4, ?5, 0)";
    for (step, value) in [(-7, 1.5), (100_000, f64::MAX), (3, 9.25)] {
        writer.execute(insert, (&key, value, 1_900_000_000_000_i64, &busy, step)).unwrap();
    }
    let statements = [
        "DELETE FROM metrics WHERE rowid = (SELECT min(rowid) FROM metrics)".to_owned(),
        format!("DELETE FROM metrics WHERE run_uuid = '{busy}' AND step = 3"),
        format!("UPDATE runs SET lifecycle_stage = 'deleted' WHERE run_uuid = '{busy}'"),
        "UPDATE runs SET name = 'renamed'".to_owned(),
        "VACUUM".to_owned(),
        "DELETE FROM metrics".to_owned(),
    ];
    let (seen, reads) = place.read();
    assert!(seen == place.plain() && reads > 0);
    for statement in &statements {
        writer.execute_batch(statement).unwrap();
        let plain = place.plain();
        assert!(place.read().0 == plain, "{statement}");
        assert_eq!(place.read(), (plain, 0), "{statement}");
    }
}

#[test]
fn another_store_under_the_same_name_is_another_store() {
    let place = Place::of("mlflow3");
    place.read();
    let other = place.folder.path().join("other.db");
    fs::write(&other, fs::read("tests/fixtures/mlflow/mlflow2.db").unwrap()).unwrap();
    fs::rename(&other, &place.store).unwrap();
    let plain = place.plain();
    assert!(place.read().0 == plain);
    assert_eq!(place.read(), (plain, 0));
}

/// Whatever happened to the file that is kept: the answer is the store's.
#[test]
fn a_kept_file_that_was_damaged_is_made_anew() {
    let place = Place::of("mlflow1");
    let plain = place.plain();
    place.read();
    let file = place.cache_file();
    let whole = fs::read(&file).unwrap();
    let spoil = |bytes: &[u8]| {
        for suffix in ["-wal", "-shm"] {
            drop(fs::remove_file(PathBuf::from(format!("{}{suffix}", file.display()))));
        }
        fs::write(&file, bytes).unwrap();
        for _ in 0..2 {
            let seen = place.read().0;
            assert!(seen == plain, "not what the store says: {seen:.300}");
        }
    };
    for at in (0..whole.len()).step_by(whole.len() / 60 + 1) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x41;
        spoil(&bytes);
    }
    spoil(&whole[..whole.len() / 2]);
    spoil(b"");
    spoil(b"not a database, but a note that somebody left here");
}

#[test]
fn where_nothing_can_be_kept_everything_is_read_and_that_is_told_once() {
    let place = Place::of("mlflow1");
    fs::write(place.folder.path().join("cache"), "a file where a folder should be").unwrap();
    let mut reader = place.cache().around(&place.store, open(&place.store).unwrap());
    let told = |problems: &[Problem]| {
        problems.iter().filter(|problem| problem.message.contains("cannot be kept")).count()
    };
    let (set, problems) = reader.runs(false).unwrap();
    assert_eq!((set.runs.len(), told(&problems)), (8, 1), "{problems:?}");
    assert_eq!(told(&reader.runs(false).unwrap().1), 0);
}

#[test]
fn what_was_not_used_for_long_is_removed_when_there_is_too_much() {
    let places = [Place::of("mlflow1"), Place::of("mlflow2"), Place::of("mlflow3")];
    let folder = tempfile::tempdir().unwrap();
    let count = |cache: &Cache, place: &Place| {
        drop(cache.around(&place.store, open(&place.store).unwrap()).runs(false).unwrap());
        let files = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
        files.filter(|path| path.extension().is_some_and(|end| end == "db")).count()
    };
    let large = Cache::at(folder.path());
    assert_eq!([count(&large, &places[0]), count(&large, &places[1])], [1, 2]);
    assert_eq!(count(&large.clone().with_most_bytes(1), &places[2]), 1, "only the newest stays");
}

/// Against the budget of 24 bytes a point, with everything that SQLite needs around it.
#[test]
fn points_take_less_than_24_bytes_each() {
    let place = Place::of("mlflow3");
    let mut writer = Connection::open(&place.store).unwrap();
    writer.execute_batch("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY").unwrap();
    let run: String = writer.query_row("SELECT run_uuid FROM runs LIMIT 1", [], |row| row.get(0)).unwrap();
    let all = writer.transaction().unwrap();
    let count = 200_000;
    for step in 0..count {
        let insert = "INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES ('long', ?1, ?2, ?3, ?4, 0)";
        let time = 1_700_000_000_000_i64 + step * 13 + step % 5;
        all.prepare_cached(insert).unwrap().execute(((step as f64).sin(), time, &run, step)).unwrap();
    }
    all.commit().unwrap();
    let size = |place: &Place| {
        Connection::open(place.cache_file())
            .unwrap()
            .execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")
            .unwrap();
        fs::metadata(place.cache_file()).unwrap().len()
    };
    place.settle();
    drop(place.cache().around(&place.store, open(&place.store).unwrap()).runs(false).unwrap());
    let before = size(&place);
    let mut reader = place.cache().around(&place.store, open(&place.store).unwrap());
    let whole = reader.series(&run, "long").unwrap();
    assert_eq!(whole.len(), count as usize);
    assert_eq!(size(&place), before, "what was asked for is answered first");
    reader.settle();
    let bytes = (size(&place) - before) as f64 / count as f64;
    assert!((8.0..24.0).contains(&bytes), "{bytes} bytes a point, those of the thinned series included");
    // What is drawn from afar, and the points of a window, come from the kept file.
    let reads = Arc::new(AtomicUsize::new(0));
    let counting = Counting { reader: open(&place.store).unwrap(), reads: Arc::clone(&reads) };
    let mut reader = place.cache().around(&place.store, Box::new(counting));
    let (mut curves, _) = reader.curves_of(&run, &["long"], 10_000, &|| true).unwrap();
    assert_eq!(reads.load(Ordering::Relaxed), 0);
    let (thin, cursor) = curves.swap_remove(0);
    assert_eq!((thin.points(), thin.series()), (count as usize, &whole.thinned()));
    assert_eq!(cursor, reader.series_of(&run, &["long"], &|| true).unwrap().0[0].1);
    reads.store(0, Ordering::Relaxed);
    for (from, to) in
        [(0, 10), (-5, -1), (4_095, 4_096), (100_000, 120_000), (199_990, 900_000), (900_000, 900_001)]
    {
        assert_eq!(
            reader.window(&run, "long", (from, to), &|| true).unwrap(),
            whole.between(from, to),
            "{from}"
        );
    }
    assert_eq!(reads.load(Ordering::Relaxed), 0);
    // Of a store that was written since, also a window is of what is there now.
    let insert = "INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES ('long', 7.5, 1, ?1, 9, 0)";
    writer.execute(insert, [&run]).unwrap();
    let window = reader.window(&run, "long", (8, 10), &|| true).unwrap();
    assert!(window.points().any(|point| (point.step, point.value) == (9, 7.5)), "{window:?}");
}

/// What was written a moment ago may be written again within a tick of a coarse clock: it is read each time.
#[test]
fn a_store_that_was_written_just_now_is_not_taken_from_what_is_kept() {
    let place = Place::of("mlflow3");
    let twice: Vec<usize> = (0..2)
        .map(|_| {
            let reads = Arc::new(AtomicUsize::new(0));
            let counting = Counting { reader: open(&place.store).unwrap(), reads: Arc::clone(&reads) };
            drop(place.cache().around(&place.store, Box::new(counting)).runs(false).unwrap());
            reads.load(Ordering::Relaxed)
        })
        .collect();
    assert_eq!(twice, [1, 1]);
}

/// Two that read the same store keep what they read in the same file, and neither takes it from the other.
#[test]
fn a_kept_file_that_is_busy_is_left_alone() {
    let place = Place::of("mlflow1");
    let plain = place.plain();
    place.read();
    let file = place.cache_file();
    let holder = Connection::open(&file).unwrap();
    holder.execute_batch("BEGIN IMMEDIATE; UPDATE about SET value = 3 WHERE key = 'opened'").unwrap();
    let mut reader = place.cache().around(&place.store, open(&place.store).unwrap());
    assert_eq!(reader.runs(false).unwrap().0.runs.len(), 8);
    holder.execute_batch("COMMIT").unwrap();
    assert_eq!(place.read(), (plain, 0), "what was kept is still there");
}

/// Two readers, of which the slower one keeps an older state over a newer one: nothing of both is mixed.
#[test]
fn what_another_reader_kept_meanwhile_is_not_built_upon() {
    let place = Place::of("mlflow3");
    let writer = Connection::open(&place.store).unwrap();
    let run: String = writer.query_row("SELECT run_uuid FROM runs LIMIT 1", [], |row| row.get(0)).unwrap();
    let log = |steps: std::ops::Range<i64>, more: f64| {
        let insert =
            "WITH RECURSIVE number (n) AS (SELECT ?1 UNION ALL SELECT n + 1 FROM number WHERE n + 1 < ?2)
                      INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan)
                      SELECT 'long', n + ?4, 0, ?3, n, 0 FROM number";
        writer.execute(insert, (steps.start, steps.end, &run, more)).unwrap();
    };
    let cached = || place.cache().around(&place.store, open(&place.store).unwrap());
    log(0..10_000, 0.0);
    let mut first = cached();
    first.series(&run, "long").unwrap();
    first.settle();
    let (mut slow, mut quick) = (cached(), cached());
    log(10_000..10_001, 0.0);
    slow.series(&run, "long").unwrap();
    // A step that is known already, at the very beginning.
    log(5..6, 0.5);
    assert_eq!(quick.series(&run, "long").unwrap().len(), 10_002);
    quick.settle();
    slow.settle();
    let plain = open(&place.store).unwrap().series(&run, "long").unwrap();
    assert_eq!(cached().series(&run, "long").unwrap(), plain);
}

/// Where the parent below says which store the child reads.
const STORE: &str = "MLOPS_ATLAS_TEST_STORE";

/// The child: reads everything while no file may grow beyond a few kilobytes. Without a store it has nothing to do.
#[test]
fn reader_without_room() {
    let Some(store) = std::env::var_os(STORE) else { return };
    let store = PathBuf::from(store);
    let cache = Cache::at(store.with_file_name("cache"));
    let mut reader = cache.around(&store, open(&store).unwrap());
    let (set, problems) = reader.runs(false).unwrap();
    let mut told = problems;
    let plain = all_of(open(&store).unwrap().as_mut());
    for run in &set.runs {
        let metrics: Vec<&str> =
            run.metrics.iter().map(|(key, _)| &*set.metric_keys[*key as usize]).collect();
        let (all, problems) = reader.series_of(&run.id, &metrics, &|| true).unwrap();
        let points: String = format!("{all:?}");
        assert!(plain.contains(&points), "run {}", run.id);
        told.extend(problems);
    }
    // What was read is kept only now, and what became of that is told with the next answer.
    reader.settle();
    told.extend(reader.runs(false).unwrap().1);
    reader.settle();
    told.extend(reader.runs(false).unwrap().1);
    let unkept: Vec<_> = told.iter().filter(|problem| problem.message.contains("cannot be kept")).collect();
    assert_eq!(unkept.len(), 1, "{told:?}");
    println!("all was read");
}

#[cfg(unix)]
#[test]
fn on_a_full_disk_everything_is_read_and_that_is_told_once() {
    let place = Place::of("mlflow3");
    place.settle();
    // Without the signal a file that is too large is an error like any other.
    // In blocks of 512 bytes: too few for the file at all, and enough for it but not for what is read.
    for blocks in ["8", "120"] {
        let script =
            "trap '' XFSZ; ulimit -f $1; exec \"$0\" --exact run_cache::reader_without_room --nocapture";
        let output = std::process::Command::new("sh")
            .args(["-c", script])
            .arg(std::env::current_exe().unwrap())
            .arg(blocks)
            .env(STORE, &place.store)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && said.contains("all was read"),
            "{blocks}: {said} {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

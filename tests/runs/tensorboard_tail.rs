//! Event files that are written to while they are read: what came is told, each byte is read once.

use std::fs;
use std::path::{Path, PathBuf};

use mlops_atlas::runs::Series;
use mlops_atlas::store::runs::{Change, Cursor, Known, Reader, open};
use proptest::prelude::*;

use crate::tensorboard::{BEGUN, append, event, field, point, points, version};

/// A folder of logs that one reader follows.
struct Logs {
    folder: tempfile::TempDir,
    reader: Box<dyn Reader>,
    cursors: Vec<(String, String, Cursor)>,
}

fn file(folder: &Path, run: &str, number: u32) -> PathBuf {
    folder.join(run).join(format!("events.out.tfevents.{number}.host"))
}

impl Logs {
    /// A run `one` whose `loss` has the steps 0 to 4.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        append(&file(folder.path(), "one", 1), &[version(BEGUN), points("loss", 0..5)].concat());
        let mut logs = Self { reader: open(folder.path()).unwrap(), folder, cursors: Vec::new() };
        logs.reader.runs(false).unwrap();
        assert_eq!(logs.follow("one", "loss"), [0, 1, 2, 3, 4]);
        logs
    }

    fn file(&self, run: &str, number: u32) -> PathBuf {
        file(self.folder.path(), run, number)
    }

    /// Follows a series from now on; gives the steps that it has.
    fn follow(&mut self, run: &str, tag: &str) -> Vec<i64> {
        let (mut all, _) = self.reader.series_of(run, &[tag], &|| true).unwrap();
        let (series, cursor) = all.pop().unwrap();
        self.cursors.push((run.to_owned(), tag.to_owned(), cursor));
        series.steps
    }

    fn changes(&mut self, thorough: bool) -> Vec<Change> {
        let known: Vec<Known<'_>> =
            self.cursors.iter().map(|(run, metric, cursor)| Known { run, metric, cursor }).collect();
        let news = self.reader.changes(&known, thorough, &|| true).unwrap();
        let own = self.cursors.iter_mut();
        own.zip(news)
            .map(|((_, _, known), news)| {
                let (change, cursor) = news.unwrap();
                *known = cursor;
                change
            })
            .collect()
    }

    /// What came to the series that are followed, in words: `+` for points, `=` for a series as it is now.
    fn news(&mut self, thorough: bool) -> String {
        let words = self.changes(thorough).into_iter().map(|change| match change {
            Change::Nothing => "-".to_owned(),
            Change::Added(series) => format!("+{:?}", series.steps),
            Change::Whole(series) => format!("={:?}", series.steps),
        });
        words.collect::<Vec<_>>().join(" ")
    }

    fn runs(&mut self) -> Vec<String> {
        let mut runs: Vec<String> =
            self.reader.runs(false).unwrap().0.runs.iter().map(|run| run.id.to_string()).collect();
        runs.sort();
        runs
    }
}

#[test]
fn what_is_written_is_told_whatever_its_steps_and_nothing_twice() {
    let mut logs = Logs::new();
    assert!(!logs.reader.changed());
    assert_eq!(logs.news(false), "-");
    append(&logs.file("one", 1), &points("loss", [5, 2, 5]));
    assert!(logs.reader.changed());
    assert!(!logs.reader.changed());
    assert_eq!(logs.news(false), "+[2, 5, 5]");
    assert_eq!(logs.news(true), "-");
    // A tag that nobody follows, then one that comes to be.
    append(&logs.file("one", 1), &points("accuracy", [0, 1]));
    assert_eq!(logs.news(false), "-");
    assert_eq!(logs.follow("one", "accuracy"), [0, 1]);
    assert_eq!(logs.follow("one", "later"), [0; 0]);
    append(
        &logs.file("one", 1),
        &[points("later", [9]), points("loss", [6]), points("accuracy", [2])].concat(),
    );
    assert_eq!(logs.news(false), "+[6] +[2] +[9]");
    assert_eq!(logs.reader.series("one", "loss").unwrap().steps, [0, 1, 2, 2, 3, 4, 5, 5, 6]);
    let (set, _) = logs.reader.runs(false).unwrap();
    let latest = set.runs[0].metric(set.metric_key("loss").unwrap());
    assert_eq!(latest, Some(3.0), "the value that was written last");
}

/// Series that were read at different times are told what is new to each, and what is walked over again counts once.
#[test]
fn each_series_is_told_what_came_since_it_was_read_itself() {
    let mut logs = Logs::new();
    let text =
        [field(1, b"note"), field(9, &field(1, &field(1, b"text"))), field(8, b"\x08\x07\x42\x01x")].concat();
    append(&logs.file("one", 1), &[points("loss", [5]), points("accuracy", [5])].concat());
    append(&logs.file("one", 1), &event(5, BEGUN, &[text]));
    assert_eq!(logs.follow("one", "accuracy"), [5]);
    append(&logs.file("one", 1), &[points("loss", [6]), points("accuracy", [6])].concat());
    assert_eq!(logs.news(false), "+[5, 6] +[6]");
    assert_eq!(logs.reader.series("one", "accuracy").unwrap().steps, [5, 6]);
    assert_eq!(logs.reader.artifacts("one").unwrap().0.len(), 1);
}

#[test]
fn a_new_file_and_a_new_folder_are_found() {
    let mut logs = Logs::new();
    append(&logs.file("one", 2), &[version(BEGUN + 9.0), points("loss", [3, 7])].concat());
    assert!(logs.reader.changed());
    assert_eq!(logs.news(false), "+[3, 7]");
    // The older file is read on as well.
    append(&logs.file("one", 1), &points("loss", [8]));
    assert_eq!(logs.news(false), "+[8]");
    logs.runs();
    logs.reader.changed();
    append(&logs.file("two/deep", 1), &[version(BEGUN), points("loss", [0])].concat());
    assert!(logs.reader.changed());
    assert_eq!(logs.runs(), ["one", "two/deep"]);
    assert_eq!(logs.follow("two/deep", "loss"), [0]);
    append(&logs.file("two/deep", 1), &points("loss", [1]));
    assert_eq!(logs.news(false), "- +[1]");
}

#[test]
fn a_run_that_is_not_there_yet_can_be_followed() {
    let mut logs = Logs::new();
    assert_eq!(logs.follow("two", "loss"), [0; 0]);
    assert_eq!(logs.news(false), "- -");
    append(&logs.file("two", 1), &[version(BEGUN), points("loss", [0])].concat());
    assert_eq!(logs.news(false), "- +[0]");
}

#[test]
fn what_is_replaced_cut_or_taken_away_is_read_again() {
    let mut logs = Logs::new();
    // Shorter.
    let one = logs.file("one", 1);
    fs::write(&one, [version(BEGUN), points("loss", 0..2)].concat()).unwrap();
    assert!(logs.reader.changed());
    assert_eq!(logs.news(false), "=[0, 1]");
    // Another one that is longer.
    fs::write(&one, [version(BEGUN + 7.5), points("loss", 10..30)].concat()).unwrap();
    let steps: Vec<i64> = (10..30).collect();
    assert_eq!(logs.news(false), format!("={steps:?}"));
    // The same beginning, other records.
    fs::write(&one, [version(BEGUN + 7.5), points("loss", 40..70)].concat()).unwrap();
    let steps: Vec<i64> = (40..70).collect();
    assert_eq!(logs.news(false), format!("={steps:?}"));
    // A file before it.
    append(&logs.file("one", 0), &[version(BEGUN), points("loss", [1])].concat());
    assert_eq!(logs.news(false), "+[1]");
    fs::remove_file(logs.file("one", 0)).unwrap();
    assert_eq!(logs.news(false), format!("={steps:?}"));
    fs::remove_dir_all(logs.folder.path().join("one")).unwrap();
    assert!(logs.reader.changed());
    assert_eq!(logs.news(false), "=[]");
    assert_eq!(logs.runs(), [""; 0]);
    // The same folder again.
    append(&one, &[version(BEGUN), points("loss", [1])].concat());
    assert_eq!(logs.news(false), "+[1]");
}

/// A cursor outlives its reader.
#[test]
fn a_cursor_that_was_kept_is_understood_by_the_next_reader() {
    let mut logs = Logs::new();
    let folder = logs.folder.path().to_path_buf();
    let Logs { reader, cursors, .. } = &mut logs;
    let empty = tempfile::tempdir().unwrap();
    append(&file(empty.path(), "x", 1), &version(BEGUN));
    // Nobody has the folder open for a while, so nothing is known of it.
    *reader = open(empty.path()).unwrap();
    append(&file(&folder, "one", 1), &points("loss", [5]));
    *reader = open(&folder).unwrap();
    assert_eq!(cursors.len(), 1);
    assert_eq!(logs.news(false), "+[5]");
    // What another reader made is not.
    logs.cursors[0].2 = Cursor::new([1, 2]);
    assert_eq!(logs.news(false), "=[0, 1, 2, 3, 4, 5]");
    logs.cursors[0].2 = Cursor::new([1, 2, 3]);
    assert_eq!(logs.news(false), "=[0, 1, 2, 3, 4, 5]");
}

/// What was read is not read again: it is made illegible, and nobody notices.
#[test]
fn a_look_reads_what_was_written_and_no_more() {
    let mut logs = Logs::new();
    let one = logs.file("one", 1);
    let time = fs::metadata(&one).unwrap().modified().unwrap();
    let mut bytes = fs::read(&one).unwrap();
    let end = bytes.len() - 4;
    bytes[40..end].fill(0);
    fs::write(&one, &bytes).unwrap();
    fs::File::options().write(true).open(&one).unwrap().set_modified(time).unwrap();
    assert_eq!(logs.news(false), "-");
    append(&one, &points("loss", [5]));
    assert_eq!(logs.news(false), "+[5]");
    assert_eq!(logs.news(true), "-");
    assert_eq!(logs.reader.series("one", "loss").unwrap().steps, [0, 1, 2, 3, 4, 5]);
    assert_eq!(logs.reader.runs(false).unwrap().1, []);
}

#[test]
fn nothing_is_written_beside_or_into_the_files() {
    let mut logs = Logs::new();
    append(&logs.file("one", 1), &points("loss", [5])[..20]);
    let before = fs::read(logs.file("one", 1)).unwrap();
    logs.news(true);
    logs.runs();
    logs.reader.artifacts("one").unwrap();
    assert_eq!(fs::read(logs.file("one", 1)).unwrap(), before);
    for (folder, names) in [("", vec!["one"]), ("one", vec!["events.out.tfevents.1.host"])] {
        let found: Vec<_> = fs::read_dir(logs.folder.path().join(folder))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        assert_eq!(found, names);
    }
}

#[test]
fn a_reading_that_is_stopped_is_taken_up_again() {
    let folder = tempfile::tempdir().unwrap();
    let one = file(folder.path(), "one", 1);
    append(&one, &[version(BEGUN), points("loss", 0..40_000)].concat());
    let mut reader = open(folder.path()).unwrap();
    assert!(reader.runs_while(false, &|rows| rows < 16_000).is_err());
    assert_eq!(reader.series("one", "loss").unwrap().steps, (0..40_000).collect::<Vec<_>>());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    /// Wherever a writer is met, the parts make the whole.
    #[test]
    fn pieces_of_any_size_give_the_series_of_the_whole(
        steps in prop::collection::vec(-5_i64..20, 1..25),
        cuts in prop::collection::vec(0.0..1.0_f64, 0..5),
    ) {
        let whole = [version(BEGUN), steps.iter().flat_map(|step| point("loss", *step)).collect()].concat();
        let mut logs = Logs::new();
        let two = logs.file("two", 1);
        logs.follow("two", "loss");
        let mut ends: Vec<usize> = cuts.iter().map(|cut| (whole.len() as f64 * cut) as usize).collect();
        ends.sort_unstable();
        ends.push(whole.len());
        let (mut written, mut told) = (0, Series::default());
        for end in ends {
            append(&two, &whole[written..end]);
            written = end;
            match logs.changes(false).pop().unwrap() {
                Change::Nothing => {}
                Change::Added(series) => drop(told.append(&series)),
                Change::Whole(series) => prop_assert!(false, "{series:?} does not follow"),
            }
        }
        prop_assert_eq!(&told, &logs.reader.series("two", "loss").unwrap());
        let mut steps = steps;
        steps.sort_unstable();
        prop_assert_eq!(told.steps, steps);
    }
}

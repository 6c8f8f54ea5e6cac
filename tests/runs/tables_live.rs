//! Tables that grow, are rewritten or replaced while they are open: what came is told once, what is gone is noticed, and
//! only whole rows count.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use mlops_atlas::runs::Series;
use mlops_atlas::store::runs::{Change, Cursor, Known, Reader, open};
use proptest::prelude::*;

struct Desk {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl Desk {
    fn new(name: &str, text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        Self { _folder: folder, path }
    }

    fn append(&self, text: &str) {
        append(&self.path, text);
    }
}

fn append(path: &Path, text: &str) {
    std::fs::OpenOptions::new().append(true).open(path).unwrap().write_all(text.as_bytes()).unwrap();
}

/// A followed series.
struct Follow {
    run: &'static str,
    metric: &'static str,
    cursor: Cursor,
    known: Series,
}

impl Follow {
    fn new(store: &mut dyn Reader, run: &'static str, metric: &'static str) -> Self {
        let (mut all, _) = store.series_of(run, &[metric], &|| true).unwrap();
        let (known, cursor) = all.pop().unwrap();
        Self { run, metric, cursor, known }
    }

    /// What came, in words: steps and values.
    fn look(&mut self, store: &mut dyn Reader, thorough: bool) -> String {
        let known = Known { run: self.run, metric: self.metric, cursor: &self.cursor };
        let news = store.changes(&[known], thorough, &|| true).unwrap();
        let [Ok((change, cursor))] = &news[..] else { panic!("{news:?}") };
        self.cursor = cursor.clone();
        match change {
            Change::Nothing => "nothing".to_owned(),
            Change::Added(series) => {
                self.known.append(series);
                format!("added {}", points(series))
            }
            Change::Whole(series) => {
                self.known = series.clone();
                format!("whole {}", points(series))
            }
        }
    }
}

fn points(series: &Series) -> String {
    let points: Vec<String> =
        series.steps.iter().zip(&series.values).map(|(step, value)| format!("{step}:{value}")).collect();
    points.join(" ")
}

const HEAD: &str = "run,step,loss\na,0,0.5\nb,0,1.5\na,1,0.25\n";

#[test]
fn only_what_came_is_told_late_and_repeated_steps_too() {
    let desk = Desk::new("t.csv", HEAD);
    let mut store = open(&desk.path).unwrap();
    let mut a = Follow::new(store.as_mut(), "a", "loss");
    assert_eq!(points(&a.known), "0:0.5 1:0.25");
    assert!(!store.changed());
    assert_eq!(a.look(store.as_mut(), true), "nothing");
    desk.append("a,5,5\nb,1,2\na,1,7\n");
    assert!(store.changed());
    assert_eq!(a.look(store.as_mut(), false), "added 1:7 5:5");
    assert_eq!(a.look(store.as_mut(), true), "nothing");
    assert!(!store.changed());
    // A run that nobody knew.
    desk.append("c,0,9\n");
    assert_eq!(a.look(store.as_mut(), false), "nothing");
    assert_eq!(store.runs(false).unwrap().0.runs.len(), 3);
    // The latest value is that of the largest step, the last one written of those.
    let set = store.runs(false).unwrap().0;
    assert_eq!(set.run("a").unwrap().metric(0), Some(5.0));
    desk.append("a,5,6\na,4,9\n");
    let set = store.runs(false).unwrap().0;
    assert_eq!(set.run("a").unwrap().metric(0), Some(6.0));
    let beside: Vec<_> = std::fs::read_dir(desk.path.parent().unwrap()).unwrap().collect();
    assert_eq!(beside.len(), 1);
}

#[test]
fn a_cursor_fits_every_reader_of_the_same_file() {
    let desk = Desk::new("t.csv", HEAD);
    let (mut one, mut two) = (open(&desk.path).unwrap(), open(&desk.path).unwrap());
    let mut a = Follow::new(one.as_mut(), "a", "loss");
    desk.append("a,2,3\n");
    assert_eq!(a.look(two.as_mut(), true), "added 2:3");
    desk.append("a,3,4\n");
    assert_eq!(a.look(one.as_mut(), false), "added 3:4");
    assert_eq!(points(&a.known), "0:0.5 1:0.25 2:3 3:4");
}

#[test]
fn a_row_without_its_end_waits_for_it() {
    let desk = Desk::new("t.csv", HEAD);
    let mut store = open(&desk.path).unwrap();
    let mut a = Follow::new(store.as_mut(), "a", "loss");
    desk.append("a,2,0.1");
    assert_eq!(a.look(store.as_mut(), true), "nothing");
    let (_, problems) = store.runs(false).unwrap();
    assert_eq!(problems.len(), 1);
    assert!(problems[0].message.starts_with("The last row has no end yet"), "{problems:?}");
    assert!(problems[0].at.ends_with("t.csv:5"), "{problems:?}");
    desk.append("25\r");
    desk.append("\na,3,\"0.5");
    assert_eq!(a.look(store.as_mut(), true), "added 2:0.125");
    desk.append("\"\n");
    assert_eq!(a.look(store.as_mut(), true), "added 3:0.5");
    assert!(store.runs(false).unwrap().1.is_empty());
}

/// Writers have buffers, so a row may be cut off for minutes; but what somebody typed has no more to come.
#[test]
fn the_last_row_of_a_file_at_rest_needs_no_end() {
    let desk = Desk::new("t.csv", "step,loss\n0,0.5\n1,0.2");
    let rest = |seconds| {
        let file = std::fs::OpenOptions::new().append(true).open(&desk.path).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(seconds)).unwrap();
    };
    let mut store = open(&desk.path).unwrap();
    let mut a = Follow::new(store.as_mut(), "t", "loss");
    assert_eq!(points(&a.known), "0:0.5");
    rest(3_600);
    assert!(store.changed());
    assert_eq!(a.look(store.as_mut(), false), "added 1:0.2");
    assert!(!store.changed());
    // It went on with a row of its own, and then within the row.
    desk.append("\n2,3");
    rest(7_200);
    assert_eq!(a.look(store.as_mut(), false), "added 2:3");
    desk.append("0\n");
    assert_eq!(a.look(store.as_mut(), false), "whole 0:0.5 1:0.2 2:30");
}

/// It is read once and waits, as long as nobody writes its end.
#[test]
fn a_long_last_line_without_an_end_is_not_counted_before_it_ends() {
    let desk = Desk::new("t.jsonl", "{\"step\":0,\"loss\":1}\n{\"step\":1,\"loss\":2}\n");
    let mut store = open(&desk.path).unwrap();
    desk.append(&format!("{{\"x\":\"{}", "y".repeat(17 << 20)));
    let told = |store: &mut dyn Reader| -> Vec<String> {
        store.runs(false).unwrap().1.into_iter().map(|problem| problem.message).collect()
    };
    for _ in 0..3 {
        assert_eq!(told(store.as_mut()), ["The last row has no end yet, so it is not read"]);
        assert!(!store.changed());
    }
    desk.append("\"}\n{\"step\":2,\"loss\":3}\n");
    let problems = told(store.as_mut());
    assert!(
        problems.len() == 1 && problems[0].starts_with("1 row is left out, being longer"),
        "{problems:?}"
    );
    assert_eq!(points(&store.series("t", "loss").unwrap()), "0:1 1:2 2:3");
}

/// Opening a pipe would wait for a writer.
#[cfg(unix)]
#[test]
fn a_pipe_in_the_place_of_a_file_is_told() {
    let desk = Desk::new("t.csv", "step,loss\n0,1\n");
    let mut store = open(&desk.path).unwrap();
    store.runs(false).unwrap();
    std::fs::remove_file(&desk.path).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&desk.path).status().unwrap().success());
    let error = store.runs(false).unwrap_err();
    assert!(error.to_string().starts_with("This is no ordinary file"), "{error}");
    let file = desk.path.with_extension("db");
    std::fs::copy("tests/fixtures/mlflow/mlflow3.db", &file).unwrap();
    let mut store = open(&file).unwrap();
    store.runs(false).unwrap();
    std::fs::remove_file(&file).unwrap();
    std::fs::rename(&desk.path, &file).unwrap();
    let error = store.runs(false).unwrap_err();
    assert!(error.to_string().starts_with("This is no ordinary file"), "{error}");
}

#[test]
fn a_file_that_is_rewritten_cut_or_gone_is_noticed() {
    let desk = Desk::new("t.csv", HEAD);
    let mut store = open(&desk.path).unwrap();
    let mut a = Follow::new(store.as_mut(), "a", "loss");
    std::fs::write(&desk.path, "run,step,loss\na,0,0.5\n").unwrap();
    assert_eq!(a.look(store.as_mut(), false), "whole 0:0.5");
    // A column more, as Lightning rewrites its table.
    std::fs::write(&desk.path, "run,step,acc,loss\na,0,,0.5\na,1,3,0.25\n").unwrap();
    assert_eq!(a.look(store.as_mut(), false), "whole 0:0.5 1:0.25");
    let set = store.runs(false).unwrap().0;
    assert_eq!(set.metric_keys.len(), 2);
    // The run is no more.
    std::fs::write(&desk.path, "run,step,acc,loss\nb,0,,0.5\nb,1,3,0.25\n").unwrap();
    assert_eq!(a.look(store.as_mut(), false), "whole ");
    std::fs::remove_file(&desk.path).unwrap();
    assert!(store.changed());
    assert!(store.changes(&[], false, &|| true).is_err() && store.runs(false).is_err());
    std::fs::write(&desk.path, HEAD).unwrap();
    assert_eq!(a.look(store.as_mut(), false), "whole 0:0.5 1:0.25");
}

/// A value in the midst of a long file that changes in its place: only a thorough look reads it.
#[test]
fn what_changed_in_the_midst_is_found_by_a_thorough_look() {
    let rows: Vec<String> = (0..2_000).map(|step| format!("{step},0.5\n")).collect();
    let rows = rows.concat();
    let text = format!("step,loss\n{rows}");
    let desk = Desk::new("t.csv", &text);
    let mut store = open(&desk.path).unwrap();
    let mut a = Follow::new(store.as_mut(), "t", "loss");
    std::fs::write(&desk.path, text.replace("\n1000,0.5\n", "\n1000,0.7\n")).unwrap();
    assert_eq!(a.look(store.as_mut(), false), "nothing");
    assert!(a.look(store.as_mut(), true).contains(" 1000:0.7 "));
    assert_eq!(a.look(store.as_mut(), true), "nothing");
}

#[test]
fn keys_that_show_up_later_are_new_metrics() {
    let mut text = String::new();
    for step in 0..150 {
        text.push_str("{\"step\": ");
        text.push_str(&step.to_string());
        text.push_str(", \"loss\": 0.5}\n");
    }
    let desk = Desk::new("t.jsonl", &text);
    let mut store = open(&desk.path).unwrap();
    let mut loss = Follow::new(store.as_mut(), "t", "loss");
    let mut late = Follow::new(store.as_mut(), "t", "eval.f1");
    assert_eq!((loss.known.len(), late.known.len()), (150, 0));
    desk.append("{\"step\": 150, \"eval\": {\"f1\": 0.75}, \"note\": \"x\"}\n{\"step\": 151, \"lo");
    assert_eq!(loss.look(store.as_mut(), true), "nothing");
    assert_eq!(late.look(store.as_mut(), true), "added 150:0.75");
    // An object that is whole is whole, with or without the end of its line.
    desk.append("ss\": NaN}");
    assert_eq!(loss.look(store.as_mut(), true), "added 151:NaN");
    desk.append("\n{\"step\": 152, \"loss\": 1}\n");
    assert_eq!(loss.look(store.as_mut(), true), "added 152:1");
    let set = store.runs(false).unwrap().0;
    let keys: Vec<&str> = set.metric_keys.iter().map(|key| &**key).collect();
    assert_eq!(keys, ["eval.f1", "loss"]);
}

#[test]
fn a_folder_is_watched_for_tables_that_come_and_go() {
    let folder = tempfile::tempdir().unwrap();
    let table = |version: usize, text: &str| {
        let path = folder.path().join(format!("version_{version}"));
        std::fs::create_dir_all(&path).unwrap();
        std::fs::write(path.join("metrics.csv"), text).unwrap();
    };
    table(0, "step,loss\n0,0.5\n");
    table(1, "step,loss\n0,1.5\n");
    let mut store = open(folder.path()).unwrap();
    let mut one = Follow::new(store.as_mut(), "version_1", "loss");
    let ids = |store: &mut dyn Reader| {
        let runs = store.runs(false).unwrap().0.runs;
        runs.iter().map(|run| run.id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(ids(store.as_mut()), ["version_0", "version_1"]);
    assert!(!store.changed());
    // The next training: first an empty file, then a head, then rows.
    table(2, "");
    table(2, "step,loss\n");
    assert!(store.changed());
    assert_eq!(ids(store.as_mut()), ["version_0", "version_1"]);
    table(2, "step,loss\n0,2.5\n");
    assert!(store.changed());
    assert_eq!(ids(store.as_mut()), ["version_0", "version_1", "version_2"]);
    append(&folder.path().join("version_1/metrics.csv"), "1,3\n");
    assert!(store.changed());
    assert_eq!(one.look(store.as_mut(), true), "added 1:3");
    std::fs::remove_dir_all(folder.path().join("version_1")).unwrap();
    assert_eq!(one.look(store.as_mut(), false), "whole ");
    assert_eq!(ids(store.as_mut()), ["version_0", "version_2"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// However a file comes, the series that was followed is the one that is read at once.
    #[test]
    fn pieces_of_any_size_make_the_series_of_the_whole(
        rows in proptest::collection::vec((0..3_usize, 0..40_i64, prop_oneof![
            Just("0.5".to_owned()), Just(String::new()), Just("nan".to_owned()), Just("\"-inf\"".to_owned()),
            Just("\"two\nlines\"".to_owned()), Just("1,2".to_owned()), (0..1000_u32).prop_map(|value| format!("{value}.25")),
        ]), 0..40),
        cuts in proptest::collection::vec(0.0..1.0_f64, 0..8),
        as_json: bool,
    ) {
        let mut text = String::from(if as_json { "{\"run\": \"a\", \"step\": 0, \"loss\": 1}\n{\"run\": \"a\", \"step\": 0}\n" } else { HEAD });
        let begin = text.len();
        for (run, step, value) in &rows {
            let run = ["a", "b", "ü"][*run];
            let line = if as_json {
                format!("{{\"run\": \"{run}\", \"step\": {step}, \"loss\": {}}}\n", if value.contains("nan") { "NaN" } else { "0.5" })
            } else {
                format!("{run},{step},{value}\r\n")
            };
            text.push_str(&line);
        }
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| begin + ((text.len() - begin) as f64 * cut) as usize).collect();
        cuts.push(text.len());
        cuts.sort_unstable();
        let desk = Desk::new(if as_json { "t.jsonl" } else { "t.csv" }, "");
        std::fs::write(&desk.path, &text[..begin]).unwrap();
        let mut store = open(&desk.path).unwrap();
        let mut followed: Vec<Follow> =
            ["a", "b", "ü"].into_iter().map(|run| Follow::new(store.as_mut(), run, "loss")).collect();
        let mut written = begin;
        for cut in cuts {
            let mut file = std::fs::OpenOptions::new().append(true).open(&desk.path).unwrap();
            file.write_all(&text.as_bytes()[written..cut]).unwrap();
            written = cut;
            for follow in &mut followed {
                follow.look(store.as_mut(), cut % 2 == 0);
            }
        }
        let mut fresh = open(&desk.path).unwrap();
        for follow in &followed {
            let whole = fresh.series(follow.run, "loss").unwrap();
            prop_assert_eq!(points(&follow.known), points(&whole));
        }
        prop_assert_eq!(format!("{:?}", store.runs(false).unwrap()), format!("{:?}", fresh.runs(false).unwrap()));
    }
}

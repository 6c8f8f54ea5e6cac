//! `mlruns` folders that are written while they are open: what came is what is told, an unchanged store is not read, and
//! what is replaced, cut or gone is noticed.

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, SystemTime};

use mlops_atlas::runs::{Series, Status};
use mlops_atlas::store::runs::{Change, Cursor, Reader, open};

use crate::followed::{begin, came};
use crate::mlruns::{Store, named};

fn append(file: &Path, text: &str) {
    OpenOptions::new().append(true).open(file).unwrap().write_all(text.as_bytes()).unwrap();
}

/// As if it had been written an hour ago.
fn age(file: &Path) {
    let time = SystemTime::now() - Duration::from_hours(1);
    File::options().append(true).open(file).unwrap().set_modified(time).unwrap();
}

fn steps(change: &Change) -> (&str, Vec<i64>) {
    match change {
        Change::Nothing => ("nothing", Vec::new()),
        Change::Added(points) => ("added", points.steps.clone()),
        Change::Whole(points) => ("whole", points.steps.clone()),
    }
}

/// A store with its running run, the file of a metric, and a reader.
fn running() -> (Store, String, std::path::PathBuf, Box<dyn Reader>) {
    let store = Store::of("mlruns3");
    let mut reader = open(&store.path()).unwrap();
    let run = named(&reader.runs(false).unwrap().0, "renamed").id.to_string();
    let file = store.run(&run).join("metrics/loss");
    (store, run, file, reader)
}

#[test]
fn only_new_lines_come_late_and_repeated_steps_too() {
    let (_store, run, file, mut reader) = running();
    let reader = reader.as_mut();
    let (known, mut cursor) = begin(reader, &run, "loss");
    assert_eq!(known.steps, (0..30).collect::<Vec<i64>>());
    assert_eq!(came(reader, &run, "loss", &mut cursor, true), Change::Nothing);
    append(&file, "1700000030000 0.5 30\n1700000030001 0.25 30\n1700000030002 nan -4\n");
    assert_eq!(steps(&came(reader, &run, "loss", &mut cursor, false)), ("added", vec![-4, 30, 30]));
    assert_eq!(came(reader, &run, "loss", &mut cursor, false), Change::Nothing);
    assert_eq!(came(reader, &run, "loss", &mut cursor, true), Change::Nothing);
    // A line waits until its end is written, and what is no point is told.
    append(&file, "1700000031000 0.125 3");
    assert_eq!(came(reader, &run, "loss", &mut cursor, false), Change::Nothing);
    append(&file, "1\nnonsense\n");
    match came(reader, &run, "loss", &mut cursor, false) {
        Change::Added(points) => {
            assert_eq!(
                (points.steps.as_slice(), points.values.as_slice()),
                ([31].as_slice(), [0.125].as_slice())
            );
            assert_eq!(points.left_out.map(|left_out| left_out.count), Some(1));
        }
        other => panic!("{other:?}"),
    }
    // The latest value in the table is that of the greatest step.
    let set = reader.runs(false).unwrap().0;
    let latest = set.run(&run).unwrap().metric(set.metric_key("loss").unwrap());
    assert_eq!(latest, Some(0.125));
}

#[test]
fn a_cut_or_replaced_file_is_read_as_a_whole() {
    let (_store, run, file, mut reader) = running();
    let reader = reader.as_mut();
    let text = fs::read_to_string(&file).unwrap();
    let (_, mut cursor) = begin(reader, &run, "loss");
    fs::write(&file, "5 1.0 7\n").unwrap();
    assert_eq!(steps(&came(reader, &run, "loss", &mut cursor, false)), ("whole", vec![7]));
    // Longer than what was known, but another file.
    fs::write(&file, &text).unwrap();
    assert_eq!(steps(&came(reader, &run, "loss", &mut cursor, false)).0, "whole");
    // The last line stands where it stood, and one before it does not: only a thorough look tells.
    let other = text.replacen(" 0 ", " 9 ", 1).replacen("1.0 0\n", "2.0 0\n", 1);
    assert_eq!((other.len(), other == text), (text.len(), false));
    fs::write(&file, format!("{other}1700000030000 0.5 30\n")).unwrap();
    assert_eq!(steps(&came(reader, &run, "loss", &mut cursor, false)), ("added", vec![30]));
    match came(reader, &run, "loss", &mut cursor, true) {
        Change::Whole(points) => assert_eq!((points.len(), points.values[0]), (31, 2.0)),
        other => panic!("{other:?}"),
    }
    fs::remove_file(&file).unwrap();
    assert_eq!(steps(&came(reader, &run, "loss", &mut cursor, false)), ("whole", vec![]));
    assert_eq!(came(reader, &run, "loss", &mut cursor, true), Change::Nothing);
    fs::write(&file, "5 1.0 7\n").unwrap();
    assert_eq!(steps(&came(reader, &run, "loss", &mut cursor, false)), ("added", vec![7]));
    // A cursor of another reader tells nothing.
    let mut foreign = Cursor::new([1, 2]);
    assert_eq!(steps(&came(reader, &run, "loss", &mut foreign, false)), ("whole", vec![7]));
}

/// Other bytes of the same length and time are not seen, so nothing was read; a thorough look reads.
#[test]
fn an_unchanged_file_is_not_read() {
    let (_store, run, file, mut reader) = running();
    let reader = reader.as_mut();
    age(&file);
    let (_, mut cursor) = begin(reader, &run, "loss");
    let listed = reader.runs(false).unwrap().0;
    let time = fs::metadata(&file).unwrap().modified().unwrap();
    let length = fs::metadata(&file).unwrap().len() as usize;
    fs::write(&file, "x".repeat(length)).unwrap();
    File::options().append(true).open(&file).unwrap().set_modified(time).unwrap();
    assert_eq!(came(reader, &run, "loss", &mut cursor, false), Change::Nothing);
    let again = reader.runs(false).unwrap().0;
    assert_eq!(format!("{:?}", again.run(&run)), format!("{:?}", listed.run(&run)));
    assert_eq!(steps(&came(reader, &run, "loss", &mut cursor, true)), ("whole", vec![]));
}

#[test]
fn a_look_tells_whether_anything_was_written() {
    let (store, run, file, mut reader) = running();
    let reader = reader.as_mut();
    // Folders that were changed a moment ago are looked at once more; these were not.
    let quiet = |reader: &mut dyn Reader| {
        for entry in walk(&store.path()) {
            set_time(&entry);
        }
        reader.runs(false).unwrap();
        assert!(!reader.changed());
    };
    quiet(reader);
    append(&file, "1700000030000 0.5 30\n");
    assert!(reader.changed());
    quiet(reader);
    fs::write(store.run(&run).join("metrics/fresh"), "1 2 3\n").unwrap();
    assert!(reader.changed());
    quiet(reader);
    // A run that ended, and one that begins.
    let ended = named(&reader.runs(false).unwrap().0, "weird").id.to_string();
    let meta = store.run(&ended).join("meta.yaml");
    let text = fs::read_to_string(&meta).unwrap();
    fs::write(&meta, text.replace("run_name: weird", "run_name: other")).unwrap();
    assert!(reader.changed());
    named(&reader.runs(false).unwrap().0, "other");
    quiet(reader);
    let folder = store.run(&ended).parent().unwrap().join("0123456789abcdef0123456789abcdef");
    fs::create_dir(&folder).unwrap();
    assert!(reader.changed());
    quiet(reader);
    let text = text.replace(&ended, "0123456789abcdef0123456789abcdef").replace("weird", "begun");
    fs::write(folder.join("meta.yaml"), text.replace("status: 4", "status: 1")).unwrap();
    assert!(reader.changed());
    assert_eq!(named(&reader.runs(false).unwrap().0, "begun").status, Status::Running);
    quiet(reader);
    fs::remove_dir_all(&folder).unwrap();
    assert!(reader.changed());
    assert!(reader.runs(false).unwrap().0.run("0123456789abcdef0123456789abcdef").is_none());
}

/// All files and folders below a folder.
fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut all = vec![folder.to_path_buf()];
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { all.extend(walk(&path)) } else { all.push(path) }
    }
    all
}

fn set_time(path: &Path) {
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    if let Ok(file) = File::open(path) {
        file.set_modified(time).unwrap();
    }
}

/// A client writes `meta.yaml` anew by first making it empty.
#[test]
fn a_run_that_is_just_being_written_keeps_its_place() {
    let (store, run, _, mut reader) = running();
    fs::write(store.run(&run).join("meta.yaml"), "").unwrap();
    let (set, problems) = reader.runs(false).unwrap();
    assert_eq!((&*named(&set, "renamed").id, problems.len()), (run.as_str(), 0));
    let folder = store.run(&run);
    let experiment = folder.parent().unwrap().file_name().unwrap().to_str().unwrap();
    let text = format!("experiment_id: '{experiment}'\nrun_id: {run}\nrun_name: again\nstatus: 3\n");
    fs::write(store.run(&run).join("meta.yaml"), text).unwrap();
    assert_eq!(named(&reader.runs(false).unwrap().0, "again").status, Status::Finished);
}

/// The least that is a store: one run, without values.
fn small() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("0/a/metrics")).unwrap();
    fs::write(folder.path().join("0/meta.yaml"), "experiment_id: '0'\nartifact_location: x\nname: n\n")
        .unwrap();
    fs::write(folder.path().join("0/a/meta.yaml"), "experiment_id: '0'\nrun_id: a\nstatus: 1\n").unwrap();
    folder
}

mod pieces {
    use std::fmt::Write as _;

    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// However a file grows, all that was told together is what one reading gives.
        #[test]
        fn pieces_of_any_size_give_the_series_of_the_whole(
            lines in prop::collection::vec((0_i64..5_000, -9_i64..9, prop::num::f64::ANY), 1..40),
            cuts in prop::collection::vec(0.0..1.0_f64, 0..12),
        ) {
            let mut text = String::new();
            for (time, step, value) in &lines {
                let value = if value.is_nan() { "nan".to_owned() } else { value.to_string() };
                writeln!(text, "{time} {value} {step}").unwrap();
            }
            let folder = small();
            let (run, file) = ("a".to_owned(), folder.path().join("0/a/metrics/loss"));
            let mut reader = open(folder.path()).unwrap();
            let reader = reader.as_mut();
            let mut ends: Vec<usize> = cuts.iter().map(|cut| (cut * text.len() as f64) as usize).collect();
            ends.push(text.len());
            ends.sort_unstable();
            fs::write(&file, "").unwrap();
            let (mut series, mut cursor) = begin(reader, &run, "loss");
            let mut from = 0;
            for end in ends {
                append(&file, &text[from..end]);
                from = end;
                match came(reader, &run, "loss", &mut cursor, true) {
                    Change::Nothing => {}
                    Change::Added(points) => { series.append(&points); }
                    Change::Whole(points) => prop_assert!(false, "read again: {points:?}"),
                }
            }
            let whole = reader.series(&run, "loss").unwrap();
            prop_assert_eq!(whole.len(), lines.len());
            let words = |series: &Series| series.points()
                .map(|point| (point.step, point.time, point.value.to_bits())).collect::<Vec<_>>();
            prop_assert_eq!(words(&series), words(&whole));
        }
    }
}

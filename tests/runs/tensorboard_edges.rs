//! Event files that are damaged, hostile or odd: what can be read is read, what not is told with its place.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use mlops_atlas::problem::Problem;
use mlops_atlas::runs::{LeftOut, RunSet, Status};
use mlops_atlas::store::runs::{Reader, open, sources};
use proptest::prelude::*;

use crate::tensorboard::{BEGUN, append, event, field, number, point, points, record, version};

fn file(folder: &Path) -> PathBuf {
    folder.join("events.out.tfevents.1.host")
}

fn reader(folder: &Path) -> Box<dyn Reader> {
    open(folder).unwrap()
}

fn table(folder: &Path) -> (RunSet, Vec<String>) {
    let (set, problems) = reader(folder).runs(false).unwrap();
    let place = |Problem { at, .. }: &Problem| assert!(Path::new(at).starts_with(folder), "{at}");
    problems.iter().for_each(place);
    (set, problems.into_iter().map(|problem| problem.message).collect())
}

fn steps(folder: &Path, tag: &str) -> Vec<i64> {
    reader(folder).series(".", tag).unwrap().steps
}

#[test]
fn a_damaged_record_is_left_out_and_told_and_the_rest_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = [version(BEGUN), points("loss", 0..5)].concat();
    let length = point("loss", 1).len();
    let at = bytes.len() - 3 * length;
    bytes[at + 20] ^= 1;
    append(&file(folder.path()), &bytes);
    assert_eq!(steps(folder.path(), "loss"), [0, 1, 3, 4]);
    let (_, told) = table(folder.path());
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("1 record is damaged (its checksum does not fit)"), "{told:?}");
    assert!(told[0].contains(&format!("at byte {at}: ")), "{told:?}");
    let (_, problems) = reader(folder.path()).series_of(".", &["loss"], &|| true).unwrap();
    assert_eq!(problems[0].message, told[0]);
}

#[test]
fn behind_a_damaged_length_the_rest_of_that_file_is_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = [version(BEGUN), points("loss", 0..5)].concat();
    let length = point("loss", 1).len();
    let at = bytes.len() - 3 * length;
    bytes[at + 9] ^= 1;
    append(&file(folder.path()), &bytes);
    append(
        &folder.path().join("events.out.tfevents.2.host"),
        &[version(BEGUN), points("loss", [9])].concat(),
    );
    // What was read is kept as long as somebody has the folder open.
    let _open = reader(folder.path());
    assert_eq!(steps(folder.path(), "loss"), [0, 1, 9]);
    let (_, told) = table(folder.path());
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with(&format!("What follows byte {at} is left out")), "{told:?}");
    // The writer's own bytes come late, as over a network.
    bytes[at + 9] ^= 1;
    fs::write(file(folder.path()), &bytes).unwrap();
    append(&file(folder.path()), &point("loss", 5));
    assert_eq!(steps(folder.path(), "loss"), [0, 1, 2, 3, 4, 5, 9]);
    assert_eq!(table(folder.path()).1, [""; 0]);
}

#[test]
fn a_record_that_is_cut_short_is_waited_for_and_told_when_nobody_writes_it() {
    let folder = tempfile::tempdir().unwrap();
    let whole = [version(BEGUN), points("loss", 0..3)].concat();
    append(&file(folder.path()), &whole[..whole.len() - 9]);
    let _open = reader(folder.path());
    assert_eq!((steps(folder.path(), "loss"), table(folder.path()).1), (vec![0, 1], Vec::new()));
    let old = SystemTime::now() - Duration::from_mins(11);
    fs::File::options().write(true).open(file(folder.path())).unwrap().set_modified(old).unwrap();
    let (_, told) = table(folder.path());
    assert_eq!(told.len(), 1);
    let length = point("loss", 2).len();
    let sentence = format!(
        "The last record is cut short, so its {} bytes from byte {} on are left out",
        length - 9,
        whole.len() - length
    );
    assert!(told[0].starts_with(&sentence), "{told:?}");
    append(&file(folder.path()), &whole[whole.len() - 9..]);
    assert_eq!((steps(folder.path(), "loss"), table(folder.path()).1), (vec![0, 1, 2], Vec::new()));
}

#[test]
fn what_is_no_event_though_its_checksum_fits_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let bytes =
        [version(BEGUN), record(b"\x0b\x0b"), record(&[0x80; 20]), record(b""), point("loss", 1)].concat();
    append(&file(folder.path()), &bytes);
    assert_eq!(steps(folder.path(), "loss"), [1]);
    let (_, told) = table(folder.path());
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("2 records are no events, or not all of them"), "{told:?}");
}

#[test]
fn times_and_values_that_are_none_are_kept_or_told() {
    let folder = tempfile::tempdir().unwrap();
    let plugin = field(9, &field(1, &field(1, b"scalars")));
    let tensor = |bytes: &[u8]| [field(1, b"odd"), plugin.clone(), field(8, bytes)].concat();
    let bytes = [
        version(f64::NAN),
        event(0, f64::NAN, &[number("loss", 1.0)]),
        event(1, f64::INFINITY, &[number("loss", 2.0)]),
        event(i64::MIN, 1e300, &[number("loss", f32::NAN)]),
        event(i64::MAX, BEGUN, &[number("", 4.0)]),
        // Texts, and two numbers, where there is to be one.
        event(7, BEGUN, &[tensor(b"\x08\x07\x42\x01x")]),
        event(8, BEGUN, &[tensor(b"\x08\x01\x12\x04\x12\x02\x08\x02\x2a\x08\0\0\0\0\0\0\0\0")]),
        event(9, BEGUN, &[tensor(b"\x08\x01\x2a\x04\0\0\x80\x3f")]),
    ];
    append(&file(folder.path()), &bytes.concat());
    let mut reader = reader(folder.path());
    let loss = reader.series(".", "loss").unwrap();
    assert_eq!((loss.steps.as_slice(), loss.beyond), ([i64::MIN, 0, 1].as_slice(), 3));
    assert_eq!((0..3).map(|at| loss.point(at).unwrap().time_ms()).collect::<Vec<_>>(), [None; 3]);
    assert_eq!(reader.series(".", "").unwrap().steps, [i64::MAX]);
    let odd = reader.series(".", "odd").unwrap();
    assert_eq!((odd.steps, odd.left_out), (vec![9], Some(LeftOut { count: 2, first_step: Some(7) })));
    let (set, problems) = reader.runs(false).unwrap();
    assert_eq!(problems, []);
    let run = &set.runs[0];
    assert_eq!((run.start_time, run.end_time), (Some(1_700_000_000_000_000), None));
    assert_eq!(run.status, Status::Other("UNKNOWN".to_owned()));
}

#[test]
fn names_tell_event_files_and_where_none_does_their_content() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let bytes = [version(BEGUN), point("loss", 1)].concat();
    append(&path("named/events.out.tfevents.1.host"), &bytes);
    // TensorBoard does not read these.
    append(&path("named/copy"), &bytes);
    append(&path("named/events.out.tfevents.1.host.profile-empty"), &bytes);
    append(&path("renamed/train.log"), &bytes);
    append(&path("none/notes.txt"), b"nothing");
    append(&path("begun/events.out.tfevents.1.host"), b"");
    for number in 0..3_000 {
        append(&path("named").join(format!("weights-{number}")), b"x");
    }
    let (set, told) = table(folder.path());
    let mut runs: Vec<&str> = set.runs.iter().map(|run| &*run.id).collect();
    runs.sort_unstable();
    assert_eq!((runs, told), (vec!["begun", "named", "renamed"], Vec::new()));
    assert_eq!(reader(folder.path()).series("named", "loss").unwrap().steps, [1]);
    assert_eq!(sources(folder.path()).unwrap().0[0].runs, 3);
}

#[cfg(unix)]
#[test]
fn links_are_followed_but_not_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    for run in ["a", "b"] {
        append(&path(run).join("events.out.tfevents.1.host"), &[version(BEGUN), point("loss", 1)].concat());
    }
    for (at, to) in [("a/back", "."), ("a/self", "a"), ("a/b", "b"), ("b/a", "a"), ("b/gone", "nowhere")] {
        std::os::unix::fs::symlink(path(to), path(at)).unwrap();
    }
    let (set, told) = table(folder.path());
    let mut runs: Vec<&str> = set.runs.iter().map(|run| &*run.id).collect();
    runs.sort_unstable();
    assert_eq!((runs, told), (vec!["a", "a/b", "b", "b/a"], Vec::new()));
}

#[test]
fn a_tag_is_what_its_first_value_says() {
    let folder = tempfile::tempdir().unwrap();
    let value = |plugin: &[u8], tensor: &[u8]| {
        let named = if plugin.is_empty() { Vec::new() } else { field(9, &field(1, &field(1, plugin))) };
        [field(1, b"tag"), named, field(8, tensor)].concat()
    };
    let text = b"\x08\x07\x42\x04text";
    let one = b"\x08\x01\x2a\x04\0\0\x80\x3f";
    let bytes = [
        version(BEGUN),
        event(0, BEGUN, &[value(b"text", text)]),
        event(1, BEGUN, &[value(b"", text)]),
        // A number is no text, whatever a later value says.
        event(2, BEGUN, &[value(b"scalars", one)]),
    ];
    append(&file(folder.path()), &bytes.concat());
    let mut reader = reader(folder.path());
    assert!(reader.series(".", "tag").unwrap().is_empty());
    let (artifacts, _) = reader.artifacts(".").unwrap();
    assert_eq!(
        artifacts.iter().map(|artifact| artifact.step).collect::<Vec<_>>(),
        [Some(0), Some(1), Some(2)]
    );
    let mut gone = artifacts[0].clone();
    gone.place += 1;
    assert!(reader.content(".", &gone).is_err());
    gone.place = u64::MAX;
    assert!(reader.content(".", &gone).is_err());
    assert!(reader.content("no such run", &artifacts[0]).is_err());
}

#[test]
fn a_folder_that_is_gone_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let logs = folder.path().join("logs");
    append(&file(&logs), &[version(BEGUN), point("loss", 1)].concat());
    let mut reader = reader(&logs);
    reader.runs(false).unwrap();
    fs::remove_dir_all(&logs).unwrap();
    assert!(reader.changed());
    let error = reader.runs(false).unwrap_err().to_string();
    assert!(error.starts_with("There is nothing at this path: "), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    /// Bytes of real files, some of them changed inside of records whose checksums fit again.
    #[test]
    fn no_bytes_at_all_make_it_fall(
        which in 0_usize..3,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        end in any::<prop::sample::Index>(),
        resealed in any::<bool>(),
    ) {
        let name = ["media", "sessions/done", ""][which];
        let source = Path::new("tests/fixtures/tensorboard/kinds").join(name);
        let source = fs::read_dir(source).unwrap().map(|entry| entry.unwrap().path()).find(|path| path.is_file());
        let mut bytes = fs::read(source.unwrap()).unwrap();
        let original = bytes.clone();
        for (at, byte) in &changes {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        if resealed {
            bytes = reseal(&original, &bytes);
        } else {
            bytes.truncate(end.index(bytes.len()).max(40));
        }
        let folder = tempfile::tempdir().unwrap();
        append(&file(folder.path()), &bytes);
        // A folder of whose file not even the first length can be trusted is no log.
        if let Ok(mut reader) = open(folder.path()) {
            let (set, _) = reader.runs(false).unwrap();
            for key in &set.metric_keys {
                reader.series(".", key).unwrap();
            }
            for artifact in reader.artifacts(".").unwrap().0 {
                drop(reader.content(".", &artifact));
            }
        }
    }
}

/// Records as long as the original ones, of changed data, with checksums that fit.
fn reseal(original: &[u8], changed: &[u8]) -> Vec<u8> {
    let (mut at, mut sealed) = (0, Vec::new());
    while let Some(length) = original.get(at..at + 8) {
        let length = u64::from_le_bytes(length.try_into().unwrap()) as usize;
        sealed.extend(record(&changed[at + 12..at + 12 + length]));
        at += length + 16;
    }
    sealed
}

/// What plugins wrote that are not known is not read, and that is said.
#[test]
fn tags_of_other_plugins_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let curve = |tag: &str| {
        // Found by chance: a name may hold ends of lines, the sentence about it may not.
        let metadata = field(9, &field(1, &field(1, b"pr\ncurves")));
        [field(1, tag.as_bytes()), metadata, field(8, b"\x08\x01")].concat()
    };
    let events = event(0, BEGUN, &[curve("pr/a"), curve("pr/b")]);
    append(&file(folder.path()), &[version(BEGUN), events, points("loss", 0..3)].concat());
    let (set, problems) = open(folder.path()).unwrap().runs(false).unwrap();
    assert_eq!(set.metric_keys.len(), 1);
    let told: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(told, ["2 tags are of plugins that are not read here (pr\\ncurves)"]);
}

//! Tables that are damaged, odd or hostile: what cannot be read is counted with its place, and the rest is read.

use std::fmt::Write as _;

use mlops_atlas::runs::RunSet;
use mlops_atlas::store::runs::{Error, Patience};
use mlops_atlas::store::runs::{Reader, open, tables};

/// The store of a file with these bytes, and the folder it lies in.
fn store(name: &str, bytes: impl AsRef<[u8]>) -> (tempfile::TempDir, Box<dyn Reader>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let store = open(&path).unwrap();
    (folder, store)
}

/// Runs, and problems as `line: sentence`.
fn read(store: &mut dyn Reader) -> (RunSet, Vec<String>) {
    let (set, problems) = store.runs(false).unwrap();
    let line = |at: &str| at.rsplit(':').next().unwrap().to_owned();
    (set, problems.iter().map(|problem| format!("{}: {}", line(&problem.at), problem.message)).collect())
}

fn points(store: &mut dyn Reader, run: &str, metric: &str) -> String {
    let series = store.series(run, metric).unwrap();
    let points: Vec<String> =
        series.points().map(|point| format!("{}:{}", point.step, point.value)).collect();
    points.join(" ")
}

#[test]
fn odd_rows_are_counted_with_the_line_of_the_first() {
    let text = "run,step,time,loss,acc,lr\r\na,0,2026-03-01,0.5,0.1,0.1\r\n\r\na,1,never,oops,0.2,0.1\r\na,x,,0.5,0.2,0.1\r\n\
                a,2\r\na,3,,0.5,0.2,0.1,7,8\r\na,4,,worse,0.4,0.2\r\na,5,,NaN,,0.2\r\na,,,1,1,0.2\r\n";
    let (_folder, mut store) = store("t.csv", text);
    let (set, problems) = read(store.as_mut());
    assert_eq!(
        problems,
        [
            "6: 2 rows are left out, with more or fewer fields than the head (2 in the place of 6)",
            "5: 2 rows are left out, since the step is no whole number: “x”",
            "4: 2 cells of loss are no number and left out: “oops”",
        ]
    );
    assert_eq!(set.runs.len(), 1);
    assert_eq!(points(store.as_mut(), "a", "loss"), "0:0.5 5:NaN");
    assert_eq!(points(store.as_mut(), "a", "acc"), "0:0.1 1:0.2 4:0.4");
}

#[test]
fn a_mapping_that_is_given_finds_what_the_guess_left_out() {
    let text = "run,step,when,loss,lr\na,0,2026-03-01,\"0,5\",0.1\na,1,never,\"0,25\",0.2\n";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.csv");
    std::fs::write(&path, text).unwrap();
    let mapping = "run=run,step=step,time=when,metrics=loss,params=lr".parse().unwrap();
    let mut store = tables::open(&path, Some(&mapping), Patience::Command).unwrap();
    let (_, problems) = read(store.as_mut());
    assert_eq!(
        problems,
        [
            "3: The time of 1 row is none and left out: “never”",
            "2: 2 cells of loss are left out, written with a comma (“0,5”). Write numbers with a point, and thousands without a mark",
            "3: lr changes within a run (first to “0.2”), so it is no parameter; the last value is shown",
        ]
    );
    let wrong = "run=who,metrics=loss".parse().unwrap();
    let error = tables::open(&path, Some(&wrong), Patience::Command).err().unwrap();
    assert!(
        matches!(error, Error::Mapping { .. }) && error.to_string().contains("no column called “who”"),
        "{error}"
    );
    let other = folder.path().join("t.txt");
    std::fs::write(&other, "Dear diary,\n").unwrap();
    assert!(matches!(tables::open(&other, Some(&mapping), Patience::Command), Err(Error::NoTable(_))));
}

#[test]
fn lines_that_are_no_objects_are_counted_and_the_rest_is_read() {
    let deep = format!("{{\"step\": 2, \"loss\": {}1{}}}", "{\"a\":".repeat(5_000), "}".repeat(5_000));
    let text = format!(
        "\u{feff}{{\"step\": 0, \"loss\": 0.5}}\r\n{{\"step\": 1, \"loss\": -Infinity}}\r\nnonsense\n[1]\n\n{deep}\n\
         {{\"step\": 3, \"loss\": 1, \"lists\": [1, [2]]}}\n{{\"step\": 1e99, \"loss\": 1}}\n{{\"step\": 4.0, \"loss\": \"0.25\"}}\n"
    );
    let (_folder, mut store) = store("t.jsonl", text);
    let (_, problems) = read(store.as_mut());
    assert_eq!(problems.len(), 3, "{problems:?}");
    assert!(
        problems[0].starts_with("3: 3 lines are left out, being no JSON object: nonsense"),
        "{problems:?}"
    );
    assert!(
        problems[1].starts_with("8: 1 row is left out, since the step is no whole number: “1e99”"),
        "{problems:?}"
    );
    assert_eq!(problems[2], "7: 1 list is left out: a list is no value");
    assert_eq!(points(store.as_mut(), "t", "loss"), "0:0.5 1:-inf 3:1 4:0.25");
}

/// A quote that is never closed would swallow the rest of the file.
#[test]
fn a_quote_without_its_end_costs_its_own_row() {
    let mut text = "step,loss,note\n0,0.5,a\n1,0.4,\"open\n".to_owned();
    let (rows, note): (usize, String) = (90_000, "x".repeat(200));
    for step in 2..rows {
        writeln!(text, "{step},0.25,{note}").unwrap();
    }
    assert!(text.len() > 17 << 20);
    let (_folder, mut store) = store("t.csv", &text);
    let (_, problems) = read(store.as_mut());
    assert!(problems[0].starts_with("3: 1 row is left out, being longer than 16 MB"), "{problems:?}");
    let series = store.series("t", "loss").unwrap();
    assert_eq!((series.len(), series.steps.last().copied()), (rows - 1, Some(rows as i64 - 1)));
}

#[test]
fn tables_of_too_many_columns_and_lines_without_end_are_bounded() {
    let names: Vec<String> = (0..30_000).map(|at| format!("\"k{at}\": {at}")).collect();
    let line = format!("{{\"step\": 0, {}}}\n", names.join(", "));
    let (_folder, mut store) =
        store("t.jsonl", format!("{{\"step\": 0, \"a\": 1}}\n{line}{{\"step\": 1, \"a\": 2}}\n"));
    let (set, problems) = read(store.as_mut());
    assert_eq!(set.metric_keys.len(), 19_999);
    assert_eq!(problems, ["2: 10002 further values are left out: 20,000 names are held"]);
    assert_eq!(points(store.as_mut(), "t", "a"), "0:1 1:2");
    let long = "x".repeat(17 << 20);
    let text = format!(
        "{{\"step\": 0, \"a\": 1}}\n{{\"step\": 1, \"a\": 1}}\n{{\"b\": \"{long}\"}}\n{{\"step\": 2, \"a\": 3}}\n"
    );
    let (_folder, mut store) = self::store("t.jsonl", text);
    let (_, problems) = read(store.as_mut());
    assert!(
        problems.len() == 1 && problems[0].starts_with("3: 1 row is left out, being longer"),
        "{problems:?}"
    );
    assert_eq!(points(store.as_mut(), "t", "a"), "0:1 1:1 2:3");
}

/// Whatever stands behind a head, reading comes to an end and tells something or reads it.
#[test]
fn garbage_behind_a_head_is_no_end_of_the_world() {
    let mut word = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move || {
        word ^= word << 13;
        word ^= word >> 7;
        word ^= word << 17;
        word
    };
    for head in ["step,loss\n0,0.5\n", "{\"step\": 0, \"loss\": 0.5}\n{\"step\": 1, \"loss\": 0.5}\n"] {
        for round in 0..40 {
            let mut bytes = head.as_bytes().to_vec();
            // Bytes that mean something come more often than they would by chance.
            let letters = b"\",\n\r{}[]:0123456789.eE-NaInfinity\\\xff\0 ";
            bytes.extend((0..2_000 + round * 50).map(|_| letters[random() as usize % letters.len()]));
            let (folder, _) = store("t.log", &bytes);
            // By a mapping that does not depend on the garbage.
            let mapping = "step=step,metrics=loss".parse().unwrap();
            let path = folder.path().join("t.log");
            let mut store = tables::open(&path, Some(&mapping), Patience::Command).unwrap();
            let (set, problems) = read(store.as_mut());
            assert!(!problems.is_empty() && !set.runs.is_empty());
            let known = store.series("t", "loss").unwrap();
            assert!(known.len() >= head.lines().count() - 1);
        }
    }
}

#[test]
fn letters_that_are_none_do_not_shift_the_cells() {
    let (_folder, mut store) =
        store("t.csv", b"run,step,loss,note\na,0,0.5,x\n\xff\xfe,1,0.25,\xe2\x82\n".as_slice());
    let (set, _) = read(store.as_mut());
    let ids: Vec<&str> = set.runs.iter().map(|run| &*run.id).collect();
    assert_eq!(ids, ["a", "\u{fffd}\u{fffd}"]);
    assert_eq!(points(store.as_mut(), ids[1], "loss"), "1:0.25");
}

/// What this program exports is read back: the points of series, with every digit, and the table of runs.
#[test]
fn its_own_exports_are_read_back() {
    let text = "run_id,run_name,metric,step,time,value\na,first,loss,0,,NaN\na,first,loss,1,2023-11-14T22:13:20Z,0.30000000000000004\n\
                b,,'-x,-3,1970-01-01T00:00:00Z,-1e-7\n";
    let (_folder, mut store) = store("points.csv", text);
    let (set, problems) = read(store.as_mut());
    assert!(problems.is_empty(), "{problems:?}");
    let names: Vec<(&str, &str)> = set.runs.iter().map(|run| (&*run.id, &*run.name)).collect();
    assert_eq!(names, [("a", "first"), ("b", "b")]);
    assert_eq!(points(store.as_mut(), "a", "loss"), "0:NaN 1:0.30000000000000004");
    assert_eq!(points(store.as_mut(), "b", "'-x"), "-3:-0.0000001");
    assert_eq!(set.start_ms(&set.runs[0]), Some(1_700_000_000_000));
}

/// More columns than are held: the others are counted, and nothing else is lost.
#[test]
fn a_table_of_too_many_columns_gives_those_that_are_held() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("wide.csv");
    let columns: Vec<String> = (0..20_000).map(|at| format!("m{at}")).collect();
    let row = |step: i32| format!("{step},{}\n", vec!["0.5"; columns.len()].join(","));
    std::fs::write(&file, format!("step,{}\n{}{}", columns.join(","), row(0), row(1))).unwrap();
    let (set, problems) = mlops_atlas::store::runs::open(&file).unwrap().runs(false).unwrap();
    assert_eq!((set.runs.len(), set.metric_keys.len()), (1, 19_999));
    assert_eq!(problems.len(), 1, "{problems:?}");
}

/// One row without its run does not make one run of all; it is told where it stands.
#[test]
fn a_row_that_names_no_run_stands_by_itself() {
    let text = "run,step,loss\na,0,1\na,1,2\n,2,3\nb,0,4\nb,1,5\n";
    let (_folder, mut store) = store("t.csv", text);
    let (set, problems) = read(store.as_mut());
    let ids: Vec<&str> = set.runs.iter().map(|run| &*run.id).collect();
    assert_eq!(ids, ["a", "t", "b"]);
    assert_eq!(problems, ["4: 1 row without a run: what it says stands in a run of the table’s own, “t”"]);
}

/// Numbers as spreadsheets of half of Europe write them are a metric, of which nothing can be read.
#[test]
fn decimal_commas_are_told_and_so_is_a_step_that_is_none() {
    let (_folder, mut store) = store("t.csv", "epoch;loss\n0,5;\"0,25\"\n1,5;\"0,5\"\n");
    let (_, problems) = read(store.as_mut());
    assert_eq!(
        problems,
        [
            "2: 2 cells of epoch are left out, written with a comma (“0,5”). Write numbers with a point, and thousands without a mark",
            "2: 2 cells of loss are left out, written with a comma (“0,25”). Write numbers with a point, and thousands without a mark",
        ]
    );
    let reasons = store.mapping().unwrap().reasons;
    assert!(
        reasons.iter().any(|reason| reason == "epoch is no step: too few of its cells are whole numbers"),
        "{reasons:?}"
    );
}

/// Training has begun and nothing was logged yet; or the first row was cut by a crash.
#[test]
fn a_table_is_one_before_its_first_whole_row() {
    for (name, head, rest) in [
        ("t.csv", "epoch,loss\n", "0,0.5\n1,0.25\n"),
        ("t.csv", "epoch,loss\n0\n", "0,0.5\n1,0.25\n"),
        ("t.jsonl", "{\"epoch\": 0, \"loss\": 0.5}\n", "{\"epoch\": 1, \"loss\": 0.25}\n"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, head).unwrap();
        let opened = open(&path);
        let mut store = match opened {
            Ok(store) => store,
            // A head and a short row may be prose.
            Err(error) => {
                assert_eq!(head, "epoch,loss\n0\n", "{error}");
                std::fs::write(&path, [head, rest].concat()).unwrap();
                open(&path).unwrap()
            }
        };
        store.runs(false).unwrap();
        std::fs::write(&path, [head, rest].concat()).unwrap();
        assert!(store.runs(false).unwrap().0.metric_key("loss").is_some(), "{head}");
        assert_eq!(points(store.as_mut(), "t", "loss"), "0:0.5 1:0.25", "{head}");
    }
}

#[test]
fn a_text_in_another_encoding_is_told_as_one() {
    let utf16: Vec<u8> = "epoch,loss\n0,1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf16 = [&b"\xff\xfe"[..], &utf16].concat();
    for bytes in [&utf16[..], b"ann\xe9e,perte\n2024,0\n"] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.csv");
        std::fs::write(&path, bytes).unwrap();
        let Err(error) = open(&path) else { panic!("it was read") };
        assert!(error.to_string().starts_with("This text is not in UTF-8"), "{error}");
    }
}

/// Of two tables in a run's folder the first is read; a run's name may come with a later row.
#[test]
fn a_second_table_of_a_run_is_told_and_a_late_name_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let run = folder.path().join("run");
    std::fs::create_dir(&run).unwrap();
    let rows = "{\"run\": \"a\", \"step\": 0, \"loss\": 1}\n{\"run\": \"a\", \"step\": 1, \"loss\": 2, \"run_name\": \"first\"}\n";
    std::fs::write(run.join("metrics.csv"), "step,acc\n0,0.5\n1,0.75\n").unwrap();
    std::fs::write(run.join("metrics.jsonl"), rows).unwrap();
    let (set, problems) = open(folder.path()).unwrap().runs(false).unwrap();
    assert_eq!((set.runs.len(), set.metric_keys.len(), problems.len()), (1, 1, 1));
    let expected = format!(
        "1 table beside another in the same folder is not read, as {}",
        run.join("metrics.jsonl").display()
    );
    assert_eq!(problems[0].message, expected);
    let (set, _) = open(&run.join("metrics.jsonl")).unwrap().runs(false).unwrap();
    assert_eq!((&*set.runs[0].id, &*set.runs[0].name), ("a", "first"));
}

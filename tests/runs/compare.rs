//! Runs side by side: what differs, in which spelling, and how metrics changed.

use std::collections::BTreeMap;

use mlops_atlas::runs::RunSet;
use mlops_atlas::runs::compare::{Cell, Change, Comparison, MOST, Row, Sameness, Section, Turn};
use mlops_atlas::runs::direction::{Direction, Why};

use crate::made_runs::{Made, dataset};

fn compared(set: &RunSet, ids: &[&str]) -> Comparison {
    Comparison::of(set, ids, None, &BTreeMap::new())
}

fn keys(rows: &[Row]) -> Vec<(&str, Sameness)> {
    rows.iter().map(|row| (&*row.key, row.sameness)).collect()
}

#[test]
fn what_differs_stands_first_and_numbers_are_numbers() {
    let mut made = Made::default();
    let params =
        [("lr", "0.10"), ("opt", "adam"), ("same", "x"), ("n", "9007199254740993"), ("version", "1.10")];
    made.run("a", &[], &params, &[]);
    let params =
        [("lr", "0.1"), ("opt", "Adam"), ("same", "x"), ("n", "9007199254740992"), ("version", "1.1")];
    made.run("b", &[], &params, &[]);
    made.run("other", &[], &[("alone", "1")], &[]);
    let found = compared(&made.set(), &["a", "b"]);
    use Sameness::{Differs, Respelled, Same};
    assert_eq!(
        keys(found.section(Section::Parameters)),
        [("n", Differs), ("opt", Differs), ("version", Differs), ("lr", Respelled), ("same", Same)]
    );
    assert_eq!(found.differences(), 3);
}

#[test]
fn what_is_missing_is_neither_empty_nor_equal() {
    let mut made = Made::default();
    made.run("a", &[], &[("p", ""), ("q", "1")], &[]);
    made.run("b", &[], &[("p", "")], &[]);
    made.run("c", &[], &[("r", "")], &[]);
    let set = made.set();
    let found = compared(&set, &["a", "b"]);
    let rows = found.section(Section::Parameters);
    assert_eq!(keys(rows), [("q", Sameness::Differs), ("p", Sameness::Same)]);
    assert_eq!(rows[0].cells, [Cell::Text("1".into()), Cell::Missing]);
    let found = compared(&set, &["a", "c"]);
    let row = &found.section(Section::Parameters)[0];
    assert_eq!((&*row.key, row.sameness), ("p", Sameness::Differs));
    assert_eq!([row.cells[0].text(), row.cells[1].text()], ["(empty)", ""]);
}

#[test]
fn sections_have_their_order_and_code_stands_apart_from_tags() {
    let mut made = Made::default();
    let tags = [("team", "x"), ("mlflow.source.git.commit", "1e5"), ("python_version", "3.10")];
    let run = made.run("a", &[("loss", 1.0)], &[("lr", "1")], &tags);
    run.datasets =
        vec![dataset("mnist", "d1", "training"), dataset("mnist", "d0", "training"), dataset("x", "", "")];
    run.start_time = Some(1_700_000_000_000_000);
    run.end_time = Some(1_700_000_001_500_000);
    let tags = [("team", "x"), ("mlflow.source.git.commit", "100000"), ("python_version", "3.1")];
    let run = made.run("b", &[("loss", 1.0)], &[("lr", "1")], &tags);
    run.datasets = vec![dataset("mnist", "d2", "training"), dataset("mnist", "d2", "eval")];
    run.parent = Some("a".into());
    let found = compared(&made.set(), &["a", "b"]);
    let rows: Vec<(&str, &str, bool, Vec<String>)> = found
        .rows
        .iter()
        .map(|row| {
            let cells = row.cells.iter().map(|cell| cell.text().into_owned()).collect();
            (row.section.id(), &*row.key, row.differs(), cells)
        })
        .collect();
    let cells = |a: &str, b: &str| vec![a.to_owned(), b.to_owned()];
    assert_eq!(
        rows,
        [
            ("attribute", "start_time", true, cells("2023-11-14T22:13:20Z", "")),
            ("attribute", "end_time", true, cells("2023-11-14T22:13:21.5Z", "")),
            ("attribute", "duration", true, cells("1.5", "")),
            ("attribute", "parent", true, cells("", "a")),
            ("attribute", "experiment", false, cells("demo", "demo")),
            ("attribute", "status", false, cells("RUNNING", "RUNNING")),
            ("parameter", "lr", false, cells("1", "1")),
            ("metric", "loss", false, cells("1.0", "1.0")),
            ("dataset", "mnist (eval)", true, cells("", "d2")),
            ("dataset", "mnist (training)", true, cells("d0, d1", "d2")),
            ("dataset", "x", true, cells("no digest", "")),
            ("code", "mlflow.source.git.commit", true, cells("1e5", "100000")),
            ("environment", "python_version", true, cells("3.10", "3.1")),
            ("tag", "team", false, cells("x", "x")),
        ]
    );
}

#[test]
fn the_runs_are_those_asked_for_once_each_and_no_more_than_twenty() {
    let mut made = Made::default();
    for at in 0..25 {
        made.run(&format!("run{at:02}"), &[], &[], &[]).name = if at < 2 { "twin" } else { "" }.into();
    }
    let set = made.set();
    let all: Vec<String> = (0..25).map(|at| format!("run{at:02}")).collect();
    let mut asked: Vec<&str> = vec!["run03", "run03", "nobody"];
    asked.extend(all.iter().map(String::as_str));
    let found = compared(&set, &asked);
    assert_eq!((found.runs.len(), &*found.runs[0].id, &*found.runs[1].id), (MOST, "run03", "run00"));
    assert_eq!(found.unknown, ["nobody"]);
    assert_eq!(found.left_out, ["run20", "run21", "run22", "run23", "run24"]);
    let titles: Vec<&str> = found.runs[..3].iter().map(|run| run.title.as_str()).collect();
    assert_eq!(titles, ["run03", "twin (run00)", "twin (run01)"]);
    assert!(!compared(&set, &["run00", "run00"]).is_enough());
    assert_eq!(Comparison::of(&set, &["run00", "run05"], Some("run05"), &BTreeMap::new()).baseline, 1);
    assert_eq!(Comparison::of(&set, &["run00", "run05"], Some("run09"), &BTreeMap::new()).baseline, 0);
}

#[test]
fn a_change_is_guarded_where_there_is_no_percent() {
    let (nan, inf) = (f64::NAN, f64::INFINITY);
    use Direction::{Higher, Lower, Unknown};
    for (from, to, direction, absolute, percent, turn) in [
        (0.5, 0.25, Lower, Some(-0.25), Some(-50.0), Turn::Better),
        (0.5, 0.25, Higher, Some(-0.25), Some(-50.0), Turn::Worse),
        (-4.0, -2.0, Higher, Some(2.0), Some(50.0), Turn::Better),
        (0.5, 0.75, Unknown, Some(0.25), Some(50.0), Turn::Unknown),
        (0.0, 2.0, Lower, Some(2.0), None, Turn::Worse),
        (-0.0, 0.0, Lower, Some(0.0), None, Turn::Same),
        (2.0, 2.0, Unknown, Some(0.0), Some(0.0), Turn::Same),
        (nan, 1.0, Lower, None, None, Turn::Unknown),
        (1.0, nan, Lower, None, None, Turn::Unknown),
        (1.0, inf, Lower, None, None, Turn::Worse),
        (inf, 1.0, Lower, None, None, Turn::Better),
        (inf, inf, Lower, None, None, Turn::Same),
        (1e-310, 1.0, Higher, Some(1.0), None, Turn::Better),
        (-f64::MAX, f64::MAX, Higher, None, None, Turn::Better),
    ] {
        assert_eq!(Change::of(from, to, direction), Change { absolute, percent, turn }, "{from} {to}");
    }
}

#[test]
fn metrics_are_held_against_the_baseline() {
    let mut made = Made::default();
    made.run("a", &[("val_loss", 0.5), ("acc", f64::NAN), ("grad_norm", 1.0)], &[], &[]);
    made.run("b", &[("val_loss", 0.25), ("acc", f64::NAN)], &[], &[]);
    made.run("c", &[("val_loss", 1.0), ("acc", 0.5), ("grad_norm", 2.0)], &[], &[]);
    let set = made.set();
    let by_person = BTreeMap::from([("grad_norm".to_owned(), Direction::Lower)]);
    let found = Comparison::of(&set, &["a", "b", "c"], Some("b"), &by_person);
    let turns = |row: &Row| -> Vec<Option<Turn>> {
        row.changes.iter().map(|change| change.as_ref().map(|change| change.turn)).collect()
    };
    let rows = found.section(Section::Metrics);
    let metrics: Vec<(&str, Vec<Option<Turn>>)> = rows.iter().map(|row| (&*row.key, turns(row))).collect();
    assert_eq!(
        metrics,
        [
            ("acc", vec![Some(Turn::Unknown), None, Some(Turn::Unknown)]),
            ("grad_norm", vec![None, None, None]),
            ("val_loss", vec![Some(Turn::Worse), None, Some(Turn::Worse)]),
        ]
    );
    let why = rows[1].guess.as_ref().map(|guess| guess.why.clone());
    assert_eq!(why, Some(Why::Person));
    let equal = Comparison::of(&set, &["a", "b"], None, &by_person);
    let acc = equal.section(Section::Metrics).iter().find(|row| &*row.key == "acc").unwrap();
    assert_eq!(acc.sameness, Sameness::Same, "NaN is NaN");
}

#[test]
fn the_words_of_a_key_tell_what_is_better() {
    use Direction::{Higher, Lower, Unknown};
    for (key, direction, word) in [
        ("val_loss", Lower, "loss"),
        ("train/Loss", Lower, "loss"),
        ("valLoss", Lower, "loss"),
        ("eval.rmse", Lower, "rmse"),
        ("mean_absolute_error", Lower, "error"),
        ("error_rate", Lower, "error"),
        ("false_positive_rate", Lower, "false positive"),
        ("true_positives", Higher, "true positives"),
        ("false_negatives", Lower, "false negatives"),
        ("fpr", Lower, "fpr"),
        ("p99 latency ms", Lower, "latency"),
        ("wall_seconds", Lower, "seconds"),
        ("epoch-time", Lower, "time"),
        ("perplexity", Lower, "perplexity"),
        ("test/accuracy", Higher, "accuracy"),
        ("top5_acc", Higher, "acc"),
        ("f1Score", Higher, "f1"),
        ("roc_auc_score", Higher, "auc"),
        ("brier_score_loss", Lower, "loss"),
        ("brier_score", Lower, "brier"),
        ("silhouette_score", Higher, "silhouette"),
        ("anomaly_score", Higher, "score"),
        ("R2", Higher, "r2"),
        ("mAP50", Higher, "map50"),
        ("mAP", Higher, "map"),
        ("metrics/mAP50-95(B)", Higher, "map50"),
        ("rougeL", Higher, "rouge"),
        ("bleu4", Higher, "bleu4"),
        ("mIoU", Higher, "miou"),
        ("neg_mean_squared_error", Higher, "neg error"),
        ("neg_log_loss", Higher, "neg loss"),
        ("log_likelihood", Higher, "likelihood"),
        ("negative_log_likelihood", Lower, "neg likelihood"),
        ("train_samples_per_second", Higher, "per second"),
        ("throughput", Higher, "throughput"),
        ("seconds_per_epoch", Lower, "seconds"),
        ("explained_variance_score", Higher, "explained variance"),
        ("cross_entropy", Lower, "cross entropy"),
    ] {
        let guess = Direction::guess(key);
        assert_eq!((guess.direction, guess.why), (direction, Why::Words(word.to_owned())), "{key}");
    }
    for (key, word) in [
        ("loss_scale", "scale"),
        ("std_test_score", "std"),
        ("rank_test_score", "rank"),
        ("accuracy_threshold", "threshold"),
    ] {
        let guess = Direction::guess(key);
        assert_eq!((guess.direction, guess.why), (Unknown, Why::Spoiled(word.to_owned())), "{key}");
    }
    for key in [
        "",
        "epoch",
        "learning_rate",
        "lr",
        "closet",
        "lossy",
        "timestamp",
        "time_step",
        "entropy",
        "system/cpu_time",
    ] {
        let guess = Direction::guess(key);
        assert_eq!((guess.direction, guess.why), (Unknown, Why::Nothing), "{key}");
    }
}

#[test]
fn optunas_word_counts_for_its_objectives_where_all_runs_say_it() {
    let of = |tags: [&str; 2], key: &str| {
        let mut made = Made::default();
        for (id, tag) in ["a", "b"].iter().zip(tags) {
            let tags: &[(&str, &str)] = if tag.is_empty() { &[] } else { &[("direction", tag)] };
            made.run(id, &[(key, 1.0)], &[], tags);
        }
        let found = compared(&made.set(), &["a", "b"]);
        found.section(Section::Metrics)[0].guess.as_ref().unwrap().direction
    };
    assert_eq!(of(["MAXIMIZE", "MAXIMIZE"], "value"), Direction::Higher);
    assert_eq!(of(["MINIMIZE", "MINIMIZE"], "value"), Direction::Lower);
    assert_eq!(of(["MINIMIZE", "MAXIMIZE"], "value"), Direction::Unknown);
    assert_eq!(of(["MINIMIZE", ""], "value"), Direction::Unknown);
    let list = "['MINIMIZE', 'MAXIMIZE']";
    assert_eq!(of([list, list], "values_1"), Direction::Higher);
    assert_eq!(of([list, list], "value_0"), Direction::Lower);
    assert_eq!(of([list, list], "values_2"), Direction::Unknown);
    assert_eq!(of(["MAXIMIZE", "MAXIMIZE"], "val_loss"), Direction::Lower);
}

#[test]
fn a_comparison_leaves_as_a_table() {
    let mut made = Made::default();
    made.run("a", &[("loss", 0.5)], &[("lr", "0.1")], &[("note|x", "a\nb")]).name = "first".into();
    made.run("b", &[("loss", 0.25)], &[("lr", "1e-1")], &[]).name = "=second".into();
    let found = compared(&made.set(), &["a", "b"]);
    assert_eq!(
        found.rows().csv(),
        "section,key,differs,better,first,'=second\n\
         attribute,experiment,no,,demo,demo\n\
         attribute,status,no,,RUNNING,RUNNING\n\
         parameter,lr,spelling only,,0.1,1e-1\n\
         metric,loss,yes,lower,0.5,0.25\n\
         change,loss,yes,lower,,-0.25\n\
         change %,loss,yes,lower,,-50.0\n\
         verdict,loss,yes,lower,,better\n\
         tag,note|x,yes,,\"a\nb\",\n"
    );
}

#[test]
fn a_comparison_leaves_as_a_page() {
    let mut made = Made::default();
    made.run("a", &[("loss", 0.5), ("zero", 0.0)], &[("a|b", "*x*")], &[]).name = "first".into();
    made.run("b", &[("loss", 0.25), ("zero", 2.0)], &[("a|b", "")], &[]).name = "second".into();
    let found = compared(&made.set(), &["a", "b", "gone"]);
    assert_eq!(
        found.markdown(),
        "# 2 runs side by side\n\n- first: a\n- second: b\n\n\
         Metrics are held against first. What a run does not have is empty.\n\n\
         ## Attributes\n\n| | | first | second |\n| --- | --- | --- | --- |\n\
         | experiment | same | demo | demo |\n| status | same | RUNNING | RUNNING |\n\n\
         ## Parameters\n\n| | | first | second |\n| --- | --- | --- | --- |\n\
         | a\\|b | differs | \\*x\\* | (empty) |\n\n\
         ## Metrics\n\n| | | first | second |\n| --- | --- | --- | --- |\n\
         | loss | differs | 0.5 | 0.25 (-50.0 %, better) |\n| zero | differs | 0.0 | 2.0 (+2.0, unknown) |\n\n\
         1 more run: not in the store.\n"
    );
}

/// What MLflow's own client wrote: a sweep whose children differ in `lr` and `batch_size`.
#[test]
fn runs_of_a_real_store_stand_side_by_side() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mlflow.db");
    std::fs::copy("tests/fixtures/mlflow/mlflow3.db", &file).unwrap();
    let (set, _) = mlops_atlas::store::runs::open(&file).unwrap().runs(false).unwrap();
    let sweep: Vec<&str> = set
        .runs
        .iter()
        .filter(|run| set.param_key("batch_size").is_some_and(|key| run.param(key).is_some()))
        .map(|run| &*run.id)
        .collect();
    let found = compared(&set, &sweep);
    assert_eq!(found.runs.len(), 12);
    let params = keys(found.section(Section::Parameters));
    use Sameness::{Differs, Same};
    assert_eq!(
        params,
        [("batch_size", Differs), ("lr", Differs), ("model", Differs), ("opt.weight decay", Same)]
    );
    let guesses: Vec<(&str, Direction)> = found
        .section(Section::Metrics)
        .iter()
        .map(|row| (&*row.key, row.guess.as_ref().unwrap().direction))
        .collect();
    assert!(guesses.contains(&("train/loss", Direction::Lower)), "{guesses:?}");
    assert!(guesses.contains(&("val/accuracy", Direction::Higher)), "{guesses:?}");
    let code: Vec<&str> = found.section(Section::Code).iter().map(|row| &*row.key).collect();
    assert_eq!(code, ["mlflow.source.name", "mlflow.source.type"]);
}

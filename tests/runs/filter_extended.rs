//! Filters beyond MLflow's grammar over runs made by hand: what each answers, how a wrong one is told, and how filters are
//! written.

use mlops_atlas::runs::filter::{Aggregate, Aggregates, Clause, Context, Op, Operand, Scalar, Value};
use mlops_atlas::runs::{DatasetUse, Experiment, Filter, Grammar, Keys, Run, RunSet, Status};
use proptest::prelude::*;

/// 2026-11-10T00:00:00Z in microseconds.
const NOW: i64 = 1_794_268_800_000_000;
const DAY: i64 = 86_400_000_000;

fn set() -> RunSet {
    let mut keys = [Keys::default(), Keys::default(), Keys::default()];
    let mut runs = Vec::new();
    let mut add =
        |id: &str, metrics: &[(&str, f64)], params: &[(&str, &str)], tags: &[(&str, &str)], run: Run| {
            runs.push(Run {
                id: id.into(),
                metrics: metrics.iter().map(|(key, value)| (keys[0].place(key), *value)).collect(),
                params: params.iter().map(|(key, value)| (keys[1].place(key), (*value).into())).collect(),
                tags: tags.iter().map(|(key, value)| (keys[2].place(key), (*value).into())).collect(),
                ..run
            });
        };
    let dataset =
        |name: &str| DatasetUse { name: name.into(), digest: "d1".into(), context: "training".into() };
    let bare = || Run::bare("");
    add(
        "a1",
        &[("loss", 0.5), ("val/acc", 0.9)],
        &[("lr", "0.10"), ("model", "ResNet-50")],
        &[("team", "vision"), ("mlflow.source.name", "train.py")],
        Run {
            name: "first".into(),
            status: Status::Finished,
            start_time: Some(NOW - 8 * DAY),
            end_time: Some(NOW - 8 * DAY + 600_000_000),
            datasets: vec![dataset("cifar")],
            user: Some("analyst".into()),
            ..bare()
        },
    );
    add(
        "b2",
        &[("loss", 0.2)],
        &[("lr", "1e-2"), ("model", "vit-tiny")],
        &[("team", "language")],
        Run {
            name: "second".into(),
            status: Status::Failed,
            experiment: 1,
            start_time: Some(NOW - DAY),
            end_time: Some(NOW - DAY + 7_200_000_000),
            parent: Some("a1".into()),
            ..bare()
        },
    );
    add(
        "x3",
        &[("loss", f64::NAN)],
        &[("lr", "auto")],
        &[],
        Run { start_time: Some(NOW - 9 * DAY), ..bare() },
    );
    add("y4", &[("loss", f64::INFINITY)], &[], &[], Run { name: "Ünder".into(), ..bare() });
    let experiments = vec![
        Experiment { id: "0".to_owned(), name: "classification".to_owned() },
        Experiment { id: "7".to_owned(), name: "Text".to_owned() },
    ];
    RunSet::collected(experiments, keys, runs)
}

/// The least and the greatest loss that anybody logged, of the first two runs.
struct Known;

impl Aggregates for Known {
    fn of(&self, row: u32, what: Aggregate, metric: &str) -> Option<f64> {
        assert_eq!(metric, "loss");
        let of = |low, high| if what == Aggregate::Min { low } else { high };
        [Some(of(0.1, 2.0)), Some(of(0.15, 9.0)), None, None][row as usize]
    }
}

/// The first letters of the ids of the runs that fit.
fn found(filter: &Filter) -> String {
    let set = set();
    let context = Context { now: NOW, aggregates: &Known };
    filter.rows(&set, &context).iter().filter_map(|row| set.runs[*row as usize].id.chars().next()).collect()
}

#[test]
fn what_each_extension_answers() {
    for (text, expected) in [
        ("metrics.loss < 0.3 OR params.model = 'ResNet-50'", "ab"),
        ("metrics.loss < 0.3 or metrics.loss > 1 AND run_name ILIKE '%nder'", "by"),
        ("(metrics.loss < 0.3 OR metrics.loss > 1) AND run_name ILIKE '%nder'", "y"),
        ("NOT metrics.loss < 0.3", "axy"),
        ("NOT (status = 'FINISHED' OR status = 'FAILED')", "xy"),
        ("NOT NOT status = 'FAILED'", "b"),
        // What is not there fits nothing, and NOT turns that.
        ("params.model != 'x'", "ab"),
        ("NOT params.model = 'x'", "abxy"),
        ("params.lr = 0.1", "a"),
        ("params.lr == 0.1", "a"),
        ("params.lr = '0.1'", ""),
        ("params.lr <> 0.1", "b"),
        ("params.lr < 0.1", "b"),
        ("params.lr >= 1e-2", "ab"),
        ("params.lr BETWEEN 0.01 AND 0.1", "ab"),
        ("params.lr NOT BETWEEN 0.02 AND 0.2", "b"),
        ("params.lr IN (0.1, 'auto')", "ax"),
        ("params.lr NOT IN (0.1)", "bx"),
        ("params.model IN ('vit-tiny', 'other',)", "b"),
        ("params.model RLIKE '^Res.*[0-9]{2}$'", "a"),
        ("params.model NOT RLIKE 't'", ""),
        ("params.model NOT LIKE 'vit%'", "a"),
        ("params.model NOT ILIKE 'RES%'", "b"),
        ("metrics.loss IS NULL", ""),
        ("metrics.val/acc IS NULL", "bxy"),
        ("metrics.val/acc IS NOT  NULL", "a"),
        ("metrics.loss = nan", "x"),
        ("metrics.loss != nan", "aby"),
        ("metrics.loss != 0.5", "bxy"),
        ("metrics.loss = inf", "y"),
        ("metrics.loss < inf", "ab"),
        // The client answers so: its store has the greatest number in place of an infinity.
        ("metrics.loss <= 1.7976931348623157e308", "aby"),
        ("metrics.loss = 1.7976931348623157e308", "y"),
        ("metrics.loss > 1.7976931348623157e308", ""),
        ("metrics.loss > 1e308", "y"),
        ("metrics.loss IN (0.2, nan)", "bx"),
        ("metrics.loss BETWEEN 0.2 AND +5e-1", "ab"),
        ("metrics.loss NOT BETWEEN 0 AND 1", "y"),
        ("min(metrics.loss) < 0.12", "a"),
        ("MAX(metrics.`loss`) >= 2", "ab"),
        ("min(metrics.loss) IS NULL", "xy"),
        ("last(metrics.loss) < 0.3", "b"),
        ("duration > 10m", "b"),
        ("duration >= 600", "ab"),
        ("duration < '1h30m'", "a"),
        ("duration IS NULL", "xy"),
        ("duration BETWEEN 9m AND 3h", "ab"),
        ("start_time > -7d", "b"),
        ("start_time < -7d", "ax"),
        ("start_time IS NULL", "y"),
        ("start_time > '2026-11-02'", "b"),
        ("start_time >= '2026-11-02'", "ab"),
        ("start_time = '2026-11-02'", "a"),
        ("start_time = 2026-11", "abx"),
        ("start_time != '2026-11-02'", "bx"),
        ("start_time <= '2026-11-02'", "ax"),
        ("start_time BETWEEN '2026-11-01' AND '2026-11-02'", "ax"),
        ("start_time IN ('2026-11-01', '2026-11-09')", "bx"),
        ("end_time > '2026-11-09T01:30:00Z'", "b"),
        ("end_time = '2026-11-02 00:10:00'", "a"),
        ("experiment = 'Text'", "b"),
        ("experiment_id != '7'", "axy"),
        ("parent = 'a1'", "b"),
        ("parent IS NULL", "axy"),
        ("source LIKE '%.py'", "a"),
        ("user_id IS NULL", "bxy"),
        ("user = 'analyst'", "a"),
        ("name IN ('first', 'second')", "ab"),
        ("id NOT IN ('a1')", "bxy"),
        ("name IS NULL", "x"),
        ("status IN ('FAILED', 'FINISHED')", "ab"),
        ("dataset.name RLIKE 'c.f'", "a"),
        ("dataset.name IS NULL", "bxy"),
        ("dataset.context NOT LIKE 'eval%'", "a"),
        ("resnet", "a"),
        ("RESNET first", "a"),
        ("resnet second", ""),
        ("text", "b"),
        ("ünder", "y"),
        ("\"resnet-50\"", "a"),
        ("'vit tiny'", ""),
        ("x3", "x"),
        ("vision OR language", "ab"),
        ("NOT vision", "bxy"),
        ("first metrics.loss > 0.4 class", "a"),
        ("in", "ab"),
        ("", "abxy"),
        ("  ", "abxy"),
        ("params.model = E'ResNet-50'", "a"),
        ("params.E'model' IS NOT NULL", "ab"),
    ] {
        let filter: Filter = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(found(&filter), expected, "{text}, read as {filter}");
        let again: Filter = filter.to_string().parse().unwrap_or_else(|error| panic!("{filter}: {error}"));
        assert_eq!(again, filter, "{text}");
    }
}

#[test]
fn a_wrong_filter_is_told_where_and_what_to_write() {
    for (text, at, expected) in [
        ("metrics.loss", 0..12, "metrics.loss is compared with nothing"),
        ("metrics.loss <", 14..14, "write < 0.5"),
        ("metrics.loss < AND x", 15..18, "metrics.loss is a number, and AND is none"),
        ("metrics.loss < '0.1'", 15..20, "write 0.1 without quotes"),
        ("metrics.loss => 1", 13..15, "did you mean >=?"),
        ("metrics.loss LIKE '1'", 13..17, "cannot be compared by LIKE"),
        ("metric.loss ~ 1", 12..13, "~ compares nothing"),
        ("metrcs.loss < 1", 0..11, "did you mean metrics.loss?"),
        ("stats = 'x'", 0..5, "did you mean status, params.stats or metrics.stats?"),
        ("lr < 1", 0..2, "write params.lr, metrics.lr or tags.lr"),
        ("lifecycle_stage = 'active'", 0..15, "runs that were deleted are left out"),
        ("params.model = resnet", 15..21, "write 'resnet'"),
        ("params.model < 'a'", 15..18, "above or below a number only"),
        ("params.lr > '0.1'", 12..17, "write 0.1 without quotes"),
        ("params.model RLIKE '('", 19..22, "no regular expression: unclosed group"),
        ("params.model = 'resnet", 15..22, "this quote is not closed; add '"),
        ("params.`model = 'x'", 0..19, "this quote is not closed; add `"),
        ("params.model IN 'x'", 16..19, "IN wants a list"),
        ("params.model IN ('x' 3)", 21..22, "a comma is missing"),
        ("params.model IN ()", 16..18, "this list is empty"),
        ("params.model IN ('x'", 16..17, "this list is not closed"),
        ("params.model IS 'x'", 13..15, "write IS NULL or IS NOT NULL"),
        ("dataset.label = 'x'", 0..13, "use dataset.name, dataset.digest or dataset.context"),
        ("duration > soon", 11..15, "write seconds, or 90s, 10m, 1h30m or 2d"),
        ("start_time > 'soon'", 13..19, "no time at which a run started"),
        ("mean(metrics.loss) < 1", 0..4, "there are min, max, first and last"),
        ("minn(metrics.loss) < 1", 0..4, "did you mean min(metrics.KEY)?"),
        ("min(params.lr) < 1", 4..13, "min is asked of a metric only"),
        ("(metrics.loss < 1", 0..1, "this parenthesis is not closed"),
        ("metrics.loss < 1)", 16..17, "this parenthesis closes nothing"),
        ("()", 0..2, "nothing stands between"),
        ("OR x", 0..2, "nothing stands left of OR"),
        ("x OR", 4..4, "nothing stands right of OR"),
        ("x AND NOT", 6..9, "nothing stands right of NOT"),
        ("x, y", 1..2, "use AND"),
        ("> 1", 0..1, "nothing stands left of >"),
        ("'lr' = 1", 0..4, "the left of a comparison is a name"),
        ("-- nothing", 0..2, "neither a condition nor a word"),
        ("metrics.loss BETWEEN 1 OR 2", 23..25, "the second value of BETWEEN is missing"),
    ] {
        let error = text.parse::<Filter>().unwrap_err();
        assert_eq!(error.at, at, "{text}: {error}");
        assert!(error.to_string().contains(expected), "{text}: {error}");
    }
}

#[test]
fn the_part_of_a_filter_that_a_server_can_do() {
    for (text, part, has_rest) in [
        ("metrics.loss < 0.1 resnet", "metrics.loss < 0.1", true),
        ("metrics.loss BETWEEN 0 AND 1", "metrics.loss >= 0 AND metrics.loss <= 1", false),
        ("status IN ('FAILED')", "status = 'FAILED'", false),
        ("status IN ('FAILED', 'KILLED') AND run_id IN ('a', 'b')", "run_id IN ('a', 'b')", true),
        ("params.model NOT IN ('a', 'b')", "params.model != 'a' AND params.model != 'b'", false),
        ("params.lr = 0.1", "", true),
        ("params.lr = '0.1' OR params.lr = '1'", "", true),
        ("start_time > -7d", "start_time >= 1793664000001", false),
        ("start_time <= '2026-11-02'", "start_time < 1793664000000", false),
        ("start_time = '2026-11-01'", "start_time >= 1793491200000 AND start_time < 1793577600000", false),
        ("metrics.train/loss == 1", "metrics.`train/loss` = 1", false),
        ("last(metrics.loss) < 1", "metrics.loss < 1", false),
        ("metrics.loss < inf", "", true),
        ("params.note = E'both \\' and \"'", "", true),
        ("params.note = \"it's\"", "params.note = \"it's\"", false),
        ("name = 'x' AND id = 'y' AND NOT z", "run_name = 'x' AND run_id = 'y'", true),
        ("experiment = 'x' AND duration > 1 AND end_time IS NULL", "", true),
        ("params.in = 'x'", "params.`in` = 'x'", false),
        ("", "", false),
    ] {
        let filter: Filter = text.parse().unwrap();
        let server = filter.to_mlflow(NOW);
        assert_eq!((server.filter.as_str(), server.has_rest), (part, has_rest), "{text}");
        assert!(Filter::parse(part, Grammar::Mlflow).is_ok(), "{part}");
    }
}

#[test]
fn a_chain_of_conditions_is_taken_apart_and_put_together() {
    let filter: Filter = "metrics.loss < 0.1 AND status = 'FAILED' resnet".parse().unwrap();
    let mut clauses = filter.clauses().unwrap();
    assert_eq!(clauses.len(), 3);
    clauses[0].value = Value::One(Scalar::Number(0.2));
    clauses.push(Clause { field: Operand::Param("a b".to_owned()), op: Op::IsNotNull, value: Value::None });
    let changed = Filter::from_clauses(clauses).unwrap();
    assert_eq!(
        changed.to_string(),
        "metrics.loss < 0.2 AND status = 'FAILED' AND resnet AND params.`a b` IS NOT NULL"
    );
    assert_eq!("a OR b".parse::<Filter>().unwrap().clauses(), None);
    assert_eq!("a AND NOT b".parse::<Filter>().unwrap().clauses(), None);
    assert_eq!("".parse::<Filter>().unwrap().clauses(), Some(Vec::new()));
    let wrong = Clause {
        field: Operand::Metric("loss".to_owned()),
        op: Op::Like,
        value: Value::One(Scalar::Text("x".to_owned())),
    };
    assert!(Filter::from_clauses(vec![wrong]).is_err());
}

#[test]
fn parentheses_within_each_other_end() {
    let deep = |count: usize| format!("{}x{}", "(".repeat(count), ")".repeat(count));
    assert_eq!(deep(50).parse::<Filter>().unwrap().to_string(), "x");
    let error = deep(30_000).parse::<Filter>().unwrap_err();
    assert!(error.message.contains("more than 100 parentheses"), "{error}");
    assert!("NOT ".repeat(10_000).parse::<Filter>().is_err());
    let long = "a OR ".repeat(20_000);
    assert!(long.parse::<Filter>().unwrap_err().message.contains("65,536"), "too long");
}

fn text() -> impl Strategy<Value = String> + Clone {
    prop_oneof![
        "[a-z]{1,4}",
        "[ -~]{0,6}",
        proptest::sample::select(vec![
            "'", "\"", "\\", "it's", "a\\'", "''", "\n", "é`\"'", "nan", "and", "E'x'", "0.1"
        ])
        .prop_map(ToOwned::to_owned),
    ]
}

fn clause() -> impl Strategy<Value = String> {
    // Escapes hold every text.
    let escaped = |text: String| {
        let text = text.replace('\\', "\\\\").replace('\'', "\\'").replace('\n', "\\n");
        format!("E'{text}'")
    };
    let quoted = text().prop_map(escaped).boxed();
    let number = prop_oneof![
        any::<f64>().prop_map(|number| format!("{number:?}")),
        (-9..9_i32).prop_map(|number| number.to_string()),
        Just("nan".to_owned()),
    ]
    .boxed();
    let key = quoted.clone();
    prop_oneof![
        (key.clone(), number.clone()).prop_map(|(key, number)| format!("metrics.{key} <= {number}")),
        (key.clone(), number.clone(), number.clone())
            .prop_map(|(key, low, high)| format!("min(metrics.{key}) NOT BETWEEN {low} AND {high}")),
        (key.clone(), quoted.clone()).prop_map(|(key, text)| format!("params.{key} NOT LIKE {text}")),
        (key, quoted.clone(), quoted.clone(), number)
            .prop_map(|(key, a, b, number)| format!("tags.{key} IN ({a}, {number}, {b})")),
        (0..100_000_000_000_i64).prop_map(|span| format!("duration > {span}ms")),
        (0..4_000_000_000_i64).prop_map(|seconds| {
            format!("start_time < '{}'", jiff::Timestamp::from_second(seconds).unwrap())
        }),
        quoted.prop_filter("a text to look for", |text| text != "E''"),
        Just("end_time IS NULL".to_owned()),
    ]
}

fn filter() -> impl Strategy<Value = String> {
    clause().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 1..4)
                .prop_map(|parts| format!("({})", parts.join(" AND "))),
            proptest::collection::vec(inner.clone(), 1..4)
                .prop_map(|parts| format!("({})", parts.join(" OR "))),
            inner.prop_map(|part| format!("NOT {part}")),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_back_as_the_same(text in filter()) {
        let filter: Filter = text.parse().map_err(|error| TestCaseError::fail(format!("{text}: {error}")))?;
        let again: Result<Filter, _> = filter.to_string().parse();
        prop_assert_eq!(again.as_ref(), Ok(&filter), "{} is written as {}", text, filter);
    }
}

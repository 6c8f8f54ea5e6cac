//! What `tests/fixtures/statistics/write.py` has others answer about some data, compared with what is computed here.

use mlops_atlas::runs::distribution::{Bins, five_numbers, histogram, robust_range};
use mlops_atlas::runs::group::{Spread, Statistics, band, groups};
use mlops_atlas::runs::{Field, Keys, Point, Run, RunSet, Series, Smoothing, student_t};
use serde_json::Value;

/// A number, also where JSON has none.
fn number(value: &Value) -> f64 {
    match value {
        Value::String(word) => word.parse().unwrap(),
        Value::Null => f64::NAN,
        other => other.as_f64().unwrap(),
    }
}

fn numbers(value: &Value) -> Vec<f64> {
    list(value).iter().map(number).collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

/// Whether two numbers are the same to 1e-9 of the expected one, or of 1 where that is less.
#[track_caller]
fn same(own: f64, expected: f64, what: &str) {
    let is_same = own == expected
        || (own.is_nan() && expected.is_nan())
        || (own - expected).abs() <= 1e-9 * expected.abs().max(1.0);
    assert!(is_same, "{what}: {own}, not {expected}");
}

#[track_caller]
fn all_same(own: &[f64], expected: &[f64], what: &str) {
    assert_eq!(own.len(), expected.len(), "{what}");
    for (at, (own, expected)) in own.iter().zip(expected).enumerate() {
        same(*own, *expected, &format!("{what}, place {at}"));
    }
}

/// Compares everything; gives how many values were compared of each kind, in the order of the file.
pub fn compare(answers: &Value) -> [usize; 6] {
    [
        smoothings(&answers["smoothings"]),
        student(&answers["student_t"]),
        figures(&answers["groups"]),
        bands(&answers["bands"]),
        distributions(&answers["distributions"]),
        ranges(&answers["ranges"]),
    ]
}

fn smoothings(cases: &Value) -> usize {
    let mut compared = 0;
    for case in list(cases) {
        let by = number(&case["by"]);
        let smoothing = match case["kind"].as_str().unwrap() {
            "ema" => Smoothing::Ema(by),
            "gaussian" => Smoothing::Gaussian(by),
            "running_mean" => Smoothing::RunningMean(by as usize),
            other => panic!("{other} is no kind"),
        };
        let values = numbers(&case["values"]);
        let own = smoothing.values(&values);
        let expected = numbers(&case["expected"]);
        let edge = case["inside"].as_u64().unwrap_or(0) as usize;
        let inside = edge..values.len().saturating_sub(edge).max(edge);
        let inside = if inside.is_empty() { 0..0 } else { inside };
        all_same(&own[inside.clone()], &expected[inside.clone()], &format!("{smoothing:?} of {values:?}"));
        compared += inside.len();
        if !case["tensorboard"].is_null() {
            all_same(&own, &numbers(&case["tensorboard"]), &format!("TensorBoard's {smoothing:?}"));
        }
    }
    compared
}

fn student(cases: &Value) -> usize {
    for case in list(cases) {
        let [p, degrees, expected] = [0, 1, 2].map(|at| number(&case[at]));
        let own = student_t::quantile(p, degrees);
        let what = format!("Student's t at {p} with {degrees} degrees: {own}, not {expected}");
        assert!((own - expected).abs() <= 1e-9 * expected.abs(), "{what}");
    }
    list(cases).len()
}

/// A table of runs whose columns are a rate, an optimizer and a loss.
fn table(rows: &Value) -> RunSet {
    let mut keys = [Keys::default(), Keys::default(), Keys::default()];
    let mut runs = Vec::new();
    for (at, row) in list(rows).iter().enumerate() {
        let mut run = Run::bare(format!("run-{at}"));
        for name in ["rate", "optimizer"] {
            if let Some(text) = row[name].as_str() {
                run.params.push((keys[1].place(name), text.into()));
            }
        }
        if !row["loss"].is_null() {
            run.metrics.push((keys[0].place("loss"), number(&row["loss"])));
        }
        runs.push(run);
    }
    RunSet::collected(Vec::new(), keys, runs)
}

fn figures(of: &Value) -> usize {
    let set = table(&of["rows"]);
    let loss = set.metric_key("loss").unwrap();
    let rows: Vec<u32> = (0..set.runs.len() as u32).collect();
    let mut compared = 0;
    for (by, expected) in of["answers"].as_object().unwrap() {
        let fields: Vec<Field> = by.split(',').map(|name| Field::Param(name.to_owned())).collect();
        let own = groups(&set, &rows, &fields);
        assert_eq!(own.len(), list(expected).len(), "{by}");
        for (group, expected) in own.iter().zip(list(expected)) {
            let what = format!("{by}: {}", group.label(&fields));
            let rows: Vec<u32> =
                list(&expected["rows"]).iter().map(|row| row.as_u64().unwrap() as u32).collect();
            assert_eq!(group.rows, rows, "{what}");
            let figures = group.statistics(&set, loss);
            assert_eq!(figures.count as f64, number(&expected["count"]), "{what}");
            let values = |at: &u32| set.runs[*at as usize].metric(loss);
            let missing = rows.iter().filter(|at| values(at).is_none()).count();
            assert_eq!(
                (figures.missing, figures.nan),
                (missing, rows.len() - missing - figures.count),
                "{what}"
            );
            let Statistics { mean, std, stderr, min, max, median, ci95, .. } = figures;
            let (low, high) = ci95.map_or((None, None), |(low, high)| (Some(low), Some(high)));
            let own =
                [mean, std, stderr, min, max, median, low, high].map(|figure| figure.unwrap_or(f64::NAN));
            let names = ["mean", "std", "sem", "min", "max", "median"];
            let mut expected_figures: Vec<f64> = names.iter().map(|name| number(&expected[*name])).collect();
            expected_figures.extend(numbers(&expected["ci95"]));
            all_same(&own, &expected_figures, &what);
            compared += 1;
        }
    }
    compared
}

fn bands(cases: &Value) -> usize {
    let mut compared = 0;
    for case in list(cases) {
        let members: Vec<Series> = list(&case["members"])
            .iter()
            .map(|points| {
                let point = |point: &Value| Point {
                    step: point[0].as_i64().unwrap(),
                    time: 0,
                    value: number(&point[1]),
                };
                Series::from_points(list(points).iter().map(point).collect())
            })
            .collect();
        let members: Vec<&Series> = members.iter().collect();
        for (name, how) in [
            ("Std", Spread::Std),
            ("Stderr", Spread::Stderr),
            ("MinMax", Spread::MinMax),
            ("Ci95", Spread::Ci95),
        ] {
            let own = band(&members, how, f64::NEG_INFINITY, f64::INFINITY, usize::MAX);
            let what = format!("{how:?} of {} curves", members.len());
            assert_eq!(own.x, numbers(&case["x"]), "{what}");
            let counts: Vec<f64> = own.count.iter().map(|count| f64::from(*count)).collect();
            assert_eq!(counts, numbers(&case["count"]), "{what}");
            all_same(&own.mean, &numbers(&case["mean"]), &what);
            all_same(&own.low, &numbers(&case[name][0]), &what);
            all_same(&own.high, &numbers(&case[name][1]), &what);
            compared += own.x.len();
        }
    }
    compared
}

fn distributions(cases: &Value) -> usize {
    for case in list(cases) {
        let values = numbers(&case["values"]);
        for (bins, expected) in case["histograms"].as_object().unwrap() {
            let wanted = bins.parse().map_or(Bins::Auto, Bins::Count);
            let own = histogram(&values, wanted).unwrap();
            let what = format!("{wanted:?} of {values:?}");
            let counts: Vec<f64> = own.counts.iter().map(|count| *count as f64).collect();
            assert_eq!(counts, numbers(&expected["counts"]), "{what}");
            all_same(&own.edges, &numbers(&expected["edges"]), &what);
        }
        let own = five_numbers(&values).unwrap();
        let five = [own.least, own.first_quartile, own.median, own.third_quartile, own.greatest];
        all_same(&five, &numbers(&case["five"]), "a box");
        all_same(&[own.whiskers.0, own.whiskers.1], &numbers(&case["whiskers"]), "whiskers");
        assert_eq!(own.outliers, numbers(&case["outliers"]));
        assert_eq!((own.count, own.left_out), (values.len(), 0));
    }
    list(cases).len()
}

fn ranges(cases: &Value) -> usize {
    for case in list(cases) {
        let values = numbers(&case["values"]);
        let expected = numbers(&case["expected"]);
        assert_eq!(robust_range(values.iter().copied()), Some((expected[0], expected[1])), "{values:?}");
    }
    list(cases).len()
}

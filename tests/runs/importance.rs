//! Which parameters matter: planted ones come out first, noise comes out last, and Optuna's own evaluator agrees.

use mlops_atlas::runs::RunSet;
use mlops_atlas::runs::importance::{FEWEST_RUNS, Importance, MOST_RUNS, Out, importance};
use serde_json::Value;

use crate::made_runs::Made;

/// Numbers from 0 to 1 without chance: fractions of multiples of an irrational number, of another one for each column.
fn spread(row: usize, column: usize) -> f64 {
    let root = [2.0_f64, 3.0, 5.0, 7.0, 11.0, 13.0, 17.0, 19.0][column].sqrt();
    ((row + 1) as f64 * root).fract()
}

type Params = Vec<(&'static str, String)>;

/// Runs whose metric `m` and parameters come of their number.
fn runs(count: usize, of: impl Fn(usize) -> (f64, Params)) -> RunSet {
    let mut made = Made::default();
    for row in 0..count {
        let (value, params) = of(row);
        let params: Vec<(&str, &str)> = params.iter().map(|(key, text)| (*key, text.as_str())).collect();
        made.run(&format!("run{row:04}"), &[("m", value)], &params, &[]);
    }
    made.set()
}

fn found(set: &RunSet) -> Result<Importance, String> {
    let rows: Vec<u32> = (0..set.runs.len() as u32).collect();
    importance(set, &rows, 0)
}

fn share(of: &Importance, name: &str) -> f64 {
    of.shares.iter().find(|share| &*share.name == name).map_or(f64::NAN, |share| share.share)
}

fn noise(row: usize) -> Params {
    vec![
        ("x_number", spread(row, 5).to_string()),
        ("x_text", ["a", "b", "c"][(spread(row, 6) * 3.0) as usize].to_owned()),
        ("x_seed", (row * 7919 % 1009).to_string()),
    ]
}

fn with(mut own: Params, row: usize) -> Params {
    own.extend(noise(row));
    own
}

fn is_planted(set: &RunSet, name: &str, least: f64) {
    let found = found(set).unwrap();
    assert_eq!(&*found.shares[0].name, name, "{:?}", found.shares);
    assert!(found.shares[0].share > least, "{:?}", found.shares);
    let sum: f64 = found.shares.iter().map(|share| share.share).sum();
    assert!((sum - 1.0).abs() < 1e-12 && found.shares.iter().all(|share| share.share >= 0.0));
    assert!(
        ["x_number", "x_text", "x_seed"].iter().all(|name| share(&found, name) < 0.05),
        "{:?}",
        found.shares
    );
}

#[test]
fn a_planted_parameter_comes_out_first_whatever_its_shape() {
    let linear = runs(120, |row| (3.0 * spread(row, 0), with(vec![("lr", spread(row, 0).to_string())], row)));
    is_planted(&linear, "lr", 0.9);
    let log = runs(120, |row| {
        let exponent = -6.0 * spread(row, 0);
        ((exponent + 3.0).powi(2), with(vec![("lr", format!("{:e}", 10_f64.powf(exponent)))], row))
    });
    is_planted(&log, "lr", 0.9);
    let choice = runs(120, |row| {
        let at = (spread(row, 0) * 4.0) as usize;
        let name = ["sgd", "adam", "lion", "rmsprop"][at];
        ([3.0, 0.0, 2.0, 1.0][at] + 0.1 * spread(row, 1), with(vec![("opt", name.to_owned())], row))
    });
    is_planted(&choice, "opt", 0.9);
    let absent = runs(120, |row| {
        let has = spread(row, 0) < 0.5;
        let own = if has { vec![("warmup", "100".to_owned())] } else { Vec::new() };
        (f64::from(u8::from(has)) + 0.1 * spread(row, 1), with(own, row))
    });
    is_planted(&absent, "warmup", 0.9);
}

#[test]
fn two_that_matter_only_together_are_both_found() {
    let set = runs(300, |row| {
        let (a, b) = (spread(row, 0), spread(row, 1));
        let value = f64::from(u8::from((a < 0.5) == (b < 0.5))) + 0.05 * spread(row, 2);
        (value, with(vec![("a", a.to_string()), ("b", b.to_string())], row))
    });
    let found = found(&set).unwrap();
    assert!(share(&found, "a") > 0.3 && share(&found, "b") > 0.3, "{:?}", found.shares);
    assert!(found.explained > 0.3, "{}", found.explained);
}

#[test]
fn one_run_that_went_wrong_does_not_decide() {
    let set = runs(100, |row| {
        let value = if row == 50 { 1e30 } else { spread(row, 0) };
        (value, with(vec![("lr", spread(row, 0).to_string())], row))
    });
    is_planted(&set, "lr", 0.9);
}

#[test]
fn the_same_runs_give_the_same_answer_in_any_order() {
    let set =
        runs(60, |row| (spread(row, 0) + spread(row, 1), with(vec![("a", spread(row, 0).to_string())], row)));
    let rows: Vec<u32> = (0..60).collect();
    let mut turned = rows.clone();
    turned.reverse();
    turned.push(3);
    let first = importance(&set, &rows, 0).unwrap();
    assert_eq!(importance(&set, &rows, 0).unwrap(), first);
    assert_eq!(importance(&set, &turned, 0).unwrap(), first);
}

#[test]
fn what_cannot_matter_is_out_and_told() {
    let set = runs(40, |row| {
        let mut params = with(vec![("lr", spread(row, 0).to_string()), ("same", "1".to_owned())], row);
        params.push(("path", format!("out/{row}")));
        params.push(("steps", (spread(row, 0) * 1e3).to_string()));
        if row % 2 == 0 {
            params.push(("half", "1.0".to_owned()));
        }
        (spread(row, 0), params)
    });
    let found = found(&set).unwrap();
    let out: Vec<(&str, &Out)> = found.out.iter().map(|(name, out)| (&**name, out)).collect();
    assert_eq!(
        out,
        [("path", &Out::Unique), ("same", &Out::Constant), ("steps", &Out::Together("lr".into()))]
    );
    assert!(share(&found, "half") < 0.05 && share(&found, "lr") > 0.9, "{:?}", found.shares);
}

#[test]
fn too_few_or_useless_runs_tell_nothing() {
    let few = runs(FEWEST_RUNS - 1, |row| (spread(row, 0), with(Vec::new(), row)));
    assert_eq!(found(&few).unwrap_err(), "Importance needs 8 runs with a value of the metric; here are 7");
    let holes = runs(20, |row| (if row < 13 { f64::NAN } else { 1.0 }, with(Vec::new(), row)));
    assert!(found(&holes).unwrap_err().ends_with("here are 7"));
    let same = runs(20, |row| (1.0, with(Vec::new(), row)));
    assert!(found(&same).unwrap_err().starts_with("All these runs have the same value"));
    let fixed = runs(20, |row| (spread(row, 0), vec![("lr", "1".to_owned())]));
    assert!(found(&fixed).unwrap_err().starts_with("No parameter varies"));
    let chance = runs(120, |row| (spread(row, 0), noise(row)));
    assert!(found(&chance).unwrap_err().starts_with("The parameters do not tell"), "{:?}", found(&chance));
    let eight = runs(FEWEST_RUNS, |row| (row as f64, vec![("lr", row.to_string())]));
    assert!(found(&eight).is_ok_and(|found| found.runs == 8), "{:?}", found(&eight));
}

#[test]
fn of_very_many_runs_some_are_looked_at() {
    let set = runs(MOST_RUNS + 500, |row| {
        let value = if row == 7 { f64::INFINITY } else { (row % 4) as f64 };
        (value, vec![("lr", (row % 4).to_string()), ("x", (row % 3).to_string())])
    });
    let found = found(&set).unwrap();
    assert_eq!((found.runs, found.left_out), (MOST_RUNS, 500));
    assert!(share(&found, "lr") > 0.99, "{:?}", found.shares);
}

/// fANOVA asks what this does: which part of the variance comes of a parameter. PED-ANOVA asks what sets the best tenth of
/// the trials apart, so that its order is another one where a parameter counts elsewhere.
#[test]
fn optunas_evaluator_finds_the_same_parameters_in_the_same_order() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/importance/studies.json");
    let answers: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    for study in answers["studies"].as_array().unwrap() {
        let mut made = Made::default();
        for (at, trial) in study["trials"].as_array().unwrap().iter().enumerate() {
            let params = trial["params"].as_object().unwrap();
            let params: Vec<(&str, &str)> =
                params.iter().map(|(key, text)| (key.as_str(), text.as_str().unwrap())).collect();
            made.run(&at.to_string(), &[("value", trial["value"].as_f64().unwrap())], &params, &[]);
        }
        let ours = found(&made.set()).unwrap();
        let theirs = study["importances"]["fanova"].as_object().unwrap();
        // In Optuna's order; below a hundredth the order is chance, and two that are as important have none.
        let theirs: Vec<(&str, f64)> =
            theirs.iter().map(|(name, share)| (name.as_str(), share.as_f64().unwrap())).collect();
        for (at, (name, share_of)) in theirs.iter().enumerate() {
            let after =
                theirs[at + 1..].iter().filter(|(_, other)| *share_of > 0.01 && share_of / other > 1.5);
            for (other, _) in after {
                assert!(
                    share(&ours, name) > share(&ours, other),
                    "{}: {:?} {theirs:?}",
                    study["name"],
                    ours.shares
                );
            }
            if name.starts_with("x_") {
                assert!(share(&ours, name) < 0.03, "{}: {:?}", study["name"], ours.shares);
            }
        }
    }
}

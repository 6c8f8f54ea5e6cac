//! Groups of runs that differ by nothing but their seed, and the difference of two of them by Welch, as scipy has it.

use mlops_atlas::runs::seeds::{Apart, SeedGroup, Summary, difference, groups, is_seed};
use serde_json::Value;

use crate::made_runs::Made;

#[test]
fn a_seed_is_known_by_its_name() {
    for key in [
        "seed",
        "Seed",
        "random_state",
        "randomState",
        "data/seed",
        "model.seed",
        "random_seed",
        "seed_everything",
    ] {
        assert!(is_seed(key), "{key}");
    }
    for key in ["n_seeds", "num_seed", "seeds", "seedling", "state", "random", "seed_range", "lr"] {
        assert!(!is_seed(key), "{key}");
    }
}

#[test]
fn runs_are_together_whose_parameters_are_the_same_beside_the_seed() {
    let mut made = Made::default();
    made.run("0", &[], &[("lr", "0.1"), ("seed", "1")], &[]);
    made.run("1", &[], &[("lr", "0.2"), ("seed", "1")], &[]);
    made.run("2", &[], &[("lr", "0.10"), ("seed", "2")], &[]);
    made.run("3", &[], &[("lr", "0.1"), ("seed", "2.0")], &[]);
    made.run("4", &[], &[("lr", "0.2")], &[]);
    made.run("5", &[], &[("lr", "0.3")], &[("run/seed", "7")]);
    made.run("6", &[], &[("lr", "0.3")], &[("run/seed", "8")]);
    made.run("7", &[], &[("lr", "0.4")], &[]);
    made.run("8", &[], &[("lr", "0.4"), ("seed", "None")], &[]);
    made.run("9", &[], &[("lr", "0.5")], &[]);
    made.run("10", &[], &[], &[]);
    made.run("11", &[], &[], &[]);
    made.run("12", &[], &[("lr", "0.1"), ("seed", "9")], &[]).experiment = 1;
    let set = made.set();
    let rows: Vec<u32> = (0..13).collect();
    let found = groups(&set, &rows);
    let plain: Vec<(&[u32], Apart, usize)> =
        found.iter().map(|group| (group.rows.as_slice(), group.apart, group.repeated)).collect();
    assert_eq!(
        plain,
        [
            (&[0, 2, 3][..], Apart::Seeds, 1),
            (&[1, 4][..], Apart::Some, 0),
            (&[5, 6][..], Apart::Seeds, 0),
            (&[7, 8][..], Apart::Repeats, 0),
        ]
    );
    let params = |group: &SeedGroup| -> Vec<String> {
        group.params.iter().map(|(_, text)| text.to_string()).collect()
    };
    assert_eq!(params(&found[0]), ["0.1"]);
    assert_eq!(
        found[0].sentence(),
        "3 runs with the same parameters and a seed each; 1 has the seed of another one"
    );
    assert_eq!(groups(&set, &[0, 1, 5]), []);
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn near(ours: f64, theirs: f64, size: f64) -> bool {
    (ours - theirs).abs() <= 1e-9 * size
}

#[test]
fn two_groups_differ_as_scipy_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/seeds/welch.json");
    let answers: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let pairs = answers["pairs"].as_array().unwrap();
    assert_eq!(pairs.len(), 10);
    for pair in pairs {
        let summaries = ["first", "second"].map(|which| {
            let values = numbers(&pair[which]);
            Summary::of_values(values.into_iter().map(Some))
        });
        let (means, stds) = (numbers(&pair["means"]), numbers(&pair["stds"]));
        for (at, summary) in summaries.iter().enumerate() {
            assert!(near(summary.mean, means[at], means[at].abs()), "{summary:?}");
            // What NumPy's rounded mean adds to equal values is no spread.
            assert!(
                near(summary.std, stds[at], stds[at] + 1e-6 * means[at].abs()),
                "{summary:?} {}",
                stds[at]
            );
        }
        let found = difference(&summaries[0], &summaries[1]).unwrap();
        let (interval, degrees) = (numbers(&pair["interval"]), pair["degrees"].as_f64().unwrap());
        let size = interval[1] - interval[0];
        assert!(near(found.degrees, degrees, degrees), "{found:?} {degrees}");
        assert!(near(found.interval[0], interval[0], size), "{found:?} {interval:?}");
        assert!(near(found.interval[1], interval[1], size), "{found:?} {interval:?}");
        let smallest = summaries.iter().map(|summary| summary.count).min().unwrap();
        let is_significant = pair["p"].as_f64().unwrap() < 0.05;
        assert_eq!(found.is_told(), is_significant && smallest > 2);
        assert_eq!(found.caveat.is_some(), smallest == 2);
    }
}

#[test]
fn few_runs_tell_little_and_say_so() {
    let of = |values: &[f64]| Summary::of_values(values.iter().map(|value| Some(*value)));
    let three = of(&[1.0, 2.0, 3.0]);
    assert_eq!(three, Summary { count: 3, missing: 0, mean: 2.0, std: 1.0 });
    let one = of(&[1.0]);
    assert!(one.std.is_nan() && one.caveat().is_some());
    assert_eq!(difference(&one, &three), Err("One run tells nothing of how far others would lie from it"));
    assert_eq!(difference(&three, &of(&[])), Err("No run of the group has a value"));
    assert!(difference(&of(&[1.0; 3]), &of(&[2.0; 3])).is_err());
    // Far apart, and yet two runs each cannot tell.
    let found = difference(&of(&[0.0, 0.001]), &of(&[9.0, 9.001])).unwrap();
    assert!(found.interval[0] > 0.0 && !found.is_told());
    let odd =
        Summary::of_values([Some(1.0), None, Some(f64::NAN), Some(f64::INFINITY), Some(3.0)].into_iter());
    assert_eq!((odd.count, odd.missing, odd.mean), (2, 3, 2.0));
}

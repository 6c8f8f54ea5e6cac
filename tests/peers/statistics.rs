//! Smoothing, figures of groups, bands and distributions of data that nobody has seen before are what pandas, NumPy, SciPy and
//! TensorBoard's own code, run by node, say now.

use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value;

use crate::{client, statistics_answers};

#[test]
fn new_data_are_answered_as_others_answer() {
    let seed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis().to_string();
    for seed in [&*seed, "2", "3"] {
        let output = Command::new(client::python())
            .args(["tests/fixtures/statistics/write.py", seed])
            .output()
            .unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        let answers: Value =
            serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {errors}"));
        let versions = &answers["versions"];
        assert_eq!(
            (versions["pandas"].as_str(), versions["tensorboard"].as_str()),
            (Some("3.1.1"), Some("2.21.0")),
            "run .ci/install-peers"
        );
        // A failure is repeated with `write.py SEED`.
        println!("seed {seed}");
        let compared = statistics_answers::compare(&answers);
        assert!(compared.iter().all(|count| *count > 10), "{compared:?}");
    }
}

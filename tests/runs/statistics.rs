//! Smoothing, figures of groups, bands and distributions are what pandas, NumPy, SciPy and TensorBoard's own code say.

use std::path::Path;

use serde_json::Value;

use crate::statistics_answers;

#[test]
fn stored_answers_are_those_computed_here() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/statistics/answers.json");
    let answers: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(statistics_answers::compare(&answers), [3049, 702, 58, 1788, 13, 16]);
}

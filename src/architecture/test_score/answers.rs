//! Which tests of the rubric a team runs: the key `test_score` of a file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::rubric;
use crate::architecture::read::Reader;

/// How a team runs a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// Not at all.
    No,
    /// By hand, its results documented and distributed: half a point.
    Manual,
    /// By a system, again and again: a full point.
    Automated,
}

impl Answer {
    /// In half points: 0, 1 or 2.
    pub const fn halves(self) -> u8 {
        self as u8
    }

    /// In points, as a file has it: 0, 0.5 or 1.
    pub fn points(self) -> f64 {
        f64::from(self.halves()) / 2.0
    }

    /// The answer that is worth so many points, if there is one.
    pub fn of_points(points: f64) -> Option<Self> {
        [Self::No, Self::Manual, Self::Automated].into_iter().find(|answer| answer.points() == points)
    }
}

/// The answers to the tests of the rubric, by their ids; what nobody has answered is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Only tests of the rubric.
    pub of: BTreeMap<String, Answer>,
    /// Other keys of the file, and values that are no answer.
    pub extra: Map<String, Value>,
}

impl Answers {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.of.is_empty() && self.extra.is_empty()
    }

    pub(in crate::architecture) fn read(reader: &mut Reader, map: Map<String, Value>) -> Self {
        let mut read = Self::default();
        for (key, value) in map {
            match (rubric().test(&key), value.as_f64().and_then(Answer::of_points)) {
                (Some(_), Some(answer)) => {
                    read.of.insert(key, answer);
                    continue;
                }
                (None, _) => reader.warn(format!(
                    "`test_score` has `{key}`, which is no test of the rubric; it is kept and not counted"
                )),
                (Some(_), None) => reader.warn(format!(
                    "`test_score` of `{key}` is to be 0, 0.5 or 1; {value} is kept and not counted"
                )),
            }
            read.extra.insert(key, value);
        }
        read
    }

    pub(in crate::architecture) fn write(&self) -> Value {
        let answer = |answer: &Answer| match answer {
            Answer::No => json!(0),
            Answer::Manual => json!(0.5),
            Answer::Automated => json!(1),
        };
        let mut map: Map<String, Value> = self.of.iter().map(|(id, of)| (id.clone(), answer(of))).collect();
        // An answer stands instead of what was none.
        let others = self.extra.iter().filter(|(key, _)| !self.of.contains_key(*key));
        map.extend(others.map(|(key, value)| (key.clone(), value.clone())));
        Value::Object(map)
    }
}

//! What the plugin for hyperparameters tells of a run: its parameters, its start and end, how it ended.

use prost::Message as _;

use super::event::micros;
use super::messages::{self, ParamKind};
use crate::runs::Status;

/// More parameters are made up.
const MOST_PARAMS: usize = 10_000;

/// A session, in TensorBoard's word: a run with hyperparameters.
#[derive(Debug, Default)]
pub(super) struct Session {
    pub params: Vec<(String, String)>,
    /// What is told besides, by TensorBoard's names.
    pub tags: Vec<(&'static str, String)>,
    /// Microseconds since 1970.
    pub start: Option<i64>,
    /// Microseconds since 1970.
    pub end: Option<i64>,
    status: Option<i32>,
}

impl Session {
    /// Takes in what the plugin keeps beside a tag; false where not all of it can be read. The first word of each kind counts.
    pub fn take(&mut self, content: &[u8]) -> bool {
        let Ok(told) = messages::Session::decode(content) else { return false };
        let mut is_whole = true;
        if let Some(start) = told.start.filter(|_| self.params.is_empty() && self.start.is_none()) {
            self.start = time(start.seconds);
            let count = start.params.len();
            self.params = start
                .params
                .into_iter()
                .filter_map(|(key, param)| Some((key, text(param.kind?))))
                .take(MOST_PARAMS)
                .collect();
            is_whole = self.params.len() == count;
            let tags = [
                ("group_name", start.group_name),
                ("model_uri", start.model_uri),
                ("monitor_url", start.monitor_url),
            ];
            self.tags = tags.into_iter().filter(|(_, text)| !text.is_empty()).collect();
        }
        if let Some(end) = told.end.filter(|_| self.status.is_none()) {
            self.end = time(end.seconds);
            self.status = Some(end.status);
        }
        is_whole
    }

    /// How it ended, in TensorBoard's words. Files say nothing of it unless hyperparameters were logged.
    pub fn status(&self) -> Status {
        match self.status {
            Some(1) => Status::Other("SUCCESS".to_owned()),
            Some(2) => Status::Other("FAILURE".to_owned()),
            Some(3) => Status::Running,
            _ => Status::Other("UNKNOWN".to_owned()),
        }
    }
}

/// Nobody told the time where it is 0.
fn time(seconds: f64) -> Option<i64> {
    let (micros, is_shown) = micros(seconds);
    (is_shown && seconds != 0.0).then_some(micros)
}

fn text(param: ParamKind) -> String {
    match param {
        // Whole numbers are doubles here like all others.
        ParamKind::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            (number as i64).to_string()
        }
        ParamKind::Number(number) => format!("{number:?}"),
        ParamKind::Text(text) => text,
        ParamKind::Flag(flag) => flag.to_string(),
    }
}

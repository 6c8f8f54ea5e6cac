//! A table of runs as bytes.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::problem::Problem;
use crate::runs::{Beyond, Experiment, Model, Run, RunSet};

/// All that a set is made of: written from borrowed parts, read as owned ones.
type Parts<E, K, R, M, B, P> = (E, [K; 3], R, M, B, P);
type Written<'a> = Parts<
    &'a [Experiment],
    &'a [Arc<str>],
    &'a [Run],
    &'a [Model],
    &'a BTreeMap<Arc<str>, Beyond>,
    &'a [Problem],
>;
type Read =
    Parts<Vec<Experiment>, Vec<Arc<str>>, Vec<Run>, Vec<Model>, BTreeMap<Arc<str>, Beyond>, Vec<Problem>>;

/// The bytes of runs and of what was odd, with a checksum at the end; none where they are too much for memory.
pub(super) fn encode(set: &RunSet, problems: &[Problem]) -> Option<Vec<u8>> {
    let keys = [&set.metric_keys[..], &set.param_keys, &set.tag_keys];
    let parts: Written<'_> = (&set.experiments, keys, &set.runs, &set.models, set.beyond(), problems);
    let mut bytes = postcard::to_stdvec(&parts).ok()?;
    let sum = crc32c::crc32c(&bytes);
    bytes.extend(sum.to_le_bytes());
    Some(bytes)
}

/// What [`encode`] wrote; none for other bytes.
pub(super) fn decode(bytes: &[u8]) -> Option<(RunSet, Vec<Problem>)> {
    let (content, sum) = bytes.split_last_chunk::<4>()?;
    if crc32c::crc32c(content) != u32::from_le_bytes(*sum) {
        return None;
    }
    let (experiments, keys, runs, models, beyond, problems): Read = postcard::from_bytes(content).ok()?;
    Some((RunSet::new(experiments, keys, runs).with_models(models).with_beyond(beyond), problems))
}

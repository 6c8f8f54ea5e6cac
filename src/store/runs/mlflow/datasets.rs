//! The datasets that runs read, since 2.4: `inputs` names a dataset and a run, `input_tags` what it was used for.

use std::collections::HashMap;
use std::sync::Arc;

use super::Error;
use super::Reading;
use crate::runs::{DatasetUse, Run};
use crate::store::runs::raw::text;

/// Adds them to runs, which have these places.
pub(super) fn add(
    reading: &mut Reading<'_>,
    runs: &mut [Run],
    places: &HashMap<Arc<str>, usize>,
) -> Result<(), Error> {
    if !["inputs", "datasets"].into_iter().all(|table| reading.has(table)) {
        return Ok(());
    }
    // Each input's id, its dataset, and its run.
    let mut inputs: Vec<(String, String, usize)> = Vec::new();
    let sql = "SELECT rowid, source_type, destination_type, destination_id, source_id, input_uuid FROM inputs
               WHERE rowid >= ?1 ORDER BY rowid LIMIT ?2";
    let map = |row: &rusqlite::Row<'_>| {
        // The models that a run made stand here as well.
        let is = |at: usize, kind: &str| Ok::<_, rusqlite::Error>(row.get_ref(at)?.as_str() == Ok(kind));
        if !is(1, "DATASET")? || !is(2, "RUN")? {
            return Ok(None);
        }
        let Some(at) = row.get_ref(3)?.as_str().ok().and_then(|id| places.get(id)) else { return Ok(None) };
        Ok(Some((text(row.get_ref(5)?), text(row.get_ref(4)?), *at)))
    };
    reading.pass(("inputs", false), sql, map, |input| inputs.push(input))?;
    if inputs.is_empty() {
        return Ok(());
    }
    let mut datasets: HashMap<String, [Arc<str>; 2]> = HashMap::new();
    let sql =
        "SELECT rowid, dataset_uuid, name, digest FROM datasets WHERE rowid >= ?1 ORDER BY rowid LIMIT ?2";
    let map = |row: &rusqlite::Row<'_>| {
        let [id, name, digest] = [text(row.get_ref(1)?), text(row.get_ref(2)?), text(row.get_ref(3)?)];
        Ok(Some((id, [name.into(), digest.into()])))
    };
    reading.pass(("datasets", false), sql, map, |(id, dataset)| {
        datasets.insert(id, dataset);
    })?;
    let contexts = contexts(reading)?;
    let none: Arc<str> = "".into();
    let mut lost = 0;
    for (id, dataset, at) in inputs {
        match datasets.get(&dataset) {
            Some([name, digest]) => runs[at].datasets.push(DatasetUse {
                name: Arc::clone(name),
                digest: Arc::clone(digest),
                context: Arc::clone(contexts.get(&id).unwrap_or(&none)),
            }),
            None => lost += 1,
        }
    }
    if lost > 0 {
        reading.warn(format!("{lost} inputs of runs name a dataset that the store does not have"));
    }
    for run in runs {
        run.datasets.sort_by(|a, b| (&a.name, &a.digest, &a.context).cmp(&(&b.name, &b.digest, &b.context)));
    }
    Ok(())
}

/// What inputs were used for, by their ids.
fn contexts(reading: &mut Reading<'_>) -> Result<HashMap<String, Arc<str>>, Error> {
    let mut contexts = HashMap::new();
    if reading.has("input_tags") {
        let sql = "SELECT rowid, input_uuid, name, value FROM input_tags
                   WHERE rowid >= ?1 ORDER BY rowid LIMIT ?2";
        let map = |row: &rusqlite::Row<'_>| {
            let is_context = row.get_ref(2)?.as_str() == Ok("mlflow.data.context");
            is_context.then(|| Ok((text(row.get_ref(1)?), text(row.get_ref(3)?)))).transpose()
        };
        let mut words: HashMap<String, Arc<str>> = HashMap::new();
        reading.pass(("input_tags", false), sql, map, |(id, context)| {
            let word = words.entry(context).or_insert_with_key(|word| word.as_str().into());
            contexts.insert(id, Arc::clone(word));
        })?;
    }
    Ok(contexts)
}

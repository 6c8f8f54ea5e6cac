//! Versions of registered models, and the models that runs of MLflow 3 logged.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use rusqlite::types::ValueRef;

use super::Error;
use super::Reading;
use crate::runs::{Experiment, Model};
use crate::store::runs::raw::text;

/// A name and a version.
type Version = (String, Option<i64>);

fn shared(value: ValueRef<'_>) -> Arc<str> {
    text(value).into()
}

fn run(value: ValueRef<'_>) -> Option<Arc<str>> {
    Some(text(value)).filter(|id| !id.is_empty()).map(Into::into)
}

/// All of them, registered ones first, by name.
pub(super) fn read(reading: &mut Reading<'_>, experiments: &[Experiment]) -> Result<Vec<Model>, Error> {
    let mut models = registered(reading)?;
    models.extend(logged(reading, experiments)?);
    Ok(models)
}

fn registered(reading: &mut Reading<'_>) -> Result<Vec<Model>, Error> {
    let mut models = Vec::new();
    if !reading.has("model_versions") {
        return Ok(models);
    }
    let sql = "SELECT rowid, name, version, run_id, status, current_stage, source FROM model_versions
               WHERE rowid >= ?1 ORDER BY rowid LIMIT ?2";
    let map = |row: &rusqlite::Row<'_>| {
        let stage = row.get_ref(5)?;
        // A deleted version keeps its row, without what it was.
        if stage.as_str() == Ok("Deleted_Internal") {
            return Ok(None);
        }
        Ok(Some(Model {
            name: shared(row.get_ref(1)?),
            version: row.get_ref(2)?.as_i64().ok(),
            run: run(row.get_ref(3)?),
            status: shared(row.get_ref(4)?),
            stage: shared(stage),
            aliases: Vec::new(),
            source: shared(row.get_ref(6)?),
        }))
    };
    reading.pass(("model_versions", false), sql, map, |model| models.push(model))?;
    if models.is_empty() {
        return Ok(models);
    }
    let mut aliases: HashMap<Version, Vec<Arc<str>>> = HashMap::new();
    if reading.has("registered_model_aliases") {
        let sql = "SELECT rowid, name, version, alias FROM registered_model_aliases
                   WHERE rowid >= ?1 ORDER BY rowid LIMIT ?2";
        let map = |row: &rusqlite::Row<'_>| Ok(Some((version(row)?, shared(row.get_ref(3)?))));
        reading.pass(("registered_model_aliases", false), sql, map, |(of, alias)| {
            aliases.entry(of).or_default().push(alias);
        })?;
    }
    // Prompts are kept as models too.
    let mut prompts: BTreeSet<Version> = BTreeSet::new();
    if reading.has("model_version_tags") {
        let sql = "SELECT rowid, name, version, key, value FROM model_version_tags
                   WHERE rowid >= ?1 ORDER BY rowid LIMIT ?2";
        let map = |row: &rusqlite::Row<'_>| {
            let is_prompt = row.get_ref(3)?.as_str() == Ok("mlflow.prompt.is_prompt")
                && row.get_ref(4)?.as_str() == Ok("true");
            is_prompt.then(|| version(row)).transpose()
        };
        reading.pass(("model_version_tags", false), sql, map, |of| {
            prompts.insert(of);
        })?;
    }
    models.retain_mut(|model| {
        let of = (model.name.to_string(), model.version);
        model.aliases = aliases.remove(&of).unwrap_or_default();
        model.aliases.sort();
        !prompts.contains(&of)
    });
    models.sort_by(|a, b| (&a.name, a.version).cmp(&(&b.name, b.version)));
    Ok(models)
}

/// Of a row that begins with `rowid, name, version`.
fn version(row: &rusqlite::Row<'_>) -> rusqlite::Result<Version> {
    Ok((text(row.get_ref(1)?), row.get_ref(2)?.as_i64().ok()))
}

fn logged(reading: &mut Reading<'_>, experiments: &[Experiment]) -> Result<Vec<Model>, Error> {
    let mut models = Vec::new();
    if !reading.has("logged_models") {
        return Ok(models);
    }
    let own: BTreeSet<&str> = experiments.iter().map(|experiment| &*experiment.id).collect();
    let sql = "SELECT rowid, name, source_run_id, status, artifact_location, lifecycle_stage, experiment_id
               FROM logged_models WHERE rowid >= ?1 ORDER BY rowid LIMIT ?2";
    let map = |row: &rusqlite::Row<'_>| {
        let is_deleted = row.get_ref(5)?.as_str() == Ok("deleted");
        if is_deleted || !own.contains(&*text(row.get_ref(6)?)) {
            return Ok(None);
        }
        let status = match row.get_ref(3)? {
            ValueRef::Integer(1) => "PENDING".into(),
            ValueRef::Integer(2) => "READY".into(),
            ValueRef::Integer(3) => "FAILED".into(),
            other => shared(other),
        };
        Ok(Some(Model {
            name: shared(row.get_ref(1)?),
            version: None,
            run: run(row.get_ref(2)?),
            status,
            source: shared(row.get_ref(4)?),
            ..Model::default()
        }))
    };
    reading.pass(("logged_models", false), sql, map, |model| models.push(model))?;
    models.sort_by(|a, b| (&a.name, &a.source).cmp(&(&b.name, &b.source)));
    Ok(models)
}

//! Models: versions of registered ones (`models/<name>/version-N`), and those that runs of MLflow 3 logged
//! (`<experiment>/models/m-…`).

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use super::kept::Metas;
use super::layout::{MODELS, folders, keyed};
use super::meta::{LoggedMeta, Text, Unread, VersionMeta};
use super::odd::Odd;
use super::watch::Watch;
use crate::runs::Model;

/// What models were.
#[derive(Debug, Default)]
pub(super) struct Models {
    pub versions: Metas<VersionMeta>,
    pub logged: Metas<LoggedMeta>,
}

fn shared(text: &Text) -> Arc<str> {
    text.as_deref().unwrap_or_default().into()
}

fn run(text: &Text) -> Option<Arc<str>> {
    text.as_deref().filter(|id| !id.is_empty()).map(Into::into)
}

impl Models {
    /// All versions of registered models of a store.
    pub fn registered(
        &mut self,
        root: &Path,
        now: SystemTime,
        watch: &mut Watch,
        odd: &mut Odd,
    ) -> Vec<Model> {
        let mut models = Vec::new();
        let all = root.join(MODELS);
        watch.folder(&all);
        for registered in folders(&all).unwrap_or_default() {
            watch.folder(&registered);
            watch.folder(&registered.join("aliases"));
            let aliases = aliases(&registered);
            for folder in folders(&registered).unwrap_or_default() {
                let name = folder.file_name().and_then(|name| name.to_str());
                let Some(number) = name.and_then(|name| name.strip_prefix("version-")) else { continue };
                // Prompts are kept as models too.
                if folder.join("tags").join("mlflow.prompt.is_prompt").is_file() {
                    continue;
                }
                let file = folder.join("meta.yaml");
                let (meta, stamp) = self.versions.get(&file, now);
                watch.file(&file, stamp);
                match meta {
                    Ok(meta) => models.push(Model {
                        name: shared(&meta.name),
                        version: meta.version.as_deref().unwrap_or(number).parse().ok(),
                        run: run(&meta.run_id),
                        status: shared(&meta.status),
                        stage: shared(&meta.current_stage),
                        aliases: aliases
                            .iter()
                            .filter(|(_, version)| version == number)
                            .map(|(alias, _)| Arc::clone(alias))
                            .collect(),
                        source: shared(&meta.source),
                    }),
                    Err(Unread::Absent) => {}
                    Err(_) => odd.add("versions of models cannot be read and are left out", &file),
                }
            }
        }
        models.sort_by(|a, b| (&a.name, a.version).cmp(&(&b.name, b.version)));
        models
    }

    /// The models that runs of an experiment logged.
    pub fn logged(
        &mut self,
        experiment: &Path,
        now: SystemTime,
        watch: &mut Watch,
        odd: &mut Odd,
    ) -> Vec<Model> {
        let mut models = Vec::new();
        let all = experiment.join(MODELS);
        watch.folder(&all);
        for folder in folders(&all).unwrap_or_default() {
            let file = folder.join("meta.yaml");
            let (meta, stamp) = self.logged.get(&file, now);
            watch.file(&file, stamp);
            match meta {
                Ok(meta) if meta.lifecycle_stage.as_deref() == Some("deleted") => {}
                Ok(meta) => models.push(Model {
                    name: shared(&meta.name),
                    version: None,
                    run: run(&meta.source_run_id),
                    status: status(&meta.status).into(),
                    source: shared(&meta.artifact_location),
                    ..Model::default()
                }),
                // An artifact's folder may lie here as well.
                Err(Unread::Absent) => {}
                Err(_) => odd.add("logged models cannot be read and are left out", &file),
            }
        }
        models.sort_by(|a, b| (&a.name, &a.source).cmp(&(&b.name, &b.source)));
        models
    }
}

/// MLflow's word for a logged model's status, of which the file has the number of its protocol.
fn status(text: &Text) -> &str {
    match text.as_deref() {
        Some("1") => "PENDING",
        Some("2") => "READY",
        Some("3") => "FAILED",
        word => word.unwrap_or_default(),
    }
}

/// Other names of a registered model's versions, each with the version's number.
fn aliases(registered: &Path) -> Vec<(Arc<str>, String)> {
    const LONGEST: u64 = 100;
    let files = keyed(&registered.join("aliases")).files.into_iter();
    let one = |file: super::layout::Keyed| {
        let mut text = String::new();
        let opened = fs::File::open(&file.path).ok()?;
        opened.take(LONGEST).read_to_string(&mut text).ok()?;
        Some((file.key.into(), text.trim().to_owned()))
    };
    files.filter_map(one).collect()
}

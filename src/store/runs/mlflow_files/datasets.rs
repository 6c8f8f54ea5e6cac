//! The datasets that a run read: `inputs/<id>/meta.yaml` names one of its experiment's.

use std::path::Path;
use std::time::SystemTime;

use super::kept::Metas;
use super::layout::folders;
use super::meta::{DatasetMeta, InputMeta};
use super::odd::Odd;
use crate::runs::DatasetUse;
use crate::store::runs::artifact_files::below;

/// What inputs and datasets were.
#[derive(Debug, Default)]
pub(super) struct Datasets {
    pub inputs: Metas<InputMeta>,
    pub datasets: Metas<DatasetMeta>,
}

impl Datasets {
    /// Those of a run, by name.
    pub fn of(&mut self, [run, experiment]: [&Path; 2], now: SystemTime, odd: &mut Odd) -> Vec<DatasetUse> {
        let mut uses = Vec::new();
        for folder in folders(&run.join("inputs")).unwrap_or_default() {
            let file = folder.join("meta.yaml");
            let Ok(input) = self.inputs.get(&file, now).0 else {
                odd.add("inputs of runs cannot be read and are left out", &file);
                continue;
            };
            // Models are inputs as well.
            if input.source_type.as_deref() != Some("DATASET") {
                continue;
            }
            let context = input.tags.as_ref().and_then(|tags| tags.get("mlflow.data.context")?.as_deref());
            let place = input.source_id.as_deref().and_then(below);
            let about = place.map(|id| experiment.join("datasets").join(id).join("meta.yaml"));
            let dataset = about.as_ref().and_then(|about| self.datasets.get(about, now).0.ok());
            match dataset {
                Some(DatasetMeta { name, digest }) => uses.push(DatasetUse {
                    name: name.as_deref().unwrap_or_default().into(),
                    digest: digest.as_deref().unwrap_or_default().into(),
                    context: context.unwrap_or_default().into(),
                }),
                None => odd.add("runs name a dataset that their experiment does not have", &file),
            }
        }
        uses.sort_by(|a, b| (&a.name, &a.digest, &a.context).cmp(&(&b.name, &b.digest, &b.context)));
        uses
    }
}

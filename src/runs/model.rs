//! Models that runs made, and versions of registered ones.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A model, or one version of a registered model.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Model {
    /// Its name.
    pub name: Arc<str>,
    /// The version of a registered model; none for a model that was only logged.
    pub version: Option<i64>,
    /// The id of the run that made it.
    pub run: Option<Arc<str>>,
    /// Whether it can be used, in the tracker's own word; may be empty.
    pub status: Arc<str>,
    /// The stage that a registered version is in, such as `Production`; may be empty.
    pub stage: Arc<str>,
    /// Other names of this version.
    pub aliases: Vec<Arc<str>>,
    /// Where it lies, as the store has it: a path or an address; may be empty.
    pub source: Arc<str>,
}

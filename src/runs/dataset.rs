//! Datasets that runs read.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A dataset as one run used it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatasetUse {
    /// Its name.
    pub name: Arc<str>,
    /// What tells one state of its content from another, in the tracker's own words; may be empty.
    pub digest: Arc<str>,
    /// What it was used for, such as `training`; may be empty.
    pub context: Arc<str>,
}

impl DatasetUse {
    /// What it is called: its name, and its digest where it has one.
    pub fn label(&self) -> String {
        if self.digest.is_empty() {
            self.name.to_string()
        } else {
            format!("{} ({})", self.name, self.digest)
        }
    }
}

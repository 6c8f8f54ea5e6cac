//! What `.ci/install-peers` has installed. Something missing is a failure.

use std::path::{Path, PathBuf};

/// A file or folder of it, such as `mlflow-3/bin/python` or `exports`.
pub fn installed(name: &str) -> PathBuf {
    let root = std::env::var_os("MLOPS_ATLAS_PEERS").map_or_else(
        || Path::new(&std::env::var_os("HOME").unwrap()).join(".cache/mlops-atlas-peers"),
        PathBuf::from,
    );
    let path = root.join(name);
    assert!(
        path.exists(),
        "nothing is installed at {}: run .ci/install-peers, which does that",
        path.display()
    );
    path
}

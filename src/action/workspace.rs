//! What can happen to the workspace: one folder of shared files, or none.

use std::path::PathBuf;
use std::sync::Arc;

use crate::workspace::Contents;

/// What can happen to the workspace.
#[derive(Clone, Debug)]
pub enum WorkspaceAction {
    /// Opens a folder, an absolute path, in the place of the one that is open.
    Open(PathBuf),
    /// It was read.
    Read {
        /// The request this answers.
        request: u64,
        /// What lies in it.
        contents: Arc<Contents>,
    },
    /// It could not be read.
    Failed {
        /// The request this answers.
        request: u64,
        /// One sentence, and the folder.
        error: String,
    },
    /// Reads it again.
    Reload,
    /// The person came back to the program: whether its files, and those that drawings are held against, have changed
    /// meanwhile is to be looked at.
    Look,
    /// Some of its files are others than those that were read by this request.
    Changed {
        /// The request.
        request: u64,
    },
    /// Nothing is laid over the shipped catalog any more.
    Close,
}

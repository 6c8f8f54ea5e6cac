//! The workspace between the model and its folder: reading it, and looking whether it has changed.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use super::App;
use crate::action::{Action, Owner, RemarkAction, WindowAction, WindowId, WorkspaceAction};
use crate::address::{Location, Origin};
use crate::problem::Problem;
use crate::store::shortlist_files::is_shortlist;
use crate::store::workspace;
use crate::workspace::{Contents, Fingerprint};

impl App {
    /// What opening these paths in a window means.
    pub(super) fn open_paths(&mut self, window: WindowId, paths: Vec<PathBuf>) {
        for path in paths {
            self.actions.push(if workspace::is_workspace(&path) {
                WorkspaceAction::Open(absolute(path)).into()
            } else if is_shortlist(&path) {
                Action::Remark(RemarkAction::Import(window, path))
            } else {
                Action::Window(window, WindowAction::Go(Location::of_origin(Origin::Path(path))))
            });
        }
    }

    /// The folder where new files belong: the workspace, whatever lies in it; else where the program was started, if
    /// that could be one.
    pub(super) fn home_folder(&self) -> Option<PathBuf> {
        let open = self.state.workspace.as_ref().map(|workspace| workspace.path.clone());
        open.or_else(|| self.folder.clone().filter(|folder| workspace::is_workspace(folder)))
    }

    pub(super) fn read_workspace(
        &mut self,
        path: PathBuf,
        request: u64,
        today: Date,
        known: Option<Arc<Contents>>,
    ) {
        self.jobs.cancel_owner(Owner::Workspace);
        let label =
            format!("reading the workspace {}", path.file_name().unwrap_or_default().to_string_lossy());
        self.jobs.start(label, Some(Owner::Workspace), move |job| {
            let answer = match workspace::read(&path, today, known.as_deref()) {
                Ok(contents) => WorkspaceAction::Read { request, contents: Arc::new(contents) },
                Err(error) => WorkspaceAction::Failed { request, error: error.to_string() },
            };
            if !job.send(answer.into()) {
                // Stopped by the person; where it was closed or is read anew, nobody waits for this answer.
                let error = "Reading the workspace was stopped".to_owned();
                job.send_last(WorkspaceAction::Failed { request, error }.into());
            }
        });
    }

    pub(super) fn look_at_workspace(&mut self, path: PathBuf, fingerprint: Fingerprint, request: u64) {
        self.jobs.start_quiet("looking at the workspace", Some(Owner::Workspace), move |job| {
            if workspace::fingerprint(&path) != fingerprint {
                job.send(WorkspaceAction::Changed { request }.into());
            }
        });
    }

    pub(super) fn close_workspace(&self) {
        self.jobs.cancel_owner(Owner::Workspace);
    }

    /// Opens a file of the workspace with the program that the desktop has for it.
    pub(super) fn open_file(&mut self, path: &Path) {
        let opened = if self.windowed { opener::open(path).err() } else { None };
        if let Some(error) = opened {
            let sentence = format!("The file could not be opened: {error}");
            self.actions.push(Action::Notice(Problem::error(sentence, path.display().to_string())));
        }
    }
}

/// The path from the root on; where the system cannot say, as it is.
pub(super) fn absolute(path: PathBuf) -> PathBuf {
    std::path::absolute(&path).unwrap_or(path)
}

//! Copies of run stores that cannot be read where they lie.

use std::path::PathBuf;

use super::App;
use crate::action::{Action, Owner, SourceAction, SourceId};
use crate::problem::Problem;
use crate::store::runs::copied;

impl App {
    /// Makes a copy in the background, and shows it in place of the store.
    pub(super) fn copy_source(&mut self, source: SourceId, path: PathBuf) {
        let Some(folder) = self.profile.copies() else {
            let message =
                "No copy can be made: the program has no folder of its own. Set MLOPS_ATLAS_HOME to one.";
            self.actions.push(Action::Notice(Problem::error(message, path.display().to_string())));
            return;
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        self.jobs.start(format!("copying {name}"), Some(Owner::Source(source)), move |job| {
            let keep_going = |done, total| {
                job.progress(done, total);
                !job.is_cancelled()
            };
            job.send(match copied(&path, &folder, &keep_going) {
                Ok(copy) => Action::Source(source, SourceAction::Copied(copy)),
                Err(error) => Action::Notice(Problem::error(error.to_string(), path.display().to_string())),
            });
        });
    }
}

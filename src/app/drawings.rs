//! Takes drawings out of the program: into files at a place that is asked for, and onto the clipboard. Everything that takes
//! longer than a frame happens in the background.

use std::path::PathBuf;
use std::sync::Arc;

use super::drawing_files::drawing_files;
use super::{App, files};
use crate::action::{Action, Ask, WorkspaceAction};
use crate::architecture::export::{Format, PictureForm, PictureOptions, Taken, Target};
use crate::jobs::Job;
use crate::problem::{Problem, Severity};
use crate::shown::counted;
use crate::store::whole_file::{check_folder, write_all_whole};
use crate::store::workspace;
use crate::ui::studio::sheet::Sheet;

/// Looked after, drawn, written.
const STEPS: u64 = 3;

impl App {
    /// Asks where a drawing is to be written, and writes it there.
    pub(super) fn save_drawing(&mut self, taken: Arc<Taken>, target: Target, options: PictureOptions) {
        let name = taken.file_name(target);
        let folder = self.home_folder();
        let proposed = move || match target {
            Target::Text(Format::Adr) => workspace::numbered(folder.as_deref(), "decisions", &name),
            _ => PathBuf::from(&name),
        };
        let Some(place) = self.place(&proposed) else { return };
        self.jobs.start("exporting a drawing", None, move |job| {
            let Some(path) = place.or_else(|| files::pick_text(&proposed())) else {
                job.send(told(Severity::Info, files::NO_PLACE, &proposed().display().to_string()));
                return;
            };
            let at = path.display().to_string();
            let Some(taken) = settled(job, taken) else {
                job.send_last(told(Severity::Info, STOPPED, &at));
                return;
            };
            let made = match drawing_files(&taken, target, options, &path) {
                Ok(made) => made,
                Err(error) => {
                    job.send(told(Severity::Error, &format!("Nothing was written: {error}."), &at));
                    return;
                }
            };
            job.progress(2, STEPS);
            if job.is_cancelled() {
                job.send_last(told(Severity::Info, STOPPED, &at));
                return;
            }
            let gone =
                made.files.iter().find_map(|(path, _)| Some((path.as_path(), check_folder(path).err()?)));
            let written = gone.map_or_else(|| write_all_whole(&made.files), Err);
            if let Err((path, error)) = written {
                job.send(told(Severity::Error, &files::unwritten(&error), &path.display().to_string()));
                return;
            }
            for sentence in &made.missing {
                job.send(told(Severity::Warning, &format!("{sentence}."), &at));
            }
            let beside = made.files.iter().rev().nth(1).and_then(|(path, _)| path.file_name());
            let message = match beside {
                Some(name) => format!("The file is written, and beside it {}.", name.to_string_lossy()),
                None => "The file is written.".to_owned(),
            };
            job.send(told(Severity::Info, &message, &at));
            // It may be one more of the workspace's.
            job.send(WorkspaceAction::Look.into());
        });
    }

    /// Puts a drawing on the clipboard.
    pub(super) fn copy_drawing(&mut self, taken: Arc<Taken>, target: Target, options: PictureOptions) {
        let name = taken.file_name(target);
        self.jobs.start("copying a drawing", None, move |job| {
            let Some(taken) = settled(job, taken) else {
                job.send_last(told(Severity::Info, "Nothing was copied: it was stopped.", &name));
                return;
            };
            for action in copied(&taken, target, options, &name) {
                job.send(action);
            }
        });
    }
}

const STOPPED: &str = "Nothing was written: it was stopped.";

/// A drawing with all that is to be known of it; none where somebody stopped it.
fn settled(job: &Job<Action>, mut taken: Arc<Taken>) -> Option<Arc<Taken>> {
    job.progress(0, STEPS);
    if taken.is_unjudged {
        Arc::make_mut(&mut taken).settle();
    }
    job.progress(1, STEPS);
    (!job.is_cancelled()).then_some(taken)
}

fn told(severity: Severity, message: &str, at: &str) -> Action {
    Action::Notice(Problem { severity, message: message.to_owned(), at: at.to_owned() })
}

/// What puts it on the clipboard, and what is said of it.
fn copied(taken: &Arc<Taken>, target: Target, options: PictureOptions, name: &str) -> Vec<Action> {
    if target == Target::Picture(PictureForm::Png) {
        let image = match Sheet::new(Arc::clone(taken), options).image() {
            Ok(image) => image,
            Err(error) => {
                return vec![told(Severity::Error, &format!("Nothing was copied: {error}."), name)];
            }
        };
        let size = [image.width as usize, image.height as usize];
        let message = format!("The picture was handed to the clipboard, {} by {} pixels.", size[0], size[1]);
        let rgba = Arc::from(image.rgba);
        return vec![Action::Ask(Ask::CopyPixels { size, rgba }), told(Severity::Info, &message, name)];
    }
    let (warnings, text): (Vec<String>, String) = match target {
        Target::Picture(form) => match Sheet::new(Arc::clone(taken), options).print(form) {
            Ok(printed) => (Vec::new(), String::from_utf8(printed.bytes).unwrap_or_default()),
            Err(error) => {
                return vec![told(Severity::Error, &format!("Nothing was copied: {error}."), name)];
            }
        },
        Target::Text(format) => {
            let exported = taken.export().text(format);
            (exported.warnings().collect(), exported.text)
        }
    };
    let warnings = warnings.iter().map(|sentence| told(Severity::Warning, &format!("{sentence}."), name));
    let boxes = counted(taken.drawing.nodes.len(), "box", "boxes");
    let message = format!("{boxes} and what flows between them are on the clipboard as {}.", target.title());
    let done = told(Severity::Info, &message, name);
    let warnings: Vec<Action> = warnings.collect();
    warnings.into_iter().chain([Action::Ask(Ask::Copy(text)), done]).collect()
}

//! Exports what a window shows: asks where to, draws it once more beside the window, writes it.

use std::path::PathBuf;

use super::export::{Form, write};
use super::places::Place;
use super::{App, Wish, files};
use crate::action::{Action, Actions, Ask, Extent, WindowId};
use crate::architecture::export::{PictureForm, Target};
use crate::problem::{Problem, Severity};
use crate::store::whole_file::write_chosen;
use crate::ui;
use crate::ui::export::headless::Headless;
use crate::ui::view_state::Overlay;

/// Passes after which a view is taken as it is.
pub(super) const MOST_PASSES: usize = 6;

impl App {
    /// Asks where to export what a window shows.
    pub(super) fn pick_export(&mut self, window: WindowId, extent: Extent, form: PictureForm) {
        let name = format!(
            "{}.{}",
            self.state.file_stem(self.state.location(window)),
            Target::Picture(form).ending()
        );
        let Some(place) = self.place(|| PathBuf::from(&name)) else { return };
        if let Place::Answered(path) = place {
            self.wish_for_export(window, path, extent);
            return;
        }
        self.jobs.start("choosing where to export", None, move |job| {
            let answer = files::pick_export(&name, form).map_or_else(
                || {
                    let message =
                        "Nothing was exported: no place was chosen. If no dialog appeared, this desktop \
                                   has none; install xdg-desktop-portal or zenity."
                            .to_owned();
                    Action::Notice(Problem { severity: Severity::Info, message, at: name.clone() })
                },
                |path| Action::Ask(Ask::Export(window, path, extent)),
            );
            job.send(answer);
        });
    }

    /// Draws a window once more into `view`, a twin of it, without what floats over it, and writes that in the
    /// background.
    pub(super) fn export(
        &mut self,
        mut view: Headless,
        window: WindowId,
        (form, path): (Form, PathBuf),
        extent: Extent,
    ) {
        let (title, at) = (self.state.full_title(self.state.location(window)), path.display().to_string());
        if extent == Extent::Whole {
            if let Err(error) = self.draw_whole(&mut view, window, form == Form::Png) {
                self.complain(error.to_string(), at);
                return;
            }
        } else {
            let mut remembered = self.windows.memory(window).cloned().unwrap_or_default();
            remembered.overlay = Overlay::Bare;
            // What a view asks for while it is drawn for a file is asked for by the window too.
            let mut unheard = Actions::default();
            view.settle(MOST_PASSES, |ui| {
                let (memory, actions) = (&mut remembered, &mut unheard);
                ui::window_ui(ui, &mut ui::View { window, state: &self.state, memory, actions });
            });
        }
        self.jobs.start(format!("exporting {at}"), None, move |job| {
            let answer = match write(&view, &title, form, &path, write_chosen) {
                Ok(Some(missing)) => missing,
                Ok(None) => {
                    let message = "This view was exported.".to_owned();
                    Problem { severity: Severity::Info, message, at }
                }
                Err(error) => Problem::error(error.to_string(), at),
            };
            job.send(Action::Notice(answer));
        });
    }

    /// Wishes for a twin of a window to be written to a file, if its name says how. Nothing is written for a window
    /// that was closed while a place was chosen.
    pub(super) fn wish_for_export(&mut self, window: WindowId, path: PathBuf, extent: Extent) {
        if !self.state.has_window(window) {
            return;
        }
        if let Some(form) = Form::of_name(&path) {
            self.wishes.push(Wish::Export(window, form, path, extent));
        } else {
            let sentence = "Nothing was exported: a view is written as PNG, SVG or PDF, and the name's ending says \
                            which. Choose a name that ends in .png, .svg or .pdf.";
            self.complain(sentence.to_owned(), path.display().to_string());
        }
    }
}

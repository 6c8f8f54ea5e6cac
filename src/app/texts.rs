//! Writes texts that are no documents: exports and records. A place is asked for, the rest happens in the background.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::watch::Way;
use super::{App, files};
use crate::action::{Action, SourceId, WorkspaceAction};
use crate::jobs::Job;
use crate::problem::{Problem, Severity};
use crate::runs::{Curve, NamedCurve, RunSet, Table, csv_lines, point_lines};
use crate::store::whole_file::write_chosen;
use crate::store::workspace;

impl App {
    /// Asks where a text is to be kept, and writes it there.
    pub(super) fn save_text(&mut self, name: String, numbered_in: Option<&'static str>, text: String) {
        let folder = self.home_folder();
        let proposed = move || match numbered_in {
            Some(numbered_in) => workspace::numbered(folder.as_deref(), numbered_in, &name),
            None => PathBuf::from(&name),
        };
        self.save_made(proposed, move |_| Some(text));
    }

    /// Asks where a table of runs is to be kept, and writes it there.
    pub(super) fn save_runs(&mut self, name: String, runs: Arc<RunSet>, table: Arc<Table>) {
        self.save_made(
            move || PathBuf::from(&name),
            move |job| lines_text(job, csv_lines(&runs, &table.rows), table.rows.len()),
        );
    }

    /// Asks where the points of series are to be kept, and writes them there.
    pub(super) fn save_points(&mut self, name: String, source: SourceId, series: Vec<NamedCurve>) {
        let points = series.iter().map(|one| one.curve.points()).sum();
        let way = self.way_to(source);
        self.save_made(
            move || PathBuf::from(&name),
            move |job| {
                let whole = match way {
                    Some(way) => all_points(job, &way, series),
                    None => Ok(series),
                };
                match whole {
                    Ok(series) => lines_text(job, point_lines(&series), points),
                    Err(problem) => {
                        job.send_last(Action::Notice(problem));
                        None
                    }
                }
            },
        );
    }

    /// Asks where a text is to be kept that is made once there is a place, in the background; none where it was
    /// stopped.
    fn save_made(
        &mut self,
        proposed: impl Fn() -> PathBuf + Send + 'static,
        made: impl FnOnce(&Job<Action>) -> Option<String> + Send + 'static,
    ) {
        let Some(place) = self.place(&proposed) else { return };
        self.jobs.start("choosing where to save", None, move |job| {
            let Some(path) = place.or_else(|| files::pick_text(&proposed())) else {
                job.send(told(files::NO_PLACE.to_owned(), &proposed()));
                return;
            };
            let Some(text) = made(job) else {
                job.send_last(told("Nothing was saved: it was stopped.".to_owned(), &path));
                return;
            };
            job.send(match write_chosen(&path, text.as_bytes()) {
                Ok(()) => told("The file is written.".to_owned(), &path),
                Err(error) => {
                    Action::Notice(Problem::error(files::unwritten(&error), path.display().to_string()))
                }
            });
            // It may be one more of the workspace's.
            job.send(WorkspaceAction::Look.into());
        });
    }
}

/// The same series with all their points, those that are thinned being read again.
fn all_points(job: &Job<Action>, way: &Way, mut series: Vec<NamedCurve>) -> Result<Vec<NamedCurve>, Problem> {
    let thinned = series.iter_mut().filter(|one| one.curve.is_thinned());
    let mut reader = None;
    for one in thinned {
        let told = |error: String| Problem::error(error, format!("run {}, metric {}", one.run, one.metric));
        let own = match &mut reader {
            Some((reader, _)) => reader,
            None => &mut reader.insert(way.open().map_err(|failure| told(failure.sentence))?).0,
        };
        let told = |error: String| Problem::error(error, format!("run {}, metric {}", one.run, one.metric));
        let read = own.series_of(&one.run, &[&one.metric], &|| !job.is_cancelled());
        let (mut all, problems) = read.map_err(|error| told(error.to_string()))?;
        for problem in problems {
            job.send(Action::Notice(problem));
        }
        one.curve = Arc::new(Curve::new(all.pop().unwrap_or_default().0));
    }
    if let Some((mut reader, _)) = reader {
        reader.rest();
        reader.settle();
    }
    Ok(series)
}

/// All lines, of which there are about `count`, unless somebody stops it.
fn lines_text(job: &Job<Action>, lines: impl Iterator<Item = String>, count: usize) -> Option<String> {
    /// So seldom that telling costs nothing.
    const TOLD_EVERY: usize = 500;
    let mut text = String::new();
    for (at, line) in lines.enumerate() {
        if at % TOLD_EVERY == 0 {
            if job.is_cancelled() {
                return None;
            }
            job.progress(at as u64, count as u64);
        }
        text.push_str(&line);
    }
    Some(text)
}

fn told(message: String, at: &Path) -> Action {
    Action::Notice(Problem { severity: Severity::Info, message, at: at.display().to_string() })
}

//! Taking away what is shown of a store: the table of runs, and the points of the series that are drawn.

use std::sync::Arc;

use crate::action::{Action, Ask, SeriesKey, SourceId};
use crate::address::{Location, StoreLocation, TextForm};
use crate::problem::{Problem, Severity};
use crate::runs::NamedCurve;
use crate::shown::counted;
use crate::state::Source;
use crate::ui::View;

/// Asks for a place for the table as it is shown, or for the points of what is drawn.
pub(in crate::ui) fn save(view: &mut View<'_>, form: TextForm) {
    let Location::Store(store) = view.location() else { return };
    let Some((id, source)) = view.focused_source() else { return };
    let name = format!("{}.{}", view.state.text_stem(view.location(), form), form.ending());
    if form == TextForm::Points {
        save_points(view, store, (id, source), name);
    } else {
        save_runs(view, id, name);
    }
}

fn save_runs(view: &mut View<'_>, id: SourceId, name: String) {
    if let Some((runs, table)) = view.here().runs.of(id) {
        view.ask(Ask::SaveRuns { name, runs: Arc::clone(runs), table: Arc::clone(table) });
    } else {
        let message = "Nothing was saved: the runs have not been read.".to_owned();
        view.actions.push(Action::Notice(Problem { severity: Severity::Info, message, at: name }));
    }
}

/// Metric after metric as the charts stand, and the runs of each as they were ticked. What has not been read is told.
fn save_points(view: &mut View<'_>, store: &StoreLocation, (id, source): (SourceId, &Source), name: String) {
    let Some(runs) = &source.runs else { return save_nothing(view, name) };
    let (mut series, mut missing) = (Vec::new(), 0);
    for metric in &store.metrics {
        for run in store.ticked.iter().filter(|run| runs.has_metric(run, metric)) {
            let key = SeriesKey { run: run.clone(), metric: metric.clone() };
            let curve = source.series.get(&key).and_then(|drawn| drawn.curve.clone());
            match (runs.run(run), curve) {
                (Some(run), Some(curve)) => {
                    let (run, name) = (Arc::clone(&run.id), Arc::clone(&run.name));
                    series.push(NamedCurve { run, name, metric: key.metric, curve });
                }
                _ => missing += 1,
            }
        }
    }
    if series.is_empty() {
        return save_nothing(view, name);
    }
    if missing > 0 {
        let message = format!(
            "{} not in the file, since nobody could read it yet. Save again when the charts are whole.",
            counted(missing, "drawn series is", "drawn series are")
        );
        view.actions.push(Action::Notice(Problem::warning(message, &name)));
    }
    view.ask(Ask::SavePoints { name, source: id, series });
}

fn save_nothing(view: &mut View<'_>, name: String) {
    let message = "Nothing was saved: none of the drawn series has been read.".to_owned();
    view.actions.push(Action::Notice(Problem { severity: Severity::Info, message, at: name }));
}

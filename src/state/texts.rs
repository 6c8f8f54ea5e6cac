//! What a window shows as a text to take away: made when somebody asks for it, never in a frame.

mod rows;
mod title;

use super::State;
use crate::action::WindowId;
use crate::address::{Location, StoreLocation, StoreView, TextForm};
use crate::architecture::impact_report::Report;
use crate::catalog::compare::{Comparison, csv, markdown, record};
use crate::catalog::export::tool;
use crate::runs;

/// A text and what its file may be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The name with its ending.
    pub name: String,
    /// The folder of the workspace in which it gets the next number; none where it gets no number.
    pub numbered_in: Option<&'static str>,
    /// All of it.
    pub text: String,
}

impl State {
    /// What a window shows in one of the forms that fit it ([`Location::text_forms`]); none while that is not read, not
    /// found, or, as the runs of a store, made by a job.
    pub fn text(&self, window: WindowId, form: TextForm) -> Option<Text> {
        let location = self.location(window);
        let text = match (location, form) {
            (Location::Store(store), _) if store.view == StoreView::Compare => {
                self.compared_runs(window, store, form)
            }
            (Location::Store(_), _) | (_, TextForm::Points) => None,
            (Location::Compare(_), _) => {
                let comparison = self.window(window).comparison.as_ref();
                comparison.filter(|found| found.is_enough()).map(|found| comparison_text(found, form))
            }
            (_, TextForm::Record) => None,
            (_, TextForm::Csv) => self.rows(window).map(|rows| rows.csv()),
            (_, TextForm::Markdown) => {
                self.page(window).or_else(|| self.rows(window).map(|rows| rows.markdown()))
            }
        };
        let numbered_in = (form == TextForm::Record).then_some("decisions");
        let name = format!("{}.{}", self.text_stem(location, form), form.ending());
        text.map(|text| Text { name, numbered_in, text })
    }

    /// The ticked runs side by side, as a window holds them against each other.
    fn compared_runs(&self, window: WindowId, store: &StoreLocation, form: TextForm) -> Option<String> {
        let (_, source) = self.focused_source(window)?;
        let compare = &store.compare;
        let found = runs::compare::Comparison::of(
            source.runs.as_ref()?,
            &store.ticked,
            compare.baseline.as_deref(),
            &compare.directions(),
        );
        found.is_enough().then(|| match form {
            TextForm::Markdown | TextForm::Record => found.markdown(),
            TextForm::Csv | TextForm::Points => found.rows().csv(),
        })
    }

    /// What a window shows as a page that says more than its rows, where there is one.
    fn page(&self, window: WindowId) -> Option<String> {
        match self.location(window) {
            Location::Tool(id) => {
                let entry = self.catalog.get(id)?;
                Some(tool::page(&self.catalog, entry, self.today))
            }
            Location::Drawing(_) => self.impact_report(window, |report| report.markdown()),
            _ => None,
        }
    }

    /// Reports what a window asks about a change, if it does and the drawing has that.
    fn impact_report<T>(&self, window: WindowId, take: impl FnOnce(&Report<'_>) -> T) -> Option<T> {
        let (_, drawing) = self.focused_drawing(window)?;
        let asked = self.window(window).what_if()?;
        Some(take(&Report {
            drawing: drawing.architecture,
            is_reported: drawing.is_reported,
            change: asked.change(),
            clause: &asked.clause,
            impact: asked.shown(),
            swap: asked.swap.as_ref(),
        }))
    }
}

fn comparison_text(comparison: &Comparison, form: TextForm) -> String {
    match form {
        TextForm::Record => record::madr(comparison),
        TextForm::Markdown => markdown::page(comparison),
        TextForm::Csv | TextForm::Points => csv::table(comparison),
    }
}

//! In which forms what a location shows can be taken away as a text.

use super::{DrawingLocation, DrawingPanel, Location, StoreLocation, StoreView};

/// A form of a text file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextForm {
    /// The rows of the table, list or chart, for a spreadsheet.
    Csv,
    /// The same for a page: a table, or all of it in words.
    Markdown,
    /// A decision record in the shape of MADR.
    Record,
    /// The points of the drawn series, for a spreadsheet.
    Points,
}

impl TextForm {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Csv, Self::Markdown, Self::Record, Self::Points];

    /// What it is called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Markdown => "Markdown",
            Self::Record => "Decision record",
            Self::Points => "Points as CSV",
        }
    }

    /// What it is good for, in a few words without a full stop.
    pub const fn purpose(self) -> &'static str {
        match self {
            Self::Csv => "A row for each line, for spreadsheets and scripts",
            Self::Markdown => "For pages, wikis and pull requests",
            Self::Record => "What was compared, to fill in what was chosen",
            Self::Points => "Every point of the drawn series, in every digit",
        }
    }

    /// The ending of a file's name, without the dot.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv | Self::Points => "csv",
            Self::Markdown | Self::Record => "md",
        }
    }
}

const NONE: &[TextForm] = &[];
const ROWS: &[TextForm] = &[TextForm::Csv, TextForm::Markdown];

impl Location {
    /// The forms that fit what is shown, in the order of [`TextForm::ALL`]; none where nothing is a table, list or chart.
    ///
    /// A drawing as such is taken away in forms of its own; these here are those of what stands beside it.
    pub fn text_forms(&self) -> &'static [TextForm] {
        match self {
            Self::Home(_)
            | Self::Landscape(_)
            | Self::Tool(_)
            | Self::Category(_)
            | Self::Coverage
            | Self::Drawings(_)
            | Self::Consensus(_)
            | Self::Stores
            | Self::Practice { .. } => ROWS,
            Self::Compare(tools) if tools.len() > 1 => &[TextForm::Csv, TextForm::Markdown, TextForm::Record],
            Self::Graph(graph) if !graph.wish.centres.is_empty() => ROWS,
            Self::Drawing(drawing) if drawing.has_rows() => ROWS,
            Self::Store(store) if store.view == StoreView::Compare => {
                if store.ticked.len() > 1 {
                    ROWS
                } else {
                    NONE
                }
            }
            // A table of runs is made by a job, line after line, and as wide as no page is.
            Self::Store(store) if store.draws() => &[TextForm::Csv, TextForm::Points],
            Self::Store(_) => &[TextForm::Csv],
            Self::Compare(_)
            | Self::Graph(_)
            | Self::Drawing(_)
            | Self::Data
            | Self::Present
            | Self::Settings => NONE,
        }
    }
}

impl DrawingLocation {
    /// Whether what stands beside the drawing are rows.
    fn has_rows(&self) -> bool {
        match self.panel {
            DrawingPanel::Selection => false,
            DrawingPanel::Findings | DrawingPanel::Maturity | DrawingPanel::Tools => true,
            DrawingPanel::Impact => {
                self.swap.is_some() || self.artifact.is_some() || !self.selected.is_empty()
            }
            DrawingPanel::Compare => self.against.is_some(),
        }
    }
}

impl StoreLocation {
    /// Whether series are drawn.
    fn draws(&self) -> bool {
        !self.ticked.is_empty() && !self.metrics.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_offers_what_fits_it() {
        for (address, forms) in [
            ("atlas:home", "csv md"),
            ("atlas:settings", "-"),
            ("atlas:present", "-"),
            ("atlas:data", "-"),
            ("atlas:landscape/board", "csv md"),
            ("atlas:landscape/coverage", "csv md"),
            ("atlas:landscape/tool?id=mlflow", "csv md"),
            ("atlas:landscape/compare?tools=mlflow", "-"),
            ("atlas:landscape/compare?tools=mlflow,aim", "csv md md"),
            ("atlas:landscape/graph", "-"),
            ("atlas:landscape/graph?tool=feast", "csv md"),
            ("atlas:studio", "csv md"),
            ("atlas:studio/drawing?file=template:rag-ops", "-"),
            ("atlas:studio/drawing?file=template:rag-ops&panel=findings", "csv md"),
            ("atlas:studio/drawing?file=template:rag-ops&panel=impact", "-"),
            ("atlas:studio/drawing?file=template:rag-ops&panel=impact&artifact=model", "csv md"),
            ("atlas:studio/drawing?file=template:rag-ops&panel=compare", "-"),
            ("atlas:runs/store?source=demo:", "csv"),
            ("atlas:runs/store?source=demo:&run=a", "csv"),
            ("atlas:runs/store?source=demo:&run=a&metric=loss", "csv csv"),
            ("atlas:runs/compare?source=demo:&run=a", "-"),
            ("atlas:runs/compare?source=demo:&run=a&run=b", "csv md"),
            ("atlas:practice/issues", "csv md"),
        ] {
            let location: Location = address.parse().unwrap();
            let endings: Vec<_> = location.text_forms().iter().map(|form| form.ending()).collect();
            let expected: Vec<_> = forms.split(' ').filter(|form| *form != "-").collect();
            assert_eq!(endings, expected, "{address}");
            assert!(location.text_forms().is_sorted(), "{address}");
        }
    }
}

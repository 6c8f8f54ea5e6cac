//! The numbers of surveys as rows.

use super::{Practice, Statistic};
use crate::rows::Rows;

impl Practice {
    /// A row for each figure of the statistic with this id, or of all; one without a figure where a source shows none
    /// that can be read. What is not told is empty; several sources stand in one cell, a blank between them.
    pub fn numbers(&self, only: Option<&str>) -> Rows {
        let head = [
            "number",
            "year",
            "figure",
            "percent",
            "prediction",
            "by",
            "answers",
            "sample",
            "provenance",
            "note",
            "source",
        ];
        let one = only.and_then(|id| self.statistic(id));
        let shown = match one {
            Some(one) => std::slice::from_ref(one),
            None => &self.statistics,
        };
        Rows { head: head.map(str::to_owned).to_vec(), rows: shown.iter().flat_map(rows_of).collect() }
    }
}

fn rows_of(of: &Statistic) -> Vec<Vec<String>> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let year = of.year.map(|year| year.to_string()).unwrap_or_default();
    let answers = of.sample_size.map(|size| size.to_string()).unwrap_or_default();
    let urls: Vec<&str> = of.sources.iter().filter_map(|source| source.url.as_deref()).collect();
    let row = |figure: [String; 3]| {
        let before = [of.title.clone(), year.clone()];
        let about = [of.source.clone(), answers.clone(), text(&of.sample), of.provenance.title().to_owned()];
        before.into_iter().chain(figure).chain(about).chain([text(&of.note), urls.join(" ")]).collect()
    };
    if of.values.is_empty() {
        return vec![row(Default::default())];
    }
    let word = |prediction| if prediction { "yes" } else { "no" };
    let figures = of.values.iter();
    figures
        .map(|value| row([value.label.clone(), value.percent.to_string(), word(value.prediction).to_owned()]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::practice::{Provenance, Source, Value};

    fn practice() -> Practice {
        let source = |url: Option<&str>| Source { url: url.map(str::to_owned), ..Source::default() };
        let told = Statistic {
            id: "told".to_owned(),
            year: Some(2021),
            title: "What stands in the way, by share".to_owned(),
            source: "A survey".to_owned(),
            sample_size: Some(2360),
            sample: Some("=everybody".to_owned()),
            provenance: Provenance::Secondary,
            note: Some("Says \"often\".".to_owned()),
            values: vec![
                Value { label: "Skills".to_owned(), percent: 42.5, prediction: false },
                Value { label: "Cost".to_owned(), percent: 30.0, prediction: true },
            ],
            sources: vec![source(Some("https://a.dev")), source(None), source(Some("https://b.dev"))],
        };
        let bare = Statistic { id: "bare".to_owned(), title: "Bare".to_owned(), ..Statistic::default() };
        Practice { statistics: vec![told, bare], ..Practice::default() }
    }

    const HEAD: &str = "number,year,figure,percent,prediction,by,answers,sample,provenance,note,source\n";

    #[test]
    fn a_figure_is_a_row_and_a_number_without_one_is_not_lost() {
        let (before, after) = (
            "\"What stands in the way, by share\",2021",
            "A survey,2360,'=everybody,read in a report of the original,\"Says \"\"often\"\".\",\
             https://a.dev https://b.dev",
        );
        let rows = practice().numbers(None);
        assert_eq!(
            rows.csv(),
            format!(
                "{HEAD}{before},Skills,42.5,no,{after}\n{before},Cost,30,yes,{after}\n\
                 Bare,,,,,,,,not verified,,\n"
            )
        );
    }

    #[test]
    fn one_number_alone_and_all_where_there_is_no_such_number() {
        let practice = practice();
        let bare = practice.numbers(Some("bare"));
        assert_eq!((bare.rows.len(), bare.rows[0][0].as_str()), (1, "Bare"));
        assert_eq!(practice.numbers(Some("nosuch")), practice.numbers(None));
    }
}

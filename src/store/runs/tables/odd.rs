//! What could not be read of a table: counted by kind, with the first place of each.

use std::collections::BTreeMap;
use std::path::Path;

use crate::problem::Problem;
use crate::shown::{clipped, counted, one_line};

/// What can be odd in a table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Odd {
    /// A row has more or fewer fields than the head.
    Fields,
    /// A line is no JSON object.
    NoObject,
    /// A row or line is longer than one may be, or has too many columns.
    TooLong,
    /// Reading ended, since so many rows had no end.
    Stopped,
    /// A row does not say which run it is of.
    NoRun,
    /// The step of a row is no whole number.
    Step,
    /// The time of a row is none.
    Time,
    /// A cell of this metric is no number.
    NoNumber(String),
    /// The same, and it would be one if its comma were a point.
    DecimalComma(String),
    /// A parameter says another thing than before in the same run.
    Changes(String),
    /// Lists within JSON.
    Lists,
    /// Keys of JSON that are longer than any name.
    LongKeys,
    /// Keys beyond those that are held.
    ManyKeys,
    /// The last row has no end yet.
    Waiting,
    /// The parameters beside it cannot be read.
    Settings,
    /// A column that the mapping names was in no line.
    Never(String),
}

#[derive(Clone, Debug)]
struct Seen {
    count: usize,
    line: u64,
    /// The first of them.
    example: String,
}

/// Everything odd of one table.
#[derive(Clone, Debug, Default)]
pub(super) struct Oddities(BTreeMap<Odd, Seen>);

impl Oddities {
    /// Kinds are bounded: a hostile table could have one for each of its columns.
    const MOST: usize = 200;

    /// Counts one more.
    pub fn add(&mut self, odd: Odd, line: u64, example: &str) {
        self.add_many(odd, 1, line, example);
    }

    pub fn add_many(&mut self, odd: Odd, count: usize, line: u64, example: &str) {
        if count == 0 {
            return;
        }
        if let Some(known) = self.0.get_mut(&odd) {
            known.count += count;
        } else if self.0.len() < Self::MOST {
            let example = one_line(&clipped(example)).chars().take(60).collect();
            self.0.insert(odd, Seen { count, line, example });
        }
    }

    /// It is so no longer.
    pub fn take_back(&mut self, odd: &Odd) {
        self.0.remove(odd);
    }

    /// A sentence each, with the file and the first line.
    pub fn problems(&self, path: &Path) -> Vec<Problem> {
        let problem = |(odd, seen): (&Odd, &Seen)| {
            Problem::warning(sentence(odd, seen), format!("{}:{}", path.display(), seen.line))
        };
        self.0.iter().map(problem).collect()
    }
}

fn sentence(odd: &Odd, Seen { count, example, .. }: &Seen) -> String {
    let rows = || counted(*count, "row", "rows");
    let are = if *count == 1 { "is" } else { "are" };
    let cells = || counted(*count, "cell", "cells");
    match odd {
        Odd::Fields => {
            format!("{} {are} left out, with more or fewer fields than the head ({example})", rows())
        }
        Odd::NoObject => {
            format!("{} {are} left out, being no JSON object: {example}", counted(*count, "line", "lines"))
        }
        Odd::TooLong => format!(
            "{} {are} left out, being longer than 16 MB or wider than 20,000 columns; a quote that is not closed may \
             be the reason",
            rows()
        ),
        Odd::Stopped => "Reading ended here: too many rows before were without an end".to_owned(),
        Odd::NoRun => format!(
            "{} without a run: what {} stands in a run of the table’s own, “{example}”",
            rows(),
            if *count == 1 { "it says" } else { "they say" }
        ),
        Odd::Step if example.is_empty() => format!("{} {are} left out, having no step", rows()),
        Odd::Step => format!("{} {are} left out, since the step is no whole number: “{example}”", rows()),
        Odd::Time => format!("The time of {} is none and left out: “{example}”", rows()),
        Odd::NoNumber(metric) => {
            format!("{} of {} {are} no number and left out: “{example}”", cells(), one_line(&clipped(metric)))
        }
        Odd::DecimalComma(metric) => format!(
            "{} of {} {are} left out, written with a comma (“{example}”). Write numbers with a point, and thousands \
             without a mark",
            cells(),
            one_line(&clipped(metric))
        ),
        Odd::Changes(param) => format!(
            "{} changes within a run (first to “{example}”), so it is no parameter; the last value is shown",
            one_line(&clipped(param))
        ),
        Odd::Lists => format!("{} {are} left out: a list is no value", counted(*count, "list", "lists")),
        Odd::LongKeys => {
            format!("{} {are} left out, being longer than a name", counted(*count, "key", "keys"))
        }
        Odd::ManyKeys => {
            format!(
                "{} {are} left out: 20,000 names are held",
                counted(*count, "further value", "further values")
            )
        }
        Odd::Waiting => format!("The last row has no end yet, so it is not read{example}"),
        Odd::Settings => format!("The parameters in hparams.yaml beside it cannot be read: {example}"),
        Odd::Never(name) => format!("No line has a key called {}", one_line(&clipped(name))),
    }
}

//! Which column of a table means what: the run, the step, the time, metrics and parameters.

mod draft;
mod guess;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::shown::{clipped, listed, one_line};

pub use draft::{Draft, Use};
pub use guess::is_step_name;

/// How a table is read as runs. Columns are named as the table's head names them; those of JSON lines are keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// Tells one run from another; none where the whole file is one run.
    pub run: Option<String>,
    /// What people call the run; none where that is its id.
    pub name: Option<String>,
    /// The step; none where the rows of a run are counted from 0 on.
    pub step: Option<String>,
    /// When a value was logged; none where nobody knows.
    pub time: Option<String>,
    /// The values.
    pub values: Values,
    /// What is said once of each run, as text.
    pub params: Vec<String>,
}

/// Where the values of a table are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Values {
    /// Each metric has a column of its own.
    Columns {
        /// Those.
        metrics: Vec<String>,
        /// Whether every further column of numbers that shows up is a metric too.
        others: bool,
    },
    /// Each row has one value, and the name of its metric beside it.
    Named {
        /// The column with the name.
        metric: String,
        /// The column with the value.
        value: String,
    },
}

/// Why a mapping cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// It is no mapping at all.
    #[error(
        "the mapping cannot be read at “{0}”; it is written as run=COLUMN,step=COLUMN,time=COLUMN,metrics=A|B,params=C, or with metric=COLUMN,value=COLUMN in the place of metrics"
    )]
    Text(String),
    /// It says twice what a role is.
    #[error("the mapping says twice what “{0}” is")]
    Twice(String),
    /// It tells no values.
    #[error("the mapping names no metrics: it needs metrics=A|B, or metric=COLUMN and value=COLUMN")]
    NoMetrics,
    /// It tells both forms of values.
    #[error(
        "the mapping has both metrics=… and metric=…,value=…; a table has its values in one of these ways"
    )]
    BothForms,
    /// The table does not have a column.
    #[error("there is no column called “{name}”; the columns are {columns}")]
    NoColumn {
        /// The one.
        name: String,
        /// Those there are.
        columns: String,
    },
    /// A column cannot be two things.
    #[error("the column “{0}” is given two roles")]
    TwoRoles(String),
}

/// A table's mapping with what there was to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapped {
    /// How the table was read.
    pub mapping: Mapping,
    /// The table's columns, in its order.
    pub columns: Vec<String>,
    /// Why it was guessed so, a sentence each; none where somebody chose it.
    pub reasons: Vec<String>,
    /// Whether somebody chose it.
    pub is_chosen: bool,
    /// It in a line for people: `Read as: run = file · step = epoch · time: none · metrics: loss, acc`.
    pub shown: String,
}

impl Mapped {
    /// With its line.
    pub fn new(mapping: Mapping, columns: Vec<String>, reasons: Vec<String>, is_chosen: bool) -> Self {
        let shown = mapping.shown();
        Self { mapping, columns, reasons, is_chosen, shown }
    }

    /// Named columns of which nothing is read.
    pub fn left_out(&self) -> Vec<&str> {
        let read: BTreeSet<&str> = self.mapping.roles().into_iter().map(|(_, name)| name).collect();
        let columns = self.columns.iter().map(String::as_str);
        columns.filter(|name| !name.is_empty() && !read.contains(name)).collect()
    }
}

impl Mapping {
    /// In a line for people.
    fn shown(&self) -> String {
        const MOST: usize = 6;
        let name = |name: &str| {
            if name.is_empty() { "the column without a name".to_owned() } else { name.to_owned() }
        };
        let names = |all: &[String]| {
            let first: Vec<String> = all.iter().take(MOST + 2).map(|one| name(one)).collect();
            let mut first: Vec<&str> = first.iter().map(String::as_str).collect();
            first.resize(all.len(), "");
            listed(&first, MOST)
        };
        let one = |column: &Option<String>, nothing: &str| {
            column.as_deref().map_or_else(|| nothing.to_owned(), name)
        };
        let mut parts = vec![format!("run = {}", one(&self.run, "file"))];
        parts.extend(self.name.as_deref().map(|column| format!("its name = {}", name(column))));
        parts.push(format!("step = {}", one(&self.step, "number of the row")));
        parts.push(
            self.time
                .as_deref()
                .map_or_else(|| "time: none".to_owned(), |column| format!("time = {}", name(column))),
        );
        match &self.values {
            Values::Columns { metrics, others: false } => parts.push(format!("metrics: {}", names(metrics))),
            Values::Columns { metrics, others: true } if metrics.is_empty() => {
                parts.push("metrics: all numbers".to_owned());
            }
            Values::Columns { metrics, others: true } => {
                parts.push(format!("metrics: {}, and others that show up", names(metrics)));
            }
            Values::Named { metric, value } => {
                parts.push(format!(
                    "metrics: named in {}, with their values in {}",
                    name(metric),
                    name(value)
                ));
            }
        }
        if !self.params.is_empty() {
            parts.push(format!("parameters: {}", names(&self.params)));
        }
        one_line(&format!("Read as: {}", parts.join(" · "))).into_owned()
    }

    /// Every column it names with its role, in the order of the text form; values last but parameters.
    pub fn roles(&self) -> Vec<(&'static str, &str)> {
        let single = [("run", &self.run), ("name", &self.name), ("step", &self.step), ("time", &self.time)];
        let mut roles: Vec<(&'static str, &str)> =
            single.into_iter().filter_map(|(role, name)| Some((role, name.as_deref()?))).collect();
        match &self.values {
            Values::Columns { metrics, .. } => {
                roles.extend(metrics.iter().map(|name| ("metrics", name.as_str())));
            }
            Values::Named { metric, value } => roles.extend([("metric", metric.as_str()), ("value", value)]),
        }
        roles.extend(self.params.iter().map(|name| ("params", name.as_str())));
        roles
    }

    /// Whether a table with these columns can be read so. Where columns may still show up, as keys do in JSON lines,
    /// metrics and parameters need not be there yet.
    pub fn check(&self, columns: &[String], may_grow: bool) -> Result<(), MappingError> {
        let known: BTreeSet<&str> = columns.iter().map(String::as_str).collect();
        let mut given: BTreeMap<&str, &str> = BTreeMap::new();
        for (role, name) in self.roles() {
            let may_come = may_grow && matches!(role, "metrics" | "params");
            if !known.contains(name) && !may_come {
                let shown: Vec<String> = columns.iter().take(14).map(|column| text::quoted(column)).collect();
                let mut shown: Vec<&str> = shown.iter().map(String::as_str).collect();
                shown.resize(columns.len(), "");
                let columns = one_line(&listed(&shown, 12)).into_owned();
                return Err(MappingError::NoColumn { name: told(name), columns });
            }
            // A name may well be the id as well.
            let before = given.insert(name, role);
            if before.is_some_and(|before| (before, role) != ("run", "name")) {
                return Err(MappingError::TwoRoles(told(name)));
            }
        }
        Ok(())
    }
}

/// A name as sentences have it.
fn told(name: &str) -> String {
    one_line(&clipped(name)).into_owned()
}

impl fmt::Display for Mapping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        text::write(self, f)
    }
}

impl std::str::FromStr for Mapping {
    type Err = MappingError;

    fn from_str(text: &str) -> Result<Self, MappingError> {
        text::parse(text)
    }
}

//! The points of a table as they are held: a row's step and time once, and twelve bytes for each value.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::MOST_COLUMNS;
use super::json::Cell;
use super::odd::{Odd, Oddities};
use crate::runs::mapping::Values;
use crate::runs::{Key, Keys, Mapping, Point, Run, Status, cell};

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Nothing,
    Run,
    Name,
    Step,
    Time,
    MetricName,
    Value,
    Metric(u32),
    Param(u32),
}

/// The values of one metric of one run, in the order of the file.
#[derive(Debug)]
struct Points {
    rows: Vec<u32>,
    values: Vec<f64>,
    /// The last one written of the largest step.
    latest: (i64, f64),
}

#[derive(Debug)]
struct Held {
    id: Arc<str>,
    name: Arc<str>,
    /// How many rows there were, those without values included.
    rows: u64,
    steps: Vec<i64>,
    times: Vec<i64>,
    series: HashMap<u32, Points>,
    params: HashMap<u32, Arc<str>>,
    start: Option<i64>,
}

/// Names in the order they were met.
#[derive(Debug, Default)]
struct Names {
    places: HashMap<Arc<str>, u32>,
    names: Vec<Arc<str>>,
}

impl Names {
    /// The place of a name; none where there is no room for another.
    fn place(&mut self, name: &str) -> Option<u32> {
        if let Some(place) = self.places.get(name) {
            return Some(*place);
        }
        if self.names.len() >= MOST_COLUMNS {
            return None;
        }
        let (name, place) = (Arc::<str>::from(name), self.names.len() as u32);
        self.places.insert(Arc::clone(&name), place);
        self.names.push(name);
        Some(place)
    }
}

/// Where the steps of rows come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Steps {
    InColumn,
    /// The rows of each run are counted.
    Counted,
}

/// What was read of one table.
#[derive(Debug)]
pub(super) struct Content {
    /// Of columns, by place.
    roles: Vec<Role>,
    columns: Names,
    metrics: Names,
    params: Names,
    /// Roles of names that were not met yet.
    expected: HashMap<String, Role>,
    /// Whether names that nobody expects are metrics.
    others: bool,
    steps: Steps,
    has_run: bool,
    /// The id of the only run, or what the ids of all begin with.
    own: Arc<str>,
    /// Whether the ids of a run column stand behind that.
    is_prefix: bool,
    runs: Vec<Held>,
    by_id: HashMap<Arc<str>, usize>,
    /// What was odd.
    pub odd: Oddities,
}

/// A row: its cells with the places of their columns.
pub(super) type Row<'a> = Vec<(u32, Cell<'a>)>;

impl Content {
    /// Nothing yet, of a table that is read by this mapping. Its only run is called `own`; where it has several and
    /// `is_prefix`, that stands before their names.
    pub fn new(mapping: &Mapping, own: Arc<str>, is_prefix: bool) -> Self {
        let mut content = Self {
            roles: Vec::new(),
            columns: Names::default(),
            metrics: Names::default(),
            params: Names::default(),
            expected: HashMap::new(),
            others: matches!(mapping.values, Values::Columns { others: true, .. }),
            steps: if mapping.step.is_some() { Steps::InColumn } else { Steps::Counted },
            has_run: mapping.run.is_some(),
            own,
            is_prefix,
            runs: Vec::new(),
            by_id: HashMap::new(),
            odd: Oddities::default(),
        };
        for (role, name) in mapping.roles() {
            let role = match role {
                "run" => Role::Run,
                "name" => Role::Name,
                "step" => Role::Step,
                "time" => Role::Time,
                "metric" => Role::MetricName,
                "value" => Role::Value,
                "metrics" => content.metrics.place(name).map_or(Role::Nothing, Role::Metric),
                _ => content.params.place(name).map_or(Role::Nothing, Role::Param),
            };
            // The name of a run may be its id.
            content.expected.entry(name.to_owned()).or_insert(role);
        }
        content
    }

    /// The place of a column.
    pub fn column(&mut self, name: &str) -> Option<u32> {
        let place = self.columns.place(name)?;
        if place as usize == self.roles.len() {
            self.roles.push(self.expected.remove(name).unwrap_or(Role::Nothing));
        }
        Some(place)
    }

    /// How many columns are held.
    pub fn columns(&self) -> usize {
        self.roles.len()
    }

    /// Columns that the mapping names and no row has had.
    pub fn missing(&self) -> impl Iterator<Item = &str> {
        self.expected.keys().map(String::as_str)
    }

    /// How many runs it has.
    pub fn count(&self) -> usize {
        self.runs.len()
    }

    /// Whether it has a run of this id.
    pub fn has(&self, run: &str) -> bool {
        self.by_id.contains_key(run)
    }

    /// Takes a row in.
    pub fn take(&mut self, row: &Row<'_>, line: u64) {
        let (mut run, mut name, mut step, mut time, mut metric, mut value) =
            (None, None, None, None, None, None);
        for (at, (column, cell)) in row.iter().enumerate() {
            let one = match self.roles[*column as usize] {
                Role::Run => &mut run,
                Role::Name => &mut name,
                Role::Step => &mut step,
                Role::Time => &mut time,
                Role::MetricName => &mut metric,
                Role::Value => &mut value,
                Role::Nothing | Role::Metric(_) | Role::Param(_) => continue,
            };
            if !is_blank(cell) {
                *one = Some(at);
            }
        }
        let of = |at: Option<usize>| at.map(|at| &row[at].1);
        if self.has_run && run.is_none() {
            self.odd.add(Odd::NoRun, line, &Arc::clone(&self.own));
        }
        let run = self.run(of(run).map(|cell| cell.text()), of(name).map(|cell| cell.text()));
        let number = self.runs[run].rows;
        self.runs[run].rows += 1;
        let step = match of(step) {
            Some(cell) => whole(cell),
            None if self.steps == Steps::InColumn => None,
            None => Some(number as i64),
        };
        let said = row.iter().find(|(column, _)| self.roles[*column as usize] == Role::Step);
        let Some(step) = step else {
            let example = said.map_or(Cow::Borrowed(""), |(_, cell)| cell.text());
            self.odd.add(Odd::Step, line, &example);
            return;
        };
        let moment = of(time).and_then(moment);
        if let (Some(cell), None) = (of(time), moment) {
            self.odd.add(Odd::Time, line, &cell.text());
        }
        let own = &mut self.runs[run];
        own.start = [own.start, moment].into_iter().flatten().min();
        let at = Place { run, step, time: moment.unwrap_or(i64::MIN), line };
        let mut has_row = false;
        if let (Some(metric), Some(value)) = (of(metric), of(value)) {
            let name = metric.text();
            match self.metrics.place(&name) {
                Some(metric) => self.point(at, metric, value, &mut has_row),
                None => self.odd.add(Odd::ManyKeys, line, ""),
            }
        }
        for (column, cell) in row {
            match self.roles[*column as usize] {
                Role::Metric(metric) => self.point(at, metric, cell, &mut has_row),
                Role::Param(param) => self.param(at, param, cell),
                Role::Nothing if self.others => self.further(*column, at, cell, &mut has_row),
                _ => {}
            }
        }
    }

    /// A name that nobody expected: a metric as soon as it has a number.
    fn further(&mut self, column: u32, at: Place, cell: &Cell<'_>, has_row: &mut bool) {
        if is_blank(cell) || number(cell).is_none() {
            return;
        }
        let name = Arc::clone(&self.columns.names[column as usize]);
        if let Some(metric) = self.metrics.place(&name) {
            self.roles[column as usize] = Role::Metric(metric);
            self.point(at, metric, cell, has_row);
        }
    }

    /// The place of a run, which is made where it is new.
    fn run(&mut self, id: Option<Cow<'_, str>>, name: Option<Cow<'_, str>>) -> usize {
        let id: Cow<'_, str> = match id {
            None => Cow::Borrowed(&*self.own),
            Some(id) if self.is_prefix => Cow::Owned(format!("{}/{}", self.own, id.trim())),
            Some(id) => Cow::Owned(id.trim().to_owned()),
        };
        if let Some(at) = self.by_id.get(&*id) {
            // Some name a run only once, in a later row.
            let own = &mut self.runs[*at];
            if let Some(name) = name.filter(|_| own.name == own.id) {
                own.name = name.trim().into();
            }
            return *at;
        }
        let id: Arc<str> = id.as_ref().into();
        let name = name.map_or_else(|| Arc::clone(&id), |name| name.trim().into());
        let (series, params) = (HashMap::new(), HashMap::new());
        let (steps, times) = (Vec::new(), Vec::new());
        self.by_id.insert(Arc::clone(&id), self.runs.len());
        self.runs.push(Held { id, name, rows: 0, steps, times, series, params, start: None });
        self.runs.len() - 1
    }

    fn point(&mut self, at: Place, metric: u32, cell: &Cell<'_>, has_row: &mut bool) {
        if is_blank(cell) {
            return;
        }
        let Some(value) = number(cell) else {
            let (text, name) = (cell.text(), self.metrics.names[metric as usize].to_string());
            let is_comma = cell::has_decimal_comma(&text);
            let odd = if is_comma { Odd::DecimalComma(name) } else { Odd::NoNumber(name) };
            return self.odd.add(odd, at.line, &text);
        };
        let run = &mut self.runs[at.run];
        if !std::mem::replace(has_row, true) {
            run.steps.push(at.step);
            run.times.push(at.time);
        }
        let row = (run.steps.len() - 1) as u32;
        let first = || Points { rows: Vec::new(), values: Vec::new(), latest: (at.step, value) };
        let points = run.series.entry(metric).or_insert_with(first);
        points.rows.push(row);
        points.values.push(value);
        if at.step >= points.latest.0 {
            points.latest = (at.step, value);
        }
    }

    fn param(&mut self, at: Place, param: u32, cell: &Cell<'_>) {
        if is_blank(cell) {
            return;
        }
        let text = cell.text();
        let params = &mut self.runs[at.run].params;
        let before = params.get(&param);
        if before.is_some_and(|before| **before == *text) {
            return;
        }
        if before.is_some() {
            let name = self.params.names[param as usize].to_string();
            self.odd.add(Odd::Changes(name), at.line, &text);
        }
        params.insert(param, text.into());
    }

    /// The points of a metric of a run from the `from`th on, in the order of the file; none where it has no such series.
    pub fn points(&self, run: &str, metric: &str, from: usize) -> Option<Vec<Point>> {
        let run = &self.runs[*self.by_id.get(run)?];
        let points = run.series.get(self.metrics.places.get(metric)?)?;
        let rows = points.rows.get(from..)?.iter().zip(&points.values[from..]);
        let point = |(row, value): (&u32, &f64)| Point {
            step: run.steps[*row as usize],
            time: run.times[*row as usize],
            value: *value,
        };
        Some(rows.map(point).collect())
    }

    /// Adds its runs, with `extra` parameters of each.
    pub fn runs(&self, keys: &mut [Keys; 3], extra: &[(String, String)], all: &mut Vec<Run>) {
        let [metrics, params, _] = keys;
        // Only names that some run has a value of.
        let mut metric_keys = vec![None; self.metrics.names.len()];
        let mut param_keys = vec![None; self.params.names.len()];
        let key = |keys: &mut Keys, known: &mut [Option<Key>], names: &Names, at: u32| {
            *known[at as usize].get_or_insert_with(|| keys.place(&names.names[at as usize]))
        };
        let extra: Vec<(Key, Arc<str>)> =
            extra.iter().map(|(name, text)| (params.place(name), text.as_str().into())).collect();
        for run in &self.runs {
            let mut values: Vec<(u32, f64)> =
                run.series.iter().map(|(at, points)| (*at, points.latest.1)).collect();
            values.sort_by_key(|(at, _)| *at);
            for (at, _) in &mut values {
                *at = key(metrics, &mut metric_keys, &self.metrics, *at);
            }
            let mut texts: Vec<(u32, Arc<str>)> =
                run.params.iter().map(|(at, text)| (*at, Arc::clone(text))).collect();
            texts.sort_by_key(|(at, _)| *at);
            for (at, _) in &mut texts {
                *at = key(params, &mut param_keys, &self.params, *at);
            }
            for (key, text) in &extra {
                if texts.iter().all(|(known, _)| known != key) {
                    texts.push((*key, Arc::clone(text)));
                }
            }
            all.push(Run {
                name: Arc::clone(&run.name),
                // A table does not say how its runs ended.
                status: Status::Other(String::new()),
                start_time: run.start,
                metrics: values,
                params: texts,
                ..Run::bare(Arc::clone(&run.id))
            });
        }
    }
}

/// Where a value belongs.
#[derive(Clone, Copy)]
struct Place {
    run: usize,
    step: i64,
    time: i64,
    line: u64,
}

fn is_blank(cell: &Cell<'_>) -> bool {
    matches!(cell, Cell::Text(text) if cell::is_blank(text))
}

fn number(cell: &Cell<'_>) -> Option<f64> {
    match cell {
        Cell::Whole(whole) => Some(*whole as f64),
        Cell::Number(number) => Some(*number),
        Cell::Text(text) => cell::number(text),
    }
}

fn whole(cell: &Cell<'_>) -> Option<i64> {
    match cell {
        Cell::Whole(whole) => Some(*whole),
        Cell::Number(number) => cell::whole_of(*number),
        Cell::Text(text) => cell::whole(text),
    }
}

fn moment(cell: &Cell<'_>) -> Option<i64> {
    match cell {
        Cell::Whole(whole) => cell::moment_of_whole(*whole),
        Cell::Number(number) => cell::moment_of(*number),
        Cell::Text(text) => cell::moment(text),
    }
}

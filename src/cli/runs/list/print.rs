//! The listed runs as they leave, one by one.

use std::io::{self, Write};
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::ListFormat;
use crate::cli::one_line;
use crate::cli::runs::number;
use crate::rows::csv_line;
use crate::runs::{DatasetUse, Field, Key, Run, RunSet, csv_lines};

/// Runs in the order in which they are printed.
pub(super) struct Printer<'a> {
    pub set: &'a RunSet,
    /// Their places in the set.
    pub rows: &'a [u32],
    /// What is printed of each; none where all is.
    pub fields: Option<Vec<Field>>,
    /// By place in the set, where each is from; none where there is one source.
    pub sources: Option<Vec<String>>,
}

impl Printer<'_> {
    pub fn print(&self, format: ListFormat, out: &mut dyn Write) -> io::Result<()> {
        match (format, &self.fields) {
            (ListFormat::Table, None) => self.plain(out),
            (ListFormat::Table, Some(fields)) => self.table(fields, out),
            (ListFormat::Csv, None) => self.csv(out),
            (ListFormat::Csv, Some(fields)) => {
                out.write_all(csv_line(self.head(fields)).as_bytes())?;
                self.each().try_for_each(|(row, run)| {
                    out.write_all(csv_line(self.cells(fields, row, run)).as_bytes())
                })
            }
            (ListFormat::Json, _) => {
                for (at, (row, run)) in self.each().enumerate() {
                    write!(out, "{}{}", if at == 0 { "[" } else { "," }, self.json(row, run))?;
                }
                out.write_all(if self.rows.is_empty() { b"[]\n" } else { b"]\n" })
            }
            (ListFormat::Jsonl, _) => {
                self.each().try_for_each(|(row, run)| writeln!(out, "{}", self.json(row, run)))
            }
        }
    }

    fn each(&self) -> impl Iterator<Item = (usize, &Run)> {
        self.rows.iter().map(|row| (*row as usize, &self.set.runs[*row as usize]))
    }

    fn source(&self, row: usize) -> Option<&str> {
        self.sources.as_ref().map(|sources| sources.get(row).map_or("", String::as_str))
    }

    fn head(&self, fields: &[Field]) -> Vec<String> {
        let source = self.sources.iter().map(|_| "source".to_owned());
        source.chain(fields.iter().map(Field::head)).collect()
    }

    fn cells(&self, fields: &[Field], row: usize, run: &Run) -> Vec<String> {
        let source = self.source(row).map(ToOwned::to_owned);
        source.into_iter().chain(fields.iter().map(|field| field.text(self.set, run))).collect()
    }

    /// Columns as wide as their widest cell, after a head.
    fn table(&self, fields: &[Field], out: &mut dyn Write) -> io::Result<()> {
        let shown = |cells: Vec<String>| -> Vec<String> {
            cells.iter().map(|cell| one_line(cell).into_owned()).collect()
        };
        let head = shown(self.head(fields));
        let mut widths: Vec<usize> = head.iter().map(|cell| cell.chars().count()).collect();
        for (row, run) in self.each() {
            for (width, cell) in widths.iter_mut().zip(shown(self.cells(fields, row, run))) {
                *width = (*width).max(cell.chars().count());
            }
        }
        let mut line = |cells: &[String]| {
            let padded: Vec<String> =
                cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
            writeln!(out, "{}", padded.join("  ").trim_end())
        };
        line(&head)?;
        self.each().try_for_each(|(row, run)| line(&shown(self.cells(fields, row, run))))
    }

    /// All metrics and parameters, with the source before everything else.
    fn csv(&self, out: &mut dyn Write) -> io::Result<()> {
        for (at, line) in csv_lines(self.set, self.rows).enumerate() {
            let row = at.checked_sub(1).map(|at| self.rows[at] as usize);
            if self.sources.is_some() {
                let source = row.map_or(Some("source"), |row| self.source(row)).unwrap_or_default();
                let cell = csv_line([source]);
                write!(out, "{},", cell.trim_end_matches('\n'))?;
            }
            out.write_all(line.as_bytes())?;
        }
        Ok(())
    }

    /// A line for each run with some of its metrics.
    fn plain(&self, out: &mut dyn Write) -> io::Result<()> {
        for (row, run) in self.each() {
            let metrics: Vec<String> = run
                .metrics
                .iter()
                .take(3)
                .map(|(key, value)| format!("{}={value}", self.set.metric_keys[*key as usize]))
                .collect();
            let (status, name) = (run.status.word(), run.shown_name());
            let (status, name, metrics) = (one_line(status), one_line(name), metrics.join("  "));
            if let Some(source) = self.source(row) {
                write!(out, "{}  ", one_line(source))?;
            }
            writeln!(out, "{}  {status:<9} {name:<32} {}", one_line(&run.id), one_line(&metrics))?;
        }
        Ok(())
    }

    /// A run; where columns were chosen, with these alone, each where it stands in the whole.
    fn json(&self, row: usize, run: &Run) -> Value {
        let mut all = Map::new();
        if let Some(source) = self.source(row) {
            all.insert("source".to_owned(), json!(source));
        }
        match &self.fields {
            None => self.whole(run, &mut all),
            Some(fields) => fields.iter().for_each(|field| self.part(field, run, &mut all)),
        }
        Value::Object(all)
    }

    fn whole(&self, run: &Run, all: &mut Map<String, Value>) {
        const FIRST: [Field; 6] =
            [Field::Id, Field::Name, Field::Experiment, Field::Status, Field::StartTime, Field::EndTime];
        for field in &FIRST {
            self.part(field, run, all);
        }
        let name = |names: &[Arc<str>], key: Key| names[key as usize].to_string();
        let metrics: Map<String, Value> = run
            .metrics
            .iter()
            .map(|(key, value)| (name(&self.set.metric_keys, *key), number(*value)))
            .collect();
        let texts = |names: &[Arc<str>], list: &[(Key, Arc<str>)]| -> Map<String, Value> {
            list.iter().map(|(key, value)| (name(names, *key), json!(&**value))).collect()
        };
        all.insert("metrics".to_owned(), json!(metrics));
        all.insert("params".to_owned(), json!(texts(&self.set.param_keys, &run.params)));
        all.insert("tags".to_owned(), json!(texts(&self.set.tag_keys, &run.tags)));
        // Only where the store has them: most trackers know neither.
        if !run.datasets.is_empty() {
            let used = |used: &DatasetUse| json!({"name": &*used.name, "digest": &*used.digest, "context": &*used.context});
            all.insert("datasets".to_owned(), run.datasets.iter().map(used).collect());
        }
        if let Some(uri) = &run.artifact_uri {
            all.insert("artifact_uri".to_owned(), json!(&**uri));
        }
    }

    /// One column; nothing of a metric, parameter or tag that the run does not have.
    fn part(&self, field: &Field, run: &Run, all: &mut Map<String, Value>) {
        let set = self.set;
        let (group, key, value) = match field {
            Field::Metric(key) => {
                let value = set.metric_key(key).and_then(|key| run.metric(key));
                ("metrics", key, value.map(number))
            }
            Field::Param(key) => {
                ("params", key, set.param_key(key).and_then(|key| run.param(key)).map(|text| json!(&**text)))
            }
            Field::Tag(key) => {
                ("tags", key, set.tag_key(key).and_then(|key| run.tag(key)).map(|text| json!(&**text)))
            }
            _ => {
                let value = match field {
                    Field::Name => json!(&*run.name),
                    Field::Experiment => json!(run.experiment_name(set)),
                    Field::Status => json!(run.status.word()),
                    Field::StartTime => json!(set.start_ms(run)),
                    Field::EndTime => json!(set.end_ms(run)),
                    Field::Duration => json!(run.duration().map(|micros| micros / 1_000)),
                    Field::Parent => json!(run.parent.as_deref()),
                    Field::ArtifactUri => json!(run.artifact_uri.as_deref()),
                    Field::Dataset if run.datasets.is_empty() => Value::Null,
                    Field::Dataset => json!(field.text(set, run)),
                    Field::UserId => json!(run.user.as_deref()),
                    _ => json!(&*run.id),
                };
                all.insert(field.word(), value);
                return;
            }
        };
        let group = all.entry(group).or_insert_with(|| json!({}));
        if let (Some(group), Some(value)) = (group.as_object_mut(), value) {
            group.insert(key.clone(), value);
        }
    }
}

//! `mlops-atlas runs series`: points of metrics as CSV, JSON or JSON lines.

use std::io::{self, Write};
use std::path::Path;

use serde_json::{Map, Value, json};

use super::{Format, RunsError, number, open, sentence, tell};
use crate::problem::Problem;
use crate::runs::{Mapping, Point, m4};
use crate::store::runs::{Error, Reader};

/// The metrics' names; one with a control character, which no command line can hold, by what is shown of it.
fn names(reader: &mut dyn Reader, metrics: &[String]) -> Result<Vec<String>, Error> {
    if !metrics.iter().any(|metric| metric.contains('\\')) {
        return Ok(metrics.to_vec());
    }
    let set = reader.runs(true)?.0;
    let name = |metric: &String| {
        set.metric_key(metric).map_or_else(|| metric.clone(), |key| set.metric_keys[key as usize].to_string())
    };
    Ok(metrics.iter().map(name).collect())
}

/// Prints the points of each metric of each run, and tells on `err` what is missing; gives the exit status.
pub(super) fn print(
    (source, map): (&Path, Option<&Mapping>),
    [runs, metrics]: [&[String]; 2],
    points: Option<usize>,
    format: Format,
    [out, err]: [&mut dyn Write; 2],
) -> Result<u8, RunsError> {
    let mut reader = open(source, map)?;
    let shown = source.display();
    let several = runs.len() > 1 || metrics.len() > 1;
    let (mut records, mut sentences) = (Vec::new(), Vec::new());
    let metrics = names(reader.as_mut(), metrics)?;
    let metrics: Vec<&str> = metrics.iter().map(String::as_str).collect();
    for (at, run) in runs.iter().enumerate() {
        let (all, problems) = reader.series_of(run, &metrics, &|| true)?;
        if all.iter().any(|(series, _)| series.is_empty()) && reader.runs(true)?.0.run(run).is_none() {
            return Err(RunsError::NoRun { run: run.clone(), store: shown.to_string() });
        }
        // Whoever reads on gets nothing but an answer.
        if format == Format::Csv && at == 0 {
            writeln!(out, "{}step,timestamp,value", if several { "run,metric," } else { "" })?;
        }
        // A damaged table is told once, not for every run.
        for told in problems.iter().map(sentence) {
            if !sentences.contains(&told) {
                sentences.push(told);
            }
        }
        for (metric, (series, _)) in metrics.iter().zip(all) {
            for odd in series.oddities() {
                let at = format!("{shown}: run {run}, metric {metric}");
                sentences.push(sentence(&Problem::warning(odd, at)));
            }
            if series.is_empty() && series.left_out.is_none() && problems.is_empty() {
                sentences
                    .push(format!("The run never logged this metric: {shown}: run {run}, metric {metric}"));
            }
            let chosen: Vec<Point> = match points {
                Some(buckets) => m4(&series, buckets),
                None => series.points().collect(),
            };
            for point in chosen {
                let mut record = Map::new();
                if several {
                    record.insert("run".to_owned(), json!(run));
                    record.insert("metric".to_owned(), json!(metric));
                }
                record.insert("step".to_owned(), json!(point.step));
                record.insert("timestamp".to_owned(), json!(point.time_ms()));
                record.insert("value".to_owned(), number(point.value));
                match format {
                    Format::Json => records.push(Value::Object(record)),
                    Format::Jsonl => writeln!(out, "{}", Value::Object(record))?,
                    Format::Csv => csv_line(&record, out)?,
                }
            }
        }
    }
    if format == Format::Json {
        writeln!(out, "{}", Value::Array(records))?;
    }
    // A metric that was never logged is an answer, but not the whole one that was asked for.
    Ok(tell(&sentences, err)?)
}

fn csv_line(record: &Map<String, Value>, out: &mut dyn Write) -> io::Result<()> {
    for (at, value) in record.values().enumerate() {
        if at > 0 {
            out.write_all(b",")?;
        }
        match value {
            Value::String(text) if text.contains([',', '"', '\n', '\r']) => {
                write!(out, "\"{}\"", text.replace('"', "\"\""))?;
            }
            Value::Null => {}
            Value::String(text) => out.write_all(text.as_bytes())?,
            value => write!(out, "{value}")?,
        }
    }
    out.write_all(b"\n")
}

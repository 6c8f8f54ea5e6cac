//! Points as they leave: CSV, JSON lines, one JSON list or Parquet, each written on as points are read.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::Format;
use crate::cli::runs::number;
use crate::runs::Point;
use crate::store::series_parquet::SeriesParquet;

/// Takes points in and writes them to `out`.
pub(super) struct Sink<'a> {
    out: &'a mut dyn Write,
    /// Whether each point tells its run and metric.
    is_named: bool,
    form: Form,
}

enum Form {
    Csv,
    Jsonl,
    Json { is_first: bool },
    Parquet(Box<SeriesParquet>),
}

impl<'a> Sink<'a> {
    /// Writes what stands before the first point.
    pub fn begin(format: Format, is_named: bool, out: &'a mut dyn Write) -> io::Result<Self> {
        let form = match format {
            Format::Csv => {
                writeln!(out, "{}step,timestamp,value", if is_named { "run,metric," } else { "" })?;
                Form::Csv
            }
            Format::Jsonl => Form::Jsonl,
            Format::Json => {
                out.write_all(b"[")?;
                Form::Json { is_first: true }
            }
            Format::Parquet => Form::Parquet(Box::new(SeriesParquet::new()?)),
        };
        Ok(Self { out, is_named, form })
    }

    /// Points of a metric of a run.
    pub fn add(&mut self, run: &str, metric: &str, points: &[Point]) -> io::Result<()> {
        if let Form::Parquet(file) = &mut self.form {
            return file.add(run, metric, points, self.out);
        }
        for point in points {
            let mut record = Map::new();
            if self.is_named {
                record.insert("run".to_owned(), json!(run));
                record.insert("metric".to_owned(), json!(metric));
            }
            record.insert("step".to_owned(), json!(point.step));
            record.insert("timestamp".to_owned(), json!(point.time_ms()));
            record.insert("value".to_owned(), number(point.value));
            match &mut self.form {
                Form::Csv | Form::Parquet(_) => csv_line(&record, self.out)?,
                Form::Jsonl => writeln!(self.out, "{}", Value::Object(record))?,
                Form::Json { is_first } => {
                    let before = if *is_first { "" } else { "," };
                    *is_first = false;
                    write!(self.out, "{before}{}", Value::Object(record))?;
                }
            }
        }
        Ok(())
    }

    /// Writes what stands behind the last point.
    pub fn finish(self) -> io::Result<()> {
        match self.form {
            Form::Csv | Form::Jsonl => Ok(()),
            Form::Json { .. } => self.out.write_all(b"]\n"),
            Form::Parquet(file) => file.finish(self.out),
        }
    }
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

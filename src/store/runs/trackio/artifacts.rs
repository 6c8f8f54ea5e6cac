//! Pictures, sounds, videos, tables, histograms and texts that were logged among the numbers. What is a file lies in the
//! folder `media` beside the store.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use rusqlite::OptionalExtension as _;
use serde_json::Value;

use super::walk::{Walk, Walked};
use super::{Error, Trackio};
use crate::problem::Problem;
use crate::rows::Rows;
use crate::runs::{Artifact, ArtifactKind, Bin, Content};
use crate::store::runs::access::one_at_a_time;
use crate::store::runs::python::Python;

/// More artifacts of one run than this are left out.
const MOST: usize = 20_000;

/// A larger file is nothing to look at, in bytes.
const LARGEST: u64 = 64 << 20;

/// More cells are no table to look at; rows with a column of their own each would make any number of them.
const CELLS: usize = 1_000_000;

/// One of Trackio's own objects, or a text.
struct Found {
    artifact: Artifact,
    /// Its path below `media`, where it is a file.
    file: Option<String>,
}

/// See [`Reader::artifacts`](crate::store::runs::Reader::artifacts).
pub(super) fn list(store: &mut Trackio, run: &str) -> Result<(Vec<Artifact>, Vec<Problem>), Error> {
    let source = store.shape.logs.clone();
    let end = store.access.slice(|connection| source.marked().last(connection))?;
    let (mut all, mut left_out) = (Vec::new(), 0_u64);
    let map = |walked: &Walked<'_>| of_row(walked.json, walked);
    let mut problems = Walk { source: &source, run, end }.all(store, &|| true, map, |found| {
        let room = MOST.saturating_sub(all.len());
        left_out += found.len().saturating_sub(room) as u64;
        all.extend(found.into_iter().take(room));
    })?;
    let media = media(&store.path);
    let mut artifacts: Vec<Artifact> = all
        .into_iter()
        .map(|Found { artifact, file }| {
            let size = file.and_then(|file| fs::metadata(inside(&media, &file)?).ok()).map(|data| data.len());
            Artifact { size: size.or(artifact.size), ..artifact }
        })
        .collect();
    artifacts.sort_by(|a, b| (&a.path, a.step, a.place).cmp(&(&b.path, b.step, b.place)));
    if left_out > 0 {
        let message = format!("This run logged more than {MOST} artifacts; {left_out} are left out");
        problems.push(Problem::warning(message, store.access.name()));
    }
    Ok((artifacts, problems))
}

/// The artifacts of one row.
fn of_row(json: &[u8], walked: &Walked<'_>) -> Vec<Found> {
    let (step, time) = (walked.step, walked.time);
    let mut found = Vec::new();
    let Ok(Value::Object(entries)) = serde_json::from_slice(json) else { return found };
    let mut add = |path: String, value: &Value| {
        let Some(kind) = kind_of(value) else { return };
        let file = value["file_path"].as_str().map(str::to_owned);
        let is_text = file.is_none() && kind == ArtifactKind::Text;
        let size = if is_text { text_of(value).map(|text| text.len() as u64) } else { None };
        let artifact = Artifact { path: path.into(), kind, step, time, size, place: walked.row as u64 };
        found.push(Found { artifact, file });
    };
    for (key, value) in entries.iter().filter(|(key, _)| *key != "timestamp" && *key != "step") {
        match value {
            Value::Array(items) if items.iter().all(|item| item["_type"].is_string()) => {
                items.iter().enumerate().for_each(|(at, item)| add(format!("{key}/{at}"), item));
            }
            value => add(key.clone(), value),
        }
    }
    found
}

/// What a value is; none for numbers and for nothing.
fn kind_of(value: &Value) -> Option<ArtifactKind> {
    match value {
        Value::String(text) => {
            let is_number = ["NaN", "Infinity", "-Infinity"].contains(&text.as_str());
            (!is_number).then_some(ArtifactKind::Text)
        }
        Value::Object(entries) => {
            let Some(own) =
                entries.get("_type").and_then(Value::as_str).and_then(|own| own.strip_prefix("trackio."))
            else {
                return Some(ArtifactKind::Text);
            };
            Some(match own {
                "image" => ArtifactKind::Image,
                "audio" => ArtifactKind::Audio,
                "video" => ArtifactKind::Video,
                "table" => ArtifactKind::Table,
                "histogram" => ArtifactKind::Histogram,
                _ if value["file_path"].is_string() => ArtifactKind::File,
                // A text, or what newer versions may have.
                _ => ArtifactKind::Text,
            })
        }
        // A truth value or a list is no number, and can be read all the same.
        Value::Bool(_) | Value::Array(_) => Some(ArtifactKind::Text),
        Value::Null | Value::Number(_) => None,
    }
}

/// A text that lies in the row: one that was logged, or what Python prints of everything else.
fn text_of(value: &Value) -> Option<String> {
    let text = value.as_str().or_else(|| value.get("_value")?.as_str());
    text.map(str::to_owned).or_else(|| Some(Python::parse(value.to_string().as_bytes())?.text()))
}

/// See [`Reader::content`](crate::store::runs::Reader::content).
pub(super) fn content(store: &mut Trackio, run: &str, artifact: &Artifact) -> Result<Content, Error> {
    let none = || Error::NoContent { run: run.to_owned() };
    let sql = format!(
        "SELECT CAST(metrics AS BLOB) FROM metrics WHERE rowid = ?1 AND {} = ?2",
        store.shape.logs.run
    );
    let json: Option<Vec<u8>> = store.access.slice(|connection| {
        let mut statement = connection.prepare_cached(&sql)?;
        statement.query_row((artifact.place as i64, run), |row| row.get(0)).optional()
    })?;
    let json = json.ok_or_else(none)?;
    let row: Value = serde_json::from_slice(&json).ok().ok_or_else(none)?;
    let in_list = || {
        let (key, at) = artifact.path.rsplit_once('/')?;
        row.get(key)?.get(at.parse::<usize>().ok()?)
    };
    let value = row.get(&*artifact.path).or_else(in_list).ok_or_else(none)?;
    match kind_of(value).ok_or_else(none)? {
        ArtifactKind::Histogram => histogram(value).map(Content::Histogram).ok_or_else(none),
        ArtifactKind::Table => {
            let value = value["_value"].to_string();
            table(&value).map(|rows| Content::Text(rows.csv())).ok_or_else(none)
        }
        ArtifactKind::Text => text_of(value).map(Content::Text).ok_or_else(none),
        _ => {
            let file = value["file_path"].as_str().ok_or_else(none)?;
            read(&media(&store.path), file).map(Content::Bytes).ok_or_else(none)
        }
    }
}

/// The limits of the bins and what fell between them.
fn histogram(value: &Value) -> Option<Vec<Bin>> {
    let numbers = |key: &str| value[key].as_array()?.iter().map(Value::as_f64).collect::<Option<Vec<f64>>>();
    let (limits, counts) = (numbers("bins")?, numbers("values")?);
    let is_whole = limits.len() == counts.len() + 1 || (limits.is_empty() && counts.is_empty());
    let bins =
        limits.windows(2).zip(counts).map(|(limits, count)| Bin { from: limits[0], to: limits[1], count });
    is_whole.then(|| bins.collect())
}

/// A table is a list of rows with their columns' names; what a row does not have is empty.
fn table(json: &str) -> Option<Rows> {
    let Python::List(items) = Python::parse(json.as_bytes())? else { return None };
    let rows: Vec<_> = items
        .into_iter()
        .map(|row| if let Python::Dict(cells) = row { Some(cells) } else { None })
        .collect::<Option<_>>()?;
    let mut seen = BTreeSet::new();
    let names = rows.iter().flatten().map(|(name, _)| name);
    let head: Vec<String> = names.filter(|name| seen.insert((*name).clone())).cloned().collect();
    if head.len().saturating_mul(rows.len()) > CELLS {
        return None;
    }
    let cell = |row: &[(String, Python)], name: &String| {
        row.iter().find(|(own, _)| own == name).map(|(_, value)| value.text()).unwrap_or_default()
    };
    let rows = rows.iter().map(|row| head.iter().map(|name| cell(row, name)).collect()).collect();
    Some(Rows { head, rows })
}

/// The folder with the files of all projects that lie beside the store.
fn media(store: &Path) -> std::path::PathBuf {
    store.parent().unwrap_or_else(|| Path::new("")).join("media")
}

/// A file below the folder, wherever links lead; none where that is outside, or no file.
fn inside(media: &Path, file: &str) -> Option<std::path::PathBuf> {
    let root = media.canonicalize().ok()?;
    let path = root.join(file).canonicalize().ok()?;
    (path.starts_with(&root) && path.is_file()).then_some(path)
}

fn read(media: &Path, file: &str) -> Option<Vec<u8>> {
    let path = inside(media, file)?;
    let _alone = one_at_a_time();
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(LARGEST + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= LARGEST).then_some(bytes)
}

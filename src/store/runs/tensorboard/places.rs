//! Where the artifacts of a run lie, and what they hold.

use std::path::Path;

use super::event::{Event, Value, What};
use super::records::{CHUNK, Next, Records};
use super::tag::Kind;
use super::{file, tensor};
use crate::runs::{Artifact, ArtifactKind, Content};
use crate::store::runs::{Error, sniff};

/// More artifacts of a run are counted only.
const MOST_ARTIFACTS: usize = 20_000;

/// More parts of one value are made up.
const MOST_PARTS: usize = 10_000;

/// Bits of an artifact's place that are the offset in its file.
const OFFSET_BITS: u32 = 48;

/// An artifact as the index keeps it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// The number of its tag.
    pub tag: u32,
    /// Which of several in one value it is.
    part: Option<u32>,
    kind: ArtifactKind,
    step: i64,
    time: Option<i64>,
    size: u64,
    /// The number of its file, and where its record begins.
    at: (u32, u64),
}

impl Place {
    /// As it is told of, under the name of its tag.
    pub fn artifact(&self, tag: &str) -> Artifact {
        Artifact {
            path: name(tag, self.part).into(),
            kind: self.kind,
            step: Some(self.step),
            time: self.time,
            size: Some(self.size),
            place: u64::from(self.at.0) << OFFSET_BITS | self.at.1,
        }
    }
}

fn name(tag: &str, part: Option<u32>) -> String {
    part.map_or_else(|| tag.to_owned(), |part| format!("{tag}/{part}"))
}

/// The parts of a value that are artifacts.
fn parts<'a>(what: What<'a>, kind: Kind) -> Option<(ArtifactKind, Vec<&'a [u8]>)> {
    let blob = |message: &'a [u8], number: u64| {
        let fields = super::wire::Fields::of(message).filter_map(Result::ok);
        fields.filter(|(at, _)| *at == number).last().map(|(_, held)| held.bytes()).unwrap_or_default()
    };
    Some(match (what, kind) {
        (What::Image(image), _) => (ArtifactKind::Image, vec![blob(image, 4)]),
        (What::Audio(audio), _) => (ArtifactKind::Audio, vec![blob(audio, 4)]),
        (What::Histogram(histogram), _) => (ArtifactKind::Histogram, vec![histogram]),
        (What::Tensor(tensor), Kind::Histograms) => (ArtifactKind::Histogram, vec![tensor]),
        (What::Tensor(tensor), Kind::Text) => (ArtifactKind::Text, vec![tensor]),
        // Width and height come first.
        (What::Tensor(tensor), Kind::Images) => {
            (ArtifactKind::Image, tensor::blobs(tensor).skip(2).take(MOST_PARTS).collect())
        }
        // A label stands behind each.
        (What::Tensor(tensor), Kind::Audio) => (
            ArtifactKind::Audio,
            tensor::blobs(tensor).step_by(tensor::row(tensor)).take(MOST_PARTS).collect(),
        ),
        _ => return None,
    })
}

/// Takes down where the artifacts of a value lie; returns how many are left out.
pub(super) fn places(
    what: What<'_>,
    kind: Kind,
    (tag, event): (u32, &Event<'_>),
    at: (u32, u64),
    known: &mut Vec<Place>,
) -> u64 {
    let Some((kind, parts)) = parts(what, kind) else { return 0 };
    let (time, is_shown) = event.time;
    let (time, step) = (is_shown.then_some(time), event.step);
    let room = MOST_ARTIFACTS.saturating_sub(known.len());
    let is_alone = parts.len() == 1;
    known.extend(parts.iter().enumerate().take(room).map(|(number, part)| {
        let part_number = (!is_alone).then_some(number as u32);
        Place { tag, part: part_number, kind, step, time, size: part.len() as u64, at }
    }));
    parts.len().saturating_sub(room) as u64
}

/// The number of an artifact's file, and where its record begins.
pub(super) fn place_of(artifact: &Artifact) -> (usize, u64) {
    ((artifact.place >> OFFSET_BITS) as usize, artifact.place & ((1 << OFFSET_BITS) - 1))
}

/// What an artifact of a run holds: its record is read again. `kind_of` knows the kinds of tags.
pub(super) fn content(
    path: &Path,
    at: u64,
    artifact: &Artifact,
    kind_of: impl Fn(&str) -> Kind,
) -> Result<Option<Content>, Error> {
    let unreadable = |error| sniff::unreadable(path, &error);
    let (source, end) = file::open_whole(path).map_err(unreadable)?;
    let mut records = Records::from(source, at, end, CHUNK).map_err(unreadable)?;
    let Next::Record { data, .. } = records.next().map_err(unreadable)? else { return Ok(None) };
    let Ok(event) = Event::of(data) else { return Ok(None) };
    let mut values = event.values().filter_map(Result::ok);
    Ok(values.find_map(|value| held(&value, artifact, &kind_of)))
}

/// What the artifact holds, if this is its value.
fn held(value: &Value<'_>, artifact: &Artifact, kind_of: &impl Fn(&str) -> Kind) -> Option<Content> {
    let tag = String::from_utf8_lossy(value.tag);
    if !artifact.path.starts_with(&*tag) {
        return None;
    }
    let (kind, parts) = parts(value.what, kind_of(&tag))?;
    let is_alone = parts.len() == 1;
    let named = |number: usize| name(&tag, (!is_alone).then_some(number as u32));
    let at = (0..parts.len()).find(|number| named(*number) == *artifact.path)?;
    let bytes = parts[at];
    Some(match (kind, value.what) {
        (ArtifactKind::Histogram, What::Tensor(_)) => Content::Histogram(tensor::bins(bytes)?),
        (ArtifactKind::Histogram, _) => Content::Histogram(tensor::bins_of_histogram(bytes)?),
        (ArtifactKind::Text, _) => Content::Text(text(bytes)),
        _ => Content::Bytes(bytes.to_vec()),
    })
}

/// The texts of a tensor: a line each; those of a table side by side.
fn text(message: &[u8]) -> String {
    let cells: Vec<_> = tensor::blobs(message).map(String::from_utf8_lossy).collect();
    let rows: Vec<String> = cells.chunks(tensor::row(message)).map(|row| row.join(" | ")).collect();
    rows.join("\n")
}

//! What a run left besides numbers: files, images, texts, histograms.

use std::sync::Arc;

/// What an artifact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ArtifactKind {
    /// A file that is none of the others.
    File,
    /// A picture.
    Image,
    /// A sound.
    Audio,
    /// A moving picture.
    Video,
    /// A text, perhaps in Markdown.
    Text,
    /// Counts of values.
    Histogram,
    /// A table.
    Table,
}

impl ArtifactKind {
    /// The word on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Image => "image",
            Self::Audio => "audio",
            Self::Video => "video",
            Self::Text => "text",
            Self::Histogram => "histogram",
            Self::Table => "table",
        }
    }
}

/// One artifact of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// Its name in the run, parts divided by `/`: a path below the run's artifacts, or the key that it was logged under.
    pub path: Arc<str>,
    /// What it is.
    pub kind: ArtifactKind,
    /// The step that it was logged at.
    pub step: Option<i64>,
    /// When, in microseconds since 1970.
    pub time: Option<i64>,
    /// How many bytes it takes where it lies.
    pub size: Option<u64>,
    /// Where its reader finds it again: a number that only the reader understands.
    pub place: u64,
}

/// What an artifact holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Bytes, such as those of a picture in its file format.
    Bytes(Vec<u8>),
    /// A text.
    Text(String),
    /// Counts of values in bins that lie side by side, in ascending order.
    Histogram(Vec<Bin>),
}

/// How many values fell between two limits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// The lower limit; may be −∞.
    pub from: f64,
    /// The upper limit; may be +∞.
    pub to: f64,
    /// How many, which need not be whole.
    pub count: f64,
}

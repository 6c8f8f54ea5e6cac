//! Views as vectors: whole documents with all their words, that look as the rasteriser draws them.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up should fail on the spot")]

#[path = "vectors/export.rs"]
mod export;
#[path = "vectors/labels.rs"]
mod labels;
#[path = "vectors/letters.rs"]
mod letters;
#[path = "vectors/marks.rs"]
mod marks;
#[path = "vectors/small.rs"]
mod small;
#[path = "vectors/support.rs"]
mod support;
#[path = "vectors/tour.rs"]
mod tour;

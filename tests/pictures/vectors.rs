//! Views as vectors: whole documents with all their words, that look as the rasteriser draws them.

mod export;
mod labels;
mod letters;
mod marks;
mod small;
mod tour;

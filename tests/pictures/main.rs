//! What is drawn, as pixels and as vectors, held against values by hand and against one another.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "../support/drawn.rs"]
mod drawn;
#[expect(dead_code, reason = "journeys use the rest")]
#[path = "../support/headless/mod.rs"]
mod headless;
#[path = "../support/read_png.rs"]
mod read_png;

mod drawing_picture;
mod large_pictures;
mod rasteriser;
mod render_out;
mod vectors;

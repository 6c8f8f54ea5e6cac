//! Architecture drawings: text form, edits, placement, routing, files and command line.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "architecture/files.rs"]
mod files;
#[path = "architecture/layout.rs"]
mod layout;
#[path = "architecture/links.rs"]
mod links;
#[path = "architecture/maturity.rs"]
mod maturity;
#[path = "architecture/model.rs"]
mod model;
#[path = "architecture/picture.rs"]
mod picture;
#[path = "architecture/random.rs"]
mod random;
#[path = "architecture/reading.rs"]
mod reading;
#[path = "architecture/routes.rs"]
mod routes;
#[path = "architecture/suppressed.rs"]
mod suppressed;

//! Architecture drawings: text form, edits, placement, routing, files and command line.

mod files;
mod layout;
mod links;
mod maturity;
mod model;
mod picture;
mod random;
mod reading;
mod routes;
mod suppressed;

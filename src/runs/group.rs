//! Runs in groups by what they have in common, and what a metric is like in each.

mod band;
mod key;
mod statistics;

pub use band::{Band, Spread, band};
pub use key::{Group, groups};
pub use statistics::{Statistics, statistics};

//! Experiment runs: runs and their columns, metric series, and how series are reduced for drawing.

mod columns;
mod csv;
mod curve;
mod m4;
mod order;
mod points;
pub mod pyramid;
mod run;
mod series;

pub use columns::RunColumn;
pub use csv::csv_lines;
pub use curve::Curve;
pub use m4::m4;
pub use order::OrderKey;
pub use points::{NamedCurve, point_lines};
pub use pyramid::Pyramid;
pub use run::{Beyond, Experiment, Key, Run, RunSet, SourceKind, Status};
pub use series::{LeftOut, Point, Series};

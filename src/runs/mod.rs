//! Experiment runs: runs and their columns, metric series, and how series are reduced for drawing.

mod artifact;
pub mod cell;
mod columns;
mod csv;
mod curve;
mod dataset;
mod field;
mod keys;
mod m4;
pub mod mapping;
mod model;
mod order;
mod pattern;
mod points;
pub mod pyramid;
mod run;
mod series;
mod thin;
mod together;

pub use artifact::{Artifact, ArtifactKind, Bin, Content};
pub use columns::{Filled, RunColumn};
pub use csv::csv_lines;
pub use curve::Curve;
pub use dataset::DatasetUse;
pub use field::{FIELDS, Field};
pub use keys::Keys;
pub use m4::m4;
pub use mapping::{Mapped, Mapping};
pub use model::Model;
pub use order::OrderKey;
pub use pattern::Pattern;
pub use points::{NamedCurve, point_lines};
pub use pyramid::Pyramid;
pub use run::{Beyond, Experiment, Key, Phase, Run, RunSet, SourceKind, Status};
pub use series::{LeftOut, Point, Series};
pub use thin::STRETCH;

//! Practice: what is known about running machine learning, as prose with sources.
//!
//! [`model`] holds the pages, [`marks`] what they rest on, [`read`] turns one TOML text into pages, [`search`]
//! finds pages by words. Nothing here names a tool's qualities: that is the catalog's work. A page only names
//! tools by id.

mod lists;
pub mod marks;
pub mod model;
pub mod read;
mod rows;
pub mod search;

pub use marks::{Basis, Evidence, Provenance, SourceKind};
pub use model::{
    Approach, CommitteeFact, Community, Debt, Issue, Practice, Rule, Solution, Source, StagePage, Statistic,
    Topic, UseCase, Value,
};
pub use search::{Hit, HitKind};

//! Tools and what is known of them: claims with sources, relations, licences, foundations.
//!
//! A tool is written down as an [`Entry`] (one TOML file: [`read`], [`mod@write`]). Entries come in [`Layer`]s, bundled
//! < refreshed < workspace, which are looked through and never merged: [`Catalog::new`] makes one [`Tool`] per id,
//! whose every value knows the layer it came from. [`query`] searches and counts, [`mod@sort`] orders, [`check`] judges,
//! [`coverage`] counts what is known, [`mod@groups`] puts side by side.

pub mod category;
pub mod check;
pub mod collection;
pub mod coverage;
pub mod entry;
pub mod groups;
pub mod link;
pub mod query;
pub mod read;
pub mod sort;
mod source;
pub mod tool;
pub mod words;
pub mod write;

pub use category::{Answer, Category, Question};
pub use check::Finding;
pub use collection::{Catalog, is_stale};
pub use coverage::Coverage;
pub use entry::{
    Claim, Entry, Evidence, Foundation, Interfaces, LandscapeRef, License, Relation, Repo, Seen, ToolId,
    ToolIdError, Via,
};
pub use groups::{Group, GroupBy, groups};
pub use query::{Facets, Index, Query};
pub use sort::{Column, sort};
pub use tool::{Field, Tool};
pub use words::{ClaimStatus, Depth, Kind, Layer, LicenseClass, Polarity, RelationKind, Stage, Status};

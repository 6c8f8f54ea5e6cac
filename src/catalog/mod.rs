//! Tools and what is known of them: claims with sources, relations, licences, foundations.
//!
//! A tool is written down as an [`Entry`] (one TOML file: [`read`], [`mod@write`]). Entries come in [`Layer`]s, bundled
//! < refreshed < workspace, which are looked through and never merged: [`Catalog::new`] makes one [`Tool`] per id,
//! whose every value knows the layer it came from. [`query`] searches and counts, [`columns`] says what a table shows of a
//! tool, [`mod@sort`] orders, [`check`] judges, [`coverage`] counts what is known; [`mod@groups`] and [`compare`] put
//! tools side by side, [`neighbourhood`] shows what stands around them, and [`export`] takes them
//! away as text.

pub mod category;
pub mod check;
pub mod collection;
pub mod columns;
pub mod compare;
pub mod coverage;
pub mod criteria;
pub mod entry;
pub mod escape;
pub mod export;
pub mod groups;
pub mod link;
pub mod matrix;
pub mod neighbourhood;
pub mod portfolio;
pub mod query;
pub mod read;
mod rows;
pub mod sort;
mod source;
pub mod standard;
pub mod tool;
pub mod words;
pub mod write;

pub use category::{Answer, Category, Question};
pub use check::Finding;
pub use collection::{Catalog, is_stale};
pub use columns::Column;
pub use compare::Comparison;
pub use coverage::Coverage;
pub use criteria::{Criterion, Host};
pub use entry::{
    Claim, Entry, Evidence, Foundation, Interfaces, LandscapeRef, License, Relation, Repo, Seen, ToolId,
    ToolIdError, Via,
};
pub use groups::{Group, GroupBy, groups, groups_in_order};
pub use matrix::{Counting, Matrix};
pub use neighbourhood::Neighbourhood;
pub use portfolio::{Candidates, Gap, Portfolio, candidates};
pub use query::{Facets, Index, Query};
pub use sort::{SortBy, sort};
pub use tool::{Field, Tool};
pub use words::{
    ClaimStatus, Depth, Kind, Layer, LicenseClass, Maturity, Polarity, RelationKind, Stage, Status, ToldBy,
    Verdict,
};

//! Architecture drawings: nodes, typed flows, lanes, edits, layout and routing.
//!
//! In reading order: [`kinds`] is the vocabulary, the model is [`Architecture`] with its [`Node`]s and
//! [`Flow`]s, `read` and `write` are its text form (`*.architecture.json`), [`edit`] is every change a
//! person can make together with its inverse, [`layout`] gives each node a place and [`mod@route`] leads the
//! flows around the boxes; an [`Arrangement`] is both, kept up to date.
//!
//! What is asked of drawings: [`mod@lint`] says what is wrong, [`mod@impact`] what a change does, [`mod@maturity`] how
//! far it has come, [`diff`](fn@diff) compares two versions, [`pairing`] says which boxes of two drawings are one,
//! [`lacks`](fn@lacks) compares a drawing with a reference design, [`props`] are the properties that rules read,
//! [`consensus`](fn@consensus) says what several agree on, [`constraints`] what an organisation allows, [`fill`] finds
//! tools in the catalog, [`test_score`] is the ML Test Score, and [`gallery`] finds drawings among many.

mod arrangement;
mod basis;
mod graph;
mod guide;
mod json;
mod judged;
mod links;
mod locate;
mod model;
mod read;
mod reported;
#[cfg(test)]
mod sketch;
mod write;

pub mod consensus;
pub mod constraints;
pub mod diff;
pub mod edit;
pub mod export;
pub mod fill;
pub mod gallery;
pub mod impact;
pub mod impact_report;
pub mod kinds;
pub mod lacks;
pub mod layout;
pub mod lint;
pub mod maturity;
pub mod pairing;
pub mod props;
pub mod route;
pub mod test_score;

pub use arrangement::Arrangement;
pub use basis::Evidence;
pub use consensus::{Consensus, consensus};
pub use constraints::{Breach, Constraints};
pub use diff::{Diff, diff};
pub use edit::Edit;
pub use guide::Guide;
pub use impact::{Change, Impact, impact, impact_of};
pub use judged::Judged;
pub use lacks::{Lack, complete, lacks, lacks_with};
pub use layout::{LaneBand, Placement, crossings, place};
pub use links::NodeLinks;
pub use lint::{Finding, Place, Rule, lint};
pub use maturity::{Maturity, maturity};
pub use model::{Architecture, Flow, FlowKey, Node, NodeId, Point, Size, Suppression};
pub use read::ReadError;
pub use reported::Reported;
pub use route::{Route, Routes, route};

//! Architecture drawings: nodes, typed flows, lanes, edits, layout and routing.
//!
//! In reading order: [`kinds`] is the vocabulary, the model is [`Architecture`] with its [`Node`]s and
//! [`Flow`]s, `read` and `write` are its text form (`*.architecture.json`), [`edit`] is every change a
//! person can make together with its inverse, [`layout`] gives each node a place and [`mod@route`] leads the
//! flows around the boxes.

mod locate;
mod model;
mod read;
mod write;

pub mod edit;
pub mod kinds;
pub mod layout;
pub mod route;

pub use edit::Edit;
pub use layout::{LaneBand, Placement, place};
pub use model::{Architecture, Flow, FlowKey, Node, NodeId, Point, Size};
pub use read::ReadError;
pub use route::{Route, route};

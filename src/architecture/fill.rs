//! Which tools of the catalog can fill the boxes of a drawing, and what follows from those that do.
//!
//! [`candidates`] ranks tools for one box, [`cover`](fn@cover) finds the fewest that fill all, [`integrations`] asks for each flow
//! whether the tools at its ends are known to work together, and [`operations`] tells what all of them need to run.

mod candidates;
mod cover;
mod integrations;
mod jobs;
mod operations;

pub use candidates::{Candidate, Candidates, Excluded, Reason, candidates};
pub use cover::{Chosen, Cover, Scope, cover};
pub use integrations::{FlowIntegration, Integrations, Pair, Record, integrations};
pub use jobs::{Fit, Job, Usage, fit, job, jobs};
pub use operations::{Need, Operations, Service, operations};

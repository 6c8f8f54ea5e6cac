//! Which tools of the catalog can fill the boxes of a drawing, and what follows from those that do.
//!
//! [`candidates`] ranks tools for one box, [`cover`](fn@cover) finds the fewest that fill all and [`gaps`] tells why
//! nobody fills one, [`integrations`] asks for each flow whether the tools at its ends are known to work together,
//! [`operations`] tells what all of them need to run, and [`swap`](fn@swap) what changes when one takes the place of
//! another.

mod candidates;
mod cover;
mod gap;
mod integrations;
mod jobs;
mod operations;
mod rows;
mod strangers;
mod swap;

pub use candidates::{Candidate, Candidates, Excluded, Reason, candidates};
pub use cover::{Chosen, Cover, Placed, Scope, cover, put_in};
pub use gap::{Gap, Why, gaps};
pub use integrations::{FlowIntegration, Integrations, Known, Pair, Record, entry, integrations};
pub use jobs::{Fit, Job, Models, Usage, fit, job, jobs, language_model_jobs};
pub use operations::{Need, Operations, Service, operations};
pub use rows::rows;
pub use strangers::{Stranger, strangers};
pub use swap::{Compared, Lost, Standing, Swap, swap};

//! Journeys through the whole program by accessible label, as a person goes who sees, types and clicks.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "../support/headless/mod.rs"]
mod headless;
#[path = "../support/window.rs"]
mod window;

mod compare;
mod consensus;
mod export;
mod filters;
mod findings;
mod gallery;
mod graph;
mod impact;
mod keyboard;
mod landscape;
mod links;
mod live;
mod mapping;
mod matrix;
mod names;
mod odd_keys;
mod practice;
mod present;
mod program;
mod remarks;
mod runs;
mod runs_looks;
mod shortlist;
mod small_windows;
mod studio;
mod table;
mod tables;
mod tools_panel;
mod windows;
mod workspace;

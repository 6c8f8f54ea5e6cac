//! The program beside the real clients and viewers that `.ci/install-peers` brings. A missing one is a failure.

#![cfg(feature = "peers")]
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "../support/drawn.rs"]
mod drawn;
#[path = "../support/exports.rs"]
mod exports;
#[path = "../support/headless/mod.rs"]
mod headless;
#[path = "../support/stores/listing.rs"]
mod listing;
#[expect(dead_code, reason = "the tests of stored answers use the rest")]
#[path = "../support/mlruns/mod.rs"]
mod mlruns;
#[path = "../support/read_png.rs"]
mod read_png;
#[path = "../support/statistics.rs"]
mod statistics_answers;
#[expect(dead_code, reason = "the tests of stored answers use the rest")]
#[path = "../support/trackers.rs"]
mod trackers;

mod client;
mod drawings;
mod export;
mod filters;
mod installed;
mod mlflow;
mod mlflow_files;
mod optuna;
mod parquet;
mod reference;
mod statistics;
mod tables;
mod tensorboard;
mod trackio;
mod vectors;

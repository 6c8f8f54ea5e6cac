//! Stores of runs: what is read from each, how it is followed, kept and printed, and what damage does to it.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[path = "../support/stores/followed.rs"]
mod followed;
#[path = "../support/stores/listing.rs"]
mod listing;
#[path = "../support/made_runs.rs"]
mod made_runs;
#[path = "../support/mlruns/mod.rs"]
mod mlruns;
#[path = "../support/statistics.rs"]
mod statistics_answers;
#[path = "../support/tensorboard.rs"]
mod tensorboard;
#[path = "../support/trackers.rs"]
mod trackers;

mod compare;
mod damaged_store;
mod demo_store;
mod faults;
mod filter;
mod filter_cli;
mod filter_complete;
mod filter_extended;
mod importance;
mod live_writer;
mod mlflow_edges;
mod mlflow_files_live;
mod mlflow_files_store;
mod mlflow_models;
mod mlflow_odd_rows;
mod mlflow_replaced;
mod mlflow_store;
mod optuna_edges;
mod optuna_store;
mod pyramid;
mod recognised_stores;
mod rerun;
mod run_cache;
mod run_page;
mod runs_beside;
mod runs_cli;
mod runs_columns;
mod runs_series;
mod runs_watch;
mod seeds;
mod statistics;
mod tables_edges;
mod tables_live;
mod tables_store;
mod tensorboard_edges;
mod tensorboard_store;
mod tensorboard_tail;
mod trackio_edges;
mod trackio_store;

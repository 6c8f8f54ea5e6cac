//! The catalog of tools: its files, and what the command line says of them.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod catalog;
mod compare_cli;
mod shortlist_cli;
mod tools_columns;
mod tools_filter;
mod workspace_catalog;

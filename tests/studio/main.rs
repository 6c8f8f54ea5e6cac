//! Drawings of architectures: model, layout, rules and impact against the reference, files, command line.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[expect(dead_code, reason = "the peers read the files themselves")]
#[path = "../support/exports.rs"]
mod exports;

mod architecture;
mod architecture_answers;
mod architecture_cli;
mod architecture_export;
mod architecture_fixes;
mod architecture_reference;
mod cases;
mod drawings;
mod graphs;

//! The command line: one file per noun's subcommands.

pub mod architecture;
pub mod runs;
pub mod tools;

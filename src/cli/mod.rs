//! The command line: one file per noun's subcommands.

pub mod architecture;
pub mod pictures;
pub mod runs;
pub mod schema;
pub mod tools;

//! `mlops-atlas schema`: prints the JSON Schemas of the program's file formats.

use std::io::{self, Write};

use clap::{Args, ValueEnum};

/// A file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaName {
    /// `catalog/tools/*.toml`.
    Tool,
    /// `catalog/categories.toml`.
    Categories,
    /// `catalog/foundations.toml`.
    Foundations,
    /// `*.architecture.json`.
    Architecture,
    /// `data/practice/*.toml`, as JSON.
    Practice,
    /// `*.shortlist.toml`.
    Shortlist,
}

/// The arguments of `schema`.
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:\n  mlops-atlas schema architecture > architecture.schema.json")]
pub struct SchemaArgs {
    /// Which format.
    #[arg(value_enum)]
    pub name: SchemaName,
}

/// The text of a schema.
pub fn text(name: SchemaName) -> &'static str {
    match name {
        SchemaName::Tool => include_str!("../../data/schema/tool.schema.json"),
        SchemaName::Categories => include_str!("../../data/schema/categories.schema.json"),
        SchemaName::Foundations => include_str!("../../data/schema/foundations.schema.json"),
        SchemaName::Architecture => include_str!("../../data/schema/architecture.schema.json"),
        SchemaName::Practice => include_str!("../../data/schema/practice.schema.json"),
        SchemaName::Shortlist => include_str!("../../data/schema/shortlist.schema.json"),
    }
}

/// Prints a schema.
pub fn run(args: &SchemaArgs, out: &mut dyn Write) -> io::Result<u8> {
    out.write_all(text(args.name).as_bytes())?;
    Ok(0)
}

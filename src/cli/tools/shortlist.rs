//! `tools shortlist`: the shortlist of the private database as a file, and files of others taken into it.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;
use serde::Serialize;

use super::output::Output;
use super::{ToolsError, catalog, json, sentence, tell};
use crate::catalog::ToolId;
use crate::problem::Problem;
use crate::remarks::Remarks;
use crate::shortlist::{Shortlist, merge, text};
use crate::shown::counted;
use crate::store::atlas_db::{AtlasDb, Profile};
use crate::store::shortlist_files;

pub(super) const EXAMPLES: &str = "Examples:
  mlops-atlas tools shortlist export
  mlops-atlas tools shortlist export --title 'For the serving group' --out serving.shortlist.toml
  mlops-atlas tools shortlist export --without-notes --out serving.shortlist.toml
  mlops-atlas tools shortlist import serving.shortlist.toml

The shortlist is the one of the window: it lies in atlas.db in the folder that MLOPS_ATLAS_HOME names, else in the
platform's own. A file that is imported takes nothing off it and overwrites no rating and no note.";

/// What `tools shortlist` can do.
#[derive(Clone, Debug, Subcommand)]
pub enum ShortlistCommand {
    /// Write the shortlist, with your ratings and notes of its tools.
    Export(ExportArgs),
    /// Take a shortlist in; exits with 1 if anything of it was left out.
    Import(ImportArgs),
}

/// The arguments of `tools shortlist export`.
#[derive(Clone, Debug, Default, Args)]
pub struct ExportArgs {
    /// The file to write, instead of the screen; its path is then the answer.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// What the shortlist is for.
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Leave your notes out.
    #[arg(long)]
    pub without_notes: bool,
    /// The day that stands in the file; today if left out.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub today: Option<Date>,
    /// Print one JSON value.
    #[arg(long)]
    pub json: bool,
}

/// The arguments of `tools shortlist import`.
#[derive(Clone, Debug, Default, Args)]
pub struct ImportArgs {
    /// The file.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Print the shortlist as it is then, as one JSON value.
    #[arg(long)]
    pub json: bool,
    /// Lay this workspace's catalog/tools/*.toml over the shipped catalog, so that its tools are known.
    #[arg(long, value_name = "DIR")]
    pub workspace: Option<PathBuf>,
}

/// One tool of `--json`.
#[derive(Serialize)]
struct ListedJson<'a> {
    id: &'a ToolId,
    rating: Option<u8>,
    note: Option<&'a str>,
}

pub(super) fn run(
    command: &ShortlistCommand,
    profile: &Profile,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, ToolsError> {
    match command {
        ShortlistCommand::Export(args) => export(args, profile, out, err),
        ShortlistCommand::Import(args) => import(args, profile, out, err),
    }
}

fn export(
    args: &ExportArgs,
    profile: &Profile,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, ToolsError> {
    let remarks = Remarks::new(open(profile)?.remarks()?);
    let mut list = Shortlist::of(&remarks, args.today.unwrap_or_else(|| jiff::Zoned::now().date()));
    list.title = args.title.clone().filter(|title| !title.trim().is_empty());
    if args.without_notes {
        list.tools.values_mut().for_each(|listed| listed.note = None);
    }
    if args.json && args.out.is_none() {
        print(&list, out)?;
        return Ok(0);
    }
    Output { text: text::write(&list), file: args.out.as_deref(), json: args.json, keeps_old: false }
        .put(out)?;
    if args.out.is_some() {
        // What leaves the private database is told.
        writeln!(err, "mlops-atlas: the shortlist is written: {}", list.summary())?;
    }
    Ok(0)
}

fn import(
    args: &ImportArgs,
    profile: &Profile,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, ToolsError> {
    let (catalog, status) = catalog(args.workspace.as_deref(), err)?;
    let (list, odd) = shortlist_files::open(&args.file)?;
    let db = open(profile)?;
    let mut remarks = Remarks::new(db.remarks()?);
    let merged = merge(&remarks, &list, |tool| catalog.get(tool).is_some());
    db.keep_remarks(&remarks.change_all("Import of a shortlist", merged.edits))?;
    let place = |tool: &ToolId| format!("{}:{}", args.file.display(), list.line_of(tool).unwrap_or_default());
    let unknown = merged.unknown.iter().map(|tool| {
        let message =
            format!("{tool} is no tool of the catalog and was kept out: mend the id, or name its workspace");
        sentence(&Problem::warning(message, place(tool)))
    });
    let own = merged.own.iter().map(|(tool, own)| {
        let message = format!("your own {} of {tool} was kept, the file says another", own.words());
        sentence(&Problem::warning(message, place(tool)))
    });
    let told: Vec<String> = odd.iter().map(sentence).chain(unknown).chain(own).collect();
    let left_out = tell(&told, err)?;
    if args.json {
        print(&Shortlist::of(&remarks, Date::ZERO), out)?;
    } else {
        let (added, present) = (counted(merged.added, "tool", "tools"), merged.present);
        writeln!(out, "{added} came onto the shortlist, {present} were on it")?;
    }
    Ok(status.max(left_out))
}

fn print(list: &Shortlist, out: &mut dyn Write) -> Result<(), ToolsError> {
    let listed = list.tools.iter();
    let listed = listed.map(|(id, said)| ListedJson { id, rating: said.rating, note: said.note.as_deref() });
    json::print(&listed.collect::<Vec<_>>(), out)
}

/// The private database; one in memory would lose what is imported and has nothing to export.
fn open(profile: &Profile) -> Result<AtlasDb, ToolsError> {
    let (db, problems) = AtlasDb::open(profile)?;
    if db.is_kept() {
        return Ok(db);
    }
    let why = problems.first().map_or_else(
        || "there is no home folder: set MLOPS_ATLAS_HOME to a folder that can be written".to_owned(),
        sentence,
    );
    Err(ToolsError::NotKept(why))
}

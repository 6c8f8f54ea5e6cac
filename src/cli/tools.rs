//! `mlops-atlas tools`: list, show, compare, export and check the catalog.

mod compare;
mod export;
pub(super) mod json;
mod matrix;
mod output;
mod plain;
mod portfolio;
mod relations;
mod shortlist;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use jiff::civil::Date;

pub use matrix::MatrixArgs;
pub use portfolio::PortfolioArgs;
pub use relations::RelationsArgs;
pub use shortlist::{ExportArgs as ShortlistExportArgs, ImportArgs as ShortlistImportArgs, ShortlistCommand};

use super::{sentence, tell};
use crate::catalog::query::{Context, Query, Value, Wish, tokens};
use crate::catalog::{Catalog, Index, LicenseClass, Stage, Tool, ToolId, check};
use crate::nearest::nearest;
use crate::problem::Severity;
use crate::store::atlas_db::{self, Profile};
use crate::store::catalog_files::{self, CatalogFilesError, Review};
use crate::store::shortlist_files;

pub use compare::{CompareArgs, CompareFormat};
pub use export::{ExportArgs, ExportFormat};

/// Why a `tools` command could not answer; the program then exits with 2.
#[derive(Debug, thiserror::Error)]
pub enum ToolsError {
    /// A folder could not be read.
    #[error(transparent)]
    Files(#[from] CatalogFilesError),
    /// There is no such tool: what to do, and what was given.
    #[error("no tool of the catalog has this id, name or alias; {0}")]
    NoTool(String),
    /// Too few or too many tools.
    #[error(
        "two to five different tools can be compared, and this names {0}; see mlops-atlas tools compare --help"
    )]
    Count(usize),
    /// A decision record would replace a file.
    #[error("the file exists already and may hold a decision; add --force to replace it: {}", .0.display())]
    Exists(PathBuf),
    /// A format was named and JSON asked for.
    #[error("--json prints JSON: leave it out, or write {0} to a file with --out")]
    TwoFormats(&'static str),
    /// A file could not be written.
    #[error("the file cannot be written ({source}): {}", .path.display())]
    Out {
        /// What the system says.
        source: io::Error,
        /// The file.
        path: PathBuf,
    },
    /// A filter's value is on no list.
    #[error("this is no {what}, use one of {list}: {given}")]
    NoSuchValue {
        /// What was to be named.
        what: &'static str,
        /// The possible values.
        list: String,
        /// The one that was given.
        given: String,
    },
    /// A filter is not understood.
    #[error("--filter, character {at}: {message}")]
    Filter {
        /// Its place in the filters, from 1.
        at: usize,
        /// What there is instead.
        message: String,
    },
    /// A shortlist could not be read.
    #[error(transparent)]
    Shortlist(#[from] shortlist_files::Error),
    /// The private database failed.
    #[error(transparent)]
    Private(#[from] atlas_db::Error),
    /// There is no private database that lasts.
    #[error("the shortlist cannot be kept; {0}")]
    NotKept(String),
    /// The answer could not be written.
    #[error("the answer could not be written: {0}")]
    Write(#[from] io::Error),
    /// The answer could not be written as JSON.
    #[error("the answer could not be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

/// The arguments of `mlops-atlas tools`.
#[derive(Clone, Debug, Args)]
pub struct ToolsArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: ToolsCommand,
}

/// What `mlops-atlas tools` can do.
#[derive(Clone, Debug, Subcommand)]
pub enum ToolsCommand {
    /// List the tools that match, best first.
    #[command(after_help = LIST_EXAMPLES)]
    List(ListArgs),
    /// Show all that is known of one tool.
    #[command(after_help = SHOW_EXAMPLES)]
    Show(ShowArgs),
    /// Put two to five tools side by side.
    #[command(after_help = compare::EXAMPLES)]
    Compare(CompareArgs),
    /// Write the tools that match as a table.
    #[command(after_help = export::EXAMPLES)]
    Export(ExportArgs),
    /// Check a catalog; exits with 1 if anything is wrong in it.
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckArgs),
    /// Count the tools of each category, foundation or licence class at each stage of the lifecycle.
    #[command(after_help = matrix::EXAMPLES)]
    Matrix(MatrixArgs),
    /// Show what each foundation hosts along the lifecycle, where it has nothing, and who could fill that.
    #[command(after_help = portfolio::EXAMPLES)]
    Portfolio(PortfolioArgs),
    /// Show what tools work with, run on and compete with, each relation with its source.
    #[command(after_help = relations::EXAMPLES)]
    Relations(RelationsArgs),
    /// Write your shortlist to a file, or take one in that somebody handed you.
    #[command(subcommand, after_help = shortlist::EXAMPLES)]
    Shortlist(ShortlistCommand),
}

const LIST_EXAMPLES: &str = "Examples:
  mlops-atlas tools list
  mlops-atlas tools list --stage monitor --stage evaluate
  mlops-atlas tools list --text drift --foundation 'LF AI & Data' --json
  mlops-atlas tools list --filter 'stage:monitor licence:osi -k8s'
  mlops-atlas tools list --filter 'category:\"Feature store\" lang:python is:alive -has:stale'
  mlops-atlas tools list --workspace my-team";

const SHOW_EXAMPLES: &str = "Examples:
  mlops-atlas tools show feast
  mlops-atlas tools show 'Apache Airflow' --json";

const CHECK_EXAMPLES: &str = "Examples:
  mlops-atlas tools check                 the catalog inside the program
  mlops-atlas tools check my-team         my-team/catalog/tools/*.toml, laid over it
  mlops-atlas tools check data/catalog --json
  mlops-atlas tools check --coverage      how much is known, without the findings
  mlops-atlas tools check --coverage --csv

A folder with a categories.toml is a whole catalog and is judged alone; one without is laid over the catalog inside
the program.";

/// The arguments of `tools list`.
#[derive(Clone, Debug, Default, Args)]
pub struct ListArgs {
    /// Print one JSON value.
    #[arg(long)]
    pub json: bool,
    /// Only tools of this lifecycle stage; may be repeated.
    #[arg(long, value_name = "STAGE")]
    pub stage: Vec<String>,
    /// Only tools whose licence is of this class: osi, open-core, source-available, unknown; may be repeated.
    #[arg(long, value_name = "CLASS")]
    pub license: Vec<String>,
    /// Only tools that this foundation hosts; may be repeated.
    #[arg(long, value_name = "NAME")]
    pub foundation: Vec<String>,
    /// Only tools that pass these filters, written as in the search box of the window; may be repeated.
    #[arg(long, value_name = "FILTERS", allow_hyphen_values = true)]
    pub filter: Vec<String>,
    /// The day on which claims are fresh or stale; today if left out.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub today: Option<Date>,
    /// Only tools in which all these words occur.
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub text: String,
    /// Lay this workspace's catalog/tools/*.toml over the shipped catalog; left out, none is read, not even inside of one.
    #[arg(long, value_name = "DIR")]
    pub workspace: Option<PathBuf>,
}

/// The arguments of `tools show`.
#[derive(Clone, Debug, Args)]
pub struct ShowArgs {
    /// The tool's id, name or alias.
    #[arg(value_name = "ID")]
    pub id: String,
    /// Print one JSON value.
    #[arg(long)]
    pub json: bool,
    /// Lay this workspace's catalog/tools/*.toml over the shipped catalog; left out, none is read, not even inside of one.
    #[arg(long, value_name = "DIR")]
    pub workspace: Option<PathBuf>,
}

/// The arguments of `tools check`.
#[derive(Clone, Debug, Default, Args)]
pub struct CheckArgs {
    /// A workspace, a catalog or a folder of entries; the catalog inside the program if left out.
    #[arg(value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// The same, as the other commands of `tools` call it.
    #[arg(long, value_name = "DIR", conflicts_with = "dir")]
    pub workspace: Option<PathBuf>,
    /// Print one JSON value.
    #[arg(long)]
    pub json: bool,
    /// Print only how much is known.
    #[arg(long)]
    pub coverage: bool,
    /// Print the counts of the coverage as CSV.
    #[arg(long, requires = "coverage", conflicts_with = "json")]
    pub csv: bool,
    /// The day on which claims are judged as fresh or stale; today if left out.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub today: Option<Date>,
}

/// Answers a command on `out`, and says on `err` what of a workspace could not be used; gives the exit status, 0 or 1.
pub fn run(command: &ToolsCommand, out: &mut dyn Write, err: &mut dyn Write) -> Result<u8, ToolsError> {
    match command {
        ToolsCommand::List(args) => list(args, out, err),
        ToolsCommand::Show(args) => show(args, out, err),
        ToolsCommand::Compare(args) => compare::run(args, out, err),
        ToolsCommand::Export(args) => export::run(args, out, err),
        ToolsCommand::Check(args) => run_check(args, out),
        ToolsCommand::Matrix(args) => matrix::run(args, out, err),
        ToolsCommand::Portfolio(args) => portfolio::run(args, out, err),
        ToolsCommand::Relations(args) => relations::run(args, out, err),
        ToolsCommand::Shortlist(command) => shortlist::run(command, &Profile::platform(), out, err),
    }
}

fn list(args: &ListArgs, out: &mut dyn Write, err: &mut dyn Write) -> Result<u8, ToolsError> {
    let (catalog, status) = catalog(args.workspace.as_deref(), err)?;
    let tools = matching(&catalog, args)?;
    if args.json {
        json::tools(&tools, out)?;
    } else {
        plain::table(&tools, out)?;
    }
    Ok(status)
}

/// The tools that pass the filters, best first.
fn matching<'c>(catalog: &'c Catalog, args: &ListArgs) -> Result<Vec<&'c Tool>, ToolsError> {
    let found = matching_rows(catalog, args)?;
    Ok(found.iter().filter_map(|i| catalog.tools().get(*i)).collect())
}

/// Their places in the catalog, best first.
fn matching_rows(catalog: &Catalog, args: &ListArgs) -> Result<Vec<usize>, ToolsError> {
    let index = Index::new(catalog);
    let query = query(args, catalog, &index)?;
    let today = args.today.unwrap_or_else(|| jiff::Zoned::now().date());
    Ok(index.search(&query, &Context { today, shortlist: &[] }))
}

/// What the options ask for together: each narrows what the others leave, or widens its own facet.
fn query(args: &ListArgs, catalog: &Catalog, index: &Index) -> Result<Query, ToolsError> {
    let mut query = Query::words(&args.text);
    for filter in &args.filter {
        let parsed = tokens::parse(filter, index.vocabulary());
        if let Some(wrong) = parsed.wrong.into_iter().next() {
            let at = filter.get(..wrong.at.start).map_or(0, |before| before.chars().count()) + 1;
            return Err(ToolsError::Filter { at, message: wrong.message });
        }
        query.text = [query.text.as_str(), &parsed.query.text].join(" ");
        query.chosen.extend(parsed.query.chosen);
    }
    let mut want = |value| query.chosen.insert(value, Wish::Wanted);
    for given in &args.stage {
        want(Value::Stage(stage(given)?));
    }
    for given in &args.license {
        want(Value::License(license(given)?));
    }
    for given in &args.foundation {
        want(Value::Foundation(foundation(catalog, given)?));
    }
    Ok(query)
}

fn show(args: &ShowArgs, out: &mut dyn Write, err: &mut dyn Write) -> Result<u8, ToolsError> {
    let (catalog, status) = catalog(args.workspace.as_deref(), err)?;
    let tool = named(&catalog, &args.id)?;
    if args.json {
        json::tool(tool, out)?;
    } else {
        plain::page(tool, out)?;
    }
    Ok(status)
}

/// The tool with this id, name or alias; where there is none, the error names the nearest.
fn named<'c>(catalog: &'c Catalog, given: &str) -> Result<&'c Tool, ToolsError> {
    let by_id = ToolId::new(given).ok().and_then(|id| catalog.get(&id));
    by_id.or_else(|| catalog.find_by_name(given)).ok_or_else(|| {
        let spellings = catalog.tools().iter().flat_map(|tool| {
            let names = [tool.id.as_str(), tool.name.as_str()].into_iter();
            names.chain(tool.aliases.iter().map(String::as_str)).map(|name| (name, tool.id.as_str()))
        });
        let near = nearest(given, spellings);
        ToolsError::NoTool(if near.is_empty() {
            format!("see `tools list`: {given}")
        } else {
            format!("did you mean {}?: {given}", near.join(", "))
        })
    })
}

fn run_check(args: &CheckArgs, out: &mut dyn Write) -> Result<u8, ToolsError> {
    let today = args.today.unwrap_or_else(|| jiff::Zoned::now().date());
    let files = match args.dir.as_deref().or(args.workspace.as_deref()) {
        Some(dir) => catalog_files::load_any(dir)?,
        None => catalog_files::load_bundled(),
    };
    let Review { mut findings, coverage, entries } = catalog_files::judge(files, today);
    if args.coverage {
        findings.clear();
    }
    let status = u8::from(check::has_errors(&findings));
    if args.csv {
        write!(out, "{}", coverage.table().csv())?;
    } else if args.json {
        findings.extend(coverage.findings());
        json::findings(&findings, out)?;
    } else {
        if !args.coverage {
            plain::findings(&findings, entries, out)?;
            writeln!(out)?;
        }
        plain::coverage(&coverage, out)?;
    }
    Ok(status)
}

/// The shipped catalog, or that with a workspace laid over it. An entry there that cannot be used costs itself, is
/// told on `err`, and makes the status 1.
fn catalog(workspace: Option<&Path>, err: &mut dyn Write) -> Result<(Catalog, u8), ToolsError> {
    let own = workspace.map(catalog_files::load_workspace).transpose()?.unwrap_or_default();
    let (catalog, problems) = catalog_files::catalog_of(catalog_files::load_bundled(), own);
    let told = problems.iter().filter(|problem| problem.severity > Severity::Info);
    let status = tell(&told.map(sentence).collect::<Vec<_>>(), err)?;
    Ok((catalog, status))
}

fn stage(given: &str) -> Result<Stage, ToolsError> {
    let list = || Stage::ALL.iter().map(|s| s.id()).collect::<Vec<_>>();
    Stage::from_id(given).ok_or_else(|| no_such("stage", &list(), given))
}

fn license(given: &str) -> Result<LicenseClass, ToolsError> {
    let list = || LicenseClass::ALL.iter().map(|c| c.id()).collect::<Vec<_>>();
    LicenseClass::from_id(given).ok_or_else(|| no_such("licence class", &list(), given))
}

/// A foundation's own spelling for a name given in any case.
fn foundation(catalog: &Catalog, given: &str) -> Result<String, ToolsError> {
    let orgs = catalog.tools().iter().flat_map(|t| t.foundations.iter().map(|f| f.org.as_str()));
    let orgs: std::collections::BTreeSet<&str> = orgs.collect();
    match orgs.iter().find(|org| org.to_lowercase() == given.to_lowercase()) {
        Some(org) => Ok((*org).to_owned()),
        None => Err(no_such("foundation", &orgs.into_iter().collect::<Vec<_>>(), given)),
    }
}

fn no_such(what: &'static str, list: &[&str], given: &str) -> ToolsError {
    ToolsError::NoSuchValue { what, list: list.join(", "), given: given.to_owned() }
}

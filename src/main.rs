//! Arguments, logging and the window.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{CommandFactory as _, Parser, Subcommand};
use mlops_atlas::address::{Location, Origin};
use mlops_atlas::app::{App, Start, tour};
use mlops_atlas::cli::answer::UntilClosed;
use mlops_atlas::cli::{architecture, one_line, pictures, runs, schema, tools, usage};
use mlops_atlas::store::atlas_db::Profile;
use mlops_atlas::store::shortlist_files::is_shortlist;
use mlops_atlas::store::workspace::is_workspace;
use mlops_atlas::ui::theme;
use mlops_atlas::ui::windows::begin_window;

/// A frame allocates and frees megabytes of vertices; the system's allocator gives them back to the kernel each
/// time, which costs more than filling them (`benches/frames.rs`).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Find MLOps tools with sourced pros and cons, draw checked architectures, read experiment runs, and present
/// all of it in one window.
#[derive(Parser)]
#[command(name = "mlops-atlas", version, args_conflicts_with_subcommands = true)]
#[command(after_help = "Examples:
  mlops-atlas                                   open the window
  mlops-atlas mlflow.db                         look at the runs of a store
  mlops-atlas ours.architecture.json            open a drawing
  mlops-atlas ours.shortlist.toml               put the tools of a shortlist on one's own
  mlops-atlas my-team                           open a workspace: a folder with catalog/tools, decisions or drawings
  mlops-atlas 'atlas:landscape?stage=monitor'   open an address
  mlops-atlas tools list --stage serve          the same on the command line")]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Files, folders or `atlas:` addresses to open in the window.
    #[arg(value_name = "PATH|atlas:…")]
    open: Vec<String>,
    /// Today, instead of the clock's; claims age against it.
    #[arg(long, value_name = "DATE")]
    now: Option<jiff::civil::Date>,
}

#[derive(Subcommand)]
enum Command {
    /// The catalog: list, show, check.
    Tools(tools::ToolsArgs),
    /// Drawings: templates, new ones, rules, change impact.
    #[command(subcommand)]
    Architecture(architecture::ArchitectureCommand),
    /// Run stores: sources, runs, series.
    Runs(runs::RunsArgs),
    /// Draw an address into a picture, without a window.
    Render(pictures::RenderArgs),
    /// Draw every place in both themes, without a window.
    Tour(pictures::TourArgs),
    /// Print the JSON Schema of a file format.
    Schema(schema::SchemaArgs),
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are answers; everything else is a wrong use.
            if !error.use_stderr() {
                return match error.print().and_then(|()| std::io::stdout().flush()) {
                    Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                        refused(&format!("{NOT_WRITTEN}: {error}"))
                    }
                    _ => ExitCode::SUCCESS,
                };
            }
            let words: Vec<String> =
                std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
            return refused(&usage::sentence(&error, &Arguments::command(), &words));
        }
    };
    let filter = tracing_subscriber::EnvFilter::try_from_env("MLOPS_ATLAS_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("error"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match run(arguments) {
        Ok(status) => ExitCode::from(status),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => refused(&sentence(&error)),
    }
}

/// What every command says whose answer could not be written.
const NOT_WRITTEN: &str = "the answer could not be written";

/// Says why in one line; wrong use and unreadable input are 2.
fn refused(why: &str) -> ExitCode {
    drop(writeln!(std::io::stderr(), "mlops-atlas: {}", one_line(why)));
    ExitCode::from(2)
}

/// The error with its causes, less those that it has said already.
fn sentence(error: &anyhow::Error) -> String {
    let mut said = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !said.contains(&cause) {
            said = format!("{said}: {cause}");
        }
    }
    said
}

/// Whether the reader of our output (`| head`) went away, which is no failure.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(std::io::ErrorKind::BrokenPipe)
    })
}

fn run(arguments: Arguments) -> anyhow::Result<u8> {
    let mut out = std::io::stdout().lock();
    let status = match arguments.command {
        // What these find is said by how they end, be it read or not.
        Some(Command::Tools(args)) => {
            let mut out = UntilClosed::new(out);
            let status = tools::run(&args.command, &mut out, &mut std::io::stderr().lock())?;
            out.flush().context(NOT_WRITTEN)?;
            return Ok(status);
        }
        Some(Command::Architecture(args)) => {
            let mut out = UntilClosed::new(out);
            let status = architecture::run(&args, &mut out, &mut std::io::stderr().lock())?;
            out.flush().context(NOT_WRITTEN)?;
            return Ok(status);
        }
        Some(Command::Runs(args)) => runs::run(&args, &mut out, &mut std::io::stderr().lock())?,
        Some(Command::Render(args)) => pictures::run_render(&args, &mut out, &mut std::io::stderr().lock())?,
        Some(Command::Tour(args)) => pictures::run_tour(&args, &mut out)?,
        Some(Command::Schema(args)) => schema::run(&args, &mut out).context(NOT_WRITTEN)?,
        None => window(&arguments.open, arguments.now)?,
    };
    // What stays in the buffer would be lost without a word.
    out.flush().context(NOT_WRITTEN)?;
    Ok(status)
}

/// Opens the window; without a display, explains itself and draws the tour.
fn window(open: &[String], now: Option<jiff::civil::Date>) -> anyhow::Result<u8> {
    let Opened { workspace, shortlists, locations } = opened(open)?;
    let has_display = cfg!(not(all(unix, not(target_os = "macos"))))
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|v| !v.is_empty()));
    if !has_display {
        return without_display("there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)");
    }
    let profile = Profile::platform();
    let persistence_path = profile.window_file();
    let start =
        Start { profile, today: now, nearby: std::env::current_dir().ok(), workspace, shortlists, locations };
    // Read while the window opens, which takes longer.
    let reading = App::ahead(start)?;
    let options = eframe::NativeOptions { viewport: begin_window(), persistence_path, ..Default::default() };
    let opened = eframe::run_native(
        "mlops-atlas",
        options,
        Box::new(|creation| {
            tracing::debug!("window open");
            theme::install(&creation.egui_ctx, false);
            let app = reading.wait()??;
            tracing::debug!("content read");
            Ok(Box::new(app))
        }),
    );
    match opened {
        Ok(()) => Ok(0),
        Err(error) => without_display(&format!("the window could not be opened ({error})")),
    }
}

fn without_display(why: &str) -> anyhow::Result<u8> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "MLOps Atlas is a window, and {why}.")?;
    writeln!(out, "So here is a tour of every place as pictures, in light and dark:")?;
    let files = tour(Path::new("mlops-atlas-tour"), [1600, 1000], 1.0)?;
    for file in files {
        writeln!(out, "  {}", file.display())?;
    }
    writeln!(out, "Everything is on the command line as well: mlops-atlas --help")?;
    Ok(0)
}

/// What the arguments ask for.
struct Opened {
    workspace: Option<PathBuf>,
    shortlists: Vec<PathBuf>,
    locations: Vec<Location>,
}

/// Tells addresses, workspaces, shortlists and other paths apart. Addresses are read relative to the workspace, be it given or the
/// current folder, else to the current folder.
fn opened(given: &[String]) -> anyhow::Result<Opened> {
    let is_path = |text: &str| !text.starts_with("atlas:") && !text.starts_with("http");
    let is_given = |text: &&String| is_path(text) && is_workspace(Path::new(text));
    let workspace = given.iter().rfind(is_given).map(std::path::absolute).transpose()?;
    let current = std::env::current_dir().context("the current folder cannot be told")?;
    let base = workspace.as_deref().unwrap_or(&current);
    let (mut shortlists, mut locations) = (Vec::new(), Vec::new());
    for text in given.iter().filter(|text| !is_given(text)) {
        if text.starts_with("atlas:") {
            let location: Location = text.parse().with_context(|| format!("cannot open {text}"))?;
            locations.push(location.resolved_in(base));
        } else if is_path(text) && !Path::new(text).exists() {
            anyhow::bail!("there is neither a command nor a file called {text}; see mlops-atlas --help");
        } else if is_path(text) && is_shortlist(Path::new(text)) {
            shortlists.push(std::path::absolute(text)?);
        } else if is_path(text) {
            // Addresses of it are kept and copied: they are to lead there from any folder.
            locations.push(Location::of_origin(Origin::Path(std::path::absolute(text)?)));
        } else {
            locations.push(Location::of_origin(Origin::parse(text)));
        }
    }
    Ok(Opened { workspace, shortlists, locations })
}

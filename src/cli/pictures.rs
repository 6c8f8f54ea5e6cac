//! `mlops-atlas render` and `mlops-atlas tour`: pictures without a window.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::json;

use super::{sentence, tell};
use crate::address::{AddressError, Location};
use crate::app::{Form, Look, PictureError, render, tour};
use crate::cli::one_line;
use crate::problem::Severity;

/// Why a picture could not be made; the program then exits with 2.
#[derive(Debug, thiserror::Error)]
pub enum PicturesError {
    /// The address is none.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// It could not be drawn or written.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// No form is known by the file's ending.
    #[error(
        "a view is written as PNG, SVG or PDF; give the file a name that ends in .png, .svg or .pdf: {0}"
    )]
    Format(String),
    /// Outlines were asked for where there are none.
    #[error("--outlined goes with SVG only; give the file a name that ends in .svg: {0}")]
    Outlined(String),
    /// The answer could not be written.
    #[error("the answer could not be written: {0}")]
    Write(#[from] io::Error),
}

/// Light or dark grounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ThemeArg {
    /// Light.
    #[default]
    Light,
    /// Dark.
    Dark,
}

/// The arguments of `render`.
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Examples:\n  mlops-atlas render atlas:home --out home.png\n  mlops-atlas render 'atlas:studio/drawing?file=template:rag-ops' --theme dark --out rag.png\n  mlops-atlas render 'atlas:landscape/tool?id=feast' --open my-team --out feast.png\n  mlops-atlas render 'atlas:runs/charts?source=mlflow.db&run=1f0e…&run=77ab…&metric=val/loss' --out curves.png\n  mlops-atlas render atlas:landscape --out landscape.pdf --out landscape.png\n  mlops-atlas render 'atlas:landscape/board?by=stage' --whole --out poster.pdf"
)]
pub struct RenderArgs {
    /// What to draw.
    pub address: String,
    /// Files to open before; a folder with catalog/tools, decisions or drawings is opened as the workspace, and paths in
    /// the address start there.
    #[arg(long, value_name = "PATH")]
    pub open: Vec<PathBuf>,
    /// Width and height in points.
    #[arg(long, default_value = "1600x1000", value_parser = size)]
    pub size: [u32; 2],
    /// Draw all of a board on one page, whose size follows its tools: a poster to print.
    #[arg(long, conflicts_with = "size")]
    pub whole: bool,
    /// Pixels per point of a PNG; vectors have no pixels, and it changes nothing in them.
    #[arg(long, default_value_t = 1.0, value_parser = scale)]
    pub scale: f32,
    /// Light or dark.
    #[arg(long, value_enum, default_value_t)]
    pub theme: ThemeArg,
    /// Today, instead of the catalog's newest date.
    #[arg(long, value_name = "DATE")]
    pub now: Option<jiff::civil::Date>,
    /// The file to write; its ending says what: pixels, an SVG that names its fonts (Inter, JetBrains Mono), or a
    /// PDF that holds them. May be given again for the same view in further forms.
    #[arg(long, value_name = "FILE.{png,svg,pdf}", required = true)]
    pub out: Vec<PathBuf>,
    /// In an SVG, draw words as outlines: it looks the same without the fonts, and cannot be searched.
    #[arg(long)]
    pub outlined: bool,
    /// Print one JSON value.
    #[arg(long)]
    pub json: bool,
}

/// The arguments of `tour`.
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:\n  mlops-atlas tour pictures\n  mlops-atlas tour pictures --size 1280x720")]
pub struct TourArgs {
    /// The folder to draw into.
    pub dir: PathBuf,
    /// Width and height in points.
    #[arg(long, default_value = "1600x1000", value_parser = size)]
    pub size: [u32; 2],
    /// Pixels per point.
    #[arg(long, default_value_t = 1.0, value_parser = scale)]
    pub scale: f32,
    /// Print one JSON value.
    #[arg(long)]
    pub json: bool,
}

fn size(text: &str) -> Result<[u32; 2], String> {
    let wrong = || format!("{text} is no size; write it like 1600x1000, each side 200 to 8000");
    let (width, height) = text.split_once('x').ok_or_else(wrong)?;
    let side = |text: &str| text.parse().ok().filter(|side| (200..=8_000).contains(side)).ok_or_else(wrong);
    Ok([side(width)?, side(height)?])
}

fn scale(text: &str) -> Result<f32, String> {
    let wrong = || format!("{text} is no scale; it is a number from 0.5 to 4");
    text.parse().ok().filter(|scale| (0.5..=4.0).contains(scale)).ok_or_else(wrong)
}

/// Draws one address, in each form that is asked for. What is odd is said on `err`; what is
/// missing from the picture ends with 1.
pub fn run_render(args: &RenderArgs, out: &mut dyn Write, err: &mut dyn Write) -> Result<u8, PicturesError> {
    let location: Location = args.address.parse()?;
    let files = args.out.iter().map(|file| Ok((form_of(file, args.outlined)?, file.clone())));
    let files: Vec<(Form, PathBuf)> = files.collect::<Result<_, PicturesError>>()?;
    let look = Look { size: args.size, scale: args.scale, dark: args.theme == ThemeArg::Dark };
    let problems = render(&location, &args.open, look, args.now, &files, args.whole)?;
    let names: Vec<String> = files.iter().map(|(_, file)| file.display().to_string()).collect();
    print_names(&names, args.json, out)?;
    tell(&problems.iter().map(sentence).collect::<Vec<_>>(), err)?;
    // What is odd and drawn all the same is no partial picture.
    Ok(u8::from(problems.iter().any(|problem| problem.severity == Severity::Error)))
}

/// The form that a file's name asks for.
fn form_of(file: &Path, outlined: bool) -> Result<Form, PicturesError> {
    let shown = || file.display().to_string();
    match Form::of_name(file) {
        None => Err(PicturesError::Format(shown())),
        Some(Form::Svg) if outlined => Ok(Form::OutlinedSvg),
        Some(_) if outlined => Err(PicturesError::Outlined(shown())),
        Some(form) => Ok(form),
    }
}

fn print_names(names: &[String], as_json: bool, out: &mut dyn Write) -> io::Result<()> {
    if as_json {
        return writeln!(out, "{}", json!(names));
    }
    names.iter().try_for_each(|name| writeln!(out, "{}", one_line(name)))
}

/// Draws every place in both themes.
pub fn run_tour(args: &TourArgs, out: &mut dyn Write) -> Result<u8, PicturesError> {
    let files = tour(&args.dir, args.size, args.scale)?;
    let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    print_names(&names, args.json, out)?;
    Ok(0)
}

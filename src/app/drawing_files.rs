//! The files that a drawing becomes: a picture, a text, or a report with its picture beside it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::architecture::export::{
    Format, Ground, PictureForm, PictureOptions, Taken, Target, Words, picture_name,
};
use crate::store::whole_file::is_free_or_holds;
use crate::ui::export::vectors::MADE_BY;
use crate::ui::studio::sheet::Sheet;
use crate::ui::studio::sheet::print::PrintError;

/// A file that is to be written.
pub type File = (PathBuf, Vec<u8>);

/// Why a picture of a drawing could not be made.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct NotDrawn(#[from] PrintError);

/// What a drawing became.
#[derive(Debug)]
pub struct DrawingFiles {
    /// The files; what was asked for is the last, so that what it shows is there before it.
    pub files: Vec<File>,
    /// What was left out, in a sentence without a full stop.
    pub left_out: Option<String>,
}

/// Makes the files of a drawing, the main one being at `path`. Nothing is written yet.
///
/// A report is one of two files: the picture stands beside it under its name and `-picture.svg`, or a free name like it
/// where a file of somebody else has that one.
pub fn drawing_files(
    taken: &Arc<Taken>,
    target: Target,
    options: PictureOptions,
    path: &Path,
) -> Result<DrawingFiles, NotDrawn> {
    let sheet = |options| Sheet::new(Arc::clone(taken), options);
    let export = taken.export();
    Ok(match target {
        Target::Picture(form) => {
            let bytes = sheet(options).print(form)?;
            DrawingFiles { files: vec![(path.to_owned(), bytes)], left_out: None }
        }
        Target::Text(Format::Markdown) => {
            let picture = beside(path);
            let name = picture.file_name().unwrap_or_default().to_string_lossy().into_owned();
            // A page shows it in a frame of its own, with whatever fonts it has.
            let options = PictureOptions {
                ground: Ground::Light,
                transparent: false,
                words: Words::Outlines,
                ..options
            };
            let drawn = sheet(options).print(PictureForm::Svg)?;
            let report = export.report_with(&name);
            let left_out = report.left_out_sentence();
            DrawingFiles {
                files: vec![(picture, drawn), (path.to_owned(), report.text.into_bytes())],
                left_out,
            }
        }
        Target::Text(format) => {
            let exported = export.text(format);
            let left_out = exported.left_out_sentence();
            DrawingFiles { files: vec![(path.to_owned(), exported.text.into_bytes())], left_out }
        }
    })
}

/// Where the picture of a report goes.
fn beside(report: &Path) -> PathBuf {
    let stem = report.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let name = |number: u32| match number {
        1 => picture_name(&stem),
        number => format!("{stem}-picture-{number}.svg"),
    };
    let paths = (1..=99).map(|number| report.with_file_name(name(number)));
    let free = paths.into_iter().find(|path| is_free_or_holds(path, MADE_BY));
    free.unwrap_or_else(|| report.with_file_name(name(100)))
}

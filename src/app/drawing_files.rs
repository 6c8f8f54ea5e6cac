//! The files that a drawing becomes: a picture, a text, or a report with its picture beside it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::architecture::export::{
    Format, PictureForm, PictureOptions, Taken, Target, Words, is_own_picture, own_picture, picture_name,
};
use crate::shown::counted;
use crate::store::whole_file::is_free_or;
use crate::ui::studio::sheet::Sheet;
use crate::ui::studio::sheet::print::{PrintError, Printed};

/// A file that is to be written.
pub type File = (PathBuf, Vec<u8>);

/// Why the files of a drawing could not be made.
#[derive(Debug, thiserror::Error)]
pub enum NotDrawn {
    /// The picture could not be made.
    #[error(transparent)]
    Picture(#[from] PrintError),
    /// All names beside a report are taken.
    #[error(
        "all names for a picture beside the report are taken, {0} the first of them; move those files away"
    )]
    NoName(String),
}

/// What a drawing became.
#[derive(Debug)]
pub struct DrawingFiles {
    /// The files, what was asked for last.
    pub files: Vec<File>,
    /// What was left out or is not drawn, a sentence each without a full stop.
    pub missing: Vec<String>,
}

/// Makes the files of a drawing, the main one being at `path`, and looks which name beside a report is free. Nothing is
/// written yet.
///
/// A report is two files: the picture stands beside it under its name and `-picture.svg`, or a free name like it where a
/// file of somebody else has that one.
pub fn drawing_files(
    taken: &Arc<Taken>,
    target: Target,
    options: PictureOptions,
    path: &Path,
) -> Result<DrawingFiles, NotDrawn> {
    let export = taken.export();
    let mut missing = Vec::new();
    let mut files = Vec::new();
    match target {
        Target::Picture(form) => {
            let printed = Sheet::new(Arc::clone(taken), options.of_form(form)).print(form)?;
            missing.extend(unseen(&printed));
            files.push((path.to_owned(), printed.bytes));
        }
        Target::Text(Format::Markdown) => {
            let picture = beside(path)?;
            let name = picture.file_name().unwrap_or_default().to_string_lossy().into_owned();
            // A page shows it in a frame of its own, with whatever fonts it has.
            let options = PictureOptions { transparent: false, words: Words::Outlines, ..options };
            let printed = Sheet::new(Arc::clone(taken), options).print(PictureForm::Svg)?;
            let report = export.report_with(&name);
            missing.extend(report.warnings());
            missing.extend(unseen(&printed));
            files.push((picture, own_picture(printed.bytes)));
            files.push((path.to_owned(), report.text.into_bytes()));
        }
        Target::Text(format) => {
            let exported = export.text(format);
            missing.extend(exported.warnings());
            files.push((path.to_owned(), exported.text.into_bytes()));
        }
    }
    Ok(DrawingFiles { files, missing })
}

/// That letters are drawn as boxes.
fn unseen(printed: &Printed) -> Option<String> {
    let first = printed.unseen.first()?;
    let texts = counted(printed.unseen.len(), "text has", "texts have");
    Some(format!("{texts} letters that no font here can draw, boxes stand for them: {first}"))
}

/// Where the picture of a report goes.
fn beside(report: &Path) -> Result<PathBuf, NotDrawn> {
    let stem = report.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut paths = (1..=99).map(|number| report.with_file_name(picture_name(&stem, number)));
    let free = paths.find(|path| is_free_or(path, is_own_picture));
    free.ok_or_else(|| NotDrawn::NoName(picture_name(&stem, 1)))
}

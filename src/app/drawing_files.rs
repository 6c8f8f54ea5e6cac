//! The files that a drawing becomes: a picture, a text, or a report with its picture beside it.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::architecture::export::{
    Beside, Format, PictureForm, PictureOptions, Taken, Target, Words, is_own_picture, own_picture,
    picture_name,
};
use crate::shown::counted;
use crate::store::whole_file::{followed, is_free_or, is_link};
use crate::ui::studio::sheet::print::{PrintError, Printed};
use crate::ui::studio::sheet::{LEAST_LETTERS, Sheet};

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
    /// What is worth knowing of it, the same.
    pub notes: Vec<String>,
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
    let (mut missing, mut notes) = (Vec::new(), Vec::new());
    let mut files = Vec::new();
    match target {
        Target::Picture(form) => {
            let sheet = Sheet::new(Arc::clone(taken), options.of_form(form));
            let printed = sheet.print(form)?;
            notes.extend((form == PictureForm::Pdf).then(|| small_print(&sheet)).flatten());
            missing.extend(export.left_out());
            missing.extend(unseen(&printed));
            files.push((path.to_owned(), printed.bytes));
        }
        Target::Text(Format::Markdown) => {
            let picture = beside(path)?;
            let name = name_of(&picture);
            // A page shows it in a frame of its own, with whatever fonts it has.
            let options = PictureOptions { transparent: false, words: Words::Outlines, ..options };
            let printed = Sheet::new(Arc::clone(taken), options).print(PictureForm::Svg)?;
            let shows = if options.marks { taken.marks.as_ref().map_or("", |marks| &marks.told) } else { "" };
            let report = export.report_with(Beside { name: &name, shows });
            missing.extend(report.warnings());
            missing.extend(unseen(&printed));
            files.push((picture, own_picture(printed.bytes, &name_of(path))));
            files.push((path.to_owned(), report.text.into_bytes()));
        }
        Target::Text(format) => {
            let exported = export.text(format);
            missing.extend(exported.warnings());
            files.push((path.to_owned(), exported.text.into_bytes()));
        }
    }
    Ok(DrawingFiles { files, missing, notes })
}

/// That not everybody can read what is on the page.
fn small_print(sheet: &Sheet) -> Option<String> {
    let letters = sheet.letters_on_page();
    (letters < LEAST_LETTERS).then(|| {
        format!("names of boxes are {letters:.1} points high on this page, small to read; a3 or a page as large as the drawing is larger")
    })
}

/// That letters are drawn as boxes.
fn unseen(printed: &Printed) -> Option<String> {
    let first = printed.unseen.first()?;
    let texts = counted(printed.unseen.len(), "text has", "texts have");
    Some(format!("{texts} letters that no font here can draw, boxes stand for them: {first}"))
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Where the picture of a report goes: beside the file itself, if the path is a link to it.
fn beside(report: &Path) -> Result<PathBuf, NotDrawn> {
    let name = name_of(report);
    let report = &*if is_link(report) { followed(report).into() } else { Cow::Borrowed(report) };
    let stem = report.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut paths = (1..=99).map(|number| report.with_file_name(picture_name(&stem, number)));
    let free = paths.find(|path| is_free_or(path, |bytes| is_own_picture(bytes, &name)));
    free.ok_or_else(|| NotDrawn::NoName(picture_name(&stem, 1)))
}

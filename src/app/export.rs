//! What was drawn without a window, into a file: as pixels, or as vectors.

use std::path::Path;

use crate::problem::Problem;
use crate::ui::export::headless::Headless;
use crate::ui::export::vectors::{Missing, VectorError};

/// The form of an exported view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Pixels.
    Png,
    /// Vectors, words being text that needs its fonts where it is opened.
    Svg,
    /// Vectors, words being outlines.
    OutlinedSvg,
    /// Vectors on one page, words being text, with its fonts.
    Pdf,
}

impl Form {
    /// The form that a file name asks for by its ending; none for other endings.
    pub fn of_name(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match ending.as_str() {
            "png" => Self::Png,
            "svg" => Self::Svg,
            "pdf" => Self::Pdf,
            _ => return None,
        })
    }
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// PNG refused the picture.
    #[error("the picture could not be encoded ({source}): {path}")]
    Encoding {
        /// What the encoder says.
        source: png::EncodingError,
        /// The file.
        path: String,
    },
    /// The vectors could not be converted.
    #[error("{source}: {path}")]
    Vectors {
        /// What went wrong.
        source: VectorError,
        /// The file.
        path: String,
    },
    /// The file could not be written.
    #[error("the picture could not be written ({source}): {path}")]
    Writing {
        /// What the system says.
        source: std::io::Error,
        /// The file.
        path: String,
    },
}

/// How the bytes get into the file.
pub(super) type Save = fn(&Path, &[u8]) -> std::io::Result<()>;

/// Writes what the last pass drew, whole or not at all. Returns what is missing from the file.
pub(super) fn write(
    headless: &Headless,
    title: &str,
    form: Form,
    path: &Path,
    save: Save,
) -> Result<Option<Problem>, ExportError> {
    let shown = || path.display().to_string();
    let (bytes, left_out) = if form == Form::Png {
        let mut bytes = Vec::new();
        let written = headless.write_png_over_panel(&mut bytes);
        written.map_err(|source| ExportError::Encoding { source, path: shown() })?;
        (bytes, 0)
    } else {
        let missing = if form == Form::Pdf { Missing::Replace } else { Missing::Keep };
        let drawing = headless.drawing(title, missing);
        let bytes = match form {
            Form::Pdf => drawing.pdf(),
            Form::OutlinedSvg => drawing.outlined().map(String::into_bytes),
            _ => Ok(drawing.svg().as_bytes().to_vec()),
        };
        (bytes.map_err(|source| ExportError::Vectors { source, path: shown() })?, drawing.left_out())
    };
    save(path, &bytes).map_err(|source| ExportError::Writing { source, path: shown() })?;
    let sentence =
        || format!("{left_out} shapes have no vector form and are missing; export a PNG to have them.");
    Ok((left_out > 0).then(|| Problem::error(sentence(), shown())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_says_the_form() {
        for (name, form) in [
            ("a.png", Some(Form::Png)),
            ("a.b.SVG", Some(Form::Svg)),
            ("a.Pdf", Some(Form::Pdf)),
            ("a.jpg", None),
            ("svg", None),
            (".svg", None),
        ] {
            assert_eq!(Form::of_name(Path::new(name)), form, "{name}");
        }
    }
}

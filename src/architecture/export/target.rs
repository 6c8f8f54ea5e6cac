//! Everything that a drawing can be written as: a picture or a text.

use super::format::Format;
use super::picture::PictureForm;

/// What a drawing is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A picture.
    Picture(PictureForm),
    /// A text.
    Text(Format),
}

impl Target {
    /// All of them: pictures, texts for drawing programs, documents.
    pub fn all() -> impl Iterator<Item = Self> {
        PictureForm::ALL.into_iter().map(Self::Picture).chain(Format::ALL.into_iter().map(Self::Text))
    }

    /// What the command line and the settings call it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Picture(PictureForm::Pdf) => "pdf",
            Self::Picture(PictureForm::Svg) => "svg",
            Self::Picture(PictureForm::Png) => "png",
            Self::Text(format) => format.id(),
        }
    }

    /// The one that is called so.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::all().find(|target| target.id() == id)
    }

    /// Its name.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Picture(PictureForm::Pdf) => "PDF page",
            Self::Picture(PictureForm::Svg) => "SVG",
            Self::Picture(PictureForm::Png) => "PNG",
            Self::Text(format) => format.title(),
        }
    }

    /// What it is good for, in a few words without a full stop.
    pub const fn purpose(self) -> &'static str {
        match self {
            Self::Picture(PictureForm::Pdf) => "To print and to send: text can be selected, links work",
            Self::Picture(PictureForm::Svg) => "For web pages and slides, sharp at every size",
            Self::Picture(PictureForm::Png) => "For everything that takes a picture",
            Self::Text(format) => format.purpose(),
        }
    }

    /// The ending of a file's name, without the dot.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Picture(_) => self.id(),
            Self::Text(format) => format.ending(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_is_found_by_its_id_and_none_by_another() {
        for target in Target::all() {
            assert_eq!(Target::from_id(target.id()), Some(target));
        }
        assert_eq!(Target::all().count(), 11);
        assert_eq!(Target::from_id("docx"), None);
    }
}

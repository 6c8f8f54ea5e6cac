//! A text as egui shapes it: pieces of one format and one face, each in one direction.

use std::ops::Range;

use egui::epaint::text::LayoutJob;
use unicode_script::{Script, UnicodeScript as _};
use unicode_segmentation::UnicodeSegmentation as _;

use super::book::{Book, FaceNumber};

/// What egui hands to its shaper at once.
pub(super) struct Piece {
    /// Bytes of the job's text.
    pub bytes: Range<usize>,
    /// The section of the job, which holds its format.
    pub section: usize,
    /// The face.
    pub face: FaceNumber,
    /// Whether it runs from right to left.
    pub is_rtl: bool,
}

/// All pieces of a text in their order; line ends lie between them.
pub(super) fn pieces(job: &LayoutJob, book: &mut Book) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (section, of) in job.sections.iter().enumerate() {
        let family = &of.format.font_id.family;
        let mut start = of.byte_range.start.0;
        let text = &job.text[start..of.byte_range.end.0];
        let paragraphs: Vec<&str> =
            if job.break_on_newline { text.split('\n').collect() } else { vec![text] };
        for paragraph in paragraphs {
            let mut is_first = true;
            for (at, cluster) in paragraph.grapheme_indices(true) {
                let letter = cluster.chars().next().unwrap_or_default();
                let Some(face) = book.face_of(family, letter).or_else(|| book.box_face(family)) else {
                    continue;
                };
                let bytes = start + at..start + at + cluster.len();
                match pieces.last_mut().filter(|last| !is_first && last.face == face) {
                    Some(last) => last.bytes.end = bytes.end,
                    None => pieces.push(Piece { bytes, section, face, is_rtl: false }),
                }
                is_first = false;
            }
            start += paragraph.len() + 1;
        }
    }
    for piece in &mut pieces {
        piece.is_rtl = is_rtl(&job.text[piece.bytes.clone()]);
    }
    pieces
}

/// Whether a shaper that is told nothing takes this text for one that runs from right to left: by the script of
/// its first letter that has one.
fn is_rtl(text: &str) -> bool {
    let mut scripts = text.chars().map(|letter| letter.script());
    let first =
        scripts.find(|script| !matches!(script, Script::Common | Script::Inherited | Script::Unknown));
    first.is_some_and(|script| {
        matches!(
            script,
            Script::Arabic
                | Script::Hebrew
                | Script::Syriac
                | Script::Thaana
                | Script::Nko
                | Script::Samaritan
                | Script::Mandaic
                | Script::Mende_Kikakui
                | Script::Adlam
                | Script::Hanifi_Rohingya
                | Script::Yezidi
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_letter_with_a_script_says_the_direction() {
        for (text, rtl) in
            [("abc", false), ("שלום", true), ("12 مرحبا", true), ("a שלום", false), ("…", false)]
        {
            assert_eq!(is_rtl(text), rtl, "{text}");
        }
    }
}

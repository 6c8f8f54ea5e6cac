//! Every place of the tour in both themes.

use mlops_atlas::app::{Look, Tour, picture};
use mlops_atlas::ui::export::image::compare;
use mlops_atlas::ui::export::vectors::Missing;

use crate::drawn::{blocks, painted, shown, squeezed, texts};

/// How far the vectors, as resvg paints them, may be from the rasteriser in blocks of 8 by 8 pixels: over all channels 0
/// to 255, and the share of blocks with a channel that differs by more than 32. The mean tells a page in another weight or
/// colour (smoothed letters are lighter by resvg: a dark page full of them comes to 2.1), the share what is missing or
/// elsewhere: eight blocks of a page.
const MOST_APART: (f64, f64) = (2.6, 0.0005);

fn every_place(dark: bool) {
    let stops = Tour::new().0;
    assert!(stops.len() >= 15);
    for (name, location) in stops {
        let look = Look { size: [1280, 800], scale: 1.0, dark };
        let view = picture(location, &[], look, None).unwrap().view;
        let drawing = view.drawing(name, Missing::Keep);
        assert_eq!(drawing.left_out(), 0, "{name}: all of it has a vector form");

        let texts = texts(drawing.svg());
        let written: String = texts.iter().map(|text| squeezed(text)).collect();
        let [whole, touched] = shown(view.shapes());
        assert!(whole.len() > 20, "{name} has {} rows of words", whole.len());
        for words in &whole {
            assert!(written.contains(words.as_str()), "{name} lacks {words}");
        }
        let letters = |words: &[String]| words.iter().map(|words| words.chars().count()).sum::<usize>();
        let count = written.chars().count();
        let bounds = letters(&whole)..=letters(&touched);
        assert!(bounds.contains(&count), "{name} has {count} letters, shown are {bounds:?}");

        let apart = compare(&blocks(&painted(&drawing)), &blocks(&view.picture()));
        let (mean, share) = MOST_APART;
        assert!(apart.mean <= mean && apart.share_over_32 <= share, "{name}, dark: {dark}: {apart:?}");

        let pdf = view.drawing(name, Missing::Replace).pdf().unwrap();
        assert!(pdf.starts_with(b"%PDF-1.7") && pdf.ends_with(b"%%EOF"), "{name}");
    }
}

#[test]
fn every_place_in_the_light_theme_keeps_its_words_and_its_look() {
    every_place(false);
}

#[test]
fn every_place_in_the_dark_theme_keeps_its_words_and_its_look() {
    every_place(true);
}

#[test]
fn the_same_view_gives_the_same_bytes() {
    let look = Look { size: [1280, 800], scale: 1.0, dark: false };
    let view = || picture("atlas:home".parse().unwrap(), &[], look, None).unwrap().view;
    let (one, other) = (view().drawing("home", Missing::Keep), view().drawing("home", Missing::Keep));
    assert_eq!(one.svg(), other.svg());
    // The fonts of a PDF stand in any order.
    assert_eq!(one.pdf().unwrap().len(), other.pdf().unwrap().len());
    assert_eq!(one.outlined().unwrap(), other.outlined().unwrap());
    assert!(!one.outlined().unwrap().contains("<text"));
}

//! Words of all kinds: each in its face, at egui's place, whole, and never a break in the document.

use egui::text::{LayoutJob, TextFormat};
use egui::{Align2, Color32, FontFamily, FontId, Rect, RichText, pos2};
use mlops_atlas::ui::export::image::compare;
use mlops_atlas::ui::export::vectors::{Drawing, Missing};
use mlops_atlas::ui::icons;
use mlops_atlas::ui::theme::{MEDIUM, SEMIBOLD};
use usvg::{Group, Node};

use super::small::view;

use crate::drawn::{painted, squeezed, texts};

fn families() -> [FontFamily; 4] {
    let named = |name: &str| FontFamily::Name(name.into());
    [FontFamily::Proportional, FontFamily::Monospace, named(MEDIUM), named(SEMIBOLD)]
}

/// Where usvg draws the last glyph of every text, in points.
fn last_glyphs(group: &Group, found: &mut Vec<[f32; 2]>) {
    for node in group.children() {
        match node {
            Node::Group(inner) => last_glyphs(inner, found),
            Node::Text(text) => {
                let glyph = text.layouted().last().unwrap().positioned_glyphs.last().unwrap();
                let place = glyph.outline_transform();
                found.push([place.tx, place.ty]);
            }
            _ => {}
        }
    }
}

#[test]
fn the_last_letter_stands_where_the_window_has_it() {
    for text in ["Waffles AVAST fi ffi Type", "0.1234 -> != <= 1,234,567", "Jürgen naïve Łódź Ελλάδα Привет"]
    {
        for family in families() {
            let mut wanted = [0.0, 0.0];
            let view = view(|ui| {
                let galley = ui.painter().layout_no_wrap(
                    text.to_owned(),
                    FontId::new(13.0, family.clone()),
                    Color32::PLACEHOLDER,
                );
                let row = &galley.rows[0];
                let before = row.row.glyphs.iter().rev().skip(1).map(|glyph| glyph.advance_width);
                wanted = [10.0 + before.sum::<f32>(), 20.0 + row.row.glyphs[0].pos.y];
                ui.painter().galley(pos2(10.0, 20.0), galley, ui.visuals().text_color());
            });
            let drawing = view.drawing("letters", Missing::Keep);
            let mut found = Vec::new();
            last_glyphs(drawing.tree().unwrap().root(), &mut found);
            let [x, y] = *found.last().unwrap();
            assert!(
                (x - wanted[0]).abs() < 0.02 && y == wanted[1],
                "{text} in {family}: {x} {y}, {wanted:?}"
            );
        }
    }
}

fn label(text: &str) -> Drawing {
    let view = view(|ui| {
        ui.label(text);
    });
    view.drawing(text, Missing::Keep)
}

#[test]
fn foreign_names_are_kept_as_they_are_written() {
    for name in [
        "שלום עולם",
        "مرحبا بالعالم",
        "run مرحبا 12",
        "模型 v2",
        "🚀 rocket 👩‍🔬",
        "cafe\u{301} <b>&amp;\"'</b>",
        "a\u{200b}b\tc\u{2009}d",
        "two\nlines",
    ] {
        let drawing = label(name);
        let kept: String = texts(drawing.svg()).concat();
        let mut wanted: Vec<char> = squeezed(name).chars().filter(|letter| *letter != '\u{200b}').collect();
        let mut kept: Vec<char> = squeezed(&kept).chars().collect();
        wanted.sort_unstable();
        kept.sort_unstable();
        assert_eq!(kept, wanted, "{name}: {}", drawing.svg());
        assert!(drawing.pdf().unwrap().starts_with(b"%PDF"), "{name}");
    }
}

#[test]
fn what_no_font_has_is_told_apart_in_a_document_that_brings_its_fonts() {
    let view = view(|ui| {
        ui.label("ok 模型");
    });
    let kept = view.drawing("", Missing::Keep);
    assert!(kept.svg().contains(">模型</text>"), "{}", kept.svg());
    let replaced = view.drawing("", Missing::Replace);
    assert!(
        !replaced.svg().contains("模型") && replaced.svg().matches("<use ").count() == 2,
        "{}",
        replaced.svg()
    );
    assert!(replaced.svg().contains(">ok</text>"));
    // What the boxes stand for is said beside them, in UTF-16 as PDF has it.
    let pdf = replaced.pdf().unwrap();
    let told = [0xfe, 0xff, 0x6a, 0x21, 0x57, 0x8b];
    let actual = pdf.windows(b"/ActualText".len()).filter(|part| part == b"/ActualText").count();
    assert_eq!(actual, 1);
    assert!(pdf.windows(told.len()).any(|part| part == told) || hex(&pdf, "feff6a21578b"), "the letters");
}

/// Whether a document holds a text that is written in hexadecimal.
fn hex(pdf: &[u8], digits: &str) -> bool {
    String::from_utf8_lossy(pdf).to_lowercase().contains(digits)
}

#[test]
fn a_name_of_200_letters_is_cut_where_the_window_cuts_it() {
    let long = "abcdefghij".repeat(20);
    let view = view(|ui| {
        ui.add(egui::Label::new(&long).truncate());
        ui.add(egui::Label::new(&long).wrap());
    });
    let texts = texts(view.drawing("long", Missing::Keep).svg());
    let cut = texts.iter().position(|text| text.ends_with('…')).unwrap();
    assert!(cut <= 1 && texts.concat().starts_with("abcdefghijab"), "{texts:?}");
    let wrapped: String = texts[cut + 1..].concat();
    assert_eq!(wrapped, long);
}

#[test]
fn a_word_that_the_window_cuts_is_one_text_with_its_ellipsis() {
    // Wide enough for "Foundation" at least, and never for all of it.
    let view = view(|ui| {
        ui.set_max_width(110.0);
        ui.add(egui::Label::new("Foundation of everything").truncate());
    });
    let drawing = view.drawing("cut", Missing::Keep);
    let texts = texts(drawing.svg());
    assert_eq!(texts.len(), 1, "{texts:?}");
    assert!(texts[0].starts_with("Foundation") && texts[0].ends_with('…'), "{texts:?}");
    let apart = compare(&painted(&drawing), &view.picture());
    assert!(apart.mean < 0.5, "{apart:?}");
}

#[test]
fn letters_outside_of_their_clip_are_no_text_of_the_picture() {
    // A letter of JetBrains Mono is 0.6 of its size wide: at 10 points letter i reaches from 10 + 6 i to 16 + 6 i.
    for (left, right, kept) in [
        (0.0, 400.0, "abcdefghij"),
        (30.0, 50.0, "defg"),
        (0.0, 32.0, "abcd"),
        (48.0, 400.0, "ghij"),
        (100.0, 120.0, ""),
    ] {
        let clip = Rect::from_x_y_ranges(left..=right, 0.0..=200.0);
        let view = view(|ui| {
            let painter = ui.painter().with_clip_rect(clip);
            let font = FontId::new(10.0, FontFamily::Monospace);
            painter.text(pos2(10.0, 20.0), Align2::LEFT_TOP, "abcdefghij", font, Color32::BLACK);
        });
        let drawing = view.drawing("clip", Missing::Keep);
        assert_eq!(texts(drawing.svg()).concat(), kept, "{left} to {right}");
        let apart = compare(&painted(&drawing), &view.picture());
        assert!(apart.mean < 0.5, "{left} to {right}: {apart:?}");
    }
    // In its height nothing is cut: a row in sight by half is there, one that is not in sight is not.
    let view = view(|ui| {
        let painter = ui.painter().with_clip_rect(Rect::from_x_y_ranges(0.0..=400.0, 0.0..=26.0));
        let font = FontId::new(10.0, FontFamily::Monospace);
        painter.text(pos2(10.0, 20.0), Align2::LEFT_TOP, "abc\nnever", font, Color32::BLACK);
    });
    assert_eq!(texts(view.drawing("half", Missing::Keep).svg()), ["abc"]);
}

#[test]
fn icons_are_outlines_and_never_characters() {
    let view = view(|ui| {
        ui.label(format!("{} Trash {}", icons::TRASH, icons::TRASH));
    });
    let drawing = view.drawing("icons", Missing::Keep);
    assert!(!drawing.svg().contains(icons::TRASH));
    assert_eq!(drawing.svg().matches("<use ").count(), 2, "{}", drawing.svg());
    assert_eq!(drawing.svg().matches("<path id=\"g").count(), 1, "drawn once, shown twice");
    assert_eq!(squeezed(&texts(drawing.svg()).concat()), "Trash");
}

#[test]
fn formats_come_out_and_what_is_disabled_is_faded() {
    let view = view(|ui| {
        ui.label(RichText::new("slanted").italics());
        ui.label(RichText::new("struck").strikethrough());
        ui.label(RichText::new("marked").background_color(Color32::from_rgb(1, 2, 3)));
        let format =
            TextFormat { extra_letter_spacing: 2.0, color: Color32::from_rgb(4, 5, 6), ..Default::default() };
        ui.label(LayoutJob::single_section("spaced".to_owned(), format));
        ui.label(RichText::new("plain").color(Color32::from_rgb(0, 0, 0)));
        ui.add_enabled(false, egui::Label::new(RichText::new("off").color(Color32::from_rgb(0, 0, 0))));
    });
    let svg = view.drawing("formats", Missing::Keep).svg().to_owned();
    let of = |word: &str| {
        svg.lines()
            .find(|line| line.ends_with(&format!(">{word}</text>")))
            .unwrap_or_else(|| panic!("{word}: {svg}"))
    };
    assert!(of("slanted").contains("matrix(1 0 -.25 1 "), "{svg}");
    assert!(of("spaced").contains(" letter-spacing=\"2\" fill=\"#040506\""), "{svg}");
    assert!(svg.contains(" fill=\"#010203\""), "{svg}");
    assert!(of("plain").contains(" fill=\"#000000\""), "{svg}");
    assert!(!of("off").contains(" fill=\"#000000\">"), "{svg}");
    let lines = svg.lines().filter(|line| line.contains(" stroke=")).count();
    assert!(lines >= 1, "{svg}");
}

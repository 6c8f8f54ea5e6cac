//! Exported views in the programs that people open them with: poppler and librsvg. A missing one is a failure.

use std::collections::BTreeSet;
use std::process::Command;
use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily};
use mlops_atlas::app::{self, Look, Tour};
use mlops_atlas::ui::export::headless::Headless;
use mlops_atlas::ui::export::image::{Image, compare};
use mlops_atlas::ui::export::vectors::Missing;
use mlops_atlas::ui::theme;
use tempfile::TempDir;

use crate::drawn;
use crate::drawn::blocks;
use crate::read_png::read_png;

/// Debian's `fonts-dejavu-core`: a font with Hebrew and Arabic.
const DEJAVU: &str = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";

/// What a peer says in a folder, after a check that it succeeded and complained of nothing.
fn ask(folder: &TempDir, command: &str) -> String {
    let (program, arguments) = command.split_once(' ').unwrap();
    let output = Command::new(program).args(arguments.split(' ')).current_dir(folder.path()).output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}; run .ci/install-peers"));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && errors.is_empty(), "{command}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

fn words(text: &str) -> BTreeSet<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

const SIZE: [u32; 2] = [1280, 800];

/// Has the program write a view into the folder, as PNG, SVG and PDF.
fn render(folder: &TempDir, address: &str, theme: &str) {
    let size = format!("{}x{}", SIZE[0], SIZE[1]);
    let words = ["render", address, "--theme", theme, "--size", &size];
    let files = ["view.png", "view.svg", "view.pdf"].into_iter().flat_map(|file| ["--out", file]);
    let program = env!("CARGO_BIN_EXE_mlops-atlas");
    let output = Command::new(program).args(words).args(files).current_dir(folder.path()).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && errors.is_empty(), "{words:?}: {errors}");
}

/// The view as pixels, read by a decoder that did not write it.
fn check_png(folder: &TempDir, address: &str) -> Image {
    let picture = read_png(&folder.path().join("view.png"));
    assert_eq!([picture.width, picture.height], SIZE, "{address}");
    picture
}

/// The view as SVG: whole for usvg, a parser of XML, and librsvg. Returns its texts.
fn check_svg(folder: &TempDir, address: &str) -> Vec<String> {
    let svg = std::fs::read_to_string(folder.path().join("view.svg")).unwrap();
    let tree = usvg::Tree::from_str(&svg, &usvg::Options::default()).unwrap();
    assert_eq!([tree.size().width() as u32, tree.size().height() as u32], SIZE, "{address}");
    ask(folder, "rsvg-convert view.svg -o librsvg.png");
    let drawn = read_png(&folder.path().join("librsvg.png"));
    assert_eq!([drawn.width, drawn.height], SIZE, "{address}");
    drawn::texts(&svg)
}

/// The view as PDF: one page with its title and its fonts. Returns its text in the order in which it was drawn.
fn check_pdf(folder: &TempDir, address: &str) -> String {
    let info = ask(folder, "pdfinfo view.pdf");
    let size = format!("{} x {} pts", SIZE[0], SIZE[1]);
    assert!(info.contains("Pages:           1\n") && info.contains(&size), "{address}: {info}");
    let title = info.lines().find_map(|line| line.strip_prefix("Title:")).unwrap_or_default().trim();
    assert!(!title.is_empty() && !title.contains("atlas:"), "{address}: called as a person would: {info}");
    let fonts = ask(folder, "pdffonts view.pdf");
    for font in fonts.lines().skip(2) {
        assert!(
            font.contains(" yes yes yes "),
            "{address}: embedded, subset, with a map to characters: {fonts}"
        );
    }
    assert!(fonts.contains("Inter") && !fonts.contains("Phosphor"), "{address}: {fonts}");
    ask(folder, "pdftotext -raw view.pdf -")
}

fn every_view(dark: bool) {
    let folder = tempfile::tempdir().unwrap();
    for (_, location) in Tour::new().0 {
        let address = location.to_string();
        render(&folder, &address, if dark { "dark" } else { "light" });
        let picture = check_png(&folder, &address);
        let svg = check_svg(&folder, &address);
        let pdf = check_pdf(&folder, &address);
        assert!(!pdf.chars().any(drawn::is_icon), "{address}: icons are no text");

        let look = Look { size: SIZE, scale: 1.0, dark };
        let view = app::picture(location, &[], look, None).unwrap().view;
        let [whole, _] = drawn::shown(view.shapes());
        assert!(whole.len() > 20, "{address} has {} rows of words", whole.len());
        let (in_svg, in_pdf) = (drawn::squeezed(&svg.concat()), drawn::squeezed(&pdf));
        for words in &whole {
            assert!(in_svg.contains(words.as_str()), "{address}: the SVG lacks {words}");
            assert!(in_pdf.contains(words.as_str()), "{address}: the PDF lacks {words}: {pdf}");
        }
        // What is cut at an edge as well: poppler reads neither more nor less than the SVG says.
        let sorted = |text: &str| {
            let mut letters: Vec<char> = text.chars().collect();
            letters.sort_unstable();
            letters.into_iter().collect::<String>()
        };
        assert_eq!(sorted(&in_svg), sorted(&in_pdf), "{address}");

        ask(&folder, "pdftoppm -r 72 -png -singlefile view.pdf poppler");
        let apart = compare(&blocks(&read_png(&folder.path().join("poppler.png"))), &blocks(&picture));
        // Poppler's letters are lighter than ours: the dark page with most of them comes to 2.7 and 0.8 %, all of it in
        // rows of words. That no word is missing is asked above.
        assert!(apart.mean <= 3.2 && apart.share_over_32 <= 0.012, "{address}: {apart:?}");
    }
}

#[test]
fn every_view_in_the_light_theme_is_taken_away_with_its_words_and_its_fonts() {
    every_view(false);
}

#[test]
fn every_view_in_the_dark_theme_is_taken_away_with_its_words_and_its_fonts() {
    every_view(true);
}

#[test]
fn librsvg_and_poppler_draw_what_the_window_shows() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let look = Look { size: [1280, 800], scale: 1.0, dark: false };
    let view = app::picture("atlas:studio/drawing?file=template:rag-ops".parse().unwrap(), &[], look, None)
        .unwrap()
        .view;
    let drawing = view.drawing("view", Missing::Keep);
    std::fs::write(at("text.svg"), drawing.svg()).unwrap();
    std::fs::write(at("outlined.svg"), drawing.outlined().unwrap()).unwrap();
    std::fs::write(at("view.pdf"), drawing.pdf().unwrap()).unwrap();
    // With the fonts of this system: it opens, and is as large.
    ask(&folder, "rsvg-convert text.svg -o text.png");
    assert_eq!((read_png(&at("text.png")).width, read_png(&at("text.png")).height), (1280, 800));
    ask(&folder, "rsvg-convert outlined.svg -o outlined.png");
    ask(&folder, "pdftoppm -r 72 -png -singlefile view.pdf view");
    for (name, most) in [("outlined.png", 1.5), ("view.png", 4.0)] {
        let apart = compare(&read_png(&at(name)), &view.picture());
        println!("{name}: {apart:?}");
        assert!(apart.mean <= most, "{name}: {apart:?}");
    }
}

#[test]
fn words_from_right_to_left_are_drawn_and_found() {
    let bytes =
        std::fs::read(DEJAVU).unwrap_or_else(|error| panic!("{error}: {DEJAVU}; run .ci/install-peers"));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("names.pdf");
    let mut view = Headless::new([400, 200], 1.0, |ctx| {
        theme::install(ctx, true);
        let mut fonts = FontDefinitions::empty();
        fonts.font_data.insert("dejavu".to_owned(), Arc::new(FontData::from_owned(bytes)));
        for family in [FontFamily::Proportional, FontFamily::Monospace] {
            fonts.families.insert(family, vec!["dejavu".to_owned()]);
        }
        ctx.set_fonts(fonts);
    });
    view.settle(4, |ui| {
        for name in ["שלום", "مرحبا", "لا", "latin"] {
            ui.label(name);
        }
    });
    let drawing = view.drawing("names", Missing::Replace);
    for name in ["שלום", "مرحبا", "لا", "latin"] {
        assert!(drawing.svg().contains(&format!(">{name}</text>")), "{name}: {}", drawing.svg());
    }
    let apart = compare(&drawn::painted(&drawing), &view.picture());
    assert!(apart.mean < 1.0, "{apart:?}");
    std::fs::write(&file, drawing.pdf().unwrap()).unwrap();
    let found = words(&ask(&folder, "pdftotext -layout names.pdf -"));
    for name in ["שלום", "مرحبا", "latin"] {
        assert!(found.iter().any(|word| word.contains(name)), "{name}: {found:?}");
    }
}

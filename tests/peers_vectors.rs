//! Exported drawings in the programs that people open them with: poppler and librsvg. A missing one is a failure.
#![cfg(feature = "peers")]
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[path = "vectors/support.rs"]
mod support;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily};
use mlops_atlas::app::{Look, picture};
use mlops_atlas::ui::export::headless::Headless;
use mlops_atlas::ui::export::image::{Image, compare};
use mlops_atlas::ui::export::vectors::Missing;
use mlops_atlas::ui::theme;
use tempfile::TempDir;

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

fn png(file: &Path) -> Image {
    let decoder = png::Decoder::new(std::io::BufReader::new(std::fs::File::open(file).unwrap()));
    let mut reader = decoder.read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    let channels = info.color_type.samples();
    let rgba = bytes.chunks(channels).flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 255]).collect();
    Image { width: info.width, height: info.height, rgba }
}

#[test]
fn a_pdf_has_one_page_with_its_words_and_its_fonts() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("view.pdf");
    for address in
        ["atlas:home", "atlas:landscape", "atlas:studio/drawing?file=template:rag-ops", "atlas:practice"]
    {
        let look = Look { size: [1600, 1000], scale: 1.0, dark: true };
        let view = picture(address.parse().unwrap(), &[], look, None).unwrap().view;
        let drawing = view.drawing("A title", Missing::Replace);
        std::fs::write(&file, drawing.pdf().unwrap()).unwrap();

        let info = ask(&folder, "pdfinfo view.pdf");
        assert!(info.contains("Pages:           1\n") && info.contains("1600 x 1000 pts"), "{info}");
        assert!(info.contains("Title:           A title\n"), "{info}");
        let fonts = ask(&folder, "pdffonts view.pdf");
        for font in fonts.lines().skip(2) {
            assert!(font.contains(" yes yes yes "), "embedded, subset, with a map to characters: {fonts}");
        }
        assert!(fonts.contains("Inter") && !fonts.contains("Phosphor"), "{fonts}");

        let wanted = words(&support::texts(drawing.svg()).join(" "));
        let found = words(&ask(&folder, "pdftotext -layout view.pdf -"));
        let lost: Vec<_> = wanted.difference(&found).collect();
        assert!(
            lost.len() * 50 <= wanted.len(),
            "{address}: {} of {} words lost: {lost:?}",
            lost.len(),
            wanted.len()
        );
        let all: String = found.iter().flat_map(|word| word.chars()).collect();
        assert!(!all.chars().any(support::is_icon), "{address}: icons are no text");
    }
}

#[test]
fn librsvg_and_poppler_draw_what_the_window_shows() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let look = Look { size: [1280, 800], scale: 1.0, dark: false };
    let view =
        picture("atlas:studio/drawing?file=template:rag-ops".parse().unwrap(), &[], look, None).unwrap().view;
    let drawing = view.drawing("view", Missing::Keep);
    std::fs::write(at("text.svg"), drawing.svg()).unwrap();
    std::fs::write(at("outlined.svg"), drawing.outlined().unwrap()).unwrap();
    std::fs::write(at("view.pdf"), drawing.pdf().unwrap()).unwrap();
    // With the fonts of this system: it opens, and is as large.
    ask(&folder, "rsvg-convert text.svg -o text.png");
    assert_eq!((png(&at("text.png")).width, png(&at("text.png")).height), (1280, 800));
    ask(&folder, "rsvg-convert outlined.svg -o outlined.png");
    ask(&folder, "pdftoppm -r 72 -png -singlefile view.pdf view");
    for (name, most) in [("outlined.png", 1.5), ("view.png", 4.0)] {
        let apart = compare(&png(&at(name)), &view.picture());
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
    let apart = compare(&support::painted(&drawing), &view.picture());
    assert!(apart.mean < 1.0, "{apart:?}");
    std::fs::write(&file, drawing.pdf().unwrap()).unwrap();
    let found = words(&ask(&folder, "pdftotext -layout names.pdf -"));
    for name in ["שלום", "مرحبا", "latin"] {
        assert!(found.iter().any(|word| word.contains(name)), "{name}: {found:?}");
    }
}

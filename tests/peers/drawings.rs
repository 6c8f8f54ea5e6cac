//! Pictures of drawings in the programs that people open them with: poppler and librsvg, and usvg. A missing one is a failure.
//! All templates are looked at, and a document in which every text means something to some program.

use std::path::Path;
use std::process::Command;

use mlops_atlas::ui::export::image::compare;

use crate::drawn;
use crate::drawn::blocks;
use crate::exports::{Drawing, drawings as all_drawings};
use crate::headless::swapping;
use crate::read_png::read_png;

/// What a peer says, after a check that it succeeded and complained of nothing.
fn ask(folder: &Path, command: &str) -> String {
    let (program, arguments) = command.split_once(' ').unwrap();
    let output = Command::new(program).args(arguments.split(' ')).current_dir(folder).output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}; run .ci/install-peers"));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && errors.is_empty(), "{command}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// Has the program write a drawing into the folder, in a format.
fn export(folder: &Path, drawing: &Drawing, words: &str, file: &str) {
    let program = env!("CARGO_BIN_EXE_mlops-atlas");
    let mut command = Command::new(program);
    command.args(["architecture", "export"]).arg(&drawing.path).args(words.split(' '));
    let output =
        command.args(["--force", "--today", "2026-11-30", "--out", file]).current_dir(folder).output();
    let output = output.unwrap();
    // The torture has letters that no font has, and flows without an end.
    let status = i32::from(drawing.name == "torture");
    assert!(
        output.status.success() || output.status.code() == Some(status),
        "{}: {}",
        drawing.name,
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Its addresses of the web, one a box: those that a click may lead to.
fn links(drawing: &Drawing) -> Vec<String> {
    // One that names a user before the host leads elsewhere than it seems.
    let is_web =
        |url: &&str| (url.starts_with("https://") || url.starts_with("http://")) && !url.contains('@');
    let of = |node: &serde_json::Value| {
        let listed = |key: &str| node[key].as_array().cloned().unwrap_or_default();
        let one = |key: &str| node[key].as_str().map(serde_json::Value::from);
        let all = listed("links").into_iter().chain(one("repository")).chain(listed("source"));
        let all: Vec<String> = all.filter_map(|url| url.as_str().map(str::to_owned)).collect();
        all.iter().map(String::as_str).find(is_web).map(str::to_owned)
    };
    let mut links: Vec<String> = drawing.nodes().iter().filter_map(of).collect();
    links.sort_unstable();
    links
}

/// The words that a reader of the picture looks for: those of every label, as the program shows what cannot be seen.
fn wanted(drawing: &Drawing) -> Vec<String> {
    let shown = |text: &str| mlops_atlas::shown::one_line(text).into_owned();
    // Several lines become one before.
    let labels = drawing.nodes().iter().map(|node| node["label"].as_str().unwrap());
    labels.flat_map(str::split_whitespace).map(shown).collect()
}

/// What is written from right to left is read by some programs with marks around it, and in another order.
fn letters(text: &str) -> String {
    let is_mark = |letter: &char| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|letter| !is_mark(letter) && !letter.is_whitespace()).collect()
}

/// Whether a text holds a word, be it in the order in which it is seen.
fn holds(text: &str, word: &str) -> bool {
    let (word, backwards): (String, String) = (letters(word), letters(word).chars().rev().collect());
    text.contains(&word) || text.contains(&backwards)
}

fn check_words(drawing: &Drawing, text: &str, what: &str) {
    let text = letters(text);
    for word in wanted(drawing) {
        assert!(holds(&text, &word), "{}, {what}: {word:?} is not in {text}", drawing.name);
    }
    let (nodes, flows) = (drawing.nodes().len(), drawing.flows().len());
    assert!(text.contains(&format!("{nodes}boxes,{flows}flows")), "{}, {what}", drawing.name);
}

/// Checks that nothing is fetched and nothing runs: all that leads out is a link that a person follows.
fn check_closed(drawing: &Drawing, svg: &str) {
    let mut links_seen = Vec::new();
    let mut reader = quick_xml::Reader::from_str(svg);
    loop {
        use quick_xml::events::Event;
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(element) | Event::Empty(element) => {
                let name = String::from_utf8(element.name().as_ref().to_vec()).unwrap();
                assert!(!["script", "image", "style", "foreignObject"].contains(&name.as_str()), "{name}");
                for attribute in element.attributes() {
                    let attribute = attribute.unwrap();
                    let key = String::from_utf8(attribute.key.as_ref().to_vec()).unwrap();
                    let value = attribute
                        .decoded_and_normalized_value(quick_xml::XmlVersion::Implicit1_0, reader.decoder());
                    let value = value.unwrap().into_owned();
                    assert!(!key.starts_with("on"), "{key}");
                    if key == "href" && name == "a" {
                        links_seen.push(value);
                    } else if key == "xlink:href" && name == "a" {
                        assert!(value.starts_with("http"), "{value}");
                    } else if !key.starts_with("xmlns") {
                        assert!(!value.contains("://"), "{key}=\"{value}\"");
                    }
                }
            }
            _ => {}
        }
    }
    links_seen.sort_unstable();
    assert_eq!(links_seen, links(drawing), "{}", drawing.name);
}

#[test]
fn svg_is_read_by_usvg_and_librsvg_with_every_label_and_looks_like_the_png() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for (at, drawing) in all_drawings().iter().enumerate() {
        let theme = ["light", "dark"][at % 2];
        export(folder, drawing, &format!("--format png --scale 1 --theme {theme}"), "a.png");
        export(folder, drawing, &format!("--format svg --words text --theme {theme}"), "text.svg");
        export(folder, drawing, &format!("--format svg --theme {theme}"), "lines.svg");
        let png = read_png(&folder.join("a.png"));
        for file in ["text.svg", "lines.svg"] {
            let svg = std::fs::read_to_string(folder.join(file)).unwrap();
            let tree = usvg::Tree::from_str(&svg, &usvg::Options::default()).unwrap();
            let size = [tree.size().width() as u32, tree.size().height() as u32];
            assert_eq!(size, [png.width, png.height], "{} {file}", drawing.name);
            check_closed(drawing, &svg);
            ask(folder, &format!("rsvg-convert {file} -o drawn.png"));
        }
        let text = std::fs::read_to_string(folder.join("text.svg")).unwrap();
        check_words(drawing, &drawn::texts(&text).concat(), "SVG");
        let lines = std::fs::read_to_string(folder.join("lines.svg")).unwrap();
        assert!(!lines.contains("<text") && !lines.contains("font-family"), "{}", drawing.name);
        // Outlines need no font, so another program draws the same.
        let apart = compare(&blocks(&read_png(&folder.join("drawn.png"))), &blocks(&png));
        println!("{} {theme}: {apart:?}", drawing.name);
        assert!(apart.mean <= 0.8 && apart.share_over_32 <= 0.002, "{}: {apart:?}", drawing.name);
    }
}

#[test]
fn an_svg_with_its_fonts_looks_like_the_png_in_a_browser_that_has_none_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    // A browser takes seconds to start: three drawings are enough.
    let all = all_drawings();
    let drawings =
        all.iter().filter(|drawing| ["edge", "kreuzberger", "rag-ops"].contains(&drawing.name.as_str()));
    for (drawing, theme) in drawings.zip(["light", "dark", "light"]) {
        export(folder, drawing, &format!("--format png --scale 1 --theme {theme}"), "a.png");
        export(folder, drawing, &format!("--format svg --words fonts --theme {theme}"), "fonts.svg");
        let png = read_png(&folder.join("a.png"));
        let svg = std::fs::read_to_string(folder.join("fonts.svg")).unwrap();
        assert_eq!(svg.matches("@font-face").count(), 2, "regular and semibold, and no other");
        check_words(drawing, &drawn::texts(&svg).concat(), "SVG with fonts");
        let output = Command::new("/usr/bin/chromium")
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--screenshot=drawn.png",
            ])
            .arg(format!("--user-data-dir={}", folder.join("profile").display()))
            .arg(format!("--window-size={},{}", png.width, png.height))
            .arg(folder.join("fonts.svg"))
            .current_dir(folder)
            .output()
            .unwrap_or_else(|error| panic!("{error}; run .ci/install-peers"));
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let drawn = read_png(&folder.join("drawn.png"));
        assert_eq!([drawn.width, drawn.height], [png.width, png.height], "{}", drawing.name);
        let apart = compare(&blocks(&drawn), &blocks(&png));
        println!("{} {theme}: {apart:?}", drawing.name);
        assert!(apart.mean <= 0.8 && apart.share_over_32 <= 0.002, "{}: {apart:?}", drawing.name);
    }
}

#[test]
fn pdf_has_every_label_as_text_its_fonts_and_its_links_and_looks_like_the_png() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for (at, drawing) in all_drawings().iter().enumerate() {
        let theme = ["dark", "light"][at % 2];
        export(folder, drawing, &format!("--format png --scale 1 --theme {theme}"), "a.png");
        export(folder, drawing, &format!("--format pdf --theme {theme}"), "a.pdf");
        let png = read_png(&folder.join("a.png"));
        let info = ask(folder, "pdfinfo a.pdf");
        let size = format!("{} x {} pts", png.width, png.height);
        assert!(info.contains("Pages:           1\n") && info.contains(&size), "{}: {info}", drawing.name);
        let text =
            ["-raw", "-layout"].map(|order| ask(folder, &format!("pdftotext {order} a.pdf -"))).concat();
        check_words(drawing, &text, "PDF");
        let fonts = ask(folder, "pdffonts a.pdf");
        for font in fonts.lines().skip(2) {
            let is_whole = font.contains(" yes yes yes ");
            // The font without letters has none to map.
            assert!(is_whole || font.contains("Type 3"), "{}: {fonts}", drawing.name);
        }
        let urls = ask(folder, "pdfinfo -url a.pdf");
        let mut urls: Vec<String> = urls
            .lines()
            .skip(1)
            .filter_map(|line| line.split_whitespace().nth(2))
            .map(str::to_owned)
            .collect();
        urls.sort_unstable();
        assert_eq!(urls, links(drawing), "{}", drawing.name);
        ask(folder, "pdftoppm -r 72 -png -singlefile a.pdf drawn");
        let apart = compare(&blocks(&read_png(&folder.join("drawn.png"))), &blocks(&png));
        println!("{} {theme}: {apart:?}", drawing.name);
        assert!(apart.mean <= 0.8 && apart.share_over_32 <= 0.002, "{}: {apart:?}", drawing.name);
        // The same on paper: one page of that size, with the same words.
        export(folder, drawing, &format!("--format pdf --page a4 --theme {theme}"), "a4.pdf");
        let info = ask(folder, "pdfinfo a4.pdf");
        assert!(info.contains("(A4)"), "{}: {info}", drawing.name);
        let text =
            ["-raw", "-layout"].map(|order| ask(folder, &format!("pdftotext {order} a4.pdf -"))).concat();
        check_words(drawing, &text, "A4");
    }
}

#[test]
fn a_report_and_a_page_hold_what_the_screen_showed_after_a_tool_was_swapped() {
    let folder = tempfile::tempdir().unwrap();
    let swapped = swapping::swap_and_save(folder.path());
    let text = ask(folder.path(), "pdftotext -raw page.pdf -");
    swapped.check_page(&letters(&text), letters);
    swapped.check_report(&std::fs::read_to_string(folder.path().join("report.md")).unwrap());
    // And the page is what the window's own picture of it is.
    ask(folder.path(), "pdftoppm -r 144 -png -singlefile page.pdf drawn");
    let apart =
        compare(&read_png(&folder.path().join("drawn.png")), &read_png(&folder.path().join("page.png")));
    assert!(apart.mean <= 2.0, "{apart:?}");
}

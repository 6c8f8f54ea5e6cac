//! Journeys by accessible label: a drawing leaves in every format, by the sheet, by keys and by the palette.

use std::fs;
use std::path::{Path, PathBuf};

use egui::accesskit::Role;
use egui::{Key, Modifiers, OutputCommand};
use egui_kittest::kittest::Queryable as _;
use mlops_atlas::action::WindowId;
use mlops_atlas::address::{Location, Origin};
use mlops_atlas::app::Start;
use mlops_atlas::architecture::export::{Format, Page, PictureForm, Target};
use mlops_atlas::store::atlas_db::Profile;

use crate::headless;
use crate::headless::drawings::{Atlas, settle};
use crate::headless::swapping;
use crate::headless::taking::{notices, until_told};

fn start_with(location: Location, profile: Profile) -> Atlas {
    let today = Some("2026-11-30".parse().unwrap());
    let mut harness = headless::open(Start { profile, today, locations: vec![location], ..Start::default() });
    settle(&mut harness);
    harness
}

fn start(location: Location) -> Atlas {
    start_with(location, Profile::empty())
}

fn template() -> Location {
    Location::drawing(Origin::Template("rag-ops".to_owned()))
}

fn torture() -> Location {
    let file =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/drawings/torture.architecture.json");
    Location::drawing(Origin::Path(file))
}

fn press(harness: &mut Atlas, label: &str) {
    harness.get_by_label(label).click_accesskit();
    harness.run_steps(4);
}

fn key(harness: &mut Atlas, key: Key) {
    harness.key_press(key);
    harness.run_steps(4);
}

fn open_sheet(harness: &mut Atlas) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::E);
    harness.run_steps(4);
}

/// Opens the palette and takes what is called so.
fn ask(harness: &mut Atlas, command: &str) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.run_steps(3);
    harness.get_by_role_and_label(Role::TextInput, "Search everything").type_text(command);
    harness.run_steps(3);
    harness.get_by_role_and_label(Role::ListBoxOption, command).click_accesskit();
}

/// Width and height of a PNG, and its first pixel.
fn png(file: &Path) -> ([u32; 2], [u8; 4]) {
    let bytes = fs::read(file).unwrap();
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    ([info.width, info.height], pixels[..4].try_into().unwrap())
}

/// What comes onto the clipboard within as many frames as a job may take.
fn copied(harness: &mut Atlas) -> OutputCommand {
    for _ in 0..100_000 {
        harness.run_steps(1);
        let commands = &harness.output().platform_output.commands;
        let is_copy =
            |one: &&OutputCommand| matches!(one, OutputCommand::CopyText(_) | OutputCommand::CopyImage(_));
        if let Some(command) = commands.iter().find(is_copy) {
            return command.clone();
        }
    }
    panic!("nothing was copied: {:?}", notices(harness));
}

const STEM: &str = "retrieval-augmented-generation-with-operations-loop";

/// How a file of each format begins.
fn beginning(target: Target) -> &'static str {
    match target {
        Target::Picture(PictureForm::Pdf) => "%PDF-1.",
        Target::Picture(PictureForm::Svg) => "<svg ",
        Target::Picture(PictureForm::Png) => "\u{fffd}PNG",
        Target::Text(Format::Mermaid | Format::MermaidSwimlane) => "---\ntitle: ",
        Target::Text(Format::D2) => "direction: ",
        Target::Text(Format::Drawio) => "<mxfile ",
        Target::Text(Format::Structurizr) => "workspace ",
        Target::Text(Format::Markdown) => "# Retrieval-augmented generation",
        Target::Text(Format::Adr) => "---\n",
        Target::Text(Format::Csv) => "box,",
    }
}

#[test]
fn every_format_is_on_the_sheet_and_writes_what_it_says_under_a_name_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = start(template());
    for target in Target::all() {
        press(&mut harness, "Export…  Ctrl+E");
        harness.get_by_role_and_label(Role::Heading, "For documents");
        press(&mut harness, target.title());
        let file = folder.path().join(format!("{STEM}.{}", target.ending()));
        harness.state_mut().answer_next_place(file.clone());
        press(&mut harness, "Save as…");
        assert!(harness.query_by_label("For documents").is_none(), "the sheet is gone");
        let message = until_told(&mut harness, &file);
        assert!(message.starts_with("The file is written"), "{message}");
        let bytes = fs::read(&file).unwrap();
        let text = String::from_utf8_lossy(&bytes[..60]).into_owned();
        assert!(text.starts_with(beginning(target)), "{target:?}: {text}");
        fs::remove_file(&file).unwrap();
    }
    // The picture of the report lies beside it, and nothing else does.
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, [format!("{STEM}-picture.svg").as_str()]);
}

#[test]
fn without_a_desktop_the_name_is_told_that_would_be_proposed() {
    let mut harness = start(template());
    for (target, file) in [
        (Target::Picture(PictureForm::Pdf), format!("{STEM}.pdf")),
        (Target::Text(Format::Adr), format!("0001-{STEM}.md")),
    ] {
        open_sheet(&mut harness);
        press(&mut harness, target.title());
        press(&mut harness, "Save as…");
        let (message, at) = notices(&harness).pop().unwrap();
        assert!(message.starts_with("Nothing was saved: there is no window"), "{message}");
        assert!(at.ends_with(&file), "{at}");
    }
}

#[test]
fn the_sheet_is_used_by_keyboard_alone_and_remembers() {
    let folder = tempfile::tempdir().unwrap();
    let home = tempfile::tempdir().unwrap();
    let mut harness = start_with(template(), Profile::at(home.path()));
    open_sheet(&mut harness);
    assert!(harness.get_by_label("PDF page").is_focused());
    for _ in 0..2 {
        key(&mut harness, Key::Tab);
    }
    assert!(harness.get_by_label("PNG").is_focused());
    key(&mut harness, Key::Enter);
    press(&mut harness, "4×");
    press(&mut harness, "Transparent ground");
    key(&mut harness, Key::Escape);
    assert!(harness.query_by_label("For documents").is_none(), "escape leaves it");
    open_sheet(&mut harness);
    press(&mut harness, "PNG");
    let file = folder.path().join("a.png");
    harness.state_mut().answer_next_place(file.clone());
    // Enter on the chosen row takes it.
    harness.get_by_label("PNG").focus();
    harness.run_steps(2);
    key(&mut harness, Key::Enter);
    until_told(&mut harness, &file);
    let first = png(&file);
    drop(harness);
    // Another start: Ctrl+E and Enter make the same again.
    let mut harness = start_with(template(), Profile::at(home.path()));
    let settings = &harness.state().state().settings;
    assert_eq!(
        (settings.export_as.as_str(), settings.picture.scale, settings.picture.transparent),
        ("png", 4, true)
    );
    let again = folder.path().join("b.png");
    harness.state_mut().answer_next_place(again.clone());
    open_sheet(&mut harness);
    assert!(harness.get_by_label("PNG").is_focused());
    key(&mut harness, Key::Enter);
    until_told(&mut harness, &again);
    let (size, corner) = png(&again);
    assert_eq!((size, corner), first);
    assert_eq!(corner[3], 0, "no ground");
}

#[test]
fn the_page_of_a_pdf_is_the_paper_that_was_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = start(template());
    // Wide drawings lie on their page: ISO 216 in points of 1/72 inch.
    for (page, label, size) in [(Page::A4, "A4", "841.89 595.28"), (Page::A3, "A3", "1190.55 841.89")] {
        open_sheet(&mut harness);
        press(&mut harness, "PDF page");
        press(&mut harness, label);
        assert_eq!(harness.state().state().settings.picture.page, page);
        let file = folder.path().join(format!("{label}.pdf"));
        harness.state_mut().answer_next_place(file.clone());
        press(&mut harness, "Save as…");
        until_told(&mut harness, &file);
        let text = String::from_utf8_lossy(&fs::read(&file).unwrap()).into_owned();
        assert!(text.contains(&format!("/MediaBox [0 0 {size}]")), "{label}");
        assert!(text.contains("/URI (https://"), "boxes lead to their sources");
    }
}

#[test]
fn a_drawing_is_copied_as_pixels_as_svg_and_as_mermaid() {
    let mut harness = start(torture());
    ask(&mut harness, "Copy drawing as Mermaid");
    let OutputCommand::CopyText(text) = copied(&mut harness) else { panic!("no text") };
    assert!(text.starts_with("---\ntitle: ") && text.contains("\nflowchart LR\n"), "{text}");
    harness.run_steps(4);
    let told: Vec<String> = notices(&harness).into_iter().map(|(message, _)| message).collect();
    for sentence in [
        "2 flows were left out, since an end does not exist.",
        "17 boxes and what flows between them are on the clipboard as Mermaid flowchart.",
    ] {
        assert!(told.iter().any(|one| one == sentence), "{told:?}");
    }
    ask(&mut harness, "Copy drawing as SVG");
    let OutputCommand::CopyText(text) = copied(&mut harness) else { panic!("no text") };
    assert!(text.starts_with("<svg ") && text.ends_with("</svg>\n"), "{}", text.len());
    ask(&mut harness, "Copy drawing as a picture");
    let OutputCommand::CopyImage(image) = copied(&mut harness) else { panic!("no picture") };
    harness.run_steps(4);
    let [width, height] = image.size;
    assert!(width > 2 * height && image.pixels.len() == width * height, "{:?}", image.size);
    let (message, _) = notices(&harness).pop().unwrap();
    assert_eq!(message, format!("The picture was handed to the clipboard, {width} by {height} pixels."));
}

#[test]
fn a_report_leaves_the_picture_of_somebody_else_alone() {
    let folder = tempfile::tempdir().unwrap();
    let theirs = folder.path().join("report-picture.svg");
    fs::write(&theirs, "<svg xmlns=\"http://www.w3.org/2000/svg\"/>").unwrap();
    let mut harness = start(template());
    let report = folder.path().join("report.md");
    for _ in 0..2 {
        open_sheet(&mut harness);
        press(&mut harness, "Markdown report");
        harness.state_mut().answer_next_place(report.clone());
        press(&mut harness, "Save as…");
        until_told(&mut harness, &report);
    }
    let mut names: Vec<String> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["report-picture-2.svg", "report-picture.svg", "report.md"], "its own is replaced");
    assert_eq!(fs::read_to_string(&theirs).unwrap(), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    assert!(fs::read_to_string(&report).unwrap().contains("](report-picture-2.svg)"));
}

#[test]
fn a_place_that_cannot_be_written_is_told_and_what_was_there_stays() {
    let folder = tempfile::tempdir().unwrap();
    let fixed = folder.path().join("fixed.pdf");
    fs::write(&fixed, "before").unwrap();
    let mut permissions = fs::metadata(&fixed).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&fixed, permissions).unwrap();
    let inner = folder.path().join("folder.pdf");
    fs::create_dir(&inner).unwrap();
    let gone = folder.path().join("no drive/a.pdf");
    let mut harness = start(template());
    for (place, why) in [
        (&fixed, "The file could not be written (the file is read-only). What was there is as it was"),
        (&inner, "The file could not be written (there is a folder of this name)."),
        (&gone, "The file could not be written (its folder is not there any more)."),
    ] {
        open_sheet(&mut harness);
        press(&mut harness, "PDF page");
        harness.state_mut().answer_next_place(place.clone());
        press(&mut harness, "Save as…");
        let message = until_told(&mut harness, place);
        assert!(message.starts_with(why), "{message}");
    }
    assert_eq!(fs::read_to_string(&fixed).unwrap(), "before");
    assert_eq!(fs::read_dir(&inner).unwrap().count(), 0);
    assert!(!Path::new(&gone).parent().unwrap().exists(), "no folder was made");
    let left = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 2, "nothing half-written is left");
}

#[test]
fn a_view_that_is_no_drawing_offers_what_fits_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = start("atlas:landscape/compare?tools=mlflow,aim".parse().unwrap());
    open_sheet(&mut harness);
    assert!(harness.get_by_label("PDF page").is_focused());
    for label in ["SVG", "PNG", "CSV", "Markdown"] {
        assert!(harness.query_by_role_and_label(Role::Button, label).is_some(), "{label}");
    }
    assert!(harness.query_by_label("For other drawing programs").is_none());
    let file = folder.path().join("compare.pdf");
    harness.state_mut().answer_next_place(file.clone());
    key(&mut harness, Key::Enter);
    let message = until_told(&mut harness, &file);
    assert_eq!(message, "This view was exported.");
    assert!(fs::read(&file).unwrap().starts_with(b"%PDF-1."));
}

#[test]
fn a_tool_is_swapped_and_the_files_hold_what_the_screen_showed() {
    let folder = tempfile::tempdir().unwrap();
    let swapped = swapping::swap_and_save(folder.path());
    swapped.check_report(&fs::read_to_string(folder.path().join("report.md")).unwrap());
    let page = fs::read(folder.path().join("page.pdf")).unwrap();
    assert!(page.starts_with(b"%PDF-1.") && page.ends_with(b"%%EOF"));
}

#[test]
fn a_large_drawing_is_written_by_a_job_while_the_window_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let nodes: Vec<String> = (0..300)
        .map(|at| {
            format!(r#"{{"id":"n{at}","kind":"training","stage":"train","tools":[],"label":"Box {at}","props":{{}}}}"#)
        })
        .collect();
    let text = format!(
        r#"{{"format":"mlops-atlas/architecture@1","id":"a","title":"A","nodes":[{}],"edges":[],"layout":{{}}}}"#,
        nodes.join(",")
    );
    let drawing = folder.path().join("a.architecture.json");
    fs::write(&drawing, text).unwrap();
    let mut harness = start(Location::drawing(Origin::Path(drawing)));
    open_sheet(&mut harness);
    press(&mut harness, "PNG");
    let file = folder.path().join("a.png");
    harness.state_mut().answer_next_place(file.clone());
    harness.get_by_label("Save as…").click_accesskit();
    let mut during = 0;
    let is_told = |harness: &Atlas| notices(harness).iter().any(|(_, at)| *at == file.display().to_string());
    while !is_told(&harness) && during < 100_000 {
        harness.run_steps(1);
        let jobs = &harness.state().state().jobs;
        let is_writing = jobs.iter().any(|job| job.label == "exporting a drawing" && job.progress.1 == 3);
        during += usize::from(is_writing);
        // Somebody goes elsewhere meanwhile.
        if during == 2 {
            harness.key_press_modifiers(Modifiers::COMMAND, Key::Num1);
        }
    }
    assert!(during > 1, "{during} frames while it was written");
    assert_eq!(harness.state().state().location(WindowId::MAIN).to_string(), "atlas:home");
    assert!(until_told(&mut harness, &file).starts_with("The file is written"));
    let ([width, height], _) = png(&file);
    assert!(u64::from(width) * u64::from(height) > 1_000_000, "{width} {height}");
}

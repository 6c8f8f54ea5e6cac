//! Pictures of drawings by the command line: they look like the window, are as large as they say, replace nothing unasked, and
//! what cannot be written is told.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use mlops_atlas::app::{Look, picture};
use mlops_atlas::ui::export::image::{Image, compare};

use crate::drawn;
use crate::headless;
use crate::headless::drawings;
use crate::headless::taking;
use crate::read_png::read_png;

/// Has the program write a drawing as a picture.
fn export(drawing: &str, words: &str, out: &Path) -> Output {
    let mut command = assert_cmd::Command::cargo_bin("mlops-atlas").unwrap();
    command.args(["architecture", "export", drawing]).args(words.split_whitespace());
    command.args(["--today", "2026-11-30", "--out"]).arg(out).output().unwrap()
}

fn told(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8(output.stderr.clone()).unwrap())
}

/// What a command line that succeeded prints.
fn printed(output: &Output) -> String {
    assert_eq!(told(output), (Some(0), String::new()));
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A part of a picture.
fn part(of: &Image, [left, top]: [u32; 2], [width, height]: [u32; 2]) -> Image {
    let pixels = (top..top + height).flat_map(|y| (left..left + width).map(move |x| (x, y)));
    Image { width, height, rgba: pixels.flat_map(|(x, y)| of.pixel(x, y).unwrap()).collect() }
}

/// Where a part of one picture is found in another: the place at which the fewest of its letters and lines differ.
fn found(part: &Image, within: &Image) -> [u32; 2] {
    let ground = part.pixel(0, 0).unwrap();
    let places = (0..part.height).flat_map(|y| (0..part.width).map(move |x| (x, y)));
    let inked: Vec<(u32, u32, [u8; 4])> = places
        .map(|(x, y)| (x, y, part.pixel(x, y).unwrap()))
        .filter(|(.., pixel)| pixel.iter().zip(&ground).any(|(one, other)| one.abs_diff(*other) > 90))
        .collect();
    assert!(inked.len() > 50);
    let inked: Vec<_> = inked.iter().step_by(inked.len() / 50).collect();
    let mut best = (u32::MAX, [0, 0]);
    for top in 0..=within.height - part.height {
        for left in 0..=within.width - part.width {
            let mut apart = 0;
            for (x, y, wanted) in &inked {
                let seen = within.pixel(left + x, top + y).unwrap();
                apart += (0..3).map(|at| u32::from(seen[at].abs_diff(wanted[at]))).sum::<u32>();
                if apart >= best.0 {
                    break;
                }
            }
            if apart < best.0 {
                best = (apart, [left, top]);
            }
        }
    }
    best.1
}

#[test]
fn a_drawing_on_a_page_is_what_the_canvas_shows_at_its_full_size() {
    let folder = tempfile::tempdir().unwrap();
    for (theme, dark) in [("light", false), ("dark", true)] {
        let file = folder.path().join(format!("{theme}.png"));
        printed(&export(
            "template:kreuzberger",
            &format!("--format png --scale 1 --bare --theme {theme}"),
            &file,
        ));
        let page = read_png(&file);
        // So large a window shows all of the drawing at 100 %.
        let look = Look { size: [2_900, 1_300], scale: 1.0, dark };
        let address = "atlas:studio/drawing?file=template:kreuzberger".parse().unwrap();
        let window = picture(address, &[], look, None).unwrap().view.picture();
        // The titles of the lanes stay at the top of a window; below them both are the same. The page keeps a margin, and the
        // canvas's strip of tools may lie over its foot.
        let (at, size) = ([60, 100], [page.width - 120, 300]);
        let drawn = part(&page, at, size);
        let mark = part(&drawn, [0, 0], [700, 120]);
        let place = found(&mark, &window);
        let apart = compare(&drawn::blocks(&drawn), &drawn::blocks(&part(&window, place, size)));
        assert!(apart.mean < 0.8 && apart.share_over_32 < 0.002, "{theme}: {apart:?} at {place:?}");
    }
}

/// A drawing as a window saves it, bare and one pixel a point, after it was shown as the location says.
fn saved_by_the_window(location: &str, file: &Path) -> Image {
    use egui::{Key, Modifiers};
    use egui_kittest::kittest::Queryable as _;
    use mlops_atlas::action::Action;
    use mlops_atlas::architecture::export::PictureOptions;
    use mlops_atlas::settings::Settings;
    let start = mlops_atlas::app::Start { locations: vec![location.parse().unwrap()], ..Default::default() };
    let mut harness = headless::open(start);
    let picture = PictureOptions { head: false, scale: 1, ..PictureOptions::default() };
    let settings = Settings { export_as: "png".to_owned(), picture, ..Settings::default() };
    harness.state_mut().push(Action::Settings(settings));
    drawings::settle(&mut harness);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::E);
    harness.run_steps(4);
    harness.state_mut().answer_next_place(file.to_owned());
    harness.get_by_label("Save as…").click_accesskit();
    harness.run_steps(4);
    let message = taking::until_told(&mut harness, file);
    assert!(message.starts_with("The file is written"), "{message}");
    read_png(file)
}

#[test]
fn marks_of_a_change_and_of_differences_leave_as_the_canvas_shows_them() {
    let folder = tempfile::tempdir().unwrap();
    for (name, location) in [
        ("change", "atlas:studio/drawing?file=template:kreuzberger&node=ing&panel=impact"),
        ("gate", "atlas:studio/drawing?file=template:kreuzberger&node=ing&panel=impact&without=ab"),
        ("ring", "atlas:studio/drawing?file=template:kreuzberger&node=ing&panel=impact&ring=2"),
        ("artifact", "atlas:studio/drawing?file=template:kreuzberger&panel=impact&artifact=features"),
        ("against", "atlas:studio/drawing?file=template:kreuzberger&panel=compare&against=template:edge"),
    ] {
        let page = saved_by_the_window(location, &folder.path().join(format!("{name}.png")));
        let look = Look { size: [2_900, 1_300], scale: 1.0, dark: false };
        let window = picture(location.parse().unwrap(), &[], look, None).unwrap().view.picture();
        // The selected box has a border on the canvas, which the page has not: it is left of 760.
        let (at, size) = ([760, 100], [page.width - 820, 300]);
        let drawn = part(&page, at, size);
        let place = found(&drawn, &window);
        let apart = compare(&drawn::blocks(&drawn), &drawn::blocks(&part(&window, place, size)));
        assert!(apart.mean < 0.8 && apart.share_over_32 < 0.002, "{name}: {apart:?} at {place:?}");
    }
}

#[test]
fn the_command_line_marks_a_change_as_the_window_does() {
    let folder = tempfile::tempdir().unwrap();
    let location = "atlas:studio/drawing?file=template:kreuzberger&node=ing&panel=impact";
    let window = saved_by_the_window(location, &folder.path().join("window.png"));
    let file = folder.path().join("line.png");
    printed(&export("template:kreuzberger", "--format png --scale 1 --bare --impact ing", &file));
    assert!(read_png(&file) == window);
    let (status, error) =
        told(&export("template:kreuzberger", "--format png --impact inx", &folder.path().join("no.png")));
    assert_eq!(status, Some(2));
    assert!(error.contains("the drawing has no node inx"), "{error}");
}

#[test]
fn pictures_are_as_large_as_their_scale_says_and_have_a_ground_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    printed(&export("template:edge", "--format png --scale 1", &file("1.png")));
    printed(&export("template:edge", "--format png --scale 3 --transparent", &file("3.png")));
    let (one, three) = (read_png(&file("1.png")), read_png(&file("3.png")));
    assert_eq!([three.width, three.height], [3 * one.width, 3 * one.height]);
    assert_eq!((one.pixel(0, 0).unwrap()[3], three.pixel(0, 0).unwrap()[3]), (255, 0));
    let opaque = three.rgba.as_chunks::<4>().0.iter().filter(|pixel| pixel[3] == 255).count();
    assert!(opaque > 100_000, "the boxes have their grounds: {opaque}");
    // Title and key take room.
    printed(&export("template:edge", "--format png --scale 1 --bare", &file("bare.png")));
    let bare = read_png(&file("bare.png"));
    assert!(bare.width == one.width && bare.height + 80 < one.height);
    // Marks and names of flows are ink.
    printed(&export("template:google-l1", "--format png --scale 1", &file("marked.png")));
    printed(&export("template:google-l1", "--format png --scale 1 --unmarked", &file("unmarked.png")));
    printed(&export("template:google-l1", "--format png --scale 1 --unmarked --flows", &file("named.png")));
    let [marked, unmarked, named] =
        ["marked.png", "unmarked.png", "named.png"].map(|name| read_png(&file(name)));
    assert!(marked != unmarked && unmarked != named);
    // An SVG keeps its words, or has none.
    printed(&export("template:edge", "--format svg", &file("lines.svg")));
    printed(&export("template:edge", "--format svg --words text --transparent", &file("text.svg")));
    let [lines, text] = ["lines.svg", "text.svg"].map(|name| fs::read_to_string(file(name)).unwrap());
    assert!(!lines.contains("<text") && drawn::texts(&text).iter().any(|words| words == "Sources"));
    let ground = |svg: &str| svg.matches("<rect").count();
    assert!(ground(&text) > 0 && !text.contains("<rect x=\"0\" y=\"0\" width=\""), "no ground");
}

#[test]
fn nothing_is_replaced_unasked_and_a_report_brings_its_picture() {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report.md");
    let output = export("template:edge", "--format markdown --json", &report);
    let paths: Vec<PathBuf> = serde_json::from_str(&printed(&output)).unwrap();
    let beside = folder.path().join("report-picture.svg");
    assert_eq!(paths, [report.clone(), beside.clone()]);
    assert!(fs::read_to_string(&report).unwrap().contains("](report-picture.svg)"));
    assert!(fs::read_to_string(&beside).unwrap().contains(" viewBox=\"0 0 "), "it scales to its page");
    let (status, error) = told(&export("template:edge", "--format markdown", &report));
    assert_eq!(status, Some(2));
    assert!(error.contains("the file exists already; add --force to replace it"), "{error}");
    printed(&export("template:edge", "--format markdown --force", &report));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "its own picture is replaced");
    // On the screen Mermaid draws it, and a picture is no text.
    let mut command = assert_cmd::Command::cargo_bin("mlops-atlas").unwrap();
    let output =
        command.args(["architecture", "export", "template:edge", "--format", "markdown"]).output().unwrap();
    assert!(printed(&output).contains("```mermaid\n"));
    let mut command = assert_cmd::Command::cargo_bin("mlops-atlas").unwrap();
    let output =
        command.args(["architecture", "export", "template:edge", "--format", "pdf"]).output().unwrap();
    let sentence = "mlops-atlas: a picture is not written to the screen; name a file with --out\n";
    assert_eq!(told(&output), (Some(2), sentence.to_owned()));
}

#[test]
fn of_a_report_both_files_are_replaced_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    printed(&export("template:edge", "--format markdown", &at("r.md")));
    let before = fs::read(at("r-picture.svg")).unwrap();
    let mut permissions = fs::metadata(at("r.md")).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(at("r.md"), permissions).unwrap();
    let (status, error) = told(&export("template:rag-ops", "--format markdown --force", &at("r.md")));
    assert_eq!((status, error.contains("the file is read-only")), (Some(2), true), "{error}");
    assert_eq!(fs::read(at("r-picture.svg")).unwrap(), before, "the old report keeps its picture");
    // A folder in the place of a report gets no picture beside it either.
    fs::create_dir(at("d")).unwrap();
    assert_eq!(told(&export("template:edge", "--format markdown --force", &at("d"))).0, Some(2));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
}

#[test]
fn a_picture_that_somebody_changed_is_theirs() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    printed(&export("template:edge", "--format markdown", &at("r.md")));
    let own = fs::read_to_string(at("r-picture.svg")).unwrap();
    let changed = own.replace("</svg>", "<circle r=\"9\"/></svg>");
    fs::write(at("r-picture.svg"), &changed).unwrap();
    // One that was exported on purpose is no picture of a report.
    printed(&export("template:edge", "--format svg --theme dark", &at("r-picture-2.svg")));
    let dark = fs::read(at("r-picture-2.svg")).unwrap();
    printed(&export("template:edge", "--format markdown --force", &at("r.md")));
    assert_eq!(fs::read_to_string(at("r-picture.svg")).unwrap(), changed);
    assert_eq!(fs::read(at("r-picture-2.svg")).unwrap(), dark);
    assert!(fs::read_to_string(at("r.md")).unwrap().contains("](r-picture-3.svg)"));
    assert!(at("r-picture-3.svg").exists());
}

#[test]
fn a_name_that_would_mislead_or_lose_the_drawing_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (status, error) = told(&export("template:edge", "--format png", &folder.path().join("a.svg")));
    assert_eq!(status, Some(2));
    assert!(error.contains("the name's ending says another kind of picture than --format png"), "{error}");
    for (words, sentence) in [
        ("--format png --page a4", "--page goes with pdf only, and does nothing for png; leave it out"),
        ("--format pdf --scale 2", "--scale goes with png only"),
        ("--format png --words text", "--words goes with svg only"),
        ("--format markdown --transparent", "--transparent goes with svg and png only"),
        ("--format csv --theme dark", "--theme goes with svg, png, pdf and markdown with --out only"),
        ("--format d2 --flows", "--flows goes with"),
    ] {
        let (status, error) = told(&export("template:edge", words, &folder.path().join("b")));
        assert_eq!(status, Some(2), "{words}");
        assert!(error.contains(sentence), "{words}: {error}");
    }
    let drawing = folder.path().join("ours.architecture.json");
    fs::copy("data/architecture/templates/edge.architecture.json", &drawing).unwrap();
    let (status, error) = told(&export(drawing.to_str().unwrap(), "--format d2 --force", &drawing));
    assert_eq!(status, Some(2));
    assert!(error.contains("this is the drawing itself, which would be lost"), "{error}");
    assert!(fs::read_to_string(&drawing).unwrap().contains("mlops-atlas/architecture@1"));
}

#[test]
fn what_no_font_has_and_what_mermaid_will_not_draw_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let drawing = folder.path().join("a.architecture.json");
    // Hieroglyphs: no common font has them.
    let node = |id: &str, label: &str| {
        format!(
            r#"{{"id":"{id}","kind":"training","stage":"train","tools":[],"label":"{label}","props":{{}}}}"#
        )
    };
    let write = |nodes: &[String], edges: &[String]| {
        let text = format!(
            r#"{{"format":"mlops-atlas/architecture@1","id":"a","title":"A","nodes":[{}],"edges":[{}],"layout":{{}}}}"#,
            nodes.join(","),
            edges.join(",")
        );
        fs::write(&drawing, text).unwrap();
    };
    write(&[node("a", "\u{13000}\u{13001} x")], &[]);
    for format in ["pdf", "svg", "png"] {
        let (status, error) = told(&export(
            drawing.to_str().unwrap(),
            &format!("--format {format}"),
            &folder.path().join(format),
        ));
        assert_eq!(status, Some(1), "{format}");
        let sentence =
            "1 text has letters that no font here can draw, boxes stand for them: \u{13000}\u{13001}";
        assert!(error.contains(sentence), "{error}");
    }
    let nodes: Vec<String> = (0..40).map(|at| node(&format!("n{at:02}"), "")).collect();
    let flow =
        |at: usize| format!(r#"{{"from":"n{:02}","to":"n{:02}","artifact":"model"}}"#, at / 40, at % 40);
    for (flows, status) in [(499, Some(0)), (500, Some(1))] {
        write(&nodes, &(0..flows).map(flow).collect::<Vec<_>>());
        let output =
            export(drawing.to_str().unwrap(), "--format mermaid --force", &folder.path().join("a.mmd"));
        assert_eq!(output.status.code(), status, "{flows}: {}", told(&output).1);
        assert_eq!(told(&output).1.contains("Mermaid draws fewer than 500 flows"), status == Some(1));
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_beside_a_report_is_taken_for_a_name_that_is_not_free() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("r-picture.svg");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    printed(&export("template:edge", "--format markdown", &folder.path().join("r.md")));
    assert!(folder.path().join("r-picture-2.svg").is_file());
}

#[test]
fn what_cannot_be_written_is_told_and_leaves_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("fixed.svg"), "before").unwrap();
    let mut permissions = fs::metadata(at("fixed.svg")).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(at("fixed.svg"), permissions).unwrap();
    fs::create_dir(at("folder.svg")).unwrap();
    fs::write(at("file"), "").unwrap();
    for (name, why) in [
        ("fixed.svg", "the file is read-only"),
        ("folder.svg", "there is a folder of this name"),
        ("file/a.svg", "it is to be in a folder that is a file"),
    ] {
        let (status, error) = told(&export("template:edge", "--format svg --force", &at(name)));
        assert_eq!(status, Some(2), "{name}");
        let path = at(name).display().to_string();
        assert_eq!(error, format!("mlops-atlas: the file could not be written ({why}): {path}\n"));
    }
    assert_eq!(fs::read_to_string(at("fixed.svg")).unwrap(), "before");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "nothing half-written is left");
}

/// A disk that takes no more: the system lets a process write files of a few kilobytes only, which fails as a full disk does,
/// in the middle.
#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_the_old_file_stays_whole() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.svg");
    fs::write(&file, "<svg>before</svg>").unwrap();
    let program = assert_cmd::cargo::cargo_bin("mlops-atlas");
    // The shell's blocks are of 512 bytes or 1,024; the signal would end the program before the error could be told.
    let script = "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\"";
    let output = std::process::Command::new("sh")
        .args(["-c", script])
        .arg(program)
        .args(["architecture", "export", "template:edge", "--format", "svg", "--force", "--out"])
        .arg(&file)
        .output()
        .unwrap();
    let (status, error) = told(&output);
    assert_eq!(status, Some(2), "{error}");
    assert!(error.starts_with("mlops-atlas: the file could not be written (File too large"), "{error}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "<svg>before</svg>");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing half-written is left");
}

#[test]
fn a_picture_that_fits_in_no_memory_is_refused_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let drawing = folder.path().join("far.architecture.json");
    let text = r#"{"format":"mlops-atlas/architecture@1","id":"far","title":"Far","nodes":[
{"id":"a","kind":"training","stage":"train","tools":[],"label":"A","props":{}},
{"id":"b","kind":"training","stage":"train","tools":[],"label":"B","props":{}}],
"edges":[],"layout":{"a":[0,0],"b":[90000,90000]}}"#;
    fs::write(&drawing, text).unwrap();
    let file = folder.path().join("a.png");
    let (status, error) = told(&export(drawing.to_str().unwrap(), "--format png", &file));
    assert_eq!(status, Some(2));
    assert!(
        error.contains("and 1000 million are the most; choose a smaller scale, a PDF or an SVG"),
        "{error}"
    );
    assert!(!file.exists());
    // A page of vectors is scaled to the largest that readers take.
    let pdf = folder.path().join("a.pdf");
    assert_eq!(told(&export(drawing.to_str().unwrap(), "--format pdf", &pdf)).0, Some(0));
    let bytes = String::from_utf8_lossy(&fs::read(&pdf).unwrap()).into_owned();
    let sides = bytes.split("/MediaBox [0 0 ").nth(1).unwrap().split(']').next().unwrap().to_owned();
    assert!(sides.split(' ').all(|side| side.parse::<f32>().unwrap() <= 14_400.0), "{sides}");
}

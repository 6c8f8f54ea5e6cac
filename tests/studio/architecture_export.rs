//! `architecture export` of all templates and of a document full of traps: counts, ids, links, exit codes, files.

use std::collections::{BTreeMap, BTreeSet};

use mlops_atlas::architecture::export::Format;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::exports::{drawings, torture};

/// Has the program write a drawing, to the screen or with further words.
fn export(drawing: &str, format: &str, words: &[&str]) -> (Option<i32>, String, String) {
    let output = assert_cmd::Command::cargo_bin("mlops-atlas")
        .unwrap()
        .args(["architecture", "export", drawing, "--format", format, "--today", "2026-11-30"])
        .args(words)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// Whether an id was made up for the export: a word and a number.
fn is_generated(id: &str) -> bool {
    ["n", "lane", "e"].iter().any(|word| {
        id.strip_prefix(word)
            .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
    })
}

#[test]
fn every_drawing_is_exported_in_every_format_and_always_the_same() {
    for drawing in drawings() {
        let left_out = if drawing.name == "torture" { 2 } else { 0 };
        let counts = (drawing.nodes().len(), drawing.flows().len(), left_out);
        for format in Format::ALL {
            let exported = drawing.export(format);
            assert_eq!(
                (exported.boxes, exported.flows, exported.left_out),
                counts,
                "{} {format:?}",
                drawing.name
            );
            assert!(exported.text.ends_with('\n') && !exported.text.contains('\u{202e}'), "{}", drawing.name);
            assert_eq!(drawing.export(format), exported, "{} {format:?}", drawing.name);
        }
    }
    // And by the command line.
    for format in Format::ALL {
        let (status, text, told) = export("template:edge", format.id(), &[]);
        assert_eq!((status, told.as_str()), (Some(0), ""), "{format:?}");
        let edge = drawings().into_iter().find(|drawing| drawing.name == "edge").unwrap();
        assert_eq!(text, edge.export(format).text, "{format:?}");
    }
}

/// Lines that begin so after their blanks.
fn count(text: &str, is_one: impl Fn(&str) -> bool) -> usize {
    text.lines().filter(|line| is_one(line.trim())).count()
}

/// The first word of a line.
fn first(line: &str) -> &str {
    line.split([' ', '[', ':', '.']).next().unwrap_or_default()
}

/// Whether a line of Mermaid is a flow.
fn is_flow(line: &str) -> bool {
    let second = line.split([' ', '|']).nth(1).unwrap_or_default();
    is_generated(first(line)) && ["-->", "==>", "-.->"].contains(&second)
}

#[test]
fn all_boxes_lanes_and_flows_are_in_the_diagrams() {
    for drawing in drawings() {
        let name = &drawing.name;
        let counts = (drawing.nodes().len(), drawing.flows().len(), drawing.lanes());
        let back = drawing.flows().iter().filter(|flow| flow["from"] == flow["to"]).count();
        for (format, told_in_boxes) in [(Format::Mermaid, 0), (Format::MermaidSwimlane, back)] {
            let text = drawing.export(format).text;
            let boxes = count(&text, |line| is_generated(first(line)) && line.contains("[\""));
            let lanes = count(&text, |line| line.starts_with("subgraph lane"));
            let flows = count(&text, is_flow) + told_in_boxes;
            assert_eq!((boxes, flows, lanes), counts, "{name} {format:?}");
            assert_eq!(count(&text, |line| line == "end"), lanes, "{name} {format:?}");
        }
        let text = drawing.export(Format::D2).text;
        let of =
            |word: &'static str| move |line: &str| first(line).starts_with(word) && is_generated(first(line));
        let is_flow = |line: &str| line.split(' ').nth(1) == Some("->");
        let lanes = count(&text, |line| of("lane")(line) && !is_flow(line));
        let boxes = count(&text, |line| of("n")(line) && !is_flow(line));
        assert_eq!((boxes, count(&text, is_flow), lanes), counts, "{name} d2");
        let text = drawing.export(Format::Structurizr).text;
        let pairs: BTreeSet<String> =
            drawing.flows().iter().map(|flow| format!("{} {}", flow["from"], flow["to"])).collect();
        let boxes = count(&text, |line| line.contains(" = container "));
        let groups = count(&text, |line| line.starts_with("group "));
        let relations = count(&text, |line| line.split(' ').nth(1) == Some("->"));
        assert_eq!((boxes, relations, groups), (counts.0, pairs.len(), counts.2), "{name} structurizr");
        let text = drawing.export(Format::Csv).text;
        let rows: usize =
            drawing.nodes().iter().map(|node| node["tools"].as_array().unwrap().len().max(1)).sum();
        assert_eq!(text.lines().count(), rows + 1, "{name} csv");
    }
}

/// The attributes of an element.
fn attributes(element: &BytesStart<'_>) -> BTreeMap<String, String> {
    element
        .attributes()
        .map(|one| {
            let one = one.unwrap();
            let value = one.normalized_value(XmlVersion::Explicit1_0).unwrap().into_owned();
            (String::from_utf8(one.key.as_ref().to_vec()).unwrap(), value)
        })
        .collect()
}

#[test]
fn draw_io_files_are_whole_and_every_flow_has_two_ends() {
    for drawing in drawings() {
        let name = &drawing.name;
        let text = drawing.export(Format::Drawio).text;
        let mut reader = Reader::from_str(&text);
        reader.config_mut().check_end_names = true;
        let (mut ids, mut ends, mut parents, mut kinds) = (BTreeSet::new(), Vec::new(), Vec::new(), 0);
        loop {
            match reader.read_event().unwrap() {
                Event::Eof => break,
                Event::Start(element) | Event::Empty(element) => {
                    let of = attributes(&element);
                    if let Some(id) = of.get("id").filter(|_| element.name().as_ref() != b"diagram") {
                        assert!(is_generated(id) || ["0", "1"].contains(&id.as_str()), "{name}: {id}");
                        assert!(ids.insert(id.clone()), "{name}: {id} twice");
                    }
                    for (key, value) in &of {
                        if ["source", "target"].contains(&key.as_str()) {
                            ends.push(value.clone());
                        }
                        if key == "parent" {
                            parents.push(value.clone());
                        }
                        assert!(key != "link" || value.starts_with("http"), "{name}: {value}");
                    }
                    kinds += usize::from(of.contains_key("kind"));
                }
                _ => {}
            }
        }
        let boxes = ids.iter().filter(|id| id.starts_with('n')).count();
        let flows = ids.iter().filter(|id| id.starts_with('e')).count();
        assert_eq!((boxes, flows, kinds), (drawing.nodes().len(), drawing.flows().len(), boxes), "{name}");
        assert_eq!(ends.len(), 2 * flows, "{name}");
        assert!(ends.iter().all(|end| end.starts_with('n') && ids.contains(end)), "{name}");
        assert!(parents.iter().all(|parent| ids.contains(parent)), "{name}");
    }
}

#[test]
fn nothing_but_the_web_becomes_a_link() {
    let torture = drawings().pop().unwrap();
    // And what the box with links of all sorts is led to by: its own page; Structurizr's strings hold no quotes, so there it
    // is where the box is described.
    for (format, before, own) in [
        (Format::Mermaid, "href \"", "https://example.org/run?a=%22b%22&c=%22#d%3Be\""),
        (Format::D2, "link: \"", "https://example.org/run?a=\\\"b\\\"&c=%22#d;e\""),
        (Format::Drawio, "link=\"", "https://example.org/run?a=&quot;b&quot;&amp;c=%22#d;e\""),
        (Format::Structurizr, "url \"", "https://example.org/described\""),
        (Format::Markdown, "](", "https://example.org/run?a=%22b%22&amp;c=%22#d;e)"),
        (Format::Adr, "](", ""),
    ] {
        // Escaped brackets are words and no link.
        let text = torture.export(format).text.replace("\\]", "");
        let links: Vec<&str> = text.split(before).skip(1).collect();
        assert!(links.iter().any(|link| link.starts_with(own)), "{format:?}\n{text}");
        for link in links {
            assert!(link.starts_with("https://") || link.starts_with("http://"), "{format:?}: {link}");
        }
    }
    // A table has no links; what is none stands in its column as the text that it is.
    let text = torture.export(Format::Csv).text;
    let told: Vec<&str> = text.lines().filter(|line| line.contains("javascript")).collect();
    assert!(
        told.len() == 1 && told[0].contains("\"javascript:alert(1), file:///etc/passwd, ftp:"),
        "{told:?}"
    );
}

#[test]
fn what_is_left_out_is_told_and_a_file_is_replaced_by_force_alone() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out.mmd");
    let out = out.to_str().unwrap();
    let torture = torture().display().to_string();
    let (status, text, told) = export(&torture, "mermaid", &["--out", out]);
    assert_eq!((status, text), (Some(1), format!("{out}\n")));
    assert!(
        told.ends_with(&format!(
            "mlops-atlas: 2 flows were left out, since an end does not exist: {torture}\n"
        )),
        "{told}"
    );
    let first = std::fs::read_to_string(out).unwrap();
    assert_eq!(first, export(&torture, "mermaid", &[]).1);
    let (status, text, told) = export("template:edge", "mermaid", &["--out", out]);
    let refusal = format!("mlops-atlas: the file exists already; add --force to replace it: {out}\n");
    assert_eq!((status, text.as_str(), told), (Some(2), "", refusal));
    assert_eq!(std::fs::read_to_string(out).unwrap(), first);
    let (status, text, _) = export("template:edge", "mermaid", &["--out", out, "--force", "--json"]);
    assert_eq!((status, text), (Some(0), format!("[\"{out}\"]\n")));
    assert_ne!(std::fs::read_to_string(out).unwrap(), first);
    let (status, text, told) =
        export("template:edge", "d2", &["--out", folder.path().to_str().unwrap(), "--force"]);
    assert_eq!((status, text.as_str(), told.lines().count()), (Some(2), "", 1));
    assert!(told.contains("there is a folder of this name"), "{told}");
}

#[test]
fn only_what_is_reported_is_left_where_that_is_asked() {
    let is_reported = |part: &serde_json::Value| part["basis"] == "reported";
    for drawing in drawings().iter().filter(|drawing| drawing.name != "torture") {
        let nodes: BTreeSet<String> = drawing
            .nodes()
            .iter()
            .filter(|node| is_reported(node))
            .map(|node| node["id"].to_string())
            .collect();
        let has = |id: &serde_json::Value| nodes.contains(&id.to_string());
        let flows = drawing
            .flows()
            .into_iter()
            .filter(|flow| is_reported(flow) && has(&flow["from"]) && has(&flow["to"]));
        let (status, text, _) = export(&format!("template:{}", drawing.name), "mermaid", &["--reported"]);
        let boxes = count(&text, |line| is_generated(first(line)) && line.contains("[\""));
        assert_eq!(
            (status, boxes, count(&text, is_flow)),
            (Some(0), nodes.len(), flows.count()),
            "{}",
            drawing.name
        );
        assert!(!text.contains("classDef added"), "{}", drawing.name);
    }
    let folder = tempfile::tempdir().unwrap();
    let ours = folder.path().join("ours.architecture.json");
    std::fs::write(&ours, r#"{"format":"mlops-atlas/architecture@1","nodes":[]}"#).unwrap();
    let (status, text, told) = export(ours.to_str().unwrap(), "mermaid", &["--reported"]);
    assert_eq!((status, text.as_str(), told.lines().count()), (Some(2), "", 1));
    assert!(told.contains("leave --reported out"), "{told}");
}

#[test]
fn a_report_shows_what_the_check_finds() {
    let checked = assert_cmd::Command::cargo_bin("mlops-atlas")
        .unwrap()
        .args(["architecture", "check", &torture().display().to_string(), "--json"])
        .output()
        .unwrap();
    let checked: serde_json::Value = serde_json::from_slice(&checked.stdout).unwrap();
    let text = drawings().pop().unwrap().export(Format::Markdown).text;
    for (severity, title) in [("error", "Errors"), ("warning", "Warnings"), ("info", "Hints")] {
        let found =
            checked["findings"].as_array().unwrap().iter().filter(|one| one["severity"] == severity).count();
        assert!(
            found == 0 || text.contains(&format!("\n### {title} ({found})\n")),
            "{title} {found}\n{text}"
        );
    }
    assert!(text.contains(&format!("**Google: {} of 2**", checked["maturity"]["google"])), "{text}");
}

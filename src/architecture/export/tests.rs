//! Whole documents of a small drawing, written out by hand.

use super::{Export, Exported, Format};
use crate::architecture::model::{Architecture, Flow, NodeId};
use crate::architecture::sketch::{catalog, sketch};
use crate::architecture::{Arrangement, Guide, Judged, NodeLinks, Reported};
use crate::catalog::Catalog;

/// A warehouse with a tool of the catalog and one of nobody's, a registry that was added, two flows between them, one
/// back to its box, and one to nowhere.
fn small() -> Architecture {
    let mut drawing = sketch(
        "b-1:model_registry b_1:data_store=feast+own; b_1->b-1:metadata b_1->b-1:raw_data b-1->b-1:model b_1->x:labels",
    );
    drawing.title = "R&D: \"small\"".to_owned();
    drawing.summary = "1. Two boxes\nand | more.".to_owned();
    drawing.source = vec!["https://a.dev/x".to_owned(), "javascript:alert(1)".to_owned()];
    for node in drawing.nodes.values_mut() {
        let (label, basis, source) = match node.id.as_str() {
            "b_1" => ("Lake \"A\"\n<b>", "reported", "https://a.dev/lake"),
            _ => ("Registry", "added", "javascript:alert(1)"),
        };
        node.label = label.to_owned();
        node.basis = Some(basis.to_owned());
        node.source = vec![source.to_owned()];
    }
    drawing
}

fn known() -> Catalog {
    catalog(&[
        "id = \"feast\"\nname = \"Feast & Co\"\nhomepage = \"https://feast.dev\"\nkubernetes = false\n\
               [license]\nspdx = \"Apache-2.0\"\nclass = \"osi\"\n[status]\nstate = \"alive\"\n",
    ])
}

fn export(drawing: &Architecture, format: Format) -> Exported {
    exported(drawing, |export| export.text(format))
}

fn exported<T>(drawing: &Architecture, take: impl FnOnce(&Export<'_>) -> T) -> T {
    let (arrangement, judged, catalog) = (Arrangement::of(drawing), Judged::of(drawing), known());
    take(&Export {
        drawing,
        placement: arrangement.placement(),
        routes: arrangement.routes(),
        judged: &judged,
        catalog: &catalog,
        is_reported: false,
        today: "2026-11-30".parse().unwrap(),
    })
}

#[test]
fn a_flowchart_is_what_a_person_would_write() {
    let exported = export(&small(), Format::Mermaid);
    let expected = r#"---
title: "R＆D: \"small\""
---
flowchart LR
  subgraph lane2["Data"]
    direction TB
    n1["Lake &quot;A&quot; &lt;b&gt;<br/>Feast &amp; Co, own"]
  end
  subgraph lane5["Evaluate"]
    direction TB
    n2["Registry"]
  end
  n2 ==>|"model"| n2
  n1 -.->|"metadata"| n2
  n1 -->|"raw data"| n2
  click n1 href "https://a.dev/lake"
  class n1 data_store
  class n2 model_registry
  classDef added stroke-dasharray: 4 3
  class n2 added
"#;
    assert_eq!(exported.text, expected);
    assert_eq!((exported.boxes, exported.flows, exported.left_out), (2, 3, 1));
    assert_eq!(exported.left_out_sentence().unwrap(), "1 flow was left out, since an end does not exist");
}

#[test]
fn swimlanes_tell_of_a_flow_back_to_its_box_in_the_box() {
    let text = export(&small(), Format::MermaidSwimlane).text;
    for line in ["swimlane-beta LR", "    n2[\"Registry<br/>↻ model\"]", "  n1 -->|\"raw data\"| n2"] {
        assert!(text.lines().any(|one| one == line), "{line} is missing in\n{text}");
    }
    assert!(!text.contains("n2 ==>") && !text.contains("direction TB"), "{text}");
}

#[test]
fn d2_is_what_a_person_would_write() {
    let expected = r#"direction: right
classes: {
  added: {
    style.stroke-dash: 4
  }
}
title: "R&D: \"small\"" {
  shape: text
  near: top-center
  style.font-size: 28
}
lane2: "Data" {
  n1: "Lake \"A\" <b>\nFeast & Co, own" {
    tooltip: "Lake / warehouse"
    link: "https://a.dev/lake"
  }
}
lane5: "Evaluate" {
  n2: "Registry" {
    tooltip: "Model registry"
    class: added
  }
}
lane5.n2 -> lane5.n2: "model" {style.stroke-width: 4}
lane2.n1 -> lane5.n2: "metadata" {style.stroke-dash: 4}
lane2.n1 -> lane5.n2: "raw data"
"#;
    assert_eq!(export(&small(), Format::D2).text, expected);
}

#[test]
fn a_workspace_has_one_relation_for_each_pair() {
    let expected = r#"workspace "R&D: 'small'" "1. Two boxes and | more." {
  !identifiers hierarchical
  model {
    system = softwareSystem "R&D: 'small'" {
      group "Data" {
        n1 = container "Lake 'A' <b>" "Lake / warehouse" "Feast & Co, own" {
          tags "kind:data_store" "lane:data"
          url "https://a.dev/lake"
        }
      }
      group "Evaluate" {
        n2 = container "Registry" "Model registry" "" {
          tags "kind:model_registry" "lane:evaluate" "added"
        }
      }
      n1 -> n2 "metadata, raw data"
      n2 -> n2 "model"
    }
  }
"#;
    let text = export(&small(), Format::Structurizr).text;
    assert!(text.starts_with(expected), "{text}");
}

#[test]
fn draw_io_has_everything_where_it_is_drawn() {
    let drawing = small();
    let text = export(&drawing, Format::Drawio).text;
    let placement = Arrangement::of(&drawing).placement().as_ref().clone();
    // The corner of the drawing comes to 40, 40, and a box stands relative to its lane.
    let lake = placement.positions[&NodeId::from("b_1")];
    let lane = placement.lanes.iter().find(|lane| lane.stage == "data").unwrap();
    for part in [
        r#"<mxCell id="lane2" value="Data" "#.to_owned(),
        format!(
            r#"<mxGeometry x="{}" y="40" width="{}" height="{}" as="geometry"/>"#,
            lane.x - placement.bounds.x + 40,
            lane.width,
            placement.bounds.h
        ),
        "<UserObject id=\"n1\" label=\"&lt;b&gt;Lake &amp;quot;A&amp;quot; \
         &amp;lt;b&amp;gt;&lt;/b&gt;&lt;br&gt;Feast &amp;amp; Co, own\" kind=\"data_store\" lane=\"data\" \
         tools=\"Feast &amp; Co, own\" licences=\"Feast &amp; Co: OSI approved, own: Unknown\" basis=\"reported\" \
         link=\"https://a.dev/lake\">"
            .to_owned(),
        format!(
            r#"parent="lane2"><mxGeometry x="{}" y="{}" width="190" height="64" as="geometry"/>"#,
            lake.x - lane.x,
            lake.y - placement.bounds.y
        ),
        "label=\"&lt;b&gt;Registry&lt;/b&gt;\" kind=\"model_registry\" lane=\"evaluate\" basis=\"added\">".to_owned(),
        r#"edge="1" parent="1" source="n1" target="n2">"#.to_owned(),
    ] {
        assert!(text.contains(&part), "{part} is missing in\n{text}");
    }
    assert_eq!(text.matches("style=\"swimlane;").count(), 8, "empty lanes stand there, too");
    assert!(!text.contains("javascript"), "{text}");
}

/// The same with links: those of the warehouse are of no web but one, the registry says nothing but its repository.
fn linked() -> Architecture {
    let mut drawing = small();
    let texts = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
    for node in drawing.nodes.values_mut() {
        *node.links = match node.id.as_str() {
            "b_1" => NodeLinks {
                links: texts(&["javascript:alert(1)", "ftp://a.dev/x", "https://a.dev/run?a=1&b=2"]),
                owners: texts(&["The \"A\" team", "two\nlines | <b>", " ", "=1+1"]),
                repository: Some("git@a.dev:lake.git".to_owned()),
                runs: Some("our runs/a  store.db".to_owned()),
            },
            _ => NodeLinks { repository: Some("https://a.dev/git".to_owned()), ..NodeLinks::default() },
        };
    }
    drawing
}

#[test]
fn a_box_links_to_its_own_page_first_and_all_the_rest_is_text() {
    let drawing = linked();
    for (format, parts) in [
        (
            Format::Mermaid,
            &["  click n1 href \"https://a.dev/run?a=1&b=2\"\n  click n2 href \"https://a.dev/git\"\n"][..],
        ),
        (Format::MermaidSwimlane, &["  click n1 href \"https://a.dev/run?a=1&b=2\"\n"]),
        (
            Format::D2,
            &[
                "    tooltip: \"Lake / warehouse\\nOwners: The \\\"A\\\" team, two lines | ‹b›, =1+1\"\n    \
                 link: \"https://a.dev/run?a=1&b=2\"\n",
                "    tooltip: \"Model registry\"\n    link: \"https://a.dev/git\"\n",
            ],
        ),
        (
            Format::Drawio,
            &[
                " link=\"https://a.dev/run?a=1&amp;b=2\" owners=\"The &quot;A&quot; team, two lines | &lt;b&gt;, \
                 =1+1\" repository=\"git@a.dev:lake.git\" links=\"javascript:alert(1), ftp://a.dev/x, \
                 https://a.dev/run?a=1&amp;b=2\" runs=\"our runs/a  store.db\">",
                " link=\"https://a.dev/git\" repository=\"https://a.dev/git\">",
            ],
        ),
        (
            Format::Structurizr,
            &[
                "          url \"https://a.dev/run?a=1&b=2\"\n          properties {\n            \"owners\" \"The \
                 'A' team, two lines | <b>, =1+1\"\n            \"repository\" \"git@a.dev:lake.git\"\n            \
                 \"links\" \"javascript:alert(1), ftp://a.dev/x, https://a.dev/run?a=1&b=2\"\n            \"runs\" \
                 \"our runs/a  store.db\"\n          }\n        }\n",
                "          url \"https://a.dev/git\"\n          properties {\n            \"repository\" \
                 \"https://a.dev/git\"\n          }\n",
            ],
        ),
        (
            Format::Markdown,
            &[
                "\n## Who and where\n\n| Box | Owners | Repository | Links | Runs |\n|---|---|---|---|---|\n| Lake \
                 \"A\" \\<b\\> | The \"A\" team, two lines \\| \\<b\\>, =1+1 | git@a.dev:lake.git | \
                 javascript:alert(1), ftp\\://a.dev/x, [a.dev/run?a=1\\&b=2](https://a.dev/run?a=1&amp;b=2) | our \
                 runs/a  store.db |\n| Registry |  | [a.dev/git](https://a.dev/git) |  |  |\n\n## Flows\n",
            ],
        ),
        (
            Format::Csv,
            &[
                ",https://feast.dev,\"The \"\"A\"\" team, two lines | <b>, =1+1\",git@a.dev:lake.git,\
                 \"javascript:alert(1), ftp://a.dev/x, https://a.dev/run?a=1&b=2\",our runs/a  store.db\n",
                "Registry,Model registry,Evaluate,,,,,,,,https://a.dev/git,,\n",
            ],
        ),
    ] {
        let text = export(&drawing, format).text;
        for part in parts {
            assert!(text.contains(part), "{part}\nis missing in\n{text}");
        }
    }
    assert!(!export(&small(), Format::Markdown).text.contains("Who and where"));
    // Who is in charge of a box is told of the box, and is not who decides.
    let record = export(&drawing, Format::Adr).text;
    assert!(record.contains("| The \"A\" team, two lines \\| \\<b\\>, =1+1 |\n"), "{record}");
    assert!(!record.contains("decision-makers"));
}

#[test]
fn a_cell_of_owners_computes_nothing() {
    let mut drawing = linked();
    for node in drawing.nodes.values_mut() {
        node.links.owners = vec!["=HYPERLINK(1)".to_owned()];
        node.links.runs = Some("@x".to_owned());
    }
    let text = export(&drawing, Format::Csv).text;
    assert_eq!((text.matches(",'=HYPERLINK(1),").count(), text.matches(",'@x\n").count()), (3, 3), "{text}");
}

#[test]
fn a_bill_has_a_row_for_each_box_and_tool() {
    let expected = "box,kind,lane,tool,id,licence,class,status,homepage,owners,repository,links,runs\n\
                    \"Lake \"\"A\"\" <b>\",Lake / warehouse,Data,Feast & Co,feast,Apache-2.0,osi,alive,https://feast.dev,,,,\n\
                    \"Lake \"\"A\"\" <b>\",Lake / warehouse,Data,own,own,,unknown,unknown,,,,,\n\
                    Registry,Model registry,Evaluate,,,,,,,,,,\n";
    assert_eq!(export(&small(), Format::Csv).text, expected);
}

fn assert_says(text: &str, blocks: &[&str]) {
    for block in blocks {
        assert!(text.contains(&format!("\n{block}\n")), "{block}\nis missing in\n{text}");
    }
}

#[test]
fn a_report_tells_all_that_is_known_and_nothing_in_it_is_markup() {
    let mut drawing = small();
    drawing.guide = Some(Guide {
        purpose: "- purpose".to_owned(),
        use_when: vec!["a *reason*".to_owned()],
        ..Guide::default()
    });
    drawing.constraints.licenses = vec!["open-core".to_owned()];
    drawing.constraints.without_kubernetes = true;
    let text = export(&drawing, Format::Markdown).text;
    assert_says(
        &text,
        &[
            "1\\. Two boxes and \\| more.",
            "2 boxes and 3 flows in 2 lanes, as of 2026-11-30. 1 flow is left out, since an end does not exist.",
            "## Purpose\n\n\\- purpose",
            "## Take it when\n\n- a \\*reason\\*",
            "The sources report 1 of 2 boxes and 0 of 4 flows. What was added so that the drawing is complete is marked as \
             added.",
            "```mermaid\n---\ntitle: \"R＆D: \\\"small\\\"\"\n---\nflowchart LR",
            "### Data\n\n| Box | Kind | Tools |\n|---|---|---|\n| Lake \"A\" \\<b\\> | Lake / warehouse | [Feast & \
             Co](https://feast.dev) (Apache-2.0, OSI approved), own (not in the catalog) |",
            "| Registry (added) | Model registry | no tool yet |",
            "| Lake \"A\" \\<b\\> | Registry | raw data |",
            "**Google: 0 of 2**, for the next level:",
            "- Licences are one of: Open core\n- No tool needs Kubernetes",
            "- **Broken.** Lake \"A\" \\<b\\>: The licence of Feast & Co is osi, and only open-core is allowed.\n\
             - **Unknown.** Lake \"A\" \\<b\\>: The catalog has no entry for own.",
            // Metadata tells; raw data and the model that flows back influence.
            "| Lake \"A\" \\<b\\> | 1 (100 %) | 1 | none | none | none |",
            "- [a.dev/x](https://a.dev/x)\n- javascript:alert(1)",
        ],
    );
    assert!(text.starts_with("# R\\&D: \"small\"\n"), "{text}");
}

#[test]
fn a_record_has_the_shape_of_madr_and_leaves_the_reason_to_a_person() {
    let mut drawing = small();
    drawing.constraints.most_tools = Some(1);
    let text = export(&drawing, Format::Adr).text;
    assert!(
        text.starts_with("---\nstatus: proposed\ndate: 2026-11-30\n---\n\n# R\\&D: \"small\"\n"),
        "{text}"
    );
    assert_says(
        &text,
        &[
            "The drawing has 2 boxes and 3 flows.",
            "## Decision Drivers\n\n* Different tools: at most 1",
            "## Considered Options\n\n* R\\&D: \"small\"\n\nWhich others were weighed is not in the drawing.",
            "Chosen option: \"R\\&D: \"small\"\", because {say why}.",
            "| Evaluate | Registry (added) | no tool yet |  |",
            "* Bad, because of a limit: **Broken.** The drawing names 2 tools, and 1 are allowed.",
            "* Neutral, because no tool is known to need Kubernetes (unknown for 1 tool)",
            "* Neutral, because nothing is known of what is not in the catalog: own",
        ],
    );
    let heads: Vec<&str> = text.lines().filter(|line| line.starts_with("##")).collect();
    let madr = [
        "## Context and Problem Statement",
        "## Decision Drivers",
        "## Considered Options",
        "## Decision Outcome",
        "### Consequences",
        "### Confirmation",
        "## More Information",
    ];
    assert_eq!(heads, madr);
}

#[test]
fn what_the_sources_report_is_exported_alone_and_says_so() {
    let drawing = small();
    let part = Reported::of(&drawing, &Arrangement::of(&drawing), None).unwrap();
    let catalog = known();
    let export = Export {
        drawing: &part.architecture,
        placement: &part.placement,
        routes: &part.routes,
        judged: &part.judged,
        catalog: &catalog,
        is_reported: true,
        today: "2026-11-30".parse().unwrap(),
    };
    let report = export.text(Format::Markdown);
    assert_eq!((report.boxes, report.flows, report.left_out), (1, 0, 0));
    assert_says(
        &report.text,
        &["Only what the sources report is on this page.", "The drawing has no flows."],
    );
}

#[test]
fn an_empty_drawing_is_exported_in_every_format() {
    for format in Format::ALL {
        let exported = export(&Architecture::default(), format);
        assert!(exported.text.ends_with('\n'), "{format:?}");
        assert_eq!((exported.boxes, exported.flows, exported.left_out), (0, 0, 0));
    }
}

#[test]
fn the_order_of_what_a_file_holds_changes_nothing() {
    let mut other = small();
    other.flows.reverse();
    other.flows.sort_by_key(Flow::key);
    for format in Format::ALL {
        assert_eq!(export(&small(), format), export(&other, format), "{format:?}");
    }
}

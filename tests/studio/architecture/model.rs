//! The text form and the edits.

use std::collections::{BTreeMap, BTreeSet};

use mlops_atlas::architecture::test_score::{Answer, Answers};
use mlops_atlas::architecture::{
    Architecture, Constraints, Edit, Flow, FlowKey, Guide, Node, NodeId, NodeLinks, Point, Size, Suppression,
};
use mlops_atlas::problem::Severity;
use mlops_atlas::store::architecture_files::templates;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const KNOWN: [&str; 42] = [
    "guide",
    "purpose",
    "use_when",
    "avoid_when",
    "constraints",
    "licenses",
    "air_gapped",
    "without_kubernetes",
    "languages",
    "foundations",
    "most_tools",
    "test_score",
    "format",
    "id",
    "title",
    "summary",
    "domain",
    "source",
    "nodes",
    "edges",
    "layout",
    "size",
    "kind",
    "stage",
    "tools",
    "label",
    "props",
    "basis",
    "from",
    "to",
    "artifact",
    "notes",
    "suppressed",
    "ruleset",
    "rules",
    "rule",
    "at",
    "reason",
    "links",
    "owners",
    "repository",
    "runs",
];

fn id() -> impl Strategy<Value = NodeId> {
    prop_oneof!["[a-d]", "[a-d]\"\\\\é[ -~]{0,3}"].prop_map(NodeId)
}

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::vec(("\\PC{0,4}", inner), 0..3)
                .prop_map(|pairs| Value::Object(Map::from_iter(pairs))),
        ]
    })
}

fn extra() -> impl Strategy<Value = Map<String, Value>> {
    let key = "\\PC{1,5}".prop_filter("unknown to the program", |key| !KNOWN.contains(&key.as_str()));
    prop::collection::vec((key, json_value()), 0..3).prop_map(Map::from_iter)
}

fn links() -> impl Strategy<Value = NodeLinks> {
    let texts = || prop::collection::vec("\\PC{0,5}", 0..3);
    let text = || prop::option::of("\\PC{1,5}");
    let links = (texts(), texts(), text(), text()).prop_map(|(links, owners, repository, runs)| NodeLinks {
        links,
        owners,
        repository,
        runs,
    });
    prop_oneof![Just(NodeLinks::default()), links]
}

fn node() -> impl Strategy<Value = Node> {
    let texts = prop::collection::vec("\\PC{0,5}", 0..3);
    let words = ("\\PC{0,5}", "[a-z]{0,3}", "\\PC{0,8}");
    let rests_on = (prop::option::of("[a-z]{0,3}"), texts.clone());
    (id(), words, texts, extra(), rests_on, links(), extra()).prop_map(
        |(id, (kind, stage, label), tools, props, (basis, source), links, extra)| Node {
            id,
            kind,
            stage,
            tools,
            label,
            props,
            basis,
            source,
            links: Box::new(links),
            extra,
        },
    )
}

fn flow() -> impl Strategy<Value = Flow> {
    (id(), id(), "[xy]", prop::option::of("[a-z]{0,3}"), extra()).prop_map(
        |(from, to, artifact, basis, extra)| Flow { from, to, artifact, basis, extra, ..Flow::default() },
    )
}

fn point() -> impl Strategy<Value = Point> {
    let along = || -1_000_000..=1_000_000;
    (along(), along()).prop_map(|(x, y)| Point { x, y })
}

fn size() -> impl Strategy<Value = Size> {
    (1..=10_000, 1..=10_000).prop_map(|(w, h)| Size { w, h })
}

fn suppression() -> impl Strategy<Value = Suppression> {
    let rule = prop_oneof![Just("DAT01".to_owned()), "\\PC{0,5}"];
    (rule, prop::collection::vec("\\PC{0,5}", 0..3), "\\PC{0,5}", extra())
        .prop_map(|(rule, at, reason, extra)| Suppression { rule, at, reason, extra })
}

fn rule_sets() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(prop_oneof![Just("sketch".to_owned()), "\\PC{0,5}"], 0..3)
}

fn rules() -> impl Strategy<Value = BTreeMap<String, String>> {
    let id = prop_oneof![Just("DAT06".to_owned()), "\\PC{0,5}"];
    let word = prop_oneof![Just("off".to_owned()), "\\PC{0,5}"];
    prop::collection::btree_map(id, word, 0..3)
}

fn guide() -> impl Strategy<Value = Guide> {
    let texts = || prop::collection::vec("\\PC{0,5}", 0..3);
    ("\\PC{0,5}", texts(), texts(), extra()).prop_map(|(purpose, use_when, avoid_when, extra)| Guide {
        purpose,
        use_when,
        avoid_when,
        extra,
    })
}

fn constraints() -> impl Strategy<Value = Constraints> {
    let texts = || prop::collection::vec("\\PC{0,5}", 0..3);
    let flags = (any::<bool>(), any::<bool>(), prop::option::of(any::<u32>()));
    (texts(), texts(), texts(), flags, extra()).prop_map(
        |(licenses, languages, foundations, flags, extra)| {
            let (air_gapped, without_kubernetes, most_tools) = flags;
            Constraints {
                licenses,
                air_gapped,
                without_kubernetes,
                languages,
                foundations,
                most_tools,
                extra,
            }
        },
    )
}

fn test() -> impl Strategy<Value = String> {
    "(data|model|infra|monitor)-[1-8]"
}

fn test_answer() -> impl Strategy<Value = Answer> {
    prop::sample::select(vec![Answer::No, Answer::Manual, Answer::Automated])
}

fn answers() -> impl Strategy<Value = Answers> {
    let of = prop::collection::btree_map("(data|model|infra|monitor)-[1-7]", test_answer(), 0..5);
    (of, extra()).prop_map(|(of, extra)| Answers { of, extra })
}

fn drawing() -> impl Strategy<Value = Architecture> {
    let nodes = prop::collection::vec(node(), 0..6);
    let flows = prop::collection::vec(flow(), 0..8);
    let layout = prop::collection::btree_map(id(), point(), 0..4);
    let size = prop::collection::btree_map(id(), size(), 0..3);
    let words =
        ("\\PC{0,9}", "\\PC{0,9}", "\\PC{0,9}", "\\PC{0,9}", prop::collection::vec("\\PC{0,5}", 0..2));
    let judged = (prop::collection::vec(suppression(), 0..3), rule_sets(), rules());
    let added = (judged, prop::option::of(guide()), constraints(), answers());
    (words, nodes, flows, layout, size, added, extra()).prop_map(
        |((id, title, summary, domain, source), nodes, flows, layout, size, added, extra)| {
            let ((suppressed, ruleset, rules), guide, constraints, test_score) = added;
            let flows: BTreeMap<_, _> = flows.into_iter().map(|flow| (flow.key(), flow)).collect();
            Architecture {
                id,
                title,
                summary,
                domain,
                source,
                nodes: nodes.into_iter().map(|node| (node.id.clone(), node)).collect(),
                flows: flows.into_values().collect(),
                layout,
                size,
                suppressed,
                ruleset,
                rules,
                guide,
                constraints,
                test_score,
                extra,
            }
        },
    )
}

fn edit() -> impl Strategy<Value = Edit> {
    let text = || "\\PC{0,5}";
    let ids = || prop::collection::btree_set(id(), 0..3);
    let key = (id(), id(), "[xy]").prop_map(|(from, to, artifact)| FlowKey { from, to, artifact });
    let one = prop_oneof![
        prop::collection::btree_map(id(), prop::option::of(point()), 0..3)
            .prop_map(|positions| Edit::Move { positions }),
        ids().prop_map(|ids| Edit::Resize {
            sizes: ids.into_iter().map(|id| (id, Some(Size { w: 99, h: 44 }))).collect()
        }),
        (id(), text()).prop_map(|(node, label)| Edit::Rename { node, label }),
        (id(), text()).prop_map(|(node, kind)| Edit::SetKind { node, kind }),
        (id(), text()).prop_map(|(node, stage)| Edit::SetStage { node, stage }),
        (id(), text()).prop_map(|(node, tool)| Edit::SetTools { node, tools: vec![tool] }),
        (id(), extra()).prop_map(|(node, props)| Edit::SetProps { node, props }),
        (id(), links()).prop_map(|(node, links)| Edit::SetLinks { node, links }),
        (node(), prop::option::of(point())).prop_map(|(node, at)| Edit::AddNode(node, at)),
        flow().prop_map(Edit::AddFlow),
        (ids(), prop::collection::btree_set(key, 0..3))
            .prop_map(|(nodes, flows)| Edit::Remove { nodes, flows }),
        text().prop_map(Edit::SetTitle),
        text().prop_map(Edit::SetSummary),
        text().prop_map(Edit::SetDomain),
        prop::collection::vec(suppression(), 0..3).prop_map(Edit::SetSuppressed),
        rule_sets().prop_map(Edit::SetRuleset),
        rules().prop_map(Edit::SetRules),
        constraints().prop_map(Edit::SetConstraints),
        (test(), prop::option::of(test_answer()))
            .prop_map(|(test, answer)| Edit::SetTestAnswer { test, answer }),
    ];
    one.prop_recursive(2, 6, 3, |inner| prop::collection::vec(inner, 0..3).prop_map(Edit::Batch))
}

proptest! {
    #[test]
    fn the_edit_between_two_drawings_makes_them_equal_and_can_be_taken_back(
        from in drawing(), to in drawing()
    ) {
        // What no edit changes stays.
        let test_score = Answers { extra: from.test_score.extra.clone(), ..to.test_score.clone() };
        let to = Architecture {
            id: from.id.clone(), source: from.source.clone(), guide: from.guide.clone(), test_score,
            extra: from.extra.clone(), ..to
        };
        let mut drawing = from.clone();
        let inverse = drawing.apply(Edit::between(&from, &to));
        prop_assert_eq!(&drawing, &to);
        drawing.apply(inverse);
        prop_assert_eq!(&drawing, &from);
        prop_assert!(Edit::between(&to, &to).is_noop_on(&to));
    }

    #[test]
    fn writing_and_reading_gives_the_same_drawing_and_the_same_bytes(drawing in drawing()) {
        let text = drawing.to_json();
        let (read, problems) = Architecture::from_json(&text).unwrap();
        prop_assert_eq!(&read, &drawing);
        prop_assert!(problems.iter().all(|problem| problem.severity < Severity::Error));
        prop_assert_eq!(read.to_json(), text);
    }

    #[test]
    fn taking_edits_back_gives_the_drawing_before_them(before in drawing(), edits in prop::collection::vec(edit(), 1..8)) {
        let text = before.to_json();
        let mut after = before.clone();
        let mut undo = Vec::new();
        for edit in edits {
            let state = after.clone();
            let is_noop = edit.is_noop_on(&after);
            let stored: Edit = serde_json::from_str(&serde_json::to_string(&edit).unwrap()).unwrap();
            prop_assert_eq!(&stored, &edit);
            undo.push((after.apply(edit), state.clone(), is_noop));
            prop_assert_eq!(is_noop, after == state);
            prop_assert!(after.flows.windows(2).all(|pair| pair[0].key() < pair[1].key()));
        }
        let last = after.clone();
        let mut redo = Vec::new();
        for (inverse, state, is_noop) in undo.into_iter().rev() {
            prop_assert!(!is_noop || inverse.is_noop_on(&after));
            redo.push(after.apply(inverse));
            prop_assert_eq!(&after, &state);
        }
        prop_assert_eq!(after.to_json(), text);
        for again in redo.into_iter().rev() {
            after.apply(again);
        }
        prop_assert_eq!(after, last);
    }

    #[test]
    fn no_text_makes_the_reader_fail_otherwise_than_by_an_error(text in "\\PC{0,60}") {
        if let Err(error) = Architecture::from_json(&text) {
            prop_assert!(error.place().0 >= 1);
        }
    }
}

fn small() -> Architecture {
    let mut drawing = Architecture::default();
    for name in ["a", "b", "c"] {
        drawing.apply(Edit::AddNode(Node { id: name.into(), ..Node::default() }, Some(Point::new(1, 2))));
    }
    for (from, to) in [("a", "b"), ("b", "c"), ("c", "a")] {
        let flow = Flow { from: from.into(), to: to.into(), artifact: "model".to_owned(), ..Flow::default() };
        drawing.apply(Edit::AddFlow(flow));
    }
    drawing
}

#[test]
fn removing_a_node_takes_its_flows_position_and_size_along() {
    let mut drawing = small();
    drawing.apply(Edit::Resize { sizes: BTreeMap::from([("b".into(), Some(Size { w: 300, h: 90 }))]) });
    let before = drawing.clone();
    let remove = Edit::Remove { nodes: BTreeSet::from(["b".into()]), flows: BTreeSet::new() };
    assert_eq!(remove.label(), "Remove 1 node");
    let undo = drawing.apply(remove);
    assert_eq!(drawing.flows.iter().map(|flow| flow.key().to_string()).collect::<Vec<_>>(), ["c->a:model"]);
    assert!(!drawing.layout.contains_key(&"b".into()));
    assert!(!drawing.size.contains_key(&"b".into()));
    drawing.apply(undo);
    assert_eq!(drawing, before);
}

#[test]
fn an_edit_of_something_unknown_changes_nothing() {
    let mut drawing = small();
    let before = drawing.clone();
    let nowhere: NodeId = "nowhere".into();
    for edit in [
        Edit::Move { positions: BTreeMap::from([(nowhere.clone(), Some(Point::new(5, 5)))]) },
        Edit::Rename { node: nowhere.clone(), label: "x".to_owned() },
        Edit::SetLinks {
            node: nowhere.clone(),
            links: NodeLinks { runs: Some("demo:".to_owned()), ..NodeLinks::default() },
        },
        Edit::Remove { nodes: BTreeSet::from([nowhere.clone()]), flows: BTreeSet::new() },
        Edit::AddFlow(Flow { from: "a".into(), to: nowhere, ..Flow::default() }),
        Edit::AddNode(Node { id: "a".into(), label: "taken".to_owned(), ..Node::default() }, None),
    ] {
        assert!(edit.is_noop_on(&drawing), "{}", edit.label());
        let inverse = drawing.apply(edit);
        assert_eq!(drawing, before);
        assert!(inverse.is_noop_on(&drawing));
    }
    let real = Edit::Rename { node: "a".into(), label: "Lake".to_owned() };
    assert!(!real.is_noop_on(&drawing));
    assert_eq!(real.label(), "Rename to Lake");
}

#[test]
fn a_file_is_written_as_the_format_says() {
    let mut drawing = small();
    drawing.id = "t".to_owned();
    drawing.apply(Edit::Remove { nodes: BTreeSet::from(["b".into(), "c".into()]), flows: BTreeSet::new() });
    let expected = "{\n\"format\":\"mlops-atlas/architecture@1\",\n\"id\":\"t\",\n\"title\":\"\",\n\"summary\":\"\",\n\
        \"domain\":\"\",\n\"source\":[],\n\"nodes\":[\n{\"id\":\"a\",\"kind\":\"\",\"stage\":\"\",\"tools\":[],\
        \"label\":\"\",\"props\":{}}\n],\n\"edges\":[],\n\"layout\":{\n\"a\":[1,2]\n}\n}\n";
    assert_eq!(drawing.to_json(), expected);
}

#[test]
fn all_templates_are_canonical_and_without_problems() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/architecture/templates");
    let drawings = templates();
    assert_eq!(drawings.len(), 15);
    // Counted in the files with another program.
    assert_eq!(drawings.iter().map(|drawing| drawing.nodes.len()).sum::<usize>(), 316);
    assert_eq!(drawings.iter().map(|drawing| drawing.flows.len()).sum::<usize>(), 580);
    for drawing in drawings {
        let text = std::fs::read_to_string(folder.join(format!("{}.architecture.json", drawing.id))).unwrap();
        let (read, problems) = Architecture::from_json(&text).unwrap();
        assert_eq!(problems, []);
        assert_eq!(read.to_json(), text, "{} is not canonical", drawing.id);
        for node in drawing.nodes.values() {
            let is_id = |tool: &String| {
                !tool.is_empty() && tool.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            };
            assert!(node.tools.iter().all(is_id), "{}: {:?}", drawing.id, node.tools);
        }
    }
}

#[test]
fn templates_and_written_files_obey_the_schema_and_broken_ones_do_not() {
    let schema: Value =
        serde_json::from_str(include_str!("../../../data/schema/architecture.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for mut drawing in templates() {
        drawing.layout = mlops_atlas::architecture::place(&drawing).positions;
        let first = drawing.nodes.keys().next().unwrap().clone();
        drawing.size.insert(first, Size { w: 240, h: 80 });
        let texts = |texts: [&str; 2]| texts.map(str::to_owned).to_vec();
        drawing.constraints = Constraints {
            licenses: texts(["osi", "open-core"]),
            air_gapped: true,
            most_tools: Some(12),
            ..Constraints::default()
        };
        drawing.guide = Some(Guide { use_when: texts(["a", "b"]), ..Guide::default() });
        drawing.apply(Edit::SetTestAnswer { test: "data-1".to_owned(), answer: Some(Answer::Manual) });
        let first = drawing.nodes.values_mut().next().unwrap();
        *first.links = NodeLinks {
            links: texts(["https://a.dev", "b"]),
            owners: texts(["A", "B"]),
            repository: Some("https://a.dev/git".to_owned()),
            runs: Some("demo:".to_owned()),
        };
        let value: Value = serde_json::from_str(&drawing.to_json()).unwrap();
        let errors: Vec<_> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", drawing.id);
        for (pointer, broken) in [
            ("/format", json!("other")),
            ("/nodes/0/id", json!("")),
            ("/nodes/0/tools", json!("mlflow")),
            ("/nodes/0/links", json!("https://a.dev")),
            ("/nodes/0/owners", json!([1])),
            ("/nodes/0/repository", json!(["https://a.dev"])),
            ("/nodes/0/runs", json!(null)),
            ("/edges/0/from", json!(3)),
            ("/layout", json!({"a": [1]})),
            ("/layout", json!({"a": [1, 2, 3]})),
            ("/layout", json!({"a": [1, 2.5]})),
            ("/constraints/licenses", json!("osi")),
            ("/constraints/most_tools", json!(-1)),
            ("/constraints/air_gapped", json!("yes")),
            ("/guide/use_when", json!([1])),
            ("/test_score/data-1", json!(0.7)),
        ] {
            let mut value = value.clone();
            *value.pointer_mut(pointer).unwrap() = broken;
            assert!(!validator.is_valid(&value), "{pointer} may be anything");
        }
    }
}

#[test]
fn every_tool_that_a_template_names_has_an_entry() {
    let (catalog, _) = mlops_atlas::store::catalog_files::bundled_catalog();
    let mut named = 0;
    for drawing in templates() {
        for tool in drawing.nodes.values().flat_map(|node| &node.tools) {
            let id = mlops_atlas::catalog::ToolId::new(tool).ok();
            let found = id.and_then(|id| catalog.get(&id)).is_some();
            assert!(found, "{} names {tool}, which the catalog lacks", drawing.id);
            named += 1;
        }
    }
    assert!(named > 300, "the templates name {named} tools only");
}

#[test]
fn a_box_leaves_its_place_with_its_lane_alone() {
    let mut drawing = Architecture::default();
    for id in ["a", "b"] {
        let node = Node { id: id.into(), stage: "data".to_owned(), ..Node::default() };
        drawing.nodes.insert(id.into(), node);
        drawing.layout.insert(id.into(), Point::new(400, 300));
    }
    assert_eq!(Edit::to_lane(&drawing, &"a".into(), "data"), None, "it is there");
    assert_eq!(Edit::to_lane(&drawing, &"nowhere".into(), "train"), None);
    let before = drawing.clone();
    let undo = drawing.apply(Edit::to_lane(&before, &"a".into(), "train").unwrap());
    assert_eq!(drawing.nodes[&NodeId::from("a")].stage, "train");
    assert_eq!(drawing.layout, [("b".into(), Point::new(400, 300))].into(), "b stays where it is");
    drawing.apply(undo);
    assert_eq!(drawing, before);
}

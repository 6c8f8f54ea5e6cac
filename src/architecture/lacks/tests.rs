//! What is missing and what adds it.

mod plain;

use proptest::prelude::*;

use super::*;
use crate::architecture::sketch::sketch;

fn told(lack: &Lack) -> String {
    match &lack.missing {
        Missing::Kind(kind) => kind.clone(),
        Missing::Flow(flow) => format!("{}->{}:{}", flow.from, flow.to, flow.artifact),
    }
}

fn after(mine: &Architecture, lack: &Lack) -> Vec<String> {
    let mut mine = mine.clone();
    mine.apply(lack.edit.clone());
    let nodes = mine.nodes.values().map(|node| format!("{}:{}", node.id, node.kind));
    nodes.chain(mine.flows.iter().map(|flow| flow.key().to_string())).collect()
}

#[test]
fn a_missing_kind_comes_with_its_words_and_joined_to_the_neighbours() {
    let template = sketch(
        "m:monitoring=evidently n:monitoring s:serving_online o:orchestrator; \
         s->m:telemetry s->m:features m->o:trigger n->o:trigger m->n:alert",
    );
    let mine = sketch("a:serving_online b:serving_online m:ci");
    let found = lacks(&mine, &template);
    // In the order of the vocabulary; the flow from the orchestrator's missing neighbour comes later.
    assert_eq!(found.iter().map(told).collect::<Vec<_>>(), ["monitoring", "orchestrator"]);
    let message = &found[0].message;
    assert_eq!(message, "Monitoring is missing; there it is “Monitoring” (evidently).");
    assert_eq!(
        after(&mine, &found[0]),
        [
            "a:serving_online",
            "b:serving_online",
            "m:ci",
            "m-2:monitoring",
            "a->m-2:features",
            "a->m-2:telemetry",
            "b->m-2:features",
            "b->m-2:telemetry",
        ]
    );
    let Edit::Batch(edits) = &found[0].edit else { panic!("a batch") };
    let Edit::AddNode(node, None) = &edits[0] else { panic!("a node first") };
    assert_eq!((node.label.as_str(), node.stage.as_str()), ("Monitoring", "operate"));
    assert_eq!(node.tools, ["evidently"]);
}

#[test]
fn a_missing_flow_joins_what_is_joined_already_else_the_first() {
    let template = sketch("t:training r:experiment_tracking; t->r:metrics t->r:metadata");
    for (mine, flows) in [
        (
            "a:training b:training x:experiment_tracking y:experiment_tracking; b->y:metadata",
            "b->y:metadata b->y:metrics",
        ),
        (
            "a:training b:training x:experiment_tracking y:experiment_tracking; a->a:metadata",
            "a->a:metadata a->x:metadata",
        ),
    ] {
        let mine = sketch(mine);
        let found = lacks(&mine, &template);
        let now = after(&mine, &found[0]);
        assert_eq!(now[4..].join(" "), flows);
    }
    let mine = sketch("a:training x:experiment_tracking; a->x:metrics x->a:metadata");
    let found = lacks(&mine, &template);
    assert_eq!(found.iter().map(told).collect::<Vec<_>>(), ["training->experiment_tracking:metadata"]);
    assert_eq!(found[0].message, "No flow of metadata from Training to Experiment tracking.");
}

#[test]
fn a_flow_from_a_kind_to_itself_brings_a_second_box() {
    let template = sketch("a:transformation b:transformation; a->b:features");
    let mine = sketch("b:transformation");
    let found = lacks(&mine, &template);
    assert_eq!(after(&mine, &found[0]), ["b:transformation", "b-2:transformation", "b-2->b:features"]);
}

#[test]
fn what_the_vocabulary_does_not_let_flow_is_not_added_with_a_kind() {
    let template = sketch("a:training b:alerting; a->b:model");
    let mine = sketch("a:training");
    let found = lacks(&mine, &template);
    assert_eq!(after(&mine, &found[0]), ["a:training", "b:alerting"]);
}

#[test]
fn nothing_is_lacked_of_oneself_and_kinds_without_a_name_are_none() {
    let drawing = sketch("a:training b:x c:; a->b:model b->c:model a->ghost:model");
    assert_eq!(lacks(&drawing, &drawing), []);
    assert_eq!(lacks(&sketch("c:"), &sketch("d: e:; d->e:model")), []);
    let found = lacks(&sketch("a:training"), &drawing);
    assert_eq!(found.iter().map(told).collect::<Vec<_>>(), ["x"]);
}

#[test]
fn one_edit_brings_all_that_is_missing_and_one_takes_it_back() {
    let template = sketch(
        "m:monitoring s:serving_online o:orchestrator t:training; s->m:telemetry m->o:trigger o->t:trigger",
    );
    let mine = sketch("a:serving_online");
    let mut grown = mine.clone();
    let back = grown.apply(complete(&mine, &template));
    assert_eq!(lacks(&grown, &template), []);
    let nodes: Vec<String> = grown.nodes.keys().map(ToString::to_string).collect();
    assert_eq!(nodes, ["a", "m", "o", "t"]);
    let flows: Vec<String> = grown.flows.iter().map(|flow| flow.key().to_string()).collect();
    assert_eq!(flows, ["a->m:telemetry", "m->o:trigger", "o->t:trigger"]);
    grown.apply(back);
    assert_eq!(grown, mine);
    assert_eq!(complete(&template, &template), Edit::Batch(Vec::new()));
}

/// Boxes named by few letters, so that drawings share them; kinds of which one is unknown and one is none; flows of
/// which some lead nowhere.
fn any_drawing() -> impl Strategy<Value = Architecture> {
    const KINDS: [&str; 8] = [
        "training",
        "transformation",
        "experiment_tracking",
        "model_registry",
        "serving_online",
        "monitoring",
        "unheard_of",
        "",
    ];
    const ARTIFACTS: [&str; 5] = ["model", "metrics", "features", "telemetry", "trigger"];
    let nodes = prop::collection::btree_map(0_u8..12, 0..KINDS.len(), 0..10);
    let flows = prop::collection::btree_set((0_u8..12, 0_u8..12, 0..ARTIFACTS.len()), 0..20);
    (nodes, flows).prop_map(|(nodes, flows)| {
        let letter = |id: u8| char::from(b'a' + id);
        let nodes = nodes.into_iter().map(|(id, kind)| format!("{}:{}=feast", letter(id), KINDS[kind]));
        let flows = flows
            .into_iter()
            .map(|(from, to, artifact)| format!("{}->{}:{}", letter(from), letter(to), ARTIFACTS[artifact]));
        let (nodes, flows): (Vec<_>, Vec<_>) = (nodes.collect(), flows.collect());
        sketch(&format!("{};{}", nodes.join(" "), flows.join(" ")))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn what_is_lacked_is_what_looking_through_both_drawings_finds(
        (mine, template) in (any_drawing(), any_drawing())
    ) {
        prop_assert_eq!(lacks(&mine, &template), plain::lacks(&mine, &template));
        prop_assert_eq!(complete(&mine, &template), plain::complete(&mine, &template));
    }
}

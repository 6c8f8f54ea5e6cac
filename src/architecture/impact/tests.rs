//! Changes of artifacts and tools, with answers counted by hand, and what holds of every drawing.

use proptest::prelude::*;

use super::*;
use crate::architecture::sketch::sketch;

#[test]
fn shares_are_rounded_as_they_are_read() {
    // 1/8 and 3/8 lie exactly halfway; the doubles of 1/200 and 29/200 lie just above and just below halfway.
    let cases = [(1, 8, 0.12), (3, 8, 0.38), (1, 200, 0.01), (29, 200, 0.14), (2, 3, 0.67), (0, 0, 0.0)];
    for (part, whole, expected) in cases {
        assert_eq!(share(part, whole), expected, "{part}/{whole}");
    }
}

/// Data, two stores of features, a gate, training, serving with a consumer whose feedback is collected, and a watch.
fn shop() -> Architecture {
    sketch(
        "a_src:source_batch b_prep:transformation=spark c_fs:feature_store=feast d_fs:feature_store=feast+redis \
         e_gate:evaluation f_train:training=spark g_serve:serving_online=kserve h_app:consumer \
         i_back:feedback_collector j_watch:monitoring k_flow:orchestrator; \
         a_src->b_prep:raw_data b_prep->c_fs:features b_prep->d_fs:features c_fs->f_train:training_set \
         d_fs->g_serve:online_features f_train->e_gate:model e_gate->g_serve:model g_serve->h_app:predictions \
         h_app->i_back:feedback i_back->b_prep:feedback g_serve->j_watch:telemetry k_flow->f_train:trigger",
    )
}

fn ids(list: &[NodeId]) -> String {
    list.iter().map(NodeId::as_str).collect::<Vec<_>>().join(" ")
}

fn rings(impact: &Impact) -> Vec<String> {
    impact.rings.iter().map(|(ring, nodes)| format!("{ring}: {}", ids(nodes))).collect()
}

#[test]
fn an_artifact_changes_whoever_accepts_it_and_what_follows() {
    let found = impact_of(&shop(), &Change::Artifact("features".to_owned())).unwrap();
    // Two flows carry features, into c_fs and d_fs; nothing is ring 0.
    assert_eq!(ids(&found.changed), "");
    assert_eq!(
        rings(&found),
        ["1: c_fs d_fs", "2: f_train g_serve", "3: e_gate h_app"],
        "the walk ends at the consumer, and a watch only looks"
    );
    // What the consumer gives back leads to b_prep: 8 of all 11 nodes in the end.
    assert_eq!((found.direct, found.full, found.cace), (6, 8, 0.73));
    assert_eq!(
        (ids(&found.via_feedback).as_str(), ids(&found.notified).as_str()),
        ("b_prep i_back", "j_watch")
    );
    let acts = [&found.retrain, &found.revalidate, &found.redeploy, &found.consumers];
    assert_eq!(acts.map(|list| ids(list)), ["f_train", "e_gate", "g_serve", "h_app"]);
    // d_fs feeds serving directly, past the evaluation.
    assert_eq!(ids(&found.unguarded_consumers), "h_app");
    // b_prep -> d_fs -> g_serve -> h_app -> i_back -> b_prep is a loop with a flow of features in it.
    assert!(found.in_loop);
    let raw = impact_of(&shop(), &Change::Artifact("raw_data".to_owned())).unwrap();
    assert!(!raw.in_loop, "nothing leads back into the source");
    assert_eq!((raw.direct, raw.full), (7, 8));
}

#[test]
fn what_is_only_seen_or_started_is_told_and_does_not_change() {
    let seen = impact_of(&shop(), &Change::Artifact("telemetry".to_owned())).unwrap();
    assert_eq!((seen.direct, seen.full, ids(&seen.notified).as_str()), (0, 0, "j_watch"));
    // A start is passed on: whoever gets what the started training makes is told as well.
    let started = impact_of(&shop(), &Change::Artifact("trigger".to_owned())).unwrap();
    assert_eq!((started.full, started.in_loop), (0, false));
    assert_eq!(ids(&started.notified), "b_prep c_fs d_fs e_gate f_train g_serve h_app i_back j_watch");
}

#[test]
fn answers_that_change_reach_readers_nobody_drew() {
    let drawing = sketch("s:serving_batch w:data_store r:training; s->w:predictions w->r:training_set");
    let found = impact_of(&drawing, &Change::Artifact("predictions".to_owned())).unwrap();
    assert_eq!(
        (ids(&found.undeclared).as_str(), rings(&found)),
        ("s", vec!["1: w".to_owned(), "2: r".to_owned()])
    );
    assert_eq!(
        ids(&impact_of(&drawing, &Change::Artifact("training_set".to_owned())).unwrap().undeclared),
        ""
    );
}

#[test]
fn a_tool_changes_all_boxes_that_name_it_at_once() {
    let swap = |from: &str| Change::Swap { from: from.to_owned(), to: "other".to_owned() };
    let found = impact_of(&shop(), &swap("feast")).unwrap();
    assert_eq!(ids(&found.changed), "c_fs d_fs");
    assert_eq!(rings(&found), ["1: f_train g_serve", "2: e_gate h_app"]);
    // 9 other nodes: 4 change before the world reacts, and two by feedback.
    assert_eq!((found.direct, found.full, found.cace), (4, 6, 0.67));
    assert_eq!(ids(&found.via_feedback), "b_prep i_back");
    let spark = impact_of(&shop(), &swap("spark")).unwrap();
    assert_eq!((ids(&spark.changed).as_str(), spark.in_loop), ("b_prep f_train", true));
    assert_eq!(rings(&spark), ["1: c_fs d_fs e_gate", "2: g_serve", "3: h_app"]);
    // A changed box is passed whatever it is: the gate itself holds nothing up when it is what changes.
    let gated = sketch(
        "a:training=t g:evaluation=t s:serving_online c:consumer; a->g:model g->s:model s->c:predictions",
    );
    assert_eq!(ids(&impact_of(&gated, &swap("t")).unwrap().unguarded_consumers), "c");
    assert_eq!(ids(&impact(&gated, &"a".into()).unwrap().unguarded_consumers), "");
}

#[test]
fn what_is_not_in_the_drawing_changes_nothing() {
    for change in [
        Change::Node("nobody".into()),
        Change::Artifact("gold".to_owned()),
        Change::Swap { from: "redi".to_owned(), to: String::new() },
    ] {
        assert_eq!(impact_of(&shop(), &change), None, "{change:?}");
    }
    let lost = sketch("a:ci; a->ghost:code");
    assert_eq!(impact_of(&lost, &Change::Artifact("code".to_owned())), None, "the flow has no end");
    assert_eq!(artifacts_in(&lost), []);
}

#[test]
fn what_there_is_to_change_is_counted() {
    let list =
        |all: Vec<Counted>| all.iter().map(|one| format!("{} {}", one.word, one.count)).collect::<Vec<_>>();
    assert_eq!(list(tools_in(&shop())), ["feast 2", "spark 2", "kserve 1", "redis 1"]);
    assert_eq!(list(artifacts_in(&shop()))[..3], ["features 2", "feedback 2", "model 2"]);
}

#[test]
fn a_change_is_told_in_steps() {
    let drawing = shop();
    let change = Change::Artifact("features".to_owned());
    let found = impact_of(&drawing, &change).unwrap();
    let steps = Steps::of(&found);
    assert_eq!((steps.last, steps.rings(), steps.of[&NodeId::from("b_prep")]), (4, 3, 4));
    let told = |step: usize| format!("{}: {}", steps.place(step), found.told(step, &drawing, &change));
    assert_eq!(told(0), "Ring 0 of 3: 2 flows carry it.");
    assert_eq!(told(2), "Ring 2 of 3: After 2 flows: Training, Online serving.");
    assert_eq!(
        told(4),
        "In the end: And back by feedback: Feature / transform pipeline, Feedback / ground truth. Reached without any \
         gate: Consumer application."
    );
    let (change, none) = (Change::Node("j_watch".into()), Impact::default());
    let watch = impact_of(&drawing, &change).unwrap();
    assert_eq!(Steps::of(&watch).last, 1);
    assert_eq!(
        watch.told(1, &drawing, &change),
        "Nothing more comes back by feedback. No consumer is reached."
    );
    assert_eq!(Steps::of(&none), Steps { of: BTreeMap::new(), last: 1 });
}

proptest! {
    /// Drawings of up to nine nodes of any kind with flows of any artifact.
    #[test]
    fn a_tool_of_one_box_changes_what_that_box_changes(
        kinds in prop::collection::vec(prop::sample::select(vec![
            "source_batch", "transformation", "feature_store", "evaluation", "training", "serving_online",
            "consumer", "feedback_collector", "monitoring", "data_validation", "traffic_control",
        ]), 1..10),
        flows in prop::collection::vec((0..9_usize, 0..9_usize, prop::sample::select(vec![
            "features", "model", "predictions", "feedback", "telemetry", "trigger", "metrics", "code",
        ])), 0..24),
        at in 0..9_usize,
    ) {
        let at = at % kinds.len();
        let nodes = kinds.iter().enumerate().map(|(n, kind)| {
            let tool = if n == at { "=theirs" } else { "=ours" };
            format!("n{n}:{kind}{tool}")
        });
        let nodes: Vec<String> = nodes.collect();
        let flows = flows.iter().map(|(a, b, word)| format!("n{}->n{}:{word}", a % kinds.len(), b % kinds.len()));
        let drawing = sketch(&format!("{}; {}", nodes.join(" "), flows.collect::<Vec<_>>().join(" ")));
        let swap = Change::Swap { from: "theirs".to_owned(), to: String::new() };
        let node = NodeId(format!("n{at}"));
        prop_assert_eq!(impact_of(&drawing, &swap), impact(&drawing, &node));
        // An artifact changes at least its acceptors, and together no more than its givers would.
        for counted in artifacts_in(&drawing) {
            let found = impact_of(&drawing, &Change::Artifact(counted.word.clone())).unwrap();
            let givers = drawing.flows.iter().filter(|flow| flow.artifact == counted.word).map(|flow| &flow.from);
            let mut by_givers: Vec<NodeId> = Vec::new();
            for giver in givers {
                by_givers.push(giver.clone());
                let of_giver = impact(&drawing, giver).unwrap();
                by_givers.extend(of_giver.rings.into_values().flatten().chain(of_giver.via_feedback));
            }
            let reached = found.rings.values().flatten().chain(&found.via_feedback);
            for node in reached {
                prop_assert!(by_givers.contains(node), "{} reaches {node}", counted.word);
            }
        }
    }
}

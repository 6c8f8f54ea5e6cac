//! What in a drawing suggests which test.

use super::*;
use crate::architecture::sketch::sketch;
use serde_json::json;

fn told(drawing: &Architecture) -> Vec<String> {
    let at = |s: &Suggestion| s.at.iter().map(NodeId::as_str).collect::<Vec<_>>().join("+");
    suggest(drawing).iter().map(|s| format!("{} {}", s.test, at(s))).collect()
}

fn with(mut drawing: Architecture, node: &str, prop: &str, value: serde_json::Value) -> Architecture {
    if let Some(node) = drawing.nodes.get_mut(&node.into()) {
        node.props.insert(prop.to_owned(), value);
    }
    drawing
}

#[test]
fn each_thing_in_a_drawing_suggests_its_own_tests_at_its_own_boxes() {
    for (drawing, expected) in [
        ("v:data_validation", "data-1 v"),
        ("a:source_batch b:ingestion; a->b:schema", "data-1 a+b, monitor-1 a+b"),
        ("v:data_validation m:alerting; v->m:alert", "data-1 v, monitor-1 m+v"),
        ("p:privacy", "data-5 p"),
        ("f:feature_store", "data-6 f"),
        ("g:code_repo c:ci; g->c:code", "infra-2 c+g"),
        ("g:code_repo c:ci t:transformation; g->c:code", "data-7 c+g+t, infra-2 c+g"),
        ("g:code_repo t:training; g->t:config", "model-1 g+t"),
        ("g:code_repo t:training; t->g:code", ""),
        ("x:traffic_control", "infra-6 x"),
        ("x:traffic_control e:evaluation f:feedback_collector; f->e:labels", "model-2 e+f+x, infra-6 x"),
        ("h:tuning", "model-3 h"),
        ("c:ci o:orchestrator; c->o:package", "infra-3 c+o"),
        ("t:training e:evaluation r:model_registry; t->e:model e->r:model", "infra-4 e"),
        ("t:training e:evaluation r:model_registry; t->e:model e->r:metrics", ""),
        ("r:model_registry s:serving_batch; r->s:model", "infra-7 r+s"),
        ("s:serving_online m:monitoring; s->m:features", "monitor-2 m+s"),
        ("f:feature_store t:training s:serving_online; f->t:training_set", "data-6 f"),
        (
            "f:feature_store t:training s:serving_online; f->t:training_set f->s:online_features",
            "data-6 f, monitor-3 f",
        ),
        ("m:monitoring o:orchestrator; m->o:trigger", "monitor-4 m+o"),
        ("s:edge_runtime m:monitoring; s->m:telemetry", "monitor-6 m+s"),
        ("f:feedback_collector m:monitoring; f->m:feedback", "monitor-7 f+m"),
        ("f:feedback_collector; f->ghost:feedback ghost->f:schema", ""),
    ] {
        assert_eq!(told(&sketch(drawing)).join(", "), expected, "{drawing}");
    }
}

#[test]
fn facts_of_boxes_suggest_tests_where_they_belong() {
    let evaluation = || sketch("e:evaluation t:training");
    for (drawing, expected) in [
        (with(evaluation(), "e", "checks", json!(["bias", "baseline", 3])), "model-5 e, model-7 e"),
        (with(evaluation(), "e", "checks", json!("slices")), ""),
        (with(evaluation(), "t", "checks", json!(["slices"])), ""),
        (with(sketch("o:orchestrator"), "o", "schedule", json!(true)), "monitor-4 o"),
        (with(sketch("o:orchestrator"), "o", "schedule", json!(false)), ""),
    ] {
        assert_eq!(told(&drawing).join(", "), expected);
    }
    let all = "w:data_store g:code_repo t:training r:experiment_tracking; g->t:code t->r:metrics";
    assert_eq!(told(&sketch(all)).join(", "), "model-1 g+t");
    let versioned = with(sketch(all), "w", "versioned", json!(true));
    assert_eq!(told(&versioned).join(", "), "model-1 g+t, infra-1 g+r+t+w");
}

#[test]
fn every_suggested_test_is_one_of_the_rubric() {
    let everything = crate::architecture::kinds::kinds().iter().map(|k| format!("{0}:{0}", k.id));
    let drawing = sketch(&everything.collect::<Vec<_>>().join(" "));
    for suggestion in suggest(&drawing) {
        assert!(super::super::rubric().test(suggestion.test).is_some(), "{}", suggestion.test);
    }
    assert_eq!(suggest(&Architecture::default()), []);
}

//! The keys `guide`, `constraints` and `test_score` of a file, and the edit of an answer.

use mlops_atlas::architecture::test_score::Answer;
use mlops_atlas::architecture::{Architecture, Edit};
use mlops_atlas::problem::Severity;

#[test]
fn constraints_guide_and_answers_are_read_and_written_and_what_is_odd_in_them_is_told() {
    let text = r#"{"format":"mlops-atlas/architecture@1","nodes":[],
"guide":{"purpose":"P","use_when":["a","b"],"avoid_when":"c","since":2},
"constraints":{"licenses":["osi","mit"],"air_gapped":true,"without_kubernetes":1,"languages":["Go"],
"foundations":[],"most_tools":-1,"cost":{"eur":5}},
"test_score":{"model-3":1.0,"data-1":0.5,"data-9":1,"infra-1":0.7,"infra-2":0,"why":"x"}}"#;
    let (drawing, problems) = Architecture::from_json(text).unwrap();
    let told: Vec<_> = problems
        .iter()
        .map(|p| (p.severity == Severity::Error, p.at.as_str(), p.message.split("; ").next().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            (
                false,
                "line 3",
                "`constraints` allow the licence class `mit`, which this version does not know"
            ),
            (true, "line 3", "`without_kubernetes` must be true or false"),
            (true, "line 4", "`most_tools` must be a whole number of 0 or more"),
            (
                false,
                "line 4",
                "`constraints` have `cost`, which this version does not know and does not check"
            ),
            (false, "line 5", "`test_score` has `data-9`, which is no test of the rubric"),
            (false, "line 5", "`test_score` of `infra-1` is to be 0, 0.5 or 1"),
            (false, "line 5", "`test_score` has `why`, which is no test of the rubric"),
        ]
    );
    let guide = drawing.guide.as_ref().unwrap();
    assert_eq!((guide.use_when.len(), guide.avoid_when.as_slice()), (2, &["c".to_owned()][..]));
    assert!(drawing.constraints.air_gapped && !drawing.constraints.without_kubernetes);
    assert_eq!(drawing.test_score.of["model-3"], Answer::Automated);
    let written = drawing.to_json();
    for line in [
        r#""guide":{"purpose":"P","use_when":["a","b"],"avoid_when":["c"],"since":2},"#,
        r#""constraints":{"licenses":["osi","mit"],"languages":["Go"],"air_gapped":true,"cost":{"eur":5}},"#,
        r#""test_score":{"data-1":0.5,"infra-2":0,"model-3":1,"data-9":1,"infra-1":0.7,"why":"x"}"#,
    ] {
        assert!(written.lines().any(|written| written == line), "{line} is not in {written}");
    }
    assert_eq!(Architecture::from_json(&written).unwrap().0, drawing);
    let (none, problems) =
        Architecture::from_json(r#"{"nodes":[],"guide":1,"constraints":[],"test_score":"x"}"#).unwrap();
    assert_eq!(none, Architecture::default());
    assert_eq!(problems.iter().filter(|p| p.severity == Severity::Error).count(), 3);
}

#[test]
fn an_answer_stands_instead_of_what_was_none_and_what_is_no_test_gets_none() {
    let (mut drawing, _) =
        Architecture::from_json(r#"{"nodes":[],"test_score":{"infra-1":0.7,"data-1":1}}"#).unwrap();
    let answer = |test: &str, answer| Edit::SetTestAnswer { test: test.to_owned(), answer };
    drawing.apply(answer("infra-1", Some(Answer::Manual)));
    assert!(drawing.to_json().contains(r#""test_score":{"data-1":1,"infra-1":0.5}"#));
    assert!(answer("data-8", Some(Answer::Manual)).is_noop_on(&drawing));
    let undo = drawing.apply(answer("data-1", None));
    assert_eq!(undo, answer("data-1", Some(Answer::Automated)));
    assert_eq!(drawing.test_score.of.len(), 1);
}

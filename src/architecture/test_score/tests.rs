//! The rubric against the paper, and scores by hand.

use super::*;

/// The names as the tables I to IV of the paper list them.
const NAMES: [&str; 28] = [
    "Feature expectations are captured in a schema",
    "All features are beneficial",
    "No feature's cost is too much",
    "Features adhere to meta-level requirements",
    "The data pipeline has appropriate privacy controls",
    "New features can be added quickly",
    "All input feature code is tested",
    "Model specs are reviewed and submitted",
    "Offline and online metrics correlate",
    "All hyperparameters have been tuned",
    "The impact of model staleness is known",
    "A simpler model is not better",
    "Model quality is sufficient on important data slices",
    "The model is tested for considerations of inclusion",
    "Training is reproducible",
    "Model specs are unit tested",
    "The ML pipeline is integration tested",
    "Model quality is validated before serving",
    "The model is debuggable",
    "Models are canaried before serving",
    "Serving models can be rolled back",
    "Dependency changes result in notification",
    "Data invariants hold for inputs",
    "Training and serving are not skewed",
    "Models are not too stale",
    "Models are numerically stable",
    "Computing performance has not regressed",
    "Prediction quality has not regressed",
];

#[test]
fn the_rubric_is_that_of_the_paper() {
    let tests: Vec<_> = rubric().sections.iter().flat_map(|section| &section.tests).collect();
    assert_eq!(tests.iter().map(|test| test.name.as_str()).collect::<Vec<_>>(), NAMES);
    for section in &rubric().sections {
        for (at, test) in section.tests.iter().enumerate() {
            assert_eq!(test.id, format!("{}-{}", section.id, at + 1));
            assert!(test.explanation.ends_with('.') && test.explanation != test.name, "{}", test.id);
        }
        assert_eq!(section.tests.len(), 7);
    }
    let sections: Vec<_> = rubric().sections.iter().map(|section| section.id.as_str()).collect();
    assert_eq!(sections, ["data", "model", "infra", "monitor"]);
}

fn answers(of: &[(&str, Answer)]) -> Answers {
    Answers { of: of.iter().map(|(id, answer)| ((*id).to_owned(), *answer)).collect(), ..Answers::default() }
}

/// The worked example: 3 automated and 2 by hand are 4, 2 and 2 are 3, 5 automated are 5, 3 by hand are 1.5.
#[test]
fn the_score_is_the_lowest_section() {
    use Answer::{Automated, Manual, No};
    let given = answers(&[
        ("data-1", Automated),
        ("data-2", Automated),
        ("data-3", Automated),
        ("data-4", Manual),
        ("data-5", Manual),
        ("data-6", No),
        ("model-1", Automated),
        ("model-2", Automated),
        ("model-3", Manual),
        ("model-7", Manual),
        ("infra-1", Automated),
        ("infra-2", Automated),
        ("infra-3", Automated),
        ("infra-4", Automated),
        ("infra-5", Automated),
        ("monitor-1", Manual),
        ("monitor-2", Manual),
        ("monitor-7", Manual),
    ]);
    let found = score(&given);
    assert_eq!(found.sections.iter().map(|s| s.points).collect::<Vec<_>>(), [4.0, 3.0, 5.0, 1.5]);
    assert_eq!(found.sections.iter().map(|s| s.answered).collect::<Vec<_>>(), [6, 4, 5, 3]);
    assert_eq!((found.points, found.lowest.as_slice()), (1.5, &["monitor"][..]));
    assert!(found.meaning.starts_with("A first pass"), "{}", found.meaning);
}

#[test]
fn the_bands_are_open_below_and_closed_above() {
    for (halves, words) in [
        (0, "research project"),
        (1, "in part"),
        (2, "in part"),
        (3, "first pass"),
        (4, "first pass"),
        (5, "Reasonably"),
        (6, "Reasonably"),
        (7, "Strong"),
        (10, "Strong"),
        (11, "Exceptional"),
        (14, "Exceptional"),
    ] {
        assert!(rubric().meaning(halves).contains(words), "{halves}: {}", rubric().meaning(halves));
    }
}

#[test]
fn nothing_answered_is_nothing_and_everything_is_seven() {
    let none = score(&Answers::default());
    assert_eq!((none.points, none.lowest.len()), (0.0, 4));
    let all = rubric().sections.iter().flat_map(|section| &section.tests);
    let of = all.map(|test| (test.id.clone(), Answer::Automated)).collect();
    assert_eq!(score(&Answers { of, ..Answers::default() }).points, 7.0);
}

//! The ML Test Score of a system (Breck and others, 2017).
//!
//! 28 tests in four sections; half a point for a test that is run by hand, a full one where a system runs it; the lowest
//! section is the score. The workshop paper of 2016 counts one and two points for the same; nothing of it is here.

mod answers;
mod suggest;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use serde::Deserialize;

pub use answers::{Answer, Answers};
pub use suggest::{Suggestion, suggest};

/// The rubric: `data/architecture/test_score.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Rubric {
    /// The title of the paper.
    pub title: String,
    /// Who wrote it, where and when it appeared.
    pub authors: String,
    /// Where it can be read.
    pub source: Vec<String>,
    /// The sections in the order of the paper.
    pub sections: Vec<Section>,
    /// What the score means, from the lowest up.
    pub bands: Vec<Band>,
}

/// A section of the rubric.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Section {
    /// `data`, `model`, `infra`, `monitor`.
    pub id: String,
    /// Its name in words.
    pub title: String,
    /// Seven tests in the order of the paper.
    pub tests: Vec<Test>,
}

/// A test of the rubric.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Test {
    /// Section and number: `data-1`.
    pub id: String,
    /// What the paper calls it.
    pub name: String,
    /// What it asks for, in a sentence.
    pub explanation: String,
}

/// Scores that mean the same.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Band {
    /// The highest score in it, in points; it begins above that of the band before.
    pub at_most: u8,
    /// What it means.
    pub text: String,
}

/// An unreadable rubric would be empty; the tests below fail before that is ever shipped.
static RUBRIC: LazyLock<Rubric> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../data/architecture/test_score.json")).unwrap_or_default()
});

/// The rubric of the paper.
pub fn rubric() -> &'static Rubric {
    &RUBRIC
}

impl Rubric {
    /// The test with this id.
    pub fn test(&self, id: &str) -> Option<&Test> {
        self.sections.iter().flat_map(|section| &section.tests).find(|test| test.id == id)
    }

    /// What a score of so many half points means.
    fn meaning(&self, halves: u8) -> &str {
        let band = self.bands.iter().find(|band| halves <= band.at_most * 2);
        band.map_or("", |band| &band.text)
    }
}

/// The score of a section.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionScore {
    /// Which section.
    pub id: &'static str,
    /// Its name in words.
    pub title: &'static str,
    /// 0 to 7, in steps of a half.
    pub points: f64,
    /// How many of its tests somebody has answered, with no as well.
    pub answered: usize,
    /// How many tests it has.
    pub tests: usize,
}

/// The score of a system.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// The sections in the order of the paper.
    pub sections: Vec<SectionScore>,
    /// The points of the lowest section.
    pub points: f64,
    /// The sections that are the lowest; raising the score means raising all of them.
    pub lowest: Vec<&'static str>,
    /// What the score means, after the paper's table.
    pub meaning: &'static str,
}

/// The score of these answers; a test that nobody has answered counts as one that is not run.
pub fn score(answers: &Answers) -> Score {
    let halves = |section: &Section| {
        section
            .tests
            .iter()
            .filter_map(|test| answers.of.get(&test.id))
            .map(|answer| answer.halves())
            .sum::<u8>()
    };
    let rubric = rubric();
    let least = rubric.sections.iter().map(halves).min().unwrap_or(0);
    let sections = rubric.sections.iter().map(|section| SectionScore {
        id: &section.id,
        title: &section.title,
        points: f64::from(halves(section)) / 2.0,
        answered: section.tests.iter().filter(|test| answers.of.contains_key(&test.id)).count(),
        tests: section.tests.len(),
    });
    let lowest = rubric.sections.iter().filter(|section| halves(section) == least);
    Score {
        sections: sections.collect(),
        points: f64::from(least) / 2.0,
        lowest: lowest.map(|section| section.id.as_str()).collect(),
        meaning: rubric.meaning(least),
    }
}

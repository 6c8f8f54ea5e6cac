//! Rules about categories: each says what it is, and its questions lead to tools that were judged.

use super::Finding;
use crate::catalog::category::{Category, Question};
use crate::catalog::collection::Catalog;
use crate::catalog::coverage::{Coverage, completeness};
use crate::catalog::words::Depth;
use crate::problem::Severity;

/// How many questions make a guide that is worth following and short enough to be followed.
pub const QUESTIONS: std::ops::RangeInclusive<usize> = 5..=8;
/// From this number of complete tools on, a category needs a guide.
const MANY: usize = 4;
/// The longest definition, in characters.
const DEFINITION_CHARS: usize = 280;

/// Judges the categories of a catalog that has its own; `file` is only for messages.
pub fn check_categories(catalog: &Catalog, coverage: &Coverage, file: &str) -> Vec<Finding> {
    let mut judge = Judge { catalog, file, findings: Vec::new() };
    for (at, category) in catalog.categories().iter().enumerate() {
        judge.names(at, category);
        judge.definition(category);
        let complete = coverage.by_category.get(at).map_or(0, |(_, split)| split.complete);
        judge.guide(category, complete);
        for question in &category.choose {
            judge.question(category, question);
        }
    }
    judge.findings
}

struct Judge<'a> {
    catalog: &'a Catalog,
    file: &'a str,
    findings: Vec<Finding>,
}

impl Judge<'_> {
    fn find(&mut self, rule: &'static str, severity: Severity, line: usize, message: String) {
        self.findings.push(Finding { rule, severity, at: self.file.to_owned(), line: Some(line), message });
    }

    fn names(&mut self, at: usize, category: &Category) {
        let earlier = self.catalog.categories().iter().take(at);
        let names = |c: &Category, wanted: &Category| {
            c.id == wanted.id || c.is_called(&wanted.name) || wanted.former.iter().any(|f| c.is_called(f))
        };
        if earlier.into_iter().any(|c| names(c, category)) {
            let message = format!("{:?} has an id or a name that another category has", category.name);
            self.find("duplicate-category", Severity::Error, category.line, message);
        }
    }

    fn definition(&mut self, category: &Category) {
        let wrong = match &category.definition {
            None => "needs a `definition`: what belongs in it, in one or two sentences".to_owned(),
            Some(text) if text.chars().count() > DEFINITION_CHARS => {
                format!("has a `definition` of more than {DEFINITION_CHARS} characters")
            }
            Some(text) if !text.ends_with('.') => {
                "has a `definition` without a full stop at its end".to_owned()
            }
            Some(_) => return,
        };
        let message = format!("the category {:?} {wrong}", category.name);
        self.find("category-definition", Severity::Warning, category.line, message);
    }

    fn guide(&mut self, category: &Category, complete: usize) {
        let questions = category.choose.len();
        if questions == 0 && complete >= MANY {
            let message = format!(
                "{:?} has {complete} complete tools: add questions that tell them apart, [[category.choose]]",
                category.name
            );
            self.find("no-guide", Severity::Warning, category.line, message);
        }
        if questions > 0 && !QUESTIONS.contains(&questions) {
            let message = format!(
                "{:?} has {questions} questions: ask {} to {}",
                category.name,
                QUESTIONS.start(),
                QUESTIONS.end()
            );
            self.find("guide-length", Severity::Warning, category.line, message);
        }
    }

    fn question(&mut self, category: &Category, question: &Question) {
        let line = question.line;
        if question.answers.is_empty() || question.answers.iter().any(|a| a.tools.is_empty()) {
            let message = format!("an answer to {:?} leads to no tool", question.question);
            self.find("guide-answer", Severity::Error, line, message);
        }
        for id in question.answers.iter().flat_map(|a| &a.tools) {
            let wrong = match self.catalog.get(id) {
                None => "is no tool of the catalog".to_owned(),
                Some(tool) if !tool.is_in(&category.name) => format!("is not in {:?}", category.name),
                Some(tool) => match completeness(tool, self.catalog) {
                    found if found.depth == Depth::Complete => continue,
                    found => format!("is not complete, it lacks {}", found.missing.join(", ")),
                },
            };
            let message = format!("{:?} leads to {id}, which {wrong}", question.question);
            self.find("guide-answer", Severity::Error, line, message);
        }
    }
}

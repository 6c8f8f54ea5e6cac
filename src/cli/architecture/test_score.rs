//! `architecture test-score`: the ML Test Score of a system, and what its drawing lets one expect.

use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::{ArchitectureCliError, open, print_json, save};
use crate::architecture::test_score::{Answer, Suggestion, rubric, score, suggest};
use crate::architecture::{Architecture, Edit, NodeId};
use crate::cli::one_line;

pub(super) const EXAMPLES: &str = "Examples:
  mlops-atlas architecture test-score ours.architecture.json
  mlops-atlas architecture test-score ours.architecture.json --answer data-1=0.5 --answer infra-4=1 --out ours.architecture.json --force
  mlops-atlas architecture test-score template:google-l2 --json

A test is worth 0.5 if it is run by hand and its results are documented, 1 if a system runs it again and again; the lowest of the
four sections is the score (Breck and others, The ML Test Score, IEEE Big Data 2017). What the drawing suggests is marked with ? and
counts only once somebody has answered. In JSON: {final,meaning,lowest,sections:[{id,title,points,answered,tests:[{id,name,
explanation,answer,suggested:{reason,at}}]}],source}; an answer is 0, 0.5, 1 or null.";

/// The arguments of `architecture test-score`.
#[derive(Clone, Debug, Args)]
pub struct TestScoreArguments {
    /// The drawing: a file, or template:ID
    #[arg(value_name = "FILE")]
    pub file: String,
    /// Answer a test before counting: its id and 0, 0.5 or 1; may be repeated
    #[arg(long = "answer", value_name = "TEST=POINTS", value_parser = answer)]
    pub answers: Vec<(String, Answer)>,
    /// Write the drawing with these answers
    #[arg(long, value_name = "FILE", requires = "answers")]
    pub out: Option<PathBuf>,
    /// Replace the file if it exists
    #[arg(long)]
    pub force: bool,
    /// Print one JSON value
    #[arg(long)]
    pub json: bool,
}

fn answer(text: &str) -> Result<(String, Answer), String> {
    let (test, points) = text.split_once('=').ok_or("write it like data-1=0.5")?;
    if rubric().test(test).is_none() {
        return Err(format!(
            "{test} is no test; they are data-1 to data-7, and so on for model, infra and monitor"
        ));
    }
    let points = points.parse().ok().and_then(Answer::of_points).ok_or("a test is worth 0, 0.5 or 1")?;
    Ok((test.to_owned(), points))
}

pub(super) fn run(
    arguments: &TestScoreArguments,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, ArchitectureCliError> {
    let (mut drawing, status) = open(Path::new(&arguments.file), err)?;
    for (test, answer) in &arguments.answers {
        drawing.apply(Edit::SetTestAnswer { test: test.clone(), answer: Some(*answer) });
    }
    if let Some(path) = &arguments.out {
        // What could not be read would be lost.
        if status > 0 && path == Path::new(&arguments.file) {
            return Err(ArchitectureCliError::Lossy(path.clone()));
        }
        save(path, &drawing, arguments.force)?;
    }
    if arguments.json {
        print_json(&value(&drawing), out)?;
    } else {
        plain(&drawing, out)?;
    }
    Ok(status)
}

fn value(drawing: &Architecture) -> Value {
    let found = score(&drawing.test_score);
    let suggestions = suggest(drawing);
    let sections = rubric().sections.iter().zip(&found.sections).map(|(section, counted)| {
        let tests = section.tests.iter().map(|test| {
            let suggested = suggestions.iter().find(|suggestion| suggestion.test == test.id);
            json!({
                "id": test.id,
                "name": test.name,
                "explanation": test.explanation,
                "answer": drawing.test_score.of.get(&test.id).map(|answer| answer.points()),
                "suggested": suggested.map(|suggestion| json!({
                    "reason": suggestion.reason,
                    "at": suggestion.at,
                })),
            })
        });
        json!({
            "id": counted.id,
            "title": counted.title,
            "points": counted.points,
            "answered": counted.answered,
            "tests": tests.collect::<Vec<_>>(),
        })
    });
    json!({
        "final": found.points,
        "meaning": found.meaning,
        "lowest": found.lowest,
        "sections": sections.collect::<Vec<_>>(),
        "source": rubric().source,
    })
}

fn plain(drawing: &Architecture, out: &mut dyn Write) -> Result<(), ArchitectureCliError> {
    let found = score(&drawing.test_score);
    writeln!(out, "ML Test Score {} of 7: {}", found.points, found.meaning)?;
    let suggestions = suggest(drawing);
    for (section, counted) in rubric().sections.iter().zip(&found.sections) {
        writeln!(
            out,
            "{} {} of {}, {} answered",
            counted.title, counted.points, counted.tests, counted.answered
        )?;
        for test in &section.tests {
            let answer = drawing.test_score.of.get(&test.id).map(|answer| answer.points().to_string());
            let suggested = suggestions.iter().find(|suggestion| suggestion.test == test.id);
            let mark = answer.unwrap_or_else(|| if suggested.is_some() { "?" } else { "-" }.to_owned());
            writeln!(out, "  {mark:>3}  {:<9}  {}", test.id, test.name)?;
            if let Some(Suggestion { reason, at, .. }) = suggested {
                let at: Vec<_> = at.iter().map(NodeId::as_str).collect();
                writeln!(out, "                  {}", one_line(&format!("{reason} ({})", at.join(", "))))?;
            }
        }
    }
    Ok(())
}

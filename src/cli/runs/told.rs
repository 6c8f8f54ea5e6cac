//! What is said beside an answer: what is missing from it, and what is only worth knowing.

use std::collections::BTreeSet;
use std::io::{self, Write};

use crate::cli::{one_line, sentence, tell};
use crate::problem::{Problem, Severity};
use crate::runs::Mapped;
use crate::shown::listed;

/// Sentences, none of them twice.
#[derive(Debug, Default)]
pub(super) struct Told {
    missing: Vec<String>,
    notes: Vec<String>,
    known: BTreeSet<String>,
}

impl Told {
    /// Something is missing.
    pub fn missing(&mut self, sentence: impl Into<String>) {
        let sentence = sentence.into();
        if self.known.insert(sentence.clone()) {
            self.missing.push(sentence);
        }
    }

    /// Something is worth knowing, and nothing is missing.
    pub fn note(&mut self, sentence: String) {
        if self.known.insert(sentence.clone()) {
            self.notes.push(sentence);
        }
    }

    /// By its severity.
    pub fn problem(&mut self, problem: &Problem) {
        let sentence = sentence(problem);
        if problem.severity > Severity::Info { self.missing(sentence) } else { self.note(sentence) }
    }

    /// How a table was read, where that was guessed and leaves columns out or counts its rows as steps.
    pub fn read_as(&mut self, mapped: Option<Mapped>, source: &str) {
        let Some(mapped) = mapped.filter(|mapped| !mapped.is_chosen) else { return };
        let left_out = mapped.left_out();
        let is_counted = mapped.mapping.step.is_none() && mapped.mapping.run.is_none();
        if left_out.is_empty() && !is_counted {
            return;
        }
        let left = if left_out.is_empty() {
            String::new()
        } else {
            format!(" · left out: {}", listed(&left_out, 8))
        };
        self.notes.push(format!("{}{left} (another way is chosen with --map): {source}", mapped.shown));
    }

    /// Says it, a line each; an answer of which something is missing ends with 1.
    pub fn tell(&self, err: &mut dyn Write) -> io::Result<u8> {
        for note in &self.notes {
            writeln!(err, "mlops-atlas: {}", one_line(note))?;
        }
        tell(&self.missing, err)
    }
}

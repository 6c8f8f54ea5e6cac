//! The command line: one file per noun's subcommands.

pub mod answer;
pub mod architecture;
pub mod pictures;
pub mod runs;
pub mod schema;
pub mod tools;
pub mod usage;

use std::io::{self, Write};

use crate::problem::Problem;

pub use crate::shown::one_line;

/// A problem on one line, its place last; some messages end with it already.
pub(crate) fn sentence(problem: &Problem) -> String {
    if problem.message.ends_with(&problem.at) {
        problem.message.clone()
    } else {
        format!("{}: {}", problem.message, problem.at)
    }
}

/// Says what is missing, a line each; an answer of which something is missing ends with 1.
pub(crate) fn tell(sentences: &[String], err: &mut dyn Write) -> io::Result<u8> {
    for sentence in sentences {
        writeln!(err, "mlops-atlas: {}", one_line(sentence))?;
    }
    Ok(u8::from(!sentences.is_empty()))
}

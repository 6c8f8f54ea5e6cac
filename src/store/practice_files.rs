//! The bundled files of Practice, compiled into the program.

use crate::practice::Practice;
use crate::practice::read::{self, ReadError};
use crate::problem::Problem;

macro_rules! bundled {
    ($($name:literal),+ $(,)?) => {
        [$(($name, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/practice/", $name)))),+]
    };
}

/// The files with their texts.
const FILES: [(&str, &str); 8] = bundled![
    "stages.toml",
    "usecases.toml",
    "approaches.toml",
    "issues.toml",
    "statistics.toml",
    "debt.toml",
    "communities.toml",
    "committee.toml",
];

/// The bundled pages. A file that cannot be used leaves its section empty and gives one problem.
pub fn load_bundled() -> (Practice, Vec<Problem>) {
    load(&FILES)
}

/// The pages of texts given with their file names, as in `data/practice/`.
pub fn load(files: &[(&str, &str)]) -> (Practice, Vec<Problem>) {
    let mut practice = Practice::default();
    let mut problems = Vec::new();
    for (name, text) in files {
        if let Err(error) = read::read_into(&mut practice, name, text) {
            problems.push(problem(error));
        }
    }
    (practice, problems)
}

fn problem(error: ReadError) -> Problem {
    match error {
        ReadError::Toml { message, name, line } => Problem::error(
            format!("the section is left out until this is put right: {message}"),
            format!("data/practice/{name}:{line}"),
        ),
        ReadError::Unknown { name } => {
            Problem::error("no section of Practice has a file of this name", format!("data/practice/{name}"))
        }
    }
}

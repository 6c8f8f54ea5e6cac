//! The bundled files of Practice, compiled into the program.

use crate::practice::{Practice, read};
use crate::problem::Problem;

macro_rules! bundled {
    ($($name:literal),+ $(,)?) => {
        [$(($name, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/practice/", $name)))),+]
    };
}

/// The files with their texts.
pub const FILES: [(&str, &str); 10] = bundled![
    "stages.toml",
    "usecases.toml",
    "approaches.toml",
    "issues.toml",
    "statistics.toml",
    "debt.toml",
    "rules.toml",
    "data-centric.toml",
    "communities.toml",
    "committee.toml",
];

/// The bundled pages. What cannot be used is left out and gives a problem each.
pub fn load_bundled() -> (Practice, Vec<Problem>) {
    load(&FILES)
}

/// The pages of texts given with their file names, as in `data/practice/`.
pub fn load(files: &[(&str, &str)]) -> (Practice, Vec<Problem>) {
    let mut practice = Practice::default();
    let mut problems = Vec::new();
    for (name, text) in files {
        problems.extend(
            read::read_into(&mut practice, name, text)
                .into_iter()
                .map(|problem| Problem { at: format!("data/practice/{}", problem.at), ..problem }),
        );
    }
    (practice, problems)
}

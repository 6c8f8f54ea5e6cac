//! Rules over every text file of the project: no paths of one machine, nothing outside the project.

use super::checker::{Sources, Violation};

/// Folders at the root of one machine or person; a path into them works nowhere else.
const ROOTS: &[&str] = &["work", "farm", "tmp", "root", "home", "Users"];

/// Every place in `texts` that names a path of a machine or of a neighbour of the project.
pub fn check(texts: &Sources) -> Vec<Violation> {
    let mut found = Vec::new();
    for (file, text) in texts {
        for (index, line) in text.lines().enumerate() {
            let mut add = |rule: &str, what: &str| {
                found.push(Violation {
                    at: format!("{file}:{}", index + 1),
                    rule: rule.to_owned(),
                    what: what.to_owned(),
                });
            };
            for root in ROOTS {
                if names_root(line, root) {
                    add("machine path", &format!("a path under /{root}"));
                }
            }
            // Put together here, so that this file does not break its own rule.
            if line.contains(&["..", "shared"].join("/")) {
                add("outside the project", "a neighbour of the project's folder");
            }
        }
    }
    found
}

/// Whether `line` has an absolute path below `root`, not a part of a longer path or URL.
fn names_root(line: &str, root: &str) -> bool {
    let wanted = format!("/{root}/");
    line.match_indices(&wanted).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + wanted.len()..].chars().next();
        let inner =
            before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '}' | '*' | ')'));
        !inner && after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '_'))
    })
}

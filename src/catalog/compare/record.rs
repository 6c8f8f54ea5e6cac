//! A comparison as a decision record in the shape of MADR 4: everything that is known is there, the decision is not.

use super::{Comparison, markdown};
use crate::catalog::escape;
use crate::catalog::words::Polarity;

/// Writes the record; it ends with a line feed. What a person has to fill in stands in braces, under comments that say
/// so.
pub fn madr(comparison: &Comparison) -> String {
    let text = escape::markdown;
    let mut out = vec![format!("---\nstatus: proposed\ndate: {}\n---\n\n", comparison.today)];
    out.push(format!("# {}\n\n## Context and Problem Statement\n\n", text(&title(comparison))));
    out.push(format!(
        "<!-- To be filled in: what is needed, by whom, and under which constraints. -->\n\n{{Describe the need.}} \
         {} were compared on {} with what the catalog of MLOps Atlas knows of them.\n",
        text(&comparison.names()),
        comparison.today
    ));
    out.push(
        "\n## Decision Drivers\n\n<!-- What differs between them; strike what does not matter here. -->\n\n"
            .to_owned(),
    );
    for row in comparison.differences() {
        let cells = comparison.tools.iter().zip(&row.cells);
        let cells = cells.map(|(tool, cell)| format!("{}: {}", text(&tool.name), markdown::cell_text(cell)));
        out.push(format!("* {}. {}\n", row.fact.title(), cells.collect::<Vec<_>>().join("; ")));
    }
    if comparison.differences().is_empty() {
        out.push("* No fact that is known of them differs.\n".to_owned());
    }
    out.push("\n## Considered Options\n\n".to_owned());
    for tool in &comparison.tools {
        out.push(format!("* {}\n", text(&tool.name)));
    }
    out.push(OPEN_OUTCOME.to_owned());
    out.push("\n## Pros and Cons of the Options\n".to_owned());
    for (at, tool) in comparison.tools.iter().enumerate() {
        out.push(format!("\n### {}\n\n", text(&tool.name)));
        if let Some(summary) = &tool.summary {
            out.push(format!("{}\n\n", text(summary)));
        }
        out.push(arguments(comparison, at));
    }
    out.push("\n## More Information\n\nBetween the options:\n\n".to_owned());
    out.push(markdown::between(comparison));
    out.push("\nWhat stands instead of each of them:\n\n".to_owned());
    out.push(markdown::alternatives(comparison));
    let same: Vec<String> = comparison
        .equalities()
        .iter()
        .filter_map(|row| Some(format!("{}: {}", row.fact.title(), text(&row.cells.first()?.text()))))
        .collect();
    if !same.is_empty() {
        out.push(format!("\nThe same for all of them: {}.\n", same.join("; ")));
    }
    out.push(format!("\n{}\n", markdown::origin(comparison)));
    out.concat()
}

/// The decision, which is a person's.
const OPEN_OUTCOME: &str = "
## Decision Outcome

<!-- To be filled in by whoever decides, then set the status to accepted. -->

Chosen option: \"{name one of the options}\", because {say why}.

### Consequences

* Good, because {what gets better}
* Bad, because {what gets worse}

### Confirmation

{Say how one will see that the decision is kept.}
";

/// What is to be decided: `Choose among MLflow, Aim and ClearML (Experiment tracking)`.
fn title(comparison: &Comparison) -> String {
    let between = if comparison.tools.len() == 2 { "between" } else { "among" };
    let names = comparison.names();
    match &comparison.category {
        Some(category) => format!("Choose {between} {names} ({category})"),
        None => format!("Choose {between} {names}"),
    }
}

/// The claims on one tool in the words of MADR: pros are good, cons bad, caveats and facts neutral.
fn arguments(comparison: &Comparison, at: usize) -> String {
    let mut claims: Vec<_> = comparison.topics.iter().flat_map(|topic| &topic.cells[at]).collect();
    claims.sort_by_key(|claim| claim.polarity);
    let mut out = Vec::new();
    for claim in claims {
        let word = match claim.polarity {
            Polarity::Pro => "Good, because",
            Polarity::Con => "Bad, because",
            Polarity::Caveat => "Neutral, because with a caveat:",
            Polarity::Fact => "Neutral, because",
        };
        let topic = escape::markdown(&claim.topic);
        out.push(format!("* {word} ({topic}) {}\n", markdown::claim_text(claim, comparison.today)));
    }
    if out.is_empty() {
        out.push("* Neutral, because nothing has been read and written down about it yet.\n".to_owned());
    }
    out.concat()
}

//! How mature a drawing is, as rows.

use super::{Maturity, Missing};
use crate::architecture::judged::titles;
use crate::architecture::model::Architecture;
use crate::architecture::test_score::{Answer, rubric, score};
use crate::rows::Rows;

impl Maturity {
    /// A row for each scale, for what is missing for its next level, for each component, and for each section and test of
    /// the ML Test Score as the drawing's people have answered it.
    pub fn rows(&self, drawing: &Architecture) -> Rows {
        let head = ["part", "name", "state", "to do", "boxes"];
        let row = |cells: [&str; 5]| cells.map(str::to_owned).to_vec();
        let mut rows = Vec::new();
        for (name, level, most, missing) in [
            ("Google", self.google, 2, &self.google_missing),
            ("Microsoft", self.microsoft, 4, &self.microsoft_missing),
        ] {
            rows.push(row(["scale", name, &format!("level {level} of {most}"), "", ""]));
            let next = format!("{name} level {}", level + 1);
            let missing = missing.iter().map(|one: &Missing| {
                let nodes = titles(drawing, one.nodes());
                row(["missing", &next, "missing", &one.sentence(), &nodes])
            });
            rows.extend(missing);
        }
        rows.extend(self.components.iter().map(|component| {
            let state = if component.nodes.is_empty() { "missing" } else { "there" };
            let name = format!("{} {}", component.id, component.name);
            row(["component", &name, state, "", &titles(drawing, &component.nodes)])
        }));
        let answers = &drawing.test_score;
        let points = score(answers);
        rows.push(row(["ML Test Score", "all sections", &format!("{} points", points.points), "", ""]));
        for (section, told) in points.sections.iter().zip(&rubric().sections) {
            let state = format!("{} of {}", section.points, section.tests);
            rows.push(row(["section", section.title, &state, "", ""]));
            rows.extend(told.tests.iter().map(|test| {
                let (state, to_do) = match answers.of.get(&test.id) {
                    Some(Answer::Automated) => ("automated", ""),
                    Some(Answer::Manual) => ("manual", test.explanation.as_str()),
                    Some(Answer::No) => ("no", test.explanation.as_str()),
                    None => ("not answered", test.explanation.as_str()),
                };
                row(["test", &format!("{}: {}", test.id, test.name), state, to_do, ""])
            }));
        }
        Rows { head: head.map(str::to_owned).to_vec(), rows }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::Judged;
    use crate::architecture::model::NodeId;
    use crate::architecture::sketch::sketch;

    #[test]
    fn levels_components_and_answers_are_rows() {
        let mut drawing = sketch("a:training b:code_repo c:ci");
        if let Some(node) = drawing.nodes.get_mut(&NodeId::from("c")) {
            node.label = "Build".to_owned();
        }
        drawing.test_score.of = [("data-1", Answer::Automated), ("data-2", Answer::Manual)]
            .map(|(id, answer)| (id.to_owned(), answer))
            .into();
        let rows = Judged::of(&drawing).maturity.rows(&drawing);
        assert!(rows.rows.iter().all(|row| row.len() == rows.head.len()));
        let lines: Vec<String> = rows.rows.iter().map(|row| row.join("|")).collect();
        for line in [
            "scale|Google|level 0 of 2||",
            "missing|Google level 1|missing|Add Orchestrator|",
            "scale|Microsoft|level 1 of 4||",
            "component|C1 CI/CD component|there||Build",
            "component|C4 Feature store|missing||",
            // The lowest section is the score, and three have nothing.
            "ML Test Score|all sections|0 points||",
            "section|Features and data|1.5 of 7||",
        ] {
            assert!(
                lines.iter().any(|told| told.starts_with(line)),
                "{line} is missing in\n{}",
                lines.join("\n")
            );
        }
        let tests: Vec<&String> = lines.iter().filter(|line| line.starts_with("test|")).collect();
        assert_eq!(tests.len(), 28);
        assert!(tests[0].starts_with("test|data-1: ") && tests[0].ends_with("|automated||"), "{}", tests[0]);
        assert!(tests[1].starts_with("test|data-2: ") && tests[1].contains("|manual|"), "{}", tests[1]);
        assert!(tests[2].contains("|not answered|"), "{}", tests[2]);
    }
}

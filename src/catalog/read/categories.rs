//! Reads `categories.toml`: `[[category]]` with its definition, what was merged into it, and how to choose.

use super::ReadError;
use super::values::{Reader, Value, parse};
use crate::catalog::category::{Answer, Category, Question};
use crate::catalog::check::Finding;
use crate::catalog::entry::ToolId;
use crate::catalog::words::Stage;

/// A category, or one that is only kept because the files of tools still use its name.
enum Item {
    Kept(Category),
    Merged { name: String, into: String, line: usize },
}

/// Reads the categories in the order of the file; those with `merged_into` become former names of another.
///
/// Only a text that is no TOML is refused; everything else that cannot be used is left out with a finding.
pub fn categories(text: &str, file: &str) -> Result<(Vec<Category>, Vec<Finding>), ReadError> {
    let mut reader = Reader::new(text, file);
    let table = parse(text, &reader)?;
    let (mut kept, mut merged): (Vec<Category>, Vec<(String, String, usize)>) = (Vec::new(), Vec::new());
    for (key, value) in table.get_ref() {
        if key.get_ref() != "category" {
            reader.unknown_key(key, "the list of categories");
            continue;
        }
        for item in reader.items("category", value) {
            match category(&mut reader, item) {
                Some(Item::Kept(category)) => kept.push(category),
                Some(Item::Merged { name, into, line }) => merged.push((name, into, line)),
                None => {}
            }
        }
    }
    for (name, into, line) in merged {
        match kept.iter_mut().find(|c| c.id == into) {
            Some(category) => category.former.push(name),
            None => reader.error_at(
                "merged-into",
                line,
                format!("`merged_into` names no category that is kept: {into}"),
            ),
        }
    }
    let mut findings = reader.findings;
    findings.sort_by_key(|f| f.line);
    Ok((kept, findings))
}

fn category(r: &mut Reader<'_>, item: &Value<'_>) -> Option<Item> {
    let line = r.line(item.span().start);
    let (mut id, mut name, mut stage, mut into, mut definition) = (None, None, None, None, None);
    let mut choose = Vec::new();
    for (key, value) in r.table("category", item)? {
        match key.get_ref().as_ref() {
            "id" => id = r.text("id", value),
            "name" => name = r.text("name", value),
            "stage" => stage = r.word("stage", value, Stage::from_id, Stage::ALL.iter().map(|s| s.id())),
            "definition" => definition = r.text("definition", value),
            "merged_into" => into = r.text("merged_into", value),
            "choose" => choose = r.list("choose", value, question).unwrap_or_default(),
            _ => r.unknown_key(key, "a category"),
        }
    }
    match (id, name, stage, into) {
        (Some(_), Some(name), _, Some(into)) => Some(Item::Merged { name, into, line }),
        (Some(id), Some(name), Some(stage), None) => {
            Some(Item::Kept(Category { id, name, stage, definition, former: Vec::new(), choose, line }))
        }
        _ => {
            r.missing("id, name and stage", "a category", item);
            None
        }
    }
}

fn question(r: &mut Reader<'_>, item: &Value<'_>) -> Option<Question> {
    let line = r.line(item.span().start);
    let (mut text, mut answers) = (None, Vec::new());
    for (key, value) in r.table("choose", item)? {
        match key.get_ref().as_ref() {
            "question" => text = r.text("question", value),
            "answers" => answers = r.list("answers", value, answer).unwrap_or_default(),
            _ => r.unknown_key(key, "a question"),
        }
    }
    if text.is_none() {
        r.missing("question", "a question", item);
    }
    Some(Question { question: text?, answers, line })
}

fn answer(r: &mut Reader<'_>, item: &Value<'_>) -> Option<Answer> {
    let (mut text, mut because, mut tools) = (None, None, None);
    for (key, value) in r.table("answers", item)? {
        match key.get_ref().as_ref() {
            "answer" => text = r.text("answer", value),
            "because" => because = r.text("because", value),
            "tools" => tools = r.list("tools", value, tool),
            _ => r.unknown_key(key, "an answer"),
        }
    }
    let (Some(answer), Some(because), Some(tools)) = (text, because, tools) else {
        r.missing("answer, tools and because", "an answer", item);
        return None;
    };
    Some(Answer { answer, tools, because })
}

fn tool(r: &mut Reader<'_>, value: &Value<'_>) -> Option<ToolId> {
    let text = r.text("tools", value)?;
    let id = ToolId::new(&text);
    if let Err(error) = &id {
        r.error("bad-id", value, format!("an answer leads to the ids of tools: {error}"));
    }
    id.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORE: &str = "[[category]]\nid = \"store\"\nname = \"Store\"\nstage = \"feature\"\n";

    #[test]
    fn merged_categories_are_former_names_of_another() {
        let text = format!("{STORE}[[category]]\nid = \"shop\"\nname = \"Shop\"\nmerged_into = \"store\"\n");
        let (found, findings) = categories(&text, "c.toml").unwrap();
        assert_eq!(findings, []);
        assert_eq!(found.len(), 1);
        assert!(found[0].is_called("Store") && found[0].is_called("Shop") && !found[0].is_called("store"));
    }

    #[test]
    fn questions_are_read_with_their_answers() {
        let text = format!(
            "{STORE}definition = \"Keeps.\"\n[[category.choose]]\nquestion = \"Big?\"\nanswers = [\n  {{ answer = \"Yes\", tools = [\"a\", \"b\"], because = \"They scale.\" }},\n]\n"
        );
        let (found, findings) = categories(&text, "c.toml").unwrap();
        assert_eq!(findings, []);
        assert_eq!((found[0].line, found[0].definition.as_deref()), (1, Some("Keeps.")));
        let question = &found[0].choose[0];
        assert_eq!((question.question.as_str(), question.line), ("Big?", 6));
        let tools: Vec<&str> = question.answers[0].tools.iter().map(ToolId::as_str).collect();
        assert_eq!((tools, question.answers[0].because.as_str()), (vec!["a", "b"], "They scale."));
    }

    #[test]
    fn what_cannot_be_used_is_told_with_its_line() {
        let cases = [
            ("[[category]]\nid = \"a\"\nname = \"A\"\n".to_owned(), ("missing-field", Some(1))),
            (format!("{STORE}colour = \"red\"\n"), ("unknown-key", Some(5))),
            (
                format!("{STORE}[[category]]\nid = \"shop\"\nname = \"Shop\"\nmerged_into = \"mall\"\n"),
                ("merged-into", Some(5)),
            ),
            (format!("{STORE}[[category.choose]]\nanswers = []\n"), ("missing-field", Some(5))),
            (
                format!(
                    "{STORE}[[category.choose]]\nquestion = \"Q?\"\nanswers = [{{ answer = \"Yes\" }}]\n"
                ),
                ("missing-field", Some(7)),
            ),
            (
                format!(
                    "{STORE}[[category.choose]]\nquestion = \"Q?\"\nanswers = [{{ answer = \"Yes\", because = \"B.\", tools = [\"No Id\"] }}]\n"
                ),
                ("bad-id", Some(7)),
            ),
        ];
        for (text, expected) in cases {
            let (_, findings) = categories(&text, "c.toml").unwrap();
            let found: Vec<_> = findings.iter().map(|f| (f.rule, f.line)).collect();
            assert_eq!(found, [expected], "{text}");
        }
    }
}

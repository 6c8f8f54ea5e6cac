//! Reads `foundations.toml`: `[[foundation]]` with what each asks of a project that wants to enter.

use super::ReadError;
use super::parts::evidence;
use super::values::{Reader, Value, parse};
use crate::catalog::check::Finding;
use crate::catalog::criteria::{Criterion, Host, Reading};
use crate::catalog::entry::ToolId;
use crate::catalog::words::{Maturity, ToldBy, Verdict};

/// Reads the foundations in the order of the file.
///
/// Only a text that is no TOML is refused; everything else that cannot be used is left out with a finding.
pub fn foundations(text: &str, file: &str) -> Result<(Vec<Host>, Vec<Finding>), ReadError> {
    let mut reader = Reader::new(text, file);
    let table = parse(text, &reader)?;
    let mut hosts = Vec::new();
    for (key, value) in table.get_ref() {
        if key.get_ref() == "foundation" {
            let items = reader.items("foundation", value);
            hosts.extend(items.into_iter().filter_map(|item| host(&mut reader, item)));
        } else {
            reader.unknown_key(key, "the list of foundations");
        }
    }
    let mut findings = reader.findings;
    findings.sort_by_key(|f| f.line);
    Ok((hosts, findings))
}

fn host(r: &mut Reader<'_>, item: &Value<'_>) -> Option<Host> {
    let (mut org, mut level, mut decides, mut criteria) = (None, None, None, Vec::new());
    for (key, value) in r.table("foundation", item)? {
        match key.get_ref().as_ref() {
            "org" => org = r.text("org", value),
            "level" => {
                level = r.word("level", value, Maturity::from_id, Maturity::ALL.iter().map(|m| m.id()));
            }
            "decides" => decides = r.text("decides", value),
            "criterion" => criteria = r.list("criterion", value, criterion).unwrap_or_default(),
            _ => r.unknown_key(key, "a foundation"),
        }
    }
    let (Some(org), Some(level), Some(decides)) = (org, level, decides) else {
        r.missing("org, level and decides", "a foundation", item);
        return None;
    };
    Some(Host { org, level, decides, criteria })
}

fn criterion(r: &mut Reader<'_>, item: &Value<'_>) -> Option<Criterion> {
    let (mut id, mut text, mut told_by, mut source) = (None, None, None, None);
    let (mut licenses, mut examples, mut readings) = (Vec::new(), false, Vec::new());
    for (key, value) in r.table("criterion", item)? {
        match key.get_ref().as_ref() {
            "id" => id = r.text("id", value),
            "text" => text = r.text("text", value),
            "told_by" => {
                told_by = r.word("told_by", value, ToldBy::from_id, ToldBy::ALL.iter().map(|t| t.id()));
            }
            "licenses" => licenses = r.texts("licenses", value).unwrap_or_default(),
            "examples" => examples = r.flag("examples", value).unwrap_or(false),
            "reading" => readings = r.list("reading", value, reading).unwrap_or_default(),
            "source" => source = evidence(r, value),
            _ => r.unknown_key(key, "a criterion"),
        }
    }
    let (Some(id), Some(text), Some(told_by), Some(source)) = (id, text, told_by, source) else {
        r.missing("id, text, told_by and source", "a criterion", item);
        return None;
    };
    if told_by == ToldBy::Licenses && licenses.is_empty() {
        r.missing("licenses", "a criterion that is told by them", item);
        return None;
    }
    Some(Criterion { id, text, told_by, licenses, examples, readings, source })
}

fn reading(r: &mut Reader<'_>, item: &Value<'_>) -> Option<Reading> {
    let line = r.line(item.span().start);
    let (mut tool, mut claim, mut verdict) = (None, None, None);
    for (key, value) in r.table("reading", item)? {
        match key.get_ref().as_ref() {
            "tool" => {
                let text = r.text("tool", value);
                tool = text.and_then(|text| {
                    ToolId::new(&text).map_err(|e| r.error("bad-id", value, e.to_string())).ok()
                });
            }
            "claim" => claim = r.text("claim", value),
            "verdict" => {
                verdict = r.word("verdict", value, Verdict::from_id, Verdict::ALL.iter().map(|v| v.id()));
            }
            _ => r.unknown_key(key, "a reading"),
        }
    }
    let (Some(tool), Some(claim), Some(verdict)) = (tool, claim, verdict) else {
        r.missing("tool, claim and verdict", "a reading", item);
        return None;
    };
    Some(Reading { tool, claim, verdict, line })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "source = { url = \"https://a.dev/rules\", accessed = \"2026-11-01\" }\n";
    const HOST: &str = "[[foundation]]\norg = \"F\"\nlevel = \"sandbox\"\ndecides = \"A vote.\"\n";
    const RULE: &str = "[[foundation.criterion]]\nid = \"c\"\ntext = \"A licence.\"\ntold_by = ";

    #[test]
    fn a_foundation_is_read_with_its_criteria_and_readings() {
        let text = format!(
            "{HOST}{RULE}\"licenses\"\nlicenses = [\"MIT\"]\nexamples = true\n{SOURCE}\
             reading = [{{ tool = \"a\", claim = \"pro\", verdict = \"met\" }}]\n"
        );
        let (hosts, findings) = foundations(&text, "f.toml").unwrap();
        assert_eq!(findings, []);
        let host = &hosts[0];
        assert_eq!(
            (host.org.as_str(), host.level, host.decides.as_str()),
            ("F", Maturity::Sandbox, "A vote.")
        );
        let criterion = &host.criteria[0];
        assert_eq!((criterion.told_by, criterion.examples), (ToldBy::Licenses, true));
        assert_eq!(criterion.licenses, ["MIT"]);
        let reading = &criterion.readings[0];
        assert_eq!(
            (reading.tool.as_str(), reading.claim.as_str(), reading.verdict),
            ("a", "pro", Verdict::Met)
        );
    }

    #[test]
    fn what_cannot_be_used_is_told_with_its_line() {
        let cases = [
            ("[[foundation]]\norg = \"F\"\n".to_owned(), ("missing-field", Some(1))),
            (format!("{HOST}motto = \"x\"\n"), ("unknown-key", Some(5))),
            (format!("{HOST}{RULE}\"nothing\"\n"), ("missing-field", Some(5))),
            (format!("{HOST}{RULE}\"licenses\"\n{SOURCE}"), ("missing-field", Some(5))),
            (
                format!("{HOST}{RULE}\"nothing\"\n{SOURCE}reading = [{{ tool = \"a\", claim = \"b\" }}]\n"),
                ("missing-field", Some(10)),
            ),
        ];
        for (text, expected) in cases {
            let (_, findings) = foundations(&text, "f.toml").unwrap();
            let found: Vec<_> = findings.iter().map(|f| (f.rule, f.line)).collect();
            assert_eq!(found, [expected], "{text}");
        }
        let (_, findings) = foundations(&format!("{HOST}{RULE}\"stars\"\n{SOURCE}"), "f.toml").unwrap();
        assert!(findings.iter().any(|f| (f.rule, f.line) == ("unknown-word", Some(8))), "{findings:?}");
    }
}

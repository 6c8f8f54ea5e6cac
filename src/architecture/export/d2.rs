//! D2: lanes are containers, kinds and who is in charge are tooltips.

use super::Export;
use super::lines::Lines;
use super::parts::{At, Line, Part, Parts};
use crate::architecture::kinds::ArtifactClass;

/// Writes the drawing.
pub(super) fn text(export: &Export<'_>, parts: &Parts<'_>) -> String {
    let mut out = Lines::default();
    out.add("direction: right");
    out.add("classes: {\n  added: {\n    style.stroke-dash: 4\n  }\n}");
    let title = quoted(&export.title());
    out.add(format!("title: {title} {{\n  shape: text\n  near: top-center\n  style.font-size: 28\n}}"));
    for lane in parts.filled() {
        out.add(format!("{}: {} {{", lane.id, quoted(&lane.title)));
        for part in &lane.boxes {
            add_node(&mut out, part);
        }
        out.add("}");
    }
    for line in &parts.flows {
        out.add(flow(parts, line));
    }
    out.finish()
}

fn add_node(out: &mut Lines, part: &Part<'_>) {
    let tools = part.tools();
    let label = if tools.is_empty() { part.title.clone() } else { format!("{}\n{tools}", part.title) };
    out.add(format!("  {}: {} {{", part.id, quoted(&label)));
    let owners = part.owners();
    let owners = if owners.is_empty() { owners } else { format!("Owners: {owners}") };
    let told: Vec<String> = [part.kind(), owners].into_iter().filter(|text| !text.is_empty()).collect();
    if !told.is_empty() {
        out.add(format!("    tooltip: {}", quoted(&without_tags(&told.join("\n")))));
    }
    if let Some(url) = part.link() {
        out.add(format!("    link: {}", quoted(url)));
    }
    if part.node.is_added() {
        out.add("    class: added");
    }
    out.add("  }");
}

fn flow(parts: &Parts<'_>, line: &Line<'_>) -> String {
    let end = |at: At| format!("{}.{}", parts.lanes[at.0].id, parts.at(at).id);
    let label = line.artifact();
    let label = if label.is_empty() { String::new() } else { format!(": {}", quoted(&label)) };
    let by_class = match line.class() {
        _ if line.is_dashed() => Some("style.stroke-dash: 4"),
        ArtifactClass::Model => Some("style.stroke-width: 4"),
        _ => None,
    };
    let styles: Vec<&str> =
        by_class.into_iter().chain(line.flow.is_added().then_some("style.stroke: \"#9aa5b1\"")).collect();
    let style = (!styles.is_empty()).then(|| styles.join("; "));
    // A flow without a label needs the colon before its style.
    let colon = if label.is_empty() { ":" } else { "" };
    let style = style.map_or_else(String::new, |style| format!("{colon} {{{style}}}"));
    format!("{} -> {}{label}{style}", end(line.from), end(line.to))
}

/// A text for a tooltip, which D2 reads as Markdown to see whether it is whole, and shows as it is: no sign in it may open a
/// tag, and none may be an escape.
fn without_tags(text: &str) -> String {
    let text = text.replace('<', "\u{2039}").replace('>', "\u{203a}");
    // XML has no name for these at all.
    text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

/// A string in double quotes, in which D2 knows escapes and variables and nothing else.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '\n' => out += "\\n",
            '\\' | '"' | '$' => out.extend(['\\', letter]),
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_one_string() {
        for (text, written) in [
            ("Feature store: v1; {a} -> b # c", "\"Feature store: v1; {a} -> b # c\""),
            ("say \"x\"", "\"say \\\"x\\\"\""),
            ("a\\nb", "\"a\\\\nb\""),
            ("two\nlines", "\"two\\nlines\""),
            ("${secret} $1", "\"\\${secret} \\$1\""),
            ("`md` |md| 🙂 שלום", "\"`md` |md| 🙂 שלום\""),
        ] {
            assert_eq!(quoted(text), written, "{text}");
        }
    }
}

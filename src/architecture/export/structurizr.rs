//! Structurizr DSL: one software system, a container for each box, lanes as groups; one statement a line.

use std::collections::{BTreeMap, BTreeSet};

use super::Export;
use super::lines::Lines;
use super::parts::{At, Part, Parts, plain};

/// Writes a workspace.
pub(super) fn text(export: &Export<'_>, parts: &Parts<'_>) -> String {
    let title = string(&export.title());
    let mut out = Lines::default();
    out.add(format!("workspace {title}{} {{", second(&export.drawing.summary)));
    out.add("  !identifiers hierarchical\n  model {");
    out.add(format!("    system = softwareSystem {title}{} {{", second(&export.drawing.domain)));
    let (mut groups, mut names) = (Names::default(), Names::default());
    for lane in parts.filled() {
        out.add(format!("      group {} {{", string(&groups.free(&lane.title))));
        for part in &lane.boxes {
            add_container(&mut out, part, &names.free(&part.title));
        }
        out.add("      }");
    }
    for ((from, to), artifacts) in pairs(parts) {
        let [from, to] = [from, to].map(|at| parts.at(at).id.as_str());
        out.add(format!("      {from} -> {to}{}", second(&artifacts.join(", "))));
    }
    out.add(VIEWS);
    out.finish()
}

/// The end of system, model and workspace, and the one view.
const VIEWS: &str = "    }
  }
  views {
    container system \"drawing\" {
      include *
      autoLayout lr
    }
    styles {
      element \"added\" {
        border dashed
      }
    }
  }
}";

fn add_container(out: &mut Lines, part: &Part<'_>, name: &str) {
    let [name, kind, tools] = [name, &part.kind(), &part.tools()].map(string);
    out.add(format!("        {} = container {name} {kind} {tools} {{", part.id));
    let tag = |name: &str, value: &str| string(&format!("{name}:{}", plain(value).replace(',', " ")));
    let added = if part.node.is_added() { " \"added\"" } else { "" };
    out.add(format!(
        "          tags {} {}{added}",
        tag("kind", &part.node.kind),
        tag("lane", &part.node.stage)
    ));
    if let Some(url) = part.node.addresses().find(|url| is_kept(url)) {
        out.add(format!("          url \"{url}\""));
    }
    let told = part.told_links();
    let told: Vec<_> = told.iter().filter(|(_, text)| !text.trim().is_empty()).collect();
    if !told.is_empty() {
        out.add("          properties {");
        for (name, text) in told {
            out.add(format!("            {} {}", string(name), string(text)));
        }
        out.add("          }");
    }
    out.add("        }");
}

/// What goes from one box to another, each pair once.
fn pairs(parts: &Parts<'_>) -> BTreeMap<(At, At), Vec<String>> {
    let mut pairs: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for line in &parts.flows {
        let artifact = line.artifact();
        let pair = pairs.entry((line.from, line.to)).or_default();
        if !artifact.is_empty() {
            pair.push(artifact);
        }
    }
    pairs
}

/// Names that are all different, also for who does not tell great letters from small ones.
#[derive(Default)]
struct Names(BTreeSet<String>);

impl Names {
    fn free(&mut self, wanted: &str) -> String {
        let numbered = (2_usize..).map(|number| format!("{wanted} {number}"));
        let mut names = std::iter::once(wanted.to_owned()).chain(numbered);
        names.find(|name| self.0.insert(softened(name).to_lowercase())).unwrap_or_default()
    }
}

/// A further string of a statement, after a blank; nothing where it is empty.
fn second(text: &str) -> String {
    let text = plain(text);
    if text.is_empty() { String::new() } else { format!(" {}", string(&text)) }
}

/// A string. The format has no escapes: what would end it is written another way.
fn string(text: &str) -> String {
    format!("\"{}\"", softened(text))
}

/// `"` as `'`, `\` as `/`, and no `${name}`, which would be replaced, even by what the environment holds.
fn softened(text: &str) -> String {
    text.replace('"', "'").replace('\\', "/").replace("${", "$ {")
}

/// Whether an address means the same as a string of the format.
fn is_kept(url: &str) -> bool {
    softened(url) == url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_ends_at_its_quote_and_nothing_in_it_is_replaced() {
        for (text, written) in [
            ("R&D <b> {x} // # 🙂 שלום", "\"R&D <b> {x} // # 🙂 שלום\""),
            ("say \"x\"", "\"say 'x'\""),
            ("a\\", "\"a/\""),
            ("${HOME} $1", "\"$ {HOME} $1\""),
        ] {
            assert_eq!(string(text), written, "{text}");
        }
    }

    #[test]
    fn names_differ_in_more_than_the_size_of_letters() {
        let mut names = Names::default();
        let given = ["Store", "store", "STORE 2", "a\"b", "a'b"].map(|name| names.free(name));
        assert_eq!(given, ["Store", "store 2", "STORE 2 2", "a\"b", "a'b 2"]);
    }
}

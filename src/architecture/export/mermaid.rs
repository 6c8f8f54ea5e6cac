//! Mermaid: a flowchart or a swimlane diagram.

use std::collections::BTreeMap;

use super::Export;
use super::lines::Lines;
use super::parts::{At, Line, Part, Parts};
use crate::architecture::kinds::{self, ArtifactClass};

/// A flowchart whose lanes are subgraphs.
pub(super) fn flowchart(export: &Export<'_>, parts: &Parts<'_>) -> String {
    diagram(export, parts, Kind::Flowchart)
}

/// A swimlane diagram, which directs its lanes itself.
pub(super) fn swimlane(export: &Export<'_>, parts: &Parts<'_>) -> String {
    diagram(export, parts, Kind::Swimlane)
}

/// Why Mermaid as it is set up everywhere (11.17: `maxEdges` 500, `maxTextSize` 50,000) will not draw a text; neither can be
/// changed in the text itself.
pub(super) fn refusal(parts: &Parts<'_>, text: &str) -> Option<&'static str> {
    const FLOWS: usize = 500;
    const LETTERS: usize = 50_000;
    if parts.flows.len() >= FLOWS {
        Some(
            "Mermaid draws fewer than 500 flows as it is set up, and these are more; take SVG, D2 or draw.io",
        )
    } else if text.encode_utf16().count() > LETTERS {
        Some(
            "Mermaid draws texts of up to 50,000 letters as it is set up, and this is longer; take SVG, D2 or draw.io",
        )
    } else {
        None
    }
}

/// Which of the two.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Flowchart,
    Swimlane,
}

fn diagram(export: &Export<'_>, parts: &Parts<'_>, kind: Kind) -> String {
    let (head, direction) = match kind {
        Kind::Flowchart => ("flowchart LR", "\n    direction TB"),
        Kind::Swimlane => ("swimlane-beta LR", ""),
    };
    // Mermaid 11.17 draws no swimlanes at all where a flow leads back to its box: there the box tells of it.
    let is_told = |line: &Line<'_>| kind == Kind::Swimlane && line.from == line.to;
    let mut told: BTreeMap<At, Vec<String>> = BTreeMap::new();
    for line in parts.flows.iter().filter(|line| is_told(line)) {
        told.entry(line.from).or_default().push(line.artifact());
    }
    let mut out = Lines::default();
    out.add(format!("---\ntitle: {}\n---\n{head}", front_matter(&export.title())));
    for (at, lane) in parts.lanes.iter().enumerate().filter(|(_, lane)| !lane.boxes.is_empty()) {
        out.add(format!("  subgraph {}[\"{}\"]{direction}", lane.id, escaped(&lane.title)));
        for (place, part) in lane.boxes.iter().enumerate() {
            let told = told.get(&(at, place)).map_or(&[] as &[String], Vec::as_slice);
            out.add(format!("    {}[\"{}\"]", part.id, label(part, told)));
        }
        out.add("  end");
    }
    let mut added = Vec::new();
    for (number, line) in parts.flows.iter().filter(|line| !is_told(line)).enumerate() {
        out.add(format!("  {} {} {}", parts.at(line.from).id, arrow(line), parts.at(line.to).id));
        if line.flow.is_added() {
            added.push(number.to_string());
        }
    }
    // Lines have no names to give a class to, but numbers in their order.
    if !added.is_empty() {
        out.add(format!("  linkStyle {} opacity:0.45", added.join(",")));
    }
    for part in parts.boxes() {
        if let Some(url) = part.link() {
            out.add(format!("  click {} href \"{}\"", part.id, address(url)));
        }
    }
    add_classes(&mut out, parts);
    out.finish()
}

/// A class for each kind that this version knows, and one for what was added.
fn add_classes(out: &mut Lines, parts: &Parts<'_>) {
    let mut by_kind: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for part in parts.boxes().filter(|part| kinds::kind(&part.node.kind).is_some()) {
        by_kind.entry(&part.node.kind).or_default().push(&part.id);
    }
    for (kind, ids) in by_kind {
        out.add(format!("  class {} {kind}", ids.join(",")));
    }
    let added: Vec<&str> =
        parts.boxes().filter(|part| part.node.is_added()).map(|part| part.id.as_str()).collect();
    if !added.is_empty() {
        out.add(format!("  classDef added stroke-dasharray: 4 3\n  class {} added", added.join(",")));
    }
}

/// The name, the tools, and what flows back to the box, a line each.
fn label(part: &Part<'_>, told: &[String]) -> String {
    let tools = Some(part.tools()).filter(|tools| !tools.is_empty());
    let told = (!told.is_empty()).then(|| format!("↻ {}", told.join(", ")));
    let lines = [Some(part.title.clone()), tools, told].into_iter().flatten();
    lines.map(|line| escaped(&line)).collect::<Vec<_>>().join("<br/>")
}

fn arrow(line: &Line<'_>) -> String {
    let arrow = match line.class() {
        ArtifactClass::Data => "-->",
        ArtifactClass::Model => "==>",
        ArtifactClass::Control | ArtifactClass::Observation => "-.->",
    };
    let artifact = line.artifact();
    if artifact.is_empty() { arrow.to_owned() } else { format!("{arrow}|\"{}\"|", escaped(&artifact)) }
}

/// A text between quotes. Mermaid reads Markdown, icons, formulas, directives and HTML in it, and all of these are
/// entities here, by name: a `#` that is left would begin an entity of Mermaid's own.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let is_start = |before: &str| before.chars().all(|letter| letter.is_ascii_digit());
    let mut seen = String::new();
    for letter in text.chars() {
        match letter {
            '&' => out += "&amp;",
            '"' => out += "&quot;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '#' => out += "&num;",
            '`' => out += "&grave;",
            '*' => out += "&ast;",
            '_' => out += "&lowbar;",
            '[' => out += "&lsqb;",
            ']' => out += "&rsqb;",
            '|' => out += "&vert;",
            '\\' => out += "&bsol;",
            '$' => out += "&dollar;",
            '%' => out += "&percnt;",
            ':' => out += "&colon;",
            '@' => out += "&commat;",
            '~' => out += "#126;",
            // The beginnings of lists, and what is made a link by itself.
            '-' if seen.is_empty() => out += "#45;",
            '+' if seen.is_empty() => out += "&plus;",
            ')' if is_start(&seen) => out += "&rpar;",
            '.' if is_start(&seen) || seen.to_ascii_lowercase().ends_with("www") => out += "&period;",
            letter => out.push(letter),
        }
        seen.push(letter);
    }
    out
}

/// A text for the title, which is a string of YAML. Mermaid takes tags out of it and shows `&` as an entity, so letters
/// that look like them stand there instead; and it looks for directives before it reads YAML.
fn front_matter(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            '&' => out.push('＆'),
            '<' => out.push('‹'),
            '>' => out.push('›'),
            // YAML allows these by their numbers only.
            '%' | '\u{7f}'..='\u{9f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                let number = format!("\\u{:04x}", u32::from(letter));
                out += &number;
            }
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// An address between quotes.
fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for letter in url.chars() {
        match letter {
            '"' => out += "%22",
            '<' => out += "%3C",
            '>' => out += "%3E",
            '`' => out += "%60",
            '\\' => out += "%5C",
            // Or `#name;` would be read as an entity.
            ';' => out += "%3B",
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_label_means_anything_to_mermaid() {
        for (text, written) in [
            ("Feature store, v1.2 (a) - é 🙂 שלום", "Feature store, v1.2 (a) - é 🙂 שלום"),
            ("R&D \"x\" <b>&lt;", "R&amp;D &quot;x&quot; &lt;b&gt;&amp;lt;"),
            ("`code` #35; a|b", "&grave;code&grave; &num;35; a&vert;b"),
            ("*a* _b_ ~~c~~", "&ast;a&ast; &lowbar;b&lowbar; #126;#126;c#126;#126;"),
            ("%%{init: {}}%%", "&percnt;&percnt;{init&colon; {}}&percnt;&percnt;"),
            ("fa:fa-car $$x$$ \\n", "fa&colon;fa-car &dollar;&dollar;x&dollar;&dollar; &bsol;n"),
            ("- list", "#45; list"),
            ("+ list", "&plus; list"),
            ("12. list", "12&period; list"),
            ("3) list", "3&rpar; list"),
            ("[a](http://b) www.c.de d@e.fr", "&lsqb;a&rsqb;(http&colon;//b) www&period;c.de d&commat;e.fr"),
        ] {
            assert_eq!(escaped(text), written, "{text}");
        }
    }

    #[test]
    fn a_title_is_one_string_of_yaml() {
        for (text, written) in [
            ("Plain: yes # no", "\"Plain: yes # no\""),
            ("say \"x\" \\ y", "\"say \\\"x\\\" \\\\ y\""),
            ("R&D <a b=\"c\">", "\"R＆D ‹a b=\\\"c\\\"›\""),
            ("%%{init}%%", "\"\\u0025\\u0025{init}\\u0025\\u0025\""),
        ] {
            assert_eq!(front_matter(text), written, "{text}");
        }
    }

    #[test]
    fn an_address_ends_at_its_quote_and_has_no_entity() {
        assert_eq!(address("https://a.dev/?b=\"c\"#d;"), "https://a.dev/?b=%22c%22#d%3B");
    }
}

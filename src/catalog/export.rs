//! Tools as a table to take away: CSV with a line for each, Markdown with their claims below it; or the table with the
//! columns that somebody chose.

mod table;
pub mod tool;

use super::compare::Fact;
use super::escape::{markdown, markdown_link, markdown_sources, read};
use super::tool::Tool;
use super::words::Polarity;
use crate::rows::csv_line;

pub use table::Table;

/// The columns beside the facts.
const BEFORE: [&str; 3] = ["id", "name", "summary"];
const AFTER: [&str; 10] = [
    "licence source",
    "licence read",
    "status seen",
    "homepage",
    "docs",
    "repository",
    "pros",
    "cons",
    "caveats",
    "facts",
];

/// One line of CSV for each tool under a head of column names; what is not known is `unknown`.
pub fn csv(tools: &[&Tool]) -> String {
    let facts = Fact::ALL.iter().map(|fact| fact.title().to_lowercase());
    let head =
        BEFORE.iter().map(ToString::to_string).chain(facts).chain(AFTER.iter().map(ToString::to_string));
    let mut out = csv_line(head);
    for tool in tools {
        let known = |value: Option<String>| value.unwrap_or_else(|| "unknown".to_owned());
        let before = [tool.id.to_string(), tool.name.clone(), known(tool.summary.clone())];
        let facts = Fact::ALL.iter().map(|fact| fact.of(tool).text());
        let count = |polarity| tool.count(polarity).to_string();
        let after = [
            known(tool.license.source.clone()),
            known(tool.license.checked_on.map(|day| day.to_string())),
            known(tool.status.seen_on.map(|day| day.to_string())),
            known(tool.homepage.clone()),
            known(tool.docs.clone()),
            known(tool.primary_repo().map(|repo| repo.url.clone())),
            count(Polarity::Pro),
            count(Polarity::Con),
            count(Polarity::Caveat),
            count(Polarity::Fact),
        ];
        out.push_str(&csv_line(before.into_iter().chain(facts).chain(after)));
    }
    out
}

/// A table of the tools with links to their sites, then what speaks for and against each, with its sources.
pub fn markdown_page(tools: &[&Tool]) -> String {
    let mut lines = vec![
        "| Tool | Stages | Category | Licence | Foundation | Status |".to_owned(),
        "| --- | --- | --- | --- | --- | --- |".to_owned(),
    ];
    for tool in tools {
        let site = tool.homepage.as_deref().or_else(|| tool.primary_repo().map(|repo| repo.url.as_str()));
        let name = site.map_or_else(|| markdown(&tool.name), |url| markdown_link(&tool.name, url));
        let facts = [Fact::Stages, Fact::Category, Fact::License, Fact::Foundation, Fact::Status];
        let facts = facts.map(|fact| markdown(&fact.of(tool).text()));
        lines.push(format!("| {name} | {} |", facts.join(" | ")));
    }
    for tool in tools.iter().filter(|tool| !tool.claims.is_empty()) {
        lines.push(format!("\n## {}\n", markdown(&tool.name)));
        if let Some(summary) = &tool.summary {
            lines.push(format!("{}\n", markdown(summary)));
        }
        for claim in &tool.claims {
            let sources = markdown_sources(&claim.evidence);
            let text = markdown(&claim.text);
            let (polarity, topic) = (claim.polarity.title(), markdown(&claim.topic));
            lines.push(format!("- {polarity} ({topic}, {}): {text} ({sources})", claim.status.id()));
        }
    }
    let licenses = tools.iter().filter_map(|tool| Some((tool, tool.license.source.as_ref()?)));
    let licenses = licenses.map(|(tool, url)| {
        format!("- {}: {}, {}", markdown(&tool.name), markdown_link("", url), read(tool.license.checked_on))
    });
    let licenses: Vec<String> = licenses.collect();
    if !licenses.is_empty() {
        lines.push("\n## Licence files that were read\n".to_owned());
        lines.extend(licenses);
    }
    lines.push(String::new());
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Catalog, Layer, read};

    /// A tool whose texts try to be markup, and one of which nothing is known.
    fn catalog() -> Catalog {
        let odd = "id = \"odd\"\nname = \"Odd | <b>One</b>\"\nsummary = \"Says \\\"no\\\", twice.\"\n\
                   languages = [\"C\", \"Rust\"]\n\
                   [[claim]]\nid = \"a\"\npolarity = \"con\"\ntopic = \"ops\"\ntext = \"Stops at `|`.\"\nstatus = \"draft\"\n\
                   [[claim.evidence]]\nurl = \"https://a.dev/x\"\n";
        let bare = "id = \"bare\"\nname = \"Bare\"\n";
        let entry = |text: &str| read::read_entry(text, "t.toml").unwrap().entry;
        Catalog::new(Vec::new(), &[(Layer::Bundled, vec![entry(odd), entry(bare)])]).0
    }

    fn tools(catalog: &Catalog) -> Vec<&Tool> {
        catalog.tools().iter().collect()
    }

    #[test]
    fn csv_has_a_line_for_each_tool_and_no_cell_is_empty() {
        let catalog = catalog();
        let text = csv(&tools(&catalog));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3, "{text}");
        let columns = lines[0].split(',').count();
        assert_eq!(columns, BEFORE.len() + Fact::ALL.len() + AFTER.len());
        assert!(
            lines[0].starts_with("id,name,summary,kind,stages,category,licence,licence class,"),
            "{}",
            lines[0]
        );
        let bare: Vec<&str> = lines[1].split(',').collect();
        assert_eq!((bare.len(), bare[0], bare[2]), (columns, "bare", "unknown"));
        assert!(bare.iter().all(|cell| !cell.is_empty()), "{}", lines[1]);
        assert!(lines[2].starts_with("odd,Odd | <b>One</b>,\"Says \"\"no\"\", twice.\","), "{}", lines[2]);
        assert!(lines[2].contains(",\"C, Rust\",") && lines[2].ends_with(",0,1,0,0"), "{}", lines[2]);
    }

    #[test]
    fn markdown_has_a_table_and_claims_with_links() {
        let catalog = catalog();
        let text = markdown_page(&tools(&catalog));
        assert!(text.contains("| Bare | unknown | unknown | unknown | none known | unknown |\n"), "{text}");
        assert!(text.contains("| Odd \\| \\<b\\>One\\</b\\> | "), "{text}");
        let claim = "- Con (ops, draft): Stops at \\`\\|\\`. ([a.dev](https://a.dev/x), not read again)\n";
        assert!(text.ends_with(claim), "{text}");
    }
}

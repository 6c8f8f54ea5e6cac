//! A tool's page to take away: all of its facts, claims and relations as rows, or as a page in Markdown.

use jiff::civil::Date;

use crate::catalog::collection::{Catalog, is_stale};
use crate::catalog::compare::markdown::{cell_text, claim_text, judged_on, relations, sign};
use crate::catalog::compare::{Between, Fact};
use crate::catalog::entry::{Claim, Evidence};
use crate::catalog::escape::{markdown, pages};
use crate::catalog::tool::Tool;
use crate::rows::Rows;

const HEAD: [&str; 9] =
    ["part", "about", "text", "note", "status", "reviewed", "stale after", "source", "read"];

/// A row for each fact (`property`), each claim (`pro`, `con`, `caveat`, `fact`) and each relation, also for those that
/// another tool tells of.
///
/// Several sources stand in one cell, a blank between them, and the days on which they were read in the same order; what
/// was not read again is `unknown`, and so is a value that no source tells.
pub fn rows(catalog: &Catalog, tool: &Tool, today: Date) -> Rows {
    let facts = Fact::ALL.iter().map(|fact| {
        let cell = fact.of(tool);
        let seen = cell.seen_on.map(|day| day.to_string());
        let note = cell.note.as_deref().unwrap_or_default();
        row(["property", fact.title(), &cell.text(), note, "", "", ""], &cell.sources, seen)
    });
    let claims = tool.claims.iter().map(|claim| of_claim(claim, today));
    let relations = Between::around(catalog, tool).into_iter().map(|relation| of_relation(&relation));
    Rows { head: HEAD.map(str::to_owned).to_vec(), rows: facts.chain(claims).chain(relations).collect() }
}

/// The same as a page to read: facts, claims with links to their sources, relations; it ends with a line feed.
pub fn page(catalog: &Catalog, tool: &Tool, today: Date) -> String {
    let summary = tool.summary.iter().map(|summary| format!("{}\n\n", markdown(summary)));
    let facts =
        Fact::ALL.iter().map(|fact| format!("| {} | {} |\n", fact.title(), cell_text(&fact.of(tool))));
    let claims = tool.claims.iter().map(|claim| {
        let topic = markdown(&claim.topic);
        format!("- {} {} · {topic}\n", sign(claim.polarity), claim_text(claim, today))
    });
    let nothing = "Nothing has been read and written down about this tool yet.\n".to_owned();
    let related = relations(&Between::around(catalog, tool), "No relation to another tool is written down.");
    std::iter::once(format!("# {}\n\n", markdown(&tool.name)))
        .chain(summary)
        .chain(["| Property | Value |\n| --- | --- |\n".to_owned()])
        .chain(facts)
        .chain(["\n## Pros and cons\n\n".to_owned()])
        .chain(claims)
        .chain(tool.claims.is_empty().then_some(nothing))
        .chain([format!("\n## Relations\n\n{related}\n{}\n", judged_on(today))])
        .collect()
}

fn of_claim(claim: &Claim, today: Date) -> Vec<String> {
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let stale = if is_stale(claim, today) { ", stale" } else { "" };
    let (note, status) = (
        claim.applies_to.as_ref().map(|to| format!("applies to {to}")).unwrap_or_default(),
        format!("{}{stale}", claim.status.id()),
    );
    let (reviewed, until) = (day(claim.reviewed_on), day(claim.stale_after));
    let cells = [claim.polarity.id(), &claim.topic, &claim.text, &note, &status, &reviewed, &until];
    row(cells, &claim.evidence, None)
}

fn of_relation(relation: &Between) -> Vec<String> {
    let details = Some(relation.details()).filter(|details| !details.is_empty());
    let parts = std::iter::once(relation.sentence()).chain(details).chain(relation.how.iter().cloned());
    let text = parts.collect::<Vec<_>>().join(" · ");
    row(["relation", relation.kind.id(), &text, "", "", "", ""], &relation.sources, None)
}

fn row(cells: [&str; 7], sources: &[Evidence], seen: Option<String>) -> Vec<String> {
    let urls: Vec<&str> = pages(sources).map(|source| source.url.as_str()).collect();
    let read =
        |source: &Evidence| source.accessed.map_or_else(|| "unknown".to_owned(), |day| day.to_string());
    let days: Vec<String> = pages(sources).map(read).chain(seen).collect();
    cells.map(str::to_owned).into_iter().chain([urls.join(" "), days.join(" ")]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Layer, ToolId, read};

    /// Ant works with Bee, which says so too, and with one that nobody knows; Cow stands instead of it.
    const TOOLS: [&str; 3] = [
        r#"
id = "ant"
name = "Ant | *One*"
summary = "Carries."
kubernetes = false
[license]
spdx = "MIT"
class = "osi"
source = "https://ant.dev/LICENSE"
checked_on = 2026-11-20
[[claim]]
id = "a"
polarity = "con"
topic = "ops"
text = "=Stops, often."
applies_to = ">= 2"
status = "reviewed"
reviewed_on = 2026-01-02
stale_after = 2026-02-02
[[claim.evidence]]
url = "https://ant.dev/x"
title = "Docs"
accessed = 2026-01-01
[[claim.evidence]]
url = "https://ant.dev/y"
[[relation]]
type = "integrates_with"
target = "bee"
via = { artifact = "model", interface = "REST" }
[[relation.evidence]]
url = "https://ant.dev/bee"
[[relation]]
type = "runs_on"
target = "dog"
"#,
        "id = \"bee\"\nname = \"Bee\"\n[[relation]]\ntype = \"integrates_with\"\ntarget = \"ant\"\n\
         how = \"Set it up.\"\n[[relation.evidence]]\nurl = \"https://bee.dev\"\naccessed = 2026-11-20\n",
        "id = \"cow\"\nname = \"Cow\"\n[[relation]]\ntype = \"alternative_to\"\ntarget = \"ant\"\n",
    ];

    fn with_ant<T>(take: impl FnOnce(&Catalog, &Tool, Date) -> T) -> T {
        let entries = TOOLS.iter().map(|text| read::read_entry(text, "t.toml").unwrap().entry).collect();
        let catalog = Catalog::new(Vec::new(), &[(Layer::Bundled, entries)]).0;
        let tool = catalog.get(&ToolId::new("ant").unwrap()).unwrap();
        take(&catalog, tool, jiff::civil::date(2026, 11, 30))
    }

    #[test]
    fn facts_claims_and_relations_of_both_ends_are_rows() {
        let rows = with_ant(rows);
        assert!(rows.rows.iter().all(|row| row.len() == HEAD.len()));
        let csv = rows.csv();
        let lines: Vec<&str> = csv.lines().collect();
        assert_eq!(lines[0], "part,about,text,note,status,reviewed,stale after,source,read");
        assert_eq!(lines.len(), 1 + Fact::ALL.len() + 1 + 3);
        for line in [
            "property,Licence,MIT,,,,,https://ant.dev/LICENSE,2026-11-20",
            "property,Kubernetes,not needed,,,,,,",
            "property,GPU,unknown,,,,,,",
        ] {
            assert!(lines.contains(&line), "{line} is missing in\n{csv}");
        }
        assert_eq!(
            lines[1 + Fact::ALL.len()..],
            [
                "con,ops,\"'=Stops, often.\",applies to >= 2,\"reviewed, stale\",2026-01-02,2026-02-02,\
                 https://ant.dev/x https://ant.dev/y,2026-01-01 unknown",
                "relation,integrates_with,Ant | *One* integrates with Bee · model over REST · Set it up.,,,,,\
                 https://ant.dev/bee https://bee.dev,unknown 2026-11-20",
                "relation,runs_on,Ant | *One* runs on dog,,,,,,",
                "relation,alternative_to,Cow is an alternative to Ant | *One*,,,,,,",
            ]
        );
    }

    #[test]
    fn a_page_has_links_to_the_sources_and_no_markup_of_others() {
        let page = with_ant(page);
        for line in [
            "# Ant \\| \\*One\\*\n\nCarries.\n",
            "| Licence | MIT ([licence file](https://ant.dev/LICENSE), read 2026-11-20) |\n",
            "- Con: =Stops, often. (applies to \\>= 2; stale: past its review date; \
             [Docs](https://ant.dev/x), read 2026-01-01; [ant.dev](https://ant.dev/y), not read again) · ops\n",
            "- Cow is an alternative to Ant \\| \\*One\\*\n",
            "on 2026-11-30.",
        ] {
            assert!(page.contains(line), "{line} is missing in\n{page}");
        }
    }
}

//! The relations of a neighbourhood as rows.

use super::{Neighbourhood, Node, Subject, Tie};
use crate::catalog::collection::Catalog;
use crate::catalog::compare::Between;
use crate::catalog::escape::pages;
use crate::rows::Rows;

/// What joins a tool with a standard, in the place of a type of relation.
const SPEAKS: &str = "speaks";

impl Neighbourhood {
    /// A row for each relation in the picture, then one for each standard that a tool speaks.
    ///
    /// Several sources stand in one cell, a blank between them, and the days on which they were read in the same order;
    /// what was not read again is `unknown`. What a tool says of a standard follows from its entry and has no source.
    pub fn table(&self, catalog: &Catalog) -> Rows {
        let head = ["from", "relation", "to", "artifact", "interface", "since", "how", "source", "read"];
        let told = self.edges.iter().filter_map(|edge| match &edge.tie {
            Tie::Told(between) => Some(between),
            Tie::Speaks(_) => None,
        });
        let mut rows: Vec<Vec<String>> = told.flatten().map(relation).collect();
        for edge in self.edges.iter().filter(|edge| edge.is_derived()) {
            let ends = [self.nodes.get(edge.from), self.nodes.get(edge.to)].into_iter().flatten();
            let (standards, tools): (Vec<&Node>, Vec<&Node>) =
                ends.partition(|node| node.subject == Subject::Standard);
            let (Some(standard), Some(tool)) = (standards.first(), tools.first()) else { continue };
            let how = self.sentences(catalog, edge).join("; ");
            let cells = [id_of(catalog, tool), SPEAKS, &standard.name, "", "", "", &how, "", ""];
            rows.push(cells.map(str::to_owned).to_vec());
        }
        Rows { head: head.map(str::to_owned).to_vec(), rows }
    }
}

fn id_of<'c>(catalog: &'c Catalog, node: &'c Node) -> &'c str {
    match node.subject {
        Subject::Tool(row) => catalog.tools().get(row).map_or(node.name.as_str(), |tool| tool.id.as_str()),
        Subject::Standard => &node.name,
    }
}

fn relation(of: &Between) -> Vec<String> {
    let via = |part: fn(&crate::catalog::Via) -> &Option<String>| {
        of.via.as_ref().and_then(|via| part(via).clone()).unwrap_or_default()
    };
    let urls: Vec<&str> = pages(&of.sources).map(|source| source.url.as_str()).collect();
    let days = pages(&of.sources)
        .map(|source| source.accessed.map_or_else(|| "unknown".to_owned(), |day| day.to_string()));
    vec![
        of.from.to_string(),
        of.kind.id().to_owned(),
        of.to.to_string(),
        via(|via| &via.artifact),
        via(|via| &via.interface),
        of.since.clone().unwrap_or_default(),
        of.how.join("; "),
        urls.join(" "),
        days.collect::<Vec<_>>().join(" "),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::neighbourhood::{MOST, Wish};
    use crate::catalog::{Layer, ToolId, read};

    /// Ant works with Bee, with two sources; Cow speaks what Ant speaks; a name of a foreign catalog is a formula.
    const TOOLS: [&str; 3] = [
        r#"
id = "ant"
name = "Ant"
[interfaces]
consumes = ["S3"]
[[relation]]
type = "integrates_with"
target = "bee"
via = { artifact = "model, packed", interface = "=REST" }
since = "2.0"
how = "Set it up."
[[relation.evidence]]
url = "https://ant.dev/bee"
title = "Ant docs"
accessed = 2026-11-20
[[relation.evidence]]
url = "https://bee.dev"
title = "Bee docs"
"#,
        "id = \"bee\"\nname = \"Bee\"\n[[relation]]\ntype = \"runs_on\"\ntarget = \"ant\"\n",
        "id = \"cow\"\nname = \"Cow\"\n[interfaces]\nimplements = [\"S3\"]\n",
    ];

    fn table(derived: bool) -> Rows {
        let entries = TOOLS.iter().map(|text| read::read_entry(text, "t.toml").unwrap().entry).collect();
        let catalog = Catalog::new(Vec::new(), &[(Layer::Bundled, entries)]).0;
        let wish = Wish { derived, ..Wish::of(vec![ToolId::new("ant").unwrap()]) };
        Neighbourhood::of(&catalog, &wish, MOST).table(&catalog)
    }

    const HEAD: &str = "from,relation,to,artifact,interface,since,how,source,read\n";
    const TOLD: &str = "ant,integrates_with,bee,\"model, packed\",'=REST,2.0,Set it up.,\
                        https://ant.dev/bee https://bee.dev,2026-11-20 unknown\n\
                        bee,runs_on,ant,,,,,,\n";

    #[test]
    fn each_relation_is_a_row_with_its_sources() {
        let rows = table(false);
        assert_eq!(rows.csv(), format!("{HEAD}{TOLD}"));
    }

    #[test]
    fn a_shared_standard_is_two_rows_with_the_statements_they_follow_from() {
        let speaks = "ant,speaks,S3,,,,\"Ant reads S3, says its entry\",,\n\
                      cow,speaks,S3,,,,\"Cow implements S3, says its entry\",,\n";
        assert_eq!(table(true).csv(), format!("{HEAD}{TOLD}{speaks}"));
    }
}

//! How two drawings differ, as rows.

use super::{ChangedBox, Held, PartRow, PartRows};
use crate::architecture::lacks::Missing;
use crate::rows::Rows;

impl Held {
    /// A row for each kind of part that the other drawing has and this one lacks, for each part that only one of them
    /// has, and for each field in which a box of both differs: how it is in the other one, and here.
    pub fn rows(&self) -> Rows {
        let head = ["difference", "part", "name", "field", "there", "here"];
        let lacks = self.lacks.iter().map(|lack| {
            let part = match lack.missing {
                Missing::Kind(_) => "kind of box",
                Missing::Flow(_) => "kind of flow",
            };
            ["lacks", part, &lack.message, "", "", ""].map(str::to_owned).to_vec()
        });
        let changed = self.changed.iter().flat_map(|ChangedBox { title, fields, .. }| {
            fields.iter().map(move |(field, there, here)| {
                ["changed", "box", title, field, there, here].map(str::to_owned).to_vec()
            })
        });
        let here = only(&self.here, "only here", |caption| ["", caption]);
        let there = only(&self.there, "only there", |caption| [caption, ""]);
        Rows {
            head: head.map(str::to_owned).to_vec(),
            rows: lacks.chain(here).chain(there).chain(changed).collect(),
        }
    }
}

fn only<'a>(
    parts: &'a PartRows,
    difference: &'a str,
    side: impl Fn(&'a str) -> [&'a str; 2] + Copy + 'a,
) -> impl Iterator<Item = Vec<String>> + 'a {
    let of = move |part: &'a str, field: &'a str, rows: &'a [PartRow]| {
        rows.iter().map(move |row| {
            let [there, here] = side(&row.caption);
            [difference, part, &row.title, field, there, here].map(str::to_owned).to_vec()
        })
    };
    of("box", "kind", &parts.nodes).chain(of("flow", "artifact", &parts.flows))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::architecture::{Architecture, Edit, Node, NodeId};
    use crate::catalog::Catalog;

    fn drawing(boxes: &[(&str, &str, &str)]) -> Architecture {
        let mut drawing = Architecture::default();
        for (id, kind, label) in boxes {
            let (id, kind, label) = (NodeId::from(*id), (*kind).to_owned(), (*label).to_owned());
            drawing.nodes.insert(id.clone(), Node { id, kind, label, ..Node::default() });
        }
        drawing
    }

    #[test]
    fn what_is_lacking_added_gone_and_changed_are_rows() {
        let mine = drawing(&[("a", "training", "Train, here"), ("b", "ci", "Build")]);
        let mut other = drawing(&[("a", "training", "Train there"), ("c", "monitoring", "Watch")]);
        other.apply(Edit::SetTools { node: "a".into(), tools: vec!["feast".to_owned()] });
        let rows = Held::of(&mine, Arc::new(other), "Other".to_owned(), &Catalog::default()).rows();
        assert!(rows.rows.iter().all(|row| row.len() == rows.head.len()));
        let lacks = rows.rows.iter().filter(|row| row[0] == "lacks");
        assert_eq!(lacks.map(|row| row[1].as_str()).collect::<Vec<_>>(), ["kind of box"]);
        let told: Vec<String> =
            rows.rows.iter().filter(|row| row[0] != "lacks").map(|row| row.join("|")).collect();
        assert_eq!(
            told,
            [
                "only here|box|Build|kind||Continuous integration",
                "only there|box|Watch|kind|Monitoring|",
                "changed|box|Train, here|Tools|feast|none",
                "changed|box|Train, here|Label|Train there|Train, here",
            ]
        );
    }
}

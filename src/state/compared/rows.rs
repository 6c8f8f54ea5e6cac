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

//! The bill of materials: a row for each box and tool, with who is in charge of the box and where it leads.

use super::parts::Parts;
use crate::rows::Rows;
use crate::shown::one_line;

/// The rows in the order of lanes and boxes. A box without a tool has a row, too.
pub(super) fn rows(parts: &Parts<'_>) -> Rows {
    let mut rows = Vec::new();
    for lane in &parts.lanes {
        for part in &lane.boxes {
            let of_box = || vec![part.title.clone(), part.kind(), lane.title.clone()];
            let links = || part.told_links().map(|(_, text)| text);
            for tool in &part.tools {
                let status = tool.tool.map_or("unknown", |tool| tool.status.status.id());
                let mut row = of_box();
                row.extend([tool.name.clone(), one_line(tool.id).into_owned(), tool.spdx().to_owned()]);
                row.extend(
                    [tool.class().id(), status, tool.homepage().unwrap_or_default()].map(str::to_owned),
                );
                row.extend(links());
                rows.push(row);
            }
            if part.tools.is_empty() {
                let mut row = of_box();
                row.resize(HEAD.len() - LINKS, String::new());
                row.extend(links());
                rows.push(row);
            }
        }
    }
    Rows { head: HEAD.map(str::to_owned).to_vec(), rows }
}

/// How many of the columns are of [`Part::told_links`](super::parts::Part::told_links), the last ones.
const LINKS: usize = 4;

const HEAD: [&str; 13] = [
    "box",
    "kind",
    "lane",
    "tool",
    "id",
    "licence",
    "class",
    "status",
    "homepage",
    "owners",
    "repository",
    "links",
    "runs",
];

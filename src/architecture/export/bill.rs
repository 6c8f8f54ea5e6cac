//! The bill of materials: a row for each box and tool.

use super::parts::Parts;
use crate::rows::Rows;

/// The rows in the order of lanes and boxes. A box without a tool has a row, too.
pub(super) fn rows(parts: &Parts<'_>) -> Rows {
    let mut rows = Vec::new();
    for lane in &parts.lanes {
        for part in &lane.boxes {
            let of_box = || vec![part.title.clone(), part.kind(), lane.title.clone()];
            for tool in &part.tools {
                let status = tool.tool.map_or("unknown", |tool| tool.status.status.id());
                let mut row = of_box();
                row.extend([tool.name.as_str(), tool.id, tool.spdx()].map(str::to_owned));
                row.extend(
                    [tool.class().id(), status, tool.homepage().unwrap_or_default()].map(str::to_owned),
                );
                rows.push(row);
            }
            if part.tools.is_empty() {
                let mut row = of_box();
                row.resize(HEAD.len(), String::new());
                rows.push(row);
            }
        }
    }
    Rows { head: HEAD.map(str::to_owned).to_vec(), rows }
}

const HEAD: [&str; 9] = ["box", "kind", "lane", "tool", "id", "licence", "class", "status", "homepage"];

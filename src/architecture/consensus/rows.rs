//! What drawings have in common as a table to take away.

use super::{Consensus, Shared};
use crate::architecture::kinds;
use crate::rows::Rows;

impl Consensus {
    /// A row for each kind of box and then for each kind of flow, with a column for each drawing: `yes` where it has it.
    pub fn rows(&self) -> Rows {
        let head = ["part", "kind", "artifact", "to kind", "lane", "drawings", "of", "tools"];
        let titles = self.drawings.iter().map(|voice| voice.title.clone());
        let boxes = self.kinds.iter().map(|shared| {
            let kind = &shared.what;
            let lane = kinds::kind(kind).map_or("", |known| known.stage.as_str());
            let tools: Vec<String> =
                self.tools_of(kind).iter().map(|(tool, count)| format!("{tool} ({count})")).collect();
            self.row(["box", kind, "", "", lane], shared, &tools.join(", "))
        });
        let flows = self.flows.iter().map(|shared| {
            let flow = &shared.what;
            self.row(["flow", &flow.from, &flow.artifact, &flow.to, ""], shared, "")
        });
        Rows {
            head: head.into_iter().map(str::to_owned).chain(titles).collect(),
            rows: boxes.chain(flows).collect(),
        }
    }

    fn row<T>(&self, names: [&str; 5], shared: &Shared<T>, tools: &str) -> Vec<String> {
        let all = self.drawings.len();
        let counts = [shared.with.len().to_string(), all.to_string(), tools.to_owned()];
        let has = (0..all).map(|at| if shared.has(at) { "yes" } else { "" }.to_owned());
        names.into_iter().map(str::to_owned).chain(counts).chain(has).collect()
    }
}

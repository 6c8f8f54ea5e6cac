//! The drawings to choose from, as rows.

use super::Shown;
use crate::address::Origin;
use crate::architecture::gallery::tool;
use crate::architecture::kinds;
use crate::catalog::Catalog;
use crate::rows::Rows;

impl Shown {
    /// A row for each drawing that fits what is asked, in the order in which they are shown.
    ///
    /// Levels are those of Google's scale: `level` as its sources report it, `drawn level` from all that is drawn.
    /// `reported` is the share of boxes and flows that its sources report, in percent; empty where nobody said.
    pub fn table(&self, catalog: &Catalog) -> Rows {
        let head = [
            "title",
            "drawing",
            "from",
            "domain",
            "level",
            "drawn level",
            "boxes",
            "flows",
            "reported",
            "kinds",
            "tools",
            "purpose",
            "summary",
        ];
        Rows {
            head: head.map(str::to_owned).to_vec(),
            rows: self.rows.iter().map(|at| self.row(*at, catalog)).collect(),
        }
    }

    fn row(&self, at: usize, catalog: &Catalog) -> Vec<String> {
        let card = &self.gallery.exhibits[at].card;
        let origin = &self.gallery.origins[at];
        let from = if matches!(origin, Origin::Template(_)) { "template" } else { "workspace" };
        let kinds: Vec<&str> = card.kinds.iter().map(|kind| kinds::label(kind)).collect();
        let tools =
            card.tools.iter().map(|name| tool(catalog, name).map_or(name.as_str(), |tool| &tool.name));
        vec![
            self.gallery.title(at).to_owned(),
            origin.name(),
            from.to_owned(),
            card.domain.clone(),
            card.level.to_string(),
            card.drawn_level.to_string(),
            card.nodes.to_string(),
            card.flows.to_string(),
            card.reported().map(|share| format!("{:.0}", share * 100.0)).unwrap_or_default(),
            kinds.join(", "),
            tools.collect::<Vec<_>>().join(", "),
            card.purpose.clone(),
            card.summary.clone(),
        ]
    }
}

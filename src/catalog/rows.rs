//! Counts as rows: what a view shows as cells of a grid or as bars.

use super::coverage::{Coverage, Split};
use super::matrix::Matrix;
use super::portfolio::Portfolio;
use super::words::Stage;
use crate::rows::Rows;

/// `name`, a column for each stage, and the columns of `more`.
fn head(name: &str, more: &[&str]) -> Vec<String> {
    let stages = Stage::ALL.iter().map(|stage| stage.id());
    std::iter::once(name).chain(stages).chain(more.iter().copied()).map(str::to_owned).collect()
}

fn row(name: &str, counts: impl Iterator<Item = usize>) -> Vec<String> {
    std::iter::once(name.to_owned()).chain(counts.map(|count| count.to_string())).collect()
}

impl Matrix {
    /// A row for each group and one for all tools: how many at each stage, and how many at all, each counted once.
    pub fn table(&self) -> Rows {
        let group = |of: &super::matrix::Row| row(&of.title, of.cells.iter().map(Vec::len).chain([of.total]));
        let all = row("All tools", self.totals.iter().copied().chain([self.all]));
        Rows { head: head(self.by.id(), &["all"]), rows: self.rows.iter().map(group).chain([all]).collect() }
    }
}

impl Portfolio {
    /// A row for each foundation and one for tools that none hosts: how many living projects at each stage, how many
    /// at all, and how many are archived.
    pub fn table(&self) -> Rows {
        let foundation = |of: &super::portfolio::Row| {
            let living = of.cells.iter().map(super::portfolio::Cell::living);
            row(&of.org, living.chain([of.living, of.archived]))
        };
        let none = self.unhosted.iter().map(Vec::len).chain([self.unhosted_all, 0]);
        Rows {
            head: head("foundation", &["living", "archived"]),
            rows: self.rows.iter().map(foundation).chain([row("No foundation", none)]).collect(),
        }
    }
}

impl Coverage {
    /// How many tools are complete, partial and basic: all, of each stage, of each category; then how many do not tell
    /// a value and how many lack one; then claims and relations, which are not tools and stand under `all`. A cell is
    /// empty where nothing was counted.
    pub fn table(&self) -> Rows {
        let line = |of: &str, name: &str, counts: [Option<usize>; 4]| {
            let counts = counts.map(|count| count.map(|count| count.to_string()).unwrap_or_default());
            [of, name].map(str::to_owned).into_iter().chain(counts).collect::<Vec<_>>()
        };
        let split = |of: &str, name: &str, split: &Split| {
            line(of, name, [split.complete, split.partial, split.basic, split.all()].map(Some))
        };
        let only = |of: &str, name: &str, all: usize| line(of, name, [None, None, None, Some(all)]);
        let mut rows = vec![split("tools", "all", &self.total)];
        rows.extend(self.by_stage.iter().map(|(stage, counts)| split("stage", stage.id(), counts)));
        rows.extend(self.by_category.iter().map(|(name, counts)| split("category", name, counts)));
        let unknown = self.unknown_by_field.iter();
        rows.extend(unknown.map(|u| line("unknown", u.field, [Some(u.complete), None, None, Some(u.all)])));
        rows.extend(
            self.lacking.iter().map(|(field, n)| line("lacking", field, [None, Some(*n), None, None])),
        );
        rows.extend(self.polarity.iter().map(|(side, read, _)| only("reviewed claims", side.id(), *read)));
        rows.push(only("draft claims", "all", self.drafts.len()));
        rows.push(only("stale claims", "all", self.stale.len()));
        rows.push(only("relations", "all", self.relations));
        rows.push(only("relations", "with what passes", self.relations_with_via));
        let head = ["of", "name", "complete", "partial", "basic", "all"];
        Rows { head: head.map(str::to_owned).to_vec(), rows }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::read::read_entry;
    use crate::catalog::{Catalog, Counting, GroupBy, Layer};

    /// Two tools of one foundation, one of them archived there, and one tool of nobody.
    fn catalog() -> Catalog {
        let entry = |id: &str, stages: &str, maturity: &str| {
            let host = if maturity.is_empty() {
                String::new()
            } else {
                format!("[[foundation]]\norg = \"F, Inc\"\nmaturity = \"{maturity}\"\n")
            };
            let text = format!("id = \"{id}\"\nname = \"{id}\"\nstages = [{stages}]\n{host}");
            read_entry(&text, "t.toml").unwrap().entry
        };
        let entries = vec![
            entry("a", "\"train\", \"serve\"", "sandbox"),
            entry("b", "\"serve\"", "archived"),
            entry("c", "\"train\"", ""),
        ];
        Catalog::new(Vec::new(), &[(Layer::Bundled, entries)]).0
    }

    #[test]
    fn counts_become_rows_under_the_names_of_the_stages() {
        let catalog = catalog();
        let head = "collect,prepare,feature,train,evaluate,release,serve,monitor,govern";
        let matrix = Matrix::of(&catalog, &[0, 1, 2], GroupBy::Foundation, Counting::All).table();
        assert_eq!(
            matrix.csv(),
            format!(
                "foundation,frame,{head},all\n\"F, Inc\",0,0,0,0,1,0,0,2,0,0,2\n\
                 No foundation,0,0,0,0,1,0,0,0,0,0,1\nAll tools,0,0,0,0,2,0,0,2,0,0,3\n"
            )
        );
        let portfolio = Portfolio::of(&catalog, &[0, 1, 2], Counting::All).table();
        assert_eq!(
            portfolio.csv(),
            format!(
                "foundation,frame,{head},living,archived\n\"F, Inc\",0,0,0,0,1,0,0,1,0,0,1,1\n\
                 No foundation,0,0,0,0,1,0,0,0,0,0,1,0\n"
            )
        );
    }
}

//! The tool table as it is seen: its columns, its rows in their order, each group's name beside its rows.

use crate::catalog::columns::{Basis, Column};
use crate::catalog::groups::{Group, GroupBy, groups_in_order};
use crate::rows::Rows;

/// A table to take away.
#[derive(Debug)]
pub struct Table<'a> {
    /// What cells are made of.
    pub basis: Basis<'a>,
    /// The columns, in their order.
    pub columns: Vec<Column>,
    /// What the rows are grouped by, in words; none where they are not.
    pub grouped_by: Option<&'static str>,
    /// The name of each row's group, and its place in [`Catalog::tools`](crate::catalog::Catalog::tools).
    pub rows: Vec<(String, usize)>,
}

impl<'a> Table<'a> {
    /// A table of these rows, in groups where they are asked for; a tool may stand in several.
    pub fn of(basis: Basis<'a>, columns: Vec<Column>, rows: &[usize], by: Option<GroupBy>) -> Self {
        let rows = match by {
            None => rows.iter().map(|row| (String::new(), *row)).collect(),
            Some(by) => {
                let in_group = |group: Group| {
                    let title = group.title;
                    group.rows.into_iter().map(move |row| (title.clone(), row)).collect::<Vec<_>>()
                };
                groups_in_order(basis.catalog, rows, by).into_iter().flat_map(in_group).collect()
            }
        };
        Self { basis, columns, grouped_by: by.map(GroupBy::title), rows }
    }

    /// The words above the columns; that of the groups is the first.
    fn head(&self) -> impl Iterator<Item = String> {
        let groups = self.grouped_by.map(|by| format!("group: {}", by.to_lowercase()));
        groups.into_iter().chain(self.columns.iter().map(|column| column.title().to_lowercase()))
    }

    fn cells(&self, (group, row): &(String, usize)) -> impl Iterator<Item = String> {
        let group = self.grouped_by.map(|_| group.clone());
        let text = |column: &Column| column.text(&self.basis, *row).unwrap_or_else(|| "unknown".to_owned());
        group.into_iter().chain(self.columns.iter().map(text))
    }

    /// The table under a head of column names; what is not known is `unknown`.
    pub fn rows(&self) -> Rows {
        Rows {
            head: self.head().collect(),
            rows: self.rows.iter().map(|row| self.cells(row).collect()).collect(),
        }
    }

    /// It as CSV.
    pub fn csv(&self) -> String {
        self.rows().csv()
    }

    /// It in Markdown.
    pub fn markdown(&self) -> String {
        self.rows().markdown()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Catalog, Coverage, Layer, read};

    #[test]
    fn a_table_has_its_columns_its_groups_and_no_formula() {
        let odd =
            "id = \"odd\"\nname = \"=1+1\"\nsummary = \"Says | twice, no.\"\nfirst_release_year = 2019\n";
        let bare = "id = \"bare\"\nname = \"Bare\"\n";
        let entry = |text: &str| read::read_entry(text, "t.toml").unwrap().entry;
        let catalog = Catalog::new(Vec::new(), &[(Layer::Bundled, vec![entry(odd), entry(bare)])]).0;
        let today = jiff::civil::date(2026, 11, 30);
        let coverage = Coverage::new(&catalog, None, today);
        let basis = Basis { catalog: &catalog, coverage: &coverage, today, own: &[] };
        let place = |id: &str| catalog.tools().iter().position(|tool| tool.id.as_str() == id).unwrap();
        let rows = vec![("Serve".to_owned(), place("odd")), ("No stage".to_owned(), place("bare"))];
        let columns = vec![Column::Summary, Column::Name, Column::FirstRelease];
        let mut table = Table { basis, columns, grouped_by: Some("Stage"), rows };
        assert_eq!(
            table.csv(),
            "group: stage,summary,tool,first release\n\
             Serve,\"Says | twice, no.\",'=1+1,2019\n\
             No stage,unknown,Bare,unknown\n"
        );
        table.grouped_by = None;
        assert_eq!(
            table.markdown(),
            "| summary | tool | first release |\n| --- | --- | --- |\n\
             | Says \\| twice, no. | =1+1 | 2019 |\n| unknown | Bare | unknown |\n"
        );
    }
}

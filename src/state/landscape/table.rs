//! The lines of the tool table: its cells in words, its groups with their sub-totals, what is folded left out.

use jiff::civil::Date;

use crate::address::{LandscapeLocation, ToolColumns};
use crate::catalog::columns::Basis;
use crate::catalog::export;
use crate::catalog::{Column, Depth, GroupBy, Polarity, Stage, groups_in_order, is_stale};

/// A line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The head of a group: its place in [`Table::groups`].
    Group(usize),
    /// A tool: its place in [`Catalog::tools`](crate::catalog::Catalog::tools).
    Tool(usize),
}

/// A group of the table with its sub-totals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableGroup {
    /// What its tools have in common.
    pub title: String,
    /// The stage whose hue it has.
    pub stage: Option<Stage>,
    /// Its tools, in the order of the table.
    pub rows: Vec<usize>,
    /// How many of them are complete.
    pub complete: usize,
    /// Their pros.
    pub pros: usize,
    /// Their cons and caveats.
    pub cons: usize,
    /// Their claims that are past their day.
    pub stale: usize,
    /// Whether its tools are left out.
    pub is_folded: bool,
}

/// What the table draws, made when the location changes.
#[derive(Debug, Default)]
pub struct Table {
    /// Its columns.
    pub columns: ToolColumns,
    /// What is grouped by.
    pub grouped_by: Option<GroupBy>,
    /// The groups; none where nothing is grouped.
    pub groups: Vec<TableGroup>,
    /// The lines, from the top.
    pub lines: Vec<Line>,
    /// The cells of each column, each for all tools of the catalog: a keystroke in the search makes none anew.
    cells: Vec<(Column, Vec<Option<String>>)>,
    /// What the cells were made on and with.
    made_for: Option<(Date, u64)>,
}

impl Table {
    /// What a column, by its place, says of a tool; `None` where nobody knows.
    pub fn cell(&self, column: usize, row: usize) -> Option<&str> {
        self.cells.get(column)?.1.get(row)?.as_deref()
    }

    /// Whether its claims were judged on this day.
    pub(super) fn is_of(&self, today: Date) -> bool {
        self.made_for.is_some_and(|(day, _)| day == today)
    }

    /// Makes all of it for these rows.
    pub(super) fn update(
        &mut self,
        basis: &Basis<'_>,
        rows: &[usize],
        table: &LandscapeLocation,
        remarks: u64,
    ) {
        self.columns = table.shown_columns();
        self.cells_of(basis, remarks);
        self.grouped_by = table.group;
        self.groups = match table.group {
            None => Vec::new(),
            Some(by) => grouped(basis, rows, by),
        };
        self.fold(rows, table);
    }

    /// Leaves out what is folded.
    pub(super) fn fold(&mut self, rows: &[usize], table: &LandscapeLocation) {
        self.lines.clear();
        if self.grouped_by.is_none() {
            self.lines.extend(rows.iter().map(|row| Line::Tool(*row)));
        }
        for (at, group) in self.groups.iter_mut().enumerate() {
            group.is_folded = table.folds.has(&group.title);
            self.lines.push(Line::Group(at));
            if !group.is_folded {
                self.lines.extend(group.rows.iter().map(|row| Line::Tool(*row)));
            }
        }
    }

    fn cells_of(&mut self, basis: &Basis<'_>, remarks: u64) {
        let made_for = Some((basis.today, remarks));
        let mut before = if self.made_for == made_for { std::mem::take(&mut self.cells) } else { Vec::new() };
        let all = 0..basis.catalog.tools().len();
        let columns = self.columns.shown().iter().map(|shown| shown.column);
        let cells = columns.map(|column| match before.iter().position(|(had, _)| *had == column) {
            Some(at) => before.swap_remove(at),
            None => (column, all.clone().map(|row| column.text(basis, row)).collect()),
        });
        self.cells = cells.collect();
        self.made_for = made_for;
    }

    /// The table to take away: what is seen, with what is folded, but without what a person keeps for themselves.
    /// Only these rows where some are named.
    pub fn export<'a>(&self, basis: Basis<'a>, only: Option<&dyn Fn(usize) -> bool>) -> export::Table<'a> {
        let is_wanted = |row: &usize| only.is_none_or(|only| only(*row));
        let columns = self.columns.shown().iter().map(|shown| shown.column);
        let plain = self.lines.iter().filter_map(|line| match line {
            Line::Tool(row) if self.grouped_by.is_none() => Some((String::new(), *row)),
            _ => None,
        });
        let in_groups =
            self.groups.iter().flat_map(|group| group.rows.iter().map(|row| (group.title.clone(), *row)));
        export::Table {
            basis,
            columns: columns.filter(|column| !column.is_private()).collect(),
            grouped_by: self.grouped_by.map(GroupBy::title),
            rows: plain.chain(in_groups).filter(|(_, row)| is_wanted(row)).collect(),
        }
    }
}

fn grouped(basis: &Basis<'_>, rows: &[usize], by: GroupBy) -> Vec<TableGroup> {
    let tools = basis.catalog.tools();
    let made = groups_in_order(basis.catalog, rows, by).into_iter().map(|group| {
        let rows = group.rows;
        let of_group = || rows.iter().map(|row| &tools[*row]);
        let count = |polarities: &[Polarity]| {
            of_group()
                .flat_map(|tool| &tool.claims)
                .filter(|claim| polarities.contains(&claim.polarity))
                .count()
        };
        let is_complete = |id| basis.coverage.depth_of(id) == Some(Depth::Complete);
        TableGroup {
            complete: of_group().filter(|tool| is_complete(&tool.id)).count(),
            pros: count(&[Polarity::Pro]),
            cons: count(&[Polarity::Con, Polarity::Caveat]),
            stale: of_group()
                .flat_map(|tool| &tool.claims)
                .filter(|claim| is_stale(claim, basis.today))
                .count(),
            title: group.title,
            stage: group.stage,
            rows,
            is_folded: false,
        }
    });
    made.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::Folds;
    use crate::catalog::{Catalog, Coverage, Layer, read};

    const TOOLS: [&str; 3] = [
        "id = \"a\"\nname = \"A\"\nstages = [\"serve\", \"monitor\"]\n\
         [[claim]]\nid = \"p\"\npolarity = \"pro\"\ntopic = \"ops\"\ntext = \"Runs.\"\nstatus = \"draft\"\n\
         stale_after = \"2026-01-01\"\n\
         [[claim]]\nid = \"c\"\npolarity = \"caveat\"\ntopic = \"ops\"\ntext = \"Sleeps.\"\nstatus = \"draft\"\n",
        "id = \"b\"\nname = \"B\"\nstages = [\"serve\"]\n\
         [[claim]]\nid = \"c\"\npolarity = \"con\"\ntopic = \"ops\"\ntext = \"Stops.\"\nstatus = \"draft\"\n",
        "id = \"c\"\nname = \"C\"\n",
    ];

    #[test]
    fn groups_keep_the_order_add_up_and_fold() {
        let entry = |text: &&str| read::read_entry(text, "t.toml").unwrap().entry;
        let catalog = Catalog::new(Vec::new(), &[(Layer::Bundled, TOOLS.iter().map(entry).collect())]).0;
        let today = jiff::civil::date(2026, 11, 30);
        let coverage = Coverage::new(&catalog, None, today);
        let basis = Basis { catalog: &catalog, coverage: &coverage, today, own: &[] };
        let folds = Folds { all: false, except: ["Serve".to_owned()].into() };
        let mut shown =
            LandscapeLocation { group: Some(GroupBy::Stage), folds, ..LandscapeLocation::default() };
        shown.set_columns("name,rating,pros".parse().unwrap());
        let mut table = Table::default();
        table.update(&basis, &[2, 1, 0], &shown, 0);
        let told: Vec<_> = table
            .groups
            .iter()
            .map(|g| (g.title.as_str(), g.rows.clone(), g.pros, g.cons, g.stale, g.is_folded))
            .collect();
        assert_eq!(
            told,
            [
                ("Serve", vec![1, 0], 1, 2, 1, true),
                ("Monitor", vec![0], 1, 1, 1, false),
                ("No stage", vec![2], 0, 0, 0, false)
            ]
        );
        use Line::{Group, Tool};
        assert_eq!(table.lines, [Group(0), Group(1), Tool(0), Group(2), Tool(2)]);
        assert_eq!((table.cell(0, 1), table.cell(2, 0), table.cell(2, 2)), (Some("B"), Some("1"), None));
        // What is folded is taken away as well, what is private is not.
        let csv = table.export(basis, None).csv();
        assert_eq!(csv, "group: stage,tool,pros\nServe,B,0\nServe,A,1\nMonitor,A,1\nNo stage,C,unknown\n");
        let only = table.export(basis, Some(&|row| row == 2)).csv();
        assert_eq!(only, "group: stage,tool,pros\nNo stage,C,unknown\n");
        // A cell knows what is kept now: a rating of later is not that of before.
        let own = vec![crate::catalog::columns::Own { rating: Some(4), shortlisted: false }; 3];
        table.update(&Basis { own: &own, ..basis }, &[0], &shown, 1);
        assert_eq!(table.cell(1, 0), Some("4"));
        shown.folds = Folds { all: true, ..Folds::default() };
        table.fold(&[0], &shown);
        assert_eq!(table.lines, [Group(0), Group(1)]);
    }
}

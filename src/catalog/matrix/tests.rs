//! A small catalog counted by hand.

use super::*;
use crate::catalog::read::{categories, read_entry};
use crate::catalog::words::Layer;

/// Five tools: their names sort as they stand here.
const TOOLS: [&str; 5] = [
    "id = \"a\"\nname = \"A\"\ncategory = \"Store\"\nstages = [\"feature\", \"serve\"]\ntier = 2\n\
     [license]\nclass = \"osi\"\n[[foundation]]\norg = \"CNCF\"\n[[foundation]]\norg = \"LF AI & Data\"\n",
    "id = \"b\"\nname = \"B\"\ncategory = \"Store\"\nalso_in = [\"Server\"]\nstages = [\"serve\"]\ntier = 1\n\
     [license]\nclass = \"open-core\"\n",
    "id = \"c\"\nname = \"C\"\ncategory = \"Server\"\nstages = [\"serve\", \"monitor\"]\ntier = 1\n\
     [license]\nclass = \"osi\"\n[[foundation]]\norg = \"CNCF\"\n[[claim]]\nid = \"x\"\npolarity = \"pro\"\n\
     topic = \"ops\"\ntext = \"T.\"\nstatus = \"draft\"\n",
    "id = \"d\"\nname = \"D\"\nstages = [\"serve\"]\n",
    "id = \"e\"\nname = \"E\"\ncategory = \"Store\"\n[license]\nclass = \"osi\"\n",
];

fn catalog() -> Catalog {
    let text = "[[category]]\nid = \"server\"\nname = \"Server\"\nstage = \"serve\"\n\
                [[category]]\nid = \"store\"\nname = \"Store\"\nstage = \"feature\"\n";
    let entries = TOOLS.iter().map(|text| read_entry(text, "t.toml").unwrap().entry).collect();
    Catalog::new(categories(text, "c.toml").unwrap().0, &[(Layer::Bundled, entries)]).0
}

fn matrix(by: GroupBy, counting: Counting) -> Matrix {
    Matrix::of(&catalog(), &[0, 1, 2, 3, 4], by, counting)
}

/// Each row as its title, the names at feature, serve and monitor, and its total.
fn told(matrix: &Matrix) -> Vec<String> {
    let names = |rows: &[usize]| rows.iter().map(|row| ["A", "B", "C", "D", "E"][*row]).collect::<String>();
    let row = |row: &Row| {
        let cells = [Stage::Feature, Stage::Serve, Stage::Monitor].map(|stage| names(row.at(stage)));
        format!("{}: {} = {}", row.title, cells.join("|"), row.total)
    };
    matrix.rows.iter().map(row).collect()
}

#[test]
fn a_tool_counts_in_all_its_stages_and_once_in_the_total() {
    let by_category = matrix(GroupBy::Category, Counting::All);
    // C has tier 1 and a claim, B tier 1, A tier 2: so are they known. E has no stage, D no category.
    assert_eq!(told(&by_category), ["Store: A|BA| = 3", "Server: |CB|C = 2", "No category: |D| = 1"]);
    assert_eq!(by_category.rows.iter().map(|row| row.is_named).collect::<Vec<_>>(), [true, true, false]);
    assert_eq!((by_category.all, by_category.without_stage, by_category.most), (5, 1, 2));
    let mut totals = [0; 10];
    (totals[Stage::Feature as usize], totals[Stage::Serve as usize], totals[Stage::Monitor as usize]) =
        (1, 4, 1);
    assert_eq!(by_category.totals, totals, "B stands in two rows and counts once");
}

#[test]
fn counting_the_first_stage_leaves_the_further_ones_empty() {
    let first = matrix(GroupBy::Category, Counting::First);
    assert_eq!(told(&first), ["Store: A|B| = 3", "Server: |CB| = 2", "No category: |D| = 1"]);
    assert_eq!(first.totals.iter().sum::<usize>(), 4, "each tool with a stage counts once");
}

#[test]
fn foundations_and_licences_are_rows_too() {
    assert_eq!(
        told(&matrix(GroupBy::Foundation, Counting::All)),
        ["CNCF: A|CA|C = 2", "LF AI & Data: A|A| = 1", "No foundation: |BD| = 3"]
    );
    assert_eq!(
        told(&matrix(GroupBy::License, Counting::All)),
        ["OSI approved: A|CA|C = 3", "Open core: |B| = 1", "Unknown: |D| = 1"]
    );
}

#[test]
fn empty_cells_are_gaps() {
    let of = |rows: &[usize]| Matrix::of(&catalog(), rows, GroupBy::License, Counting::All);
    let one = of(&[2]);
    let gaps: Vec<_> = one.gaps().collect();
    assert_eq!(gaps.len(), 8, "C serves two of ten stages");
    assert!(gaps.contains(&(0, Stage::Train)) && !gaps.contains(&(0, Stage::Serve)));
    let none = of(&[]);
    assert_eq!((none.rows.len(), none.all, none.most, none.gaps().count()), (0, 0, 0, 0));
}

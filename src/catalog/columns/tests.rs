//! Columns against a small catalog whose answers were worked out by hand.

use super::*;
use crate::catalog::{Layer, SortBy, read, sort};

const TOOLS: [&str; 4] = [
    "id = \"alpha\"\nname = \"Alpha\"\nstages = [\"serve\"]\nfirst_release_year = 2020\nkubernetes = true\n\
     languages = [\"Python\", \"C++\"]\n[status]\nstate = \"alive\"\nseen_on = \"2026-10-01\"\n\
     [[claim]]\nid = \"a\"\npolarity = \"pro\"\ntopic = \"ops\"\ntext = \"Runs.\"\nstatus = \"reviewed\"\n\
     reviewed_on = \"2026-09-01\"\nstale_after = \"2026-10-31\"\n\
     [[claim]]\nid = \"b\"\npolarity = \"caveat\"\ntopic = \"ops\"\ntext = \"Sleeps.\"\nstatus = \"reviewed\"\n\
     reviewed_on = \"2026-09-02\"\nstale_after = \"2027-10-31\"\n",
    "id = \"beta\"\nname = \"Beta\"\nstages = [\"collect\"]\nfirst_release_year = 2018\nkubernetes = false\n\
     [license]\nspdx = \"MIT\"\nclass = \"osi\"\n",
    "id = \"gamma\"\nname = \"Gamma\"\nstages = [\"serve\", \"monitor\"]\nfirst_release_year = 2020\n\
     [license]\nspdx = \"Apache-2.0\"\nclass = \"osi\"\n\
     [[relation]]\ntype = \"runs_on\"\ntarget = \"beta\"\n",
    "id = \"delta\"\nname = \"Delta\"\n",
];

fn with<R>(own: &[(&str, Own)], ask: impl FnOnce(&Basis<'_>) -> R) -> R {
    let entry = |text: &&str| read::read_entry(text, "t.toml").unwrap().entry;
    let catalog = Catalog::new(Vec::new(), &[(Layer::Bundled, TOOLS.iter().map(entry).collect())]).0;
    let today = jiff::civil::date(2026, 11, 30);
    let coverage = Coverage::new(&catalog, None, today);
    let kept = |tool: &Tool| own.iter().find(|(id, _)| *id == tool.id.as_str()).map(|(_, own)| *own);
    let own: Vec<Own> = catalog.tools().iter().map(|tool| kept(tool).unwrap_or_default()).collect();
    ask(&Basis { catalog: &catalog, coverage: &coverage, today, own: &own })
}

fn ordered(order: &str) -> Vec<String> {
    let own = [
        ("beta", Own { rating: Some(2), shortlisted: true }),
        ("delta", Own { rating: Some(5), shortlisted: false }),
    ];
    with(&own, |basis| {
        let order: Vec<SortBy> = order.split(',').filter_map(SortBy::parse).collect();
        let mut rows: Vec<usize> = (0..basis.catalog.tools().len()).rev().collect();
        sort(basis, &mut rows, &order);
        rows.iter().map(|row| basis.catalog.tools()[*row].id.to_string()).collect()
    })
}

#[test]
fn several_columns_order_one_after_the_other_and_the_unknown_stays_last() {
    for (order, expected) in [
        ("name", ["alpha", "beta", "delta", "gamma"]),
        ("-name", ["gamma", "delta", "beta", "alpha"]),
        ("stage", ["beta", "alpha", "gamma", "delta"]),
        ("-stage", ["alpha", "gamma", "beta", "delta"]),
        ("first-release", ["beta", "alpha", "gamma", "delta"]),
        ("-first-release", ["alpha", "gamma", "beta", "delta"]),
        ("-first-release,-name", ["gamma", "alpha", "beta", "delta"]),
        ("k8s", ["alpha", "beta", "delta", "gamma"]),
        ("-k8s", ["beta", "alpha", "delta", "gamma"]),
        ("licence", ["gamma", "beta", "alpha", "delta"]),
        ("-licence,name", ["beta", "gamma", "alpha", "delta"]),
        ("relations", ["beta", "gamma", "alpha", "delta"]),
        ("-rating", ["delta", "beta", "alpha", "gamma"]),
        ("shortlisted,-name", ["beta", "gamma", "delta", "alpha"]),
        ("-claims", ["alpha", "beta", "delta", "gamma"]),
    ] {
        assert_eq!(ordered(order), expected, "{order}");
    }
}

#[test]
fn cells_say_what_is_known_and_nothing_else() {
    let own = [("alpha", Own { rating: Some(4), shortlisted: true })];
    with(&own, |basis| {
        let text = |row: usize, column: Column| column.text(basis, row);
        for (column, alpha) in [
            (Column::Name, "Alpha"),
            (Column::Stage, "Serve"),
            (Column::Language, "Python, C++"),
            (Column::Kubernetes, "needed"),
            (Column::Status, "Alive · 2026-10-01"),
            (Column::Seen, "2026-10-01"),
            (Column::FirstRelease, "2020"),
            (Column::Claims, "1 pro, 1 caveat"),
            (Column::Pros, "1"),
            (Column::Cons, "0"),
            (Column::Caveats, "1"),
            (Column::Stale, "1"),
            (Column::Reviewed, "2026-09-02"),
            (Column::Depth, "Partial"),
            (Column::Rating, "4"),
            (Column::Shortlisted, "yes"),
        ] {
            assert_eq!(text(0, column).as_deref(), Some(alpha), "{column:?}");
        }
        // Of the third by name only the name is known, and that nobody judged it.
        for column in Column::ALL {
            let known = [Column::Name, Column::Depth].contains(column);
            assert_eq!(text(2, *column).is_some(), known, "{column:?}: {:?}", text(2, *column));
            assert_eq!(column.rank(basis, 2).is_some(), known, "{column:?}");
        }
    });
}

#[test]
fn every_column_is_read_by_its_word() {
    for column in Column::ALL {
        for descending in [false, true] {
            let by = SortBy { column: *column, descending };
            assert_eq!(SortBy::parse(&by.to_string()), Some(by));
        }
    }
    assert_eq!((SortBy::parse("colour"), SortBy::parse("--name"), SortBy::parse("")), (None, None, None));
}

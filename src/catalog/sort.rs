//! The orders of the tools table: by one column or by several.

use std::cmp::Ordering;

use super::columns::{Basis, Column};

/// A column that the table is ordered by, and its direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SortBy {
    /// The column.
    pub column: Column,
    /// Whether the largest comes first.
    pub descending: bool,
}

impl SortBy {
    /// Reads `claims`, or `-claims` for the largest first; `None` if no column has this name.
    pub fn parse(word: &str) -> Option<Self> {
        let (descending, id) = match word.strip_prefix('-') {
            Some(id) => (true, id),
            None => (false, word),
        };
        Column::from_id(id).map(|column| Self { column, descending })
    }
}

impl std::fmt::Display for SortBy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.descending { "-" } else { "" };
        write!(f, "{sign}{}", self.column.id())
    }
}

/// Orders places in [`Catalog::tools`](super::Catalog::tools) by columns, the first one first.
///
/// What is unknown stays last in both directions, and ties stay in the order of names. Without a column the rows stay as
/// they are.
pub fn sort(basis: &Basis<'_>, rows: &mut Vec<usize>, order: &[SortBy]) {
    if order.is_empty() {
        return;
    }
    let ranks = |row: usize| order.iter().map(|by| by.column.rank(basis, row)).collect::<Vec<_>>();
    let mut ranked: Vec<_> = rows.iter().map(|row| (ranks(*row), *row)).collect();
    ranked.sort_by(|(a, a_row), (b, b_row)| {
        let by_columns = order
            .iter()
            .zip(a.iter().zip(b))
            .map(|(by, (a, b))| compare(a.as_ref(), b.as_ref(), by.descending));
        by_columns.fold(Ordering::Equal, Ordering::then).then(a_row.cmp(b_row))
    });
    rows.clear();
    rows.extend(ranked.into_iter().map(|(_, row)| row));
}

fn compare<T: Ord>(a: Option<&T>, b: Option<&T>, descending: bool) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if descending => b.cmp(a),
        (Some(a), Some(b)) => a.cmp(b),
        (a, b) => a.is_none().cmp(&b.is_none()),
    }
}

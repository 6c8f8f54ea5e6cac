//! The orders of the tools table.

use std::cmp::Ordering;

use super::collection::Catalog;
use super::tool::Tool;

/// A column that the table can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// The name.
    Name,
    /// The first stage, in lifecycle order.
    Stage,
    /// The category.
    Category,
    /// The licence: class, then SPDX expression; unknown ones are empty.
    License,
    /// The first foundation.
    Foundation,
    /// The number of claims.
    Claims,
}

/// Orders places in [`Catalog::tools`] by a column.
///
/// What is empty stays last in both directions, and ties stay in the order of names.
pub fn sort(catalog: &Catalog, rows: &mut [usize], column: Column, ascending: bool) {
    let tools = catalog.tools();
    rows.sort_by(|&a, &b| {
        // The tools lie in the order of their names.
        if column == Column::Name {
            return if ascending { a.cmp(&b) } else { b.cmp(&a) };
        }
        let (Some(x), Some(y)) = (tools.get(a), tools.get(b)) else { return a.cmp(&b) };
        let order = match (is_empty(x, column), is_empty(y, column)) {
            (false, false) if ascending => compare(x, y, column),
            (false, false) => compare(y, x, column),
            (x_empty, y_empty) => x_empty.cmp(&y_empty),
        };
        order.then(a.cmp(&b))
    });
}

fn is_empty(tool: &Tool, column: Column) -> bool {
    match column {
        Column::Name => false,
        Column::Stage => tool.stages.is_empty(),
        Column::Category => tool.category.is_none(),
        Column::License => {
            tool.license.spdx.is_none() && tool.license.class == super::words::LicenseClass::Unknown
        }
        Column::Foundation => tool.foundations.is_empty(),
        Column::Claims => tool.claims.is_empty(),
    }
}

fn compare(a: &Tool, b: &Tool, column: Column) -> Ordering {
    match column {
        Column::Name => a.name.cmp(&b.name),
        Column::Stage => a.stages.first().cmp(&b.stages.first()),
        Column::Category => a.category.cmp(&b.category),
        Column::License => (a.license.class, &a.license.spdx).cmp(&(b.license.class, &b.license.spdx)),
        Column::Foundation => {
            let org = |t: &Tool| t.foundations.first().map(|f| f.org.clone());
            org(a).cmp(&org(b))
        }
        Column::Claims => a.claims.len().cmp(&b.claims.len()),
    }
}

//! Where a cell of a matrix leads: the table, filtered to the tools of the cell.

use crate::address::{LandscapeLocation, LandscapeView, Location};
use crate::catalog::query::{Facet, Value, Wish};
use crate::catalog::{GroupBy, LicenseClass, Stage};

/// The table of the tools at a stage that stand in a row of a matrix, under the filter of `table`; a row without a
/// name holds the tools of which nobody says by what they would be named.
pub(super) fn tools_of(
    table: &LandscapeLocation,
    stage: Stage,
    by: GroupBy,
    name: Option<&String>,
) -> Location {
    let value = match (by, name) {
        (GroupBy::Foundation, name) => {
            Some(Value::Foundation(name.map_or_else(|| Value::NONE.to_owned(), Clone::clone)))
        }
        (GroupBy::Category, name) => {
            Some(Value::Category(name.map_or_else(|| Value::UNKNOWN.to_owned(), Clone::clone)))
        }
        (GroupBy::Language, name) => {
            Some(Value::Language(name.map_or_else(|| Value::UNKNOWN.to_owned(), Clone::clone)))
        }
        (GroupBy::License, Some(name)) => {
            LicenseClass::ALL.iter().copied().find(|class| class.title() == name).map(Value::License)
        }
        _ => None,
    };
    let mut query = table.query.clone();
    let own = value.as_ref().map(Value::facet);
    query.chosen.retain(|chosen, _| chosen.facet() != Facet::Stage && Some(chosen.facet()) != own);
    for value in [Some(Value::Stage(stage)), value].into_iter().flatten() {
        query.chosen.insert(value, Wish::Wanted);
    }
    Location::Landscape(LandscapeLocation {
        view: LandscapeView::Table,
        query,
        ..LandscapeLocation::default()
    })
}

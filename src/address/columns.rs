//! Which columns the tool table has, in which order and width, how many of them stay in sight, and which groups are
//! folded.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use crate::catalog::Column;

/// The least width of a column, in points.
pub const LEAST_WIDTH: u16 = 40;
/// The largest width of a column, in points.
pub const MOST_WIDTH: u16 = 900;

/// A column that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShownColumn {
    /// Which.
    pub column: Column,
    /// Its width in points, [`LEAST_WIDTH`] to [`MOST_WIDTH`]; what fits best if nobody chose one.
    pub width: Option<u16>,
}

/// The columns of the tool table. The name is always among them, and none is there twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToolColumns {
    shown: Vec<ShownColumn>,
    pinned: usize,
}

impl Default for ToolColumns {
    fn default() -> Self {
        let shown = [
            Column::Name,
            Column::Stage,
            Column::Category,
            Column::License,
            Column::Foundation,
            Column::Maturity,
            Column::Claims,
        ];
        Self::of(shown)
    }
}

impl ToolColumns {
    /// These columns in their own widths, the first one pinned.
    pub fn of(columns: impl IntoIterator<Item = Column>) -> Self {
        let mut out = Self { shown: Vec::new(), pinned: 1 };
        columns.into_iter().for_each(|column| out.add(ShownColumn { column, width: None }));
        out.with_name()
    }

    fn add(&mut self, shown: ShownColumn) {
        if !self.has(shown.column) {
            self.shown.push(shown);
        }
    }

    /// A row without a name would say nothing.
    fn with_name(mut self) -> Self {
        if !self.has(Column::Name) {
            self.shown.insert(0, ShownColumn { column: Column::Name, width: None });
        }
        self.pinned = self.pinned.min(self.shown.len());
        self
    }

    /// The columns in their order.
    pub fn shown(&self) -> &[ShownColumn] {
        &self.shown
    }

    /// How many of the first columns stay in sight while the others scroll sideways.
    pub fn pinned(&self) -> usize {
        self.pinned
    }

    /// Where a column stands.
    pub fn position(&self, column: Column) -> Option<usize> {
        self.shown.iter().position(|shown| shown.column == column)
    }

    /// Whether a column is shown.
    pub fn has(&self, column: Column) -> bool {
        self.position(column).is_some()
    }

    /// Shows a column after the others, or hides it; the name cannot be hidden.
    pub fn toggle(&mut self, column: Column) {
        match self.position(column) {
            None => self.shown.push(ShownColumn { column, width: None }),
            Some(_) if column == Column::Name => {}
            Some(at) => {
                self.shown.remove(at);
                self.pinned -= usize::from(at < self.pinned);
            }
        }
    }

    /// Moves a column to before the one that stands at `before`; past the last one to the end.
    pub fn move_before(&mut self, column: Column, before: usize) {
        let Some(at) = self.position(column) else { return };
        let moved = self.shown.remove(at);
        let target = if before > at { before - 1 } else { before };
        self.shown.insert(target.min(self.shown.len()), moved);
    }

    /// Moves a column by one place.
    pub fn step(&mut self, column: Column, to_the_right: bool) {
        let Some(at) = self.position(column) else { return };
        self.move_before(column, if to_the_right { at + 2 } else { at.saturating_sub(1) });
    }

    /// Pins the first `count` columns.
    pub fn pin(&mut self, count: usize) {
        self.pinned = count.min(self.shown.len());
    }

    /// Gives a column a width in points, brought into its range; what fits best with `None`.
    pub fn set_width(&mut self, column: Column, width: Option<u16>) {
        if let Some(at) = self.position(column) {
            self.shown[at].width = width.map(|width| width.clamp(LEAST_WIDTH, MOST_WIDTH));
        }
    }
}

/// `name:220,stage,claims`, and `/2` where not exactly one is pinned.
impl fmt::Display for ToolColumns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, shown) in self.shown.iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            write!(f, "{comma}{}", shown.column.id())?;
            if let Some(width) = shown.width {
                write!(f, ":{width}")?;
            }
        }
        if self.pinned == 1 { Ok(()) } else { write!(f, "/{}", self.pinned) }
    }
}

/// A text that names no columns.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("these are no columns of the table: {0}")]
pub struct ColumnsError(String);

impl FromStr for ToolColumns {
    type Err = ColumnsError;

    fn from_str(text: &str) -> Result<Self, ColumnsError> {
        let wrong = || ColumnsError(text.to_owned());
        let (list, pinned) = text.split_once('/').unwrap_or((text, "1"));
        let mut out = Self { shown: Vec::new(), pinned: pinned.parse().ok().ok_or_else(wrong)? };
        for part in list.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (id, width) = part.split_once(':').map_or((part, None), |(id, width)| (id, Some(width)));
            let column = Column::from_id(id).ok_or_else(wrong)?;
            let width = width.map(|width| width.parse::<u16>().ok().ok_or_else(wrong)).transpose()?;
            out.add(ShownColumn { column, width: width.map(|width| width.clamp(LEAST_WIDTH, MOST_WIDTH)) });
        }
        Ok(out.with_name())
    }
}

/// Which groups of the table are folded: these only, or all but these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folds {
    /// Whether a group that is not named is folded.
    pub all: bool,
    /// The groups of which the opposite is true, by title.
    pub except: BTreeSet<String>,
}

impl Folds {
    /// Whether a group is folded.
    pub fn has(&self, title: &str) -> bool {
        self.all != self.except.contains(title)
    }

    /// Folds or unfolds a group.
    pub fn toggle(&mut self, title: &str) {
        if !self.except.remove(title) {
            self.except.insert(title.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> ToolColumns {
        text.parse().unwrap()
    }

    #[test]
    fn columns_are_written_as_they_are_read() {
        for (text, written) in [
            ("name,stage", "name,stage"),
            ("stage:120,name:300,claims/2", "stage:120,name:300,claims/2"),
            ("claims", "name,claims"),
            ("name,stage,name:90,stage", "name,stage"),
            ("name:1,stage:9999", "name:40,stage:900"),
            ("name,stage/9", "name,stage/2"),
            ("name/0", "name/0"),
            ("", "name"),
        ] {
            assert_eq!(read(text).to_string(), written, "{text}");
            assert_eq!(read(written), read(text), "{text}");
        }
        for wrong in ["name,colour", "name:wide", "name/x", "name:70000", "NAME"] {
            assert!(wrong.parse::<ToolColumns>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn columns_are_shown_hidden_moved_and_pinned() {
        let mut columns = read("name,stage,category,claims/2");
        columns.toggle(Column::Name);
        assert_eq!(columns.to_string(), "name,stage,category,claims/2", "a row needs its name");
        columns.toggle(Column::Stage);
        assert_eq!(columns.to_string(), "name,category,claims", "one of the pinned is gone");
        columns.toggle(Column::Stage);
        assert_eq!(columns.to_string(), "name,category,claims,stage");
        columns.move_before(Column::Stage, 0);
        assert_eq!(columns.to_string(), "stage,name,category,claims");
        columns.move_before(Column::Stage, 3);
        assert_eq!(columns.to_string(), "name,category,stage,claims");
        columns.move_before(Column::Name, 99);
        assert_eq!(columns.to_string(), "category,stage,claims,name");
        for (column, to_the_right, expected) in [
            (Column::Category, false, "category,stage,claims,name"),
            (Column::Category, true, "stage,category,claims,name"),
            (Column::Name, true, "stage,category,claims,name"),
            (Column::Name, false, "stage,category,name,claims"),
        ] {
            columns.step(column, to_the_right);
            assert_eq!(columns.to_string(), expected);
        }
        columns.pin(9);
        columns.set_width(Column::Claims, Some(3));
        assert_eq!(columns.to_string(), "stage,category,name,claims:40/4");
    }

    #[test]
    fn folding_all_and_then_one_more() {
        let mut folds = Folds::default();
        assert!(!folds.has("Serve"));
        folds.toggle("Serve");
        assert!(folds.has("Serve") && !folds.has("Train"));
        folds = Folds { all: true, ..Folds::default() };
        folds.toggle("Serve");
        assert!(!folds.has("Serve") && folds.has("Train"));
        folds.toggle("Serve");
        assert_eq!(folds, Folds { all: true, ..Folds::default() });
    }
}

//! What stands in a column, whatever its type.

use rusqlite::ToSql;
use rusqlite::types::{ToSqlOutput, ValueRef};

/// What stands in a column: an index holds texts and fractions as well, and none is to be looked for twice.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Raw {
    Null,
    Integer(i64),
    Real(f64),
    Text(Vec<u8>),
    Blob(Vec<u8>),
}

impl Raw {
    /// Of a column.
    pub fn of(value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Null => Self::Null,
            ValueRef::Integer(step) => Self::Integer(step),
            ValueRef::Real(step) => Self::Real(step),
            ValueRef::Text(bytes) => Self::Text(bytes.to_vec()),
            ValueRef::Blob(bytes) => Self::Blob(bytes.to_vec()),
        }
    }

    /// SQLite's order of types, and of numbers. Texts only differ: their order is the column's affair.
    pub fn is_before(&self, next: &Self) -> bool {
        let class = |raw: &Self| match raw {
            Self::Null => 0,
            Self::Integer(_) | Self::Real(_) => 1,
            Self::Text(_) => 2,
            Self::Blob(_) => 3,
        };
        match (self, next) {
            (Self::Integer(a), Self::Integer(b)) => a < b,
            (Self::Real(a), Self::Real(b)) => a < b,
            (Self::Integer(a), Self::Real(b)) => (*a as f64) < *b,
            (Self::Real(a), Self::Integer(b)) => *a < *b as f64,
            _ => class(self) < class(next) || (class(self) == class(next) && self != next),
        }
    }
}

impl ToSql for Raw {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(step) => ValueRef::Integer(*step),
            Self::Real(step) => ValueRef::Real(*step),
            Self::Text(bytes) => ValueRef::Text(bytes),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// The bytes of a text; none of a number.
pub(super) fn bytes(value: ValueRef<'_>) -> &[u8] {
    match value {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes,
        ValueRef::Integer(_) | ValueRef::Real(_) | ValueRef::Null => &[],
    }
}

/// Text that need not be UTF-8, and may be NULL.
pub(super) fn text(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Null => String::new(),
    }
}

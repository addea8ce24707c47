//! One statement on SQLite: prepared once, values bound by the number in `$1`, rows read whole.

use std::sync::Arc;

use rusqlite::types::{ToSqlOutput, Value as Stored, ValueRef};
use rusqlite::{CachedStatement, Connection, Result, ToSql};

use crate::store::query::{Query, Value};

/// A row of the answer.
pub struct SqliteRow {
    names: Arc<[String]>,
    values: Vec<Stored>,
}

/// What a column can be read as.
pub trait Cell<'r>: Sized {
    /// `None` where the value is something else.
    fn read(value: &'r Stored) -> Option<Self>;
}

/// So many rows were changed.
pub(in crate::store) fn execute(connection: &Connection, query: &Query) -> Result<u64> {
    let mut statement = bound(connection, query)?;
    let mut rows = statement.raw_query();
    while rows.next()?.is_some() {}
    Ok(connection.changes())
}

pub(in crate::store) fn fetch(connection: &Connection, query: &Query) -> Result<Vec<SqliteRow>> {
    let mut statement = bound(connection, query)?;
    let names: Arc<[String]> = statement.column_names().into_iter().map(str::to_owned).collect();
    let (mut rows, mut read) = (statement.raw_query(), Vec::new());
    while let Some(row) = rows.next()? {
        let values = (0..names.len()).map(|column| row.get(column)).collect::<Result<_>>()?;
        read.push(SqliteRow { names: Arc::clone(&names), values });
    }
    Ok(read)
}

fn bound<'c>(connection: &'c Connection, query: &Query) -> Result<CachedStatement<'c>> {
    let mut statement = connection.prepare_cached(query.text())?;
    for place in 1..=statement.parameter_count() {
        // SQLite counts parameters as they appear; ours are numbered.
        let number = statement.parameter_name(place).and_then(|name| name.strip_prefix('$')?.parse::<usize>().ok());
        let value = number.and_then(|number| query.values().get(number.checked_sub(1)?));
        let value = value.ok_or(rusqlite::Error::InvalidParameterCount(query.values().len(), place))?;
        statement.raw_bind_parameter(place, value)?;
    }
    Ok(statement)
}

impl ToSql for Value {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Text(Some(text)) => ValueRef::Text(text.as_bytes()),
            Self::Number(Some(number)) => ValueRef::Integer(*number),
            Self::Text(None) | Self::Number(None) => ValueRef::Null,
        }))
    }
}

impl SqliteRow {
    pub(in crate::store) fn get<'r, T: Cell<'r>>(&'r self, column: &str) -> Result<T> {
        let place = self.names.iter().position(|name| name == column);
        let place = place.ok_or_else(|| rusqlite::Error::InvalidColumnName(column.to_owned()))?;
        let value = &self.values[place];
        T::read(value).ok_or_else(|| rusqlite::Error::InvalidColumnType(place, column.to_owned(), value.data_type()))
    }
}

impl<'r> Cell<'r> for i64 {
    fn read(value: &'r Stored) -> Option<Self> {
        if let Stored::Integer(number) = value { Some(*number) } else { None }
    }
}

impl<'r> Cell<'r> for &'r str {
    fn read(value: &'r Stored) -> Option<Self> {
        if let Stored::Text(text) = value { Some(text) } else { None }
    }
}

impl<'r> Cell<'r> for String {
    fn read(value: &'r Stored) -> Option<Self> {
        <&str>::read(value).map(str::to_owned)
    }
}

impl<'r, T: Cell<'r>> Cell<'r> for Option<T> {
    fn read(value: &'r Stored) -> Option<Self> {
        if matches!(value, Stored::Null) { Some(None) } else { T::read(value).map(Some) }
    }
}

//! One statement for both engines: SQL text with `$1`, values that are text, numbers or null, and rows read by column name.

use std::borrow::Cow;

use sqlx::postgres::{PgArguments, PgRow};
use sqlx::query::Query as Statement;
use sqlx::{Arguments as _, AssertSqlSafe, Decode, Postgres, Row as _, Type};

use super::StoreError;
use super::connection::On;
use super::sqlite::{Cell, SqliteRow};

/// A statement: `sql("… WHERE id = $1").bind(id).fetch_all(on)`.
#[derive(Debug)]
pub struct Query {
    text: Cow<'static, str>,
    values: Vec<Value>,
}

/// What the schema holds. Times are numbers, ids and words are text, flags are 0 or 1.
#[derive(Clone)]
pub enum Value {
    Text(Option<String>),
    Number(Option<i64>),
}

/// The text is written in the program, never made from what somebody typed.
pub fn sql(text: &'static str) -> Query {
    Query { text: Cow::Borrowed(text), values: Vec::new() }
}

impl Query {
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// More text, where a statement's shape depends on what is asked.
    pub fn push(&mut self, text: &'static str) -> &mut Self {
        self.text.to_mut().push_str(text);
        self
    }

    /// The value and its `$n`.
    pub fn push_bind(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        let place = format!("${}", self.values.len());
        self.text.to_mut().push_str(&place);
        self
    }

    /// The values as `IN` wants them: `($2, $3)`. At least one.
    pub fn push_list(&mut self, values: impl IntoIterator<Item = impl Into<Value>>) -> &mut Self {
        for (place, value) in values.into_iter().enumerate() {
            self.push(if place == 0 { "(" } else { ", " }).push_bind(value);
        }
        self.push(")")
    }

    /// So many rows were changed.
    pub async fn execute(self, on: impl Into<On<'_>>) -> Result<u64, StoreError> {
        match on.into() {
            On::Connection(connection) => connection.execute(self).await,
            On::Any(connections) => connections.acquire().await?.execute(self).await,
        }
    }

    pub async fn fetch_all(self, on: impl Into<On<'_>>) -> Result<Vec<Row>, StoreError> {
        match on.into() {
            On::Connection(connection) => connection.fetch(self).await,
            On::Any(connections) => connections.acquire().await?.fetch(self).await,
        }
    }

    pub async fn fetch_optional(self, on: impl Into<On<'_>>) -> Result<Option<Row>, StoreError> {
        Ok(self.fetch_all(on).await?.into_iter().next())
    }

    pub async fn fetch_one(self, on: impl Into<On<'_>>) -> Result<Row, StoreError> {
        self.fetch_optional(on).await?.ok_or(StoreError::Sql(sqlx::Error::RowNotFound))
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn values(&self) -> &[Value] {
        &self.values
    }

    /// As PostgreSQL's driver wants it.
    pub(super) fn statement(self) -> Result<Statement<'static, Postgres, PgArguments>, StoreError> {
        let mut arguments = PgArguments::default();
        for value in self.values {
            let added = match value {
                Value::Text(text) => arguments.add(text),
                Value::Number(number) => arguments.add(number),
            };
            added.map_err(sqlx::Error::Encode)?;
        }
        Ok(sqlx::query_with(AssertSqlSafe(self.text), arguments))
    }
}

impl std::fmt::Debug for Value {
    /// Values name people.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Value(…)")
    }
}

impl From<&str> for Value {
    /// PostgreSQL's text cannot hold U+0000, so nothing is stored with it, and a search for it finds nothing, on both engines.
    fn from(text: &str) -> Self {
        Self::Text(Some(text.replace('\0', "\u{fffd}")))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        if text.contains('\0') { text.as_str().into() } else { Self::Text(Some(text)) }
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<Option<&str>> for Value {
    fn from(text: Option<&str>) -> Self {
        text.map_or(Self::Text(None), Self::from)
    }
}

impl From<&Option<String>> for Value {
    fn from(text: &Option<String>) -> Self {
        text.as_deref().into()
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(Some(number))
    }
}

impl From<Option<i64>> for Value {
    fn from(number: Option<i64>) -> Self {
        Self::Number(number)
    }
}

/// A row of either engine.
pub enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    pub(super) fn all<R>(rows: Vec<R>, wrap: fn(R) -> Self) -> Vec<Self> {
        rows.into_iter().map(wrap).collect()
    }

    /// The column's value: `String`, `&str`, `i64`, or an `Option` of them.
    pub fn get<'r, T>(&'r self, column: &str) -> Result<T, StoreError>
    where
        T: Cell<'r> + Decode<'r, Postgres> + Type<Postgres>,
    {
        Ok(match self {
            Self::Sqlite(row) => row.get(column)?,
            Self::Postgres(row) => row.try_get(column)?,
        })
    }
}

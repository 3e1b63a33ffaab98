//! Between rows and values.

use domain::time::Timestamp;
use sea_orm::{QueryResult, TryGetable, Value};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::StorageError;

/// Reads a column.
pub(crate) fn get<T: TryGetable>(row: &QueryResult, column: &str) -> Result<T, StorageError> {
    row.try_get_by(column).map_err(|e| StorageError::Refused(e.to_string()))
}

/// Reads an instant.
pub(crate) fn instant(row: &QueryResult, column: &str) -> Result<Timestamp, StorageError> {
    domain::time::from_micros(get(row, column)?).ok_or(StorageError::Corrupt("instant"))
}

/// Reads an instant that may be missing.
pub(crate) fn maybe_instant(row: &QueryResult, column: &str) -> Result<Option<Timestamp>, StorageError> {
    get::<Option<i64>>(row, column)?
        .map(|m| domain::time::from_micros(m).ok_or(StorageError::Corrupt("instant")))
        .transpose()
}

/// Reads a number that is kept as a `BIGINT`.
pub(crate) fn number<T: TryFrom<i64>>(row: &QueryResult, column: &str) -> Result<T, StorageError> {
    T::try_from(get::<i64>(row, column)?).map_err(|_| StorageError::Corrupt("number"))
}

/// Reads a word of one of our enums.
pub(crate) fn word<T>(row: &QueryResult, column: &str, read: impl Fn(&str) -> Option<T>) -> Result<T, StorageError> {
    read(&get::<String>(row, column)?).ok_or(StorageError::Corrupt("word"))
}

/// Reads a JSON value.
pub(crate) fn json<T: DeserializeOwned>(row: &QueryResult, column: &str) -> Result<T, StorageError> {
    serde_json::from_str(&get::<String>(row, column)?).map_err(|_| StorageError::Corrupt("json"))
}

/// Writes a JSON value.
pub(crate) fn to_json<T: serde::Serialize>(value: &T) -> Result<String, StorageError> {
    serde_json::to_string(value).map_err(|_| StorageError::Corrupt("json"))
}

/// An instant as a value.
pub(crate) fn at(t: Timestamp) -> Value {
    domain::time::to_micros(t).into()
}

/// An instant that may be missing, as a value.
pub(crate) fn maybe_at(t: Option<Timestamp>) -> Value {
    t.map(domain::time::to_micros).into()
}

/// Collects the values of a statement and hands out their placeholders.
#[derive(Debug, Default)]
pub(crate) struct Values(Vec<Value>);

impl Values {
    /// Adds a value; gives its placeholder.
    pub(crate) fn push(&mut self, value: impl Into<Value>) -> String {
        self.0.push(value.into());
        format!("${}", self.0.len())
    }

    /// Adds several; gives `$n, $m, …`.
    pub(crate) fn list(&mut self, ids: impl IntoIterator<Item = Uuid>) -> String {
        let marks: Vec<String> = ids.into_iter().map(|id| self.push(id)).collect();
        if marks.is_empty() { "NULL".to_owned() } else { marks.join(", ") }
    }

    /// Adds one row of values; gives `($n, $m, …)`.
    pub(crate) fn row(&mut self, values: impl IntoIterator<Item = Value>) -> String {
        let marks: Vec<String> = values.into_iter().map(|v| self.push(v)).collect();
        format!("({})", marks.join(", "))
    }

    /// The values.
    pub(crate) fn into_vec(self) -> Vec<Value> {
        self.0
    }
}

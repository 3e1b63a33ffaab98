//! Which column is which field, and which columns are left out.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::field::Field;
use crate::header;

/// How sure a match is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Known once a remark in brackets is left out: please look.
    Likely,
    /// One of the known words.
    Certain,
    /// Chosen by a person.
    Chosen,
}

/// Why a column does not leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DropReason {
    /// Compared with other columns, then dropped: id number and its kind, entry month.
    CheckedOnly,
    /// Never taken in: ethnicity, address, income, health …
    Never,
    /// Another column names the same field better.
    Duplicate,
    /// Nothing known.
    Unknown,
    /// A person decided so.
    LeftOut,
}

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its letters in the file, such as `C`.
    pub letters: String,
    /// Its header; a repeated one carries `#2`, `#3` …
    pub header: String,
    /// The field, if any.
    pub field: Option<Field>,
    /// How sure the match is, if any.
    pub confidence: Option<Confidence>,
    /// Why nothing of it leaves, if so.
    pub dropped: Option<DropReason>,
    #[serde(skip)]
    pub(crate) index: usize,
    #[serde(skip)]
    pub(crate) holds_ids: bool,
}

/// A column of which nothing leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DroppedColumn {
    /// Its letters in the file.
    pub letters: String,
    /// Its header.
    pub header: String,
    /// Why.
    pub reason: DropReason,
}

/// The columns of a table, matched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Columns {
    pub(crate) columns: Vec<Column>,
}

/// Why a choice is refused. `Display` is the English message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum OverrideError {
    /// No column has this header or these letters.
    #[error("the file has no such column")]
    NoSuchColumn,
    /// The column is one that is never taken in.
    #[error("this column is never taken in")]
    Never,
    /// The column holds id numbers: it can be checked or left out, and nothing else.
    #[error("a column of id numbers can only be checked or left out")]
    IdNumberOnly,
}

impl OverrideError {
    /// Stable, `snake_case`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NoSuchColumn => "column_unknown",
            Self::Never => "column_never_imported",
            Self::IdNumberOnly => "column_of_id_numbers",
        }
    }

    /// The Chinese message.
    #[must_use]
    pub fn zh(self) -> &'static str {
        match self {
            Self::NoSuchColumn => "文件里没有这一列",
            Self::Never => "这一列属于不收集的信息，不能导入",
            Self::IdNumberOnly => "身份证号一列只能用于核对，或不导入",
        }
    }
}

impl Columns {
    /// All columns with a header, from left to right.
    #[must_use]
    pub fn all(&self) -> &[Column] {
        &self.columns
    }

    /// The column of a field.
    #[must_use]
    pub fn of(&self, field: Field) -> Option<&Column> {
        self.columns.iter().find(|c| c.field == Some(field))
    }

    /// The columns of which nothing leaves, with the reason.
    #[must_use]
    pub fn dropped(&self) -> Vec<DroppedColumn> {
        let dropped = self.columns.iter().filter_map(|c| {
            c.dropped.map(|reason| DroppedColumn { letters: c.letters.clone(), header: c.header.clone(), reason })
        });
        dropped.collect()
    }

    /// A person's choice: the column with this header (or these letters) is this field, or is left out. Another
    /// column that was this field becomes a duplicate.
    ///
    /// # Errors
    /// There is no such column, it is one that is never taken in, or it holds id numbers.
    pub fn with_override(mut self, header: &str, field: Option<Field>) -> Result<Self, OverrideError> {
        let by_header = self.columns.iter().position(|c| c.header == header);
        let at = by_header.or_else(|| {
            let key = header::key(header);
            let by_key = self.columns.iter().position(|c| !key.is_empty() && header::key(&c.header) == key);
            by_key.or_else(|| self.columns.iter().position(|c| c.letters.eq_ignore_ascii_case(header)))
        });
        let at = at.ok_or(OverrideError::NoSuchColumn)?;
        if field.is_some() && self.columns.get(at).is_some_and(|c| c.dropped == Some(DropReason::Never)) {
            return Err(OverrideError::Never);
        }
        let ids = self.columns.get(at).is_some_and(|c| c.holds_ids);
        if ids && field.is_some_and(|f| f != Field::IdNumber) {
            return Err(OverrideError::IdNumberOnly);
        }
        for (index, column) in self.columns.iter_mut().enumerate() {
            if index == at {
                column.field = field;
                column.confidence = field.map(|_| Confidence::Chosen);
                column.dropped = match (field, column.dropped) {
                    (Some(field), _) => checked_only(field),
                    (None, Some(DropReason::Never)) => Some(DropReason::Never),
                    (None, _) => Some(DropReason::LeftOut),
                };
            } else if field.is_some() && column.field == field {
                column.field = None;
                column.confidence = None;
                column.dropped = Some(DropReason::Duplicate);
            }
        }
        Ok(self)
    }
}

/// What is compared and then dropped.
pub(crate) fn checked_only(field: Field) -> Option<DropReason> {
    [Field::IdNumber, Field::IdKind, Field::EntryMonth].contains(&field).then_some(DropReason::CheckedOnly)
}

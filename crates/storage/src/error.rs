//! What can go wrong here, by what the caller can do about it.

use sea_orm::{DbErr, SqlErr};

/// An error of storage.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The database did not take it, or could not be reached. Nothing was kept.
    #[error("the database refused: {0}")]
    Refused(String),
    /// Somebody else changed it first.
    #[error("it was changed by somebody else in the meantime")]
    Stale,
    /// Something with the same key is there already.
    #[error("it is there already")]
    Exists,
    /// A stored row does not parse.
    #[error("a stored row does not parse: {0}")]
    Corrupt(&'static str),
    /// The database was written by a newer program.
    #[error("the database is newer than this program: it knows the step {0:?}, and this program does not")]
    Newer(String),
    /// The library underneath is not fit.
    #[error("{0}")]
    Unfit(String),
}

impl From<DbErr> for StorageError {
    fn from(err: DbErr) -> Self {
        match err.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Self::Exists,
            _ => Self::Refused(err.to_string()),
        }
    }
}

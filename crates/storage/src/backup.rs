//! Copies of a whole database, and what is asked of one before it takes the place of another. PostgreSQL has its own
//! tools for the copying; what is asked afterwards is the same.

use std::path::Path;

use domain::time::Timestamp;
use migrations::{Migrate, Migrator};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

use crate::connect::sqlite;
use crate::row::{get, maybe_instant};
use crate::{StorageError, Tx};

/// What a copy holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holdings {
    /// The newest step of its schema.
    pub schema: String,
    /// How many students.
    pub students: i64,
    /// How many observations.
    pub observations: i64,
    /// How many alerts, open or closed.
    pub alerts: i64,
    /// When the deadlines in it were last looked at, by the clock of the machine.
    pub last_tick: Option<Timestamp>,
}

/// Writes a copy of an SQLite database as it stands at one instant; writers go on meanwhile.
///
/// # Errors
/// When it cannot be read, or the copy cannot be written.
pub async fn copy_sqlite(file: &Path, to: &Path) -> Result<(), StorageError> {
    let db = Database::connect(sqlite(file, true, 1)).await?;
    let to = to.to_str().ok_or_else(|| StorageError::Unfit("the name of the file is not UTF-8".to_owned()))?;
    let copied = db.execute_raw(Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO $1", [to.into()])).await;
    db.close().await?;
    Ok(copied.map(|_| ())?)
}

/// Looks through an SQLite file page by page, and says what is in it.
///
/// # Errors
/// When it is no such database, is damaged, or was written by a newer program.
pub async fn examine_sqlite(file: &Path) -> Result<Holdings, StorageError> {
    let db = Database::connect(format!("sqlite://{}?mode=ro", file.display())).await?;
    let held = async {
        let row = one(&db, "PRAGMA integrity_check").await?;
        let said: String = get(&row, "integrity_check")?;
        if said != "ok" {
            return Err(StorageError::Unfit(format!("the copy is damaged: {said}")));
        }
        held(&db).await
    };
    let held = held.await;
    db.close().await?;
    held
}

/// Says what is in a database, without changing its schema.
///
/// # Errors
/// When it cannot be read, holds no schema of ours, or was written by a newer program.
pub async fn examine_url(url: &str) -> Result<Holdings, StorageError> {
    let db = Database::connect(url).await?;
    let held = held(&db).await;
    db.close().await?;
    held
}

async fn held(db: &DatabaseConnection) -> Result<Holdings, StorageError> {
    let (known, steps) = (migrations::known(), Migrator::get_migration_models(db).await?);
    if let Some(stranger) = steps.iter().find(|m| !known.contains(&m.version.as_str())) {
        return Err(StorageError::Newer(stranger.version.clone()));
    }
    let schema = steps.last().map(|m| m.version.clone());
    let schema = schema.ok_or_else(|| StorageError::Unfit("it holds no database of this service".to_owned()))?;
    let row = one(
        db,
        "SELECT (SELECT COUNT(*) FROM student) AS students, (SELECT COUNT(*) FROM observation) AS observations, \
         (SELECT COUNT(*) FROM alert) AS alerts, \
         (SELECT MAX(at) FROM heartbeat WHERE name = 'tick') AS last_tick",
    )
    .await?;
    Ok(Holdings {
        schema,
        students: get(&row, "students")?,
        observations: get(&row, "observations")?,
        alerts: get(&row, "alerts")?,
        last_tick: maybe_instant(&row, "last_tick")?,
    })
}

async fn one(db: &DatabaseConnection, sql: &str) -> Result<sea_orm::QueryResult, StorageError> {
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    row.ok_or_else(|| StorageError::Unfit("it holds no database of this service".to_owned()))
}

impl Tx {
    /// Ends every session: whoever was signed in when a backup was made is not signed in when it is put back.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn end_every_session(&mut self) -> Result<u64, StorageError> {
        self.run("DELETE FROM session", Vec::new()).await
    }
}

//! Transactions as values, and reading.

use std::sync::Arc;

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, QueryResult, Statement, TransactionTrait,
    Value,
};
use tokio::sync::{OwnedSemaphorePermit, oneshot};

use crate::StorageError;
use crate::connect::{ACQUIRE_TIMEOUT, Backend, Inner};
use crate::mishap::{Deed, Mishaps, Moment, meet};
use crate::writer::Returned;

/// A transaction. Dropped without a commit, it leaves nothing behind.
pub struct Tx {
    txn: Option<DatabaseTransaction>,
    back: Option<oneshot::Sender<Returned>>,
    inner: Arc<Inner>,
    fills_outbox: bool,
    deed: Deed,
    _room: Option<OwnedSemaphorePermit>,
}

impl std::fmt::Debug for Tx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tx")
    }
}

impl Tx {
    pub(crate) async fn begin(inner: Arc<Inner>) -> Result<Self, StorageError> {
        meet(inner.mishaps.as_deref(), Moment::Begin)?;
        let (txn, back, room) = match &inner.backend {
            Backend::Sqlite { writer, .. } => {
                let grant = writer.grant().await?;
                (grant.txn, Some(grant.back), None)
            }
            Backend::Postgres { pool, room } => {
                let turn = tokio::time::timeout(ACQUIRE_TIMEOUT, Arc::clone(room).acquire_owned()).await;
                let room = turn.map_err(|_| refused("every connection is taken"))?;
                let room = room.map_err(|_| refused("the pool is closed"))?;
                #[expect(clippy::disallowed_methods, reason = "this is the one place that begins")]
                let txn = pool.begin().await?;
                (txn, None, Some(room))
            }
        };
        Ok(Self { txn: Some(txn), back, inner, fills_outbox: false, deed: Deed::Other, _room: room })
    }

    /// Reads inside the transaction.
    ///
    /// # Errors
    /// When the transaction is over; it cannot be while this value lives.
    pub fn read(&self) -> Result<Read<'_>, StorageError> {
        Ok(Read(Place::Tx(self.txn()?), self.inner.mishaps.as_deref()))
    }

    /// Makes what was written durable. The answer comes after the database's own commit.
    ///
    /// # Errors
    /// When the database refuses; then nothing was kept.
    pub async fn commit(mut self) -> Result<(), StorageError> {
        meet(self.inner.mishaps.as_deref(), Moment::Commit(self.deed))?;
        if self.fills_outbox && self.back.is_none() {
            self.txn()?.execute_unprepared("NOTIFY xindeng_outbox").await?;
        }
        let Some(txn) = self.txn.take() else { return Err(over()) };
        match self.back.take() {
            Some(back) => {
                let (receipt, kept) = oneshot::channel();
                back.send(Returned::Commit(txn, receipt)).map_err(|_| over())?;
                kept.await.map_err(|_| over())??;
            }
            None => txn.commit().await?,
        }
        meet(self.inner.mishaps.as_deref(), Moment::Kept(self.deed))?;
        if self.fills_outbox {
            self.inner.outbox.notify_waiters();
        }
        Ok(())
    }

    /// Says that the outbox has something new: workers are woken by the commit.
    pub(crate) fn fills_outbox(&mut self) {
        self.fills_outbox = true;
    }

    /// Says what this transaction does, for whoever looks at where it is cut off.
    pub(crate) fn does(&mut self, deed: Deed) {
        self.deed = deed;
    }

    /// Runs a statement; gives how many rows it changed.
    pub(crate) async fn run(&self, sql: &str, values: Vec<Value>) -> Result<u64, StorageError> {
        meet(self.inner.mishaps.as_deref(), Moment::Writing)?;
        let txn = self.txn()?;
        let statement = Statement::from_sql_and_values(txn.get_database_backend(), sql, values);
        Ok(txn.execute_raw(statement).await?.rows_affected())
    }

    /// On PostgreSQL, waits for everybody else who works on the same subject; on SQLite there is one writer anyway.
    pub(crate) async fn alone_with(&self, subject: uuid::Uuid) -> Result<(), StorageError> {
        if self.back.is_none() {
            self.run("SELECT pg_advisory_xact_lock($1)", vec![lock(subject).into()]).await?;
        }
        Ok(())
    }

    /// The same without waiting: says whether nobody else works on the subject.
    pub(crate) async fn try_alone_with(&self, subject: uuid::Uuid) -> Result<bool, StorageError> {
        if self.back.is_some() {
            return Ok(true);
        }
        let sql = "SELECT pg_try_advisory_xact_lock($1) AS got";
        let row = self.read()?.one(sql, vec![lock(subject).into()]).await?;
        row.map_or(Ok(false), |r| crate::row::get(&r, "got"))
    }

    /// How a claim skips rows that another worker holds; SQLite has one writer and needs no such word.
    pub(crate) fn skip_locked(&self) -> &'static str {
        if self.back.is_none() { " FOR UPDATE SKIP LOCKED" } else { "" }
    }

    /// How a row is held until the end of the transaction; SQLite has one writer and needs no such word.
    pub(crate) fn held(&self) -> &'static str {
        if self.back.is_none() { " FOR UPDATE" } else { "" }
    }

    fn txn(&self) -> Result<&DatabaseTransaction, StorageError> {
        self.txn.as_ref().ok_or_else(over)
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        if let (Some(txn), Some(back)) = (self.txn.take(), self.back.take()) {
            drop(back.send(Returned::Rollback(txn)));
        }
    }
}

/// The number under which PostgreSQL locks a subject.
fn lock(subject: uuid::Uuid) -> i64 {
    i64::from_be_bytes(subject.as_u128().to_be_bytes().last_chunk::<8>().copied().unwrap_or_default())
}

fn over() -> StorageError {
    refused("the transaction was lost")
}

fn refused(why: &str) -> StorageError {
    StorageError::Refused(why.to_owned())
}

enum Place<'a> {
    Pool(&'a DatabaseConnection),
    Tx(&'a DatabaseTransaction),
}

/// Something that can be read from: the pool of readers, or a transaction.
pub struct Read<'a>(Place<'a>, Option<&'a dyn Mishaps>);

impl std::fmt::Debug for Read<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Read")
    }
}

impl<'a> Read<'a> {
    pub(crate) fn of(pool: &'a DatabaseConnection, mishaps: Option<&'a dyn Mishaps>) -> Self {
        Self(Place::Pool(pool), mishaps)
    }

    pub(crate) async fn all(&self, sql: &str, values: Vec<Value>) -> Result<Vec<QueryResult>, StorageError> {
        meet(self.1, Moment::Reading)?;
        let statement = Statement::from_sql_and_values(self.backend(), sql, values);
        Ok(match self.0 {
            Place::Pool(db) => db.query_all_raw(statement).await?,
            Place::Tx(db) => db.query_all_raw(statement).await?,
        })
    }

    pub(crate) async fn one(&self, sql: &str, values: Vec<Value>) -> Result<Option<QueryResult>, StorageError> {
        meet(self.1, Moment::Reading)?;
        let statement = Statement::from_sql_and_values(self.backend(), sql, values);
        Ok(match self.0 {
            Place::Pool(db) => db.query_one_raw(statement).await?,
            Place::Tx(db) => db.query_one_raw(statement).await?,
        })
    }

    pub(crate) fn backend(&self) -> DbBackend {
        match self.0 {
            Place::Pool(db) => db.get_database_backend(),
            Place::Tx(db) => db.get_database_backend(),
        }
    }
}

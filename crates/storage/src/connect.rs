//! Opening a database: the only place that asks which one it is.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use migrations::{Migrate, Migrator};
use sea_orm::sqlx::Connection;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use tokio::sync::{Notify, Semaphore};

use crate::StorageError;
use crate::mishap::Mishaps;
use crate::tx::{Read, Tx};
use crate::writer::{self, Writer};

const SQLITE_READERS: u32 = 4;
/// The longest that anybody waits for a connection, or for a turn at one.
pub(crate) const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);
const SQLITE_BUSY_MS: &str = "5000";
/// The longest that a transaction on PostgreSQL waits for a lock, and the longest that it may hold one without a word: the
/// server ends the transaction of a process that was frozen, so that the others can go on.
const POSTGRES_PATIENCE: [(&str, &str); 2] = [("lock_timeout", "5s"), ("idle_in_transaction_session_timeout", "5s")];
/// A connection that has lain idle for longer is tried before it is used.
const POSTGRES_IDLE: Duration = Duration::from_secs(1);
/// Older versions can lose a committed transaction when a WAL is reset.
const SQLITE_OLDEST: (u32, u32, u32) = (3, 51, 3);

/// Where the data is.
#[derive(Debug, Clone)]
pub enum Target {
    /// A file on this machine.
    Sqlite {
        /// The file.
        file: PathBuf,
        /// Whether several transactions share one commit.
        group_commit: bool,
    },
    /// A PostgreSQL server.
    Postgres {
        /// `postgres://…`
        url: String,
        /// The most connections.
        connections: u32,
    },
}

#[derive(Clone)]
pub(crate) enum Backend {
    Sqlite { writer: Writer, readers: DatabaseConnection },
    Postgres { pool: DatabaseConnection, room: Arc<Semaphore> },
}

pub(crate) struct Inner {
    pub(crate) backend: Backend,
    pub(crate) outbox: Arc<Notify>,
    pub(crate) mishaps: Option<Arc<dyn Mishaps>>,
}

/// An open database.
#[derive(Clone)]
pub struct Storage {
    pub(crate) inner: Arc<Inner>,
    target: Target,
}

impl std::fmt::Debug for Storage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Storage")
    }
}

impl Storage {
    /// Opens the database and brings its schema up to date.
    ///
    /// # Errors
    /// When it cannot be opened, is newer than this program, or the library underneath is too old.
    pub async fn open(target: &Target) -> Result<Self, StorageError> {
        match target {
            Target::Sqlite { file, group_commit } => {
                let main = Database::connect(sqlite(file, true, 1)).await?;
                check_sqlite(&main).await?;
                up_to_date(&main).await?;
                let readers = Database::connect(sqlite(file, false, SQLITE_READERS)).await?;
                let backend = Backend::Sqlite { writer: writer::start(main, *group_commit), readers };
                Ok(Self::of(backend, Arc::default(), target))
            }
            Target::Postgres { url, connections } => {
                let pool = Database::connect(postgres(url, *connections)).await?;
                up_to_date(&pool).await?;
                Ok(Self::of(pooled(pool, *connections), Arc::default(), target))
            }
        }
    }

    /// Connections of one's own to the same database, made on the runtime that asks: nobody who works on the first ones
    /// can keep their user waiting. On SQLite only the readers are new: there is one writer in a process, and it serves
    /// whoever works beside the others first.
    ///
    /// # Errors
    /// When they cannot be made.
    pub async fn beside(&self, connections: u32) -> Result<Self, StorageError> {
        let backend = match (&self.target, &self.inner.backend) {
            (Target::Sqlite { file, .. }, Backend::Sqlite { writer, .. }) => {
                let readers = Database::connect(sqlite(file, false, connections)).await?;
                Backend::Sqlite { writer: writer.going_first(), readers }
            }
            (Target::Postgres { url, .. }, _) => {
                pooled(Database::connect(postgres(url, connections)).await?, connections)
            }
            (Target::Sqlite { .. }, Backend::Postgres { .. }) => {
                return Err(StorageError::Unfit("the target is not the database's".to_owned()));
            }
        };
        Ok(Self::of(backend, Arc::clone(&self.inner.outbox), &self.target).amid(self.inner.mishaps.clone()))
    }

    /// The same database, to which mishaps befall: for trials.
    #[must_use]
    pub fn among(&self, mishaps: Arc<dyn Mishaps>) -> Self {
        self.clone().amid(Some(mishaps))
    }

    fn amid(self, mishaps: Option<Arc<dyn Mishaps>>) -> Self {
        let (backend, outbox) = (self.inner.backend.clone(), Arc::clone(&self.inner.outbox));
        Self { inner: Arc::new(Inner { backend, outbox, mishaps }), target: self.target }
    }

    fn of(backend: Backend, outbox: Arc<Notify>, target: &Target) -> Self {
        Self { inner: Arc::new(Inner { backend, outbox, mishaps: None }), target: target.clone() }
    }

    /// Begins to write. Nothing is kept until the commit.
    ///
    /// # Errors
    /// When the database cannot take a transaction now.
    pub async fn begin(&self) -> Result<Tx, StorageError> {
        Tx::begin(Arc::clone(&self.inner)).await
    }

    /// Reads, without waiting for any writer.
    #[must_use]
    pub fn read(&self) -> Read<'_> {
        let mishaps = self.inner.mishaps.as_deref();
        match &self.inner.backend {
            Backend::Sqlite { readers, .. } => Read::of(readers, mishaps),
            Backend::Postgres { pool, .. } => Read::of(pool, mishaps),
        }
    }

    /// Resolves when something is put into the outbox. Enabled before one looks, it misses nothing.
    pub fn outbox_filled(&self) -> tokio::sync::futures::Notified<'_> {
        self.inner.outbox.notified()
    }

    /// Passes on what other processes put into the outbox, for ever: their commits wake this process too.
    /// Returns at once on SQLite, where there is one process.
    ///
    /// # Errors
    /// When the connection breaks; the caller calls again, and polling is the guarantee meanwhile.
    pub async fn pass_on_wakes(&self) -> Result<(), StorageError> {
        let Target::Postgres { url, .. } = &self.target else { return Ok(()) };
        let refused = |e: sea_orm::sqlx::Error| StorageError::Refused(e.to_string());
        let mut listener = sea_orm::sqlx::postgres::PgListener::connect(url).await.map_err(refused)?;
        listener.listen("xindeng_outbox").await.map_err(refused)?;
        loop {
            listener.recv().await.map_err(refused)?;
            self.inner.outbox.notify_waiters();
        }
    }

    /// Whether several processes may share this database.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        matches!(self.target, Target::Postgres { .. })
    }

    /// Answers when the database can be read.
    ///
    /// # Errors
    /// When it cannot.
    pub async fn ping(&self) -> Result<(), StorageError> {
        self.read().one("SELECT 1 AS one", vec![]).await.map(|_| ())
    }
}

fn pooled(pool: DatabaseConnection, connections: u32) -> Backend {
    let room = Arc::new(Semaphore::new(usize::try_from(connections).unwrap_or(1)));
    Backend::Postgres { pool, room }
}

pub(crate) fn sqlite(file: &std::path::Path, write: bool, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rwc", file.display()));
    quiet(&mut options, connections);
    options.min_connections(1).idle_timeout(None).max_lifetime(None);
    options.map_sqlx_sqlite_opts(move |o| {
        let o = o
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "FULL")
            .pragma("busy_timeout", SQLITE_BUSY_MS)
            .pragma("foreign_keys", "ON")
            .pragma("temp_store", "MEMORY")
            .pragma("cache_size", "-8000")
            .statement_cache_capacity(200);
        if write { o } else { o.pragma("query_only", "ON") }
    });
    // When a write fails, SQLite takes the whole transaction back by itself, and whoever counts transactions believes that it
    // is still open: what came after would be written into savepoints of it, "committed", and never be durable. Such a
    // connection is thrown away.
    options.map_sqlx_sqlite_before_acquire(|one, _| Box::pin(std::future::ready(Ok(!one.is_in_transaction()))));
    options
}

fn postgres(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url.to_owned());
    quiet(&mut options, connections);
    // One that has lain idle may have been cut meanwhile: it is asked before somebody trusts it with a report.
    options.test_before_acquire(false).test_before_acquire_if_idle_for(POSTGRES_IDLE);
    options.map_sqlx_postgres_opts(|o| o.options(POSTGRES_PATIENCE));
    options
}

fn quiet(options: &mut ConnectOptions, connections: u32) {
    options
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .connect_timeout(ACQUIRE_TIMEOUT)
        .sqlx_logging(false);
}

async fn check_sqlite(db: &DatabaseConnection) -> Result<(), StorageError> {
    let row = db.query_one_raw(Statement::from_string(DbBackend::Sqlite, "SELECT sqlite_version() AS v")).await?;
    let version: String = row.map(|r| crate::row::get(&r, "v")).transpose()?.unwrap_or_default();
    let mut parts = version.split('.').map(|p| p.parse::<u32>().unwrap_or_default());
    let found = (parts.next().unwrap_or(0), parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    if found < SQLITE_OLDEST {
        return Err(StorageError::Unfit(format!("SQLite {version} is too old: 3.51.3 or newer is needed")));
    }
    Ok(())
}

async fn up_to_date(db: &DatabaseConnection) -> Result<(), StorageError> {
    let applied = Migrator::get_migration_models(db).await;
    if let Ok(applied) = applied {
        let known = migrations::known();
        if let Some(stranger) = applied.iter().find(|m| !known.contains(&m.version.as_str())) {
            return Err(StorageError::Newer(stranger.version.clone()));
        }
        if applied.len() == known.len() {
            return Ok(());
        }
    }
    Ok(Migrator::up(db, None).await?)
}

//! A database of one's own.

use std::path::PathBuf;

use sea_orm::{ConnectionTrait, Database};
use storage::Target;
use uuid::Uuid;

/// A fresh directory that is removed at the end.
pub struct Scratch(pub PathBuf);

impl Scratch {
    #[must_use]
    pub fn new() -> Self {
        let path = std::env::temp_dir().join(format!("xindeng-test-{}", fresh()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Scratch {
    /// One in memory where there is such a place: for what is written often and never has to survive anything.
    #[must_use]
    pub fn fast() -> Self {
        let path = std::path::Path::new("/dev/shm").join(format!("xindeng-test-{}", fresh()));
        if std::fs::create_dir(&path).is_ok() { Self(path) } else { Self::new() }
    }
}

impl Default for Scratch {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[allow(clippy::disallowed_methods, reason = "a name that no other test has")]
fn fresh() -> String {
    Uuid::now_v7().simple().to_string()
}

/// An SQLite file in a scratch directory.
#[must_use]
pub fn sqlite(scratch: &Scratch) -> Target {
    Target::Sqlite { file: scratch.0.join("test.db"), group_commit: true }
}

/// The address of a new database on the rig's PostgreSQL.
pub async fn postgres_url() -> String {
    create("").await
}

/// The address of a copy of a database that nobody is at work on.
pub async fn postgres_twin_url(of: &str) -> String {
    let (_, name) = of.rsplit_once('/').unwrap();
    create(&format!(" TEMPLATE {name}")).await
}

#[allow(clippy::disallowed_methods, reason = "the rig says where its server is")]
async fn create(from: &str) -> String {
    let server =
        std::env::var("XINDENG_TEST_POSTGRES").expect("XINDENG_TEST_POSTGRES: start the rig, see CONTRIBUTING");
    let name = format!("t{}", fresh());
    let db = Database::connect(&server).await.unwrap();
    let made = format!("CREATE DATABASE {name}{from}");
    // The server may still be letting go of the connections of somebody who was killed.
    let mut tries = 0;
    while let Err(err) = db.execute_unprepared(&made).await {
        tries += 1;
        assert!(tries < 100, "{err}");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    let (base, _) = server.rsplit_once('/').unwrap();
    format!("{base}/{name}")
}

/// A connection of one's own, past everything that the service promises.
pub async fn behind(target: &Target) -> sea_orm::DatabaseConnection {
    let url = match target {
        Target::Sqlite { file, .. } => format!("sqlite:{}", file.display()),
        Target::Postgres { url, .. } => url.clone(),
    };
    behind_url(&url).await
}

/// The same, from the address in the settings.
pub async fn behind_url(url: &str) -> sea_orm::DatabaseConnection {
    let url = url.strip_prefix("sqlite:").map_or_else(|| url.to_owned(), |file| format!("sqlite://{file}?mode=rw"));
    let mut options = sea_orm::ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.unwrap()
}

/// A new database on the rig's PostgreSQL.
pub async fn postgres() -> Target {
    Target::Postgres { url: postgres_url().await, connections: 8 }
}

//! Findings for the people who run the service, and heartbeats of the loops.

use domain::time::Timestamp;

use crate::row::{at, get, instant};
use crate::{Read, StorageError, Tx};

impl Tx {
    /// Notes a finding; the same one again only counts.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn note_finding(&mut self, kind: &str, subject: &str, now: Timestamp) -> Result<(), StorageError> {
        let sql = "INSERT INTO finding (subject, kind, opened_at, last_at, times) VALUES ($1, $2, $3, $3, 1) \
                   ON CONFLICT (kind, subject) DO UPDATE SET times = finding.times + 1, last_at = excluded.last_at, \
                   closed_at = NULL";
        self.run(sql, vec![subject.into(), kind.into(), at(now)]).await.map(|_| ())
    }

    /// A loop has completed a turn.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn beat(&mut self, name: &str, now: Timestamp) -> Result<(), StorageError> {
        let sql = "INSERT INTO heartbeat (name, at) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET at = excluded.at";
        self.run(sql, vec![name.into(), at(now)]).await.map(|_| ())
    }
}

impl Read<'_> {
    /// When a loop last completed a turn.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn last_beat(&self, name: &str) -> Result<Option<Timestamp>, StorageError> {
        let row = self.one("SELECT at FROM heartbeat WHERE name = $1", vec![name.into()]).await?;
        row.map(|r| instant(&r, "at")).transpose()
    }

    /// Open findings: kind and subject.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn open_findings(&self) -> Result<Vec<(String, String)>, StorageError> {
        let rows = self
            .all("SELECT kind, subject FROM finding WHERE closed_at IS NULL ORDER BY kind, subject", vec![])
            .await?;
        rows.iter().map(|r| Ok((get(r, "kind")?, get(r, "subject")?))).collect()
    }
}

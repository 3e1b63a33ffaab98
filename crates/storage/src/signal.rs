//! Signals: what the notifier learns, and casework alone consumes.

use domain::id::AlertId;
use domain::time::Timestamp;
use uuid::Uuid;

use crate::row::{at, get, number, word};
use crate::{Read, StorageError, Tx};

/// What was learnt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignalKind {
    /// A message has finally failed.
    RowFailed,
    /// The auditor found something about the alert that a person might miss.
    AuditorNudge,
    /// Those who can be told have changed.
    DirectoryChanged,
}

impl SignalKind {
    fn key(self) -> &'static str {
        match self {
            Self::RowFailed => "row_failed",
            Self::AuditorNudge => "auditor_nudge",
            Self::DirectoryChanged => "directory_changed",
        }
    }

    fn from_key(key: &str) -> Option<Self> {
        [Self::RowFailed, Self::AuditorNudge, Self::DirectoryChanged].into_iter().find(|k| k.key() == key)
    }
}

/// Something that was learnt about an alert's messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignalRecord {
    /// Its id.
    pub id: Uuid,
    /// The alert.
    pub alert: AlertId,
    /// What was learnt.
    pub kind: SignalKind,
    /// The turn of the alert.
    pub epoch: u32,
    /// The rung.
    pub rung: u8,
}

impl Tx {
    /// Says that a message of a rung has finally failed.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn signal_failure(
        &mut self,
        id: Uuid,
        alert: AlertId,
        epoch: u32,
        rung: u8,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        self.signal(id, SignalKind::RowFailed, alert, (epoch, rung), now).await
    }

    /// Asks for an alert to be looked at again. One that waits already is enough.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn signal_nudge(&mut self, id: Uuid, alert: AlertId, now: Timestamp) -> Result<(), StorageError> {
        let sql = "SELECT id FROM signal WHERE consumed_at IS NULL AND kind = $1 AND alert_id = $2 LIMIT 1";
        let waits = vec![SignalKind::AuditorNudge.key().into(), alert.uuid().into()];
        if self.read()?.one(sql, waits).await?.is_some() {
            return Ok(());
        }
        self.signal(id, SignalKind::AuditorNudge, alert, (0, 0), now).await
    }

    async fn signal(
        &mut self,
        id: Uuid,
        kind: SignalKind,
        alert: AlertId,
        (epoch, rung): (u32, u8),
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let sql = "INSERT INTO signal (id, alert_id, kind, epoch, rung, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
        let alert = alert.uuid().into();
        let values =
            vec![id.into(), alert, kind.key().into(), i64::from(epoch).into(), i64::from(rung).into(), at(now)];
        self.run(sql, values).await.map(|_| ())
    }

    /// Marks a signal as consumed.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn consume_signal(&mut self, id: Uuid, now: Timestamp) -> Result<(), StorageError> {
        self.does(crate::Deed::Consume);
        self.run("UPDATE signal SET consumed_at = $2 WHERE id = $1", vec![id.into(), at(now)]).await.map(|_| ())
    }
}

impl Read<'_> {
    /// Signals that wait, oldest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn waiting_signals(&self, limit: u32) -> Result<Vec<SignalRecord>, StorageError> {
        let sql = "SELECT * FROM signal WHERE consumed_at IS NULL ORDER BY created_at, id LIMIT $1";
        let rows = self.all(sql, vec![i64::from(limit).into()]).await?;
        rows.iter()
            .map(|r| {
                Ok(SignalRecord {
                    id: get(r, "id")?,
                    alert: AlertId::new(get(r, "alert_id")?),
                    kind: word(r, "kind", SignalKind::from_key)?,
                    epoch: number(r, "epoch")?,
                    rung: number(r, "rung")?,
                })
            })
            .collect()
    }
}

//! Decisions that an alert need not climb further for a while.

use domain::id::{AlertId, EventId, PersonId};
use domain::level::{BelowRed, Level};
use domain::time::Timestamp;
use uuid::Uuid;

use crate::row::{at, get, instant};
use crate::{Read, StorageError, Tx};

/// Such a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotEscalatingRecord {
    /// Its id.
    pub id: EventId,
    /// The level that the alert had.
    pub level: Level,
    /// Why; empty where the reader does not read reasons.
    pub reason: String,
    /// Who decided, with the name.
    pub by: (PersonId, String),
    /// Who signed as the second, with the name.
    pub second: Option<(PersonId, String)>,
    /// When.
    pub at: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

impl Tx {
    /// Stores such a decision. Names are not kept with it.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_not_escalating(
        &mut self,
        alert: AlertId,
        level: BelowRed,
        d: &NotEscalatingRecord,
    ) -> Result<(), StorageError> {
        let sql = "INSERT INTO not_escalating (id, alert_id, level, reason, decided_by, signed_by, decided_at, until_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let values = vec![
            d.id.uuid().into(),
            alert.uuid().into(),
            i64::from(level.level().number()).into(),
            d.reason.clone().into(),
            d.by.0.uuid().into(),
            d.second.as_ref().map(|(id, _)| id.uuid()).into(),
            at(d.at),
            at(d.until),
        ];
        self.run(sql, values).await.map(|_| ())
    }
}

impl Read<'_> {
    /// The last such decision about an alert.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn last_not_escalating(&self, alert: AlertId) -> Result<Option<NotEscalatingRecord>, StorageError> {
        let sql = "SELECT n.*, p.name AS decided_name, s.name AS signed_name FROM not_escalating n \
                   JOIN person p ON p.id = n.decided_by LEFT JOIN person s ON s.id = n.signed_by \
                   WHERE n.alert_id = $1 ORDER BY n.decided_at DESC, n.id DESC LIMIT 1";
        let row = self.one(sql, vec![alert.uuid().into()]).await?;
        row.map(|r| {
            let (signed, name): (Option<Uuid>, Option<String>) = (get(&r, "signed_by")?, get(&r, "signed_name")?);
            Ok(NotEscalatingRecord {
                id: EventId::new(get(&r, "id")?),
                level: super::level(&r, "level")?,
                reason: get(&r, "reason")?,
                by: (PersonId::new(get(&r, "decided_by")?), get(&r, "decided_name")?),
                second: signed.map(|id| (PersonId::new(id), name.unwrap_or_default())),
                at: instant(&r, "decided_at")?,
                until: instant(&r, "until_at")?,
            })
        })
        .transpose()
    }
}

//! What was put into the outbox for an alert, and what became of it.

use domain::delivery::{Channel, MessageState, Standing};
use domain::id::{AlertId, MessageId, PersonId};
use domain::notice::NoticeKind;
use sea_orm::QueryResult;

use super::MessageRecord;
use crate::row::{get, instant, maybe_instant, number, word};
use crate::{Read, StorageError};

/// Messages with their recipients' names, and with whatever carries them.
const MESSAGES: &str = "SELECT m.*, p.name, c.state AS carrier_state, c.not_before AS carrier_not_before, \
                        c.changed_at AS carrier_at, COALESCE(c.last_error, m.last_error) AS error FROM outbox m \
                        JOIN person p ON p.id = m.person_id LEFT JOIN outbox c ON c.id = m.carrier_id";

impl Read<'_> {
    /// The messages of an alert, in the order in which they were put.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn messages(&self, alert: AlertId, limit: u32) -> Result<Vec<MessageRecord>, StorageError> {
        let sql = format!("{MESSAGES} WHERE m.alert_id = $1 ORDER BY m.created_at, m.id LIMIT $2");
        self.all(&sql, vec![alert.uuid().into(), i64::from(limit).into()]).await?.iter().map(message).collect()
    }

    /// The alarms of one turn of an alert that were not kept in, the latest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn alarms_of_turn(&self, alert: AlertId, epoch: u32) -> Result<Vec<MessageRecord>, StorageError> {
        let sql = format!(
            "{MESSAGES} WHERE m.alert_id = $1 AND m.epoch = $2 AND m.kind IN ('alarm', 'new_facts') \
             AND m.state <> 'cancelled' ORDER BY m.created_at DESC LIMIT 200"
        );
        self.all(&sql, vec![alert.uuid().into(), i64::from(epoch).into()]).await?.iter().map(message).collect()
    }

    /// Everybody who was told of an alert.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn told_of(&self, alert: AlertId) -> Result<Vec<PersonId>, StorageError> {
        let sql =
            "SELECT DISTINCT person_id FROM outbox WHERE alert_id = $1 AND kind = 'alarm' AND state <> 'cancelled'";
        let rows = self.all(sql, vec![alert.uuid().into()]).await?;
        rows.iter().map(|r| Ok(PersonId::new(get(r, "person_id")?))).collect()
    }

    /// The call that a provider knows by its own number.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn call_of(&self, provider: &str, provider_id: &str) -> Result<Option<MessageId>, StorageError> {
        let sql = "SELECT id FROM outbox WHERE provider = $1 AND provider_id = $2 AND channel = 'voice' \
                   ORDER BY changed_at DESC LIMIT 1";
        let row = self.one(sql, vec![provider.into(), provider_id.into()]).await?;
        row.map(|r| Ok(MessageId::new(get(&r, "id")?))).transpose()
    }

    /// Whether every message of a rung's turn has finally failed. A red that a provider took and never said more about has,
    /// too, and so has the drill of one: for a child in danger, not known to have arrived is not arrived. What another message
    /// carried has failed with it; what a later one overtook before it went out does not count.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn rung_failed(&self, alert: AlertId, epoch: u32, rung: u8) -> Result<bool, StorageError> {
        let sql = "SELECT SUM(CASE WHEN COALESCE(c.state, m.state) = 'failed' \
                   OR (m.state = 'unknown' AND m.lane <> 'normal' AND m.level = 4) \
                   THEN 1 ELSE 0 END) AS failed, COUNT(*) AS n FROM outbox m LEFT JOIN outbox c ON c.id = m.carrier_id \
                   WHERE m.alert_id = $1 AND m.epoch = $2 AND m.rung = $3 AND m.kind = 'alarm' AND m.state <> 'cancelled'";
        let values = vec![alert.uuid().into(), i64::from(epoch).into(), i64::from(rung).into()];
        let Some(row) = self.one(sql, values).await? else { return Ok(false) };
        let (failed, n): (Option<i64>, i64) = (get(&row, "failed")?, get(&row, "n")?);
        Ok(n > 0 && failed == Some(n))
    }
}

fn message(r: &QueryResult) -> Result<MessageRecord, StorageError> {
    let carrier = match (maybe_instant(r, "carrier_not_before")?, maybe_instant(r, "carrier_at")?) {
        (Some(not_before), Some(at)) => {
            Some(Standing { state: word(r, "carrier_state", MessageState::from_key)?, not_before, at })
        }
        (Some(_) | None, _) => None,
    };
    Ok(MessageRecord {
        id: MessageId::new(get(r, "id")?),
        person: (PersonId::new(get(r, "person_id")?), get(r, "name")?),
        channel: word(r, "channel", Channel::from_key)?,
        kind: word(r, "kind", NoticeKind::from_key)?,
        epoch: number(r, "epoch")?,
        rung: number(r, "rung")?,
        state: word(r, "state", MessageState::from_key)?,
        attempts: number(r, "attempt")?,
        last_error: get(r, "error")?,
        at: instant(r, "changed_at")?,
        created_at: instant(r, "created_at")?,
        not_before: instant(r, "not_before")?,
        carrier,
        late: get::<i64>(r, "late")? != 0,
    })
}

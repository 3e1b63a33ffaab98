//! SMS that a provider took, and whose receipt has not come.

use chrono::TimeDelta;
use domain::id::{AlertId, MessageId};
use domain::notice::Lane;
use domain::time::Timestamp;
use sea_orm::{QueryResult, Value};
use uuid::Uuid;

use super::address::ADDRESS_USED;
use crate::row::{Values, at, get, instant, number, word};
use crate::{Read, StorageError, Tx};

/// A message is looked after when it is so many minutes old; the last look, by whoever died before it, is made up for.
const LOOKS_MINUTES: [i64; 4] = [1, 3, 10, 11];

/// A message whose receipt has not come.
#[derive(Debug, Clone)]
pub struct Awaited {
    /// Its id.
    pub id: MessageId,
    /// The attempt that was taken: the fence.
    pub attempt: u32,
    /// By which provider.
    pub provider: String,
    /// The provider's id.
    pub provider_id: String,
    /// The alert.
    pub alert: AlertId,
    /// Turn of the alert.
    pub epoch: u32,
    /// The rung.
    pub rung: u8,
    /// The lane.
    pub lane: Lane,
    /// The recipient's address.
    pub address: Option<String>,
    /// When the provider took it.
    pub taken_at: Timestamp,
    /// This was the last look.
    pub last: bool,
}

/// What is due, of certain providers.
fn due(v: &mut Values, providers: &[&str], now: Timestamp) -> String {
    let names: Vec<String> = providers.iter().map(|p| v.push(*p)).collect();
    let ages: Vec<String> = (0_i64..)
        .zip(LOOKS_MINUTES)
        .map(|(n, minutes)| {
            let before: Value = at(now - TimeDelta::minutes(minutes));
            let mark = v.push(before);
            let this = if minutes == 11 { ">=" } else { "=" };
            format!("(looks {this} {n} AND changed_at <= {mark})")
        })
        .collect();
    format!(
        "state = 'accepted' AND channel = 'sms' AND provider_id IS NOT NULL AND provider IN ({}) AND ({})",
        names.join(", "),
        ages.join(" OR ")
    )
}

impl Tx {
    /// Takes messages that are to be looked after, and counts the look.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn take_awaited(
        &mut self,
        providers: &[&str],
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<Awaited>, StorageError> {
        let mut v = Values::default();
        let (due, skip) = (due(&mut v, providers, now), self.skip_locked());
        let most = v.push(i64::from(limit));
        let sql = format!(
            "UPDATE outbox SET looks = looks + 1 WHERE state = 'accepted' AND id IN (SELECT id FROM outbox WHERE {due} \
             ORDER BY changed_at LIMIT {most}{skip}) RETURNING id"
        );
        let rows = self.read()?.all(&sql, v.into_vec()).await?;
        let ids: Vec<Uuid> = rows.iter().map(|r| get(r, "id")).collect::<Result<_, _>>()?;
        let mut v = Values::default();
        let list = v.list(ids);
        let sql =
            format!("SELECT m.*, {ADDRESS_USED} FROM outbox m WHERE m.id IN ({list}) ORDER BY m.changed_at, m.id");
        self.read()?.all(&sql, v.into_vec()).await?.iter().map(awaited).collect()
    }

    /// Nobody knows what became of a message. Says whether that is new: a receipt may have come meanwhile, and whichever
    /// takes the message first is heard. Good news after it is good all the same.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn give_up_receipt(&mut self, message: &Awaited, now: Timestamp) -> Result<bool, StorageError> {
        let sql = "UPDATE outbox SET state = 'unknown', changed_at = $3, last_error = 'no receipt' \
                   WHERE id = $1 AND attempt = $2 AND state = 'accepted'";
        let values = vec![message.id.uuid().into(), i64::from(message.attempt).into(), at(now)];
        Ok(self.run(sql, values).await? > 0)
    }
}

impl Read<'_> {
    /// Whether anything is to be looked after.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn has_awaited(&self, providers: &[&str], now: Timestamp) -> Result<bool, StorageError> {
        let mut v = Values::default();
        let sql = format!("SELECT 1 AS one FROM outbox WHERE {} LIMIT 1", due(&mut v, providers, now));
        Ok(self.one(&sql, v.into_vec()).await?.is_some())
    }
}

fn awaited(r: &QueryResult) -> Result<Awaited, StorageError> {
    let looks: usize = number(r, "looks")?;
    Ok(Awaited {
        id: MessageId::new(get(r, "id")?),
        attempt: number(r, "attempt")?,
        provider: get(r, "provider")?,
        provider_id: get(r, "provider_id")?,
        alert: AlertId::new(get(r, "alert_id")?),
        epoch: number(r, "epoch")?,
        rung: number(r, "rung")?,
        lane: word(r, "lane", Lane::from_key)?,
        address: get(r, "address")?,
        taken_at: instant(r, "changed_at")?,
        last: looks + 1 >= LOOKS_MINUTES.len(),
    })
}

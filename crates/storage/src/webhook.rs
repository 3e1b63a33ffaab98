//! What a school's own systems are told. A delivery is written by the transaction that it tells of, for every endpoint that
//! is registered and on; where none is, nothing is written. What not everybody may hear is not told, and what has become
//! so since is kept in.

use domain::id::AlertId;
use domain::time::Timestamp;
use sea_orm::{QueryResult, Value};
use uuid::Uuid;

use crate::row::{Values, at, get, instant, number};
use crate::{Read, StorageError, Tx};

/// One delivery, leased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// To which endpoint.
    pub endpoint: String,
    /// About which alert.
    pub alert: AlertId,
    /// Behind which of its events it was written.
    pub seq: u64,
    /// What happened.
    pub kind: String,
    /// When.
    pub at: Timestamp,
    /// Which attempt this is: the fence.
    pub attempt: u32,
    /// Everybody may still hear of it.
    pub fit: bool,
}

/// What an attempt came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryFate {
    /// It was taken.
    Delivered,
    /// It is tried again.
    Again {
        /// Not earlier than this.
        not_before: Timestamp,
        /// Why.
        why: String,
    },
    /// It is given up.
    Failed(String),
    /// Not everybody may hear of it any more.
    Withheld,
}

impl DeliveryFate {
    fn key(&self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Again { .. } => "pending",
            Self::Failed(_) => "failed",
            Self::Withheld => "withheld",
        }
    }
}

/// Alerts that everybody who reads alerts may know of: an ordinary one, of a real school, with nobody left out.
fn fit(canary: &str) -> String {
    format!(
        "a.audience = 'everyone' AND NOT a.confidential AND a.school_id <> {canary} \
         AND NOT EXISTS (SELECT 1 FROM alert_exclusion x WHERE x.alert_id = a.id)"
    )
}

impl Tx {
    /// Makes the endpoints those of the settings: by name, and by a mark that changes with the address. Whoever is new, or
    /// has another address, is on; what was still to be told to others is forgotten.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn sync_webhooks(&mut self, all: &[(String, String)], now: Timestamp) -> Result<(), StorageError> {
        let mut v = Values::default();
        let names: Vec<String> = all.iter().map(|(name, _)| v.push(name.clone())).collect();
        let (names, values) = (names.join(", "), v.into_vec());
        let gone =
            |column: &str| if all.is_empty() { String::new() } else { format!(" WHERE {column} NOT IN ({names})") };
        self.run(&format!("DELETE FROM webhook_delivery{}", gone("endpoint")), values.clone()).await?;
        self.run(&format!("DELETE FROM webhook_endpoint{}", gone("name")), values).await?;
        for (name, mark) in all {
            let sql = "INSERT INTO webhook_endpoint (name, mark, since_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO UPDATE \
                       SET mark = excluded.mark, since_at = excluded.since_at, off_at = NULL \
                       WHERE webhook_endpoint.mark <> excluded.mark";
            self.run(sql, vec![name.clone().into(), mark.clone().into(), at(now)]).await?;
        }
        Ok(())
    }

    /// Writes down what is to be told of an alert, behind its latest event. Of anything else nothing is told.
    pub(crate) async fn feed(&mut self, subject: Uuid, kind: &str, when: Timestamp) -> Result<(), StorageError> {
        let sql = format!(
            "INSERT INTO webhook_delivery (endpoint, alert_id, seq, kind, at, state, attempt, not_before, changed_at) \
             SELECT e.name, a.id, (SELECT COALESCE(MAX(v.seq), 0) FROM event v WHERE v.subject = a.id), $2, $3, 'pending', \
             0, 0, $3 FROM webhook_endpoint e JOIN alert a ON a.id = $1 WHERE e.off_at IS NULL AND {} \
             ON CONFLICT (endpoint, alert_id, seq, kind) DO NOTHING",
            fit("$4")
        );
        let values = vec![subject.into(), kind.into(), at(when), domain::canary::SCHOOL.uuid().into()];
        self.run(&sql, values).await.map(|_| ())
    }

    /// Leases deliveries: those whose lease has run out, then those that wait, the oldest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn claim_deliveries(
        &mut self,
        now: Timestamp,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Delivery>, StorageError> {
        let mut claimed = Vec::new();
        for due in ["state = 'sending' AND lease_until <= $1", "state = 'pending' AND not_before <= $1"] {
            let left = u64::from(limit).saturating_sub(u64::try_from(claimed.len()).unwrap_or(u64::MAX));
            let sql = format!(
                "UPDATE webhook_delivery SET state = 'sending', attempt = attempt + 1, lease_until = $2, changed_at = $1 \
                 WHERE {due} AND (endpoint, alert_id, seq, kind) IN (SELECT endpoint, alert_id, seq, kind \
                 FROM webhook_delivery WHERE {due} ORDER BY not_before, at LIMIT $3{}) \
                 RETURNING endpoint, alert_id, seq, kind, at, attempt",
                self.skip_locked()
            );
            let values = vec![at(now), at(lease_until), i64::try_from(left).unwrap_or(0).into()];
            claimed.extend(self.read()?.all(&sql, values).await?);
        }
        let mut out = Vec::with_capacity(claimed.len());
        for row in &claimed {
            let delivery = delivery(row)?;
            let fit = self.read()?.is_fit_to_tell(delivery.alert).await?;
            out.push(Delivery { fit, ..delivery });
        }
        Ok(out)
    }

    /// Writes down what an attempt came to. Refused when the lease has gone to somebody else.
    ///
    /// # Errors
    /// [`StorageError::Stale`] when another attempt has begun since.
    pub async fn finish_delivery(
        &mut self,
        d: &Delivery,
        fate: &DeliveryFate,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let (not_before, why): (Value, Option<&str>) = match fate {
            DeliveryFate::Again { not_before, why } => (at(*not_before), Some(why)),
            DeliveryFate::Failed(why) => (at(now), Some(why)),
            DeliveryFate::Delivered | DeliveryFate::Withheld => (at(now), None),
        };
        let sql = "UPDATE webhook_delivery SET state = $6, not_before = $7, last_error = $8, lease_until = NULL, \
                   changed_at = $9 WHERE endpoint = $1 AND alert_id = $2 AND seq = $3 AND kind = $4 \
                   AND state = 'sending' AND attempt = $5";
        let values = vec![
            d.endpoint.clone().into(),
            d.alert.uuid().into(),
            i64::try_from(d.seq).unwrap_or(i64::MAX).into(),
            d.kind.clone().into(),
            i64::from(d.attempt).into(),
            fate.key().into(),
            not_before,
            why.map(str::to_owned).into(),
            at(now),
        ];
        if self.run(sql, values).await? == 0 { Err(StorageError::Stale) } else { Ok(()) }
    }

    /// Switches an endpoint off: it said that it is gone. What it was still to be told is given up.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn switch_webhook_off(&mut self, name: &str, now: Timestamp) -> Result<(), StorageError> {
        let sql = "UPDATE webhook_endpoint SET off_at = $2 WHERE name = $1 AND off_at IS NULL";
        self.run(sql, vec![name.into(), at(now)]).await?;
        let sql = "UPDATE webhook_delivery SET state = 'failed', last_error = 'gone', lease_until = NULL, changed_at = $2 \
                   WHERE endpoint = $1 AND state IN ('pending', 'sending')";
        self.run(sql, vec![name.into(), at(now)]).await.map(|_| ())
    }

    /// Forgets what was told, or given up, before.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn forget_deliveries(&mut self, before: Timestamp) -> Result<u64, StorageError> {
        let sql = "DELETE FROM webhook_delivery WHERE changed_at < $1 AND state IN ('delivered', 'failed', 'withheld')";
        self.run(sql, vec![at(before)]).await
    }
}

impl Read<'_> {
    /// Whether any delivery can be taken.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn has_deliveries(&self, now: Timestamp) -> Result<bool, StorageError> {
        let sql = "SELECT 1 AS one WHERE EXISTS (SELECT 1 FROM webhook_delivery WHERE state = 'pending' AND not_before <= $1) \
                   OR EXISTS (SELECT 1 FROM webhook_delivery WHERE state = 'sending' AND lease_until <= $1)";
        Ok(self.one(sql, vec![at(now)]).await?.is_some())
    }

    /// The endpoints that were switched off, by name.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn webhooks_off(&self) -> Result<Vec<(String, Timestamp)>, StorageError> {
        let sql = "SELECT name, off_at FROM webhook_endpoint WHERE off_at IS NOT NULL ORDER BY name";
        self.all(sql, Vec::new()).await?.iter().map(|r| Ok((get(r, "name")?, instant(r, "off_at")?))).collect()
    }

    async fn is_fit_to_tell(&self, alert: AlertId) -> Result<bool, StorageError> {
        let sql = format!("SELECT 1 AS one FROM alert a WHERE a.id = $1 AND {}", fit("$2"));
        let values = vec![alert.uuid().into(), domain::canary::SCHOOL.uuid().into()];
        Ok(self.one(&sql, values).await?.is_some())
    }
}

fn delivery(r: &QueryResult) -> Result<Delivery, StorageError> {
    Ok(Delivery {
        endpoint: get(r, "endpoint")?,
        alert: AlertId::new(get(r, "alert_id")?),
        seq: number(r, "seq")?,
        kind: get(r, "kind")?,
        at: instant(r, "at")?,
        attempt: number(r, "attempt")?,
        fit: false,
    })
}

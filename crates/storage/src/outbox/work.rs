//! Working the outbox off: lease, then write down what came of it, fenced by the attempt.

use domain::delivery::{Channel, MessageState, Outcome};
use domain::directory::Audience;
use domain::id::{AlertId, MessageId, PersonId};
use domain::notice::{Lane, NoticeKind};
use domain::staff::Role;
use domain::time::Timestamp;
use sea_orm::QueryResult;
use uuid::Uuid;

use super::{Attempted, Claimed, Lease, Verdict};
use crate::row::{Values, at, get, instant, number, word};
use crate::{Read, StorageError, Tx};

/// How many of a message's latest attempts are told to whoever chooses the next provider. Refusals are told always.
const LATEST_ATTEMPTS: i64 = 32;

impl Tx {
    /// Leases messages: those that wait, and those whose lease has run out.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn claim(
        &mut self,
        lane: Lane,
        now: Timestamp,
        lease: Lease,
        limit: u32,
    ) -> Result<Vec<Claimed>, StorageError> {
        let skip = self.skip_locked();
        let sql = format!(
            "UPDATE outbox SET state = 'sending', attempt = attempt + 1, lease_until = $3, changed_at = $2 WHERE id IN ( \
             SELECT id FROM outbox WHERE id IN (SELECT id FROM ( \
             SELECT id, 0 AS late, priority, not_before AS at FROM outbox WHERE lane = $1 AND state = 'pending' AND not_before <= $2 \
             UNION ALL SELECT id, 1 AS late, priority, lease_until AS at FROM outbox WHERE lane = $1 AND state = 'sending' AND lease_until <= $5 \
             ORDER BY late, priority, at LIMIT $4) AS q) \
             AND ((state = 'pending' AND not_before <= $2) OR (state = 'sending' AND lease_until <= $5)){skip}) \
             RETURNING id"
        );
        let values = vec![lane.key().into(), at(now), at(lease.until), i64::from(limit).into(), at(lease.now)];
        let rows = self.read()?.all(&sql, values).await?;
        let ids: Vec<Uuid> = rows.iter().map(|r| get(r, "id")).collect::<Result<_, _>>()?;
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        self.does(crate::Deed::Claim);
        let mut claimed = self.claimed(&ids, now).await?;
        self.tell_earlier(&mut claimed).await?;
        for chunk in claimed.chunks(200) {
            let mut v = Values::default();
            let rows: Vec<String> =
                chunk.iter().map(|c| v.row([c.id.uuid().into(), i64::from(c.attempt).into(), at(now)])).collect();
            let sql =
                format!("INSERT INTO delivery_attempt (outbox_id, attempt, started_at) VALUES {}", rows.join(", "));
            self.run(&sql, v.into_vec()).await?;
        }
        Ok(claimed)
    }

    async fn claimed(&self, ids: &[Uuid], now: Timestamp) -> Result<Vec<Claimed>, StorageError> {
        let mut v = Values::default();
        let list = v.list(ids.iter().copied());
        let hears = hears(&mut v, now);
        let sql = format!(
            "SELECT m.*, s.name AS school_name, s.duty_phone, a.climb_state, \
             CAST(CASE WHEN {hears} THEN 1 ELSE 0 END AS BIGINT) AS hears, \
             (SELECT c.address FROM contact_method c WHERE c.person_id = m.person_id AND c.channel = m.channel \
             AND c.verified_at IS NOT NULL ORDER BY c.verified_at DESC LIMIT 1) AS address \
             FROM outbox m JOIN school s ON s.id = m.school_id JOIN alert a ON a.id = m.alert_id \
             WHERE m.id IN ({list}) ORDER BY m.priority, m.not_before, m.id"
        );
        self.read()?.all(&sql, v.into_vec()).await?.iter().map(claimed).collect()
    }

    /// Adds what the earlier attempts came to. One that was cut off half way came to nothing and is left out.
    async fn tell_earlier(&self, claimed: &mut [Claimed]) -> Result<(), StorageError> {
        let mut v = Values::default();
        let list = v.list(claimed.iter().filter(|c| c.attempt > 1).map(|c| c.id.uuid()));
        let most = v.push(LATEST_ATTEMPTS);
        let sql = format!(
            "SELECT d.outbox_id, d.provider, d.outcome, d.detail FROM delivery_attempt d JOIN outbox m ON m.id = d.outbox_id \
             WHERE d.outbox_id IN ({list}) AND d.outcome IS NOT NULL AND d.provider IS NOT NULL \
             AND (d.outcome = 'refused' OR d.attempt >= m.attempt - {most}) ORDER BY d.outbox_id, d.attempt"
        );
        for row in self.read()?.all(&sql, v.into_vec()).await? {
            let id = MessageId::new(get(&row, "outbox_id")?);
            let said: Option<String> = get(&row, "detail")?;
            let read = |key: &str| Outcome::from_key(key, said.as_deref().unwrap_or_default());
            let attempt = Attempted { provider: get(&row, "provider")?, outcome: word(&row, "outcome", read)? };
            if let Some(message) = claimed.iter_mut().find(|c| c.id == id) {
                message.earlier.push(attempt);
            }
        }
        Ok(())
    }

    /// Writes down what an attempt came to. Refused when the lease has gone to somebody else.
    ///
    /// # Errors
    /// [`StorageError::Stale`] when another attempt has begun since.
    pub async fn record_attempt(&mut self, v: &Verdict<'_>, now: Timestamp) -> Result<(), StorageError> {
        self.does(crate::Deed::Record);
        let (detail, provider_id) = match v.outcome {
            Outcome::Accepted { provider_id } => (None, provider_id.clone()),
            Outcome::Retry(e)
            | Outcome::Elsewhere(e)
            | Outcome::BadAddress(e)
            | Outcome::Refused(e)
            | Outcome::Ambiguous(e) => (Some(e.clone()), None),
        };
        if let Some(id) = &provider_id {
            self.alone_with_receipt(v.provider, id).await?;
        }
        let attempt = i64::from(v.claimed.attempt);
        let sql = "UPDATE delivery_attempt SET provider = $3, ended_at = $4, outcome = $5, detail = $6 \
                   WHERE outbox_id = $1 AND attempt = $2";
        let values = vec![
            v.claimed.id.uuid().into(),
            attempt.into(),
            v.provider.into(),
            at(now),
            v.outcome.key().into(),
            detail.clone().into(),
        ];
        self.run(sql, values).await?;
        let sql = "UPDATE outbox SET state = $3, provider = $4, provider_id = COALESCE($5, provider_id), last_error = $6, \
                   not_before = $7, lease_until = NULL, changed_at = $8 WHERE id = $1 AND state = 'sending' AND attempt = $2";
        let values = vec![
            v.claimed.id.uuid().into(),
            attempt.into(),
            v.state.key().into(),
            v.provider.into(),
            provider_id.into(),
            detail.into(),
            at(v.not_before),
            at(now),
        ];
        if self.run(sql, values).await? == 0 {
            return Err(StorageError::Stale);
        }
        let (person, channel) = (v.claimed.person, v.claimed.channel);
        // Of SMS and calls the receipt tells, of everything else the provider's word is all there is.
        if v.state == MessageState::Accepted && !matches!(channel, Channel::Sms | Channel::Voice) {
            self.note_reached(person, channel, now).await?;
        }
        self.take_early_receipt(v, now).await
    }

    /// Gives leases back, on a graceful stop.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn release(&mut self, claimed: &[Claimed], now: Timestamp) -> Result<(), StorageError> {
        for c in claimed {
            let sql = "UPDATE outbox SET state = 'pending', lease_until = NULL, changed_at = $3 \
                       WHERE id = $1 AND state = 'sending' AND attempt = $2";
            self.run(sql, vec![c.id.uuid().into(), i64::from(c.attempt).into(), at(now)]).await?;
        }
        Ok(())
    }
}

impl Read<'_> {
    /// Whether a lane has anything that a worker could take.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn has_work(&self, lane: Lane, now: Timestamp, real_now: Timestamp) -> Result<bool, StorageError> {
        let sql = "SELECT 1 AS one WHERE EXISTS (SELECT 1 FROM outbox WHERE lane = $1 AND state = 'pending' AND not_before <= $2) \
                   OR EXISTS (SELECT 1 FROM outbox WHERE lane = $1 AND state = 'sending' AND lease_until <= $3)";
        Ok(self.one(sql, vec![lane.key().into(), at(now), at(real_now)]).await?.is_some())
    }

    /// How many messages to people wait, and since when the oldest.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn backlog(&self, now: Timestamp) -> Result<(u64, Option<Timestamp>), StorageError> {
        let sql = "SELECT COUNT(*) AS n, MIN(not_before) AS oldest FROM outbox WHERE state = 'pending' AND not_before <= $1 \
             AND school_id <> $2";
        let row = self.one(sql, vec![at(now), domain::canary::SCHOOL.uuid().into()]).await?;
        let Some(row) = row else { return Ok((0, None)) };
        Ok((number(&row, "n")?, crate::row::maybe_instant(&row, "oldest")?))
    }
}

/// The words of SQL that say "the recipient may still hear of the alert": he is not left out of it, and one of the offices
/// that he holds now, or stands in for, is admitted.
fn hears(v: &mut Values, now: Timestamp) -> String {
    let t = v.push(domain::time::to_micros(now));
    let admitted = |audience: Audience| {
        let roles = Role::ALL.into_iter().filter(|r| audience.admits(*r)).map(|r| format!("'{}'", r.key()));
        format!("(a.audience = '{}' AND x.role IN ({}))", audience.key(), roles.collect::<Vec<_>>().join(", "))
    };
    format!(
        "NOT EXISTS (SELECT 1 FROM alert_exclusion x WHERE x.alert_id = a.id AND x.person_id = m.person_id) \
         AND (a.audience = 'everyone' OR EXISTS (SELECT 1 FROM position x WHERE (x.person_id = m.person_id \
         OR x.person_id IN (SELECT d.person_id FROM deputy d WHERE d.deputy_id = m.person_id AND d.from_at <= {t} \
         AND d.to_at > {t})) AND x.valid_from <= {t} AND (x.valid_to IS NULL OR x.valid_to > {t}) AND ({} OR {})))",
        admitted(Audience::Confidants),
        admitted(Audience::DistrictOnly),
    )
}

fn claimed(r: &QueryResult) -> Result<Claimed, StorageError> {
    let kind = word(r, "kind", NoticeKind::from_key)?;
    let climb: String = get(r, "climb_state")?;
    Ok(Claimed {
        id: MessageId::new(get(r, "id")?),
        attempt: number(r, "attempt")?,
        alert: AlertId::new(get(r, "alert_id")?),
        school_name: get(r, "school_name")?,
        duty_phone: get(r, "duty_phone")?,
        person: PersonId::new(get(r, "person_id")?),
        channel: word(r, "channel", Channel::from_key)?,
        kind,
        epoch: number(r, "epoch")?,
        code_counter: number(r, "code_counter")?,
        rung: number(r, "rung")?,
        repeat: number(r, "repeat_no")?,
        lane: word(r, "lane", Lane::from_key)?,
        level: crate::alert::level(r, "level")?,
        minutes: number(r, "minutes")?,
        taken_by: get(r, "taken_by")?,
        address: get(r, "address")?,
        created_at: instant(r, "created_at")?,
        wanted: get::<i64>(r, "hears")? == 1 && (kind != NoticeKind::Alarm || climb == "open"),
        earlier: Vec::new(),
    })
}

//! The outbox: written in the transaction of the alert, worked off under fenced leases.

use domain::delivery::{Channel, MessageState, Outcome};
use domain::id::{AlertId, MessageId, PersonId, SchoolId};
use domain::level::Level;
use domain::notice::{Lane, Notice, NoticeKind};
use domain::time::Timestamp;
use sea_orm::QueryResult;
use uuid::Uuid;

use crate::row::{Values, at, get, instant, number, word};
use crate::{Read, StorageError, Tx};

/// What a message needs besides its notice.
#[derive(Debug, Clone)]
pub struct Recipient<'a> {
    /// The alert.
    pub alert: AlertId,
    /// Its school.
    pub school: SchoolId,
    /// Its level.
    pub level: Level,
    /// Within how many minutes an answer is asked for.
    pub minutes: u32,
    /// Who took over, by office.
    pub taken_by: Option<&'a str>,
}

/// A claimed message, ready to be sent.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// Its id.
    pub id: MessageId,
    /// Which attempt this is: the fence.
    pub attempt: u32,
    /// The alert.
    pub alert: AlertId,
    /// The school, by name.
    pub school_name: String,
    /// The school's duty telephone.
    pub duty_phone: Option<String>,
    /// The recipient.
    pub person: PersonId,
    /// The channel.
    pub channel: Channel,
    /// Why.
    pub kind: NoticeKind,
    /// Turn of the alert.
    pub epoch: u32,
    /// The rung.
    pub rung: u8,
    /// The repeat.
    pub repeat: u32,
    /// The lane.
    pub lane: Lane,
    /// The level.
    pub level: Level,
    /// Within how many minutes an answer is asked for.
    pub minutes: u32,
    /// Who took over, by office.
    pub taken_by: Option<String>,
    /// Verified addresses of the recipient on this channel.
    pub address: Option<String>,
    /// Since when it waits.
    pub created_at: Timestamp,
    /// The alert is still open and not taken: alarms go out only then.
    pub wanted: bool,
}

/// A lease, in real time: messages that were due in the school's time are held by a worker until then.
#[derive(Debug, Clone, Copy)]
pub struct Lease {
    /// The real time now.
    pub now: Timestamp,
    /// When another worker may take it over.
    pub until: Timestamp,
}

/// What is written down after an attempt.
#[derive(Debug, Clone)]
pub struct Verdict<'a> {
    /// The attempt that it is about.
    pub claimed: &'a Claimed,
    /// By which provider.
    pub provider: &'a str,
    /// What it came to.
    pub outcome: &'a Outcome,
    /// Where the message stands now.
    pub state: MessageState,
    /// When it is tried again, for [`MessageState::Pending`].
    pub not_before: Timestamp,
}

/// A message as an alert's page shows it.
#[derive(Debug, Clone)]
pub struct MessageRecord {
    /// Its id.
    pub id: MessageId,
    /// The recipient, with the name.
    pub person: (PersonId, String),
    /// The channel.
    pub channel: Channel,
    /// Why.
    pub kind: NoticeKind,
    /// Turn of the alert.
    pub epoch: u32,
    /// The rung.
    pub rung: u8,
    /// Where it stands.
    pub state: MessageState,
    /// How often it was tried.
    pub attempts: u32,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// When it last changed.
    pub at: Timestamp,
    /// When it was put into the outbox.
    pub created_at: Timestamp,
}

impl Tx {
    /// Puts a notice into the outbox; the same notice twice is one. Says whether it was new.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn put_message(
        &mut self,
        id: MessageId,
        to: &Recipient<'_>,
        notice: &Notice,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let a = notice.to();
        let (lane, not_before) = match notice {
            Notice::Red(_) => (Lane::Red, now),
            Notice::Other(other) => (Lane::Normal, other.not_before),
        };
        let sql = "INSERT INTO outbox (id, alert_id, school_id, person_id, channel, kind, epoch, rung, repeat_no, lane, \
                   priority, level, minutes, not_before, state, attempt, taken_by, created_at, changed_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'pending', 0, $15, $16, $16) \
                   ON CONFLICT (alert_id, epoch, rung, repeat_no, person_id, channel, kind) DO NOTHING";
        let values = vec![
            id.uuid().into(),
            to.alert.uuid().into(),
            to.school.uuid().into(),
            a.person.uuid().into(),
            a.channel.key().into(),
            a.kind.key().into(),
            i64::from(a.epoch).into(),
            i64::from(a.rung).into(),
            i64::from(a.repeat).into(),
            lane.key().into(),
            i64::from(a.priority).into(),
            i64::from(to.level.number()).into(),
            i64::from(to.minutes).into(),
            at(not_before),
            to.taken_by.map(str::to_owned).into(),
            at(now),
        ];
        let new = self.run(sql, values).await? > 0;
        self.fills_outbox();
        Ok(new)
    }

    /// Alarms of an alert that have not gone out stay in.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn cancel_alarms(&mut self, alert: AlertId, now: Timestamp) -> Result<u64, StorageError> {
        let sql = "UPDATE outbox SET state = 'cancelled', changed_at = $2 \
                   WHERE alert_id = $1 AND state = 'pending' AND kind = 'alarm'";
        self.run(sql, vec![alert.uuid().into(), at(now)]).await
    }

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
        let claimed = self.claimed(&ids).await?;
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

    async fn claimed(&self, ids: &[Uuid]) -> Result<Vec<Claimed>, StorageError> {
        let mut v = Values::default();
        let list = v.list(ids.iter().copied());
        let sql = format!(
            "SELECT m.*, s.name AS school_name, s.duty_phone, a.climb_state, \
             (SELECT c.address FROM contact_method c WHERE c.person_id = m.person_id AND c.channel = m.channel \
             AND c.verified_at IS NOT NULL ORDER BY c.verified_at DESC LIMIT 1) AS address \
             FROM outbox m JOIN school s ON s.id = m.school_id JOIN alert a ON a.id = m.alert_id \
             WHERE m.id IN ({list}) ORDER BY m.priority, m.not_before, m.id"
        );
        self.read()?.all(&sql, v.into_vec()).await?.iter().map(claimed).collect()
    }

    /// Writes down what an attempt came to. Refused when the lease has gone to somebody else.
    ///
    /// # Errors
    /// [`StorageError::Stale`] when another attempt has begun since.
    pub async fn record_attempt(&mut self, v: &Verdict<'_>, now: Timestamp) -> Result<(), StorageError> {
        let (detail, provider_id) = match v.outcome {
            Outcome::Accepted { provider_id } => (None, provider_id.clone()),
            Outcome::Retry(e) | Outcome::BadAddress(e) | Outcome::Refused(e) | Outcome::Ambiguous(e) => {
                (Some(e.clone()), None)
            }
        };
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
        self.take_early_receipt(v, now).await
    }

    /// A receipt can be faster than the answer to the call that it is about.
    async fn take_early_receipt(&mut self, v: &Verdict<'_>, now: Timestamp) -> Result<(), StorageError> {
        let Outcome::Accepted { provider_id: Some(id) } = v.outcome else { return Ok(()) };
        let sql = "UPDATE outbox SET changed_at = $4, state = (SELECT MIN(status) FROM provider_receipt WHERE provider = $2 \
                   AND provider_id = $3) WHERE id = $1 AND state = 'accepted' AND EXISTS (SELECT 1 FROM provider_receipt \
                   WHERE provider = $2 AND provider_id = $3)";
        let values = vec![v.claimed.id.uuid().into(), v.provider.into(), id.clone().into(), at(now)];
        self.run(sql, values).await.map(|_| ())
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

    /// Writes down a receipt, and what it says of the message. Says whether it was new.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn record_receipt(
        &mut self,
        provider: &str,
        provider_id: &str,
        state: MessageState,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let sql = "INSERT INTO provider_receipt (provider, provider_id, status, at) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (provider, provider_id, status) DO NOTHING";
        let values = vec![provider.into(), provider_id.into(), state.key().into(), at(now)];
        if self.run(sql, values).await? == 0 {
            return Ok(false);
        }
        let allowed = if state == MessageState::Delivered {
            "('pending', 'sending', 'accepted', 'unknown', 'failed')"
        } else {
            "('sending', 'accepted', 'unknown')"
        };
        let sql = format!(
            "UPDATE outbox SET state = $3, changed_at = $4, lease_until = NULL WHERE provider = $1 AND provider_id = $2 \
             AND state IN {allowed}"
        );
        let values = vec![provider.into(), provider_id.into(), state.key().into(), at(now)];
        Ok(self.run(&sql, values).await? > 0)
    }
}

impl Read<'_> {
    /// The messages of an alert, in the order in which they were put.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn messages(&self, alert: AlertId, limit: u32) -> Result<Vec<MessageRecord>, StorageError> {
        let sql = "SELECT m.*, p.name FROM outbox m JOIN person p ON p.id = m.person_id WHERE m.alert_id = $1 \
                   ORDER BY m.created_at, m.id LIMIT $2";
        self.all(sql, vec![alert.uuid().into(), i64::from(limit).into()]).await?.iter().map(message).collect()
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

    /// Whether a lane has anything that a worker could take.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn has_work(&self, lane: Lane, now: Timestamp, real_now: Timestamp) -> Result<bool, StorageError> {
        let sql = "SELECT 1 AS one WHERE EXISTS (SELECT 1 FROM outbox WHERE lane = $1 AND state = 'pending' AND not_before <= $2) \
                   OR EXISTS (SELECT 1 FROM outbox WHERE lane = $1 AND state = 'sending' AND lease_until <= $3)";
        Ok(self.one(sql, vec![lane.key().into(), at(now), at(real_now)]).await?.is_some())
    }

    /// How many messages wait, and since when the oldest.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn backlog(&self, now: Timestamp) -> Result<(u64, Option<Timestamp>), StorageError> {
        let sql =
            "SELECT COUNT(*) AS n, MIN(not_before) AS oldest FROM outbox WHERE state = 'pending' AND not_before <= $1";
        let row = self.one(sql, vec![at(now)]).await?;
        let Some(row) = row else { return Ok((0, None)) };
        Ok((number(&row, "n")?, crate::row::maybe_instant(&row, "oldest")?))
    }

    /// To which alert, turn and rung a provider's message belongs.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn message_of_receipt(
        &self,
        provider: &str,
        provider_id: &str,
    ) -> Result<Option<(AlertId, u32, u8)>, StorageError> {
        let sql = "SELECT alert_id, epoch, rung FROM outbox WHERE provider = $1 AND provider_id = $2 LIMIT 1";
        let row = self.one(sql, vec![provider.into(), provider_id.into()]).await?;
        row.map(|r| Ok((AlertId::new(get(&r, "alert_id")?), number(&r, "epoch")?, number(&r, "rung")?))).transpose()
    }

    /// Whether every message of a rung's turn has finally failed.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn rung_failed(&self, alert: AlertId, epoch: u32, rung: u8) -> Result<bool, StorageError> {
        let sql = "SELECT SUM(CASE WHEN state = 'failed' THEN 1 ELSE 0 END) AS failed, COUNT(*) AS n FROM outbox \
                   WHERE alert_id = $1 AND epoch = $2 AND rung = $3 AND kind = 'alarm'";
        let values = vec![alert.uuid().into(), i64::from(epoch).into(), i64::from(rung).into()];
        let Some(row) = self.one(sql, values).await? else { return Ok(false) };
        let (failed, n): (Option<i64>, i64) = (get(&row, "failed")?, get(&row, "n")?);
        Ok(n > 0 && failed == Some(n))
    }
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
        rung: number(r, "rung")?,
        repeat: number(r, "repeat_no")?,
        lane: word(r, "lane", Lane::from_key)?,
        level: crate::alert::level(r, "level")?,
        minutes: number(r, "minutes")?,
        taken_by: get(r, "taken_by")?,
        address: get(r, "address")?,
        created_at: instant(r, "created_at")?,
        wanted: kind != NoticeKind::Alarm || climb == "open",
    })
}

fn message(r: &QueryResult) -> Result<MessageRecord, StorageError> {
    Ok(MessageRecord {
        id: MessageId::new(get(r, "id")?),
        person: (PersonId::new(get(r, "person_id")?), get(r, "name")?),
        channel: word(r, "channel", Channel::from_key)?,
        kind: word(r, "kind", NoticeKind::from_key)?,
        epoch: number(r, "epoch")?,
        rung: number(r, "rung")?,
        state: word(r, "state", MessageState::from_key)?,
        attempts: number(r, "attempt")?,
        last_error: get(r, "last_error")?,
        at: instant(r, "changed_at")?,
        created_at: instant(r, "created_at")?,
    })
}

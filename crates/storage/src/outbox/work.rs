//! Working the outbox off: lease, then write down what came of it, fenced by the attempt.

use domain::delivery::{Channel, MessageState, Outcome};
use domain::directory::Audience;
use domain::id::{AlertId, ContactId, MessageId, PersonId, SchoolId};
use domain::notice::{Lane, NoticeKind};
use domain::staff::Role;
use domain::time::Timestamp;
use sea_orm::{QueryResult, Value};
use uuid::Uuid;

use super::address::ADDRESS;
use super::{Attempted, Claimed, Taking, Verdict};
use crate::row::{Values, at, get, instant, number, word};
use crate::{Read, StorageError, Tx};

/// How many of a message's latest attempts are told to whoever chooses the next provider. Refusals are told always.
const LATEST_ATTEMPTS: i64 = 32;

impl Tx {
    /// Leases messages: those that wait, and those whose lease has run out. Messages to the same person that may go out
    /// together do: one of them is claimed, and carries the others.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn claim(&mut self, t: &Taking) -> Result<Vec<Claimed>, StorageError> {
        if t.lane == Lane::Normal {
            self.bundle_alone().await?;
        }
        let mut ids = self.take(t).await?;
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        self.does(crate::Deed::Claim);
        if t.lane == Lane::Normal {
            let company = self.take_company(&ids, t).await?;
            ids.extend(company);
        }
        let now = t.now;
        let mut claimed = match t.lane {
            Lane::Red => self.claimed(&ids, now).await?,
            Lane::Normal => {
                let mut all = self.claimed(&ids, now).await?;
                all.extend(self.claimed_of_reports(&ids).await?);
                all.extend(self.claimed_of_tasks(&ids).await?);
                all.extend(self.claimed_of_reporters(&ids).await?);
                all.extend(self.claimed_by_law(&ids).await?);
                all.extend(self.claimed_of_students(&ids).await?);
                all.extend(self.claimed_of_appointments(&ids).await?);
                all
            }
            Lane::Drill => self.claimed_of_drills(&ids).await?,
        };
        self.bundle(&mut claimed, now).await?;
        self.tell_bundles(&mut claimed, now).await?;
        self.tell_earlier(&mut claimed).await?;
        for chunk in claimed.chunks(200) {
            let mut v = Values::default();
            let rows: Vec<String> = chunk.iter().map(|c| v.row(begun(c, now))).collect();
            let sql = format!(
                "INSERT INTO delivery_attempt (outbox_id, attempt, started_at, contact_id) VALUES {}",
                rows.join(", ")
            );
            self.run(&sql, v.into_vec()).await?;
        }
        Ok(claimed)
    }

    /// Each half reads no more of its index than it takes, and on PostgreSQL passes over what another worker holds.
    async fn take(&mut self, t: &Taking) -> Result<Vec<Uuid>, StorageError> {
        let skip = self.skip_locked();
        let mut v = Values::default();
        let (lane, now, until) = (v.push(t.lane.key()), v.push(at(t.now)), v.push(at(t.lease.until)));
        let (most, real, late) = (v.push(i64::from(t.most)), v.push(at(t.lease.now)), v.push(at(t.late_before)));
        let by = t.channel.map(|c| format!(" AND channel = {}", v.push(c.key()))).unwrap_or_default();
        let sql = format!(
            "WITH waiting AS (SELECT id FROM outbox WHERE lane = {lane} AND state = 'pending' AND not_before <= {now}{by} \
             ORDER BY priority, not_before LIMIT {most}{skip}), \
             expired AS (SELECT id FROM outbox WHERE lane = {lane} AND state = 'sending' AND lease_until <= {real}{by} \
             ORDER BY lease_until LIMIT {most}{skip}) \
             UPDATE outbox SET state = 'sending', attempt = attempt + 1, lease_until = {until}, changed_at = {now}, \
             late = CASE WHEN attempt = 0 AND not_before < {late} THEN 1 ELSE late END \
             WHERE id IN (SELECT id FROM waiting UNION ALL SELECT id FROM expired) RETURNING id"
        );
        let rows = self.read()?.all(&sql, v.into_vec()).await?;
        rows.iter().map(|r| get(r, "id")).collect()
    }

    async fn claimed(&self, ids: &[Uuid], now: Timestamp) -> Result<Vec<Claimed>, StorageError> {
        let mut v = Values::default();
        let list = v.list(ids.iter().copied());
        let hears = hears(&mut v, now);
        let sql = format!(
            "SELECT m.*, s.name AS school_name, s.duty_phone, a.climb_state, a.epoch AS alert_epoch, \
             CAST(CASE WHEN {hears} THEN 1 ELSE 0 END AS BIGINT) AS hears, {ADDRESS} \
             FROM outbox m JOIN school s ON s.id = m.school_id JOIN alert a ON a.id = m.alert_id \
             WHERE m.id IN ({list}) ORDER BY m.priority, m.not_before, m.id"
        );
        self.read()?.all(&sql, v.into_vec()).await?.iter().map(claimed).collect()
    }

    /// Adds what the earlier attempts came to. One that was cut off half way came to nothing and is left out.
    async fn tell_earlier(&self, claimed: &mut [Claimed]) -> Result<(), StorageError> {
        let mut v = Values::default();
        let list = v.list(claimed.iter().filter(|c| c.attempt != 1).map(|c| c.id.uuid()));
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

    /// Writes down what an attempt came to. Refused when the lease has gone to somebody else. What has to be tried again
    /// goes after what was never tried: a throng of retries holds up nobody's first message.
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
        let attempt = i64::from(v.claimed.attempt);
        let sql = "UPDATE outbox SET state = $3, provider = $4, provider_id = COALESCE($5, provider_id), last_error = $6, \
                   not_before = $7, lease_until = NULL, changed_at = $8, \
                   priority = CASE WHEN priority < 10 THEN priority + 10 ELSE priority END \
                   WHERE id = $1 AND state = 'sending' AND attempt = $2";
        let values = vec![
            v.claimed.id.uuid().into(),
            attempt.into(),
            v.state.key().into(),
            v.provider.into(),
            provider_id.clone().into(),
            detail.clone().into(),
            at(v.not_before),
            at(now),
        ];
        // The message comes first: a process that is frozen here keeps others from taking it, not from writing down that they sent it.
        let held = self.run(sql, values).await? > 0;
        let sql = "UPDATE delivery_attempt SET provider = $3, ended_at = $4, outcome = $5, detail = $6 \
                   WHERE outbox_id = $1 AND attempt = $2";
        let values = vec![
            v.claimed.id.uuid().into(),
            attempt.into(),
            v.provider.into(),
            at(now),
            v.outcome.key().into(),
            detail.into(),
        ];
        self.run(sql, values).await?;
        if !held {
            return Err(StorageError::Stale);
        }
        if let Some(id) = &provider_id {
            self.alone_with_receipt(v.provider, id).await?;
        }
        // Of SMS and calls the receipt tells, of everything else the provider's word is all there is.
        if v.state == MessageState::Accepted && !matches!(v.claimed.channel, Channel::Sms | Channel::Voice) {
            self.note_reached(v.claimed.id, now).await?;
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
    pub async fn has_work(
        &self,
        lane: Lane,
        channel: Option<Channel>,
        now: Timestamp,
        real_now: Timestamp,
    ) -> Result<bool, StorageError> {
        let mut v = Values::default();
        let (lane, now, real) = (v.push(lane.key()), v.push(at(now)), v.push(at(real_now)));
        let by = channel.map(|c| format!(" AND channel = {}", v.push(c.key()))).unwrap_or_default();
        let sql = format!(
            "SELECT 1 AS one WHERE EXISTS (SELECT 1 FROM outbox WHERE lane = {lane} AND state = 'pending' AND not_before <= {now}{by}) \
             OR EXISTS (SELECT 1 FROM outbox WHERE lane = {lane} AND state = 'sending' AND lease_until <= {real}{by})"
        );
        Ok(self.one(&sql, v.into_vec()).await?.is_some())
    }

    /// How many messages to people wait, and since when the oldest.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn backlog(&self, now: Timestamp) -> Result<(u64, Option<Timestamp>), StorageError> {
        let sql = "SELECT COUNT(*) AS n, MIN(not_before) AS oldest FROM outbox WHERE state = 'pending' AND not_before <= $1 \
             AND school_id <> $2 AND lane <> 'drill'";
        let row = self.one(sql, vec![at(now), domain::canary::SCHOOL.uuid().into()]).await?;
        let Some(row) = row else { return Ok((0, None)) };
        Ok((number(&row, "n")?, crate::row::maybe_instant(&row, "oldest")?))
    }
}

/// An attempt as it begins, with the address that it goes to.
fn begun(c: &Claimed, now: Timestamp) -> [Value; 4] {
    let contact = c.contact.map(ContactId::uuid);
    [c.id.uuid().into(), i64::from(c.attempt).into(), at(now), contact.into()]
}

/// The words of SQL that say "the recipient may still hear of the alert": he is not left out of it, and one of the offices
/// that he holds now, or stands in for, is admitted; of those to whom something is confided, one that he holds himself.
pub(super) fn hears(v: &mut Values, now: Timestamp) -> String {
    let t = v.push(domain::time::to_micros(now));
    let admitted = |audience: Audience| {
        let own = if audience == Audience::Confidants { "x.person_id = m.person_id AND " } else { "" };
        let roles = Role::ALL.into_iter().filter(|r| audience.admits(*r)).map(|r| format!("'{}'", r.key()));
        format!("({own}a.audience = '{}' AND x.role IN ({}))", audience.key(), roles.collect::<Vec<_>>().join(", "))
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

/// Whether a message is still wanted: its recipient may hear of the alert, and an alarm goes out only while the alert is
/// open. Of a storm anybody may hear: it is about no alert.
pub(super) fn wanted(r: &QueryResult, kind: NoticeKind) -> Result<bool, StorageError> {
    let (climb, hears): (String, i64) = (get(r, "climb_state")?, get(r, "hears")?);
    let same_turn = get::<i64>(r, "epoch")? == get::<i64>(r, "alert_epoch")?;
    Ok(match kind {
        NoticeKind::Storm => true,
        NoticeKind::Alarm => hears == 1 && climb == "open",
        // That it is over is said of what is over, and not of what new facts have opened again since.
        NoticeKind::Over | NoticeKind::RecheckDue => hears == 1 && climb == "closed" && same_turn,
        // Whoever has just assessed it, or opened it again, need not be told that nobody has.
        NoticeKind::AssessmentDue => hears == 1 && climb == "acked" && same_turn,
        NoticeKind::NewFacts
        | NoticeKind::SecondSignature
        | NoticeKind::HandingOver
        | NoticeKind::HandedBack
        | NoticeKind::WatchLapsed => hears == 1 && climb != "closed",
        NoticeKind::TakenOver
        | NoticeKind::StoodDown
        | NoticeKind::SignatureGiven
        | NoticeKind::SignatureRefused
        | NoticeKind::ContactTest
        | NoticeKind::ContactChanged
        | NoticeKind::PasswordChanged
        | NoticeKind::DrillOver
        | NoticeKind::DrillStopped
        | NoticeKind::ReportDue
        | NoticeKind::ReportsMissing
        | NoticeKind::SweepDue
        | NoticeKind::SweepsMissing
        | NoticeKind::TaskGiven
        | NoticeKind::TaskTaken
        | NoticeKind::TaskDue
        | NoticeKind::TaskOverdue
        | NoticeKind::DecisionLookedAt
        | NoticeKind::ReportUnread
        | NoticeKind::UrgentOverdue
        | NoticeKind::StudentWaits
        | NoticeKind::StudentOverdue
        | NoticeKind::StudentAnswered
        | NoticeKind::AppointmentWaits
        | NoticeKind::AppointmentMade => hears == 1,
    })
}

pub(super) fn claimed(r: &QueryResult) -> Result<Claimed, StorageError> {
    let kind = word(r, "kind", NoticeKind::from_key)?;
    Ok(Claimed {
        id: MessageId::new(get(r, "id")?),
        attempt: number(r, "attempt")?,
        alert: AlertId::new(get(r, "alert_id")?),
        school: SchoolId::new(get(r, "school_id")?),
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
        contact: get::<Option<Uuid>>(r, "contact_id")?.map(ContactId::new),
        address: get(r, "address")?,
        created_at: instant(r, "created_at")?,
        wanted: wanted(r, kind)?,
        may_bundle: get::<i64>(r, "may_bundle")? == 1,
        bundle: None,
        late: get::<i64>(r, "late")? == 1,
        risen: false,
        earlier: Vec::new(),
    })
}

//! Company: messages of yellow and blue alerts to one person of one school, by one channel, go out as one. Which they are
//! is decided in the transaction that claims them, and never changes after it: a resend carries the same.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use domain::delivery::Channel;
use domain::id::{AlertId, MessageId, PersonId, SchoolId};
use domain::notice::{NoticeKind, OtherNotice};
use domain::time::Timestamp;
use uuid::Uuid;

use super::{Bundle, Claimed, Taking};
use crate::row::{Values, at, get, maybe_instant, number, word};
use crate::{Read, StorageError, Tx};

/// Who bundles does it alone: two of them would make two bundles of one.
const BUNDLER: Uuid = Uuid::from_u128(0x1d6f_0b7c_5ad2_4f0e_9d3e_6b75_6e64_6c65);
/// The most messages that join those claimed in one turn; the next turn takes the rest.
const COMPANY: i64 = 2_000;
/// So far back company is looked for.
const LATELY: TimeDelta = TimeDelta::days(1);

impl Tx {
    /// When a message goes out that may go out with others. The first goes at its time; those that follow it within the
    /// window go together when the window ends.
    pub(super) async fn with_company(
        &mut self,
        school: SchoolId,
        notice: &OtherNotice,
    ) -> Result<Timestamp, StorageError> {
        let window = TimeDelta::seconds(i64::from(notice.window_seconds));
        let (base, to) = (notice.not_before, &notice.to);
        let sql = "SELECT MIN(CASE WHEN state = 'pending' AND attempt = 0 THEN not_before END) AS waits, \
                   MAX(CASE WHEN state <> 'cancelled' AND attempt > 0 AND changed_at <= $4 THEN changed_at END) AS went \
                   FROM outbox WHERE may_bundle = 1 AND person_id = $1 AND channel = $2 AND school_id = $3 \
                   AND not_before > $5 AND not_before <= $6";
        let values = vec![
            to.person.uuid().into(),
            to.channel.key().into(),
            school.uuid().into(),
            at(base),
            at(base - LATELY),
            at(base + window),
        ];
        let Some(row) = self.read()?.one(sql, values).await? else { return Ok(base) };
        let (waits, went) = (maybe_instant(&row, "waits")?, maybe_instant(&row, "went")?);
        Ok(waits.or(went.map(|at| at + window)).map_or(base, |at| at.max(base)))
    }

    /// Nobody else bundles until this transaction is over.
    pub(super) async fn bundle_alone(&self) -> Result<(), StorageError> {
        self.alone_with(BUNDLER).await
    }

    /// Takes what is due and may go out with what was taken.
    pub(super) async fn take_company(&mut self, taken: &[Uuid], t: &Taking) -> Result<Vec<Uuid>, StorageError> {
        let skip = self.skip_locked();
        let mut v = Values::default();
        let (now, until, late) = (v.push(at(t.now)), v.push(at(t.lease.until)), v.push(at(t.late_before)));
        let (most, list) = (v.push(COMPANY), v.list(taken.iter().copied()));
        let sql = format!(
            "UPDATE outbox SET state = 'sending', attempt = attempt + 1, lease_until = {until}, changed_at = {now}, \
             late = CASE WHEN not_before < {late} THEN 1 ELSE late END WHERE id IN ( \
             SELECT m.id FROM outbox c JOIN outbox m ON m.person_id = c.person_id AND m.channel = c.channel \
             AND m.school_id = c.school_id WHERE c.id IN ({list}) AND c.may_bundle = 1 AND c.attempt = 1 \
             AND m.may_bundle = 1 AND m.attempt = 0 AND m.state = 'pending' AND m.not_before <= {now} \
             LIMIT {most}{skip}) RETURNING id"
        );
        let rows = self.read()?.all(&sql, v.into_vec()).await?;
        rows.iter().map(|r| get(r, "id")).collect()
    }

    /// Of what was claimed for the first time, one carries all others to the same person. What is not wanted any more is
    /// left alone, and stays in.
    pub(super) async fn bundle(&mut self, claimed: &mut Vec<Claimed>, now: Timestamp) -> Result<(), StorageError> {
        let mut together: BTreeMap<(PersonId, Channel, SchoolId), Vec<MessageId>> = BTreeMap::new();
        for c in claimed.iter().filter(|c| c.may_bundle && c.attempt == 1 && c.wanted) {
            together.entry((c.person, c.channel, c.school)).or_default().push(c.id);
        }
        for ids in together.into_values() {
            let Some((carrier, members)) = ids.split_first().filter(|(_, members)| !members.is_empty()) else {
                continue;
            };
            let mut v = Values::default();
            let (carrier, now) = (v.push(carrier.uuid()), v.push(at(now)));
            let list = v.list(members.iter().map(|m| m.uuid()));
            let sql = format!(
                "UPDATE outbox SET state = 'bundled', carrier_id = {carrier}, attempt = 0, lease_until = NULL, \
                 changed_at = {now} WHERE id IN ({list})"
            );
            self.run(&sql, v.into_vec()).await?;
            claimed.retain(|c| !members.contains(&c.id));
        }
        Ok(())
    }

    /// Tells each message what it carries. One that carries others is wanted as long as one of them is.
    pub(super) async fn tell_bundles(&self, claimed: &mut [Claimed], now: Timestamp) -> Result<(), StorageError> {
        let mut v = Values::default();
        let list = v.list(claimed.iter().filter(|c| c.may_bundle).map(|c| c.id.uuid()));
        let hears = super::work::hears(&mut v, now);
        let sql = format!(
            "SELECT m.carrier_id, m.alert_id, m.kind, m.minutes, m.epoch, a.climb_state, a.epoch AS alert_epoch, \
             CAST(CASE WHEN {hears} THEN 1 ELSE 0 END AS BIGINT) AS hears \
             FROM outbox m JOIN alert a ON a.id = m.alert_id WHERE m.carrier_id IN ({list})"
        );
        let mut carried: BTreeMap<MessageId, Vec<Part>> = BTreeMap::new();
        for row in self.read()?.all(&sql, v.into_vec()).await? {
            let carrier = MessageId::new(get(&row, "carrier_id")?);
            let kind = word(&row, "kind", NoticeKind::from_key)?;
            if let Some(message) = claimed.iter_mut().find(|c| c.id == carrier) {
                message.wanted |= super::work::wanted(&row, kind)?;
            }
            let part = (AlertId::new(get(&row, "alert_id")?), kind, number(&row, "minutes")?);
            carried.entry(carrier).or_default().push(part);
        }
        for message in claimed {
            let Some(mut parts) = carried.remove(&message.id) else { continue };
            parts.push((message.alert, message.kind, message.minutes));
            message.bundle = Bundle::of(&parts);
        }
        Ok(())
    }
}

impl Read<'_> {
    /// To which alerts, turns and rungs a message belongs: its own, and those of whatever it carries.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn rungs_of(&self, message: MessageId) -> Result<Vec<(AlertId, u32, u8)>, StorageError> {
        let sql = "SELECT DISTINCT alert_id, epoch, rung FROM outbox WHERE id = $1 OR carrier_id = $1";
        let rows = self.all(sql, vec![message.uuid().into()]).await?;
        rows.iter().map(|r| Ok((AlertId::new(get(r, "alert_id")?), number(r, "epoch")?, number(r, "rung")?))).collect()
    }
}

/// One message of several: about which alert, why, and within how many minutes.
type Part = (AlertId, NoticeKind, u32);

impl Bundle {
    /// Each alert counts once, however many messages are about it. Where all are about one, the first speaks for them.
    fn of(parts: &[Part]) -> Option<Self> {
        let asks = |part: &&Part| part.1.asks();
        let alerts: BTreeSet<AlertId> = parts.iter().map(|part| part.0).collect();
        let tasks: BTreeSet<AlertId> = parts.iter().filter(asks).map(|part| part.0).collect();
        let alarms = parts.iter().filter(|part| part.1 == NoticeKind::Alarm);
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        (alerts.len() > 1).then(|| Self {
            tasks: number(tasks.len()),
            notes: number(alerts.len().saturating_sub(tasks.len())),
            minutes: alarms.map(|part| part.2).min(),
        })
    }
}

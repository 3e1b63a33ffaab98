//! Putting notices into the outbox, and keeping in what is not wanted any more.

use chrono::TimeDelta;
use domain::id::{AlertId, MessageId};
use domain::notice::{Address, Lane, Notice};
use domain::time::Timestamp;

use super::Recipient;
use crate::row::at;
use crate::{StorageError, Tx};

/// A day. Whoever has days reads of days, however long his message waited.
const DAY_MINUTES: u32 = 1_440;

/// How many minutes are left when a message goes out that waits first. School days are days to whoever reads of them.
pub(super) fn minutes_then(minutes: u32, waits: TimeDelta) -> u32 {
    let waits = u32::try_from(waits.num_minutes()).unwrap_or_default();
    if minutes < DAY_MINUTES { minutes.saturating_sub(waits).max(1) } else { minutes }
}

/// It carries others, which may still be wanted: whoever sends it asks all of them.
const CARRIES: &str = "EXISTS (SELECT 1 FROM outbox b WHERE b.carrier_id = outbox.id)";

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
        let (lane, not_before, may_bundle) = match notice {
            Notice::Red(_) => (Lane::Red, now, false),
            Notice::Prompt(_) => (Lane::Normal, now, false),
            Notice::Other(other) => (Lane::Normal, self.with_company(to.school, other).await?, true),
        };
        let sql = "INSERT INTO outbox (id, alert_id, school_id, person_id, channel, kind, epoch, rung, repeat_no, lane, \
                   priority, level, minutes, not_before, state, attempt, taken_by, created_at, changed_at, code_counter, \
                   may_bundle, late) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'pending', 0, $15, \
                   $16, $16, $17, $18, $19) \
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
            i64::from(minutes_then(to.minutes, not_before - now)).into(),
            at(not_before),
            to.taken_by.map(str::to_owned).into(),
            at(now),
            i64::from(to.code_counter).into(),
            i64::from(may_bundle).into(),
            i64::from(to.late).into(),
        ];
        let new = self.run(sql, values).await? > 0;
        self.fills_outbox();
        Ok(new)
    }

    /// A newer notice takes the place of older alarms to the same person by the same channel that nobody has tried to send
    /// yet. The same notice once more is no newer one.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn overtake(&mut self, alert: AlertId, by: &Address, now: Timestamp) -> Result<u64, StorageError> {
        let sql = "UPDATE outbox SET state = 'cancelled', changed_at = $4 WHERE alert_id = $1 AND person_id = $2 \
                   AND channel = $3 AND kind = 'alarm' AND state = 'pending' AND attempt = 0 \
                   AND NOT (epoch = $5 AND rung = $6 AND repeat_no = $7)";
        let values = vec![
            alert.uuid().into(),
            by.person.uuid().into(),
            by.channel.key().into(),
            at(now),
            i64::from(by.epoch).into(),
            i64::from(by.rung).into(),
            i64::from(by.repeat).into(),
        ];
        self.run(sql, values).await
    }

    /// Alarms of an alert that have not gone out stay in.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn cancel_alarms(&mut self, alert: AlertId, now: Timestamp) -> Result<u64, StorageError> {
        let sql = "UPDATE outbox SET state = 'cancelled', changed_at = $2 \
                   WHERE alert_id = $1 AND state = 'pending' AND kind = 'alarm' AND NOT ";
        let sql = format!("{sql}{CARRIES}");
        self.run(&sql, vec![alert.uuid().into(), at(now)]).await
    }
}

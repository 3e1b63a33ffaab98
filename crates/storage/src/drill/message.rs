//! The messages of drills. They are put into the lane of drills by nothing but this file, and no statement changes a lane.

use domain::delivery::{Channel, MessageState};
use domain::drill::subject;
use domain::id::{DrillId, MessageId, PersonId, SchoolId};
use domain::level::Level;
use domain::notice::{Address, Lane, NoticeKind};
use domain::time::Timestamp;
use sea_orm::QueryResult;

use crate::row::{at, get, instant, maybe_instant, number, word};
use crate::{Read, StorageError, Tx};

/// Behind everything else, should anybody ever put it beside something else.
const LAST: i64 = 99;

/// What a message of a drill needs besides its address.
#[derive(Debug, Clone, Copy)]
pub struct DrillRecipient {
    /// The drill.
    pub drill: DrillId,
    /// Its school.
    pub school: SchoolId,
    /// Its level.
    pub level: Level,
    /// Within how many minutes an answer is asked for.
    pub minutes: u32,
    /// Who took it, by office.
    pub taken_by: Option<&'static str>,
    /// What tells the number in the message from one that was taken.
    pub code_counter: u32,
}

/// A message of a drill, as its report shows it.
#[derive(Debug, Clone)]
pub struct DrillMessage {
    /// The recipient, with the name.
    pub person: (PersonId, String),
    /// The channel.
    pub channel: Channel,
    /// Why.
    pub kind: NoticeKind,
    /// Turn of the drill.
    pub epoch: u32,
    /// The rung.
    pub rung: u8,
    /// Where it stands.
    pub state: MessageState,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// When it was put into the outbox.
    pub created_at: Timestamp,
    /// When a provider took it.
    pub accepted_at: Option<Timestamp>,
    /// When a receipt said that it had arrived.
    pub delivered_at: Option<Timestamp>,
}

impl Tx {
    /// Puts a message of a drill into the outbox; the same one twice is one.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn put_drill_message(
        &mut self,
        id: MessageId,
        to: &DrillRecipient,
        a: &Address,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let sql = "INSERT INTO outbox (id, alert_id, school_id, person_id, channel, kind, epoch, rung, repeat_no, lane, \
                   priority, level, minutes, not_before, state, attempt, taken_by, created_at, changed_at, code_counter) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'pending', 0, $15, $14, $14, $16) \
                   ON CONFLICT (alert_id, epoch, rung, repeat_no, person_id, channel, kind) DO NOTHING";
        let values = vec![
            id.uuid().into(),
            subject(to.drill).uuid().into(),
            to.school.uuid().into(),
            a.person.uuid().into(),
            a.channel.key().into(),
            a.kind.key().into(),
            i64::from(a.epoch).into(),
            i64::from(a.rung).into(),
            i64::from(a.repeat).into(),
            Lane::Drill.key().into(),
            (i64::from(a.priority) + LAST).into(),
            i64::from(to.level.number()).into(),
            i64::from(to.minutes).into(),
            at(now),
            to.taken_by.map(str::to_owned).into(),
            i64::from(to.code_counter).into(),
        ];
        self.run(sql, values).await?;
        self.fills_outbox();
        Ok(())
    }

    /// What of a drill has not gone out stays in.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn cancel_drill_messages(&mut self, drill: DrillId, now: Timestamp) -> Result<u64, StorageError> {
        let sql = "UPDATE outbox SET state = 'cancelled', changed_at = $2 \
                   WHERE alert_id = $1 AND state = 'pending' AND lane = 'drill'";
        self.run(sql, vec![subject(drill).uuid().into(), at(now)]).await
    }
}

impl Read<'_> {
    /// The messages of a drill, in the order in which they were put.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn drill_messages(&self, drill: DrillId) -> Result<Vec<DrillMessage>, StorageError> {
        let sql = "SELECT m.*, p.name, (SELECT MIN(d.ended_at) FROM delivery_attempt d WHERE d.outbox_id = m.id \
                   AND d.outcome = 'accepted' AND d.provider <> 'none') AS accepted_at \
                   FROM outbox m JOIN person p ON p.id = m.person_id WHERE m.alert_id = $1 AND m.lane = 'drill' \
                   ORDER BY m.created_at, m.id LIMIT 2000";
        self.all(sql, vec![subject(drill).uuid().into()]).await?.iter().map(message).collect()
    }
}

fn message(r: &QueryResult) -> Result<DrillMessage, StorageError> {
    let state = word(r, "state", MessageState::from_key)?;
    Ok(DrillMessage {
        person: (PersonId::new(get(r, "person_id")?), get(r, "name")?),
        channel: word(r, "channel", Channel::from_key)?,
        kind: word(r, "kind", NoticeKind::from_key)?,
        epoch: number(r, "epoch")?,
        rung: number(r, "rung")?,
        state,
        last_error: get(r, "last_error")?,
        created_at: instant(r, "created_at")?,
        accepted_at: maybe_instant(r, "accepted_at")?,
        delivered_at: if state == MessageState::Delivered { Some(instant(r, "changed_at")?) } else { None },
    })
}

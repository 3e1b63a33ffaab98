//! Reports of the staff, until somebody has looked at them or their time is over.

use domain::delivery::Channel;
use domain::id::{AlertId, MessageId, ObservationId, PersonId, SchoolId};
use domain::time::Timestamp;

use crate::row::{at, get, instant};
use crate::task::TaskMessage;
use crate::{Read, StorageError, Tx};

/// A report whose time is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnreadReport {
    /// The report.
    pub observation: ObservationId,
    /// The alert that it led to.
    pub alert: AlertId,
    /// Who filed it.
    pub filer: PersonId,
    /// At which school.
    pub school: SchoolId,
    /// When it arrived.
    pub received_at: Timestamp,
}

/// The words of SQL that say "somebody else than whoever filed it has looked at what this report led to". It wants `u`, the
/// report, and `o`, the observation.
pub(crate) const LOOKED_AT: &str = "EXISTS (SELECT 1 FROM event e WHERE e.subject = u.alert_id AND e.at >= o.received_at \
    AND e.kind IN ('read', 'acknowledged', 'custody', 'assessed', 'lowered', 'closed') \
    AND (e.by_person IS NULL OR e.by_person <> o.filed_by))";

/// The words of SQL that say "what this report led to has gone higher since": a rung above the first was told. It wants `u` and
/// `o` as well.
pub(crate) const RISEN: &str = "EXISTS (SELECT 1 FROM event e WHERE e.subject = u.alert_id AND e.at > o.received_at \
    AND e.kind = 'rung_told' AND e.body NOT LIKE '%\"rung\":0%')";

impl Tx {
    /// A report is to be looked at by an instant.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn watch_report(
        &mut self,
        observation: ObservationId,
        alert: AlertId,
        due: Timestamp,
    ) -> Result<(), StorageError> {
        let sql = "INSERT INTO unread_report (observation_id, alert_id, due_at) VALUES ($1, $2, $3) \
                   ON CONFLICT (observation_id, alert_id) DO NOTHING";
        self.run(sql, vec![observation.uuid().into(), alert.uuid().into(), at(due)]).await.map(|_| ())
    }

    /// The time of a report is over and was looked at; `told` says that whoever filed it hears so. Says whether nobody had
    /// looked at it before.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn report_is_over(&mut self, r: &UnreadReport, told: bool, now: Timestamp) -> Result<bool, StorageError> {
        let sql = "UPDATE unread_report SET due_at = NULL, told_at = $3 WHERE observation_id = $1 AND alert_id = $2 \
                   AND due_at IS NOT NULL";
        let told = told.then_some(now);
        let values = vec![r.observation.uuid().into(), r.alert.uuid().into(), crate::row::maybe_at(told)];
        Ok(self.run(sql, values).await? > 0)
    }

    /// Puts into the outbox, for whoever filed a report, that nobody has looked at it: once for a report.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn put_unread(
        &mut self,
        id: MessageId,
        r: &UnreadReport,
        channel: Channel,
        not_before: Timestamp,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        // In the outbox a report lies under its own id, as a task does.
        let message = TaskMessage {
            task: domain::id::TaskId::new(r.observation.uuid()),
            school: r.school,
            person: r.filer,
            channel,
            kind: domain::notice::NoticeKind::ReportUnread,
            count: 1,
            turn: 0,
            not_before,
        };
        self.put_task_message(id, &message, now).await
    }
}

impl Read<'_> {
    /// Reports whose time is over.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn reports_over(&self, now: Timestamp, limit: u32) -> Result<Vec<UnreadReport>, StorageError> {
        let sql = "SELECT u.observation_id, u.alert_id, o.filed_by, o.school_id, o.received_at FROM unread_report u \
                   JOIN observation o ON o.id = u.observation_id WHERE u.due_at IS NOT NULL AND u.due_at <= $1 \
                   ORDER BY u.due_at LIMIT $2";
        let rows = self.all(sql, vec![at(now), i64::from(limit).into()]).await?;
        rows.iter()
            .map(|r| {
                Ok(UnreadReport {
                    observation: ObservationId::new(get(r, "observation_id")?),
                    alert: AlertId::new(get(r, "alert_id")?),
                    filer: PersonId::new(get(r, "filed_by")?),
                    school: SchoolId::new(get(r, "school_id")?),
                    received_at: instant(r, "received_at")?,
                })
            })
            .collect()
    }

    /// Whether somebody else than whoever filed it has looked at what a report led to.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn is_looked_at(&self, r: &UnreadReport) -> Result<bool, StorageError> {
        let sql = format!(
            "SELECT u.alert_id FROM unread_report u JOIN observation o ON o.id = u.observation_id \
             WHERE u.observation_id = $1 AND u.alert_id = $2 AND {LOOKED_AT}"
        );
        Ok(self.one(&sql, vec![r.observation.uuid().into(), r.alert.uuid().into()]).await?.is_some())
    }
}

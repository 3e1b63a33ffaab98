//! Finding notices to guardians.

use domain::care::Relation;
use domain::guardian_notice::{Notice, NoticeStep, Taken};
use domain::id::{EventId, NoticeId, PersonId, StudentId};
use sea_orm::QueryResult;
use uuid::Uuid;

use super::{NoticeRecord, NoticeStepRecord};
use crate::row::{get, instant, word};
use crate::{Read, StorageError};

impl Read<'_> {
    /// The notices about a student, the latest first. Whoever asks has found the student.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn notices(&self, student: StudentId) -> Result<Vec<NoticeRecord>, StorageError> {
        let sql = "SELECT n.*, p.name AS by_name FROM guardian_notice n JOIN person p ON p.id = n.issued_by \
                   WHERE n.student_id = $1 ORDER BY n.issued_at DESC, n.id DESC LIMIT 100";
        let mut out = Vec::new();
        for row in self.all(sql, vec![student.uuid().into()]).await? {
            out.push(self.with_steps(&row).await?);
        }
        Ok(out)
    }

    async fn with_steps(&self, r: &QueryResult) -> Result<NoticeRecord, StorageError> {
        let id = NoticeId::new(get(r, "id")?);
        let sql = "SELECT s.*, p.name AS by_name, w.name AS witness_name FROM guardian_notice_step s \
                   JOIN person p ON p.id = s.recorded_by LEFT JOIN person w ON w.id = s.witness_id \
                   WHERE s.notice_id = $1 ORDER BY s.recorded_at, s.id LIMIT 200";
        let steps = self.all(sql, vec![id.uuid().into()]).await?;
        Ok(NoticeRecord {
            id,
            student: StudentId::new(get(r, "student_id")?),
            notice: Notice {
                guardian: get(r, "guardian")?,
                relation: word(r, "relation", Relation::from_key)?,
                text: get(r, "body")?,
                measures: get(r, "measures")?,
                asked: get(r, "asked")?,
                contact: get(r, "contact")?,
            },
            by: (PersonId::new(get(r, "issued_by")?), get(r, "by_name")?),
            at: instant(r, "issued_at")?,
            steps: steps.iter().map(step).collect::<Result<_, _>>()?,
        })
    }
}

fn step(r: &QueryResult) -> Result<NoticeStepRecord, StorageError> {
    Ok(NoticeStepRecord {
        id: EventId::new(get(r, "id")?),
        taken: Taken {
            step: word(r, "step", NoticeStep::from_key)?,
            by: get(r, "said_by")?,
            at: instant(r, "happened_at")?,
            witness: get::<Option<Uuid>>(r, "witness_id")?.map(PersonId::new),
            said: get(r, "said")?,
        },
        witness: get(r, "witness_name")?,
        by: (PersonId::new(get(r, "recorded_by")?), get(r, "by_name")?),
        at: instant(r, "recorded_at")?,
    })
}

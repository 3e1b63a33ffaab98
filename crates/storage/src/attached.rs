//! Files that belong to entries of growth files. What is in one is read by its id alone, never with a list.

use domain::id::{AttachmentId, EventId, PersonId, StudentId};
use domain::time::Timestamp;
use sea_orm::QueryResult;
use uuid::Uuid;

use crate::growth::GrowthEntry;
use crate::row::{Values, at, get, instant, maybe_instant, number};
use crate::{Read, StorageError, Tx};

/// A file to be stored.
#[derive(Debug, Clone)]
pub struct NewAttachment {
    /// Its id.
    pub id: AttachmentId,
    /// In whose file.
    pub student: StudentId,
    /// The entry that it belongs to, and with it to every version that takes its place.
    pub entry: EventId,
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media: &'static str,
    /// The SHA-256 of its content, in hex.
    pub sha256: String,
    /// Its content.
    pub content: Vec<u8>,
    /// Who added it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

/// A file, without what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentRecord {
    /// Its id.
    pub id: AttachmentId,
    /// The entry that it was added to.
    pub entry: EventId,
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media: String,
    /// Its size.
    pub bytes: u64,
    /// The SHA-256 of its content, in hex.
    pub sha256: String,
    /// Who added it.
    pub by: (PersonId, String),
    /// When.
    pub at: Timestamp,
    /// That it was withdrawn: by whom, when and why.
    pub withdrawn: Option<Withdrawn>,
}

/// That a file was withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    /// By whom.
    pub by: (PersonId, String),
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// Everything but the content.
const COLUMNS: &str = "a.id, a.entry_id, a.name, a.media_type, a.size_bytes, a.sha256, a.added_by, a.added_at, \
                       p.name AS added_by_name, w.reason, w.withdrawn_by, w.withdrawn_at, q.name AS withdrawn_by_name";
const BESIDE: &str = "JOIN person p ON p.id = a.added_by LEFT JOIN attachment_withdrawal w ON w.attachment_id = a.id \
                      LEFT JOIN person q ON q.id = w.withdrawn_by";

impl Tx {
    /// Keeps a file.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_attachment(&mut self, new: NewAttachment) -> Result<(), StorageError> {
        let sql = "INSERT INTO attachment (id, student_id, entry_id, name, media_type, size_bytes, sha256, content, \
                   added_by, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        let size = i64::try_from(new.content.len()).map_err(|_| StorageError::Corrupt("size"))?;
        let values = vec![
            new.id.uuid().into(),
            new.student.uuid().into(),
            new.entry.uuid().into(),
            new.name.into(),
            new.media.into(),
            size.into(),
            new.sha256.into(),
            new.content.into(),
            new.by.uuid().into(),
            at(new.at),
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Notes that a file does not belong there. Done twice, the first stands.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn withdraw_attachment(
        &mut self,
        id: AttachmentId,
        by: PersonId,
        reason: &str,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let sql = "INSERT INTO attachment_withdrawal (attachment_id, reason, withdrawn_by, withdrawn_at) \
                   VALUES ($1, $2, $3, $4) ON CONFLICT (attachment_id) DO NOTHING";
        let values = vec![id.uuid().into(), reason.into(), by.uuid().into(), at(now)];
        self.run(sql, values).await.map(|_| ())
    }
}

impl Read<'_> {
    /// Which entry of a student's file a file was added to. Whoever asks has the student in a scope of his, and looks at that
    /// entry next.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn entry_of_attachment(
        &self,
        student: StudentId,
        id: AttachmentId,
    ) -> Result<Option<EventId>, StorageError> {
        let sql = "SELECT entry_id FROM attachment WHERE id = $1 AND student_id = $2";
        let row = self.one(sql, vec![id.uuid().into(), student.uuid().into()]).await?;
        row.map(|r| get(&r, "entry_id").map(EventId::new)).transpose()
    }

    /// What is in a file. Whoever asks reads the entry that it belongs to.
    ///
    /// # Errors
    /// When the database refuses, or the content is not what was kept.
    pub async fn attachment_content(&self, id: AttachmentId) -> Result<Vec<u8>, StorageError> {
        let row = self.one("SELECT content FROM attachment WHERE id = $1", vec![id.uuid().into()]).await?;
        get(&row.ok_or(StorageError::Corrupt("attachment"))?, "content")
    }

    /// Tells each entry the files that were added to it, or to one that it took the place of.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn tell_attachments(&self, entries: &mut [GrowthEntry]) -> Result<(), StorageError> {
        if entries.is_empty() {
            return Ok(());
        }
        let mut v = Values::default();
        let list = v.list(entries.iter().map(|e| e.id.uuid()));
        let sql = format!(
            "WITH RECURSIVE up (leaf, id, corrects_id) AS (SELECT g.id, g.id, g.corrects_id FROM growth_entry g \
             WHERE g.id IN ({list}) UNION ALL SELECT up.leaf, g.id, g.corrects_id FROM up \
             JOIN growth_entry g ON g.id = up.corrects_id) \
             SELECT up.leaf, {COLUMNS} FROM up JOIN attachment a ON a.entry_id = up.id {BESIDE} \
             ORDER BY a.added_at, a.id"
        );
        for row in self.all(&sql, v.into_vec()).await? {
            let leaf = EventId::new(get(&row, "leaf")?);
            if let Some(entry) = entries.iter_mut().find(|e| e.id == leaf) {
                entry.attachments.push(record(&row)?);
            }
        }
        Ok(())
    }
}

fn record(r: &QueryResult) -> Result<AttachmentRecord, StorageError> {
    let person = |id: Uuid, name: &str| Ok::<_, StorageError>((PersonId::new(id), get::<String>(r, name)?));
    let withdrawn = maybe_instant(r, "withdrawn_at")?.map(|when| {
        Ok::<_, StorageError>(Withdrawn {
            by: person(get(r, "withdrawn_by")?, "withdrawn_by_name")?,
            at: when,
            reason: get(r, "reason")?,
        })
    });
    Ok(AttachmentRecord {
        id: AttachmentId::new(get(r, "id")?),
        entry: EventId::new(get(r, "entry_id")?),
        name: get(r, "name")?,
        media: get(r, "media_type")?,
        bytes: number(r, "size_bytes")?,
        sha256: get(r, "sha256")?,
        by: person(get(r, "added_by")?, "added_by_name")?,
        at: instant(r, "added_at")?,
        withdrawn: withdrawn.transpose()?,
    })
}

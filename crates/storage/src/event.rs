//! What happened to an observation or an alert, in order.

use domain::id::PersonId;
use domain::level::Level;
use domain::time::Timestamp;
use uuid::Uuid;

use crate::row::{at, get, instant};
use crate::{Read, StorageError, Tx};

/// One event.
#[derive(Debug, Clone)]
pub struct EventRecord {
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: String,
    /// Who, with the name.
    pub by: Option<(PersonId, String)>,
    /// A JSON value with ids and numbers.
    pub body: Option<String>,
}

impl EventRecord {
    /// From which level to which it changed an alert; nothing where it did not.
    #[must_use]
    pub fn level_change(&self) -> Option<(Level, Level)> {
        let changes = matches!(self.kind.as_str(), "raised" | "lowered" | "assessed");
        let body: serde_json::Value = serde_json::from_str(self.body.as_deref().filter(|_| changes)?).ok()?;
        let level = |key: &str| serde_json::from_value::<Level>(body.get(key)?.clone()).ok();
        let (from, to) = (level("from")?, level("to")?);
        (from != to).then_some((from, to))
    }
}

impl Tx {
    /// Appends an event to a subject's stream.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn append_event(
        &mut self,
        subject: Uuid,
        kind: &str,
        by: Option<PersonId>,
        when: Timestamp,
        body: Option<String>,
    ) -> Result<(), StorageError> {
        let sql = "INSERT INTO event (subject, seq, kind, by_person, at, body) VALUES \
                   ($1, (SELECT COALESCE(MAX(seq), 0) + 1 FROM event WHERE subject = $1), $2, $3, $4, $5)";
        let values = vec![subject.into(), kind.into(), by.map(PersonId::uuid).into(), at(when), body.into()];
        self.run(sql, values).await?;
        match kind {
            "rung_told" => self.feed(subject, "alert.rung_told", when).await,
            "acknowledged" => self.feed(subject, "alert.taken", when).await,
            "reopened" | "case_reopened" => self.feed(subject, "alert.reopened", when).await,
            _ => Ok(()),
        }
    }
}

impl Read<'_> {
    /// The events of a subject, oldest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn events(&self, subject: Uuid, limit: u32) -> Result<Vec<EventRecord>, StorageError> {
        let sql = "SELECT e.at, e.kind, e.by_person, p.name, e.body FROM event e \
                   LEFT JOIN person p ON p.id = e.by_person WHERE e.subject = $1 ORDER BY e.seq LIMIT $2";
        let rows = self.all(sql, vec![subject.into(), i64::from(limit).into()]).await?;
        rows.iter()
            .map(|r| {
                let by: Option<Uuid> = get(r, "by_person")?;
                let name: Option<String> = get(r, "name")?;
                Ok(EventRecord {
                    at: instant(r, "at")?,
                    kind: get(r, "kind")?,
                    by: by.map(|id| (PersonId::new(id), name.unwrap_or_default())),
                    body: get(r, "body")?,
                })
            })
            .collect()
    }
}

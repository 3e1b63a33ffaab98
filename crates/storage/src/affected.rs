//! Children whom an event may have touched.

use domain::access::Scope;
use domain::affected::Touched;
use domain::id::{AlertId, PersonId, StudentId};
use domain::time::Timestamp;
use sea_orm::QueryResult;
use uuid::Uuid;

use crate::row::{Values, at, get, instant, maybe_instant, word};
use crate::student::{COLUMNS, StudentRecord, TABLES, in_units, student};
use crate::{Read, StorageError, Tx};

/// One of them.
#[derive(Debug, Clone)]
pub struct PeerRecord {
    /// Its id: the look-in tasks tell of it.
    pub id: Uuid,
    /// Who.
    pub student: StudentRecord,
    /// Why.
    pub why: Touched,
    /// Who named him.
    pub by: (PersonId, String),
    /// When.
    pub at: Timestamp,
    /// When somebody looked in.
    pub looked_at: Option<Timestamp>,
    /// When somebody looked in again.
    pub looked_again_at: Option<Timestamp>,
    /// The look-in that is open: who does it, and by when.
    pub open: Option<(PersonId, String, Timestamp)>,
}

impl Tx {
    /// Adds one of them.
    ///
    /// # Errors
    /// [`StorageError::Exists`] where he is named already; when the database refuses.
    pub async fn add_affected_peer(
        &mut self,
        id: Uuid,
        (alert, student): (AlertId, StudentId),
        why: Touched,
        by: PersonId,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let sql = "INSERT INTO affected_peer (id, alert_id, student_id, why, named_by, named_at) \
                   VALUES ($1, $2, $3, $4, $5, $6)";
        let values =
            vec![id.into(), alert.uuid().into(), student.uuid().into(), why.key().into(), by.uuid().into(), at(now)];
        self.run(sql, values).await.map(|_| ())
    }

    /// Notes that somebody looked in: the first time, or again. Says whether it was the first; nothing where `record` is none
    /// of them.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn looked_in(&mut self, record: Uuid, now: Timestamp) -> Result<Option<bool>, StorageError> {
        let first = "UPDATE affected_peer SET looked_at = $2 WHERE id = $1 AND looked_at IS NULL";
        if self.run(first, vec![record.into(), at(now)]).await? > 0 {
            return Ok(Some(true));
        }
        let again = "UPDATE affected_peer SET looked_again_at = $2 WHERE id = $1 AND looked_again_at IS NULL";
        let known = self.run(again, vec![record.into(), at(now)]).await? > 0;
        Ok(known.then_some(false))
    }
}

impl Read<'_> {
    /// Those of an alert whose files the reader opens: first whoever nobody has looked in on.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn affected_peers(&self, scope: &Scope, alert: AlertId) -> Result<Vec<PeerRecord>, StorageError> {
        let mut v = Values::default();
        let alert = v.push(alert.uuid());
        let visible = in_units(scope, &mut v, "s");
        let sql = format!(
            "SELECT a.id AS peer_id, a.why, a.named_by, a.named_at, a.looked_at, a.looked_again_at, p.name AS by_name, \
             t.owner_id AS look_owner, o.name AS look_name, t.due_at AS look_due, {COLUMNS} FROM {TABLES} \
             JOIN affected_peer a ON a.student_id = s.id JOIN person p ON p.id = a.named_by \
             LEFT JOIN task t ON t.record_id = a.id AND t.state = 'open' LEFT JOIN person o ON o.id = t.owner_id \
             WHERE a.alert_id = {alert} AND {visible} \
             ORDER BY CASE WHEN a.looked_at IS NULL THEN 0 ELSE 1 END, t.due_at, a.id LIMIT 500"
        );
        self.all(&sql, v.into_vec()).await?.iter().map(peer).collect()
    }
}

fn peer(r: &QueryResult) -> Result<PeerRecord, StorageError> {
    let owner: Option<Uuid> = get(r, "look_owner")?;
    let name: Option<String> = get(r, "look_name")?;
    let due = maybe_instant(r, "look_due")?;
    Ok(PeerRecord {
        id: get(r, "peer_id")?,
        student: student(r)?,
        why: word(r, "why", Touched::from_key)?,
        by: (PersonId::new(get(r, "named_by")?), get(r, "by_name")?),
        at: instant(r, "named_at")?,
        looked_at: maybe_instant(r, "looked_at")?,
        looked_again_at: maybe_instant(r, "looked_again_at")?,
        open: owner.zip(due).map(|(id, due)| (PersonId::new(id), name.unwrap_or_default(), due)),
    })
}

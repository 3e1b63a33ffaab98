//! Households of which nobody is told before two people have decided.

use domain::care::{HomeSafety, HouseholdDecision};
use domain::id::{EventId, PersonId, StudentId};
use domain::time::Timestamp;
use sea_orm::QueryResult;
use uuid::Uuid;

use crate::row::{at, get, instant, maybe_at, maybe_instant, word};
use crate::{Read, StorageError, Tx};

/// A lock that holds.
#[derive(Debug, Clone)]
pub struct HouseholdLock {
    /// Its id.
    pub id: EventId,
    /// Why.
    pub why: HomeSafety,
    /// Since when.
    pub locked_at: Timestamp,
    /// What was proposed last.
    pub proposal: Option<HouseholdProposal>,
    /// When a second person signed it.
    pub signed_at: Option<Timestamp>,
}

/// What somebody proposed.
#[derive(Debug, Clone)]
pub struct HouseholdProposal {
    /// Its name: whoever signs says which one he read.
    pub id: EventId,
    /// What.
    pub decision: HouseholdDecision,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: PersonId,
}

impl Tx {
    /// Locks a household.
    ///
    /// # Errors
    /// [`StorageError::Exists`] when it is locked.
    pub async fn lock_household(
        &mut self,
        id: EventId,
        student: StudentId,
        why: HomeSafety,
        by: PersonId,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let sql = "INSERT INTO household_lock (id, student_id, why, locked_at, locked_by) VALUES ($1, $2, $3, $4, $5)";
        let values = vec![id.uuid().into(), student.uuid().into(), why.key().into(), at(now), by.uuid().into()];
        self.run(sql, values).await.map(|_| ())
    }

    /// Locks a household anew that is locked: what was proposed or decided before did not know of this.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn lock_household_anew(&mut self, id: EventId, why: HomeSafety) -> Result<(), StorageError> {
        let sql = "UPDATE household_lock SET why = $2, decision = NULL, reason = NULL, proposed_by = NULL, \
                   proposed_at = NULL, proposal_id = NULL, signed_by = NULL, signed_at = NULL WHERE id = $1 AND lifted_at IS NULL";
        self.run(sql, vec![id.uuid().into(), why.key().into()]).await.map(|_| ())
    }

    /// Proposes a decision; an earlier proposal that nobody signed is overtaken.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn propose_household(
        &mut self,
        lock: EventId,
        proposal: &HouseholdProposal,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let sql = "UPDATE household_lock SET decision = $2, reason = $3, proposed_by = $4, proposed_at = $5, \
                   proposal_id = $6, signed_by = NULL, signed_at = NULL WHERE id = $1 AND lifted_at IS NULL";
        let values = vec![
            lock.uuid().into(),
            proposal.decision.key().into(),
            proposal.reason.clone().into(),
            proposal.by.uuid().into(),
            at(now),
            proposal.id.uuid().into(),
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Signs the decision.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn sign_household(
        &mut self,
        id: EventId,
        by: PersonId,
        lifted_at: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let sql = "UPDATE household_lock SET signed_by = $2, signed_at = $3, lifted_at = $4 \
                   WHERE id = $1 AND lifted_at IS NULL";
        self.run(sql, vec![id.uuid().into(), by.uuid().into(), at(now), maybe_at(lifted_at)]).await.map(|_| ())
    }
}

impl Read<'_> {
    /// The lock of a student's household. Whoever asks has found the student.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn household_lock(&self, student: StudentId) -> Result<Option<HouseholdLock>, StorageError> {
        let sql = "SELECT * FROM household_lock WHERE student_id = $1 AND lifted_at IS NULL";
        self.one(sql, vec![student.uuid().into()]).await?.as_ref().map(lock).transpose()
    }
}

fn lock(r: &QueryResult) -> Result<HouseholdLock, StorageError> {
    Ok(HouseholdLock {
        id: EventId::new(get(r, "id")?),
        why: word(r, "why", HomeSafety::from_key)?,
        locked_at: instant(r, "locked_at")?,
        proposal: proposal(r)?,
        signed_at: maybe_instant(r, "signed_at")?,
    })
}

fn proposal(r: &QueryResult) -> Result<Option<HouseholdProposal>, StorageError> {
    let (id, by): (Option<Uuid>, Option<Uuid>) = (get(r, "proposal_id")?, get(r, "proposed_by")?);
    let Some((id, by)) = id.zip(by) else { return Ok(None) };
    Ok(Some(HouseholdProposal {
        id: EventId::new(id),
        decision: word(r, "decision", HouseholdDecision::from_key)?,
        reason: get(r, "reason")?,
        by: PersonId::new(by),
    }))
}

//! Custody records and proposals.

use domain::alert::{Custody, Outcome, Proposal, ProposalKind};
use domain::id::{AlertId, EventId, PersonId, ProposalId};
use domain::time::Timestamp;

use crate::row::{at, get, instant, json, maybe_at, to_json};
use crate::{Read, StorageError, Tx};
use sea_orm::QueryResult;

/// A recorded custody.
#[derive(Debug, Clone)]
pub struct CustodyRecord {
    /// Who is with the child, since when, where.
    pub custody: Custody,
    /// Who recorded it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

impl Tx {
    /// Stores a custody record.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_custody(&mut self, id: EventId, alert: AlertId, c: &CustodyRecord) -> Result<(), StorageError> {
        let sql = "INSERT INTO custody (id, alert_id, adult, place, since_at, recorded_by, recorded_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let values = vec![
            id.uuid().into(),
            alert.uuid().into(),
            c.custody.adult.clone().into(),
            c.custody.place.clone().into(),
            at(c.custody.since),
            c.by.uuid().into(),
            at(c.at),
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Stores a proposal.
    ///
    /// # Errors
    /// [`StorageError::Exists`] when one waits already.
    pub async fn add_proposal(&mut self, alert: AlertId, p: &Proposal) -> Result<(), StorageError> {
        // Only a lowering changes the level.
        let (kind, to, outcome, until) = match p.kind {
            ProposalKind::Lower { to } => ("lower", to, None, None),
            ProposalKind::Close { outcome } => ("close", p.from, Some(outcome.key()), None),
            ProposalKind::NotEscalate { until } => ("not_escalate", p.from, None, Some(until)),
        };
        let sql = "INSERT INTO proposal (id, alert_id, to_level, reason, proposed_by, proposed_at, from_level, kind, \
                   outcome, evidence, until_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
        let values = vec![
            p.id.uuid().into(),
            alert.uuid().into(),
            i64::from(to.number()).into(),
            p.reason.clone().into(),
            p.by.uuid().into(),
            at(p.at),
            i64::from(p.from.number()).into(),
            kind.into(),
            outcome.into(),
            to_json(&p.evidence)?.into(),
            maybe_at(until),
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Takes away the proposal that waits, which new facts have overtaken or its proposer takes back: decided by nobody, and not approved. Says
    /// whether there was one.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn supersede_proposal(&mut self, alert: AlertId, now: Timestamp) -> Result<bool, StorageError> {
        let sql = "UPDATE proposal SET decided_at = $2, approved = $3 WHERE alert_id = $1 AND decided_at IS NULL";
        Ok(self.run(sql, vec![alert.uuid().into(), at(now), false.into()]).await? > 0)
    }

    /// Decides a proposal.
    ///
    /// # Errors
    /// [`StorageError::Stale`] when it is decided already.
    pub async fn decide_proposal(
        &mut self,
        id: ProposalId,
        by: PersonId,
        approved: bool,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let sql = "UPDATE proposal SET decided_by = $2, decided_at = $3, approved = $4 \
                   WHERE id = $1 AND decided_at IS NULL";
        let values = vec![id.uuid().into(), by.uuid().into(), at(now), approved.into()];
        match self.run(sql, values).await? {
            0 => Err(StorageError::Stale),
            _ => Ok(()),
        }
    }
}

impl Read<'_> {
    /// The proposal that waits, with the proposer's name.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn pending_proposal(&self, alert: AlertId) -> Result<Option<(Proposal, String)>, StorageError> {
        let sql = "SELECT x.*, p.name FROM proposal x JOIN person p ON p.id = x.proposed_by \
                   WHERE x.alert_id = $1 AND x.decided_at IS NULL";
        let row = self.one(sql, vec![alert.uuid().into()]).await?;
        row.map(|r| {
            let proposal = Proposal {
                id: ProposalId::new(get(&r, "id")?),
                kind: kind(&r)?,
                from: super::level(&r, "from_level")?,
                by: PersonId::new(get(&r, "proposed_by")?),
                at: instant(&r, "proposed_at")?,
                reason: get(&r, "reason")?,
                evidence: json(&r, "evidence")?,
            };
            Ok((proposal, get(&r, "name")?))
        })
        .transpose()
    }

    /// The custody records of an alert, newest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn custodies(&self, alert: AlertId) -> Result<Vec<CustodyRecord>, StorageError> {
        let sql = "SELECT * FROM custody WHERE alert_id = $1 ORDER BY recorded_at DESC, id DESC LIMIT 100";
        let rows = self.all(sql, vec![alert.uuid().into()]).await?;
        rows.iter()
            .map(|r| {
                let custody =
                    Custody { adult: get(r, "adult")?, since: instant(r, "since_at")?, place: get(r, "place")? };
                Ok(CustodyRecord { custody, by: PersonId::new(get(r, "recorded_by")?), at: instant(r, "recorded_at")? })
            })
            .collect()
    }
}

fn kind(r: &QueryResult) -> Result<ProposalKind, StorageError> {
    match get::<String>(r, "kind")?.as_str() {
        "lower" => Ok(ProposalKind::Lower { to: super::level(r, "to_level")? }),
        "close" => Ok(ProposalKind::Close { outcome: crate::row::word(r, "outcome", Outcome::from_key)? }),
        "not_escalate" => Ok(ProposalKind::NotEscalate { until: instant(r, "until_at")? }),
        _ => Err(StorageError::Corrupt("kind")),
    }
}

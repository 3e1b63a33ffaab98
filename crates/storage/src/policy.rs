//! Versions of the policy. An alert keeps the one that it was opened with.

use domain::id::PolicyId;
use domain::policy::{Policy, PolicyDraft};
use domain::time::Timestamp;

use crate::row::{at, get, json, to_json};
use crate::{Read, StorageError, Tx};

impl Tx {
    /// Puts a policy into force.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn activate_policy(
        &mut self,
        id: PolicyId,
        version: &str,
        draft: &PolicyDraft,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let sql = "INSERT INTO policy (id, version, body, activated_at) VALUES ($1, $2, $3, $4)";
        self.run(sql, vec![id.uuid().into(), version.into(), to_json(draft)?.into(), at(now)]).await.map(|_| ())
    }
}

impl Read<'_> {
    /// The policy in force, with what it was written as.
    ///
    /// # Errors
    /// When the database refuses, or the stored policy no longer validates.
    pub async fn policy_in_force(&self) -> Result<Option<(PolicyId, String, Policy)>, StorageError> {
        let sql = "SELECT id, body FROM policy ORDER BY activated_at DESC, id DESC LIMIT 1";
        self.one(sql, vec![]).await?.map(|r| policy(&r)).transpose()
    }

    /// One version of the policy.
    ///
    /// # Errors
    /// When the database refuses, or the stored policy no longer validates.
    pub async fn policy(&self, id: PolicyId) -> Result<Option<Policy>, StorageError> {
        let row = self.one("SELECT id, body FROM policy WHERE id = $1", vec![id.uuid().into()]).await?;
        Ok(row.map(|r| policy(&r)).transpose()?.map(|(_, _, p)| p))
    }
}

fn policy(row: &sea_orm::QueryResult) -> Result<(PolicyId, String, Policy), StorageError> {
    let draft: PolicyDraft = json(row, "body")?;
    let policy = draft.validate().map_err(|_| StorageError::Corrupt("policy"))?;
    Ok((PolicyId::new(get(row, "id")?), get(row, "body")?, policy))
}

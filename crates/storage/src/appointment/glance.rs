//! What waits, apart from what was decided.

use domain::access::Scope;

use super::AppointmentRecord;
use super::find::{WHOLE, appointment, within};
use crate::row::{Values, get};
use crate::{Read, StorageError};

/// A closed account waits for nothing.
const WAITS: &str = "t.state = 'waiting' AND p.disabled_at IS NULL";

impl Read<'_> {
    /// Those of a scope that wait, the oldest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn waiting_appointments(
        &self,
        scope: &Scope,
        limit: u32,
    ) -> Result<Vec<AppointmentRecord>, StorageError> {
        let mut v = Values::default();
        let (within, limit) = (within(scope, &mut v), v.push(i64::from(limit)));
        let sql = format!("{WHOLE} WHERE {within} AND {WAITS} ORDER BY t.proposed_at, t.id LIMIT {limit}");
        self.all(&sql, v.into_vec()).await?.iter().map(appointment).collect()
    }

    /// How many of a scope wait.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn count_waiting_appointments(&self, scope: &Scope) -> Result<usize, StorageError> {
        let mut v = Values::default();
        let within = within(scope, &mut v);
        let sql = format!(
            "SELECT COUNT(*) AS n FROM appointment t JOIN person p ON p.id = t.person_id WHERE {within} AND {WAITS}"
        );
        let row = self.one(&sql, v.into_vec()).await?;
        let n: i64 = row.map(|r| get(&r, "n")).transpose()?.unwrap_or_default();
        Ok(usize::try_from(n).unwrap_or_default())
    }

    /// Those of a scope that wait for nothing, the newest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn decided_appointments(
        &self,
        scope: &Scope,
        limit: u32,
    ) -> Result<Vec<AppointmentRecord>, StorageError> {
        let mut v = Values::default();
        let (within, limit) = (within(scope, &mut v), v.push(i64::from(limit)));
        let sql = format!(
            "{WHOLE} WHERE {within} AND t.state <> 'waiting' ORDER BY t.proposed_at DESC, t.id DESC LIMIT {limit}"
        );
        self.all(&sql, v.into_vec()).await?.iter().map(appointment).collect()
    }
}
